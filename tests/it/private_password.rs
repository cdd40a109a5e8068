//! A private room's password that is asked for on the terminal.

use crate::support::join_client::JoinClient;
use crate::support::server::Server;
use crate::support::terminal::{CTRL_C, ENTER, Terminal};

/// A terminal that is asked for the password of a new room "secret".
fn asked(server: &Server) -> Terminal {
    let mut terminal = Terminal::open(&[]);
    terminal.run(&format!(
        "watchtogether join secret --private --server {} --name Alice --no-player",
        server.url()
    ));
    terminal.shows("Password for the room:");
    terminal
}

#[test]
fn it_is_asked_twice_shown_as_dots_and_lets_others_in() {
    let server = Server::ephemeral();
    let mut alice = asked(&server);
    alice.enter("corect");
    alice.shows("The same once more:");
    alice.enter("correct");
    alice.shows("don't match");
    // Typed before the question is asked again, it must not show either.
    alice.press("попкорн");
    alice.shows("Password for the room: •••••••");
    alice.hides("correct");
    alice.press(ENTER);
    alice.press("попкорн");
    alice.shows("The same once more: •••••••");
    alice.press(ENTER);
    alice.row_with(&["secret", "Alice", "👥"]);

    let home = tempfile::tempdir().expect("a folder");
    let file = home.path().join("password");
    std::fs::write(&file, "попкорн\n").expect("it is written");
    let file = file.to_str().expect("a path");
    let options = ["--no-player", "--password-file", file];
    JoinClient::start(server.url(), "secret", "Boris", &options).joined();
}

#[test]
fn giving_up_leaves_the_terminal_as_it_was() {
    let server = Server::ephemeral();
    let mut alice = asked(&server);
    alice.press("half a w");
    alice.shows("••••••••");
    alice.press(CTRL_C);
    alice.ended(130);
    alice.hides("--password-file");

    let mut boris = asked(&server);
    boris.press(ENTER);
    boris.shows("Enter a password");
    // The end of input is read as such only once the second question listens.
    boris.press("x");
    boris.shows("•");
    boris.press("\u{7f}");
    boris.hides("•");
    boris.press("\u{4}");
    boris.shows("--password-file");
    boris.ended(2);
}
