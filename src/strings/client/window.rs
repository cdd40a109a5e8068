//! Texts of the notices about the player's window.

use crate::app::output::{Notice, WindowNotice};
use crate::app::video::OsdLevel;
use crate::texts::language::Language;
use crate::texts::tr;

/// The text of a notice about the player's window; `None` for other notices.
pub(super) fn text(language: Language, notice: &Notice) -> Option<String> {
    let Notice::Window(notice) = notice else {
        return None;
    };
    Some(match notice {
        WindowNotice::ForeignFile { link: None, .. } => tr!(language, "video-foreign-file"),
        WindowNotice::ForeignFile {
            link: Some(link),
            may_play: true,
        } => tr!(language, "video-foreign-link", link = link.as_str()),
        WindowNotice::ForeignFile {
            link: Some(link), ..
        } => tr!(language, "video-foreign-link-viewer", link = link.as_str()),
        WindowNotice::OsdLevel(OsdLevel::Full) => tr!(language, "video-osd-full"),
        WindowNotice::OsdLevel(OsdLevel::Quiet) => tr!(language, "video-osd-quiet"),
        WindowNotice::OsdLevel(OsdLevel::Off) => tr!(language, "video-osd-off"),
        WindowNotice::LineKept => tr!(language, "video-line-kept"),
        WindowNotice::OnlyInTerminal => tr!(language, "video-only-in-terminal"),
    })
}
