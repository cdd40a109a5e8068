//! What the terminal's screen is in the middle of: the focus, the line that is written, what
//! lies over the panes, the log of the chat, selections, notices, reactions in flight. Plain
//! state; `press` and `act` say what keys do to it, `crate::ui` how it looks.

use editor::{Editor, History};
use flying::Flying;
use gallery::Gallery;
use heat::Heat;
use log::Log;
use tally::Tally;

use super::App;
use super::told::{Notice, Why};
use crate::protocol::denied::SharedAddress;
use crate::protocol::ids::{ChatId, EntryId, Epoch, MemberId};
use crate::protocol::member::{BanScope, Role, Visibility};
use crate::protocol::request::PermissionRequest;
use crate::protocol::text::TextError;
use crate::protocol::time::{LocalTime, RoomTime, Span};

mod act;
mod ask;
mod chosen;
pub mod complete;
pub mod editor;
pub mod flying;
pub mod gallery;
mod hear;
pub mod heat;
mod line;
pub mod log;
mod overlay;
mod press;
pub mod tally;
mod timing;

/// How long a notice stands: two lines are read in that time (judgement).
const TOAST_TIME: Span = Span::seconds(6);

/// What the screen is started with.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a setting of its own, on or off"
)]
pub struct ScreenConfig {
    /// Whether the gallery comes first; the room of the client is then only a suggestion.
    pub gallery_first: bool,
    /// Whether the member is asked for a name before anything else.
    pub ask_name: bool,
    /// Whether a blank on an empty line pauses.
    pub space_pauses: bool,
    /// Whether the terminal's bell rings.
    pub bell: bool,
    /// Whether the terminal is asked to show a notification.
    pub notify: bool,
    /// Whether what mpv needs for YouTube was found on this machine.
    pub plays_youtube: bool,
    /// Whether colours are used; without them words and shapes say everything.
    pub colour: bool,
}

impl Default for ScreenConfig {
    fn default() -> Self {
        Self {
            gallery_first: false,
            ask_name: false,
            space_pauses: true,
            bell: true,
            notify: true,
            plays_youtube: true,
            colour: true,
        }
    }
}

/// Where keys go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Focus {
    /// The line that is written.
    Line,
    /// The chat.
    Chat,
    /// The queue.
    Queue,
    /// The members.
    Members,
}

impl Focus {
    /// The order in which Tab goes through them.
    pub const ALL: [Self; 4] = [Self::Line, Self::Chat, Self::Queue, Self::Members];

    fn stepped(self, by: usize) -> Self {
        let place = Self::ALL.iter().position(|focus| *focus == self);
        let next = (place.unwrap_or(0) + by) % Self::ALL.len();
        Self::ALL.get(next).copied().unwrap_or(Self::Line)
    }
}

/// Something that lies over the panes and takes the keys.
#[derive(Debug, Clone, PartialEq)]
pub enum Overlay {
    /// The keys and commands, scrolled down by so many lines.
    Help(usize),
    /// The live rooms.
    Gallery,
    /// Members, their health and the last decisions, scrolled down by so many lines.
    Health(usize),
    /// What can be done with a member, and which is chosen.
    Menu(MemberId, usize),
    /// A yes or no.
    Question(Question),
    /// A ban of somebody whose address others share: how far it reaches, and which of
    /// [`BAN_SCOPES`] is chosen.
    BanScope(SharedAddress, usize),
    /// Something to be written.
    Prompt(Prompt, Editor),
}

/// How far a ban may reach where others share the address, the lesser first.
pub const BAN_SCOPES: [BanScope; 2] = [BanScope::Member, BanScope::Address];

/// Something that is asked before it is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// Leave; for how many others this process is the server.
    Leave(Option<u32>),
    /// Stop, as Ctrl-Z does; for how many others this process is the server.
    Suspend(u32),
    /// Play this entry now.
    PlayNow(EntryId),
    /// Take this entry out of the queue.
    Remove(EntryId),
    /// Take the own proposal back.
    Withdraw(EntryId),
    /// Send this member out.
    Kick(MemberId),
    /// Send this member out for good.
    Ban(MemberId),
    /// Take this line of chat away.
    Erase(ChatId),
    /// Give this member another role.
    Promote(MemberId, Role),
    /// Make the room again that is not there any more; how it was.
    MakeAgain(Visibility),
}

/// Something that is asked for in writing.
#[derive(Debug, Clone, PartialEq)]
pub enum Prompt {
    /// What the member is called.
    Name,
    /// The password of the room; why it is asked for.
    Password(Why),
    /// The name of a new room.
    NewRoom,
    /// Another server's address.
    Server,
}

/// What can be done with a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MenuItem {
    /// Give them this role.
    Role(Role),
    /// Name them heir.
    Heir,
    /// Choose whether the room does not wait for them.
    Spare(bool),
    /// Take their chat and reactions away, or give them back.
    Mute(bool),
    /// Send them out.
    Kick,
    /// Send them out for good.
    Ban,
    /// Write to them.
    Mention,
}

/// Something worth a line for some seconds.
#[derive(Debug, Clone, PartialEq)]
pub struct Toast {
    /// What.
    pub said: Said,
    /// Until when.
    pub until: LocalTime,
}

/// What a toast says.
#[derive(Debug, Clone, PartialEq)]
pub enum Said {
    /// Something was not done.
    Why(Why),
    /// Something was not done, and pressing again asks the admins.
    AskAgain(Why),
    /// A notice of the app.
    Notice(Notice),
    /// The admins were asked for this.
    Asked(PermissionRequest),
    /// This was copied.
    Copied(String),
    /// A paste of so many lines became one.
    Pasted(usize),
    /// The line of chat has no link.
    NoLink,
    /// Nothing is chosen, or there is nothing to choose.
    NothingChosen,
    /// The address given is none.
    BadAddress,
    /// The name given cannot be a room's.
    BadRoom,
    /// The name given is none that a member may have.
    BadName(TextError),
    /// The member counts as away now, or as back.
    Away(bool),
}

/// The screen.
#[derive(Debug, Clone)]
pub struct Screen {
    /// What it was started with.
    pub config: ScreenConfig,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// Where keys go.
    pub focus: Focus,
    /// The pane that had the focus last.
    last_pane: Focus,
    /// What lies over the panes, the uppermost last.
    pub overlays: Vec<Overlay>,
    /// The line.
    pub line: Editor,
    history: History,
    /// What Tab would write, and which of it was written.
    pub completion: Option<complete::Completion>,
    /// Chat and what happened.
    pub log: Log,
    /// Reactions.
    pub flying: Flying,
    /// Where in the film people reacted.
    pub heat: Heat,
    /// The notice that stands.
    pub toast: Option<Toast>,
    queue_at: Option<EntryId>,
    member_at: Option<MemberId>,
    /// The live rooms.
    pub gallery: Gallery,
    /// What the member was not allowed and can ask for, and when: a second press asks.
    refused: Option<ask::Refused>,
    /// Since when the connection is away.
    pub lost_since: Option<LocalTime>,
    /// What the goodbye tells.
    pub tally: Tally,
    /// Whether a room is being entered: then what is there already is no news.
    pub(super) arriving: bool,
    /// The room whose log this is, with its server.
    place: Option<String>,
    /// When that room was created: another one may have its name later.
    created: Option<RoomTime>,
    /// Which video was on at last.
    film: Option<Epoch>,
    /// Whether it stood at last.
    paused: Option<bool>,
    /// The entries of the queue that are known.
    known_entries: Vec<EntryId>,
    /// When it is to be looked at again.
    due: Option<LocalTime>,
}

impl Screen {
    /// A screen before its first event.
    #[must_use]
    pub fn new(config: ScreenConfig, server: &str) -> Self {
        Self {
            config,
            size: (80, 24),
            focus: Focus::Line,
            last_pane: Focus::Chat,
            overlays: Vec::new(),
            line: Editor::default(),
            history: History::default(),
            completion: None,
            log: Log::default(),
            flying: Flying::default(),
            heat: Heat::default(),
            toast: None,
            queue_at: None,
            member_at: None,
            gallery: Gallery::new(server),
            refused: None,
            lost_since: None,
            tally: Tally::default(),
            arriving: false,
            place: None,
            created: None,
            film: None,
            paused: None,
            known_entries: Vec::new(),
            due: None,
        }
    }

    /// What takes the keys, if something lies over the panes.
    #[must_use]
    pub fn overlay(&self) -> Option<&Overlay> {
        self.overlays.last()
    }

    /// Whether the gallery is open, perhaps under something else.
    #[must_use]
    pub fn shows_gallery(&self) -> bool {
        self.overlays.contains(&Overlay::Gallery)
    }

    fn say(&mut self, said: Said, now: LocalTime) {
        let until = now + TOAST_TIME;
        self.toast = Some(Toast { said, until });
    }

    fn focus_on(&mut self, focus: Focus) {
        if self.focus != Focus::Line {
            self.last_pane = self.focus;
        }
        if focus != Focus::Line {
            self.last_pane = focus;
        }
        if self.focus == Focus::Chat && focus != Focus::Chat {
            self.log.release();
        }
        self.focus = focus;
    }
}

impl App {
    /// The screen, if there is one.
    #[must_use]
    pub fn screen(&self) -> Option<&Screen> {
        self.screen.as_deref()
    }

    /// The time of the last event, by the client's own clock: what is drawn, is drawn of it.
    #[must_use]
    pub const fn local_now(&self) -> LocalTime {
        self.now.local
    }

    /// Shows a notice for some seconds.
    pub(in crate::app) fn say(&mut self, said: Said) {
        let now = self.now.local;
        if let Some(screen) = self.screen.as_mut() {
            screen.say(said, now);
        }
    }
}

#[cfg(test)]
pub(crate) mod tests;
