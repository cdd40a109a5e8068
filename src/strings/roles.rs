//! The words for roles.

use crate::protocol::member::Role;
use crate::texts::language::Language;
use crate::texts::selectors::role_code;
use crate::texts::tr;

/// The word for a role.
#[must_use]
pub fn role(language: Language, role: Role) -> String {
    tr!(language, "person-role", role = role_code(role))
}
