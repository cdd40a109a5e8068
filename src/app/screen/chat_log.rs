//! The chat log: messages and events in their order.

use std::collections::VecDeque;

use crate::app::output::{Notice, Output, Person};
use crate::app::wall_time::WallTime;
use crate::protocol::event::ChatLine;
use crate::protocol::failure::FailureCode;
use crate::protocol::ids::{ChatId, Epoch};
use crate::protocol::moderation::Erasure;
use crate::protocol::playback::{Playing, QueueEntry};
use crate::protocol::time::{Position, RoomTime};

/// The most lines that are kept: a whole evening of a lively room.
const KEPT: usize = 10_000;

/// One entry of the log.
#[derive(Debug, Clone, PartialEq)]
pub struct LogLine {
    /// Its number in this log; later ones are higher.
    pub id: u64,
    /// The media's position then, if any was on.
    pub position: Option<Position>,
    /// What it is about.
    pub content: LogContent,
}

/// What a line of the log is about.
#[derive(Debug, Clone, PartialEq)]
pub enum LogContent {
    /// A line of chat.
    Chat(LoggedChat),
    /// Something that the app reported.
    Output(Output),
    /// Somebody proposed media.
    Proposed(QueueEntry, Person),
    /// Other media came on: what is above is about what played before.
    MediaBegan(Box<MediaBegan>),
}

impl LogContent {
    /// The entry of the queue that it is about, if no title of that is known.
    fn untitled_entry(&mut self) -> Option<&mut QueueEntry> {
        match self {
            Self::Proposed(entry, _)
            | Self::Output(Output::Notice(
                Notice::Approved { entry, .. } | Notice::Moved { entry, .. },
            )) => Some(entry).filter(|entry| entry.title.is_none()),
            _ => None,
        }
    }
}

/// That other media came on, as the log shows it between what was said before and after.
#[derive(Debug, Clone, PartialEq)]
pub struct MediaBegan {
    /// The number of the media in the room.
    pub epoch: Epoch,
    /// What came on, by the title that is known of it by now.
    pub playing: Playing,
    /// Who put it on, or proposed or added it.
    pub added_by: Person,
    /// When it came on; `None` if a server of an earlier version did not say.
    pub at: Option<BeganAt>,
}

/// When media came on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BeganAt {
    /// The member's own clock showed this.
    Seen(WallTime),
    /// The room tells: it was before the member came.
    Told(RoomTime),
}

/// A line of chat with what was known when it came: names change later, and the log stays as
/// it was.
#[derive(Debug, Clone, PartialEq)]
pub struct LoggedChat {
    /// The line with the writer's name at that time.
    pub line: ChatLine,
    /// How it read with the room's emotes at that time, if it has any.
    pub spelled: Option<String>,
    /// Whether the member at this screen wrote it.
    pub is_own: bool,
    /// Whether it mentions the member at this screen.
    pub mentions_you: bool,
    /// Who erased it, if somebody did.
    pub removed_by: Option<Person>,
}

/// The log with its scroll position.
#[derive(Debug, Clone, Default)]
pub struct ChatLog {
    lines: VecDeque<LogLine>,
    /// The number of the newest line.
    last: u64,
    /// The lowest visible line while scrolled back.
    at: Option<u64>,
    /// The newest line when scrolling back began.
    seen: u64,
    /// Whether the line at `at` is chosen.
    is_choosing: bool,
    /// The last line of earlier rooms of this name; lines up to it have numbers that this room
    /// has given to others.
    earlier: u64,
    /// The newest media of the room that has its line.
    media: Option<Epoch>,
}

impl ChatLog {
    /// The lines, oldest first.
    #[must_use]
    pub fn lines(&self) -> impl DoubleEndedIterator<Item = &LogLine> + ExactSizeIterator {
        self.lines.iter()
    }

    /// The lines down to the lowest visible one, oldest first.
    #[must_use]
    pub fn scrolled(&self) -> impl DoubleEndedIterator<Item = &LogLine> {
        let lowest = self.at.unwrap_or(u64::MAX);
        // Their numbers rise, so what is below is skipped whole.
        let count = self.lines.partition_point(|line| line.id <= lowest);
        self.lines.range(..count)
    }

    /// Adds a line.
    pub(super) fn push(&mut self, position: Option<Position>, content: LogContent) {
        self.last += 1;
        let id = self.last;
        self.lines.push_back(LogLine {
            id,
            position,
            content,
        });
        while self.lines.len() > KEPT {
            self.lines.pop_front();
        }
    }

    /// Adds that media came on, unless that is there. True if it was added.
    pub(super) fn begin_media(&mut self, began: MediaBegan) -> bool {
        let is_new = self.media.is_none_or(|newest| newest < began.epoch);
        if is_new {
            self.media = Some(began.epoch);
            self.push(None, LogContent::MediaBegan(Box::new(began)));
        }
        is_new
    }

    /// More is known of media that came on, such as its title.
    pub(super) fn learn_of_media(&mut self, epoch: Epoch, playing: &Playing) {
        let earlier = self.earlier;
        let mut newest = self.lines.iter_mut().rev();
        let began = newest.find_map(|line| match &mut line.content {
            LogContent::MediaBegan(began) if line.id > earlier => Some(began),
            _ => None,
        });
        if let Some(began) = began.filter(|began| began.epoch == epoch) {
            began.playing = playing.clone();
        }
    }

    /// More is known of what waits in the queue: lines about it call it by the title that they had not.
    pub(super) fn learn_of_entries(&mut self, entries: &[QueueEntry]) {
        let earlier = self.earlier;
        for line in self.lines.iter_mut().filter(|line| line.id > earlier) {
            let Some(logged) = line.content.untitled_entry() else {
                continue;
            };
            let known = entries.iter().find(|entry| entry.id == logged.id);
            if let Some(known) = known.filter(|known| known.media == logged.media) {
                logged.title.clone_from(&known.title);
            }
        }
    }

    /// Takes out what a notice says in its place, or what may not be read any more.
    pub(super) fn correct(&mut self, notice: &Notice) {
        if let Some(code) = notice.common_failure() {
            self.merge_failure(code);
        }
        if let Notice::ErasedAll { erasure, by, .. } = notice {
            // The screen may show more than the room keeps.
            self.erase_all(erasure, by);
        }
    }

    /// Nobody plays the media, for this reason: that the member's own player does not, for the same
    /// reason, is told by that, and its line goes.
    fn merge_failure(&mut self, code: FailureCode) {
        let own = self.lines.iter().rposition(|line| match &line.content {
            LogContent::Output(Output::Player(player)) => player.is_told_by(code),
            _ => false,
        });
        let began = |line: &LogLine| matches!(line.content, LogContent::MediaBegan(_));
        let media = self.lines.iter().rposition(began);
        if let Some(own) = own.filter(|own| media.is_none_or(|media| media < *own)) {
            self.lines.remove(own);
        }
    }

    /// The room was created again: older lines can still be read, but are no longer in the room.
    pub(super) fn begin_anew(&mut self) {
        self.earlier = self.last;
        self.media = None;
    }

    /// Whether a line comes from an earlier room of this name.
    #[must_use]
    pub const fn is_earlier(&self, line: &LogLine) -> bool {
        line.id <= self.earlier
    }

    /// Erases the text of a line of the room's chat.
    pub(super) fn erase(&mut self, id: ChatId, by: &Person) {
        let earlier = self.earlier;
        for line in self.lines.iter_mut().filter(|line| line.id > earlier) {
            if let LogContent::Chat(chat) = &mut line.content
                && chat.line.id == id
            {
                chat.line.erase(&by.name);
                chat.removed_by = Some(by.clone());
            }
        }
    }

    /// Erases the text of all lines of a member of the room.
    pub(super) fn erase_all(&mut self, erasure: &Erasure, by: &Person) {
        let earlier = self.earlier;
        for line in self.lines.iter_mut().filter(|line| line.id > earlier) {
            if let LogContent::Chat(chat) = &mut line.content
                && chat.removed_by.is_none()
                && erasure.covers(&chat.line)
            {
                chat.line.erase(&by.name);
                chat.removed_by = Some(by.clone());
            }
        }
    }

    /// Drops all lines.
    pub(super) fn clear(&mut self) {
        self.lines.clear();
        self.release();
    }

    /// Whether the newest line is the lowest visible one.
    #[must_use]
    pub const fn is_at_newest(&self) -> bool {
        self.at.is_none()
    }

    /// How many lines came since scrolling back began; `None` at the newest.
    #[must_use]
    pub fn new_lines(&self) -> Option<usize> {
        self.at?;
        let new = self
            .lines
            .iter()
            .rev()
            .take_while(|line| line.id > self.seen);
        Some(new.count())
    }

    /// The chosen line.
    #[must_use]
    pub fn chosen(&self) -> Option<&LogLine> {
        if !self.is_choosing {
            return None;
        }
        let at = self.at.unwrap_or(self.last);
        self.lines.iter().rev().find(|line| line.id <= at)
    }

    /// Scrolls up by so many lines.
    pub(super) fn up(&mut self, by: usize) {
        let first = self.lines.front().map_or(0, |line| line.id);
        let from = self.at.unwrap_or_else(|| {
            self.seen = self.last;
            self.last
        });
        let by = u64::try_from(by).unwrap_or(u64::MAX);
        self.at = Some(from.saturating_sub(by).max(first));
    }

    /// Scrolls down by so many lines; at the newest it follows what comes.
    pub(super) fn down(&mut self, by: usize) {
        let by = u64::try_from(by).unwrap_or(u64::MAX);
        if let Some(at) = self.at {
            let to = at.saturating_add(by);
            self.at = (to < self.last).then_some(to);
        }
    }

    /// Chooses the line that is `by` lines below the chosen one; first the lowest visible one.
    pub(super) fn step(&mut self, by: isize) {
        if !self.is_choosing {
            self.is_choosing = true;
        } else if by < 0 {
            self.up(by.unsigned_abs());
        } else {
            self.down(by.unsigned_abs());
        }
    }

    /// Scrolls to the newest line, and chooses none.
    pub(super) fn release(&mut self) {
        self.at = None;
        self.is_choosing = false;
    }
}

#[cfg(test)]
mod tests {
    use super::{ChatLog, Epoch, FailureCode, KEPT, LogContent, MediaBegan};
    use crate::app::output::{Notice, Output, PlayerView};
    use crate::media::fault::{FaultKind, MediaFault};
    use crate::sync::player::MediaProblem;

    fn filled(count: usize) -> ChatLog {
        let mut log = ChatLog::default();
        for _ in 0..count {
            log.push(
                None,
                LogContent::Output(Output::Notice(Notice::Finished {
                    may_resume: false,
                    proposed: 0,
                })),
            );
        }
        log
    }

    #[test]
    fn what_comes_while_scrolled_back_is_counted_and_moves_nothing() {
        let mut log = filled(20);
        assert_eq!(log.new_lines(), None);
        log.up(5);
        for _ in 0..3 {
            log.push(
                None,
                LogContent::Output(Output::Notice(Notice::Finished {
                    may_resume: false,
                    proposed: 0,
                })),
            );
        }
        assert_eq!(log.scrolled().next_back().unwrap().id, 15);
        assert_eq!(log.new_lines(), Some(3));
        log.down(100);
        assert_eq!(log.new_lines(), None);
        assert_eq!(log.scrolled().next_back().unwrap().id, 23);
    }

    #[test]
    fn what_the_room_says_of_all_players_takes_the_place_of_what_ones_own_said() {
        let fault = MediaFault {
            kind: FaultKind::Gone,
            elsewhere: false,
        };
        let failed = PlayerView::Failed(MediaProblem::Fetch(fault));
        let own = || LogContent::Output(Output::Player(failed.clone()));
        let mut log = filled(3);
        log.push(None, own());
        log.push(
            None,
            LogContent::Output(Output::Notice(Notice::Finished {
                may_resume: false,
                proposed: 0,
            })),
        );
        log.merge_failure(FailureCode::Busy);
        assert_eq!(log.lines().len(), 5, "it fails otherwise for others");
        log.merge_failure(FailureCode::Gone);
        let ids: Vec<u64> = log.lines().map(|line| line.id).collect();
        assert_eq!(ids, [1, 2, 3, 5]);
        log.push(None, own());
        log.begin_media(MediaBegan {
            epoch: Epoch(2),
            playing: crate::test_support::playing("https://example.org/film.mp4"),
            added_by: crate::app::tests::them("Alice"),
            at: None,
        });
        log.merge_failure(FailureCode::Gone);
        assert_eq!(log.lines().len(), 6, "it was about other media");
    }

    #[test]
    fn going_up_ends_at_the_oldest_that_is_kept() {
        let mut log = filled(KEPT + 7);
        log.up(usize::MAX);
        assert_eq!(log.scrolled().next_back().unwrap().id, 8);
        assert_eq!(log.lines().len(), KEPT);
    }
}
