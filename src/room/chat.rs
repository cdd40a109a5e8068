//! The newest lines of chat, for members who come later.

use std::collections::VecDeque;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::size;
use crate::protocol::event::ChatLine;
use crate::protocol::ids::{ChatId, Epoch, MemberId};
use crate::protocol::moderation::Erasure;
use crate::protocol::playback::Playing;
use crate::protocol::text::MemberName;
use crate::protocol::time::RoomTime;

/// Media that came on, at its place among the lines: their positions are those of the media above
/// them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MediaMark {
    /// The number of the media in the room.
    pub epoch: Epoch,
    /// The last line that was written before it came on; 0 if there was none.
    pub after: ChatId,
    /// When it came on.
    pub at: RoomTime,
    /// What came on, and who added it.
    pub playing: Playing,
}

/// The chat of a room, oldest line first.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Chat {
    /// The newest lines.
    lines: VecDeque<ChatLine>,
    /// The number of the last line.
    last: ChatId,
    /// The media that the lines are about, oldest first.
    #[serde(default, skip_serializing_if = "VecDeque::is_empty")]
    media: VecDeque<MediaMark>,
}

impl Chat {
    /// How many lines are kept for late joiners (judgement: enough to catch up on a conversation,
    /// and small enough to send to everyone who joins).
    pub const KEPT: usize = 200;

    /// How many media are kept that the lines are about (judgement: more than an evening has, and
    /// small beside the lines).
    pub const MEDIA_KEPT: usize = 20;

    /// The media that came on, oldest first, as far as lines about them are kept.
    #[must_use]
    pub fn media(&self) -> impl DoubleEndedIterator<Item = &MediaMark> + ExactSizeIterator {
        self.media.iter()
    }

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
        while surplus > 0 {
            let Some(mark) = self.media.pop_front() else {
                break;
            };
            surplus = surplus.saturating_sub(size::of_item(&mark));
        }
        self.drop_old_media();
        surplus
    }

    /// Notes that media came on.
    pub(super) fn mark_media(&mut self, epoch: Epoch, at: RoomTime, playing: &Playing) {
        self.media.push_back(MediaMark {
            epoch,
            after: self.last,
            at,
            playing: playing.clone(),
        });
        self.drop_old_media();
    }

    /// More is known of the media that plays, such as its title.
    pub(super) fn learn_of_media(&mut self, epoch: Epoch, playing: &Playing) {
        let newest = self.media.back_mut();
        if let Some(mark) = newest.filter(|mark| mark.epoch == epoch) {
            mark.playing.clone_from(playing);
        }
    }

    /// Erases the names of those who added media.
    pub(super) fn forget_in_media(&mut self, members: &[MemberId], names: &[MemberName]) {
        for playing in self.media.iter_mut().map(|mark| &mut mark.playing) {
            if members.contains(&playing.by) || names.contains(&playing.by_name) {
                playing.by_name = MemberName::nameless();
            }
        }
    }

    /// Drops media that no kept line is about.
    fn drop_old_media(&mut self) {
        let first = self.lines.front().map_or(self.last.next(), |line| line.id);
        while self.media.len() > Self::MEDIA_KEPT
            || self
                .media
                .get(1)
                .is_some_and(|second| second.after.next() <= first)
        {
            self.media.pop_front();
        }
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
        self.drop_old_media();
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
