//! Lines of input and commands under way: each line is followed to its one answer.

use std::collections::{BTreeMap, VecDeque};

use super::App;
use super::command::{self, Line, Local};
use super::link::Stage;
use super::playback::PlaybackInput;
use super::told::{Notice, Told, Why};
use crate::protocol::command::Command;
use crate::protocol::denied::Denied;
use crate::protocol::ids::{Rev, Seq};
use crate::protocol::member::Member;
use crate::protocol::time::{LocalTime, Span};
use crate::wire::message::ClientMsg;

/// The most lines that wait for their turn (judgement: a long script; more is a mistake).
const MAX_WAITING: usize = 1_000;

/// How long after its refusal a line can be tried again, when too many wait.
const RETRY_MS: u32 = 1_000;

/// How often a line is sent again that came too fast (judgement: with one line on its way
/// at a time the second attempt succeeds, unless another window is as busy).
const MOST_TRIES: u8 = 8;

/// Where a command comes from, and so where its answer goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// A line of input.
    Line(u64),
    /// Something done in the window of the own player.
    Act,
    /// The video named at the start.
    Start,
    /// The name chosen at the start.
    Name,
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
    /// How often each line was refused as too fast.
    tries: BTreeMap<u64, u8>,
    /// Whether lines are sent one at a time, since they came too fast.
    slow: bool,
    /// Until when none is sent.
    rest_until: Option<LocalTime>,
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

    /// Whether lines wait for their turn.
    pub(super) fn some_wait(&self) -> bool {
        !self.waiting.is_empty()
    }

    fn all_answered(&self) -> bool {
        self.waiting.is_empty() && self.under_way.is_empty() && self.joining.is_none()
    }

    fn is_full(&self) -> bool {
        let most = if self.slow { 1 } else { Member::ANSWERED_KEPT };
        self.rest_until.is_some() || self.under_way.len() >= most
    }

    /// Keeps a line that came too fast for its next try. False if it had enough of them.
    fn keep(&mut self, line: u64, command: Command, again_at: LocalTime) -> bool {
        let tries = self.tries.entry(line).or_default();
        *tries += 1;
        if *tries > MOST_TRIES {
            return false;
        }
        self.slow = true;
        self.rest_until = self.rest_until.max(Some(again_at));
        let place = self.waiting.partition_point(|other| other.line < line);
        let parsed = Ok(Line::Room(command));
        self.waiting.insert(place, Waiting { line, parsed });
        if let Some(by) = self.leave_by.as_mut() {
            *by = (*by).max(again_at + Span::seconds(2));
        }
        true
    }

    /// The rest is over at its time; once nothing is open any more lines go out as they come.
    fn pace(&mut self, now: LocalTime) {
        if self.rest_until.is_some_and(|until| until <= now) {
            self.rest_until = None;
        }
        if self.waiting.is_empty() && self.under_way.is_empty() {
            self.slow = false;
            self.rest_until = None;
            self.tries.clear();
        }
    }

    /// When it wants to be looked at.
    pub(super) fn next_deadline(&self) -> Option<LocalTime> {
        [self.leave_by, self.rest_until].into_iter().flatten().min()
    }

    /// Whether another line can be taken without being refused for want of room.
    fn takes_more(&self) -> bool {
        self.waiting.len() < MAX_WAITING
    }
}

impl App {
    /// Whether another line of input should be read. A long script waits outside.
    #[must_use]
    pub fn wants_lines(&self) -> bool {
        self.lines.takes_more()
    }

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
        if parsed == Ok(Line::Local(Local::Quit)) && self.lines.ended && self.ending.is_none() {
            self.done(line);
            self.leave();
        } else if self.lines.ended || self.ending.is_some() {
            self.deny(line, Why::Unanswered);
        } else if self.may_run(&parsed) {
            self.run(line, parsed);
        } else if self.lines.takes_more() {
            self.lines.waiting.push_back(Waiting { line, parsed });
        } else {
            let retry_ms = RETRY_MS;
            self.deny(line, Why::Denied(Denied::TooFast { retry_ms }));
        }
    }

    /// Whether a line's turn has come: after those before it, and when the room is there or
    /// the line needs none. What helps without a room waits for no line that needs one.
    fn may_run(&self, parsed: &Result<Line, Why>) -> bool {
        let is_first = self.lines.waiting.is_empty();
        match parsed {
            Ok(Line::Local(Local::Help | Local::Quit | Local::Retry | Local::Join(_))) => {
                is_first || !self.link.is_joined()
            }
            Err(_) | Ok(Line::Local(Local::Own(_) | Local::Quality(_) | Local::Show(_))) => {
                is_first
            }
            _ => is_first && self.takes_commands(),
        }
    }

    /// Whether a command would be sent, or refused, at once.
    fn takes_commands(&self) -> bool {
        match self.link.stage() {
            Stage::Joined(_) => !self.lines.is_full(),
            // Gone: what is asked for meanwhile is answered at once.
            Stage::Waiting(_) => self.session.is_some() || self.joined_once,
            // On the way to a room that `/join` named, lines wait for it: not for long, an
            // attempt that is not answered is given up.
            Stage::Connecting | Stage::Greeting => {
                self.session.is_some() || (self.joined_once && self.lines.joining.is_none())
            }
            Stage::Resting | Stage::Finding | Stage::Closed => false,
        }
    }

    /// Looks after the lines whose turn has come, and leaves when that was asked for and
    /// nothing is open any more.
    pub(super) fn settle(&mut self) {
        self.lines.pace(self.now.local);
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
        // With a screen a person sees the refusal and knows best what is still wanted.
        if let (Origin::Line(line), Err(Why::Denied(Denied::TooFast { retry_ms }))) =
            (origin, &answer)
            && self.screen.is_none()
        {
            let again_at = self.now.local + Span::millis(i64::from(*retry_ms));
            if self.lines.keep(line, command.clone(), again_at) {
                return;
            }
        }
        let epoch = self.room().map(|room| room.timeline.epoch);
        if origin == Origin::Act
            && answer == Err(Why::Denied(Denied::TooLate))
            && let Some(command) = command.without_mark(epoch.unwrap_or_default())
        {
            return self.command(command, origin);
        }
        self.answer(origin, answer);
    }

    fn answer(&mut self, origin: Origin, answer: Result<Rev, Why>) {
        match (origin, answer) {
            (Origin::Line(line), Ok(rev)) => self.tell(Told::Ok { line, rev }),
            (Origin::Line(line), Err(why)) => self.deny(line, why),
            (Origin::Act, Ok(_)) => self.drive_playback(PlaybackInput::Answered(Ok(()))),
            (Origin::Start | Origin::Name, Ok(_)) => {}
            (Origin::Act, Err(why)) => self.drive_playback(PlaybackInput::Answered(Err(why))),
            (Origin::Start, Err(why)) => self.notice(Notice::NotPlayed(why)),
            (Origin::Name, Err(why)) => {
                let name = self.config.name.clone();
                self.notice(Notice::NameKept { name, why });
            }
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

    /// Nothing that waits was meant for another room.
    pub(super) fn abandon_waiting(&mut self) {
        for waiting in std::mem::take(&mut self.lines.waiting) {
            self.deny(waiting.line, Why::Unanswered);
        }
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
