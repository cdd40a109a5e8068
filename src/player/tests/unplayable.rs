//! Media that a real mpv opens but shows nothing of.

use super::relayed::{failed, fetch, load, ready};
use super::rig::Rig;
use crate::media::fault::FaultKind;
use crate::media::policy::Privacy;
use crate::player::test_http::{ClipServer, files};
use crate::protocol::time::Position;

/// An MP4 file whose index comes last, after more media data than a player can go back over.
fn with_its_index_last() -> Vec<u8> {
    files(&["-t", "10", "-crf", "1"], "tail.mp4").remove(0).1
}

/// The beginning of a WebM file up to its first picture.
fn without_pictures() -> Vec<u8> {
    let mut media_bytes = files(&["-t", "2", "-c:v", "libvpx", "-an"], "head.webm")
        .remove(0)
        .1;
    let cluster = b"\x1f\x43\xb6\x75";
    let first = media_bytes
        .windows(4)
        .position(|four| four == cluster)
        .unwrap();
    media_bytes.truncate(first);
    media_bytes
}

#[tokio::test]
async fn mpv_that_comes_to_the_end_with_nothing_shown_has_failed() {
    let made = [
        ("tail.mp4", with_its_index_last()),
        ("head.webm", without_pictures()),
    ];
    let server = ClipServer::start(&made).await;
    let mut rig = Rig::start();
    rig.ready().await;
    let cases = [
        ("tail.mp4?whole=true", FaultKind::IndexAtEnd),
        ("head.webm", FaultKind::NothingToPlay),
    ];
    for (epoch, (name, kind)) in (1..).zip(cases) {
        rig.open(epoch, &server.link(name), Position::START, false);
        assert_eq!(failed(&mut rig, epoch).await, fetch(kind, true), "{name}");
    }
    rig.open(9, &server.link("tail.mp4"), Position::START, true);
    rig.restarted().await;
}

#[tokio::test]
async fn mpv_is_not_given_what_it_could_not_go_back_in() {
    let server = ClipServer::start(&[("tail.mp4", with_its_index_last())]).await;
    let mut rig = ready(Privacy::AllowPrivate).await;
    load(&rig, 1, &server.link("tail.mp4?whole=true"));
    let expected = fetch(FaultKind::IndexAtEnd, false);
    assert_eq!(failed(&mut rig, 1).await, expected);
    load(&rig, 2, &server.link("tail.mp4"));
    rig.restarted().await;
}
