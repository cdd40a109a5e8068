//! A line of chat, as the room keeps it and its log records it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::ids::{ChatId, MemberId};
use super::text::{ChatText, MemberName};
use super::time::{Position, RoomTime};

/// One line of chat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ChatLine {
    /// Its number in the room, by which it can be erased.
    pub id: ChatId,
    /// The author, by number: a forgotten member's number is not given to anybody else.
    pub from: MemberId,
    /// The author's name at that time.
    pub name: MemberName,
    /// The text, cleaned and at most 500 code points.
    pub text: ChatText,
    /// The room's position in the media when it was sent.
    #[serde(rename = "film")]
    pub position: Option<Position>,
    /// The room time at which it was committed.
    pub at: RoomTime,
    /// The name of who erased it, if it was erased; the text is then [`ChatText::erased`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub erased: Option<MemberName>,
    /// Whether with this line members at two network addresses have spoken, for which the empty
    /// room is kept longer. True for one line of a room at most.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub second_address: bool,
}

impl ChatLine {
    /// Removes the text and names who erased it.
    pub fn erase(&mut self, by: &MemberName) {
        self.text = ChatText::erased();
        self.erased = Some(by.clone());
    }
}
