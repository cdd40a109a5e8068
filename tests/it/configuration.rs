//! `config`: the settings in force, and the file that it writes.

use std::fs;
use std::path::Path;
use std::process::Output;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::program;
use crate::support::server::Server;

/// Runs the program in a home: exit code, standard output and standard error.
fn run(home: &Path, words: &[&str], variables: &[(&str, &str)]) -> (Option<i32>, String, String) {
    let mut command = program(home);
    command.args(words);
    command.env("XDG_CONFIG_HOME", home.join("settings"));
    for (name, value) in variables {
        command.env(name, value);
    }
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().expect("it starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (status.code(), text(stdout), text(stderr))
}

fn home() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

#[test]
fn a_commented_file_is_written_once_and_has_every_setting() {
    let home = home();
    let path = home.path().join("settings/watchtogether/config.toml");
    let named = path.to_str().expect("UTF-8");
    let (_, out, _) = run(home.path(), &["config", "path"], &[]);
    assert_eq!(out, format!("{named}\n"));

    let (code, out, err) = run(home.path(), &["config", "init"], &[]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert_eq!(out, format!("Wrote {named}\n"));
    let text = fs::read_to_string(&path).expect("the file");
    assert!(
        text.lines()
            .all(|line| line.chars().count() <= 80 || line.starts_with('#'))
    );

    // As it is it changes nothing.
    let (code, out, err) = run(home.path(), &["config"], &[]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert!(
        out.contains(named) && !out.contains("config.toml:"),
        "{out}"
    );

    // Each setting in it is one.
    let set: Vec<String> = text
        .lines()
        .map(|line| match line.strip_prefix('#') {
            Some(setting) if !setting.starts_with(' ') => setting.to_owned(),
            _ => line.to_owned(),
        })
        .collect();
    // Two of them exclude each other.
    let set = set.join("\n");
    let set = set
        .replacen("private = true", "private = false", 1)
        .replacen("lan = true", "lan = false", 1)
        .replace("audio-only = true", "audio-only = false")
        .replace("ephemeral = true", "ephemeral = false")
        .replacen("\ncookies = ", "\n#cookies = ", 2)
        .replacen("\ncookies-from-browser = ", "\n#cookies-from-browser = ", 3)
        .replacen("\ncookies = ", "\n#cookies = ", 1);
    fs::write(&path, set).expect("the file");
    let (code, out, err) = run(home.path(), &["config"], &[]);
    assert_eq!((code, err.as_str()), (Some(0), ""), "{out}");
    let missing: Vec<&str> = out
        .lines()
        .filter(|line| line.contains('=') && !line.contains("config.toml:"))
        .filter(|line| !line.contains("cookies"))
        .collect();
    assert_eq!(missing, [""; 0]);

    let before = fs::read_to_string(&path).expect("the file");
    let (code, out, err) = run(home.path(), &["config", "init"], &[]);
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert!(err.contains("is there already"), "{err}");
    assert_eq!(fs::read_to_string(&path).expect("the file"), before);
}

#[test]
fn a_file_is_written_where_a_flag_says_and_in_the_language() {
    let home = home();
    let path = home.path().join("own.toml");
    let named = path.to_str().expect("UTF-8");
    let words = ["config", "init", "--config", named, "--lang", "ru"];
    let (code, _, err) = run(home.path(), &words, &[]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    let text = fs::read_to_string(&path).expect("the file");
    assert!(
        text.contains("# Имя в комнате") || text.contains("имя"),
        "{text}"
    );
    let (code, _, err) = run(home.path(), &["config", "--config", named], &[]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
}

#[test]
fn every_setting_is_an_object_for_scripts() {
    let home = home();
    let path = home.path().join("own.toml");
    fs::write(&path, "\n[join]\nname = \"Ada\"\n").expect("the file");
    let named = path.to_str().expect("UTF-8");
    let variables = [
        ("WATCHTOGETHER_CONFIG", named),
        ("WATCHTOGETHER_SERVER", "https://watch.example.org"),
        ("WATCHTOGETHER_PASSWORD", "sesame-open"),
    ];
    let words = ["config", "--json", "--log", "warn"];
    let (code, out, err) = run(home.path(), &words, &variables);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert!(!out.contains("sesame"), "{out}");
    let lines: Vec<Value> = out
        .lines()
        .map(|line| serde_json::from_str(line).expect("an object a line"))
        .collect();
    let of = |key: &str| {
        let found = lines.iter().find(|line| line["key"] == key);
        found.unwrap_or_else(|| panic!("no {key} in {out}"))
    };
    let name = of("join.name");
    assert_eq!(
        (&name["value"], &name["from"]),
        (&"Ada".into(), &"file".into())
    );
    assert_eq!((&name["file"], &name["line"]), (&named.into(), &3.into()));
    let server = of("join.server");
    assert_eq!(server["from"], "environment");
    assert_eq!(server["name"], "WATCHTOGETHER_SERVER");
    assert_eq!(of("log.level")["name"], "--log");
    assert_eq!(of("join.no-bell")["value"], false);
    assert_eq!(of("join.no-bell")["from"], "default");
    assert_eq!(of("join.password")["value"], Value::Null);
}

#[test]
fn a_broken_file_is_named_with_its_line_and_can_still_be_found() {
    let home = home();
    let folder = home.path().join("settings/watchtogether");
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join("config.toml"), "[join]\nserevr = 1\n").expect("the file");
    for words in [
        &["config"][..],
        &["join", "movie-night"],
        &["doctor"],
        &["gallery"],
    ] {
        let (code, out, err) = run(home.path(), words, &[]);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{words:?}");
        let named = "config.toml, line 2: there's no setting `join.serevr`. Did you mean";
        assert!(err.contains(named), "{words:?}: {err}");
    }
    let (code, out, _) = run(home.path(), &["config", "path"], &[]);
    assert_eq!(code, Some(0));
    assert!(out.ends_with("config.toml\n"), "{out}");
}

#[test]
fn a_level_that_is_none_is_refused_with_the_one_that_was_meant() {
    let home = home();
    for (level, expected) in [
        ("nonsense", "isn't a log level"),
        ("debgu", "Did you mean `debug`?"),
        ("info,watchtogehter=debug", "Did you mean `watchtogether`?"),
    ] {
        let (code, _, err) = run(home.path(), &["config", "--log", level], &[]);
        assert_eq!(code, Some(2), "{level}");
        assert!(err.contains(expected), "{level}: {err}");
    }
}

#[test]
fn cookies_that_cannot_be_read_are_an_error_before_anything_starts() {
    let home = home();
    let missing = home.path().join("cookies.txt");
    let named = missing.to_str().expect("UTF-8");
    for words in [
        &["join", "movie-night", "--cookies", named][..],
        &["doctor"],
    ] {
        let variables = [("WATCHTOGETHER_COOKIES", named)];
        let (code, out, err) = run(home.path(), words, &variables);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{words:?}: {err}");
        assert!(
            err.contains(named) && err.contains("--cookies-from-browser firefox"),
            "{words:?}: {err}"
        );
    }
    assert!(!missing.exists());
    let words = ["join", "movie-night", "--cookies-from-browser", "fierfox"];
    let (code, _, err) = run(home.path(), &words, &[]);
    assert_eq!(code, Some(2));
    assert!(err.contains("Did you mean firefox?"), "{err}");
}

#[test]
fn a_server_has_a_name_wherever_one_is_taken() {
    let server = Server::ephemeral();
    let home = home();
    let folder = home.path().join("settings/watchtogether");
    fs::create_dir_all(&folder).expect("a folder");
    let text = format!("[servers.home]\nurl = \"{}\"\n", server.url());
    fs::write(folder.join("config.toml"), text).expect("the file");
    let words = ["gallery", "--server", "home", "--json"];
    let (code, _, err) = run(home.path(), &words, &[]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    let (_, out, _) = run(home.path(), &["doctor", "--server", "home", "--json"], &[]);
    assert!(out.contains(server.url()), "{out}");
    for subcommand in [&["gallery"][..], &["join", "movie-night"], &["doctor"]] {
        let words = [subcommand, &["--server", "hoem"]].concat();
        let (code, _, err) = run(home.path(), &words, &[]);
        assert_eq!(code, Some(2), "{words:?}");
        assert!(err.contains("Did you mean `home`?"), "{words:?}: {err}");
    }
}

#[test]
fn a_misspelt_variable_is_told_once_and_changes_nothing() {
    let home = home();
    let variables = [
        ("WATCHTOGETHER_THEEM", "dark"),
        ("WATCHTOGETHER_OF_OTHERS", "1"),
    ];
    let (code, out, err) = run(home.path(), &["config", "path"], &variables);
    assert_eq!(code, Some(0));
    assert!(out.ends_with("config.toml\n"), "{out}");
    let told = "Ignoring WATCHTOGETHER_THEEM: there's no such variable. \
        Did you mean WATCHTOGETHER_THEME?";
    assert_eq!(err.matches(told).count(), 1, "{err}");
    assert_eq!(err.lines().count(), 1, "{err}");
}
