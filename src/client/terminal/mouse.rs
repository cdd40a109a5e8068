//! The mouse: its modes in the terminal, and what its reports hit of the last picture.
//!
//! Presses, releases and the wheel are asked for, movement is not. A click counts when the button
//! is released: a report of that which comes after a click has ended the client would be read by
//! the shell.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};

use crate::app::pointer::{ClickTarget, HitMap, PointerEvent};

/// Asks for presses, releases and the wheel, in the form without a bound on columns (xterm's
/// control sequences, modes 1000 and 1006).
pub(super) const ENABLE: &str = "\x1b[?1000h\x1b[?1006h";
/// Gives the mouse back to the terminal.
pub(super) const DISABLE: &str = "\x1b[?1006l\x1b[?1000l";

/// What the mouse did, and on which cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct MouseReport {
    kind: MouseKind,
    column: u16,
    row: u16,
}

/// What the mouse did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum MouseKind {
    Press,
    Release,
    Scroll { down: bool },
}

impl MouseReport {
    /// The report for what was read; `None` for what the client has no use for.
    pub(super) const fn of(read: MouseEvent) -> Option<Self> {
        let kind = match read.kind {
            MouseEventKind::Down(MouseButton::Left) => MouseKind::Press,
            MouseEventKind::Up(MouseButton::Left) => MouseKind::Release,
            MouseEventKind::ScrollDown => MouseKind::Scroll { down: true },
            MouseEventKind::ScrollUp => MouseKind::Scroll { down: false },
            _ => return None,
        };
        Some(Self {
            kind,
            column: read.column,
            row: read.row,
        })
    }
}

/// Finds what the mouse hits.
#[derive(Debug, Default)]
pub(super) struct Mouse {
    /// What the last picture shows where.
    hits: HitMap,
    /// On what the button was pressed that is held down.
    pressed: Option<ClickTarget>,
}

impl Mouse {
    /// A picture was made, on which this lies where.
    pub(super) fn drawn(&mut self, hits: HitMap) {
        self.hits = hits;
    }

    /// What the report means; `None` if there is nothing under the pointer.
    pub(super) fn event(&mut self, report: MouseReport) -> Option<PointerEvent> {
        let (column, row) = (report.column, report.row);
        match report.kind {
            MouseKind::Scroll { down } => {
                let target = self.hits.scroll_at(column, row)?;
                Some(PointerEvent::Scroll { target, down })
            }
            MouseKind::Press => {
                let hit = self.hits.click_at(column, row);
                self.pressed = hit.map(|(target, _)| target.clone());
                None
            }
            MouseKind::Release => {
                let pressed = self.pressed.take()?;
                let (target, at) = self.hits.click_at(column, row)?;
                (*target == pressed).then_some(PointerEvent::Click {
                    target: pressed,
                    at,
                })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

    use super::{Mouse, MouseReport};
    use crate::app::pointer::{CellOf, ClickTarget, HitArea, HitMap, PointerEvent, ScrollTarget};
    use crate::app::screen::Focus;

    fn report(kind: MouseEventKind, column: u16) -> Option<MouseReport> {
        MouseReport::of(MouseEvent {
            kind,
            column,
            row: 3,
            modifiers: KeyModifiers::NONE,
        })
    }

    /// The progress bar at the columns 10 to 29, the chat at those behind it.
    fn mouse() -> Mouse {
        let area = |column, columns| HitArea {
            column,
            row: 3,
            columns,
            rows: 1,
        };
        let mut hits = HitMap::default();
        hits.add_click(area(10, 20), ClickTarget::Progress);
        hits.add_click(area(30, 20), ClickTarget::Pane(Focus::Chat));
        hits.add_scroll(area(30, 20), ScrollTarget::Chat);
        let mut mouse = Mouse::default();
        mouse.drawn(hits);
        mouse
    }

    #[test]
    fn a_click_is_a_press_and_a_release_on_the_same_thing() {
        let mut mouse = mouse();
        let down = MouseEventKind::Down(MouseButton::Left);
        let up = MouseEventKind::Up(MouseButton::Left);
        let mut does = |kind, column| mouse.event(report(kind, column).unwrap());
        assert_eq!(does(down, 12), None);
        let click = PointerEvent::Click {
            target: ClickTarget::Progress,
            at: CellOf { cell: 5, cells: 20 },
        };
        assert_eq!(does(up, 15), Some(click));
        assert_eq!(does(up, 15), None, "released once");
        does(down, 12);
        assert_eq!(does(up, 40), None, "dragged to the chat");
        does(down, 5);
        assert_eq!(does(up, 5), None, "nothing is there");
    }

    #[test]
    fn the_wheel_acts_on_what_lies_under_the_pointer() {
        let mut mouse = mouse();
        let turned = report(MouseEventKind::ScrollUp, 30).unwrap();
        let scroll = PointerEvent::Scroll {
            target: ScrollTarget::Chat,
            down: false,
        };
        assert_eq!(mouse.event(turned), Some(scroll));
        let turned = report(MouseEventKind::ScrollDown, 12).unwrap();
        assert_eq!(mouse.event(turned), None);
    }

    #[test]
    fn movement_and_other_buttons_are_no_reports() {
        let right = MouseEventKind::Down(MouseButton::Right);
        for kind in [MouseEventKind::Moved, right, MouseEventKind::ScrollLeft] {
            assert_eq!(report(kind, 12), None);
        }
    }
}
