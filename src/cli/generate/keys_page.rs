//! watchtogether-keys(7): the keys, the commands and the mouse, from the tables that decide what they
//! do.

use clap_mangen::roff::{bold, roman};

use super::sheet::Sheet;
use crate::app::command::Slash;
use crate::app::keys::editing::{self, TextMode};
use crate::app::keys::{self, KeyContext};
use crate::protocol::member::Role;
use crate::strings;
use crate::texts::language::Language;
use crate::texts::tr;

/// The page, in English.
pub(super) fn page() -> Sheet {
    let language = Language::English;
    let mut sheet = Sheet::new("watchtogether-keys", "7");
    sheet.named(
        &tr!(language, "cli-man-name"),
        &tr!(language, "cli-man-keys-about"),
    );
    sheet.heading(&tr!(language, "cli-man-description"));
    sheet.paragraph(&tr!(language, "cli-man-keys-how"));
    sheet.heading(&tr!(language, "cli-man-keys"));
    for context in KeyContext::ALL {
        sheet.part(&strings::keys::context(language, context));
        for row in keys::of(context) {
            let names = strings::keys::keys(language, row.keys);
            let about = strings::keys::row(language, row);
            sheet.item(vec![bold(names)], &with_role(&about, row.needs));
        }
    }
    for mode in TextMode::ALL {
        sheet.part(&strings::keys::text_mode(language, mode));
        for row in editing::of(mode) {
            let names = strings::keys::keys(language, row.keys);
            sheet.item(vec![bold(names)], &strings::keys::edit_op(language, row.op));
        }
    }
    sheet.part(&strings::keys::mouse(language));
    for (gesture, does) in strings::keys::gestures(language) {
        sheet.item(vec![roman(gesture)], &does);
    }
    sheet.heading(&tr!(language, "cli-man-commands"));
    for slash in Slash::ALL {
        let usage = strings::help::usage(language, slash.usage());
        let about = strings::help::summary(language, *slash);
        sheet.item(vec![bold(usage)], &with_role(&about, slash.needs()));
    }
    sheet.heading(&strings::legend::title(language));
    for (sign, meaning) in strings::legend::rows(language) {
        sheet.item(vec![bold(sign)], &meaning);
    }
    let pages = [
        ("watchtogether".to_owned(), "1"),
        ("watchtogether-join".to_owned(), "1"),
        ("watchtogether-config".to_owned(), "5"),
        ("mpv".to_owned(), "1"),
    ];
    sheet.see_also(&tr!(language, "cli-man-see"), &pages);
    sheet
}

/// What something does, and who may do it where not everybody may.
fn with_role(about: &str, needs: Role) -> String {
    let language = Language::English;
    match needs {
        Role::Viewer => about.to_owned(),
        Role::Moderator => tr!(language, "cli-man-moderators", about = about),
        Role::Admin => tr!(language, "cli-man-admins", about = about),
    }
}
