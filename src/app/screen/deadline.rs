//! When the picture changes by itself: the next second of the media, the next frame of a
//! reaction, the end of a toast, the next question for the live rooms. If nothing moves, there
//! is no deadline.

use super::gallery::FeedOrder;
use super::state::ScreenState;
use super::view::ClientView;
use super::want::Want;
use super::{on_output, pending_start, space};
use crate::protocol::time::{LocalTime, MICROS_PER_SECOND, Span};

/// The shortest time between two pictures: at most 30 are drawn a second.
const SOONEST: Span = Span::millis(33);

/// Ends what is over and asks for what is due, after each event.
pub(super) fn expire(screen: &mut ScreenState, view: &ClientView<'_>) {
    let now = view.now;
    screen.seen.end_arrival();
    if screen.space.is_some_and(|space| space.until <= now) {
        space::pause(screen, view);
    }
    if let Some(output) = pending_start::take_due(screen, view) {
        on_output::log(screen, view, &output);
    }
    screen.reactions.expire(now);
    if screen.flash_until.is_some_and(|until| until <= now) {
        screen.flash_until = None;
    }
    if screen
        .toast
        .as_ref()
        .is_some_and(|toast| toast.until <= now)
    {
        screen.toast = None;
    }
    let is_shown = screen.shows_rooms();
    if let Some(server) = screen.gallery.due_question(is_shown, now) {
        screen.want(Want::AskRooms { server });
    }
    if let Some((server, rooms)) = screen.gallery.due_own_rooms(is_shown) {
        screen.want(Want::FindOwnRooms { server, rooms });
    }
    match screen.gallery.due_feed_order(is_shown) {
        Some(FeedOrder::Follow { server }) => screen.want(Want::FollowRooms { server }),
        Some(FeedOrder::Unfollow) => screen.want(Want::UnfollowRooms),
        None => {}
    }
}

/// When the screen is to be looked at next.
pub(super) fn next(screen: &ScreenState, view: &ClientView<'_>) -> Option<LocalTime> {
    let now = view.now;
    let deadlines = [
        next_tick(screen, view),
        screen.reactions.next_frame(now),
        screen.toast.as_ref().map(|toast| toast.until),
        screen.flash_until,
        pending_start::next(screen, view),
        screen.space.map(|space| space.until),
        screen.gallery.next_deadline(),
        // The positions that the gallery shows run on, too.
        screen.shows_rooms().then(|| now + Span::seconds(1)),
    ];
    let next = deadlines.into_iter().flatten().min();
    next.map(|next| next.max(now + SOONEST))
}

/// When a time that is shown changes: at the media's next second, or that of a wait.
fn next_tick(screen: &ScreenState, view: &ClientView<'_>) -> Option<LocalTime> {
    let timeline = view.room.map(|room| &room.timeline);
    if let (Some(timeline), Some(position)) = (timeline, view.position)
        && !timeline.is_stopped()
    {
        let left = MICROS_PER_SECOND - position.0.rem_euclid(MICROS_PER_SECOND);
        return Some(view.now + timeline.segment.rate.time_for(Span(left)));
    }
    let is_held = timeline.is_some_and(|timeline| timeline.hold.is_some());
    let is_waiting = screen.lost_since.is_some() || is_held;
    is_waiting.then(|| view.now + Span::seconds(1))
}
