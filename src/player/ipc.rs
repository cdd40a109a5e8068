//! Requests to mpv and their answers: our own numbers, a time limit, and what it means when
//! an answer stays out. Moves no bytes and reads no clock; the words between are JSON lines.
//!
//! mpv answers the requests of one connection in their order (measured on 0.35.1). So an
//! answer that is skipped was lost, as happens to a line that is not UTF-8, and its
//! request is told so at once.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// How long an answer may take before the player counts as frozen. mpv answers within
/// 3 ms (99th percentile, measured).
pub(super) const TIME_LIMIT: Duration = Duration::from_secs(1);

/// How many requests may wait for an answer. A player frozen for longer is asked no more
/// until it answers what it was asked.
const MOST_PENDING: usize = 256;

/// Requests under way, each with the purpose of its asker.
#[derive(Debug)]
pub(super) struct Requests<P> {
    last: u64,
    pending: BTreeMap<u64, Pending<P>>,
    asked_at: Option<Instant>,
    frozen: bool,
}

#[derive(Debug)]
struct Pending<P> {
    purpose: P,
    at: Instant,
}

/// What an answer says.
pub(super) type MpvResult = Result<Value, String>;

/// An answer to one of our requests.
#[derive(Debug, PartialEq)]
pub(super) struct MpvReply<P> {
    /// What it was asked for.
    pub(super) purpose: P,
    /// When it was asked.
    pub(super) asked: Instant,
    /// The data, or mpv's word for why there are none.
    pub(super) answer: MpvResult,
    /// Whether it came after [`TIME_LIMIT`]: what it tells of the present is outdated.
    pub(super) late: bool,
}

/// One line of mpv's, understood.
#[derive(Debug, PartialEq)]
pub(super) enum IpcMessage<P> {
    /// Answers: the one that came, after those that got lost before it.
    Replies {
        /// In the order they were asked.
        replies: Vec<MpvReply<P>>,
        /// Whether the player had been frozen until now.
        thawed: bool,
    },
    /// An event, as mpv tells it.
    Event(Value),
    /// Nothing of use.
    Noise,
}

impl<P> Requests<P> {
    /// No request yet.
    pub(super) fn new() -> Self {
        Self {
            last: 0,
            pending: BTreeMap::new(),
            asked_at: None,
            frozen: false,
        }
    }

    /// The line that asks for `command`; `None` if too many requests wait already.
    pub(super) fn ask(&mut self, purpose: P, command: &Value, now: Instant) -> Option<String> {
        if self.pending.len() >= MOST_PENDING {
            return None;
        }
        self.last += 1;
        self.asked_at = Some(now);
        self.pending.insert(self.last, Pending { purpose, at: now });
        Some(format!(
            "{}\n",
            json!({ "command": command, "request_id": self.last })
        ))
    }

    /// Understands one line.
    pub(super) fn read_line(&mut self, line: &str, now: Instant) -> IpcMessage<P> {
        let Ok(value) = serde_json::from_str::<Value>(line) else {
            return IpcMessage::Noise;
        };
        if value.get("event").is_some() {
            return IpcMessage::Event(value);
        }
        let Some(id) = value.get("request_id").and_then(Value::as_u64) else {
            return IpcMessage::Noise;
        };
        if !self.pending.contains_key(&id) {
            return IpcMessage::Noise;
        }
        let later = self.pending.split_off(&(id + 1));
        let answered = std::mem::replace(&mut self.pending, later);
        let mut answer = Some(answer(value));
        let replies = answered
            .into_iter()
            .map(|(number, pending)| MpvReply {
                purpose: pending.purpose,
                asked: pending.at,
                answer: if number == id { answer.take() } else { None }
                    .unwrap_or_else(|| Err("unreadable answer".to_owned())),
                late: now.saturating_duration_since(pending.at) > TIME_LIMIT,
            })
            .collect();
        let thawed = std::mem::take(&mut self.frozen);
        IpcMessage::Replies { replies, thawed }
    }

    /// Whether the player froze just now: an answer is overdue for the first time.
    pub(super) fn froze(&mut self, now: Instant) -> bool {
        let overdue = self
            .pending
            .values()
            .next()
            .is_some_and(|oldest| now.saturating_duration_since(oldest.at) > TIME_LIMIT);
        overdue && !std::mem::replace(&mut self.frozen, true)
    }

    /// Whether the player owes an answer for longer than [`TIME_LIMIT`].
    pub(super) const fn is_frozen(&self) -> bool {
        self.frozen
    }

    /// Whether nothing was asked for [`TIME_LIMIT`], so that a question is due to find out
    /// whether the player still answers.
    pub(super) fn is_quiet(&self, now: Instant) -> bool {
        self.asked_at
            .is_none_or(|at| now.saturating_duration_since(at) >= TIME_LIMIT)
    }
}

/// What a reply says: its data, or mpv's word for why there are none.
fn answer(mut reply: Value) -> MpvResult {
    match reply.get("error").and_then(Value::as_str) {
        Some("success") => Ok(reply.get_mut("data").map_or(Value::Null, Value::take)),
        Some(error) => Err(error.to_owned()),
        None => Err("answer without a result".to_owned()),
    }
}

#[cfg(test)]
#[path = "ipc_tests.rs"]
mod tests;
