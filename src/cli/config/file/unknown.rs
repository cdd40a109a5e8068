//! Keys and tables of a file that there are not, with those that were probably meant.

use clap::CommandFactory;
use toml::de::{DeTable, DeValue};

use super::options_of;
use crate::app::appearance::ThemeRole;
use crate::cli::args::Cli;
use crate::cli::config::keys::SUBCOMMANDS;
use crate::cli::config::own_keys;
use crate::cli::config::servers::{self, PROFILE_KEYS};
use crate::cli::config::ytdl;
use crate::player::YTDL_KEYS;
use crate::protocol::text::nearest;

/// The tables that belong to no subcommand, with their keys.
const OTHER_TABLES: [(&str, &[&str]); 7] = [
    (own_keys::TABLE, &[]),
    (ytdl::TABLE, &YTDL_KEYS),
    (servers::TABLE, &[]),
    ("log", &["level"]),
    ("player", &["keys", "scripts"]),
    ("ui", &["lang", "color", "theme", "reactions"]),
    ("theme", &ThemeRole::KEYS),
];

/// An unknown key.
pub(super) struct UnknownKey {
    /// Its name, with its table.
    pub(super) key: String,
    /// The one that was probably meant.
    pub(super) nearest: Option<String>,
    /// The offset in the text.
    pub(super) at: usize,
}

/// The first unknown table or key, in the order of the text.
pub(super) fn first(file: &DeTable<'_>) -> Option<UnknownKey> {
    let cli = Cli::command();
    let mut tables = SUBCOMMANDS.to_vec();
    tables.extend(OTHER_TABLES.map(|(table, _)| table));
    let mut unknown_keys = Vec::new();
    for (name, value) in file {
        let table: &str = name.get_ref();
        if !tables.contains(&table) {
            unknown_keys.push(UnknownKey {
                key: table.to_owned(),
                nearest: home_of(table, &cli)
                    .or_else(|| Some(nearest(table, tables.iter().copied())?.to_owned())),
                at: name.span().start,
            });
        }
        let DeValue::Table(entries) = value.get_ref() else {
            continue;
        };
        let known: Vec<String> = match OTHER_TABLES.iter().find(|(name, _)| *name == table) {
            Some((own_keys::TABLE, _)) => own_keys::names().map(str::to_owned).collect(),
            Some((_, keys)) => keys.iter().map(|key| (*key).to_owned()).collect(),
            None => options_of(&cli, table)
                .into_iter()
                .map(|option| option.key)
                .collect(),
        };
        for (key, value) in entries {
            let word: &str = key.get_ref();
            if table == servers::TABLE {
                unknown_keys.extend(unknown_in_profile(word, value.get_ref()));
            } else if tables.contains(&table) && !known.iter().any(|known| known == word) {
                let like = nearest(word, known.iter().map(String::as_str));
                unknown_keys.push(UnknownKey {
                    key: format!("{table}.{word}"),
                    nearest: like.map(|like| format!("{table}.{like}")),
                    at: key.span().start,
                });
            }
        }
    }
    unknown_keys
        .into_iter()
        .min_by_key(|unknown_key| unknown_key.at)
}

/// The unknown keys of a server's profile.
fn unknown_in_profile(name: &str, profile: &DeValue<'_>) -> Vec<UnknownKey> {
    let DeValue::Table(entries) = profile else {
        return Vec::new();
    };
    let unknown = entries.keys().filter_map(|key| {
        let word: &str = key.get_ref();
        let named = |key: &str| format!("{}.{name}.{key}", servers::TABLE);
        (!PROFILE_KEYS.contains(&word)).then(|| UnknownKey {
            key: named(word),
            nearest: nearest(word, PROFILE_KEYS).map(named),
            at: key.span().start,
        })
    });
    unknown.collect()
}

/// The table in which an option belongs that is outside of any table.
fn home_of(key: &str, cli: &clap::Command) -> Option<String> {
    if let Some((table, _)) = OTHER_TABLES.iter().find(|(_, keys)| keys.contains(&key)) {
        return Some(format!("{table}.{key}"));
    }
    let home = ["serve", "join", "gallery", "admin"]
        .into_iter()
        .find(|name| options_of(cli, name).iter().any(|o| o.key == key))?;
    Some(format!("{home}.{key}"))
}
