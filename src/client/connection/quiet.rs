//! How long a WebSocket stays open on which nothing is said.

use std::time::Duration;

use futures_util::{Stream, StreamExt as _};
use tokio::time::{Instant, timeout};
use tokio_tungstenite::tungstenite::{Error, Message};

use super::handshake::connect_for_quiet;
use crate::app::event::Disconnect;
use crate::protocol::denied::Refused;
use crate::trust::Trust;
use crate::wire::codec;
use crate::wire::quiet::QuietFrame;

/// How long the first frame may take: less than the 10 s that an older server, which takes the
/// socket for a room's, waits for a greeting.
const BEGINS_WITHIN: Duration = Duration::from_secs(8);

/// How much later than its time the last frame may come (judgement: a slow way).
const GRACE: Duration = Duration::from_secs(10);

/// How a quiet socket ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QuietEnd {
    /// The server's word after the quiet came through.
    Through,
    /// Somebody closed it after so long.
    Cut(Duration),
    /// Nobody closed it, and yet the server's word never came.
    Lost,
    /// The server ended it for a reason of its own.
    Ended(Refused),
    /// The server knows no quiet sockets.
    Unknown,
}

/// Opens a socket on which the server says nothing for so many seconds, and waits for its end.
///
/// # Errors
/// [`Disconnect`] if no WebSocket opens, or the server refuses one more.
pub async fn quiet(server: &str, trust: &Trust, seconds: u64) -> Result<QuietEnd, Disconnect> {
    let socket = connect_for_quiet(server, trust, seconds).await?;
    Ok(follow(socket, seconds).await)
}

/// What is heard on a socket, from its opening on.
async fn follow(mut socket: impl Frames, seconds: u64) -> QuietEnd {
    match timeout(BEGINS_WITHIN, heard(&mut socket)).await {
        Ok(Heard::Frame(QuietFrame::Quiet { .. })) => {}
        Ok(Heard::End) => return QuietEnd::Cut(Duration::ZERO),
        _ => return QuietEnd::Unknown,
    }
    let begun = Instant::now();
    let last = timeout(Duration::from_secs(seconds) + GRACE, heard(&mut socket));
    match last.await {
        Ok(Heard::Frame(_) | Heard::Other) => QuietEnd::Through,
        Ok(Heard::Close(why)) => QuietEnd::Ended(why),
        Ok(Heard::End) => QuietEnd::Cut(begun.elapsed()),
        Err(_) => QuietEnd::Lost,
    }
}

/// What comes of a socket.
trait Frames: Stream<Item = Result<Message, Error>> + Unpin {}

impl<S: Stream<Item = Result<Message, Error>> + Unpin> Frames for S {}

/// What was heard.
enum Heard {
    Frame(QuietFrame),
    /// Text that is no such frame.
    Other,
    /// The server's own reason for the end.
    Close(Refused),
    /// An end without a reason.
    End,
}

async fn heard(socket: &mut impl Frames) -> Heard {
    loop {
        match socket.next().await {
            Some(Ok(Message::Text(text))) => {
                return serde_json::from_str(&text).map_or(Heard::Other, Heard::Frame);
            }
            Some(Ok(Message::Close(close))) => {
                let why = close.and_then(|close| codec::parse_close(&close.reason));
                return why.map_or(Heard::End, Heard::Close);
            }
            Some(Ok(_)) => {}
            Some(Err(cause)) => {
                tracing::debug!("a quiet WebSocket broke: {cause}");
                return Heard::End;
            }
            None => return Heard::End,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use futures_util::stream::{self, BoxStream};
    use futures_util::{FutureExt as _, StreamExt as _};
    use tokio::time::sleep;
    use tokio_tungstenite::tungstenite::protocol::CloseFrame;
    use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
    use tokio_tungstenite::tungstenite::{Error, Message};

    use super::{QuietEnd, follow};
    use crate::protocol::denied::Refused;
    use crate::wire::codec::close_reason;

    const BEGINS: &str = r#"{"type":"quiet","seconds":100}"#;
    const OVER: &str = r#"{"type":"over"}"#;

    /// A socket on which each of these comes so many seconds after the one before; then it ends.
    fn socket(frames: Vec<(u64, Message)>, end: u64) -> BoxStream<'static, Result<Message, Error>> {
        let frames = stream::iter(frames).then(|(after, frame)| async move {
            sleep(Duration::from_secs(after)).await;
            Ok(frame)
        });
        let end = sleep(Duration::from_secs(end)).into_stream();
        let end = end.filter_map(|()| async { None });
        frames.chain(end).boxed()
    }

    async fn ends(frames: Vec<(u64, Message)>, end: u64) -> QuietEnd {
        follow(socket(frames, end), 100).await
    }

    #[tokio::test(start_paused = true)]
    async fn a_cut_is_told_from_a_word_that_came_and_from_one_that_did_not() {
        let begins = || (0, Message::text(BEGINS));
        let over = (100, Message::text(OVER));
        assert_eq!(ends(vec![begins(), over], 0).await, QuietEnd::Through);
        let cut = QuietEnd::Cut(Duration::from_mins(1));
        assert_eq!(ends(vec![begins()], 60).await, cut);
        assert_eq!(ends(vec![begins()], 1_000).await, QuietEnd::Lost);
        let at_once = QuietEnd::Cut(Duration::ZERO);
        assert_eq!(ends(vec![], 0).await, at_once);
    }

    #[tokio::test(start_paused = true)]
    async fn a_server_that_ends_says_why_and_an_older_one_says_nothing() {
        let why = Refused::ShuttingDown;
        let close = Message::Close(Some(CloseFrame {
            code: CloseCode::Away,
            reason: close_reason(&why).into(),
        }));
        let begins = (0, Message::text(BEGINS));
        let ended = QuietEnd::Ended(why);
        assert_eq!(ends(vec![begins, (5, close)], 0).await, ended);
        assert_eq!(ends(vec![], 10).await, QuietEnd::Unknown);
        let refused = (1, Message::text(r#"{"type":"refused","code":"no_hello"}"#));
        assert_eq!(ends(vec![refused], 0).await, QuietEnd::Unknown);
    }
}
