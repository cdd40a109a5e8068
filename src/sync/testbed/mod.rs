//! Virtual time: one room, some followers, fake players, seeded networks and clocks.
//!
//! Everything that happens is drawn from one seed, so that a failing run can be played
//! again: `laws::REPLAY`.

mod ahead;
mod anything;
mod breaks;
mod by_itself;
mod cadences;
mod data_laws;
mod ends;
mod gate;
mod landings;
mod laws;
mod lengths;
mod live;
mod loads;
mod mishaps;
mod orders;
mod output_offset;
mod quick;
mod reconnecting;
mod slow_hosts;
mod starved;
mod stories;
mod time_jumps;
mod unranged;
mod world;
