//! Watch a video together from a terminal.

pub mod cli;
pub mod media;
pub mod protocol;
pub mod strings;
pub mod sync;
