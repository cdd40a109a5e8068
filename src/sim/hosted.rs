//! A room driven as by its server's task: a decision becomes numbered events, which are applied at
//! once. After each change the players are judged again, and deadlines are handled when they come.

use crate::protocol::command::{Command, Report};
use crate::protocol::denied::Denied;
use crate::protocol::event::{Departure, Fact, RoomEvent};
use crate::protocol::ids::{MemberId, RoomId, Seq};
use crate::protocol::member::{Member, Role};
use crate::protocol::playback::Retime;
use crate::protocol::time::{RoomTime, Span};
use crate::room::client_events::PendingFact;
use crate::room::committed::{Committed, Room};
use crate::room::deadline::{self, DeadlineReason};
use crate::room::decide::{self, AdmittedMember, Decided, Moment, PresenceChange, RoomSettings};
use crate::room::reports::{PlayerProcess, Reports};
use crate::room::timeline::Timeline;
use crate::test_support::public_creation;

/// How long until a deadline that led to no event is tried again, as in the server.
const AGAIN: Span = Span::seconds(1);

/// What caused an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The server, when it created or reopened the room.
    Server,
    /// Members joined or left.
    Presence,
    /// A command of a member with this power.
    Command(Role),
    /// A report of a member's player.
    Report,
    /// The judgement of all players together.
    Players,
    /// A deadline came.
    Deadline(DeadlineReason),
}

/// An event that changed the timeline.
#[derive(Debug, Clone)]
pub(crate) struct Change {
    pub(crate) at: RoomTime,
    pub(crate) origin: Origin,
    pub(crate) by: Option<MemberId>,
    pub(crate) event: RoomEvent,
    pub(crate) before: Timeline,
    pub(crate) after: Timeline,
    /// Since when the room was empty before, if it was.
    pub(crate) empty_since: Option<RoomTime>,
    /// Whether the players of all admins bear it out, as [`super::backing`] says.
    pub(crate) backed: bool,
}

impl Change {
    /// The member in whose player's window it was made, if in one. That player is left alone.
    pub(crate) fn made_in_player_of(&self) -> Option<MemberId> {
        let in_player = matches!(
            self.event,
            RoomEvent::Retimed {
                in_player: true,
                ..
            }
        );
        self.by.filter(|_| in_player)
    }
}

/// A room, its players' reports, and the events that were not sent to its members yet.
#[derive(Debug)]
pub(crate) struct HostedRoom {
    pub(crate) room: Room,
    pub(crate) reports: Reports,
    /// The events since they were last taken, each with what is needed of the state before it.
    pub(crate) news: Vec<PendingFact>,
    /// Reactions and notices to admins since they were last taken.
    pub(crate) others: Vec<Decided>,
    /// Every change of the timeline since the evening began.
    pub(crate) changes: Vec<Change>,
    /// The deadlines that led to nothing.
    pub(crate) idle_deadlines: Vec<(RoomTime, DeadlineReason)>,
    players_due: Option<RoomTime>,
    not_before: Option<RoomTime>,
}

impl HostedRoom {
    /// A new public room, with its first events applied.
    pub(crate) fn new(moment: Moment) -> Self {
        let id = RoomId::parse("movie-night").unwrap();
        let mut hosted = Self {
            room: Room::new(id),
            reports: Reports::default(),
            news: Vec::new(),
            others: Vec::new(),
            changes: Vec::new(),
            idle_deadlines: Vec::new(),
            players_due: None,
            not_before: None,
        };
        hosted.commit(
            Origin::Server,
            None,
            decide::create(&public_creation(), RoomSettings::default()),
            moment,
        );
        hosted
    }

    /// A room of which only the events come, by [`Self::follow`].
    pub(crate) fn mirror(id: &RoomId) -> Self {
        let now = RoomTime::default();
        let lead = Span(0);
        Self {
            room: Room::new(id.clone()),
            news: Vec::new(),
            changes: Vec::new(),
            ..Self::new(Moment { now, lead })
        }
    }

    /// Takes over events that were decided elsewhere. What caused each is seen by its event.
    pub(crate) fn follow(&mut self, events: &[Committed]) {
        for committed in events {
            let origin = self.origin(&committed.fact);
            self.apply(origin, committed);
        }
        self.news.clear();
    }

    /// What caused an event that was decided elsewhere.
    fn origin(&self, fact: &Fact) -> Origin {
        let by = fact.by.and_then(|by| self.room.state.roster.get(by));
        let deadline = match &fact.event {
            RoomEvent::Retimed {
                retime: Retime::Emptied,
                ..
            } => Some(DeadlineReason::Abandoned),
            RoomEvent::Retimed {
                retime: Retime::Started { .. },
                ..
            } if fact.by.is_none() => Some(DeadlineReason::LobbyStart),
            _ => None,
        };
        match (by, fact.seq, &fact.event) {
            _ if deadline.is_some() => deadline.map_or(Origin::Server, Origin::Deadline),
            (Some(by), Some(_), _) => Origin::Command(by.power()),
            (Some(_), None, _) => Origin::Report,
            (None, _, RoomEvent::Presence { .. }) => Origin::Presence,
            (None, ..) => Origin::Players,
        }
    }

    /// Another server process reopens the room's log; the one before was last known to run at
    /// `alive`. All reports are lost.
    pub(crate) fn reopen(&mut self, alive: RoomTime, moment: Moment) {
        self.reports = Reports::default();
        let decided = decide::reopened(&self.room, Some(alive), RoomSettings::default(), moment);
        self.commit(Origin::Server, None, decided, moment);
        self.players_due = None;
    }

    /// Members join and leave. Returns each joining client's member, and whether it returned.
    pub(crate) fn join_leave(
        &mut self,
        arrivals: &[AdmittedMember],
        departures: &[Departure],
        moment: Moment,
    ) -> Vec<(MemberId, bool)> {
        let change = PresenceChange {
            arrivals,
            departures,
            node: None,
        };
        let outcome = decide::join_leave(&self.room, change, moment);
        self.commit(Origin::Presence, None, outcome.decided, moment);
        self.judge_players(moment);
        outcome.members
    }

    /// A member's command.
    pub(crate) fn command(
        &mut self,
        by: MemberId,
        seq: Option<Seq>,
        command: &Command,
        moment: Moment,
    ) -> Result<(), Denied> {
        let known = self.room.state.roster.get(by);
        let power = known.map(Member::power).unwrap_or_default();
        let decided = decide::command(&self.room, by, command, None, moment)?;
        if self.commit(Origin::Command(power), Some((by, seq)), decided, moment) {
            self.judge_players(moment);
        }
        Ok(())
    }

    /// A report of a member's player.
    pub(crate) fn report(&mut self, by: MemberId, report: &Report, moment: Moment) {
        let decided = decide::report(&self.room, &mut self.reports, by, report, moment);
        self.commit(Origin::Report, Some((by, None)), decided, moment);
        self.judge_players(moment);
    }

    /// Whether a member's player runs.
    pub(crate) fn note_process(&mut self, by: MemberId, process: PlayerProcess, moment: Moment) {
        if self.reports.note_process(by, process, moment.now) {
            self.judge_players(moment);
        }
    }

    /// When the room has to act without a message.
    pub(crate) fn next_due(&self) -> Option<RoomTime> {
        let deadline = deadline::next(&self.room).map(|(at, _)| self.put_off(at));
        deadline.into_iter().chain(self.players_due).min()
    }

    /// Handles what is due now.
    pub(crate) fn on_time(&mut self, moment: Moment) {
        if let Some((at, reason)) = deadline::next(&self.room)
            && self.put_off(at) <= moment.now
        {
            let decided = decide::deadline(&self.room, &mut self.reports, reason, moment);
            if self.commit(Origin::Deadline(reason), None, decided, moment) {
                self.judge_players(moment);
            } else {
                self.idle_deadlines.push((moment.now, reason));
                self.not_before = Some(moment.now + AGAIN);
            }
        }
        if self.players_due.is_some_and(|at| at <= moment.now) {
            self.judge_players(moment);
        }
    }

    /// Commits an event without a decision, such as a hold at a certain position.
    pub(crate) fn happen(&mut self, event: RoomEvent, moment: Moment) {
        self.commit(Origin::Server, None, vec![event.into()], moment);
    }

    fn put_off(&self, at: RoomTime) -> RoomTime {
        self.not_before.map_or(at, |not_before| not_before.max(at))
    }

    fn judge_players(&mut self, moment: Moment) {
        let decided = decide::players(&self.room, &mut self.reports, moment);
        self.commit(Origin::Players, None, decided, moment);
        self.players_due = decide::players_next(&self.room, &self.reports, moment.now);
    }

    /// Numbers and applies what was decided, and returns whether the room has changed.
    fn commit(
        &mut self,
        origin: Origin,
        by: Option<(MemberId, Option<Seq>)>,
        decided: Vec<Decided>,
        moment: Moment,
    ) -> bool {
        let first = self.room.state.rev;
        for decided in decided {
            let Decided::Event { public, private } = decided else {
                self.others.push(decided);
                continue;
            };
            let by = by.filter(|_| !public.is_anonymous());
            let fact = Fact {
                rev: self.room.state.rev.next(),
                at: moment.now,
                by: by.map(|(member, _)| member),
                seq: by.and_then(|(_, seq)| seq),
                event: *public,
                about: Vec::new(),
            };
            self.apply(origin, &Committed { fact, private });
        }
        let changed = self.room.state.rev != first;
        if changed {
            self.not_before = None;
        }
        changed
    }

    fn apply(&mut self, origin: Origin, committed: &Committed) {
        self.news
            .push(PendingFact::of(&committed.fact, &self.room.state));
        let before = self.room.state.timeline.clone();
        let empty_since = self.room.state.empty_since;
        self.room.apply(committed);
        let after = &self.room.state.timeline;
        if before != *after {
            self.changes.push(Change {
                at: committed.fact.at,
                origin,
                by: committed.fact.by,
                event: committed.fact.event.clone(),
                before,
                after: after.clone(),
                empty_since,
                backed: false,
            });
        }
    }
}
