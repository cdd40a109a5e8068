//! `watchtogether serve` as its users start it: its output, its end, and what it refuses.

use std::path::Path;

use rustix::process::Signal;
use tempfile::TempDir;
use watchtogether::media::Media;
use watchtogether::protocol::command::Command;
use watchtogether::protocol::ids::Seq;
use watchtogether::protocol::member::Role;
use watchtogether::protocol::time::Rate;

use super::Server;
use super::client::{Client, chat, private_hello};
use crate::support::free_address;
use crate::support::process::Process;
use crate::support::server::serve;

/// A server process of the program.
struct Serve {
    process: Process,
}

impl Serve {
    fn start(arguments: &[&str], folder: &Path) -> Self {
        let process = Process::start(&mut serve(folder, arguments));
        Self { process }
    }

    fn line(&mut self) -> String {
        self.process.line().expect("a line")
    }

    /// The server, once its output says at which address it listens.
    fn server(&mut self) -> Server {
        Server::of(&mut self.process)
    }

    fn signal(&self, signal: Signal) {
        self.process.signal(signal);
    }

    /// Waits for its end, and returns its exit code and standard error.
    fn end(mut self) -> (Option<i32>, String) {
        let status = self.process.wait();
        (status.code(), self.process.complaints())
    }
}

/// The error of a server that cannot start.
fn refused(arguments: &[&str], folder: &Path) -> String {
    let output = serve(folder, arguments).output().expect("it runs");
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(output.stdout.is_empty(), "{output:?}");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

const ANY_PORT: [&str; 2] = ["--listen", "127.0.0.1:0"];

#[test]
fn it_says_where_it_listens_and_ends_on_a_signal_with_success() {
    for signal in [Signal::INT, Signal::TERM, Signal::QUIT] {
        let home = TempDir::new().unwrap();
        let two = ["--listen", "127.0.0.1:0", "--listen", "127.0.0.1:0"];
        let mut server = Serve::start(&two, home.path());
        for _ in 0..2 {
            let line = server.line();
            let address = line.strip_prefix("listening on http://127.0.0.1:");
            let port: u16 = address.expect("the line").parse().expect("a port");
            assert_ne!(port, 0);
        }
        server.signal(signal);
        let (code, complaints) = server.end();
        assert_eq!(code, Some(0), "{complaints}");
        assert!(complaints.contains("--listen 0.0.0.0:"), "{complaints}");
        assert!(
            home.path()
                .join(".local/share/watchtogether/rooms.redb")
                .exists()
        );
    }
}

#[test]
fn a_second_server_on_the_same_folder_is_refused() {
    let home = TempDir::new().unwrap();
    let mut server = Serve::start(&ANY_PORT, home.path());
    server.line();
    let complaints = refused(&ANY_PORT, home.path());
    assert!(complaints.contains("rooms.redb"), "{complaints}");
    assert!(complaints.contains("--data-dir"), "{complaints}");
}

/// Both wildcard addresses, as the program's documentation names them.
#[tokio::test]
async fn both_versions_of_ip_are_listened_on_side_by_side() {
    let home = TempDir::new().unwrap();
    for order in [["0.0.0.0", "[::]"], ["[::]", "0.0.0.0"]] {
        let port = free_address().port();
        let [one, other] = order.map(|ip| format!("{ip}:{port}"));
        let words = ["--ephemeral", "--listen", &one, "--listen", &other];
        let mut process = Serve::start(&words, home.path());
        assert_eq!(process.line(), format!("listening on http://{one}"));
        assert_eq!(process.line(), format!("listening on http://{other}"));
        for reached in ["127.0.0.1", "[::1]"] {
            let address = format!("{reached}:{port}").parse().unwrap();
            let (status, body) = Server::elsewhere(address).page("/healthz").await;
            assert_eq!(status, 200, "{reached}");
            assert!(body.contains("watchtogether"), "{body}");
        }
    }
}

/// A free port of this computer, by both versions of IP.
#[tokio::test]
async fn a_free_port_is_the_same_for_both_versions_of_ip() {
    for words in ["0", "localhost:0"] {
        let home = TempDir::new().unwrap();
        let mut process = Serve::start(&["--ephemeral", "--listen", words], home.path());
        let four = process.server();
        let six = process.server();
        assert_eq!(four.address.ip().to_string(), "127.0.0.1");
        assert_eq!(six.address.ip().to_string(), "::1");
        assert_eq!(four.address.port(), six.address.port());
        for server in [four, six] {
            let (status, body) = server.page("/healthz").await;
            assert_eq!(status, 200, "{}", server.address);
            assert!(body.contains("watchtogether"), "{body}");
        }
    }
}

#[test]
fn an_address_that_is_given_twice_is_reported_as_that() {
    let home = TempDir::new().unwrap();
    let address = free_address().to_string();
    let words = ["--ephemeral", "--listen", &address, "--listen", &address];
    let complaints = refused(&words, home.path());
    assert!(complaints.contains("already covered"), "{complaints}");
}

#[test]
fn a_port_in_use_is_refused_with_the_next_step() {
    let home = TempDir::new().unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let complaints = refused(&["--ephemeral", "--listen", &address], home.path());
    assert!(
        complaints.contains(&address) && complaints.contains("--listen"),
        "{complaints}"
    );
    let said = complaints.matches("in use").count();
    assert_eq!(said, 1, "once: {complaints}");
}

#[test]
fn a_damaged_file_is_refused_by_name_and_left_alone() {
    let home = TempDir::new().unwrap();
    let file = home.path().join("rooms.redb");
    std::fs::write(&file, b"not a log at all").unwrap();
    let folder = home.path().to_str().unwrap();
    let arguments = ["--listen", "127.0.0.1:0", "--data-dir", folder];
    let complaints = refused(&arguments, home.path());
    assert!(complaints.contains("rooms.redb"), "{complaints}");
    assert_eq!(std::fs::read(&file).unwrap(), b"not a log at all");
}

#[test]
fn a_data_folder_that_cannot_be_is_refused() {
    let home = TempDir::new().unwrap();
    let file = home.path().join("in-the-way");
    std::fs::write(&file, b"").unwrap();
    let folder = file.join("data");
    let folder = folder.to_str().unwrap();
    let arguments = ["--listen", "127.0.0.1:0", "--data-dir", folder];
    let complaints = refused(&arguments, home.path());
    assert!(
        complaints.contains("in-the-way") && complaints.contains("--data-dir"),
        "{complaints}"
    );
}

#[tokio::test]
async fn nothing_acknowledged_is_lost_or_doubled_when_the_server_is_killed() {
    let home = TempDir::new().unwrap();
    let mut process = Serve::start(&ANY_PORT, home.path());
    let mut alice = Client::join(&process.server(), "movie-night", "Alice").await;
    let mut revs = Vec::new();
    for number in 1..=5 {
        revs.push(alice.ask(chat(&format!("line {number}"))).await.unwrap());
    }
    process.signal(Signal::KILL);
    drop(process);

    let mut process = Serve::start(&ANY_PORT, home.path());
    let mut back = alice.come_back(&process.server()).await;
    assert_eq!(back.you, alice.you);
    assert_eq!(back.me().role, Role::Admin);
    assert_eq!(back.chat(), alice.chat());
    // As after a reconnect, a command that may not have been answered is sent again.
    back.send_as(Seq(5), chat("line 5")).await;
    assert_eq!(back.answer(Seq(5)).await, Ok(revs[4]));
    assert_eq!(back.chat().len(), 5);
}

/// A different rate for each number.
fn rate(number: u64) -> Rate {
    Rate::from_factor(1.0 + f64::from(u32::try_from(number).unwrap()) / 100.0).unwrap()
}

/// The server is killed with commands in progress: some answered, some durable but not answered,
/// some never read. All are sent again, and each is carried out once.
#[tokio::test]
async fn what_was_on_the_way_when_the_server_was_killed_counts_once() {
    const LINES: u64 = 24;
    let home = TempDir::new().unwrap();
    let mut process = Serve::start(&ANY_PORT, home.path());
    let mut alice = Client::join(&process.server(), "movie-night", "Alice").await;
    // Commands that each lead to an event, and that no rate limit holds up.
    let act = |number: u64| match number {
        1 => Command::Play {
            media: Media::parse("https://example.org/film.mp4").unwrap(),
        },
        _ => Command::SetRate { rate: rate(number) },
    };
    for number in 1..=LINES {
        alice.send(act(number)).await;
    }
    // Some are answered; the state of the others is unknown.
    let known = alice.answer(Seq(3)).await.unwrap();
    process.signal(Signal::KILL);
    drop(process);

    let mut process = Serve::start(&ANY_PORT, home.path());
    let mut back = alice.come_back(&process.server()).await;
    assert_eq!(back.you, alice.you);
    for number in 1..=LINES {
        back.send_as(Seq(number), act(number)).await;
    }
    let mut revs = Vec::new();
    for number in 1..=LINES {
        revs.push(back.answer(Seq(number)).await.unwrap());
    }
    assert_eq!(revs[2], known);
    let in_order = revs.windows(2).all(|pair| pair[0] < pair[1]);
    assert!(in_order, "each has an event of its own: {revs:?}");
    let last = rate(LINES);
    back.until_room(|room| room.timeline.segment.rate == last)
        .await;
    let answered: Vec<Seq> = back.me().answered.iter().map(|(seq, _)| *seq).collect();
    let all: Vec<Seq> = (1..=LINES).map(Seq).collect();
    assert_eq!(answered, all);
}

/// As on a full disk: the health check reports it, commands are denied, and agreed events are
/// written as soon as possible.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_file_that_may_not_grow_is_reported_and_ends_nothing() {
    let home = TempDir::new().unwrap();
    let mut process = Serve::start(&ANY_PORT, home.path());
    let server = process.server();
    let mut alice = Client::join(&server, "movie-night", "Alice").await;
    alice.ask(chat("before")).await.unwrap();
    server.until_healthy(true).await;
    process.process.limit_files(Some(0));
    alice.send(chat("meanwhile")).await;
    server.until_healthy(false).await;
    assert!(watchtogether::client::probe::is_ours(&server.url()).await);
    process.process.limit_files(None);
    server.until_healthy(true).await;
    alice.answer(Seq(2)).await.unwrap();
    alice.ask(chat("after")).await.unwrap();
    process.signal(Signal::TERM);
    let (code, complaints) = process.end();
    assert_eq!(code, Some(0), "{complaints}");
    assert!(complaints.contains("cannot be written"), "{complaints}");
    assert!(complaints.contains("can be written again"), "{complaints}");
}

#[tokio::test]
async fn the_log_names_rooms_and_members_and_keeps_secrets_and_addresses() {
    let home = TempDir::new().unwrap();
    let talkative = ["--listen", "127.0.0.1:0", "--log", "debug"];
    let mut process = Serve::start(&talkative, home.path());
    let server = process.server();
    let create = private_hello("our-place", "Alice", Some("correct-horse"));
    let mut alice = Client::enter(&server, create).await.unwrap();
    let wrong = private_hello("our-place", "Mallory", Some("wrong-horse"));
    assert!(Client::enter(&server, wrong).await.is_err());
    let back = alice.come_back(&server).await;
    alice.closed().await;
    process.signal(Signal::TERM);
    let (code, complaints) = process.end();
    assert_eq!(code, Some(0), "{complaints}");
    assert!(
        complaints.contains("our-place") && complaints.contains("member"),
        "{complaints}"
    );
    let secrets = [
        "correct-horse",
        "wrong-horse",
        "argon2",
        "127.0.0.1",
        &back.token,
    ];
    for secret in secrets {
        assert!(!complaints.contains(secret), "{secret} in {complaints}");
    }
}
