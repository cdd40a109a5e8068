//! The page of a room: where each pane is, by the size of the terminal. One file a pane.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::canvas::Canvas;
use super::input_line;
use super::palette;
use super::split::{WIDE, take_bottom, take_top};
use super::text::{cut, width};
use crate::app::pointer::ClickTarget;
use crate::app::screen::Focus;
use crate::room::lobby;
use crate::strings::screen as words;

mod chat;
mod cinema;
mod header;
mod hint_bar;
mod idle;
mod media_card;
pub(super) mod members;
pub(super) mod progress;
mod queue;
mod reactions;
mod status;
pub(super) mod toast;
mod told_elsewhere;

/// The least columns on which the page can be drawn.
pub(super) const MIN_COLUMNS: u16 = 40;
/// The least rows on which the page can be drawn.
pub(super) const MIN_ROWS: u16 = 10;

/// From so many columns on the panes are beside each other.
const BESIDE: u16 = 60;
/// From so many rows on there is room for the heatmap.
const ROOMY_ROWS: u16 = 30;
/// From so many rows of panes on the card of the media stands above them.
const CARD_ROWS: u16 = 20;
/// The rows of the pane of reactions.
const REACTION_ROWS: u16 = 5;

/// The pane of each tab.
const TABS: [Focus; 3] = [Focus::Chat, Focus::Queue, Focus::Members];

/// Draws the page.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect) {
    let areas = Areas::of(canvas, area);
    header::draw(canvas, areas.header);
    progress::draw(canvas, areas.progress);
    if let Some(area) = areas.tabs {
        tabs(canvas, area);
    }
    if let Some(area) = areas.idle {
        idle::draw(canvas, area);
    }
    if let Some(area) = areas.chat {
        chat::draw(canvas, area);
    }
    if let Some(area) = areas.queue {
        queue::draw(canvas, area);
    }
    if let Some(area) = areas.members {
        members::draw(canvas, area);
    }
    if let Some(area) = areas.reactions {
        reactions::draw(canvas, area);
    }
    if let Some(area) = areas.card {
        media_card::draw(canvas, area);
    }
    areas.borders(canvas);
    if toast::present(canvas).is_none() || canvas.screen.completion().is_some() {
        hint_bar::draw(canvas, areas.hint_bar);
    }
    toast::draw(canvas, areas.body, areas.hint_bar);
    input_line::draw(canvas, areas.line);
    status::draw(canvas, areas.status);
    let above = Rect {
        height: areas.line.y.saturating_sub(area.y),
        ..area
    };
    palette::over_line(canvas, above);
}

/// The areas of the panes.
#[derive(Debug, Clone, Copy, Default)]
struct Areas {
    header: Rect,
    progress: Rect,
    tabs: Option<Rect>,
    idle: Option<Rect>,
    chat: Option<Rect>,
    queue: Option<Rect>,
    members: Option<Rect>,
    reactions: Option<Rect>,
    card: Option<Rect>,
    hint_bar: Rect,
    line: Rect,
    status: Rect,
    /// The column of the line between the panes, if they are beside each other.
    divide: Option<u16>,
    /// All panes, with the rules above and below them.
    body: Rect,
    /// Whether only the progress, a pane and the line are shown.
    is_cinema: bool,
}

impl Areas {
    /// Splits the area of the page.
    fn of(canvas: &Canvas<'_>, area: Rect) -> Self {
        if canvas.screen.preferences().layout.is_cinema {
            return Self::cinema(canvas, area);
        }
        let mut left = area;
        let header = take_top(&mut left, if area.width >= WIDE { 2 } else { 1 });
        let progress = take_top(&mut left, if is_roomy(area) { 2 } else { 1 });
        let status = take_bottom(&mut left, 1);
        let line = take_bottom(&mut left, input_line::rows(canvas, area));
        let hint_bar = take_bottom(&mut left, 1);
        let mut areas = Self {
            header,
            progress,
            hint_bar,
            line,
            status,
            body: left,
            ..Self::default()
        };
        if area.width >= BESIDE {
            areas.beside(canvas, left);
        } else {
            areas.tabbed(canvas, left);
        }
        areas
    }

    /// Only the progress, a pane and the line. The pane is the chat, unless another has the focus.
    fn cinema(canvas: &Canvas<'_>, area: Rect) -> Self {
        let mut left = area;
        let progress = take_top(&mut left, 1);
        let line = take_bottom(&mut left, input_line::rows(canvas, area));
        // What Tab offers has its row while it is offered.
        let offers = u16::from(canvas.screen.completion().is_some());
        let hint_bar = take_bottom(&mut left, offers);
        let mut areas = Self {
            progress,
            line,
            hint_bar,
            body: left,
            is_cinema: true,
            ..Self::default()
        };
        take_top(&mut left, 1);
        areas.focused(canvas, left);
        areas
    }

    /// One pane at a time, the one that has the focus.
    fn tabbed(&mut self, canvas: &Canvas<'_>, mut body: Rect) {
        self.tabs = Some(take_top(&mut body, 1));
        take_bottom(&mut body, 1);
        self.focused(canvas, body);
    }

    /// The pane that has the focus; the chat while the line has it.
    fn focused(&mut self, canvas: &Canvas<'_>, body: Rect) {
        match canvas.screen.focus() {
            Focus::Line | Focus::Chat => self.talk(canvas, body),
            Focus::Queue => self.queue = Some(body),
            Focus::Members => self.members = Some(body),
        }
    }

    /// The chat at the left, the others below each other at the right.
    fn beside(&mut self, canvas: &Canvas<'_>, mut body: Rect) {
        take_top(&mut body, 1);
        take_bottom(&mut body, 1);
        let layout = canvas.screen.preferences().layout;
        let right = layout.side_columns(body.width);
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
        self.card(canvas, body, &mut column);
        let waiting = rows(queue::rows(canvas));
        let present = rows(canvas.view.members().len());
        let both = column.height.saturating_sub(1);
        // Each gets what it needs, if the other leaves so much; none less than a third.
        let least = (both / 3).max(u16::from(both > 1));
        let queue = waiting.max(1).clamp(
            least.min(3),
            both.saturating_sub(present.min(both - least)).max(least),
        );
        self.queue = Some(take_top(&mut column, queue));
        take_top(&mut column, 1);
        self.members = Some(column);
    }

    /// Takes the places of the card and the reactions off the column at the side. In a low terminal
    /// the card has the place of the reactions while there are none.
    fn card(&mut self, canvas: &Canvas<'_>, body: Rect, column: &mut Rect) {
        let rows = rows(media_card::rows(canvas));
        let has_card = body.width >= media_card::CARD_FROM && rows > 0;
        let is_high = body.height >= CARD_ROWS;
        if has_card && is_high {
            self.card = Some(take_top(column, rows));
            take_top(column, 1);
        }
        if body.height >= 3 * REACTION_ROWS {
            let place = take_bottom(column, REACTION_ROWS);
            take_bottom(column, 1);
            if has_card && !is_high && canvas.screen.reactions().counts().is_empty() {
                self.card = Some(place);
            } else {
                self.reactions = Some(place);
            }
        }
    }

    /// The chat; while nothing plays or media waits in the lobby, what can be done about it is above.
    fn talk(&mut self, canvas: &Canvas<'_>, mut place: Rect) {
        let room = canvas.app.room();
        let plays = room.is_some_and(|room| room.timeline.playing.is_some());
        let waits = room.is_some_and(lobby::holds_media);
        if !plays || waits {
            let needed = idle::rows(canvas, place.width);
            // The talk keeps three rows, if there is any.
            let talk = rows(canvas.screen.log().lines().len()).min(3);
            let most = place.height.saturating_sub(talk);
            self.idle = Some(take_top(&mut place, needed.min(most)));
        }
        self.chat = Some(place);
    }

    /// Draws the lines between the panes.
    fn borders(&self, canvas: &mut Canvas<'_>) {
        let focus = canvas.screen.focus();
        if self.is_cinema {
            cinema::draw_rule(canvas, self.body);
            return;
        }
        let Some(divide) = self.divide else {
            let mut body = self.body;
            // The tabs have no columns to spare for it.
            let restricted = chat::restrictions(canvas);
            canvas.rule(take_bottom(&mut body, 1), &restricted, false);
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
        // It must not reach into the pane beside it.
        let heading = usize::from((divide - body.x).saturating_sub(4));
        let heading = cut(&chat::heading(canvas), heading);
        canvas.rule(
            at(body.x, body.y, body.width),
            &heading,
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
        self.side_headings(canvas, divide);
    }

    /// Draws the rules with the names of the panes at the side of the line at `divide`.
    fn side_headings(&self, canvas: &mut Canvas<'_>, divide: u16) {
        let focus = canvas.screen.focus();
        let body = self.body;
        let right = body.x + body.width - divide;
        let style = canvas.theme.border(false, canvas.flashes());
        let at = |x, y, width| Rect {
            x,
            y,
            width,
            height: 1,
        };
        let headings = [
            (
                self.queue,
                queue::heading(canvas.language, &canvas.view),
                Focus::Queue,
            ),
            (self.members, members::heading(canvas.app), Focus::Members),
            (self.reactions, words::now(canvas.language), Focus::Line),
            (
                self.card,
                media_card::heading(canvas).unwrap_or_default(),
                Focus::Line,
            ),
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

/// Draws the names of the panes of a narrow terminal, the visible one marked.
fn tabs(canvas: &mut Canvas<'_>, area: Rect) {
    let focus = canvas.screen.focus();
    let shown = [
        (
            words::chat(canvas.language),
            matches!(focus, Focus::Line | Focus::Chat),
        ),
        (
            queue::heading(canvas.language, &canvas.view),
            focus == Focus::Queue,
        ),
        (members::heading(canvas.app), focus == Focus::Members),
    ];
    let mut spans = Vec::new();
    let mut left = area;
    for ((name, is_shown), focus) in shown.into_iter().zip(TABS) {
        let (text, style) = if is_shown {
            (format!("[{name}]"), canvas.theme.strong())
        } else {
            (format!(" {name} "), canvas.theme.dim())
        };
        let cells = rows(width(&text)).min(left.width);
        let place = Rect {
            width: cells,
            ..left
        };
        canvas.clickable(place, ClickTarget::Pane(focus));
        left.x += cells;
        left.width -= cells;
        spans.push(Span::styled(text, style));
    }
    canvas.row(area, 0, &Line::from(spans));
}

/// Whether there is room for extras.
const fn is_roomy(area: Rect) -> bool {
    area.width >= WIDE && area.height >= ROOMY_ROWS
}

fn rows(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}
