//! A whole evening in virtual time: one real room, real clients with fake players, and the
//! networks and clocks between them. For tests only.
//!
//! [`world::World`] advances everything from event to event, in microseconds of true time, which no
//! machine knows. [`hosted::HostedRoom`] drives `room` as the server's task does, [`server`] adds
//! the connections, [`client`] is one member's machine. A [`script::Script`] says what happens in
//! an evening, drawn from one seed; [`laws`] and [`moves`] say what holds in every one, and
//! [`evenings`] plays many and shrinks the script of one that fails.
//!
//! The same evenings are played on a server of two nodes, whose room's tasks are the real ones
//! (`server/testbed`): their clocks are apart and drift, nodes die and are cut off, news of each other is
//! lost, late or told twice, and the log that they share is away, breaks off in the middle, or comes back
//! with less than it had.
//!
//! `SIM_SEED=7 cargo test --lib sim::evenings` plays one evening, `make soak` many thousands.
//!
//! The scenarios of `sync`, which need no client, use the player, the links and the clocks too.

mod backing;
pub(crate) mod client;
pub(crate) mod fake_player;
pub(crate) mod hosted;
pub(crate) mod link;
pub(crate) mod machine;
pub(crate) mod random;
pub(crate) mod server;
pub(crate) mod traits;
pub(crate) mod world;

mod evenings;
mod incidents;
mod laws;
mod moves;
mod pictures;
mod script;
