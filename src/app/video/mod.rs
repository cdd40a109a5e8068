//! What stands over the picture, for a member who looks at the film and not at the terminal: chat,
//! reactions, who did what, and a line to write in. A machine: outputs and keys of the window come
//! in, and whenever something else is to be seen a whole [`Scene`] goes out.
//!
//! It decides what is shown, for how long, and when it fades. The words are made by `strings`, the
//! drawing by `player`. A client without a player has none of it.

use std::collections::VecDeque;

use super::config::VideoConfig;
use super::output::{Notice, Output, WindowNotice};
use crate::protocol::denied::{Action, Denied};
use crate::protocol::ids::{EntryId, Epoch};
use crate::protocol::time::{LocalTime, Span};
use crate::sync::player::{PlayerEvent, ProcessState, WindowEvent, WindowKeys};
use content::{Concern, Shown};
use floats::Floats;
use written_line::WrittenLine;

use super::output::Why;

mod connection;
mod content;
mod floats;
mod input;
mod keys;
mod output;
mod proposals;
mod scene;
#[cfg(test)]
mod tests;
mod title;
mod written_line;

pub use crate::app::osd_level::OsdLevel;
pub(super) use input::{VideoInput, VideoView};
pub(super) use output::VideoOutput;
pub use scene::{
    LineContent, ReadyHint, Scene, SceneFloat, SceneLine, SyncLine, WindowOrder, WrittenText,
};

/// The most lines at once (judgement: more would hide the film).
const MOST_LINES: usize = 4;

/// How long a line takes to fade, and in how many steps: a step costs a redraw.
const FADE: Span = Span::millis(600);
const FADE_STEPS: i64 = 4;

/// A line and when it is over.
#[derive(Debug, Clone)]
struct TimedLine {
    content: LineContent,
    concern: Concern,
    until: LocalTime,
}

/// What stands over the picture, and what is being written there.
#[derive(Debug)]
pub(super) struct Video {
    level: OsdLevel,
    /// Whether keys are taken in the window.
    takes_keys: bool,
    /// The lines, oldest first.
    lines: VecDeque<TimedLine>,
    /// What the room waits for, until it does no longer.
    waiting: Option<Notice>,
    /// The media that was last on.
    epoch: Option<Epoch>,
    /// Whether the connection is gone and is being made again.
    is_lost: bool,
    /// The number of the next entry of the queue, by what is known of it.
    next_entry: Option<EntryId>,
    floats: Floats,
    /// The line that is being written. It outlasts the player's window.
    written: Option<WrittenLine>,
    /// How many lines that were written here have no answer yet.
    unanswered: u32,
    /// What stands in the window while nothing plays.
    empty: Option<Notice>,
    /// Whether the player draws: it runs, and answers.
    draws: bool,
    /// What was ordered last, as far as the running player knows it.
    drawn: Scene,
    title: Option<String>,
    keys: Option<WindowKeys>,
    out: Vec<VideoOutput>,
}

impl Video {
    /// Nothing stands over the picture.
    pub(super) fn new(config: VideoConfig) -> Self {
        Self {
            level: config.osd,
            takes_keys: config.takes_keys,
            lines: VecDeque::new(),
            waiting: None,
            epoch: None,
            is_lost: false,
            next_entry: None,
            floats: Floats::default(),
            written: None,
            unanswered: 0,
            empty: None,
            draws: false,
            drawn: Scene::default(),
            title: None,
            keys: None,
            out: Vec::new(),
        }
    }

    /// Takes an input in and says what is to be done, in this order.
    pub(super) fn handle(
        &mut self,
        input: VideoInput<'_>,
        view: &VideoView<'_>,
    ) -> Vec<VideoOutput> {
        match input {
            VideoInput::Output(output) => self.on_output(output, view),
            VideoInput::Show(notice) => self.show_notice(notice, view),
            VideoInput::Player(event) => self.on_player(event, view),
            VideoInput::KeyRefused(why) => self.refuse(why, view),
            VideoInput::LineAnswered(answer) => self.line_answered(answer, view),
            VideoInput::SyncState(state) => {
                let shown = Shown::sync_state(state);
                self.add(shown, view.now);
            }
            VideoInput::Level { line, level } => self.set_level(line, level, view),
            VideoInput::MediaBegins => self.empty = None,
            VideoInput::Reworded => self.drawn = Scene::default(),
            VideoInput::EventHandled => self.order_changes(view),
        }
        std::mem::take(&mut self.out)
    }

    /// When the picture changes next by itself. What counts down is no business of this machine.
    pub(super) fn next_deadline(&self, view: &VideoView<'_>) -> Option<LocalTime> {
        if !self.draws {
            return None;
        }
        let now = view.now;
        let lines = self.lines.iter().filter_map(|line| line.next_change(now));
        lines.chain(self.floats.next_frame(now)).min()
    }

    fn on_output(&mut self, output: &Output, view: &VideoView<'_>) {
        match output {
            Output::Reaction(reaction) if self.level == OsdLevel::Full => {
                self.floats.begin(reaction.emoji.clone(), view.now);
            }
            Output::Erased { id, .. } | Output::ErasedTogether { id, .. } => {
                let is_it =
                    |line: &TimedLine| line.content.chat().is_some_and(|chat| chat.id == *id);
                self.lines.retain(|line| !is_it(line));
            }
            Output::Notice(notice @ Notice::Waiting { .. }) => {
                self.waiting = Some(notice.clone());
            }
            Output::Joined { .. } => {
                self.epoch = view.room.map(|room| room.timeline.epoch);
                self.queue_known(view);
            }
            Output::Connection(connection) => self.on_connection(connection, view),
            Output::Queue(entries) => self.on_queue(entries, false, view),
            Output::QuietQueue(entries) => self.on_queue(entries, true, view),
            Output::Media { playing, epoch, .. } => {
                let is_new = self.epoch.replace(*epoch) != Some(*epoch);
                // That it is in the lobby stands there.
                let is_on = is_new && view.lobby.is_none();
                if let Some(playing) = playing.as_ref().filter(|_| is_on) {
                    self.add(Shown::started(playing), view.now);
                }
            }
            output => {
                self.lines
                    .retain(|line| !content::is_told_by(&line.content, output));
                let shown = content::shown(output, self.takes_keys, view);
                let answer = || content::answer(output).filter(|_| self.unanswered > 0);
                if let Some(shown) = shown.or_else(answer) {
                    self.add(shown, view.now);
                }
            }
        }
    }

    /// Shows a notice that concerns this member.
    fn show_notice(&mut self, notice: Notice, view: &VideoView<'_>) {
        match notice {
            // It is read from the view.
            Notice::Count { .. } => {}
            Notice::NothingOn { .. } => {
                self.empty = Some(notice);
                // It may have been worded in another language.
                self.drawn.empty = None;
            }
            // The player paused, which a key that is not taken does: it counts as that key.
            Notice::ActionUndone(Why::Denied(Denied::NotAllowed {
                action: Action::Pause | Action::Resume,
                ..
            })) if self.want_pause(view).is_some() => {}
            notice => self.add(Shown::notice(notice), view.now),
        }
    }

    fn on_player(&mut self, event: &PlayerEvent, view: &VideoView<'_>) {
        match event {
            PlayerEvent::Process(state) => self.on_process(state),
            PlayerEvent::Window(WindowEvent::Key(key)) => self.on_key(key, view),
            _ => {}
        }
    }

    /// A player that was started shows nothing yet, and takes no keys. A line that was being written
    /// goes on in its window; until then it is found in the terminal.
    fn on_process(&mut self, state: &ProcessState) {
        let was_drawn = self.draws;
        self.draws = matches!(state, ProcessState::Ready { .. } | ProcessState::Thawed);
        if !matches!(state, ProcessState::Frozen | ProcessState::Thawed) {
            self.drawn = Scene::default();
            self.title = None;
            self.keys = None;
            self.written.take_if(|line| line.is_blank());
        }
        if let (true, ProcessState::Closed(_), Some(line)) = (was_drawn, state, &self.written) {
            self.out.push(VideoOutput::KeepText(line.whole()));
            let notice = Notice::Window(WindowNotice::LineKept);
            self.out.push(VideoOutput::Notice(notice));
        }
    }

    fn set_level(&mut self, line: u64, level: Option<OsdLevel>, view: &VideoView<'_>) {
        match level {
            Some(level) => self.choose_level(level, view),
            None => self.say_level(view),
        }
        self.out.push(VideoOutput::Done(line));
    }

    /// Shows so much from now on, and says so here and in the terminal.
    fn choose_level(&mut self, level: OsdLevel, view: &VideoView<'_>) {
        self.level = level;
        let mut lines = std::mem::take(&mut self.lines);
        lines.retain(|line| self.shows(line.concern));
        self.lines = lines;
        if level != OsdLevel::Full {
            self.floats = Floats::default();
        }
        self.out.push(VideoOutput::Keep(level));
        self.say_level(view);
    }

    fn say_level(&mut self, view: &VideoView<'_>) {
        let level = self.level;
        let notice = Notice::Window(WindowNotice::OsdLevel(level));
        self.add(Shown::notice(notice.clone()), view.now);
        self.out.push(VideoOutput::Notice(notice));
    }

    /// Adds a line; the oldest gives way. What is not shown at this level is not kept: it would push
    /// out what is seen.
    fn add(&mut self, shown: Shown, now: LocalTime) {
        if !self.shows(shown.concern) {
            return;
        }
        self.lines
            .retain(|line| !shown.content.replaces(&line.content));
        self.lines.push_back(TimedLine {
            content: shown.content,
            concern: shown.concern,
            until: now + shown.during,
        });
        while self.lines.len() > MOST_LINES {
            self.lines.pop_front();
        }
    }

    /// Orders what has changed since it was last ordered.
    fn order_changes(&mut self, view: &VideoView<'_>) {
        self.lines.retain(|line| line.until > view.now);
        self.floats.expire(view.now);
        if !view.waits() {
            self.waiting = None;
        }
        if !self.draws {
            return;
        }
        self.order_title(view);
        self.order_keys(view);
        let scene = self.scene(view);
        if scene != self.drawn {
            self.drawn = scene.clone();
            let order = WindowOrder::Draw(Box::new(scene));
            self.out.push(VideoOutput::Order(order));
        }
    }

    fn order_title(&mut self, view: &VideoView<'_>) {
        let title = title::title(view);
        if self.title.as_ref() != Some(&title) {
            self.title = Some(title.clone());
            self.out.push(VideoOutput::Order(WindowOrder::Title(title)));
        }
    }

    /// What is to be seen now.
    pub(super) fn scene(&self, view: &VideoView<'_>) -> Scene {
        let written = self.written.as_ref().map(WrittenLine::text);
        let empty = self.empty.clone();
        let is_off = self.level == OsdLevel::Off;
        let standing = if is_off {
            Vec::new()
        } else {
            self.standing(view)
        };
        let most = MOST_LINES - standing.len().min(MOST_LINES);
        let wanted = self.lines.iter().filter(|line| self.shows(line.concern));
        let wanted: Vec<_> = wanted.collect();
        let newest = wanted.iter().skip(wanted.len().saturating_sub(most));
        let newest = newest.map(|line| line.at(view));
        let floats = (self.level == OsdLevel::Full).then(|| self.floats.rising(view.now));
        Scene {
            lines: standing.into_iter().chain(newest).collect(),
            floats: floats.unwrap_or_default(),
            number: view.counting.filter(|_| !is_off),
            written,
            empty,
        }
    }
}

impl Video {
    /// Whether such a line is shown. Why a line was refused is read beside it, whatever else is shown.
    fn shows(&self, concern: Concern) -> bool {
        let is_beside_line = concern == Concern::Reply && self.written.is_some();
        is_beside_line || concern.is_shown(self.level)
    }

    /// What stands there for as long as it is so: that there is no connection, what the room waits
    /// for, and the lobby.
    fn standing(&self, view: &VideoView<'_>) -> Vec<SceneLine> {
        let lost = self.is_lost.then_some(LineContent::NoConnection);
        let waiting = self.waiting.clone().map(LineContent::Notice);
        let awaited = Some(&view.awaited).filter(|awaited| !awaited.is_empty());
        let awaited = awaited.cloned().map(LineContent::Awaited);
        let lobby = view.lobby.clone();
        let hint = lobby.as_ref().filter(|lobby| !lobby.is_ready);
        let hint = hint.map(|_| LineContent::ReadyHint(self.ready_hint()));
        let lobby = lobby.map(|lobby| LineContent::Lobby(Box::new(lobby)));
        let standing = [lost, waiting, awaited, lobby, hint];
        let standing = standing.into_iter().flatten();
        standing.map(SceneLine::standing).collect()
    }
}

impl TimedLine {
    /// The line as it is seen at a moment: in the end it fades.
    fn at(&self, view: &VideoView<'_>) -> SceneLine {
        let left = (self.until - view.now).max(Span::ZERO);
        let steps = (left.0 * FADE_STEPS / FADE.0 + 1).min(FADE_STEPS);
        let opacity = u8::try_from(100 * steps / FADE_STEPS).unwrap_or(100);
        let name_colour = self.content.chat().map(|chat| view.name_colour(chat.from));
        SceneLine {
            content: self.content.clone(),
            name_colour,
            opacity,
            stands: false,
        }
    }

    /// When it looks otherwise, or is over.
    fn next_change(&self, now: LocalTime) -> Option<LocalTime> {
        let step = Span(FADE.0 / FADE_STEPS);
        let steps = 0..FADE_STEPS;
        let changes = steps.map(|left| self.until - Span(step.0 * left) + Span(1));
        changes.filter(|change| *change > now).min()
    }
}
