//! Watch a video together from a terminal.

pub mod media;
pub mod player;
pub mod protocol;
pub mod strings;
pub mod sync;
