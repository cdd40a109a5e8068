//! Texts about restrictions, erased lines and reports.

use crate::app::output::{Notice, Person};
use crate::protocol::moderation::{Erasure, MemberReport, Restriction};
use crate::protocol::text::ChatText;
use crate::strings::numbers::exact_span;
use crate::strings::sentences::{quoted, you};
use crate::texts::language::Language;
use crate::texts::tr;

/// The text about moderation; `None` for other notices.
pub(super) fn text(language: Language, notice: &Notice) -> Option<String> {
    let text = match notice {
        Notice::ErasedAll {
            erasure,
            author,
            by,
        } => erased_all(language, erasure, author, by),
        Notice::Restricted { restriction, by } => restricted(language, *restriction, by.as_ref()),
        Notice::Restrictions(restrictions) => {
            let restrictions = restrictions.iter();
            let all: Vec<String> = restrictions
                .map(|restriction| restricted(language, *restriction, None))
                .collect();
            all.join(" ")
        }
        Notice::Reported { report, text } => reported(language, report, text.as_ref()),
        Notice::ReportTaken {
            name, seen: true, ..
        } => tr!(language, "notice-report-taken", name = name.as_str()),
        Notice::ReportTaken { name, may_act, .. } if *may_act => {
            tr!(language, "notice-report-kept-own", name = name.as_str())
        }
        Notice::ReportTaken { name, .. } => {
            tr!(language, "notice-report-kept", name = name.as_str())
        }
        _ => return None,
    };
    Some(text)
}

fn erased_all(language: Language, erasure: &Erasure, author: &Person, by: &Person) -> String {
    tr!(
        language,
        "notice-erased-all",
        who = by.name.as_str(),
        you = you(by),
        count = (erasure.count),
        author = author.name.as_str(),
        own = you(author)
    )
}

/// How a restriction is set, and by whom if that is said.
fn restricted(language: Language, restriction: Restriction, by: Option<&Person>) -> String {
    use Restriction::{Lock, Newcomers, ObserverChat, SlowMode};
    let wait = match restriction {
        SlowMode { interval: wait } | Newcomers { wait } => wait,
        Lock { .. } | ObserverChat { .. } => None,
    };
    let wait = wait.map(|wait| exact_span(language, wait.span()));
    if let ObserverChat { shown } = restriction {
        return observer_chat(language, shown, by);
    }
    let by = by.map(|by| (by.name.as_str(), you(by)));
    match (restriction, wait, by) {
        (SlowMode { .. }, Some(wait), Some((who, you))) => tr!(
            language,
            "notice-slow-by",
            who = who,
            you = you,
            wait = wait
        ),
        (SlowMode { .. }, Some(wait), None) => tr!(language, "notice-slow", wait = wait),
        (SlowMode { .. }, None, Some((who, you))) => {
            tr!(language, "notice-slow-off-by", who = who, you = you)
        }
        (SlowMode { .. }, None, None) => tr!(language, "notice-slow-off"),
        (Lock { locked: true }, _, Some((who, you))) => {
            let locked = tr!(language, "notice-locked-by", who = who, you = you);
            let hint = Some(you).filter(|you| *you == "yes");
            let hint = hint.map(|_| tr!(language, "notice-locked-hint"));
            hint.map_or(locked.clone(), |hint| format!("{locked} {hint}"))
        }
        (Lock { locked: true }, _, None) => tr!(language, "notice-locked"),
        (Lock { locked: false }, _, Some((who, you))) => {
            tr!(language, "notice-unlocked-by", who = who, you = you)
        }
        (Lock { locked: false }, _, None) => tr!(language, "notice-unlocked"),
        (Newcomers { .. }, Some(wait), Some((who, you))) => tr!(
            language,
            "notice-newcomers-by",
            who = who,
            you = you,
            wait = wait
        ),
        (Newcomers { .. }, Some(wait), None) => tr!(language, "notice-newcomers", wait = wait),
        (Newcomers { .. }, None, Some((who, you))) => {
            tr!(language, "notice-newcomers-off-by", who = who, you = you)
        }
        (Newcomers { .. }, None, None) => tr!(language, "notice-newcomers-off"),
        (ObserverChat { shown }, ..) => observer_chat(language, shown, None),
    }
}

/// Whether those who watch from outside see the chat, and who decided it if that is said.
fn observer_chat(language: Language, shown: bool, by: Option<&Person>) -> String {
    let by = by.map(|by| (by.name.as_str(), you(by)));
    match (shown, by) {
        (true, Some((who, you))) => {
            tr!(language, "notice-observers-chat-by", who = who, you = you)
        }
        (false, Some((who, you))) => {
            tr!(
                language,
                "notice-observers-chat-off-by",
                who = who,
                you = you
            )
        }
        (true, None) => tr!(language, "notice-observers-chat"),
        (false, None) => tr!(language, "notice-observers-chat-off"),
    }
}

/// Who reports whom, why, and for which line; and what can be done.
fn reported(language: Language, report: &MemberReport, text: Option<&ChatText>) -> String {
    let (who, author) = (report.by_name.as_str(), report.name.as_str());
    let mut sentences = vec![match &report.reason {
        Some(reason) => {
            let reason = quoted(language, reason.as_str());
            tr!(
                language,
                "notice-reported-reason",
                who = who,
                author = author,
                reason = reason
            )
        }
        None => tr!(language, "notice-reported", who = who, author = author),
    }];
    if let Some(line) = report.line {
        let number = line.to_string();
        sentences.push(match text {
            Some(text) => {
                let text = quoted(language, text.as_str());
                tr!(
                    language,
                    "notice-reported-line",
                    number = number,
                    text = text
                )
            }
            None => tr!(language, "notice-reported-line-gone", number = number),
        });
    }
    sentences.push(tr!(language, "notice-reported-next", author = author));
    sentences.join(" ")
}
