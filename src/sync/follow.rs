//! The machine that keeps one player on the room's timeline.
//!
//! Inputs are noted as facts, by `moves` (the timeline), `hear` (the player) and `acts` (the
//! member's own doing); then `settle` looks at all of them and orders the next thing that is
//! missing. Since it looks at facts only, it ends in the same place in whatever order they
//! came.

use super::clock::Clock;
use super::drift::Drift;
use super::echo::Echo;
use super::pinging::Pinging;
use super::seeking::Seeking;
use crate::protocol::film::Segment;
use crate::protocol::ids::Epoch;
use crate::protocol::time::{LocalTime, Position, RoomTime, Span};
use crate::room::timeline::Timeline;
use ahead::Stood;
use by_itself::DoubtfulJump;
use landing::Sent;
use medium::Medium;
use open_acts::OpenActs;
use stall::Stall;
use start::StartLead;
use trouble::Trouble;

pub use input::Input;
pub use output::{
    Act, Because, Interruption, MediumView, Output, ReadSoFar, Status, SyncState, Unsynced,
};

mod acts;
mod ahead;
mod by_itself;
mod catching_up;
mod gate;
mod given_up;
mod hear;
mod input;
mod landing;
mod live;
mod medium;
mod moves;
mod open_acts;
mod output;
mod reading_on;
mod settle;
mod stall;
mod start;
mod status;
mod steer;
mod time_jumps;
mod trouble;

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
    clock: Clock,
    pinging: Pinging,
    timeline: Timeline,
    /// The timeline that still holds until the start of a move that goes on evenly from it.
    before: Option<Timeline>,
    process: Process,
    medium: Option<Medium>,
    /// The player waits for data.
    stall: Option<Stall>,
    /// The medium does not play, and is tried again.
    trouble: Option<Trouble>,
    /// Of which video the room heard that it did not open and is tried again.
    told_tries: Option<Epoch>,
    /// Of which video a jump threw the player to its end: it is sent no farther than what is
    /// cached of it.
    no_jumps: Option<Epoch>,
    /// Where its data ended too early the last time.
    last_end: Option<Position>,
    echo: Echo,
    drift: Drift,
    seeking: Seeking,
    acts: OpenActs,
    /// A jump that may be the player's own.
    doubtful_jump: Option<DoubtfulJump>,
    /// A speed that is not ours, until it stays the same for a moment.
    strange_speed: Option<(f64, LocalTime)>,
    owed: Owed,
    sent: Sent,
    /// What became of letting the room arrive.
    stood: Stood,
    /// Why the next orders are given.
    cause: Because,
    lead: StartLead,
    /// When a film is opened even if room time is still unknown.
    open_by: Option<LocalTime>,
    /// A start was ordered whose first reading tells how well it was timed.
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
    /// Of which new video the room heard that this player need not be waited for.
    told_ready: Option<Epoch>,
    /// In which movement of the film the room heard that this player stands ahead of it, until
    /// it runs again.
    told_ahead: Option<Segment>,
    /// Whether a seek is called for but was made just now.
    resting: bool,
    /// The time of the last input.
    seen: LocalTime,
}

/// The player's process, as far as following is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Process {
    /// There is none.
    Away,
    /// It is being started, as far as is known.
    Starting,
    /// It answers.
    Ready,
    /// It does not answer.
    Frozen,
}

/// What the last move, or the undoing of an act, still asks for: each at most once.
#[expect(clippy::struct_excessive_bools, reason = "each is owed by itself")]
#[derive(Debug, Clone, Copy, Default)]
struct Owed {
    /// The paused player is to be brought to the anchor's frame.
    frame: bool,
    /// The player may be brought to its starting place by a seek.
    start_seek: bool,
    /// Another such seek may be made if the first one waits for data.
    second_seek: bool,
    /// The seek that is owed is such another one.
    again: bool,
    /// The film jumped, and the running player is to be sent after it.
    jump: bool,
}

impl Follower {
    /// A follower that knows nothing yet.
    #[must_use]
    pub fn new(config: FollowConfig) -> Self {
        Self {
            config,
            clock: Clock::default(),
            pinging: Pinging::default(),
            timeline: Timeline::default(),
            before: None,
            process: Process::Starting,
            medium: None,
            stall: None,
            trouble: None,
            told_tries: None,
            no_jumps: None,
            last_end: None,
            echo: Echo::default(),
            drift: Drift::default(),
            seeking: Seeking::default(),
            acts: OpenActs::default(),
            doubtful_jump: None,
            strange_speed: None,
            owed: Owed::default(),
            sent: Sent::default(),
            stood: Stood::default(),
            cause: Because::Told,
            lead: StartLead::default(),
            open_by: None,
            started: false,
            start_at: None,
            caught_up_at: None,
            steer_from: LocalTime(i64::MIN),
            last_seen: None,
            error: None,
            told_ready: None,
            told_ahead: None,
            resting: false,
            seen: LocalTime(i64::MIN),
        }
    }

    /// Takes an input in and says what is to be done, in this order.
    pub fn handle(&mut self, input: Input, now: LocalTime) -> Vec<Output> {
        self.seen = now;
        self.cause = Because::Told;
        let mut out = Vec::new();
        match input {
            Input::Timeline { timeline, own } => self.moved(timeline, own),
            Input::Connected { same_node } => self.connected(same_node, now, &mut out),
            Input::Disconnected => self.pinging.stop(),
            Input::Pong { t0, t1, t2, t3 } => self.clock.exchange(t0, t1, t2, t3),
            Input::Suspended => self.slept(now),
            Input::Player(event) => self.hear(event, now, &mut out),
            Input::Accepted => self.acts.accepted(),
            Input::Undo => self.undo(now),
            Input::Reopen => self.reopen(),
            Input::Deadline => {}
        }
        self.settle(now, &mut out);
        self.tell_ready(now, &mut out);
        self.tell_ahead(now, &mut out);
        out
    }

    /// When it wants to be told [`Input::Deadline`], if no other input comes before.
    #[must_use]
    pub fn next_deadline(&self) -> Option<LocalTime> {
        let player = if self.process == Process::Ready {
            [
                self.echo.next_expiry(),
                self.start_at,
                self.open_by,
                self.rate_deadline(self.seen),
                self.acts.next(self.echo.is_seeking()),
                self.strange_speed.map(|(_, until)| until),
                self.doubtful_jump.map(|jump| jump.until),
                self.sent.thrown_until,
                self.stall.as_ref().and_then(Stall::report_at),
                self.seek_waits_at(),
                self.next_try(),
                self.caught_up_at,
                self.medium.as_ref().and_then(Medium::load_limit),
                self.load_trouble_at(),
                self.tries_limit(),
                self.reach_due(self.seen),
                self.reopens_at(),
                self.nothing_comes_at(),
            ]
        } else {
            [None; 18]
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
            buffered: self.medium.as_ref().and_then(|medium| medium.buffered),
            round_trip: self.clock.round_trip(),
            live: self.live_place(),
            apart: self.live_apart(),
        }
    }

    /// What the player makes of the room's medium.
    #[must_use]
    pub fn medium(&self) -> MediumView<'_> {
        self.medium_view()
    }

    /// Why the player waits for data, as far as that is known.
    #[must_use]
    pub fn waits_because(&self) -> Option<Interruption> {
        self.interruption()
    }

    /// The medium whose data is fetched once more below the player, which keeps it open.
    #[must_use]
    pub fn fetches_again(&self) -> Option<Epoch> {
        self.refetched()
    }

    /// By how much the pictures of this copy are off at the same time, if they are: positive
    /// if it lacks some of its beginning.
    #[must_use]
    pub fn off_by_beginning(&self) -> Option<Span> {
        self.pictures_off()
    }

    /// Room time, once it is known.
    #[must_use]
    pub fn room_time(&self, now: LocalTime) -> Option<RoomTime> {
        self.clock.room(now)
    }

    /// Connected: estimates the clock anew, from nothing if the node is another.
    fn connected(&mut self, same_node: bool, now: LocalTime, out: &mut Vec<Output>) {
        if !same_node {
            self.clock.clear();
            self.drift.forget_orders();
            self.error = None;
        }
        self.pinging.burst(now);
        // What was told of late may not have arrived, and what was told before may be
        // forgotten.
        self.told_ready = None;
        self.told_ahead = None;
        out.extend(self.medium.as_mut().and_then(Medium::repeated));
        out.extend(self.repeated_stall());
        out.extend(self.repeated_trouble());
    }

    /// Room time as the own clock's, once it is known.
    #[must_use]
    pub fn local_time(&self, room: RoomTime) -> Option<LocalTime> {
        self.clock.local(room)
    }

    /// The machine slept, and its monotonic clock stood: what was known of room time is gone.
    fn slept(&mut self, now: LocalTime) {
        self.clock.clear();
        if self.pinging.is_on() {
            self.pinging.burst(now);
        }
        self.drift.forget_orders();
        self.echo.renew(now);
        self.error = None;
    }
}
