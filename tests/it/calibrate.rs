//! `watchtogether calibrate` in a terminal, with a real mpv that has neither picture nor sound device.

use std::path::Path;

use crate::support::terminal::{ENTER, RIGHT, Terminal};

/// The command, with an mpv that plays into nothing.
const CALIBRATE: &str = "watchtogether calibrate --player-arg=--no-config --player-arg=--vo=null \
                         --player-arg=--ao=null";

/// What is kept of the sound devices, in milliseconds.
fn kept(home: &Path) -> serde_json::Value {
    let file = std::fs::read(home.join("state/sound-offsets.json")).expect("it was kept");
    serde_json::from_slice(&file).expect("JSON")
}

#[test]
fn what_is_set_by_keys_is_kept_for_the_device_and_is_where_the_next_time_begins() {
    let mut terminal = Terminal::open(&[]);
    terminal.run(CALIBRATE);
    terminal.shows("mpv shows no picture");
    terminal.shows("████");
    terminal.row_with(&["Sound offset 0 ms for “null”"]);
    terminal.press(RIGHT);
    terminal.row_with(&["Sound offset +5 ms for “null”"]);
    terminal.press("\x1b[A");
    terminal.row_with(&["Sound offset +15 ms for “null”"]);
    terminal.press(ENTER);
    terminal.shows("Kept: Sound offset +15 ms");
    terminal.ended(0);
    assert_eq!(kept(terminal.home()), serde_json::json!({"null": 15.0}));

    terminal.run(CALIBRATE);
    // What is on the screen is the second run's.
    terminal.hides("ended-0");
    terminal.row_with(&["Sound offset +15 ms for “null”"]);
    terminal.press("0");
    terminal.row_with(&["Sound offset 0 ms for “null”"]);
    terminal.press("q");
    terminal.shows("Nothing was kept.");
    terminal.ended(0);
    assert_eq!(kept(terminal.home()), serde_json::json!({"null": 15.0}));
}

#[test]
fn without_a_sound_device_only_the_error_is_shown_on_a_line_of_its_own() {
    let mut terminal = Terminal::open(&[]);
    terminal.run("watchtogether calibrate --player-arg=--no-config --player-arg=--ao=wrong,");
    terminal.shows("error: mpv found no sound device");
    terminal.ended(1);
    terminal.hides("Right, left");
    terminal.hides("████");
    terminal.hides("Sound offset");
}

#[test]
fn it_takes_only_options_and_says_which_player_is_missing() {
    let mut terminal = Terminal::open(&[]);
    terminal.run("watchtogether calibrate --player-arg=film.mp4");
    terminal.row_with(&["film.mp4"]);
    terminal.ended(2);
    terminal.run("watchtogether calibrate --player=/nowhere/mpv");
    terminal.row_with(&["/nowhere/mpv", "install mpv"]);
    terminal.ended(1);
}
