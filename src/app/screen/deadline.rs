//! When the picture changes by itself: the next second of the media, the next frame of a
//! reaction, the end of a toast, the next question for the live rooms. If nothing moves, there
//! is no deadline.

use super::gallery::FeedOrder;
use super::overlay::Overlay;
use super::state::ScreenState;
use super::view::ClientView;
use super::want::Want;
use super::{pending_start, space, telling};
use crate::protocol::lobby::StartRule;
use crate::protocol::time::{LocalTime, MICROS_PER_SECOND, Span};
use crate::room::lobby;

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
        telling::log(screen, view, &output);
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
    let deadlines = [next_change(screen, view), screen.gallery.next_deadline()];
    let next = deadlines.into_iter().flatten().min();
    next.map(|next| next.max(view.now + SOONEST))
}

/// When the picture changes next by itself.
pub(super) fn next_change(screen: &ScreenState, view: &ClientView<'_>) -> Option<LocalTime> {
    let changes = [
        next_position(view),
        has_running_time(screen, view).then(|| next_second(view.now)),
        screen.reactions.next_frame(view.now),
        screen.toast.as_ref().map(|toast| toast.until),
        screen.flash_until,
        pending_start::next(screen, view),
        screen.space.map(|space| space.until),
    ];
    changes.into_iter().flatten().min()
}

/// When the position of what plays is another second.
fn next_position(view: &ClientView<'_>) -> Option<LocalTime> {
    let timeline = &view.room?.timeline;
    let position = view.position.filter(|_| !timeline.is_stopped())?;
    let left = MICROS_PER_SECOND - position.0.rem_euclid(MICROS_PER_SECOND);
    Some(view.now + timeline.segment.rate.time_for(Span(left)))
}

/// Whether a time is shown that runs by the clock: that of a wait, of the start that a lobby waits
/// for, of the media in the rooms of the gallery, or the figures of the own player.
fn has_running_time(screen: &ScreenState, view: &ClientView<'_>) -> bool {
    let of_room = view.room.is_some_and(|room| {
        let start_is_set = matches!(room.start, Some(StartRule::At { .. }));
        room.timeline.hold.is_some() || (start_is_set && lobby::is_open(room))
    });
    let is_on_page = |overlay: &Overlay| match overlay {
        Overlay::Gallery => screen.gallery.has_running_time(),
        Overlay::Health(_) => true,
        _ => false,
    };
    screen.lost_since.is_some() || of_room || screen.overlays.iter().any(is_on_page)
}

/// The next whole second of the client's clock: it stays where it is however often it is asked for.
fn next_second(now: LocalTime) -> LocalTime {
    LocalTime(now.0 - now.0.rem_euclid(MICROS_PER_SECOND)) + Span::seconds(1)
}
