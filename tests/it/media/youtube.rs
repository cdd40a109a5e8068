//! YouTube's separate video and audio: mpv's hook joins them with a list of its own, which must
//! work although lists of files are forbidden.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use super::wait_past;
use crate::support::clips::{Clip, folder_with};
use crate::support::fault_server::{Fault, FaultServer, Requests};
use crate::support::server::Server;
use crate::support::watcher::{Watcher, wait_in_step};

/// A stand-in for yt-dlp that finds separate picture and sound on `files` at its first run, and
/// then says `later` instead, if one is given. It notes its runs in a file beside it.
fn stand_in(folder: &Path, files: &FaultServer, later: Option<&str>) -> String {
    let [video, audio] = [Clip::Mp4, Clip::Webm].map(|clip| files.link(clip.file_name()));
    let answer = format!(
        r#"{{"id": "aqz-KE-bpKQ", "title": "Big Buck Bunny", "duration": 60,
            "extractor": "youtube", "webpage_url": "x", "ext": "mkv", "requested_formats": [
            {{"format_id": "1", "url": "{video}", "ext": "mp4", "protocol": "https",
              "vcodec": "avc1", "acodec": "none", "width": 160, "height": 90}},
            {{"format_id": "2", "url": "{audio}", "ext": "webm", "protocol": "https",
              "vcodec": "none", "acodec": "vorbis"}}]}}"#
    );
    let program = folder.join("yt-dlp");
    let runs = runs(folder).display().to_string();
    let refusal = later.map_or_else(String::new, |later| {
        format!("if [ -e '{runs}' ]; then echo run >>'{runs}'; echo '{later}' >&2; exit 1; fi\n")
    });
    // To be asked for its version is no run.
    let version = "[ \"$1\" != --version ] || exit 1\n";
    let script =
        format!("#!/bin/sh\n{version}{refusal}echo run >>'{runs}'\ncat <<'END'\n{answer}\nEND\n");
    fs::write(&program, script).expect("the stand-in can be written");
    let executable = fs::set_permissions(&program, fs::Permissions::from_mode(0o755));
    executable.expect("and made executable");
    program.display().to_string()
}

/// The file in which a stand-in notes its runs, a line for each.
fn runs(folder: &Path) -> PathBuf {
    folder.join("runs")
}

#[test]
fn mpv_plays_separate_picture_and_sound() {
    let files = FaultServer::serving(&folder_with(&[Clip::Mp4, Clip::Webm]));
    let folder = tempfile::tempdir().expect("a folder");
    let ytdl = stand_in(folder.path(), &files, None);
    let server = Server::ephemeral();
    let mut alice = Watcher::join_with(server.url(), "tube", "Alice", &["--ytdl", &ytdl]);
    let boris = Watcher::join_with(server.url(), "tube", "Boris", &["--ytdl", &ytdl]);
    let (mut hers, mut his) = (alice.mpv(), boris.mpv());
    alice.command("/play https://youtu.be/aqz-KE-bpKQ");
    wait_in_step(&mut [&mut hers, &mut his]);
    for mpv in [&mut hers, &mut his] {
        assert!(
            mpv.get("current-tracks/video").is_some(),
            "there is no picture"
        );
        assert!(
            mpv.get("current-tracks/audio").is_some(),
            "there is no sound"
        );
    }
    for clip in [Clip::Mp4, Clip::Webm] {
        assert!(
            files.count(&Requests::to(clip.file_name())) >= 2,
            "{clip:?}"
        );
    }
}

#[test]
fn mpv_a_video_that_became_private_is_resolved_once_more_and_never_again() {
    let files = FaultServer::serving(&folder_with(&[Clip::Mp4, Clip::Webm]));
    // The video needs 45 kB a second.
    files.switch_on(Requests::all(), Fault::Throttled(70_000));
    let folder = tempfile::tempdir().expect("a folder");
    let private = "ERROR: [youtube] aqz-KE-bpKQ: This video is private";
    let ytdl = stand_in(folder.path(), &files, Some(private));
    let server = Server::ephemeral();
    let mut alice = Watcher::join_with(server.url(), "tube", "Alice", &["--ytdl", &ytdl]);
    let mut hers = alice.mpv();
    alice.command("/play https://youtu.be/aqz-KE-bpKQ");
    wait_past(&mut hers, 1.0);
    files.switch_on(Requests::all(), Fault::Away);
    let reported = alice.wait("player", |player| player["code"] == "resolver_private");
    assert_eq!(reported["state"], "refused", "{reported}");
    let runs = fs::read_to_string(runs(folder.path())).expect("it ran");
    assert_eq!(runs.lines().count(), 2, "to play it, and after the break");
}
