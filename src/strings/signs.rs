//! Tests that names cannot contain any symbol that the interface draws, in any language.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use strum::IntoEnumIterator;

use super::{plain_lines, roles, screen};
use crate::app::output::{MemberChange, Person};
use crate::protocol::member::Role;
use crate::protocol::text::{Emoji, MemberName, NameFault, TextError};
use crate::texts::language::Language;

/// Punctuation of people's names, which the interface uses within sentences only.
const OF_NAMES: &str = "-_.'’&";

/// The sources that draw text: the texts of every language, the functions that take them, the
/// screen, and the plain lines.
fn sources() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let source = root.join("src");
    let mut found = vec![source.join("client/plain.rs")];
    let texts = |language: Language| format!("i18n/{}/watchtogether.ftl", language.code());
    found.extend(Language::iter().map(|language| root.join(texts(language))));
    let mut folders = ["strings", "texts", "ui"]
        .map(|folder| source.join(folder))
        .to_vec();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() && name != "tests" {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs")
                && name != "tests.rs"
                && name != "signs.rs"
            {
                found.push(path);
            }
        }
    }
    found
}

/// The symbols in a file outside of its comments and tests, and where each occurs.
fn signs(path: &Path, found: &mut BTreeMap<char, String>) {
    let text = fs::read_to_string(path).unwrap();
    let is_code = path.extension().is_some_and(|end| end == "rs");
    let comment = if is_code { "//" } else { "#" };
    let code = text.split("#[cfg(test)]").next().unwrap();
    for line in code
        .lines()
        .filter(|line| !line.trim_start().starts_with(comment))
    {
        for c in line
            .chars()
            .filter(|c| !c.is_alphanumeric() && !c.is_whitespace())
        {
            found.entry(c).or_insert_with(|| line.trim().to_owned());
        }
    }
}

#[test]
fn no_name_has_a_sign_that_a_face_draws() {
    let mut found = BTreeMap::new();
    for path in sources() {
        signs(&path, &mut found);
    }
    let meant = ['👑', '·', '*', '▌', '●', '(', '›', '│'];
    assert!(
        meant.iter().all(|sign| found.contains_key(sign)),
        "{found:?}"
    );
    for (sign, line) in found {
        let reaction = Emoji::FIVE.iter().any(|emoji| emoji.contains(sign));
        if OF_NAMES.contains(sign) || reaction {
            continue;
        }
        for name in [
            format!("Ada {sign}"),
            format!("{sign}Ada"),
            format!("A{sign}da"),
        ] {
            let fault = MemberName::parse(&name);
            let refused = matches!(fault, Err(TextError::Name(NameFault::Sign { .. })));
            assert!(refused, "{name:?} is {fault:?}, and a face has: {line}");
        }
    }
}

#[test]
fn no_name_ends_in_a_word_that_a_face_writes_behind_one() {
    for language in Language::iter() {
        let roles = Role::ALL.iter().flat_map(|role| {
            [
                roles::role(language, *role),
                screen::role_mark(language, *role),
            ]
        });
        let words = [
            screen::acting(language),
            screen::muted(language),
            screen::not_waited_for(language),
            screen::not_admin(language),
        ];
        for word in roles.chain(words).filter(|word| !word.is_empty()) {
            let name = format!("Ada {word}");
            assert!(MemberName::parse(&name).is_err(), "{name}");
        }
    }
    let ada = Person::other(MemberName::parse("Ada").unwrap());
    for change in [MemberChange::Joined, MemberChange::Left, MemberChange::Role] {
        let text = plain_lines::member(Language::English, &ada, Role::Admin, change, None);
        assert!(text.len() <= MemberName::MAX_CHARS);
        assert!(MemberName::parse(&text).is_err(), "{text}");
    }
}
