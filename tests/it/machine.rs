//! Trouble with the machine: outputs that cannot be written, unusable folders, killed processes,
//! and paths with control characters.

use std::fs::{self, File};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use rustix::process::Signal;

use crate::support::join_client::JoinClient;
use crate::support::patience::until;
use crate::support::process::Process;
use crate::support::program;
use crate::support::server::Server;

/// Makes a named pipe.
fn pipe(path: &Path) {
    let made = Command::new("mkfifo").arg(path).status();
    assert!(made.expect("mkfifo runs").success());
}

/// The exit code and standard error of a program that ends by itself.
fn ended(command: &mut Command) -> (Option<i32>, String) {
    let output = command.stdin(Stdio::null()).output().expect("it starts");
    let complaints = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code(), complaints)
}

/// `/dev/full` is a disk without a free byte.
#[cfg(target_os = "linux")]
#[test]
fn an_output_on_a_full_disk_is_an_error() {
    let server = Server::ephemeral();
    let home = tempfile::tempdir().expect("a folder");
    let url = server.url();
    let join = ["join", "full", "--no-player", "--server", url];
    for words in [
        &join[..],
        &[&join[..], &["--json"]].concat(),
        &["gallery", "--server", url],
        &["--help"],
        &["join", "--help"],
        &["--version"],
    ] {
        let full = File::options().write(true).open("/dev/full");
        let mut command = program(home.path());
        command.args(words).stdout(full.expect("/dev/full"));
        let (code, complaints) = ended(&mut command);
        assert_eq!(code, Some(1), "{words:?}: {complaints}");
        assert!(
            complaints.contains("Can't write to standard output"),
            "{words:?}: {complaints}"
        );
    }
}

/// A client with a player that needs neither display nor sound, and this runtime folder.
fn with_player(server: &Server, home: &Path, runtime: &Path) -> JoinClient {
    let mut command = program(home);
    command
        .args(["join", "folders", "--json", "--server", server.url()])
        .args(["--player-arg=--vo=null", "--player-arg=--ao=null"])
        .arg("--player-arg=--no-config")
        .env("XDG_RUNTIME_DIR", runtime)
        .env("TMPDIR", home);
    let mut client = JoinClient::run(&mut command);
    client.wait_type("player", |reported| reported["state"] == "idle");
    client
}

/// Waits until a player has noticed that its client was killed.
fn silent(socket: &Path) {
    until("mpv ends", || UnixStream::connect(socket).err());
}

/// The private folders of players in a runtime folder.
fn player_folders(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let is_ours = |path: &PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str());
        name.is_some_and(|name| name.starts_with("watchtogether-"))
    };
    paths.filter(is_ours).collect()
}

#[test]
fn the_folder_of_a_killed_client_goes_when_the_next_one_starts_mpv() {
    let server = Server::ephemeral();
    let home = tempfile::tempdir().expect("a folder");
    let runtime = home.path().join("run");
    fs::create_dir(&runtime).expect("a folder");
    let other = with_player(&server, home.path(), &runtime);
    let kept = player_folders(&runtime);
    let mut killed = with_player(&server, home.path(), &runtime);
    let both = player_folders(&runtime);
    assert_eq!(both.len(), 2);
    killed.process().kill();
    assert_eq!(player_folders(&runtime).len(), 2, "nobody could tidy up");
    let its = both.iter().find(|folder| !kept.contains(folder));
    silent(&its.expect("a second one").join("mpv"));
    let mut next = with_player(&server, home.path(), &runtime);
    assert_eq!(player_folders(&runtime).len(), 2, "its own came instead");
    assert!(kept[0].exists(), "one is in use");
    assert_eq!(next.end_input(), Some(0));
    assert_eq!(player_folders(&runtime), kept);
    drop(other);
}

#[test]
fn a_runtime_folder_with_a_long_name_does_not_keep_mpv_away() {
    let server = Server::ephemeral();
    let home = tempfile::tempdir().expect("a folder");
    let runtime = home.path().join("x".repeat(100));
    fs::create_dir(&runtime).expect("a folder");
    let mut client = with_player(&server, home.path(), &runtime);
    assert_eq!(player_folders(&runtime), [] as [PathBuf; 0]);
    assert_eq!(player_folders(home.path()).len(), 1);
    assert_eq!(client.end_input(), Some(0));
    assert_eq!(player_folders(home.path()), [] as [PathBuf; 0]);
}

#[test]
fn settings_that_are_no_file_are_refused_and_nobody_waits_for_them() {
    let home = tempfile::tempdir().expect("a folder");
    let named = |name: &str| home.path().join(name);
    pipe(&named("pipe"));
    fs::create_dir(named("folder")).expect("a folder");
    let huge = File::create(named("huge")).expect("a file");
    huge.set_len(3 << 30).expect("3 GiB, none of them on disk");
    let rows = [
        (named("pipe"), "a pipe that nothing writes to"),
        (named("folder"), "it's a folder"),
        (named("huge"), "more than"),
        (PathBuf::from("/dev/zero"), "more than"),
        (named("folder/none"), "There's no file"),
    ];
    for (path, why) in &rows {
        let mut command = program(home.path());
        let (code, complaints) = ended(command.args(["serve", "--config"]).arg(path));
        assert_eq!(code, Some(2), "{path:?}: {complaints}");
        assert!(complaints.contains(why), "{path:?}: {complaints}");
    }
    for (path, why) in &rows[..4] {
        let mut command = program(home.path());
        command.args(["join", "movie-night", "--password-file"]);
        let (code, complaints) = ended(command.arg(path));
        assert_eq!(code, Some(2), "{path:?}: {complaints}");
        assert!(complaints.contains(why), "{path:?}: {complaints}");
    }
    // The settings in the configuration folder are read like any others.
    let folder = named(".config/watchtogether");
    fs::create_dir_all(&folder).expect("a folder");
    pipe(&folder.join("config.toml"));
    let variable = ("XDG_CONFIG_HOME", named(".config"));
    let mut command = program(home.path());
    let (code, complaints) = ended(command.arg("gallery").env(variable.0, variable.1));
    if cfg!(target_os = "linux") {
        assert_eq!(code, Some(2), "{complaints}");
        assert!(
            complaints.contains("a pipe that nothing writes to"),
            "{complaints}"
        );
    }
}

/// `--password-file <(pass show room)` and `--config /dev/null`.
#[test]
fn what_a_program_writes_into_a_pipe_is_read() {
    let home = tempfile::tempdir().expect("a folder");
    let server = Server::ephemeral();
    let script = r#"exec "$0" join our-place --private --password-file <(echo horse) "$@""#;
    let mut command = Command::new("bash");
    command
        .args(["-c", script, env!("CARGO_BIN_EXE_watchtogether")])
        .args(["--config", "/dev/null", "--no-player", "--json"])
        .args(["--server", server.url(), "--name", "Alice"])
        .env("WATCHTOGETHER_STATE_DIR", home.path());
    let mut alice = JoinClient::run(&mut command);
    alice.joined();
    let mut command = program(home.path());
    command
        .args(["join", "our-place", "--no-player", "--json"])
        .args(["--server", server.url(), "--name", "Boris"])
        .env("WATCHTOGETHER_PASSWORD", "horse");
    JoinClient::run(&mut command).joined();
}

#[test]
fn no_error_repeats_control_characters() {
    let home = tempfile::tempdir().expect("a folder");
    let hostile = "x\u{1b}]0;taken\u{7}\nerror: all is lost\u{9b}2J\u{202e}";
    let file = home.path().join("in-the-way");
    fs::write(&file, "").expect("a file");
    let below = format!("{}/{hostile}", file.display());
    let settings = |name: &str, text: &str| {
        let path = home.path().join(name);
        fs::write(&path, text).expect("a file");
        path.to_str().expect("a path").to_owned()
    };
    let quoted = "\"x\\u001b]0;taken\\u0007\"";
    let table = settings("table.toml", &format!("[{quoted}]\n"));
    let key = settings("key.toml", &format!("[serve]\n{quoted} = 1\n"));
    let value = settings("value.toml", &format!("[serve]\nlisten = [{quoted}]\n"));
    let filter = format!("watchtogether={hostile}");
    let log = quoted.replace('x', "watchtogether=x");
    let log = settings("log.toml", &format!("[log]\nlevel = {log}\n"));
    let broken = settings("broken.toml", "[serve\u{1b}]0;taken\u{7}");
    let rows: &[&[&str]] = &[
        &["join", "room", "--password-file", &below],
        &["serve", "--listen", "127.0.0.1:0", "--data-dir", &below],
        &["serve", "--log", &filter],
        &["serve", "--config", &below],
        &["serve", "--config", &table],
        &["serve", "--config", &key],
        &["serve", "--config", &value],
        &["serve", "--config", &log],
        &["serve", "--config", &broken],
        &["join", hostile],
        &["serve", "--listen", hostile],
        &["gallery", "--server", hostile],
        &["join", "room", "--title", "\u{1b}", "--no-player"],
        &["join", "room", "--play", hostile],
        &["join", "room", "--player-arg", hostile],
        &[hostile],
    ];
    for words in rows {
        let (code, complaints) = ended(program(home.path()).args(*words));
        assert!(
            matches!(code, Some(1 | 2)),
            "{words:?}: {code:?} {complaints}"
        );
        harmless(&format!("{words:?}"), &complaints);
    }
    let variables = [
        ("WATCHTOGETHER_LISTEN", hostile),
        ("WATCHTOGETHER_LOG", &filter),
        ("WATCHTOGETHER_CONFIG", &below),
        ("WATCHTOGETHER_DATA_DIR", &below),
    ];
    for (name, value) in variables {
        let mut command = program(home.path());
        command.args(["serve", "--listen", "127.0.0.1:0"]);
        let (code, complaints) = ended(command.env(name, value));
        assert!(matches!(code, Some(1 | 2)), "{name}: {code:?} {complaints}");
        harmless(name, &complaints);
    }
}

/// Checks that the output cannot steer a terminal and contains no forged line.
fn harmless(what: &str, complaints: &str) {
    let steers = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
    assert!(!complaints.is_empty(), "{what}");
    assert!(!complaints.contains(steers), "{what}: {complaints:?}");
    assert!(
        !complaints.contains("\nerror: all"),
        "{what}: {complaints:?}"
    );
}

/// A script may send any signal to all programs of a user.
#[test]
fn signals_that_would_end_it_have_it_leave() {
    let server = Server::ephemeral();
    let mut watcher = JoinClient::start(server.url(), "ends", "Watcher", &["--no-player"]);
    watcher.joined();
    for sent in [Signal::QUIT, Signal::USR1, Signal::USR2, Signal::ALARM] {
        let mut boris = JoinClient::start(server.url(), "ends", "Boris", &["--no-player"]);
        boris.joined();
        boris.process().signal(sent);
        assert_eq!(boris.process().wait().code(), Some(0), "{sent:?}");
        watcher.wait_type("member", |reported| reported["change"] == "left");
    }
}

/// A server that may not write any file says so, and leaves no file that looks damaged.
#[test]
fn a_limit_of_file_sizes_is_reported_at_the_start() {
    let home = tempfile::tempdir().expect("a folder");
    let data = home.path().join("rooms");
    let script = r#"ulimit -f 0; exec "$0" "$@""#;
    let mut command = Command::new("sh");
    command
        .args(["-c", script, env!("CARGO_BIN_EXE_watchtogether")])
        .args(["serve", "--listen", "127.0.0.1:0", "--data-dir"])
        .arg(&data)
        .env("HOME", home.path());
    let mut process = Process::start(&mut command);
    assert_eq!(process.wait().code(), Some(1));
    let complaints = process.complaints();
    assert!(
        complaints.contains("rooms.redb") && complaints.contains("ulimit -f"),
        "{complaints}"
    );
    assert!(!data.join("rooms.redb").exists());
}
