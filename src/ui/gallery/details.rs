//! Details of the chosen room, beside the list in a wide terminal.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::protocol::time::{Position, Span as Time};
use crate::strings::rooms as words;
use crate::ui::canvas::Canvas;
use crate::ui::room::progress;
use crate::ui::text::{width, wrap};
use crate::wire::pages::PlayingCard;

/// Draws the details, and a line at their left.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect) {
    let gallery = canvas.screen.gallery();
    let Some(room) = gallery.chosen() else {
        return;
    };
    let updated = gallery.updated().unwrap_or_default();
    let age = canvas.app.local_now() - updated;
    let playing = room.playing.as_ref();
    let here = playing.map(|playing| playing.position_after(age));
    let youtube = canvas.screen.config().plays_youtube;
    let starts = room.lobby.as_ref().and_then(|lobby| lobby.starts);
    let clock = starts.map(|at| canvas.app.clock_time(at));
    let place = here.map(|position| words::RoomPlace { position, clock });
    let details = words::details(canvas.language, room, place, gallery.server(), youtube);
    let bar = playing
        .zip(here)
        .and_then(|(playing, here)| bar(canvas, playing, here, area));
    let cells = usize::from(area.width).saturating_sub(3);
    let plain = |text: &String| {
        let lines = wrap(text, cells).into_iter().map(Line::from);
        lines.collect::<Vec<_>>()
    };
    let strong = |text: &String, style: Style| {
        let lines = wrap(text, cells);
        lines
            .into_iter()
            .map(move |line| Line::styled(line, style))
            .collect::<Vec<_>>()
    };
    let title = canvas.theme.strong();
    let mut lines = strong(&details.title, title);
    lines.extend(details.about.iter().flat_map(plain));
    lines.push(Line::default());
    lines.extend(strong(&details.now_playing, title));
    lines.extend(bar);
    lines.extend(details.watching.iter().flat_map(plain));
    lines.push(Line::default());
    lines.extend(details.join.iter().flat_map(plain));
    let edge = canvas.theme.border(false, false);
    let mut lines = lines.into_iter();
    for row in 0..area.height {
        let line = lines.next().unwrap_or_default();
        let mut spans = vec![Span::styled("│ ", edge)];
        let style = line.style;
        spans.extend(line.spans.into_iter().map(|span| span.patch_style(style)));
        canvas.row(area, row, &Line::from(spans));
    }
}

/// The media's position as a bar between two times; nothing for media without an end.
fn bar(
    canvas: &Canvas<'_>,
    playing: &PlayingCard,
    here: Position,
    area: Rect,
) -> Option<Line<'static>> {
    let end = playing
        .duration
        .filter(|end| *end > Time::ZERO && !playing.live)?;
    let (before, behind) = (format!("{here} "), format!(" {}", Position(end.0)));
    let taken = width(&before) + width(&behind) + 4;
    let cells = usize::from(area.width).saturating_sub(taken);
    let (done, coming) = progress::bar(here, Some(end), None, cells);
    Some(Line::from(vec![
        Span::raw(before),
        Span::styled(done, canvas.theme.played()),
        Span::raw(format!("{coming}{behind}")),
    ]))
}
