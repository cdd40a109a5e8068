//! What a room is and what may happen in it. Pure: `now` is an argument, and nothing is sent.
//!
//! [`decide`] turns a command, a report or a deadline into events; [`state`] applies an event to a
//! room. A room is the fold of its events.

pub mod chat;
pub mod client_events;
mod client_state;
pub mod committed;
pub mod deadline;
pub mod decide;
pub mod emotes;
pub mod find_author;
pub mod find_member;
mod forgotten;
mod hashes;
pub mod hold_history;
pub mod invites;
pub mod lifetime;
pub mod likeness;
pub mod listing;
pub mod lobby;
pub mod media_facts;
pub mod observers;
mod player_facts;
mod player_stop;
pub mod queue;
pub mod reports;
pub mod restrictions;
pub mod roles;
pub mod roster;
pub mod secrets;
pub mod size;
pub mod state;
mod succession;
pub mod timeline;
mod told_failures;

#[cfg(test)]
mod lengths;
#[cfg(test)]
mod tests;
