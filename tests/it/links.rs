//! How a client copes with slow links, and with servers that flood it, over real sockets.

use std::iter;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::support::fake_server::{FakeRoom, saying, slow_link};
use crate::support::join_client::JoinClient;
use crate::support::own_child::OwnChild;
use crate::support::patience::until;
use crate::support::program;

/// A room whose welcome is larger than 160 kB.
fn talkative_room() -> FakeRoom {
    let mut room = FakeRoom::new("movie-night");
    for number in 0..80 {
        room.chat(&format!("{number} {}", "🍿".repeat(490)));
    }
    assert!(room.welcome().len() > 160_000);
    room
}

#[test]
fn a_large_room_is_joined_over_a_link_that_takes_longer_than_a_silence_may_last() {
    let welcome = talkative_room().welcome();
    let server = saying(iter::once(welcome));
    // At 12 kB a second it takes 13 s, while 10 s of silence count as the end.
    let link = slow_link(server, 12_000);
    let url = format!("http://{link}");
    let mut guest = JoinClient::start(&url, "movie-night", "Guest", &["--no-player"]);
    let joined = guest.joined();
    assert_eq!(joined["you"]["name"], "Guest");
    guest.wait_type("chat", |reported| {
        reported["text"]
            .as_str()
            .is_some_and(|t| t.starts_with("79 "))
    });
    let lost = guest.so_far("connection");
    assert!(
        lost.iter()
            .all(|reported| reported["state"] != "reconnecting"),
        "{lost:?}"
    );
    assert_eq!(guest.end_input(), Some(0));
}

/// How many bytes a client has logged.
fn logged(home: &Path) -> u64 {
    let entries = std::fs::read_dir(home.join("state")).expect("its state folder");
    let is_log = |entry: &std::fs::DirEntry| entry.path().extension().is_some_and(|e| e == "log");
    entries
        .map(|entry| entry.expect("an entry"))
        .filter(is_log)
        .map(|entry| entry.metadata().expect("it exists").len())
        .sum()
}

#[test]
fn junk_does_not_fill_the_log_nor_end_the_room() {
    let mut room = FakeRoom::new("movie-night");
    let welcome = room.welcome();
    let junk = r#"{"type":"from_the_future","text":"\u001b[2J"}"#.to_owned();
    let last = room.chat("after all that");
    let texts = iter::once(welcome)
        .chain(iter::repeat_n(junk, 10_000))
        .chain(iter::once(last));
    let url = format!("http://{}", saying(texts));
    let home = tempfile::tempdir().expect("a folder");
    let mut guest =
        JoinClient::at_home(home.path(), &url, "movie-night", "Guest", &["--no-player"]);
    guest.wait_type("chat", |reported| reported["text"] == "after all that");
    assert_eq!(guest.end_input(), Some(0));
    let logged = logged(home.path());
    assert!((1..20_000).contains(&logged), "{logged} bytes");
}

/// The most memory that a process has had, in kB (proc(5)); `None` once it has ended.
#[cfg(target_os = "linux")]
fn most_memory(id: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

#[test]
#[cfg(target_os = "linux")]
fn a_client_whose_output_nobody_reads_ends_with_its_own_code_and_keeps_little() {
    let mut room = FakeRoom::new("movie-night");
    let welcome = room.welcome();
    let lines: Vec<String> = (0..16_000)
        .map(|number| room.chat(&format!("{number} {}", "x".repeat(480))))
        .collect();
    let url = format!("http://{}", saying(iter::once(welcome).chain(lines)));
    let home = tempfile::tempdir().expect("a folder");
    let mut command: Command = program(home.path());
    command.args(["join", "movie-night", "--server", &url, "--name", "Guest"]);
    command
        .args(["--json", "--no-player"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut client = OwnChild::start(&mut command, "the program starts");
    // Its output is never read.
    let unread = client.stdout.take();
    let mut most = 0;
    let status = until("it ends", || {
        most = most_memory(client.id()).unwrap_or(0).max(most);
        client.try_wait().expect("it can be waited for")
    });
    drop(unread);
    assert_eq!(status.code(), Some(5));
    let mut complaint = String::new();
    let errors = client.stderr.as_mut().expect("its complaints are piped");
    std::io::Read::read_to_string(errors, &mut complaint).expect("text");
    assert!(complaint.contains("wasn't read"), "{complaint}");
    assert!(most < 100_000, "{most} kB");
}
