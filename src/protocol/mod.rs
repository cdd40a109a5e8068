//! The words that both sides of the wire speak. Data only: what they lead to is the
//! room's business, how they travel is the wire's.

pub mod ids;
pub mod invite;
pub mod time;
