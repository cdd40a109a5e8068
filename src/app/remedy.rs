//! What would help a member whose video stalls again and again.

use super::App;
use super::effect::Effect;
use super::playback::YOUTUBE;
use super::told::{Notice, PlayerView};
use crate::protocol::command::Report;
use crate::protocol::ids::Epoch;
use crate::sync::follow::Output;

/// From so many stalls of a video on its member is told what would help: one may be chance.
const OFTEN: u32 = 2;

/// How often the video that is on stalled here.
#[derive(Debug, Default)]
pub(super) struct Stalls {
    epoch: Epoch,
    count: u32,
    /// Whether the stall that is on was counted.
    counted: bool,
}

impl Stalls {
    /// Counts a stall; answers whether it is the one at which something is said.
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

impl App {
    /// Counts the stalls that the room hears of, and offers the remedy. One with a fault does
    /// not count: where a server is away, less data would not come either.
    pub(super) fn note_stalls(&mut self, outputs: &[Output]) {
        let faulty = self.playback.has_fault();
        for output in outputs {
            match output {
                Output::Report(Report::Stalled { stalled: false, .. }) => {
                    self.stalls.counted = false;
                }
                Output::Report(Report::Stalled { epoch, .. })
                    if !faulty
                        && !matches!(self.playback.view(), PlayerView::ReadingOn(_))
                        && self.stalls.count(*epoch) =>
                {
                    self.offer_remedy();
                }
                _ => {}
            }
        }
        if faulty {
            self.stalls.take_back();
        }
    }

    fn offer_remedy(&mut self) {
        let playing = self.playback.followed().playing.as_ref();
        let lighter = playing.is_some_and(|playing| playing.media.kind() == YOUTUBE);
        let remedy = Notice::StalledTwice { lighter };
        self.notice(remedy.clone());
        self.effects.push(Effect::Osd(remedy));
    }
}
