//! What the keys of the window do.

use std::mem::discriminant;

use super::Video;
use super::content::Shown;
use super::input::VideoView;
use super::output::VideoOutput;
use super::scene::{LineContent, ReadyHint, WindowOrder};
use super::written_line::{AfterKey, WrittenLine};
use crate::app::asking::Press;
use crate::app::command::{self, ClientCommand, ParsedLine, Setting};
use crate::app::lines::RefusedLine;
use crate::app::osd_level::OsdLevel;
use crate::app::output::{Notice, Why, WindowNotice};
use crate::protocol::command::{Command, PermissionRequest};
use crate::room::roles;
use crate::sync::player::{LineKey, WindowKey, WindowKeys};

impl Video {
    /// A key was pressed in the window.
    pub(super) fn on_key(&mut self, key: &WindowKey, view: &VideoView<'_>) {
        match key {
            // Before the film the key says that one is ready for it, whoever one is.
            WindowKey::Pause if view.lobby.is_some() => self.toggle_ready(view),
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
            takes_pause: view.is_joined && Self::takes_pause(view),
            writes: self.written.is_some(),
        };
        if self.keys != Some(keys) {
            self.keys = Some(keys);
            self.out.push(VideoOutput::Order(WindowOrder::Keys(keys)));
        }
    }

    /// Whether the key that pauses is not the player's own: before the film it says that the member
    /// is ready, and who may not pause asks by it.
    fn takes_pause(view: &VideoView<'_>) -> bool {
        view.lobby.is_some() || denial(&Command::Pause { mark: None }, view).is_some()
    }

    /// The member wants to pause, or to play on, and may not: says so, and the second time asks the
    /// admins. `None` if nothing plays, or they may.
    pub(super) fn want_pause(&mut self, view: &VideoView<'_>) -> Option<(Press, Why)> {
        let room = view.room.filter(|room| room.timeline.playing.is_some())?;
        let command = if room.timeline.segment.paused || room.timeline.finished {
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
    pub(super) const fn ready_hint(&self) -> ReadyHint {
        if self.takes_keys {
            ReadyHint::Key
        } else {
            ReadyHint::Terminal
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
            AfterKey::Sent(text) => self.send(text, view),
        }
    }

    /// Sends what was written. What cannot be read, or is for the terminal, stays in the line.
    fn send(&mut self, text: String, view: &VideoView<'_>) {
        let parsed = match command::parse(&text) {
            Ok(parsed) => parsed,
            Err(why) => return self.refuse(why, view),
        };
        // Trying again at once is what helps.
        let connects = parsed == ParsedLine::Client(ClientCommand::Retry);
        if !view.is_joined && !connects {
            return self.show_not_connected(view);
        }
        if is_for_terminal(&parsed) {
            let notice = Notice::Window(WindowNotice::OnlyInTerminal);
            self.add(Shown::reply(LineContent::Notice(notice.clone())), view.now);
            self.say_unseen(notice);
            return;
        }
        self.written = None;
        self.unanswered += 1;
        self.out.push(VideoOutput::Line { text, parsed });
    }

    /// A line that was written here has its answer. One that came to nothing goes back to its
    /// writer: into the line, or to the terminal if another is being written, or none can be.
    pub(super) fn line_answered(
        &mut self,
        answer: Result<String, RefusedLine>,
        view: &VideoView<'_>,
    ) {
        self.unanswered = self.unanswered.saturating_sub(1);
        let RefusedLine { text, why } = match answer {
            Err(refused) => refused,
            Ok(text) => {
                if command::parse(&text).is_ok_and(|parsed| is_silent(&parsed)) {
                    self.add(Shown::own(LineContent::Done(text)), view.now);
                }
                return;
            }
        };
        let has_place = self.draws && self.written.is_none();
        match text {
            Some(text) if has_place => self.written = Some(WrittenLine::of(&text)),
            Some(text) => {
                self.out.push(VideoOutput::GiveBack(text));
                let notice = Notice::ActionUndone(why.clone());
                self.out.push(VideoOutput::Notice(notice));
                return self.add(Shown::reply(LineContent::Why(why)), view.now);
            }
            None => {}
        }
        self.refuse(why, view);
    }

    /// Says why something that was pressed or written here came to nothing.
    pub(super) fn refuse(&mut self, why: Why, view: &VideoView<'_>) {
        self.add(Shown::reply(LineContent::Why(why.clone())), view.now);
        self.say_unseen(Notice::ActionUndone(why));
    }

    /// Says in the terminal what answers the member, and is not or might not be seen here.
    fn say_unseen(&mut self, notice: Notice) {
        if !self.draws || self.level == OsdLevel::Off {
            self.out.push(VideoOutput::Notice(notice));
        }
    }

    fn show_not_connected(&mut self, view: &VideoView<'_>) {
        self.refuse(Why::NotConnected { pausing: false }, view);
    }
}

/// Why the member may not give a command; `None` if they may, or there is no room to ask.
fn denial(command: &Command, view: &VideoView<'_>) -> Option<Why> {
    let (me, room) = view.me.zip(view.room)?;
    let denied = roles::check_command(command, me, &room.roster).err()?;
    Some(Why::Denied(denied))
}

/// Whether a line is for the terminal: it asks before it does this, or answers with a page, a list or
/// a dialog of its own.
const fn is_for_terminal(parsed: &ParsedLine) -> bool {
    match parsed {
        ParsedLine::Empty => false,
        ParsedLine::Room(command) => matches!(
            command,
            Command::Kick { .. }
                | Command::Ban { .. }
                | Command::EraseAll { .. }
                | Command::Close
                | Command::ListInvites
        ),
        ParsedLine::Client(command) => matches!(
            command,
            ClientCommand::Join(_)
                | ClientCommand::MakePrivate
                | ClientCommand::Invite(_)
                | ClientCommand::Who
                | ClientCommand::Bans
                | ClientCommand::Help(_)
                | ClientCommand::Quit
                | ClientCommand::Show(_)
                | ClientCommand::Prefer(_)
                | ClientCommand::Theme(_)
                | ClientCommand::Tell(Setting::Theme)
        ),
    }
}

/// Whether nothing else says over the picture that a line was carried out.
const fn is_silent(parsed: &ParsedLine) -> bool {
    match parsed {
        ParsedLine::Empty => false,
        ParsedLine::Room(command) => matches!(
            command,
            Command::Add { .. }
                | Command::AddAll { .. }
                | Command::Ask { .. }
                | Command::Rename { .. }
                | Command::SetRole { .. }
                | Command::Mute { .. }
                | Command::Unban { .. }
                | Command::Erase { .. }
                | Command::RevokeInvite { .. }
                | Command::ExemptFromWait { .. }
        ),
        ParsedLine::Client(command) => matches!(
            command,
            ClientCommand::Playlist(_)
                | ClientCommand::Load(Some(_))
                | ClientCommand::Away
                | ClientCommand::Erase(_)
                | ClientCommand::Ask(_)
        ),
    }
}

impl LineContent {
    /// Whether it says that a key asks, or has asked, the admins.
    const fn is_about_asking(&self) -> bool {
        matches!(self, Self::AskAgain(_) | Self::Asked(_))
    }

    /// Whether it takes the place of an earlier line: a key that is held tells the volume each time.
    pub(super) fn replaces(&self, earlier: &Self) -> bool {
        match (self, earlier) {
            (Self::Notice(Notice::Own(now)), Self::Notice(Notice::Own(before))) => {
                discriminant(now) == discriminant(before)
            }
            _ => false,
        }
    }
}
