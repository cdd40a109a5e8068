//! YouTube's separate picture and sound: the hook puts them together by a list of its own,
//! which no ban on lists may break.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::support::clips::{Clip, folder_with};
use crate::support::fault_server::{FaultServer, Requests};
use crate::support::server::Server;
use crate::support::watcher::{Watcher, wait_in_step};

#[test]
fn mpv_plays_separate_picture_and_sound() {
    let files = FaultServer::serving(&folder_with(&[Clip::Mp4, Clip::Webm]));
    let folder = tempfile::tempdir().expect("a folder");
    let [video, audio] = [Clip::Mp4, Clip::Webm].map(|clip| files.link(clip.file_name()));
    let answer = format!(
        r#"{{"id": "aqz-KE-bpKQ", "title": "Big Buck Bunny", "duration": 60,
            "extractor": "youtube", "webpage_url": "x", "ext": "mkv", "requested_formats": [
            {{"format_id": "1", "url": "{video}", "ext": "mp4", "protocol": "https",
              "vcodec": "avc1", "acodec": "none", "width": 160, "height": 90}},
            {{"format_id": "2", "url": "{audio}", "ext": "webm", "protocol": "https",
              "vcodec": "none", "acodec": "vorbis"}}]}}"#
    );
    let stand_in = folder.path().join("yt-dlp");
    let script = format!("#!/bin/sh\ncat <<'END'\n{answer}\nEND\n");
    fs::write(&stand_in, script).expect("the stand-in can be written");
    let executable = fs::set_permissions(&stand_in, fs::Permissions::from_mode(0o755));
    executable.expect("and made executable");
    let ytdl = stand_in.display().to_string();
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
