//! Texts about the room's waits for members whose video stalls.

use crate::app::output::{Notice, Person};
use crate::protocol::time::Span;
use crate::strings::numbers::seconds;
use crate::strings::sentences::you;
use crate::texts::language::Language;
use crate::texts::tr;

/// The length of shorter waits is not given.
const SHORT_WAIT: Span = Span::millis(500);

/// The text about a wait; `None` for other notices.
pub(super) fn text(language: Language, notice: &Notice) -> Option<String> {
    match notice {
        Notice::Waiting {
            who,
            at_most,
            may_resume,
        } => {
            let at_most = seconds(language, *at_most);
            let (name, you) = (who.name.as_str(), you(who));
            let waiting = tr!(
                language,
                "notice-waiting",
                who = name,
                you = you,
                at_most = at_most
            );
            Some(if *may_resume {
                let hint = tr!(language, "notice-waiting-hint");
                format!("{waiting} {hint}")
            } else {
                waiting
            })
        }
        Notice::WaitOver { who, took } => Some(over(language, who, *took)),
        Notice::WaitPolicy { waits, chosen, by } => {
            Some(policy(language, *waits, by.as_ref(), *chosen))
        }
        Notice::WaitNow { waits: true } => Some(tr!(language, "notice-waits-now")),
        Notice::WaitNow { waits: false } => Some(tr!(language, "notice-waits-now-off")),
        _ => None,
    }
}

fn over(language: Language, who: &Person, took: Span) -> String {
    let (name, you) = (who.name.as_str(), you(who));
    if took < SHORT_WAIT {
        return tr!(language, "notice-wait-over-short", who = name, you = you);
    }
    let took = seconds(language, took);
    tr!(
        language,
        "notice-wait-over",
        who = name,
        you = you,
        took = took
    )
}

/// Whether the room waits from now on: `by` an admin, or else because of its size.
fn policy(language: Language, waits: bool, by: Option<&Person>, chosen: bool) -> String {
    if let Some(by) = by {
        let (who, you) = (by.name.as_str(), you(by));
        return if waits {
            tr!(language, "notice-waits-by", who = who, you = you)
        } else {
            tr!(language, "notice-waits-off-by", who = who, you = you)
        };
    }
    match (waits, chosen) {
        (true, true) => tr!(language, "notice-waits"),
        (false, true) => tr!(language, "notice-waits-off"),
        (true, false) => tr!(language, "notice-waits-small"),
        (false, false) => tr!(language, "notice-waits-large"),
    }
}
