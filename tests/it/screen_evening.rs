//! Two members at terminals: the real program draws into pseudo-terminals, which are read back.
//! Nobody has a player here; `screen_players` has the scenarios with players.

use crate::support::server::Server;
use crate::support::terminal::{
    ALT_4, CTRL_C, CTRL_P, CTRL_U, DOWN, ENTER, ESC, F1, F3, RIGHT, TAB, Terminal,
};

/// Opens a room, as its admin.
fn alice(server: &Server) -> Terminal {
    let mut alice = Terminal::open(&[]);
    alice.run(&format!(
        "watchtogether join movie-night --server {} --name Alice --no-player",
        server.url()
    ));
    alice.row_with(&["Waiting for a video…", "movie-night", "👑 Alice", "👥 1"]);
    alice
}

/// Finds the room in the gallery, and joins it under a name typed when asked.
fn boris(server: &Server) -> Terminal {
    let mut boris = Terminal::open(&[("WATCHTOGETHER_NO_PLAYER", "true")]);
    boris.run(&format!("watchtogether gallery --server {}", server.url()));
    boris.shows("What's your name?");
    boris.press(CTRL_U);
    boris.press("Борис");
    boris.shows("› Борис");
    boris.press(ENTER);
    boris.row_with(&["Live rooms on", "1 room", "● live"]);
    boris.row_with(&["▌ movie-night", "1"]);
    boris.press("movie");
    boris.row_with(&["Find › movie"]);
    boris.press(ENTER);
    boris.row_with(&["movie-night", "Борис", "👥 2"]);
    boris
}

/// Both are in the room, with media that nobody has a player for.
fn evening(server: &Server) -> (Terminal, Terminal) {
    let mut alice = alice(server);
    let mut boris = boris(server);
    alice.row_with(&["· Борис joined"]);
    alice.row_with(&["○     Борис", "chat only"]);
    alice.enter("/play https://films.example/night.mp4");
    for person in [&mut alice, &mut boris] {
        person.row_with(&["▶ night · MP4", "movie-night", "👥 2"]);
    }
    (alice, boris)
}

/// Pauses the media and seeks, with an admin's keys outside the input line.
fn paused(alice: &mut Terminal, boris: &mut Terminal) {
    alice.press(F3);
    alice.row_with(&["QUEUE", "Space pause"]);
    alice.press(" ");
    for person in [alice, boris] {
        person.row_with(&["‖ night"]);
    }
}

#[test]
fn two_talk_across_alphabets() {
    let server = Server::ephemeral();
    let (mut alice, mut boris) = evening(&server);
    alice.enter("welcome! we are inside 🍿");
    boris.row_with(&["Alice", "welcome! we are inside 🍿"]);
    boris.enter("наконец-то 😱 映画の夜");
    alice.row_with(&["Борис", "наконец-то 😱 映画の夜"]);

    // A paste of several lines is one message, and the screen says so before it is sent.
    boris.press("\x1b[200~не открывай\r\nэту дверь\n\x1b[201~");
    boris.row_with(&["› не открывай эту дверь"]);
    boris.row_with(&["Pasted 2 lines as one message"]);
    boris.press(ENTER);
    alice.row_with(&["Борис", "не открывай эту дверь"]);

    // A misspelt command is not sent as chat.
    alice.enter("/quti");
    alice.row_with(&["There's no command /quti. Did you mean /quit?"]);
    // It stays in the line, to be mended.
    alice.row_with(&["› /quti"]);
    alice.press(CTRL_U);
    alice.press(F1);
    alice.shows("Everywhere");
    alice.press(ESC);
    alice.hides("Everywhere");
    alice.row_with(&["Борис", "не открывай эту дверь"]);
    alice.enter("/quit");
    alice.ended(0);
    boris.row_with(&["· Alice left"]);
    boris.enter("/quit");
    boris.ended(0);
    let back = format!("Rejoin: watchtogether join {}/r/movie-night", server.url());
    assert!(boris.picture().contains(&back), "{}", boris.picture());
}

#[test]
fn proposals_are_approved_and_rejected_by_key() {
    let server = Server::ephemeral();
    let (mut alice, mut boris) = evening(&server);
    boris.enter("/add https://films.example/duck-and-cover.mp4");
    boris.enter("/add https://films.example/fog.webm");
    alice.row_with(&["Queue · 2 proposed"]);
    alice.row_with(&["#1 duck and cover"]);
    alice.row_with(&["#2 fog"]);
    alice.press(F3);
    alice.row_with(&["▌  proposed: Борис"]);
    alice.row_with(&["▌ ", "⏎ approve  x reject"]);
    alice.press(ENTER);
    for person in [&mut alice, &mut boris] {
        person.row_with(&["Queue 1 · 1 proposed"]);
    }
    alice.press(DOWN);
    alice.row_with(&["▌#2 fog"]);
    alice.press("x");
    for person in [&mut alice, &mut boris] {
        person.row_with(&["rejected", "#2"]);
        person.row_with(&["Queue 1 ─"]);
        person.hides("proposed: Борис");
    }
    // An approved entry is played only after a confirmation.
    alice.row_with(&["▌#1 duck and cover"]);
    alice.press(ENTER);
    alice.row_with(&["Play #1 “duck and cover” now"]);
    alice.press("n");
    alice.hides("instead of what's playing?");
    alice.press(ENTER);
    alice.row_with(&["Play #1 “duck and cover” now"]);
    alice.press("y");
    boris.row_with(&["▶ duck and cover · MP4"]);
}

#[test]
fn reactions_fly_while_a_line_is_half_typed() {
    let server = Server::ephemeral();
    let (mut alice, mut boris) = evening(&server);
    boris.press("half a line");
    boris.row_with(&["› half a line"]);
    boris.press(ALT_4);
    boris.press(ALT_4);
    for person in [&mut alice, &mut boris] {
        person.row_with(&["│ 😱 ×2"]);
    }
    boris.row_with(&["› half a line"]);
    boris.press("/5");
    boris.row_with(&["› half a line/5"]);
    alice.press(ESC);
    alice.row_with(&["CHAT", "? help"]);
    alice.press("5");
    boris.row_with(&["💀", "😱 ×2"]);
}

#[test]
fn seeking_by_keys_is_undone_by_a_key() {
    let server = Server::ephemeral();
    let (mut alice, mut boris) = evening(&server);
    paused(&mut alice, &mut boris);
    alice.press("L");
    alice.press("L");
    for person in [&mut alice, &mut boris] {
        person.row_with(&[" 2:0", "×1.0"]);
    }
    alice.press("u");
    for person in [&mut alice, &mut boris] {
        person.row_with(&[" 1:0", "×1.0"]);
    }
    alice.press(RIGHT);
    boris.row_with(&["Alice jumped from"]);
    alice.press("]");
    boris.row_with(&["×1.1"]);
    alice.press(" ");
    for person in [&mut alice, &mut boris] {
        person.row_with(&["▶ night"]);
    }
}

#[test]
fn a_viewers_second_press_asks_the_admins() {
    let server = Server::ephemeral();
    let (mut alice, mut boris) = evening(&server);
    boris.press(CTRL_P);
    boris.row_with(&["Only an admin can pause. Press again to ask them."]);
    boris.press(CTRL_P);
    boris.row_with(&["You asked the admins for a pause."]);
    alice.row_with(&["Борис asks for a pause: Ctrl-P pauses."]);

    // A held key does not ask again.
    boris.press(CTRL_P);
    boris.row_with(&["You asked the admins for a pause."]);
    alice.press(CTRL_P);
    boris.row_with(&["‖ night"]);
    // The same with a blank off the line; on it a viewer only writes.
    boris.press(F3);
    boris.row_with(&["QUEUE", "i write"]);
    boris.press(" ");
    boris.row_with(&["Only an admin can resume. Press again to ask them."]);
    boris.press(" ");
    boris.row_with(&["You asked the admins to resume."]);
    boris.press("i");
    boris.press(" a b");
    boris.row_with(&["›  a b"]);
    // Other actions are refused too.
    boris.press(F3);
    boris.press("L");
    boris.row_with(&["Only an admin can seek"]);
}

/// Waits until a terminal of so many rows was redrawn and its cursor is on the input line again. A
/// key that arrives together with a change of size is only read with the next key.
fn cursor_on_the_line(person: &mut Terminal, rows: u16) {
    person.wait("the cursor on the line", |screen| {
        (screen.cursor_position().0 == rows - 2).then_some(())
    });
}

#[test]
fn no_size_of_the_terminal_loses_what_is_written() {
    let server = Server::ephemeral();
    let (mut alice, mut boris) = evening(&server);
    let line = "Борис пишет длинную строку 🍿 and half of it is not even";
    boris.press(line);
    boris.row_with(&[&format!("› {line}")]);
    for (columns, rows) in [(120, 40), (50, 20), (30, 8), (80, 24), (45, 12), (100, 30)] {
        boris.resize(columns, rows);
        if columns < 40 {
            boris.row_with(&["30×8 is too small"]);
            continue;
        }
        // Narrow ones break it into rows.
        boris.row_with(&["not even"]);
        boris.row_with(&["TYPING"]);
        cursor_on_the_line(&mut boris, rows);
        let tabs = boris.picture().contains("[Chat]");
        assert_eq!(tabs, columns < 60, "{}", boris.picture());
    }
    boris.press("!");
    boris.row_with(&[&format!("› {line}!")]);
    boris.resize(80, 24);
    cursor_on_the_line(&mut boris, 24);
    boris.row_with(&[&format!("› {line}!")]);
    boris.press(ENTER);
    alice.row_with(&["Борис", "Борис пишет длинную строку 🍿"]);
    alice.row_with(&["half of it is not even!"]);
}

#[test]
fn who_is_sent_out_is_told_so_and_may_come_back() {
    let server = Server::ephemeral();
    let (mut alice, mut boris) = evening(&server);
    alice.press(F3);
    alice.press(TAB);
    alice.row_with(&["MEMBERS", "⏎ actions"]);
    alice.press(DOWN);
    alice.row_with(&["▌○     Борис"]);
    alice.press(ENTER);
    alice.row_with(&["▌ mention in chat"]);
    for _ in 0..6 {
        alice.press(DOWN);
    }
    alice.row_with(&["▌ remove from the room"]);
    alice.press(ENTER);
    alice.row_with(&["Remove Борис from the room?"]);
    alice.press("y");
    // He joined from the gallery, and returns to it.
    boris.row_with(&["Live rooms on"]);
    boris.row_with(&["Alice removed you from movie-night"]);
    // The room he comes from has a mark.
    boris.row_with(&["▌›movie-night", "1"]);
    alice.row_with(&["night", "👥 1"]);
    alice.row_with(&["· You removed Борис from the room"]);
    assert!(!alice.picture().contains("Борис left"));
    boris.press(CTRL_C);
    boris.ended(0);
    let shown = boris.picture();
    assert!(
        !shown.contains("Goodbye.") && !shown.contains("Rejoin:"),
        "{shown}"
    );

    // His name is known now, and he joins without the gallery.
    boris.run(&format!(
        "watchtogether join movie-night --server {}",
        server.url()
    ));
    boris.row_with(&["movie-night", "Борис", "👥 2"]);
    alice.row_with(&["night", "👥 2"]);

    // Then there is no gallery to return to.
    alice.press("i");
    alice.row_with(&["TYPING"]);
    alice.enter("/kick Борис");
    alice.row_with(&["Remove Борис from the room?"]);
    alice.press("y");
    boris.ended(3);
    let shown = boris.picture();
    assert!(
        shown.contains("Alice removed you from movie-night"),
        "{shown}"
    );
    assert!(
        !shown.contains("Goodbye.") && !shown.contains("Rejoin:"),
        "{shown}"
    );
}

#[test]
fn somebody_follows_when_the_admin_is_gone() {
    let server = Server::ephemeral();
    let (mut alice, mut boris) = evening(&server);
    alice.enter("/quit");
    alice.ended(0);
    boris.row_with(&["· Alice left"]);
    boris.row_with(&["movie-night", "Борис", "👥 1"]);
    boris.row_with(&["· You're acting admin until Alice"]);
    boris.row_with(&["movie-night", "👑 Борис"]);
    boris.press(CTRL_P);
    boris.row_with(&["‖ night"]);
}

#[test]
fn a_killed_server_comes_back_with_everything() {
    let mut server = Server::on_disk();
    let (mut alice, mut boris) = evening(&server);
    boris.enter("before the end");
    alice.row_with(&["Борис", "before the end"]);
    boris.enter("/add https://films.example/fog.webm");
    alice.row_with(&["#1 fog"]);
    boris.press("half a line");
    boris.row_with(&["› half a line"]);

    server.kill();
    for person in [&mut alice, &mut boris] {
        person.row_with(&["⚠ reconnecting"]);
    }
    alice.press(CTRL_P);
    alice.row_with(&["Not connected: the room didn't pause."]);
    server.start_again();
    for person in [&mut alice, &mut boris] {
        person.hides("⚠ reconnecting");
        person.row_with(&["night", "👥 2"]);
    }
    boris.row_with(&["› half a line"]);
    boris.press(ENTER);
    alice.row_with(&["Борис", "half a line"]);
    alice.row_with(&["#1 fog"]);
    alice.row_with(&["movie-night", "👑 Alice", "👥 2"]);
    alice.press(CTRL_P);
    boris.row_with(&["‖ night"]);
}
