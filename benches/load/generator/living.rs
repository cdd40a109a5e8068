//! What members do once they are in: read, answer pings, exchange clocks, report health.

use std::fmt::Write as _;

use super::Generator;
use super::frames::{self, Frame};
use super::member::Phase;
use super::messages::Message;
use super::schedule::Due;
use crate::clock;
use crate::orders::Life;

impl Generator {
    /// How many members are in.
    pub(super) fn present(&self) -> u32 {
        let present = self.members.iter().filter(|it| it.phase == Phase::Present);
        u32::try_from(present.count()).unwrap_or(u32::MAX)
    }

    /// Whether a member is in, by the same connection as when something was planned.
    pub(super) fn is_session(&self, place: usize, session: u32) -> bool {
        let member = self.members.get(place);
        member.is_some_and(|it| it.phase == Phase::Present && it.session == session)
    }

    /// Bytes came for a member. What is no whole frame yet waits for the rest.
    pub(super) fn on_bytes(&mut self, place: usize, bytes: &[u8], now: u64) -> Result<(), String> {
        let Some(member) = self.members.get_mut(place) else {
            return Ok(());
        };
        if member.rest.is_empty() {
            let used = self.on_frames(place, bytes, now)?;
            if let (Some(member), Some(rest)) = (self.members.get_mut(place), bytes.get(used..)) {
                member.rest.extend_from_slice(rest);
            }
            return Ok(());
        }
        let mut all = std::mem::take(&mut member.rest);
        all.extend_from_slice(bytes);
        let used = self.on_frames(place, &all, now)?;
        all.drain(..used);
        if let Some(member) = self.members.get_mut(place) {
            member.rest = all;
        }
        Ok(())
    }

    /// Takes all whole frames; returns how many bytes they took.
    fn on_frames(&mut self, place: usize, bytes: &[u8], now: u64) -> Result<usize, String> {
        let mut used = 0;
        while let Some(left) = bytes.get(used..).filter(|left| !left.is_empty()) {
            let phase = self.members.get(place).map(|member| member.phase);
            if phase == Some(Phase::Upgrading) {
                let Some(head) = frames::upgraded(left)? else {
                    break;
                };
                used += head;
                self.greet(place, now).map_err(|error| error.to_string())?;
                continue;
            }
            let Some((frame, length)) = frames::first(left) else {
                break;
            };
            used += length;
            self.on_frame(place, &frame, now)?;
        }
        Ok(used)
    }

    fn on_frame(&mut self, place: usize, frame: &Frame<'_>, now: u64) -> Result<(), String> {
        match frame {
            Frame::Text(text) => {
                self.tally.came();
                let message = self.reader.read(text);
                self.on_message(place, message, now)
            }
            Frame::Ping(payload) => {
                let Some(member) = self.members.get_mut(place) else {
                    return Ok(());
                };
                let sent = member.frame(frames::PONG, payload, &mut self.scratch);
                sent.map_err(|error| error.to_string())
            }
            Frame::Close(reason) => Err(String::from_utf8_lossy(reason).into_owned()),
            Frame::Strange(kind) => Err(format!("a frame of kind {kind:#x}")),
        }
    }

    fn on_message(&mut self, place: usize, message: Message, now: u64) -> Result<(), String> {
        let Some(member) = self.members.get_mut(place) else {
            return Ok(());
        };
        match message {
            Message::Events { first, last } => {
                let (room, rev) = (member.room, member.rev);
                member.rev = last;
                self.tally.events(room, rev, (first, last), now);
            }
            Message::State(rev) => member.rev = rev,
            Message::Pong { t0, cadence } => {
                self.tally.exchange(clock::since(t0, now));
                if cadence.is_some() {
                    member.obey(cadence);
                }
            }
            Message::Ok { seq, rev } => self.on_answer(place, seq, Some(rev)),
            Message::Denied { seq, code } => {
                self.tally.note(|| format!("a command was denied: {code}"));
                self.on_answer(place, seq, None);
            }
            Message::Welcome(welcome) => {
                let welcomed = self.on_welcome(place, *welcome, now);
                return welcomed.map_err(|error| error.to_string());
            }
            Message::Refused(why) => return Err(why),
            Message::Other => {}
        }
        Ok(())
    }

    /// A connection has ended.
    pub(super) fn on_end(&mut self, place: usize, why: &str) {
        let Some(member) = self.members.get_mut(place) else {
            return;
        };
        let (number, phase) = (member.number, member.phase);
        if phase == Phase::Away {
            return;
        }
        if phase != Phase::Present {
            return self.on_failed(place, why);
        }
        member.backoff.ended(member.held(), false);
        member.close();
        if self.returning.is_some() {
            self.plan_return(place);
        } else {
            self.tally.lose(number, why);
        }
    }

    /// Asks for the server's time, and plans the next exchange: of this burst, or of the next.
    pub(super) fn exchange(&mut self, place: usize, at: u64) -> std::io::Result<()> {
        let Some(member) = self.members.get_mut(place) else {
            return Ok(());
        };
        let next = member.next_exchange(at);
        let due = Due::Exchange(place, member.session);
        self.text.clear();
        // When it is written: what was due before it has taken its time, which is not the server's.
        let t0 = clock::now();
        let _written = write!(self.text, r#"{{"type":"ping","t0":{t0}}}"#);
        let sent = member.send(&self.text, &mut self.scratch);
        self.due.add(next, due);
        self.tally.sent();
        sent
    }

    /// Reports health, of a player in step, and plans the next report.
    pub(super) fn report_health(&mut self, place: usize, at: u64) -> std::io::Result<()> {
        let Some(member) = self.members.get_mut(place) else {
            return Ok(());
        };
        debug_assert_ne!(member.life, Life::Idles);
        let gap = u64::from(member.cadence().health_ms) * 1_000;
        self.due.add(at + gap, Due::Health(place, member.session));
        let (error, trip) = (self.random.below(400), 300 + self.random.below(200));
        let buffered = 10_000_000 + self.random.below(1_000_000);
        self.text.clear();
        let _written = write!(
            self.text,
            r#"{{"type":"health","state":"in_step","error":{error},"bound":{trip},"buffered":{buffered},"round_trip":{trip}}}"#
        );
        self.tally.sent();
        member.send(&self.text, &mut self.scratch)
    }
}
