//! Colours in what is printed: none in a pipe unless they are asked for, and the layers that ask.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::support::join_client::JoinClient;
use crate::support::program;
use crate::support::server::Server;
use crate::support::terminal::Terminal;

const ESCAPE: char = '\x1b';

/// Everything that a command prints into pipes.
fn printed(command: &mut Command) -> String {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut input = child.stdin.take().expect("its input");
    let _it_reads_none = input.write_all(b"");
    drop(input);
    let Output { stdout, stderr, .. } = child.wait_with_output().expect("it ends");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    text(stdout) + &text(stderr)
}

/// The program with these words, in a home folder and without programs to call.
fn with_words(home: &Path, words: &[&str]) -> Command {
    let mut command = program(home);
    command.args(words).env("PATH", home);
    command
}

#[test]
fn a_pipe_gets_colours_only_if_they_are_asked_for() {
    let server = Server::ephemeral();
    let options = ["--no-player"];
    let mut alice = JoinClient::start(server.url(), "den", "Alice", &options);
    alice.joined();
    alice.command("/play https://example.org/film.mp4");
    let home = tempfile::tempdir().expect("a folder");
    let table: &[&[&str]] = &[
        &["--help"],
        &["join", "--help"],
        &["galery"],
        &[],
        &["gallery", "--server", server.url()],
        &["status", "den", "--server", server.url()],
        &["say", "nowhere", "hello", "--server", server.url()],
        &["conformance", server.url(), "--only", "clock"],
        &["doctor"],
    ];
    for words in table {
        let run = |options: &[&str], variables: &[(&str, &str)]| {
            let words = [words, options].concat();
            let mut command = with_words(home.path(), &words);
            printed(command.envs(variables.iter().copied()))
        };
        let plain = run(&[], &[]);
        assert!(!plain.is_empty() && !plain.contains(ESCAPE), "{plain:?}");
        let never = run(&["--color", "never"], &[("CLICOLOR_FORCE", "1")]);
        assert!(!never.contains(ESCAPE), "{words:?}: {never:?}");
        for (options, variables) in [
            (&["--color", "always"][..], &[("NO_COLOR", "1")][..]),
            (&[], &[("WATCHTOGETHER_COLOR", "always")]),
            (&[], &[("CLICOLOR_FORCE", "1")]),
        ] {
            let coloured = run(options, variables);
            assert!(coloured.contains(ESCAPE), "{words:?}: {coloured:?}");
        }
    }
}

#[test]
fn json_has_no_colours_even_if_they_are_asked_for() {
    let server = Server::ephemeral();
    let mut alice = JoinClient::start(server.url(), "den", "Alice", &["--no-player"]);
    alice.joined();
    let home = tempfile::tempdir().expect("a folder");
    for words in [
        &["gallery", "--server", server.url()][..],
        &["status", "den", "--server", server.url()],
        &["conformance", server.url(), "--only", "clock"],
        &["doctor"],
        &["config"],
    ] {
        let words = [words, &["--json", "--color", "always"]].concat();
        let lines = printed(&mut with_words(home.path(), &words));
        assert!(!lines.contains(ESCAPE), "{lines:?}");
        assert!(lines.starts_with('{'), "{lines:?}");
    }
}

#[test]
fn a_word_that_is_none_is_an_error_that_names_the_words() {
    let home = tempfile::tempdir().expect("a folder");
    let file = home.path().join("own.toml");
    std::fs::write(&file, "[ui]\ncolor = \"loud\"\n").expect("written");
    let file = file.to_str().expect("UTF-8");
    let expected = "use auto, always or never";
    for (words, variables) in [
        (&["gallery", "--color", "loud"][..], &[][..]),
        (&["gallery"], &[("WATCHTOGETHER_COLOR", "loud")]),
        (&["gallery", "--config", file], &[]),
    ] {
        let mut command = with_words(home.path(), words);
        command.envs(variables.iter().copied());
        let Output { status, stderr, .. } = command.output().expect("it runs");
        let complaint = String::from_utf8(stderr).expect("UTF-8");
        assert_eq!(status.code(), Some(2), "{complaint}");
        assert!(complaint.contains(expected), "{complaint}");
    }
    let mut command = with_words(home.path(), &["gallery", "--color", "loud", "--lang", "ru"]);
    let complaint = printed(&mut command);
    assert!(
        complaint.contains("укажите auto, always или never"),
        "{complaint}"
    );
}

/// Whether the word before an error is coloured in a terminal with these variables.
fn error_is_coloured(variables: &[(&str, &str)], options: &str) -> bool {
    let mut terminal = Terminal::open(variables);
    terminal.run(&format!("watchtogether gallery --log a=b=c {options}"));
    terminal.ended(2);
    let screen = terminal.screen();
    let (rows, _) = screen.size();
    let row = (0..rows.get())
        .find(|row| {
            let cell = |column| {
                screen
                    .cell(*row, column)
                    .map(|cell| cell.contents().to_owned())
            };
            let word: String = (0..6).filter_map(cell).collect();
            word == "error:"
        })
        .unwrap_or_else(|| panic!("no error in\n{}", terminal.picture()));
    let cell = screen.cell(row, 0).expect("a cell");
    cell.fgcolor() != vt100::Color::Default
}

#[test]
fn a_terminal_gets_them_unless_it_or_the_environment_has_none() {
    assert!(error_is_coloured(&[], ""));
    assert!(!error_is_coloured(&[("NO_COLOR", "1")], ""));
    assert!(error_is_coloured(&[("NO_COLOR", "1")], "--color always"));
    assert!(!error_is_coloured(&[], "--color never"));
    assert!(!error_is_coloured(&[("TERM", "dumb")], ""));
}
