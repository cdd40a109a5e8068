//! Media as servers have it: without a length, in segments, without an index, cut off.

use serde_json::json;

use super::rig::Rig;
use crate::media::fault::{FaultKind, MediaFault};
use crate::player::test_http::{ClipServer, clip, files};
use crate::protocol::time::{LocalTime, Position, Span};
use crate::sync::player::{Basis, MediaProblem, PlayerCommand, PlayerEvent};

/// Two frames at 25 frames a second.
const NEAR: Span = Span::millis(80);

/// ffmpeg options for what a browser's recorder writes: WebM without length and index.
const RECORDING: &[&str] = &[
    "-t",
    "12",
    "-c:v",
    "libvpx",
    "-deadline",
    "realtime",
    "-cpu-used",
    "8",
    "-g",
    "25",
    "-c:a",
    "libvorbis",
    "-f",
    "webm",
    "-live",
    "1",
];

/// ffmpeg options for a fragmented MP4, whose header has no length.
const FRAGMENTS: &[&str] = &[
    "-t",
    "12",
    "-g",
    "25",
    "-movflags",
    "frag_keyframe+empty_moov",
];

/// ffmpeg options for an HLS list of segments of 2 s.
const LIST: &[&str] = &[
    "-t",
    "12",
    "-g",
    "25",
    "-hls_time",
    "2",
    "-hls_list_size",
    "0",
];

/// A server with the files that ffmpeg makes with these options, and the link to `name`.
async fn serve(wanted: &[&str], name: &str) -> (ClipServer, String) {
    let made = files(wanted, name);
    let all: Vec<_> = made
        .iter()
        .map(|(name, bytes)| (name.as_str(), bytes.clone()))
        .collect();
    let server = ClipServer::start(&all).await;
    let link = server.link(name);
    (server, link)
}

/// Reads events up to the first length, and checks that the data had not ended before.
async fn length(rig: &mut Rig) -> Span {
    rig.until("Length", |event| match event {
        PlayerEvent::Length { length, .. } => Some(*length),
        PlayerEvent::Ended { .. } | PlayerEvent::Failed { .. } => panic!("{event:?}"),
        _ => None,
    })
    .await
}

#[tokio::test]
async fn a_length_that_the_container_does_not_have_is_the_whole_one() {
    for (wanted, name) in [(RECORDING, "rec.webm"), (FRAGMENTS, "frag.mp4")] {
        let (_server, link) = serve(wanted, name).await;
        let mut rig = Rig::start();
        rig.ready().await;
        for (epoch, manner) in [(1, ""), (2, "?whole=true")] {
            rig.open(epoch, &format!("{link}{manner}"), Position::START, true);
            let length = length(&mut rig).await;
            let off = (length - Span::seconds(12)).abs();
            assert!(off < Span::millis(100), "{name}{manner}: {length:?}");
        }
    }
}

#[tokio::test]
async fn short_media_has_a_length_before_all_of_it_came() {
    let media_bytes = clip(25, false);
    let (held, stuck) = (media_bytes.len() / 5, media_bytes.len() * 4 / 5);
    let server = ClipServer::start(&[("a.mp4", media_bytes)]).await;
    let mut rig = Rig::start();
    rig.ready().await;
    let link = format!("{}?held={held}&stuck={stuck}", server.link("a.mp4"));
    rig.open(1, &link, Position::START, true);
    rig.restarted().await;
    let mut hand = rig.hand();
    // The requests that follow the opening have been answered by now.
    hand.ask(&json!(["get_property", "pid"]));
    server.let_go();
    let length = length(&mut rig).await;
    let off = (length - Span::seconds(25)).abs();
    assert!(off < Span::millis(100), "{length:?}");
    let data = hand.ask(&json!(["get_property", "demuxer-cache-state"]));
    assert_eq!(data["eof"], false, "the rest never comes");
}

#[tokio::test]
async fn a_recording_that_does_not_come_whole_has_no_length_and_no_clean_end() {
    let (_server, link) = serve(RECORDING, "rec.webm").await;
    let mut rig = Rig::start();
    rig.ready().await;
    let cut = format!("{link}?whole=true&cut=60000");
    rig.open(1, &cut, Position::START, false);
    let broken = rig
        .until("Ended", |event| match event {
            PlayerEvent::Ended { broken, .. } => Some(broken.clone()),
            PlayerEvent::Length { .. } => panic!("{event:?}"),
            _ => None,
        })
        .await;
    let fault = MediaFault {
        kind: FaultKind::Broken,
        elsewhere: true,
    };
    assert_eq!(broken, Some(MediaProblem::Fetch(fault)));
}

#[tokio::test]
async fn media_that_comes_whole_ends_cleanly() {
    let (_server, link) = serve(FRAGMENTS, "frag.mp4").await;
    let mut rig = Rig::start();
    rig.ready().await;
    rig.open(1, &link, Position::seconds(11), false);
    let broken = rig
        .until("Ended", |event| match event {
            PlayerEvent::Ended { broken, .. } => Some(broken.clone()),
            _ => None,
        })
        .await;
    assert_eq!(broken, None);
}

#[tokio::test]
async fn a_list_is_joined_late_where_the_room_is_by_nobodys_seek() {
    let (_server, link) = serve(LIST, "list.m3u8").await;
    let mut rig = Rig::start();
    rig.ready().await;
    for (epoch, place) in [(1, 0), (2, 9), (3, 5)] {
        let place = Position::seconds(place);
        rig.open(epoch, &link, place, true);
        let (mut seeks, mut begins) = (0, None);
        let landed = rig
            .until("PlaybackRestarted", |event| match event {
                PlayerEvent::Loaded {
                    live, begins: at, ..
                } => {
                    assert!(!live, "{event:?}");
                    begins = *at;
                    None
                }
                PlayerEvent::SeekBegan { .. } => {
                    seeks += 1;
                    None
                }
                PlayerEvent::PlaybackRestarted { position, .. } => Some(*position),
                _ => None,
            })
            .await;
        assert!((landed - place).abs() < NEAR, "{landed:?}");
        assert_eq!(seeks, 0, "the load's own seek is nobody's act");
        assert!(begins.is_some());
    }
}

#[tokio::test]
async fn a_list_of_fragments_is_joined_late_or_says_that_it_cannot_be() {
    let wanted = [LIST, &["-hls_segment_type", "fmp4"]].concat();
    let (_server, link) = serve(&wanted, "list.m3u8").await;
    let mut rig = Rig::start();
    rig.ready().await;
    rig.open(1, &link, Position::START, true);
    assert!((rig.restarted().await - Position::START).abs() < NEAR);
    // FFmpeg 5.1.9 lands at the end unless the target is cached by then.
    let place = Position::seconds(9);
    rig.open(2, &link, place, true);
    rig.until("a landing or a failure", |event| match event {
        PlayerEvent::PlaybackRestarted { position, .. } => {
            ((*position - place).abs() < NEAR).then_some(())
        }
        PlayerEvent::Failed { problem, .. } => {
            assert_eq!(*problem, MediaProblem::CannotSeek);
            Some(())
        }
        PlayerEvent::Ended { .. } => panic!("{event:?}"),
        _ => None,
    })
    .await;
}

#[tokio::test]
async fn a_list_whose_first_part_is_missing_begins_elsewhere() {
    let mut made = files(LIST, "list.m3u8");
    made.retain(|(name, _)| name != "list0.ts");
    let all: Vec<_> = made
        .iter()
        .map(|(name, bytes)| (name.as_str(), bytes.clone()))
        .collect();
    let lacks = ClipServer::start(&all).await;
    let (whole, link) = serve(LIST, "list.m3u8").await;
    let mut rig = Rig::start();
    rig.ready().await;
    let mut starts = Vec::new();
    for (epoch, link) in [(1, link), (2, lacks.link("list.m3u8"))] {
        rig.open(epoch, &link, Position::START, true);
        let begins = rig
            .until("Loaded", |event| match event {
                PlayerEvent::Loaded { begins, .. } => Some(*begins),
                _ => None,
            })
            .await;
        starts.push(begins.unwrap());
    }
    let apart = starts[1] - starts[0];
    assert!((apart - Span::seconds(2)).abs() < NEAR, "{starts:?}");
    drop(whole);
}

#[tokio::test]
async fn a_transport_stream_with_few_keyframes_lands_where_it_reports() {
    let wanted = [
        "-t",
        "40",
        "-g",
        "250",
        "-keyint_min",
        "250",
        "-sc_threshold",
        "0",
    ];
    let (_server, link) = serve(&wanted, "gop.ts").await;
    let mut rig = Rig::start();
    rig.ready().await;
    let mut hand = rig.hand();
    for (epoch, place) in [(1, 14), (2, 27), (3, 3)] {
        rig.open(epoch, &link, Position::seconds(place), true);
        let landed = rig.restarted().await;
        assert!(
            (landed - Position::seconds(place)).abs() < NEAR,
            "{landed:?}"
        );
        for place in [36, 6, 24] {
            rig.send(PlayerCommand::Seek(Position::seconds(place)));
            let landed = rig.restarted().await;
            assert!(
                (landed - Position::seconds(place)).abs() < NEAR,
                "{landed:?}"
            );
        }
    }
    let offset = hand.ask(&json!(["get_property", "hr-seek-demuxer-offset"]));
    assert_eq!(offset.as_f64(), Some(12.0));
}

#[tokio::test]
async fn a_seek_to_where_no_data_comes_from_is_a_stall() {
    let wanted = [
        "-t",
        "40",
        "-g",
        "25",
        "-b:v",
        "200k",
        "-movflags",
        "+faststart",
    ];
    let (server, link) = serve(&wanted, "film.mp4").await;
    let mut rig = Rig::start();
    rig.ready().await;
    rig.open(1, &format!("{link}?held=200000"), Position::START, true);
    rig.restarted().await;
    rig.send(PlayerCommand::Seek(Position::seconds(38)));
    let stalled = async |rig: &mut Rig, wanted: bool| {
        rig.until("Stalled", |event| match event {
            PlayerEvent::Stalled(stalled) => {
                assert_eq!(*stalled, wanted);
                Some(())
            }
            PlayerEvent::PlaybackRestarted { .. } => panic!("{event:?}"),
            _ => None,
        })
        .await;
    };
    stalled(&mut rig, true).await;
    server.let_go();
    stalled(&mut rig, false).await;
    let landed = rig.restarted().await;
    assert!((landed - Position::seconds(38)).abs() < NEAR, "{landed:?}");
}

#[tokio::test]
async fn a_delay_of_the_members_sound_is_reckoned_with() {
    let (_server, link) = serve(FRAGMENTS, "frag.mp4").await;
    let mut rig = Rig::start();
    rig.ready().await;
    rig.open(1, &link, Position::START, false);
    let ahead = async |rig: &mut Rig| {
        rig.until("Sample", |event| match event {
            PlayerEvent::Sample(sample) if sample.basis == Basis::Audio => {
                Some((sample.position - Position::START) - (sample.at - LocalTime(0)))
            }
            _ => None,
        })
        .await
    };
    let before = ahead(&mut rig).await;
    let mut hand = rig.hand();
    hand.ask(&json!(["set_property", "audio-delay", 3.0]));
    // A reading from before the change may still arrive.
    for _ in 0..2 {
        ahead(&mut rig).await;
    }
    let moved = ahead(&mut rig).await - before;
    assert!(moved > Span::seconds(2), "{moved:?}");
}

#[tokio::test]
async fn frames_that_a_member_goes_on_and_back_are_reported() {
    let (_server, link) = serve(FRAGMENTS, "frag.mp4").await;
    let mut rig = Rig::start();
    rig.ready().await;
    rig.open(1, &link, Position::seconds(4), true);
    let mut shown_at = rig.restarted().await;
    let mut hand = rig.hand();
    for (key, on) in [(".", true), (".", true), (",", false), (".", true)] {
        // A change right after a seek ended is not a step yet, but its position is reported too.
        let before = shown_at;
        loop {
            hand.ask(&json!(["keypress", key]));
            let (position, stepped) = rig
                .until("Stepped or Sample", |event| match event {
                    PlayerEvent::Stepped { position, .. } => Some((*position, true)),
                    PlayerEvent::Sample(sample) if sample.position != shown_at => {
                        Some((sample.position, false))
                    }
                    PlayerEvent::Paused { .. } => panic!("{event:?}"),
                    _ => None,
                })
                .await;
            shown_at = position;
            if stepped {
                break;
            }
        }
        assert_eq!(shown_at > before, on, "{before:?} {key} {shown_at:?}");
        let shown = hand.ask(&json!(["get_property", "time-pos"]));
        assert_eq!(shown_at, Position::from_seconds(shown.as_f64().unwrap()));
    }
}
