//! Waits for changes of a file by inotify: in its folder, and where a link leads. Where the folder is
//! missing it waits for the folder to be made.

use std::ffi::{CStr, OsStr};
use std::io;
use std::mem::MaybeUninit;
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};

use rustix::fs::inotify::{self, ReadFlags, WatchFlags};
use rustix::io::Errno;

/// What is waited for in a folder that is there.
#[derive(Debug, PartialEq, Eq)]
struct Place {
    folder: PathBuf,
    /// The file, or the folder that leads to it.
    name: Vec<u8>,
    is_file: bool,
}

impl Place {
    /// The place for a file: its folder, else the nearest folder above that is there. `None` for a
    /// path without a name.
    fn of(path: &Path) -> Option<Self> {
        let mut wanted = path;
        loop {
            let folder = match wanted.parent()? {
                here if here.as_os_str().is_empty() => Path::new("."),
                folder => folder,
            };
            let name = wanted.file_name().map(OsStr::as_bytes)?;
            if folder.is_dir() {
                return Some(Self {
                    folder: folder.to_owned(),
                    name: name.to_owned(),
                    is_file: wanted == path,
                });
            }
            wanted = folder;
        }
    }

    /// The places for a file, which may be a link into another folder, in which it is edited.
    fn all_of(path: &Path) -> Vec<Self> {
        let real = path.canonicalize().ok().filter(|real| real != path);
        let places = [Some(path), real.as_deref()].map(|path| path.and_then(Self::of));
        places.into_iter().flatten().collect()
    }

    /// The events of interest: a file that was written is closed, and one that takes its place is
    /// moved there.
    fn events(&self) -> WatchFlags {
        let arrives = if self.is_file {
            WatchFlags::CLOSE_WRITE
        } else {
            WatchFlags::CREATE
        };
        let goes = WatchFlags::DELETE_SELF | WatchFlags::MOVE_SELF;
        arrives | WatchFlags::MOVED_TO | goes
    }
}

/// A file that is watched in the folders that were there.
#[derive(Debug)]
pub(super) struct Watch {
    queue: OwnedFd,
    places: Vec<Place>,
}

impl Watch {
    /// Begins to watch a file; `None` if the path has no name.
    ///
    /// # Errors
    /// If the system has no watch to give.
    pub(super) fn begin(path: &Path) -> io::Result<Option<Self>> {
        loop {
            let queue = inotify::init(inotify::CreateFlags::CLOEXEC)?;
            let places = Place::all_of(path);
            if places.is_empty() {
                return Ok(None);
            }
            let added = places.iter().try_for_each(|place| {
                inotify::add_watch(&queue, &place.folder, place.events()).map(drop)
            });
            match added {
                // What was made or removed meanwhile has told nobody.
                Ok(()) if Place::all_of(path) == places => {
                    return Ok(Some(Self { queue, places }));
                }
                Ok(()) | Err(Errno::NOENT | Errno::NOTDIR) => {}
                Err(cause) => return Err(cause.into()),
            }
        }
    }

    /// Calls back after each change of the file. True once it is to be watched anew, since a folder
    /// came or went; false once the callback has answered false.
    ///
    /// # Errors
    /// If no more events can be read.
    pub(super) fn each(&self, changed: &mut dyn FnMut() -> bool) -> io::Result<bool> {
        let gone = ReadFlags::DELETE_SELF | ReadFlags::MOVE_SELF | ReadFlags::IGNORED;
        let mut buffer = [MaybeUninit::uninit(); 4_096];
        let mut events = inotify::Reader::new(&self.queue, &mut buffer);
        loop {
            let event = match events.next() {
                Ok(event) => event,
                Err(Errno::INTR) => continue,
                Err(cause) => return Err(cause.into()),
            };
            let name = event.file_name().map(CStr::to_bytes);
            let mut places = self.places.iter();
            let place = places.find(|place| name == Some(place.name.as_slice()));
            if event.events().intersects(gone) || place.is_some_and(|place| !place.is_file) {
                return Ok(true);
            }
            if place.is_some() && !changed() {
                return Ok(false);
            }
        }
    }
}
