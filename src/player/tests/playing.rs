//! Loading, seeking, pausing and reaching the end are reported as they happened.

use serde_json::json;

use super::rig::Rig;
use crate::player::test_http::{ClipServer, clip};
use crate::protocol::ids::Epoch;
use crate::protocol::time::{Position, Span};
use crate::sync::player::{Basis, PlayerCommand, PlayerEvent, Sample};

/// How far a position may be from the ordered one: two frames at 25 frames a second.
const NEAR: Span = Span::millis(80);

fn assert_near(position: Position, wanted: Position) {
    assert!(
        (position - wanted).abs() < NEAR,
        "{position:?} is not {wanted:?}"
    );
}

/// A ready player, and a server with a clip of `seconds`.
async fn ready(seconds: u32, silent: bool) -> (Rig, ClipServer) {
    let server = ClipServer::start(&[("a.mp4", clip(seconds, silent))]).await;
    let mut rig = Rig::start();
    rig.ready().await;
    (rig, server)
}

/// Waits for `Paused` with this value and returns its position.
async fn paused(rig: &mut Rig, wanted: bool) -> Option<Position> {
    rig.until("Paused", |event| match event {
        PlayerEvent::Paused {
            paused, position, ..
        } if *paused == wanted => Some(*position),
        _ => None,
    })
    .await
}

async fn sample(rig: &mut Rig, wanted: Basis) -> Sample {
    rig.until("Sample", |event| match event {
        PlayerEvent::Sample(sample) if sample.basis == wanted => Some(*sample),
        _ => None,
    })
    .await
}

#[tokio::test]
async fn a_load_reports_what_it_is_and_is_paused_where_it_should_be() {
    let (mut rig, server) = ready(20, false).await;
    rig.open(7, &server.link("a.mp4"), Position::seconds(5), true);
    let mut seeks = 0;
    let loaded = rig
        .until("Loaded", |event| {
            seeks += i32::from(matches!(event, PlayerEvent::SeekBegan { .. }));
            matches!(event, PlayerEvent::Loaded { .. }).then(|| event.clone())
        })
        .await;
    let PlayerEvent::Loaded {
        epoch,
        title,
        has_audio,
        seekable,
        ..
    } = loaded
    else {
        unreachable!()
    };
    assert_eq!(
        (epoch, title, has_audio, seekable),
        (Epoch(7), None, true, true)
    );
    let (mut length, mut position, mut standing) = (None, None, None);
    let all = rig.until("PlaybackRestarted, Sample and Length", |event| {
        match event {
            PlayerEvent::SeekBegan { .. } => seeks += 1,
            PlayerEvent::Length {
                length: reported, ..
            } => length = Some(*reported),
            PlayerEvent::PlaybackRestarted {
                position: reported, ..
            } => position = Some(*reported),
            PlayerEvent::Sample(sample) => standing = Some((sample.basis, sample.position)),
            _ => {}
        }
        length.zip(position).zip(standing)
    });
    let ((length, position), standing) = all.await;
    assert!(
        (length - Span::seconds(20)).abs() < Span::millis(100),
        "{length:?}"
    );
    assert_near(position, Position::seconds(5));
    assert_eq!(seeks, 0, "the load's own seek is nobody's act");
    assert_eq!(standing, (Basis::Frame, position));
    assert_eq!(
        rig.hand().ask(&json!(["get_property", "start"])),
        json!("none")
    );
}

#[tokio::test]
async fn playing_it_is_sampled_by_its_audio_clock() {
    let (mut rig, server) = ready(20, false).await;
    rig.open(1, &server.link("a.mp4"), Position::START, false);
    let first = sample(&mut rig, Basis::Audio).await;
    let second = sample(&mut rig, Basis::Audio).await;
    assert!(second.position > first.position && second.at > first.at);
    assert!(second.buffered.unwrap() > Span::ZERO);
}

#[tokio::test]
async fn silent_media_is_sampled_by_its_frames() {
    let (mut rig, server) = ready(20, true).await;
    rig.open(1, &server.link("a.mp4"), Position::START, false);
    rig.restarted().await;
    let mut last = sample(&mut rig, Basis::Frame).await;
    for _ in 0..4 {
        let next = sample(&mut rig, Basis::Frame).await;
        assert!(
            next.position > last.position && next.at > last.at,
            "{last:?} {next:?}"
        );
        last = next;
    }
}

#[tokio::test]
async fn a_seek_is_reported_once_and_lands() {
    let (mut rig, server) = ready(20, false).await;
    rig.open(1, &server.link("a.mp4"), Position::START, true);
    rig.restarted().await;
    for seconds in [12, 12, 3] {
        rig.send(PlayerCommand::Seek(Position::seconds(seconds)));
        let mut began = 0;
        let position = rig
            .until("PlaybackRestarted", |event| match event {
                PlayerEvent::SeekBegan { .. } => {
                    began += 1;
                    None
                }
                PlayerEvent::PlaybackRestarted { position, .. } => Some(*position),
                _ => None,
            })
            .await;
        assert_near(position, Position::seconds(seconds));
        assert_eq!(began, 1);
    }
}

#[tokio::test]
async fn the_members_own_pause_and_speed_are_reported() {
    let (mut rig, server) = ready(20, false).await;
    rig.open(1, &server.link("a.mp4"), Position::seconds(2), false);
    rig.restarted().await;
    let mut hand = rig.hand();
    hand.ask(&json!(["keypress", "SPACE"]));
    let position = paused(&mut rig, true).await.unwrap();
    assert!(position >= Position::seconds(2) - NEAR, "{position:?}");
    let frame = hand
        .ask(&json!(["get_property", "time-pos"]))
        .as_f64()
        .unwrap();
    assert_eq!(
        position,
        Position::from_seconds(frame),
        "it stands where it said"
    );
    assert_eq!(sample(&mut rig, Basis::Frame).await.position, position);
    hand.ask(&json!(["keypress", "]"]));
    rig.until("Speed", |event| {
        matches!(event, PlayerEvent::Speed { speed } if *speed > 1.05).then_some(())
    })
    .await;
    hand.ask(&json!(["keypress", "SPACE"]));
    paused(&mut rig, false).await;
}

#[tokio::test]
async fn what_is_set_to_the_value_it_has_is_not_reported() {
    let (mut rig, server) = ready(20, false).await;
    rig.open(1, &server.link("a.mp4"), Position::seconds(2), true);
    rig.restarted().await;
    rig.send(PlayerCommand::SetPaused(true));
    rig.send(PlayerCommand::SetSpeed {
        speed: 1.0,
        pitch_correction: false,
    });
    // Once the seek is reported, everything that the two orders before it caused was reported too.
    rig.send(PlayerCommand::Seek(Position::seconds(4)));
    rig.until("PlaybackRestarted", |event| match event {
        PlayerEvent::Paused { .. } | PlayerEvent::Speed { .. } => panic!("{event:?}"),
        PlayerEvent::PlaybackRestarted { .. } => Some(()),
        _ => None,
    })
    .await;
}

/// Whether the media of epoch 3 is at its end.
fn has_ended(event: &PlayerEvent) -> bool {
    let ended = Epoch(3);
    matches!(event, PlayerEvent::Ended { epoch, .. } if *epoch == ended)
}

#[tokio::test]
async fn the_end_is_reported_and_left_by_a_seek() {
    let (mut rig, server) = ready(6, false).await;
    rig.open(3, &server.link("a.mp4"), Position::seconds(5), false);
    rig.until("Ended", |event| has_ended(event).then_some(()))
        .await;
    rig.send(PlayerCommand::Seek(Position::seconds(1)));
    assert_near(rig.restarted().await, Position::seconds(1));
    sample(&mut rig, Basis::Audio).await;
}

#[tokio::test]
async fn a_start_beyond_the_end_stands_at_the_end() {
    let (mut rig, server) = ready(6, false).await;
    rig.open(3, &server.link("a.mp4"), Position::seconds(500), false);
    let mut position = None;
    rig.until("Ended", |event| {
        if let PlayerEvent::PlaybackRestarted { position: at, .. } = event {
            position = Some(*at);
        }
        has_ended(event).then_some(())
    })
    .await;
    if position.is_none() {
        position = Some(rig.restarted().await);
    }
    assert!(
        (position.unwrap() - Position::seconds(6)).abs() < Span::millis(200),
        "{position:?}"
    );
}

#[tokio::test]
async fn a_second_load_leaves_nothing_of_the_first_to_report() {
    let (mut rig, server) = ready(20, false).await;
    rig.open(1, &server.link("a.mp4"), Position::START, false);
    rig.open(2, &server.link("a.mp4"), Position::seconds(9), false);
    let mut first = 0;
    rig.until("Loaded", |event| match event {
        PlayerEvent::Loaded {
            epoch: Epoch(2), ..
        } => Some(()),
        PlayerEvent::Loaded { .. } | PlayerEvent::Failed { .. } => {
            first += 1;
            None
        }
        _ => None,
    })
    .await;
    assert_eq!(first, 0);
    let position = rig.restarted().await;
    assert!(position >= Position::seconds(9) - NEAR, "{position:?}");
}

#[tokio::test]
async fn mpv_that_its_member_makes_loop_comes_to_the_end_all_the_same() {
    let (mut rig, server) = ready(6, false).await;
    rig.open(3, &server.link("a.mp4"), Position::seconds(3), true);
    rig.restarted().await;
    let mut hand = rig.hand();
    let options = ["loop-file", "loop-playlist", "keep-open-pause"];
    for (option, value) in options.into_iter().zip(["inf", "inf", "yes"]) {
        hand.ask(&json!(["set_property", option, value]));
    }
    hand.ask(&json!(["set_property", "keep-open", "no"]));
    rig.send(PlayerCommand::SetPaused(false));
    rig.until("Ended", |event| {
        matches!(event, PlayerEvent::Ended { .. }).then_some(())
    })
    .await;
    for option in options {
        assert_eq!(
            hand.ask(&json!(["get_property", option])),
            false,
            "{option}"
        );
    }
    assert_eq!(hand.ask(&json!(["get_property", "keep-open"])), true);
}
