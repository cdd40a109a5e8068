//! A start that lies ahead, such as that of a countdown or of new media: the log reports it when
//! the media plays, not before.

use super::seen::PendingStart;
use super::state::ScreenState;
use super::view::ClientView;
use crate::app::output::{Output, TimelineView};
use crate::protocol::time::{LocalTime, Span};

/// A start that is nearer than this is reported at once (judgement: nobody notices; moves are
/// scheduled at most so far ahead).
const SOON: Span = Span::millis(500);

/// Takes how time runs from now on: the media starts later, or something else came before that.
/// `is_reported`: the output gets a line in any case. Returns whether it is to be reported now.
pub(super) fn on_timeline(
    screen: &mut ScreenState,
    (output, timeline): (&Output, &TimelineView),
    is_reported: bool,
) -> bool {
    let was_pending = screen.start.take().is_some();
    if timeline.paused {
        return is_reported;
    }
    let is_ahead = timeline.start - timeline.at > SOON;
    if is_ahead && (was_pending || is_reported) {
        screen.start = Some(PendingStart {
            start: timeline.start,
            output: output.clone(),
        });
    }
    !is_ahead && (was_pending || is_reported)
}

/// The start that has come by now.
pub(super) fn take_due(screen: &mut ScreenState, view: &ClientView<'_>) -> Option<Output> {
    let now = view.room_now?;
    let due = screen.start.take_if(|pending| pending.start <= now)?;
    Some(due.output)
}

/// When a start that lies ahead comes.
pub(super) fn next(screen: &ScreenState, view: &ClientView<'_>) -> Option<LocalTime> {
    let pending = screen.start.as_ref()?;
    Some(view.now + (pending.start - view.room_now?))
}
