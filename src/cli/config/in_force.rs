//! Which value of each setting is in force, and where it comes from.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use toml::Value;

use super::credentials::hidden;
use super::environment::{COLOUR, LANGUAGE, LOG, PASSWORD, THEME};
use super::file::{WrittenValue, options_of};
use super::keys::{SERVERS, SettingKey, keys};
use super::layers::merge;
use super::servers::Named;
use super::{ConfigError, FilePosition, LowerLayer, Sources};
use super::{own_keys, ytdl};
use crate::app::preferences::OwnChoices;
use crate::cli::args::{AdminOptions, Cli, GlobalArgs, JoinOptions, Layer, ServeOptions};
use crate::protocol::text::{Emoji, MemberName};
use crate::texts::language::Language;

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) enum Origin {
    /// A flag of this command line.
    Flag(&'static str),
    /// An environment variable.
    Variable(String),
    /// A line of the file.
    File(FilePosition),
    /// What was chosen on the screen before, and kept.
    Kept,
    /// Nothing: it is what counts then.
    Usual,
}

/// A setting, and its value in force.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::cli) struct InForce {
    /// Its table.
    pub(in crate::cli) table: String,
    /// Its key in the table.
    pub(in crate::cli) key: String,
    /// The value; `None` if there is none, or it is a secret.
    pub(in crate::cli) value: Option<Value>,
    /// Where it comes from.
    pub(in crate::cli) origin: Origin,
}

/// What earlier runs left that settings may leave to them.
#[derive(Debug, Clone, Default)]
pub(in crate::cli) struct Kept {
    /// What was chosen on the screen.
    pub(in crate::cli) choices: OwnChoices,
    /// The name that was used last.
    pub(in crate::cli) name: Option<MemberName>,
}

/// The values of one layer that are set, by table and key, with where each is.
type Found = BTreeMap<(&'static str, String), (Value, Origin)>;

impl Sources {
    /// Every setting with its value in force, in the order of the manual page. `language` is the one
    /// that is spoken.
    ///
    /// # Errors
    /// [`ConfigError`] if a layer has a wrong value, or contradicts itself.
    pub(in crate::cli) fn in_force(
        &self,
        global: &GlobalArgs,
        kept: &Kept,
        language: Language,
    ) -> Result<Vec<InForce>, ConfigError> {
        let mut found = Found::new();
        let named: JoinOptions = self.environment.options("join")?;
        self.address(named.server.as_ref(), Named::Lower(LowerLayer::Environment))?;
        self.options::<JoinOptions>("join", self.file.join_options(), &mut found)?;
        self.options("gallery", self.file.gallery.clone(), &mut found)?;
        self.options::<ServeOptions>("serve", self.file.serve.clone(), &mut found)?;
        self.options::<AdminOptions>("admin", self.file.admin.clone(), &mut found)?;
        self.others(global, &mut found)?;
        let mut all = Vec::new();
        for key in keys(language) {
            if key.table == SERVERS {
                self.profiles(&mut all);
                continue;
            }
            let set = found.remove(&(key.table, key.key.clone()));
            let is_secret = key.table == ytdl::TABLE && ytdl::is_secret(&key.key);
            let (value, origin) = match set {
                Some((value, origin)) => ((!is_secret).then(|| hidden(value)), origin),
                None => without(&key, kept, language),
            };
            all.push(InForce {
                table: key.table.to_owned(),
                key: key.key,
                value,
                origin,
            });
        }
        if self.environment.text(PASSWORD)?.is_some() {
            all.push(InForce {
                table: "join".to_owned(),
                key: "password".to_owned(),
                value: None,
                origin: Origin::Variable(PASSWORD.to_owned()),
            });
        }
        Ok(all)
    }

    /// What the environment and the file set of a subcommand's options.
    fn options<L: Layer + Clone + Default + DeserializeOwned>(
        &self,
        table: &'static str,
        file: L,
        found: &mut Found,
    ) -> Result<(), ConfigError> {
        let environment: L = self.environment.options(table)?;
        let merged = merge(table, L::default(), environment.clone(), file)?;
        for option in options_of(&<Cli as clap::CommandFactory>::command(), table) {
            let field = option.key.replace('-', "_");
            if !merged.sets(&field) {
                continue;
            }
            let set = if environment.sets(&field) {
                let Some((name, value)) = self.environment.value(&option)? else {
                    continue;
                };
                (value, Origin::Variable(name))
            } else if let Some(set) = self.written(table, &option.key) {
                set
            } else {
                continue;
            };
            found.insert((table, option.key), set);
        }
        Ok(())
    }

    /// The value of a key as the file has it; of two keys of `join`, `[player]` may say it.
    fn written(&self, table: &str, key: &str) -> Option<(Value, Origin)> {
        let of = |name: &str| self.file.written.get(name);
        let own = of(&format!("{table}.{key}"));
        let value = own.map(|written| written.value.clone());
        let (written, value) = match (own, table, key) {
            (Some(own), _, _) => (own, value?),
            (None, "join", "no-player-keys") => {
                let written = of("player.keys")?;
                (written, Value::Boolean(!written.value.as_bool()?))
            }
            (None, "join", ytdl::BROWSER | ytdl::COOKIES) => {
                let written = of(&format!("{}.{key}", ytdl::TABLE))?;
                (written, written.value.clone())
            }
            (None, "join", "player-scripts") => {
                let written = of("player.scripts")?;
                (written, written.value.clone())
            }
            _ => return None,
        };
        Some((value, Origin::File(self.place(written))))
    }

    /// Adds what the file says of the servers, unless that is done.
    fn profiles(&self, all: &mut Vec<InForce>) {
        if all.iter().any(|one| one.table.starts_with("servers.")) {
            return;
        }
        for (name, written) in &self.file.written {
            if let Some((table, key)) = name.rsplit_once('.')
                && table.starts_with("servers.")
            {
                all.push(InForce {
                    table: table.to_owned(),
                    key: key.to_owned(),
                    value: Some(written.value.clone()),
                    origin: Origin::File(self.place(written)),
                });
            }
        }
    }

    fn place(&self, written: &WrittenValue) -> FilePosition {
        FilePosition {
            path: self.path.clone().unwrap_or_default(),
            line: written.line,
        }
    }

    /// What the layers set of the tables that belong to no subcommand.
    fn others(&self, global: &GlobalArgs, found: &mut Found) -> Result<(), ConfigError> {
        let of_file = self.file.written.keys().filter_map(|name| {
            let (table, key) = name.split_once('.')?;
            let table = ["log", "ui", "player", ytdl::TABLE, own_keys::TABLE, "theme"]
                .into_iter()
                .find(|other| *other == table)?;
            let set = self.written(table, key)?;
            Some(((table, key.to_owned()), set))
        });
        found.extend(of_file);
        for (table, key, name) in [
            ("log", "level", LOG),
            ("ui", "lang", LANGUAGE),
            ("ui", "color", COLOUR),
            ("ui", "theme", THEME),
        ] {
            if let Some(text) = self.environment.text(name)? {
                let set = (Value::from(text), Origin::Variable(name.to_owned()));
                found.insert((table, key.to_owned()), set);
            }
        }
        if let Some(level) = &global.log {
            let set = (Value::from(level.as_str()), Origin::Flag("--log"));
            found.insert(("log", "level".to_owned()), set);
        }
        if let Some(language) = global.lang {
            let set = (Value::from(language.0.code()), Origin::Flag("--lang"));
            found.insert(("ui", "lang".to_owned()), set);
        }
        if let Some(colour) = global.colour {
            let set = (Value::from(colour.code()), Origin::Flag("--color"));
            found.insert(("ui", "color".to_owned()), set);
        }
        Ok(())
    }
}

/// The value of a key that no layer sets.
fn without(key: &SettingKey, kept: &Kept, language: Language) -> (Option<Value>, Origin) {
    let choices = &kept.choices;
    let chosen = match (key.table, key.key.as_str()) {
        ("ui", "theme") => choices.theme.map(|theme| Value::from(theme.code())),
        ("ui", "lang") => choices.language.map(|chosen| Value::from(chosen.code())),
        ("ui", "reactions") => choices.reactions.as_ref().map(|own| {
            let emoji: Vec<&str> = own.iter().map(Emoji::as_str).collect();
            Value::from(emoji)
        }),
        ("join" | "gallery", "osd") => choices.osd.map(|level| Value::from(level.code())),
        ("join" | "gallery", "name") => kept.name.as_ref().map(|name| Value::from(name.as_str())),
        _ => None,
    };
    if let Some(chosen) = chosen {
        return (Some(chosen), Origin::Kept);
    }
    let usual = match (key.table, key.key.as_str()) {
        ("ui", "lang") => Some(Value::from(language.code())),
        _ => key.usual(),
    };
    (usual, Origin::Usual)
}

#[cfg(test)]
mod tests;
