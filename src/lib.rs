//! Watch a video together from a terminal: a room server, and a client that drives mpv.
//!
//! The modules, from the ground up. A module imports those that its row names, and no others;
//! each of them stands in an earlier row. `tests/it/architecture.rs` holds this table against the
//! code.
//!
//! | module | what it is | imports |
//! |---|---|---|
//! | [`system_fault`] | errors of the operating system, as data | |
//! | [`media`] | links: what can be played, and what may be opened | |
//! | [`protocol`] | what both sides speak of: ids, times, events, commands, denials | `media` |
//! | [`room`] | a room: its state, and which events a command leads to | `media`, `protocol` |
//! | [`wire`] | the messages that travel, and their limits | `protocol`, `room` |
//! | [`sync`] | staying in step: clock, drift, the orders to a player | `system_fault`, `media`, `protocol`, `room` |
//! | [`texts`] | the words of the codes that a server sends | `system_fault`, `protocol`, `wire` |
//! | [`doctor`] | what stands in the way of watching: facts of a computer to findings | `system_fault`, `sync` |
//! | [`app`] | the client as a state machine: events in, effects out | `system_fault`, `media`, `protocol`, `room`, `wire`, `sync`, `texts`, `doctor` |
//! | [`strings`] | what a person reads in the client and on the command line | `media`, `protocol`, `room`, `wire`, `sync`, `texts`, `doctor`, `app` |
//! | [`ui`] | how it looks: a function of the app | `protocol`, `room`, `wire`, `texts`, `app`, `strings` |
//! | `traffic` | counts the bytes of a socket | |
//! | [`boot_clock`] | reads the clock that nobody sets | `protocol` |
//! | `private_files` | folders and files that only their owner can read | |
//! | `signals` | the signals that end or stop a process | |
//! | [`trust`] | which servers' certificates a client accepts | |
//! | [`conformance`] | plays scenarios against a server, by raw frames | |
//! | [`server`] | the room server | `system_fault`, `media`, `protocol`, `room`, `wire`, `texts`, `traffic`, `boot_clock`, `private_files` |
//! | [`relay`] | fetches links for mpv, and knows why one does not play | `media`, `trust` |
//! | [`player`] | the client's mpv: its process, and its orders | `media`, `protocol`, `sync`, `doctor`, `private_files`, `relay` |
//! | [`client`] | the loop that connects the app with terminal, server and player | `system_fault`, `media`, `protocol`, `room`, `wire`, `sync`, `texts`, `doctor`, `app`, `strings`, `ui`, `traffic`, `boot_clock`, `private_files`, `signals`, `trust`, `relay`, `player` |
//! | [`cli`] | the command line, its settings and subcommands | `system_fault`, `media`, `protocol`, `room`, `wire`, `sync`, `texts`, `doctor`, `app`, `strings`, `ui`, `private_files`, `signals`, `trust`, `conformance`, `server`, `relay`, `player`, `client` |
//!
//! The first eleven are the core: no IO, no clock, not async; `now` is an argument. The others are
//! shells, which move bytes and decide nothing about a room or its playback.

pub mod app;
pub mod boot_clock;
pub mod cli;
pub mod client;
pub mod conformance;
pub mod doctor;
pub mod media;
pub mod player;
mod private_files;
pub mod protocol;
pub mod relay;
pub mod room;
pub mod server;
mod signals;
#[cfg(test)]
mod sim;
pub mod strings;
pub mod sync;
pub mod system_fault;
#[cfg(test)]
mod test_support;
pub mod texts;
mod traffic;
pub mod trust;
pub mod ui;
pub mod wire;
