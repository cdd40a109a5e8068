//! A raw WebSocket, before a member has joined on it.

use futures_util::{SinkExt, StreamExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, client_async, connect_async};
use watchtogether::protocol::denied::Refused;
use watchtogether::wire::codec;
use watchtogether::wire::message::{ClientMsg, Hello, Reason, ServerMsg, Welcome};

use super::Server;
use crate::support::patience::PATIENCE;

/// A socket that has not sent its hello yet.
pub(super) struct Socket {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
    /// Every text frame received, and the reasons of close frames.
    pub(super) received: Vec<String>,
}

impl Socket {
    pub(super) async fn open(server: &Server) -> Self {
        match Self::try_open(server).await {
            Ok(socket) => socket,
            Err(status) => panic!("no socket, but status {status}"),
        }
    }

    /// A socket, or the HTTP status that came instead.
    pub(super) async fn try_open(server: &Server) -> Result<Self, u16> {
        let url = format!("ws://{}/ws", server.address);
        let mut request = url.into_client_request().expect("a request");
        for (name, value) in &server.added {
            let value = value.parse().expect("a header");
            request.headers_mut().append(*name, value);
        }
        let socket = TcpSocket::new_v4().expect("a socket");
        if let Some(from) = server.from {
            socket
                .bind((from, 0).into())
                .expect("an address of this computer");
        }
        let stream = socket.connect(server.address).await.expect("connected");
        match client_async(request, MaybeTlsStream::Plain(stream)).await {
            Ok((stream, _)) => Ok(Self {
                stream,
                received: Vec::new(),
            }),
            Err(Error::Http(response)) => Err(response.status().as_u16()),
            Err(other) => panic!("{other}"),
        }
    }

    /// A socket with small receive buffers.
    pub(super) async fn open_small(server: &Server) -> Self {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.set_recv_buffer_size(4 * 1024).expect("it is small");
        let stream = socket.connect(server.address).await.expect("connected");
        let url = format!("ws://{}/ws", server.address);
        let (stream, _) = client_async(url, MaybeTlsStream::Plain(stream))
            .await
            .expect("a socket");
        Self {
            stream,
            received: Vec::new(),
        }
    }

    /// The HTTP status that a browser gets when a page of this origin opens a socket.
    pub(super) async fn status_for_page(server: &Server, origin: &str) -> u16 {
        let url = format!("ws://{}/ws", server.address);
        let mut request = url.into_client_request().expect("a request");
        let origin = origin.parse().expect("a header");
        request.headers_mut().insert("Origin", origin);
        match connect_async(request).await {
            Ok((_, response)) => response.status().as_u16(),
            Err(Error::Http(response)) => response.status().as_u16(),
            Err(other) => panic!("{other}"),
        }
    }

    pub(super) async fn send_text(&mut self, text: String) {
        self.stream.send(text.into()).await.expect("it is sent");
    }

    pub(super) async fn send_bytes(&mut self, bytes: Vec<u8>) {
        self.stream.send(bytes.into()).await.expect("it is sent");
    }

    pub(super) async fn send(&mut self, message: &ClientMsg) {
        self.send_text(codec::encode(message).expect("JSON")).await;
    }

    /// The next message, or why the server closed.
    pub(super) async fn next(&mut self) -> Result<ServerMsg, Option<Refused>> {
        let deadline = timeout(PATIENCE, async {
            loop {
                match self.stream.next().await {
                    Some(Ok(Message::Text(text))) => {
                        self.received.push(text.as_str().to_owned());
                        return Ok(codec::decode(&text).expect("a message"));
                    }
                    Some(Ok(Message::Close(frame))) => {
                        let reason = frame.map(|frame| frame.reason.as_str().to_owned());
                        self.received.extend(reason.clone());
                        return Err(reason.and_then(|reason| codec::parse_close(&reason)));
                    }
                    Some(Ok(_)) => {}
                    Some(Err(_)) | None => return Err(None),
                }
            }
        });
        deadline.await.expect("a message in time")
    }

    /// Waits until the server closes, whatever it sends before, and returns why.
    pub(super) async fn closed(&mut self) -> Option<Refused> {
        loop {
            if let Err(why) = self.next().await {
                return why;
            }
        }
    }

    /// Sends a hello, and returns the welcome or the reason of the refusal.
    pub(super) async fn say_hello(&mut self, hello: Hello) -> Result<Welcome, Reason> {
        self.send(&ClientMsg::Hello(Box::new(hello))).await;
        loop {
            match self.next().await.expect("an answer to the hello") {
                ServerMsg::Welcome(welcome) => return Ok(*welcome),
                ServerMsg::Refused(reason) => return Err(reason),
                ServerMsg::Error(_) => {}
                other => panic!("not before a welcome: {other:?}"),
            }
        }
    }
}
