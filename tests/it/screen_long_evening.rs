//! One long evening at two terminals with real players, from the gallery to the goodbye: what
//! people do to each other, and what goes wrong, one after another.

use std::path::Path;

use rustix::process::Signal;

use crate::support::clips::Clip;
use crate::support::media_server::MediaServer;
use crate::support::mpv_probe::MpvProbe;
use crate::support::process::signal;
use crate::support::server::Server;
use crate::support::terminal::{ALT_4, CTRL_P, CTRL_U, DOWN, ENTER, ESC, F3, F4, TAB, Terminal};
use crate::support::watcher::{wait_in_step, wait_same_frame};

/// Writes a configuration file for a player without display and sound. A client that starts from
/// the gallery reads it too.
fn write_settings(home: &Path) {
    let folder = home.join(".config/watchtogether");
    std::fs::create_dir_all(&folder).expect("a folder");
    let settings = format!(
        "[join]\nallow-private-media = true\nplayer-ipc = \"{}\"\n\
         player-arg = [\"--no-config\", \"--vo=null\", \"--ao=null\"]\n",
        home.join("mpv").display()
    );
    std::fs::write(folder.join("config.toml"), settings).expect("a file");
}

/// A terminal whose home folder has these settings.
fn at_home(variables: &[(&str, &str)]) -> Terminal {
    let terminal = Terminal::open(variables);
    write_settings(terminal.home());
    terminal
}

fn mpv_of(terminal: &Terminal) -> MpvProbe {
    MpvProbe::connect(&terminal.home().join("mpv"))
}

/// Joins by the command line.
fn joins(terminal: &mut Terminal, server: &Server, name: &str) {
    let url = server.url();
    terminal.run(&format!(
        "watchtogether join movie-night --server {url} --name {name}"
    ));
    terminal.row_with(&["movie-night", name, "👥"]);
}

/// Joins from the gallery, under a name typed when asked.
fn joins_from_gallery(terminal: &mut Terminal, server: &Server) {
    terminal.run(&format!("watchtogether gallery --server {}", server.url()));
    terminal.shows("What's your name?");
    terminal.press(CTRL_U);
    terminal.press("Борис");
    terminal.press(ENTER);
    terminal.row_with(&["▌ movie-night", "1"]);
    terminal.press("movie");
    terminal.row_with(&["Find › movie"]);
    terminal.press(ENTER);
    terminal.row_with(&["movie-night", "Борис", "👥 2"]);
}

/// Kills a client, as a power cut would.
fn vanishes(terminal: &Terminal) {
    signal(Signal::KILL, terminal.foreground());
}

/// Both chat, in two alphabets.
fn talk(alice: &mut Terminal, boris: &mut Terminal) {
    alice.row_with(&["· Борис joined"]);
    alice.enter("welcome! 🍿 映画の夜");
    boris.row_with(&["Alice", "welcome! 🍿 映画の夜"]);
    boris.enter("наконец-то 😱 👨‍👩‍👧‍👦");
    alice.row_with(&["Борис", "наконец-то 😱"]);
}

/// Proposes two links. One is approved and starts, the other is rejected.
fn choose(alice: &mut Terminal, boris: &mut Terminal, media: &MediaServer) {
    boris.enter(&format!("/add {}", media.link(Clip::Mp4)));
    alice.row_with(&["#1 film"]);
    alice.press(F3);
    alice.row_with(&["▌  proposed: Борис"]);
    alice.row_with(&["▌ ", "⏎ approve  x reject"]);
    alice.press(ENTER);
    for person in [&mut *alice, &mut *boris] {
        person.row_with(&["▶ film · MP4", "👥 2"]);
    }
    boris.enter(&format!("/add {}", media.link(Clip::Webm)));
    alice.row_with(&["▌#2 film"]);
    alice.press("x");
    boris.row_with(&["Alice rejected your proposal #2"]);
    boris.row_with(&["─ Queue ──"]);
}

/// Pauses, seeks and undoes the seek. Both players and both screens follow.
fn move_about(
    (alice, boris): (&mut Terminal, &mut Terminal),
    (hers, his): (&mut MpvProbe, &mut MpvProbe),
) {
    wait_in_step(&mut [hers, his]);
    for person in [&mut *alice, &mut *boris] {
        person.row_with(&["━", "1:00", "×1.0", "● in step"]);
    }
    boris.press(CTRL_P);
    boris.row_with(&["Only an admin can pause. Press again to ask them."]);
    alice.press(" ");
    boris.row_with(&["‖ film"]);
    let before = wait_same_frame(&mut [hers, his]);
    for _ in 0..4 {
        alice.press("\x1b[C");
    }
    boris.row_with(&["Alice jumped from"]);
    let jumped = crate::support::patience::until("both jumped", || {
        let at = wait_same_frame(&mut [hers, his]);
        (at > before + 15.0).then_some(at)
    });
    alice.press("u");
    crate::support::patience::until("both are back", || {
        let at = wait_same_frame(&mut [hers, his]);
        (at < jumped - 3.0).then_some(())
    });
}

/// Reacts while a line is half written, and resizes the terminal meanwhile.
fn react_and_resize(alice: &mut Terminal, boris: &mut Terminal) {
    boris.press("half a строка 🍿");
    boris.row_with(&["› half a строка 🍿"]);
    boris.press(ALT_4);
    alice.row_with(&["😱"]);
    for (columns, rows) in [(120, 40), (50, 20), (80, 24)] {
        boris.resize(columns, rows);
        boris.row_with(&["› half a строка 🍿"]);
        boris.row_with(&["TYPING"]);
    }
    // Panes side by side again: the last size was drawn.
    boris.row_with(&["┬─ Queue"]);
    boris.press(ENTER);
    alice.row_with(&["Борис", "half a строка 🍿"]);
}

/// Kicks Boris, who joined from the gallery and rejoins from there.
fn send_out_and_let_in(alice: &mut Terminal, boris: &mut Terminal) {
    alice.press(TAB);
    alice.row_with(&["MEMBERS", "⏎ actions"]);
    alice.press(DOWN);
    alice.press(ENTER);
    alice.row_with(&["mention in chat"]);
    alice.press(ESC);
    alice.hides("mention in chat");
    alice.press("i");
    alice.row_with(&["TYPING"]);
    alice.enter("/kick Борис");
    alice.row_with(&["Remove Борис from the room?"]);
    alice.press("y");
    boris.row_with(&["Alice removed you from movie-night"]);
    // The room he comes from has a mark.
    boris.row_with(&["▌›movie-night", "1"]);
    boris.press(ENTER);
    for person in [alice, boris] {
        person.row_with(&["film", "👥 2"]);
    }
}

/// Leaves by a command, and checks that the terminal is restored.
fn goes(person: &mut Terminal, server: &Server) {
    person.press("i");
    person.press(CTRL_U);
    person.enter("/quit");
    person.ended(0);
    let shown = person.picture();
    let back = format!("Rejoin: watchtogether join {}/r/movie-night", server.url());
    assert!(
        shown.contains("Goodbye.") && shown.contains(&back),
        "{shown}"
    );
}

#[test]
fn mpv_an_evening_from_the_gallery_to_the_goodbye() {
    let media = MediaServer::with(&[Clip::Mp4, Clip::Webm]);
    let mut server = Server::on_disk_with(&["--succession-grace", "1"]);
    let mut alice = at_home(&[]);
    joins(&mut alice, &server, "Alice");
    let mut boris = at_home(&[]);
    joins_from_gallery(&mut boris, &server);
    talk(&mut alice, &mut boris);
    choose(&mut alice, &mut boris, &media);
    let (mut hers, mut his) = (mpv_of(&alice), mpv_of(&boris));
    move_about((&mut alice, &mut boris), (&mut hers, &mut his));
    assert!(boris.callbacks().title.contains("movie-night · 2 viewers"));
    react_and_resize(&mut alice, &mut boris);
    send_out_and_let_in(&mut alice, &mut boris);

    // The admin vanishes. After the grace period Boris is acting admin, until she is back.
    vanishes(&alice);
    boris.row_with(&["· You're acting admin until Alice"]);
    boris.row_with(&["movie-night", "👑 Борис", "👥 1"]);
    let state = alice.home().join("state");
    let mut again = at_home(&[("WATCHTOGETHER_STATE_DIR", &state.to_string_lossy())]);
    joins(&mut again, &server, "Alice");
    again.row_with(&["movie-night", "👑 Alice", "👥 2"]);
    boris.row_with(&["movie-night  Борис"]);

    // The server is killed and comes back with its rooms. The half-written line is still there.
    boris.press("half a line");
    boris.row_with(&["› half a line"]);
    server.kill();
    for person in [&mut again, &mut boris] {
        person.row_with(&["⚠ reconnecting"]);
    }
    server.start_again();
    for person in [&mut again, &mut boris] {
        person.hides("⚠ reconnecting");
        person.row_with(&["‖ film", "👥 2"]);
    }
    boris.press(ENTER);
    again.row_with(&["Борис", "half a line"]);
    again.press(F4);
    again.shows("Members and health");
    again.press(ESC);
    again.hides("Members and health");
    goes(&mut again, &server);
    goes(&mut boris, &server);
}
