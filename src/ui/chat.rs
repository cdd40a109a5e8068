//! The chat: what was said and what happened, each with the time of the film.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Canvas;
use super::text::{cut, right, wrap};
use crate::app::screen::Focus;
use crate::app::screen::log::{LogLine, Logged};
use crate::strings::screen as words;

/// The widest that a name stands; longer ones are cut.
const NAME: usize = 10;

/// Draws it, the newest at the bottom; scrolled back, with what is new below.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect) {
    let mut area = area;
    let log = &canvas.screen.log;
    if let Some(new) = log.new_lines().filter(|new| *new > 0) {
        let below = super::layout::take_bottom(&mut area, 1);
        let label = words::new_lines(new);
        let style = canvas.theme.alarm();
        let cells = usize::from(below.width).saturating_sub(super::text::width(&label));
        let (left, rest) = ("─".repeat(cells / 2), "─".repeat(cells - cells / 2));
        canvas.row(
            below,
            0,
            &Line::styled(format!("{left}{label}{rest}"), style),
        );
    }
    let chosen = log.chosen().map(|line| line.id);
    let mut rows: Vec<Line<'static>> = Vec::new();
    let height = usize::from(area.height);
    for line in log.shown().rev() {
        if rows.len() >= height {
            break;
        }
        let marked = chosen == Some(line.id) && canvas.focused(Focus::Chat);
        let mut lines = lines(canvas, line, usize::from(area.width));
        if marked {
            let style = canvas.theme.chosen();
            lines = lines.into_iter().map(|line| line.style(style)).collect();
        }
        rows.extend(lines.into_iter().rev());
    }
    rows.truncate(height);
    // What is little stands at the bottom, where the line is.
    let first = height - rows.len();
    for (place, line) in rows.into_iter().rev().enumerate() {
        let row = u16::try_from(first + place).unwrap_or(u16::MAX);
        canvas.row(area, row, &line);
    }
}

/// A line of the log in the rows that it takes.
fn lines(canvas: &Canvas<'_>, line: &LogLine, cells: usize) -> Vec<Line<'static>> {
    let time = line.film.map_or_else(String::new, |at| at.to_string());
    let time = format!("{} ", right(&time, if cells >= 60 { 7 } else { 6 }));
    let theme = canvas.theme;
    let indent = super::text::width(&time);
    let first = Span::styled(time, theme.dim());
    match &line.what {
        Logged::Chat(chat) => {
            let name = cut(chat.name.as_str(), NAME);
            let begin = super::text::width(&name) + 2;
            let begin = begin.max(8);
            let name = format!("{}", super::text::padded(&name, begin));
            let text = chat.text.as_str();
            let rows = wrap(text, cells.saturating_sub(indent + begin));
            let mentioned = canvas.app.me().is_some_and(|me| {
                let mention = format!("@{}", me.name).to_lowercase();
                text.to_lowercase().contains(&mention)
            });
            let style = if mentioned {
                theme.alarm()
            } else {
                ratatui::style::Style::new()
            };
            let mut begun = Some((first, Span::styled(name, theme.name(chat.from.0))));
            let blank = " ".repeat(indent + begin);
            rows.into_iter()
                .map(|row| match begun.take() {
                    Some((time, name)) => Line::from(vec![time, name, Span::styled(row, style)]),
                    None => Line::from(vec![Span::raw(blank.clone()), Span::styled(row, style)]),
                })
                .collect()
        }
        what => {
            let rows = wrap(&words::logged(what), cells.saturating_sub(indent + 2));
            let mut begun = Some(first);
            let blank = " ".repeat(indent);
            rows.into_iter()
                .map(|row| match begun.take() {
                    Some(time) => {
                        Line::from(vec![time, Span::styled(format!("· {row}"), theme.system())])
                    }
                    None => Line::from(vec![
                        Span::raw(blank.clone()),
                        Span::styled(format!("  {row}"), theme.system()),
                    ]),
                })
                .collect()
        }
    }
}
