//! The connection with a socket that behaves like a faulty mpv.

use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::net::{UnixListener, UnixStream};

use super::MpvConnection;

/// A listening socket, a connection to it, and the far end.
fn pair() -> (tempfile::TempDir, MpvConnection, UnixStream) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mpv");
    let listener = UnixListener::bind(&path).unwrap();
    let connection = MpvConnection::open(&path).unwrap();
    let (far, _) = listener.accept().unwrap();
    (folder, connection, far)
}

#[tokio::test]
async fn lines_go_both_ways() {
    let (_folder, mut connection, mut far) = pair();
    far.write_all(b"{\"event\":\"idle\"}\nsecond\n").unwrap();
    assert_eq!(
        connection.lines.recv().await.unwrap().text,
        "{\"event\":\"idle\"}"
    );
    assert_eq!(connection.lines.recv().await.unwrap().text, "second");
    assert!(connection.write("hello\n".to_owned()));
    let mut line = String::new();
    BufReader::new(far).read_line(&mut line).unwrap();
    assert_eq!(line, "hello\n");
}

#[tokio::test]
async fn a_line_that_is_not_utf8_or_too_long_is_skipped() {
    let (_folder, mut connection, mut far) = pair();
    far.write_all(b"\xff\xfe bad\n").unwrap();
    far.write_all("x".repeat(100_000).as_bytes()).unwrap();
    far.write_all(b"\ngood\n").unwrap();
    assert_eq!(connection.lines.recv().await.unwrap().text, "good");
}

#[tokio::test]
async fn the_far_end_closing_ends_the_lines() {
    let (_folder, mut connection, far) = pair();
    drop(far);
    assert!(connection.lines.recv().await.is_none());
}

#[tokio::test]
async fn dropping_the_connection_reaches_the_far_end() {
    let (_folder, connection, far) = pair();
    drop(connection);
    let mut line = String::new();
    assert_eq!(BufReader::new(far).read_line(&mut line).unwrap(), 0);
}

#[test]
fn nobody_listening_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    assert!(MpvConnection::open(&folder.path().join("nothing")).is_err());
}
