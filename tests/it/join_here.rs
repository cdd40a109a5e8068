//! Rooms on this computer: on a server that the client starts itself, and on one that it finds.

use std::path::Path;
use std::process::Command;

use rustix::process::Signal;
use serde_json::Value;

use crate::support::join_client::JoinClient;
use crate::support::server::Server;
use crate::support::{free_address, program};

/// A client without a server's address.
fn command(home: &Path, options: &[&str]) -> Command {
    let mut command = program(home);
    command.args(["join", "here", "--no-player", "--json"]);
    command.args(options);
    command
}

#[test]
fn with_no_server_named_one_is_started_for_the_room() {
    let home = tempfile::tempdir().expect("a folder");
    let mut alice = JoinClient::run(&mut command(home.path(), &[]));
    let notice = alice.wait_type("notice", |reported| reported["code"] == "only_here");
    let text = notice["text"].as_str().expect("words");
    assert!(
        text.contains("Only this computer can reach") && text.contains("/join LINK"),
        "{text}"
    );
    let joined = alice.joined();
    assert_eq!(joined["you"]["role"], "admin");
    assert_eq!(joined["you"]["name"], default_name());

    // Another client on this computer that knows the address joins the same room.
    let server = joined["server"].as_str().expect("an address").to_owned();
    let mut boris = JoinClient::start(&server, "here", "Boris", &["--no-player"]);
    boris.joined();
    // What the first one has printed so far is the loud line, and no invite for others.
    alice.command("just us");
    boris.wait_type("chat", |reported| reported["text"] == "just us");

    assert_eq!(alice.end_input(), Some(0));
    boris.wait_type("connection", |reported| reported["state"] == "reconnecting");
}

/// The name that a client takes by default: the login name, or `Guest` for `root`.
fn default_name() -> String {
    let output = Command::new("id").arg("-un").output().expect("id runs");
    let login = String::from_utf8(output.stdout).expect("a login name");
    match login.trim() {
        "root" => "Guest".to_owned(),
        login => login.to_owned(),
    }
}

#[test]
fn on_the_local_network_the_addresses_are_shown() {
    let home = tempfile::tempdir().expect("a folder");
    let mut alice = JoinClient::run(&mut command(home.path(), &["--lan"]));
    // Without a network there is no address that others could use, and the client says that
    // instead.
    let notice = alice.wait_type("notice", |reported| {
        reported["code"] == "on_lan" || reported["code"] == "only_here"
    });
    alice.joined();
    let code = if has_network() { "on_lan" } else { "only_here" };
    assert_eq!(notice["code"], code, "{notice}");
    if code == "on_lan" {
        let text = notice["text"].as_str().expect("words");
        let invite = text
            .split_whitespace()
            .find(|word| word.starts_with("http://") && word.ends_with("/r/here"))
            .expect("an invite link");
        let elsewhere = tempfile::tempdir().expect("a folder");
        let mut command = program(elsewhere.path());
        command.args(["join", invite, "--no-player", "--json", "--name", "Boris"]);
        let mut boris = JoinClient::run(&mut command);
        boris.joined();
        alice.wait_type("viewers", |reported| reported["count"] == 2);
    }
}

/// Whether this machine has a route to any other network. Only the route of a datagram is looked
/// up; nothing is sent.
fn has_network() -> bool {
    // Addresses for documentation (RFC 5737, RFC 3849), which nobody uses.
    [("0.0.0.0:0", "192.0.2.1:9"), ("[::]:0", "[2001:db8::1]:9")]
        .iter()
        .filter_map(|(any, far)| {
            let socket = std::net::UdpSocket::bind(any).ok()?;
            socket.connect(far).ok()?;
            socket.local_addr().ok()
        })
        .any(|address| !address.ip().is_loopback() && !address.ip().is_unspecified())
}

#[test]
fn an_invite_leads_away_from_the_lonely_room() {
    let server = Server::ephemeral();
    let mut boris = JoinClient::start(server.url(), "party", "Boris", &["--no-player"]);
    boris.joined();
    let home = tempfile::tempdir().expect("a folder");
    let mut alice = JoinClient::run(&mut command(home.path(), &["--name", "Alice"]));
    assert_eq!(alice.joined()["room"], "here");
    alice.command(&format!("/join {}/r/party", server.url()));
    assert_eq!(alice.joined()["room"], "party");
    alice.command("found you");
    boris.wait_type("chat", |reported| reported["text"] == "found you");
}

#[test]
fn a_server_on_this_computer_is_found() {
    let server = Server::ephemeral();
    let home = tempfile::tempdir().expect("a folder");
    let mut command = command(home.path(), &[]);
    command.env("WATCHTOGETHER_DEFAULT_SERVER", server.url());
    let mut alice = JoinClient::run(&mut command);
    assert_eq!(alice.joined()["server"], server.url());
}

#[test]
fn two_who_start_at_once_meet() {
    let address = format!("http://{}", free_address());
    let homes = [0, 1].map(|_| tempfile::tempdir().expect("a folder"));
    let mut clients = homes.each_ref().map(|home| {
        let mut command = command(home.path(), &[]);
        command.env("WATCHTOGETHER_DEFAULT_SERVER", &address);
        JoinClient::run(&mut command)
    });
    for client in &mut clients {
        client.wait_type("viewers", |reported| reported["count"] == 2);
    }
}

/// A server in the client's process starts empty, so none of its rooms knows the token of the last
/// time.
#[test]
fn a_room_of_ones_own_is_there_again_the_next_time() {
    let address = format!("http://{}", free_address());
    let home = tempfile::tempdir().expect("a folder");
    for _ in 0..2 {
        let mut command = command(home.path(), &[]);
        command.env("WATCHTOGETHER_DEFAULT_SERVER", &address);
        let mut alice = JoinClient::run(&mut command);
        let joined = alice.joined();
        assert_eq!(joined["server"], address.as_str());
        assert_eq!(joined["you"]["role"], "admin");
        assert_eq!(alice.end_input(), Some(0));
    }
}

#[test]
fn another_service_on_the_default_port_is_stepped_around() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = format!("http://{}", taken.local_addr().expect("its address"));
    let home = tempfile::tempdir().expect("a folder");
    let mut command = command(home.path(), &[]);
    command.env("WATCHTOGETHER_DEFAULT_SERVER", &address);
    let mut alice = JoinClient::run(&mut command);
    let joined = alice.joined();
    assert_ne!(joined["server"], address.as_str());
    assert_eq!(joined["you"]["role"], "admin");
}

#[test]
fn lines_for_people_say_the_same() {
    let server = Server::ephemeral();
    let home = tempfile::tempdir().expect("a folder");
    let mut command = program(home.path());
    command.args(["join", "plain", "--no-player", "--name", "Alice"]);
    command.args(["--server", server.url()]);
    let mut alice = crate::support::process::Process::start(&mut command);
    while !alice
        .line()
        .expect("more lines")
        .contains("You are in plain")
    {}
    std::io::Write::write_all(alice.input(), b"hello\n").expect("it reads");
    while alice.line().expect("more lines") != "<Alice> hello" {}
    alice.end_input();
    assert_eq!(alice.wait().code(), Some(0));
}

#[test]
fn who_hosted_a_room_finds_it_again_and_is_its_admin() {
    let home = tempfile::tempdir().expect("a folder");
    let mut alice = JoinClient::run(&mut command(home.path(), &[]));
    let first = alice.joined();
    assert_eq!(first["kept_for"], 600.0, "{first}");
    alice.command("/play https://example.org/film.mp4");
    alice.command("/pause");
    alice.command("/seek 1:00");
    alice.command("/add https://example.org/next.mp4");
    alice.command("see you tomorrow");
    assert_eq!(alice.end_input(), Some(0));

    let mut alice = JoinClient::run(&mut command(home.path(), &[]));
    let again = alice.joined();
    assert_eq!(again["you"], first["you"], "the same member, and admin");
    assert_eq!(again["kept_for"], 604_800.0, "{again}");
    alice.wait_type("chat", |reported| reported["text"] == "see you tomorrow");
    let playing = alice.wait_type("media", |reported| !reported["url"].is_null());
    assert_eq!(playing["url"], "https://example.org/film.mp4");
    alice.wait_type("timeline", |reported| {
        reported["position"] == 60.0 && reported["paused"] == true
    });
    let queue = alice.wait_type("queue", |reported| !reported["entries"][0].is_null());
    assert_eq!(queue["entries"][0]["url"], "https://example.org/next.mp4");
    assert_eq!(alice.end_input(), Some(0));
    let is_new = |reported: &serde_json::Value| reported["code"] == "new_room_of_same_name";
    assert!(!alice.rest().iter().any(is_new));
}

/// What a client says of a room that is new although it was in one of the same name.
const NEW_ROOM: &str = "This is a new room with the same name: the queue and chat are gone.";

/// Waits until a client says that the room is a new one, and checks the words.
fn says_it_is_new(client: &mut JoinClient) {
    let is_new = |reported: &Value| reported["code"] == "new_room_of_same_name";
    let notice = client.wait_type("notice", is_new);
    assert_eq!(notice["text"], NEW_ROOM);
}

#[test]
fn a_hosted_room_whose_log_was_lost_is_a_new_one_for_everybody() {
    let home = tempfile::tempdir().expect("a folder");
    let mut alice = JoinClient::run(&mut command(home.path(), &["--name", "Alice"]));
    let server = alice.joined()["server"].as_str().expect("one").to_owned();
    let guests = [(); 2].map(|()| tempfile::tempdir().expect("a folder"));
    let join =
        |home: &Path, name| JoinClient::at_home(home, &server, "here", name, &["--no-player"]);
    // One leaves before, and one is still there when the host comes back.
    let mut boris = join(guests[0].path(), "Boris");
    boris.joined();
    assert_eq!(boris.end_input(), Some(0));
    let mut vera = join(guests[1].path(), "Vera");
    vera.joined();
    alice.command("see you tomorrow");
    vera.wait_type("chat", |reported| reported["text"] == "see you tomorrow");

    // Stopped, she does not come back before the host, who creates the room.
    vera.process().signal(Signal::STOP);
    alice.process().kill();
    std::fs::remove_file(home.path().join("state/rooms/rooms.redb")).expect("it is there");
    let mut alice = JoinClient::run(&mut command(home.path(), &["--name", "Alice"]));
    let joined = alice.joined();
    assert_eq!(joined["server"], server.as_str());
    assert_eq!(joined["you"]["role"], "admin");
    says_it_is_new(&mut alice);
    vera.process().signal(Signal::CONT);
    says_it_is_new(&mut vera);
    let mut boris = join(guests[0].path(), "Boris");
    assert_eq!(boris.joined()["you"]["role"], "viewer");
    says_it_is_new(&mut boris);
    for client in [&mut boris, &mut vera, &mut alice] {
        assert_eq!(client.end_input(), Some(0));
    }
}

#[test]
fn of_two_hosts_on_one_computer_the_second_says_that_its_room_is_not_kept() {
    let home = tempfile::tempdir().expect("a folder");
    let mut first = JoinClient::run(&mut command(home.path(), &[]));
    first.joined();
    assert!(unkept(&mut first).is_empty());
    let mut second = JoinClient::run(&mut command(home.path(), &[]));
    assert_eq!(second.joined()["you"]["role"], "admin");
    let notices = unkept(&mut second);
    let text = notices.first().and_then(|notice| notice["text"].as_str());
    let text = text.expect("it says so");
    assert!(text.contains("another watchtogether"), "{text}");
    assert_eq!(second.end_input(), Some(0));
    assert_eq!(first.end_input(), Some(0));
    // The first one's room is there for the next.
    let mut third = JoinClient::run(&mut command(home.path(), &[]));
    third.joined();
    assert!(unkept(&mut third).is_empty());
}

/// The notices that rooms are not kept.
fn unkept(client: &mut JoinClient) -> Vec<serde_json::Value> {
    let mut notices = client.so_far("notice");
    notices.retain(|notice| {
        let code = notice["code"].as_str();
        code.is_some_and(|code| code.starts_with("rooms_unkept"))
    });
    notices
}

#[cfg(unix)]
#[test]
fn the_kept_rooms_are_for_their_owner_only_and_damage_keeps_nobody_from_watching() {
    use std::os::unix::fs::PermissionsExt;
    let home = tempfile::tempdir().expect("a folder");
    let mut alice = JoinClient::run(&mut command(home.path(), &[]));
    alice.joined();
    assert_eq!(alice.end_input(), Some(0));
    let folder = home.path().join("state/rooms");
    let mode = |path: &Path| path.metadata().expect("it is there").permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    let log = folder.join("rooms.redb");
    assert_eq!(mode(&log), 0o600);

    std::fs::write(&log, "no log").expect("it can be written");
    let mut alice = JoinClient::run(&mut command(home.path(), &[]));
    alice.joined();
    let notices = unkept(&mut alice);
    let text = notices.first().and_then(|notice| notice["text"].as_str());
    assert!(
        text.expect("it says so").contains("rooms.redb"),
        "{notices:?}"
    );
    assert_eq!(alice.end_input(), Some(0));
    assert_eq!(std::fs::read(&log).expect("it is left"), b"no log");
}
