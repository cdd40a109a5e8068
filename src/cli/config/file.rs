//! The layer of `config.toml`: a table for each subcommand, whose keys are named like the flags.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind};
use std::ops::Range;
use std::path::Path;
use std::time::Duration;

use clap::ArgAction;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::de::{DeTable, DeValue};

use super::bounded::{self, Bounds, ReadFault};
use super::error::{ConfigError, FilePosition};
use super::own_keys;
use super::servers::{self, Profiles};
use super::ytdl::{self, YtdlTable};
use crate::app::keys::own::{KeyFault, KeyMap};
use crate::app::own_reactions::OwnReactions;
use crate::cli::args::{
    self, AdminOptions, ColourSetting, FOR_ONE_RUN, GalleryOptions, JoinOptions, LanguageSetting,
    Layer as _, ServeOptions, StyleSetting, Switch, ThemeSetting, UnknownBrowser, ValueFault,
};
use crate::protocol::text::{Emoji, MemberName};

/// The limits for a configuration file: one with every setting has some 3 KiB (judgement).
const FILE: Bounds = Bounds {
    most: 1024 * 1024,
    patience: Duration::from_secs(5),
    first_line: false,
};

/// The content of a configuration file.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub(super) struct Settings {
    /// The table `[serve]`.
    pub(super) serve: ServeOptions,
    /// The table `[join]`.
    pub(super) join: JoinOptions,
    /// The table `[gallery]`.
    pub(super) gallery: GalleryOptions,
    /// The table `[admin]`.
    pub(super) admin: AdminOptions,
    /// The table `[log]`.
    pub(super) log: LogOptions,
    /// The table `[ui]`.
    pub(super) ui: UiOptions,
    /// The table `[player]`.
    pub(super) player: PlayerOptions,
    /// The table `[keys]`: keys by the names of what they do.
    pub(super) keys: BTreeMap<String, String>,
    /// The key map with these keys.
    #[serde(skip)]
    pub(super) key_map: KeyMap,
    /// The table `[ytdl]`.
    pub(super) ytdl: YtdlTable,
    /// The tables `[servers.NAME]`.
    pub(super) servers: Profiles,
    /// The table `[theme]`: the styles of the member's own, by the keys of [`ThemeRole`].
    pub(super) theme: BTreeMap<String, StyleSetting>,
    /// Each value as it is written, by its table, a dot and its key.
    #[serde(skip)]
    pub(super) written: BTreeMap<String, WrittenValue>,
}

/// A value as it is written in the file.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct WrittenValue {
    /// The line of its key, counted from 1.
    pub(super) line: usize,
    /// The value.
    pub(super) value: toml::Value,
}

/// The table `[log]`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(super) struct LogOptions {
    /// As the flag `--log`.
    pub(super) level: Option<String>,
}

/// The table `[ui]`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(super) struct UiOptions {
    /// As the flag `--lang`.
    pub(super) lang: Option<LanguageSetting>,
    /// As the flag `--color`.
    pub(super) color: Option<ColourSetting>,
    /// As the flag `--theme` of `join`.
    pub(super) theme: Option<ThemeSetting>,
    /// The emoji on the keys 1 to 5, as far as they are not the usual ones.
    pub(super) reactions: Option<Vec<Emoji>>,
}

/// The table `[player]`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(super) struct PlayerOptions {
    /// The opposite of `no-player-keys` in `[join]`.
    pub(super) keys: Option<bool>,
    /// As `player-scripts` in `[join]`.
    pub(super) scripts: Option<bool>,
}

impl Settings {
    /// The emoji on the keys 1 to 5, if the file sets any.
    pub(super) fn reactions(&self) -> Option<OwnReactions> {
        let own = self.ui.reactions.clone();
        own.map(OwnReactions::beginning_with)
    }

    /// The options of `join` of the file: its own table, and where that says nothing `[player]`.
    pub(super) fn join_options(&self) -> JoinOptions {
        let PlayerOptions { keys, scripts } = self.player;
        let switch = |on: Option<bool>| on.map_or(Switch::Unset, Switch::from);
        let of_player = JoinOptions {
            no_player_keys: switch(keys.map(|keys| !keys)),
            player_scripts: switch(scripts),
            ..JoinOptions::default()
        };
        self.join.clone().over(of_player.over(self.ytdl.options()))
    }
}

/// An option that can be set in the file.
#[derive(Debug, Clone)]
pub(super) struct Keyed {
    /// The key, which is the flag without its dashes.
    pub(super) key: String,
    /// Its kind according to clap: a switch, a list, or a single value.
    pub(super) action: ArgAction,
}

/// The options of a subcommand that can be set in its table.
pub(super) fn options_of(cli: &clap::Command, subcommand: &str) -> Vec<Keyed> {
    let found = cli.find_subcommand(subcommand);
    let options = found.into_iter().flat_map(clap::Command::get_arguments);
    options
        .filter_map(|arg| {
            Some(Keyed {
                key: arg
                    .get_long()
                    .filter(|key| !FOR_ONE_RUN.contains(key))?
                    .to_owned(),
                action: arg.get_action().clone(),
            })
        })
        .collect()
}

/// Reads a configuration file; `None` if it does not exist.
///
/// # Errors
/// [`ConfigError`] names the file, and the faulty line if there is one.
pub(super) fn read(path: &Path) -> Result<Option<Settings>, ConfigError> {
    match text_of(path) {
        Ok(text) => parse(&text, path).map(Some),
        Err(cause) if cause.kind() == ErrorKind::NotFound => Ok(None),
        Err(source) => Err(ConfigError::Unreadable {
            path: path.to_owned(),
            source,
        }),
    }
}

/// What a file sets for a key of `[ui]`, if it is an ordinary file that says so; whatever else is in
/// it. A pipe is left alone, as it can be read only once.
pub(super) fn early<T: DeserializeOwned>(path: &Path, key: &str) -> Option<T> {
    let text = path.is_file().then(|| text_of(path).ok())??;
    let file: toml::Table = toml::from_str(&text).ok()?;
    file.get("ui")?.get(key)?.clone().try_into().ok()
}

fn text_of(path: &Path) -> io::Result<String> {
    let bytes = bounded::read(path, FILE)?;
    String::from_utf8(bytes).map_err(|_| ReadFault::Utf8.into())
}

/// Parses the text of the file at `path`.
fn parse(text: &str, path: &Path) -> Result<Settings, ConfigError> {
    let place = |at: usize| FilePosition {
        path: path.to_owned(),
        line: 1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count(),
    };
    let table = DeTable::parse(text).map_err(|cause| ConfigError::Syntax {
        place: place(start(cause.span())),
        message: cause.message().to_owned(),
    })?;
    if let Some(unknown_key) = unknown::first(table.get_ref()) {
        return Err(ConfigError::Unknown {
            place: place(unknown_key.at),
            key: unknown_key.key,
            nearest: unknown_key.nearest,
        });
    }
    let read = toml::from_str(text).map_err(|cause| {
        let at = start(cause.span());
        let key = key_at(table.get_ref(), at);
        let value = cause.span().and_then(|span| text.get(span));
        let fault = value_fault(&key, value.unwrap_or_default(), cause.message());
        ConfigError::Value {
            place: place(at),
            key,
            fault,
        }
    });
    let mut settings: Settings = read?;
    let named = [
        ("join", &settings.join.server),
        ("gallery", &settings.gallery.server),
    ];
    servers::check(&settings.servers, named, table.get_ref(), &place)?;
    settings.written = written(table.get_ref(), text, &place);
    let place_of = |key: &str| FilePosition {
        path: path.to_owned(),
        line: settings.written.get(key).map_or(1, |written| written.line),
    };
    check_browser(&settings, place_of)?;
    check_names(&settings, place_of)?;
    settings.key_map = own_keys::read(&settings.keys, place_of)?;
    Ok(settings)
}

/// Checks the browser of `[ytdl]`, which is a text as the others there.
fn check_browser(
    settings: &Settings,
    place: impl Fn(&str) -> FilePosition,
) -> Result<(), ConfigError> {
    let Err(UnknownBrowser { nearest }) = settings.ytdl.browser() else {
        return Ok(());
    };
    let key = format!("{}.{}", ytdl::TABLE, ytdl::BROWSER);
    Err(ConfigError::Value {
        place: place(&key),
        key,
        fault: ValueFault::Browser(nearest),
    })
}

/// Checks the member's names, which are texts on a command line.
fn check_names(
    settings: &Settings,
    place: impl Fn(&str) -> FilePosition,
) -> Result<(), ConfigError> {
    let names = [
        ("join.name", &settings.join.name),
        ("gallery.name", &settings.gallery.name),
    ];
    for (key, name) in names {
        let checked = name.as_deref().map(MemberName::parse);
        if let Some(Err(why)) = checked {
            return Err(ConfigError::Value {
                place: place(key),
                key: key.to_owned(),
                fault: ValueFault::Name(why),
            });
        }
    }
    Ok(())
}

/// Each value of a valid file, with its line.
fn written(
    file: &DeTable<'_>,
    text: &str,
    place: &impl Fn(usize) -> FilePosition,
) -> BTreeMap<String, WrittenValue> {
    let values: toml::Table = toml::from_str(text).unwrap_or_default();
    let mut written = BTreeMap::new();
    collect(file, &values, "", &mut |name, at, value| {
        let line = place(at).line;
        written.insert(name, WrittenValue { line, value });
    });
    written
}

/// Hands on each value below a table: its name, the offset of its key, and itself.
fn collect(
    table: &DeTable<'_>,
    values: &toml::Table,
    prefix: &str,
    each: &mut impl FnMut(String, usize, toml::Value),
) {
    for (key, entry) in table {
        let word: &str = key.get_ref();
        let name = format!("{prefix}{word}");
        match (entry.get_ref(), values.get(word)) {
            (DeValue::Table(below), Some(toml::Value::Table(values))) => {
                collect(below, values, &format!("{name}."), each);
            }
            (_, Some(value)) => each(name, key.span().start, value.clone()),
            (_, None) => {}
        }
    }
}

/// What is wrong with the value of a key, as it is written in the file.
fn value_fault(key: &str, written: &str, message: &str) -> ValueFault {
    let value = written.trim_matches(['"', '\'']);
    match key.split_once('.') {
        Some((servers::TABLE, key)) if is_address(key) => {
            args::fault_of_values("host", "public-url", &[value], message)
        }
        Some((own_keys::TABLE, _)) => ValueFault::Key(KeyFault::NoKey),
        Some((ytdl::TABLE, _)) => ValueFault::YtdlOption,
        Some(("ui", "lang")) => ValueFault::Language,
        Some(("ui", "color")) => ValueFault::Colour,
        Some(("ui", "theme")) => ValueFault::Theme,
        Some(("theme", _)) => ValueFault::Style,
        Some(("ui", "reactions")) => ValueFault::Reactions(no_emoji(written)),
        Some((servers::TABLE, _)) | None => ValueFault::of_type(message),
        Some((subcommand, key)) => args::fault_of_values(subcommand, key, &[value], message),
    }
}

/// The first text that is no emoji, of a list or of an entry as it is written in the file.
fn no_emoji(written: &str) -> Option<String> {
    let table: toml::Table = toml::from_str(&format!("written = {written}")).ok()?;
    let entries = match table.get("written")? {
        toml::Value::Array(entries) => entries.as_slice(),
        entry => std::slice::from_ref(entry),
    };
    let mut texts = entries.iter().filter_map(toml::Value::as_str);
    let found = texts.find(|text| Emoji::parse(text).is_err());
    found.map(str::to_owned)
}

/// Whether a key of a server's profile, with the profile's name, is that of its address.
fn is_address(key: &str) -> bool {
    key.rsplit_once('.').is_some_and(|(_, last)| last == "url")
}

fn start(span: Option<Range<usize>>) -> usize {
    span.map_or(0, |span| span.start)
}

/// The key whose value is at this byte offset; a table's name if it is in none.
fn key_at(file: &DeTable<'_>, at: usize) -> String {
    for (key, value) in file {
        let name = key.get_ref();
        let is_here = value.span().contains(&at) || value.span().start == at;
        match value.get_ref() {
            DeValue::Table(entries) => match key_at(entries, at).as_str() {
                NO_KEY if is_here => return name.to_string(),
                NO_KEY => {}
                below => return format!("{name}.{below}"),
            },
            _ if is_here => return name.to_string(),
            _ => {}
        }
    }
    NO_KEY.to_owned()
}

/// What stands for the name of a key that is not found.
const NO_KEY: &str = "?";

mod unknown;

#[cfg(test)]
mod tests;
