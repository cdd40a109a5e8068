//! Events of the relay about the media that it fetches for mpv.

use std::time::Instant;

use serde_json::json;

use super::Observer;
use crate::player::actions::Actions;
use crate::player::loaded_media::given_up;
use crate::protocol::ids::Epoch;
use crate::protocol::time::{LocalTime, Position, Span};
use crate::relay::{MediaFact, RelayEvent};
use crate::sync::player::{MediaProblem, PlayerEvent, Refetch};

impl Observer {
    /// Handles an event of the relay about the media of `epoch`. `local` converts instants to local
    /// time.
    pub(in crate::player) fn on_relay_event(
        &mut self,
        epoch: Epoch,
        event: RelayEvent,
        local: impl Fn(Instant) -> LocalTime,
    ) -> Actions {
        let mut actions = Actions::default();
        let Some(load) = self.load.as_mut().filter(|load| load.epoch == epoch) else {
            return actions;
        };
        match event {
            RelayEvent::Retrying { fault, next, .. } => {
                let next = local(next);
                let refetch = Some(Refetch { fault, next });
                actions.emit(PlayerEvent::Refetching { epoch, refetch });
            }
            RelayEvent::Flowing { .. } => {
                let refetch = None;
                actions.emit(PlayerEvent::Refetching { epoch, refetch });
            }
            RelayEvent::GaveUp { fault, .. } => {
                load.fetch.verdict = Some(fault);
                if let Some(problem) = load.delayed_problem.take() {
                    self.problem(problem, &mut actions);
                    actions.order("stop", json!(["stop"]));
                } else if load.running {
                    let refetch = None;
                    actions.emit(PlayerEvent::Refetching { epoch, refetch });
                } else {
                    self.problem(given_up(fault), &mut actions);
                    actions.order("stop", json!(["stop"]));
                }
            }
            RelayEvent::Fact { fact, .. } => match fact {
                MediaFact::DelayFailure => load.fetch.delays_failure = true,
                MediaFact::PartMissing { fault, .. } => load.fetch.missing = Some(fault),
                MediaFact::Gap { from, length } => actions.emit(PlayerEvent::PartMissing {
                    epoch,
                    at: from.map(Position),
                    length: Span(length),
                }),
                // mpv counts from the first picture that it read (`--rebase-start-time`).
                MediaFact::LiveOrigin { micros } => {
                    let wall = Span(micros);
                    actions.emit(PlayerEvent::LiveOrigin { epoch, wall });
                }
                MediaFact::Live(true) => load.facts.list_grows(),
                MediaFact::Live(false) => {}
            },
        }
        actions
    }

    /// mpv cannot play the media. If the time of that report would reveal what is at another host,
    /// it is reported only when the relay gives the media up.
    pub(super) fn cannot_play(&mut self, problem: MediaProblem, actions: &mut Actions) {
        match &mut self.load {
            Some(load) if load.fetch.delays_failure && load.landed.is_none() => {
                load.delayed_problem = Some(problem);
            }
            _ => self.problem(problem, actions),
        }
    }

    /// The media of `epoch` is not opened at all; whatever was in the player is stopped.
    pub(in crate::player) fn cannot_open(
        &mut self,
        epoch: Epoch,
        problem: MediaProblem,
    ) -> Actions {
        let mut actions = Actions::default();
        self.forget(&mut actions);
        actions.order("stop", json!(["stop"]));
        actions.emit(PlayerEvent::Failed { epoch, problem });
        actions
    }
}
