//! When the screen is to be looked at again: a second of the film, a picture of a reaction,
//! the end of a notice, the next question for the live rooms. Nothing, if nothing moves.

use crate::app::App;
use crate::app::effect::Effect;
use crate::protocol::time::{LocalTime, MICROS_PER_SECOND, Span};

/// Nothing is looked at sooner than after this: at most 30 pictures a second.
const SOONEST: Span = Span::millis(33);

impl App {
    /// Ends what is over, asks what is due, and says when to be asked again. After every
    /// event.
    pub(in crate::app) fn settle_screen(&mut self) {
        let now = self.now.local;
        let tick = self.next_tick();
        let Some(screen) = self.screen.as_mut() else {
            return;
        };
        screen.flying.forget(now);
        if screen
            .toast
            .as_ref()
            .is_some_and(|toast| toast.until <= now)
        {
            screen.toast = None;
        }
        let shown = screen.shows_gallery();
        let gallery = &mut screen.gallery;
        if !shown {
            gallery.next = None;
        } else if gallery.next.is_none_or(|next| next <= now) {
            gallery.next = Some(now + super::gallery::UNANSWERED);
            let server = gallery.server.clone();
            self.effects.push(Effect::AskRooms { server });
        }
        let wakes = [
            tick,
            screen.flying.next_frame(now),
            screen.toast.as_ref().map(|toast| toast.until),
            screen.gallery.next,
            // The times of the rooms in the gallery run, too.
            shown.then(|| now + Span::seconds(1)),
        ];
        let due = wakes.into_iter().flatten().min();
        screen.due = due.map(|due| due.max(now + SOONEST));
    }

    /// When the screen wants to be looked at.
    pub(in crate::app) fn screen_deadline(&self) -> Option<LocalTime> {
        self.screen.as_ref().and_then(|screen| screen.due)
    }

    /// When a time that is shown changes: at the film's next second, or that of a wait.
    fn next_tick(&self) -> Option<LocalTime> {
        let now = self.now.local;
        let screen = self.screen.as_ref()?;
        let waits = screen.lost_since.is_some();
        let timeline = self.room().map(|room| &room.timeline);
        let held = timeline.is_some_and(|timeline| timeline.hold.is_some());
        let runs = timeline.is_some_and(|timeline| !timeline.stands());
        if runs && let Some(position) = self.position(now) {
            let rate = timeline
                .map(|timeline| timeline.segment.rate)
                .unwrap_or_default();
            let left = MICROS_PER_SECOND - position.0.rem_euclid(MICROS_PER_SECOND);
            return Some(now + rate.time_for(Span(left)));
        }
        (waits || held).then(|| now + Span::seconds(1))
    }
}
