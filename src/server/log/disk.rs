//! A disk for tests that can be full, below a log of one process.

use std::io::{Error, ErrorKind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};

use redb::backends::InMemoryBackend;
use redb::{Database, StorageBackend};

use super::embedded::Embedded;
use super::open::Source;
use super::{Kind, RoomLog};

/// A disk that can be full. Clones are the same one.
#[derive(Debug, Clone, Default)]
pub(in crate::server) struct Disk {
    content: Arc<InMemoryBackend>,
    full: Arc<AtomicBool>,
    /// Whether writes to the full disk fail. Until then they hang.
    fails: Arc<(Mutex<bool>, Condvar)>,
}

impl Disk {
    /// Has it be full: writes hang until [`Self::fail`].
    pub(in crate::server) fn fill(&self) {
        self.full.store(true, Ordering::SeqCst);
    }

    /// Makes writes to the full disk fail from now on.
    pub(in crate::server) fn fail(&self) {
        let (fails, changed) = &*self.fails;
        *fails.lock().unwrap() = true;
        changed.notify_all();
    }

    /// There is room on it again.
    pub(in crate::server) fn free(&self) {
        self.full.store(false, Ordering::SeqCst);
    }

    /// A log on it.
    pub(in crate::server) fn log(&self) -> RoomLog {
        let disk = self.clone();
        let opener = move || Database::builder().create_with_backend(disk.clone());
        let source = Source {
            opener: Box::new(opener),
            path: PathBuf::from("test disk"),
            is_file: false,
        };
        let embedded = Embedded::begin(source).unwrap();
        RoomLog(Kind::Embedded(embedded))
    }
}

impl StorageBackend for Disk {
    fn len(&self) -> Result<u64, Error> {
        self.content.len()
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> Result<(), Error> {
        self.content.read(offset, out)
    }

    fn set_len(&self, len: u64) -> Result<(), Error> {
        self.content.set_len(len)
    }

    fn sync_data(&self) -> Result<(), Error> {
        self.content.sync_data()
    }

    fn write(&self, offset: u64, data: &[u8]) -> Result<(), Error> {
        if self.full.load(Ordering::SeqCst) {
            let (fails, changed) = &*self.fails;
            let hangs = |fails: &mut bool| !*fails;
            drop(changed.wait_while(fails.lock().unwrap(), hangs).unwrap());
            return Err(Error::from(ErrorKind::StorageFull));
        }
        self.content.write(offset, data)
    }
}
