//! The card of what plays, in a wide terminal: kind, length, who added it, the chapter, and what
//! is next. Its heading is the title.

use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::app::output::Person;
use crate::protocol::playback::{EntryState, Playing};
use crate::protocol::time::Position;
use crate::strings::{media, screen as words};
use crate::ui::canvas::Canvas;
use crate::ui::text::cut;

/// From so many columns on there is a card.
pub(in crate::ui) const CARD_FROM: u16 = 120;

/// The title; `None` while nothing plays.
pub(in crate::ui) fn heading(canvas: &Canvas<'_>) -> Option<String> {
    let playing = playing(canvas)?;
    Some(media::name(playing.title.as_ref(), &playing.media))
}

/// How many rows the card takes.
pub(in crate::ui) fn rows(canvas: &Canvas<'_>) -> usize {
    lines(canvas).len()
}

/// Draws the card.
pub(in crate::ui) fn draw(canvas: &mut Canvas<'_>, area: Rect) {
    for (row, text) in (0..area.height).zip(lines(canvas)) {
        let text = cut(&format!(" {text}"), usize::from(area.width));
        let style = if row == 0 {
            ratatui::style::Style::new()
        } else {
            canvas.theme.dim()
        };
        canvas.row(area, row, &Line::styled(text, style));
    }
}

fn playing<'a>(canvas: &Canvas<'a>) -> Option<&'a Playing> {
    canvas.app.room()?.timeline.playing.as_ref()
}

/// The chapter that the room is in; `None` if the media has none, or the own player does not know.
fn chapter(canvas: &Canvas<'_>) -> Option<String> {
    let (number, chapter) = canvas.app.chapter()?;
    let count = canvas.app.chapters().len();
    let title = chapter.title.as_ref().map(ToString::to_string);
    Some(words::chapter(
        canvas.language,
        (number, count),
        title.as_deref(),
    ))
}

/// What the card says of the media, a row each.
fn lines(canvas: &Canvas<'_>) -> Vec<String> {
    let Some(playing) = playing(canvas) else {
        return Vec::new();
    };
    let added_by = Person {
        name: playing.by_name.clone(),
        is_you: canvas.app.me().is_some_and(|me| me.id == playing.by),
    };
    let length = match playing.duration {
        _ if playing.live => Some(words::live(canvas.language)),
        length => length.map(|length| Position(length.0).to_string()),
    };
    let about = [
        Some(playing.media.kind().to_string()),
        length,
        Some(words::added_by(canvas.language, &added_by)),
    ];
    let about: Vec<String> = about.into_iter().flatten().collect();
    let mut queue = canvas.view.queue().into_iter();
    let next = queue.find(|entry| entry.state == EntryState::Approved);
    let next = next.map(|entry| words::next(canvas.language, entry));
    [Some(about.join(" · ")), chapter(canvas), next]
        .into_iter()
        .flatten()
        .collect()
}
