//! Staying in step: pure machines that turn what a clock and a player report into orders.
//!
//! [`follow::Follower`] is the one that a client drives: inputs and `now` in, orders out,
//! and the time at which it wants to be asked again.

pub mod follow;
pub mod player;
