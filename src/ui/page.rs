//! Pages that are read and scrolled: a heading, lines, and a foot with the keys.

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::canvas::Canvas;
use super::split::{take_bottom, take_top};
use super::text::width;
use crate::app::pointer::ScrollTarget;

/// What stands between two parts of a foot.
const GAP: &str = "   ";

/// The parts of a foot that fit beside each other. The first ones give way: the last say how the
/// page is left, and what its signs mean.
fn fitting(hint: &str, cells: usize) -> &str {
    let mut rest = hint;
    while width(rest) > cells {
        let Some((_, behind)) = rest.split_once(GAP) else {
            break;
        };
        rest = behind;
    }
    rest
}

/// Draws the heading and the foot; the area between them.
pub(super) fn frame(canvas: &mut Canvas<'_>, area: Rect, heading: &str, hint: &str) -> Rect {
    let mut body = area;
    let top = take_top(&mut body, 1);
    let foot = take_bottom(&mut body, 1);
    canvas.scrollable(area, ScrollTarget::Page);
    canvas.rule(top, heading, true);
    let hint = fitting(hint, usize::from(foot.width).saturating_sub(1));
    canvas.row(foot, 0, &Line::from(format!(" {hint}")));
    body
}

/// The first visible line of a page that is scrolled down to its line `from`: the last lines
/// fill the page, however far it was scrolled.
pub(super) fn first_visible(from: usize, lines: usize, body: Rect) -> usize {
    from.min(lines.saturating_sub(usize::from(body.height)))
}

/// Draws lines from the top of an area; those that do not fit are left out.
pub(super) fn rows<'a>(
    canvas: &mut Canvas<'_>,
    body: Rect,
    lines: impl IntoIterator<Item = Line<'a>>,
) {
    for (row, line) in (0..body.height).zip(lines) {
        canvas.row(body, row, &line);
    }
}
