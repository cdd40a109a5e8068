//! What a link may reach: only the web, whatever it serves.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;

use super::join;
use crate::support::clips::{Clip, folder_with};
use crate::support::fault_server::{Fault, FaultServer, Requests};
use crate::support::server::Server;
use crate::support::watcher::Watcher;

/// The inodes of the UDP sockets that a process has open.
fn udp_sockets(pid: u32) -> BTreeSet<String> {
    let folder = fs::read_dir(format!("/proc/{pid}/fd")).expect("its open files are listed");
    let open: BTreeSet<String> = folder
        .filter_map(|file| fs::read_link(file.ok()?.path()).ok())
        .filter_map(|link| {
            let link = link.display().to_string();
            Some(link.strip_prefix("socket:[")?.strip_suffix(']')?.to_owned())
        })
        .collect();
    let tables = ["udp", "udp6"]
        .map(|table| fs::read_to_string(format!("/proc/{pid}/net/{table}")).unwrap_or_default());
    let bound = tables.iter().flat_map(|table| table.lines().skip(1));
    // The inode is the tenth field (proc(5)).
    bound
        .filter_map(|line| line.split_whitespace().nth(9))
        .filter(|inode| open.contains(*inode))
        .map(str::to_owned)
        .collect()
}

/// Serves a text in place of media and waits until the player has refused it.
fn refused(alice: &mut Watcher, files: &FaultServer, text: &str) {
    files.switch_off(&Requests::to("x.mp4"));
    files.switch_on(Requests::to("x.mp4"), Fault::Body(text.to_owned()));
    alice.command(&format!("/play {}", files.link("x.mp4")));
    alice.wait("player", |player| player["code"].is_string());
}

#[test]
fn mpv_a_description_of_a_session_binds_no_port() {
    let rooms = Server::ephemeral();
    let files = FaultServer::serving(&folder_with(&[]));
    let mut alice = join(&rooms, "Alice");
    let pid = alice.mpv().pid();
    let sdp = "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=x\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n\
               m=video 45000 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n";
    refused(&mut alice, &files, sdp);
    assert_eq!(udp_sockets(pid), BTreeSet::new());
}

#[test]
fn mpv_a_list_leads_nowhere() {
    let rooms = Server::ephemeral();
    let files = FaultServer::serving(&folder_with(&[Clip::Short]));
    let folder = tempfile::tempdir().expect("a folder");
    let asked = folder.path().join("asked");
    let stand_in = folder.path().join("yt-dlp");
    let script = format!(
        "#!/bin/sh\n[ \"$1\" != --version ] && touch '{}'\nexit 1\n",
        asked.display()
    );
    fs::write(&stand_in, script).expect("the stand-in can be written");
    let executable = fs::set_permissions(&stand_in, fs::Permissions::from_mode(0o755));
    executable.expect("and made executable");
    let ytdl = stand_in.display().to_string();
    let mut alice = Watcher::join_with(rooms.url(), "media", "Alice", &["--ytdl", &ytdl]);
    let inward = files.link(Clip::Short.file_name());
    let lists = [
        format!("# mpv EDL v0\n{inward}\n"),
        format!("ffconcat version 1.0\nfile {inward}\n"),
        format!("#EXTM3U\n#EXTINF:4,x\n{inward}\n"),
        format!("[playlist]\nFile1={inward}\nNumberOfEntries=1\n"),
        "#EXTM3U\n#EXTINF:4,x\nytdl://aqz-KE-bpKQ\n".to_owned(),
        "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n"
            .to_owned(),
    ];
    for list in lists {
        refused(&mut alice, &files, &list);
        assert_eq!(files.count(&Requests::to("short.mp4")), 0, "{list}");
        assert!(!asked.exists(), "{list}");
    }
}
