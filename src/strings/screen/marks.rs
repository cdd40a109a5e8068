//! Words beside a name, and those for how a room is set.

use crate::protocol::member::{Role, Visibility};
use crate::strings::roles;
use crate::texts::language::Language;
use crate::texts::tr;

/// The crown, or a word of at most 3 cells, for a role.
#[must_use]
pub fn role_mark(language: Language, role: Role) -> String {
    match role {
        Role::Admin => "👑".to_owned(),
        Role::Moderator => tr!(language, "screen-mark-moderator"),
        Role::Viewer => String::new(),
    }
}

/// The own role in the row about the room.
#[must_use]
pub fn own_role(language: Language, role: Role, is_acting: bool) -> String {
    match (role, is_acting) {
        (_, true) => tr!(language, "screen-role-acting"),
        (Role::Admin, _) => format!(
            "{} {}",
            role_mark(language, role),
            roles::role(language, role)
        ),
        _ => roles::role(language, role),
    }
}

/// The mark of an acting admin, at most 11 cells as the other marks.
#[must_use]
pub fn acting(language: Language) -> String {
    tr!(language, "screen-mark-acting")
}

/// The mark of a member whose chat was taken away.
#[must_use]
pub fn muted(language: Language) -> String {
    tr!(language, "screen-mark-muted")
}

/// The mark of a member who could be taken for an admin by their name, and is none.
#[must_use]
pub fn not_admin(language: Language) -> String {
    tr!(language, "screen-mark-not-admin")
}

/// The mark of a member for whom the room does not wait.
#[must_use]
pub fn not_waited_for(language: Language) -> String {
    tr!(language, "screen-mark-no-wait")
}

/// The word for a visibility.
#[must_use]
pub fn visibility(language: Language, visibility: Visibility) -> String {
    match visibility {
        Visibility::Public => tr!(language, "screen-room-public"),
        Visibility::Unlisted => tr!(language, "screen-room-unlisted"),
        Visibility::Private => tr!(language, "screen-room-private"),
    }
}

/// The words for a wait policy.
#[must_use]
pub fn waits(language: Language, waits: bool) -> String {
    if waits {
        tr!(language, "screen-room-waits")
    } else {
        tr!(language, "screen-room-waits-not")
    }
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;

    use super::{Role, acting, muted, not_admin, not_waited_for, role_mark};
    use crate::texts::language::Language;
    use crate::ui::text::width;

    #[test]
    fn the_marks_fit_their_columns_in_each_language() {
        for language in Language::iter() {
            for mark in [acting, muted, not_admin, not_waited_for] {
                assert!(width(&mark(language)) <= 11, "{}", mark(language));
            }
            for role in Role::ALL {
                assert!(width(&role_mark(language, *role)) <= 3, "{role:?}");
            }
        }
    }
}
