//! What is said of the own player when it cannot be where the room is.

use super::{player_words, seconds};
use crate::app::told::Notice;
use crate::protocol::time::Span;

/// Why the own player is apart from the room; nothing for other notices.
pub(super) fn text(notice: &Notice) -> String {
    match notice {
        Notice::CannotSeek { off } => format!(
            "You are {} off, and this video's server does not let your player jump in it (it \
             takes no range requests). A link from another server would help.",
            seconds(*off)
        ),
        Notice::EndsEarly => "Your copy of the video ends here; the room plays on. Your player \
             joins in again with the next video, or when the room comes back to what you have."
            .to_owned(),
        Notice::OtherBeginning { off } => other_beginning(*off),
        Notice::TriesAgain(problem) => format!(
            "{} It is tried again by itself; /retry tries at once.",
            player_words::interrupted(problem)
        ),
        _ => String::new(),
    }
}

/// That this copy shows other pictures at the same time.
fn other_beginning(off: Span) -> String {
    let apart = seconds(off);
    if off > Span::ZERO {
        format!(
            "Your copy of the video lacks its beginning: you see other pictures than the others, \
             {apart} off. /retry opens it anew."
        )
    } else {
        format!(
            "Your copy of the video begins earlier than the room's: you see other pictures than \
             the others, {apart} off. An admin's /retry may help."
        )
    }
}
