//! What a terminal is told besides what it shows, and what becomes of one that can do little.

use crate::support::server::Server;
use crate::support::terminal::{CTRL_C, CTRL_Y, ENTER, Terminal};

/// Somebody in a room, with options and variables of their own.
fn in_room(server: &Server, name: &str, options: &str, variables: &[(&str, &str)]) -> Terminal {
    let mut terminal = Terminal::open(variables);
    terminal.run(&format!(
        "watchtogether join movie-night --server {} --name {name} --no-player {options}",
        server.url()
    ));
    terminal.row_with(&["movie-night", name, "👥"]);
    terminal
}

#[test]
fn it_rings_for_a_mention_and_a_film_unless_that_is_turned_off() {
    let server = Server::ephemeral();
    let mut alice = in_room(&server, "Alice", "", &[]);
    let mut boris = in_room(&server, "Boris", "", &[]);
    let mut quiet = in_room(&server, "Vera", "--no-bell --no-notify", &[]);
    alice.row_with(&["· Vera joined"]);
    alice.enter("nobody is meant");
    alice.enter("@boris and @vera, look");
    boris.row_with(&["@boris and @vera"]);
    boris.hears("a bell for the mention", |told| {
        told.bells == 1 && told.notifications.iter().any(|text| text.contains("Alice"))
    });
    alice.enter("/play https://films.example/night.mp4");
    boris.row_with(&["▶ night"]);
    boris.hears("a bell for the film", |told| {
        told.bells == 2 && told.notifications.len() == 2
    });
    boris.hears("the title", |told| told.title.ends_with(" movie-night 3"));
    assert!(boris.told().title.starts_with("▶ "), "{:?}", boris.told());
    quiet.row_with(&["▶ night"]);
    quiet.enter("here");
    quiet.row_with(&["Vera", "here"]);
    assert_eq!(quiet.told().bells, 0);
    assert!(quiet.told().notifications.is_empty());
}

#[test]
fn the_invite_goes_into_the_clipboard() {
    let server = Server::ephemeral();
    let mut alice = in_room(&server, "Alice", "", &[]);
    alice.press(CTRL_Y);
    alice.row_with(&["Copied: ", "/r/movie-night"]);
    alice.hears("a text for the clipboard", |told| told.copies == 1);
}

#[test]
fn without_colours_it_says_the_same() {
    let server = Server::ephemeral();
    let alice = in_room(&server, "Alice", "", &[("NO_COLOR", "1")]);
    let screen = alice.screen();
    let (rows, columns) = screen.size();
    for row in 0..rows.get() {
        for column in 0..columns.get() {
            let cell = screen.cell(row, column).expect("a cell");
            assert_eq!(cell.fgcolor(), vt100::Color::Default, "{row} {column}");
            assert_eq!(cell.bgcolor(), vt100::Color::Default, "{row} {column}");
        }
    }
}

#[test]
fn a_terminal_that_cannot_place_its_cursor_gets_plain_lines() {
    let server = Server::ephemeral();
    let mut alice = Terminal::open(&[("TERM", "dumb")]);
    alice.run(&format!(
        "watchtogether join movie-night --server {} --name Alice --no-player",
        server.url()
    ));
    alice.shows("You are in movie-night");
    assert!(!alice.screen().alternate_screen());
    alice.enter("/quit");
    alice.ended(0);
}

#[test]
fn a_password_is_asked_for_and_shown_to_nobody() {
    let server = Server::ephemeral();
    let mut alice = in_room(
        &server,
        "Alice",
        "--private",
        &[("WATCHTOGETHER_PASSWORD", "open sesame")],
    );
    let mut boris = Terminal::open(&[]);
    boris.run(&format!(
        "watchtogether join movie-night --server {} --name Boris --no-player",
        server.url()
    ));
    boris.shows("This room has a password");
    boris.press("wrong");
    boris.row_with(&["› •••••"]);
    boris.press(ENTER);
    boris.shows("The password is wrong");
    boris.press("open sesame");
    boris.row_with(&["› •••••••••••"]);
    boris.hides("sesame");
    boris.press(ENTER);
    boris.row_with(&["movie-night", "Boris", "👥 2"]);
    alice.row_with(&["· Boris joined"]);
}

/// A member who began without a server is one: leaving ends it for the others, too.
#[test]
fn who_is_the_server_is_asked_before_leaving() {
    let mut alice = Terminal::open(&[]);
    alice.run("watchtogether join movie-night --name Alice --no-player");
    alice.row_with(&["movie-night", "👑 Alice", "👥 1"]);
    alice.press(CTRL_Y);
    let address = alice.wait("its address", |screen| {
        let shown = screen.contents();
        let (_, rest) = shown.split_once("http://127.0.0.1:")?;
        let port: String = rest.chars().take_while(char::is_ascii_digit).collect();
        (!port.is_empty()).then(|| format!("http://127.0.0.1:{port}"))
    });
    let mut boris = Terminal::open(&[]);
    boris.run(&format!(
        "watchtogether join movie-night --server {address} --name Boris --no-player"
    ));
    boris.row_with(&["movie-night", "Boris", "👥 2"]);
    alice.row_with(&["· Boris joined"]);
    alice.press(CTRL_C);
    alice.shows("You are the server for 1 other person");
    alice.press("n");
    alice.hides("You are the server");
    alice.enter("still here");
    boris.row_with(&["Alice", "still here"]);
    alice.enter("/quit");
    alice.shows("You are the server for 1 other person");
    alice.press("y");
    alice.ended(0);
    boris.row_with(&["⚠ reconnecting"]);
}
