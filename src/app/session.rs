//! Speaking with the server: connecting, greeting, what it sends, and losing it.

use super::App;
use super::changes;
use super::effect::{Effect, Exit};
use super::event::{Closing, Disconnect};
use super::link::Stage;
use super::oversized;
use super::playback::PlaybackInput;
use super::room_tokens::RoomTokens;
use super::screen::ScreenInput;
use super::told::{ConnectionView, Notice, Removal, Told, Why};
use crate::protocol::denied::Refused;
use crate::protocol::ephemeral::MemberNotice;
use crate::protocol::event::{Fact, RoomEvent};
use crate::protocol::ids::{ChatId, LogId, MemberId, NodeId, Rev};
use crate::protocol::member::Member;
use crate::protocol::text::clean;
use crate::protocol::time::Span;
use crate::room::likeness::AdminLikenesses;
use crate::room::state::RoomState;
use crate::wire::codec::PROTOCOL;
use crate::wire::message::{ClientMsg, HealthDigest, Hello, Reason, ServerMsg};

/// The most characters of a server's own words that are shown.
const SERVER_WORDS: usize = 300;

/// What is known of a room that was joined.
#[derive(Debug, Clone)]
pub(super) struct Session {
    /// Who we are.
    pub(super) me: MemberId,
    pub(super) log: LogId,
    pub(super) node: NodeId,
    pub(super) state: RoomState,
    /// Where invites lead, if the server said so.
    pub(super) public_url: Option<String>,
    /// The last line of chat that the member was told.
    pub(super) told_chat: ChatId,
    /// Whether events are left aside until the whole state comes, after a gap.
    pub(super) stale: bool,
    pub(super) health: HealthDigest,
    /// What the admins' names look like; follows the roster after each event.
    pub(super) admins: AdminLikenesses,
    /// Who sent us out, if somebody did: the server closes the connection right after.
    pub(super) removal: Option<Removal>,
}

impl Session {
    /// Oneself, as the room knows it.
    pub(super) fn me(&self) -> Option<&Member> {
        self.state.roster.get(self.me)
    }

    /// Keeps what is worked out of the roster true to it.
    pub(super) fn follow_roster(&mut self) {
        self.admins.follow(&self.state.roster);
    }
}

impl App {
    /// Begins with a room: the kept token first.
    pub(super) fn start(&mut self) {
        self.link.enter(Stage::Finding, self.now.local);
        self.tell_connection(ConnectionView::Connecting {
            server: self.config.server.clone(),
        });
        self.effects.push(Effect::FindToken {
            server: self.config.server.clone(),
            room: self.config.room.clone(),
        });
    }

    /// What is kept of the room: now connect.
    pub(super) fn tokens_found(&mut self, found: Option<RoomTokens>) {
        if self.link.stage() == Stage::Finding {
            let known = std::mem::take(&mut self.tokens);
            self.tokens = found.unwrap_or_default().or(known);
            self.connect();
        }
    }

    /// Tries to connect.
    pub(super) fn connect(&mut self) {
        self.link.enter(Stage::Connecting, self.now.local);
        let server = self.config.server.clone();
        self.effects.push(Effect::Connect { server });
    }

    /// The connection stands: says who comes.
    pub(super) fn greet(&mut self) {
        if self.link.stage() != Stage::Connecting {
            return;
        }
        self.link.enter(Stage::Greeting, self.now.local);
        let session = self.session.as_ref();
        let hello = Hello {
            protocol: PROTOCOL,
            room: self.config.room.clone(),
            name: self.config.name.clone(),
            password: self.config.password.clone(),
            resume: self.tokens.resume.clone(),
            token: self.tokens.chosen.clone(),
            log: session.map(|session| session.log.clone()),
            since: session.map(|session| session.state.rev),
            create: self.creation(),
            has_player: self.config.has_player,
        };
        self.send(ClientMsg::Hello(Box::new(hello)));
    }

    /// A message of the server. Nothing is expected of one that was not greeted.
    pub(super) fn message(&mut self, message: ServerMsg) {
        if !matches!(self.link.stage(), Stage::Greeting | Stage::Joined(_)) {
            return;
        }
        self.link.hear(self.now.local);
        if oversized::is_oversized(&message) {
            self.leave_oversized();
            return;
        }
        match message {
            ServerMsg::Welcome(welcome) => self.welcome(*welcome),
            ServerMsg::Refused(reason) => self.refused(closing(reason)),
            ServerMsg::Error(reason) => self.notice(Notice::ServerError(cleaned(reason))),
            message if self.link.is_joined() => self.room_message(message),
            _ => {}
        }
        if self.link.is_joined() && self.room().is_some_and(oversized::is_too_large) {
            self.leave_oversized();
        }
    }

    fn room_message(&mut self, message: ServerMsg) {
        match message {
            ServerMsg::Events { events } => self.events(&events, false),
            ServerMsg::State { state } => self.state(*state),
            ServerMsg::Ok { seq, rev } => self.answered(seq, Ok(rev)),
            ServerMsg::Denied { seq, reason } => {
                let why = reason
                    .denied()
                    .map_or_else(|| Why::Unknown(cleaned(reason)), Why::Denied);
                self.answered(seq, Err(why));
            }
            ServerMsg::Pong { t0, t1, t2 } => {
                self.drive_playback(PlaybackInput::Pong { t0, t1, t2 });
            }
            ServerMsg::Reactions { reactions } => {
                for reaction in reactions {
                    self.tell(Told::Reaction(reaction));
                }
            }
            ServerMsg::Health(health) => {
                if let Some(session) = self.session.as_mut() {
                    session.health = health;
                }
            }
            // Why the own player failed was told in full when it did.
            ServerMsg::Notice(MemberNotice::PlaybackFailed { member, .. })
                if self.me().is_some_and(|me| me.id == member) => {}
            ServerMsg::Notice(MemberNotice::PlaybackFailed {
                name,
                code,
                retrying,
                ..
            }) => {
                self.notice(Notice::PlaybackFailed {
                    name,
                    code,
                    retrying,
                });
            }
            ServerMsg::Welcome(_) | ServerMsg::Refused(_) | ServerMsg::Error(_) => {}
        }
    }

    /// Applies what happened, in order. At a gap the whole state is asked for.
    pub(super) fn events(&mut self, facts: &[Fact], replayed: bool) {
        for fact in facts {
            let Some(session) = self.session.as_mut() else {
                return;
            };
            if session.stale || fact.rev <= session.state.rev {
                continue;
            }
            if fact.rev == session.state.rev.next() {
                self.apply(fact, replayed);
            } else {
                session.stale = true;
                self.send(ClientMsg::State);
            }
        }
    }

    fn apply(&mut self, fact: &Fact, replayed: bool) {
        let Some(session) = self.session.as_mut() else {
            return;
        };
        let before = changes::Before::of(&session.state, fact, session.me);
        session.state.apply(fact);
        let told = before.told(fact, &session.state, replayed);
        let own = fact.by == Some(session.me)
            && matches!(
                fact.event,
                RoomEvent::Retimed {
                    in_player: true,
                    ..
                }
            );
        let moved = before.timeline != session.state.timeline;
        if let RoomEvent::Chat(line) = &fact.event {
            session.told_chat = session.told_chat.max(line.id);
        }
        let me = session.me;
        let own_ban = matches!(&fact.event, RoomEvent::Banned { ban } if ban.member == me);
        for told in told {
            match told {
                Told::Notice(Notice::Jumped { who, from, to }) => self.jumped(who, from, to),
                Told::Notice(notice @ Notice::Waiting { .. }) => self.wait_began(notice),
                Told::Notice(notice @ Notice::WaitOver { .. }) => self.wait_ended(notice),
                // Told as the reason why the connection is closed.
                Told::Notice(Notice::Banned { .. }) if own_ban => {}
                Told::Removed(removal) if removal.id == me => self.removed(removal),
                told => self.tell(told),
            }
        }
        self.keep_name();
        if moved {
            self.drive_playback(PlaybackInput::TimelineChanged { own });
        }
    }

    /// Somebody sent us out.
    fn removed(&mut self, removal: Removal) {
        if let Some(session) = self.session.as_mut() {
            session.removal = Some(removal);
        }
    }

    /// Who sent us out, if it is that for which the server closes the connection.
    fn removed_by(&self, refused: &Refused) -> Option<Why> {
        if !matches!(refused, Refused::Kicked | Refused::Banned) {
            return None;
        }
        let removal = self.session.as_ref()?.removal.as_ref()?;
        Some(Why::Removed {
            by: removal.by.clone()?.name,
            is_banned: *refused == Refused::Banned,
        })
    }

    /// The whole state, asked for after a gap.
    fn state(&mut self, state: RoomState) {
        let Some(session) = self.session.as_mut() else {
            return;
        };
        if state.rev < session.state.rev {
            return;
        }
        session.stale = false;
        let before = std::mem::replace(&mut session.state, state);
        self.adopt(Some(&before));
    }

    /// Tells what a whole state brings, compared with what was known before.
    pub(super) fn adopt(&mut self, before: Option<&RoomState>) {
        let Some(session) = self.session.as_mut() else {
            return;
        };
        let told = changes::whole(&session.state, before, session.told_chat, session.me);
        if let Some(last) = session.state.chat.lines().next_back() {
            session.told_chat = last.id;
        }
        for told in told {
            self.tell(told);
        }
        self.keep_name();
        self.drive_playback(PlaybackInput::TimelineChanged { own: false });
    }

    /// Comes back by the name that the room knows.
    fn keep_name(&mut self) {
        if let Some(name) = self.me().map(|me| me.name.clone()) {
            self.config.name = name;
        }
    }

    /// The last event known of the room.
    pub(super) fn current_rev(&self) -> Rev {
        self.room().map(|room| room.rev).unwrap_or_default()
    }

    /// The connection could not be made, or broke.
    pub(super) fn disconnected(&mut self, why: Disconnect) {
        if !self.link.is_open() {
            return;
        }
        if self.ending.is_some() {
            self.finish_ending();
            return;
        }
        match why {
            Disconnect::Closed(Some(closing)) => self.refused(closing),
            why => self.lost(why),
        }
    }

    /// The server is silent: the connection is given up from this side.
    pub(super) fn silent(&mut self) {
        let has_answered = self.link.is_joined();
        self.effects.push(Effect::Disconnect);
        self.lost(if has_answered {
            Disconnect::Silent
        } else {
            Disconnect::NoAnswer
        });
    }

    /// The server does not let us in, or lets us go. It closes the connection by itself.
    fn refused(&mut self, closing: Closing) {
        if self.ending.is_some() {
            self.finish_ending();
            return;
        }
        let why = match closing {
            Closing::Known(refused) if refused.worth_retrying() => {
                self.lose(Disconnect::Closed(Some(Closing::Known(refused))));
                return;
            }
            Closing::Known(Refused::NoSuchRoom) => return self.room_is_absent(),
            Closing::Known(refused) => self.removed_by(&refused).unwrap_or(Why::Refused(refused)),
            Closing::Unknown(reason) => Why::Unknown(reason),
        };
        self.give_up(why, Exit::Refused);
    }

    fn lost(&mut self, why: Disconnect) {
        let first = self.session.is_none() && (self.fallback.is_some() || !self.joined_once);
        if first {
            self.give_up(Why::Unreachable(why), Exit::Unreachable);
        } else {
            self.lose(why);
        }
    }

    /// Waits for the next attempt; what is known of the room stays.
    fn lose(&mut self, why: Disconnect) {
        let after = self.link.lose(self.now.local);
        self.drive_playback(PlaybackInput::Disconnected);
        self.tell_connection(ConnectionView::Reconnecting { why, after });
        self.drop_reactions();
        if self.lines.is_ended() {
            self.lines.leave_within(self.now.local, Span::seconds(10));
        }
    }

    /// This room is not to be had: back to the one before, or the end.
    fn give_up(&mut self, why: Why, exit: Exit) {
        self.on_screen(ScreenInput::EntryRefused { why, exit });
    }

    /// This room is not to be had, and nothing the member could say would help.
    pub(super) fn give_up_for_good(&mut self, why: Why, exit: Exit) {
        self.tell_connection(ConnectionView::Refused(why.clone()));
        self.refuse_join(why.clone());
        if let Some(place) = self.fallback.take() {
            self.return_to(place);
        } else {
            self.on_screen(ScreenInput::EntryGivenUp { why, exit });
        }
    }
}

fn closing(reason: Reason) -> Closing {
    let known: Option<Refused> = reason.refused();
    known.map_or_else(|| Closing::Unknown(cleaned(reason)), Closing::Known)
}

/// A server's own words, made safe to show.
fn cleaned(reason: Reason) -> Reason {
    Reason {
        code: clean(&reason.code, 60),
        text: clean(&reason.text, SERVER_WORDS),
        ..reason
    }
}
