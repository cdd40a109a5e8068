//! Whether a folder can be written to, and whose it is, for the checks that [`crate::doctor`] judges.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use crate::doctor::place::{PlaceFinding, Purpose, Standing};
use crate::system_fault::SystemFault;

/// What is found of the folder at this path, in which a file is made and removed again.
#[must_use]
pub fn finding(purpose: Purpose, path: Option<PathBuf>) -> PlaceFinding {
    let Some(path) = path else {
        return PlaceFinding {
            purpose,
            path: None,
            fault: None,
            standing: Standing::Own,
        };
    };
    // A folder that is not there yet is made when it is needed, in the nearest one that is.
    let there = path.ancestors().find(|folder| folder.exists());
    let there = there.unwrap_or(&path);
    let fault = write_into(there).err().map(|cause| (&cause).into());
    PlaceFinding {
        fault,
        ..found(purpose, &path, there)
    }
}

/// What is found of the folder at this path, where this went wrong just now.
#[must_use]
pub(super) fn closed(purpose: Purpose, path: &Path, fault: SystemFault) -> PlaceFinding {
    let there = path.ancestors().find(|folder| folder.exists());
    PlaceFinding {
        fault: Some(fault),
        ..found(purpose, path, there.unwrap_or(path))
    }
}

fn found(purpose: Purpose, path: &Path, there: &Path) -> PlaceFinding {
    PlaceFinding {
        purpose,
        standing: standing(path, there),
        path: Some(shown(path)),
        fault: None,
    }
}

/// What stands at `path`, whose nearest folder or file that exists is `there`.
fn standing(path: &Path, there: &Path) -> Standing {
    let is_within_own = there.ancestors().any(belongs_to_this_user);
    if path != there {
        let new = path.ancestors().take_while(|folder| *folder != there);
        let mut folders: Vec<String> = new.map(shown).collect();
        folders.reverse();
        return Standing::Missing {
            folders,
            is_within_own,
        };
    }
    if belongs_to_this_user(path) {
        Standing::Own
    } else {
        Standing::Foreign { is_within_own }
    }
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// Whether this user owns a folder or file, links followed.
#[cfg(unix)]
fn belongs_to_this_user(path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let user = rustix::process::geteuid().as_raw();
    std::fs::metadata(path).is_ok_and(|found| found.uid() == user)
}

/// There is no command that changes an owner.
#[cfg(not(unix))]
fn belongs_to_this_user(_: &Path) -> bool {
    false
}

/// Makes a file and removes it.
fn write_into(folder: &Path) -> io::Result<()> {
    let file = folder.join(format!(".watchtogether-doctor-{}", std::process::id()));
    let made: File = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&file)?;
    drop(made);
    std::fs::remove_file(&file)
}

#[cfg(all(test, unix))]
mod tests {
    use std::path::Path;

    use super::{finding, standing};
    use crate::doctor::place::{Purpose, Standing};

    #[test]
    fn a_folder_that_would_be_made_is_named_whole_with_those_above_it() {
        let home = tempfile::tempdir().expect("a folder");
        let outer = home.path().join("state");
        let path = outer.join("watchtogether");
        let found = finding(Purpose::State, Some(path.clone()));
        assert_eq!(found.fault, None);
        assert_eq!(found.path, path.to_str().map(str::to_owned));
        let name = |path: &Path| path.to_str().expect("a path").to_owned();
        let new = Standing::Missing {
            folders: vec![name(&outer), name(&path)],
            is_within_own: true,
        };
        assert_eq!(found.standing, new);
        std::fs::create_dir_all(&path).expect("folders");
        assert_eq!(standing(&path, &path), Standing::Own);
    }

    #[test]
    fn a_file_in_the_way_has_no_command() {
        let home = tempfile::tempdir().expect("a folder");
        let path = home.path().join("watchtogether");
        std::fs::write(&path, "").expect("a file");
        let found = finding(Purpose::Data, Some(path));
        assert!(
            found.fault.is_some() && found.advice().is_some(),
            "{found:?}"
        );
    }
}
