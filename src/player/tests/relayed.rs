//! Direct links, which the player opens through the relay.

use std::io;

use serde_json::json;

use super::rig::{Rig, config, script};
use crate::media::Media;
use crate::media::fault::{FaultKind, MediaFault};
use crate::media::policy::Privacy;
use crate::player::test_http::{ClipServer, clip};
use crate::protocol::ids::Epoch;
use crate::protocol::time::{Position, Span};
use crate::relay::{Proxies, RelayConfig};
use crate::sync::player::{MediaProblem, PlayerCommand, PlayerEvent, ProcessState};
use crate::test_support::origin::{Origin, answer, cut, served};

/// A ready player whose links may lead as far as `privacy` permits.
pub(super) async fn ready(privacy: Privacy) -> Rig {
    let (folder, mut config) = config();
    config.relay = RelayConfig {
        proxies: Proxies::none(),
        ..RelayConfig::new(privacy)
    };
    let mut rig = Rig::with(folder, config);
    rig.until("Ready", |event| {
        matches!(event, PlayerEvent::Process(ProcessState::Ready { .. })).then_some(())
    })
    .await;
    rig
}

pub(super) fn load(rig: &Rig, epoch: u64, link: &str) {
    rig.send(PlayerCommand::Load {
        epoch: Epoch(epoch),
        media: Media::parse(link).unwrap(),
        start: Position::START,
        paused: true,
        retry: false,
    });
}

pub(super) async fn failed(rig: &mut Rig, epoch: u64) -> MediaProblem {
    rig.until("Failed", |event| match event {
        PlayerEvent::Failed {
            epoch: reported,
            problem,
        } if *reported == Epoch(epoch) => Some(problem.clone()),
        _ => None,
    })
    .await
}

pub(super) const fn fetch(kind: FaultKind, elsewhere: bool) -> MediaProblem {
    MediaProblem::Fetch(MediaFault { kind, elsewhere })
}

#[tokio::test]
async fn mpv_shows_a_link_by_its_own_name_and_not_by_the_relays() {
    let server = ClipServer::start(&[("A film.mp4", clip(5, false))]).await;
    let mut rig = ready(Privacy::AllowPrivate).await;
    load(&rig, 1, &server.link("A%20film.mp4?sig=x"));
    let title = rig
        .until("Loaded", |event| match event {
            PlayerEvent::Loaded { title, .. } => Some(title.clone()),
            _ => None,
        })
        .await;
    assert_eq!(title, None, "the file tells none");
    rig.restarted().await;
    let mut hand = rig.hand();
    let mut reported = |name| hand.ask(&json!(["get_property", name]));
    assert_eq!(reported("filename"), "A film.mp4");
    assert_eq!(reported("media-title"), "A film.mp4");
    let shown = hand.ask(&json!(["expand-text", "${filename/no-ext} ${media-title}"]));
    assert_eq!(shown, "A film A film.mp4", "what names a screenshot");
    let path = hand.ask(&json!(["get_property", "path"]));
    let path = path.as_str().unwrap();
    assert!(path.starts_with("http://127.0.0.1:") && !path.contains("sig"));
    assert!(!server.link("").contains(&path[..22]), "it is the relay's");
}

#[tokio::test]
async fn mpv_is_not_believed_where_the_relay_knows_why() {
    let files = [
        ("page.mp4", b"<!doctype html><html>log in".to_vec()),
        (
            "list.mp4",
            b"# mpv EDL v0\nhttp://10.0.0.1/a.mp4\n".to_vec(),
        ),
        ("a.mp4", clip(5, false)),
    ];
    let server = ClipServer::start(&files).await;
    let mut rig = ready(Privacy::AllowPrivate).await;
    let cases = [
        ("page.mp4", FaultKind::WebPage),
        ("list.mp4", FaultKind::ForbiddenContent),
        ("nothing.mp4", FaultKind::Gone),
    ];
    for (epoch, (name, kind)) in (1..).zip(cases) {
        load(&rig, epoch, &server.link(name));
        assert_eq!(failed(&mut rig, epoch).await, fetch(kind, false), "{name}");
    }
    load(&rig, 9, &server.link("a.mp4"));
    rig.restarted().await;
}

#[tokio::test]
async fn mpv_is_kept_out_of_the_members_network() {
    let server = ClipServer::start(&[("a.mp4", clip(5, false))]).await;
    let mut rig = ready(Privacy::PublicOnly).await;
    load(&rig, 1, &server.link("a.mp4"));
    let expected = fetch(FaultKind::PrivateAddress, true);
    assert_eq!(failed(&mut rig, 1).await, expected);
}

/// A live list of five segments of 2 s whose first frame's wall time is 1,000 s after the Unix
/// epoch, and the segments.
fn live() -> Vec<(String, Vec<u8>)> {
    let folder = tempfile::tempdir().unwrap();
    let status = std::process::Command::new("ffmpeg")
        .args(["-nostdin", "-loglevel", "error", "-f", "lavfi"])
        .args(["-i", "testsrc2=size=160x90:rate=25:duration=10"])
        .args(["-f", "lavfi", "-i", "sine=frequency=440:duration=10"])
        .args([
            "-c:v",
            "libx264",
            "-preset",
            "ultrafast",
            "-pix_fmt",
            "yuv420p",
        ])
        .args(["-g", "25", "-c:a", "aac", "-f", "hls", "-hls_time", "2"])
        .arg(folder.path().join("list.m3u8"))
        .stdin(std::process::Stdio::null())
        .status()
        .expect("these tests need ffmpeg (apt install ffmpeg)");
    assert!(status.success(), "ffmpeg made no list");
    let file = |entry: io::Result<std::fs::DirEntry>| {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        (name, std::fs::read(path).unwrap())
    };
    let mut files: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(file)
        .collect();
    for (name, bytes) in &mut files {
        if name == "list.m3u8" {
            let list = String::from_utf8(bytes.clone()).unwrap();
            let dated = "#EXT-X-PROGRAM-DATE-TIME:1970-01-01T00:16:40Z\n#EXTINF";
            let list = list.replace("#EXT-X-ENDLIST\n", "");
            *bytes = list.replacen("#EXTINF", dated, 1).into_bytes();
        }
    }
    files
}

#[tokio::test]
async fn mpv_stands_at_the_wall_time_that_a_live_list_names() {
    let files = live();
    let files: Vec<_> = files
        .iter()
        .map(|(name, bytes)| (name.as_str(), bytes.clone()))
        .collect();
    let server = ClipServer::start(&files).await;
    let mut rig = ready(Privacy::AllowPrivate).await;
    load(&rig, 1, &server.link("list.m3u8"));
    let wall = rig
        .until("LiveOrigin", |event| match event {
            PlayerEvent::LiveOrigin { wall, .. } => Some(*wall),
            _ => None,
        })
        .await;
    // FFmpeg begins three segments before the end (`live_start_index`).
    assert_eq!(wall, Span::seconds(1_004));
    let position = rig.restarted().await;
    assert!(
        position < Position::START + Span::millis(50),
        "{position:?}"
    );
    let begins = rig
        .hand()
        .ask(&json!(["get_property", "demuxer-start-time"]));
    let begins = begins.as_f64().unwrap() - 1.4;
    assert!(
        (begins - 4.0).abs() < 0.1,
        "it begins {begins} s into the film"
    );
}

/// A server of one file that breaks its first answer off after half of it, answers 503
/// `busy` times, with this `Retry-After`, and then serves. Its link, and the server.
async fn breaking(media_bytes: Vec<u8>, busy: usize, after: &'static str) -> (String, Origin) {
    let half = media_bytes.len() / 2;
    let origin = Origin::new(move |asked| match asked.nth {
        0 => cut(&served(&media_bytes, asked), half),
        nth if nth <= busy => answer(503, &[("Retry-After", after)], b""),
        _ => served(&media_bytes, asked),
    });
    let port = origin.bind().await;
    (format!("http://127.0.0.1:{port}/a.mp4"), origin)
}

#[tokio::test]
async fn mpv_plays_on_when_a_busy_server_is_back() {
    let (link, _) = breaking(clip(8, false), 1, "0").await;
    let mut rig = ready(Privacy::AllowPrivate).await;
    load(&rig, 1, &link);
    let mut refetches = Vec::new();
    while refetches.len() < 2 {
        let refetch = rig
            .until("Refetching", |event| match event {
                PlayerEvent::Refetching { refetch, .. } => Some(*refetch),
                PlayerEvent::Failed { .. } | PlayerEvent::Ended { .. } => panic!("{event:?}"),
                _ => None,
            })
            .await;
        refetches.push(refetch.map(|refetch| refetch.fault));
    }
    assert_eq!(refetches, [Some(MediaFault::here(FaultKind::Busy)), None]);
    rig.send(PlayerCommand::Seek(Position::seconds(7)));
    rig.send(PlayerCommand::SetPaused(false));
    let broken = rig
        .until("Ended", |event| match event {
            PlayerEvent::Ended { broken, .. } => Some(broken.clone()),
            _ => None,
        })
        .await;
    assert_eq!(broken, None, "that was the film's own end");
}

/// Five waits of 30 s are more than the two minutes for which the relay retries.
#[tokio::test]
async fn mpv_goes_on_at_once_when_the_member_asks_and_opens_nothing_anew() {
    const BUSY: usize = 5;
    let (link, origin) = breaking(clip(8, false), BUSY, "30").await;
    let mut rig = ready(Privacy::AllowPrivate).await;
    load(&rig, 1, &link);
    let epoch = Epoch(1);
    let (mut opened, mut waits) = (0, 0);
    let mut back = false;
    while !back || opened == 0 {
        let event = rig.until("event", |event| Some(event.clone())).await;
        match event {
            PlayerEvent::Loaded { .. } => opened += 1,
            PlayerEvent::Refetching { refetch, .. } if refetch.is_some() => {
                waits += 1;
                rig.send(PlayerCommand::FetchNow { epoch });
            }
            PlayerEvent::Refetching { .. } => back = true,
            PlayerEvent::Failed { .. } | PlayerEvent::Ended { .. } => panic!("{event:?}"),
            _ => {}
        }
    }
    assert_eq!(waits, BUSY);
    rig.send(PlayerCommand::Seek(Position::seconds(7)));
    rig.send(PlayerCommand::SetPaused(false));
    rig.until("Ended", |event| match event {
        PlayerEvent::Ended { broken, .. } => {
            assert_eq!(*broken, None, "that was the film's own end");
            Some(())
        }
        PlayerEvent::Loaded { .. } => panic!("it was opened anew"),
        _ => None,
    })
    .await;
    let tries = origin.asked.lock().unwrap().len();
    assert_eq!(tries, 1 + BUSY + 1, "one request a try");
}

#[tokio::test]
async fn mpv_tries_again_by_itself_only_what_no_relay_tries_for_it() {
    let server = ClipServer::start(&[("a.mp4", clip(5, false))]).await;
    let (folder, mut config) = config();
    config.relay = RelayConfig {
        proxies: Proxies::none(),
        ..RelayConfig::new(Privacy::AllowPrivate)
    };
    config.ytdl_path = Some(script(folder.path(), "yt-dlp", "exit 1"));
    let mut rig = Rig::with(folder, config);
    rig.ready().await;
    let reconnects = |rig: &Rig| {
        let options = rig.hand().ask(&json!(["get_property", "stream-lavf-o"]));
        options["reconnect"].as_str().map(str::to_owned)
    };
    for epoch in [1, 3] {
        load(&rig, epoch, &server.link("a.mp4"));
        rig.restarted().await;
        assert_eq!(reconnects(&rig).as_deref(), Some("0"), "the relay does it");
        load(&rig, epoch + 1, "https://youtu.be/aaaaaaaaaaa");
        failed(&mut rig, epoch + 1).await;
        assert_eq!(
            reconnects(&rig).as_deref(),
            Some("1"),
            "the hook has no relay"
        );
    }
}
