//! How a message chooses its words by what is neither a number nor a name: the values of the
//! selectors in the catalogue.

use crate::protocol::member::{Role, Visibility};

/// A role, which is inflected within a sentence.
#[must_use]
pub const fn role_code(role: Role) -> &'static str {
    match role {
        Role::Viewer => "viewer",
        Role::Moderator => "moderator",
        Role::Admin => "admin",
    }
}

/// Who finds and enters a room.
#[must_use]
pub const fn visibility_code(visibility: Visibility) -> &'static str {
    match visibility {
        Visibility::Public => "public",
        Visibility::Unlisted => "unlisted",
        Visibility::Private => "private",
    }
}
