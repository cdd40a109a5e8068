//! Completions in the shells themselves, which load what is packaged and ask the program.
#![cfg(unix)]

use std::path::{Path, PathBuf};

use crate::support::join_client::JoinClient;
use crate::support::server::Server;
use crate::support::terminal::Terminal;

/// What a shell loads, of those that packages install.
fn packaged(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("completions")
        .join(file)
}

/// A terminal in which the program is on the path, this server is the usual one, and others have
/// names in a file in `home`.
fn terminal(server: &Server, other: &Server, home: &Path) -> Terminal {
    let program = Path::new(env!("CARGO_BIN_EXE_watchtogether"));
    let folder = program.parent().expect("a folder").display();
    let path = std::env::var("PATH").unwrap_or_default();
    let path = format!("{folder}:{path}");
    let config = home.join("own.toml");
    let other = other.url();
    let text = format!(
        "[servers.cinema]\nurl = \"https://cinema.example\"\n[servers.other]\nurl = \"{other}\"\n"
    );
    std::fs::write(&config, text).expect("the file is written");
    Terminal::open(&[
        ("PATH", &path),
        ("WATCHTOGETHER_SERVER", server.url()),
        ("WATCHTOGETHER_CONFIG", config.to_str().expect("UTF-8")),
    ])
}

/// A shell that is started like this and loads completions with that line completes a room that is
/// live, an option, and the server of the settings.
fn completes(start: &str, load: &str) {
    let server = Server::ephemeral();
    let mut alice = JoinClient::start(server.url(), "movie-night", "Alice", &["--no-player"]);
    alice.joined();
    let other = Server::ephemeral();
    let mut boris = JoinClient::start(other.url(), "cosy-evening", "Boris", &["--no-player"]);
    boris.joined();
    let home = tempfile::tempdir().expect("a folder");
    let mut terminal = terminal(&server, &other, home.path());
    terminal.enter(start);
    terminal.enter(load);
    terminal.enter("echo loaded-\"\"2");
    terminal.shows("loaded-2");
    terminal.press("watchtogether join movi\t");
    terminal.shows("join movie-night");
    terminal.press(" --quiet\u{15}watchtogether join --allow-p\t");
    terminal.shows("--allow-private-media");
    terminal.press("\u{15}watchtogether join --server other cos\t");
    terminal.shows("--server other cosy-evening");
    terminal.press("\u{15}watchtogether gallery --server http\t");
    terminal.shows(server.url());
    terminal.press("\u{15}watchtogether gallery --server cin\t");
    terminal.shows("--server cinema");
}

#[test]
fn bash_completes_live_rooms_options_and_servers() {
    let file = packaged("watchtogether.bash");
    completes("bash --norc -i", &format!("source '{}'", file.display()));
}

#[test]
fn zsh_completes_live_rooms_options_and_servers_at_the_first_tab() {
    let folder = packaged("_watchtogether");
    let folder = folder.parent().expect("a folder").display();
    let load = format!("fpath=('{folder}' $fpath); autoload -U compinit; compinit -u -D");
    completes("zsh -f -i", &load);
}

#[test]
fn fish_completes_live_rooms_options_and_servers() {
    let file = packaged("watchtogether.fish");
    completes(
        "fish --private --no-config -i",
        &format!("source '{}'", file.display()),
    );
}

#[test]
fn the_program_prints_what_packages_install() {
    for (shell, file) in [
        ("bash", "watchtogether.bash"),
        ("zsh", "_watchtogether"),
        ("fish", "watchtogether.fish"),
    ] {
        let home = tempfile::tempdir().expect("a folder");
        let mut program = crate::support::program(home.path());
        let printed = program
            .args(["completions", shell])
            .output()
            .expect("it runs");
        let packaged = std::fs::read(packaged(file)).expect("a file");
        assert!(printed.stdout == packaged, "{shell}");
    }
}
