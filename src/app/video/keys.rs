//! What the keys of the window do.

use super::Video;
use super::content::Shown;
use super::input::VideoView;
use super::output::VideoOutput;
use super::scene::{LineContent, ReadyHint, WindowOrder};
use super::written_line::{AfterKey, WrittenLine};
use crate::app::asking::Press;
use crate::app::command::{self, ClientCommand, ParsedLine};
use crate::app::output::{Notice, Why, WindowNotice};
use crate::app::own_keys::emoji_named;
use crate::protocol::command::{Command, PermissionRequest};
use crate::room::roles;
use crate::sync::player::{LineKey, WindowKey, WindowKeys};

impl Video {
    /// A key was pressed in the window.
    pub(super) fn on_key(&mut self, key: &WindowKey, view: &VideoView<'_>) {
        match key {
            // Before the film the key that would ask for its start says that one is ready for it.
            WindowKey::Pause if self.ready_hint(view) == ReadyHint::Key && view.lobby.is_some() => {
                self.toggle_ready(view);
            }
            WindowKey::Pause => {
                // The terminal says it too, once: who looks there reads why nothing happened.
                if let Some((Press::Denied, why)) = self.want_pause(view) {
                    let notice = Notice::ActionUndone(why);
                    self.out.push(VideoOutput::Notice(notice));
                }
            }
            WindowKey::React(number) => self.react(*number, view),
            WindowKey::Write => self.begin_line(view),
            WindowKey::SyncState => self.out.push(VideoOutput::AskSyncState),
            WindowKey::Line(key) => self.on_line_key(key, view),
        }
    }

    /// The player takes all that is typed from now on, until it is told otherwise.
    fn begin_line(&mut self, view: &VideoView<'_>) {
        self.keys = None;
        if view.is_joined {
            self.written.get_or_insert_default();
        } else {
            self.show_not_connected(view);
        }
    }

    /// Takes the keys that the member's role and the written line ask for.
    pub(super) fn order_keys(&mut self, view: &VideoView<'_>) {
        if !self.takes_keys {
            return;
        }
        let keys = WindowKeys {
            takes_pause: view.is_joined && denial(&Command::Pause { mark: None }, view).is_some(),
            writes: self.written.is_some(),
        };
        if self.keys != Some(keys) {
            self.keys = Some(keys);
            self.out.push(VideoOutput::Order(WindowOrder::Keys(keys)));
        }
    }

    /// The member wants to pause, or to play on, and may not: says so, and the second time asks the
    /// admins. `None` if nothing plays, or they may.
    pub(super) fn want_pause(&mut self, view: &VideoView<'_>) -> Option<(Press, Why)> {
        let room = view.room.filter(|room| room.timeline.playing.is_some())?;
        let command = if room.timeline.segment.paused {
            Command::Resume { mark: None }
        } else {
            Command::Pause { mark: None }
        };
        let request = PermissionRequest::of(&command)?;
        let why = denial(&command, view)?;
        let press = view.asking.press(&request, view.now);
        let noted = request.clone();
        self.out.push(VideoOutput::Pressed(noted, press));
        if press == Press::Denied {
            self.add(Shown::own(LineContent::AskAgain(why.clone())), view.now);
            return Some((press, why));
        }
        if press == Press::Asks {
            let request = request.clone();
            self.out
                .push(VideoOutput::Command(Command::Ask { request }));
        }
        self.lines.retain(|line| !line.content.is_about_asking());
        self.add(Shown::own(LineContent::Asked(request)), view.now);
        Some((press, why))
    }

    /// How the member says over the picture that they are ready.
    pub(super) fn ready_hint(&self, view: &VideoView<'_>) -> ReadyHint {
        if !self.takes_keys {
            ReadyHint::Terminal
        } else if denial(&Command::Pause { mark: None }, view).is_some() {
            ReadyHint::Key
        } else {
            ReadyHint::Line
        }
    }

    /// The member is ready for the start, or is not any more.
    fn toggle_ready(&mut self, view: &VideoView<'_>) {
        let ready = view.me.is_some_and(|me| !me.flags.ready);
        let command = Command::SetReady { ready };
        self.out.push(VideoOutput::Command(command));
    }

    fn react(&mut self, number: u8, view: &VideoView<'_>) {
        match view.reactions.get(number).cloned() {
            Some(emoji) if view.is_joined => {
                self.out
                    .push(VideoOutput::Command(Command::React { emoji }));
            }
            Some(_) => self.show_not_connected(view),
            None => {}
        }
    }

    fn on_line_key(&mut self, key: &LineKey, view: &VideoView<'_>) {
        let Some(line) = &mut self.written else {
            return;
        };
        match line.key(key) {
            AfterKey::Writing => {}
            AfterKey::Closed => self.written = None,
            AfterKey::Sent(text) => self.send(&text, view),
        }
    }

    /// Sends what was written. What cannot be read, or is for the terminal, stays in the line.
    fn send(&mut self, text: &str, view: &VideoView<'_>) {
        if !view.is_joined {
            return self.show_not_connected(view);
        }
        match command::parse(text) {
            Err(why) => self.add(Shown::own(LineContent::Why(why)), view.now),
            Ok(ParsedLine::Room(command)) if !is_asked_about(&command) => {
                self.written = None;
                self.out.push(VideoOutput::Command(command));
            }
            Ok(ParsedLine::Client(ClientCommand::ReactEmote(name))) => {
                match emoji_named(view.room, &name) {
                    Ok(emoji) => {
                        self.written = None;
                        self.out
                            .push(VideoOutput::Command(Command::React { emoji }));
                    }
                    Err(why) => self.add(Shown::own(LineContent::Why(why)), view.now),
                }
            }
            Ok(ParsedLine::Client(ClientCommand::Osd(Some(level)))) => {
                self.written = None;
                self.choose_level(level, view);
            }
            Ok(_) => {
                let notice = Notice::Window(WindowNotice::OnlyInTerminal);
                self.add(Shown::notice(notice), view.now);
            }
        }
    }

    /// What was given over the picture came to nothing: says why, and gives a message back to its
    /// writer, unless another one is being written.
    pub(super) fn refused(&mut self, command: Command, why: Why, view: &VideoView<'_>) {
        self.add(Shown::own(LineContent::Why(why)), view.now);
        if let Command::Chat { text } = command {
            let line = || WrittenLine::of(text.as_str());
            self.written.get_or_insert_with(line);
        }
    }

    fn show_not_connected(&mut self, view: &VideoView<'_>) {
        let why = Why::NotConnected { pausing: false };
        self.add(Shown::own(LineContent::Why(why)), view.now);
    }
}

/// Why the member may not give a command; `None` if they may, or there is no room to ask.
fn denial(command: &Command, view: &VideoView<'_>) -> Option<Why> {
    let (me, room) = view.me.zip(view.room)?;
    let denied = roles::check_command(command, me, &room.roster).err()?;
    Some(Why::Denied(denied))
}

/// Whether the terminal asks before it does this, or answers there with a page.
const fn is_asked_about(command: &Command) -> bool {
    matches!(
        command,
        Command::Kick { .. }
            | Command::Ban { .. }
            | Command::EraseAll { .. }
            | Command::Close
            | Command::ListInvites
    )
}

impl LineContent {
    /// Whether it says that a key asks, or has asked, the admins.
    const fn is_about_asking(&self) -> bool {
        matches!(self, Self::AskAgain(_) | Self::Asked(_))
    }
}
