//! Links, row by row, and the laws that hold for all of them.

use super::{Media, MediaError};

mod address;
mod canonical;
mod direct;
mod laws;
mod lookalikes;
mod pasted;
mod policy;
mod youtube;

/// Reads a link that has to parse.
#[track_caller]
fn media(link: &str) -> Media {
    match Media::parse(link) {
        Ok(media) => media,
        Err(error) => panic!("{link:?} was not taken: {error}"),
    }
}

/// Reads a link that must not parse.
#[track_caller]
fn error(link: &str) -> MediaError {
    match Media::parse(link) {
        Ok(media) => panic!("{link:?} was taken as {media}"),
        Err(error) => error,
    }
}
