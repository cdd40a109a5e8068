//! Proxies in front of a server that are set up wrongly, each in one way.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

/// What is wrong with a proxy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wrong {
    /// It drops what asks for a WebSocket.
    DropsUpgrade,
    /// It cuts sockets on which nothing comes.
    CutsQuiet,
    /// Behind it is a server that knows no quiet sockets.
    ServesOlder,
    /// What the server sends waits longer than a room's moves may take.
    IsSlow,
    /// It names its client, and the server does not know it.
    IsNotTrusted,
}

/// Runs a proxy in front of the server at this address, until the test ends. Its own address.
pub(crate) fn in_front_of(server: &str, wrong: Wrong) -> String {
    let server = server.trim_start_matches("http://");
    let server: SocketAddr = server.parse().expect("an address");
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    thread::spawn(move || {
        for client in listener.incoming().map_while(Result::ok) {
            thread::spawn(move || pass_on(client, server, wrong));
        }
    });
    format!("http://{address}")
}

/// Passes one connection on, whatever ends it.
fn pass_on(mut client: TcpStream, server: SocketAddr, wrong: Wrong) -> Option<()> {
    let head = changed(&head_of(&mut client)?, wrong);
    let mut server = TcpStream::connect(server).ok()?;
    server.write_all(head.as_bytes()).ok()?;
    let (mut from_client, mut to_server) = (client.try_clone().ok()?, server.try_clone().ok()?);
    thread::spawn(move || std::io::copy(&mut from_client, &mut to_server));
    let mut bytes = [0; 16 * 1024];
    loop {
        let length = server.read(&mut bytes).ok().filter(|length| *length > 0);
        let sent = length.and_then(|length| {
            if wrong == Wrong::IsSlow {
                thread::sleep(Duration::from_millis(600));
            }
            let part = bytes.get(..length)?;
            client.write_all(part).ok()?;
            // With this a server says that it will be quiet.
            let is_quiet = String::from_utf8_lossy(part).contains(r#"{"type":"quiet""#);
            (wrong != Wrong::CutsQuiet || !is_quiet).then_some(())
        });
        if sent.is_none() {
            let _gone = client.shutdown(Shutdown::Both);
            let _gone = server.shutdown(Shutdown::Both);
            return None;
        }
    }
}

/// The head of a request.
fn head_of(client: &mut TcpStream) -> Option<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        client.read_exact(&mut byte).ok()?;
        head.extend(byte);
    }
    String::from_utf8(head).ok()
}

/// The head as the proxy passes it on.
fn changed(head: &str, wrong: Wrong) -> String {
    match wrong {
        Wrong::DropsUpgrade => {
            let kept = head.split_inclusive("\r\n").filter(|line| {
                let line = line.to_lowercase();
                !line.starts_with("upgrade:") && !line.starts_with("connection:")
            });
            kept.collect()
        }
        Wrong::IsNotTrusted => head.replacen("\r\n", "\r\nX-Forwarded-For: 203.0.113.7\r\n", 1),
        Wrong::ServesOlder => head.replacen("?quiet=", "?", 1),
        Wrong::CutsQuiet | Wrong::IsSlow => head.to_owned(),
    }
}
