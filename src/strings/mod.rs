//! What a person reads in the client and on the command line: other modules carry codes, these
//! functions take the words from the catalogue ([`crate::texts::catalogue`]), in the language of
//! the person. One file an area. The texts of the codes that a server sends are in [`crate::texts`].

pub mod address;
pub mod bans;
pub mod calibrate;
pub mod client;
pub mod command_help;
pub mod decisions;
pub mod dialogs;
pub mod doctor;
pub mod errand;
pub mod farewell;
pub mod fault;
pub mod gallery;
pub mod health;
pub mod help;
pub mod kept;
pub mod keys;
pub mod legend;
pub mod media;
pub mod network;
pub mod own_keys;
pub mod palette;
pub mod plain_lines;
pub mod player;
mod programs;
pub mod requests;
pub mod roles;
pub mod rooms;
pub mod screen;
pub mod sentences;
pub mod server;
pub mod standstill;
pub mod start;
pub mod tls;
pub mod usage;
pub mod video;

pub use crate::texts::numbers;

#[cfg(test)]
mod command_names;
#[cfg(test)]
mod signs;
