//! The page of health: the members with their figures, and the last decisions about one's own
//! player.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::canvas::Canvas;
use super::page;
use super::room::members;
use super::text::{line_width, padded, right, width, wrap};
use crate::app::output::PlayerView;
use crate::protocol::member::Member;
use crate::protocol::time::Span as Time;
use crate::strings::{client, decisions, numbers, player as player_words, screen as words};
use crate::texts::language::Language;

/// The columns of a member's number, which commands take in place of a name.
const ID: usize = 6;
/// The widths, each from so many columns on: behind them there is room for the longest word, which
/// says more than any figure. The round trip gives way first, then the buffer.
const WIDTHS: [(usize, Widths); 6] = [
    (
        112,
        Widths {
            name: 22,
            figures: 3,
            figure: 10,
            trend: 30,
        },
    ),
    (
        78,
        Widths {
            name: 14,
            figures: 3,
            figure: 8,
            trend: 10,
        },
    ),
    (60, Widths::narrow(3)),
    (54, Widths::narrow(2)),
    (46, Widths::narrow(1)),
    (0, Widths::narrow(0)),
];
/// The columns of the time of a decision.
const TIME: usize = 8;

/// The columns of a name, how many figures there are and the columns of each, and the columns of how
/// far off the player was lately.
#[derive(Clone, Copy)]
struct Widths {
    name: usize,
    figures: usize,
    figure: usize,
    trend: usize,
}

impl Widths {
    /// The widths of a narrow terminal with so many figures.
    const fn narrow(figures: usize) -> Self {
        Self {
            name: 10,
            figures,
            figure: 8,
            trend: 0,
        }
    }

    /// The widths for so many columns.
    fn of(cells: usize) -> Self {
        let fitting = WIDTHS.iter().find(|(from, _)| *from <= cells);
        fitting.map_or(Self::narrow(0), |(_, widths)| *widths)
    }
}

/// Draws the page, scrolled down to its line `from`.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, from: usize) {
    let body = page::frame(
        canvas,
        area,
        &words::health(canvas.language),
        &words::health_hint(canvas.language),
    );
    let cells = usize::from(area.width);
    let widths = Widths::of(cells);
    let members = canvas.view.members();
    let below = own(canvas, cells);
    let first = page::first_visible(from, 1 + members.len() + below.len(), body);
    // Only what is visible is laid out: a room may have a thousand members.
    let heading = std::iter::once_with(|| columns(canvas, widths)).skip(first);
    let rows = members.iter().skip(first.saturating_sub(1));
    let rows = rows.map(|member| row(canvas, member, widths, cells));
    let below = below
        .into_iter()
        .skip(first.saturating_sub(1 + members.len()));
    let lines = heading.chain(rows).chain(below);
    let visible: Vec<Line<'static>> = lines.take(usize::from(body.height)).collect();
    page::rows(canvas, body, visible);
}

/// The lines below the members: the state of one's own player, and the last decisions about it.
fn own(canvas: &Canvas<'_>, cells: usize) -> Vec<Line<'static>> {
    let theme = canvas.theme;
    let mut lines = vec![Line::default()];
    let plain = |text: &str| {
        let rows = wrap(text, cells.saturating_sub(1)).into_iter();
        rows.map(|row| Line::from(format!(" {row}")))
            .collect::<Vec<_>>()
    };
    let app = canvas.app;
    lines.extend(plain(&client::player(canvas.language, &app.player_view())));
    if let Some((problem, left)) = app.next_try() {
        lines.extend(plain(&player_words::next_try(
            canvas.language,
            &problem,
            left,
        )));
    }
    let paused = app.player_view() == PlayerView::Paused;
    let status = app.sync_status();
    lines.extend(plain(&words::own(canvas.language, &status, paused)));
    for line in client::sound_device(canvas.language, app.own_player()) {
        lines.extend(plain(&line));
    }
    lines.push(Line::default());
    lines.push(Line::styled(
        format!(" {}", words::why(canvas.language)),
        theme.strong(),
    ));
    if app.decisions().next().is_none() {
        lines.push(Line::styled(
            format!("   {}", words::why_empty(canvas.language)),
            theme.dim(),
        ));
    }
    for decision in app.decisions().rev() {
        let time = decision
            .position
            .map_or_else(String::new, |at| at.to_string());
        let mut time = format!(" {} ", right(&time, TIME));
        for row in wrap(
            &decisions::text(canvas.language, decision),
            cells.saturating_sub(TIME + 2),
        ) {
            lines.push(Line::from(vec![
                Span::styled(time, theme.dim()),
                Span::raw(row),
            ]));
            time = " ".repeat(TIME + 2);
        }
    }
    lines
}

/// A member with their number and figures. A name cannot imitate the other columns: they begin
/// where no name reaches.
fn row(canvas: &Canvas<'_>, member: &Member, widths: Widths, cells: usize) -> Line<'static> {
    let health = members::health(canvas.app, member);
    let (shape, word) = members::word(canvas.app, health.as_ref());
    let shown = |span: Option<Time>, show: fn(Language, Time) -> String| {
        right(
            &span.map_or_else(
                || words::UNKNOWN.to_owned(),
                |span| show(canvas.language, span),
            ),
            widths.figure,
        )
    };
    let health = health.unwrap_or_default();
    let mut labels: Vec<String> = members::labels(canvas.app, member).collect();
    if !word.is_empty() {
        // Only that somebody merely looks like an admin is more important.
        let first = usize::from(canvas.app.passes_for_admin(member).is_some());
        labels.insert(first.min(labels.len()), word);
    }
    let figures = [
        shown(health.error, numbers::milliseconds),
        shown(health.buffered, numbers::long),
        shown(health.round_trip, numbers::milliseconds),
    ];
    let mut spans = vec![
        Span::styled(format!(" {shape} "), canvas.theme.health(shape)),
        Span::raw(padded(&format!("#{}", member.id), ID)),
        Span::raw(members::before_name(canvas.app, member)),
        Span::raw(padded(member.name.as_str(), widths.name)),
    ];
    spans.extend(figures.into_iter().take(widths.figures).map(Span::raw));
    let trend = trend(canvas, member, widths.trend);
    spans.push(Span::styled(trend, canvas.theme.played()));
    // The first label is shown, cut if need be; of the others those that fit whole.
    let mut line = Line::from(spans);
    for (at, label) in labels.into_iter().enumerate() {
        let label = format!("{}{label}", if at == 0 { "  " } else { " · " });
        if at == 0 || line_width(&line) + width(&label) <= cells {
            line.push_span(label);
        }
    }
    line
}

/// How far off a member's player was lately, as bars in so many cells, the newest at the right.
fn trend(canvas: &Canvas<'_>, member: &Member, cells: usize) -> String {
    if cells == 0 {
        return String::new();
    }
    let newest = canvas.app.offsets_of(member.id).rev().take(cells);
    let mut bars: Vec<char> = newest.map(|off| off.map_or(' ', bar)).collect();
    bars.reverse();
    format!("  {}", right(&bars.iter().collect::<String>(), cells))
}

/// The height for an offset. What nobody sees is low, what a talk about the film would suffer from
/// is high (judgement: 40 ms is in step, a frame of film lasts 42 ms).
fn bar(off: Time) -> char {
    const HEIGHTS: [(i64, char); 7] = [
        (5, '▁'),
        (15, '▂'),
        (40, '▃'),
        (100, '▄'),
        (250, '▅'),
        (1_000, '▆'),
        (4_000, '▇'),
    ];
    let found = HEIGHTS
        .iter()
        .find(|(most, _)| off.abs() <= Time::millis(*most));
    found.map_or('█', |(_, bar)| *bar)
}

fn columns(canvas: &Canvas<'_>, widths: Widths) -> Line<'static> {
    let mut text = " ".repeat(3 + ID + members::ROLE + 1 + widths.name);
    let headings = words::health_columns(canvas.language);
    for heading in headings.into_iter().take(widths.figures) {
        text.push_str(&right(&heading, widths.figure));
    }
    if widths.trend > 0 {
        let heading = words::trend_column(canvas.language);
        text.push_str("  ");
        text.push_str(&right(&heading, widths.trend));
    }
    Line::styled(text, canvas.theme.dim())
}
