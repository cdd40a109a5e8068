//! Support for the scenarios: processes of the program, clips, media servers with and without
//! faults, a second connection to a player, and how long to wait for all of it.

use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Command;

pub(crate) mod answers;
pub(crate) mod balancer;
pub(crate) mod certificates;
pub(crate) mod clips;
pub(crate) mod fake_server;
pub(crate) mod fault_server;
pub(crate) mod join_client;
pub(crate) mod media_server;
pub(crate) mod mpv_probe;
pub(crate) mod node;
pub(crate) mod own_child;
pub(crate) mod patience;
pub(crate) mod process;
pub(crate) mod proxies;
pub(crate) mod redis_cluster;
pub(crate) mod redis_server;
pub(crate) mod server;
pub(crate) mod talk;
pub(crate) mod terminal;
pub(crate) mod terminal_reader;
pub(crate) mod tmux;
pub(crate) mod watcher;
pub(crate) mod wrong_clock;
pub(crate) mod wrong_proxy;

/// The program with a home folder of its own, with nothing of the user's environment but `PATH`,
/// and without a default server on this computer.
pub(crate) fn program(home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_watchtogether"));
    command
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("HOME", home)
        .env("WATCHTOGETHER_STATE_DIR", home.join("state"))
        .env("WATCHTOGETHER_DEFAULT_SERVER", "http://127.0.0.1:0");
    command
}

/// An address of this computer at which nobody listened a moment ago.
pub(crate) fn free_address() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("its address")
}

/// All files below a folder.
pub(crate) fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths
        .flat_map(|path| {
            if path.is_dir() {
                files_below(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}
