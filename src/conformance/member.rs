//! A member in a room: a connection that has joined, its numbered commands, and the facts that it
//! has read. Each frame of events is checked as it comes: the numbers follow each other.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::sleep;

use super::connection::{ANSWERS_WITHIN, Connection, Target};
use super::json::{at, is, kind, list, text};
use super::verdict::{Step, Verdict, check};

/// The protocol version that the kit speaks.
pub(super) const PROTOCOL: u32 = 2;

/// The longest that a command may have to wait because of a rate limit (judgement: longer limits
/// are none that a person could chat under).
const LONGEST_WAIT: Duration = Duration::from_secs(15);

/// How often a command is sent again that came too fast.
const TRIES: usize = 12;

/// A hello with the fields that each client sends.
pub(super) fn hello(room: &str, name: &str) -> Value {
    json!({
        "type": "hello", "protocol": PROTOCOL, "room": room, "name": name,
        "create": {"visibility": "unlisted"}, "has_player": true,
    })
}

/// The same with further fields.
pub(super) fn with(mut hello: Value, fields: Value) -> Value {
    if let (Some(hello), Value::Object(fields)) = (hello.as_object_mut(), fields) {
        hello.extend(fields);
    }
    hello
}

/// A member, present through a connection.
pub(super) struct Member {
    pub(super) socket: Connection,
    pub(super) welcome: Value,
    /// The member's number.
    pub(super) you: u64,
    /// The token for coming back.
    pub(super) token: String,
    /// The number of the last event.
    pub(super) rev: u64,
    /// The facts read so far, oldest first.
    pub(super) facts: Vec<Value>,
    /// How many of them [`Self::event`] has passed.
    passed: usize,
    seq: u64,
}

impl Member {
    /// Joins; a refusal is a verdict.
    pub(super) async fn join(target: &Target, hello: &Value) -> Step<Self> {
        match Self::enter(target, hello).await? {
            Ok(member) => Ok(member),
            Err(refused) => Err(Verdict::of_refusal(&refused)),
        }
    }

    /// Joins, or returns the refusal.
    pub(super) async fn enter(target: &Target, hello: &Value) -> Step<Result<Self, Value>> {
        let mut socket = Connection::open(target).await?;
        socket.send(hello).await;
        let welcome = match socket.greeting().await? {
            Ok(welcome) => welcome,
            Err(refused) => return Ok(Err(refused)),
        };
        let you = at(&welcome, "/you").as_u64();
        let token = text(at(&welcome, "/resume"));
        let (Some(you), Some(token)) = (you, token) else {
            let expected = r#"{"type":"welcome","you":NUMBER,"resume":"TOKEN",...}"#;
            return Err(Verdict::unexpected(expected, &welcome));
        };
        let mut member = Self {
            you,
            token: token.to_owned(),
            rev: 0,
            facts: Vec::new(),
            passed: 0,
            seq: 0,
            socket,
            welcome,
        };
        member.catch_up(at(hello, "/since").as_u64())?;
        Ok(Ok(member))
    }

    /// Takes in what the welcome brings: the whole state, or the events after `since`.
    fn catch_up(&mut self, since: Option<u64>) -> Step<()> {
        let brought = at(&self.welcome, "/catch_up").clone();
        if let Some(rev) = at(&brought, "/state/rev").as_u64() {
            self.rev = rev;
            return Ok(());
        }
        let (Some(since), true) = (since, at(&brought, "/events").is_array()) else {
            let expected = r#""catch_up":{"state":{"rev":NUMBER,...}}"#;
            return Err(Verdict::unexpected(expected, &brought));
        };
        self.rev = since;
        self.take_in(list(at(&brought, "/events")))
    }

    /// The log to which the member's revs belong.
    pub(super) fn log(&self) -> Value {
        at(&self.welcome, "/log").clone()
    }

    /// The state that the welcome brought; null if it brought events.
    pub(super) fn state(&self) -> &Value {
        at(&self.welcome, "/catch_up/state")
    }

    /// A hello that brings the same member back into a room.
    pub(super) fn hello_again(&self, room: &str) -> Value {
        with(hello(room, "back"), json!({"resume": self.token}))
    }

    /// The numbers after commands of an earlier connection.
    pub(super) const fn continue_after(&mut self, seq: u64) {
        self.seq = seq;
    }

    /// The number of the last command.
    pub(super) const fn last_seq(&self) -> u64 {
        self.seq
    }

    /// Sends a command under the next number.
    pub(super) async fn send(&mut self, command: &Value) -> u64 {
        self.seq += 1;
        let frame = json!({"type": "command", "seq": self.seq, "command": command});
        self.socket.send(&frame).await;
        self.seq
    }

    /// The answer to the command of this number: an `ok` or a `denied`.
    pub(super) async fn answer(&mut self, seq: u64) -> Step<Value> {
        let expected = format!(r#"{{"type":"ok" or "denied","seq":{seq},...}}"#);
        let answer = self.socket.until(&expected, |frame| {
            let answers = matches!(kind(frame), "ok" | "denied") && is(frame, "/seq", seq);
            answers.then(|| frame.clone())
        });
        let answer = answer.await?;
        let is_whole = match kind(&answer) {
            "ok" => at(&answer, "/rev").is_u64(),
            _ => at(&answer, "/code").is_string() && at(&answer, "/text").is_string(),
        };
        let expected =
            r#"{"type":"ok","rev":NUMBER} or {"type":"denied","code":"...","text":"..."}"#;
        check(is_whole, expected, &answer)?;
        Ok(answer)
    }

    /// Sends a command, again if it came too fast, and returns its answer.
    pub(super) async fn ask(&mut self, command: &Value) -> Step<Value> {
        let mut answer = Value::Null;
        for _ in 0..TRIES {
            let seq = self.send(command).await;
            answer = self.answer(seq).await?;
            if !is(&answer, "/code", "too_fast") {
                break;
            }
            let wait = at(&answer, "/args/retry_ms").as_u64();
            let wait = wait.map(Duration::from_millis);
            let Some(wait) = wait.filter(|wait| *wait <= LONGEST_WAIT) else {
                let expected = r#""code":"too_fast","args":{"retry_ms":NUMBER}"#;
                return Err(Verdict::unexpected(expected, &answer));
            };
            sleep(wait).await;
        }
        Ok(answer)
    }

    /// A command that must be carried out. Returns the rev of its last event.
    pub(super) async fn done(&mut self, command: Value) -> Step<u64> {
        let answer = self.ask(&command).await?;
        let expected = format!(r#"{{"type":"ok",...}} to {command}"#);
        match at(&answer, "/rev").as_u64() {
            Some(rev) if kind(&answer) == "ok" => Ok(rev),
            _ => Err(Verdict::unexpected(expected, &answer)),
        }
    }

    /// A command that must be denied with this code. Returns the denial.
    pub(super) async fn denied(&mut self, command: Value, code: &str) -> Step<Value> {
        let answer = self.ask(&command).await?;
        let expected = format!(r#"{{"type":"denied","code":"{code}",...}} to {command}"#);
        check(is(&answer, "/code", code), expected, &answer)?;
        Ok(answer)
    }

    /// The next fact for which this holds, among those that were not passed yet.
    pub(super) async fn event(
        &mut self,
        expected: &str,
        fits: impl Fn(&Value) -> bool,
    ) -> Step<Value> {
        self.event_within(expected, ANSWERS_WITHIN, fits).await
    }

    /// The same, for something that may take longer.
    pub(super) async fn event_within(
        &mut self,
        expected: &str,
        within: Duration,
        fits: impl Fn(&Value) -> bool,
    ) -> Step<Value> {
        loop {
            while let Some(fact) = self.facts.get(self.passed) {
                self.passed += 1;
                if fits(fact) {
                    return Ok(fact.clone());
                }
            }
            let read = self.socket.until_within(expected, within, |frame| {
                (kind(frame) == "events").then(|| frame.clone())
            });
            let frame = read.await?;
            self.take_in(list(at(&frame, "/events")))?;
        }
    }

    /// The next event of a kind.
    pub(super) async fn event_of(&mut self, wanted: &str) -> Step<Value> {
        let expected =
            format!(r#"{{"type":"events","events":[{{"event":{{"type":"{wanted}",...}}}}]}}"#);
        self.event(&expected, |fact| is(fact, "/event/type", wanted))
            .await
    }

    /// Reads until the event of this rev.
    pub(super) async fn read_to(&mut self, rev: u64) -> Step<()> {
        while self.rev < rev {
            let expected = format!(r#"an event with "rev":{}"#, self.rev + 1);
            let read = self.socket.until(&expected, |frame| {
                (kind(frame) == "events").then(|| frame.clone())
            });
            let frame = read.await?;
            self.take_in(list(at(&frame, "/events")))?;
        }
        Ok(())
    }

    /// The room's whole state, as the server sends it on request.
    pub(super) async fn asked_state(&mut self) -> Step<Value> {
        self.socket.send(&json!({"type": "state"})).await;
        let frame = self.socket.frame("state").await?;
        let state = at(&frame, "/state");
        let rev = at(state, "/rev").as_u64();
        let Some(rev) = rev.filter(|rev| *rev >= self.rev) else {
            let expected = format!(r#""state":{{"rev":{} or more,...}}"#, self.rev);
            return Err(Verdict::unexpected(expected, &frame));
        };
        // Events that came before the state are in it.
        self.read_to(rev).await?;
        Ok(state.clone())
    }

    /// Takes in facts, whose numbers must follow the last one.
    fn take_in(&mut self, facts: &[Value]) -> Step<()> {
        for fact in facts {
            let next = self.rev + 1;
            check(
                is(fact, "/rev", next) && at(fact, "/event/type").is_string(),
                format!(r#"{{"rev":{next},"event":{{"type":"..."}},...}}"#),
                fact,
            )?;
            self.rev = next;
            self.facts.push(fact.clone());
        }
        Ok(())
    }

    /// Reads what the server has sent so far: a clock exchange is answered after it.
    pub(super) async fn catch_breath(&mut self) -> Step<()> {
        self.socket.send(&json!({"type": "ping", "t0": 0})).await;
        self.socket.frame("pong").await?;
        let frames = self.socket.unread().filter(|frame| kind(frame) == "events");
        let last = frames.last().and_then(|frame| {
            let facts = list(at(frame, "/events"));
            at(facts.last()?, "/rev").as_u64()
        });
        self.read_to(last.unwrap_or_default()).await
    }

    /// Leaves on purpose.
    pub(super) async fn leave(mut self) -> Step<()> {
        self.socket.send(&json!({"type": "leave"})).await;
        self.socket.closing("close").await.map(drop)
    }
}
