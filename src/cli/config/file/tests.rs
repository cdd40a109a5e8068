//! Which configuration files are valid, and the errors for those that are not.

use std::path::Path;

use clap::{ArgAction, CommandFactory};

use super::{options_of, parse};
use crate::cli::args::{Cli, Switch};
use crate::test_support::foreign_words;
use crate::texts::language::Language;

#[test]
fn a_file_is_read() {
    let text = "\
# a comment
[serve]
listen = [\"0.0.0.0:8000\"]
data-dir = \"/srv/rooms\"

[join]
name = \"Ada\"
json = false
player-arg = [\"--fs\"]

[log]
level = \"debug\"
";
    let settings = parse(text, Path::new("config.toml")).expect("a good file");
    assert_eq!(settings.serve.listen.len(), 1);
    assert_eq!(settings.join.name.as_deref(), Some("Ada"));
    assert_eq!(settings.join.json, Switch::Off);
    assert_eq!(settings.log.level.as_deref(), Some("debug"));
    assert_eq!(
        parse("", Path::new("c")).expect("an empty file"),
        super::Settings::default()
    );
}

/// Flags and keys are the same list: each flag's name is accepted as a key of its table.
#[test]
fn every_flag_is_a_key() {
    let cli = Cli::command();
    let mut seen = 0;
    for subcommand in ["serve", "join", "gallery"] {
        for option in options_of(&cli, subcommand) {
            let value = match (option.action, option.key.as_str()) {
                (ArgAction::SetTrue, _) => "true",
                (ArgAction::Append, "listen") => "[\"127.0.0.1:1\"]",
                (ArgAction::Append, "trust-proxy") => "[\"127.0.0.1\"]",
                (ArgAction::Append, "alert") => "[\"film=off\"]",
                (ArgAction::Append, _) => "[\"a\"]",
                (_, "cookies-from-browser") => "\"firefox\"",
                (_, "server" | "public-url") => "\"https://h.example\"",
                (_, "create") => "\"password\"",
                (_, key) if key.starts_with("max-") => "7",
                (_, "seek-threshold" | "succession-grace") => "1.5",
                (_, "room-ttl") => "\"7d\"",
                (_, "metrics-listen") => "\"127.0.0.1:1\"",
                (_, "log-format") => "\"json\"",
                (_, "redis") => "\"redis://127.0.0.1\"",
                (_, "osd") => "\"quiet\"",
                _ => "\"a\"",
            };
            let text = format!("[{subcommand}]\n{} = {value}\n", option.key);
            let read = parse(&text, Path::new("c"));
            assert!(read.is_ok(), "{text}{read:?}");
            seen += 1;
        }
    }
    assert!(seen > 15, "only {seen} options were found");
}

#[test]
fn the_player_has_a_table_and_the_table_of_join_says_more() {
    let options = |text: &str| {
        let settings = parse(text, Path::new("c")).expect("a file");
        let options = settings.join_options();
        (options.no_player_keys, options.player_scripts)
    };
    assert_eq!(options(""), (Switch::Unset, Switch::Unset));
    assert_eq!(
        options("[player]\nkeys = false\nscripts = true"),
        (Switch::On, Switch::On)
    );
    assert_eq!(
        options("[player]\nkeys = false\n[join]\nno-player-keys = false"),
        (Switch::Off, Switch::Unset)
    );
    let words = |text: &str| {
        let fault = parse(text, Path::new("c")).expect_err(text);
        fault.words(crate::texts::language::Language::English)
    };
    assert_eq!(
        words("[player]\nkeys = 1"),
        "c, line 2: invalid value for `player.keys`: use true or false"
    );
    assert!(words("[player]\nkey = false").contains("Did you mean `player.keys`?"));
    assert!(words("[join]\nosd = \"loud\"").contains("use full, quiet or off"));
}

#[test]
fn what_is_wrong_is_reported_with_its_place() {
    let table = [
        (
            "[join]\nserevr = \"http://h.example\"",
            "c.toml, line 2: there's no setting `join.serevr`. Did you mean `join.server`?",
        ),
        (
            "[join]\ndata-dir = \"x\"",
            "c.toml, line 2: there's no setting `join.data-dir`",
        ),
        (
            "[join]\nname = \"a\"\nzzz = 1",
            "c.toml, line 3: there's no setting `join.zzz`",
        ),
        (
            "\n[jion]\n",
            "c.toml, line 2: there's no setting `jion`. Did you mean `join`?",
        ),
        (
            "server = \"x\"",
            "c.toml, line 1: there's no setting `server`. Did you mean `join.server`?",
        ),
        (
            "[generate]\n",
            "c.toml, line 1: there's no setting `generate`",
        ),
        ("[log]\nlevle = \"info\"", "Did you mean `log.level`?"),
        ("lang = \"ru\"", "Did you mean `ui.lang`?"),
        (
            "[ui]\nlanguage = \"ru\"",
            "there's no setting `ui.language`",
        ),
        (
            "[join]\njson = \"yes\"",
            "c.toml, line 2: invalid value for `join.json`: use true or false",
        ),
        (
            "[serve]\nlisten = [\n  \"127.0.0.1:8000\",\n  \"here\",\n]",
            "c.toml, line 4: invalid value for `serve.listen`: use a port, or an IP address and a \
             port",
        ),
        (
            "[join]\nserver = \"example\"",
            "invalid value for `join.server`: write the whole address",
        ),
        ("join = 3", "c.toml, line 1: invalid value for `join`"),
        (
            "[join]\nname = \"a\"\nname = \"b\"",
            "c.toml, line 3: this isn't valid TOML: the setting is set twice",
        ),
        ("[join\n", "c.toml, line 1: this isn't valid TOML"),
    ];
    for (text, expected) in table {
        let error = parse(text, Path::new("c.toml"))
            .expect_err(text)
            .words(Language::English);
        assert!(error.contains(expected), "{text}\n{error}");
    }
}

/// Whatever is wrong, nothing of it is in English unless it is quoted.
#[test]
fn what_is_wrong_is_said_in_russian() {
    let rows = [
        ("[join]\njson = \"yes\"", "укажите true или false"),
        ("[join]\nname = 7", "текст пишется в кавычках"),
        ("[join]\nplayer-ipc = 7", "текст пишется в кавычках"),
        ("[join]\nplayer-arg = \"--fs\"", "нужен список"),
        ("[log]\nlevel = 7", "текст пишется в кавычках"),
        ("join = 3", "это раздел"),
        (
            "[join]\nname = \"a\"\nname = \"b\"",
            "настройка задана дважды",
        ),
        ("[join]\nname = Ada", "нет значения или кавычек"),
        ("[join]\nname = 1 2 3", "это не TOML: "),
        ("[join]\nname = 0xg", "это не TOML: "),
    ];
    for (text, expected) in rows {
        let error = parse(text, Path::new("c.toml")).expect_err(text);
        let words = error.words(Language::Russian);
        assert!(words.contains(expected), "{text}\n{words}");
        // What is to be typed stays as it is.
        let own = words.replace("true", "").replace("false", "");
        assert_eq!(foreign_words(&own), [""; 0], "{words}");
    }
}

#[test]
fn a_wrong_key_is_refused_with_its_line_and_what_to_do() {
    for (text, expected) in [
        (
            "[keys]\nmute = \"M\"\nadd = \"f\"",
            "c, line 3: invalid value for `keys.add`: this key is the one of `fullscreen`; \
             give that another one, or take a free one",
        ),
        (
            "[keys]\nmute = \"F1\"",
            "c, line 2: invalid value for `keys.mute`: this key has a fixed meaning; take \
             another one",
        ),
        (
            "[keys]\nmute = \"Hyper-M\"",
            "line 2: invalid value for `keys.mute`: write a key such as x, X, Space",
        ),
        (
            "[keys]\nmute = [\"m\", \"M\"]",
            "line 2: invalid value for `keys.mute`: write a key such as x, X, Space",
        ),
        (
            "[keys]\nmuet = \"M\"",
            "line 2: there's no setting `keys.muet`. Did you mean `keys.mute`?",
        ),
        (
            "[keys]\nmute = \"M\"\nmute = \"N\"",
            "line 3: this isn't valid TOML: the setting is set twice",
        ),
    ] {
        let fault = parse(text, Path::new("c")).expect_err(text);
        let words = fault.words(Language::English);
        assert!(words.contains(expected), "{text}\n{words}");
    }
    assert!(parse("[keys]\nmute = \"f\"\nfullscreen = \"m\"", Path::new("c")).is_ok());
}
