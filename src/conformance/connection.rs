//! A WebSocket to the server on trial: frames of JSON, each with a time limit.

use std::collections::VecDeque;
use std::fmt;
use std::time::Duration;

use futures_util::future::BoxFuture;
use futures_util::{Sink, SinkExt, Stream, StreamExt};
use serde_json::Value;
use tokio::time::{Instant, timeout, timeout_at};
use tokio_tungstenite::tungstenite::{Error, Message};

use super::json::{at, is, kind};
use super::verdict::{Came, Step, Verdict, check, shortened};

/// How long an answer may take (judgement: a server that is slower is of no use to a room).
pub(super) const ANSWERS_WITHIN: Duration = Duration::from_secs(10);

/// An open WebSocket.
pub trait WebSocket: Stream<Item = Result<Message, Error>> + Sink<Message, Error = Error> {}

impl<S: Stream<Item = Result<Message, Error>> + Sink<Message, Error = Error>> WebSocket for S {}

/// A WebSocket of any transport.
pub type Socket = Box<dyn WebSocket + Send + Sync + Unpin>;

/// Opens a WebSocket to the server on trial; an error is in words for people.
pub type Opener = Box<dyn Fn() -> BoxFuture<'static, Result<Socket, String>> + Send + Sync>;

/// The most frames that a connection keeps unread (judgement: many times what the liveliest scenario
/// leaves).
const MAX_UNREAD: usize = 4_096;
/// The most bytes of them, as they came: two of the largest frames of the protocol.
const MAX_UNREAD_BYTES: usize = 16 * 1024 * 1024;

/// The server on trial.
pub struct Target {
    /// How it is reached.
    pub open: Opener,
    /// What its operator asks for before a room is created.
    pub create_key: Option<String>,
}

impl fmt::Debug for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Target").finish_non_exhaustive()
    }
}

impl Target {
    /// Whether a WebSocket can be opened.
    ///
    /// # Errors
    /// Why not, in words for people.
    pub(super) async fn can_be_reached(&self) -> Result<(), String> {
        (self.open)().await.map(drop)
    }
}

/// How a server closed a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Closing {
    /// The close frame's code; `None` if the connection broke.
    pub(super) code: Option<u16>,
    /// The close frame's reason.
    pub(super) reason: String,
}

/// What a connection yields.
enum Incoming {
    /// A frame, and its length in bytes.
    Frame(Value, usize),
    Closed(Closing),
}

/// An open connection, and the frames that were read and not asked for yet.
pub(super) struct Connection {
    socket: Socket,
    unread: Unread,
    closed: Option<Closing>,
    last: Option<String>,
}

/// Frames that were read and not asked for yet, within bounds: a server on trial may send without
/// end.
#[derive(Default)]
struct Unread {
    /// Each with its length in bytes.
    frames: VecDeque<(Value, usize)>,
    /// The sum of the lengths.
    bytes: usize,
}

impl Unread {
    fn get(&self, index: usize) -> Option<&Value> {
        self.frames.get(index).map(|(frame, _)| frame)
    }

    fn push(&mut self, frame: Value, length: usize) -> Step<()> {
        self.bytes += length;
        self.frames.push_back((frame, length));
        if self.frames.len() <= MAX_UNREAD && self.bytes <= MAX_UNREAD_BYTES {
            return Ok(());
        }
        Err(Verdict::Fail {
            expected: format!("<= {MAX_UNREAD} frames, <= {MAX_UNREAD_BYTES} bytes"),
            came: Came::Frame(format!(
                "{} frames, {} bytes",
                self.frames.len(),
                self.bytes
            )),
        })
    }

    fn remove(&mut self, index: usize) {
        if let Some((_, length)) = self.frames.remove(index) {
            self.bytes -= length;
        }
    }
}

impl Connection {
    /// Connects.
    pub(super) async fn open(target: &Target) -> Step<Self> {
        let opened = (target.open)().await;
        let socket = opened.map_err(|words| Verdict::Fail {
            expected: "101 Switching Protocols".to_owned(),
            came: Came::Unreachable(words),
        })?;
        Ok(Self {
            socket,
            unread: Unread::default(),
            closed: None,
            last: None,
        })
    }

    /// Sends a frame.
    pub(super) async fn send(&mut self, frame: &Value) {
        self.send_text(frame.to_string()).await;
    }

    /// Sends a frame with this text. If the connection is gone, the next read says so.
    pub(super) async fn send_text(&mut self, text: String) {
        self.send_message(Message::text(text)).await;
    }

    /// Sends a binary frame, which no client may.
    pub(super) async fn send_bytes(&mut self, bytes: Vec<u8>) {
        self.send_message(Message::binary(bytes)).await;
    }

    async fn send_message(&mut self, message: Message) {
        let sent = timeout(ANSWERS_WITHIN, self.socket.send(message)).await;
        if !matches!(sent, Ok(Ok(()))) {
            tracing::debug!("a frame could not be sent");
        }
    }

    /// Reads until a frame for which `pick` returns something; frames before it stay unread.
    pub(super) async fn until<T>(
        &mut self,
        expected: &str,
        pick: impl FnMut(&Value) -> Option<T>,
    ) -> Step<T> {
        self.until_within(expected, ANSWERS_WITHIN, pick).await
    }

    /// The same, for something that may take longer.
    pub(super) async fn until_within<T>(
        &mut self,
        expected: &str,
        within: Duration,
        mut pick: impl FnMut(&Value) -> Option<T>,
    ) -> Step<T> {
        let until = Instant::now() + within;
        let mut index = 0;
        loop {
            while let Some(frame) = self.unread.get(index) {
                if let Some(picked) = pick(frame) {
                    self.unread.remove(index);
                    return Ok(picked);
                }
                index += 1;
            }
            let came = match timeout_at(until, self.read()).await {
                Ok(came) => came?,
                Err(_) => {
                    return Err(Verdict::Fail {
                        expected: expected.to_owned(),
                        came: Came::Nothing {
                            waited: within,
                            last: self.last.clone(),
                        },
                    });
                }
            };
            match came {
                Incoming::Frame(frame, length) => self.unread.push(frame, length)?,
                Incoming::Closed(Closing { code, reason }) => {
                    return Err(Verdict::Fail {
                        expected: expected.to_owned(),
                        came: Came::Closed { code, reason },
                    });
                }
            }
        }
    }

    /// The next frame of a kind.
    pub(super) async fn frame(&mut self, wanted: &str) -> Step<Value> {
        let expected = format!(r#"{{"type":"{wanted}",...}}"#);
        self.until(&expected, |frame| {
            (kind(frame) == wanted).then(|| frame.clone())
        })
        .await
    }

    /// The answer to a hello: a welcome, or a refusal as the error.
    pub(super) async fn greeting(&mut self) -> Step<Result<Value, Value>> {
        let expected = r#"{"type":"welcome",...} or {"type":"refused",...}"#;
        self.until(expected, |frame| match kind(frame) {
            "welcome" => Some(Ok(frame.clone())),
            "refused" => Some(Err(frame.clone())),
            _ => None,
        })
        .await
    }

    /// Reads until the server closes the connection. Frames before that stay unread.
    pub(super) async fn closing(&mut self, expected: &str) -> Step<Closing> {
        let until = Instant::now() + ANSWERS_WITHIN;
        loop {
            match timeout_at(until, self.read()).await {
                Ok(came) => match came? {
                    Incoming::Frame(frame, length) => self.unread.push(frame, length)?,
                    Incoming::Closed(closing) => return Ok(closing),
                },
                Err(_) => return Err(Verdict::nothing(expected, ANSWERS_WITHIN)),
            }
        }
    }

    /// The hello is refused with this code: in a frame with words for people, then in the close
    /// frame. Returns the former.
    pub(super) async fn refused_with(&mut self, code: &str, number: u16) -> Step<Value> {
        let expected = format!(r#"{{"type":"refused","code":"{code}","text":"..."}}"#);
        let frame = self.frame("refused").await?;
        let fits = is(&frame, "/code", code) && at(&frame, "/text").is_string();
        check(fits, expected, &frame)?;
        self.sent_away_with(code, number).await?;
        Ok(frame)
    }

    /// The server closes the connection with this code: as the close frame's number, and as JSON in
    /// its reason. Whoever was in the room gets no other word.
    pub(super) async fn sent_away_with(&mut self, code: &str, number: u16) -> Step<()> {
        let expected = format!(r#"close {number} {{"code":"{code}"}}"#);
        let closing = self.closing(&expected).await?;
        let reason: Value = serde_json::from_str(&closing.reason).unwrap_or_default();
        if closing.code == Some(number) && is(&reason, "/code", code) {
            return Ok(());
        }
        let Closing { code, reason } = closing;
        Err(Verdict::Fail {
            expected,
            came: Came::Closed { code, reason },
        })
    }

    /// The frames that were read and that nobody asked for.
    pub(super) fn unread(&self) -> impl Iterator<Item = &Value> {
        self.unread.frames.iter().map(|(frame, _)| frame)
    }

    /// Closes the connection without a word, as a broken network would look.
    pub(super) async fn hang_up(mut self) {
        let closed = timeout(ANSWERS_WITHIN, self.socket.close()).await;
        tracing::debug!(?closed, "hung up");
    }

    async fn read(&mut self) -> Step<Incoming> {
        if let Some(closing) = &self.closed {
            return Ok(Incoming::Closed(closing.clone()));
        }
        let closing = loop {
            match self.socket.next().await {
                Some(Ok(Message::Text(text))) => {
                    self.last = Some(shortened(&text));
                    return parsed(&text).map(|frame| Incoming::Frame(frame, text.len()));
                }
                Some(Ok(Message::Binary(bytes))) => {
                    return Err(Verdict::Fail {
                        expected: "a text frame".to_owned(),
                        came: Came::Frame(format!("{} binary bytes", bytes.len())),
                    });
                }
                Some(Ok(Message::Close(frame))) => {
                    break Closing {
                        code: frame.as_ref().map(|frame| frame.code.into()),
                        reason: frame.map_or_else(String::new, |frame| frame.reason.to_string()),
                    };
                }
                Some(Ok(_)) => {}
                Some(Err(_)) | None => {
                    break Closing {
                        code: None,
                        reason: String::new(),
                    };
                }
            }
        };
        self.closed = Some(closing.clone());
        Ok(Incoming::Closed(closing))
    }
}

/// A frame of a server: an object with a type, whatever else.
fn parsed(text: &str) -> Step<Value> {
    let frame: Option<Value> = serde_json::from_str(text).ok();
    match frame {
        Some(frame) if at(&frame, "/type").is_string() => Ok(frame),
        _ => Err(Verdict::Fail {
            expected: r#"{"type":"...",...}"#.to_owned(),
            came: Came::Frame(shortened(text)),
        }),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{MAX_UNREAD, MAX_UNREAD_BYTES, Unread};

    #[test]
    fn what_nobody_asked_for_is_kept_within_bounds() {
        let mut unread = Unread::default();
        for _ in 0..MAX_UNREAD {
            assert_eq!(unread.push(Value::Null, 4), Ok(()));
        }
        unread.remove(0);
        assert_eq!(unread.push(Value::Null, 4), Ok(()));
        assert!(unread.push(Value::Null, 4).is_err());
        let mut large = Unread::default();
        assert_eq!(large.push(Value::Null, MAX_UNREAD_BYTES), Ok(()));
        assert!(large.push(Value::Null, 1).is_err());
    }
}
