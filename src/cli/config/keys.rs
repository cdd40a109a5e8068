//! Every key of `config.toml`, in the order of its manual page: what `config` prints, what `config
//! init` writes, and what watchtogether-config(5) explains.

use clap::{ArgAction, CommandFactory};
use toml::Value;

use super::DEFAULT_PORT;
use super::file::options_of;
use super::{own_keys, ytdl};
use crate::app::appearance::{ThemeChoice, ThemeRole};
use crate::cli::args::{self, Cli, ColourSetting};
use crate::cli::folders;
use crate::player::YTDL_KEYS;
use crate::protocol::text::Emoji;
use crate::server::Limits;
use crate::sync::follow::FollowConfig;
use crate::texts::catalogue::looked_up;
use crate::texts::language::Language;
use crate::texts::tr;

/// The subcommands with a table of their own.
pub(in crate::cli) const SUBCOMMANDS: [&str; 4] = ["join", "gallery", "serve", "admin"];

/// The table of a server, where any name may stand for this one.
pub(in crate::cli) const SERVERS: &str = "servers.home";

/// What is said of a table as a whole, in a language; `None` where its keys say it all.
pub(in crate::cli) fn about_table(table: &str, language: Language) -> Option<String> {
    match table {
        SERVERS => Some(tr!(language, "cli-man-config-servers")),
        own_keys::TABLE => Some(tr!(language, "cli-man-config-keys-table")),
        ytdl::TABLE => Some(tr!(language, "cli-man-config-ytdl")),
        "theme" => Some(tr!(language, "cli-man-config-theme")),
        _ => None,
    }
}

/// A key of a table that belongs to no subcommand.
struct OtherKey {
    table: &'static str,
    key: &'static str,
    kind: KeyKind,
    /// The placeholder of its value, as those of the options are written.
    placeholder: &'static str,
    /// The message that says what it is for.
    about: &'static str,
}

const fn other(
    table: &'static str,
    key: &'static str,
    kind: KeyKind,
    placeholder: &'static str,
    about: &'static str,
) -> OtherKey {
    OtherKey {
        table,
        key,
        kind,
        placeholder,
        about,
    }
}

/// The keys of the other tables, but for those of `[theme]`.
const OTHERS: [OtherKey; 12] = [
    other(
        SERVERS,
        "url",
        KeyKind::Text,
        "URL",
        "cli-man-config-server-url",
    ),
    other(SERVERS, "name", KeyKind::Text, "NAME", "cli-join-name"),
    other(
        SERVERS,
        "allow-private-media",
        KeyKind::Switch,
        "",
        "cli-join-allow-private-media",
    ),
    other(
        SERVERS,
        "ca-file",
        KeyKind::Text,
        "FILE",
        "cli-join-ca-file",
    ),
    other(
        SERVERS,
        "create-password-file",
        KeyKind::Text,
        "PATH",
        "cli-join-create-password-file",
    ),
    other("log", "level", KeyKind::Text, "LEVEL", "cli-log"),
    other("ui", "lang", KeyKind::Text, "LANGUAGE", "cli-lang"),
    other("ui", "color", KeyKind::Text, "WHEN", "cli-color"),
    other("ui", "theme", KeyKind::Text, "THEME", "cli-join-theme"),
    other(
        "ui",
        "reactions",
        KeyKind::List,
        "EMOJI",
        "cli-man-config-reactions",
    ),
    other(
        "player",
        "keys",
        KeyKind::Switch,
        "",
        "cli-man-config-player-keys",
    ),
    other(
        "player",
        "scripts",
        KeyKind::Switch,
        "",
        "cli-join-player-scripts",
    ),
];

/// What kind of value a key takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum KeyKind {
    /// `true` or `false`.
    Switch,
    /// A list of texts.
    List,
    /// A text, or a number.
    Text,
}

/// A key of the file.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::cli) struct SettingKey {
    /// Its table.
    pub(in crate::cli) table: &'static str,
    /// The key in the table.
    pub(in crate::cli) key: String,
    /// What kind of value it takes.
    pub(in crate::cli) kind: KeyKind,
    /// The placeholder of its value, in English, such as `FILE`; empty for a switch.
    pub(in crate::cli) placeholder: String,
    /// What it is for, in the language; empty where the keys of a table are explained together.
    pub(in crate::cli) about: String,
}

impl SettingKey {
    /// What counts where nothing sets it; `None` if there is no such value.
    pub(in crate::cli) fn usual(&self) -> Option<Value> {
        match self.table {
            "serve" => of_server(&self.key),
            "admin" => of_admin(&self.key),
            "join" | "gallery" => of_client(&self.key),
            _ => of_others(self.table, &self.key),
        }
        .or_else(|| (self.kind == KeyKind::Switch).then_some(Value::Boolean(false)))
        .filter(|_| self.table != ytdl::TABLE)
    }

    /// A value that could stand there: the usual one, else one as people have it.
    pub(in crate::cli) fn example(&self) -> Value {
        let text = match self.placeholder.as_str() {
            "URL" | "SERVER" => "https://watch.example.org",
            "NAME" => "Ada",
            "BROWSER" => "firefox",
            "TEXT" if self.table == ytdl::TABLE => match self.key.as_str() {
                "proxy" | "geo-verification-proxy" => "socks5://127.0.0.1:9050",
                "extractor-args" => "youtube:player_client=tv",
                _ => "...",
            },
            "TEXT" => "Friday films",
            "LINK" => "https://example.org/film.mp4",
            "NETWORK" => "127.0.0.1",
            "PREFIX" => "watchtogether",
            "NODE" => "web-1",
            "REDIS-URL" => "redis://127.0.0.1:6379",
            "KIND=HOW" => "mention=ring",
            "ADDR:PORT" => "127.0.0.1:9000",
            "ARG" => "--volume=40",
            "LANGUAGE" => "en",
            "DIR" => "/path/to/folder",
            _ if self.table == "theme" => "bright-blue",
            _ => "/path/to/file",
        };
        self.usual().unwrap_or_else(|| match self.kind {
            KeyKind::List => Value::from(vec![text]),
            KeyKind::Switch => Value::from(false),
            KeyKind::Text => Value::from(text),
        })
    }
}

/// Every key, explained in a language.
pub(in crate::cli) fn keys(language: Language) -> Vec<SettingKey> {
    let plain = Cli::command();
    let described = args::described(language);
    let of_subcommands = SUBCOMMANDS
        .into_iter()
        .flat_map(|table| of_subcommand(table, &plain, &described));
    let others = OTHERS.iter().map(|key| SettingKey {
        table: key.table,
        key: key.key.to_owned(),
        kind: key.kind,
        placeholder: key.placeholder.to_owned(),
        about: looked_up(language, key.about).unwrap_or_default(),
    });
    let unexplained = |table, key: &str, placeholder: &str| SettingKey {
        table,
        key: key.to_owned(),
        kind: KeyKind::Text,
        placeholder: placeholder.to_owned(),
        about: String::new(),
    };
    let of_actions = own_keys::names().map(|name| unexplained(own_keys::TABLE, name, "KEY"));
    let styles = ThemeRole::KEYS.iter();
    let styles = styles.map(|key| unexplained("theme", key, "STYLE"));
    of_subcommands
        .chain(others)
        .chain(YTDL_KEYS.iter().map(|key| of_ytdl(key, language)))
        .chain(of_actions)
        .chain(styles)
        .collect()
}

/// The keys of a subcommand's table: the plain command line has their placeholders, the described
/// one says what they are for.
fn of_subcommand(
    table: &'static str,
    plain: &clap::Command,
    described: &clap::Command,
) -> Vec<SettingKey> {
    let find = |program: &clap::Command, key: &str| {
        let found = program.find_subcommand(table)?;
        let mut args = found.get_arguments();
        args.find(|arg| arg.get_long() == Some(key)).cloned()
    };
    let keys = options_of(plain, table).into_iter().map(|option| {
        let about = find(described, &option.key);
        let about = about.and_then(|arg| Some(arg.get_help()?.to_string()));
        let named = find(plain, &option.key);
        let named = named
            .as_ref()
            .and_then(|arg| arg.get_value_names()?.first());
        let kind = match option.action {
            ArgAction::SetTrue => KeyKind::Switch,
            ArgAction::Append => KeyKind::List,
            _ => KeyKind::Text,
        };
        SettingKey {
            table,
            kind,
            placeholder: named
                .filter(|_| kind != KeyKind::Switch)
                .map(ToString::to_string)
                .unwrap_or_default(),
            about: about.unwrap_or_default(),
            key: option.key,
        }
    });
    keys.collect()
}

/// A key of `[ytdl]`.
fn of_ytdl(key: &str, language: Language) -> SettingKey {
    let is_switch = ytdl::is_switch(key);
    let (placeholder, about) = match key {
        _ if is_switch => ("", String::new()),
        ytdl::BROWSER => ("BROWSER", tr!(language, "cli-join-cookies-from-browser")),
        ytdl::COOKIES => ("FILE", tr!(language, "cli-join-cookies")),
        _ => ("TEXT", String::new()),
    };
    SettingKey {
        table: ytdl::TABLE,
        key: key.to_owned(),
        kind: if is_switch {
            KeyKind::Switch
        } else {
            KeyKind::Text
        },
        placeholder: placeholder.to_owned(),
        about,
    }
}

fn of_client(key: &str) -> Option<Value> {
    match key {
        "player" => Some(Value::from("mpv")),
        "seek-threshold" => {
            let seconds = FollowConfig::default().seek_threshold.as_seconds();
            Some(Value::from(seconds))
        }
        "osd" => Some(Value::from("full")),
        _ => None,
    }
}

fn of_server(key: &str) -> Option<Value> {
    let limits = Limits::default();
    let value = match key {
        "listen" => Value::from(vec![Value::from(i64::from(DEFAULT_PORT))]),
        "data-dir" => return folder(),
        "admin-socket" => return socket(),
        "succession-grace" => Value::from(30),
        "room-ttl" => Value::from(format!("{}d", limits.room_ttl.as_seconds() / 86_400.0)),
        "log-format" => Value::from("text"),
        "create" => Value::from("anyone"),
        "max-rooms" => Value::from(i64::from(limits.rooms)),
        "max-rooms-per-address" => Value::from(i64::from(limits.rooms_per_address)),
        "max-members" => Value::from(i64::from(limits.members)),
        "max-connections" => Value::from(i64::from(limits.connections)),
        "max-connections-per-address" => Value::from(i64::from(limits.connections_per_address)),
        _ => return None,
    };
    Some(value)
}

fn of_admin(key: &str) -> Option<Value> {
    match key {
        "socket" => socket(),
        "data-dir" => folder(),
        _ => None,
    }
}

fn of_others(table: &str, key: &str) -> Option<Value> {
    match (table, key) {
        ("log", "level") => Some(Value::from("info")),
        ("ui", "color") => Some(Value::from(ColourSetting::default().code())),
        ("ui", "theme") => Some(Value::from(ThemeChoice::Auto.code())),
        ("ui", "reactions") => Some(Value::from(Emoji::FIVE.to_vec())),
        (own_keys::TABLE, name) => own_keys::usual(name).map(Value::from),
        ("player", "keys") => Some(Value::from(true)),
        _ => None,
    }
}

fn folder() -> Option<Value> {
    folders::data().map(|folder| Value::from(folder.display().to_string()))
}

fn socket() -> Option<Value> {
    let socket = folders::data()?.join(super::serve::ADMIN_SOCKET);
    Some(Value::from(socket.display().to_string()))
}
