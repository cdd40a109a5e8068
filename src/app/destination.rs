//! A room on a server, and with what the client goes there: the password, the tokens, how the
//! room is made if there is none, and the invite that leads others to it.

use super::config::{AppConfig, Reach};
use super::effect::Effect;
use super::hosting::Hosting;
use super::room_tokens::{KeptRoom, RoomTokens};
use crate::app::written_room::WrittenRoom;
use crate::protocol::command::Command;
use crate::protocol::ids::{LogId, Rev, RoomId};
use crate::protocol::invite::{Invite, RoomTarget, invite_link};
use crate::protocol::member::Visibility;
use crate::protocol::secret::{InviteToken, Password};
use crate::protocol::text::{MemberName, Title};
use crate::protocol::time::RoomTime;
use crate::wire::codec::PROTOCOL;
use crate::wire::message::{Create, Hello};

mod notices;

/// The longest token that is kept, in bytes. Ours have 32 digits; another server's may be
/// longer, but must still fit into a greeting and a file.
const MAX_TOKEN: usize = 256;

/// A room on a server, and with what the client goes there.
#[derive(Debug, Clone)]
pub(super) struct Destination {
    /// The server's address, `http://host[:port]` or `https://...`, without a last slash.
    server: String,
    /// The room's name.
    room: RoomId,
    /// What the member wrote, if the name was made from it.
    written: Option<String>,
    /// The password of a private room, or the one to create it with.
    password: Option<Password>,
    /// The token of the invite link, until the client is in the room.
    invite: Option<InviteToken>,
    /// Who can reach the server.
    reach: Reach,
    /// The server in this process, if one runs, wherever the client goes.
    hosting: Hosting,
    /// By which tokens the room knows the client.
    tokens: RoomTokens,
    /// How the member asked to create the room, should there be none.
    create: Create,
    /// Whether the member was asked, and goes there though it is not the private room that they were in.
    joins_open: bool,
    /// The command that puts media on as soon as the room is joined.
    play: Option<Command>,
}

/// What is remembered of the room that the client comes back to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RememberedRoom {
    /// The log whose events are known.
    pub(super) log: LogId,
    /// The last event known.
    pub(super) since: Rev,
    /// Who could find and enter it.
    pub(super) visibility: Visibility,
    /// The title it had. If the room is gone, it is made again with this title, unless the member
    /// asked for another.
    pub(super) title: Option<Title>,
}

impl Destination {
    /// The room that the client is started for.
    pub(super) fn first(config: &AppConfig) -> Self {
        Self {
            server: config.server.clone(),
            room: config.room.clone(),
            written: config.written_room.clone(),
            password: config.password.clone(),
            invite: config.invite.clone(),
            reach: config.reach.clone(),
            hosting: Hosting::of(config),
            tokens: RoomTokens::default(),
            create: config.create.clone(),
            joins_open: false,
            play: config.play.clone().map(|media| {
                if config.waits {
                    Command::PlayWaiting { media }
                } else {
                    Command::Play { media }
                }
            }),
        }
    }

    /// Another room, of this server or of the one that the invite names. No secret goes along but
    /// the invite's own.
    pub(super) fn other(&self, room: WrittenRoom) -> Self {
        let WrittenRoom {
            target,
            written,
            title,
        } = room;
        let (server, room, invite) = match target {
            RoomTarget::Room(room, token) => (self.server.clone(), room, token),
            RoomTarget::Invite(Invite {
                server,
                room,
                token,
            }) => (server.into(), room, token),
        };
        let reach = if server == self.server {
            self.reach.clone()
        } else {
            Reach::Remote
        };
        // What creates rooms on a server is nothing for another one.
        let key = self.create.key.clone().filter(|_| server == self.server);
        Self {
            server,
            room,
            written,
            password: None,
            invite,
            reach,
            hosting: self.hosting.clone(),
            tokens: RoomTokens::default(),
            create: Create {
                title,
                key,
                ..Create::default()
            },
            joins_open: false,
            play: None,
        }
    }

    /// The server's address, `http://host[:port]` or `https://...`, without a last slash.
    pub(super) fn server(&self) -> &str {
        &self.server
    }

    /// The room's name.
    pub(super) const fn room(&self) -> &RoomId {
        &self.room
    }

    /// Whether the server runs in this process.
    pub(super) fn is_hosted(&self) -> bool {
        self.hosting.is_at(&self.server)
    }

    /// Whether the room is the demo's, which goes with this client.
    pub(super) fn is_demo(&self) -> bool {
        self.hosting.is_demo_at(&self.server)
    }

    /// Whether nothing of the room stays once this client ends.
    pub(super) fn ends_with_client(&self) -> bool {
        self.is_demo() || (self.is_hosted() && !self.hosting.keeps_rooms())
    }

    /// The server in this process, if one runs.
    pub(super) const fn hosting(&self) -> &Hosting {
        &self.hosting
    }

    /// How the member asked to create the room, should there be none.
    pub(super) const fn asked_creation(&self) -> &Create {
        &self.create
    }

    /// Whether the client goes there with a password.
    pub(super) const fn has_password(&self) -> bool {
        self.password.is_some()
    }

    /// Goes there with this password from now on.
    pub(super) fn set_password(&mut self, password: Password) {
        self.password = Some(password);
        self.invite = None;
    }

    /// Goes there though the room is not the private one that the member was in: what opened that one
    /// stays here.
    pub(super) fn join_open(&mut self) {
        self.joins_open = true;
        self.password = None;
    }

    /// The invite is not needed any more: the client comes back by its token, or the room that it
    /// leads to is not there. Returns whether there was one.
    pub(super) fn drop_invite(&mut self) -> bool {
        self.invite.take().is_some()
    }

    /// The room's visibility has changed, and its password with it. Returns the order to keep how
    /// the room is, for making it again.
    pub(super) fn note_visibility(&mut self, visibility: Visibility) -> Option<Effect> {
        self.password = None;
        let token = self.tokens.resume.clone()?;
        let created = self.tokens.created.unwrap_or_default();
        self.keep_token(KeptRoom {
            token,
            visibility,
            created,
            other: self.tokens.other.clone(),
        })
    }

    /// Creates the room with this password or key from now on, should there be none.
    pub(super) fn set_create_key(&mut self, key: Password) {
        self.create.key = Some(key);
    }

    /// The command that puts media on in the room, once: it is given when the room is joined.
    pub(super) const fn take_play(&mut self) -> Option<Command> {
        self.play.take()
    }

    /// This room, to come back to: what was asked for at the start was asked for once.
    pub(super) fn into_way_back(self) -> Self {
        let key = self.create.key;
        Self {
            create: Create {
                key,
                ..Create::default()
            },
            play: None,
            ..self
        }
    }

    /// The greeting of a member who goes there by this name.
    pub(super) fn hello(
        &self,
        name: MemberName,
        has_player: bool,
        remembered: Option<&RememberedRoom>,
    ) -> Hello {
        Hello {
            protocol: PROTOCOL,
            room: self.room.clone(),
            name,
            password: self.password.clone(),
            invite: self.invite.clone(),
            resume: self.tokens.resume.clone(),
            token: self.tokens.chosen.clone(),
            log: remembered.map(|room| room.log.clone()),
            since: remembered.map(|room| room.since),
            create: self.creation(remembered),
            has_player,
        }
    }

    /// How the room is made, should there be none: as the member asked for it, else as it was
    /// when they were in it. A password makes it private.
    pub(super) fn creation(&self, remembered: Option<&RememberedRoom>) -> Create {
        let was = remembered
            .map(|room| room.visibility)
            .or(self.tokens.visibility);
        let visibility = match self.create.visibility {
            _ if self.password.is_some() => Visibility::Private,
            Visibility::Public if self.joins_open => Visibility::Public,
            Visibility::Public => was.unwrap_or_default(),
            asked => asked,
        };
        let title = self.create.title.clone();
        Create {
            title: title.or_else(|| remembered.and_then(|room| room.title.clone())),
            visibility,
            key: self.create.key.clone(),
            only_private: was == Some(Visibility::Private) && !self.joins_open,
        }
    }

    /// The order to look up what is kept of this room.
    pub(super) fn find_token(&self) -> Effect {
        Effect::FindToken {
            server: self.server.clone(),
            room: self.room.clone(),
        }
    }

    /// What is kept of this room was looked up in time. It counts before what was known of it.
    pub(super) fn tokens_found(&mut self, found: RoomTokens) {
        self.tokens = found.or(std::mem::take(&mut self.tokens));
    }

    /// What is kept of this room was looked up late: what the room has sent meanwhile counts
    /// before it.
    pub(super) fn tokens_found_late(&mut self, found: RoomTokens) {
        self.tokens = std::mem::take(&mut self.tokens).or(found);
    }

    /// Goes there as somebody whom the room does not know. What is kept stays kept.
    pub(super) fn drop_tokens(&mut self) {
        self.tokens = RoomTokens::default();
    }

    /// When the room was created of which the client last was a member, if that is known.
    pub(super) const fn created_before(&self) -> Option<RoomTime> {
        self.tokens.created
    }

    /// Comes back with this token from now on. Returns the order to keep it and how the room is, if
    /// that is new and the token is one that can be kept.
    pub(super) fn keep_token(&mut self, mut kept: KeptRoom) -> Option<Effect> {
        let server = self.server.as_str();
        kept.other = kept.other.filter(|it| it.may_get_tokens_of(server));
        let token = kept.token.as_str();
        let fits = (1..=MAX_TOKEN).contains(&token.len());
        let is_sound = fits && token.chars().all(|c| c.is_ascii_graphic());
        let known = &self.tokens;
        let is_known = known.resume.as_deref() == Some(token)
            && known.visibility == Some(kept.visibility)
            && known.created == Some(kept.created)
            && known.other == kept.other;
        if !is_sound || is_known {
            return None;
        }
        let is_unused = |chosen: &String| chosen != token;
        self.tokens = RoomTokens {
            resume: Some(token.to_owned()),
            chosen: self.tokens.chosen.take().filter(is_unused),
            visibility: Some(kept.visibility),
            created: Some(kept.created),
            other: kept.other.clone(),
            trusts_links: self.tokens.trusts_links,
        };
        Some(Effect::KeepToken {
            server: self.server.clone(),
            room: self.room.clone(),
            kept,
        })
    }

    /// The next hello comes in as somebody new, in this run of the client and, by the order that
    /// is returned, in the next.
    pub(super) fn forget_token(&mut self) -> Effect {
        self.tokens.resume = None;
        Effect::ForgetToken {
            server: self.server.clone(),
            room: self.room.clone(),
        }
    }

    /// The link that leads others here.
    pub(super) fn invite(&self, public_url: Option<&str>) -> String {
        invite(&self.server, &self.room, &self.reach, public_url)
    }
}

/// The link that leads others to a room: by the server's own word (`public_url`), else by its
/// address on the local network, else by the address that this client uses.
pub(super) fn invite(
    server: &str,
    room: &RoomId,
    reach: &Reach,
    public_url: Option<&str>,
) -> String {
    let lan = reach.lan_server();
    let server = public_url.or(lan.as_deref()).unwrap_or(server);
    invite_link(server, room)
}
