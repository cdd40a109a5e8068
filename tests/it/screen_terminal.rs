//! Control sequences other than drawing, such as bells and titles, and terminals with few
//! capabilities.

use crate::support::server::Server;
use crate::support::terminal::{ALT_I, CTRL_C, CTRL_Z, ENTER, Terminal};

/// A terminal in which somebody has joined the room, with these options and environment variables.
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
fn it_rings_for_a_mention_and_new_media_unless_that_is_turned_off() {
    let server = Server::ephemeral();
    let mut alice = in_room(&server, "Alice", "", &[]);
    let mut boris = in_room(&server, "Boris", "", &[]);
    let mut quiet = in_room(&server, "Vera", "--no-bell --no-notify", &[]);
    alice.row_with(&["· Vera joined"]);
    alice.enter("nobody is meant");
    alice.enter("@boris and @vera, look");
    boris.row_with(&["@boris and @vera"]);
    boris.wait_callback("a bell for the mention", |callbacks| {
        callbacks.bells == 1
            && callbacks
                .notifications
                .iter()
                .any(|text| text.contains("Alice"))
    });
    alice.enter("/play https://films.example/night.mp4");
    boris.row_with(&["▶ night"]);
    boris.wait_callback("a bell for the film", |callbacks| {
        callbacks.bells == 2 && callbacks.notifications.len() == 2
    });
    boris.wait_callback("the title", |callbacks| {
        callbacks.title.ends_with(" movie-night · 3 viewers")
    });
    assert!(
        boris.callbacks().title.starts_with("▶ "),
        "{:?}",
        boris.callbacks()
    );
    quiet.row_with(&["▶ night"]);
    quiet.enter("here");
    quiet.row_with(&["Vera", "here"]);
    assert_eq!(quiet.callbacks().bells, 0);
    assert!(quiet.callbacks().notifications.is_empty());
}

#[test]
fn the_invite_goes_into_the_clipboard() {
    let server = Server::ephemeral();
    let mut alice = in_room(&server, "Alice", "", &[]);
    alice.press(ALT_I);
    alice.row_with(&["Copied: ", "/r/movie-night"]);
    alice.wait_callback("a text for the clipboard", |callbacks| {
        callbacks.copies == 1
    });
}

#[test]
fn without_colours_it_says_the_same() {
    let server = Server::ephemeral();
    // By the user's choice, or because the terminal has none.
    for variable in [
        ("NO_COLOR", "1"),
        ("TERM", "vt100"),
        ("TERM", "vt220"),
        ("TERM", "xterm-mono"),
    ] {
        let alice = in_room(&server, "Alice", "", &[variable]);
        assert!(!has_colours(&alice), "{variable:?}");
    }
    let never = in_room(&server, "Alice", "--color never", &[]);
    assert!(!has_colours(&never), "by the option");
    for variable in [("NO_COLOR", "1"), ("TERM", "vt100")] {
        let always = in_room(&server, "Alice", "--color always", &[variable]);
        assert!(has_colours(&always), "the option goes before {variable:?}");
    }
    for name in ["xterm", "screen", "linux", "one-that-nobody-knows"] {
        let alice = in_room(&server, "Alice", "", &[("TERM", name)]);
        assert!(has_colours(&alice), "{name}");
    }
}

/// Whether any cell of a terminal's screen is coloured.
fn has_colours(terminal: &Terminal) -> bool {
    let screen = terminal.screen();
    let (rows, columns) = screen.size();
    let plain = vt100::Color::Default;
    (0..rows.get()).any(|row| {
        (0..columns.get()).any(|column| {
            let cell = screen.cell(row, column).expect("a cell");
            cell.fgcolor() != plain || cell.bgcolor() != plain
        })
    })
}

#[test]
fn a_terminal_that_cannot_place_its_cursor_gets_plain_lines() {
    let server = Server::ephemeral();
    for name in ["dumb", "", "unknown", "vt52"] {
        let mut alice = Terminal::open(&[("TERM", name)]);
        alice.run(&format!(
            "watchtogether join movie-night --server {} --name Alice --no-player",
            server.url()
        ));
        alice.shows("You are in movie-night");
        assert!(!alice.screen().alternate_screen());
        alice.enter("/quit");
        alice.ended(0);
    }
}

/// A terminal may claim any size. Cells beyond any real terminal's size are left empty.
#[cfg(target_os = "linux")]
#[test]
fn a_terminal_that_claims_an_absurd_size_does_not_take_the_memory_for_it() {
    let server = Server::ephemeral();
    let mut alice = in_room(&server, "Alice", "", &[]);
    // So many of those cells are drawn.
    alice.show(1_024, 195);
    alice.claim(65_535, 1_000);
    alice.wait("a wide picture", |screen| {
        let shown = screen.contents();
        let wide = shown
            .lines()
            .any(|line| line.trim_end().chars().count() > 900);
        wide.then_some(())
    });
    alice.enter("still here");
    alice.row_with(&["Alice", "still here"]);
    let status = format!("/proc/{}/status", alice.foreground());
    let status = std::fs::read_to_string(status).expect("it runs");
    let most = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let most = most.and_then(|most| most.trim().strip_suffix(" kB"));
    let most: u64 = most.expect("a peak").trim().parse().expect("a number");
    // 65,535,000 cells would take some gigabytes.
    assert!(most < 200 * 1_024, "{most} KiB");
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
    boris.shows("Wrong password");
    boris.press("open sesame");
    boris.row_with(&["› •••••••••••"]);
    boris.hides("sesame");
    boris.press(ENTER);
    boris.row_with(&["movie-night", "Boris", "👥 2"]);
    alice.row_with(&["· Boris joined"]);
}

/// A member who started without a server hosts the room: leaving ends it for the others too.
#[test]
fn who_is_the_server_is_asked_before_leaving() {
    let mut alice = Terminal::open(&[]);
    alice.run("watchtogether join movie-night --name Alice --no-player");
    alice.row_with(&["movie-night", "👑 Alice", "👥 1"]);
    alice.press(ALT_I);
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
    // While the host's client is stopped, the room stands still for the others.
    alice.press(CTRL_Z);
    alice.shows("Suspending freezes it for 1 other");
    alice.press("n");
    alice.hides("hosting this room");
    alice.press(CTRL_C);
    alice.shows("Leaving ends it for 1 other");
    alice.press("n");
    alice.hides("hosting this room");
    alice.enter("still here");
    boris.row_with(&["Alice", "still here"]);
    alice.enter("/quit");
    alice.shows("Leaving ends it for 1 other");
    alice.press("y");
    alice.ended(0);
    boris.row_with(&["⚠ reconnecting"]);
}
