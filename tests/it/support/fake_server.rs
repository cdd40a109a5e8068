//! A room server that lets everybody in and then sends what the test says, and a link with limited
//! bandwidth in front of it.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use tokio::runtime::Builder;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use watchtogether::protocol::event::{ChatLine, Fact, RoomEvent};
use watchtogether::protocol::ids::{LogId, MemberId, NodeId, RoomId};
use watchtogether::protocol::member::{Member, MemberFlags, Presence, Role, Visibility};
use watchtogether::protocol::text::{ChatText, MemberName};
use watchtogether::protocol::time::RoomTime;
use watchtogether::room::state::RoomState;
use watchtogether::wire::codec;
use watchtogether::wire::message::{CatchUp, ServerMsg, Welcome};

/// The one member, as whom every client is let in.
const MEMBER: MemberId = MemberId(1);

/// The room of such a server, which numbers its events.
pub(crate) struct FakeRoom(RoomState);

impl FakeRoom {
    /// A room with one member.
    pub(crate) fn new(name: &str) -> Self {
        let mut room = Self(RoomState::new(RoomId::parse(name).expect("a room's name")));
        room.happen(RoomEvent::Created {
            title: None,
            visibility: Visibility::Public,
            grace: None,
            ttl: None,
        });
        let member = Member {
            id: MEMBER,
            name: MemberName::parse("Guest").expect("a name"),
            role: Role::Viewer,
            acting: false,
            presence: Presence::Here(RoomTime(1)),
            has_player: false,
            flags: MemberFlags::default(),
            answered: Vec::new(),
        };
        room.happen(RoomEvent::Presence {
            joined: vec![member],
            left: Vec::new(),
            count: 1,
            large: None,
        });
        room
    }

    /// Adds a line of chat and returns the message that reports it.
    pub(crate) fn chat(&mut self, text: &str) -> String {
        let line = ChatLine {
            id: self.0.chat.next_id(),
            from: MemberId(2),
            name: MemberName::parse("Mallory").expect("a name"),
            text: ChatText::parse(text).expect("a text"),
            position: None,
            at: RoomTime(2),
            erased: None,
            second_address: false,
        };
        let fact = self.happen(RoomEvent::Chat(line));
        encoded(&ServerMsg::Events { events: vec![fact] })
    }

    /// The welcome to the room, as a frame's text.
    pub(crate) fn welcome(&self) -> String {
        encoded(&ServerMsg::Welcome(Box::new(Welcome {
            you: MEMBER,
            resume: "0123456789abcdef0123456789abcdef".to_owned(),
            log: LogId("a log".to_owned()),
            node: NodeId("a node".to_owned()),
            server: "0.1.0".to_owned(),
            max_frame: 16_384,
            public_url: None,
            server_id: None,
            created: false,
            hosted: false,
            cadence: None,
            catch_up: CatchUp::State(Box::new(self.0.clone())),
        })))
    }

    fn happen(&mut self, event: RoomEvent) -> Fact {
        let fact = Fact {
            rev: self.0.rev.next(),
            at: RoomTime(1_000_000),
            by: None,
            seq: None,
            event,
            about: Vec::new(),
        };
        self.0.apply(&fact);
        fact
    }
}

fn encoded(message: &ServerMsg) -> String {
    codec::encode(message).expect("JSON")
}

/// Starts a server on a free port that sends these texts to each client and then only reads.
/// Returns its address.
pub(crate) fn saying(texts: impl Iterator<Item = String> + Clone + Send + 'static) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("its address");
    thread::spawn(move || {
        for stream in listener.incoming() {
            let stream = stream.expect("a connection");
            let texts = texts.clone();
            thread::spawn(move || {
                let runtime = Builder::new_current_thread().enable_all().build();
                runtime.expect("a runtime").block_on(say(stream, texts));
            });
        }
    });
    address
}

/// Serves one client until it is gone.
async fn say(stream: TcpStream, texts: impl Iterator<Item = String>) {
    stream.set_nonblocking(true).expect("for the runtime");
    let stream = tokio::net::TcpStream::from_std(stream).expect("a socket");
    let mut socket: WebSocketStream<_> = tokio_tungstenite::accept_async(stream)
        .await
        .expect("a WebSocket");
    let hello = socket.next().await.expect("a hello").expect("a frame");
    assert!(hello.is_text(), "{hello:?}");
    for text in texts {
        if socket.send(Message::text(text)).await.is_err() {
            return;
        }
    }
    while let Some(Ok(_)) = socket.next().await {}
}

/// Starts a link to `server` that carries at most so many bytes a second from it, and returns the
/// address of its near end.
pub(crate) fn slow_link(server: SocketAddr, bytes_a_second: usize) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("its address");
    thread::spawn(move || {
        for near in listener.incoming() {
            let near = near.expect("a connection");
            let far = TcpStream::connect(server).expect("the server");
            let (near_end, far_end) = (near.try_clone(), far.try_clone());
            let (near_end, far_end) = (near_end.expect("its end"), far_end.expect("its end"));
            thread::spawn(move || carry(&near_end, &far_end, usize::MAX));
            thread::spawn(move || carry(&far, &near, bytes_a_second));
        }
    });
    address
}

/// Copies bytes one way until either end is gone.
fn carry(mut from: &TcpStream, mut to: &TcpStream, bytes_a_second: usize) {
    const PIECES: u32 = 10;
    let mut piece = vec![0; (bytes_a_second / 10).clamp(1, 16 * 1024)];
    while let Ok(length) = from.read(&mut piece) {
        if length == 0 || to.write_all(&piece[..length]).is_err() {
            break;
        }
        if bytes_a_second < usize::MAX {
            thread::sleep(Duration::from_secs(1) / PIECES);
        }
    }
    // The other direction ends with this one.
    let _gone = from.shutdown(std::net::Shutdown::Both);
    let _gone = to.shutdown(std::net::Shutdown::Both);
}
