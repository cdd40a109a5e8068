//! What is the member's own is reported as mpv has it, whoever changed it.

use serde_json::json;

use super::relayed::{load, ready};
use super::rig::Rig;
use crate::media::fault::{FaultKind, MediaFault};
use crate::media::policy::Privacy;
use crate::media::subtitles::SubtitleLink;
use crate::player::test_http::{ClipServer, files};
use crate::protocol::ids::Epoch;
use crate::protocol::time::{LocalTime, Position, Span};
use crate::sync::player::{
    Basis, OwnAct, OwnReport, PlayerCommand, PlayerEvent, Sound, SubtitleProblem, TrackKind,
};

/// ffmpeg options for a film with two sound tracks.
const TWO_TRACKS: &[&str] = &[
    "-t",
    "20",
    "-map",
    "0:v",
    "-map",
    "1:a",
    "-map",
    "1:a",
    "-metadata:s:a:0",
    "language=eng",
    "-metadata:s:a:1",
    "language=rus",
    "-metadata:s:a:1",
    "title=Комментарий",
    "-g",
    "25",
];

async fn opened() -> (Rig, ClipServer) {
    let made = files(TWO_TRACKS, "film.mkv").remove(0).1;
    let server = ClipServer::start(&[("film.mkv", made)]).await;
    let mut rig = Rig::start();
    rig.ready().await;
    rig.open(1, &server.link("film.mkv"), Position::START, false);
    rig.restarted().await;
    (rig, server)
}

/// Waits for the answer to an order.
async fn answer(rig: &mut Rig, act: OwnAct) -> OwnReport {
    rig.until("answer", |event| match event {
        PlayerEvent::Own { report, answers } if *answers == Some(act) => Some(report.clone()),
        _ => None,
    })
    .await
}

#[tokio::test]
async fn an_order_is_answered_by_what_is_so_now() {
    let (mut rig, _server) = opened().await;
    rig.send(PlayerCommand::SetVolume(60));
    rig.send(PlayerCommand::AdjustVolume(5));
    let most = 130;
    let sound = |volume, muted| {
        OwnReport::Sound(Sound {
            volume,
            muted,
            most,
        })
    };
    assert_eq!(answer(&mut rig, OwnAct::Volume).await, sound(60, false));
    assert_eq!(answer(&mut rig, OwnAct::Volume).await, sound(65, false));
    rig.send(PlayerCommand::ToggleMute);
    assert_eq!(answer(&mut rig, OwnAct::Mute).await, sound(65, true));
    // Whichever way it is set, mpv's own limit ends it.
    for beyond in [
        PlayerCommand::SetVolume(150),
        PlayerCommand::AdjustVolume(100),
    ] {
        rig.send(beyond);
        assert_eq!(answer(&mut rig, OwnAct::Volume).await, sound(130, true));
    }

    let kind = TrackKind::Audio;
    let second = PlayerCommand::SelectTrack {
        kind,
        number: Some(2),
    };
    rig.send(second);
    let OwnReport::Tracks(tracks) = answer(&mut rig, OwnAct::Track(kind)).await else {
        panic!("no tracks");
    };
    let told: Vec<_> = tracks
        .iter()
        .map(|track| (track.number, track.language.as_deref(), track.is_selected))
        .collect();
    assert_eq!(told, [(1, Some("eng"), false), (2, Some("rus"), true)]);
    assert_eq!(tracks[1].title.as_deref(), Some("Комментарий"));

    let delay = Span::millis(-500);
    rig.send(PlayerCommand::SetSubtitleDelay(delay));
    let told = answer(&mut rig, OwnAct::SubtitleDelay).await;
    assert_eq!(told, OwnReport::SubtitleDelay(delay));
}

#[tokio::test]
async fn what_the_member_does_in_the_window_is_reported_and_answers_nothing() {
    let (mut rig, _server) = opened().await;
    rig.hand().ask(&json!(["set_property", "volume", 30]));
    rig.until("volume", |event| match event {
        PlayerEvent::Own {
            report: OwnReport::Sound(sound),
            answers: None,
        } => (sound.volume == 30).then_some(()),
        _ => None,
    })
    .await;
}

/// How far the reported place is ahead of local time.
async fn ahead(rig: &mut Rig) -> Span {
    rig.until("Sample", |event| match event {
        PlayerEvent::Sample(sample) if sample.basis == Basis::Audio => {
            Some((sample.position - Position::START) - (sample.at - LocalTime(0)))
        }
        _ => None,
    })
    .await
}

#[tokio::test]
async fn an_offset_of_the_device_adds_to_the_members_own_delay() {
    let (mut rig, _server) = opened().await;
    rig.hand().ask(&json!(["set_property", "audio-delay", 0.3]));
    rig.until("delay", |event| match event {
        PlayerEvent::Own {
            report: OwnReport::SoundDelay(delay),
            ..
        } => (*delay == Span::millis(300)).then_some(()),
        _ => None,
    })
    .await;
    ahead(&mut rig).await;
    let before = ahead(&mut rig).await;
    rig.send(PlayerCommand::SetOutputOffset(Span::millis(200)));
    ahead(&mut rig).await;
    let moved = ahead(&mut rig).await - before;
    let by = (moved + Span::millis(200)).abs();
    assert!(by < Span::millis(40), "the picture falls back: {moved:?}");
    let delay = rig.hand().ask(&json!(["get_property", "audio-delay"]));
    assert!((delay.as_f64().unwrap() - 0.1).abs() < 1e-6, "{delay}");

    rig.hand().ask(&json!(["add", "audio-delay", 0.1]));
    rig.until("the member's own part", |event| match event {
        PlayerEvent::Own {
            report: OwnReport::SoundDelay(delay),
            ..
        } => (*delay == Span::millis(400)).then_some(()),
        _ => None,
    })
    .await;
}

/// A ready player with a film open, whose links may lead to this computer, and the links of its
/// server: one to subtitles, one to a page.
async fn with_subtitles() -> (Rig, ClipServer) {
    let film = files(TWO_TRACKS, "film.mkv").remove(0).1;
    let words = "1\n00:00:00,000 --> 00:00:19,000\nHello\n"
        .as_bytes()
        .to_vec();
    let page = b"<html>no subtitles</html>".to_vec();
    let files = [
        ("film.mkv", film),
        ("English.srt", words),
        ("page.srt", page),
    ];
    let server = ClipServer::start(&files).await;
    let mut rig = ready(Privacy::AllowPrivate).await;
    load(&rig, 1, &server.link("film.mkv"));
    rig.restarted().await;
    (rig, server)
}

fn add(rig: &Rig, epoch: u64, link: &str) {
    rig.send(PlayerCommand::AddSubtitles {
        epoch: Epoch(epoch),
        link: SubtitleLink::parse(link).unwrap(),
    });
}

async fn no_subtitles(rig: &mut Rig) -> SubtitleProblem {
    rig.until("problem", |event| match event {
        PlayerEvent::Own {
            report: OwnReport::SubtitlesFailed(problem),
            ..
        } => Some(*problem),
        _ => None,
    })
    .await
}

#[tokio::test]
async fn subtitles_are_fetched_and_shown_and_what_is_none_is_not() {
    let (mut rig, server) = with_subtitles().await;
    add(&rig, 1, &server.link("page.srt"));
    assert_eq!(no_subtitles(&mut rig).await, SubtitleProblem::NotSubtitles);
    add(&rig, 1, &server.link("none.srt"));
    let gone = MediaFault::here(FaultKind::Gone);
    assert_eq!(no_subtitles(&mut rig).await, SubtitleProblem::Fetch(gone));
    // Of other media.
    add(&rig, 2, &server.link("English.srt"));
    add(&rig, 1, &server.link("English.srt"));
    let kind = TrackKind::Subtitles;
    let OwnReport::Tracks(tracks) = answer(&mut rig, OwnAct::Track(kind)).await else {
        panic!("no tracks");
    };
    let shown: Vec<_> = tracks.iter().filter(|track| track.kind == kind).collect();
    assert_eq!(shown.len(), 1);
    assert!(shown[0].is_selected && shown[0].is_external);
    assert_eq!(shown[0].title.as_deref(), Some("English"));
}

#[tokio::test]
async fn subtitles_lead_nobody_into_their_own_network() {
    let server = ClipServer::start(&[("a.srt", Vec::new())]).await;
    let film = ClipServer::start(&[("film.mkv", files(TWO_TRACKS, "film.mkv").remove(0).1)]).await;
    let mut rig = ready(Privacy::PublicOnly).await;
    rig.open(1, &film.link("film.mkv"), Position::START, true);
    rig.restarted().await;
    add(&rig, 1, &server.link("a.srt"));
    let SubtitleProblem::Fetch(fault) = no_subtitles(&mut rig).await else {
        panic!("another problem");
    };
    assert_eq!(fault.kind, FaultKind::PrivateAddress);
    assert_eq!(server.asked(), 0);
}
