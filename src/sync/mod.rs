//! Staying in step: pure machines that turn what a clock and a player report into orders.
//!
//! [`follow::Follower`] is the one that a client drives: inputs and `now` in, orders out,
//! and the time at which it wants to be asked again. Below it: `clock` estimates room time
//! (`corridor` does the sums, `pinging` the schedule), `echo` tells the member's own acts
//! from answers to our orders, `drift` chooses between holding, bending the speed and
//! seeking, `seeking` knows what a seek costs and when one may be made unasked. [`apart`] compares the
//! players of live media that cannot be steered.

mod apart;
mod clock;
mod corridor;
mod drift;
mod echo;
pub mod follow;
mod pinging;
pub mod player;
mod seeking;
#[cfg(test)]
mod testbed;

pub use apart::apart;
