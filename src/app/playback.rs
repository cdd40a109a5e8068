//! The own player. The [`Follower`] keeps it in step and owns what is known of it and of the
//! timeline. This machine decides what of it is sent to the server and shown to the member. It
//! knows nothing of lines, connections and screens.

use super::config::AppConfig;
use super::decision::Decision;
use super::output::{ApartNotice, Notice, Output, PlayerView};
use crate::protocol::time::{LocalTime, RoomTime};
use crate::sync::follow::{FollowInput, FollowOutput, Follower, Interruption, Status, UserAction};
use crate::sync::player::{Lack, PlayerCommand, PlayerEvent, ProcessState};
use crate::wire::message::ClientMsg;

use automatic_restart::AutomaticRestart;
use countdown::Countdown;
use decisions::Decisions;
use handling::Handling;
use health::HealthReports;
use judgement::{Judgement, UndoneNotice};
use lack_notices::LackNotices;
use missing_parts::MissingParts;
use quality::ChosenQuality;
use refusals::Refusals;
use reports::PlayerReports;
use retry::RequestedRetry;
use stalls::Stalls;
use trouble::TroubleNotices;

#[cfg(test)]
pub(super) use decisions::KEPT;
pub(super) use input::{PlaybackInput, PlaybackView};
pub(super) use output::PlaybackOutput;
pub use own_player::OwnPlayer;
pub(super) use own_request::OwnRequest;

mod added_subtitles;
mod automatic_restart;
mod countdown;
mod decisions;
mod empty_window;
mod foreign_file;
mod handling;
mod health;
mod input;
mod judgement;
mod lack_notices;
mod lacks;
#[cfg(test)]
pub(super) mod lengths;
mod missing_parts;
mod output;
mod own_health;
mod own_hosts;
mod own_player;
mod own_request;
mod own_requests;
mod player_view;
mod quality;
mod refusals;
mod reports;
mod retry;
mod stalls;
mod subtitle_trial;
mod sync_status;
mod trouble;
mod trust;
mod try_again;

/// The own player and everything that is shown about it.
#[derive(Debug)]
pub(super) struct Playback {
    has_player: bool,
    follower: Follower,
    refusals: Refusals,
    decisions: Decisions,
    trouble: TroubleNotices,
    lacks: LackNotices,
    stalls: Stalls,
    parts: MissingParts,
    retry: RequestedRetry,
    restart: AutomaticRestart,
    undone: UndoneNotice,
    countdown: Countdown,
    health: HealthReports,
    reports: PlayerReports,
    quality: ChosenQuality,
    own: OwnPlayer,
}

impl Playback {
    /// A player that was asked for, or none.
    pub(super) fn new(config: &AppConfig) -> Self {
        Self {
            has_player: config.attendance.has_player(),
            follower: if config.attendance.has_player() {
                Follower::new(config.follow)
            } else {
                Follower::without_player(config.follow)
            },
            refusals: Refusals::new(config.policy, config.screen.is_some()),
            decisions: Decisions::default(),
            trouble: TroubleNotices::default(),
            lacks: LackNotices::new(config.over_ssh),
            stalls: Stalls::default(),
            parts: MissingParts::default(),
            retry: RequestedRetry::default(),
            restart: AutomaticRestart::default(),
            undone: UndoneNotice::default(),
            countdown: Countdown::default(),
            health: HealthReports::default(),
            reports: PlayerReports::default(),
            quality: ChosenQuality::default(),
            own: OwnPlayer::default(),
        }
    }

    /// Takes an input in and says what is to be done, in this order.
    pub(super) fn handle(
        &mut self,
        input: PlaybackInput,
        view: &PlaybackView<'_>,
    ) -> Vec<PlaybackOutput> {
        let mut step = Handling::new(view);
        self.take(input, &mut step);
        step.finish()
    }

    fn take(&mut self, input: PlaybackInput, step: &mut Handling<'_>) {
        match input {
            PlaybackInput::Begin => self.emit_player(step),
            PlaybackInput::Player(event) => self.on_player_event(event, step),
            PlaybackInput::TimelineChanged { own } => self.on_timeline(own, step),
            PlaybackInput::LeftRoom => self.on_left_room(step),
            PlaybackInput::Connected { same_node } => {
                self.follow(FollowInput::Connected { same_node }, step);
                self.refusals.repeat();
            }
            PlaybackInput::Cadence(cadence) => {
                self.health.keep(cadence);
                self.follow(FollowInput::Cadence(cadence), step);
            }
            PlaybackInput::Joined => self.on_joined(step),
            PlaybackInput::TrustFound { trusted, created } => {
                self.on_trust_found(trusted, created, step);
            }
            PlaybackInput::Trust(trusted) => self.on_trust(trusted, step),
            PlaybackInput::Brought(media) => self.refusals.bring(&media),
            PlaybackInput::Disconnected => {
                self.follow(FollowInput::Disconnected, step);
                self.health.stop();
            }
            PlaybackInput::Pong(times) => self.follow(FollowInput::Pong(times), step),
            PlaybackInput::Suspended => self.follow(FollowInput::Suspended, step),
            PlaybackInput::Answered(Ok(())) => self.follow(FollowInput::Accepted, step),
            PlaybackInput::Answered(Err(why)) => self.undo(judgement::refusal(why), step),
            PlaybackInput::Retry { line, reconnects } => self.on_retry(line, reconnects, step),
            PlaybackInput::Own { line, request } => self.on_own(line, request, step),
            PlaybackInput::OffsetFound { device, offset } => {
                let offset = self.own.offset_found(&device, offset);
                self.offset_output(offset, step);
            }
            PlaybackInput::ToggleAway => {
                self.health.toggle_away();
                self.send_health(step);
            }
            PlaybackInput::RepeatDecisions => {
                self.decisions
                    .repeated()
                    .for_each(|output| step.emit(output));
            }
            PlaybackInput::LanguageChanged => empty_window::fill(&self.player_view(), step),
            PlaybackInput::CountDown => {
                let number = self.countdown.take_due(&self.follower, step.view());
                step.notice_and_osd(number.map(|number| Notice::Count { number }));
            }
            PlaybackInput::Deadline => self.on_deadline(step),
        }
    }

    /// When it needs [`PlaybackInput::Deadline`].
    pub(super) fn next_deadline(&self, view: &PlaybackView<'_>) -> Option<LocalTime> {
        [
            self.follower.next_deadline(),
            self.reports.next_sync(),
            self.health.next().filter(|_| self.runs()),
            self.trouble.next_deadline(),
            self.lacks.next_deadline(),
            countdown::next_due(&self.follower, view),
        ]
        .into_iter()
        .flatten()
        .min()
    }

    /// What the player does, in a word.
    pub(super) fn player_view(&self) -> PlayerView {
        player_view::view(&self.follower, self.refusals.refused())
    }

    /// What the player lacks while it runs, as far as known.
    pub(super) fn lacks(&self) -> Option<Lack> {
        self.follower.lacks().filter(|_| self.runs())
    }

    /// How well in step the player is.
    pub(super) fn sync_status(&self, view: &PlaybackView<'_>) -> Status {
        sync_status::sync_status(&self.follower, view)
    }

    /// Why the player waits for data, as far as that is certain.
    pub(super) fn interruption(&self) -> Option<Interruption> {
        self.trouble.reported_interruption(&self.follower)
    }

    /// The last decisions about the player, oldest first.
    pub(super) fn decisions(&self) -> impl DoubleEndedIterator<Item = &Decision> {
        self.decisions.iter()
    }

    /// Whether an action of the member is unanswered, or its undoing has yet to begin.
    #[cfg(test)]
    pub(super) fn has_open_actions(&self) -> bool {
        self.follower.has_open_actions()
    }

    /// Room time at a local time, once the clocks were compared.
    pub(super) fn room_time(&self, now: LocalTime) -> Option<RoomTime> {
        self.follower.room_time(now)
    }

    /// The number that is shown now, while the room counts down.
    pub(super) fn counting(&self, view: &PlaybackView<'_>) -> Option<u8> {
        countdown::shown(&self.follower, view)
    }

    /// What is the member's own in the player.
    pub(super) const fn own(&self) -> &OwnPlayer {
        &self.own
    }

    /// Whether the member is away.
    pub(super) const fn is_away(&self) -> bool {
        self.health.is_away()
    }

    fn runs(&self) -> bool {
        player_view::runs(&self.player_view())
    }

    /// The player reports something.
    fn on_player_event(&mut self, event: PlayerEvent, step: &mut Handling<'_>) {
        let before = self.player_view();
        self.retry.note(&event);
        match event {
            PlayerEvent::Regained(lack) => step.notice(self.lacks.regained(lack)),
            PlayerEvent::PartMissing { epoch, at, length }
                if epoch == self.follower.timeline().epoch && self.parts.is_new(epoch, at) =>
            {
                step.notice(Some(Notice::Apart(ApartNotice::PartMissing { at, length })));
            }
            PlayerEvent::Process(ProcessState::Starting) => self.own.forget(),
            PlayerEvent::Process(ProcessState::Closed(_)) => self.own.player_closed(step),
            PlayerEvent::Process(ProcessState::Ready { .. }) => {
                self.quality.order(step);
            }
            PlayerEvent::Loaded { epoch, .. } => self.own.show_accepted(epoch, step),
            PlayerEvent::Window(ref done) => self.on_window(done, step),
            PlayerEvent::Own { report, answers } => {
                return self.own.report(report, answers, step);
            }
            _ => {}
        }
        let restarts = matches!(&event, PlayerEvent::Process(state)
            if self.restart.note(state, step.now()));
        self.follow(FollowInput::Player(event), step);
        self.tell_health(&before, step);
        if restarts {
            step.notice(Some(Notice::PlayerRestarts));
            return step.order(PlayerCommand::Restart);
        }
        self.emit_player(step);
    }

    /// Follows the timeline as it is now, without media that this machine does not open.
    fn on_timeline(&mut self, own: bool, step: &mut Handling<'_>) {
        self.distrust_another_room(step);
        let Some(room) = step.view().room else {
            return self.on_left_room(step);
        };
        let mut timeline = room.timeline.clone();
        let before = self.refusals.privacy();
        let report = self.refusals.take_out(&mut timeline);
        self.tell_shell(before, step);
        if let Some(report) = report.filter(|_| self.player_view() != PlayerView::Off) {
            step.add(PlaybackOutput::Send(ClientMsg::Report { report }));
        }
        self.follow(FollowInput::Timeline { timeline, own }, step);
        self.emit_player(step);
    }

    /// Forgets the room: the next one's media is other media, even if its epoch is the same.
    fn on_left_room(&mut self, step: &mut Handling<'_>) {
        self.forget_trust(step);
        self.own.leave_room();
        self.follow(FollowInput::LeftRoom, step);
        self.emit_player(step);
        self.trouble = TroubleNotices::default();
        self.lacks.forget();
        self.parts = MissingParts::default();
    }

    /// The room is known again.
    fn on_joined(&mut self, step: &mut Handling<'_>) {
        self.begin_health(step);
        empty_window::fill(&self.player_view(), step);
        self.tell_lack(step);
    }

    /// Passes an input to the follower, and carries out its outputs.
    fn follow(&mut self, input: FollowInput, step: &mut Handling<'_>) {
        let outputs = self.follower.handle(input, step.now());
        for output in &outputs {
            if let FollowOutput::Decided(decision) = output {
                let output = self.decisions.keep(*decision, &self.follower, step.view());
                step.emit(output);
            }
        }
        step.notice_and_osd(self.stalls.note(&outputs, &self.follower));
        for output in outputs {
            match output {
                FollowOutput::Order(order) => step.order(order.what),
                FollowOutput::Ping => step.send_if_joined(ClientMsg::Ping { t0: step.now() }),
                FollowOutput::Report(report) => self.on_report(report, step),
                FollowOutput::Acted(action) => self.on_user_action(action, step),
                FollowOutput::Decided(_) => {}
            }
        }
    }

    /// The member did something in the window of their player.
    fn on_user_action(&mut self, action: UserAction, step: &mut Handling<'_>) {
        match judgement::judge(action, step.view()) {
            Judgement::Ask(command) => step.add(PlaybackOutput::Command(command)),
            Judgement::Undo(notice) => self.undo(Some(notice), step),
        }
    }

    /// Brings the player back to the timeline and says why, here and over the picture.
    fn undo(&mut self, notice: Option<Notice>, step: &mut Handling<'_>) {
        let now = step.now();
        step.notice_and_osd(notice.filter(|notice| self.undone.take(notice, now)));
        self.follow(FollowInput::Undo, step);
    }

    /// Emits the player's state if it has changed.
    fn emit_player(&mut self, step: &mut Handling<'_>) {
        self.emit_interruption(step);
        self.reports.report(&self.player_view(), step);
        self.tell_lack(step);
    }

    fn emit_interruption(&mut self, step: &mut Handling<'_>) {
        step.notice(self.trouble.take_interruption(&self.follower, step.now()));
    }

    /// Does what is due by now.
    fn on_deadline(&mut self, step: &mut Handling<'_>) {
        let now = step.now();
        if self.follower.next_deadline().is_some_and(|at| at <= now) {
            self.follow(FollowInput::Deadline, step);
        }
        self.emit_interruption(step);
        self.tell_lack(step);
        if self.reports.take_sync_due(now) {
            let status = self.sync_status(step.view());
            step.emit(Output::Sync(status));
            step.notice(self.trouble.take_out_of_reach(&self.follower, &status, now));
        }
        self.health.note_trouble(&self.view_for_others(), now);
        self.send_due_health(step);
    }
}

#[cfg(test)]
pub(super) mod tests;
