//! Which events a command, an arrival, a report or a deadline leads to. Servers only: what
//! is decided here is agreed on by the log and only then applied.
//!
//! This file dispatches; each family of decisions has its own.

use super::committed::Room;
use super::deadline::DeadlineReason;
use super::reports::Reports;
use super::roles;
use super::secrets::{AddressHash, AddressKey, PasswordHash, SecretEvent, Secrets, TokenHash};
use super::state::RoomState;
use crate::protocol::command::{Command, Report};
use crate::protocol::denied::Denied;
use crate::protocol::ephemeral::{MemberNotice, Reaction};
use crate::protocol::event::{Departure, RoomEvent};
use crate::protocol::ids::MemberId;
use crate::protocol::member::{Member, Visibility};
use crate::protocol::text::{MemberName, Title};
use crate::protocol::time::{RoomTime, Span};

mod acting_admin;
mod chat;
mod deadlines;
mod eligibility;
mod end;
mod gate;
mod join_leave;
mod length;
mod load;
mod members;
mod missing_part;
mod moderation;
mod playback;
mod players;
mod queue;
mod queue_limits;
mod recovery;
mod report;
mod slow;
mod standstill;
mod title;
mod unique_names;

/// When something is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// Room time.
    pub now: RoomTime,
    /// How far ahead moves are scheduled, so that all members hear of them in time.
    pub lead: Span,
}

impl Moment {
    /// When a move that is decided now takes place.
    #[must_use]
    pub fn start(self) -> RoomTime {
        self.now + self.lead
    }
}

/// One thing that a decision leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decided {
    /// An event for the log.
    Event {
        /// What everyone may see.
        public: Box<RoomEvent>,
        /// What only servers may.
        private: Option<SecretEvent>,
    },
    /// A reaction for everyone who is here; not in the log.
    Reaction(Reaction),
    /// A word to the admins who are here; not in the log.
    ToAdmins(MemberNotice),
}

/// An event without a private half.
impl From<RoomEvent> for Decided {
    fn from(event: RoomEvent) -> Self {
        Self::Event {
            public: Box::new(event),
            private: None,
        }
    }
}

/// How a room is created.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Creation {
    /// Its title.
    pub title: Option<Title>,
    /// Who can find and enter it.
    pub visibility: Visibility,
    /// Its password's hash, for a private one.
    pub password: Option<PasswordHash>,
    /// Random bytes of its own.
    pub address_key: AddressKey,
}

/// Someone who comes in. Passwords were checked before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdmittedMember {
    /// The name wished for. Who returns by a token keeps the name they have.
    pub name: MemberName,
    /// The hash of the token presented, if any.
    pub resume: Option<TokenHash>,
    /// The hash of the token that a new member gets. Who has it already is that member: their
    /// hello came before, and its welcome was lost.
    pub token: TokenHash,
    /// Whether they watch with a player.
    pub has_player: bool,
    /// From where they come, if that tells them from others.
    pub from: Option<AddressHash>,
}

impl AdmittedMember {
    /// The member of the room who comes back: by the token of an earlier welcome, else by the
    /// one of a hello whose welcome was lost.
    #[must_use]
    pub fn owner(&self, secrets: &Secrets) -> Option<MemberId> {
        let by_resume = self.resume.and_then(|token| secrets.owner(&token));
        by_resume.or_else(|| secrets.owner(&self.token))
    }
}

/// Who came in as whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JoinLeaveOutcome {
    /// What it leads to.
    pub decided: Vec<Decided>,
    /// For each arrival, in order: the member it is, and whether it returned by its token.
    pub members: Vec<(MemberId, bool)>,
}

/// Who asks what room, and when: what every command is decided from.
#[derive(Clone, Copy)]
struct CommandContext<'a> {
    state: &'a RoomState,
    secrets: &'a Secrets,
    by: &'a Member,
    moment: Moment,
}

/// What a command leads to, or why it changes nothing.
type CommandResult = Result<Vec<Decided>, Denied>;

/// The first events of a room. `grace` is how long its server has it wait for a vanished
/// admin, if other than usual.
#[must_use]
pub fn create(creation: &Creation, grace: Option<Span>) -> Vec<Decided> {
    vec![Decided::Event {
        public: Box::new(RoomEvent::Created {
            title: creation.title.clone(),
            visibility: creation.visibility,
            grace,
        }),
        private: Some(SecretEvent::Created {
            password: creation.password.clone(),
            address_key: creation.address_key,
        }),
    }]
}

/// Members come and go: one presence event for all of them, and what follows from it
/// (first admin, acting admins, succession, an emptied room that pauses).
///
/// Departures of members who are not here (any more) count for nothing. One that a return by
/// token in the same batch makes up for does not show at all.
#[must_use]
pub fn join_leave(
    room: &Room,
    arrivals: &[AdmittedMember],
    departures: &[Departure],
    moment: Moment,
) -> JoinLeaveOutcome {
    join_leave::join_leave(room, arrivals, departures, moment)
}

/// What a member's command leads to.
///
/// # Errors
/// [`Denied`] says why it changes nothing.
pub fn command(
    room: &Room,
    by: MemberId,
    command: &Command,
    moment: Moment,
) -> Result<Vec<Decided>, Denied> {
    let state = &room.state;
    let by = state
        .roster
        .get(by)
        .filter(|member| member.is_here() && !state.closed)
        .ok_or(Denied::NotInRoom)?;
    roles::check_command(command, by, &state.roster)?;
    moderation::check_not_muted(by, command)?;
    let ctx = CommandContext {
        state,
        secrets: &room.secrets,
        by,
        moment,
    };
    dispatch(ctx, command)
}

/// What a command leads to that the member's role is enough for.
fn dispatch(ctx: CommandContext<'_>, command: &Command) -> CommandResult {
    match command {
        Command::Chat { text } => Ok(chat::say(ctx, text)),
        Command::React { emoji } => Ok(chat::react(ctx, emoji)),
        // What would come to nothing is not asked for: the admins would be bothered in vain.
        Command::Ask { request } => {
            dispatch(ctx, request.command()).map(|_| chat::ask(ctx, request))
        }
        Command::Play { media } => load::play(ctx, media),
        Command::PlayNow { entry } => load::play_now(ctx, *entry),
        Command::Skip => load::skip(ctx),
        Command::Add { media } => queue::add(ctx, media),
        Command::Approve { entry } => queue::approve(ctx, *entry),
        Command::Reject { entry } => queue::reject(ctx, *entry),
        Command::RejectAll { of } => queue::reject_all(ctx, of.as_ref()),
        Command::Withdraw { entry } => queue::withdraw(ctx, *entry),
        Command::Remove { entry } => queue::remove(ctx, *entry),
        Command::Move { entry, place } => queue::move_to(ctx, *entry, *place),
        Command::Pause { mark } => playback::pause(ctx, *mark),
        Command::Resume { mark } => playback::resume(ctx, *mark),
        Command::Seek { target, mark } => playback::seek(ctx, *target, *mark),
        Command::Undo => playback::undo(ctx),
        Command::SetRate { rate } => playback::set_rate(ctx, *rate),
        Command::SetLength { length } => length::set(ctx, *length),
        Command::Rename { name } => members::rename(ctx, name),
        Command::SetTitle { title } => members::set_title(ctx, title.as_ref()),
        Command::SetRole { who, role } => members::set_role(ctx, who, *role),
        Command::SetHeir { who } => members::set_heir(ctx, who),
        Command::Kick { who } => members::kick(ctx, who),
        Command::Mute { who, muted } => moderation::set_muted(ctx, who, *muted),
        Command::Ban { who, scope } => moderation::ban(ctx, who, *scope),
        Command::Unban { who } => moderation::unban(ctx, who),
        Command::Erase { line } => moderation::erase(ctx, *line),
        Command::ExemptFromWait { who, exempt } => {
            moderation::exempt_from_wait(ctx, who.as_ref(), *exempt)
        }
        Command::SetWait { wait } => slow::set_wait(ctx, *wait),
        Command::Go => slow::go(ctx),
        Command::Countdown => playback::countdown(ctx),
    }
}

/// What a report of a member's player leads to. Reports of members who are not here, who
/// said that they have no player, or about another video lead to nothing.
#[must_use]
pub fn report(
    room: &Room,
    reports: &mut Reports,
    by: MemberId,
    report: &Report,
    moment: Moment,
) -> Vec<Decided> {
    match room.state.roster.get(by) {
        Some(by) => report::report(room, reports, by, report, moment),
        None => Vec::new(),
    }
}

/// What all players together mean for the video, judged anew: to be asked whenever anything
/// else than a report has changed the room or [`Reports`], and at the time that
/// [`players_next`] names.
#[must_use]
pub fn players(room: &Room, reports: &mut Reports, moment: Moment) -> Vec<Decided> {
    players::judge(room, reports, moment)
}

/// When [`players`] is to be asked again, should nothing change before; later than `now`.
#[must_use]
pub fn players_next(room: &Room, reports: &Reports, now: RoomTime) -> Option<RoomTime> {
    players::next(room, reports, now)
}

/// What a deadline that has come leads to; nothing if it is not due (any more).
#[must_use]
pub fn deadline(
    room: &Room,
    reports: &mut Reports,
    reason: DeadlineReason,
    moment: Moment,
) -> Vec<Decided> {
    deadlines::deadline(room, reports, reason, moment)
}

/// What it leads to that the room's log was opened anew, if nothing is known of the time
/// between its last event and now.
#[must_use]
pub fn reopened(room: &Room, moment: Moment) -> Vec<Decided> {
    deadlines::reopened(&room.state, room.state.at, moment)
}

/// What it leads to that the room's log was opened anew, after a server that kept it was
/// last known to run at `alive`. A film may well run for an hour without an event, so who
/// keeps rooms should keep such a time.
#[must_use]
pub fn reopened_after(room: &Room, alive: RoomTime, moment: Moment) -> Vec<Decided> {
    deadlines::reopened(&room.state, alive.max(room.state.at), moment)
}
