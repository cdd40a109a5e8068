//! A terminal that does not read, because its link is slow or somebody stopped it, holds up only
//! its own picture.

use crate::support::clips::Clip;
use crate::support::media_server::MediaServer;
use crate::support::mpv_probe::MpvProbe;
use crate::support::patience::until;
use crate::support::process;
use crate::support::server::Server;
use crate::support::terminal::{CTRL_Z, Terminal};
use crate::support::watcher::{Watcher, wait_same_frame};

/// A terminal in which somebody has joined the room.
fn in_room(server: &Server, name: &str, options: &str) -> Terminal {
    let mut terminal = Terminal::open(&[]);
    terminal.run(&format!(
        "watchtogether join movie-night --server {} --name {name} {options}",
        server.url()
    ));
    terminal.row_with(&["movie-night", name, "👥"]);
    terminal
}

/// The letter for the state of a process, such as `T` for stopped (proc(5)).
#[cfg(target_os = "linux")]
fn state_of(id: u32) -> Option<char> {
    let reported = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    reported.rsplit_once(") ")?.1.chars().next()
}

#[test]
fn keys_and_the_room_go_on_and_the_newest_picture_comes_when_it_is_read() {
    let server = Server::ephemeral();
    let mut alice = in_room(&server, "Alice", "--no-player");
    let mut boris = in_room(&server, "Boris", "--no-player");
    alice.row_with(&["· Boris joined"]);
    alice.stop_reading();
    for line in ["the first", "the second"] {
        alice.enter(line);
        boris.row_with(&["Alice", line]);
        let answer = format!("{line} was read");
        boris.enter(&answer);
        boris.row_with(&["Boris", &answer]);
    }
    alice.read_on();
    alice.row_with(&["Boris", "the second was read"]);
    alice.row_with(&["Alice", "the first"]);
    alice.enter("/quit");
    alice.ended(0);
}

#[test]
fn it_ends_and_the_goodbye_is_the_last_that_the_terminal_reads() {
    let server = Server::ephemeral();
    let mut alice = in_room(&server, "Alice", "--no-player");
    let id = alice.foreground();
    alice.stop_reading();
    alice.enter("/quit");
    assert!(process::ends(id), "it waits for the terminal");
    alice.read_on();
    alice.ended(0);
    let shown = alice.picture();
    assert!(shown.contains("Goodbye."), "{shown}");
    assert!(!shown.contains("Waiting for a video"), "{shown}");
}

#[test]
fn a_closed_terminal_ends_it() {
    let server = Server::ephemeral();
    let mut alice = in_room(&server, "Alice", "--no-player");
    let mut boris = in_room(&server, "Boris", "--no-player");
    let id = alice.foreground();
    alice.stop_reading();
    alice.enter("not shown any more");
    boris.row_with(&["Alice", "not shown any more"]);
    drop(alice);
    assert!(process::ends(id), "it is left behind");
}

#[cfg(target_os = "linux")]
#[test]
fn ctrl_z_stops_it_and_fg_draws_everything_anew() {
    let server = Server::ephemeral();
    let mut alice = in_room(&server, "Alice", "--no-player");
    let id = alice.foreground();
    alice.press("half a line");
    alice.shows("› half a line");
    alice.stop_reading();
    alice.press(CTRL_Z);
    until("it stops", || (state_of(id) == Some('T')).then_some(()));
    alice.read_on();
    alice.prompt();
    alice.given_back();
    alice.enter("fg");
    alice.shows("› half a line");
    alice.shows("👥 1");
    alice.enter("");
    alice.row_with(&["Alice", "half a line"]);
    alice.enter("/quit");
    alice.prompt();
    alice.given_back();
}

#[test]
fn mpv_follows_the_room_before_a_terminal_that_does_not_read() {
    let media = MediaServer::with(&[Clip::Mp4]);
    let server = Server::ephemeral();
    let mut alice = Watcher::join(server.url(), "movie-night", "Alice");
    let mut hers = alice.mpv();
    let home = tempfile::tempdir().expect("a folder");
    let socket = home.path().join("mpv");
    let mut boris = in_room(
        &server,
        "Boris",
        &format!(
            "--allow-private-media --player-arg=--no-config --player-arg=--vo=null \
             --player-arg=--ao=null --player-ipc {}",
            socket.display()
        ),
    );
    let mut his = MpvProbe::connect(&socket);
    alice.command(&format!("/play {}", media.link(Clip::Mp4)));
    hers.wait_playing();
    his.wait_playing();
    boris.row_with(&["▶ film", "👥 2"]);
    boris.stop_reading();
    alice.command("/pause");
    let first = wait_same_frame(&mut [&mut hers, &mut his]);
    alice.command("/seek 0:30");
    until("both jumped", || {
        let at = wait_same_frame(&mut [&mut hers, &mut his]);
        (at > first + 10.0).then_some(())
    });
    boris.read_on();
    boris.row_with(&["‖ film"]);
}
