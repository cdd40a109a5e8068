//! A server that was started at a terminal ends with it, as any program does that is not told to stay.

use std::io::{BufRead, BufReader};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

use crate::support::program;

#[test]
fn a_server_ends_with_the_terminal_at_which_it_was_started() {
    let home = tempfile::tempdir().expect("a folder");
    let pair = native_pty_system()
        .openpty(PtySize::default())
        .expect("a pseudo-terminal");
    let plain = program(home.path());
    let mut command = CommandBuilder::new(plain.get_program());
    command.env_clear();
    for (name, value) in plain.get_envs() {
        command.env(name, value.unwrap_or_default());
    }
    command.args(["serve", "--listen", "127.0.0.1:0", "--data-dir"]);
    command.arg(home.path().join("rooms"));
    let mut server = pair.slave.spawn_command(command).expect("it starts");
    drop(pair.slave);
    let output = pair.master.try_clone_reader().expect("its output");
    let mut lines = BufReader::new(output).lines().map_while(Result::ok);
    assert!(lines.any(|line| line.contains("listening on")));

    drop((lines, pair.master));
    let ended = server.wait().expect("it ends");
    assert_eq!((ended.exit_code(), ended.signal()), (0, None));
}
