//! Command lines without a subcommand.

use std::ffi::OsString;

use clap::error::ErrorKind;

use super::written_out;
use crate::cli::args::{CliCommand, Invocation, parse, whole};
use crate::protocol::room_name::made_up;
use crate::texts::language::Language::{English, Russian};

fn full(line: &str) -> Result<String, ErrorKind> {
    let words = std::iter::once("watchtogether").chain(line.split_whitespace());
    let words = words.map(OsString::from).collect();
    let full = written_out(&whole(English), words, &made_up(0));
    let full = full.map_err(|error| error.kind())?;
    let full: Vec<_> = full
        .iter()
        .skip(1)
        .map(|word| word.to_str().unwrap())
        .collect();
    Ok(full.join(" "))
}

#[test]
fn a_line_without_a_subcommand_is_written_out() {
    let host = format!("host {}", made_up(0));
    let film = "https://example.org/film.mp4";
    let tube = "https://youtu.be/aqz-KE-bpKQ?t=3";
    let rows = [
        ("movie-night", "join movie-night"),
        ("Кино", "join Кино"),
        ("movie-night --name Ada", "join movie-night --name Ada"),
        ("--name Ada movie-night", "join movie-night --name Ada"),
        ("--lang=ru movie-night", "join movie-night --lang=ru"),
        (
            "https://watch.example.org/r/movie-night",
            "join https://watch.example.org/r/movie-night",
        ),
        (
            "watch.example.org/r/movie-night",
            "join watch.example.org/r/movie-night",
        ),
        ("watch.example.org", "gallery --server watch.example.org"),
        (
            "http://localhost:8000/",
            "gallery --server http://localhost:8000/",
        ),
        ("localhost:8000", "gallery --server localhost:8000"),
        (film, &format!("{host} {film}")),
        (tube, &format!("{host} {tube}")),
        ("help", "--help"),
        ("help join", "join --help"),
        ("help admin room", "admin room --help"),
        ("version", "--version"),
        ("-v", "--version"),
        ("--lang ru version", "--version --lang ru"),
        (
            "http://127.0.0.1:8000/r/",
            "gallery --server http://127.0.0.1:8000",
        ),
        (
            "<https://watch.example.org/r/movie-night>",
            "join https://watch.example.org/r/movie-night",
        ),
        ("magnet:?xt=1", &format!("{host} magnet:?xt=1")),
        ("./film.mp4", &format!("{host} ./film.mp4")),
        ("film.mp4", &format!("{host} film.mp4")),
        (&format!("host {film}"), &format!("{host} {film}")),
        (
            &format!("host --lan {film} --name Ada"),
            &format!("host --lan {} {film} --name Ada", made_up(0)),
        ),
    ];
    for (line, expected) in rows {
        assert_eq!(full(line).as_deref(), Ok(expected), "{line}");
    }
}

#[test]
fn a_line_with_a_subcommand_stays_as_it_is() {
    for line in [
        "join movie-night",
        "--lang ru gallery",
        "--server x join ab",
        "--help",
        "-V movie-night",
        "generate --man a --completions b",
        "host movie-night https://example.org/film.mp4",
        "join https://example.org/film.mp4",
    ] {
        assert_eq!(full(line).as_deref(), Ok(line));
    }
}

#[test]
fn a_word_that_is_nearly_a_subcommand_is_no_room() {
    for line in ["galery", "jion", "Join", "hosts", "--lang en servr"] {
        assert_eq!(full(line), Err(ErrorKind::InvalidSubcommand), "{line}");
    }
    let shown_of = |line: &[&str]| parse(English, line).unwrap_err().to_string();
    let shown = |line: [&str; 2]| shown_of(&line);
    let galery = shown(["watchtogether", "galery"]);
    let tip = "did you mean 'gallery'? To join a room of that name: watchtogether join galery";
    assert!(galery.contains(tip), "{galery}");
    let jion = shown_of(&["watchtogether", "hsot", "Movie Night", "--lan"]);
    let tip = "tip: did you mean: watchtogether host \"Movie Night\" --lan\n";
    assert!(jion.contains(tip), "{jion}");
    // No name is made up that nobody wrote.
    let single = shown(["watchtogether", "a"]);
    assert!(
        single.contains("'add'") && !single.contains(" join "),
        "{single}"
    );
    // "say" is as near.
    let stat = shown(["watchtogether", "stat"]);
    assert!(stat.contains("did you mean 'status'?"), "{stat}");
}

#[test]
fn an_empty_word_is_called_empty() {
    for word in ["", "  "] {
        let shown = parse(English, ["watchtogether", word]).unwrap_err();
        let shown = shown.to_string();
        assert!(
            shown.starts_with("error: the first word is empty"),
            "{shown}"
        );
    }
    let shown = parse(English, ["watchtogether", "join", ""]).unwrap_err();
    let shown = shown.to_string();
    assert!(shown.starts_with("error: '<ROOM>' is empty"), "{shown}");
}

#[test]
fn nothing_at_all_is_answered_with_what_one_can_do() {
    assert_eq!(
        full(""),
        Err(ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand)
    );
    let shown = parse(English, ["watchtogether"]).unwrap_err().to_string();
    assert!(shown.contains("watchtogether host movie-night"), "{shown}");
    assert!(shown.lines().count() < 12, "{shown}");
    // Options that every subcommand has ask for nothing more.
    let russian = ["watchtogether", "--lang", "ru", "--log=debug"];
    let russian = parse(Russian, russian).unwrap_err();
    assert_eq!(
        russian.to_string(),
        parse(Russian, ["watchtogether"]).unwrap_err().to_string()
    );
    let wrong = ["watchtogether", "--lang", "xx"];
    let wrong = parse(English, wrong).unwrap_err();
    assert_eq!(wrong.kind(), ErrorKind::ValueValidation);
    let admin = parse(English, ["watchtogether", "admin"]).unwrap_err();
    assert_ne!(admin.to_string(), shown, "it has commands of its own");
}

#[test]
fn what_is_written_out_is_a_command_line_that_is_taken() {
    for (line, name) in [
        (&["watchtogether", "Movie Night"][..], "movie-night"),
        (
            &["watchtogether", "watch.example.org/r/movie-night"],
            "movie-night",
        ),
    ] {
        let Ok(Invocation::Run(cli)) = parse(English, line) else {
            panic!("{line:?}");
        };
        let CliCommand::Join(args) = cli.command else {
            panic!("{line:?}");
        };
        assert!(format!("{:?}", args.room.target).contains(name));
    }
}
