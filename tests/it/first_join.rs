//! The first connection to a room: what answers nothing is asked again, and what answers is believed.

use crate::support::balancer::{Node, balancer};
use crate::support::free_address;
use crate::support::join_client::JoinClient;
use crate::support::process::Process;
use crate::support::program;
use crate::support::server::Server;

/// How a command ended: its exit code, and what it wrote to both outputs.
fn ended(arguments: &[&str], server: &str) -> (Option<i32>, String) {
    let home = tempfile::tempdir().expect("a folder");
    let mut command = program(home.path());
    let mut process = Process::start(command.args(arguments).args(["--server", server]));
    process.end_input();
    let mut output = String::new();
    while let Some(line) = process.line() {
        output.push_str(&line);
        output.push('\n');
    }
    let code = process.wait().code();
    (code, output + &process.complaints())
}

#[test]
fn a_node_that_fares_badly_keeps_nobody_out_while_others_answer() {
    let server = Server::ephemeral();
    let mut alice = JoinClient::start(server.url(), "den", "Alice", &["--no-player"]);
    alice.joined();
    let nodes = [
        ("Boris", Node::HangsUp),
        ("Carol", Node::Away(502)),
        ("David", Node::DiesBeforeWelcome),
        ("Emily", Node::Hangs),
    ];
    for (name, node) in nodes {
        let url = balancer(server.url(), [node]);
        let mut client = JoinClient::start(&url, "den", name, &["--no-player"]);
        client.wait_type("connection", |line| line["state"] == "reconnecting");
        let you = client.joined()["you"].clone();
        assert_eq!(you["name"], name, "{node:?}: the first attempt left nobody");
        client.command("here");
        assert_eq!(client.end_input(), Some(0));
    }
}

#[test]
fn a_command_for_scripts_is_carried_out_though_a_node_fares_badly() {
    let server = Server::ephemeral();
    let mut alice = JoinClient::start(server.url(), "den", "Alice", &["--no-player"]);
    alice.joined();
    for (number, node) in [Node::HangsUp, Node::Away(504)].into_iter().enumerate() {
        let film = format!("https://example.org/film-{number}.mp4");
        for arguments in [
            &["say", "den", "hello there"][..],
            &["add", "den", &film],
            &["gallery"],
            &["status", "den"],
        ] {
            let (code, said) = ended(arguments, &balancer(server.url(), [node]));
            assert_eq!(code, Some(0), "{arguments:?}, {node:?}: {said}");
            assert!(said.contains("Trying again."), "{arguments:?}: {said}");
        }
        alice.wait_type("chat", |line| line["text"] == "hello there");
    }
    let url = balancer(server.url(), [Node::DiesBeforeWelcome]);
    let (code, said) = ended(&["say", "den", "hello again"], &url);
    assert_eq!(code, Some(0), "{said}");
    alice.wait_type("chat", |line| line["text"] == "hello again");
}

#[test]
fn where_no_node_answers_the_error_is_what_it_was() {
    let server = Server::ephemeral();
    let url = balancer(server.url(), std::iter::repeat(Node::Away(503)));
    let error = "Can't reach the server (it answers with status 503).";
    for arguments in [
        &["join", "den", "--no-player", "--json"][..],
        &["say", "den", "hello"],
    ] {
        let (code, said) = ended(arguments, &url);
        assert_eq!(code, Some(4), "{said}");
        assert!(said.contains(error), "{said}");
    }
    let (code, said) = ended(&["gallery"], &url);
    assert_eq!(code, Some(4), "{said}");
    assert!(said.contains(&format!("Can't reach {url}")), "{said}");
}

#[test]
fn where_nobody_listens_or_the_room_is_not_there_it_is_told_at_once() {
    let server = Server::ephemeral();
    let nobody = format!("http://{}", free_address());
    for (arguments, at, code) in [
        (&["join", "den", "--no-player", "--json"][..], &nobody, 4),
        (&["say", "den", "hello"], &nobody, 4),
        (&["gallery"], &nobody, 4),
        (&["say", "den", "hello"], &server.url().to_owned(), 3),
    ] {
        let (ended, said) = ended(arguments, at);
        assert_eq!(ended, Some(code), "{arguments:?}: {said}");
        let is_tried_again = said.contains("reconnecting") || said.contains("Trying again");
        assert!(!is_tried_again, "{arguments:?}: {said}");
    }
}
