//! What a member puts into the room from outside: subtitles that they offer, emotes that they react
//! with.

use super::playing::{load, ready};
use super::{ALICE, Server, Story, commands, name, outputs};
use crate::app::effect::Effect;
use crate::app::output::{ArgumentFault, Notice, Output, OwnPlayerNotice, UsageError, Why};
use crate::media::subtitles::SubtitleLink;
use crate::protocol::command::Command;
use crate::protocol::emote::{EmoteChange, EmoteName, EmoteText};
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::Seq;
use crate::protocol::member::Role;
use crate::protocol::playback::SubtitleOffer;
use crate::protocol::text::Emoji;
use crate::sync::player::{
    OwnAct, OwnReport, PlayerCommand, PlayerEvent, ProcessState, SubtitleProblem, Track, TrackKind,
};
use crate::test_support;

const SUBTITLES: &str = "/subtitles https://example.org/film.en.srt";

/// A client whose player has the film open.
fn watching() -> Story {
    watching_link("https://example.org/film.mp4")
}

/// A client whose player has the media of a link open.
pub(super) fn watching_link(link: &str) -> Story {
    let mut server = Server::with(Role::Viewer);
    load(&mut server, link);
    let mut story = Story::joined(&server);
    story.compare_clocks(&server);
    story.player(PlayerEvent::Process(ProcessState::Starting));
    story.player(PlayerEvent::Process(ready()));
    let epoch = server.room().timeline.epoch;
    story.player(test_support::loaded(epoch));
    story
}

fn tries(effects: &[Effect]) -> bool {
    let adds =
        |effect: &Effect| matches!(effect, Effect::Player(PlayerCommand::AddSubtitles { .. }));
    effects.iter().any(adds)
}

/// Why a line was denied.
fn denied(effects: &[Effect]) -> Option<Why> {
    effects.iter().find_map(|effect| match effect {
        Effect::Output(Output::Denied { why, .. }) => Some(why.clone()),
        _ => None,
    })
}

#[test]
fn subtitles_are_offered_once_the_own_player_shows_them() {
    let mut story = watching();
    let effects = story.line(SUBTITLES);
    assert!(tries(&effects), "{effects:?}");
    assert_eq!(commands(&effects), [], "nobody hears of them yet");
    let effects = story.player(PlayerEvent::Own {
        report: OwnReport::Tracks(Vec::new()),
        answers: Some(OwnAct::Track(TrackKind::Subtitles)),
    });
    let offered = commands(&effects);
    assert!(
        matches!(offered[..], [(_, Command::OfferSubtitles { .. })]),
        "{effects:?}"
    );
}

#[test]
fn a_dead_link_is_told_to_its_offerer_and_to_nobody_else() {
    let mut story = watching();
    story.line(SUBTITLES);
    let failed = PlayerEvent::Own {
        report: OwnReport::SubtitlesFailed(SubtitleProblem::NotSubtitles),
        answers: None,
    };
    let effects = story.player(failed);
    let why = Why::NoSubtitles(SubtitleProblem::NotSubtitles);
    assert_eq!(denied(&effects), Some(why));
    assert_eq!(commands(&effects), []);
}

/// The own player shows the track of this number, from a file.
fn shows(story: &mut Story, number: u32, is_selected: bool) -> Vec<Effect> {
    let track = Track {
        kind: TrackKind::Subtitles,
        number,
        title: None,
        language: None,
        codec: None,
        is_default: false,
        is_forced: false,
        is_external: true,
        is_selected,
    };
    story.player(PlayerEvent::Own {
        report: OwnReport::Tracks(vec![track]),
        answers: Some(OwnAct::Track(TrackKind::Subtitles)),
    })
}

#[test]
fn subtitles_that_are_accepted_twice_are_added_once() {
    let mut server = Server::with(Role::Viewer);
    load(&mut server, "https://example.org/film.mp4");
    let offer = RoomEvent::SubtitlesOffered {
        epoch: server.room().timeline.epoch,
        offer: SubtitleOffer {
            link: SubtitleLink::parse("https://example.org/film.en.srt").unwrap(),
            by: ALICE,
            by_name: name("Alice"),
        },
    };
    let fact = server.happen(offer);
    let mut story = watching();
    story.facts(vec![fact]);
    let told = |effects: &[Effect]| {
        let told = Notice::Own(OwnPlayerNotice::SubtitlesShownAlready);
        outputs(effects).contains(&Output::Notice(told))
    };
    assert!(tries(&story.line("/subtitles yes")));
    let effects = story.line("/subtitles yes");
    assert!(!tries(&effects), "they are being loaded");
    shows(&mut story, 3, true);
    let effects = story.line("/subtitles yes");
    assert!(!tries(&effects) && told(&effects), "{effects:?}");
    // They were switched off since: they are shown again.
    shows(&mut story, 3, false);
    let effects = story.line("/subtitles yes");
    let again = Effect::Player(PlayerCommand::SelectTrack {
        kind: TrackKind::Subtitles,
        number: Some(3),
    });
    assert!(effects.contains(&again) && !tries(&effects), "{effects:?}");
    // The same file is offered by who has it already.
    let offered = commands(&story.line(SUBTITLES));
    assert!(matches!(offered[..], [(_, Command::OfferSubtitles { .. })]));
}

fn with_emotes(rows: &[(&str, &str)]) -> Story {
    let mut server = Server::with(Role::Viewer);
    for (name, text) in rows {
        let set = RoomEvent::EmoteSet(EmoteChange {
            name: EmoteName::parse(name).unwrap(),
            text: Some(EmoteText::parse(text).unwrap()),
        });
        server.happen_by(Some((ALICE, Seq(1))), set);
    }
    Story::joined(&server)
}

#[test]
fn an_emote_of_the_room_goes_before_the_emoji_of_its_name() {
    let mut story = with_emotes(&[("fire", "🧯"), ("cheers", "hip hip")]);
    let reacts = |story: &mut Story, line: &str| {
        let sent = commands(&story.line(line)).into_iter();
        sent.map(|(_, command)| command).collect::<Vec<_>>()
    };
    let react = |emoji: &str| Command::React {
        emoji: Emoji::parse(emoji).unwrap(),
    };
    assert_eq!(reacts(&mut story, "/react :fire:"), [react("🧯")]);
    assert_eq!(reacts(&mut story, "/react :popcorn:"), [react("🍿")]);
    for (line, expected) in [
        ("/react :cheers:", ArgumentFault::EmoteText),
        ("/react :nosuch:", ArgumentFault::NoEmote),
    ] {
        let effects = story.line(line);
        let Some(Why::Usage(UsageError::BadArgument { fault, .. })) = denied(&effects) else {
            panic!("{line}: {effects:?}");
        };
        assert_eq!(fault, Some(expected));
    }
}

#[test]
fn what_is_said_is_spelled_with_the_emotes_of_that_time() {
    let emote = |text: Option<&str>| {
        RoomEvent::EmoteSet(EmoteChange {
            name: EmoteName::parse(":кино:").unwrap(),
            text: text.map(|text| EmoteText::parse(text).unwrap()),
        })
    };
    let mut server = Server::with(Role::Viewer);
    server.happen_by(Some((ALICE, Seq(1))), emote(Some("🎬")));
    let mut story = Story::joined(&server);
    let said = |story: &mut Story, server: &mut Server, text: &str| {
        let effects = story.facts(vec![server.chat(text)]);
        let outputs = outputs(&effects).into_iter();
        let spelled = outputs.filter_map(|output| match output {
            Output::Chat { spelled, .. } => Some(spelled),
            _ => None,
        });
        spelled.collect::<Vec<_>>()
    };
    let with_it = said(&mut story, &mut server, "ну что, :Кино: ?");
    assert_eq!(with_it, [Some("ну что, 🎬 ?".to_owned())]);
    let fact = server.happen_by(Some((ALICE, Seq(2))), emote(None));
    story.facts(vec![fact]);
    assert_eq!(said(&mut story, &mut server, ":кино: ?"), [None]);
}
