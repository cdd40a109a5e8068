//! Watch a video together from a terminal.
