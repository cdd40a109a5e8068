//! What is said of the player and of media that does not play.

use std::io::ErrorKind;

use strum::IntoEnumIterator;

use super::{closed, lack, next_try, problem, process, unusable};
use crate::doctor::Finding;
use crate::doctor::resolver::ResolverFinding;
use crate::doctor::runtime::RuntimeFinding;
use crate::media::fault::{FaultKind, MediaFault, ResolverFault};
use crate::protocol::time::Span;
use crate::strings::doctor;
use crate::sync::player::{CloseCause, Lack, MediaProblem, ProcessState, SocketFault, Unusable};
use crate::system_fault::UncategorizedError;
use crate::test_support::foreign_words;
use crate::texts::language::Language;

/// Each state and problem after which a person has to act.
fn troubles(language: Language) -> Vec<String> {
    let reason = || "it failed.".to_owned();
    vec![
        closed(language, &CloseCause::Quit),
        closed(language, &CloseCause::Killed),
        closed(language, &CloseCause::Exit(1)),
        unusable(
            language,
            &Unusable::Missing {
                binary: "mpv".to_owned(),
            },
        ),
        unusable(
            language,
            &Unusable::TooOld {
                version: "0.34.1".to_owned(),
            },
        ),
        unusable(language, &Unusable::Refused { reason: reason() }),
        unusable(language, &Unusable::Silent),
        unusable(
            language,
            &Unusable::NoAnswer {
                within: Span::seconds(10),
            },
        ),
        unusable(
            language,
            &Unusable::NotMpv {
                binary: "/bin/ls".to_owned(),
            },
        ),
        unusable(
            language,
            &Unusable::System {
                binary: "mpv".to_owned(),
                fault: UncategorizedError::TooManyOpenFiles.into(),
            },
        ),
        problem(language, &MediaProblem::Resolver { reason: reason() }),
        problem(language, &MediaProblem::ResolverMissing),
        problem(language, &MediaProblem::Player { reason: reason() }),
        problem(language, &MediaProblem::NoRelay),
        problem(language, &MediaProblem::CannotSeek),
        problem(language, &MediaProblem::Stopped),
        problem(language, &MediaProblem::Replaced),
        process(language, &ProcessState::Frozen),
    ]
    .into_iter()
    .chain(socket_troubles(language))
    .collect()
}

fn socket_troubles(language: Language) -> impl Iterator<Item = String> {
    let faults = [
        SocketFault::Taken,
        SocketFault::InUse,
        SocketFault::NoFolder,
        SocketFault::TooLong,
        SocketFault::System(ErrorKind::PermissionDenied.into()),
    ];
    faults.into_iter().map(move |fault| {
        let path = "/run/user/1000/mpv".to_owned();
        unusable(language, &Unusable::Socket { path, fault })
    })
}

#[test]
fn nothing_about_the_player_is_left_in_english() {
    let russian = Language::Russian;
    for text in troubles(russian) {
        assert_eq!(foreign_words(&text), [""; 0], "{text}");
    }
    let argument = "film.mp4".to_owned();
    let text = unusable(russian, &Unusable::NotAnOption { argument });
    assert_eq!(foreign_words(&text), [""; 0], "{text}");
}

#[test]
fn whatever_stops_the_player_names_the_way_back() {
    for (language, command) in [
        (Language::English, "/retry"),
        (Language::Russian, "/заново"),
    ] {
        let faults = ResolverFault::iter();
        let unresolved = faults.map(|fault| problem(language, &MediaProblem::Unresolved(fault)));
        for text in troubles(language).into_iter().chain(unresolved) {
            assert!(text.contains(command), "{text}");
            assert!(!text.contains("..") && text.ends_with('.'), "{text}");
        }
    }
}

#[test]
fn media_that_does_not_play_is_answered_with_some_that_would() {
    let words = |trouble| problem(Language::English, &trouble);
    assert!(words(MediaProblem::Replaced).contains("a direct .mp4 link works"));
    assert!(words(MediaProblem::ResolverMissing).contains("Direct links do."));
}

#[test]
fn what_doctor_finds_is_worded_as_there() {
    let none = Finding::Runtime(RuntimeFinding::Missing);
    let missing = Finding::Resolver(ResolverFinding::Missing);
    for language in Language::iter() {
        for (finding, trouble) in [
            (&missing, MediaProblem::ResolverMissing),
            (&none, MediaProblem::Unresolved(ResolverFault::NoJavaScript)),
        ] {
            let found = doctor::finding(language, finding);
            let told = problem(language, &trouble);
            assert!(told.starts_with(&found), "{told}");
        }
    }
}

#[test]
fn when_it_is_tried_again_is_worded_with_the_reason() {
    let away = MediaProblem::GivenUp(MediaFault::here(FaultKind::NoAnswer));
    assert_eq!(
        next_try(Language::English, &away, Some(Span::millis(7_200))),
        "The video's server isn't responding. Trying again in 8 s; /retry tries now."
    );
    assert_eq!(
        next_try(Language::Russian, &away, Some(Span::millis(7_200))),
        "Сервер видео не отвечает. Новая попытка через 8 с; /заново — сразу."
    );
    let now = "The video's server isn't responding. Trying again now.";
    assert_eq!(next_try(Language::English, &away, None), now);
    assert_eq!(
        next_try(Language::English, &away, Some(Span::millis(-1))),
        now
    );
}

#[test]
fn a_ready_player_reports_its_version() {
    let state = ProcessState::Ready {
        version: "0.35.1".to_owned(),
        lacks: Some(Lack::Display),
    };
    let text = process(Language::English, &state);
    assert!(text.contains("0.35.1"), "{text}");
}

#[test]
fn what_a_player_lacks_promises_nothing_else_and_says_what_to_do() {
    for over_ssh in [false, true] {
        let words = |known| lack(Language::English, known, over_ssh);
        assert!(words(Lack::Sound).contains("no sound"));
        assert!(words(Lack::Display).contains("no picture"));
        assert!(words(Lack::Both).contains("neither display nor sound"));
        for known in [Lack::Sound, Lack::Display, Lack::Both] {
            let words = words(known);
            assert!(!words.contains("only"), "{words}");
            assert_eq!(
                words.contains("you're connected to") || words.contains("ssh"),
                over_ssh
            );
            assert_eq!(words.contains("--vo=tct"), over_ssh && known != Lack::Sound);
        }
    }
}
