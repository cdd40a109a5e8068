//! A rooms' file read into memory as it is at one moment, so that it can be checked without a
//! change to it: opening a file repairs it, and migrates an earlier format. A server may be running
//! on it meanwhile.

use std::fs::File;
use std::io::{Error as IoError, ErrorKind, Read, Seek};
use std::ops::Bound;
use std::path::Path;

use redb::backends::{FileBackend, InMemoryBackend};
use redb::{Database, DatabaseError, ReadTransaction, ReadableDatabase, StorageBackend};

use super::format::{self, FoundFormat};
use super::open::{self, Source};
use super::{DataFault, FileError, store};

/// How many bytes at the beginning of the file every commit changes: redb's magic number and its
/// two commit slots take 320.
const HEADER: u64 = 320;

/// How often the file is read again because a commit came between (judgement: a commit takes
/// milliseconds and a quiet server makes one in 15 s).
const TRIES: usize = 50;

/// A file of rooms, as it was read.
pub(super) struct Image {
    database: Database,
    /// The number of its format, before it was migrated in memory.
    pub(super) format: i64,
    /// The size of the file in bytes.
    pub(super) bytes: u64,
    /// How many rooms are in it. All of them can be read.
    pub(super) rooms: usize,
}

impl Image {
    /// Reads a file, and every room in it.
    pub(super) fn read(path: &Path) -> Result<Self, FileError> {
        let content = settled_content(path).map_err(|error| open::io_error(error, path))?;
        let bytes = u64::try_from(content.len()).unwrap_or(u64::MAX);
        let unreadable = |error: redb::Error| open::database_error(error, path);
        let database = in_memory(&content).map_err(|error| open::open_error(error, path))?;
        drop(content);
        let found = format::find(&database).map_err(unreadable)?;
        let source = Source::held(database, path);
        let (database, contents) = source.open(format::STEPS)?;
        let view = database
            .begin_read()
            .map_err(|error| unreadable(error.into()))?;
        for room in contents.last.keys() {
            store::read_room(&view, room)?;
        }
        drop(view);
        Ok(Self {
            database,
            format: match found {
                FoundFormat::Log(number) => number,
                FoundFormat::Empty | FoundFormat::Foreign => format::newest(format::STEPS),
            },
            bytes,
            rooms: contents.last.len(),
        })
    }

    /// A view of its rooms, in today's format.
    pub(super) fn view(&self) -> Result<ReadTransaction, redb::Error> {
        Ok(self.database.begin_read()?)
    }
}

/// Whether a server has the file open as a log: then it cannot be locked as redb locks it.
pub(super) fn is_in_use(path: &Path) -> bool {
    let locked = File::open(path)
        .map_err(DatabaseError::from)
        .and_then(FileBackend::new)
        .and_then(|file| Ok(file.try_lock_shared_range(Bound::Unbounded, Bound::Unbounded)?));
    // What else is wrong with the file is found when it is read.
    matches!(locked, Ok(false))
}

/// The bytes of a file between two commits of the server that may be running on it. Pages that are
/// written before a commit belong to nothing until then.
fn settled_content(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut file = File::open(path)?;
    open::check_kind(&file.metadata()?)?;
    for _ in 0..TRIES {
        let before = header(&mut file)?;
        let mut content = Vec::new();
        file.rewind()?;
        file.read_to_end(&mut content)?;
        if header(&mut file)? == before {
            return Ok(content);
        }
    }
    Err(IoError::new(
        ErrorKind::ResourceBusy,
        DataFault::AlwaysWritten,
    ))
}

fn header(file: &mut File) -> std::io::Result<Vec<u8>> {
    let mut header = Vec::new();
    file.rewind()?;
    file.take(HEADER).read_to_end(&mut header)?;
    Ok(header)
}

fn in_memory(content: &[u8]) -> Result<Database, DatabaseError> {
    let backend = InMemoryBackend::new();
    backend.set_len(u64::try_from(content.len()).unwrap_or(u64::MAX))?;
    backend.write(0, content)?;
    Database::builder()
        .set_check_integrity_on_open(true)
        .create_with_backend(backend)
}
