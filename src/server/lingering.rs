//! Sockets that are not closed before what their client sent is read.
//!
//! A socket that is closed with bytes unread is reset, and a reset may overtake the answer or have
//! the client throw it away (RFC 9112, section 9.6). So the end of a socket has two stages: first
//! it says that nothing more comes, then it reads for a moment what still arrives.

use std::io;
use std::net::IpAddr;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::net::TcpStream;
use tokio::runtime::Handle;
use tokio::time::{Instant, timeout_at};

use super::places::Places;

/// How many sockets may be about to end at a time; more are closed at once (judgement: few clients
/// still send when they are answered).
const PLACES: usize = 256;

/// How many of them may be of one address (judgement: a quarter of what it may have open).
const OF_ONE: usize = 16;

/// How long nothing may arrive, and how long the end may take in all (judgement: the answer arrives
/// within a second, and then the client closes).
const SILENCE: Duration = Duration::from_secs(2);
const WHOLE: Duration = Duration::from_secs(5);

/// How many bytes are read at once (judgement: few steps even if much still comes).
const AT_ONCE: usize = 16 * 1024;

/// The places for sockets that are about to end. Clones share them.
#[derive(Debug, Clone)]
pub(super) struct LingeringSockets(Places);

impl Default for LingeringSockets {
    fn default() -> Self {
        Self(Places::new(PLACES, OF_ONE))
    }
}

impl LingeringSockets {
    /// The socket, which lingers when it is dropped. It counts against `address`, if that stands
    /// for no others.
    pub(super) fn wrap(self, socket: TcpStream, address: Option<IpAddr>) -> Lingering {
        Lingering {
            socket: Some(socket),
            address,
            places: self.0,
        }
    }
}

/// A socket that ends in two stages when it is dropped.
#[derive(Debug)]
pub(super) struct Lingering {
    /// `None` only while it is dropped.
    socket: Option<TcpStream>,
    address: Option<IpAddr>,
    places: Places,
}

impl Drop for Lingering {
    fn drop(&mut self) {
        let Some(socket) = self.socket.take() else {
            return;
        };
        if is_closed(&socket) {
            return;
        }
        let place = self.places.take(self.address);
        if let (Some(place), Ok(runtime)) = (place, Handle::try_current()) {
            drop(runtime.spawn(async move {
                let _place = place;
                if let Err(error) = end(socket).await {
                    tracing::debug!(%error, "a socket broke at its end");
                }
            }));
        }
    }
}

/// Whether the client has closed it, and everything before that was read. Takes a byte of what is
/// unread, which nobody wants any more.
fn is_closed(socket: &TcpStream) -> bool {
    let read = socket.try_read(&mut [0]);
    matches!(read, Ok(0)) || read.is_err_and(|error| error.kind() != io::ErrorKind::WouldBlock)
}

/// Says that nothing more comes, and reads what still arrives.
async fn end(mut socket: TcpStream) -> io::Result<()> {
    let until = Instant::now() + WHOLE;
    socket.shutdown().await?;
    let mut bytes = vec![0; AT_ONCE];
    loop {
        let silent = until.min(Instant::now() + SILENCE);
        match timeout_at(silent, socket.read(&mut bytes)).await {
            Ok(Ok(1..)) => {}
            Ok(Ok(0)) | Err(_) => return Ok(()),
            Ok(Err(error)) => return Err(error),
        }
    }
}

impl Lingering {
    fn poll<T>(
        self: Pin<&mut Self>,
        poll: impl FnOnce(Pin<&mut TcpStream>) -> Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        match &mut self.get_mut().socket {
            Some(socket) => poll(Pin::new(socket)),
            None => Poll::Ready(Err(io::ErrorKind::NotConnected.into())),
        }
    }
}

impl AsyncRead for Lingering {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.poll(|socket| socket.poll_read(context, buffer))
    }
}

impl AsyncWrite for Lingering {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.poll(|socket| socket.poll_write(context, bytes))
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.poll(|socket| socket.poll_write_vectored(context, slices))
    }

    fn is_write_vectored(&self) -> bool {
        self.socket
            .as_ref()
            .is_some_and(TcpStream::is_write_vectored)
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.poll(|socket| socket.poll_flush(context))
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.poll(|socket| socket.poll_shutdown(context))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::{TcpListener, TcpStream};
    use tokio::time::Instant;

    use super::{LingeringSockets, Places, SILENCE, WHOLE, end};

    /// Both ends of a connection.
    async fn pair() -> (TcpStream, TcpStream) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (near, far) = tokio::join!(TcpStream::connect(address), listener.accept());
        (near.unwrap(), far.unwrap().0)
    }

    #[tokio::test]
    async fn who_still_sends_gets_the_answer_and_no_reset() {
        let (mut client, server) = pair().await;
        let mut server = LingeringSockets::default().wrap(server, None);
        client.write_all(&[b'x'; 100]).await.unwrap();
        assert_eq!(server.read_u8().await.unwrap(), b'x');
        server.write_all(b"too long").await.unwrap();
        drop(server);
        let mut answer = String::new();
        client.read_to_string(&mut answer).await.unwrap();
        assert_eq!(answer, "too long");
        // Also what is sent after the answer is taken.
        for _ in 0..3 {
            client.write_all(&[b'x'; 100]).await.unwrap();
            assert_eq!(client.read(&mut [0]).await.unwrap(), 0);
        }
    }

    #[tokio::test]
    async fn a_socket_that_its_client_has_closed_takes_no_place() {
        let (client, server) = pair().await;
        let sockets = LingeringSockets(Places::new(1, 1));
        drop(client);
        server.readable().await.unwrap();
        drop(sockets.clone().wrap(server, None));
        assert!(sockets.0.take(None).is_some());
        let (_client, server) = pair().await;
        drop(sockets.clone().wrap(server, None));
        assert!(sockets.0.take(None).is_none());
    }

    #[tokio::test]
    async fn one_address_holds_only_some_of_the_places() {
        let (one, other) = (Some([192, 0, 2, 1].into()), Some([192, 0, 2, 2].into()));
        let sockets = LingeringSockets(Places::new(3, 2));
        let mut clients = Vec::new();
        for _ in 0..3 {
            let (client, server) = pair().await;
            drop(sockets.clone().wrap(server, one));
            clients.push(client);
        }
        assert!(sockets.0.take(one).is_none());
        assert!(sockets.0.take(other).is_some());
    }

    #[tokio::test(start_paused = true)]
    async fn nobody_holds_a_socket_up_by_silence_or_by_sending_for_ever() {
        let (_silent, server) = pair().await;
        let begun = Instant::now();
        end(server).await.unwrap();
        assert_eq!(begun.elapsed(), SILENCE);
        let (mut talking, server) = pair().await;
        let talk = async {
            while talking.write_all(b"x").await.is_ok() {
                tokio::time::sleep(Duration::from_millis(500)).await;
            }
        };
        let begun = Instant::now();
        tokio::select! {
            ended = end(server) => ended.unwrap(),
            () = talk => panic!("it is not closed before"),
        }
        assert_eq!(begun.elapsed(), WHOLE, "of virtual time");
    }
}
