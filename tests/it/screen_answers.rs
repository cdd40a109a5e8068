//! What a terminal answers and reports by itself: its background, its focus. And what it is told:
//! where links lead.

use vt100::Color;

use crate::support::server::Server;
use crate::support::terminal::{CTRL_U, Terminal};

/// Secondary text of the dark theme, and of the light one.
const DIM_ON_DARK: Color = Color::Rgb(0xA1, 0xA8, 0xB3);
const DIM_ON_LIGHT: Color = Color::Rgb(0x57, 0x5E, 0x68);

/// Somebody in the room, in a terminal that has this background.
fn in_room(server: &Server, name: &str, background: Option<&str>) -> Terminal {
    let mut terminal = Terminal::open(&[("COLORTERM", "truecolor")]);
    if let Some(colour) = background {
        terminal.answer_background(colour);
    }
    terminal.run(&format!(
        "watchtogether join movie-night --server {} --name {name} --no-player",
        server.url()
    ));
    terminal.row_with(&["movie-night", name, "👥"]);
    terminal
}

fn wait_colour(terminal: &mut Terminal, wanted: Color) {
    terminal.wait(&format!("{wanted:?}"), |screen| {
        let (rows, columns) = (screen.size().0.get(), screen.size().1.get());
        let mut cells = (0..rows).flat_map(|y| (0..columns).map(move |x| (y, x)));
        let has = |(y, x)| {
            let cell = screen.cell(y, x);
            cell.is_some_and(|cell| cell.fgcolor() == wanted)
        };
        cells.any(has).then_some(())
    });
}

#[test]
fn the_theme_follows_the_background_of_the_terminal() {
    let server = Server::ephemeral();
    let mut silent = in_room(&server, "Silent", None);
    wait_colour(&mut silent, DIM_ON_DARK);
    let mut light = in_room(&server, "Light", Some("rgb:ffff/ffff/ffff"));
    wait_colour(&mut light, DIM_ON_LIGHT);
    // The terminal says that its colours have changed, and is asked which they are.
    light.answer_background("rgb:1e1e/1e1e/2e2e");
    light.press("\x1b[?997;1n");
    wait_colour(&mut light, DIM_ON_DARK);
    light.enter("/theme light");
    wait_colour(&mut light, DIM_ON_LIGHT);
    light.enter("/theme auto");
    wait_colour(&mut light, DIM_ON_DARK);
    // A terminal without such reports is asked when its window has the focus again.
    let mut asked = in_room(&server, "Asked", Some("rgb:ff/ff/ff"));
    wait_colour(&mut asked, DIM_ON_LIGHT);
    asked.answer_background("#202020");
    // It is not asked more than once a second.
    let follows = (0..1_000).any(|_| {
        asked.press("\x1b[O\x1b[I");
        has_dim_on_dark(&mut asked)
    });
    assert!(follows, "{}", asked.picture());
}

/// Whether the dark theme is drawn, after a key that draws something.
fn has_dim_on_dark(terminal: &mut Terminal) -> bool {
    terminal.press("x");
    terminal.row_with(&["› x"]);
    terminal.press(CTRL_U);
    terminal.hides("› x");
    let screen = terminal.screen();
    let (rows, columns) = (screen.size().0.get(), screen.size().1.get());
    let mut cells = (0..rows).flat_map(|y| (0..columns).map(move |x| (y, x)));
    cells.any(|(y, x)| {
        screen
            .cell(y, x)
            .is_some_and(|cell| cell.fgcolor() == DIM_ON_DARK)
    })
}

#[test]
fn no_answer_is_typed_whatever_it_is_and_however_it_comes() {
    let server = Server::ephemeral();
    let mut terminal = in_room(&server, "Alice", None);
    for part in ["\x1b]11;rg", "b:ff/ff", "/ff\x1b", "\\"] {
        terminal.press(part);
        terminal.wait_callback("nothing", |_| true);
    }
    wait_colour(&mut terminal, DIM_ON_LIGHT);
    let long = "/quit ".repeat(1_000);
    for answer in [
        "\x1b]52;c;L3F1aXQ=\x07",
        "\x1b[?2026;2$y",
        "\x1b[?62;4c",
        "\x1b[24;80R",
        "\x1bP>|some terminal 1.0\x1b\\",
        "\x1b]4;1;rgb:ff/00/00\x1b\\",
        &format!("\x1b]11;{long}\x07"),
    ] {
        terminal.press(answer);
    }
    terminal.press("hello");
    let row = terminal.row_with(&["› ", "hello"]);
    assert_eq!(row.trim(), "› hello");
}

#[test]
fn whoever_looks_at_the_terminal_is_not_rung_for() {
    let server = Server::ephemeral();
    let mut alice = in_room(&server, "Alice", None);
    let mut boris = in_room(&server, "Boris", None);
    alice.row_with(&["Boris joined"]);
    boris.press("\x1b[I");
    // What is typed after it is read after it.
    boris.enter("I look");
    alice.row_with(&["I look"]);
    alice.enter("@boris one");
    boris.row_with(&["@boris one"]);
    boris.press("\x1b[O");
    boris.enter("I look away");
    alice.row_with(&["I look away"]);
    alice.enter("@boris two");
    boris.wait_callback("a bell", |callbacks| callbacks.bells > 0);
    assert_eq!(boris.callbacks().bells, 1);
    assert_eq!(boris.callbacks().notifications.len(), 1);
}

#[test]
fn links_lead_where_they_say() {
    let server = Server::ephemeral();
    let mut alice = in_room(&server, "Alice", None);
    alice.enter("see https://films.example/night?x=1, it is long enough to be broken into rows");
    alice.wait_callback("the link", |callbacks| {
        // The notices of an empty chat have the invite.
        let mut links = callbacks.links.iter();
        links.any(|link| link == "https://films.example/night?x=1")
    });
    // The first starts at once, and the second waits for it.
    alice.enter("/add https://films.example/dawn.mp4");
    alice.row_with(&["▶ dawn"]);
    alice.enter("/add https://films.example/day.mp4");
    alice.wait_callback("that of the queue", |callbacks| {
        callbacks
            .links
            .iter()
            .any(|link| link.ends_with("/day.mp4"))
    });
    let mut console = Terminal::open(&[("TERM", "linux")]);
    console.run(&format!(
        "watchtogether join movie-night --server {} --name Old --no-player",
        server.url()
    ));
    console.row_with(&["films.example/night"]);
    assert!(console.callbacks().links.is_empty(), "it would show them");
}
