//! What the chat leaves out because it stands elsewhere on the screen, so that nothing is read
//! twice: it keeps the record, and shows it once the other place is gone.

use crate::app::output::{ArrivalNotice, Notice, Output};
use crate::app::screen::ToastContent;
use crate::app::screen::chat_log::{LogContent, LogLine};
use crate::app::way_in::WayIn;
use crate::ui::canvas::Canvas;

/// How many of the newest lines may be the one that the toast tells (judgement: more do not come in
/// the seconds for which it is shown, and no screen has more rows).
const NEWEST: usize = 200;

/// What else the screen tells.
pub(super) struct ToldElsewhere {
    /// The line of the log that the toast tells.
    toast: Option<u64>,
    /// How others come in: by what link, unless that stands above the chat.
    invite: Option<String>,
}

impl ToldElsewhere {
    /// What is told beside the chat of this screen.
    pub(super) fn of(canvas: &Canvas<'_>) -> Self {
        let told = match canvas.screen.toast().map(|toast| toast.content()) {
            Some(ToastContent::Notice(notice)) => Some(notice),
            _ => None,
        };
        let mut newest = canvas.screen.log().lines().rev().take(NEWEST);
        let line = told.and_then(|told| newest.find(|line| notice(line) == Some(told)));
        let plays = canvas
            .app
            .room()
            .is_some_and(|room| room.timeline.playing.is_some());
        let invite = match canvas.view.way_in() {
            Some(WayIn::Link(link)) if plays => Some(link),
            _ => None,
        };
        Self {
            toast: line.map(|line| line.id),
            invite,
        }
    }

    /// Whether the chat leaves this line out. A link by which nobody comes in any more is left out
    /// too.
    pub(super) fn has(&self, line: &LogLine) -> bool {
        match notice(line) {
            Some(Notice::Arrival(ArrivalNotice::RoomCreated { invite })) => {
                self.invite.as_ref() != Some(invite)
            }
            Some(_) => self.toast == Some(line.id),
            None => false,
        }
    }
}

fn notice(line: &LogLine) -> Option<&Notice> {
    match &line.content {
        LogContent::Output(Output::Notice(notice)) => Some(notice),
        _ => None,
    }
}
