//! A balancer before a server, some of whose nodes fare badly: which one a connection meets, the test
//! says.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::thread;

/// How the node fares that a connection meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Node {
    /// It takes the connection and does nothing.
    Hangs,
    /// It is killed before it answers.
    HangsUp,
    /// It is away: the balancer answers with this status.
    Away(u16),
    /// It is killed after it has let the client in, and before the client knows.
    DiesBeforeWelcome,
    /// It lets the client talk with the server.
    Works,
}

/// Starts a balancer on a free port, before the server at this address. The first connections meet
/// these nodes, one each; all that come later meet working ones. Returns the balancer's address.
pub(crate) fn balancer<N>(server: &str, nodes: N) -> String
where
    N: IntoIterator<Item = Node, IntoIter: Send + 'static>,
{
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("its address");
    before(listener, server, nodes);
    format!("http://{address}")
}

/// The same on a port that the test has.
pub(crate) fn before<N>(listener: TcpListener, server: &str, nodes: N)
where
    N: IntoIterator<Item = Node, IntoIter: Send + 'static>,
{
    let server = server.replace("http://", "");
    let mut nodes = nodes.into_iter();
    thread::spawn(move || {
        for client in listener.incoming() {
            let client = client.expect("a client");
            let node = nodes.next().unwrap_or(Node::Works);
            let server = server.clone();
            thread::spawn(move || serve(node, &client, &server));
        }
    });
}

/// Serves one connection. Errors mean that either end has gone.
fn serve(node: Node, mut client: &TcpStream, server: &str) -> io::Result<()> {
    match node {
        Node::Works => pass_on(client, server),
        Node::Hangs => {
            // Until the client gives up.
            io::copy(&mut client, &mut io::sink()).map(|_| ())
        }
        Node::HangsUp => head(&mut BufReader::new(client)).map(|_| ()),
        Node::Away(status) => {
            head(&mut BufReader::new(client))?;
            let answer = "Content-Length: 0\r\nConnection: close\r\n\r\n";
            write!(client, "HTTP/1.1 {status} Away\r\n{answer}")
        }
        Node::DiesBeforeWelcome => die_before_welcome(client, server),
    }
}

/// Passes everything on, in both directions.
fn pass_on(client: &TcpStream, server: &str) -> io::Result<()> {
    let server = TcpStream::connect(server)?;
    let there = copying(client.try_clone()?, server.try_clone()?);
    let back = copying(server, client.try_clone()?);
    let _ended = (there.join(), back.join());
    Ok(())
}

fn copying(mut from: TcpStream, mut to: TcpStream) -> thread::JoinHandle<()> {
    thread::spawn(move || {
        // An error is an end too.
        let _bytes = io::copy(&mut from, &mut to);
        let _closed = to.shutdown(Shutdown::Write);
    })
}

/// Passes on what the client says, and of the server's answers only the head.
fn die_before_welcome(mut client: &TcpStream, server: &str) -> io::Result<()> {
    let server = TcpStream::connect(server)?;
    let mut answers = BufReader::new(server.try_clone()?);
    let _says = copying(client.try_clone()?, server.try_clone()?);
    client.write_all(head(&mut answers)?.as_bytes())?;
    answers.read_exact(&mut [0])?;
    client.shutdown(Shutdown::Both)?;
    server.shutdown(Shutdown::Both)
}

/// The head of a request or an answer, with the empty line at its end.
fn head(from: &mut impl BufRead) -> io::Result<String> {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if from.read_line(&mut head)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
    Ok(head)
}
