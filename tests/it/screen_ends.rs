//! The terminal is restored, however the screen ends.

use rustix::process::Signal;

use crate::support::free_address;
use crate::support::process;
use crate::support::server::Server;
use crate::support::terminal::{CTRL_C, CTRL_L, CTRL_Z, Terminal, picture};

/// A terminal in which somebody has joined a room.
fn in_a_room(server: &Server, room: &str) -> Terminal {
    let mut terminal = Terminal::open(&[]);
    let url = server.url();
    terminal.run(&format!(
        "watchtogether join {room} --server {url} --name Alice --no-player"
    ));
    terminal.shows("👥 1");
    assert!(terminal.screen().alternate_screen());
    assert!(terminal.screen().bracketed_paste());
    terminal
}

/// Sends a signal to the program that has the terminal.
fn signal(terminal: &Terminal, sent: Signal) {
    process::signal(sent, terminal.foreground());
}

/// Sends it a real-time signal by number, since the signal library has no names for those.
#[cfg(target_os = "linux")]
fn real_time_signal(terminal: &Terminal, number: i32) {
    let (option, id) = (format!("-{number}"), terminal.foreground().to_string());
    let status = std::process::Command::new("kill")
        .args([&option, &id])
        .status();
    assert!(status.expect("kill runs").success(), "kill {option} {id}");
}

/// Waits for the end, and checks the goodbye on the normal screen.
fn assert_goodbye(terminal: &mut Terminal, server: &Server, room: &str) {
    terminal.ended(0);
    let shown = terminal.picture();
    assert!(shown.contains("Goodbye."), "{shown}");
    let back = format!("Rejoin: watchtogether join {}/r/{room}", server.url());
    assert!(shown.contains(&back), "{shown}");
    assert!(!shown.contains("Waiting for a video"), "{shown}");
}

#[test]
fn quit_gives_the_terminal_back() {
    let server = Server::ephemeral();
    let mut terminal = in_a_room(&server, "quit");
    terminal.enter("/quit");
    assert_goodbye(&mut terminal, &server, "quit");
}

#[test]
fn ctrl_c_clears_the_line_then_asks_then_leaves() {
    let server = Server::ephemeral();
    let mut terminal = in_a_room(&server, "ctrl-c");
    terminal.press("half a line");
    terminal.shows("› half a line");
    terminal.press(CTRL_C);
    terminal.hides("half a line");
    terminal.press(CTRL_C);
    terminal.shows("Leave the room?");
    terminal.press("n");
    terminal.hides("Leave the room?");
    terminal.press(CTRL_C);
    terminal.shows("Leave the room?");
    terminal.press(CTRL_C);
    assert_goodbye(&mut terminal, &server, "ctrl-c");
}

#[test]
fn signals_give_the_terminal_back() {
    let server = Server::ephemeral();
    let signals = [
        Signal::INT,
        Signal::TERM,
        Signal::HUP,
        Signal::QUIT,
        Signal::ABORT,
        Signal::USR1,
        Signal::USR2,
        Signal::ALARM,
        Signal::VTALARM,
        Signal::PROF,
        Signal::XCPU,
        Signal::SYS,
        Signal::TRAP,
        #[cfg(target_os = "linux")]
        Signal::POWER,
        #[cfg(target_os = "linux")]
        Signal::STKFLT,
        #[cfg(target_os = "linux")]
        Signal::IO,
    ];
    let gives_back = |number: i32, send: &dyn Fn(&Terminal)| {
        let room = format!("signal-{number}");
        let mut terminal = in_a_room(&server, &room);
        terminal.press("half a line");
        terminal.shows("› half a line");
        send(&terminal);
        assert_goodbye(&mut terminal, &server, &room);
    };
    for sent in signals {
        gives_back(sent.as_raw(), &|terminal| signal(terminal, sent));
    }
    #[cfg(target_os = "linux")]
    for number in [36, 64] {
        gives_back(number, &|terminal| real_time_signal(terminal, number));
    }
}

/// A log or an output that must not grow any more makes a write fail, but does not end the program.
#[test]
fn a_limit_of_file_sizes_does_not_end_it() {
    let server = Server::ephemeral();
    let mut terminal = in_a_room(&server, "file-size");
    signal(&terminal, Signal::XFSZ);
    terminal.enter("still here");
    terminal.row_with(&["Alice", "still here"]);
    terminal.enter("/quit");
    assert_goodbye(&mut terminal, &server, "file-size");
}

/// Runs a program of ours, whose id it prints, under a command.
fn run_under(terminal: &mut Terminal, command: &str, ours: &str) -> u32 {
    terminal.enter(&format!("{command} sh -c 'echo $$ >id; exec {ours}'"));
    terminal.wait("the program's screen", |screen| {
        screen.alternate_screen().then_some(())
    });
    let id = std::fs::read_to_string(terminal.home().join("id")).expect("it told its id");
    id.trim().parse().expect("an id")
}

#[test]
fn a_closed_terminal_ends_it_with_or_without_a_signal() {
    let server = Server::ephemeral();
    let url = server.url();
    let ours = [
        format!("watchtogether join closed --server {url} --name Alice --no-player"),
        format!("watchtogether gallery --server {url}"),
    ];
    // In a session of its own it has no controlling terminal, so no signal reports that the
    // terminal closed.
    for (command, ours) in ["env", "setsid -w"]
        .into_iter()
        .flat_map(|command| ours.iter().map(move |ours| (command, ours)))
    {
        let mut terminal = Terminal::open(&[]);
        let id = run_under(&mut terminal, command, ours);
        // It notices the closed terminal and the signal at once, when it goes on.
        process::signal(Signal::STOP, id);
        drop(terminal);
        process::signal(Signal::CONT, id);
        assert!(process::ends(id), "{command} {ours} is left behind");
    }
}

#[test]
fn ctrl_z_stops_it_and_fg_brings_everything_back() {
    let server = Server::ephemeral();
    let mut terminal = in_a_room(&server, "ctrl-z");
    for round in ["first", "second"] {
        let half = format!("half a {round} line");
        terminal.press(&half);
        terminal.shows(&format!("› {half}"));
        terminal.press(CTRL_Z);
        terminal.prompt();
        terminal.given_back();
        terminal.enter(&format!("stty -g >stopped; echo the {round} answer"));
        terminal.shows(&format!("\nthe {round} answer"));
        terminal.prompt();
        let modes = |file: &str| std::fs::read_to_string(terminal.home().join(file));
        assert_eq!(modes("before").unwrap(), modes("stopped").unwrap());
        terminal.enter("fg");
        terminal.shows(&format!("› {half}"));
        terminal.shows("👥 1");
        assert!(terminal.screen().alternate_screen());
        assert!(terminal.screen().bracketed_paste());
        terminal.enter("");
        terminal.row_with(&["Alice", &half]);
    }
    terminal.enter("/quit");
    terminal.prompt();
    terminal.given_back();
    assert!(terminal.picture().contains("Goodbye."));
}

#[test]
fn ctrl_l_draws_over_what_others_wrote() {
    let server = Server::ephemeral();
    let mut terminal = in_a_room(&server, "ctrl-l");
    terminal.press("half a line");
    terminal.shows("› half a line");
    let before = terminal.picture();
    std::fs::write(terminal.tty(), "\x1b[3;1Hsomebody else wrote this").expect("a terminal");
    terminal.shows("somebody else wrote this");
    terminal.press(CTRL_L);
    terminal.hides("somebody else wrote this");
    terminal.wait("the same picture", |screen| {
        (picture(screen) == before).then_some(())
    });
    terminal.enter("");
    terminal.enter("/quit");
    assert_goodbye(&mut terminal, &server, "ctrl-l");
}

#[test]
fn a_server_that_is_not_there_leaves_no_trace_in_the_terminal() {
    let address = free_address();
    let mut terminal = Terminal::open(&[]);
    terminal.run(&format!(
        "watchtogether join void --server http://{address} --name Alice --no-player"
    ));
    terminal.ended(4);
    assert!(terminal.picture().contains("Can't reach the server"));
}
