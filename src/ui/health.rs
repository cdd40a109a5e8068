//! Members, how they are doing in numbers, and the last decisions about the own player.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Canvas;
use super::members;
use super::place::{take_bottom, take_top};
use super::text::{padded, right, wrap};
use crate::protocol::time::Span as Time;
use crate::strings::{client, decisions, screen as words};

/// What a name takes.
const NAME: usize = 26;
/// What a number takes.
const NUMBER: usize = 12;

/// Draws it from its line `from` on.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, from: usize) {
    let mut body = area;
    let top = take_top(&mut body, 1);
    let foot = take_bottom(&mut body, 1);
    canvas.rule(top, words::HEALTH, true);
    canvas.row(foot, 0, &Line::from(format!(" {}", words::HEALTH_HINT)));
    let lines = lines(canvas, usize::from(area.width));
    let height = usize::from(body.height);
    let from = from.min(lines.len().saturating_sub(height));
    for (row, line) in (0..body.height).zip(lines.into_iter().skip(from)) {
        canvas.row(body, row, &line);
    }
}

fn lines(canvas: &Canvas<'_>, cells: usize) -> Vec<Line<'static>> {
    let app = canvas.app;
    let theme = canvas.theme;
    let mut lines = vec![columns(canvas)];
    for member in app.shown_members() {
        let health = members::health(app, member);
        let (shape, word) = health.map_or(("·", ""), |health| words::health(health.state));
        let number = |span: Option<Time>, show: fn(Time) -> String| {
            right(
                &span.map_or_else(|| words::UNKNOWN.to_owned(), show),
                NUMBER,
            )
        };
        let health = health.unwrap_or_default();
        lines.push(Line::from(vec![
            Span::styled(format!(" {shape} "), theme.health(shape)),
            Span::raw(padded(&members::name(app, member), NAME)),
            Span::raw(number(health.error, words::milliseconds)),
            Span::raw(number(health.buffered, words::long)),
            Span::raw(number(health.round_trip, words::milliseconds)),
            Span::raw(format!("  {word}")),
        ]));
    }
    lines.push(Line::default());
    let status = app.sync_status();
    let bound = status.bound.map(words::milliseconds);
    let own = format!(
        "{}  ±{}  ×{:.3}",
        client::player(&app.player_view()),
        bound.unwrap_or_else(|| words::UNKNOWN.to_owned()),
        status.speed
    );
    let own = wrap(&own, cells.saturating_sub(1));
    lines.extend(own.into_iter().map(|row| Line::from(format!(" {row}"))));
    lines.push(Line::default());
    lines.push(Line::styled(format!(" {}", words::WHY), theme.strong()));
    if app.decisions().next().is_none() {
        lines.push(Line::styled(
            format!("   {}", words::WHY_EMPTY),
            theme.dim(),
        ));
    }
    for decision in app.decisions().rev() {
        let time = decision.film.map_or_else(String::new, |at| at.to_string());
        lines.push(Line::from(vec![
            Span::styled(format!(" {} ", right(&time, 8)), theme.dim()),
            Span::raw(decisions::text(decision)),
        ]));
    }
    lines
}

fn columns(canvas: &Canvas<'_>) -> Line<'static> {
    let mut text = " ".repeat(3 + NAME);
    for heading in words::HEALTH_COLUMNS {
        text.push_str(&right(heading, NUMBER));
    }
    Line::styled(text, canvas.theme.dim())
}
