//! The vocabulary of both sides of the wire. Data only: `room` decides what it leads to, `wire` how
//! it travels.

pub mod batch;
pub mod cadence;
pub mod chat_line;
pub mod command;
pub mod denied;
pub mod emote;
pub mod ephemeral;
pub mod event;
pub mod failure;
pub mod ids;
pub mod invite;
pub mod invite_terms;
pub mod lobby;
pub mod member;
pub mod moderation;
pub mod playback;
pub mod report;
pub mod room_name;
pub mod rule;
pub mod secret;
pub mod target;
pub mod text;
pub mod time;
