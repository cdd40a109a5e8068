//! What is said about the server: by its operator, and of its storage.

use crate::app::output::{Notice, ServerNotice};
use crate::protocol::time::Span;
use crate::strings::numbers::long;
use crate::texts::language::Language;
use crate::texts::tr;

/// The text about the server; `None` for other notices.
pub(super) fn text(language: Language, notice: &Notice) -> Option<String> {
    let Notice::Server(notice) = notice else {
        return None;
    };
    let text = match notice {
        ServerNotice::Announcement { text } => {
            tr!(language, "notice-announcement", text = text.as_str())
        }
        ServerNotice::ServerStops { after, elsewhere } => {
            let left = long(language, *after);
            let is_now = *after < Span::seconds(10);
            match (elsewhere, is_now) {
                (false, false) => tr!(language, "notice-server-stops", after = left),
                (false, true) => tr!(language, "notice-server-stops-now", after = left),
                (true, false) => tr!(language, "notice-node-stops", after = left),
                (true, true) => tr!(language, "notice-node-stops-now", after = left),
            }
        }
        ServerNotice::ServerStays => tr!(language, "notice-server-stays"),
        ServerNotice::StorageAway => tr!(language, "notice-storage-away"),
        ServerNotice::StorageBack => tr!(language, "notice-storage-back"),
    };
    Some(text)
}
