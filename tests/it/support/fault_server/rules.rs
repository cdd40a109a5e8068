//! The faults that are on, and the requests so far.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use tokio::sync::watch;

use super::fault::{Fault, Requests};

/// A request as it was received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Seen {
    /// Its path, decoded, without the first slash and the query.
    pub(crate) path: String,
    /// Its User-Agent header; empty if it has none.
    pub(crate) agent: String,
    /// Its Range header, if it has one.
    pub(crate) range: Option<String>,
}

/// What the connections share.
#[derive(Debug)]
pub(super) struct Rules {
    folder: PathBuf,
    state: Mutex<State>,
    changed: watch::Sender<()>,
}

#[derive(Debug, Default)]
struct State {
    faults: Vec<(Requests, Fault)>,
    seen: Vec<Seen>,
    grown: usize,
    live_since: Option<Instant>,
}

impl Rules {
    pub(super) fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            state: Mutex::default(),
            changed: watch::channel(()).0,
        }
    }

    pub(super) fn add(&self, requests: Requests, fault: Fault) {
        self.state().faults.push((requests, fault));
        self.changed.send_replace(());
    }

    pub(super) fn remove(&self, requests: &Requests) {
        self.state().faults.retain(|(of, _)| of != requests);
        self.changed.send_replace(());
    }

    pub(super) fn grow(&self, segments: usize) {
        self.state().grown += segments;
    }

    pub(super) fn seen(&self, requests: &Requests) -> Vec<Seen> {
        let state = self.state();
        let meant = |seen: &&Seen| requests.cover(&seen.path, &seen.agent);
        state.seen.iter().filter(meant).cloned().collect()
    }

    /// Notes a request.
    pub(super) fn note(&self, seen: Seen) {
        self.state().seen.push(seen);
    }

    /// Receives every change of the faults from now on.
    pub(super) fn changes(&self) -> watch::Receiver<()> {
        self.changed.subscribe()
    }

    /// Whether the server is away for everybody.
    pub(super) fn gone(&self) -> bool {
        let gone = |(of, fault): &(Requests, Fault)| of.cover_all() && *fault == Fault::Away;
        self.state().faults.iter().any(gone)
    }

    /// The faults of a request that are on now, the last one first.
    pub(super) fn faults(&self, seen: &Seen) -> Vec<Fault> {
        let state = self.state();
        let on = state.faults.iter().rev();
        on.filter(|(of, _)| of.cover(&seen.path, &seen.agent))
            .map(|(_, fault)| fault.clone())
            .collect()
    }

    /// The fault that replaces the file's response. A fault for a number of requests counts down,
    /// and is off after the last.
    pub(super) fn answering(&self, seen: &Seen) -> Option<Fault> {
        let mut state = self.state();
        let faults = &mut state.faults;
        let index = faults
            .iter()
            .rposition(|(of, fault)| of.cover(&seen.path, &seen.agent) && fault.answers())?;
        let answer = faults[index].1.clone();
        if let Fault::Busy { times, .. } = &mut faults[index].1 {
            *times = times.saturating_sub(1);
            if *times == 0 {
                faults.remove(index);
            }
        }
        Some(answer)
    }

    /// How far the window of a live list has moved.
    pub(super) fn live_shift(&self, every: Option<std::time::Duration>) -> usize {
        let mut state = self.state();
        let since = *state.live_since.get_or_insert_with(Instant::now);
        let by_time = every.map_or(0, |every| since.elapsed().as_millis() / every.as_millis());
        state.grown + usize::try_from(by_time).unwrap_or(usize::MAX)
    }

    /// The file of a path in the folder; `None` if it leads out of it.
    pub(super) fn file(&self, path: &str) -> Option<PathBuf> {
        let inside = path.split('/').all(|part| !part.is_empty() && part != "..");
        inside.then(|| self.folder.join(path))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
