//! The wire's messages, as far as a generator reads them. It reads them by itself: a fault of the
//! crate's own types would else hide itself.

use serde::Deserialize;
use serde::de::IgnoredAny;
use watchtogether::protocol::cadence::Cadence;

/// What a message of the server means to a member.
#[derive(Debug)]
pub(super) enum Message {
    /// The member is in.
    Welcome(Box<Welcome>),
    /// The revs of events, which follow each other.
    Events { first: u64, last: u64 },
    /// The whole state, as of this rev.
    State(u64),
    /// A command was carried out.
    Ok { seq: u32, rev: u64 },
    /// A command was denied, with the code.
    Denied { seq: u32, code: String },
    /// The answer to an exchange that was begun then.
    Pong { t0: u64, cadence: Option<Cadence> },
    /// The hello was refused: the code, or what else says why the connection is of no use.
    Refused(String),
    /// Nothing to act on.
    Other,
}

/// What a member keeps of its welcome.
#[derive(Debug, Deserialize)]
pub(super) struct Welcome {
    /// The log to which revs belong.
    pub(super) log: String,
    /// What it lacked.
    catch_up: CatchUp,
    /// How often it is to exchange clocks and to report.
    #[serde(default)]
    pub(super) cadence: Option<Cadence>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum CatchUp {
    State(OfRev),
    Events(Vec<OfRev>),
}

#[derive(Debug, Deserialize)]
struct OfRev {
    rev: u64,
}

#[derive(Deserialize)]
struct Kind<'a> {
    #[serde(rename = "type", borrow)]
    kind: &'a str,
}

#[derive(Deserialize)]
struct Events {
    events: Vec<OfRev>,
}

#[derive(Deserialize)]
struct Pong {
    t0: u64,
    cadence: Option<Cadence>,
}

#[derive(Deserialize)]
struct State {
    state: OfRev,
}

#[derive(Deserialize)]
struct Reply {
    seq: u32,
    #[serde(default)]
    rev: u64,
    #[serde(default)]
    code: String,
    #[serde(default, rename = "args")]
    _args: IgnoredAny,
}

#[derive(Deserialize)]
struct Refusal {
    code: String,
}

impl Welcome {
    /// The rev that the member has with it, if it had `before`.
    pub(super) fn rev(&self, before: u64) -> u64 {
        match &self.catch_up {
            CatchUp::State(state) => state.rev,
            CatchUp::Events(events) => events.last().map_or(before, |last| last.rev),
        }
    }

    /// How many events a member of this log who had `before` lacks with it: those that are not among
    /// what it missed, and those that the server has lost.
    pub(super) fn lacking(&self, log: &str, before: u64) -> u64 {
        let has = self.rev(before);
        match &self.catch_up {
            CatchUp::State(_) if self.log != log => 0,
            CatchUp::State(_) => before.saturating_sub(has),
            CatchUp::Events(events) => {
                let sent = events.iter().map(|event| event.rev);
                if sent.clone().eq(before + 1..=has) {
                    return 0;
                }
                let wanted = sent.filter(|rev| *rev > before).count();
                let missed = has.saturating_sub(before);
                missed
                    .saturating_sub(u64::try_from(wanted).unwrap_or(0))
                    .max(1)
            }
        }
    }
}

/// Reads messages. Most members get the same one in turn, which is then not read again.
#[derive(Debug, Default)]
pub(super) struct Reader {
    last: Vec<u8>,
    first_rev: u64,
    last_rev: u64,
}

impl Reader {
    /// What a text frame means.
    pub(super) fn read(&mut self, text: &[u8]) -> Message {
        if text == self.last {
            return self.same();
        }
        // The order of fields is no promise; but where it is as it is, two messages that come often
        // are cheap.
        if let Some(t0) = text.strip_prefix(br#"{"type":"pong","t0":"#)
            && !text.ends_with(b"}}")
        {
            let digits = t0.iter().take_while(|byte| byte.is_ascii_digit());
            let t0 = digits.fold(0, |sum: u64, digit| {
                sum.wrapping_mul(10).wrapping_add(u64::from(digit - b'0'))
            });
            return Message::Pong { t0, cadence: None };
        }
        if text.starts_with(br#"{"type":"health","#) {
            return Message::Other;
        }
        match self.parse(text) {
            Ok(message) => message,
            Err(error) => Message::Refused(format!(
                "{error} in {}",
                String::from_utf8_lossy(text.get(..200).unwrap_or(text))
            )),
        }
    }

    fn same(&self) -> Message {
        Message::Events {
            first: self.first_rev,
            last: self.last_rev,
        }
    }

    fn parse(&mut self, text: &[u8]) -> Result<Message, serde_json::Error> {
        let Kind { kind } = serde_json::from_slice(text)?;
        Ok(match kind {
            "welcome" => Message::Welcome(serde_json::from_slice(text)?),
            "events" => {
                let Events { events } = serde_json::from_slice(text)?;
                let (Some(first), Some(last)) = (events.first(), events.last()) else {
                    return Ok(Message::Other);
                };
                let gapless = events.iter().map(|event| event.rev);
                if !gapless.eq(first.rev..=last.rev) {
                    return Ok(Message::Refused("a gap within a frame".to_owned()));
                }
                (self.first_rev, self.last_rev) = (first.rev, last.rev);
                self.last.clear();
                self.last.extend_from_slice(text);
                self.same()
            }
            "pong" => {
                let Pong { t0, cadence } = serde_json::from_slice(text)?;
                Message::Pong { t0, cadence }
            }
            "state" => {
                let State { state } = serde_json::from_slice(text)?;
                Message::State(state.rev)
            }
            "ok" => {
                let Reply { seq, rev, .. } = serde_json::from_slice(text)?;
                Message::Ok { seq, rev }
            }
            "denied" => {
                let Reply { seq, code, .. } = serde_json::from_slice(text)?;
                Message::Denied { seq, code }
            }
            "refused" | "error" => {
                let Refusal { code } = serde_json::from_slice(text)?;
                Message::Refused(code)
            }
            _ => Message::Other,
        })
    }
}
