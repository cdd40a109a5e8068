//! The status line at the foot: the name of the focus and its keys.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::screen::Focus;
use crate::protocol::member::{Member, Role};
use crate::strings::own_keys;
use crate::strings::screen::{self as words, Stage};
use crate::ui::canvas::Canvas;
use crate::ui::text::{line_width, width};

/// Draws the status line.
pub(in crate::ui) fn draw(canvas: &mut Canvas<'_>, area: Rect) {
    let focus = canvas.screen.focus();
    let name = words::focus(canvas.language, focus);
    let role = canvas.app.me().map_or(Role::Viewer, Member::power);
    let chosen = canvas.screen.chosen_entry(&canvas.view);
    let chosen = chosen.map(|entry| entry.state);
    let stage = if canvas.view.waits_in_lobby() {
        Stage::Lobby
    } else if canvas.view.is_over() {
        Stage::Over
    } else {
        Stage::Playing
    };
    let keys = words::keys_at(canvas.language, focus, role, chosen, stage);
    let keys = with_own(canvas, focus, &keys);
    let help = words::help_key(canvas.language, focus);
    let help = Line::from(format!("{} ", with_own(canvas, focus, &help)));
    let space = usize::from(area.width).saturating_sub(line_width(&help) + 1);
    let mut left = format!(" {name}");
    for key in keys.split("  ") {
        // A key is named whole or not at all; the help has them all.
        if width(&left) + width(key) + 2 <= space {
            left = format!("{left}  {key}");
        }
    }
    canvas.both_ends(area, 0, &left, &help);
    let begin = Line::from(vec![
        Span::raw(" "),
        Span::styled(name, canvas.theme.heading(true)),
    ]);
    canvas.row(area, 0, &begin);
}

/// Hints of a focus with the member's own keys.
fn with_own(canvas: &Canvas<'_>, focus: Focus, hints: &str) -> String {
    let own = &canvas.screen.config().keys;
    own_keys::in_hints(canvas.language, own, focus.contexts(), hints)
}
