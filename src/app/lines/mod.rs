//! The lines that the member types: each waits for its turn, is sent to the room or carried
//! out by the client, and gets exactly one answer.
//!
//! Which commands there are and how they are written is the business of `command`; what the
//! client does by itself is carried out by the app.

use std::collections::{BTreeSet, VecDeque};

use crate::app::command::{ClientCommand, ParsedLine};
use crate::app::output::Why;
use crate::protocol::command::Command;
use crate::protocol::denied::Denied;
use crate::protocol::ids::{Rev, Seq};
use crate::protocol::time::{LocalTime, Span};
use in_flight::InFlight;
use output::answer_to;
use pacing::Pacing;
use typed::{OVER_PICTURE, TypedLines};
use unsent::UnsentMessages;

mod answers;
mod coming_and_going;
mod holding;
mod in_flight;
mod input;
#[cfg(test)]
pub(super) mod lengths;
mod output;
mod pacing;
mod typed;
mod unsent;

pub(super) use input::{Access, CommandSource, LinesInput, LinesView};
pub(super) use output::{LinesOutput, RefusedLine};

/// The most lines that wait for their turn (judgement: a long script; more is a mistake).
const MAX_WAITING: usize = 1_000;

/// How long after its refusal a line can be tried again, when too many wait.
const RETRY_MS: u32 = 1_000;

/// How long answers are waited for by a member who quits (judgement: longer than a room takes
/// to answer, shorter than a person's patience).
const QUIT_WITHIN: Span = Span::seconds(2);

/// How long what the client itself looks up is waited for, when no more lines come (judgement: longer
/// than yt-dlp may take for a playlist).
const LOOKED_UP_WITHIN: Span = Span::seconds(40);

/// How long a connection is waited for by lines that were piped in, when no more come.
const CONNECT_WITHIN: Span = Span::seconds(10);

/// A line whose turn has not come.
#[derive(Debug, Clone)]
struct WaitingLine {
    number: u64,
    parsed: Result<ParsedLine, Why>,
}

/// Lines and commands on their way to an answer.
#[derive(Debug, Clone)]
pub(super) struct Lines {
    /// How many lines were read.
    read: u64,
    /// How many were written over the picture.
    over_picture: u64,
    /// The lines that are not sent yet, oldest first: they keep their order.
    waiting: VecDeque<WaitingLine>,
    in_flight: InFlight,
    /// The texts of the open lines that a person typed on a screen.
    typed: TypedLines,
    /// Messages that were written while the connection was away.
    unsent: UnsentMessages,
    /// The lines that the client itself carries out, and has not answered yet.
    carried_out: BTreeSet<u64>,
    /// The line that asked for the room that is being joined.
    joining: Option<u64>,
    /// No more lines are taken; when all are answered the member leaves.
    is_ended: bool,
    pacing: Pacing,
    /// Whether lines that came too fast are tried again. Where there is a screen a person sees
    /// the refusal, and knows best what is still wanted.
    tries_again: bool,
    /// When the member leaves whether all is answered or not.
    leave_by: Option<LocalTime>,
    /// The time of the last input.
    now: LocalTime,
}

impl Lines {
    /// Before the first line. `tries_again`: whether lines that came too fast are sent again.
    pub(super) fn new(tries_again: bool) -> Self {
        Self {
            read: 0,
            over_picture: 0,
            waiting: VecDeque::new(),
            in_flight: InFlight::default(),
            typed: TypedLines::default(),
            unsent: UnsentMessages::default(),
            carried_out: BTreeSet::new(),
            joining: None,
            is_ended: false,
            pacing: Pacing::default(),
            tries_again,
            leave_by: None,
            now: LocalTime::default(),
        }
    }

    /// Takes what happened, and says what is to be done. Each line that a person typed and that is
    /// refused goes back to them, whatever it asked for.
    pub(super) fn handle(
        &mut self,
        input: LinesInput,
        view: LinesView,
        now: LocalTime,
    ) -> Vec<LinesOutput> {
        self.now = now;
        let outputs = self.decide(input, view, now);
        let mut with_texts = Vec::with_capacity(outputs.len());
        for output in outputs {
            if let LinesOutput::Ok(line, _) | LinesOutput::Denied(line, _) = &output {
                self.unsent.answered(*line);
            }
            with_texts.extend(self.typed.hand_out(output));
        }
        with_texts
    }

    fn decide(&mut self, input: LinesInput, view: LinesView, now: LocalTime) -> Vec<LinesOutput> {
        match input {
            LinesInput::Line(parsed) => self.line(parsed, None, view),
            LinesInput::Typed { text, parsed } => self.line(parsed, Some(text), view),
            LinesInput::OverPicture { text, parsed } => {
                self.over_picture += 1;
                let number = OVER_PICTURE + self.over_picture;
                self.take(number, Ok(parsed), Some(text), view)
            }
            LinesInput::Ended => {
                self.is_ended = true;
                Vec::new()
            }
            LinesInput::Quit(line) => self.quit(line, view, now),
            LinesInput::Joining(line) => self.join(line),
            LinesInput::JoinRefused(why) => self.answer_join(&Err(why), view),
            LinesInput::Command(command, source) => {
                self.became_a_command(source);
                vec![self.send(command, source)]
            }
            LinesInput::Answered(seq, answer) => self.answered(seq, answer, view, now),
            LinesInput::Done(line, answer) => self.done(line, answer, view),
            LinesInput::Resumed { answered } => self.resume(answered),
            LinesInput::Entered { answered } => self.enter(answered, view),
            LinesInput::Lost => self.lose(now),
            LinesInput::Leaving => self.answer_all(&Why::Unanswered),
            LinesInput::Next => self.next(view, now),
            LinesInput::Deadline => self.deadline(now),
        }
    }

    /// When it wants [`LinesInput::Deadline`] and [`LinesInput::Next`].
    pub(super) fn next_deadline(&self) -> Option<LocalTime> {
        let slow = self.next_slow_answer();
        let deadlines = [self.leave_by, self.pacing.next_deadline(), slow];
        deadlines.into_iter().flatten().min()
    }

    /// Whether another line can be taken without being refused for want of space.
    pub(super) fn takes_more(&self) -> bool {
        self.waiting.len() < MAX_WAITING
    }

    /// How many lines were taken so far: the number of the last one.
    pub(super) const fn count(&self) -> u64 {
        self.read
    }

    /// Numbers a line, and takes it.
    fn line(
        &mut self,
        parsed: Result<ParsedLine, Why>,
        typed: Option<String>,
        view: LinesView,
    ) -> Vec<LinesOutput> {
        self.read += 1;
        self.take(self.read, parsed, typed, view)
    }

    /// Takes a line: at once, or after what was asked before. `typed`: as it stands on the screen.
    fn take(
        &mut self,
        number: u64,
        parsed: Result<ParsedLine, Why>,
        typed: Option<String>,
        view: LinesView,
    ) -> Vec<LinesOutput> {
        if parsed == Ok(ParsedLine::Empty) {
            return Vec::new();
        }
        if let Some(text) = typed {
            self.typed.add(number, text, &parsed);
        }
        let leaves = view.access == Access::Leaving;
        if parsed == Ok(ParsedLine::Client(ClientCommand::Quit)) && self.is_ended && !leaves {
            vec![answer_to(number, Ok(()), view), LinesOutput::Leave]
        } else if self.is_ended || leaves {
            vec![LinesOutput::Denied(number, Why::Unanswered)]
        } else if self.is_message_to_nobody(&parsed, view) {
            let why = Why::NotConnected { pausing: false };
            vec![LinesOutput::Denied(number, why)]
        } else if self.may_run(&parsed, view) {
            self.run(number, parsed, view)
        } else if self.takes_more() {
            self.waiting.push_back(WaitingLine { number, parsed });
            Vec::new()
        } else {
            let retry_ms = RETRY_MS;
            let why = Why::Denied(Denied::TooFast { retry_ms });
            vec![LinesOutput::Denied(number, why)]
        }
    }

    /// Whether a line's turn has come: after those before it, and when the room is there or
    /// the line needs none. What helps without a room waits for no line that needs one.
    fn may_run(&self, parsed: &Result<ParsedLine, Why>, view: LinesView) -> bool {
        let is_first = self.waiting.is_empty();
        match parsed {
            Ok(ParsedLine::Client(
                ClientCommand::Help(_)
                | ClientCommand::Reactions(_)
                | ClientCommand::Quit
                | ClientCommand::Retry
                | ClientCommand::Join(_)
                | ClientCommand::Language(_),
            )) => is_first || view.access != Access::Open,
            // The password is typed next: it must not be taken for a message while this waits.
            Ok(ParsedLine::Client(ClientCommand::MakePrivate)) if !self.tries_again => true,
            Err(_)
            | Ok(ParsedLine::Client(
                ClientCommand::Own(_)
                | ClientCommand::Quality(_)
                | ClientCommand::Tell(_)
                | ClientCommand::Show(_),
            )) => is_first,
            _ => is_first && self.takes_commands(view),
        }
    }

    /// Whether a command would be sent, or refused, at once.
    fn takes_commands(&self, view: LinesView) -> bool {
        match view.access {
            Access::Open => self.pacing.allows_more(self.in_flight.len()),
            Access::Away => true,
            // Not for long: an attempt that is not answered is given up.
            Access::Returning => self.joining.is_none(),
            Access::Awaited | Access::Leaving => false,
        }
    }

    fn run(
        &mut self,
        line: u64,
        parsed: Result<ParsedLine, Why>,
        view: LinesView,
    ) -> Vec<LinesOutput> {
        match parsed {
            Err(why) => vec![LinesOutput::Denied(line, why)],
            Ok(ParsedLine::Empty) => Vec::new(),
            Ok(ParsedLine::Room(command)) if view.access == Access::Open => {
                vec![self.send(command, CommandSource::Line(line))]
            }
            Ok(ParsedLine::Room(Command::Chat { text })) if !self.tries_again => {
                self.hold(line, text)
            }
            Ok(ParsedLine::Room(command)) => {
                let pausing = matches!(command, Command::Pause { .. });
                vec![LinesOutput::Denied(line, Why::NotConnected { pausing })]
            }
            Ok(ParsedLine::Client(local)) => {
                self.carried_out.insert(line);
                vec![LinesOutput::Local(line, local)]
            }
        }
    }

    /// Takes the next line whose turn has come. Leaves when that was asked for and nothing is
    /// open any more.
    fn next(&mut self, view: LinesView, now: LocalTime) -> Vec<LinesOutput> {
        let is_idle = self.waiting.is_empty() && self.in_flight.len() == 0;
        self.pacing.update(is_idle, now);
        if view.access == Access::Leaving {
            return Vec::new();
        }
        if self.takes_commands(view)
            && let Some(WaitingLine { number, parsed }) = self.waiting.pop_front()
        {
            return self.run(number, parsed, view);
        }
        let is_done = self.is_ended && is_idle && self.joining.is_none() && view.rev.is_some();
        if is_done && self.carried_out.is_empty() {
            return vec![LinesOutput::Leave];
        }
        if is_done && self.leave_by.is_none() {
            self.leave_within(LOOKED_UP_WITHIN, now);
        }
        Vec::new()
    }

    /// Leaves as soon as all is answered, and soon in any case.
    fn quit(&mut self, line: u64, view: LinesView, now: LocalTime) -> Vec<LinesOutput> {
        self.is_ended = true;
        self.carried_out.remove(&line);
        let mut outputs = vec![answer_to(line, Ok(()), view)];
        if view.access == Access::Open {
            self.leave_within(QUIT_WITHIN, now);
        } else if self.waiting.is_empty() {
            outputs.push(LinesOutput::Leave);
        } else {
            // A script that is faster than its connection.
            self.leave_within(CONNECT_WITHIN, now);
        }
        outputs
    }

    fn leave_within(&mut self, span: Span, now: LocalTime) {
        let by = now + span;
        self.leave_by = Some(self.leave_by.map_or(by, |earlier| earlier.min(by)));
    }

    fn send(&mut self, command: Command, source: CommandSource) -> LinesOutput {
        let seq = self.in_flight.add(command.clone(), source, self.now);
        LinesOutput::Send(seq, command)
    }

    /// The room answered. An answer to nothing is one that the server repeats.
    fn answered(
        &mut self,
        seq: Seq,
        answer: Result<Rev, Why>,
        view: LinesView,
        now: LocalTime,
    ) -> Vec<LinesOutput> {
        let Some((source, command)) = self.in_flight.take(seq) else {
            return Vec::new();
        };
        match (source, &answer) {
            (CommandSource::Line(line), Err(Why::Denied(Denied::TooFast { retry_ms })))
                if self.tries_again || self.unsent.was_held(line) =>
            {
                let again_at = now + Span::millis(i64::from(*retry_ms));
                if self.try_again(line, &command, again_at) {
                    return Vec::new();
                }
            }
            (CommandSource::PlayerWindow, Err(Why::Denied(Denied::TooLate))) => {
                if let Some(command) = command.without_mark(view.epoch) {
                    return vec![self.send(command, source)];
                }
            }
            _ => {}
        }
        self.pacing.answered(source);
        match answer {
            Ok(rev) => LinesOutput::success(source, rev).into_iter().collect(),
            Err(why) => LinesOutput::refusal(source, why).into_iter().collect(),
        }
    }

    /// Keeps a line that came too fast for its next try. False if it had enough of them.
    fn try_again(&mut self, line: u64, command: &Command, again_at: LocalTime) -> bool {
        if !self.pacing.slow_down(line, again_at) {
            return false;
        }
        let place = self.waiting.partition_point(|other| other.number < line);
        let waiting = WaitingLine {
            number: line,
            parsed: Ok(ParsedLine::Room(command.clone())),
        };
        self.waiting.insert(place, waiting);
        if let Some(by) = self.leave_by.as_mut() {
            *by = (*by).max(again_at + QUIT_WITHIN);
        }
        true
    }

    fn deadline(&self, now: LocalTime) -> Vec<LinesOutput> {
        let is_due = self.leave_by.is_some_and(|by| by <= now);
        if is_due {
            vec![LinesOutput::Leave]
        } else {
            Vec::new()
        }
    }
}

#[cfg(test)]
mod tests;
