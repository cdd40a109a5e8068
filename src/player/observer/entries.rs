//! The entries of mpv's playlist: which one is the room's media, its properties, and how it ended.
//! mpv numbers entries, counting up, and names ours in its answer to the load.

use serde_json::json;
use strum::VariantArray as _;

use super::Observer;
use crate::player::actions::{Actions, Purpose};
use crate::player::clean::clean;
use crate::player::ipc::MpvResult;
use crate::player::loaded_media::LoadNumber;
use crate::player::properties::MediaProperty;
use crate::protocol::time::LocalTime;
use crate::sync::player::{MediaProblem, PlayerEvent};

/// Which entries are of our own loads, also of those that were given up before mpv told of them.
#[derive(Debug, Default)]
pub(super) struct OwnEntries {
    /// The last one that mpv named in an answer, or that follows from it.
    newest: Option<u64>,
    /// The last load that mpv answered.
    answered: LoadNumber,
    /// What began to open, and when, while nothing was loaded and a load was yet to be answered.
    unknown: Option<(u64, LocalTime)>,
}

impl OwnEntries {
    /// mpv answered a load, and named its entry unless it refused.
    fn answer(&mut self, number: LoadNumber, entry: Option<u64>) {
        self.answered = number;
        self.newest = self.newest.max(entry);
    }

    /// mpv counts up: what it counted no further than ours is no newer than ours.
    fn has(&self, entry: u64) -> bool {
        self.newest.is_some_and(|newest| entry <= newest)
    }
}

impl Observer {
    /// mpv began to open an entry.
    pub(super) fn started(&mut self, entry: u64, at: LocalTime, actions: &mut Actions) {
        self.started = Some(entry);
        let Some(load) = &self.load else {
            return self.started_without_load(entry, at, actions);
        };
        // mpv counts up: a smaller number is a late event of an older entry.
        if load.entry.is_none_or(|ours| entry <= ours) {
            return;
        }
        if load.stopped {
            self.foreign_file_replaces(at, actions);
        } else {
            self.replaced(actions);
        }
    }

    /// mpv began to open an entry while nothing is loaded: late news of a load that was given up, or
    /// a file of the member's.
    fn started_without_load(&mut self, entry: u64, at: LocalTime, actions: &mut Actions) {
        if self.own_entries.has(entry) {
            return;
        }
        if self.own_entries.answered == self.last_load {
            self.foreign_file_opened(at, actions);
        } else {
            self.own_entries.unknown = Some((entry, at));
        }
    }

    /// Something else than ordered plays, such as a playlist's entry.
    pub(super) fn replaced(&mut self, actions: &mut Actions) {
        self.problem(MediaProblem::Replaced, actions);
        actions.order("stop", json!(["stop"]));
    }

    /// Drops the media and reports the problem.
    pub(super) fn problem(&mut self, problem: MediaProblem, actions: &mut Actions) {
        if let Some(load) = self.load.take() {
            self.forget(actions);
            actions.set("start", &json!("none"));
            actions.emit(PlayerEvent::Failed {
                epoch: load.epoch,
                problem,
            });
        }
    }

    /// Handles mpv's answer to a load, which names its entry.
    pub(super) fn numbered(
        &mut self,
        number: LoadNumber,
        answer: &MpvResult,
        actions: &mut Actions,
    ) {
        let named = answer.as_ref().ok();
        let entry = named.and_then(|data| data.get("playlist_entry_id")?.as_u64());
        self.own_entries.answer(number, entry);
        let Some(load) = self.load.as_mut().filter(|load| load.number == number) else {
            if let Some((unknown, at)) = self.own_entries.unknown.take()
                && self.load.is_none()
            {
                self.started_without_load(unknown, at, actions);
            }
            return;
        };
        match answer {
            Ok(_) => {
                load.entry = entry;
                let early = load.early_end.take();
                if let Some((ended, reason, error)) =
                    early.filter(|(ended, ..)| Some(*ended) == entry)
                {
                    self.entry_ended(ended, &reason, error, actions);
                }
            }
            Err(error) => {
                let reason = clean(error, 200);
                self.problem(MediaProblem::Player { reason }, actions);
            }
        }
    }

    /// The last started entry is open: asks for its properties.
    pub(super) fn opened(&mut self, actions: &mut Actions) {
        let Some(entry) = self.started.filter(|_| self.load.is_some()) else {
            return;
        };
        for fact in MediaProperty::VARIANTS.iter().copied() {
            actions.get(Purpose::Property(entry, fact), fact.property());
        }
    }

    /// Handles one property of an opened entry; the last one completes the report.
    pub(super) fn fact(
        &mut self,
        entry: u64,
        fact: MediaProperty,
        answer: &MpvResult,
        actions: &mut Actions,
    ) {
        let Some(load) = self.load.as_mut().filter(|load| load.entry == Some(entry)) else {
            return;
        };
        load.facts.take(fact, answer);
        if Some(&fact) != MediaProperty::VARIANTS.last() {
            return;
        }
        if load.facts.is_other_than(&load.target.address) {
            self.replaced(actions);
            return;
        }
        let epoch = load.epoch;
        actions.emit(load.facts.report(epoch));
        let chapters = load.facts.chapters().to_vec();
        if !chapters.is_empty() {
            actions.emit(PlayerEvent::Chapters { epoch, chapters });
        }
        load.length = Some(load.facts.length());
        actions.set("start", &json!("none"));
        self.configure_seeks(actions);
        self.ask_length(actions);
    }

    /// An entry ended. Its log lines may arrive later, so an error is reported only after further
    /// answers.
    pub(super) fn entry_ended(
        &mut self,
        entry: u64,
        reason: &str,
        error: String,
        actions: &mut Actions,
    ) {
        let Some(load) = &mut self.load else { return };
        match load.entry {
            None => load.early_end = Some((entry, reason.to_owned(), error)),
            Some(ours) if ours != entry => {}
            Some(_) => match reason {
                "redirect" => {
                    // The first entry of the list that opened has the next number.
                    self.own_entries.newest = Some(entry.saturating_add(1));
                    self.replaced(actions);
                }
                "eof" => self.at_end(true, actions),
                "quit" => self.forget(actions),
                "stop" => {
                    load.stopped = true;
                    load.answers = 0;
                    let number = load.number;
                    actions.get(Purpose::Stopped(number), "pid");
                }
                _ => {
                    load.answers = 0;
                    actions.get(Purpose::Complaints(entry, error), "pid");
                }
            },
        }
    }

    /// Handles a further answer since an entry failed. Reports the cause as soon as the relay knows
    /// it, or once mpv's log lines have arrived.
    pub(super) fn failed(&mut self, entry: u64, error: &str, actions: &mut Actions) {
        let Some(load) = self.load.as_mut().filter(|load| load.entry == Some(entry)) else {
            return;
        };
        let given_up = load.was_given_up();
        let missing = load.fetch.missing.map(MediaProblem::Fetch);
        if given_up.is_none() && missing.is_none() && !load.complaints_are_in() {
            actions.get(Purpose::Complaints(entry, error.to_owned()), "pid");
            return;
        }
        if let Some(problem) = given_up {
            self.problem(problem, actions);
        } else {
            let problem = missing.unwrap_or_else(|| self.complaints.problem(error));
            self.cannot_play(problem, actions);
        }
    }
}
