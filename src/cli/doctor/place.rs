//! Whether the folders can be written to.

use std::path::Path;

use crate::cli::folders;
use crate::client::place;
use crate::doctor::place::{PlaceFinding, Purpose};

/// What is found of each folder; mpv's socket goes into a folder in `sockets`.
pub(super) fn findings(sockets: &Path) -> Vec<PlaceFinding> {
    let places = [
        (Purpose::State, folders::state()),
        (Purpose::Data, folders::data()),
        (Purpose::Socket, Some(sockets.to_owned())),
    ];
    places
        .map(|(purpose, path)| place::finding(purpose, path))
        .into()
}
