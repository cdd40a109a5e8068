//! What a client is started with.

use super::appearance::Appearance;
use super::keys::own::KeyMap;
use super::osd_level::OsdLevel;
use super::preferences::ScreenPreferences;
use crate::app::own_reactions::OwnReactions;
use crate::doctor::system::System;
use crate::media::Media;
use crate::media::policy::Privacy;
use crate::protocol::ids::RoomId;
use crate::protocol::invite::Invite;
use crate::protocol::secret::{InviteToken, Password};
use crate::protocol::text::MemberName;
use crate::sync::follow::FollowConfig;
use crate::system_fault::SystemFault;
use crate::texts::language::Language;
use crate::wire::message::Create;

/// What the member is called who gave no name and has no login name that would do.
pub const NAMELESS: &str = MemberName::NAMELESS;

/// How a client takes part in a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attendance {
    /// As a member with a player.
    WithPlayer,
    /// As a member without one.
    WithoutPlayer,
    /// As nobody: it only watches a public room from outside.
    Observing,
}

impl Attendance {
    /// Whether a player is used at all.
    #[must_use]
    pub const fn has_player(self) -> bool {
        matches!(self, Self::WithPlayer)
    }

    /// Whether it is nobody in the room.
    #[must_use]
    pub const fn observes(self) -> bool {
        matches!(self, Self::Observing)
    }
}

/// What a client is started with. The server and the room change with `/join`.
#[derive(Debug, Clone, PartialEq)]
pub struct AppConfig {
    /// The server's address, `http://host[:port]` or `https://...`, without a last slash.
    pub server: String,
    /// The room to join first, or to suggest in the gallery.
    pub room: RoomId,
    /// What the member wrote in the place of that room's name, if the name was made from it.
    pub written_room: Option<String>,
    /// The name wished for.
    pub name: MemberName,
    /// What that name was made from, if it was longer than names are and the member did not type it
    /// for this run: the login name, or one that was kept.
    pub whole_name: Option<String>,
    /// The same name, if the member chose it for this run: it counts also in a room that
    /// remembers another.
    pub chosen_name: Option<MemberName>,
    /// Media to put on as soon as the room is joined (`--play`).
    pub play: Option<Media>,
    /// Whether that media waits in the lobby (`--wait`).
    pub waits: bool,
    /// The password of a private room, or the one to create it with, which makes it private.
    /// Goes to the first server only.
    pub password: Option<Password>,
    /// The token of the invite link that led here. Goes to the first room only.
    pub invite: Option<InviteToken>,
    /// How to create the room, should there be none.
    pub create: Create,
    /// Whether the room's links may lead into the member's own network.
    pub policy: Privacy,
    /// How it takes part.
    pub attendance: Attendance,
    /// Whether this is a terminal of another computer, whose display and sound are not there.
    pub over_ssh: bool,
    /// What this computer installs programs with.
    pub system: System,
    /// How the player is kept in step.
    pub follow: FollowConfig,
    /// Where the jitter between attempts to reconnect begins.
    pub seed: u64,
    /// Who can reach the server.
    pub reach: Reach,
    /// The address of the server that runs in this process, if one does.
    pub hosts: Option<String>,
    /// The options of `host` that start that server so again, such as `--port 18975`.
    pub hosts_with: Vec<String>,
    /// Why that server does not keep its rooms; `None` if it does.
    pub unkept: Option<Unkept>,
    /// Whether this is the client on the screen of `watchtogether demo`: the first server goes with it.
    pub demo: bool,
    /// The language of the texts that this member reads.
    pub language: Language,
    /// The emoji on the keys 1 to 5.
    pub reactions: OwnReactions,
    /// What stands over the picture, and whether keys are taken in the player's window.
    pub video: VideoConfig,
    /// The screen, if the member is to have one.
    pub screen: Option<ScreenConfig>,
}

/// What the player's window is started with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VideoConfig {
    /// How much is shown over the picture.
    pub osd: OsdLevel,
    /// Whether keys that have no stronger binding are taken in the window.
    pub takes_keys: bool,
}

impl Default for VideoConfig {
    fn default() -> Self {
        Self {
            osd: OsdLevel::Full,
            takes_keys: true,
        }
    }
}

/// Why the server in this process does not keep its rooms for the next time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unkept {
    /// Another process on this computer has the kept rooms open.
    InUse,
    /// There is no state folder.
    NoFolder,
    /// The kept rooms cannot be opened.
    Unusable {
        /// The path of their file or folder.
        path: String,
        /// What is wrong with it.
        fault: KeptFault,
    },
}

/// What is wrong with the rooms that are kept on this computer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeptFault {
    /// The file is damaged, or another program's.
    Damaged,
    /// A later version wrote the file.
    Newer,
    /// The file can be neither read nor written at the moment.
    Away,
    /// The system does not give it.
    System(SystemFault),
}

/// Who can reach the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// Whoever can: it runs elsewhere.
    Remote,
    /// Only this computer can reach it, for this reason.
    OnlyHere(OnlyHere),
    /// It runs in this process, and others reach it by a tunnel or a proxy that leads to its port.
    Tunnelled,
    /// It runs in this process, and the local network can reach it.
    Lan {
        /// Invite links that work there.
        invites: Vec<String>,
    },
}

/// Why only this computer can reach a server: it decides what the member is advised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnlyHere {
    /// It runs in this process, and was not asked to be on the local network.
    NotAsked,
    /// It runs in this process and was to be on the local network, but there is none.
    NoNetwork,
    /// Somebody else started it, and its address leads nowhere else.
    NotOurs,
}

impl Reach {
    /// The server's first address on the local network, if it is there.
    pub(super) fn lan_server(&self) -> Option<String> {
        let Self::Lan { invites } = self else {
            return None;
        };
        let invite = Invite::parse(invites.first()?).ok()?;
        Some(invite.server.as_str().to_owned())
    }
}

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
    /// Whether the space bar pauses while the line is empty.
    pub space_pauses: bool,
    /// Whether the terminal's bell rings.
    pub bell: bool,
    /// Whether the terminal is asked to show a notification.
    pub notify: bool,
    /// Whether what mpv needs for YouTube was found on this machine.
    pub plays_youtube: bool,
    /// What the member chose of the screen before.
    pub preferences: ScreenPreferences,
    /// Whether the mouse is used.
    pub mouse: bool,
    /// The keys.
    pub keys: KeyMap,
    /// How it looks at first; without colours words and shapes say everything.
    pub appearance: Appearance,
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
            preferences: ScreenPreferences::default(),
            mouse: true,
            keys: KeyMap::default(),
            appearance: Appearance::default(),
        }
    }
}
