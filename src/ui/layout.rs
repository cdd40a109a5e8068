//! Where each pane stands, by the size of the terminal.

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::Canvas;
use super::place::{WIDE, take_bottom, take_top};
use crate::app::screen::Focus;
use crate::strings::screen as words;

/// Below this nothing sensible can be shown.
pub(super) const MIN_COLUMNS: u16 = 40;
/// Below this nothing sensible can be shown.
pub(super) const MIN_ROWS: u16 = 10;

/// From so many columns on the panes stand beside each other.
const BESIDE: u16 = 60;
/// From so many rows on there is room for a row of heat.
const ROOMY_ROWS: u16 = 30;
/// The reactions rise in so many rows.
const NOW_ROWS: u16 = 5;

/// The places of the panes of a room.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Watch {
    pub(super) header: Rect,
    pub(super) progress: Rect,
    pub(super) tabs: Option<Rect>,
    pub(super) waiting: Option<Rect>,
    pub(super) chat: Option<Rect>,
    pub(super) queue: Option<Rect>,
    pub(super) members: Option<Rect>,
    pub(super) now: Option<Rect>,
    pub(super) strip: Rect,
    pub(super) line: Rect,
    pub(super) status: Rect,
    /// The column between the panes, if they stand beside each other.
    divide: Option<u16>,
    /// The panes with the rules above and below them.
    pub(super) body: Rect,
}

impl Watch {
    /// The places in an area.
    pub(super) fn of(canvas: &Canvas<'_>, area: Rect) -> Self {
        let mut left = area;
        let header = take_top(&mut left, if area.width >= WIDE { 2 } else { 1 });
        let progress = take_top(&mut left, if is_roomy(area) { 2 } else { 1 });
        let status = take_bottom(&mut left, 1);
        let line = take_bottom(&mut left, 1);
        let strip = take_bottom(&mut left, 1);
        let mut places = Self {
            header,
            progress,
            strip,
            line,
            status,
            body: left,
            ..Self::default()
        };
        if area.width >= BESIDE {
            places.beside(canvas, left);
        } else {
            places.tabbed(canvas, left);
        }
        places
    }

    /// One pane at a time, the one that has the focus.
    fn tabbed(&mut self, canvas: &Canvas<'_>, mut body: Rect) {
        self.tabs = Some(take_top(&mut body, 1));
        take_bottom(&mut body, 1);
        match canvas.screen.focus {
            Focus::Line | Focus::Chat => self.talk(canvas, body),
            Focus::Queue => self.queue = Some(body),
            Focus::Members => self.members = Some(body),
        }
    }

    /// The chat at the left, the others under each other at the right.
    fn beside(&mut self, canvas: &Canvas<'_>, mut body: Rect) {
        take_top(&mut body, 1);
        take_bottom(&mut body, 1);
        let right = (body.width * 39 / 100).clamp(26, 48);
        let chat = Rect {
            width: body.width - right - 1,
            ..body
        };
        let mut column = Rect {
            x: body.x + chat.width + 1,
            width: right,
            ..body
        };
        self.divide = Some(body.x + chat.width);
        self.talk(canvas, chat);
        if body.height >= 3 * NOW_ROWS {
            self.now = Some(take_bottom(&mut column, NOW_ROWS));
            take_bottom(&mut column, 1);
        }
        let waiting = rows(canvas.app.shown_queue().len() * 2);
        let present = rows(canvas.app.shown_members().len()) + u16::from(body.width >= WIDE);
        let both = column.height.saturating_sub(1);
        // Each gets what it needs, if the other leaves so much; none less than a third.
        let least = both / 3;
        let queue = waiting.max(1).clamp(
            least.min(3),
            both.saturating_sub(present.min(both - least)).max(least),
        );
        self.queue = Some(take_top(&mut column, queue));
        take_top(&mut column, 1);
        self.members = Some(column);
    }

    /// The chat, below what can be done while nothing plays.
    fn talk(&mut self, canvas: &Canvas<'_>, mut place: Rect) {
        let room = canvas.app.room();
        let plays = room.is_some_and(|room| room.timeline.playing.is_some());
        if !plays {
            let needed = super::waiting::rows(canvas, place.width);
            // The talk keeps three rows, if there is any.
            let talk = rows(canvas.screen.log.lines().len()).min(3);
            let most = place.height.saturating_sub(talk);
            self.waiting = Some(take_top(&mut place, needed.min(most)));
        }
        self.chat = Some(place);
    }

    /// Draws the lines between the panes.
    pub(super) fn borders(&self, canvas: &mut Canvas<'_>) {
        let focus = canvas.screen.focus;
        let Some(divide) = self.divide else {
            let mut body = self.body;
            canvas.rule(take_bottom(&mut body, 1), "", false);
            return;
        };
        let body = self.body;
        let last = body.y + body.height.saturating_sub(1);
        let at = |x, y, width| Rect {
            x,
            y,
            width,
            height: 1,
        };
        let right = body.x + body.width - divide;
        canvas.rule(
            at(body.x, body.y, body.width),
            words::CHAT,
            focus == Focus::Chat,
        );
        canvas.rule(at(body.x, last, body.width), "", false);
        let style = canvas.theme.border(false, canvas.flashes());
        for y in body.y..=last {
            let sign = match y {
                y if y == body.y => "┬",
                y if y == last => "┴",
                _ => "│",
            };
            canvas.row(at(divide, y, 1), 0, &Line::styled(sign, style));
        }
        let headings = [
            (self.queue, super::queue::heading(canvas.app), Focus::Queue),
            (
                self.members,
                super::members::heading(canvas.app),
                Focus::Members,
            ),
            (self.now, words::NOW.to_owned(), Focus::Line),
        ];
        for (place, heading, its_focus) in headings {
            let Some(place) = place else { continue };
            let y = place.y - 1;
            let focused = focus == its_focus && its_focus != Focus::Line;
            canvas.rule(at(divide + 1, y, right - 1), &heading, focused);
            if y != body.y {
                canvas.row(at(divide, y, 1), 0, &Line::styled("├", style));
            }
        }
    }
}

/// Whether there is room for what is only nice to have.
const fn is_roomy(area: Rect) -> bool {
    area.width >= WIDE && area.height >= ROOMY_ROWS
}

fn rows(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}
