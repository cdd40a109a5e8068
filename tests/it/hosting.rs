//! `host` beside a server that runs already, and the links that it gives out.

use std::net::TcpListener;

use crate::support::join_client::JoinClient;
use crate::support::program;
use crate::support::server::Server;

#[test]
fn a_tunnel_gets_a_port_of_its_own_which_is_said_and_the_invite_its_address() {
    let running = Server::ephemeral();
    let home = tempfile::tempdir().expect("a folder");
    let mut command = program(home.path());
    command.args(["host", "here", "--no-player", "--json"]);
    // An invite that was pasted whole.
    command.args(["--public-url", "https://w.example.org/r/there"]);
    command.env("WATCHTOGETHER_DEFAULT_SERVER", running.url());
    let mut alice = JoinClient::run(&mut command);
    let told = alice.wait_type("notice", |reported| reported["code"] == "tunnelled");
    let joined = alice.joined();
    let server = joined["server"].as_str().expect("an address");
    assert_ne!(server, running.url());
    assert!(
        told["text"]
            .as_str()
            .is_some_and(|text| text.contains(server)),
        "{told}"
    );
    let created = alice.wait_type("notice", |reported| reported["code"] == "room_created");
    let text = created["text"].as_str().expect("words");
    assert!(text.ends_with("https://w.example.org/r/here"), "{text}");
}

#[test]
fn a_chosen_port_that_is_taken_is_named_with_the_next_step() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = taken.local_addr().expect("its address").port().to_string();
    let home = tempfile::tempdir().expect("a folder");
    let mut command = program(home.path());
    command.args(["host", "here", "--no-player", "--port", &port]);
    let output = command.output().expect("it runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        said.contains(&format!("port {port},")) && said.contains("--port takes another"),
        "{said}"
    );
    assert!(!output.status.success());
}

#[test]
fn a_server_of_this_computer_that_runs_already_says_that_only_this_computer_reaches_it() {
    let running = Server::ephemeral();
    let home = tempfile::tempdir().expect("a folder");
    let mut command = program(home.path());
    command.args(["host", "here", "--no-player", "--json"]);
    command.env("WATCHTOGETHER_DEFAULT_SERVER", running.url());
    let mut alice = JoinClient::run(&mut command);
    assert_eq!(alice.joined()["server"], running.url());
    alice.wait_type("notice", |reported| reported["code"] == "only_here");
    assert_eq!(alice.end_input(), Some(0));
    let invites = |reported: &serde_json::Value| reported["code"] == "room_created";
    assert!(!alice.rest().iter().any(invites));
}
