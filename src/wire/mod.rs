//! What travels between a client and a server, in the words of `protocol`: this is the one
//! place that says what the wire is.

pub mod codec;
pub mod message;
pub mod pages;
