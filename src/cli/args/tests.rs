//! Command lines as people write them.

use clap::error::ErrorKind;
use clap::{CommandFactory, Parser};

use super::{Cli, CliCommand, Invocation, Switch, parse, whole};

fn join(words: &[&str]) -> super::JoinArgs {
    let line = [&["watchtogether", "join", "movie-night"], words].concat();
    match Cli::try_parse_from(line)
        .expect("a good command line")
        .command
    {
        CliCommand::Join(args) => *args,
        other => panic!("{other:?}"),
    }
}

#[test]
fn clap_finds_no_fault_in_the_definitions() {
    whole().debug_assert();
    Cli::command().debug_assert();
}

#[test]
fn a_switch_that_is_not_given_leaves_the_question_open() {
    assert_eq!(join(&[]).options.json, Switch::Unset);
    assert_eq!(join(&["--json"]).options.json, Switch::On);
}

#[test]
fn options_for_mpv_are_taken_as_they_are() {
    let args = join(&["--player-arg", "--fs", "--player-arg=--volume=40"]);
    assert_eq!(args.options.player_arg, ["--fs", "--volume=40"]);
}

#[test]
fn usage_errors_end_with_code_2() {
    let table: &[(&[&str], ErrorKind)] = &[
        (
            &["serve", "--data-dir", "x", "--ephemeral"],
            ErrorKind::ArgumentConflict,
        ),
        (
            &["join", "ab", "--unlisted", "--private"],
            ErrorKind::ArgumentConflict,
        ),
        (
            &["join", "ab", "--no-player", "--audio-only"],
            ErrorKind::ArgumentConflict,
        ),
        (
            &["join", "ab", "--lan", "--server", "http://h.example"],
            ErrorKind::ArgumentConflict,
        ),
        (&["join"], ErrorKind::MissingRequiredArgument),
        (&["join", "Movie Night"], ErrorKind::ValueValidation),
        (
            &["join", "https://h.example/movie"],
            ErrorKind::ValueValidation,
        ),
        (
            &["join", "ab", "--server", "h.example"],
            ErrorKind::ValueValidation,
        ),
        (
            &["join", "ab", "--password", "secret"],
            ErrorKind::UnknownArgument,
        ),
        (&["serve", "--listen", "8000"], ErrorKind::ValueValidation),
        (&["watch"], ErrorKind::InvalidSubcommand),
        (&[], ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand),
    ];
    for (words, kind) in table {
        let line = [&["watchtogether"], *words].concat();
        let error = parse(line).expect_err("a wrong command line");
        assert_eq!((error.kind(), error.exit_code()), (*kind, 2), "{words:?}");
    }
}

#[test]
fn the_version_names_the_licence_of_the_binary() {
    let answer = parse(["watchtogether", "--version"]).expect_err("an answer, not a run");
    assert_eq!(answer.exit_code(), 0);
    let text = answer.to_string();
    assert!(text.contains(env!("CARGO_PKG_VERSION")), "{text}");
    assert!(text.contains("GPL-3.0"), "{text}");
}

#[test]
fn the_hidden_subcommand_is_found_and_not_shown() {
    let line = [
        "watchtogether",
        "generate",
        "--man",
        "a",
        "--completions",
        "b",
    ];
    assert!(matches!(parse(line), Ok(Invocation::Generate(_))));
    assert!(!whole().render_long_help().to_string().contains("generate"));
}

/// clap repeats words as they are, raw escape sequences included.
#[test]
fn an_error_about_hostile_words_steers_no_terminal() {
    let hostile = "x\u{1b}]0;taken\u{7}\nerror: all is lost\u{9b}2J\u{202e}";
    let flag = format!("--{hostile}");
    let listen = format!("--listen={hostile}");
    let table: &[&[&str]] = &[
        &[hostile],
        &["join", hostile],
        &["join", &flag],
        &["serve", &listen],
        &["gallery", "--server", hostile],
        &["serve", "--data-dir", hostile, "--ephemeral"],
        &["join", "movie-night", hostile],
    ];
    for words in table {
        let error = parse([&["watchtogether"], *words].concat()).expect_err("wrong");
        let text = error.to_string();
        assert!(!text.contains("\nerror: all"), "{words:?}: {text}");
        let steers = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        assert!(!text.contains(steers), "{words:?}: {text:?}");
        assert!(error.use_stderr() && error.exit_code() == 2);
    }
}
