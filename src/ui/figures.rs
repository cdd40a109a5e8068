//! Whether the picture is to be drawn again. Most of what a client hears are measurements, many a
//! second, and few of them move anything that is shown: for those only the row of the progress,
//! where they show, is compared with the one that was drawn.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::{page_of, room};
use crate::app::App;

/// What the last picture showed of what is measured.
#[derive(Debug, Default)]
pub struct DrawnFigures {
    progress: Buffer,
}

impl DrawnFigures {
    /// The app was drawn in so many columns.
    pub fn drawn(&mut self, app: &App, columns: u16) {
        self.progress = progress(app, columns);
    }

    /// Whether the app looks another way after its last event than it did before that.
    #[must_use]
    pub fn are_stale(&self, app: &App, columns: u16) -> bool {
        app.may_look_different() || progress(app, columns) != self.progress
    }
}

/// The row of the progress; empty where another page covers it.
fn progress(app: &App, columns: u16) -> Buffer {
    let area = Rect::new(0, 0, columns, 1);
    let shown = app.screen().filter(|screen| page_of(screen).is_none());
    let Some(screen) = shown.filter(|_| columns >= room::MIN_COLUMNS) else {
        return Buffer::default();
    };
    let mut buffer = Buffer::empty(area);
    room::progress::draw(&mut Canvas::new(app, screen, &mut buffer), area);
    buffer
}
