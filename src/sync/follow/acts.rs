//! What the member does in the player's own window: told to the app, and undone on demand.

use super::Follower;
use super::settle::SAME_FRAME;
use super::{Act, Output};
use crate::protocol::time::{LocalTime, Position, Rate, Span};
use crate::sync::echo::Origin;

/// A speed that stays for this long is meant: keys that repeat come faster.
const SPEED_STAYS: Span = Span::millis(300);

/// A jump smaller than this was none: a frame and the landing of an exact seek.
const NO_JUMP: Span = Span::millis(40);

impl Follower {
    /// Whether the member is doing something that the room has not judged yet.
    pub(super) fn is_member_acting(&self) -> bool {
        self.acts.is_any() || self.strange_speed.is_some() || self.doubtful_jump.is_some()
    }

    /// Whether the film will stand once the member's acts are answered.
    pub(super) fn will_stand(&self, now: LocalTime) -> bool {
        let stands = self.timeline.stands() || self.awaits_start(now);
        self.acts.stands().unwrap_or(stands)
    }

    /// The member paused or played on.
    pub(super) fn act_paused(
        &mut self,
        paused: bool,
        position: Option<Position>,
        at: LocalTime,
        out: &mut Vec<Output>,
    ) {
        let room = self.clock.room(at);
        // Where the medium's own time jumps it tells no place: the film's is where the room is.
        let position = position
            .filter(|_| !self.has_jumping_time())
            .unwrap_or_else(|| room.map_or(self.timeline.segment.anchor, |room| self.target(room)));
        let act = if paused {
            Act::Pause { position, at: room }
        } else {
            // It passes where it stood only when its start is heard.
            let at = room.map(|room| room + self.start_lead());
            Act::Resume { position, at }
        };
        self.tell(act, at, out);
    }

    /// The member jumped, and the player is there.
    pub(super) fn act_sought(&mut self, position: Position, at: LocalTime, out: &mut Vec<Output>) {
        if self.has_jumping_time() {
            return;
        }
        let room = self.clock.room(at);
        // A frame back in a paused player is a seek too (mpv 0.35.1).
        let still = self.echo.believed_paused() == Some(true) && self.will_stand(at);
        let least = if still { SAME_FRAME } else { NO_JUMP };
        let stays = |room| (position - self.target(room)).abs() < least;
        if self.acts.none_told() && room.is_some_and(stays) {
            return;
        }
        if self.acts.may_jump(at) {
            self.tell(Act::Seek { position, at: room }, at, out);
        }
    }

    /// The member went a frame on or back in a paused player.
    pub(super) fn act_stepped(&mut self, position: Position, at: LocalTime, out: &mut Vec<Output>) {
        if self.has_jumping_time() {
            return;
        }
        let stands = self.echo.believed_paused() == Some(true)
            && !self.echo.pause_outstanding()
            && !self.echo.is_seeking();
        if !stands || !self.is_up() || self.awaits_start(at) {
            return;
        }
        self.stands_at(position);
        self.last_seen = Some((position, at));
        let room = self.clock.room(at);
        let same = |room| (position - self.target(room)).abs() <= SAME_FRAME;
        if self.acts.none_told() && room.is_some_and(same) {
            return;
        }
        self.sent.strayed = true;
        if self.acts.may_jump(at) {
            self.tell(Act::Seek { position, at: room }, at, out);
        }
    }

    /// Tells a jump that waited, from where the player is by now.
    fn tell_jump(&mut self, now: LocalTime, out: &mut Vec<Output>) {
        match self.place(now).filter(|_| !self.has_jumping_time()) {
            Some(position) => {
                let at = self.clock.room(now);
                self.tell(Act::Seek { position, at }, now, out);
            }
            None => self.acts.forget(),
        }
    }

    /// The player reports its speed.
    pub(super) fn speed_is(&mut self, speed: f64, now: LocalTime) {
        let origin = self.echo.speed(speed);
        self.strange_speed = match origin {
            // Back to what was ordered, before the room has answered.
            Origin::Nobody if self.acts.rate().is_some() && speed.is_finite() => {
                Some((speed, now + SPEED_STAYS))
            }
            Origin::Member if self.is_up() && speed.is_finite() => Some((speed, now + SPEED_STAYS)),
            Origin::Member => {
                // Nothing plays: the next order sets it right.
                self.echo.distrust_speed();
                None
            }
            Origin::Ours | Origin::Nobody => None,
        };
    }

    /// Judges what has waited long enough: a speed that stays, an act without an answer.
    pub(super) fn settle_acts(&mut self, now: LocalTime, out: &mut Vec<Output>) {
        if let Some((speed, _)) = self.strange_speed.filter(|(_, until)| *until <= now) {
            self.strange_speed = None;
            self.speed_stays(speed, now, out);
        }
        self.settle_doubtful_jump(now, out);
        if !self.echo.is_seeking() && self.acts.jump_due(now) {
            self.tell_jump(now, out);
        }
        if self.acts.take_return(now) {
            self.go_back();
        }
    }

    /// The member chose a speed: what our own correction adds to it is taken off again.
    fn speed_stays(&mut self, speed: f64, now: LocalTime, out: &mut Vec<Output>) {
        self.echo.distrust_speed();
        let rate = self.rate(self.clock.room(now));
        let bent = self.drift.speed(rate).factor / rate;
        // A change that the room has taken but not begun is the member's last word so far.
        let taken = self.timeline.segment.rate;
        let rate = self.acts.rate().unwrap_or(taken).factor();
        let chosen = (speed / bent * 100.0).round() / 100.0;
        let chosen = chosen.clamp(Rate::SLOWEST.factor(), Rate::FASTEST.factor());
        match Rate::from_factor(chosen) {
            Ok(chosen) if (chosen.factor() - rate).abs() > 0.005 => {
                self.tell(Act::Speed(chosen), now, out);
            }
            _ => {}
        }
    }

    /// Tells the app, and leaves the player alone until it answers.
    fn tell(&mut self, act: Act, at: LocalTime, out: &mut Vec<Output>) {
        self.acts.tell(act, at);
        self.drift.forget_orders();
        out.push(Output::Act(act));
    }

    /// The member's oldest act was refused. Where several were within a moment the jump back
    /// rests, and no other is owed before it; a pause and a speed are undone at once the first
    /// few times.
    pub(super) fn undo(&mut self, now: LocalTime) {
        self.acts.refused(now);
        self.owed.frame = false;
        self.owed.start_seek = false;
        self.owed.jump = false;
    }

    /// Back to the timeline.
    fn go_back(&mut self) {
        self.strange_speed = None;
        self.owed.frame = true;
        self.owed.start_seek = true;
        // A seek on its way is either our return already or will be told as the next act.
        self.owed.jump = !self.echo.is_seeking();
    }

    /// Whether the player is farther from the timeline than a jump would be worth.
    pub(super) fn is_off(&self, now: LocalTime) -> bool {
        self.off_by(now).is_none_or(|off| off.abs() > NO_JUMP)
    }

    /// Player minus timeline now, as far as the last place it was seen at tells.
    fn off_by(&self, now: LocalTime) -> Option<Span> {
        let room = self.clock.room(now)?;
        Some(self.place(now)? - self.target(room))
    }

    /// Where the player is now, as far as the last place it was seen at tells.
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
