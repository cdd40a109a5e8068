//! An HTTP server that answers each request as the test says, in memory or on a port.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::time::Instant;

use crate::relay::{Connector, Resolver, Transport};

/// One request, as the server sees it.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    /// The address that the relay connected to, after resolving the name.
    pub(crate) to: SocketAddr,
    /// The request line's target, with its query.
    pub(crate) path: String,
    /// All headers in order, names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    /// How many requests the server received before this one.
    pub(crate) nth: usize,
    /// When it arrived, in milliseconds since the server was created.
    pub(crate) at: u128,
}

impl Asked {
    /// The value of a header, whose name is given in lower case.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// The first and the last byte that the `Range` header asks for. Panics if the last one is
    /// missing.
    pub(crate) fn range(&self) -> Option<(u64, u64)> {
        let (first, last) = self.bounds()?;
        Some((first.parse().unwrap(), last.parse().unwrap()))
    }

    /// The same, but a missing last byte is [`u64::MAX`].
    pub(crate) fn open_range(&self) -> Option<(u64, u64)> {
        let (first, last) = self.bounds()?;
        let last = if last.is_empty() {
            u64::MAX
        } else {
            last.parse().unwrap()
        };
        Some((first.parse().unwrap(), last))
    }

    fn bounds(&self) -> Option<(&str, &str)> {
        let range = self.header("range")?;
        range.strip_prefix("bytes=")?.split_once('-')
    }
}

/// One step of a server's answer.
#[derive(Debug, Clone)]
pub(crate) enum Act {
    /// Sends these bytes as they are, the head of the response included.
    Send(Vec<u8>),
    /// Closes the connection.
    Close,
    /// Closes the connection, and refuses new ones from then on.
    Leave,
    /// Waits for so many milliseconds.
    Wait(u64),
    /// Waits until this becomes true, or its sender is gone.
    WaitUntil(watch::Receiver<bool>),
    /// Sends nothing more and keeps the connection open.
    Hang,
}

/// The first byte of a TLS connection: a record of the handshake.
const TLS_HANDSHAKE: u8 = 22;

type Handler = Arc<dyn Fn(&Asked) -> Vec<Act> + Send + Sync>;

/// The network beyond the relay: one server, whatever the address.
#[derive(Clone)]
pub(crate) struct Origin {
    handler: Handler,
    /// The requests so far.
    pub(crate) asked: Arc<Mutex<Vec<Asked>>>,
    /// When each connection was attempted, in milliseconds since the server was created.
    pub(crate) dialed: Arc<Mutex<Vec<u128>>>,
    listens: Arc<Mutex<bool>>,
    began: Instant,
}

impl Origin {
    pub(crate) fn new(handler: impl Fn(&Asked) -> Vec<Act> + Send + Sync + 'static) -> Self {
        Self {
            handler: Arc::new(handler),
            asked: Arc::default(),
            dialed: Arc::default(),
            listens: Arc::new(Mutex::new(true)),
            began: Instant::now(),
        }
    }

    /// Sets whether connections are accepted from now on.
    pub(crate) fn listens(&self, listens: bool) {
        *self.listens.lock().unwrap() = listens;
    }

    /// Connects to this server, whatever the address.
    pub(crate) fn connector(&self) -> Connector {
        let origin = self.clone();
        Connector::new(move |to| {
            let origin = origin.clone();
            async move {
                let at = origin.began.elapsed().as_millis();
                origin.dialed.lock().unwrap().push(at);
                if !*origin.listens.lock().unwrap() {
                    return Err(io::ErrorKind::ConnectionRefused.into());
                }
                let (ours, theirs) = tokio::io::duplex(64 * 1024);
                tokio::spawn(async move { origin.serve(to, theirs).await });
                Ok(Box::new(ours) as Box<dyn Transport>)
            }
        })
    }

    /// Also serves a free port of the loopback, and returns its number.
    pub(crate) async fn bind(&self) -> u16 {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let origin = self.clone();
        tokio::spawn(async move {
            loop {
                let (stream, from) = listener.accept().await.unwrap();
                let origin = origin.clone();
                tokio::spawn(async move { origin.serve_plain(from, stream).await });
            }
        });
        port
    }

    /// Serves a connection to the port. A client that wants TLS is refused in plain HTTP, as
    /// ordinary servers do.
    async fn serve_plain(&self, from: SocketAddr, mut stream: TcpStream) {
        let mut first = [0];
        let wants_tls = stream.peek(&mut first).await.is_ok() && first == [TLS_HANDSHAKE];
        if !wants_tls {
            return self.serve(from, stream).await;
        }
        // A connection that is closed with bytes unread would be reset, and the answer lost.
        let mut hello = vec![0; 16 * 1024];
        if stream.read(&mut hello).await.is_ok() {
            // The client may be gone.
            let _sent = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
        }
    }

    /// Serves one connection, request by request.
    pub(crate) async fn serve(
        &self,
        to: SocketAddr,
        mut stream: impl AsyncRead + AsyncWrite + Unpin,
    ) {
        while let Some(head) = head(&mut stream).await {
            let asked = self.note(to, &head);
            for act in (self.handler)(&asked) {
                match act {
                    Act::Send(bytes) => {
                        if stream.write_all(&bytes).await.is_err() {
                            return;
                        }
                    }
                    Act::Close => return,
                    Act::Leave => return self.listens(false),
                    Act::Wait(millis) => tokio::time::sleep(Duration::from_millis(millis)).await,
                    Act::WaitUntil(mut may_go_on) => {
                        // An error says that the sender is gone.
                        let _gone = may_go_on.wait_for(|may| *may).await;
                    }
                    Act::Hang => std::future::pending().await,
                }
            }
        }
    }

    fn note(&self, to: SocketAddr, head: &str) -> Asked {
        let mut lines = head.lines();
        let path = lines.next().unwrap().split(' ').nth(1).unwrap().to_owned();
        let headers = lines
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
            .collect();
        let mut all = self.asked.lock().unwrap();
        let asked = Asked {
            to,
            path,
            headers,
            nth: all.len(),
            at: self.began.elapsed().as_millis(),
        };
        all.push(asked.clone());
        asked
    }
}

/// The head of a request, read to its end: a connection that is closed with bytes unread is reset,
/// and the answer may be lost. `None` if the connection ends before.
pub(crate) async fn head(stream: &mut (impl AsyncRead + Unpin)) -> Option<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
    }
    Some(String::from_utf8(head).unwrap())
}

/// Resolves the host names of these tests; any other is not found.
pub(crate) fn resolver() -> Resolver {
    Resolver::new(|host| async move {
        let address: IpAddr = match host.as_str() {
            "films.example" => [93, 184, 216, 34].into(),
            "cdn.example" => [93, 184, 216, 35].into(),
            "inward.example" => [192, 168, 0, 7].into(),
            "mixed.example" => return Ok(vec![[10, 0, 0, 1].into(), [93, 184, 216, 36].into()]),
            _ => return Err(io::Error::other("no such name")),
        };
        Ok(vec![address])
    })
}

/// A file of so many bytes that looks like an MP4 and repeats nowhere.
pub(crate) fn media_bytes(length: usize) -> Vec<u8> {
    let mut media_bytes = b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00".to_vec();
    let more = (media_bytes.len()..length).map(|at| u8::try_from((at / 251 + at) % 256).unwrap());
    media_bytes.extend(more);
    media_bytes.truncate(length);
    media_bytes
}

/// A response with a status, headers and a body.
pub(crate) fn answer(status: u16, headers: &[(&str, &str)], body: &[u8]) -> Vec<Act> {
    let mut head = format!(
        "HTTP/1.1 {status} Word\r\nContent-Length: {}\r\n",
        body.len()
    );
    for (name, value) in headers {
        head += &[name, ": ", value, "\r\n"].concat();
    }
    head += "\r\n";
    vec![Act::Send([head.as_bytes(), body].concat())]
}

/// The response of a normal server with ranges.
pub(crate) fn served(media_bytes: &[u8], asked: &Asked) -> Vec<Act> {
    part_of(media_bytes, asked.range())
}

/// The response with this range of the file, or with all of it.
pub(crate) fn part_of(media_bytes: &[u8], range: Option<(u64, u64)>) -> Vec<Act> {
    let total = media_bytes.len();
    let Some((from, last)) = range else {
        return answer(200, &[], media_bytes);
    };
    let from = usize::try_from(from).unwrap();
    let last = usize::try_from(last).unwrap_or(usize::MAX).min(total - 1);
    if from > last {
        return answer(416, &[("Content-Range", &format!("bytes */{total}"))], b"");
    }
    let range = format!("bytes {from}-{last}/{total}");
    answer(206, &[("Content-Range", &range)], &media_bytes[from..=last])
}

/// The same response, broken off after so many bytes of the body.
pub(crate) fn cut(acts: &[Act], after: usize) -> Vec<Act> {
    vec![Act::Send(split(acts, after).0), Act::Close]
}

/// A response in two pieces: its head with so many bytes of its body, and the rest.
pub(crate) fn split(acts: &[Act], after: usize) -> (Vec<u8>, Vec<u8>) {
    let [Act::Send(bytes)] = acts else {
        panic!("one piece");
    };
    let head = bytes
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .unwrap()
        + 4;
    let (sent, rest) = bytes.split_at((head + after).min(bytes.len()));
    (sent.to_vec(), rest.to_vec())
}
