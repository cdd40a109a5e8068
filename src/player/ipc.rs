//! Requests to mpv and their answers: our own numbers, a time limit, and what a missing answer
//! means. Does no IO and reads no clock; it produces and consumes JSON lines.
//!
//! mpv answers the requests of one connection in order (measured on 0.35.1). So a skipped answer
//! was lost, which happens to a line that is not UTF-8, and its request fails at once.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// How long an answer may take before the player counts as frozen. mpv answers within
/// 3 ms (99th percentile, measured).
pub(super) const TIME_LIMIT: Duration = Duration::from_secs(1);

/// How many requests may wait for an answer (judgement: some 20 s of position readings). A player
/// that is frozen for longer gets no new requests until it answers.
const MOST_PENDING: usize = 256;

/// The pending requests, each with its purpose.
#[derive(Debug)]
pub(super) struct Requests<P> {
    last: u64,
    pending: BTreeMap<u64, PendingRequest<P>>,
    asked_at: Option<Instant>,
    frozen: bool,
}

#[derive(Debug)]
struct PendingRequest<P> {
    purpose: P,
    at: Instant,
}

/// The data of an answer, or mpv's error.
pub(super) type MpvResult = Result<Value, String>;

/// An answer to one of our requests.
#[derive(Debug, PartialEq)]
pub(super) struct MpvReply<P> {
    pub(super) purpose: P,
    /// When the request was sent.
    pub(super) asked: Instant,
    pub(super) answer: MpvResult,
    /// Whether it came after [`TIME_LIMIT`], so that its data is outdated.
    pub(super) late: bool,
}

/// A parsed line from mpv.
#[derive(Debug, PartialEq)]
pub(super) enum IpcMessage<P> {
    /// The answer, after failures for those that were lost before it.
    Replies {
        /// In the order they were asked.
        replies: Vec<MpvReply<P>>,
        /// Whether the player had been frozen until now.
        thawed: bool,
    },
    /// An event, not parsed yet.
    Event(Value),
    /// Neither an event nor an answer to a pending request.
    Ignored,
}

impl<P> Requests<P> {
    /// No request is pending.
    pub(super) fn new() -> Self {
        Self {
            last: 0,
            pending: BTreeMap::new(),
            asked_at: None,
            frozen: false,
        }
    }

    /// The line that asks for `command`; `None` if too many requests are pending.
    pub(super) fn ask(&mut self, purpose: P, command: &Value, now: Instant) -> Option<String> {
        if self.pending.len() >= MOST_PENDING {
            return None;
        }
        self.last += 1;
        self.asked_at = Some(now);
        self.pending
            .insert(self.last, PendingRequest { purpose, at: now });
        Some(format!(
            "{}\n",
            json!({ "command": command, "request_id": self.last })
        ))
    }

    /// Parses one line.
    pub(super) fn read_line(&mut self, line: &str, now: Instant) -> IpcMessage<P> {
        let Ok(value) = serde_json::from_str::<Value>(line) else {
            return IpcMessage::Ignored;
        };
        if value.get("event").is_some() {
            return IpcMessage::Event(value);
        }
        let Some(id) = value.get("request_id").and_then(Value::as_u64) else {
            return IpcMessage::Ignored;
        };
        if !self.pending.contains_key(&id) {
            return IpcMessage::Ignored;
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

    /// Whether the player froze since the last call: an answer is overdue for the first time.
    pub(super) fn froze(&mut self, now: Instant) -> bool {
        let overdue = self
            .pending
            .values()
            .next()
            .is_some_and(|oldest| now.saturating_duration_since(oldest.at) > TIME_LIMIT);
        overdue && !std::mem::replace(&mut self.frozen, true)
    }

    /// Whether an answer has been overdue for longer than [`TIME_LIMIT`].
    pub(super) const fn is_frozen(&self) -> bool {
        self.frozen
    }

    /// Whether nothing was asked for [`TIME_LIMIT`], so that a request is needed to check whether
    /// the player still answers.
    pub(super) fn is_quiet(&self, now: Instant) -> bool {
        self.asked_at
            .is_none_or(|at| now.saturating_duration_since(at) >= TIME_LIMIT)
    }
}

/// The result in an answer: its data, or mpv's error.
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
