//! Whether the folders can be written to.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use crate::cli::folders;
use crate::doctor::place::{PlaceFinding, Purpose};

/// What is found of each folder; mpv's socket goes into a folder in `sockets`.
pub(super) fn findings(sockets: &Path) -> Vec<PlaceFinding> {
    let places = [
        (Purpose::State, folders::state()),
        (Purpose::Data, folders::data()),
        (Purpose::Socket, Some(sockets.to_owned())),
    ];
    places.map(|(purpose, path)| finding(purpose, path)).into()
}

fn finding(purpose: Purpose, path: Option<PathBuf>) -> PlaceFinding {
    let Some(path) = path else {
        return PlaceFinding {
            purpose,
            path: None,
            fault: None,
        };
    };
    // A folder that is not there yet is made when it is needed, in the nearest one that is.
    let there = path.ancestors().find(|folder| folder.exists());
    let there = there.unwrap_or(&path);
    let fault = write_into(there).err().map(|cause| (&cause).into());
    let shown = if fault.is_some() { there } else { &path };
    PlaceFinding {
        purpose,
        path: Some(shown.to_string_lossy().into_owned()),
        fault,
    }
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
