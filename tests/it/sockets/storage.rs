//! The rooms' file as an operator meets it: `serve --check`, a folder that cannot be written, a disk
//! that is full at the start, a file of another version. Message, status and what is left are
//! asserted.

use std::fs;
use std::path::Path;
use std::process::Output;

use rustix::process::Signal;
use tempfile::TempDir;

use super::Server;
use super::client::{Client, chat, private_hello};
use crate::support::process::Process;
use crate::support::server::serve;

/// Runs `serve` on this folder to its end.
fn run(home: &TempDir, data: &Path, arguments: &[&str]) -> Output {
    let data = data.to_str().expect("a path");
    let mut all = vec!["--listen", "127.0.0.1:0", "--data-dir", data];
    all.extend(arguments);
    serve(home.path(), &all).output().expect("it runs")
}

fn printed(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn complaints(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A server process on this folder.
fn start(home: &TempDir, data: &Path, more: &[&str]) -> (Process, Server) {
    let data = data.to_str().expect("a path");
    let mut arguments = vec!["--listen", "127.0.0.1:0", "--data-dir", data];
    arguments.extend(more);
    let mut process = Process::start(&mut serve(home.path(), &arguments));
    let server = Server::of(&mut process);
    (process, server)
}

fn stop(mut process: Process) -> String {
    process.signal(Signal::TERM);
    let code = process.wait().code();
    let complaints = process.complaints();
    assert_eq!(code, Some(0), "{complaints}");
    complaints
}

#[tokio::test]
async fn a_check_says_what_a_start_would_find_and_changes_nothing() {
    let home = TempDir::new().unwrap();
    let data = home.path().join("data");
    let output = run(&home, &data, &["--check"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(printed(&output).contains("nothing there yet"), "{output:?}");
    assert!(!data.exists());

    let (process, server) = start(&home, &data, &[]);
    let mut alice = Client::join(&server, "movie-night", "Alice").await;
    alice.ask(chat("hello")).await.unwrap();
    let output = run(&home, &data, &["--check"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let said = printed(&output);
    for words in ["1 room, ", "server is using it", "Ready to start"] {
        assert!(said.contains(words), "{said}");
    }
    alice.ask(chat("still here")).await.unwrap();
    stop(process);

    let file = data.join("rooms.redb");
    let before = fs::read(&file).unwrap();
    let output = run(&home, &data, &["--check"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(
        !printed(&output).contains("server is running"),
        "{output:?}"
    );
    assert_eq!(fs::read(&file).unwrap(), before);

    let in_russian = run(&home, &data, &["--check", "--lang", "ru"]);
    assert!(printed(&in_russian).contains("1 комната"), "{in_russian:?}");
    fs::write(&file, "broken").unwrap();
    let output = run(&home, &data, &["--check"]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let said = complaints(&output);
    assert!(said.contains("rooms.redb is damaged"), "{said}");
    assert!(said.contains("put a backup in its place"), "{said}");
    assert_eq!(fs::read(&file).unwrap(), b"broken");
}

#[test]
fn a_check_of_wrong_settings_names_them() {
    let home = TempDir::new().unwrap();
    let settings = home.path().join("settings.toml");
    fs::write(&settings, "[serve]\nlistne = [\"127.0.0.1:0\"]\n").unwrap();
    let settings = settings.to_str().unwrap();
    let arguments = ["--check", "--config", settings];
    let output = run(&home, &home.path().join("data"), &arguments);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(complaints(&output).contains("listne"), "{output:?}");
}

/// The program as a user who owns nothing here: the superuser may write anywhere.
#[cfg(unix)]
fn as_nobody(command: &mut std::process::Command) {
    use std::os::unix::process::CommandExt as _;
    if rustix::process::geteuid().is_root() {
        command.uid(65_534).gid(65_534);
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_refused_by_name_with_the_next_step() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = TempDir::new().unwrap();
    let data = home.path().join("data");
    let rights = |path: &Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    rights(home.path(), 0o755);
    let output = run(&home, &data, &["--check"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    fs::create_dir(&data).unwrap();
    // Once without a file in it, and once with one.
    for with_file in [false, true] {
        if with_file {
            rights(&data, 0o755);
            let (process, _) = start(&home, &data, &[]);
            stop(process);
            rights(&data.join("rooms.redb"), 0o444);
        }
        rights(&data, 0o555);
        for arguments in [&[][..], &["--check"]] {
            let folder = data.to_str().unwrap();
            let mut all = vec!["--listen", "127.0.0.1:0", "--data-dir", folder];
            all.extend(arguments);
            let mut command = serve(home.path(), &all);
            as_nobody(&mut command);
            let output = command.output().expect("it runs");
            let said = complaints(&output);
            assert_eq!(output.status.code(), Some(1), "{said}");
            assert!(output.stdout.is_empty(), "{output:?}");
            assert!(said.contains(folder), "{said}");
            assert!(said.contains("check its owner and permissions"), "{said}");
        }
    }
    rights(&data, 0o755);
}

#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_is_full_at_the_start_is_refused_with_the_next_step_and_leaves_nothing() {
    let home = TempDir::new().unwrap();
    let data = home.path().join("data");
    let program = serve(home.path(), &[]);
    // A shell limits what the program may write to a file, as a full disk does.
    let output = std::process::Command::new("sh")
        .arg("-c")
        .arg("ulimit -f 0; exec \"$0\" serve --listen 127.0.0.1:0 --data-dir \"$1\"")
        .arg(program.get_program())
        .arg(&data)
        .env("HOME", home.path())
        .output()
        .expect("sh runs");
    let said = complaints(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.contains("rooms.redb") && said.contains("ulimit -f"),
        "{said}"
    );
    assert!(!data.join("rooms.redb").exists());
    // Once there is space, it starts.
    let (process, _) = start(&home, &data, &[]);
    stop(process);
}

#[tokio::test]
async fn a_member_who_comes_back_costs_no_password_hash() {
    let home = TempDir::new().unwrap();
    let data = home.path().join("data");
    let talkative = ["--log", "debug"];
    let (process, server) = start(&home, &data, &talkative);
    let hello = |name| private_hello("our-place", name, Some("correct-horse"));
    let alice = Client::enter(&server, hello("Alice")).await.unwrap();
    let bob = Client::enter(&server, hello("Bob")).await.unwrap();
    let hashed = |log: String| log.matches("a password is hashed").count();
    assert_eq!(hashed(stop(process)), 2, "one to create it, one to enter");

    let (process, server) = start(&home, &data, &talkative);
    for member in [&alice, &bob, &alice] {
        // A client that has the password sends it along.
        let mut again = member.hello_again();
        again.password = Some("correct-horse".to_owned().into());
        assert_eq!(Client::enter(&server, again).await.unwrap().you, member.you);
        member.come_back(&server).await;
    }
    assert_eq!(hashed(stop(process)), 0);
}
