//! Virtual time: one room, some followers, fake players, seeded networks and clocks.
//!
//! Everything that happens is drawn from one seed, so that a failing run can be played
//! again: `laws::REPLAY`.

mod admin;
mod anything;
mod fake_player;
mod laws;
mod link;
mod machine;
mod mishaps;
mod random;
mod stories;
mod traits;
mod world;
