//! A server in memory that does to each request what the test says.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::time::Instant;

use crate::relay::{Connector, Resolver, Transport};

/// One request, as the server sees it.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    /// Which address was connected to.
    pub(super) to: SocketAddr,
    /// The request line's target.
    pub(super) path: String,
    /// All headers, names in lower case.
    pub(super) headers: Vec<(String, String)>,
    /// How many requests came before.
    pub(super) nth: usize,
    /// Milliseconds since the world began.
    pub(super) at: u128,
}

impl Asked {
    /// A header's value.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// The bytes asked for: the first and the last one, as text.
    pub(super) fn range(&self) -> Option<(u64, u64)> {
        let (from, last) = self
            .header("range")?
            .strip_prefix("bytes=")?
            .split_once('-')?;
        Some((from.parse().unwrap(), last.parse().unwrap()))
    }
}

/// What a server does.
#[derive(Debug, Clone)]
pub(super) enum Act {
    /// Sends bytes.
    Send(Vec<u8>),
    /// Closes the connection.
    Close,
    /// Closes the connection and listens no more.
    Leave,
    /// Waits for so many milliseconds.
    Wait(u64),
    /// Says nothing more and keeps the connection.
    Hang,
}

type Handler = Arc<dyn Fn(&Asked) -> Vec<Act> + Send + Sync>;

/// Everything beyond the relay.
#[derive(Clone)]
pub(super) struct Origin {
    handler: Handler,
    /// What was asked so far.
    pub(super) asked: Arc<Mutex<Vec<Asked>>>,
    /// When connections were tried, in milliseconds, and whether they are taken.
    pub(super) dialed: Arc<Mutex<Vec<u128>>>,
    listens: Arc<Mutex<bool>>,
    began: Instant,
}

impl Origin {
    pub(super) fn new(handler: impl Fn(&Asked) -> Vec<Act> + Send + Sync + 'static) -> Self {
        Self {
            handler: Arc::new(handler),
            asked: Arc::default(),
            dialed: Arc::default(),
            listens: Arc::new(Mutex::new(true)),
            began: Instant::now(),
        }
    }

    /// Whether anybody listens there from now on.
    pub(super) fn listens(&self, listens: bool) {
        *self.listens.lock().unwrap() = listens;
    }

    /// Connects to this server, whatever the address.
    pub(super) fn connector(&self) -> Connector {
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

    /// Serves one connection.
    pub(super) async fn serve(
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

async fn head(stream: &mut (impl AsyncRead + Unpin)) -> Option<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
    }
    Some(String::from_utf8(head).unwrap())
}

/// The names of this world. Whatever is not among them is not found.
pub(super) fn resolver() -> Resolver {
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

/// Media of so many bytes that looks like an MP4 and in which no two offsets look alike.
pub(super) fn film(length: usize) -> Vec<u8> {
    let mut film = b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00".to_vec();
    let more = (film.len()..length).map(|at| u8::try_from((at / 251 + at) % 256).unwrap());
    film.extend(more);
    film.truncate(length);
    film
}

/// An answer with a status, headers and a body.
pub(super) fn answer(status: u16, headers: &[(&str, &str)], body: &[u8]) -> Vec<Act> {
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

/// An answer of a good server with ranges.
pub(super) fn served(film: &[u8], asked: &Asked) -> Vec<Act> {
    let total = film.len();
    let Some((from, last)) = asked.range() else {
        return answer(200, &[], film);
    };
    let from = usize::try_from(from).unwrap();
    let last = usize::try_from(last).unwrap().min(total - 1);
    if from > last {
        return answer(416, &[("Content-Range", &format!("bytes */{total}"))], b"");
    }
    let range = format!("bytes {from}-{last}/{total}");
    answer(206, &[("Content-Range", &range)], &film[from..=last])
}

/// The same, broken off after so many bytes of the body.
pub(super) fn cut(acts: &[Act], after: usize) -> Vec<Act> {
    let [Act::Send(bytes)] = acts else {
        panic!("one piece");
    };
    let head = bytes
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .unwrap()
        + 4;
    let end = (head + after).min(bytes.len());
    vec![Act::Send(bytes[..end].to_vec()), Act::Close]
}
