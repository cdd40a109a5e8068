//! The own player: what it does in a word, what the follower wants of it, and what is told
//! of it at fixed intervals.

use super::App;
use super::config::AppConfig;
use super::effect::Effect;
use super::told::{Notice, PlayerView, Told};
use crate::media::policy::{self, Privacy, Refusal};
use crate::protocol::ids::Epoch;
use crate::protocol::time::{LocalTime, RoomTime, Span};
use crate::room::timeline::Timeline;
use crate::sync::follow::{Follower, Input, Interruption, MediumView, Output, Status};
use crate::sync::player::{Lack, PlayerCommand, PlayerEvent, ProcessState, Quality};
use crate::wire::message::{ClientMsg, Health, HealthState};

mod gaps;
mod health;
mod refusal;
mod retry;
mod said;
mod window;

pub(super) use health::is_well;
use health::{in_step, standing};
use retry::Retry;
use said::Said;

/// The kind of media that comes in several qualities.
pub(super) const YOUTUBE: &str = "YouTube";

/// How often the member is told how well in step they are, while the film plays.
const SYNC_EVERY: Span = Span::seconds(1);

/// How often the room is told how the member is doing, while a player runs.
const HEALTH_EVERY: Span = Span::seconds(2);

/// A player that reads on says so again after so much more of the video (judgement).
const READ_FARTHER: Span = Span::seconds(30);

/// The own player, as its reports tell it.
#[derive(Debug)]
pub(super) struct Playback {
    follower: Follower,
    privacy: Privacy,
    process: ProcessState,
    lacks: Option<Lack>,
    frozen: bool,
    refused: Option<Refusal>,
    /// Of which video the room was told that this machine does not open it.
    told_refusal: Option<Epoch>,
    paused: bool,
    /// The timeline as the follower knows it: without a medium that is refused.
    timeline: Timeline,
    told: Option<PlayerView>,
    /// What was said of its trouble.
    said: Said,
    /// When the member asked for another try, and whether something became of it.
    retry: Retry,
    /// The missing parts of the video that were told.
    gaps: gaps::Gaps,
    /// What was said last of an act that was undone, and when.
    pub(super) undone: Option<(Notice, LocalTime)>,
    next_sync: Option<LocalTime>,
    next_health: Option<LocalTime>,
    /// The quality that the member chose, for every player that is started.
    pub(super) quality: Option<Quality>,
    /// Whether the member said that they are away.
    away: bool,
}

impl Playback {
    /// A player that was asked for, or none.
    pub(super) fn new(config: &AppConfig) -> Self {
        Self {
            follower: Follower::new(config.follow),
            privacy: config.policy,
            process: if config.has_player {
                ProcessState::Starting
            } else {
                ProcessState::Off
            },
            lacks: None,
            frozen: false,
            refused: None,
            told_refusal: None,
            paused: true,
            timeline: Timeline::default(),
            told: None,
            said: Said::default(),
            retry: Retry::default(),
            gaps: gaps::Gaps::default(),
            undone: None,
            next_sync: None,
            next_health: None,
            quality: None,
            away: false,
        }
    }

    /// What the player does, in a word.
    pub(super) fn view(&self) -> PlayerView {
        match &self.process {
            ProcessState::Off => PlayerView::Off,
            ProcessState::Closed(_) | ProcessState::Unusable(_) => {
                PlayerView::Gone(self.process.clone())
            }
            ProcessState::Ready { .. } if self.frozen => PlayerView::Frozen,
            ProcessState::Ready { .. } => self.film_view(),
            _ if self.frozen => PlayerView::Frozen,
            _ => PlayerView::Starting,
        }
    }

    fn film_view(&self) -> PlayerView {
        if let Some(refused) = &self.refused {
            return PlayerView::Refused(refused.clone());
        }
        if self.timeline.playing.is_none() {
            return PlayerView::Idle { lacks: self.lacks };
        }
        match self.follower.medium() {
            MediumView::Failed(problem) => PlayerView::Failed(problem.clone()),
            MediumView::Opening => PlayerView::Loading,
            MediumView::Waiting => PlayerView::Buffering,
            MediumView::ReadingOn(read) => PlayerView::ReadingOn(read),
            MediumView::Open if self.paused || self.timeline.finished => PlayerView::Paused,
            MediumView::Open => PlayerView::Playing,
        }
    }

    /// How well in step it is.
    pub(super) fn status(&self) -> Status {
        self.follower.status()
    }

    /// Why it waits for data, as far as that is certain.
    pub(super) fn interruption(&self) -> Option<Interruption> {
        let is_certain = self.said.is_interruption_said();
        self.follower.waits_because().filter(|_| is_certain)
    }

    /// Room time now, once the clocks were compared.
    pub(super) fn room_time(&self, now: LocalTime) -> Option<RoomTime> {
        self.follower.room_time(now)
    }

    /// A room time as the own clock's, once the clocks were compared.
    pub(super) fn local_time(&self, room: RoomTime) -> Option<LocalTime> {
        self.follower.local_time(room)
    }

    /// The timeline that the player is kept on.
    pub(super) const fn followed(&self) -> &Timeline {
        &self.timeline
    }

    /// Whether it was told: how far it has read is told again once that is much farther.
    fn was_told(&self, view: &PlayerView) -> bool {
        match (&self.told, view) {
            (Some(PlayerView::ReadingOn(told)), PlayerView::ReadingOn(now)) => {
                (now.read - told.read).abs() < READ_FARTHER
            }
            (told, view) => told.as_ref() == Some(view),
        }
    }

    /// Whether the process is gone, or could not be started.
    fn is_gone(&self) -> bool {
        matches!(self.view(), PlayerView::Gone(_))
    }

    fn runs(&self) -> bool {
        !matches!(
            self.view(),
            PlayerView::Off | PlayerView::Gone(_) | PlayerView::Starting
        )
    }

    fn plays(&self) -> bool {
        matches!(
            self.view(),
            PlayerView::Playing | PlayerView::Buffering | PlayerView::ReadingOn(_)
        )
    }

    /// Others can be told how the member is doing.
    pub(super) fn link_joined(&mut self, now: LocalTime) {
        self.next_health = Some(now + HEALTH_EVERY);
    }

    /// Nobody can be told anything.
    pub(super) fn link_lost(&mut self) {
        self.next_health = None;
    }

    /// When something is due.
    pub(super) fn next_deadline(&self) -> Option<LocalTime> {
        let health = self.next_health.filter(|_| self.runs());
        let said = self.said.next_deadline();
        [self.follower.next_deadline(), self.next_sync, health, said]
            .into_iter()
            .flatten()
            .min()
    }

    /// The member goes away, or comes back: says which.
    pub(super) fn turn_away(&mut self) -> bool {
        self.away = !self.away;
        self.away
    }

    /// Takes note of what the player reports.
    fn note(&mut self, event: &PlayerEvent) {
        match event {
            PlayerEvent::Process(state) => self.note_process(state),
            PlayerEvent::Paused { paused, .. } => self.paused = *paused,
            PlayerEvent::Lacks(lack) => self.lacks = Some(lack.besides(self.lacks)),
            _ => {}
        }
    }

    fn note_process(&mut self, state: &ProcessState) {
        match state {
            ProcessState::Frozen => self.frozen = true,
            ProcessState::Thawed => self.frozen = false,
            state => {
                self.process = state.clone();
                self.frozen = false;
                if let ProcessState::Ready { lacks, .. } = state {
                    self.lacks = *lacks;
                }
            }
        }
    }

    /// How the member is doing, for the others.
    pub(super) fn health(&self) -> Health {
        let status = self.follower.status();
        let state = match self.view() {
            _ if self.away => HealthState::Away,
            PlayerView::Off | PlayerView::Gone(_) | PlayerView::Starting => HealthState::ChatOnly,
            PlayerView::Loading | PlayerView::ReadingOn(_) => HealthState::Loading,
            PlayerView::Frozen => HealthState::Frozen,
            PlayerView::Failed(_) | PlayerView::Refused(_) => HealthState::Failed,
            PlayerView::Buffering => HealthState::Buffering,
            PlayerView::Idle { .. } => HealthState::InStep,
            PlayerView::Paused => standing(status.state),
            PlayerView::Playing => in_step(&status),
        };
        Health {
            state,
            error: status.error,
            bound: status.bound,
            buffered: status.buffered,
            round_trip: status.round_trip,
            live: status.live,
        }
    }
}

impl App {
    /// The room may not know that the player is closed: it is new, or its server is.
    pub(super) fn repeat_closed(&mut self) {
        if self.playback.is_gone() {
            let health = self.playback.health();
            self.send(ClientMsg::Health(health));
        }
    }

    /// The player reports something.
    pub(super) fn player(&mut self, event: PlayerEvent) {
        let ran = self.playback.runs();
        self.playback.note(&event);
        self.playback.retry.note(&event);
        if let (PlayerEvent::Lacks(_), Some(lack)) = (&event, self.playback.lacks) {
            self.notice(Notice::PlayerLacks(lack));
        }
        if let PlayerEvent::PartMissing { epoch, at, length } = event
            && epoch == self.playback.timeline.epoch
            && self.playback.gaps.is_new(epoch, at)
        {
            self.notice(Notice::PartMissing { at, length });
        }
        if let PlayerEvent::Process(ProcessState::Ready { .. }) = event
            && let Some(quality) = self.playback.quality
        {
            let order = PlayerCommand::SetQuality(quality);
            self.effects.push(Effect::Player(order));
        }
        self.follow(Input::Player(event));
        // The last word of a player that is gone: others see it at once.
        if ran && !self.playback.runs() && self.connection.is_joined() {
            let health = self.playback.health();
            self.send(ClientMsg::Health(health));
        }
        self.tell_player();
    }

    /// Gives the follower the timeline as it is now, without a medium that this machine does
    /// not open. `own`: the change was made in this very player's window.
    pub(super) fn follow_timeline(&mut self, own: bool) {
        let room = self.room();
        let mut timeline = room.map(|room| room.timeline.clone()).unwrap_or_default();
        let check = |media| policy::check(media, self.playback.privacy).err();
        let refused = timeline.playing.as_ref().and_then(|p| check(&p.media));
        if refused.is_some() {
            timeline.playing = None;
        }
        self.playback.refused = refused;
        self.tell_refusal(timeline.epoch);
        self.note_move(&timeline);
        self.playback.timeline = timeline.clone();
        self.follow(Input::Timeline { timeline, own });
        self.tell_player();
    }

    /// Tells the follower something, and does what it wants.
    pub(super) fn follow(&mut self, input: Input) {
        let before = self.playback.status();
        self.note_cause(&input);
        let outputs = self.playback.follower.handle(input, self.now.local);
        self.note_decisions(&outputs, &before);
        self.note_stalls(&outputs);
        for output in outputs {
            match output {
                Output::Order(order, _) => self.order(order),
                Output::Ping if self.connection.is_joined() => {
                    let t0 = self.now.local;
                    self.send(ClientMsg::Ping { t0 });
                }
                Output::Report(report) if self.connection.is_joined() => {
                    self.send(ClientMsg::Report { report });
                }
                Output::Act(act) => self.act(act),
                Output::Ping | Output::Report(_) => {}
            }
        }
    }

    /// Asks once more for data that stays out: below the player where that waits for its next
    /// try, else by opening the video anew.
    pub(super) fn fetch_again(&mut self) {
        match self.playback.follower.fetches_again() {
            Some(epoch) => self.order(PlayerCommand::FetchNow { epoch }),
            None => self.reopen(),
        }
    }

    /// Opens the video anew, where the room is.
    pub(super) fn reopen(&mut self) {
        self.follow(Input::Reopen);
        self.tell_player();
    }

    fn order(&mut self, order: PlayerCommand) {
        if let PlayerCommand::Load { paused, .. } = &order {
            self.playback.paused = *paused;
        }
        self.effects.push(Effect::Player(order));
    }

    /// Tells what the player does, if that is new.
    pub(super) fn tell_player(&mut self) {
        self.tell_interruption();
        let view = self.playback.view();
        if !self.playback.was_told(&view) {
            self.fill_window(&view);
            self.playback.told = Some(view.clone());
            self.tell(Told::Player(view));
        }
        if !self.playback.plays() {
            self.playback.next_sync = None;
        } else if self.playback.next_sync.is_none() {
            self.playback.next_sync = Some(self.now.local + SYNC_EVERY);
        }
    }

    /// Does what is due by now.
    pub(super) fn playback_due(&mut self) {
        let now = self.now.local;
        if self
            .playback
            .follower
            .next_deadline()
            .is_some_and(|at| at <= now)
        {
            self.follow(Input::Deadline);
        }
        self.tell_interruption();
        if self.playback.next_sync.is_some_and(|at| at <= now) {
            self.playback.next_sync = Some(now + SYNC_EVERY);
            let status = self.sync_status();
            self.tell(Told::Sync(status));
            self.tell_out_of_reach(&status);
        }
        let health_due = self.playback.next_health.is_some_and(|at| at <= now);
        if health_due && self.playback.runs() {
            self.playback.next_health = Some(now + HEALTH_EVERY);
            let health = self.playback.health();
            self.send(ClientMsg::Health(health));
        }
    }
}
