//! Members who lost their connection, all at once, and return by themselves as clients do.

use super::member::Phase;
use super::schedule::Due;
use super::{Generator, answer};
use crate::clock;
use crate::orders::{Answer, Back};

/// How members return.
#[derive(Debug, Default)]
pub(super) struct Returning {
    back: Back,
    /// Whether somebody waits for all to be back.
    is_awaited: bool,
}

impl Returning {
    /// A hello was sent.
    pub(super) fn greeted(&mut self, now: u64) {
        self.back.hellos.push(now);
    }

    /// A welcome came.
    pub(super) fn welcomed(&mut self, now: u64) {
        self.back.welcomes.push(now);
    }
}

impl Generator {
    /// Plans the next attempt of a member whose connection is gone, after the wait of a real client.
    pub(super) fn plan_return(&mut self, place: usize) {
        let Some(member) = self.members.get_mut(place) else {
            return;
        };
        let wait = member.backoff.next_wait().0.unsigned_abs();
        let due = Due::Return(place, member.session);
        self.due.add(clock::now() + wait, due);
    }

    /// The next attempt is due.
    pub(super) fn try_to_return(&mut self, place: usize, session: u32, _now: u64) {
        let member = self.members.get(place);
        if member.is_none_or(|it| it.session != session || it.phase != Phase::Away) {
            return;
        }
        if let Err(error) = self.connect(place) {
            self.tally
                .note(|| format!("no connection can be begun: {error}"));
            self.plan_return(place);
        }
    }

    /// Answers once everybody is back, or after `most` microseconds.
    pub(super) fn await_all(&mut self, most: u64) {
        if let Some(returning) = &mut self.returning {
            returning.is_awaited = true;
        }
        self.due.add(clock::now() + most, Due::GiveUp);
        self.answer_if_all_are_back();
    }

    /// Answers whoever waits, if everybody is back.
    pub(super) fn answer_if_all_are_back(&mut self) {
        let waits = self.returning.as_ref().is_some_and(|it| it.is_awaited);
        // Who has not lost the connection yet is not back.
        let is_back = || {
            let mut members = self.members.iter();
            members.all(|member| member.phase == Phase::Present)
        };
        let welcomes = self
            .returning
            .as_ref()
            .map_or(0, |it| it.back.welcomes.len());
        if waits && welcomes >= self.members.len() && is_back() {
            self.due.forget(Due::GiveUp);
            self.answer_returned();
        }
    }

    /// Waiting for the return is over.
    pub(super) fn answer_returned(&mut self) {
        let away = u32::try_from(self.members.len()).unwrap_or(u32::MAX) - self.present();
        if let Some(returning) = self.returning.take().filter(|it| it.is_awaited) {
            answer(&Answer::Back(Back {
                away,
                ..returning.back
            }));
        }
    }
}
