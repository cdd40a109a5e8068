//! The demo: a film, and a second member who does what members do.

use std::path::Path;

use crate::support::join_client::JoinClient;
use crate::support::terminal::{CTRL_P, Terminal};
use crate::support::{files_below, program};

#[test]
fn the_second_member_greets_reacts_proposes_and_asks() {
    let home = tempfile::tempdir().expect("a folder");
    let temporary = tempfile::tempdir().expect("a folder");
    let mut command = program(home.path());
    command
        .args(["demo", "--json"])
        .env("TMPDIR", temporary.path());
    for option in ["--vo=null", "--ao=null", "--no-config"] {
        command.arg(format!("--player-arg={option}"));
    }
    let mut demo = JoinClient::run(&mut command);
    assert_eq!(demo.joined()["you"]["role"], "admin");
    demo.wait_type("chat", |said| {
        said["text"]
            .as_str()
            .is_some_and(|text| text.contains("This is a demo"))
    });
    demo.wait_type("reaction", |_| true);
    demo.wait_for("a proposal of the next film", |reported| {
        reported.to_string().contains("The same minute again")
    });
    demo.wait_type("chat", |said| {
        said["text"]
            .as_str()
            .is_some_and(|text| text.contains("asked for a pause"))
    });
    assert_eq!(demo.end_input(), Some(0));
    let left = std::fs::read_dir(temporary.path()).expect("a folder");
    let demos = left.filter_map(Result::ok).filter(|entry| {
        entry
            .file_name()
            .to_string_lossy()
            .starts_with("watchtogether-demo")
    });
    assert_eq!(demos.count(), 0, "nothing of the demo stays");
}

/// What the person has, which is not the demo's: settings that would spoil it, and a broken one.
fn own_settings(home: &Path) {
    let folder = home.join(".config/watchtogether");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("config.toml"), "[join]\nno-player = yes\n").expect("written");
}

#[test]
fn mpv_the_demo_at_a_terminal_shows_all_it_has_and_leaves_nothing() {
    let temporary = tempfile::tempdir().expect("a folder");
    let folder = temporary.path().to_str().expect("UTF-8");
    let mut person = Terminal::open(&[("TMPDIR", folder), ("WATCHTOGETHER_NO_PLAYER", "true")]);
    own_settings(person.home());
    person.run(
        "watchtogether demo --player-arg=--no-config --player-arg=--vo=null --player-arg=--ao=null",
    );
    // On 80 columns, too, the screen says what this is, and how to do it for real.
    person.row_with(&["▶ A minute of shapes", "Demo", "👑 Guest", "👥 2"]);
    person.row_with(&["Demo. For real: watchtogether host NAME"]);
    person.row_with(&["Mia", "This is a demo"]);
    person.row_with(&["━", "1:00", "● in step"]);
    person.row_with(&["●  ", "Mia", "in step"]);
    person.row_with(&["#1 The same minute again"]);
    person.row_with(&["Mia", "I've just proposed"]);
    person.row_with(&["Mia asks for a pause"]);
    person.press(CTRL_P);
    person.row_with(&["‖ A minute of shapes"]);
    person.enter("/quit");
    person.ended(0);
    person.row_with(&["That was the demo. Nothing of it is kept."]);
    person.row_with(&["For a real evening: watchtogether host movie-night"]);
    assert!(!person.picture().contains("Rejoin"), "{}", person.picture());
    assert!(files_below(temporary.path()).is_empty());
    let state = person.home().join("state");
    assert!(!state.exists(), "the person's own folder was touched");
}
