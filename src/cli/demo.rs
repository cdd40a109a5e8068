//! `watchtogether demo`: a room with a film and a second member, to see how it works.
//!
//! The room's server and the film's are in this process. The clients are two more processes of this
//! program: the one on the screen, and the second member's, which has no window and reads its lines
//! from here. Both keep what they keep in a folder that goes with the demo.

use std::path::{Path, PathBuf};
use std::process::{ExitCode, Stdio};
use std::time::Duration;

use anyhow::Context;
use tokio::io::AsyncWriteExt as _;
use tokio::process::{Child, Command};
use tokio::task::spawn_blocking;
use tokio::time::sleep;

use super::args::DemoArgs;
use super::local::{Hosting, LocalServer};
use super::{colours, complain, config, runtime};
use crate::client::rooms;
use crate::private_files;
use crate::protocol::ids::RoomId;
use crate::texts::language::Language;
use crate::texts::{system, tr};
use film::{Links, Titles};

mod film;

/// The room of the demo.
const ROOM: &str = "demo";
/// The variable by which the client on the screen knows that it shows the demo. For that alone, and so
/// undocumented.
pub(super) const MARK: &str = "WATCHTOGETHER_DEMO";
/// The beginning of the names of the variables that are settings.
const SETTINGS: &str = "WATCHTOGETHER_";
/// The settings of the environment that hold for the demo, too: how it looks and sounds, not what it
/// does.
const OBEYED: [&str; 8] = [
    "WATCHTOGETHER_PLAYER",
    "WATCHTOGETHER_PLAYER_ARG",
    "WATCHTOGETHER_THEME",
    config::COLOUR,
    "WATCHTOGETHER_LOG",
    "WATCHTOGETHER_NO_BELL",
    "WATCHTOGETHER_NO_NOTIFY",
    "WATCHTOGETHER_NO_MOUSE",
];
/// How often the second member reacts once everything has been shown (judgement).
const REACTION_PERIOD: Duration = Duration::from_secs(25);

/// What the demo was started with.
#[derive(Debug)]
pub struct Demo {
    /// The options for the client on the screen.
    pub args: DemoArgs,
    /// The configuration file that was named.
    pub config: Option<PathBuf>,
}

/// Runs the subcommand to its end.
///
/// # Errors
/// If the servers or the client on the screen do not start.
pub fn run(demo: &Demo, language: Language) -> anyhow::Result<ExitCode> {
    let runtime = runtime::with_threads(2, language)?;
    let name = format!("watchtogether-demo-{:016x}", rand::random::<u64>());
    let folder = std::env::temp_dir().join(name);
    private_files::create_new_folder(&folder).with_context(|| tr!(language, "demo-no-folder"))?;
    let code = runtime.block_on(show(demo, &folder, language));
    runtime.shutdown_background();
    if let Err(cause) = std::fs::remove_dir_all(&folder) {
        let why = system::error(language, &cause);
        let words = tr!(
            language,
            "demo-folder-stays",
            folder = folder.display().to_string(),
            why = why
        );
        complain(format_args!("watchtogether: {words}"));
    }
    code
}

async fn show(demo: &Demo, folder: &Path, language: Language) -> anyhow::Result<ExitCode> {
    let room = RoomId::parse(ROOM).context("the demo's room")?;
    let hosting = Hosting {
        on_lan: false,
        room: &room,
        folder: None,
        public_url: None,
    };
    let server = LocalServer::at_any_port(hosting).await;
    let server = server.map_err(|fault| fault.worded(language))?;
    let titles = Titles {
        first: tr!(language, "demo-film"),
        next: tr!(language, "demo-next-film"),
    };
    let links = film::serve(&titles).await;
    let links = links.with_context(|| tr!(language, "cli-no-free-port"))?;
    let stage = Stage {
        server: server.url.to_string(),
        folder: folder.to_owned(),
        links,
        language,
    };
    // Neither client reads the settings of an evening.
    std::fs::write(stage.no_settings(), "").with_context(|| tr!(language, "demo-no-folder"))?;
    let mut screen = stage
        .screen(demo)
        .spawn()
        .with_context(|| tr!(language, "demo-no-client"))?;
    let second = tokio::spawn(stage.second_member());
    let code = ended(&mut screen).await?;
    // Its client is killed, and what that leaves goes with the folder.
    second.abort();
    server.stop().await;
    Ok(ExitCode::from(code))
}

/// Waits for the client on the screen: it gets what ends a program as well, and ends by itself.
async fn ended(screen: &mut Child) -> anyhow::Result<u8> {
    let mut told = end_signals()?;
    loop {
        tokio::select! {
            status = screen.wait() => {
                let code = status?.code().and_then(|code| u8::try_from(code).ok());
                return Ok(code.unwrap_or(1));
            }
            Some(()) = told.recv() => end(screen),
        }
    }
}

/// The signals that end a program, from here on without their usual effect.
fn end_signals() -> std::io::Result<tokio::sync::mpsc::Receiver<()>> {
    let (sender, receiver) = tokio::sync::mpsc::channel(1);
    #[cfg(unix)]
    for kind in [
        tokio::signal::unix::SignalKind::interrupt(),
        tokio::signal::unix::SignalKind::terminate(),
        tokio::signal::unix::SignalKind::hangup(),
    ] {
        let mut signal = tokio::signal::unix::signal(kind)?;
        let sender = sender.clone();
        tokio::spawn(async move {
            while signal.recv().await.is_some() && sender.send(()).await.is_ok() {}
        });
    }
    drop(sender);
    Ok(receiver)
}

#[cfg(unix)]
fn end(screen: &Child) {
    let id = screen.id().and_then(|id| i32::try_from(id).ok());
    let Some(id) = id.and_then(rustix::process::Pid::from_raw) else {
        return;
    };
    if let Err(cause) = rustix::process::kill_process(id, rustix::process::Signal::TERM) {
        tracing::debug!(%cause, "the client has ended already");
    }
}

#[cfg(not(unix))]
fn end(_: &Child) {}

/// What the clients of the demo share.
struct Stage {
    server: String,
    folder: PathBuf,
    links: Links,
    language: Language,
}

impl Stage {
    /// An empty file of settings.
    fn no_settings(&self) -> PathBuf {
        self.folder.join("config.toml")
    }

    /// A client in the room, without this person's own settings and state.
    fn client(&self, state: &str, config: &Path) -> Command {
        let program = std::env::current_exe().unwrap_or_else(|_| "watchtogether".into());
        let mut command = Command::new(program);
        for (name, _) in std::env::vars_os() {
            let setting = name.to_str().filter(|name| name.starts_with(SETTINGS));
            if setting.is_some_and(|name| !OBEYED.contains(&name)) {
                command.env_remove(name);
            }
        }
        command
            .env("WATCHTOGETHER_STATE_DIR", self.folder.join(state))
            .arg("--config")
            .arg(config)
            .args(["--lang", self.language.code(), "join", ROOM, "--server"])
            .arg(&self.server)
            .arg("--allow-private-media");
        command
    }

    fn screen(&self, demo: &Demo) -> Command {
        let settings = demo.config.clone();
        let settings = settings.unwrap_or_else(|| self.no_settings());
        let mut command = self.client("own", &settings);
        command.env(MARK, "1");
        command.env(config::COLOUR, colours::in_force().code());
        let title = tr!(self.language, "demo-title");
        let name = tr!(self.language, "demo-you");
        command.args(["--name", &name, "--play", &self.links.first]);
        command.args(["--title", &title]);
        if let Some(player) = &demo.args.player {
            command.arg("--player").arg(player);
        }
        if demo.args.json {
            command.arg("--json");
        }
        for option in &demo.args.player_arg {
            command.arg(format!("--player-arg={option}"));
        }
        command
    }

    /// The second member comes when the room is there, shows what members do, and stays.
    async fn second_member(self) {
        if let Err(cause) = self.play_second_member().await {
            tracing::warn!(%cause, "the demo's second member has left");
        }
    }

    async fn play_second_member(&self) -> std::io::Result<()> {
        // The client on the screen makes the room, and is its admin then.
        let server = self.server.clone();
        if !spawn_blocking(move || rooms::until_any(&server)).await? {
            return Err(std::io::Error::other("the server has no feed of rooms"));
        }
        let mut command = self.client("second", &self.no_settings());
        command
            .args(["--json", "--name", &tr!(self.language, "demo-name")])
            .args(["--player-arg=--vo=null", "--player-arg=--ao=null"])
            .env("XDG_RUNTIME_DIR", &self.folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true);
        let mut client = command.spawn()?;
        let Some(mut input) = client.stdin.take() else {
            return Ok(());
        };
        for (pause, line) in self.lines() {
            sleep(Duration::from_secs(pause)).await;
            input.write_all(format!("{line}\n").as_bytes()).await?;
        }
        loop {
            tokio::select! {
                _ = client.wait() => return Ok(()),
                () = sleep(REACTION_PERIOD) => input.write_all(b"/react 1\n").await?,
            }
        }
    }

    /// What the second member writes, each after a pause in seconds.
    fn lines(&self) -> Vec<(u64, String)> {
        let language = self.language;
        let mut lines = vec![
            (4, tr!(language, "demo-greeting")),
            (2, "/react 1".to_owned()),
        ];
        lines.extend([
            (4, format!("/add {}", self.links.next)),
            (1, tr!(language, "demo-proposes")),
            (6, "/ask pause".to_owned()),
            (1, tr!(language, "demo-asks")),
            (8, tr!(language, "demo-real")),
        ]);
        lines
    }
}
