//! Cutting a place for a pane out of what is left of the screen.

use ratatui::layout::Rect;

/// From so many columns on there is room for what is only nice to have at the sides.
pub(super) const WIDE: u16 = 100;

/// Takes rows off the top.
pub(super) fn take_top(area: &mut Rect, rows: u16) -> Rect {
    let height = rows.min(area.height);
    let taken = Rect { height, ..*area };
    area.y += height;
    area.height -= height;
    taken
}

/// Takes rows off the bottom.
pub(super) fn take_bottom(area: &mut Rect, rows: u16) -> Rect {
    let height = rows.min(area.height);
    area.height -= height;
    Rect {
        y: area.y + area.height,
        height,
        ..*area
    }
}
