//! Decides which events a command, a join, a report or a deadline leads to. Servers only: the
//! events are first agreed on through the log, and only then applied.
//!
//! This file dispatches; each family of decisions has a file of its own.

use super::committed::Room;
use super::deadline::DeadlineReason;
use super::reports::Reports;
use super::roles;
use super::secrets::{AddressHash, PasswordHash, SecretEvent, Secrets, TokenHash};
use super::state::RoomState;
use crate::protocol::command::{Command, PermissionRequest, Report};
use crate::protocol::denied::{Denied, Refused};
use crate::protocol::ephemeral::{MemberNotice, Reaction};
use crate::protocol::event::{Departure, RoomEvent};
use crate::protocol::ids::{MemberId, NodeId};
use crate::protocol::member::Member;
use crate::protocol::text::MemberName;
use crate::protocol::time::{RoomTime, Span};

mod acting_admin;
mod batch;
mod chat;
mod creation;
mod describe;
mod eligibility;
mod emotes;
mod end;
mod errand;
mod gate;
mod invites;
mod join_leave;
mod length;
mod load;
mod lobby;
mod member_reports;
mod members;
mod missing_part;
mod moderation;
mod moment;
mod on_deadline;
mod operator;
mod playback;
mod players;
mod queue;
mod queue_limits;
mod recovery;
mod report;
mod restrictions;
mod slow;
mod standstill;
mod subtitles;
mod title;
mod unique_names;
mod visibility;

pub use creation::{Creation, RoomSettings, create, create_for};
pub use errand::{errand, errand_member};
pub use moment::Moment;
pub use operator::{OperatorCommand, Traces};

/// One outcome of a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decided {
    /// An event for the log.
    Event {
        /// What every client may see of it.
        public: Box<RoomEvent>,
        /// What stays on the server; `None` for most events.
        private: Option<SecretEvent>,
    },
    /// A reaction to broadcast to the members present. Not in the log.
    Reaction(Reaction),
    /// A notice to send to the admins present. Not in the log.
    ToAdmins(MemberNotice),
    /// A notice to send to some members. Not in the log.
    ToMembers {
        /// The members, all of them present.
        to: Vec<MemberId>,
        /// What they are told.
        notice: MemberNotice,
    },
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

/// A client that was let in: its password, if needed, was checked before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdmittedMember {
    /// The requested name. A member who returns by token keeps theirs.
    pub name: MemberName,
    /// The hash of the token that the client presented, if any.
    pub resume: Option<TokenHash>,
    /// The hash of the token that a new member gets. If it is known already, the client is that
    /// member: an earlier hello arrived and its welcome was lost.
    pub token: TokenHash,
    /// Whether the client has a player. Without one its member only chats and is never waited for.
    pub has_player: bool,
    /// The hash of the address, if it distinguishes the client from others.
    pub from: Option<AddressHash>,
    /// The hash of the invite token that the client presented, if any. It gives a new member the
    /// role of the invite; where it does not work, or is not needed, it changes nothing.
    pub invite: Option<TokenHash>,
}

impl AdmittedMember {
    /// The member who returns: by the token of an earlier welcome, else by the one of a hello whose
    /// welcome was lost.
    #[must_use]
    pub fn owner(&self, secrets: &Secrets) -> Option<MemberId> {
        let by_resume = self.resume.and_then(|token| secrets.owner(&token));
        by_resume.or_else(|| secrets.owner(&self.token))
    }
}

/// A batch of joins and departures.
#[derive(Debug, Clone, Copy, Default)]
pub struct PresenceChange<'a> {
    /// Those who join, each let in already.
    pub arrivals: &'a [AdmittedMember],
    /// Those who leave.
    pub departures: &'a [Departure],
    /// The node at which they join; `None` in a log of one process.
    pub node: Option<&'a NodeId>,
}

/// What a batch of joins and departures leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JoinLeaveOutcome {
    /// The events to commit; empty if nothing changes, as when everybody who left is back.
    pub decided: Vec<Decided>,
    /// For each joining client, in order: its member, and whether it returned by token.
    pub members: Vec<(MemberId, bool)>,
}

/// What every command is decided from: the room, who sent it, and when.
#[derive(Clone, Copy)]
struct CommandContext<'a> {
    state: &'a RoomState,
    secrets: &'a Secrets,
    by: &'a Member,
    moment: Moment,
    /// The hash of the password that came with the command.
    password: Option<&'a PasswordHash>,
}

/// The events of a command, or why it changes nothing.
type CommandResult = Result<Vec<Decided>, Denied>;

/// What its server's time for empty rooms means for a room that exists, if it is another than the
/// room's; `None` changes nothing.
#[must_use]
pub fn follow_ttl(room: &Room, ttl: Option<Span>) -> Vec<Decided> {
    let ttl = ttl.filter(|ttl| room.state.ttl != Some(*ttl));
    let changed = ttl.map(|ttl| RoomEvent::TtlChanged { ttl }.into());
    changed.into_iter().collect()
}

/// Members join and leave: one presence event for all of them, and its consequences (the first
/// admin, acting admins, an empty room that pauses).
///
/// A departure of a member who is not here is ignored. A member who leaves and returns by token in
/// the same batch causes no event, unless it is at another node.
#[must_use]
pub fn join_leave(room: &Room, change: PresenceChange<'_>, moment: Moment) -> JoinLeaveOutcome {
    join_leave::join_leave(room, change, moment)
}

/// Checks that a room admits a client that was let in: a locked one admits only members whom it
/// knows.
///
/// # Errors [`Refused::Locked`].
pub fn check_admission(room: &Room, arrival: &AdmittedMember) -> Result<(), Refused> {
    restrictions::check_admission(room, arrival)
}

/// Hands kept reports to moderators and admins who can judge them. Call it whenever members have
/// come or roles have changed, once those who came are connected.
#[must_use]
pub fn hand_on_reports(room: &Room) -> Vec<Decided> {
    member_reports::hand_on(room)
}

/// What a member's command leads to. `password` is the hash of the password that came with it: to
/// hash is slow, and left to the server.
///
/// # Errors [`Denied`] says why it changes nothing.
pub fn command(
    room: &Room,
    by: MemberId,
    command: &Command,
    password: Option<&PasswordHash>,
    moment: Moment,
) -> Result<Vec<Decided>, Denied> {
    let by = may(room, by, command)?;
    restrictions::check(&room.state, by, command, moment.now)?;
    let ctx = CommandContext {
        state: &room.state,
        secrets: &room.secrets,
        by,
        moment,
        password,
    };
    dispatch(ctx, command)
}

/// The member who sends a command, if they may.
///
/// # Errors [`Denied`] says why they may not. What else speaks against it, only [`command`] finds.
pub fn may<'a>(room: &'a Room, by: MemberId, command: &Command) -> Result<&'a Member, Denied> {
    let state = &room.state;
    let by = state
        .roster
        .get(by)
        .filter(|member| member.is_here() && !state.closed)
        .ok_or(Denied::NotInRoom)?;
    roles::check_command(command, by, &state.roster)?;
    moderation::check_not_muted(by, command)?;
    Ok(by)
}

/// What a command of the server's operator leads to.
///
/// # Errors [`Denied`] says why it changes nothing.
pub fn operator(
    room: &Room,
    command: &OperatorCommand,
    moment: Moment,
) -> Result<Vec<Decided>, Denied> {
    operator::command(room, command, moment)
}

/// What a room keeps of the person of this name, and which event erases it.
#[must_use]
pub fn traces(state: &RoomState, name: &MemberName) -> Traces {
    operator::traces(state, name)
}

/// Decides a command that the member's role allows.
fn dispatch(ctx: CommandContext<'_>, command: &Command) -> CommandResult {
    match command {
        Command::Chat { text } => Ok(chat::send_line(ctx, text)),
        Command::React { emoji } => Ok(chat::react(ctx, emoji)),
        Command::Ask { request } => ask(ctx, request),
        Command::Play { media } => load::play(ctx, media),
        Command::PlayWaiting { media } => lobby::play_waiting(ctx, media),
        Command::PlayNow { entry } => load::play_now(ctx, *entry),
        Command::Skip => load::skip(ctx),
        Command::Add { media } => queue::add(ctx, media),
        Command::AddAll { batch } => batch::add_all(ctx, batch),
        Command::Describe {
            entry,
            title,
            duration,
        } => describe::describe(ctx, *entry, title.as_ref(), *duration),
        Command::Approve { entry } => queue::approve(ctx, *entry),
        Command::Reject { entry } => queue::reject(ctx, *entry),
        Command::RejectAll { of } => queue::reject_all(ctx, of.as_ref()),
        Command::Withdraw { entry } => queue::withdraw(ctx, *entry),
        Command::TakeBack { first, last } => batch::take_back(ctx, *first..=*last),
        Command::Remove { entry } => queue::remove(ctx, *entry),
        Command::Move { entry, place } => queue::move_to(ctx, *entry, *place),
        Command::Pause { mark } => playback::pause(ctx, *mark),
        Command::Resume { mark } => playback::resume(ctx, *mark),
        Command::Seek { target, mark } => playback::seek(ctx, *target, *mark),
        Command::Undo => playback::undo(ctx),
        Command::SetRate { rate } => playback::set_rate(ctx, *rate),
        Command::SetLength { length } => length::set(ctx, *length),
        Command::OfferSubtitles { link } => subtitles::offer(ctx, link),
        Command::Rename { name } => members::rename(ctx, name),
        Command::SetEmote(change) => emotes::set(ctx, change),
        Command::SetTitle { title } => members::set_title(ctx, title.as_ref()),
        Command::SetVisibility { visibility, .. } => visibility::choose(ctx, *visibility),
        Command::CreateInvite { token, terms } => invites::create(ctx, token, *terms),
        Command::RevokeInvite { invite } => invites::revoke(ctx, *invite),
        Command::ListInvites => Ok(invites::list(ctx)),
        Command::SetRole { who, role } => members::set_role(ctx, who, *role),
        Command::SetHeir { who } => members::set_heir(ctx, who),
        Command::Kick { who } => members::kick(ctx, who),
        Command::Mute { who, muted } => moderation::set_muted(ctx, who, *muted),
        Command::Ban { who, scope } => moderation::ban(ctx, who, *scope),
        Command::Unban { who } => moderation::unban(ctx, who),
        Command::Erase { line } => moderation::erase(ctx, *line),
        Command::EraseAll { of } => moderation::erase_all(ctx, of),
        Command::SetSlowMode { interval } => restrictions::set_slow_mode(ctx, *interval),
        Command::SetLocked { locked } => restrictions::set_locked(ctx, *locked),
        Command::SetNewcomers { wait } => restrictions::set_newcomers(ctx, *wait),
        Command::SetObserverChat { shown } => restrictions::set_observer_chat(ctx, *shown),
        Command::ReportMember { of, reason } => member_reports::report(ctx, of, reason.as_ref()),
        Command::ExemptFromWait { who, exempt } => moderation::exempt(ctx, who.as_ref(), *exempt),
        Command::SetWait { wait } => slow::set_wait(ctx, *wait),
        Command::Go => slow::go(ctx),
        Command::Countdown => playback::countdown(ctx),
        Command::SetReady { ready } => lobby::set_ready(ctx, *ready),
        Command::Start => lobby::start(ctx),
        Command::SetStart { start } => lobby::set(ctx, *start),
        Command::Close => Ok(vec![RoomEvent::Closed.into()]),
    }
}

/// Asks the admins. A request that would change nothing is denied at once, so that they are not
/// bothered in vain.
fn ask(ctx: CommandContext<'_>, request: &PermissionRequest) -> CommandResult {
    dispatch(ctx, request.command()).map(|_| chat::ask(ctx, request))
}

/// What a report of a member's player leads to. Ignored are reports of members who are not here or
/// have no player, and reports about other media.
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

/// Judges again what all players together mean for the media. Call it whenever anything but a
/// report has changed the room or [`Reports`], and at the time from [`players_next`].
#[must_use]
pub fn players(room: &Room, reports: &mut Reports, moment: Moment) -> Vec<Decided> {
    players::judge(room, reports, moment)
}

/// When to call [`players`] again if nothing changes before; later than `now`.
#[must_use]
pub fn players_next(room: &Room, reports: &Reports, now: RoomTime) -> Option<RoomTime> {
    players::next(room, reports, now)
}

/// What a deadline leads to; nothing if it is not due.
#[must_use]
pub fn deadline(
    room: &Room,
    reports: &mut Reports,
    reason: DeadlineReason,
    moment: Moment,
) -> Vec<Decided> {
    on_deadline::on_deadline(room, reports, reason, moment)
}

/// What reopening the room's log leads to. `alive` is when its server was last known to run: media
/// may play for an hour without an event, so a server should store such a time. `None` if nothing
/// is known of the time since the room's last event.
#[must_use]
pub fn reopened(
    room: &Room,
    alive: Option<RoomTime>,
    settings: RoomSettings,
    moment: Moment,
) -> Vec<Decided> {
    let alive = alive.unwrap_or(room.state.at).max(room.state.at);
    on_deadline::reopened(&room.state, alive, settings, moment)
}
