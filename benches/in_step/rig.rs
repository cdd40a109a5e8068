//! The fixture of every scene: servers, media, and viewers with their players.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use super::crowd;
use super::meter::{self, Meter};
use super::nodes::Nodes;
use super::proxy::{Network, Proxy};
use super::support::clips::{Clip, folder_with};
use super::support::fault_server::FaultServer;
use super::support::media_server::MediaServer;
use super::support::mpv_probe::MpvProbe;
use super::support::patience::until;
use super::support::server::Server;
use super::support::terminal::Terminal;
use super::support::watcher::Watcher;
use super::test_media::{self, TestMedia};

/// The room of every scene.
pub(crate) const ROOM: &str = "bench";

/// Options that keep mpv's cache small, so that a seek has to fetch from the host.
pub(crate) const SMALL_CACHE: [&str; 2] = [
    "--player-arg=--cache-secs=2",
    "--player-arg=--demuxer-max-bytes=256KiB",
];

/// The rooms' server and a media server.
pub(crate) struct Rig {
    rooms: String,
    /// The server, if it is the rig's own.
    _server: Option<Server>,
    media_server: MediaServer,
}

impl Rig {
    /// A fresh server.
    pub(crate) fn new() -> Self {
        let server = Server::ephemeral();
        Self::with(server.url().to_owned(), Some(server))
    }

    /// A fresh server with so many more members, who have no players.
    pub(crate) fn crowded(others: usize) -> Self {
        let server = Server::on_disk_with(&crowd::LIMITS);
        crowd::fill(address(server.url()), others);
        Self::with(server.url().to_owned(), Some(server))
    }

    /// Nodes that the scene has started.
    pub(crate) fn at(nodes: &Nodes) -> Self {
        Self::with(nodes.url(), None)
    }

    fn with(rooms: String, server: Option<Server>) -> Self {
        Self {
            rooms,
            _server: server,
            media_server: MediaServer::serving(&test_media::folder()),
        }
    }

    /// The link to a file of the media server.
    pub(crate) fn link(&self, media: TestMedia) -> String {
        self.media_server.link_to(media.file())
    }

    /// A server of clips whose faults can be switched.
    pub(crate) fn faults(clips: &[Clip]) -> FaultServer {
        FaultServer::serving(&folder_with(clips))
    }

    /// The address of the rooms.
    pub(crate) fn rooms(&self) -> &str {
        &self.rooms
    }

    /// A viewer whose player sends its member's name to media servers as User-Agent.
    pub(crate) fn named(&self, name: &str, options: &[&str]) -> Viewer {
        let agent = format!("--player-arg=--user-agent={name}");
        self.viewer(name, &[&[agent.as_str()], options].concat())
    }

    /// Starts a network in front of the room server.
    pub(crate) fn network(&self, how: Network) -> Proxy {
        Proxy::before(address(&self.rooms), how)
    }

    /// Alice, the admin, and Boris, each with these options, both playing this link.
    pub(crate) fn watching(&self, link: &str, options: [&[&str]; 2]) -> (Viewer, Viewer) {
        let [alices, boriss] = options;
        let mut alice = self.viewer("Alice", alices);
        let mut boris = self.viewer("Boris", boriss);
        play(link, [&mut alice, &mut boris]);
        (alice, boris)
    }

    /// A viewer on the server's machine; the first to join is the admin.
    pub(crate) fn viewer(&self, name: &str, options: &[&str]) -> Viewer {
        Viewer::join(&self.rooms, name, options)
    }
}

/// A member with a real player.
pub(crate) struct Viewer {
    /// The client's process and its JSON output.
    pub(crate) watcher: Watcher,
    /// A second connection to the player.
    pub(crate) mpv: MpvProbe,
}

impl Viewer {
    /// A viewer behind a network.
    pub(crate) fn behind(network: &Proxy, name: &str, options: &[&str]) -> Self {
        Self::join(&format!("http://{}", network.address()), name, options)
    }

    fn join(server: &str, name: &str, options: &[&str]) -> Self {
        let watcher = Watcher::join_with(server, ROOM, name, options);
        let mpv = watcher.mpv();
        Self { watcher, mpv }
    }

    /// Where the player listens.
    pub(crate) fn socket(&self) -> &Path {
        &self.watcher.socket
    }

    /// Types a line, and waits until it is carried out.
    pub(crate) fn command(&mut self, line: &str) {
        self.watcher.command(line);
    }

    /// Waits until the player plays evenly.
    pub(crate) fn wait_playing(&mut self) {
        self.mpv.wait("the player plays", |mpv| {
            let runs = !mpv.flag("pause") && !mpv.flag("seeking");
            (runs && mpv.number("audio-pts").is_some_and(|at| at > 0.1)).then_some(())
        });
    }

    /// Starts to record the player's seeks.
    pub(crate) fn seeks(&self) -> meter::Reports<bool> {
        meter::Reports::<bool>::of_flag(self.socket(), "seeking")
    }
}

/// A member with a real player who sees the screen, in a terminal.
pub(crate) struct ScreenViewer {
    /// The terminal, whose home folder the player's socket is in.
    pub(crate) terminal: Terminal,
    socket: PathBuf,
}

impl ScreenViewer {
    /// A viewer on the server's machine.
    pub(crate) fn join(rig: &Rig, name: &str) -> Self {
        let mut terminal = Terminal::open(&[]);
        let socket = terminal.home().join("mpv");
        terminal.run(&format!(
            "watchtogether join {ROOM} --server {} --name {name} --allow-private-media \
             --player-arg=--no-config --player-arg=--vo=null --player-arg=--ao=null \
             --player-ipc {}",
            rig.rooms(),
            socket.display()
        ));
        terminal.row_with(&[ROOM, name, "👥"]);
        Self { terminal, socket }
    }

    /// A second connection to the player.
    pub(crate) fn mpv(&self) -> MpvProbe {
        MpvProbe::connect(&self.socket)
    }
}

/// The first of these viewers puts a link on; all play it when this returns.
pub(crate) fn play<const N: usize>(link: &str, mut viewers: [&mut Viewer; N]) {
    if let Some(first) = viewers.first_mut() {
        first.command(&format!("/play {link}"));
    }
    for viewer in viewers {
        viewer.wait_playing();
    }
}

/// Starts a meter for these viewers' players.
pub(crate) fn meter(viewers: &[&Viewer]) -> Meter {
    Meter::start(viewers.iter().map(|viewer| viewer.watcher.mpv()).collect())
}

/// Waits until two players are at most `millis` milliseconds apart.
pub(crate) fn wait_in_step(one: &mut Viewer, other: &mut Viewer, millis: f64) {
    until("the players are in step", || {
        let first = meter::read(&mut one.mpv, "audio-pts")?;
        let second = meter::read(&mut other.mpv, "audio-pts")?;
        let apart = second.position - first.position - (second.at - first.at);
        (apart.abs() * 1_000.0 < millis).then_some(())
    });
}

/// The address in a link.
fn address(url: &str) -> SocketAddr {
    let rest = url.strip_prefix("http://").unwrap_or(url);
    let host = rest.split('/').next().unwrap_or(rest);
    host.parse().expect("an address and a port")
}
