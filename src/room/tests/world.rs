//! A room in virtual time with its log: what is decided is committed at once, and deadlines
//! fire when they come.

use crate::protocol::command::{Command, Report};
use crate::protocol::denied::Denied;
use crate::protocol::ephemeral::MemberNotice;
use crate::protocol::event::{Departure, Fact, RoomEvent};
use crate::protocol::ids::{MemberId, RoomId, Seq};
use crate::protocol::member::{LeaveCause, Member, Visibility};
use crate::protocol::secret::Password;
use crate::protocol::text::MemberName;
use crate::protocol::time::{RoomTime, Span};
use crate::room::committed::{Committed, Room};
use crate::room::deadline::{self, DeadlineReason};
use crate::room::decide::{
    self, AdmittedMember, Creation, Decided, JoinLeaveOutcome, Moment, OperatorCommand,
    PresenceChange, RoomSettings,
};
use crate::room::reports::{PlayerProcess, Reports};
use crate::room::secrets::{AddressHash, PasswordHash, TokenHash};
use crate::test_support::public_creation;

/// A room, its players' reports, its log, and the time.
pub(super) struct World {
    pub(super) room: Room,
    pub(super) reports: Reports,
    pub(super) log: Vec<Committed>,
    /// The outcome of the last step.
    pub(super) last: Vec<Decided>,
    pub(super) now: RoomTime,
    pub(super) lead: Span,
    /// What the server is started with.
    pub(super) settings: RoomSettings,
    /// Whether players are ready for new media at once, so that it starts.
    pub(super) players_are_quick: bool,
    /// Whether players that have the media open report its end when the room reaches it.
    pub(super) players_end: bool,
    /// The end that they reported last.
    reported_end: Option<RoomTime>,
    tokens: u16,
    seq: Seq,
}

/// The time at which scenarios begin.
pub(super) const BEGINNING: RoomTime = RoomTime(1_000_000_000);
/// How far ahead they schedule changes of playback.
pub(super) const LEAD: Span = Span::millis(100);

impl World {
    /// A room of this visibility that nobody has entered.
    pub(super) fn new(visibility: Visibility) -> Self {
        Self::created(visibility, RoomSettings::default())
    }

    /// The same, with what its server sets.
    pub(super) fn created(visibility: Visibility, settings: RoomSettings) -> Self {
        let mut world = Self {
            settings,
            room: Room::new(RoomId::parse("movie-night").unwrap()),
            reports: Reports::default(),
            log: Vec::new(),
            last: Vec::new(),
            now: BEGINNING,
            lead: LEAD,
            players_are_quick: true,
            players_end: true,
            reported_end: None,
            tokens: 0,
            seq: Seq(0),
        };
        let creation = Creation {
            visibility,
            ..public_creation()
        };
        let created = decide::create(&creation, settings);
        world.commit(created, None);
        world
    }

    pub(super) fn moment(&self) -> Moment {
        Moment {
            now: self.now,
            lead: self.lead,
        }
    }

    /// A new member joins.
    pub(super) fn arrive(&mut self, name: &str, has_player: bool) -> MemberId {
        let arrival = self.newcomer(name, has_player);
        self.join_leave(&[arrival], &[])[0].0
    }

    /// A new member joins from an address.
    pub(super) fn arrive_from(&mut self, name: &str, address: u8) -> MemberId {
        let arrival = AdmittedMember {
            from: Some(AddressHash([address; 32])),
            ..self.newcomer(name, true)
        };
        self.join_leave(&[arrival], &[])[0].0
    }

    /// A member returns by token.
    pub(super) fn come_back(&mut self, member: MemberId) -> (MemberId, bool) {
        let arrival = self.returning(member);
        self.join_leave(&[arrival], &[])[0]
    }

    /// A new client with a token of its own.
    pub(super) fn newcomer(&mut self, name: &str, has_player: bool) -> AdmittedMember {
        self.tokens += 1;
        arrival(name, None, token(self.tokens), has_player)
    }

    /// A client with the token of a member.
    pub(super) fn returning(&self, member: MemberId) -> AdmittedMember {
        let own = self.token_of(member);
        let known = self.room.state.roster.get(member);
        let has_player = known.is_some_and(|member| member.has_player);
        // Each has a second token ready, in case theirs is void.
        let spare = token(u16::MAX - u16::try_from(member.0).unwrap());
        arrival("Whoever", own, spare, has_player)
    }

    /// The token with which a member returns, if the room knows one.
    pub(super) fn token_of(&self, member: MemberId) -> Option<TokenHash> {
        (0..=self.tokens)
            .map(token)
            .find(|token| self.room.secrets.owner(token) == Some(member))
    }

    pub(super) fn go(&mut self, member: MemberId, cause: LeaveCause) {
        self.join_leave(&[], &[Departure { member, cause }]);
    }

    pub(super) fn join_leave(
        &mut self,
        arrivals: &[AdmittedMember],
        departures: &[Departure],
    ) -> Vec<(MemberId, bool)> {
        let change = PresenceChange {
            arrivals,
            departures,
            node: None,
        };
        let JoinLeaveOutcome { decided, members } =
            decide::join_leave(&self.room, change, self.moment());
        self.commit(decided, None);
        self.judge();
        self.hand_on();
        members
    }

    pub(super) fn command(&mut self, by: MemberId, command: &Command) -> Result<(), Denied> {
        let hash = match command {
            Command::SetVisibility { password, .. } => password.as_ref().map(hashed),
            _ => None,
        };
        let decided = decide::command(&self.room, by, command, hash.as_ref(), self.moment())?;
        self.commit(decided, Some(by));
        self.judge();
        self.hand_on();
        Ok(())
    }

    /// A command of the server's operator.
    pub(super) fn operator(&mut self, command: &OperatorCommand) -> Result<(), Denied> {
        let decided = decide::operator(&self.room, command, self.moment())?;
        self.commit(decided, Some(MemberId::OPERATOR));
        self.judge();
        Ok(())
    }

    /// The operator has a person erased.
    pub(super) fn forget(&mut self, name: &MemberName) {
        let traces = decide::traces(&self.room.state, name);
        self.commit(traces.erased(), Some(MemberId::OPERATOR));
        self.judge();
    }

    pub(super) fn report(&mut self, by: MemberId, report: &Report) {
        let moment = self.moment();
        let decided = decide::report(&self.room, &mut self.reports, by, report, moment);
        self.commit(decided, None);
        self.judge();
    }

    /// A member's player runs, or does not.
    pub(super) fn process(&mut self, member: MemberId, process: PlayerProcess) {
        self.last.clear();
        if self.reports.note_process(member, process, self.now) {
            self.judge();
        }
    }

    /// Time passes; deadlines fire in their order, and the players are judged at the times that
    /// `players_next` names.
    pub(super) fn wait(&mut self, span: Span) {
        let until = self.now + span;
        loop {
            if self.report_ends(until) {
                continue;
            }
            let deadline = deadline::next(&self.room).filter(|(due, _)| *due <= until);
            let judged = decide::players_next(&self.room, &self.reports, self.now);
            let judged = judged.filter(|due| *due <= until);
            match (deadline, judged) {
                (Some((due, _)), Some(judged)) if judged < due => self.judge_at(judged),
                (Some((due, reason)), _) => self.fire(due, reason),
                (None, Some(judged)) => self.judge_at(judged),
                (None, None) => break,
            }
        }
        self.now = until;
    }

    /// The players reach the end of the media, if that happens next.
    fn report_ends(&mut self, until: RoomTime) -> bool {
        let end = self.room.state.timeline.ends_at();
        let others = [
            deadline::next(&self.room).map(|(due, _)| due),
            decide::players_next(&self.room, &self.reports, self.now),
        ];
        let first = others.into_iter().flatten().min();
        let reported = self.reported_end;
        let due = end.filter(|end| *end <= until && Some(*end) != reported);
        let due = due.filter(|end| first.is_none_or(|first| *end <= first));
        let Some(due) = due.filter(|_| self.players_end) else {
            return false;
        };
        self.reported_end = Some(due);
        self.now = self.now.max(due);
        let epoch = self.room.state.timeline.epoch;
        let learned = self.reports.facts().map(|(id, _)| id);
        let members: Vec<MemberId> = learned.collect();
        for member in members {
            let place = None;
            self.report(member, &Report::Ended { epoch, place });
        }
        true
    }

    fn fire(&mut self, due: RoomTime, reason: DeadlineReason) {
        self.now = self.now.max(due);
        let moment = self.moment();
        let decided = decide::deadline(&self.room, &mut self.reports, reason, moment);
        assert!(!decided.is_empty(), "{reason:?} was due and led to nothing");
        self.commit(decided, None);
        assert_ne!(
            deadline::next(&self.room),
            Some((due, reason)),
            "{reason:?} fires for ever"
        );
        self.judge();
        self.hand_on();
    }

    fn judge_at(&mut self, due: RoomTime) {
        assert!(due > self.now, "the players are judged for ever");
        self.now = due;
        self.last.clear();
        self.judge();
    }

    /// The players are judged; the result belongs to the last step.
    fn judge(&mut self) {
        let moment = self.moment();
        let decided = decide::players(&self.room, &mut self.reports, moment);
        let before = std::mem::take(&mut self.last);
        self.commit(decided, None);
        self.last.splice(0..0, before);
    }

    /// Kept reports are handed on; the result belongs to the last step.
    fn hand_on(&mut self) {
        let decided = decide::hand_on_reports(&self.room);
        self.append(&decided, None);
        self.last.extend(decided);
    }

    /// The server stops and starts again after a while; the reports are lost.
    pub(super) fn restart(&mut self, away: Span) {
        let alive = self.now;
        self.now = self.now + away;
        self.reports = Reports::default();
        let decided = decide::reopened(&self.room, Some(alive), self.settings, self.moment());
        self.commit(decided, None);
    }

    /// The operator has these settings hold from now on.
    pub(super) fn follow(&mut self, settings: RoomSettings) {
        self.settings = settings;
        let decided = decide::follow_ttl(&self.room, settings.ttl);
        self.commit(decided, None);
    }

    pub(super) fn member(&self, id: MemberId) -> &Member {
        self.room.state.roster.get(id).unwrap()
    }

    /// The events of the last step.
    pub(super) fn events(&self) -> Vec<&RoomEvent> {
        self.last
            .iter()
            .filter_map(|decided| match decided {
                Decided::Event { public, .. } => Some(public.as_ref()),
                Decided::Reaction(_) | Decided::ToAdmins(_) | Decided::ToMembers { .. } => None,
            })
            .collect()
    }

    /// The notices of the last step, with those whom they are sent to.
    pub(super) fn notices(&self) -> Vec<(&[MemberId], &MemberNotice)> {
        let last = self.last.iter();
        let notices = last.filter_map(|decided| match decided {
            Decided::ToMembers { to, notice } => Some((to.as_slice(), notice)),
            _ => None,
        });
        notices.collect()
    }

    pub(super) fn commit(&mut self, decided: Vec<Decided>, by: Option<MemberId>) {
        self.append(&decided, by);
        if self.players_are_quick {
            self.all_ready();
        }
        self.last = decided;
    }

    /// Everyone's player is ready for the media.
    fn all_ready(&mut self) {
        let epoch = self.room.state.timeline.epoch;
        for member in self.room.state.timeline.gate.clone() {
            let ready = Report::Ready { epoch };
            let moment = self.moment();
            let decided = decide::report(&self.room, &mut self.reports, member, &ready, moment);
            self.append(&decided, None);
        }
    }

    fn append(&mut self, decided: &[Decided], by: Option<MemberId>) {
        if by.is_some() {
            self.seq = self.seq.next();
        }
        for decided in decided {
            if let Decided::Event { public, private } = decided {
                let by = by.filter(|_| !public.is_anonymous());
                let committed = Committed {
                    fact: Fact {
                        rev: self.room.state.rev.next(),
                        at: self.now,
                        by,
                        seq: by.map(|_| self.seq),
                        event: public.as_ref().clone(),
                        about: Vec::new(),
                    },
                    private: private.clone(),
                };
                self.room.apply(&committed);
                self.log.push(committed);
            }
        }
    }
}

/// The token of a newcomer, by their number.
pub(super) fn token(number: u16) -> TokenHash {
    let mut hash = [0; 32];
    hash[..2].copy_from_slice(&number.to_be_bytes());
    TokenHash(hash)
}

fn arrival(
    name: &str,
    resume: Option<TokenHash>,
    token: TokenHash,
    has_player: bool,
) -> AdmittedMember {
    AdmittedMember {
        name: MemberName::parse(name).unwrap(),
        resume,
        token,
        has_player,
        from: None,
        invite: None,
    }
}

/// Stands for the hash of a password.
fn hashed(password: &Password) -> PasswordHash {
    PasswordHash(format!("hash of {}", password.reveal()))
}
