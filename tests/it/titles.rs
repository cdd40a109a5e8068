//! Titles of what waits in the queue, learned by the client of whoever queued it.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::support::clips::{Clip, folder_with};
use crate::support::media_server::MediaServer;
use crate::support::server::Server;
use crate::support::watcher::Watcher;

/// A film with a title of its own, and the server of it.
fn titled(folder: &Path) -> MediaServer {
    let clip = folder_with(&[Clip::Short]).join(Clip::Short.file_name());
    fs::copy(&clip, folder.join("on.mp4")).expect("a clip can be copied");
    let output = Command::new("ffmpeg")
        .args(["-nostdin", "-loglevel", "error", "-i"])
        .arg(&clip)
        .args(["-c", "copy", "-metadata", "title=The Long\u{202e} Night"])
        .arg(folder.join("s01e05.mp4"))
        .stdin(Stdio::null())
        .output()
        .expect("ffmpeg runs; `make setup` installs it");
    assert!(output.status.success(), "{output:?}");
    MediaServer::serving(folder)
}

/// The first entry of the queue, once it is called so.
fn wait_called(watcher: &mut Watcher, title: &str) -> Value {
    let queue = watcher.wait("queue", |queue| queue["entries"][0]["title"] == title);
    queue["entries"][0].clone()
}

#[test]
fn mpv_a_queued_file_gets_its_own_title_and_length() {
    let folder = tempfile::tempdir().expect("a folder");
    let media = titled(folder.path());
    let server = Server::ephemeral();
    let mut alice = Watcher::join(server.url(), "titles", "Alice");
    let mut boris = Watcher::join(server.url(), "titles", "Boris");
    alice.command(&format!("/play {}", media.link_to("on.mp4")));
    alice.command("/pause");
    boris.command(&format!("/add {}", media.link_to("s01e05.mp4")));
    let entry = wait_called(&mut alice, "The Long Night");
    assert_eq!(entry["duration"], 4.0, "{entry}");
    wait_called(&mut boris, "The Long Night");
}

#[test]
fn mpv_youtube_videos_get_theirs_from_the_members_yt_dlp() {
    let folder = tempfile::tempdir().expect("a folder");
    let media = titled(folder.path());
    let video = json!({"id": "aqz-KE-bpKQ", "title": "Big Buck Bunny", "duration": 60});
    let list = json!({"playlist_count": 60, "entries": [video,
        {"id": "bqz-KE-bpKQ", "title": "Second", "duration": 61}]});
    let program = folder.path().join("yt-dlp");
    let script = format!(
        "#!/bin/sh\ncase \"$*\" in *--flat-playlist*) echo '{list}';; *) echo '{video}';; esac\n"
    );
    fs::write(&program, script).expect("the stand-in can be written");
    let executable = fs::set_permissions(&program, fs::Permissions::from_mode(0o755));
    executable.expect("and made executable");
    let ytdl = program.display().to_string();
    let server = Server::ephemeral();
    let mut alice = Watcher::join_with(server.url(), "titles", "Alice", &["--ytdl", &ytdl]);
    alice.command(&format!("/play {}", media.link_to("on.mp4")));
    alice.command("/pause");
    alice.command("/add https://youtu.be/aqz-KE-bpKQ");
    wait_called(&mut alice, "Big Buck Bunny");
    alice.command("/playlist https://www.youtube.com/playlist?list=PL1");
    let told = alice.wait("notice", |notice| notice["code"] == "queued_together");
    let text = told["text"].as_str().unwrap_or_default();
    assert!(text.contains("1 was in the queue already"), "{told}");
    assert!(text.contains("/remove #2"), "{told}");
    alice.command("/remove #2");
}
