//! DASH through the relay, with the formats and protocols that mpv is started with.

use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::json;

use super::relayed::{failed, fetch, load, ready};
use crate::media::fault::FaultKind;
use crate::media::policy::Privacy;
use crate::player::test_http::ClipServer;
use crate::protocol::time::{Position, Span};
use crate::sync::player::PlayerEvent;

/// The files of a manifest `film.mpd` of 20 s, written with these options.
fn media_files(options: &[&str]) -> Vec<(String, Vec<u8>)> {
    let folder = tempfile::tempdir().unwrap();
    let status = Command::new("ffmpeg")
        .args(["-nostdin", "-loglevel", "error", "-f", "lavfi"])
        .args(["-i", "testsrc2=size=160x90:rate=25:duration=20"])
        .args(["-f", "lavfi", "-i", "sine=frequency=440:duration=20"])
        .args(["-g", "50", "-f", "dash", "-seg_duration", "2"])
        .args(options)
        .arg(folder.path().join("film.mpd"))
        .stdin(Stdio::null())
        .status()
        .expect("these tests need ffmpeg (apt install ffmpeg)");
    assert!(status.success(), "ffmpeg made no manifest");
    files(folder.path())
}

fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let all = std::fs::read_dir(folder).unwrap();
    all.map(|entry| {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        (name, std::fs::read(path).unwrap())
    })
    .collect()
}

async fn served(files: &[(String, Vec<u8>)]) -> ClipServer {
    let named = files.iter();
    let files: Vec<_> = named
        .map(|(name, bytes)| (name.as_str(), bytes.clone()))
        .collect();
    ClipServer::start(&files).await
}

const H264: [&str; 6] = ["-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac"];

const VP8: [&str; 6] = ["-c:v", "libvpx", "-deadline", "realtime", "-c:a", "libopus"];

/// Checks that a manifest written with these options starts at its beginning and can be sought in.
async fn plays(options: &[&str]) {
    let server = served(&media_files(options)).await;
    let mut rig = ready(Privacy::AllowPrivate).await;
    load(&rig, 1, &server.link("film.mpd"));
    let position = rig.restarted().await;
    assert!(
        position < Position::START + Span::millis(50),
        "{options:?}: {position:?}"
    );
    let mut hand = rig.hand();
    let mut number = |name| hand.ask(&json!(["get_property", name])).as_f64().unwrap();
    let begins = number("demuxer-start-time");
    assert!(begins.abs() < 0.1, "{options:?} begin at {begins} s");
    assert!((number("duration") - 20.0).abs() < 0.2, "{options:?}");
    assert!(number("track-list/count") > 1.5, "{options:?}");
    hand.ask(&json!(["seek", 15, "absolute+exact"]));
    let position = rig.restarted().await;
    let at = Position::START + Span::seconds(15);
    assert!(
        position > at - Span::millis(100) && position < at + Span::millis(100),
        "{options:?}: {position:?}"
    );
}

#[tokio::test]
async fn mpv_plays_dash_of_a_template_and_seeks_in_it() {
    plays(&H264).await;
}

#[tokio::test]
async fn mpv_plays_dash_of_one_file_a_stream_and_seeks_in_it() {
    plays(&[&H264[..], &["-single_file", "1"]].concat()).await;
}

#[tokio::test]
async fn mpv_plays_dash_of_webm_and_seeks_in_it() {
    plays(&[&VP8[..], &["-dash_segment_type", "webm"]].concat()).await;
}

#[tokio::test]
async fn mpv_plays_dash_that_grows() {
    let mut files = media_files(&H264);
    for (name, bytes) in &mut files {
        if name == "film.mpd" {
            let manifest = String::from_utf8(bytes.clone()).unwrap();
            let live = "type=\"dynamic\" availabilityStartTime=\"2026-01-01T00:00:00Z\" \
                        publishTime=\"2026-01-01T00:00:00Z\" minimumUpdatePeriod=\"PT2S\"";
            let manifest = manifest.replace("type=\"static\"", live);
            *bytes = manifest
                .replace("mediaPresentationDuration=\"PT20.0S\"", "")
                .into_bytes();
        }
    }
    let server = served(&files).await;
    let mut rig = ready(Privacy::AllowPrivate).await;
    load(&rig, 1, &server.link("film.mpd"));
    let reported = rig
        .until("Loaded", |event| match event {
            PlayerEvent::Loaded {
                live,
                seekable,
                begins,
                ..
            } => Some((*live, *seekable, begins.is_some())),
            _ => None,
        })
        .await;
    assert_eq!(
        reported,
        (true, false, true),
        "live, not seekable, comparable"
    );
    rig.restarted().await;
    let length = rig.hand().ask(&json!(["get_property", "duration"]));
    assert!(
        length.as_f64() < Some(19.0),
        "{length}: its own is not told"
    );
}

#[tokio::test]
async fn mpv_is_led_nowhere_by_a_manifest() {
    let inward = served(&[("in.mp4".to_owned(), b"secret".to_vec())]).await;
    let link = inward.link("in.mp4");
    for address in [
        "file:///etc/passwd",
        "rtmp://127.0.0.1:9/a",
        "udp://127.0.0.1:9",
        &link,
    ] {
        let manifest = format!(
            "<MPD type=\"static\" mediaPresentationDuration=\"PT20S\"><Period><AdaptationSet \
             mimeType=\"video/mp4\"><Representation id=\"{address}\" bandwidth=\"1\" \
             xlink:href=\"{address}\"><BaseURL>{address}</BaseURL></Representation>\
             </AdaptationSet></Period></MPD>"
        );
        let manifest = [("film.mpd".to_owned(), manifest.into_bytes())];
        let server = served(&manifest).await;
        let mut rig = ready(Privacy::AllowPrivate).await;
        load(&rig, 1, &server.link("film.mpd"));
        let reported = failed(&mut rig, 1).await;
        if !address.starts_with("http") {
            assert_eq!(
                reported,
                fetch(FaultKind::ForbiddenContent, false),
                "{address}"
            );
        }
    }
}
