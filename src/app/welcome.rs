//! Coming into a room, for the first time or again: what the member is told, and which
//! commands are sent again.

use super::App;
use super::changes::{member, timeline_view};
use super::config::Reach;
use super::effect::Effect;
use super::input::Origin;
use super::link::Stage;
use super::session::Session;
use super::told::{ConnectionView, MemberChange, Notice, Told};
use crate::protocol::command::Command;
use crate::protocol::ids::{ChatId, Seq};
use crate::protocol::invite::ServerUrl;
use crate::protocol::member::Member;
use crate::protocol::text::clean;
use crate::room::state::RoomState;
use crate::sync::follow::Input;
use crate::wire::message::{CatchUp, ClientMsg, Create, HealthDigest, Welcome};

impl App {
    pub(super) fn welcome(&mut self, welcome: Welcome) {
        if self.link.stage() != Stage::Greeting {
            return;
        }
        let now = self.now.local;
        self.link.enter(Stage::Joined(now), now);
        self.keep_token(&welcome.resume);
        let before = self.session.take();
        let same_node = before.as_ref().is_some_and(|b| b.node == welcome.node);
        let again = before.filter(|before| is_same_member(before, &welcome));
        let is_again = again.is_some();
        self.tell_connection(ConnectionView::Connected);
        self.follow(Input::Connected { same_node });
        self.enter(welcome, again);
        if is_again {
            self.send_again();
        } else {
            self.begin_as_new_member();
        }
        self.joined_once = true;
        self.fallback = None;
        self.playback.link_joined(now);
    }

    fn keep_token(&mut self, token: &str) {
        if self.token.as_deref() != Some(token) {
            self.token = Some(token.to_owned());
            self.effects.push(Effect::KeepToken {
                server: self.config.server.clone(),
                room: self.config.room.clone(),
                token: token.to_owned(),
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
            self.follow_timeline(false);
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
        if created {
            // An invite to a room that only this computer reaches would lead nowhere.
            if self.config.reach != Reach::OnlyHere {
                let invite = self.invite();
                self.notice(Notice::RoomCreated { invite });
            }
        } else if !self.joined_once && self.config.create != Create::default() {
            self.notice(Notice::AlreadyExists);
        }
        if name != wished {
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

/// What a whole state tells, compared with what was known before: who is here, what was said
/// after `told_chat`, what plays, how time runs, what waits.
pub(super) fn whole(state: &RoomState, before: Option<&RoomState>, told_chat: ChatId) -> Vec<Told> {
    let mut told = Vec::new();
    if before.is_none_or(|before| before.roster.count != state.roster.count) {
        told.push(Told::Viewers(state.roster.count));
    }
    members(state, before, &mut told);
    let missed = state.chat.lines().filter(|line| line.id > told_chat);
    told.extend(missed.map(|line| Told::Chat {
        line: line.clone(),
        history: true,
    }));
    told.push(Told::Media {
        playing: state.timeline.playing.clone(),
        epoch: state.timeline.epoch,
    });
    told.push(timeline_view(state, state.at));
    told.push(Told::Queue(state.queue.entries().to_vec()));
    told
}

/// Who came, went or changed between two states.
fn members(state: &RoomState, before: Option<&RoomState>, told: &mut Vec<Told>) {
    let known = |id| {
        before
            .and_then(|b| b.roster.get(id))
            .filter(|m| m.is_here())
    };
    for now in state.roster.here() {
        match known(now.id) {
            None => told.push(member(now, MemberChange::Joined)),
            Some(then) => {
                if then.name != now.name {
                    told.push(member(now, MemberChange::Renamed));
                }
                if then.power() != now.power() {
                    told.push(member(now, MemberChange::Role));
                }
            }
        }
    }
    let gone = before.into_iter().flat_map(|before| before.roster.here());
    for then in gone {
        let here = state.roster.get(then.id).is_some_and(Member::is_here);
        if !here {
            told.push(member(then, MemberChange::Left));
        }
    }
}
