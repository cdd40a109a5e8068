//! What each action of the key map does in the room. What the member may not do is answered
//! in `ask`; what concerns a line of chat is in `line`.

use super::gallery::Gallery;
use super::{Focus, Overlay, Question, Said};
use crate::app::App;
use crate::app::command::{self, Line, Local};
use crate::app::effect::Effect;
use crate::app::keys::Action;
use crate::app::link::Stage;
use crate::protocol::command::{Command, SeekTarget};
use crate::protocol::film::EntryState;
use crate::protocol::ids::EntryId;
use crate::protocol::text::Emoji;
use crate::protocol::time::{Rate, Span};
use crate::sync::player::PlayerCommand;

impl App {
    /// Does what a key is bound to, in the panes and on the line.
    pub(super) fn act_on(&mut self, action: Action) {
        match action {
            Action::Help => self.open(Overlay::Help(0)),
            Action::Gallery => self.open_gallery(),
            Action::Members | Action::Why => self.open_health(),
            Action::Redraw => self.effects.push(Effect::Redraw),
            Action::Suspend => self.ask_to_suspend(),
            Action::Interrupt => self.interrupt(),
            Action::Leave => self.ask_to_leave(),
            Action::CopyInvite => self.copy_invite(),
            Action::Retry => self.submit(Ok(Line::Local(Local::Retry))),
            Action::Away => self.submit(Ok(Line::Local(Local::Away))),
            Action::Menu => {
                if let Some(member) = self.chosen_member().map(|member| member.id) {
                    self.open(Overlay::Menu(member, 0));
                }
            }
            Action::CopyLine | Action::OpenLink | Action::EraseLine => self.line_act(action),
            Action::Approve | Action::Reject | Action::Move(_) => self.queue_act(action),
            Action::Volume(_)
            | Action::Mute
            | Action::Subtitles
            | Action::AudioTrack
            | Action::Fullscreen => self.own_player_act(action),
            Action::React(_)
            | Action::Pause
            | Action::PauseOrBlank
            | Action::Jump(_)
            | Action::Undo
            | Action::Next
            | Action::Rate(_) => self.film_act(action),
            // The gallery's own.
            Action::Join
            | Action::Sort
            | Action::NewRoom
            | Action::CopyRoom
            | Action::OtherServer
            | Action::Back => {}
            move_ => self.go(move_),
        }
    }

    /// Moves about on the screen.
    fn go(&mut self, action: Action) {
        let page = self.page();
        if action == Action::CompleteOrNext {
            self.complete_or_next();
            return;
        }
        if action == Action::Send {
            self.send_line();
            return;
        }
        let Some(screen) = self.screen.as_mut() else {
            return;
        };
        match action {
            Action::Queue => screen.focus_on(Focus::Queue),
            Action::NextPane => screen.focus_on(screen.focus.stepped(1)),
            Action::PreviousPane => screen.focus_on(screen.focus.stepped(Focus::ALL.len() - 1)),
            Action::Toggle if screen.focus == Focus::Line => screen.focus_on(screen.last_pane),
            Action::Toggle | Action::Write => screen.focus_on(Focus::Line),
            Action::BeginCommand => {
                screen.focus_on(Focus::Line);
                if screen.line.is_empty() {
                    screen.line.set("/");
                }
            }
            Action::Add => {
                screen.focus_on(Focus::Line);
                let written = screen.line.take();
                screen.history.keep(&written);
                screen.line.set("/add ");
            }
            Action::HistoryBack => screen.history.back(&mut screen.line),
            Action::HistoryOn => screen.history.on(&mut screen.line),
            Action::PageUp => screen.log.up(page),
            Action::PageDown => screen.log.down(page),
            Action::Up => self.step(-1),
            Action::Down => self.step(1),
            _ => {}
        }
    }

    /// Chooses the one above or below in the pane that has the focus.
    fn step(&mut self, by: isize) {
        let focus = self
            .screen
            .as_ref()
            .map_or(Focus::Line, |screen| screen.focus);
        let entries: Vec<EntryId> = self.shown_queue().iter().map(|entry| entry.id).collect();
        let entry = stepped(&entries, self.chosen_entry().map(|entry| entry.id), by);
        let members: Vec<_> = self
            .shown_members()
            .iter()
            .map(|member| member.id)
            .collect();
        let member = stepped(&members, self.chosen_member().map(|member| member.id), by);
        let Some(screen) = self.screen.as_mut() else {
            return;
        };
        match focus {
            Focus::Queue => screen.queue_at = entry,
            Focus::Members => screen.member_at = member,
            Focus::Chat if !screen.log.choosing => screen.log.choosing = true,
            Focus::Chat if by < 0 => screen.log.up(1),
            Focus::Chat => screen.log.down(1),
            Focus::Line => {}
        }
    }

    /// Sends the line, or runs its command.
    fn send_line(&mut self) {
        let Some(screen) = self.screen.as_mut() else {
            return;
        };
        let text = screen.line.take();
        screen.history.keep(&text);
        screen.toast = None;
        // What was said is to be seen.
        screen.log.release();
        let parsed = command::parse(&text);
        match &parsed {
            Ok(Line::Room(command)) if self.asks_first(command) => {}
            _ => self.submit(parsed),
        }
    }

    /// Ctrl-C: clears the line, closes what lies over it, asks to leave, leaves.
    fn interrupt(&mut self) {
        let resting = self.link.stage() == Stage::Resting;
        let Some(screen) = self.screen.as_mut() else {
            return;
        };
        match screen.overlay() {
            Some(Overlay::Question(Question::Leave(_))) => self.leave(),
            _ if resting => self.leave(),
            Some(Overlay::Gallery) if !screen.gallery.filter.is_empty() => {
                screen.gallery.filter.take();
            }
            Some(_) => {
                screen.overlays.pop();
            }
            None if screen.line.is_empty() => self.ask_to_leave(),
            None => {
                let written = screen.line.take();
                screen.history.keep(&written);
            }
        }
    }

    /// Asks before leaving; where there is nothing to leave, goes.
    pub(super) fn ask_to_leave(&mut self) {
        if self.room().is_none() {
            self.leave();
        } else {
            let others = self.serves();
            self.open(Overlay::Question(Question::Leave(others)));
        }
    }

    /// Ctrl-Z: stops the program. If others are served from here their room would stand still
    /// with it, so that is asked first; a second Ctrl-Z says yes.
    fn ask_to_suspend(&mut self) {
        let screen = self.screen.as_mut();
        let asked = screen.is_some_and(|screen| {
            let asks = matches!(
                screen.overlay(),
                Some(Overlay::Question(Question::Suspend(_)))
            );
            if asks {
                screen.overlays.pop();
            }
            asks
        });
        match self.serves() {
            Some(others) if !asked => self.open(Overlay::Question(Question::Suspend(others))),
            _ => self.effects.push(Effect::Suspend),
        }
    }

    /// Whether leaving must be asked for first, because others are served from here; asks.
    pub(in crate::app) fn asks_before_leaving(&mut self) -> bool {
        let others = self.serves();
        if others.is_some() {
            self.open(Overlay::Question(Question::Leave(others)));
        }
        others.is_some()
    }

    /// Shows the live rooms.
    pub(in crate::app) fn open_gallery(&mut self) {
        let server = self.config.server.clone();
        if let Some(screen) = self.screen.as_mut() {
            if screen.gallery.server != server {
                screen.gallery = Gallery::new(&server);
            }
            screen.gallery.filter.take();
            screen.gallery.next = None;
            screen.open(Overlay::Gallery);
        }
    }

    /// Goes to the queue.
    pub(in crate::app) fn focus_queue(&mut self) {
        if let Some(screen) = self.screen.as_mut() {
            screen.focus_on(Focus::Queue);
        }
    }

    /// Shows the members, their health and the last decisions.
    pub(in crate::app) fn open_health(&mut self) {
        self.open(Overlay::Health(0));
    }

    /// Copies the link that leads others here.
    pub(in crate::app) fn copy_invite(&mut self) {
        let invite = self.invite();
        self.copy(invite);
    }

    /// Says that the member counts as away now, or as back.
    pub(in crate::app) fn tell_away(&mut self, away: bool) {
        self.say(Said::Away(away));
    }

    /// Puts a text into the clipboard, and says so.
    pub(super) fn copy(&mut self, text: String) {
        self.say(Said::Copied(text.clone()));
        self.effects.push(Effect::Copy(text));
    }

    fn queue_act(&mut self, action: Action) {
        let Some(entry) = self.chosen_entry() else {
            self.say(Said::NothingChosen);
            return;
        };
        let (id, state) = (entry.id, entry.state);
        let own = self.me().is_some_and(|me| me.id == entry.by);
        let place = self.room().and_then(|room| {
            let mut entries = room.queue.entries().iter();
            entries.position(|entry| entry.id == id)
        });
        match (action, state) {
            (Action::Approve, EntryState::Proposed) => {
                self.ask_room(Command::Approve { entry: Some(id) });
            }
            (Action::Approve, EntryState::Approved)
                if self.may_or_ask(&Command::PlayNow { entry: id }) =>
            {
                self.open(Overlay::Question(Question::PlayNow(id)));
            }
            (Action::Reject, EntryState::Proposed) if own => {
                self.open(Overlay::Question(Question::Withdraw(id)));
            }
            (Action::Reject, EntryState::Proposed) => {
                self.ask_room(Command::Reject { entry: Some(id) });
            }
            (Action::Reject, EntryState::Approved)
                if self.may_or_ask(&Command::Remove { entry: id }) =>
            {
                self.open(Overlay::Question(Question::Remove(id)));
            }
            (Action::Move(by), _) => {
                let to = i64::try_from(place.unwrap_or(0)).unwrap_or(0) + 1 + i64::from(by);
                let place = u32::try_from(to.max(1)).unwrap_or(1);
                self.ask_room(Command::Move { entry: id, place });
            }
            _ => {}
        }
    }

    fn own_player_act(&mut self, action: Action) {
        let order = match action {
            Action::Volume(by) => PlayerCommand::AdjustVolume(by),
            Action::Mute => PlayerCommand::ToggleMute,
            Action::Subtitles => PlayerCommand::CycleSubtitles,
            Action::AudioTrack => PlayerCommand::CycleAudio,
            _ => PlayerCommand::ToggleFullscreen,
        };
        self.submit(Ok(Line::Local(Local::Own(order))));
    }

    fn film_act(&mut self, action: Action) {
        let timeline = self.room().map(|room| &room.timeline);
        let paused = timeline.is_some_and(|timeline| timeline.segment.paused);
        let rate = timeline.map(|t| t.segment.rate).unwrap_or_default();
        let command = match action {
            Action::PauseOrBlank => return self.pause_or_blank(),
            Action::React(number) => return self.react(number),
            Action::Pause if paused => Command::Resume { mark: None },
            Action::Pause => Command::Pause { mark: None },
            Action::Jump(seconds) => Command::Seek {
                target: SeekTarget::By(Span::seconds(i64::from(seconds))),
                mark: None,
            },
            Action::Undo => Command::Undo,
            Action::Next => Command::Skip,
            Action::Rate(hundredths) => {
                let wished = rate.factor() + f64::from(hundredths) / 100.0;
                let within = wished.clamp(Rate::SLOWEST.factor(), Rate::FASTEST.factor());
                let rate = Rate::from_factor(within).unwrap_or(rate);
                Command::SetRate { rate }
            }
            _ => return,
        };
        self.ask_room(command);
    }

    fn pause_or_blank(&mut self) {
        let pauses = self
            .screen
            .as_ref()
            .is_some_and(|screen| screen.config.space_pauses && screen.line.is_empty());
        if pauses && self.room().is_some() {
            self.film_act(Action::Pause);
        } else if let Some(screen) = self.screen.as_mut() {
            screen.line.insert(" ");
        }
    }

    fn react(&mut self, number: u8) {
        let emoji = Emoji::FIVE.get(usize::from(number).saturating_sub(1));
        if let Some(Ok(emoji)) = emoji.map(|emoji| Emoji::parse(emoji)) {
            self.ask_room(Command::React { emoji });
        }
    }
}

/// The one after the chosen, or before it.
fn stepped<T: Copy + PartialEq>(all: &[T], chosen: Option<T>, by: isize) -> Option<T> {
    let at = all.iter().position(|one| Some(*one) == chosen)?;
    let to = at
        .saturating_add_signed(by)
        .min(all.len().saturating_sub(1));
    all.get(to).copied()
}
