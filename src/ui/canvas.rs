//! What every part of the picture draws with: the client, the colours, and the cells.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::text;
use super::theme::Theme;
use crate::app::App;
use crate::app::pointer::{ClickTarget, HitArea, HitMap, ScrollTarget};
use crate::app::screen::{ClientView, Focus, Screen};
use crate::texts::language::Language;

/// What is drawn, and what it is drawn with.
pub(super) struct Canvas<'a> {
    pub(super) app: &'a App,
    pub(super) screen: &'a Screen,
    pub(super) view: ClientView<'a>,
    /// The language of every text.
    pub(super) language: Language,
    pub(super) theme: Theme<'a>,
    pub(super) buffer: &'a mut Buffer,
    /// Column and row of the terminal's cursor, if it is visible.
    pub(super) cursor: Option<(u16, u16)>,
    /// Where cells lead, by the number in their style.
    pub(super) links: Vec<String>,
    /// What the mouse reaches.
    pub(super) hits: HitMap,
}

impl<'a> Canvas<'a> {
    /// Draws an app, which has this screen, into empty cells.
    pub(super) fn new(app: &'a App, screen: &'a Screen, buffer: &'a mut Buffer) -> Self {
        Self {
            app,
            screen,
            view: app.view(),
            language: app.language(),
            theme: Theme::new(screen.appearance()),
            buffer,
            cursor: None,
            links: Vec::new(),
            hits: HitMap::default(),
        }
    }

    /// Writes a line into a row of an area, cut at its end.
    pub(super) fn row(&mut self, area: Rect, row: u16, line: &Line<'_>) {
        if row < area.height {
            text::draw(self.buffer, (area.x, area.y + row), line, area.width);
        }
    }

    /// Makes an area clickable; it lies over those that were made so before.
    pub(super) fn clickable(&mut self, area: Rect, target: ClickTarget) {
        self.hits.add_click(hit_area(area), target);
    }

    /// Makes the words of a text clickable that begins at the left of an area's row. Words are
    /// apart from each other by two blanks or more; `target` says what the one of a number does.
    pub(super) fn clickable_words(
        &mut self,
        area: Rect,
        row: u16,
        text: &str,
        target: impl Fn(usize) -> Option<ClickTarget>,
    ) {
        if row >= area.height {
            return;
        }
        for (number, (before, word)) in text::apart(text).into_iter().enumerate() {
            let cells = |text| u16::try_from(text::width(text)).unwrap_or(u16::MAX);
            let (column, columns) = (cells(before), cells(word));
            if let Some(target) = target(number).filter(|_| column < area.width) {
                let place = Rect {
                    x: area.x + column,
                    y: area.y + row,
                    width: columns.min(area.width - column),
                    height: 1,
                };
                self.clickable(place, target);
            }
        }
    }

    /// Lets the wheel act on an area.
    pub(super) fn scrollable(&mut self, area: Rect, target: ScrollTarget) {
        self.hits.add_scroll(hit_area(area), target);
    }

    /// Writes two texts into a row, one at its left and one at its right end. The left one is
    /// cut if they do not both fit.
    pub(super) fn both_ends(&mut self, area: Rect, row: u16, left: &str, right: &Line<'_>) {
        let needed = u16::try_from(text::line_width(right)).unwrap_or(u16::MAX);
        let room = area.width.saturating_sub(needed.saturating_add(1));
        let left = text::cut(left, usize::from(room));
        self.row(area, row, &Line::from(left));
        self.right_end(area, row, right);
    }

    /// Writes a text at the right end of a row.
    pub(super) fn right_end(&mut self, area: Rect, row: u16, text: &Line<'_>) {
        let needed = u16::try_from(text::line_width(text)).unwrap_or(u16::MAX);
        let begin = area.width.saturating_sub(needed);
        let rest = Rect {
            x: area.x + begin,
            width: area.width - begin,
            ..area
        };
        self.row(rest, row, text);
    }

    /// Draws a horizontal rule with a heading.
    pub(super) fn rule(&mut self, area: Rect, heading: &str, focused: bool) {
        let style = self.theme.border(focused, self.flashes());
        let whole = "─".repeat(usize::from(area.width));
        self.row(area, 0, &Line::styled(whole, style));
        if !heading.is_empty() {
            let heading = text::cut(heading, usize::from(area.width.saturating_sub(4)));
            let spans = vec![
                Span::styled("─ ", style),
                Span::styled(heading, self.theme.heading(focused)),
                Span::styled(" ", style),
            ];
            self.row(area, 0, &Line::from(spans));
        }
    }

    /// Whether the member is alerted just now: then the borders flash.
    pub(super) fn flashes(&self) -> bool {
        self.screen.flashes(self.app.local_now())
    }

    /// Whether this has the focus.
    pub(super) fn focused(&self, focus: Focus) -> bool {
        self.screen.focus() == focus
    }
}

const fn hit_area(area: Rect) -> HitArea {
    HitArea {
        column: area.x,
        row: area.y,
        columns: area.width,
        rows: area.height,
    }
}
