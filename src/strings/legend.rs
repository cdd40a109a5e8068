//! The legend: the signs that the screen uses, as the help explains them.

use super::screen;
use crate::protocol::member::Role;
use crate::texts::language::Language;
use crate::texts::tr;

/// Its heading.
#[must_use]
pub fn title(language: Language) -> String {
    tr!(language, "key-signs")
}

/// The signs, and what each means.
#[must_use]
pub fn rows(language: Language) -> [(String, String); 6] {
    let mark = |role| screen::role_mark(language, role);
    [
        (mark(Role::Admin), tr!(language, "key-sign-admin")),
        (mark(Role::Moderator), tr!(language, "key-sign-moderator")),
        ("›".to_owned(), tr!(language, "key-sign-own")),
        ("·".to_owned(), tr!(language, "key-sign-room")),
        (screen::ERROR.to_owned(), tr!(language, "key-sign-error")),
        ("#3".to_owned(), tr!(language, "key-sign-number")),
    ]
}
