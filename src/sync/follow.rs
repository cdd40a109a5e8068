//! The machine that keeps one player on the room's timeline.
//!
//! Inputs are noted as facts, by `timeline_changes`, `player_events` and `user_actions` (what the
//! member does in the player's window); then `reconcile` looks at all of them and orders the next
//! thing that is missing. Since it looks at facts only, it ends in the same place in whatever
//! order they came. Every order carries its [`SyncCause`]; all seeks stand in [`seeks`]. What is
//! known of the player and of the timeline is kept here and borrowed by others:
//! [`Follower::player_state`], [`Follower::timeline`].

use super::clock::RoomClock;
use super::drift::Drift;
use super::echo::Echo;
use super::pinging::PingSchedule;
use super::player::ProcessState;
use super::seeking::Seeking;
use crate::protocol::ids::Epoch;
use crate::protocol::playback::Segment;
use crate::protocol::time::{LocalTime, Position, RoomTime, Span};
use crate::room::timeline::Timeline;
#[cfg(test)]
use crate::test_support::length::Length;
use ahead::LastStand;
use decisions::LastDecisions;
use landing::LastSeek;
use loaded_media::LoadedMedia;
use media_retry::MediaRetry;
use output_offset::OutputOffset;
use process::FollowedProcess;
use stall::Stall;
use start::StartLead;
use unanswered::UnansweredActions;
use unordered_seeks::DoubtfulJump;

pub use cause::{PlayerOrder, SyncAction, SyncCause, SyncDecision};
pub use input::FollowInput;
pub use output::{FollowOutput, UserAction};
pub use player_state::PlayerState;
pub use sync_state::{Interruption, ReadSoFar, Status, SyncState, Unsynced};

mod ahead;
pub(super) mod catching_up;
mod cause;
mod decisions;
mod gate;
mod given_up;
mod input;
pub(super) mod landing;
mod live;
pub(super) mod loaded_media;
pub(super) mod media_retry;
mod output;
mod output_offset;
mod player_events;
mod player_state;
mod process;
mod reading_on;
pub(super) mod reconcile;
pub(super) mod seeks;
pub(super) mod stall;
pub(super) mod start;
mod status;
pub(super) mod steer;
mod sync_state;
pub(super) mod time_jumps;
mod timeline_changes;
pub(super) mod unanswered;
pub(super) mod unordered_seeks;
mod user_actions;

/// What a member may choose about following.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FollowConfig {
    /// Beyond this error the player seeks even where the target has to be fetched first
    /// (`--seek-threshold`).
    pub seek_threshold: Span,
}

impl Default for FollowConfig {
    fn default() -> Self {
        Self {
            seek_threshold: Span::seconds(2),
        }
    }
}

/// Keeps one player on the room's timeline; see the module's text.
#[derive(Debug)]
pub struct Follower {
    config: FollowConfig,
    clock: RoomClock,
    pinging: PingSchedule,
    timeline: Timeline,
    /// The timeline that still holds until the start of a move that goes on evenly from it.
    before: Option<Timeline>,
    process: FollowedProcess,
    loaded: Option<LoadedMedia>,
    /// The player waits for data.
    stall: Option<Stall>,
    /// The media does not play, and is tried again.
    retry: Option<MediaRetry>,
    /// The media of which it was reported that it did not open and is tried again.
    reported_tries: Option<Epoch>,
    /// Of which media a jump threw the player to its end: it is sent no farther than what is
    /// cached of it.
    no_jumps: Option<Epoch>,
    /// Where its data ended too early the last time.
    last_end: Option<Position>,
    echo: Echo,
    drift: Drift,
    seeking: Seeking,
    output: OutputOffset,
    user_actions: UnansweredActions,
    /// A jump that may be the player's own.
    doubtful_jump: Option<DoubtfulJump>,
    /// A speed that is not ours, until it stays the same for a moment.
    unordered_speed: Option<(f64, LocalTime)>,
    pending: Pending,
    last_seek: LastSeek,
    /// What became of letting the room arrive.
    last_stand: LastStand,
    /// What the last input began that began anything: the cause of what follows from it.
    begun_cause: SyncCause,
    /// The cause of the next order.
    cause: SyncCause,
    last: LastDecisions,
    lead: StartLead,
    /// When media is opened even if room time is still unknown.
    open_by: Option<LocalTime>,
    /// A start was ordered whose first reading shows how well it was timed.
    started: bool,
    /// When a standing player is to be started.
    start_at: Option<LocalTime>,
    /// When a player that plays to where the room waits has got there.
    caught_up_at: Option<LocalTime>,
    /// Readings before this time are not to be steered by.
    steer_from: LocalTime,
    /// Where the player was seen last.
    last_seen: Option<(Position, LocalTime)>,
    /// Player minus timeline, and when it was read.
    error: Option<(Span, LocalTime)>,
    /// The new media of which it was reported that this player need not be waited for.
    reported_ready: Option<Epoch>,
    /// The segment in which it was reported that this player stands ahead of the room, until
    /// it runs again.
    reported_ahead: Option<Segment>,
    /// Whether a seek is called for but was made just now.
    resting: bool,
    /// The time of the last input.
    seen: LocalTime,
}

/// What the last move, or the undoing of an action, still asks for: each at most once.
#[expect(clippy::struct_excessive_bools, reason = "each is pending by itself")]
#[derive(Debug, Clone, Copy, Default)]
struct Pending {
    /// The paused player is to be brought to the anchor's frame.
    frame: bool,
    /// The player may be brought to its starting place by a seek.
    start_seek: bool,
    /// Another such seek may be made if the first one waits for data.
    second_seek: bool,
    /// The seek that is pending is such another one.
    again: bool,
    /// The media jumped, and the running player is to be sent after it.
    jump: bool,
}

impl Follower {
    /// A follower that knows nothing yet, whose player is being started.
    #[must_use]
    pub fn new(config: FollowConfig) -> Self {
        Self::with(config, ProcessState::Starting)
    }

    /// A follower without a player, on purpose: it knows what the room plays and what time it is.
    #[must_use]
    pub fn without_player(config: FollowConfig) -> Self {
        Self::with(config, ProcessState::Off)
    }

    fn with(config: FollowConfig, process: ProcessState) -> Self {
        Self {
            config,
            clock: RoomClock::default(),
            pinging: PingSchedule::default(),
            timeline: Timeline::default(),
            before: None,
            process: FollowedProcess::new(process),
            loaded: None,
            stall: None,
            retry: None,
            reported_tries: None,
            no_jumps: None,
            last_end: None,
            echo: Echo::default(),
            drift: Drift::default(),
            seeking: Seeking::default(),
            output: OutputOffset::default(),
            user_actions: UnansweredActions::default(),
            doubtful_jump: None,
            unordered_speed: None,
            pending: Pending::default(),
            last_seek: LastSeek::default(),
            last_stand: LastStand::default(),
            begun_cause: SyncCause::Joined,
            cause: SyncCause::Joined,
            last: LastDecisions::default(),
            lead: StartLead::default(),
            open_by: None,
            started: false,
            start_at: None,
            caught_up_at: None,
            steer_from: LocalTime(i64::MIN),
            last_seen: None,
            error: None,
            reported_ready: None,
            reported_ahead: None,
            resting: false,
            seen: LocalTime(i64::MIN),
        }
    }

    /// Takes an input in and says what is to be done, in this order.
    pub fn handle(&mut self, input: FollowInput, now: LocalTime) -> Vec<FollowOutput> {
        let before = self.state_before();
        self.seen = now;
        let cause = self.cause_of(&input).unwrap_or(self.begun_cause);
        self.begin_cause(cause);
        let connects = matches!(input, FollowInput::Connected { .. });
        let mut out = Vec::new();
        match input {
            FollowInput::Timeline { timeline, own } => self.on_timeline(timeline, own),
            FollowInput::LeftRoom => self.on_timeline(Timeline::default(), false),
            FollowInput::Connected { same_node } => self.on_connected(same_node, now, &mut out),
            FollowInput::Cadence(cadence) => self.pinging.keep(cadence),
            FollowInput::Disconnected => self.pinging.stop(),
            FollowInput::Pong(times) => self.clock.exchange(times),
            FollowInput::Suspended => self.on_suspended(now),
            FollowInput::Player(event) => self.on_player_event(event, now, &mut out),
            FollowInput::Accepted => self.user_actions.accepted(),
            FollowInput::Undo => self.undo(now),
            FollowInput::Reopen => self.reopen(),
            FollowInput::OutputOffset(offset) => self.output.want(offset),
            FollowInput::Deadline => {}
        }
        self.reconcile(now, &mut out);
        self.report_ready(now, &mut out);
        // The room may have moved since it was last heard of; where it is now comes next.
        if !connects {
            self.report_ahead(now, &mut out);
        }
        self.add_decisions(before, now, &mut out);
        out
    }

    /// When it wants [`FollowInput::Deadline`], if no other input comes before.
    #[must_use]
    pub fn next_deadline(&self) -> Option<LocalTime> {
        let player = if self.process.is_ready() {
            [
                self.echo.next_expiry(),
                self.start_at,
                self.open_by,
                self.rate_deadline(self.seen),
                self.user_actions.next(self.echo.is_seeking()),
                self.unordered_speed.map(|(_, until)| until),
                self.doubtful_jump.map(|jump| jump.until),
                self.last_seek.thrown_until,
                self.ahead_report_at(self.seen),
                self.stall.as_ref().and_then(Stall::report_at),
                self.seek_waits_at(),
                self.next_try(),
                self.caught_up_at,
                self.loaded.as_ref().and_then(LoadedMedia::load_limit),
                self.load_trouble_at(),
                self.tries_limit(),
                self.reach_due(self.seen),
                self.reopens_at(),
                self.nothing_comes_at(),
            ]
        } else {
            [None; 19]
        };
        player
            .into_iter()
            .chain([self.pinging.next()])
            .flatten()
            .min()
    }

    /// How the player is doing.
    #[must_use]
    pub fn status(&self) -> Status {
        Status {
            state: self.state(),
            error: self.recent_error(),
            bound: self.clock.bound(self.seen),
            speed: self.echo.ordered_speed(),
            buffered: self.loaded.as_ref().and_then(|loaded| loaded.buffered),
            round_trip: self.clock.round_trip(),
            live: self.live_place(),
            apart: self.live_apart(),
        }
    }

    /// The timeline that is followed: the room's, without media that may not be opened here.
    #[must_use]
    pub const fn timeline(&self) -> &Timeline {
        &self.timeline
    }

    /// How much its collections hold.
    #[cfg(test)]
    pub(crate) fn lengths(&self) -> Vec<Length> {
        let own = [
            self.clock.length(),
            self.drift.length(),
            self.user_actions.length(),
        ];
        own.into_iter().chain(self.echo.lengths()).collect()
    }

    /// Room time, once it is known.
    #[must_use]
    pub fn room_time(&self, now: LocalTime) -> Option<RoomTime> {
        self.clock.room(now)
    }

    /// Connected: estimates the clock anew, from nothing if the node is another.
    fn on_connected(&mut self, same_node: bool, now: LocalTime, out: &mut Vec<FollowOutput>) {
        if same_node {
            self.pinging.burst(now);
        } else {
            self.clock.clear();
            self.pinging.begin(now);
            self.drift.forget_orders();
            self.error = None;
        }
        // What was reported of late may not have arrived, and what was reported before may be
        // forgotten.
        self.reported_ready = None;
        self.reported_ahead = None;
        out.extend(self.loaded.as_mut().and_then(LoadedMedia::repeated));
        out.extend(self.repeated_stall());
        out.extend(self.repeated_failure());
    }

    /// Room time as the own clock's, once it is known.
    #[must_use]
    pub fn local_time(&self, room: RoomTime) -> Option<LocalTime> {
        self.clock.local(room)
    }

    /// The machine slept, and its monotonic clock stood: what was known of room time is gone.
    fn on_suspended(&mut self, now: LocalTime) {
        self.clock.clear();
        if self.pinging.is_on() {
            self.pinging.begin(now);
        }
        self.drift.forget_orders();
        self.echo.renew(now);
        self.error = None;
    }
}
