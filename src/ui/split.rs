//! Splitting areas of the screen.

use ratatui::layout::Rect;

/// From so many columns on there is room for extras at the sides.
pub(super) const WIDE: u16 = 100;

/// Splits rows off the top of an area.
pub(super) fn take_top(area: &mut Rect, rows: u16) -> Rect {
    let height = rows.min(area.height);
    let taken = Rect { height, ..*area };
    area.y += height;
    area.height -= height;
    taken
}

/// Splits rows off the bottom of an area.
pub(super) fn take_bottom(area: &mut Rect, rows: u16) -> Rect {
    let height = rows.min(area.height);
    area.height -= height;
    Rect {
        y: area.y + area.height,
        height,
        ..*area
    }
}

/// One row of an area.
pub(super) const fn row_of(area: Rect, row: u16) -> Rect {
    Rect {
        y: area.y + row,
        height: 1,
        ..area
    }
}
