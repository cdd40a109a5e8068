//! A WebSocket client that keeps the room's state by its events, as a real one does.

use std::collections::VecDeque;
use std::time::Duration;

use sha2::{Digest, Sha256};
use watchtogether::media::Media;
use watchtogether::protocol::command::{Command, Report};
use watchtogether::protocol::denied::{Denied, Refused};
use watchtogether::protocol::ephemeral::MemberNotice;
use watchtogether::protocol::event::{Fact, RoomEvent};
use watchtogether::protocol::failure::FailureCode;
use watchtogether::protocol::ids::{Epoch, LogId, MemberId, NodeId, Rev, RoomId, Seq};
use watchtogether::protocol::member::{Member, Visibility};
use watchtogether::protocol::text::{ChatText, MemberName};
use watchtogether::protocol::time::{LocalTime, RoomTime};
use watchtogether::room::state::RoomState;
use watchtogether::wire::codec;
use watchtogether::wire::message::{CatchUp, ClientMsg, Hello, Reason, ServerMsg};

use super::Server;
use super::socket::Socket;

/// The link that [`both_watch`] plays.
pub(super) const LINK: &str = "https://example.org/a.mp4";

/// A hello for a room, which is public if it has to be created.
pub(crate) fn hello(room: &str, name: &str) -> Hello {
    Hello {
        protocol: codec::PROTOCOL,
        room: RoomId::parse(room).expect("a room's name"),
        name: MemberName::parse(name).expect("a name"),
        password: None,
        invite: None,
        resume: None,
        token: None,
        log: None,
        since: None,
        create: watchtogether::wire::message::Create::default(),
        has_player: true,
    }
}

/// A hello for a private room.
pub(crate) fn private_hello(room: &str, name: &str, password: Option<&str>) -> Hello {
    let mut hello = hello(room, name);
    hello.password = password.map(Into::into);
    hello.create.visibility = Visibility::Private;
    hello
}

/// The command to send a line of chat.
pub(crate) fn chat(text: &str) -> Command {
    Command::Chat {
        text: ChatText::parse(text).expect("a text"),
    }
}

/// A token's hash in the two forms that JSON could have: a list of bytes, and hexadecimal.
pub(super) fn hash_forms(token: &str) -> [String; 2] {
    let hash: [u8; 32] = Sha256::digest(token.as_bytes()).into();
    let numbers: Vec<String> = hash.iter().map(u8::to_string).collect();
    let hexadecimal: Vec<String> = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    [numbers.join(","), hexadecimal.concat()]
}

/// The report of a player that has opened its media but knows nothing about it.
pub(super) fn learned_nothing(epoch: Epoch) -> Report {
    Report::Learned {
        epoch,
        duration: None,
        title: None,
        live: false,
        begins: None,
    }
}

/// Alice plays [`LINK`], and both clients have received that.
pub(super) async fn both_watch(alice: &mut Client, bob: &mut Client) -> Epoch {
    let media = Media::parse(LINK).unwrap();
    let playing = alice.ask(Command::Play { media }).await.unwrap();
    alice.until_room(|room| room.rev >= playing).await;
    bob.until_room(|room| room.rev >= playing).await;
    bob.room.timeline.epoch
}

/// A client that has joined, its room as it knows it, and its unread messages.
pub(super) struct Client {
    pub(super) socket: Socket,
    pub(super) you: MemberId,
    pub(super) token: String,
    pub(super) log: LogId,
    pub(super) created: bool,
    /// The node that welcomed this client.
    pub(super) node: NodeId,
    /// The room as this client knows it.
    pub(super) room: RoomState,
    /// What the client got to catch up when it joined.
    pub(super) came_with: CatchUp,
    inbox: VecDeque<ServerMsg>,
    last_seq: u64,
    gap: Gap,
}

/// Whether a client misses events, and whether it has noticed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    /// It has every event so far.
    None,
    /// The next frame of events will be lost.
    LosesNext,
    /// Events were lost, which the next ones will show.
    Unnoticed,
    /// It has noticed, and asked for the whole state.
    Asked,
}

impl Client {
    /// Joins; panics if it is refused.
    pub(super) async fn join(server: &Server, room: &str, name: &str) -> Self {
        Self::enter(server, hello(room, name))
            .await
            .expect("let in")
    }

    /// Joins, or returns the reason of the refusal.
    pub(super) async fn enter(server: &Server, hello: Hello) -> Result<Self, Reason> {
        Self::enter_with(server, hello, None).await
    }

    /// Connects again as the same member, with the events that this client has.
    pub(super) async fn come_back(&self, server: &Server) -> Self {
        let back = Self::enter_with(server, self.hello_again(), Some(self.room.clone())).await;
        let mut back = back.expect("let in again");
        back.last_seq = self.last_seq;
        back
    }

    /// The hello with which this client returns.
    pub(super) fn hello_again(&self) -> Hello {
        let mut hello = hello(self.room.id.as_str(), "back again");
        hello.resume = Some(self.token.clone());
        hello.log = Some(self.log.clone());
        hello.since = Some(self.room.rev);
        hello
    }

    async fn enter_with(
        server: &Server,
        hello: Hello,
        known: Option<RoomState>,
    ) -> Result<Self, Reason> {
        let mut socket = Socket::open(server).await;
        let welcome = socket.say_hello(hello).await?;
        let room = match &welcome.catch_up {
            CatchUp::State(state) => (**state).clone(),
            CatchUp::Events(facts) => {
                let mut room = known.expect("events only for who has the room");
                for fact in facts {
                    take_in(&mut room, fact);
                }
                room
            }
        };
        Ok(Self {
            socket,
            you: welcome.you,
            token: welcome.resume,
            log: welcome.log,
            created: welcome.created,
            node: welcome.node,
            room,
            came_with: welcome.catch_up,
            inbox: VecDeque::new(),
            last_seq: 0,
            gap: Gap::None,
        })
    }

    /// The member that this client is.
    pub(super) fn me(&self) -> &Member {
        self.room.roster.get(self.you).expect("oneself")
    }

    /// Reads until `pick` returns something for a message, which may have been read before.
    pub(super) async fn until<T>(&mut self, mut pick: impl FnMut(&ServerMsg) -> Option<T>) -> T {
        let mut index = 0;
        loop {
            while let Some(message) = self.inbox.get(index) {
                if let Some(picked) = pick(message) {
                    self.inbox.remove(index);
                    return picked;
                }
                index += 1;
            }
            self.read().await.expect("not closed");
        }
    }

    /// Reads until a notice says whose player failed, and why.
    pub(super) async fn playback_failed(&mut self) -> (MemberId, FailureCode) {
        let notice = self.until(|message| match message {
            ServerMsg::Notice(MemberNotice::PlaybackFailed { member, code, .. }) => {
                Some((*member, *code))
            }
            _ => None,
        });
        notice.await
    }

    /// Reads until a notice of the server's operator, whatever it is.
    pub(super) async fn operator_notice(&mut self) -> MemberNotice {
        self.until(|message| match message {
            ServerMsg::Notice(MemberNotice::PlaybackFailed { .. }) => None,
            ServerMsg::Notice(notice) => Some(notice.clone()),
            _ => None,
        })
        .await
    }

    /// Sends a report of its player.
    pub(super) async fn report(&mut self, report: Report) {
        self.socket.send(&ClientMsg::Report { report }).await;
    }

    /// Reads until the room is as wished.
    pub(super) async fn until_room(&mut self, wished: impl Fn(&RoomState) -> bool) {
        while !wished(&self.room) {
            self.read().await.expect("not closed");
        }
    }

    /// Reads until `pick` returns something for an event, which may have been read before.
    pub(super) async fn event<T>(&mut self, mut pick: impl FnMut(&RoomEvent) -> Option<T>) -> T {
        self.until(|message| match message {
            ServerMsg::Events { events } => events.iter().find_map(|fact| pick(&fact.event)),
            _ => None,
        })
        .await
    }

    async fn read(&mut self) -> Result<(), Option<Refused>> {
        let message = self.socket.next().await?;
        match &message {
            ServerMsg::Events { events } => self.take_events(events).await,
            ServerMsg::State { state } => {
                self.room = (**state).clone();
                self.gap = Gap::None;
            }
            _ => {}
        }
        self.inbox.push_back(message);
        Ok(())
    }

    async fn take_events(&mut self, events: &[Fact]) {
        match self.gap {
            Gap::None => {
                for fact in events {
                    take_in(&mut self.room, fact);
                }
            }
            Gap::LosesNext => self.gap = Gap::Unnoticed,
            Gap::Unnoticed => {
                let first = events.first().expect("an event").rev;
                assert!(first > self.room.rev.next(), "a gap in the revs");
                self.socket.send(&ClientMsg::State).await;
                self.gap = Gap::Asked;
            }
            // The state that it has asked for will contain them.
            Gap::Asked => {}
        }
    }

    /// Loses the next frame of events that the server sends.
    pub(super) fn lose_next_events(&mut self) {
        self.gap = Gap::LosesNext;
    }

    /// Whether events are missing.
    pub(super) fn has_gap(&self) -> bool {
        self.gap != Gap::None
    }

    /// Sends a command under the next number.
    pub(super) async fn send(&mut self, command: Command) -> Seq {
        self.last_seq += 1;
        let seq = Seq(self.last_seq);
        self.send_as(seq, command).await;
        seq
    }

    /// Sends a command under this number.
    pub(super) async fn send_as(&mut self, seq: Seq, command: Command) {
        let message = ClientMsg::Command { seq, command };
        self.socket.send(&message).await;
    }

    /// The answer to the command of this number.
    pub(super) async fn answer(&mut self, seq: Seq) -> Result<Rev, Denied> {
        self.until(|message| match message {
            ServerMsg::Ok { seq: answered, rev } if *answered == seq => Some(Ok(*rev)),
            ServerMsg::Denied {
                seq: answered,
                reason,
            } if *answered == seq => {
                assert!(!reason.text.is_empty());
                Some(Err(reason.denied().expect("a code that we know")))
            }
            _ => None,
        })
        .await
    }

    /// Sends a command and waits for its answer.
    pub(super) async fn ask(&mut self, command: Command) -> Result<Rev, Denied> {
        let seq = self.send(command).await;
        self.answer(seq).await
    }

    /// Sends a command until it is no longer denied as too fast.
    pub(super) async fn ask_patiently(&mut self, command: Command) -> Rev {
        loop {
            match self.ask(command.clone()).await {
                Ok(rev) => return rev,
                Err(Denied::TooFast { retry_ms }) => {
                    tokio::time::sleep(Duration::from_millis(retry_ms.into())).await;
                }
                Err(other) => panic!("{other:?}"),
            }
        }
    }

    /// Reads every message that the server has sent so far.
    pub(super) async fn drain(&mut self) {
        self.room_time().await;
    }

    /// The server's room time. Reads every message sent before it.
    pub(super) async fn room_time(&mut self) -> RoomTime {
        let t0 = LocalTime(0);
        self.socket.send(&ClientMsg::Ping { t0 }).await;
        self.until(|message| match message {
            ServerMsg::Pong { t2, .. } => Some(*t2),
            _ => None,
        })
        .await
    }

    /// Leaves on purpose, and waits until the server has closed the socket.
    pub(super) async fn leave(&mut self) {
        self.socket.send(&ClientMsg::Leave).await;
        assert_eq!(self.closed().await, None);
    }

    /// Checks that no frame with this word has reached the client.
    #[track_caller]
    pub(super) fn never_received(&self, word: &str) {
        let received = &self.socket.received;
        assert!(
            received.iter().all(|frame| !frame.contains(word)),
            "{received:?}"
        );
    }

    /// The lines of chat that this client knows, as `Name: text`.
    pub(super) fn chat(&self) -> Vec<String> {
        let lines = self.room.chat.lines();
        lines
            .map(|line| format!("{}: {}", line.name, line.text))
            .collect()
    }

    /// Waits until the server closes the socket, and returns why.
    pub(super) async fn closed(&mut self) -> Option<Refused> {
        loop {
            if let Err(why) = self.read().await {
                return why;
            }
        }
    }
}

/// Applies an event, which must be the next one.
fn take_in(room: &mut RoomState, fact: &Fact) {
    assert_eq!(fact.rev, room.rev.next(), "a gap");
    room.apply(fact);
}
