//! Command lines as people write them.

use clap::error::ErrorKind;
use clap::{Arg, ArgAction, Command, CommandFactory, Parser};

use super::{Answer, Cli, CliCommand, Invocation, Switch, whole};
use crate::test_support::foreign_words;
use crate::texts::language::Language;

fn parse<const N: usize>(line: [&str; N]) -> Result<Invocation, Answer> {
    super::parse(Language::English, line)
}

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
    whole(Language::English).debug_assert();
    whole(Language::Russian).debug_assert();
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

/// None of our options leads to such an error today; one that is added later may.
#[test]
fn what_is_wrong_with_the_number_of_values_is_said_in_each_language() {
    let arg = || Arg::new("at").long("at").action(ArgAction::Set);
    let rows = [
        (
            arg().num_args(1).require_equals(true),
            ErrorKind::NoEquals,
            "needs its value after an equals sign",
            "пишется после знака равенства",
        ),
        (
            arg().num_args(2..=3),
            ErrorKind::TooFewValues,
            "needs more values",
            "нужно больше значений",
        ),
        (
            arg().num_args(2),
            ErrorKind::WrongNumberOfValues,
            "has the wrong number of values",
            "нужно другое число значений",
        ),
    ];
    for (arg, kind, english, russian) in rows {
        for (language, words) in [(Language::English, english), (Language::Russian, russian)] {
            let command = Command::new("watchtogether").arg(arg.clone());
            let line = ["watchtogether", "--at", "1"];
            let error = command.try_get_matches_from(line).unwrap_err();
            assert_eq!(error.kind(), kind);
            let shown = super::answer::answer(error, language).to_string();
            assert!(shown.contains(words), "{shown}");
        }
    }
}

#[test]
fn an_output_that_fails_is_said_in_the_language() {
    let cause = std::io::Error::from(std::io::ErrorKind::StorageFull);
    for error in [clap::Error::from(cause), clap::Error::from(std::fmt::Error)] {
        let shown = super::answer::answer(error, Language::Russian).to_string();
        assert!(shown.contains("Не удаётся писать"), "{shown}");
        assert_eq!(foreign_words(&shown), [""; 0], "{shown}");
    }
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
        (&["join", "a#b"], ErrorKind::ValueValidation),
        (
            &["join", "https://h.example/movie"],
            ErrorKind::ValueValidation,
        ),
        (
            &["join", "ab", "--server", "an example"],
            ErrorKind::ValueValidation,
        ),
        (
            &["join", "ab", "--password", "secret"],
            ErrorKind::UnknownArgument,
        ),
        (&["serve", "--listen", "here"], ErrorKind::ValueValidation),
        (
            &["serve", "--trust-proxy", "nginx"],
            ErrorKind::ValueValidation,
        ),
        (&["admin", "drain"], ErrorKind::MissingRequiredArgument),
        (
            &["admin", "drain", "--in", "60s", "--cancel"],
            ErrorKind::ArgumentConflict,
        ),
        (
            &["admin", "drain", "--in", "soon"],
            ErrorKind::ValueValidation,
        ),
        (&["admin", "ban", "ab", "#"], ErrorKind::ValueValidation),
        (&["admin", "room", "A b"], ErrorKind::ValueValidation),
        (&["galery"], ErrorKind::InvalidSubcommand),
        (&[], ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand),
    ];
    for (words, kind) in table {
        let line = [&["watchtogether"], *words].concat();
        let error = super::parse(Language::English, line).expect_err("a wrong command line");
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
    assert!(
        !whole(Language::English)
            .render_long_help()
            .to_string()
            .contains("generate")
    );
}

/// clap repeats words as they are, raw escape sequences included.
#[test]
fn an_error_about_hostile_words_steers_no_terminal() {
    let hostile = "x\u{1b}]0;taken\u{7}\nerror: all is lost\u{9b}2J\u{202e}";
    let flag = format!("--{hostile}");
    let listen = format!("--listen={hostile}");
    let table: &[&[&str]] = &[
        &[hostile],
        &["--", hostile],
        &["join", hostile],
        &["join", &flag],
        &["serve", &listen],
        &["gallery", "--server", hostile],
        &["serve", "--data-dir", hostile, "--ephemeral"],
        &["join", "movie-night", hostile],
    ];
    for words in table {
        for language in [Language::English, Language::Russian] {
            let line = [&["watchtogether"], *words].concat();
            let error = super::parse(language, line).expect_err("wrong");
            let text = error.to_string();
            assert!(!text.contains("\nerror: all"), "{words:?}: {text}");
            let steers = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
            assert!(!text.contains(steers), "{words:?}: {text:?}");
            // Colours are clap's own; nothing else steers the terminal where there are some.
            let coloured = error.render().ansi().to_string();
            let colours = coloured.matches("\u{1b}[").count();
            assert_eq!(coloured.matches('\u{1b}').count(), colours, "{coloured:?}");
            assert!(!coloured.contains('\u{7}'), "{coloured:?}");
            assert!(error.use_stderr() && error.exit_code() == 2);
        }
    }
}

/// The first line of an error, and its suggestion if there is one.
fn complaint(language: Language, line: &str) -> String {
    let words = std::iter::once("watchtogether").chain(line.split_whitespace());
    let text = match super::parse(language, words) {
        Err(error) => error.to_string(),
        Ok(other) => panic!("{line}: {other:?}"),
    };
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let tip = lines
        .iter()
        .skip(1)
        .find(|line| line.starts_with("tip:") || line.starts_with("подсказка:"));
    [lines.first(), tip]
        .into_iter()
        .flatten()
        .copied()
        .collect::<Vec<_>>()
        .join(" / ")
}

#[test]
fn errors_are_worded_in_both_languages() {
    let table = [
        (
            "join ab --serve x",
            "error: unexpected argument '--serve' / tip: a similar option exists: '--server'",
            "ошибка: неизвестный аргумент «--serve» / подсказка: есть похожий параметр: «--server»",
        ),
        (
            "--server x join ab",
            "error: unexpected argument '--server' / tip: '--server' belongs to 'join': \
             watchtogether join --server x ab",
            "ошибка: неизвестный аргумент «--server» / подсказка: «--server» — параметр команды \
             «join»: watchtogether join --server x ab",
        ),
        (
            "jion ab",
            "error: unknown command 'jion' / tip: did you mean: watchtogether join ab",
            "ошибка: нет такой команды: «jion» / подсказка: может быть, так: watchtogether join ab",
        ),
        (
            "--lang ru",
            "Watch a video together from a terminal.",
            "Смотрите видео вместе, прямо из терминала.",
        ),
        (
            "join",
            "error: missing: '<ROOM>'",
            "ошибка: не хватает: «<КОМНАТА>»",
        ),
        (
            "join ab --name",
            "error: '--name <NAME>' needs a value",
            "ошибка: для «--name <ИМЯ>» нужно значение",
        ),
        (
            "join ab --name A --name B",
            "error: '--name <NAME>' can be given only once",
            "ошибка: «--name <ИМЯ>» можно указать только один раз",
        ),
        (
            "join ab --json=yes",
            "error: '--json' takes no value, but got 'yes'",
            "ошибка: «--json» пишется без значения, а указано «yes»",
        ),
        (
            "join ab --unlisted --private",
            "error: '--unlisted' and '--private' can't be used together",
            "ошибка: «--unlisted» и «--private» нельзя указать вместе",
        ),
        (
            "serve --listen here",
            "error: invalid value 'here' for '--listen <ADDR:PORT>': use a port, or an IP address \
             and a port, such as 8000 or 0.0.0.0:8000",
            "ошибка: «--listen <АДРЕС:ПОРТ>»: недопустимое значение «here»: нужен порт или IP-адрес \
             с портом, например 8000 или 0.0.0.0:8000",
        ),
        (
            "serve --trust-proxy nginx",
            "error: invalid value 'nginx' for '--trust-proxy <NETWORK>': use an IP address or a \
             network, such as 127.0.0.1 or 10.0.0.0/8",
            "ошибка: «--trust-proxy <СЕТЬ>»: недопустимое значение «nginx»: нужен IP-адрес или сеть, \
             например 127.0.0.1 или 10.0.0.0/8",
        ),
        (
            "join ab --seek-threshold 0",
            "error: invalid value '0' for '--seek-threshold <SECONDS>': use seconds, more than 0 \
             and at most 3600, such as 2.5",
            "ошибка: «--seek-threshold <СЕКУНДЫ>»: недопустимое значение «0»: нужны секунды, \
             больше 0 и не больше 3600, например 2.5",
        ),
        (
            "serve --lang de",
            "error: invalid value 'de' for '--lang <LANGUAGE>': use en or ru",
            "ошибка: «--lang <ЯЗЫК>»: недопустимое значение «de»: укажите en или ru",
        ),
    ];
    for (line, english, russian) in table {
        assert_eq!(complaint(Language::English, line), english, "{line}");
        assert_eq!(complaint(Language::Russian, line), russian, "{line}");
    }
}

#[test]
fn a_wrong_address_of_redis_is_not_repeated() {
    for language in [Language::English, Language::Russian] {
        let said = complaint(language, "serve --redis http://me:s3cret@db");
        assert!(said.contains("redis://127.0.0.1:6379"), "{said}");
        assert!(!said.contains("s3cret"), "{said}");
    }
}

#[test]
fn the_values_that_are_possible_are_listed_as_text() {
    let line = ["watchtogether", "completions", "nu"];
    let shown = super::parse(Language::English, line).expect_err("no such shell");
    let shown = shown.to_string();
    let list = "possible values: 'bash', 'elvish', 'fish', 'powershell', 'zsh'";
    assert!(shown.contains(list), "{shown}");
    assert!(!shown.contains("1b"), "{shown}");
}

/// Around an error of ours stands what clap would say around its own.
#[test]
fn an_error_ends_with_the_usage_and_where_to_read_more() {
    let error = super::parse(Language::Russian, ["watchtogether", "join"]).expect_err("no room");
    assert_eq!(
        error.to_string(),
        "ошибка: не хватает: «<КОМНАТА>»\n\n\
         Использование: watchtogether join <КОМНАТА>\n\n\
         Подробнее: «--help».\n"
    );
}
