//! YouTube links through the whole program: mpv's own resolver hook runs a stand-in for yt-dlp,
//! which answers with a local clip, or fails as the real one does.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::clips::Clip;
use crate::support::media_server::MediaServer;
use crate::support::server::Server;
use crate::support::watcher::{Watcher, wait_in_step};

/// Writes a stand-in for yt-dlp, and returns its path.
fn resolver(folder: &Path, script: &str) -> PathBuf {
    let path = folder.join("yt-dlp");
    fs::write(&path, format!("#!/bin/sh\n{script}\n")).expect("the stand-in can be written");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("and made executable");
    path
}

#[test]
fn mpv_plays_a_youtube_link_through_its_resolver() {
    let media = MediaServer::with(&[Clip::Mp4]);
    let folder = tempfile::tempdir().expect("a folder");
    let asked = folder.path().join("asked");
    let answer = format!(
        r#"{{"id": "aqz-KE-bpKQ", "title": "Big Buck Bunny", "ext": "mp4", "protocol": "http",
            "url": "{}", "duration": 60, "extractor": "youtube", "webpage_url": "x"}}"#,
        media.link(Clip::Mp4)
    );
    let script = format!(
        "printf '%s\\n' \"$@\" > '{}'\ncat <<'END'\n{answer}\nEND",
        asked.display()
    );
    let stand_in = resolver(folder.path(), &script).display().to_string();
    let server = Server::ephemeral();
    let mut alice = Watcher::join_with(server.url(), "tube", "Alice", &["--ytdl", &stand_in]);
    let mut boris = Watcher::join_with(server.url(), "tube", "Boris", &["--ytdl", &stand_in]);
    let (mut hers, mut his) = (alice.mpv(), boris.mpv());

    alice.command("/play https://youtu.be/aqz-KE-bpKQ");
    wait_in_step(&mut [&mut hers, &mut his]);
    let reported = boris.wait("media", |media| !media["duration"].is_null());
    assert_eq!(reported["kind"], "YouTube");
    assert_eq!(reported["title"], "Big Buck Bunny");
    assert_eq!(reported["duration"], 60.0);
    let arguments = fs::read_to_string(asked).expect("the stand-in was asked");
    assert!(
        arguments.contains("https://www.youtube.com/watch?v=aqz-KE-bpKQ"),
        "{arguments}"
    );
}

#[test]
fn mpv_reports_why_a_youtube_link_does_not_play() {
    let folder = tempfile::tempdir().expect("a folder");
    let script = "echo 'ERROR: [youtube] aqz-KE-bpKQ: Video unavailable. \
                  The uploader has not made this video available' >&2\nexit 1";
    let stand_in = resolver(folder.path(), script).display().to_string();
    let server = Server::ephemeral();
    let mut alice = Watcher::join_with(server.url(), "tube", "Alice", &["--ytdl", &stand_in]);
    let mut boris = Watcher::join_with(server.url(), "tube", "Boris", &["--ytdl", &stand_in]);

    alice.say("/play https://youtu.be/aqz-KE-bpKQ");
    let reported = boris.wait("player", |player| {
        player["text"]
            .as_str()
            .is_some_and(|text| text.contains("isn't available on YouTube"))
    });
    let text = reported["text"].as_str().unwrap_or_default();
    assert!(text.contains(".mp4"), "no way out is named: {reported}");
    // There is no notice about the last member who fails: everybody sees that nobody can play it.
    alice.wait("notice", |notice| notice["code"] == "nobody_can_play");
    boris.say("still here");
    alice.wait("chat", |chat| chat["text"] == "still here");
}

#[test]
fn an_old_yt_dlp_is_told_once_in_doctors_words_when_a_video_needs_it() {
    let media = MediaServer::with(&[Clip::Mp4]);
    let folder = tempfile::tempdir().expect("a folder");
    let script = format!(
        r#"case "$*" in *--version*) echo 2023.03.04; exit;; esac
cat <<'END'
{{"id": "aqz-KE-bpKQ", "title": "Big Buck Bunny", "ext": "mp4", "protocol": "http",
 "url": "{}", "duration": 60, "extractor": "youtube", "webpage_url": "x"}}
END"#,
        media.link(Clip::Mp4)
    );
    let stand_in = resolver(folder.path(), &script).display().to_string();
    let server = Server::ephemeral();
    let mut alice = Watcher::join_with(server.url(), "tube", "Alice", &["--ytdl", &stand_in]);

    // A direct link plays without it, so nothing is said of it.
    alice.command(&format!("/play {}", media.link(Clip::Mp4)));
    alice.wait_state("player", "playing");
    let codes = |lines: Vec<Value>| -> Vec<String> {
        let codes = lines.iter().filter_map(|line| line["code"].as_str());
        codes.map(str::to_owned).collect()
    };
    let before = codes(alice.client.so_far("notice"));
    assert!(!before.contains(&"checked".to_owned()), "{before:?}");

    alice.command("/play https://youtu.be/aqz-KE-bpKQ");
    let told = alice.wait("notice", |notice| notice["code"] == "checked");
    let text = told["text"].as_str().expect("a sentence");
    assert!(
        text.starts_with("yt-dlp 2023.03.04 is dangerous: releases before 2026.07.04"),
        "{text}"
    );
    let remedy = alice.wait("notice", |notice| notice["code"] == "remedy");
    let real = fs::canonicalize(&stand_in).expect("a path");
    let expected = format!("→ {} -U", real.display());
    assert_eq!(remedy["text"], expected.as_str());

    alice.command("/play https://youtu.be/dQw4w9WgXcQ");
    alice.wait("media", |media| {
        media["url"]
            .as_str()
            .is_some_and(|link| link.contains("dQw4w9WgXcQ"))
    });
    alice.command("/chapter");
    let dangerous = |line: &Value| {
        let text = line["text"].as_str();
        text.is_some_and(|text| text.contains("is dangerous"))
    };
    let after = alice.client.so_far("notice");
    assert!(!after.iter().any(dangerous), "once: {after:?}");
}
