//! The thread that owns the file. It writes everything that gathered while it was busy in one
//! transaction, so that a commit's cost is shared.
//!
//! When the storage fails (a full disk, say), what was agreed before is kept and tried again once a
//! second until it is written.

use std::sync::Arc;
use std::time::Duration;

use redb::{Database, ReadTransaction, ReadableDatabase};
use tokio::sync::{mpsc, oneshot};

use super::compaction::Compactor;
use super::open::{LogContents, Source};
use super::request::{LogRequest, LogState, answer};
use super::store::{self, Write};
use super::{DataFault, LogError, files};
use crate::protocol::ids::RoomId;

/// The most appends in one transaction (judgement: it stays short enough for those who wait for
/// it).
const BATCH: usize = 512;

/// How long the thread waits before it tries a failed storage again (judgement: soon enough for
/// people, rare enough for the disk and the log).
const RETRY: Duration = Duration::from_secs(1);

/// The thread's state.
pub(super) struct Writer {
    /// `None` only while the storage is away and is opened again.
    database: Option<Database>,
    source: Source,
    shared: Arc<LogState>,
    compactor: Compactor,
    /// Whether a new file has the log's name, but that is not durable yet.
    renamed: bool,
}

impl Writer {
    /// A writer for a database that was just opened. `requests` sends to the inbox that it will
    /// run on.
    pub(super) fn new(
        database: Database,
        source: Source,
        found: &LogContents,
        shared: Arc<LogState>,
        requests: &mpsc::Sender<LogRequest>,
    ) -> Self {
        let path = source.is_file.then(|| source.path.clone());
        Self {
            compactor: Compactor::new(path, found.holds_removed, requests.downgrade()),
            database: Some(database),
            source,
            shared,
            renamed: false,
        }
    }

    /// Handles requests until the log is closed or all its handles are dropped.
    pub(super) fn run(mut self, mut inbox: mpsc::Receiver<LogRequest>) {
        let mut gathered = Vec::new();
        let mut closing = Vec::new();
        while inbox.blocking_recv_many(&mut gathered, BATCH) > 0 {
            let mut batch = Batch::default();
            for request in gathered.drain(..) {
                match request {
                    LogRequest::Write(write, done) => {
                        batch.writes.push(write);
                        batch.waiting.push(done);
                    }
                    LogRequest::Close(reply) => {
                        // No more requests are accepted; those that were are written before the
                        // loop ends.
                        inbox.close();
                        closing.push(reply);
                    }
                    // Whoever reads must find what was agreed before they asked.
                    other => {
                        self.flush(&mut batch);
                        self.take(other);
                    }
                }
            }
            self.flush(&mut batch);
        }
        self.database = None;
        for reply in closing {
            answer(reply, ());
        }
    }

    /// Handles a request that has to find everything before it written.
    fn take(&mut self, request: LogRequest) {
        match request {
            LogRequest::Open(room, reply) => {
                answer(
                    reply,
                    self.read(&room, |view| store::read_room(view, &room)),
                );
            }
            LogRequest::EventsSince(room, since, reply) => {
                let events = self.read(&room, |view| store::read_events(view, &room, since));
                answer(reply, events);
            }
            LogRequest::View(reply) => answer(reply, self.view()),
            LogRequest::Compact(reply) => match &self.database {
                Some(database) => self.compactor.on_asked(reply, database),
                None => answer(reply, Err(LogError::Away)),
            },
            LogRequest::Copied(copied) => {
                if let Some(database) = self.compactor.on_copied(copied) {
                    self.database = Some(database);
                    self.renamed = true;
                }
            }
            // `run` handles these.
            LogRequest::Write(..) | LogRequest::Close(_) => {}
        }
    }

    /// Writes a batch, however long that takes, and answers those who wait for it.
    fn flush(&mut self, batch: &mut Batch) {
        if !batch.writes.is_empty() {
            while let Err(error) = self.write(&batch.writes) {
                if !self.shared.away.send_replace(true) {
                    tracing::error!(
                        path = ?self.source.path, %error,
                        "the rooms' log cannot be written; trying again until it can"
                    );
                }
                // After a failed write redb requires the file to be opened again.
                self.database = None;
                std::thread::sleep(RETRY);
            }
            if self.shared.away.send_replace(false) {
                tracing::info!(path = ?self.source.path, "the rooms' log can be written again");
            }
            if let Some(database) = &self.database {
                self.compactor.on_written(&mut batch.writes, database);
            }
        }
        batch.writes.clear();
        for done in batch.waiting.drain(..) {
            answer(done, ());
        }
    }

    fn write(&mut self, writes: &[Write]) -> Result<(), redb::Error> {
        if self.renamed {
            // Nothing may count as durable in a file whose name is not.
            files::sync_folder(&self.source.path)?;
            self.renamed = false;
        }
        let database = match &mut self.database {
            Some(database) => database,
            empty => empty.insert((self.source.opener)()?),
        };
        store::write(database, writes)
    }

    fn view(&self) -> Result<ReadTransaction, redb::Error> {
        match &self.database {
            Some(database) => Ok(database.begin_read()?),
            None => Err(redb::Error::DatabaseClosed),
        }
    }

    fn read<T>(
        &self,
        room: &RoomId,
        read: impl FnOnce(&ReadTransaction) -> Result<T, LogError>,
    ) -> Result<T, LogError> {
        let view = self.view().map_err(|error| LogError::Unreadable {
            room: room.clone(),
            reason: DataFault::of_database(&error),
        })?;
        read(&view)
    }
}

/// Writes that go into one transaction, and those who wait for it.
#[derive(Default)]
struct Batch {
    writes: Vec<Write>,
    waiting: Vec<oneshot::Sender<()>>,
}
