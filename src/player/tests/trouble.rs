//! Media that does not open, opens as something else, or breaks off.

use serde_json::json;

use super::rig::{Rig, config, script};
use crate::media::fault::{FaultKind, MediaFault, ResolverFault};
use crate::player::loaded_media::OpenTarget;
use crate::player::test_http::{ClipServer, clip, files};
use crate::protocol::ids::Epoch;
use crate::protocol::time::{Position, Span};
use crate::sync::player::{MediaProblem, PlayerCommand, PlayerEvent, WindowEvent};

/// A problem that was recognised by mpv's messages, which name no host.
fn fetch(kind: FaultKind) -> MediaProblem {
    MediaProblem::Fetch(MediaFault {
        kind,
        elsewhere: true,
    })
}

const YOUTUBE_LINK: &str = "https://www.youtube.com/watch?v=aaaaaaaaaaa";

/// Waits until the media of `epoch` failed, and returns why.
async fn failed(rig: &mut Rig, epoch: u64) -> MediaProblem {
    rig.until("Failed", |event| match event {
        PlayerEvent::Failed {
            epoch: reported,
            problem,
        } => {
            assert_eq!(*reported, Epoch(epoch));
            Some(problem.clone())
        }
        PlayerEvent::Loaded {
            epoch: reported, ..
        } if *reported == Epoch(epoch) => panic!("{event:?}"),
        _ => None,
    })
    .await
}

async fn loaded(rig: &mut Rig, epoch: u64) -> Option<String> {
    rig.until("Loaded", |event| match event {
        PlayerEvent::Loaded {
            epoch: reported,
            title,
            ..
        } if *reported == Epoch(epoch) => Some(title.clone()),
        PlayerEvent::Failed { .. } => panic!("{event:?}"),
        _ => None,
    })
    .await
}

/// A player whose yt-dlp is this script, which also leaves a file to show that it ran.
fn with_resolver(body: &str) -> Rig {
    let (folder, mut config) = config();
    let trace = folder.path().join("trace");
    // Its version is no work on a link.
    let version = "[ \"$1\" != --version ] || exit 1";
    let body = format!("{version}\necho \"$@\" >> '{}'\n{body}", trace.display());
    config.ytdl_path = Some(script(folder.path(), "yt-dlp", &body));
    Rig::with(folder, config)
}

#[tokio::test]
async fn links_that_do_not_open_say_why_and_no_resolver_is_run_on_them() {
    let page = b"<html><body>not a film</body></html>".to_vec();
    let server = ClipServer::start(&[("page.mp4", page), ("a.mp4", clip(5, false))]).await;
    let mut rig = with_resolver("exit 1");
    rig.ready().await;
    let cases = [
        (server.link("nothing.mp4"), FaultKind::Gone),
        (server.link("page.mp4"), FaultKind::NothingToPlay),
        (
            "http://127.0.0.1:1/a.mp4".to_owned(),
            FaultKind::NobodyListens,
        ),
        (
            "http://no-such-host.invalid/a.mp4".to_owned(),
            FaultKind::NameNotFound,
        ),
        (
            server.link("a.mp4").replace("http:", "https:"),
            FaultKind::TlsMismatch,
        ),
    ];
    for (epoch, (link, kind)) in (1..).zip(cases) {
        rig.open(epoch, &link, Position::seconds(3), false);
        assert_eq!(failed(&mut rig, epoch).await, fetch(kind), "{link}");
    }
    rig.open(9, &server.link("a.mp4"), Position::START, true);
    loaded(&mut rig, 9).await;
    assert!(
        !rig.folder.path().join("trace").exists(),
        "yt-dlp was run on a direct link"
    );
}

#[tokio::test]
async fn lists_and_descriptions_that_claim_to_be_media_lead_mpv_nowhere() {
    let direct_server = ClipServer::start(&[("a.mp4", clip(5, false))]).await;
    let direct_link = direct_server.link("a.mp4");
    let session = "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\n\
                   m=video 5004 RTP/AVP 96\na=rtpmap:96 H264/90000\n";
    let cases = [
        ("m3u", format!("#EXTM3U\n{direct_link}\n{direct_link}\n")),
        (
            "ytdl",
            format!("#EXTM3U\nytdl://https://www.youtube.com/watch?v=aaaaaaaaaaa\n{direct_link}\n"),
        ),
        ("edl", format!("# mpv EDL v0\n{direct_link},0,2\n")),
        ("pls", format!("[playlist]\nFile1={direct_link}\n")),
        (
            "cue",
            format!("FILE \"{direct_link}\" MP3\n  TRACK 01 AUDIO\n    INDEX 01 00:00:00\n"),
        ),
        (
            "concat",
            format!("ffconcat version 1.0\nfile {direct_link}\n"),
        ),
        ("sdp", session.to_owned()),
    ];
    let mut clothed = Vec::new();
    for (name, text) in &cases {
        for extension in ["mp4", "webm", "m3u8"] {
            clothed.push((format!("{name}.{extension}"), text.clone().into_bytes()));
        }
    }
    let all: Vec<_> = clothed
        .iter()
        .map(|(name, text)| (name.as_str(), text.clone()))
        .collect();
    let server = ClipServer::start(&all).await;
    let mut rig = with_resolver("exit 1");
    rig.ready().await;
    for (epoch, (name, _)) in (1..).zip(&clothed) {
        rig.open(epoch, &server.link(name), Position::START, false);
        let problem = failed(&mut rig, epoch).await;
        assert!(
            matches!(problem, MediaProblem::Fetch(_)),
            "{name}: {problem:?}"
        );
    }
    assert!(!rig.folder.path().join("trace").exists(), "yt-dlp was run");
    assert_eq!(direct_server.asked(), 0, "what a list named was fetched");
    rig.open(99, &direct_link, Position::START, false);
    loaded(&mut rig, 99).await;
}

#[tokio::test]
async fn another_file_from_the_member_is_not_taken_for_the_rooms() {
    let server = ClipServer::start(&[("a.mp4", clip(5, false)), ("b.mp4", clip(5, true))]).await;
    let mut rig = Rig::start();
    rig.ready().await;
    rig.open(1, &server.link("a.mp4"), Position::START, true);
    rig.restarted().await;
    let mut hand = rig.hand();
    hand.ask(&json!(["loadfile", server.link("b.mp4")]));
    let opened = rig.until("ForeignFile", |event| match event {
        PlayerEvent::Window(WindowEvent::ForeignFile { link, replaced }) => {
            Some((link.clone(), *replaced))
        }
        PlayerEvent::Failed { .. } => panic!("{event:?}"),
        _ => None,
    });
    assert_eq!(opened.await, (Some(server.link("b.mp4")), true));
    // The order to stop it has been sent by now.
    while hand.ask(&json!(["get_property", "idle-active"])) != json!(true) {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_youtube_link_plays_what_the_resolver_finds() {
    let server = ClipServer::start(&[("a.mp4", clip(5, false))]).await;
    let answer = json!({
        "_type": "video", "id": "aaaaaaaaaaa", "extractor": "youtube", "title": "A film\u{7} of ours",
        "duration": 5, "url": server.link("a.mp4"), "webpage_url": YOUTUBE_LINK,
    });
    let mut rig = with_resolver(&format!("cat <<'END'\n{answer}\nEND"));
    rig.ready().await;
    // A direct link in between must not keep the resolver from running.
    for epoch in [1, 3, 5] {
        rig.open_target(
            epoch,
            OpenTarget::youtube(YOUTUBE_LINK),
            Position::seconds(2),
            true,
        );
        assert_eq!(
            loaded(&mut rig, epoch).await.as_deref(),
            Some("A film of ours")
        );
        assert!(rig.restarted().await >= Position::seconds(1));
        rig.open(epoch + 1, &server.link("a.mp4"), Position::START, true);
        loaded(&mut rig, epoch + 1).await;
        rig.restarted().await;
    }
    let trace = std::fs::read_to_string(rig.folder.path().join("trace")).unwrap();
    assert_eq!(trace.lines().count(), 3, "{trace}");
    assert!(
        trace
            .lines()
            .all(|line| line.contains("--ignore-config") && line.ends_with(YOUTUBE_LINK)),
        "{trace}"
    );
}

#[tokio::test]
async fn a_youtube_link_plays_picture_and_sound_from_two_addresses() {
    let sound = ["-vn", "-t", "12", "-c:a", "aac"];
    let sound = files(&sound, "sound.m4a").remove(0).1;
    let both = [("picture.mp4", clip(12, true)), ("sound.m4a", sound)];
    let server = ClipServer::start(&both).await;
    let stream = |name: &str, id: &str, video: &str, audio: &str| {
        json!({
            "format_id": id, "url": server.link(name), "protocol": "https", "vcodec": video,
            "acodec": audio, "ext": name.rsplit_once('.').unwrap().1,
        })
    };
    let answer = json!({
        "_type": "video", "id": "aaaaaaaaaaa", "extractor": "youtube", "title": "A film of ours",
        "duration": 12, "webpage_url": YOUTUBE_LINK, "ext": "mp4",
        "requested_formats": [
            stream("picture.mp4", "137", "avc1.640028", "none"),
            stream("sound.m4a", "140", "none", "mp4a.40.2"),
        ],
    });
    let mut rig = with_resolver(&format!("cat <<'END'\n{answer}\nEND"));
    rig.ready().await;
    for (epoch, place) in [(1, 0), (2, 7)] {
        let place = Position::seconds(place);
        // A direct link in between changes no option that the two streams need.
        rig.open(
            epoch * 10,
            &server.link("picture.mp4"),
            Position::START,
            true,
        );
        loaded(&mut rig, epoch * 10).await;
        rig.open_target(epoch, OpenTarget::youtube(YOUTUBE_LINK), place, true);
        let has_audio = rig
            .until("Loaded", |event| match event {
                PlayerEvent::Loaded {
                    epoch: reported,
                    has_audio,
                    live,
                    seekable,
                    ..
                } if *reported == Epoch(epoch) => {
                    assert!(*seekable && !live, "{event:?}");
                    Some(*has_audio)
                }
                PlayerEvent::Failed { .. } => panic!("{event:?}"),
                _ => None,
            })
            .await;
        assert!(has_audio, "the sound is not there");
        let landed = rig.restarted().await;
        assert!((landed - place).abs() < Span::millis(80), "{landed:?}");
        let tracks = rig.hand().ask(&json!(["get_property", "track-list/count"]));
        assert_eq!(tracks, json!(2));
    }
}

#[tokio::test]
async fn a_video_that_the_resolver_refuses_is_reported_by_its_reason() {
    let mut rig =
        with_resolver("echo 'ERROR: [youtube] aaaaaaaaaaa: This video is private' >&2; exit 1");
    rig.ready().await;
    rig.open_target(4, OpenTarget::youtube(YOUTUBE_LINK), Position::START, false);
    let problem = MediaProblem::Unresolved(ResolverFault::Private);
    assert_eq!(failed(&mut rig, 4).await, problem);
}

#[tokio::test]
async fn a_missing_resolver_is_reported() {
    let (folder, mut config) = config();
    config.ytdl_path = Some(folder.path().join("no-such-yt-dlp"));
    let mut rig = Rig::with(folder, config);
    rig.ready().await;
    rig.open_target(4, OpenTarget::youtube(YOUTUBE_LINK), Position::START, false);
    assert_eq!(failed(&mut rig, 4).await, MediaProblem::ResolverMissing);
}

#[tokio::test]
async fn media_that_its_member_stopped_is_reported() {
    let server = ClipServer::start(&[("a.mp4", clip(5, false))]).await;
    let mut rig = Rig::start();
    rig.ready().await;
    rig.open(1, &server.link("a.mp4"), Position::START, true);
    rig.restarted().await;
    rig.hand().ask(&json!(["stop"]));
    assert_eq!(failed(&mut rig, 1).await, MediaProblem::Stopped);
}

#[tokio::test]
async fn our_own_unload_is_no_failure() {
    let server = ClipServer::start(&[("a.mp4", clip(5, false))]).await;
    let mut rig = Rig::start();
    rig.ready().await;
    rig.open(1, &server.link("a.mp4"), Position::START, true);
    rig.restarted().await;
    rig.send(PlayerCommand::Unload);
    rig.open(2, &server.link("a.mp4"), Position::START, true);
    loaded(&mut rig, 2).await;
}
