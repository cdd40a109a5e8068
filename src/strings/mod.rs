//! Every text that a person reads. Other modules carry codes, and the functions here turn them
//! into text. There is one file for each area; a second language becomes a second set of the same
//! functions.

pub mod bans;
pub mod boxes;
pub mod client;
pub mod decisions;
pub mod denied;
pub mod farewell;
pub mod fault;
pub mod gallery;
pub mod help;
pub mod keys;
pub mod lines;
pub mod media;
pub mod names;
pub mod naming;
pub mod player;
pub mod rooms;
pub mod screen;
pub mod server;
pub mod standstill;
pub mod start;
pub mod usage;
pub mod wishes;

#[cfg(test)]
mod signs;
