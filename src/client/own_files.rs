//! Files of the client's own that are damaged: they are set aside whole, so that nothing is lost, and
//! their member is told where.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

use crate::app::output::OwnFileProblem;
use crate::system_fault::SystemFault;

/// What stands behind the name of a file that was set aside.
const ASIDE: &str = "damaged";

/// How many damaged files of one name are kept (judgement: nobody looks for an older one).
const MOST: u32 = 9;

/// A file was damaged and is set aside.
#[derive(Debug, thiserror::Error)]
#[error("{} is damaged; it is kept as {}", path.display(), aside.display())]
struct DamagedFile {
    path: PathBuf,
    aside: PathBuf,
}

/// Reads what a file has, which is JSON.
///
/// # Errors
/// If it is something else: then the file was set aside.
pub(super) fn parse<T: DeserializeOwned>(path: &Path, bytes: &[u8]) -> io::Result<T> {
    serde_json::from_slice(bytes).map_err(|cause| {
        tracing::debug!(%cause, "a file of ours is damaged");
        set_aside(path)
    })
}

/// Sets a damaged file aside: the error that says so, or why that is impossible.
pub(super) fn set_aside(path: &Path) -> io::Error {
    let name = path.as_os_str().to_owned();
    let mut places = (1..=MOST).map(|number| {
        let mut place = name.clone();
        place.push(match number {
            1 => format!(".{ASIDE}"),
            _ => format!(".{ASIDE}-{number}"),
        });
        PathBuf::from(place)
    });
    let free = places.find(|place| !place.exists());
    let Some(aside) = free else {
        return io::Error::other("too many damaged files of this name are kept");
    };
    match fs::rename(path, &aside) {
        Ok(()) => io::Error::new(
            io::ErrorKind::InvalidData,
            DamagedFile {
                path: path.to_owned(),
                aside,
            },
        ),
        Err(cause) => cause,
    }
}

/// What the member is told of such an error, or of any other about a file of ours.
pub(super) fn problem(cause: &io::Error) -> OwnFileProblem {
    let damaged = cause.get_ref().and_then(|inner| inner.downcast_ref());
    match damaged {
        Some(DamagedFile { path, aside }) => OwnFileProblem::Damaged {
            path: path.display().to_string(),
            aside: aside.display().to_string(),
        },
        None => OwnFileProblem::Unusable(SystemFault::from(cause)),
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, io};

    use super::{parse, problem};
    use crate::app::output::OwnFileProblem;

    #[test]
    fn a_damaged_file_is_kept_whole_beside_the_next_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list.json");
        for (damaged, aside) in [("{", "list.json.damaged"), ("[1", "list.json.damaged-2")] {
            fs::write(&path, damaged).unwrap();
            let cause = parse::<Vec<u32>>(&path, damaged.as_bytes()).unwrap_err();
            let aside = folder.path().join(aside);
            let told = OwnFileProblem::Damaged {
                path: path.display().to_string(),
                aside: aside.display().to_string(),
            };
            assert_eq!(problem(&cause), told);
            assert_eq!(fs::read_to_string(aside).unwrap(), damaged);
            assert!(!path.exists());
        }
    }

    #[test]
    fn a_full_disk_is_told_as_such() {
        let full = problem(&io::Error::from(io::ErrorKind::StorageFull));
        assert_eq!(
            full,
            OwnFileProblem::Unusable(io::ErrorKind::StorageFull.into())
        );
    }
}
