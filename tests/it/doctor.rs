//! `doctor` where there is nothing, and where there are programs of given versions.

use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::os::unix::net::UnixListener;
use std::path::Path;

use serde_json::Value;

use crate::support::join_client::JoinClient;
use crate::support::process::Process;
use crate::support::server::Server;
use crate::support::wrong_proxy::{Wrong, in_front_of};
use crate::support::{free_address, program};

/// Runs `doctor` with only the programs in this folder: exit code and standard output.
fn doctor(programs: &Path, options: &[&str]) -> (Option<i32>, String) {
    let home = tempfile::tempdir().expect("a folder");
    let _display = UnixListener::bind(home.path().join("wayland-0")).expect("a display");
    let mut command = program(home.path());
    command
        .arg("doctor")
        .args(options)
        .env("PATH", programs)
        .env("WAYLAND_DISPLAY", "wayland-0")
        .env("XDG_RUNTIME_DIR", home.path());
    let mut process = Process::start(&mut command);
    let mut output = String::new();
    while let Some(line) = process.line() {
        output.push_str(&line);
        output.push('\n');
    }
    (process.wait().code(), output)
}

/// A program that prints these lines, whatever it is asked.
fn fake(folder: &Path, name: &str, printed: &str) {
    let file = folder.join(name);
    let script = format!("#!/bin/sh\ncat <<'END'\n{printed}\nEND\n");
    // The folder is the only one in PATH.
    let script = script.replace("\ncat", "\n/bin/cat");
    std::fs::write(&file, script).expect("a script");
    let mode = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(&file, mode).expect("a mode");
}

/// Checks that each line is what the committed schema says.
#[track_caller]
fn fits_its_schema(lines: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schemas/doctor-output.json");
    let schema = std::fs::read_to_string(file).expect("a schema");
    let schema: Value = serde_json::from_str(&schema).expect("JSON");
    for line in lines.lines() {
        let line: Value = serde_json::from_str(line).expect("an object a line");
        let checked = jsonschema::draft202012::validate(&schema, &line);
        checked.unwrap_or_else(|error| panic!("{line}: {error}"));
        // No command brings a network.
        let has_none = line["verdict"] == "ok" || line["check"] == "network";
        assert_eq!(line["remedy"].is_null(), has_none, "{line}");
    }
}

/// The finding of a check in lines of JSON.
fn found(lines: &str, check: &str) -> Value {
    let all = lines.lines().map(|line| {
        let line: Value = serde_json::from_str(line).expect("an object a line");
        line
    });
    let mut of_check = all.filter(|line| line["check"] == check);
    let found = of_check.next();
    found.unwrap_or_else(|| panic!("no {check} in {lines}"))
}

#[test]
fn without_any_program_it_says_what_to_install_and_fails() {
    let empty = tempfile::tempdir().expect("a folder");
    let (code, lines) = doctor(empty.path(), &[]);
    assert_eq!(code, Some(1), "{lines}");
    for words in [
        "failure  Can't find mpv",
        "→ https://mpv.io/installation/",
        "warning  yt-dlp isn't found",
        "No film can be watched here",
    ] {
        assert!(lines.contains(words), "{words} is missing:\n{lines}");
    }
    fake(empty.path(), "apt-get", "");
    let (_, lines) = doctor(empty.path(), &["--json"]);
    fits_its_schema(&lines);
    let mpv = found(&lines, "mpv");
    assert_eq!(
        (&mpv["verdict"], &mpv["remedy"]),
        (&"failure".into(), &"sudo apt install mpv".into())
    );
}

#[test]
fn old_programs_are_named_with_the_reason_and_the_command() {
    let programs = tempfile::tempdir().expect("a folder");
    fake(programs.path(), "mpv", "mpv 0.34.0 Copyright");
    fake(programs.path(), "yt-dlp", "2023.03.04");
    fake(programs.path(), "node", "v18.20.4");
    fake(programs.path(), "pacman", "");
    let (code, lines) = doctor(programs.path(), &["--json"]);
    assert_eq!(code, Some(1), "{lines}");
    let mpv = found(&lines, "mpv");
    assert!(
        mpv["text"]
            .as_str()
            .is_some_and(|it| it.contains("0.35 or newer"))
    );
    assert_eq!(mpv["remedy"], "sudo pacman -Syu");
    let resolver = found(&lines, "yt_dlp");
    let text = resolver["text"].as_str().expect("a sentence");
    assert!(
        text.contains("dangerous") && text.contains("CVE-2026-55404"),
        "{text}"
    );
    let javascript = found(&lines, "javascript");
    assert_eq!(javascript["verdict"], "warning");
    assert_eq!(javascript["remedy"], "sudo pacman -S deno");
}

#[test]
fn a_real_mpv_and_a_real_server_pass() {
    let server = Server::ephemeral();
    let programs = tempfile::tempdir().expect("a folder");
    let mpv = std::env::var_os("PATH").and_then(|path| {
        let mut files = std::env::split_paths(&path).map(|folder| folder.join("mpv"));
        files.find(|file| file.exists())
    });
    symlink(mpv.expect("mpv is installed"), programs.path().join("mpv")).expect("a link");
    fake(programs.path(), "yt-dlp", "2099.01.01");
    fake(programs.path(), "deno", "deno 2.9.8 (stable)");
    let (code, lines) = doctor(programs.path(), &["--json", "--server", server.url()]);
    assert_eq!(code, Some(0), "{lines}");
    for check in ["mpv", "yt_dlp", "javascript", "server", "folder"] {
        assert_eq!(found(&lines, check)["verdict"], "ok", "{lines}");
    }

    let nobody = format!("http://{}", free_address());
    let (code, lines) = doctor(programs.path(), &["--json", "--server", &nobody]);
    assert_eq!(code, Some(1), "{lines}");
    assert_eq!(found(&lines, "server")["verdict"], "failure");
}

/// What the checks of a server find: the verdict and the remedy of each that is named.
#[track_caller]
fn of_server(server: &str, options: &[&str], checks: &[&str]) -> Vec<(String, String)> {
    let empty = tempfile::tempdir().expect("a folder");
    let options = [&["--json", "--server", server], options].concat();
    let (_, lines) = doctor(empty.path(), &options);
    let found = checks.iter().map(|check| {
        let line = found(&lines, check);
        let text = |name: &str| line[name].as_str().unwrap_or_default().to_owned();
        (text("verdict"), text("remedy"))
    });
    found.collect()
}

fn is(found: &(String, String), verdict: &str, remedy: &str) -> bool {
    found.0 == verdict && found.1.contains(remedy)
}

#[test]
fn a_server_is_checked_through_its_address_and_ours_passes() {
    let server = Server::ephemeral();
    let checks = [
        "server",
        "upgrade",
        "round_trip",
        "address",
        "events",
        "quiet",
    ];
    let found = of_server(server.url(), &["--long=1"], &checks);
    assert!(found.iter().all(|it| is(it, "ok", "")), "{found:?}");
}

#[test]
fn a_wrong_proxy_is_told_with_the_line_that_mends_it() {
    let server = Server::ephemeral();
    let through = |wrong, check: &str| {
        let proxy = in_front_of(server.url(), wrong);
        let found = of_server(&proxy, &["--long=1"], &[check]);
        found.into_iter().next().expect("a finding")
    };
    let found = through(Wrong::DropsUpgrade, "upgrade");
    assert!(
        is(&found, "failure", "proxy_set_header Upgrade"),
        "{found:?}"
    );
    let proxy = in_front_of(server.url(), Wrong::CutsQuiet);
    let found = of_server(&proxy, &["--long=3600"], &["quiet"]);
    assert!(
        is(&found[0], "failure", "proxy_read_timeout 1h"),
        "{found:?}"
    );
    let found = through(Wrong::ServesOlder, "quiet");
    assert!(is(&found, "ok", ""), "{found:?}");
    let found = through(Wrong::IsSlow, "round_trip");
    assert!(is(&found, "warning", ""), "{found:?}");
    let found = through(Wrong::IsNotTrusted, "address");
    assert!(
        is(&found, "warning", "--trust-proxy 127.0.0.1"),
        "{found:?}"
    );
}

#[test]
fn a_member_without_mpv_reads_the_same_command() {
    let server = Server::ephemeral();
    let programs = tempfile::tempdir().expect("a folder");
    fake(programs.path(), "dnf", "");
    let home = tempfile::tempdir().expect("a folder");
    let mut command = program(home.path());
    command
        .args(["join", "here", "--json", "--name", "Ann", "--server"])
        .arg(server.url())
        .env("PATH", programs.path());
    let mut ann = JoinClient::run(&mut command);
    let gone = ann.wait_type("player", |player| player["state"] == "missing");
    let remedy = ann.wait_type("notice", |notice| notice["code"] == "remedy");
    assert_eq!(remedy["text"], "→ sudo dnf install mpv");
    let (_, lines) = doctor(programs.path(), &["--json"]);
    let mpv = found(&lines, "mpv");
    for text in [&gone["text"], &mpv["text"]] {
        let text = text.as_str().expect("a sentence");
        assert!(text.starts_with("Can't find mpv"), "{text}");
    }
    assert_eq!(mpv["remedy"], "sudo dnf install mpv");
}
