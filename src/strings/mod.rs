//! What a person reads, all in one place: other modules carry codes, these functions word
//! them. One file an area; a second language becomes a second set of the same functions.

pub mod client;
pub mod denied;
pub mod gallery;
pub mod help;
pub mod lines;
pub mod media;
pub mod player;
pub mod server;
pub mod start;
