//! What the program answers before it contacts anything: usage, settings, version, logs.

use std::path::PathBuf;
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::support::files_below;

/// The program in a home folder of its own, with nothing else in its environment.
struct Program {
    home: TempDir,
}

impl Program {
    fn new() -> Self {
        let home = TempDir::new().expect("a folder");
        Self { home }
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_watchtogether"));
        command
            .args(words)
            .env_clear()
            .env("HOME", self.home.path());
        command
    }

    /// Runs it with these arguments: exit code, standard output and standard error.
    fn answer(&self, words: &[&str]) -> (Option<i32>, String, String) {
        outcome(&self.command(words).output().expect("the program starts"))
    }
}

fn outcome(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    (
        output.status.code(),
        text(&output.stdout),
        text(&output.stderr),
    )
}

#[test]
fn the_version_goes_to_standard_output() {
    let (code, out, err) = Program::new().answer(&["--version"]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert!(out.starts_with("watchtogether "), "{out}");
}

#[test]
fn wrong_usage_and_wrong_settings_end_with_code_2() {
    let table = [
        (&["galery"][..], "unknown command"),
        (
            &["serve", "--config", "/none.toml"],
            "There's no file /none.toml",
        ),
        (
            &["join", "movie-night", "--private"],
            "WATCHTOGETHER_PASSWORD",
        ),
        (
            &["gallery", "--log", "watchtogether=loud"],
            "isn't a log level",
        ),
    ];
    for (words, expected) in table {
        let (code, out, err) = Program::new().answer(words);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{words:?}: {err}");
        assert!(err.contains(expected), "{words:?}: {err}");
    }
}

#[test]
fn the_environment_and_the_file_in_the_configuration_folder_are_read() {
    let program = Program::new();
    let wrong = program
        .command(&["serve"])
        .env("WATCHTOGETHER_LISTEN", "nowhere")
        .output();
    let (code, _, err) = outcome(&wrong.expect("the program starts"));
    assert_eq!(code, Some(2), "{err}");
    assert!(err.contains("WATCHTOGETHER_LISTEN"), "{err}");

    // Where Linux and macOS keep settings; the one that is not this system's is ignored.
    for folder in [
        ".config/watchtogether",
        "Library/Application Support/watchtogether",
    ] {
        let folder = program.home.path().join(folder);
        std::fs::create_dir_all(&folder).expect("the folder is made");
        std::fs::write(folder.join("config.toml"), "[serve]\nlisen = []\n").expect("written");
    }
    let (code, _, err) = program.answer(&["serve"]);
    assert_eq!(code, Some(2), "{err}");
    assert!(err.contains("Did you mean `serve.listen`?"), "{err}");
}

/// Options, variables, and whether Russian follows from them.
type Row<'a> = (&'a [&'a str], &'a [(&'a str, &'a str)], bool);

#[test]
fn the_language_is_that_of_the_flag_the_variable_the_file_or_the_locale() {
    let program = Program::new();
    let config = program.home.path().join("ru.toml");
    std::fs::write(&config, "[ui]\nlang = \"ru\"\n").expect("written");
    let config = config.to_str().expect("UTF-8");
    let table: &[Row] = &[
        (&[], &[], false),
        (&["--lang", "ru"], &[], true),
        (&[], &[("WATCHTOGETHER_LANG", "ru")], true),
        (&["--lang=en"], &[("WATCHTOGETHER_LANG", "ru")], false),
        (&["--config", config], &[], true),
        (&[], &[("WATCHTOGETHER_CONFIG", config)], true),
        (&["--config", config, "--lang", "en"], &[], false),
        (&[], &[("LANG", "ru_RU.UTF-8")], true),
        (&[], &[("LC_ALL", "ru_RU.UTF-8"), ("LANG", "C")], true),
        (&[], &[("LC_ALL", "C"), ("LANG", "ru_RU.UTF-8")], false),
        (
            &[],
            &[("WATCHTOGETHER_LANG", "en"), ("LANG", "ru_RU")],
            false,
        ),
    ];
    for (options, variables, is_russian) in table {
        let run = |words: &[&str]| {
            let mut command = program.command(&[words, *options].concat());
            command.envs(variables.iter().copied());
            outcome(&command.output().expect("the program starts"))
        };
        let (code, out, _) = run(&["join", "--help"]);
        assert_eq!(code, Some(0));
        let usage = if *is_russian {
            "Использование: "
        } else {
            "Usage: "
        };
        assert!(out.contains(usage), "{options:?} {variables:?}: {out}");

        // clap's errors, and those of the settings.
        let heading = if *is_russian {
            "ошибка: "
        } else {
            "error: "
        };
        for words in [&["galery"][..], &["join", "movie-night", "--private"]] {
            let (code, _, err) = run(words);
            assert_eq!(code, Some(2), "{err}");
            assert!(err.starts_with(heading), "{options:?} {variables:?}: {err}");
        }
    }
}

/// A pipe can be read only once, and it is read when the command line is known to be right.
#[cfg(unix)]
#[test]
fn the_language_in_a_file_that_is_a_pipe_counts_for_what_follows() {
    let program = Program::new();
    let mut command = Command::new("sh");
    let line = "printf '[ui]\\nlang = \"ru\"\\n' | \"$0\" gallery --config /dev/stdin";
    command.args(["-c", line, env!("CARGO_BIN_EXE_watchtogether")]);
    command.env_clear().env("HOME", program.home.path());
    // Nothing of ours listens at port 9 of this machine.
    command.env("WATCHTOGETHER_DEFAULT_SERVER", "http://127.0.0.1:9");
    if let Some(path) = std::env::var_os("PATH") {
        command.env("PATH", path);
    }
    let (code, _, err) = outcome(&command.output().expect("the shell starts"));
    assert_eq!(code, Some(4), "{err}");
    assert!(err.starts_with("ошибка: "), "{err}");
}

#[test]
fn a_client_logs_to_a_file_and_not_to_its_terminal() {
    let program = Program::new();
    // Nothing of ours listens at port 9 of this machine, so the client ends by itself.
    let words = [
        "join",
        "movie-night",
        "--server",
        "http://127.0.0.1:9",
        "--no-player",
        "--json",
    ];
    let mut command = program.command(&words);
    let output = command
        .env("WATCHTOGETHER_LOG", "trace")
        .stdin(std::process::Stdio::null());
    let (_, out, err) = outcome(&output.output().expect("the program starts"));
    assert!(
        !format!("{out}{err}").contains(" watchtogether::"),
        "log lines in {out}{err}"
    );
    let logs = files_below(program.home.path());
    let is_log = |path: &&PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str());
        name.is_some_and(|name| name.starts_with("client."))
    };
    let log = logs.iter().find(is_log).expect("a log file");
    assert!(!std::fs::read_to_string(log).expect("UTF-8").is_empty());
}
