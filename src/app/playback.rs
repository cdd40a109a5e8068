//! The own player. The [`Follower`] keeps it in step and owns what is known of it and of the
//! timeline. This machine decides what of it is sent to the server and shown to the member. It
//! knows nothing of lines, connections and screens.

use super::config::AppConfig;
use super::decision::Decision;
use super::output::{Notice, Output, PlayerView, Why};
use crate::protocol::time::{LocalTime, RoomTime, Span};
use crate::sync::follow::{
    FollowInput, FollowOutput, Follower, Interruption, PlayerState, Status, UserAction,
};
use crate::sync::player::{PlayerCommand, PlayerEvent, ProcessState, Quality};
use crate::wire::message::ClientMsg;

use countdown::Countdown;
use decisions::Decisions;
use handling::Handling;
use health::HealthReports;
use missing_parts::MissingParts;
use refusals::Refusals;
use retry::RequestedRetry;
use stalls::Stalls;
use trouble::TroubleNotices;
use user_actions::{Judgement, UndoneNotice};

#[cfg(test)]
pub(super) use decisions::KEPT;
pub(super) use input::{PlaybackInput, PlaybackView};
pub(super) use output::PlaybackOutput;

mod countdown;
mod decisions;
mod empty_window;
mod handling;
mod health;
mod input;
mod missing_parts;
mod output;
mod player_view;
mod refusals;
mod retry;
mod stalls;
mod sync_status;
mod trouble;
mod user_actions;

/// How often the sync status is emitted while the media plays.
const SYNC_EVERY: Span = Span::seconds(1);

/// The own player and everything that is shown about it.
#[derive(Debug)]
pub(super) struct Playback {
    follower: Follower,
    refusals: Refusals,
    decisions: Decisions,
    trouble: TroubleNotices,
    stalls: Stalls,
    parts: MissingParts,
    retry: RequestedRetry,
    undone: UndoneNotice,
    countdown: Countdown,
    health: HealthReports,
    /// The state of the player that was last emitted.
    reported_view: Option<PlayerView>,
    /// When the sync status is next emitted.
    next_sync: Option<LocalTime>,
    /// The quality that the member chose, for every player that is started.
    quality: Option<Quality>,
}

impl Playback {
    /// A player that was asked for, or none.
    pub(super) fn new(config: &AppConfig) -> Self {
        Self {
            follower: if config.has_player {
                Follower::new(config.follow)
            } else {
                Follower::without_player(config.follow)
            },
            refusals: Refusals::new(config.policy),
            decisions: Decisions::default(),
            trouble: TroubleNotices::default(),
            stalls: Stalls::default(),
            parts: MissingParts::default(),
            retry: RequestedRetry::default(),
            undone: UndoneNotice::default(),
            countdown: Countdown::default(),
            health: HealthReports::default(),
            reported_view: None,
            next_sync: None,
            quality: None,
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
            PlaybackInput::Joined => self.on_joined(step),
            PlaybackInput::Disconnected => {
                self.follow(FollowInput::Disconnected, step);
                self.health.stop();
            }
            PlaybackInput::Pong { t0, t1, t2, t3 } => {
                self.follow(FollowInput::Pong { t0, t1, t2, t3 }, step);
            }
            PlaybackInput::Suspended => self.follow(FollowInput::Suspended, step),
            PlaybackInput::Answered(Ok(())) => self.follow(FollowInput::Accepted, step),
            PlaybackInput::Answered(Err(why)) => self.undo(user_actions::refusal(why), step),
            PlaybackInput::Retry => self.on_retry(step),
            PlaybackInput::ChooseQuality(quality) => self.on_quality(quality, step),
            PlaybackInput::ToggleAway => {
                self.health.toggle_away();
                self.send_health(step);
            }
            PlaybackInput::RepeatDecisions => {
                self.decisions
                    .repeated()
                    .for_each(|output| step.emit(output));
            }
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
            self.next_sync,
            self.health.next().filter(|_| self.runs()),
            self.trouble.next_deadline(),
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

    /// Whether the member is away.
    pub(super) const fn is_away(&self) -> bool {
        self.health.is_away()
    }

    /// Why another try of what plays would be of no use, if so.
    pub(super) fn retry_obstacle(&self, now: LocalTime) -> Option<Why> {
        let status = self.follower.status();
        self.retry.obstacle(self.player_view(), &status, now)
    }

    fn runs(&self) -> bool {
        player_view::runs(&self.player_view())
    }

    /// The player reports something.
    fn on_player_event(&mut self, event: PlayerEvent, step: &mut Handling<'_>) {
        let ran = self.runs();
        self.retry.note(&event);
        match event {
            PlayerEvent::Lacks(lack) => {
                let lack = lack.besides(self.follower.lacks());
                step.notice(Some(Notice::PlayerLacks(lack)));
            }
            PlayerEvent::PartMissing { epoch, at, length }
                if epoch == self.follower.timeline().epoch && self.parts.is_new(epoch, at) =>
            {
                step.notice(Some(Notice::PartMissing { at, length }));
            }
            PlayerEvent::Process(ProcessState::Ready { .. }) => {
                if let Some(quality) = self.quality {
                    step.order(PlayerCommand::SetQuality(quality));
                }
            }
            _ => {}
        }
        self.follow(FollowInput::Player(event), step);
        // The last word of a player that is gone: others see it at once.
        if ran && !self.runs() {
            self.send_health(step);
        }
        self.emit_player(step);
    }

    /// Follows the timeline as it is now, without media that this machine does not open.
    fn on_timeline(&mut self, own: bool, step: &mut Handling<'_>) {
        let Some(room) = step.view().room else {
            return self.on_left_room(step);
        };
        let mut timeline = room.timeline.clone();
        let report = self.refusals.take_out(&mut timeline);
        if let Some(report) = report.filter(|_| self.player_view() != PlayerView::Off) {
            step.add(PlaybackOutput::Send(ClientMsg::Report { report }));
        }
        self.follow(FollowInput::Timeline { timeline, own }, step);
        self.emit_player(step);
    }

    /// Forgets the room: the next one's media is other media, even if its epoch is the same.
    fn on_left_room(&mut self, step: &mut Handling<'_>) {
        self.refusals.forget();
        self.follow(FollowInput::LeftRoom, step);
        self.emit_player(step);
        self.trouble = TroubleNotices::default();
        self.parts = MissingParts::default();
    }

    /// The member's health can be sent.
    fn on_joined(&mut self, step: &mut Handling<'_>) {
        self.health.begin(step.now());
        // The room may not know that the player is closed: it is new, or its server is.
        if matches!(self.follower.player_state(), PlayerState::Gone(_)) {
            self.send_health(step);
        }
        if matches!(self.player_view(), PlayerView::Idle { .. }) && step.view().room.is_some() {
            step.add(PlaybackOutput::FillEmptyWindow);
        }
    }

    /// Tries again what the player has trouble with: the player itself; or the data that stays out,
    /// below a player that waits for its next try; or the media, opened anew.
    fn on_retry(&mut self, step: &mut Handling<'_>) {
        self.retry.begin(step.now());
        match self.player_view() {
            PlayerView::Gone(_) | PlayerView::Frozen | PlayerView::Starting => {
                step.order(PlayerCommand::Restart);
            }
            _ => match self.follower.refetched() {
                Some(epoch) => step.order(PlayerCommand::FetchNow { epoch }),
                None => self.reopen(step),
            },
        }
    }

    /// Plays in another quality, from where the room is.
    fn on_quality(&mut self, quality: Quality, step: &mut Handling<'_>) {
        self.quality = Some(quality);
        step.order(PlayerCommand::SetQuality(quality));
        self.reopen(step);
    }

    fn reopen(&mut self, step: &mut Handling<'_>) {
        self.follow(FollowInput::Reopen, step);
        self.emit_player(step);
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
                FollowOutput::Report(report) => step.send_if_joined(ClientMsg::Report { report }),
                FollowOutput::Acted(action) => self.on_user_action(action, step),
                FollowOutput::Decided(_) => {}
            }
        }
    }

    /// The member did something in the window of their player.
    fn on_user_action(&mut self, action: UserAction, step: &mut Handling<'_>) {
        match user_actions::judge(action, step.view()) {
            Judgement::Ask(command) => step.add(PlaybackOutput::Command(command)),
            Judgement::Undo(notice) => self.undo(Some(notice), step),
        }
    }

    /// Brings the player back to the timeline and says why, here and over the video.
    fn undo(&mut self, notice: Option<Notice>, step: &mut Handling<'_>) {
        let now = step.now();
        step.notice_and_osd(notice.filter(|notice| self.undone.take(notice, now)));
        self.follow(FollowInput::Undo, step);
    }

    /// Emits the player's state if it has changed.
    fn emit_player(&mut self, step: &mut Handling<'_>) {
        self.emit_interruption(step);
        let player = self.player_view();
        if !player_view::is_reported(self.reported_view.as_ref(), &player) {
            let has_room = step.view().room.is_some();
            if let Some(output) =
                empty_window::on_change(self.reported_view.as_ref(), &player, has_room)
            {
                step.add(output);
            }
            self.reported_view = Some(player.clone());
            step.emit(Output::Player(player.clone()));
        }
        let next_sync = self.next_sync.unwrap_or(step.now() + SYNC_EVERY);
        self.next_sync = player_view::plays(&player).then_some(next_sync);
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
        if self.next_sync.is_some_and(|at| at <= now) {
            self.next_sync = Some(now + SYNC_EVERY);
            let status = self.sync_status(step.view());
            step.emit(Output::Sync(status));
            step.notice(self.trouble.take_out_of_reach(&self.follower, &status, now));
        }
        if self.runs() && self.health.take_due(now) {
            self.send_health(step);
        }
    }

    /// Sends the member's health to the room, if there is a connection.
    fn send_health(&self, step: &mut Handling<'_>) {
        let health = self
            .health
            .health(&self.player_view(), &self.follower.status());
        step.send_if_joined(ClientMsg::Health(health));
    }

    /// What the follower would say if the member had done this in the window.
    #[cfg(test)]
    pub(super) fn user_acts(
        &mut self,
        action: UserAction,
        view: &PlaybackView<'_>,
    ) -> Vec<PlaybackOutput> {
        let mut step = Handling::new(view);
        self.on_user_action(action, &mut step);
        step.finish()
    }
}

#[cfg(test)]
mod tests;
