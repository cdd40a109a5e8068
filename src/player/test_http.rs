//! A small HTTP server for the tests: clips with range requests, and what is no clip.

use std::collections::BTreeMap;
use std::io;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, Response, StatusCode, header};
use axum::routing::get;
use futures_util::{StreamExt as _, stream};
use serde::Deserialize;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// Files by name, served on a port of its own.
#[derive(Debug)]
pub(super) struct ClipServer {
    base: String,
    served: Arc<TestFiles>,
}

/// What is served, and how often it was asked.
#[derive(Debug)]
struct TestFiles {
    files: BTreeMap<String, Vec<u8>>,
    asked: AtomicUsize,
    /// Whether what was held back may be sent.
    let_go: watch::Sender<bool>,
}

impl ClipServer {
    /// Serves `files`; what is not among them is not found.
    pub(super) async fn start(files: &[(&str, Vec<u8>)]) -> Self {
        let files = files
            .iter()
            .map(|(name, bytes)| ((*name).to_owned(), bytes.clone()));
        let served = Arc::new(TestFiles {
            files: files.collect(),
            asked: AtomicUsize::new(0),
            let_go: watch::Sender::new(false),
        });
        let router = Router::new()
            .route("/{*name}", get(file))
            .with_state(Arc::clone(&served));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { base, served }
    }

    /// Sends what was held back.
    pub(super) fn let_go(&self) {
        self.served.let_go.send_replace(true);
    }

    /// How many requests came.
    pub(super) fn asked(&self) -> usize {
        self.served.asked.load(Ordering::Relaxed)
    }

    /// The link to a file.
    pub(super) fn link(&self, name: &str) -> String {
        format!("{}/{name}", self.base)
    }
}

/// How a file is served, as the query of its link says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Manner {
    /// Without ranges: every request gets the whole file.
    whole: bool,
    /// After so many bytes the connection breaks.
    cut: Option<usize>,
    /// What lies beyond so many bytes comes only once the server lets it.
    held: Option<usize>,
    /// What lies beyond so many bytes never comes.
    stuck: Option<usize>,
}

async fn file(
    State(served): State<Arc<TestFiles>>,
    Path(name): Path<String>,
    Query(manner): Query<Manner>,
    headers: HeaderMap,
) -> Response<Body> {
    served.asked.fetch_add(1, Ordering::Relaxed);
    let Some(bytes) = served.files.get(&name) else {
        return Response::builder()
            .status(StatusCode::NOT_FOUND)
            .body(Body::empty())
            .unwrap();
    };
    let reply = Response::builder();
    let range = headers
        .get(header::RANGE)
        .filter(|_| !manner.whole)
        .and_then(|range| range.to_str().ok());
    let Some((first, last)) = range.and_then(|range| bounds(range, bytes.len())) else {
        let body = body(&served, &manner, 0, bytes.clone());
        return reply
            .header(header::CONTENT_LENGTH, bytes.len())
            .body(body)
            .unwrap();
    };
    let (total, part) = (bytes.len(), bytes[first..=last].to_vec());
    reply
        .status(StatusCode::PARTIAL_CONTENT)
        .header(header::ACCEPT_RANGES, "bytes")
        .header(header::CONTENT_LENGTH, part.len())
        .header(
            header::CONTENT_RANGE,
            format!("bytes {first}-{last}/{total}"),
        )
        .body(body(&served, &manner, first, part))
        .unwrap()
}

/// The bytes from `first` on, in the manner that was asked for.
fn body(served: &Arc<TestFiles>, manner: &Manner, first: usize, bytes: Vec<u8>) -> Body {
    if let Some(cut) = manner.cut {
        let sent = bytes[..cut.saturating_sub(first).min(bytes.len())].to_vec();
        let broken = async {
            // What was sent before it breaks has to leave first.
            for _ in 0..100 {
                tokio::task::yield_now().await;
            }
            Err(io::Error::from(io::ErrorKind::ConnectionReset))
        };
        let sent = stream::once(async { Ok(sent) });
        return Body::from_stream(sent.chain(stream::once(broken)));
    }
    let Some(held) = manner.held else {
        return Body::from(bytes);
    };
    let at_once = held.saturating_sub(first).min(bytes.len());
    let ends = manner.stuck.map_or(bytes.len(), |stuck| {
        stuck.saturating_sub(first).clamp(at_once, bytes.len())
    });
    let is_stuck = ends < bytes.len();
    let (now, later) = (bytes[..at_once].to_vec(), bytes[at_once..ends].to_vec());
    let mut let_go = served.let_go.subscribe();
    let later = async move {
        // The server is gone once this fails, and with it every waiting request.
        let _ = let_go.wait_for(|gone| *gone).await;
        Ok::<_, io::Error>(later)
    };
    let now = stream::once(async { Ok(now) });
    let sent = now.chain(stream::once(later));
    if is_stuck {
        Body::from_stream(sent.chain(stream::pending()))
    } else {
        Body::from_stream(sent)
    }
}

/// The first and the last byte of `bytes=A-B` or `bytes=A-`, if they lie within.
fn bounds(range: &str, length: usize) -> Option<(usize, usize)> {
    let (first, last) = range.strip_prefix("bytes=")?.split_once('-')?;
    let first: usize = first.parse().ok()?;
    let last = last.parse().unwrap_or(length - 1).min(length - 1);
    (first <= last).then_some((first, last))
}

/// A clip of `seconds` with a test picture and, unless `silent`, a tone; made by ffmpeg.
pub(super) fn clip(seconds: u32, silent: bool) -> Vec<u8> {
    let length = seconds.to_string();
    let mut wanted = vec!["-t", &length];
    if silent {
        wanted.push("-an");
    }
    wanted.extend(["-g", "25", "-movflags", "+faststart"]);
    files(&wanted, "clip.mp4").remove(0).1
}

/// The files that ffmpeg makes of a test picture (160x90, 25 a second) and a tone when it is
/// asked for `name`: that one first, then those that it comes with, such as the parts of a list.
pub(super) fn files(wanted: &[&str], name: &str) -> Vec<(String, Vec<u8>)> {
    let folder = tempfile::tempdir().unwrap();
    let status = Command::new("ffmpeg")
        .args(["-loglevel", "error", "-f", "lavfi"])
        .args(["-i", "testsrc=size=160x90:rate=25", "-f", "lavfi"])
        .args(["-i", "sine=frequency=440", "-preset", "ultrafast"])
        .args(["-pix_fmt", "yuv420p"])
        .args(wanted)
        .arg(name)
        .current_dir(folder.path())
        .status()
        .expect("these tests need ffmpeg (apt install ffmpeg)");
    assert!(status.success(), "ffmpeg made no {name}");
    let mut made: Vec<(String, Vec<u8>)> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            (name, std::fs::read(entry.path()).unwrap())
        })
        .collect();
    made.sort_by_key(|(made, _)| (made != name, made.clone()));
    made
}
