//! What would help a member whose media stalls again and again.

use crate::app::output::Notice;
use crate::media::YOUTUBE;
use crate::protocol::command::Report;
use crate::protocol::ids::Epoch;
use crate::sync::follow::{FollowOutput, Follower, PlayerState};

/// After this many stalls of the same media the member reads what would help: one may be chance.
const OFTEN: u32 = 2;

/// How often the media that is on stalled here.
#[derive(Debug, Default)]
pub(super) struct Stalls {
    epoch: Epoch,
    count: u32,
    /// Whether the stall that is on was counted.
    counted: bool,
}

impl Stalls {
    /// Counts the stalls that are reported to the room; returns the notice of what would help,
    /// once. A stall with a fault does not count: if a server is down, lower quality would not
    /// help.
    pub(super) fn note(&mut self, outputs: &[FollowOutput], follower: &Follower) -> Option<Notice> {
        let has_fault = follower.has_fault();
        let reads_on = matches!(follower.player_state(), PlayerState::ReadingOn(_));
        let mut is_often = false;
        for output in outputs {
            match output {
                FollowOutput::Report(Report::Stalled { stalled: false, .. }) => {
                    self.counted = false;
                }
                FollowOutput::Report(Report::Stalled { epoch, .. }) if !has_fault && !reads_on => {
                    is_often |= self.count(*epoch);
                }
                _ => {}
            }
        }
        if has_fault {
            self.take_back();
        }
        is_often.then(|| remedy(follower))
    }

    /// Counts a stall; returns whether it is the one that causes the notice.
    fn count(&mut self, epoch: Epoch) -> bool {
        if self.epoch != epoch {
            *self = Self {
                epoch,
                ..Self::default()
            };
        }
        self.counted = true;
        self.count = self.count.saturating_add(1);
        self.count == OFTEN
    }

    /// The stall that is on turned out to have another cause than a slow link.
    const fn take_back(&mut self) {
        if std::mem::replace(&mut self.counted, false) {
            self.count = self.count.saturating_sub(1);
        }
    }
}

/// What would help: a lighter quality, of media that come in several.
fn remedy(follower: &Follower) -> Notice {
    let playing = follower.timeline().playing.as_ref();
    let lighter = playing.is_some_and(|playing| playing.media.kind() == YOUTUBE);
    Notice::StalledTwice { lighter }
}
