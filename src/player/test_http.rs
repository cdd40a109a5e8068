//! A small HTTP server for the tests: clips with range requests, and what is no clip.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Response, StatusCode, header};
use axum::routing::get;
use tokio::net::TcpListener;

/// Files by name, served on a port of its own.
#[derive(Debug)]
pub(super) struct Server {
    base: String,
    served: Arc<Served>,
}

/// What is served, and how often it was asked.
#[derive(Debug)]
struct Served {
    files: BTreeMap<String, Vec<u8>>,
    asked: AtomicUsize,
}

impl Server {
    /// Serves `files`; what is not among them is not found.
    pub(super) async fn start(files: &[(&str, Vec<u8>)]) -> Self {
        let files = files
            .iter()
            .map(|(name, bytes)| ((*name).to_owned(), bytes.clone()));
        let served = Arc::new(Served {
            files: files.collect(),
            asked: AtomicUsize::new(0),
        });
        let router = Router::new()
            .route("/{*name}", get(file))
            .with_state(Arc::clone(&served));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { base, served }
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

async fn file(
    State(served): State<Arc<Served>>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Response<Body> {
    served.asked.fetch_add(1, Ordering::Relaxed);
    let Some(bytes) = served.files.get(&name) else {
        return Response::builder()
            .status(StatusCode::NOT_FOUND)
            .body(Body::empty())
            .unwrap();
    };
    let reply = Response::builder().header(header::ACCEPT_RANGES, "bytes");
    let range = headers
        .get(header::RANGE)
        .and_then(|range| range.to_str().ok());
    let Some((first, last)) = range.and_then(|range| bounds(range, bytes.len())) else {
        return reply.body(Body::from(bytes.clone())).unwrap();
    };
    let total = bytes.len();
    reply
        .status(StatusCode::PARTIAL_CONTENT)
        .header(
            header::CONTENT_RANGE,
            format!("bytes {first}-{last}/{total}"),
        )
        .body(Body::from(bytes[first..=last].to_vec()))
        .unwrap()
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
    let folder = tempfile::tempdir().unwrap();
    let path: PathBuf = folder.path().join("clip.mp4");
    let mut command = Command::new("ffmpeg");
    command.args([
        "-loglevel",
        "error",
        "-f",
        "lavfi",
        "-i",
        "testsrc=size=160x90:rate=25",
    ]);
    if !silent {
        command.args(["-f", "lavfi", "-i", "sine=frequency=440", "-c:a", "aac"]);
    }
    command.args([
        "-t",
        &seconds.to_string(),
        "-c:v",
        "libx264",
        "-preset",
        "ultrafast",
    ]);
    command
        .args(["-g", "25", "-movflags", "+faststart"])
        .arg(&path);
    let status = command
        .status()
        .expect("these tests need ffmpeg (apt install ffmpeg)");
    assert!(status.success(), "ffmpeg made no clip");
    std::fs::read(&path).unwrap()
}
