//! What stands over the picture about the connection: one line for as long as there is none, and a
//! word when it is back.

use super::Video;
use super::content::Shown;
use super::input::VideoView;
use super::scene::LineContent;
use crate::app::output::ConnectionView;

impl Video {
    /// The connection's state changed. However often it is tried again, the loss is told once.
    pub(super) fn on_connection(&mut self, connection: &ConnectionView, view: &VideoView<'_>) {
        let was_lost = match connection {
            ConnectionView::Connecting { .. } => return,
            ConnectionView::Reconnecting { .. } => {
                self.is_lost = true;
                return;
            }
            _ => std::mem::take(&mut self.is_lost),
        };
        let is_told = match connection {
            ConnectionView::Connected => was_lost,
            ConnectionView::Refused(_) => true,
            _ => false,
        };
        if is_told {
            let content = LineContent::Connection(connection.clone());
            self.add(Shown::own(content), view.now);
        }
    }
}
