//! What is the member's own is reported as mpv has it, whoever changed it.

use serde_json::json;

use super::rig::Rig;
use crate::player::test_http::{ClipServer, files};
use crate::protocol::time::{LocalTime, Position, Span};
use crate::sync::player::{Basis, OwnAct, OwnReport, PlayerCommand, PlayerEvent, Sound, TrackKind};

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
    let sound = |volume, muted| OwnReport::Sound(Sound { volume, muted });
    assert_eq!(answer(&mut rig, OwnAct::Volume).await, sound(60, false));
    assert_eq!(answer(&mut rig, OwnAct::Volume).await, sound(65, false));
    rig.send(PlayerCommand::ToggleMute);
    assert_eq!(answer(&mut rig, OwnAct::Mute).await, sound(65, true));

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
