//! What a room is and what may happen in it. Pure: `now` is an argument, nothing is sent.
//!
//! A command meets [`decide`], which answers with the events it leads to; [`state`] says
//! how an event changes a room. A room is the fold of its events.

pub mod audience;
pub mod chat;
pub mod committed;
pub mod deadline;
pub mod decide;
pub mod find_member;
pub mod holds;
mod learned;
pub mod likeness;
pub mod listing;
pub mod media_facts;
pub mod queue;
pub mod reports;
pub mod roles;
pub mod roster;
pub mod secrets;
mod seen;
pub mod size;
pub mod state;
mod succession;
pub mod timeline;

#[cfg(test)]
mod tests;
