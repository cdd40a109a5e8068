//! The entries of mpv's playlist: which is the room's medium, what it is, how it ended. mpv
//! numbers them, counting up, and tells the number of ours in its answer to the load.

use serde_json::{Value, json};

use super::Observer;
use crate::player::actions::{Actions, Purpose};
use crate::player::clean::clean;
use crate::player::ipc::MpvResult;
use crate::player::loaded_media::LoadNumber;
use crate::player::properties::MediaProperty;
use crate::sync::player::{MediaProblem, PlayerEvent};

impl Observer {
    /// mpv began to open an entry.
    pub(super) fn started(&mut self, entry: u64, steps: &mut Actions) {
        self.started = Some(entry);
        let Some(load) = &self.load else {
            return self.intruded(steps);
        };
        let ours = load.entry;
        // A smaller number is an older entry's, told late: mpv counts up.
        if ours.is_some_and(|ours| entry > ours) {
            self.replaced(steps);
        }
    }

    /// Something else than was asked for plays: a playlist's entry, or a file that the member
    /// dropped on the window.
    pub(super) fn replaced(&mut self, steps: &mut Actions) {
        self.problem(MediaProblem::Replaced, steps);
        steps.order("stop", json!(["stop"]));
    }

    /// A file that the room does not play opens in the window, where nothing of ours is.
    fn intruded(&mut self, steps: &mut Actions) {
        steps.order("stop", json!(["stop"]));
        if let Some(epoch) = self.stopped.take() {
            let problem = MediaProblem::Replaced;
            steps.tell(PlayerEvent::Failed { epoch, problem });
        }
    }

    /// Gives the medium up.
    pub(super) fn problem(&mut self, problem: MediaProblem, steps: &mut Actions) {
        if let Some(load) = self.load.take() {
            self.forget(steps);
            steps.set("start", &json!("none"));
            steps.tell(PlayerEvent::Failed {
                epoch: load.epoch,
                problem,
            });
        }
    }

    /// mpv told its number for the medium of this load.
    pub(super) fn numbered(&mut self, number: LoadNumber, answer: &MpvResult, steps: &mut Actions) {
        let Some(load) = self.load.as_mut().filter(|load| load.number == number) else {
            return;
        };
        match answer {
            Ok(data) => {
                let entry = data.get("playlist_entry_id").and_then(Value::as_u64);
                load.entry = entry;
                let early = load.early_end.take();
                if let Some((ended, reason, error)) =
                    early.filter(|(ended, ..)| Some(*ended) == entry)
                {
                    self.entry_ended(ended, &reason, error, steps);
                }
            }
            Err(error) => {
                let reason = clean(error, 200);
                self.problem(MediaProblem::Player { reason }, steps);
            }
        }
    }

    /// The entry that began last is open: asks what it is.
    pub(super) fn opened(&mut self, steps: &mut Actions) {
        let Some(entry) = self.started.filter(|_| self.load.is_some()) else {
            return;
        };
        for fact in MediaProperty::ALL {
            steps.get(Purpose::Property(entry, fact), fact.property());
        }
    }

    /// One thing about an entry that opened; the last one completes the report.
    pub(super) fn fact(
        &mut self,
        entry: u64,
        fact: MediaProperty,
        answer: &MpvResult,
        steps: &mut Actions,
    ) {
        let Some(load) = self.load.as_mut().filter(|load| load.entry == Some(entry)) else {
            return;
        };
        load.facts.take(fact, answer);
        if Some(&fact) != MediaProperty::ALL.last() {
            return;
        }
        if load.facts.is_other_than(&load.target.address) {
            self.replaced(steps);
            return;
        }
        let epoch = load.epoch;
        steps.tell(load.facts.report(epoch));
        load.length = Some(load.facts.length());
        steps.set("start", &json!("none"));
        self.suit_seeks(steps);
        self.ask_length(steps);
    }

    /// An entry is done with. Its complaints may still be on their way, so that an error is
    /// told only after more questions were answered.
    pub(super) fn entry_ended(
        &mut self,
        entry: u64,
        reason: &str,
        error: String,
        steps: &mut Actions,
    ) {
        let Some(load) = &mut self.load else { return };
        match load.entry {
            None => load.early_end = Some((entry, reason.to_owned(), error)),
            Some(ours) if ours != entry => {}
            Some(_) => match reason {
                "redirect" => self.replaced(steps),
                "eof" => self.at_end(true, steps),
                "quit" => self.forget(steps),
                "stop" => {
                    let stopped = Some(load.epoch);
                    self.problem(MediaProblem::Stopped, steps);
                    self.stopped = stopped;
                }
                _ => {
                    load.answers = 0;
                    steps.get(Purpose::Complaints(entry, error), "pid");
                }
            },
        }
    }

    /// A question was answered since an entry failed. Tells why as soon as the relay knows it,
    /// or what mpv complained about is in.
    pub(super) fn failed(&mut self, entry: u64, error: &str, steps: &mut Actions) {
        let Some(load) = self.load.as_mut().filter(|load| load.entry == Some(entry)) else {
            return;
        };
        let given_up = load.was_given_up();
        let missing = load.fetch.missing.map(MediaProblem::Fetch);
        if given_up.is_none() && missing.is_none() && !load.complaints_are_in() {
            steps.get(Purpose::Complaints(entry, error.to_owned()), "pid");
            return;
        }
        if let Some(problem) = given_up {
            self.problem(problem, steps);
        } else {
            let problem = missing.unwrap_or_else(|| self.complaints.problem(error));
            self.cannot_play(problem, steps);
        }
    }
}
