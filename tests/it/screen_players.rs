//! Terminals with real players: both see what the keys of one do.

use crate::support::clips::Clip;
use crate::support::join_client::JoinClient;
use crate::support::media_server::MediaServer;
use crate::support::mpv_probe::MpvProbe;
use crate::support::patience::until;
use crate::support::server::Server;
use crate::support::terminal::{CTRL_P, ENTER, ESC, F3, F4, Terminal};
use crate::support::watcher::{wait_in_step, wait_same_frame};

/// A member at a terminal, whose player has neither video nor audio output, and a second connection
/// to that player.
fn watch(server: &Server, name: &str) -> (Terminal, MpvProbe) {
    let mut terminal = Terminal::open(&[]);
    let socket = terminal.home().join("mpv");
    terminal.run(&format!(
        "watchtogether join movie-night --server {} --name {name} --allow-private-media \
         --player-arg=--no-config --player-arg=--vo=null --player-arg=--ao=null \
         --player-ipc {}",
        server.url(),
        socket.display()
    ));
    terminal.row_with(&["movie-night", name, "👥"]);
    let mpv = MpvProbe::connect(&socket);
    (terminal, mpv)
}

#[test]
fn mpv_two_terminals_watch_pause_seek_undo_and_go_on() {
    let media = MediaServer::with(&[Clip::Mp4, Clip::Webm]);
    let server = Server::ephemeral();
    let (mut alice, mut hers) = watch(&server, "Alice");
    let (mut boris, mut his) = watch(&server, "Boris");
    alice.enter(&format!("/play {}", media.link(Clip::Mp4)));
    for person in [&mut alice, &mut boris] {
        person.row_with(&["▶ film · MP4", "👥 2"]);
    }
    wait_in_step(&mut [&mut hers, &mut his]);
    for person in [&mut alice, &mut boris] {
        person.row_with(&["━", "1:00", "×1.0", "● in step"]);
        person.row_with(&["●  ", "Boris", "in step"]);
    }

    alice.press(CTRL_P);
    wait_same_frame(&mut [&mut hers, &mut his]);
    boris.row_with(&["‖ film"]);
    boris.row_with(&["● paused"]);

    alice.press(F3);
    let before = hers.number("time-pos").expect("Alice's film stands");
    for _ in 0..4 {
        alice.press("\x1b[C");
    }
    until("both jumped", || {
        let at = wait_same_frame(&mut [&mut hers, &mut his]);
        (at > before + 10.0).then_some(())
    });
    alice.press("u");
    boris.row_with(&["Alice jumped from"]);
    alice.press(" ");
    wait_in_step(&mut [&mut hers, &mut his]);

    // The volume concerns only the member's own player.
    alice.press("9");
    hers.wait("quieter", |mpv| {
        (mpv.number("volume")? < 99.0).then_some(())
    });
    assert_eq!(his.number("volume"), Some(100.0));

    boris.enter(&format!("/add {}", media.link(Clip::Webm)));
    alice.row_with(&["▌  proposed: Boris"]);
    alice.row_with(&["▌ ", "⏎ approve  x reject"]);
    alice.press(ENTER);
    boris.row_with(&["Queue 1 ─"]);
    alice.press(">");
    for person in [&mut alice, &mut boris] {
        person.row_with(&["▶ film · WebM"]);
    }
    wait_in_step(&mut [&mut hers, &mut his]);

    // F4 shows what the player did, and why.
    boris.press(F4);
    boris.shows("Members and health");
    boris.shows("opened the video at");
    boris.press(ESC);
    boris.row_with(&["▶ film · WebM"]);
    alice.press("i");
    alice.row_with(&["TYPING"]);
    for person in [&mut alice, &mut boris] {
        person.enter("/quit");
        person.ended(0);
        let shown = person.picture();
        assert!(shown.contains("2 videos"), "{shown}");
    }
}

#[test]
fn mpv_without_display_and_sound_that_is_said_in_one_sentence_and_in_the_header() {
    let media = MediaServer::with(&[Clip::Mp4]);
    let server = Server::ephemeral();
    let mut terminal = Terminal::open(&[]);
    // As in a session of ssh; and no sound device has this name, as on a machine without one.
    terminal.run(&format!(
        "env -u DISPLAY -u WAYLAND_DISPLAY SSH_CONNECTION='192.0.2.1 1 192.0.2.2 22' \
         watchtogether join movie-night --server {} --name Alice --allow-private-media \
         --player-arg=--no-config --player-arg=--audio-device=alsa/no-such-device \
         --player-arg=--ao=alsa --play {}",
        server.url(),
        media.link(Clip::Mp4)
    ));
    terminal.row_with(&["no picture, no sound", "movie-night", "Alice"]);
    terminal.row_with(&["mpv found neither display nor sound"]);
    terminal.row_with(&["--vo=tct"]);
}

#[test]
fn mpv_with_outputs_that_its_person_turned_off_lacks_nothing() {
    let media = MediaServer::with(&[Clip::Mp4]);
    let server = Server::ephemeral();
    let (mut alice, mut hers) = watch(&server, "Alice");
    alice.enter(&format!("/play {}", media.link(Clip::Mp4)));
    wait_in_step(&mut [&mut hers]);
    alice.row_with(&["● in step"]);
    let screen = alice.picture();
    assert!(
        !screen.contains("no sound") && !screen.contains("no picture"),
        "{screen}"
    );
}

#[test]
fn mpv_a_link_to_this_computer_plays_once_its_member_trusts_the_room_and_the_next_time_at_once() {
    let media = MediaServer::with(&[Clip::Mp4]);
    let server = Server::ephemeral();
    // A link that she brought herself would not be asked about.
    let mut boris = JoinClient::start(server.url(), "movie-night", "Boris", &["--no-player"]);
    boris.joined();
    boris.command(&format!("/play {}", media.link(Clip::Mp4)));
    let mut terminal = Terminal::open(&[]);
    let join = format!(
        "watchtogether join movie-night --server {} --name Alice --player-arg=--no-config \
         --player-arg=--vo=null --player-arg=--ao=null",
        server.url()
    );
    terminal.run(&join);
    terminal.row_with(&["The link leads to 127.0.0.1 (your own computer)"]);
    terminal.row_with(&["local links?"]);
    // An answer that comes right after the question was meant for the chat.
    until("the answer counts", || {
        terminal.enter("y");
        terminal.catch_up();
        (!terminal.picture().contains("local links?")).then_some(())
    });
    terminal.row_with(&["×1.0", "● in step"]);
    terminal.press("\x15");
    terminal.enter("/quit");
    terminal.prompt();
    terminal.run(&join);
    terminal.row_with(&["›Alice", "in step"]);
}
