//! A real mpv plays through a real relay. Only facts are asserted: what plays, by which name,
//! what was fetched.

use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use super::scene::direct;
use crate::media::fault::{FaultKind, MediaFault};
use crate::media::policy::Privacy;
use crate::relay::{Proxies, Relay, RelayConfig, RelayEvent, RelayedLink};
use crate::test_support::ffmpeg_makes;
use crate::test_support::origin::{Act, Asked, Origin, answer, cut, served};
use crate::test_support::own_child::OwnChild;
use crate::test_support::patience::{PATIENCE, until};

mod jumps;

/// An mpv that ends with this value.
struct Mpv {
    _child: OwnChild,
    stream: UnixStream,
    reader: BufReader<UnixStream>,
    _folder: tempfile::TempDir,
}

impl Mpv {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let socket = folder.path().join("ipc");
        let mut command = Command::new("mpv");
        command
            .args([
                "--no-config",
                "--vo=null",
                "--ao=null",
                "--no-terminal",
                "--idle=yes",
            ])
            .args(["--pause", "--keep-open=yes", "--ytdl=no"])
            .arg(format!("--input-ipc-server={}", socket.display()))
            .env("no_proxy", "127.0.0.1")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let child = OwnChild::start(&mut command, "these tests need mpv (apt install mpv)");
        let stream = until("mpv listens", || UnixStream::connect(&socket).ok());
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        Self {
            _child: child,
            reader: BufReader::new(stream.try_clone().unwrap()),
            stream,
            _folder: folder,
        }
    }

    fn send(&mut self, command: &Value) {
        let line = json!({ "command": command, "request_id": 7 });
        writeln!(self.stream, "{line}").unwrap();
    }

    /// The next line for which `wanted` is true.
    fn until(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        loop {
            let mut line = String::new();
            assert!(self.reader.read_line(&mut line).unwrap() > 0, "mpv went");
            let value: Value = serde_json::from_str(&line).unwrap();
            if wanted(&value) {
                return value;
            }
        }
    }

    fn event(&mut self, names: &[&str]) -> String {
        let is = |value: &Value| {
            value["event"]
                .as_str()
                .is_some_and(|it| names.contains(&it))
        };
        self.until(is)["event"].as_str().unwrap().to_owned()
    }

    fn property(&mut self, name: &str) -> Value {
        self.send(&json!(["get_property", name]));
        self.until(|value| value["request_id"] == 7 && value.get("error").is_some())["data"].take()
    }

    /// Opens an address, and returns whether it plays.
    fn open(&mut self, address: &str) -> bool {
        self.send(&json!(["loadfile", address]));
        self.event(&["playback-restart", "end-file"]) == "playback-restart"
    }

    fn seek(&mut self, to: f64) {
        self.send(&json!(["seek", to, "absolute+exact"]));
        self.event(&["playback-restart"]);
    }

    /// Waits until so many seconds of the media have been read.
    fn until_read(&mut self, seconds: f64) {
        self.send(&json!(["observe_property", 1, "demuxer-cache-time"]));
        self.until(|value| {
            value["name"] == "demuxer-cache-time" && value["data"].as_f64() > Some(seconds)
        });
    }

    fn position(&mut self) -> f64 {
        self.property("time-pos").as_f64().unwrap()
    }
}

/// A relay, and a server on a port of its own.
struct Stage {
    relay: Relay,
    events: tokio::sync::mpsc::Receiver<RelayEvent>,
    origin: Origin,
    port: u16,
}

impl Stage {
    async fn new(handler: impl Fn(&Asked) -> Vec<Act> + Send + Sync + 'static) -> Self {
        let origin = Origin::new(handler);
        let port = origin.bind().await;
        let config = RelayConfig {
            proxies: Proxies::none(),
            ..RelayConfig::new(Privacy::AllowPrivate)
        };
        let (relay, events) = Relay::start(config).await.unwrap();
        Self {
            relay,
            events,
            origin,
            port,
        }
    }

    fn open(&mut self, path: &str) -> RelayedLink {
        let link = format!("http://127.0.0.1:{}/{path}", self.port);
        self.relay.open(&direct(&link))
    }

    fn reported(&mut self) -> Vec<RelayEvent> {
        std::iter::from_fn(|| self.events.try_recv().ok()).collect()
    }
}

/// Files of 20 s made by ffmpeg, in a folder of their own.
fn made(arguments: &[&str], name: &str) -> tempfile::TempDir {
    ffmpeg_makes(
        "testsrc2",
        &[&["-t", "20", "-g", "25"], arguments].concat(),
        name,
    )
}

const H264: [&str; 6] = ["-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac"];

fn read(folder: &Path, name: &str) -> Vec<u8> {
    std::fs::read(folder.join(name)).unwrap()
}

/// Runs blocking work while the server's tasks go on.
async fn beside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(work).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn mpv_plays_and_seeks_in_media_by_its_own_name() {
    let folder = made(&H264, "film.mp4");
    let media_bytes = read(folder.path(), "film.mp4");
    let mut stage = Stage::new(move |asked| served(&media_bytes, asked)).await;
    let opened = stage.open("some/A%20film%20of%20ours.mp4?sig=secret");
    let secret = stage.relay.secret.to_string();
    beside(move || {
        let mut mpv = Mpv::start();
        assert!(mpv.open(&opened.address));
        assert!((mpv.property("duration").as_f64().unwrap() - 20.0).abs() < 0.2);
        assert_eq!(mpv.property("seekable"), json!(true));
        for name in ["filename", "media-title"] {
            let reported = mpv.property(name).as_str().unwrap().to_owned();
            assert!(
                !reported.contains(&secret) && reported.contains("film"),
                "{reported}"
            );
        }
        mpv.seek(15.0);
        assert!((mpv.position() - 15.0).abs() < 0.05);
    })
    .await;
    assert_eq!(stage.reported(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn mpv_does_not_notice_a_connection_that_breaks() {
    let folder = made(&H264, "film.mp4");
    let media_bytes = read(folder.path(), "film.mp4");
    let half = media_bytes.len() / 2;
    let mut stage = Stage::new(move |asked| {
        let acts = served(&media_bytes, asked);
        if asked.nth == 0 {
            cut(&acts, half)
        } else {
            acts
        }
    })
    .await;
    let opened = stage.open("film.mp4");
    stage.relay.shown(opened.load);
    beside(move || {
        let mut mpv = Mpv::start();
        assert!(mpv.open(&opened.address));
        mpv.until_read(19.5);
        assert_eq!(mpv.property("eof-reached"), json!(false));
    })
    .await;
    assert!(stage.origin.asked.lock().unwrap().len() >= 2);
    assert_eq!(stage.reported(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn mpv_plays_hls_with_every_byte_through_the_relay() {
    for fragments in ["mpegts", "fmp4"] {
        let hls = ["-f", "hls", "-hls_time", "2", "-hls_list_size", "0"];
        let arguments = [&H264[..], &hls, &["-hls_segment_type", fragments]].concat();
        let folder = made(&arguments, "list.m3u8");
        let path = folder.path().to_owned();
        let mut stage = Stage::new(move |asked| {
            match std::fs::read(path.join(asked.path.trim_start_matches('/'))) {
                Ok(bytes) => served(&bytes, asked),
                Err(_) => answer(404, &[], b""),
            }
        })
        .await;
        let opened = stage.open("list.m3u8");
        let load = opened.load;
        stage.relay.shown(load);
        beside(move || {
            let mut mpv = Mpv::start();
            assert!(mpv.open(&opened.address), "{fragments}");
            assert!((mpv.property("duration").as_f64().unwrap() - 20.0).abs() < 0.5);
            // Where FFmpeg 5.1 lands in fragmented MP4 is not the relay's doing.
            if fragments == "mpegts" {
                mpv.seek(11.0);
                let position = mpv.position();
                assert!((position - 11.0).abs() < 0.1, "{position}");
            }
        })
        .await;
        let reported = stage.reported();
        let live = crate::relay::MediaFact::Live(false);
        assert_eq!(
            reported,
            [RelayEvent::Fact { load, fact: live }],
            "{fragments}"
        );
        let asked = stage.origin.asked.lock().unwrap();
        let segments = asked.iter().filter(|asked| !asked.path.contains("m3u8"));
        assert!(segments.count() >= 3, "{fragments}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn mpv_plays_a_list_of_lists_of_which_some_are_dead() {
    let hls = ["-f", "hls", "-hls_time", "2", "-hls_list_size", "0"];
    let folder = made(&[&H264[..], &hls].concat(), "good.m3u8");
    let master = "#EXTM3U\n\
        #EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID=\"s\",NAME=\"x\",URI=\"gone.m3u8\"\n\
        #EXT-X-STREAM-INF:BANDWIDTH=9000000,SUBTITLES=\"s\"\nrefused.m3u8\n\
        #EXT-X-STREAM-INF:BANDWIDTH=1000,SUBTITLES=\"s\"\ngood.m3u8\n\
        #EXT-X-STREAM-INF:BANDWIDTH=2000,SUBTITLES=\"s\"\nbusy.m3u8\n\
        #EXT-X-STREAM-INF:BANDWIDTH=3000,SUBTITLES=\"s\"\npage.m3u8\n";
    let path = folder.path().to_owned();
    let mut stage = Stage::new(move |asked| match asked.path.as_str() {
        "/master.m3u8" => served(master.as_bytes(), asked),
        "/refused.m3u8" => answer(403, &[], b""),
        "/busy.m3u8" => answer(500, &[], b""),
        "/page.m3u8" => answer(200, &[], b"<!doctype html>"),
        other => match std::fs::read(path.join(other.trim_start_matches('/'))) {
            Ok(bytes) => served(&bytes, asked),
            Err(_) => answer(404, &[], b""),
        },
    })
    .await;
    let opened = stage.open("master.m3u8");
    beside(move || {
        let mut mpv = Mpv::start();
        assert!(mpv.open(&opened.address));
        assert!((mpv.property("duration").as_f64().unwrap() - 20.0).abs() < 0.5);
        mpv.seek(11.0);
        let position = mpv.position();
        assert!((position - 11.0).abs() < 0.1, "{position}");
    })
    .await;
    let reported = stage.reported();
    let is_over = |event: &RelayEvent| matches!(event, RelayEvent::GaveUp { .. });
    assert!(!reported.iter().any(is_over), "{reported:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn mpv_gets_nothing_of_a_list_of_other_sources() {
    let edl = b"# mpv EDL v0\nhttp://127.0.0.1:1/a.mp4\n";
    let mut stage = Stage::new(move |asked| served(edl, asked)).await;
    let opened = stage.open("film.mp4");
    let load = opened.load;
    beside(move || assert!(!Mpv::start().open(&opened.address))).await;
    let fault = MediaFault::here(FaultKind::ForbiddenContent);
    assert_eq!(stage.reported(), [RelayEvent::GaveUp { load, fault }]);
}

#[tokio::test(flavor = "multi_thread")]
async fn mpv_plays_what_it_can_from_a_server_without_ranges() {
    let arguments = ["-c:v", "libvpx", "-deadline", "realtime", "-c:a", "libopus"];
    let folder = made(
        &[&arguments[..], &["-f", "webm", "-live", "1"]].concat(),
        "rec.webm",
    );
    let media_bytes = read(folder.path(), "rec.webm");
    let mut stage = Stage::new(move |_| answer(200, &[], &media_bytes)).await;
    let opened = stage.open("rec.webm");
    beside(move || {
        let mut mpv = Mpv::start();
        assert!(mpv.open(&opened.address));
        assert_eq!(mpv.property("seekable"), json!(false));
        mpv.until_read(19.5);
    })
    .await;
    assert_eq!(stage.reported(), []);
}
