//! Tests that the texts call a command what the table of commands calls it in their language, and
//! that the guide of each language names every command.

use std::path::Path;

use crate::app::command::Slash;
use crate::texts::language::Language;

/// The texts of each language.
const CATALOGUES: [(Language, &str); 2] = [
    (
        Language::English,
        include_str!("../../i18n/en/watchtogether.ftl"),
    ),
    (
        Language::Russian,
        include_str!("../../i18n/ru/watchtogether.ftl"),
    ),
];

/// Where the guide of each language is, below the project.
const GUIDES: [(Language, &str); 2] = [
    (Language::English, "docs/guide.md"),
    (Language::Russian, "docs/guide.ru.md"),
];

/// The words behind a slash that begins a word, as commands do and paths such as `/r/ROOM` may.
fn behind_slashes(text: &str) -> impl Iterator<Item = &str> {
    let pieces = text.split(|c: char| c.is_whitespace() || "(«“\"`:".contains(c));
    pieces.filter_map(|piece| {
        let typed = piece.strip_prefix('/')?;
        let end = typed.find(|c: char| !c.is_alphabetic() && c != '-');
        let (name, rest) = typed.split_at(end.unwrap_or(typed.len()));
        (!name.is_empty() && !rest.starts_with('/')).then_some(name)
    })
}

#[test]
fn the_texts_name_commands_that_exist_in_their_language() {
    for (language, catalogue) in CATALOGUES {
        let lines = catalogue.lines().filter(|line| !line.starts_with('#'));
        let named: Vec<&str> = lines.flat_map(behind_slashes).collect();
        assert!(named.len() > 20, "{language:?}: {named:?}");
        for name in named {
            let exists = Slash::ALL.iter().any(|slash| match language {
                Language::English => slash.name() == name,
                Language::Russian => slash.russian().contains(&name),
            });
            assert!(exists, "{language:?}: /{name}");
        }
    }
}

#[test]
fn the_guide_of_each_language_names_every_command_in_its_table() {
    for (language, place) in GUIDES {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(place);
        let guide = std::fs::read_to_string(path).unwrap();
        let rows = guide.lines().filter(|line| line.starts_with("| `/"));
        let named: Vec<&str> = rows.flat_map(behind_slashes).collect();
        for slash in Slash::ALL {
            let name = slash.name_in(language);
            assert!(named.contains(&name), "{language:?}: /{name}");
        }
        let is_name = |name: &&&str| Slash::named(name).is_none();
        let unknown: Vec<_> = named.iter().filter(is_name).collect();
        assert!(unknown.is_empty(), "{language:?}: {unknown:?}");
    }
}
