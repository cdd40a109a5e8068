//! A small HTTP server for the tests, with ranges: clips, and content that is none.

use std::collections::BTreeMap;

use axum::extract::Query;
use axum::http::Uri;
use percent_encoding::percent_decode_str;
use serde::Deserialize;
use tokio::sync::watch;

use crate::test_support::ffmpeg_makes;
use crate::test_support::origin::{Act, Asked, Origin, answer, cut, part_of, split};

/// A server of named files on a free port of the loopback.
pub(super) struct ClipServer {
    base: String,
    origin: Origin,
    /// Whether the bytes that are held back may be sent.
    let_go: watch::Sender<bool>,
}

impl ClipServer {
    /// Serves `files`; any other name gets a 404.
    pub(super) async fn start(files: &[(&str, Vec<u8>)]) -> Self {
        let files = files
            .iter()
            .map(|(name, bytes)| ((*name).to_owned(), bytes.clone()));
        let files: BTreeMap<String, Vec<u8>> = files.collect();
        let let_go = watch::Sender::new(false);
        let may_go_on = let_go.subscribe();
        let origin = Origin::new(move |asked| reply(&files, asked, &may_go_on));
        let port = origin.bind().await;
        Self {
            base: format!("http://127.0.0.1:{port}"),
            origin,
            let_go,
        }
    }

    /// Lets the bytes that are held back be sent.
    pub(super) fn let_go(&self) {
        self.let_go.send_replace(true);
    }

    /// How many requests were received so far.
    pub(super) fn asked(&self) -> usize {
        self.origin.asked.lock().unwrap().len()
    }

    /// The link to the file of this name.
    pub(super) fn link(&self, name: &str) -> String {
        format!("{}/{name}", self.base)
    }
}

/// How a file is served, by the query of its link.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Manner {
    /// Ranges are ignored: every request gets the whole file.
    whole: bool,
    /// The connection breaks after so many bytes.
    cut: Option<usize>,
    /// Bytes from this offset on are held back until [`ClipServer::let_go`].
    held: Option<usize>,
    /// Bytes from this offset on are never sent.
    stuck: Option<usize>,
}

fn reply(
    files: &BTreeMap<String, Vec<u8>>,
    asked: &Asked,
    may_go_on: &watch::Receiver<bool>,
) -> Vec<Act> {
    let uri: Uri = asked.path.parse().unwrap();
    let Query(manner) = Query::<Manner>::try_from_uri(&uri).unwrap();
    let name = percent_decode_str(uri.path().trim_start_matches('/'));
    let Some(bytes) = files.get(&*name.decode_utf8().unwrap()) else {
        return answer(404, &[], b"");
    };
    let (first, acts) = if manner.whole {
        (0, answer(200, &[], bytes))
    } else {
        let range = asked.open_range();
        let first = range.map_or(0, |(first, _)| first);
        (usize::try_from(first).unwrap(), part_of(bytes, range))
    };
    if let Some(broken) = manner.cut {
        return cut(&acts, broken.saturating_sub(first));
    }
    let Some(held) = manner.held else {
        return acts;
    };
    let (now, mut later) = split(&acts, held.saturating_sub(first));
    let sent_later = manner.stuck.map_or(later.len(), |stuck| {
        stuck.saturating_sub(first.max(held)).min(later.len())
    });
    let is_stuck = sent_later < later.len();
    later.truncate(sent_later);
    let mut acts = vec![
        Act::Send(now),
        Act::WaitUntil(may_go_on.clone()),
        Act::Send(later),
    ];
    if is_stuck {
        acts.push(Act::Hang);
    }
    acts
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

/// The files that ffmpeg makes of a test picture and a tone when its output is `name`: that file
/// first, then those that come with it, such as the segments of a list.
pub(super) fn files(wanted: &[&str], name: &str) -> Vec<(String, Vec<u8>)> {
    let folder = ffmpeg_makes("testsrc", wanted, name);
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
