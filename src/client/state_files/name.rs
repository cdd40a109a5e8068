//! The member's name, kept for the next time.

use std::fs;
use std::io;
use std::path::Path;

use crate::private_files;
use crate::protocol::text::MemberName;

/// The file, in the state folder.
const FILE: &str = "name";

/// The longest file that is read, in bytes: more than any name.
const LONGEST: u64 = 1_024;

/// Keeps a name.
///
/// # Errors
/// If the folder cannot be made or the file not written.
pub(super) fn keep(folder: &Path, name: &MemberName) -> io::Result<()> {
    private_files::create_folder(folder)?;
    fs::write(folder.join(FILE), format!("{name}\n"))
}

/// The name that was kept, if one was, made a valid one.
#[must_use]
pub fn kept(folder: &Path) -> Option<MemberName> {
    MemberName::truncated(&kept_text(folder)?)
}

/// What the file holds, if it holds a name; somebody may have written it by hand. Without one the
/// member is asked, so a file that cannot be read is logged and no error.
#[must_use]
pub fn kept_text(folder: &Path) -> Option<String> {
    let text = match read(&folder.join(FILE)) {
        Ok(text) => text,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return None,
        Err(cause) => {
            tracing::warn!("the name that was kept cannot be read: {cause}");
            return None;
        }
    };
    let is_name = MemberName::truncated(&text).is_some();
    if !is_name {
        tracing::warn!("what was kept as the name is none");
    }
    is_name.then_some(text)
}

/// Reads a small file of ours.
pub(super) fn read(path: &Path) -> io::Result<String> {
    let data = fs::metadata(path)?;
    // The reading of a pipe would wait for whoever writes into it.
    if !data.is_file() || data.len() > LONGEST {
        return Err(io::Error::other("it is no file of ours"));
    }
    fs::read_to_string(path)
}

#[cfg(test)]
mod tests {
    use super::{keep, kept};
    use crate::protocol::text::MemberName;

    #[test]
    fn a_name_comes_back() {
        let folder = tempfile::tempdir().unwrap();
        let within = folder.path().join("state");
        assert_eq!(kept(&within), None);
        let name = MemberName::parse("Лена 🍿").unwrap();
        keep(&within, &name).unwrap();
        assert_eq!(kept(&within), Some(name));
    }

    #[cfg(unix)]
    #[test]
    fn the_folder_that_is_made_for_a_name_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let within = folder.path().join("state");
        keep(&within, &MemberName::parse("Лена").unwrap()).unwrap();
        let mode = std::fs::metadata(&within).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_file_is_no_name_and_nobody_waits_for_it() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join(super::FILE);
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.expect("mkfifo runs").success());
        assert_eq!(kept(folder.path()), None);
    }
}
