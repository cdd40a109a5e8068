//! What the member does in the player's own window: passed on to the app, and undone on demand.

use super::Follower;
use super::reconcile::SAME_FRAME;
use super::{FollowOutput, UserAction};
use crate::protocol::time::{LocalTime, Position, Rate, Span};
use crate::sync::echo::ChangedBy;

/// A speed that stays for this long is meant: keys that repeat come faster.
const SPEED_STAYS: Span = Span::millis(300);

/// A jump smaller than this is none: a frame, and the error of an exact seek.
const NO_JUMP: Span = Span::millis(40);

impl Follower {
    /// Whether the member is doing something that the room has not judged yet.
    pub(super) fn is_member_acting(&self) -> bool {
        self.user_actions.is_any() || self.unordered_speed.is_some() || self.doubtful_jump.is_some()
    }

    /// Whether the media will stand once the member's actions are answered.
    pub(super) fn will_be_stopped(&self, now: LocalTime) -> bool {
        let is_paused = self.timeline.is_stopped() || self.awaits_start(now);
        self.user_actions.will_be_paused().unwrap_or(is_paused)
    }

    /// The member paused or played on.
    pub(super) fn user_paused(
        &mut self,
        paused: bool,
        position: Option<Position>,
        at: LocalTime,
        out: &mut Vec<FollowOutput>,
    ) {
        let room = self.clock.room(at);
        // Where the media's own time jumps no position follows from it: the room's counts.
        let position = position
            .filter(|_| !self.has_jumping_time())
            .unwrap_or_else(|| room.map_or(self.timeline.segment.anchor, |room| self.target(room)));
        let action = if paused {
            UserAction::Pause { position, at: room }
        } else {
            // It passes where it stood only when its start is heard.
            let at = room.map(|room| room + self.start_lead());
            UserAction::Resume { position, at }
        };
        self.pass_on(action, at, out);
    }

    /// The member jumped, and the player is there.
    pub(super) fn user_sought(
        &mut self,
        position: Position,
        at: LocalTime,
        out: &mut Vec<FollowOutput>,
    ) {
        if self.has_jumping_time() {
            return;
        }
        let room = self.clock.room(at);
        // A frame back in a paused player is a seek too (mpv 0.35.1).
        let still = self.echo.believed_paused() == Some(true) && self.will_be_stopped(at);
        let least = if still { SAME_FRAME } else { NO_JUMP };
        let stays = |room| (position - self.target(room)).abs() < least;
        if self.user_actions.all_answered() && room.is_some_and(stays) {
            return;
        }
        if self.user_actions.may_jump(at) {
            self.pass_on(UserAction::Seek { position, at: room }, at, out);
        }
    }

    /// The member went a frame on or back in a paused player.
    pub(super) fn user_stepped(
        &mut self,
        position: Position,
        at: LocalTime,
        out: &mut Vec<FollowOutput>,
    ) {
        if self.has_jumping_time() {
            return;
        }
        let is_paused = self.echo.believed_paused() == Some(true)
            && !self.echo.pause_outstanding()
            && !self.echo.is_seeking();
        if !is_paused || !self.is_up() || self.awaits_start(at) {
            return;
        }
        self.note_paused_at(position);
        self.last_seen = Some((position, at));
        let room = self.clock.room(at);
        let same = |room| (position - self.target(room)).abs() <= SAME_FRAME;
        if self.user_actions.all_answered() && room.is_some_and(same) {
            return;
        }
        self.last_seek.strayed = true;
        if self.user_actions.may_jump(at) {
            self.pass_on(UserAction::Seek { position, at: room }, at, out);
        }
    }

    /// Passes on a jump that waited, to where the player is by now.
    fn pass_on_jump(&mut self, now: LocalTime, out: &mut Vec<FollowOutput>) {
        match self.place(now).filter(|_| !self.has_jumping_time()) {
            Some(position) => {
                let at = self.clock.room(now);
                self.pass_on(UserAction::Seek { position, at }, now, out);
            }
            None => self.user_actions.forget(),
        }
    }

    /// The player reports its speed.
    pub(super) fn on_speed(&mut self, speed: f64, now: LocalTime) {
        let origin = self.echo.speed(speed);
        self.unordered_speed = match origin {
            // Back to what was ordered, before the room has answered.
            ChangedBy::Nobody if self.user_actions.rate().is_some() && speed.is_finite() => {
                Some((speed, now + SPEED_STAYS))
            }
            ChangedBy::Member if self.is_up() && speed.is_finite() => {
                Some((speed, now + SPEED_STAYS))
            }
            ChangedBy::Member => {
                // Nothing plays: the next order sets it right.
                self.echo.distrust_speed();
                None
            }
            ChangedBy::Ours | ChangedBy::Nobody => None,
        };
    }

    /// Decides what has waited long enough: a speed that stays, an action without an answer.
    pub(super) fn reconcile_user_actions(&mut self, now: LocalTime, out: &mut Vec<FollowOutput>) {
        if let Some((speed, _)) = self.unordered_speed.filter(|(_, until)| *until <= now) {
            self.unordered_speed = None;
            self.speed_stays(speed, now, out);
        }
        self.judge_doubtful_jump(now, out);
        if !self.echo.is_seeking() && self.user_actions.jump_due(now) {
            self.pass_on_jump(now, out);
        }
        if self.user_actions.take_return(now) {
            self.go_back();
        }
    }

    /// The member chose a speed: what our own correction adds to it is taken off again.
    fn speed_stays(&mut self, speed: f64, now: LocalTime, out: &mut Vec<FollowOutput>) {
        self.echo.distrust_speed();
        let rate = self.rate(self.clock.room(now));
        let bent = self.drift.speed(rate).factor / rate;
        // A change that the room has taken but not begun is the member's last word so far.
        let taken = self.timeline.segment.rate;
        let rate = self.user_actions.rate().unwrap_or(taken).factor();
        let chosen = (speed / bent * 100.0).round() / 100.0;
        let chosen = chosen.clamp(Rate::SLOWEST.factor(), Rate::FASTEST.factor());
        match Rate::from_factor(chosen) {
            Ok(chosen) if (chosen.factor() - rate).abs() > 0.005 => {
                self.pass_on(UserAction::Speed(chosen), now, out);
            }
            _ => {}
        }
    }

    /// Passes an action on, and leaves the player alone until it is answered.
    fn pass_on(&mut self, action: UserAction, at: LocalTime, out: &mut Vec<FollowOutput>) {
        self.user_actions.add(action, at);
        self.drift.forget_orders();
        out.push(FollowOutput::Acted(action));
    }

    /// The member's oldest action was refused. Where several were within a moment the jump back
    /// rests, and no other is pending before it; a pause and a speed are undone at once the first
    /// few times.
    pub(super) fn undo(&mut self, now: LocalTime) {
        self.user_actions.refused(now);
        self.pending.frame = false;
        self.pending.start_seek = false;
        self.pending.jump = false;
    }

    /// Brings the player back to the timeline.
    fn go_back(&mut self) {
        self.unordered_speed = None;
        self.pending.frame = true;
        self.pending.start_seek = true;
        // A seek on its way is either our return already or will be reported as the next action.
        self.pending.jump = !self.echo.is_seeking();
    }

    /// Whether the player is farther from the timeline than a jump would be worth.
    pub(super) fn is_off(&self, now: LocalTime) -> bool {
        self.off_by(now).is_none_or(|off| off.abs() > NO_JUMP)
    }

    /// Player minus timeline now, as it follows from the last place it was seen at.
    fn off_by(&self, now: LocalTime) -> Option<Span> {
        let room = self.clock.room(now)?;
        Some(self.place(now)? - self.target(room))
    }

    /// Where the player is now, as it follows from the last place it was seen at.
    pub(super) fn place(&self, now: LocalTime) -> Option<Position> {
        let (position, at) = self.last_seen?;
        let ran = if self.echo.believed_paused() == Some(true) || self.has_ended() {
            Span::ZERO
        } else {
            Span::from_seconds((now - at).as_seconds() * self.echo.ordered_speed())
        };
        Some(position + ran)
    }
}
