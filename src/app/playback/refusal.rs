//! A video that this machine does not open: the room hears that much.

use crate::app::App;
use crate::protocol::command::Report;
use crate::protocol::failure::FailureCode;
use crate::protocol::ids::Epoch;
use crate::wire::message::ClientMsg;

impl App {
    /// The room is told anew what this machine does not open: it may have forgotten.
    pub(in crate::app) fn repeat_refusal(&mut self) {
        self.playback.told_refusal = None;
    }

    /// Tells the room once that this machine does not open the video, and not why: where a
    /// link leads in the own network is nobody's business.
    pub(super) fn tell_refusal(&mut self, epoch: Epoch) {
        if self.playback.refused.is_none() {
            self.playback.told_refusal = None;
            return;
        }
        let told = self.playback.told_refusal.replace(epoch) == Some(epoch);
        if told || !self.has_player {
            return;
        }
        self.send(ClientMsg::Report {
            report: Report::Failed {
                epoch,
                code: FailureCode::Other,
                retrying: false,
            },
        });
    }
}
