//! What the relay tells of the medium that it fetches for mpv.

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
    /// The relay told something of the medium of `epoch`. `local` turns instants into local
    /// time.
    pub(in crate::player) fn on_relay_event(
        &mut self,
        epoch: Epoch,
        event: RelayEvent,
        local: impl Fn(Instant) -> LocalTime,
    ) -> Actions {
        let mut steps = Actions::default();
        let Some(load) = self.load.as_mut().filter(|load| load.epoch == epoch) else {
            return steps;
        };
        match event {
            RelayEvent::Retrying { fault, next, .. } => {
                let next = local(next);
                let refetch = Some(Refetch { fault, next });
                steps.tell(PlayerEvent::Refetching { epoch, refetch });
            }
            RelayEvent::Flowing { .. } => {
                let refetch = None;
                steps.tell(PlayerEvent::Refetching { epoch, refetch });
            }
            RelayEvent::GaveUp { fault, .. } => {
                load.fetch.verdict = Some(fault);
                if let Some(problem) = load.untold.take() {
                    self.problem(problem, &mut steps);
                    steps.order("stop", json!(["stop"]));
                } else if load.running {
                    let refetch = None;
                    steps.tell(PlayerEvent::Refetching { epoch, refetch });
                } else {
                    self.problem(given_up(fault), &mut steps);
                    steps.order("stop", json!(["stop"]));
                }
            }
            RelayEvent::Fact { fact, .. } => match fact {
                MediaFact::DelayFailure => load.fetch.delays_failure = true,
                MediaFact::PartMissing { fault, .. } => load.fetch.missing = Some(fault),
                MediaFact::Gap { from, length } => steps.tell(PlayerEvent::PartMissing {
                    epoch,
                    at: from.map(Position),
                    length: Span(length),
                }),
                // mpv counts from the first picture that it read (`--rebase-start-time`).
                MediaFact::LiveOrigin { micros } => {
                    let wall = Span(micros);
                    steps.tell(PlayerEvent::LiveOrigin { epoch, wall });
                }
                MediaFact::Live(true) => load.facts.list_grows(),
                MediaFact::Live(false) => {}
            },
        }
        steps
    }

    /// mpv finds that it cannot play the medium. That is told when the relay gives the medium
    /// up, where the time of it would tell what stands at another host.
    pub(super) fn cannot_play(&mut self, problem: MediaProblem, steps: &mut Actions) {
        match &mut self.load {
            Some(load) if load.fetch.delays_failure && load.landed.is_none() => {
                load.untold = Some(problem);
            }
            _ => self.problem(problem, steps),
        }
    }

    /// The medium of `epoch` is not even tried; whatever was in the player goes.
    pub(in crate::player) fn cannot_open(
        &mut self,
        epoch: Epoch,
        problem: MediaProblem,
    ) -> Actions {
        let mut steps = Actions::default();
        self.forget(&mut steps);
        steps.order("stop", json!(["stop"]));
        steps.tell(PlayerEvent::Failed { epoch, problem });
        steps
    }
}
