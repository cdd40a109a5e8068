//! What a person reads, all in one place: other modules carry codes, these functions word
//! them. One file an area; a second language becomes a second set of the same functions.

pub mod gallery;
pub mod lines;
pub mod client;
pub mod media;
pub mod start;
