//! The words that both sides of the wire speak. Data only: what they lead to is the
//! room's business, how they travel is the wire's.

pub mod command;
pub mod denied;
pub mod ephemeral;
pub mod event;
pub mod failure;
pub mod ids;
pub mod invite;
pub mod member;
pub mod playback;
pub mod report;
pub mod rule;
pub mod target;
pub mod text;
pub mod time;
