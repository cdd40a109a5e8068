//! Writes the file anew after something was removed from the log, so that it shrinks, and erased
//! text and rooms that have ended leave the disk: redb keeps the pages that it frees in the file,
//! with what is in them.
//!
//! A thread of its own copies the log as it is at one moment into a new file. Meanwhile the log
//! goes on; what is written to it until the copy is done is then written to the copy as well, which
//! takes the place of the file.

use std::path::{Path, PathBuf};

use redb::{Database, ReadTransaction};
use tokio::sync::mpsc;

use super::request::{Copied, LogRequest, Reply, answer};
use super::store::{self, Write};
use super::{DataFault, LogError, copy, files, open};
use crate::protocol::time::{RoomTime, Span};

/// How long what was removed stays in the file at most, while the disk takes writes. An hour is
/// promised (judgement: a file that is written anew more often wears the disk for nothing).
const REMOVED_WITHIN: Span = Span::seconds(45 * 60);

/// How long after a failure it is tried again (judgement: a full disk is freed by a person).
const AGAIN: Span = Span::seconds(5 * 60);

/// The most writes that a copy may have to catch up with; more means that the disk is too slow for
/// it (judgement).
const MOST_BEHIND: usize = 65_536;

/// When the file is written anew, and how far that has come.
pub(super) struct Compactor {
    /// The path of the file; `None` for a log in memory, of which nothing is left behind.
    path: Option<PathBuf>,
    /// Receives the copy.
    inbox: mpsc::WeakSender<LogRequest>,
    state: State,
    /// The newest room time that was noted.
    now: RoomTime,
    /// Those who asked while a copy was being made: it may lack what they want to be in it.
    asked: Vec<Reply>,
}

/// How far it has come.
enum State {
    /// The file holds nothing that was removed.
    Clean,
    /// It may, and is written anew at this time.
    Due(RoomTime),
    /// A copy is being made.
    Copying {
        /// What was written to the log since; `None` once that is too much.
        behind: Option<Vec<Write>>,
        /// Those who wait for it.
        waiting: Vec<Reply>,
    },
}

impl Compactor {
    /// A compactor of a file that was just opened. If it may hold what was removed, it is written
    /// anew as soon as the time is noted.
    pub(super) fn new(
        path: Option<PathBuf>,
        holds_removed: bool,
        inbox: mpsc::WeakSender<LogRequest>,
    ) -> Self {
        let now = RoomTime(i64::MIN);
        Self {
            path,
            inbox,
            state: if holds_removed {
                State::Due(now)
            } else {
                State::Clean
            },
            now,
            asked: Vec::new(),
        }
    }

    /// Takes note of what was written to the log, and starts a copy if it is due.
    pub(super) fn on_written(&mut self, batch: &mut Vec<Write>, database: &Database) {
        let times = batch.iter().filter_map(|write| match write {
            Write::Time { now } => Some(now.at),
            Write::Append { .. } | Write::Forget { .. } => None,
        });
        self.now = times.fold(self.now, RoomTime::max);
        let removes = batch.iter().any(Write::removes);
        match &mut self.state {
            State::Clean if removes => self.state = State::Due(self.now + REMOVED_WITHIN),
            State::Due(due) if *due <= self.now => self.start(database, Vec::new()),
            State::Clean | State::Due(_) => {}
            State::Copying { behind, .. } => {
                if let Some(writes) = behind {
                    writes.append(batch);
                }
                *behind = behind.take().filter(|writes| writes.len() <= MOST_BEHIND);
            }
        }
    }

    /// Somebody asks for the file to be written anew now.
    pub(super) fn on_asked(&mut self, reply: Reply, database: &Database) {
        if matches!(self.state, State::Copying { .. }) {
            self.asked.push(reply);
        } else {
            self.start(database, vec![reply]);
        }
    }

    fn start(&mut self, database: &Database, waiting: Vec<Reply>) {
        self.state = State::Copying {
            behind: Some(Vec::new()),
            waiting,
        };
        let Some(path) = self.path.clone() else {
            return self.finish(State::Clean, Ok(()));
        };
        let inbox = self.inbox.clone();
        let begun = begin_read(database).and_then(|from| {
            let copying = move || send_copy(&path, &from, &inbox);
            let thread = std::thread::Builder::new().name("room-log-copy".to_owned());
            Ok(thread.spawn(copying)?)
        });
        if let Err(error) = begun {
            self.fail(&DataFault::of_database(&error));
        }
    }

    /// Brings a copy up to date and puts it in the place of the file. Returns the database to go on
    /// with, whose name in the folder is not durable yet; `None` if the old one stays.
    pub(super) fn on_copied(&mut self, copied: Copied) -> Option<Database> {
        let (State::Copying { behind, .. }, Some(path)) = (&mut self.state, &self.path) else {
            return None;
        };
        let behind = behind.take();
        match take_place(path, copied, behind.as_deref()) {
            Ok(database) => {
                tracing::info!(?path, "the rooms' file was written anew");
                let removes = behind.iter().flatten().any(Write::removes);
                let state = if removes {
                    State::Due(self.now + REMOVED_WITHIN)
                } else {
                    State::Clean
                };
                self.finish(state, Ok(()));
                if !self.asked.is_empty() {
                    let asked = std::mem::take(&mut self.asked);
                    self.start(&database, asked);
                }
                Some(database)
            }
            Err(error) => {
                self.fail(&error);
                None
            }
        }
    }

    fn fail(&mut self, reason: &DataFault) {
        tracing::warn!(
            path = ?self.path, %reason,
            "the rooms' file cannot be written anew; what was removed stays in it for now"
        );
        if let Some(path) = &self.path {
            files::remove_unfinished(path);
        }
        let again = State::Due(self.now + AGAIN);
        self.finish(again, Err(reason));
    }

    fn finish(&mut self, state: State, outcome: Result<(), &DataFault>) {
        if let State::Copying { waiting, .. } = std::mem::replace(&mut self.state, state) {
            for reply in waiting {
                let outcome = outcome.map_err(|reason| LogError::NotCompacted {
                    reason: reason.clone(),
                });
                answer(reply, outcome);
            }
        }
    }
}

/// Copies the log into a file that is to take its place, and sends the copy to the log's thread.
fn send_copy(path: &Path, from: &ReadTransaction, inbox: &mpsc::WeakSender<LogRequest>) {
    let copied = Copied(new_copy(path, from));
    // Nobody waits for it once the log is closed.
    let sent = inbox
        .upgrade()
        .is_some_and(|inbox| inbox.blocking_send(LogRequest::Copied(copied)).is_ok());
    if !sent {
        files::remove_unfinished(path);
    }
}

fn new_copy(path: &Path, from: &ReadTransaction) -> Result<Database, redb::Error> {
    let next = open::database(files::create_next(path)?)?;
    copy::copy(from, &next)?;
    Ok(next)
}

/// Puts a copy in the place of the file once it holds what was written since it was begun.
fn take_place(
    path: &Path,
    copied: Copied,
    behind: Option<&[Write]>,
) -> Result<Database, DataFault> {
    let behind = behind.ok_or(DataFault::TooMuchMeanwhile)?;
    let next = copied.0.map_err(|error| DataFault::of_database(&error))?;
    store::write(&next, behind).map_err(|error| DataFault::of_database(&error))?;
    std::fs::rename(files::next_path(path), path).map_err(|error| DataFault::of_io(&error))?;
    Ok(next)
}

fn begin_read(database: &Database) -> Result<ReadTransaction, redb::Error> {
    use redb::ReadableDatabase as _;
    Ok(database.begin_read()?)
}
