//! The help: every key and every command, from the tables that handle them.

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::Canvas;
use super::place::{take_bottom, take_top};
use super::text::{cut, padded};
use crate::app::command::Slash;
use crate::app::keys::{self, Context};
use crate::protocol::member::Role;
use crate::strings::{help as commands, keys as words};

/// What keys take at the left.
const KEYS: usize = 13;
/// What a command takes at the left.
const USAGE: usize = 30;

/// Draws it from its line `from` on.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, from: usize) {
    let mut body = area;
    let top = take_top(&mut body, 1);
    let foot = take_bottom(&mut body, 1);
    canvas.rule(top, words::TITLE, true);
    canvas.row(foot, 0, &Line::from(format!(" {}", words::HINT)));
    let lines = lines(canvas, usize::from(area.width));
    let height = usize::from(body.height);
    let from = from.min(lines.len().saturating_sub(height));
    for (row, line) in (0..body.height).zip(lines.into_iter().skip(from)) {
        canvas.row(body, row, &line);
    }
}

/// All of it.
fn lines(canvas: &Canvas<'_>, cells: usize) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    let heading = |text: &str| Line::styled(format!(" {text}"), canvas.theme.strong());
    for context in Context::ALL {
        if !lines.is_empty() {
            lines.push(Line::default());
        }
        lines.push(heading(words::context(context)));
        for row in keys::of(context) {
            let keys = padded(&words::keys(row), KEYS);
            let text = format!("   {keys} {}", words::row(row));
            lines.push(Line::from(cut(&text, cells)));
        }
    }
    lines.push(Line::default());
    lines.push(heading(words::COMMANDS));
    for slash in Slash::ALL {
        let mark = match slash.needs() {
            Role::Viewer => "",
            Role::Moderator | Role::Admin => " ◆",
        };
        let usage = slash.usage();
        let gap = if super::text::width(usage) > USAGE {
            " "
        } else {
            ""
        };
        let usage = if gap.is_empty() {
            padded(usage, USAGE)
        } else {
            usage.to_owned()
        };
        let text = format!("   {usage}{gap} {}{mark}", commands::about(*slash));
        lines.push(Line::from(cut(&text, cells)));
    }
    lines
}
