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
        Notice::Restricted {
            restriction,
            by: Some(by),
        } => restricted_by(language, *restriction, by),
        Notice::Restricted {
            restriction,
            by: None,
        } => restriction_is(language, *restriction),
        Notice::Restrictions(restrictions) => {
            let restrictions = restrictions.iter();
            let all: Vec<String> = restrictions
                .map(|restriction| restriction_is(language, *restriction))
                .collect();
            all.join(" ")
        }
        Notice::Reported { report, text } => reported(language, report, text.as_ref()),
        Notice::ReportTaken { name, seen: true } => {
            tr!(language, "notice-report-taken", name = name.as_str())
        }
        Notice::ReportTaken { name, seen: false } => {
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

/// Who set or lifted a restriction.
fn restricted_by(language: Language, restriction: Restriction, by: &Person) -> String {
    let (who, you) = (by.name.as_str(), you(by));
    match restriction {
        Restriction::SlowMode {
            interval: Some(interval),
        } => {
            let wait = exact_span(language, interval.span());
            tr!(
                language,
                "notice-slow-by",
                who = who,
                you = you,
                wait = wait
            )
        }
        Restriction::SlowMode { interval: None } => {
            tr!(language, "notice-slow-off-by", who = who, you = you)
        }
        Restriction::Lock { locked: true } => {
            tr!(language, "notice-locked-by", who = who, you = you)
        }
        Restriction::Lock { locked: false } => {
            tr!(language, "notice-unlocked-by", who = who, you = you)
        }
        Restriction::Newcomers { wait: Some(wait) } => {
            let wait = exact_span(language, wait.span());
            tr!(
                language,
                "notice-newcomers-by",
                who = who,
                you = you,
                wait = wait
            )
        }
        Restriction::Newcomers { wait: None } => {
            tr!(language, "notice-newcomers-off-by", who = who, you = you)
        }
    }
}

/// How a restriction is set.
fn restriction_is(language: Language, restriction: Restriction) -> String {
    match restriction {
        Restriction::SlowMode {
            interval: Some(interval),
        } => {
            let wait = exact_span(language, interval.span());
            tr!(language, "notice-slow", wait = wait)
        }
        Restriction::SlowMode { interval: None } => tr!(language, "notice-slow-off"),
        Restriction::Lock { locked: true } => tr!(language, "notice-locked"),
        Restriction::Lock { locked: false } => tr!(language, "notice-unlocked"),
        Restriction::Newcomers { wait: Some(wait) } => {
            let wait = exact_span(language, wait.span());
            tr!(language, "notice-newcomers", wait = wait)
        }
        Restriction::Newcomers { wait: None } => tr!(language, "notice-newcomers-off"),
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
