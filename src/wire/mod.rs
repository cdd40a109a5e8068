//! The messages between client and server, in the vocabulary of `protocol`. Everything about the
//! wire format is defined here.

pub mod codec;
pub mod health_change;
pub mod hello;
pub mod message;
pub mod pages;
pub mod quiet;
pub mod visit;
