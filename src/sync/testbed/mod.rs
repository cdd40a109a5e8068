//! Virtual time: one room, some followers, fake players, seeded networks and clocks.
//!
//! Everything that happens is drawn from one seed, so that a failing run can be played
//! again: `FOLLOW_SEED=17 cargo test --lib sync::testbed`.

mod fake_player;
mod laws;
mod link;
mod random;
mod stories;
mod world;
