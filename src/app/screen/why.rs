//! What was decided about the own player, with what led to it: the list behind `/why`.

use std::collections::VecDeque;

use crate::app::App;
use crate::protocol::time::{Position, Span};
use crate::sync::follow::{Output, Status, SyncState};
use crate::sync::player::PlayerCommand;

/// How many decisions are kept.
const KEPT: usize = 50;

/// A decision about the own player.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// Where the film was.
    pub film: Option<Position>,
    /// What was decided.
    pub deed: Deed,
    /// Player minus timeline when it was decided, if it was known.
    pub error: Option<Span>,
    /// What the follower was doing then.
    pub state: SyncState,
}

/// What was decided.
#[derive(Debug, Clone, PartialEq)]
pub enum Deed {
    /// Open the video here.
    Load(Position),
    /// Seek there.
    Seek(Position),
    /// Pause.
    Pause,
    /// Play on.
    Play,
    /// Bend the speed, from now on.
    Bend(f64),
    /// The speed is the room's again.
    Straight,
}

impl App {
    /// Notes what the follower wants of the player. A speed that is bent stays one decision
    /// until it is straight again.
    pub(in crate::app) fn note_decisions(&mut self, outputs: &[Output], before: &Status) {
        let film = self.position(self.now.local);
        let status = self.playback.status();
        let Some(screen) = self.screen.as_mut() else {
            return;
        };
        let mut note = |deed| {
            let decision = Decision {
                film,
                deed,
                error: status.error.or(before.error),
                state: status.state,
            };
            push(&mut screen.decisions, decision);
        };
        for output in outputs {
            match output {
                Output::Order(PlayerCommand::Load { start, .. }) => note(Deed::Load(*start)),
                Output::Order(PlayerCommand::Seek(to)) => note(Deed::Seek(*to)),
                Output::Order(PlayerCommand::SetPaused(true)) => note(Deed::Pause),
                Output::Order(PlayerCommand::SetPaused(false)) => note(Deed::Play),
                _ => {}
            }
        }
        match (before.state, status.state) {
            (SyncState::Nudging, SyncState::Nudging) => {}
            (_, SyncState::Nudging) => note(Deed::Bend(status.speed)),
            (SyncState::Nudging, SyncState::Holding) => note(Deed::Straight),
            _ => {}
        }
    }
}

fn push(decisions: &mut VecDeque<Decision>, decision: Decision) {
    decisions.push_back(decision);
    while decisions.len() > KEPT {
        decisions.pop_front();
    }
}
