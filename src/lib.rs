//! Watch a video together from a terminal.

pub mod app;
pub mod cli;
pub mod media;
pub mod protocol;
pub mod room;
pub mod strings;
pub mod sync;
pub mod wire;
