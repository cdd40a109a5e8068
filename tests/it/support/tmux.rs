//! The program in a tmux of its own, which counts the width of text in its own way.

use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

use super::patience::in_time;

/// A tmux server with one window. It is killed when this is dropped.
pub(crate) struct Tmux {
    home: TempDir,
}

impl Tmux {
    /// Runs the program with these arguments, 120 columns, 30 rows, and a home folder of its own.
    pub(crate) fn run(arguments: &str) -> Self {
        let tmux = Self {
            home: tempfile::tempdir().expect("a folder"),
        };
        let home = tmux.home.path().display();
        let path = std::env::var("PATH").unwrap_or_default();
        let program = env!("CARGO_BIN_EXE_watchtogether");
        let command = format!(
            "env -i PATH='{path}' HOME='{home}' WATCHTOGETHER_STATE_DIR='{home}/state' \
             WATCHTOGETHER_DEFAULT_SERVER=http://127.0.0.1:0 TERM=screen-256color \
             LANG=C.UTF-8 '{program}' {arguments}"
        );
        tmux.ask(&["new-session", "-d", "-x", "120", "-y", "30", &command]);
        tmux
    }

    /// Types a text.
    pub(crate) fn write(&self, text: &str) {
        self.ask(&["send-keys", "-l", text]);
    }

    /// Presses a key, by tmux's name for it.
    pub(crate) fn press(&self, key: &str) {
        self.ask(&["send-keys", key]);
    }

    /// What it shows, as lines of text.
    pub(crate) fn picture(&self) -> String {
        self.ask(&["capture-pane", "-p"])
    }

    /// Waits until its screen is as wished, and returns it.
    pub(crate) fn wait(&self, what: &str, wished: impl Fn(&str) -> bool) -> String {
        let shown = in_time(|| Some(self.picture()).filter(|picture| wished(picture)));
        shown.unwrap_or_else(|| panic!("waited in vain for {what}:\n{}", self.picture()))
    }

    fn ask(&self, arguments: &[&str]) -> String {
        let answer = tmux(self.home.path(), arguments);
        let complaint = String::from_utf8_lossy(&answer.stderr);
        assert!(answer.status.success(), "tmux {arguments:?}: {complaint}");
        String::from_utf8(answer.stdout).expect("a text")
    }
}

impl Drop for Tmux {
    fn drop(&mut self) {
        // Through its own socket. It may have ended already.
        let _gone = tmux(self.home.path(), &["kill-server"]);
    }
}

fn tmux(home: &Path, arguments: &[&str]) -> Output {
    Command::new("tmux")
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("HOME", home)
        .env("LANG", "C.UTF-8")
        .args(["-u", "-f", "/dev/null", "-S"])
        .arg(home.join("tmux"))
        .args(arguments)
        .output()
        .expect("these tests need tmux (apt install tmux)")
}
