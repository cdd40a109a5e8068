//! Lines of input and commands under way: each line is followed to its one answer.

use std::collections::{BTreeMap, VecDeque};

use super::App;
use super::command::{self, Line, Local};
use super::link::Stage;
use super::told::{Notice, Told, Why};
use crate::protocol::command::Command;
use crate::protocol::denied::Denied;
use crate::protocol::ids::{Rev, Seq};
use crate::protocol::member::Member;
use crate::protocol::time::{LocalTime, Span};
use crate::sync::follow::Input;
use crate::wire::message::ClientMsg;

/// The most lines that wait for their turn (judgement: a long script; more is a mistake).
const MAX_WAITING: usize = 1_000;

/// How long after its refusal a line can be tried again, when too many wait.
const RETRY_MS: u32 = 1_000;

/// Where a command comes from, and so where its answer goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// A line of input.
    Line(u64),
    /// Something done in the window of the own player.
    Act,
    /// The video named at the start.
    Start,
}

/// A line that was read but not looked after yet.
#[derive(Debug, Clone)]
struct Waiting {
    line: u64,
    parsed: Result<Line, Why>,
}

/// Lines and commands on their way to an answer.
#[derive(Debug, Clone, Default)]
pub(super) struct Lines {
    /// How many lines were read.
    read: u64,
    /// Lines whose turn has not come, oldest first.
    waiting: VecDeque<Waiting>,
    under_way: BTreeMap<Seq, (Origin, Command)>,
    last_seq: Seq,
    /// The line that asked for the room that is being joined.
    pub(super) joining: Option<u64>,
    /// No more lines are taken; when all are answered the member leaves.
    ended: bool,
    /// When the member leaves whether all is answered or not.
    pub(super) leave_by: Option<LocalTime>,
}

impl Lines {
    /// No more lines will come.
    pub(super) fn end(&mut self) {
        self.ended = true;
    }

    /// Whether no more lines will come.
    pub(super) fn is_ended(&self) -> bool {
        self.ended
    }

    /// Leaves within `span` at the latest.
    pub(super) fn leave_within(&mut self, now: LocalTime, span: Span) {
        let by = now + span;
        self.leave_by = Some(self.leave_by.map_or(by, |earlier| earlier.min(by)));
    }

    /// The commands that have no answer yet, in order.
    pub(super) fn under_way(&self) -> Vec<(Seq, Command)> {
        let commands = self.under_way.iter();
        commands.map(|(seq, (_, c))| (*seq, c.clone())).collect()
    }

    /// Goes on counting, never below what the room has on record.
    pub(super) fn continue_after(&mut self, answered: Seq) {
        self.last_seq = self.last_seq.max(answered);
    }

    /// Counts as another member, from what the room has on record.
    pub(super) fn begin_after(&mut self, answered: Seq) {
        self.last_seq = answered;
    }

    fn all_answered(&self) -> bool {
        self.waiting.is_empty() && self.under_way.is_empty() && self.joining.is_none()
    }

    fn is_full(&self) -> bool {
        self.under_way.len() >= Member::ANSWERED_KEPT
    }
}

impl App {
    /// Takes a line of input.
    pub(super) fn line(&mut self, text: &str) {
        self.submit(command::parse(text));
    }

    /// Takes what a line or a key asks for: at once, or after what was asked before.
    pub(super) fn submit(&mut self, parsed: Result<Line, Why>) {
        self.lines.read += 1;
        let line = self.lines.read;
        if parsed == Ok(Line::Empty) {
            return;
        }
        if self.lines.ended || self.ending.is_some() {
            self.deny(line, Why::Unanswered);
        } else if self.may_run(&parsed) {
            self.run(line, parsed);
        } else if self.lines.waiting.len() < MAX_WAITING {
            self.lines.waiting.push_back(Waiting { line, parsed });
        } else {
            let retry_ms = RETRY_MS;
            self.deny(line, Why::Denied(Denied::TooFast { retry_ms }));
        }
    }

    /// Whether a line's turn has come: after those before it, and when the room is there or
    /// the line needs none.
    fn may_run(&self, parsed: &Result<Line, Why>) -> bool {
        let needs_room = !matches!(
            parsed,
            Err(_)
                | Ok(Line::Local(
                    Local::Help
                        | Local::Quit
                        | Local::Retry
                        | Local::Join(_)
                        | Local::Own(_)
                        | Local::Quality(_)
                        | Local::Show(_)
                ))
        );
        self.lines.waiting.is_empty() && (!needs_room || self.takes_commands())
    }

    /// Whether a command would be sent, or refused, at once.
    fn takes_commands(&self) -> bool {
        match self.link.stage() {
            Stage::Joined(_) => !self.lines.is_full(),
            // Gone: what is asked for meanwhile is answered at once.
            Stage::Waiting(_) | Stage::Connecting | Stage::Greeting => self.session.is_some(),
            Stage::Resting | Stage::Finding | Stage::Closed => false,
        }
    }

    /// Looks after the lines whose turn has come, and leaves when that was asked for and
    /// nothing is open any more.
    pub(super) fn settle(&mut self) {
        while self.ending.is_none() && self.link.stage() != Stage::Closed && self.takes_commands() {
            let Some(Waiting { line, parsed }) = self.lines.waiting.pop_front() else {
                break;
            };
            self.run(line, parsed);
        }
        let settled = self.lines.ended && self.lines.all_answered() && self.session.is_some();
        if settled && self.ending.is_none() {
            self.leave();
        }
    }

    fn run(&mut self, line: u64, parsed: Result<Line, Why>) {
        match parsed {
            Err(why) => self.deny(line, why),
            Ok(Line::Empty) => {}
            Ok(Line::Room(command)) => {
                if self.link.is_joined() {
                    self.command(command, Origin::Line(line));
                } else {
                    let pausing = matches!(command, Command::Pause { .. });
                    self.deny(line, Why::NotConnected { pausing });
                }
            }
            Ok(Line::Local(local)) => self.local(line, local),
        }
    }

    /// Sends a command of the member.
    pub(super) fn command(&mut self, command: Command, origin: Origin) {
        let seq = self.lines.last_seq.next();
        self.lines.last_seq = seq;
        let sent = command.clone();
        self.lines.under_way.insert(seq, (origin, command));
        self.send(ClientMsg::Command { seq, command: sent });
    }

    /// The server's answer to a command.
    pub(super) fn answered(&mut self, seq: Seq, answer: Result<Rev, Why>) {
        // An answer to nothing: the server repeats itself.
        let Some((origin, command)) = self.lines.under_way.remove(&seq) else {
            return;
        };
        if origin == Origin::Act
            && answer == Err(Why::Denied(Denied::TooLate))
            && let Some(command) = without_mark(&command)
        {
            return self.command(command, origin);
        }
        self.answer(origin, answer);
    }

    fn answer(&mut self, origin: Origin, answer: Result<Rev, Why>) {
        match (origin, answer) {
            (Origin::Line(line), Ok(rev)) => self.tell(Told::Ok { line, rev }),
            (Origin::Line(line), Err(why)) => self.deny(line, why),
            (Origin::Act, Ok(_)) => self.follow(Input::Accepted),
            (Origin::Start, Ok(_)) => {}
            (Origin::Act, Err(why)) => self.act_refused(why),
            (Origin::Start, Err(why)) => self.notice(Notice::NotPlayed(why)),
        }
    }

    /// A line that the client carried out by itself.
    pub(super) fn done(&mut self, line: u64) {
        let rev = self.current_rev();
        self.tell(Told::Ok { line, rev });
    }

    /// Answers a line that changed nothing.
    pub(super) fn deny(&mut self, line: u64, why: Why) {
        self.tell(Told::Denied { line, why });
    }

    /// The connection is gone: a reaction that comes late is worth nothing.
    pub(super) fn drop_reactions(&mut self) {
        let late = |command: &Command| matches!(command, Command::React { .. });
        self.abandon(late, &Why::NotConnected { pausing: false });
    }

    /// Nothing that is under way will be answered any more.
    pub(super) fn abandon_commands(&mut self) {
        self.abandon(|_| true, &Why::Unanswered);
    }

    fn abandon(&mut self, which: impl Fn(&Command) -> bool, why: &Why) {
        let under_way = std::mem::take(&mut self.lines.under_way);
        for (seq, (origin, command)) in under_way {
            if which(&command) {
                self.answer(origin, Err(why.clone()));
            } else {
                self.lines.under_way.insert(seq, (origin, command));
            }
        }
    }

    /// Answers every open line, for the client ends.
    pub(super) fn answer_all(&mut self, why: &Why) {
        self.abandon(|_| true, why);
        if let Some(line) = self.lines.joining.take() {
            self.deny(line, why.clone());
        }
        for waiting in std::mem::take(&mut self.lines.waiting) {
            self.deny(waiting.line, why.clone());
        }
    }
}

/// What was done too long ago to count from then still counts from now: the same without its
/// mark, once. A jump does not: it would be to where the film is not any more.
fn without_mark(command: &Command) -> Option<Command> {
    match command {
        Command::Pause { mark: Some(_) } => Some(Command::Pause { mark: None }),
        Command::Resume { mark: Some(_) } => Some(Command::Resume { mark: None }),
        _ => None,
    }
}
