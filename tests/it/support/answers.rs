//! A server whose answers the test writes. Tests within the crate use this file too.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};

/// Starts a server on a free port that gives each who asks one of these answers, as it is, and hangs
/// up; after the last one nobody listens any more. Returns its address, and the first line of every
/// request.
pub(crate) fn answering<A>(answers: A) -> (String, Receiver<String>)
where
    A: IntoIterator<Item = String, IntoIter: Send + 'static>,
{
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("its address");
    let (sender, asked) = channel();
    let answers = answers.into_iter();
    std::thread::spawn(move || {
        for answer in answers {
            let (mut stream, _) = listener.accept().expect("a connection");
            // The test may not want to know.
            let _unread = sender.send(request(&stream));
            // Whoever does not wait for the answer need not have it.
            let _gone = stream.write_all(answer.as_bytes());
        }
    });
    (format!("http://{address}"), asked)
}

/// The first line of a request, whose head is read to its end: a connection that is closed with
/// bytes unread is reset, and the answer may be lost.
fn request(stream: &TcpStream) -> String {
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    let first = lines.next().unwrap_or_default();
    let _headers = lines.take_while(|line| !line.is_empty()).count();
    first
}

/// An answer with a body, after which the connection is closed. `head` is the status, and more
/// headers if there are any.
pub(crate) fn answer(head: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 {head}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}")
}
