//! The room as it is known: applies its events and states, asks for the whole state at a gap,
//! and says what changed. It is kept while the connection is away.
//!
//! How the connection is made, and what the player does about a new timeline, is left to others.

use adopt::{adopt, change_of};
use answers::answer;
use arrival::arrival;
use bursts::{Bursts, Repeatable};
use compare::{Before, EventCause, changes};
use entering::Entering;
use known_room::KnownRoom;
use output::emit;
use returns::Returns;
use server_notice::server_notice;
use waits::Waits;

use crate::app::destination::RememberedRoom;
use crate::app::output::{Notice, Output, Person};
use crate::app::oversized::is_too_large;
use crate::protocol::event::{Fact, RoomEvent};
use crate::protocol::ids::{ChatId, MemberId};
use crate::protocol::member::Member;
use crate::protocol::text::MemberName;
use crate::protocol::time::LocalTime;
use crate::protocol::time::Span;
use crate::room::state::RoomState;
use crate::wire::message::{CatchUp, HealthDigest, Welcome};

mod adopt;
mod answers;
mod arrival;
mod bursts;
pub(super) mod compare;
mod entering;
mod input;
mod known_room;
#[cfg(test)]
pub(super) mod lengths;
mod offset_history;
mod output;
mod report;
mod returns;
mod server_notice;
mod waits;
mod who;

pub(super) use arrival::JoinRequest;
pub(super) use input::{RoomQuestion, SessionInput};
pub(super) use output::SessionOutput;

/// The room as it is known, if one is.
#[derive(Debug, Default)]
pub(super) struct Session {
    /// The room that the member is in, or was in when the connection broke.
    room: Option<Box<KnownRoom>>,
    /// What was known of the room whose welcome is being taken over, if it is the same member's.
    before_welcome: Option<Box<KnownRoom>>,
    /// The welcome whose events are being taken over.
    entering: Option<Entering>,
    /// The room to go back to if another one does not let the member in.
    set_aside: Option<Box<KnownRoom>>,
    bursts: Bursts,
    waits: Waits,
    returns: Returns,
}

impl Session {
    /// Takes what happened, and says what is to be done.
    pub(super) fn handle(&mut self, input: SessionInput<'_>, now: LocalTime) -> Vec<SessionOutput> {
        match input {
            SessionInput::Arriving(welcome) => self.arriving(welcome, now),
            SessionInput::Welcome(welcome, request) => self.welcome(welcome, request),
            SessionInput::CaughtUp => {
                let entering = self.entering.take();
                let known = self.room.as_deref();
                entering.map_or_else(Vec::new, |entering| entering.finish(known))
            }
            SessionInput::Event { fact, is_replayed } => {
                self.event(EventCause { fact, is_replayed }, now)
            }
            SessionInput::State(state) => self.state(state),
            SessionInput::Health(health) => self.note_health(health, now),
            SessionInput::Notice(notice) => server_notice(notice, self.me(), self.room()),
            SessionInput::MessageOver if self.is_too_large() => vec![SessionOutput::Oversized],
            SessionInput::MessageOver => Vec::new(),
            SessionInput::ChosenName(name) => self.chosen_name(name),
            SessionInput::Asked {
                line,
                question,
                is_current,
            } => answer(self.room.as_deref(), line, &question, is_current),
            SessionInput::SetAside { keeps } => {
                let left = self.room.take();
                if keeps {
                    self.set_aside = left;
                }
                Vec::new()
            }
            SessionInput::Return => {
                self.room = self.set_aside.take();
                Vec::new()
            }
            SessionInput::Forget => {
                self.room = None;
                Vec::new()
            }
            SessionInput::Leaving => emit(self.bursts.end()),
            SessionInput::Next => self.next(now),
        }
    }

    /// Notes how everyone is doing, and says how many watch from outside if that changed.
    fn note_health(&mut self, health: HealthDigest, now: LocalTime) -> Vec<SessionOutput> {
        let Some(known) = self.room.as_deref_mut() else {
            return Vec::new();
        };
        let (before, observers) = (known.health().observers, health.observers);
        known.note_health(health, now);
        if before == observers {
            return Vec::new();
        }
        vec![SessionOutput::Emit(Output::Observers(observers))]
    }

    /// When it wants [`SessionInput::Next`].
    pub(super) fn next_deadline(&self) -> Option<LocalTime> {
        let deadlines = [
            self.bursts.next_deadline(),
            self.waits.next_deadline(),
            self.returns.next_deadline(),
        ];
        deadlines.into_iter().flatten().min()
    }

    /// The room, once it was joined.
    pub(super) fn room(&self) -> Option<&RoomState> {
        self.room.as_deref().map(KnownRoom::state)
    }

    /// Oneself in the room.
    pub(super) fn me(&self) -> Option<&Member> {
        self.room.as_deref().and_then(KnownRoom::me)
    }

    /// Our own number in the room.
    pub(super) fn me_id(&self) -> Option<MemberId> {
        self.room.as_deref().map(KnownRoom::me_id)
    }

    /// What is remembered of the room, for the greeting of a client that comes back.
    pub(super) fn remembered(&self) -> Option<RememberedRoom> {
        self.room.as_deref().map(KnownRoom::remembered)
    }

    /// How far a member's player was off lately, oldest first; `None` where it was not measured.
    pub(super) fn offsets_of(
        &self,
        member: MemberId,
    ) -> impl DoubleEndedIterator<Item = Option<Span>> {
        let room = self.room.as_deref();
        room.into_iter()
            .flat_map(move |room| room.offsets_of(member))
    }

    /// Everyone's playback health, as the server last reported it.
    pub(super) fn health(&self) -> Option<&HealthDigest> {
        self.room.as_deref().map(KnownRoom::health)
    }

    /// The server's public address for invites, if known.
    pub(super) fn public_url(&self) -> Option<&str> {
        self.room.as_deref().and_then(KnownRoom::public_url)
    }

    /// The admin for whom a member could be taken by their name, who they are not.
    pub(super) fn passes_for_admin(&self, member: &Member) -> Option<&MemberName> {
        self.room.as_deref()?.passes_for_admin(member)
    }

    /// Who ended the member's stay in the room, by removing them or by closing it, if somebody did.
    pub(super) fn ended_by(&self) -> Option<Person> {
        self.room.as_deref()?.ended_by().cloned()
    }

    fn is_too_large(&self) -> bool {
        self.room().is_some_and(is_too_large)
    }

    /// The server lets the member in.
    fn arriving(&mut self, welcome: &Welcome, now: LocalTime) -> Vec<SessionOutput> {
        let known = self.room.take();
        let same_node = known
            .as_ref()
            .is_some_and(|known| known.is_same_node(welcome));
        self.before_welcome = known.filter(|known| known.is_same_member(welcome));
        self.set_aside = None;
        let mut outputs = vec![SessionOutput::Connected { same_node }];
        if self.before_welcome.is_none() {
            self.returns = Returns::default();
            outputs.push(SessionOutput::OtherRoom);
        } else if !same_node {
            self.returns.begin(now);
        }
        outputs
    }

    /// The member wants the room to call them so.
    fn chosen_name(&self, name: MemberName) -> Vec<SessionOutput> {
        let mut room = self.room.iter();
        if room.any(|known| known.calls_otherwise(&name)) {
            vec![SessionOutput::Rename(name)]
        } else {
            Vec::new()
        }
    }

    /// Takes over what the welcome brings, and asks for the events that it brings to be handed
    /// back one by one.
    fn welcome(
        &mut self,
        mut welcome: Box<Welcome>,
        request: JoinRequest<'_>,
    ) -> Vec<SessionOutput> {
        let (known, emitted_chat) = match self.before_welcome.take() {
            Some(known) => {
                let (state, emitted_chat) = known.into_state();
                (Some(state), emitted_chat)
            }
            None => (None, ChatId::default()),
        };
        let is_new = known.is_none();
        let nothing = CatchUp::Events(Vec::new());
        let (state, before, missed) = match std::mem::replace(&mut welcome.catch_up, nothing) {
            CatchUp::State(state) => {
                let before = known.map_or(Before::Nothing, |known| Before::Whole(Box::new(known)));
                (*state, Some(before), Vec::new())
            }
            CatchUp::Events(missed) => {
                let unknown = || RoomState::new(request.destination.room().clone());
                (known.unwrap_or_else(unknown), None, missed)
            }
        };
        self.entering = Some(Entering {
            token: std::mem::take(&mut welcome.resume),
            is_new,
            by_events: before.is_none(),
            moved_in_own_player: false,
        });
        let mut entered = KnownRoom::new(&welcome, state, emitted_chat);
        // Only a broken server sends a newcomer events instead of the state.
        if is_new && before.is_none() {
            entered.mark_stale();
        }
        let mut outputs = Vec::new();
        if is_new {
            let emitted = arrival(&entered, request, welcome.created);
            outputs.extend(emitted.into_iter().map(SessionOutput::Emit));
        }
        if entered.is_stale() {
            outputs.push(SessionOutput::AskState);
        }
        if let Some(before) = before {
            outputs.extend(adopt(&mut entered, &before, &mut self.returns));
        }
        outputs.push(SessionOutput::Missed(missed));
        self.room = Some(Box::new(entered));
        outputs
    }

    /// The whole state, asked for after a gap.
    fn state(&mut self, state: Box<RoomState>) -> Vec<SessionOutput> {
        let Some(known) = self.room.as_deref_mut() else {
            return Vec::new();
        };
        if state.rev < known.state().rev {
            return Vec::new();
        }
        let before = known.replace_state(*state);
        let before = Before::Whole(Box::new(before));
        adopt(known, &before, &mut self.returns)
    }

    /// Applies an event, if it is the next. At a gap the whole state is asked for.
    fn event(&mut self, cause: EventCause<'_>, now: LocalTime) -> Vec<SessionOutput> {
        let fact = cause.fact;
        let Some(known) = self.room.as_deref_mut() else {
            return Vec::new();
        };
        if known.is_stale() || fact.rev <= known.state().rev {
            return Vec::new();
        }
        if fact.rev != known.state().rev.next() {
            known.mark_stale();
            return vec![SessionOutput::AskState];
        }
        let own_name = known.me().map(|me| me.name.clone());
        let before = known.apply(fact);
        let emitted = changes(&change_of(known, &before, Some(cause)));
        match &fact.event {
            RoomEvent::Chat(line) => known.note_emitted_chat(line.id),
            // The server closes the connection right after.
            RoomEvent::Closed => known.note_closed(fact.by),
            _ => {}
        }
        let new_name = known.me().map(|me| me.name.clone());
        let has_moved = before.timeline() != Some(&known.state().timeline);
        let in_own_player = known.is_made_in_own_player(fact);
        let mut outputs = SessionOutput::own_entries(cause, known.me_id());
        outputs.extend(SessionOutput::of_entry(fact, known.me_id()));
        for emitted in emitted {
            if let Some(emitted) = self.returns.filter_event(emitted, fact, now) {
                outputs.extend(self.filter(emitted, fact, now));
            }
        }
        outputs.extend(
            new_name
                .filter(|name| Some(name) != own_name.as_ref())
                .map(SessionOutput::OwnName),
        );
        if has_moved && cause.is_replayed {
            // The room is elsewhere by now: the player is sent there once, by `CaughtUp`.
            if let Some(entering) = &mut self.entering {
                entering.moved_in_own_player = in_own_player;
            }
        } else if has_moved {
            outputs.push(SessionOutput::TimelineChanged { in_own_player });
        }
        outputs
    }

    /// The part of an event's outputs that is emitted now. Seeks, rates and waits may be held back
    /// for a while, and an event that closes the connection is reported as the reason for that.
    fn filter(&mut self, emitted: Output, fact: &Fact, now: LocalTime) -> Vec<SessionOutput> {
        match emitted {
            Output::Notice(Notice::Jumped(jump)) => {
                emit(self.bursts.add(Repeatable::Seek(jump), now))
            }
            Output::Notice(Notice::RateChanged { who, rate }) => {
                emit(self.bursts.add(Repeatable::Rate { who, rate }, now))
            }
            Output::Notice(notice @ Notice::Waiting { .. }) => {
                let hold = self.room().and_then(|room| room.timeline.hold);
                self.waits.begin(notice, hold, now);
                Vec::new()
            }
            Output::Notice(notice @ Notice::WaitOver { .. }) => emit(self.waits.end(notice)),
            Output::Notice(Notice::Banned { .. }) if self.bans_me(fact) => Vec::new(),
            Output::Removed(removal) if Some(removal.id) == self.me_id() => {
                self.note_end(removal.by);
                Vec::new()
            }
            emitted => vec![SessionOutput::Emit(emitted)],
        }
    }

    fn bans_me(&self, fact: &Fact) -> bool {
        matches!(&fact.event, RoomEvent::Banned { ban } if Some(ban.member) == self.me_id())
    }

    fn note_end(&mut self, by: Option<Person>) {
        if let Some(known) = self.room.as_deref_mut() {
            known.note_end(by);
        }
    }

    /// Emits what was held back and is due, and updates what is derived from the roster.
    fn next(&mut self, now: LocalTime) -> Vec<SessionOutput> {
        let hold = self.room().and_then(|room| room.timeline.hold);
        let mut outputs = emit(self.bursts.end_if_due(now));
        outputs.extend(emit(self.waits.take_due(hold, now)));
        let gone = self.returns.take_due(now);
        outputs.extend(gone.into_iter().map(SessionOutput::Emit));
        if let Some(known) = self.room.as_deref_mut() {
            known.follow_roster();
        }
        outputs
    }
}
