//! Coming into a room, for the first time or again: what the member is told, and which
//! commands are sent again.

use super::App;
use super::config::Reach;
use super::effect::Effect;
use super::input::Origin;
use super::link::Stage;
use super::playback::PlaybackInput;
use super::room_tokens::RoomTokens;
use super::session::Session;
use super::told::{ConnectionView, Notice, Told};
use crate::protocol::command::Command;
use crate::protocol::ids::{ChatId, Seq};
use crate::protocol::invite::ServerUrl;
use crate::protocol::member::{Member, Visibility};
use crate::protocol::text::clean;
use crate::room::likeness::AdminLikenesses;
use crate::room::state::RoomState;
use crate::wire::message::{CatchUp, ClientMsg, Create, HealthDigest, Welcome};

/// The longest token that is kept, in bytes. Ours have 32 digits; another server's may be
/// longer, but must still fit into a greeting and a file.
const MAX_TOKEN: usize = 256;

impl App {
    /// The client is in the room, for the first time or again.
    pub(super) fn welcome(&mut self, welcome: Welcome) {
        if self.link.stage() != Stage::Greeting {
            return;
        }
        let now = self.now.local;
        self.link.enter(Stage::Joined(now), now);
        let token = welcome.resume.clone();
        let before = self.session.take();
        let same_node = before.as_ref().is_some_and(|b| b.node == welcome.node);
        let again = before.filter(|before| is_same_member(before, &welcome));
        let is_again = again.is_some();
        self.tell_connection(ConnectionView::Connected);
        self.drive_playback(PlaybackInput::Connected { same_node });
        self.enter(welcome, again);
        self.keep_token(&token);
        if is_again {
            self.send_again();
        } else {
            self.begin_as_new_member();
        }
        self.joined_once = true;
        self.fallback = None;
        self.drive_playback(PlaybackInput::Joined);
    }

    fn keep_token(&mut self, token: &str) {
        let fits = (1..=MAX_TOKEN).contains(&token.len());
        let sound = fits && token.chars().all(|c| c.is_ascii_graphic());
        let visibility = self.room().map(|room| room.visibility).unwrap_or_default();
        let known = self.tokens.resume.as_deref() == Some(token)
            && self.tokens.visibility == Some(visibility);
        if sound && !known {
            let unused = |chosen: &String| chosen != token;
            self.tokens = RoomTokens {
                resume: Some(token.to_owned()),
                chosen: self.tokens.chosen.take().filter(unused),
                visibility: Some(visibility),
            };
            self.effects.push(Effect::KeepToken {
                server: self.config.server.clone(),
                room: self.config.room.clone(),
                token: token.to_owned(),
                visibility,
            });
        }
    }

    /// Takes over what the welcome brings. `again` is what the same member knew before.
    fn enter(&mut self, welcome: Welcome, again: Option<Session>) {
        let (whole, facts) = match welcome.catch_up {
            CatchUp::State(state) => (Some(*state), Vec::new()),
            CatchUp::Events(facts) => (None, facts),
        };
        let (known, told_chat) = match again {
            Some(again) => (Some(again.state), again.told_chat),
            None => (None, ChatId::default()),
        };
        let is_whole = whole.is_some();
        if known.is_none() {
            // Another room's videos are others, even where they have the same numbers.
            self.drive_playback(PlaybackInput::LeftRoom);
        }
        // Only a broken server sends a newcomer events instead of the state.
        let stale = !is_whole && known.is_none();
        let empty = || RoomState::new(self.config.room.clone());
        let current = whole.or_else(|| known.clone()).unwrap_or_else(empty);
        self.session = Some(Session {
            me: welcome.you,
            log: welcome.log,
            node: welcome.node,
            state: current,
            public_url: welcome.public_url.and_then(|url| checked(&url)),
            told_chat,
            stale,
            health: HealthDigest::default(),
            admins: AdminLikenesses::default(),
            removal: None,
        });
        if known.is_none() {
            self.tell_joined(welcome.created);
        }
        if stale {
            self.send(ClientMsg::State);
        } else if is_whole {
            self.adopt(known.as_ref());
        } else {
            self.events(&facts, true);
            self.drive_playback(PlaybackInput::TimelineChanged { own: false });
        }
    }

    fn tell_joined(&mut self, created: bool) {
        let wished = self.config.name.clone();
        let me = self.me();
        let name = me.map_or_else(|| wished.clone(), |me| me.name.clone());
        let role = me.map(Member::power).unwrap_or_default();
        let Some(id) = self.session.as_ref().map(|session| session.me) else {
            return;
        };
        self.tell(Told::Joined {
            room: self.config.room.clone(),
            id,
            name: name.clone(),
            role,
            server: self.config.server.clone(),
        });
        let is_private = self.room().map(|room| room.visibility) == Some(Visibility::Private);
        if created {
            // An invite to a room that only this computer reaches would lead nowhere.
            if self.config.reach != Reach::OnlyHere {
                let invite = self.invite();
                self.notice(Notice::RoomCreated { invite });
            }
            if is_private && self.config.create.visibility != Visibility::Private {
                self.notice(Notice::MadePrivate);
            }
        } else if !self.joined_once {
            if self.config.create != Create::default() {
                self.notice(Notice::AlreadyExists);
            }
            if self.config.password.is_some() && !is_private {
                self.notice(Notice::PasswordUnused);
            }
        }
        if name != wished && !self.is_called_otherwise() {
            self.notice(Notice::NameChanged { name });
        }
    }

    /// Sends what is unanswered once more, by its old numbers: the room counts it once.
    fn send_again(&mut self) {
        let answered = self.highest_answered();
        self.lines.continue_after(answered);
        for (seq, command) in self.lines.under_way() {
            self.send(ClientMsg::Command { seq, command });
        }
    }

    /// What was under way belonged to somebody else, or to a room that is no more.
    fn begin_as_new_member(&mut self) {
        self.abandon_commands();
        let answered = self.highest_answered();
        self.lines.begin_after(answered);
        self.answer_join();
        self.take_chosen_name();
        if let Some(media) = self.config.play.take() {
            self.command(Command::Play { media }, Origin::Start);
        }
    }

    fn highest_answered(&self) -> Seq {
        let answered = self.me().map(|me| me.answered.as_slice());
        let seqs = answered.unwrap_or_default().iter().map(|(seq, _)| *seq);
        seqs.max().unwrap_or_default()
    }
}

/// Whether a welcome is for the member that we were. A room that was created anew gives the
/// same numbers to other people.
fn is_same_member(before: &Session, welcome: &Welcome) -> bool {
    let same_room = match &welcome.catch_up {
        CatchUp::Events(_) => true,
        CatchUp::State(state) => state.created == before.state.created,
    };
    same_room && before.me == welcome.you
}

/// The address that a server gives for itself, if it is one.
fn checked(url: &str) -> Option<String> {
    let url = ServerUrl::parse(&clean(url, 2_048)).ok()?;
    Some(url.as_str().to_owned())
}
