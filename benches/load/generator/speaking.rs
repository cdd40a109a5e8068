//! Gives commands, one at a time, and notes which event each has caused.

use std::collections::{BTreeMap, BTreeSet};

use super::member::Phase;
use super::schedule::Due;
use super::{Generator, answer};
use crate::clock;
use crate::orders::{Answer, Said, Say, Sent, Speak};

/// How long the last answers may take, in microseconds.
const ANSWERED_WITHIN: u64 = 10_000_000;

/// The media that is put on; nobody opens it.
const MEDIA: &str = "https://example.org/film.mp4";

/// Commands that are being given.
#[derive(Debug)]
pub(super) struct Speaking {
    speak: Speak,
    given: u32,
    /// Those without an answer: by whom, their number, and when they were sent.
    open: BTreeMap<(usize, u32), Open>,
    /// The rooms that have been paused.
    paused: BTreeSet<u32>,
    said: Said,
}

#[derive(Debug, Clone, Copy)]
struct Open {
    room: u32,
    at: u64,
    is_measured: bool,
}

impl Generator {
    /// Begins to give commands.
    pub(super) fn begin_to_speak(&mut self, speak: Speak) {
        self.due.add(clock::now(), Due::Command);
        self.speaking = Some(Speaking {
            speak,
            given: 0,
            open: BTreeMap::new(),
            paused: BTreeSet::new(),
            said: Said::default(),
        });
    }

    /// The next command is due.
    pub(super) fn next_command(&mut self, at: u64, now: u64) {
        let Some(speaking) = &mut self.speaking else {
            return;
        };
        if speaking.given >= speaking.speak.times {
            self.due.add(now + ANSWERED_WITHIN, Due::GiveUp);
            return self.answer_if_all_is_said();
        }
        let turn = usize::try_from(speaking.given).unwrap_or(0);
        speaking.given += 1;
        self.due.add(at + speaking.speak.every, Due::Command);
        if self.give(turn).is_none()
            && let Some(speaking) = &mut self.speaking
        {
            speaking.said.failed += 1;
            self.tally
                .note(|| format!("nobody could give command {turn}"));
        }
    }

    /// Gives the command of this turn; `None` if nobody can.
    fn give(&mut self, turn: usize) -> Option<()> {
        let speaking = self.speaking.as_mut()?;
        let rooms = speaking.speak.rooms.len();
        let room = *speaking.speak.rooms.get(turn.checked_rem(rooms)?)?;
        let places = self.rooms.get(&room)?;
        let (who, command, is_measured) = match speaking.speak.what {
            Say::Play => (
                *places.first()?,
                format!(r#"{{"do":"play","media":"{MEDIA}"}}"#),
                false,
            ),
            Say::Chat(letters) => {
                let text = format!("{:w<letters$}", format!("line {turn} "));
                let who = *places.get((turn / rooms).checked_rem(places.len())?)?;
                (who, format!(r#"{{"do":"chat","text":"{text}"}}"#), true)
            }
            Say::Pause => {
                let pauses = !speaking.paused.remove(&room);
                if pauses {
                    speaking.paused.insert(room);
                }
                let word = if pauses { "pause" } else { "resume" };
                let command = format!(r#"{{"do":"{word}","mark":null}}"#);
                (*places.first()?, command, pauses)
            }
        };
        let member = self.members.get_mut(who)?;
        if member.phase != Phase::Present {
            return None;
        }
        member.seq += 1;
        let seq = member.seq;
        let text = format!(r#"{{"type":"command","seq":{seq},"command":{command}}}"#);
        let at = clock::now();
        member.send(&text, &mut self.scratch).ok()?;
        self.tally.sent();
        let open = Open {
            room,
            at,
            is_measured,
        };
        speaking.open.insert((who, seq), open);
        Some(())
    }

    /// A command was answered, with the event that it caused unless it was denied.
    pub(super) fn on_answer(&mut self, place: usize, seq: u32, rev: Option<u64>) {
        let Some(speaking) = &mut self.speaking else {
            return;
        };
        let Some(open) = speaking.open.remove(&(place, seq)) else {
            return;
        };
        match rev {
            Some(rev) if open.is_measured => speaking.said.sent.push(Sent {
                room: open.room,
                rev,
                at: open.at,
            }),
            Some(_) => {}
            None => speaking.said.failed += 1,
        }
        self.answer_if_all_is_said();
    }

    fn answer_if_all_is_said(&mut self) {
        let is_over = |it: &Speaking| it.given >= it.speak.times && it.open.is_empty();
        if self.speaking.as_ref().is_some_and(is_over) {
            self.due.forget(Due::GiveUp);
            self.due.forget(Due::Command);
            self.answer_said();
        }
    }

    /// Waiting is over, for answers or for members to return.
    pub(super) fn give_up(&mut self) {
        self.answer_said();
        self.answer_returned();
    }

    fn answer_said(&mut self) {
        if let Some(mut speaking) = self.speaking.take() {
            let open = u32::try_from(speaking.open.len()).unwrap_or(u32::MAX);
            if open > 0 {
                self.tally
                    .note(|| format!("{open} commands were not answered in time"));
            }
            speaking.said.failed += open;
            answer(&Answer::Said(speaking.said));
        }
    }
}
