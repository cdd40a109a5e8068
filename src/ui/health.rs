//! Members, how they are doing in numbers, and the last decisions about the own player.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Canvas;
use super::members;
use super::place::{take_bottom, take_top};
use super::text::{padded, right, wrap};
use crate::protocol::member::Member;
use crate::protocol::time::Span as Time;
use crate::strings::{client, decisions, player as player_words, screen as words};

/// What a member's number takes, which commands take in place of a name.
const ID: usize = 6;
/// What a name takes.
const NAME: usize = 22;
/// What a figure takes.
const FIGURE: usize = 10;
/// From so many columns on these have their place.
const ROOMY: usize = 76;
/// What a name and a figure take in a narrower terminal.
const NARROW: (usize, usize) = (10, 8);
/// What the time of a decision takes.
const TIME: usize = 8;

/// Draws it from its line `from` on.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, from: usize) {
    let mut body = area;
    let top = take_top(&mut body, 1);
    let foot = take_bottom(&mut body, 1);
    canvas.rule(top, words::HEALTH, true);
    canvas.row(foot, 0, &Line::from(format!(" {}", words::HEALTH_HINT)));
    let cells = usize::from(area.width);
    let widths = if cells >= ROOMY {
        (NAME, FIGURE)
    } else {
        NARROW
    };
    let members = canvas.app.shown_members();
    let below = own(canvas, cells);
    let height = usize::from(body.height);
    let all = 1 + members.len() + below.len();
    let from = from.min(all.saturating_sub(height));
    // Only what is seen is laid out: a room may have a thousand members.
    let heading = std::iter::once_with(|| columns(canvas, widths)).skip(from);
    let rows = members.iter().skip(from.saturating_sub(1));
    let rows = rows.map(|member| row(canvas, member, widths));
    let below = below
        .into_iter()
        .skip(from.saturating_sub(1 + members.len()));
    let seen: Vec<Line<'static>> = heading.chain(rows).chain(below).take(height).collect();
    for (row, line) in (0..body.height).zip(seen) {
        canvas.row(body, row, &line);
    }
}

/// What stands below the members: how the own player is, and what was decided about it.
fn own(canvas: &Canvas<'_>, cells: usize) -> Vec<Line<'static>> {
    let theme = canvas.theme;
    let mut lines = vec![Line::default()];
    let plain = |text: &str| {
        let rows = wrap(text, cells.saturating_sub(1)).into_iter();
        rows.map(|row| Line::from(format!(" {row}")))
            .collect::<Vec<_>>()
    };
    let app = canvas.app;
    lines.extend(plain(&client::player(&app.player_view())));
    if let Some((problem, left)) = app.next_try() {
        lines.extend(plain(&player_words::next_try(&problem, left)));
    }
    lines.extend(plain(&words::own(&app.sync_status())));
    lines.push(Line::default());
    lines.push(Line::styled(format!(" {}", words::WHY), theme.strong()));
    if app.decisions().next().is_none() {
        lines.push(Line::styled(
            format!("   {}", words::WHY_EMPTY),
            theme.dim(),
        ));
    }
    for decision in app.decisions().rev() {
        let time = decision
            .position
            .map_or_else(String::new, |at| at.to_string());
        let mut time = format!(" {} ", right(&time, TIME));
        for row in wrap(&decisions::text(decision), cells.saturating_sub(TIME + 2)) {
            lines.push(Line::from(vec![
                Span::styled(time, theme.dim()),
                Span::raw(row),
            ]));
            time = " ".repeat(TIME + 2);
        }
    }
    lines
}

/// A member with their number and figures. What the room says of them stands in columns that
/// their name does not reach.
fn row(canvas: &Canvas<'_>, member: &Member, (name, figure): (usize, usize)) -> Line<'static> {
    let health = members::health(canvas.app, member);
    let (shape, word) = members::word(canvas.app, health.as_ref());
    let shown = |span: Option<Time>, show: fn(Time) -> String| {
        right(
            &span.map_or_else(|| words::UNKNOWN.to_owned(), show),
            figure,
        )
    };
    let health = health.unwrap_or_default();
    let said: Vec<&str> = members::decided(canvas.app, member)
        .chain(Some(word).filter(|word| !word.is_empty()))
        .collect();
    Line::from(vec![
        Span::styled(format!(" {shape} "), canvas.theme.health(shape)),
        Span::raw(padded(&format!("#{}", member.id), ID)),
        Span::raw(members::before_name(canvas.app, member)),
        Span::raw(padded(member.name.as_str(), name)),
        Span::raw(shown(health.error, words::milliseconds)),
        Span::raw(shown(health.buffered, words::long)),
        Span::raw(shown(health.round_trip, words::milliseconds)),
        Span::raw(format!("  {}", said.join(" · "))),
    ])
}

fn columns(canvas: &Canvas<'_>, (name, figure): (usize, usize)) -> Line<'static> {
    let mut text = " ".repeat(3 + ID + members::ROLE + 1 + name);
    for heading in words::HEALTH_COLUMNS {
        text.push_str(&right(heading, figure));
    }
    Line::styled(text, canvas.theme.dim())
}
