//! Watch a video together from a terminal: a room server, and a client that drives mpv.
//!
//! The house, from the ground up; imports only point downwards:
//!
//! | module | what it is |
//! |---|---|
//! | [`media`] | links: what can be played, and what may be opened |
//! | [`protocol`] | the words both sides speak: ids, times, events, commands, denials |
//! | [`room`] | a room: its state, and which events a command leads to |
//! | [`sync`] | staying in step: clock, drift, the orders to a player |
//! | [`wire`] | the messages that travel, and their limits |
//! | [`app`] | the client as a state machine: events in, effects out |
//! | [`strings`] | what a person reads |
//! | [`ui`] | how it looks: a function of the app |
//!
//! These are the core: no IO, no clock, not async; `now` is an argument. Around them stand
//! the shells, which move bytes and hold no rule: [`server`], [`relay`] (fetches links for
//! mpv, and knows why one does not play), [`player`], [`client`], and
//! [`cli`] on top. `traffic` counts the bytes of a socket, and [`boot_clock`] reads the clock
//! that nobody sets, both for server and client alike.

pub mod app;
pub mod boot_clock;
pub mod cli;
pub mod client;
pub mod media;
pub mod player;
pub mod protocol;
pub mod relay;
pub mod room;
pub mod server;
#[cfg(test)]
mod sim;
pub mod strings;
pub mod sync;
mod traffic;
pub mod ui;
pub mod wire;
