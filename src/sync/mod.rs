//! Staying in step: pure machines that turn what a clock and a player report into orders.

pub mod player;
