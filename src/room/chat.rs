//! The newest lines of chat, for members who come later.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use super::size;
use crate::protocol::event::ChatLine;
use crate::protocol::ids::ChatId;
use crate::protocol::moderation::Erasure;
use crate::protocol::text::MemberName;

/// The chat of a room, oldest line first.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Chat {
    lines: VecDeque<ChatLine>,
    last: ChatId,
}

impl Chat {
    /// How many lines are kept for late joiners (judgement: enough to catch up on a conversation,
    /// and small enough to send to everyone who joins).
    pub const KEPT: usize = 200;

    /// The lines, oldest first.
    #[must_use]
    pub fn lines(&self) -> impl DoubleEndedIterator<Item = &ChatLine> + ExactSizeIterator {
        self.lines.iter()
    }

    /// The number for the next line.
    #[must_use]
    pub const fn next_id(&self) -> ChatId {
        self.last.next()
    }

    /// The line with this number; `None` if it never was, or is no longer kept.
    #[must_use]
    pub fn get(&self, id: ChatId) -> Option<&ChatLine> {
        self.lines.iter().find(|line| line.id == id)
    }

    /// Drops the oldest lines until the chat is `surplus` bytes smaller on the wire. Returns how
    /// many bytes it is still too large.
    pub(super) fn shed_oldest(&mut self, mut surplus: usize) -> usize {
        while surplus > 0 {
            let Some(line) = self.lines.pop_front() else {
                break;
            };
            surplus = surplus.saturating_sub(size::of_item(&line));
        }
        surplus
    }

    /// Erases a line's text, if the line is still kept.
    pub(super) fn erase(&mut self, id: ChatId, by: &MemberName) {
        if let Some(line) = self.lines.iter_mut().find(|line| line.id == id) {
            line.erase(by);
        }
    }

    /// Erases all lines of a member that are still kept and not erased.
    pub(super) fn erase_all(&mut self, erasure: &Erasure) {
        let lines = self.lines.iter_mut();
        for line in lines.filter(|line| line.erased.is_none() && erasure.covers(line)) {
            line.erase(&erasure.by);
        }
    }

    /// Erases lines together with the names of their authors, and these names wherever they stand
    /// as those of members who erased a line.
    pub(super) fn forget(&mut self, lines: &[ChatId], names: &[MemberName]) {
        for line in &mut self.lines {
            if lines.contains(&line.id) {
                line.name = MemberName::nameless();
                line.erase(&MemberName::operator());
            } else if let Some(by) = &mut line.erased
                && names.contains(by)
            {
                *by = MemberName::nameless();
            }
        }
    }

    /// Adds a line and forgets the oldest beyond [`Chat::KEPT`].
    pub(super) fn push(&mut self, line: ChatLine) {
        self.last = self.last.max(line.id);
        self.lines.push_back(line);
        while self.lines.len() > Self::KEPT {
            self.lines.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Chat;
    use crate::protocol::event::ChatLine;
    use crate::protocol::ids::MemberId;
    use crate::protocol::text::{ChatText, MemberName};
    use crate::protocol::time::RoomTime;

    #[test]
    fn the_last_two_hundred_lines_are_kept_and_numbers_go_on() {
        let mut chat = Chat::default();
        for _ in 0..205 {
            chat.push(ChatLine {
                id: chat.next_id(),
                from: MemberId(1),
                name: MemberName::parse("Alice").unwrap(),
                text: ChatText::parse("hi").unwrap(),
                position: None,
                at: RoomTime(0),
                erased: None,
                second_address: false,
            });
        }
        assert_eq!(chat.lines().len(), 200);
        assert_eq!(chat.lines().next().unwrap().id.0, 6);
        assert_eq!(chat.next_id().0, 206);
    }
}
