//! The configuration file changes while a client runs.

use std::fs;

use crate::support::server::Server;
use crate::support::terminal::Terminal;

/// The key F3, which goes to the queue.
const F3: &str = "\x1bOR";

#[test]
fn a_changed_file_is_taken_over_and_a_broken_one_leaves_everything_as_it_was() {
    let server = Server::ephemeral();
    let mut terminal = Terminal::open(&[]);
    let path = terminal.home().join("own.toml");
    fs::write(&path, "[ui]\nreactions = [\"🎉\"]\n").expect("the file");
    terminal.run(&format!(
        "watchtogether join movie-night --server {} --name Ann --no-player --config {}",
        server.url(),
        path.display()
    ));
    terminal.row_with(&["movie-night", "Ann", "👥"]);
    terminal.row_with(&["1 🎉", "2 🔥"]);
    terminal.press(F3);
    terminal.row_with(&["QUEUE", "a add"]);

    let changed = "[ui]\nreactions = [\"🍿\"]\n\n[keys]\nadd = \"n\"\n";
    fs::write(&path, changed).expect("the file");
    // It stands where the reactions are, for a while.
    terminal.shows("config.toml has changed");
    terminal.row_with(&["QUEUE", "n add"]);
    terminal.row_with(&["1 🍿", "2 🔥"]);
    terminal.press("n");
    terminal.row_with(&["› /add"]);
    terminal.press("\x15\x1b");
    terminal.row_with(&["QUEUE", "n add"]);

    // An editor puts another file in its place; what is wrong in it is told with the line.
    let other = terminal.home().join("own.toml~");
    fs::write(&other, "[keys]\nadd = \"f\"\n").expect("the file");
    fs::rename(&other, &path).expect("the file");
    terminal.shows("own.toml, line 2");
    terminal.row_with(&["QUEUE", "n add"]);
    terminal.row_with(&["1 🍿", "2 🔥"]);
}
