//! The texts of the codes on the wire: what a server writes in the `text` of a denial, a refusal or
//! an error, for clients that do not know the code. And what its web pages say of a room.
//!
//! It depends on `protocol`, `wire` and `system_fault` only, so that the server does not need the
//! client. A client uses the same functions for the codes that it knows; everything else that a
//! person reads is in `strings`.

pub mod actions;
pub mod bans;
pub mod catalogue;
pub mod denied;
pub mod door;
pub mod frames;
pub mod language;
pub mod language_names;
pub mod names;
pub mod numbers;
pub mod quotes;
pub mod selectors;
pub mod system;

/// A text of the catalogue in a language: `tr!(language, "id", argument = value)`. The id and the
/// arguments are checked while the crate compiles.
macro_rules! tr {
    ($language:expr, $id:literal $($arguments:tt)*) => {
        i18n_embed_fl::fl!(
            $crate::texts::catalogue::catalogue_for($language, $id), $id $($arguments)*
        )
    };
}
pub(crate) use tr;
