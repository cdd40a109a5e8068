//! Media as real servers have it, with real players: containers without a length, broken
//! connections, HLS, seeks that land elsewhere, links that lead to no media or into private
//! networks. Facts only: which video runs, which words are said, how many seeks and requests were
//! made.

use serde_json::Value;

use crate::support::clips::{Clip, folder_with};
use crate::support::fault_server::{FaultServer, Requests};
use crate::support::mpv_probe::MpvProbe;
use crate::support::server::Server;
use crate::support::watcher::Watcher;

mod breaks;
mod hls;
mod lengths;
mod nobody;
mod reach;
mod seeks;
mod unranged;
mod words;
mod youtube;

/// A room with an admin, Alice, and a viewer, Boris, and a server of clips with faults. Their
/// players name themselves to the server of clips.
struct Scene {
    rooms: Server,
    files: FaultServer,
    alice: Watcher,
    boris: Watcher,
}

impl Scene {
    fn of(clips: &[Clip]) -> Self {
        let rooms = Server::ephemeral();
        let files = FaultServer::serving(&folder_with(clips));
        let [alice, boris] = ["Alice", "Boris"].map(|name| join(&rooms, name));
        Self {
            rooms,
            files,
            alice,
            boris,
        }
    }

    /// The link to a clip.
    fn link(&self, clip: Clip) -> String {
        self.files.link(clip.file_name())
    }

    /// Second connections to both players.
    fn players(&self) -> (MpvProbe, MpvProbe) {
        (self.alice.mpv(), self.boris.mpv())
    }

    /// Alice plays a clip.
    fn play(&mut self, clip: Clip) {
        let link = self.link(clip);
        self.alice.command(&format!("/play {link}"));
    }

    /// Queues another clip, so that a wrong end of the first would show.
    fn queue(&mut self, clip: Clip) {
        let link = self.link(clip);
        self.alice.command(&format!("/add {link}"));
    }
}

/// A member joins whose player names itself to the server of clips.
fn join(rooms: &Server, name: &str) -> Watcher {
    let agent = format!("--player-arg=--user-agent={name}");
    Watcher::join_with(rooms.url(), "media", name, &[&agent])
}

/// The requests for a clip, by any player.
fn requests(clip: Clip) -> Requests {
    Requests::to(clip.file_name())
}

/// Waits until a player's position is past so many seconds.
fn wait_past(mpv: &mut MpvProbe, seconds: f64) {
    mpv.wait("the film gets there", |mpv| {
        (mpv.number("time-pos")? > seconds).then_some(())
    });
}

/// Waits until a player has opened the file of this name.
fn wait_file(mpv: &mut MpvProbe, name: &str) {
    mpv.wait(name, |mpv| (file(mpv)? == name).then_some(()));
    mpv.wait_playing();
}

/// The name of the file that a player has open.
fn file(mpv: &mut MpvProbe) -> Option<String> {
    Some(mpv.get("filename")?.as_str()?.to_owned())
}

/// The seeks that a client has ordered so far, with their reasons.
fn seeks(watcher: &mut Watcher) -> Vec<Value> {
    let mut decisions = watcher.client.so_far("decision");
    decisions.retain(|reported| reported["action"] == "seek");
    decisions
}

/// Whether a notice with this code has been received.
fn noticed(watcher: &mut Watcher, code: &str) -> bool {
    let notices = watcher.client.so_far("notice");
    notices.iter().any(|notice| notice["code"] == code)
}
