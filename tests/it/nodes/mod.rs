//! Several nodes that share one Redis, as real processes: what their members see and are promised is
//! recorded and held against the laws of a room, also while nodes and Redis fail.

mod acting;
mod admission;
mod balanced;
mod clocks;
mod evening;
mod failures;
mod forwarder;
mod history;
mod laws;
mod moderation;
mod player;
mod record;
mod stage;

use crate::support::node::Node;
