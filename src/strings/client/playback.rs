//! Texts about what members do with the media, and about what becomes of it.

use crate::app::output::{Jump, LinkTrust, Notice, Person};
use crate::protocol::time::{Position, Rate};
use crate::strings::numbers::{decimal, distinct_positions, long};
use crate::strings::sentences::{quoted, you};
use crate::strings::{player as player_words, standstill};
use crate::texts::language::Language;
use crate::texts::tr;

/// The text about the media; `None` for other notices.
pub(super) fn text(language: Language, notice: &Notice) -> Option<String> {
    let text = match notice {
        Notice::Paused { who, at } => {
            let (name, you) = (who.name.as_str(), you(who));
            let at = at.to_string();
            tr!(language, "notice-paused", who = name, you = you, at = at)
        }
        Notice::Resumed { who, at } => {
            let (name, you) = (who.name.as_str(), you(who));
            let at = at.to_string();
            tr!(language, "notice-resumed", who = name, you = you, at = at)
        }
        Notice::RateNow(rate) => {
            let rate = rate_in_figures(language, *rate);
            tr!(language, "notice-rate-now", rate = rate)
        }
        Notice::RateChanged { who, rate } => rate_changed(language, who, *rate),
        Notice::Jumped(jump) => jumped(language, jump),
        Notice::Skipped { who } => {
            let (name, you) = (who.name.as_str(), you(who));
            tr!(language, "notice-skipped", who = name, you = you)
        }
        Notice::Countdown { who, may_pause } => {
            let (name, you) = (who.name.as_str(), you(who));
            let started = tr!(language, "notice-countdown", who = name, you = you);
            if *may_pause {
                let hint = tr!(language, "notice-countdown-hint");
                format!("{started} {hint}")
            } else {
                started
            }
        }
        Notice::Count { number } => number.to_string(),
        Notice::Finished {
            may_resume,
            proposed,
        } => finished(language, *may_resume, *proposed),
        Notice::PutBack { title } => {
            let title = quoted(language, title);
            tr!(language, "notice-put-back", title = title)
        }
        Notice::PlaysAgain { who } => {
            let (name, you) = (who.name.as_str(), you(who));
            tr!(language, "notice-plays-again", who = name, you = you)
        }
        about_player => {
            return of_own_player(language, about_player)
                .or_else(|| of_all_players(language, about_player));
        }
    };
    Some(text)
}

/// The text about the reader's own player; `None` for other notices.
fn of_own_player(language: Language, notice: &Notice) -> Option<String> {
    let text = match notice {
        Notice::NothingOn {
            invite: Some(invite),
        } => tr!(
            language,
            "notice-nothing-on-invite",
            invite = invite.as_str()
        ),
        Notice::NothingOn { invite: None } => tr!(language, "notice-nothing-on"),
        Notice::StalledTwice { lighter: true } => tr!(language, "notice-stalled-lighter"),
        Notice::StalledTwice { lighter: false } => tr!(language, "notice-stalled-fixed"),
        Notice::PlayerLacks(found) => player_words::lack(language, found.lack, found.over_ssh),
        Notice::PlayerRegained(lack) => player_words::regained(language, *lack),
        Notice::LinksTrusted(trust) => match trust {
            LinkTrust::Trusted => tr!(language, "notice-links-trusted"),
            LinkTrust::Closed => tr!(language, "notice-links-closed"),
            LinkTrust::OpenBySettings => tr!(language, "notice-links-open"),
        },
        Notice::PlayerRestarts => tr!(language, "player-restarts"),
        Notice::Woke(slept) => {
            tr!(language, "notice-woke", slept = long(language, *slept))
        }
        _ => return None,
    };
    Some(text)
}

/// The text about whether the media plays, and about its length; `None` for other notices.
fn of_all_players(language: Language, notice: &Notice) -> Option<String> {
    let text = match notice {
        Notice::PlaybackFailed {
            name,
            code,
            retrying,
        } => standstill::one(language, name, *code, *retrying),
        Notice::StartedWithout { missed } => standstill::started_without(language, missed),
        Notice::NobodyPlays { cause, next_in } => standstill::all(language, *cause, *next_in),
        Notice::AllWait { at_most } => standstill::all_wait(language, *at_most),
        Notice::SomebodyPlays(name) => standstill::somebody(language, name.as_ref()),
        Notice::PartSkipped { from, to } => {
            let (from, to) = distinct_positions(language, *from, *to);
            standstill::part_skipped(language, &from, &to)
        }
        Notice::LengthSet { who, length } => {
            let length = length.map(|length| Position(length.0).to_string());
            standstill::length_set(language, who, length.as_deref())
        }
        _ => return None,
    };
    Some(text)
}

/// A speed with as many decimals as it needs.
fn rate_in_figures(language: Language, rate: Rate) -> String {
    let two = decimal(language, rate.factor(), 2);
    let figures = two.trim_end_matches('0').trim_end_matches(['.', ',']);
    figures.to_owned()
}

/// The media has ended, and what can follow.
fn finished(language: Language, may_resume: bool, proposed: usize) -> String {
    let text = match (proposed, may_resume) {
        (0, _) => tr!(language, "notice-finished"),
        (_, true) => tr!(language, "notice-finished-approve", proposed = proposed),
        (_, false) => tr!(language, "notice-finished-proposed", proposed = proposed),
    };
    if may_resume {
        format!("{text} {}", tr!(language, "notice-finished-again"))
    } else {
        text
    }
}

fn rate_changed(language: Language, who: &Person, rate: Rate) -> String {
    let rate = rate_in_figures(language, rate);
    let (name, you) = (who.name.as_str(), you(who));
    tr!(language, "notice-rate", who = name, you = you, rate = rate)
}

/// A jump, with the way back for those who may take it.
fn jumped(language: Language, jump: &Jump) -> String {
    let (from, to) = distinct_positions(language, jump.from, jump.to);
    let (name, you) = (jump.who.name.as_str(), you(&jump.who));
    if jump.undoes {
        return tr!(
            language,
            "notice-jump-undone",
            who = name,
            you = you,
            from = from,
            to = to
        );
    }
    let to = match &jump.chapter {
        Some(chapter) => format!("{to} ({chapter})"),
        None => to,
    };
    let jumped = tr!(
        language,
        "notice-jumped",
        who = name,
        you = you,
        from = from,
        to = to
    );
    if jump.may_undo {
        let hint = tr!(language, "notice-jumped-hint");
        format!("{jumped} {hint}")
    } else {
        jumped
    }
}
