//! The texts of the codes that travel: what a server says in the `text` of a denial, a refusal
//! or an error, for clients that do not know the code.
//!
//! It stands on `protocol` and `wire` alone, so that a server needs nothing of the client. A
//! client words the codes it knows with the same functions; everything else that a person reads
//! is in `strings`.

pub mod bans;
pub mod denied;
pub mod frames;
pub mod invite_page;
pub mod names;
