//! The limits on connections to the relay.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use super::scene::{LINK, Scene, config, direct, pass};
use crate::relay::Relay;
use crate::relay::connect::MOST_OPEN;
use crate::test_support::origin::{Act, Origin, media_bytes, served};

/// The bound of each wait, far longer than anything takes on the slowest machine.
const BOUND: Duration = Duration::from_mins(1);

fn connect(port: u16, says: &str) -> TcpStream {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_read_timeout(Some(BOUND)).unwrap();
    stream.write_all(says.as_bytes()).unwrap();
    stream
}

/// Everything received until the connection ends, by a reset too.
fn rest(mut stream: TcpStream) -> String {
    let mut all = Vec::new();
    let mut piece = [0; 1_024];
    while let Ok(count @ 1..) = stream.read(&mut piece) {
        all.extend_from_slice(&piece[..count]);
    }
    String::from_utf8_lossy(&all).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn strangers_on_this_machine_do_not_keep_the_player_out() {
    let media_bytes = media_bytes(100);
    let origin = Origin::new(move |asked| served(&media_bytes, asked));
    let (mut relay, _events) = Relay::start(config(&origin)).await.unwrap();
    let opened = relay.open(&direct(LINK));
    let port = relay.port;
    let path = opened.address.split_once(&port.to_string()).unwrap().1;
    let ask = format!("GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    let work = move || {
        let silent: Vec<TcpStream> = (0..200).map(|_| connect(port, "")).collect();
        let wrong = format!("GET /{:032x}/1/film.mp4 HTTP/1.1\r\nHost: a\r\n\r\n", 7);
        assert_eq!(rest(connect(port, &wrong)), "", "not even an answer");
        let got = rest(connect(port, &ask));
        assert!(got.starts_with("HTTP/1.1 200 OK\r\n"), "{got}");
        // A request line may arrive in pieces.
        let (first, second) = ask.split_at(9);
        let mut slow = connect(port, first);
        slow.write_all(second.as_bytes()).unwrap();
        assert!(rest(slow).starts_with("HTTP/1.1 200 OK\r\n"));
        drop(silent);
    };
    tokio::task::spawn_blocking(work).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn only_so_many_connections_are_made_at_once() {
    let scene = Scene::new(|_| vec![Act::Hang]);
    scene.relay.shown(scene.opened.load);
    let asking: Vec<_> = (0..2 * MOST_OPEN).map(|_| scene.getting(None)).collect();
    pass(5).await;
    assert_eq!(scene.origin.dialed.lock().unwrap().len(), MOST_OPEN);
    for one in asking {
        one.abort();
    }
    pass(1).await;
    let _more = scene.getting(None);
    pass(1).await;
    let dialed = scene.origin.dialed.lock().unwrap().len();
    assert_eq!(dialed, MOST_OPEN + 1, "those that ended made room");
}
