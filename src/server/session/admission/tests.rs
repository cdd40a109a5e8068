//! Who comes in at a node that has missed the newest of a room: nobody is called wrong for what the
//! node does not know yet.

use std::time::SystemTime;

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::{WebSocketStream, client_async};

use crate::protocol::command::{Command, MemberRef};
use crate::protocol::denied::Refused;
use crate::protocol::ids::{MemberId, Seq};
use crate::protocol::invite_terms::InviteTerms;
use crate::protocol::member::{BanScope, Role, Visibility};
use crate::protocol::secret::InviteToken;
use crate::server::log::hub::{Hub, Lost};
use crate::server::metrics::Metrics;
use crate::server::{CreateRule, Limits, Network, Running, ServerConfig, Storage};
use crate::wire::codec::{self, PROTOCOL};
use crate::wire::message::{CatchUp, ClientMsg, ServerMsg, Welcome};

/// Somebody who has come in.
struct Guest {
    socket: WebSocketStream<TcpStream>,
    welcome: Box<Welcome>,
    last_seq: u64,
}

impl Guest {
    async fn next(&mut self) -> ServerMsg {
        next(&mut self.socket).await
    }

    /// Gives a command, which is carried out.
    async fn does(&mut self, command: Command) {
        self.last_seq += 1;
        let seq = Seq(self.last_seq);
        let command = codec::encode(&ClientMsg::Command { seq, command }).unwrap();
        self.socket.send(command.as_str().into()).await.unwrap();
        loop {
            match self.next().await {
                ServerMsg::Ok { seq: answered, .. } if answered == seq => return,
                ServerMsg::Denied { reason, .. } => panic!("{reason:?}"),
                _ => {}
            }
        }
    }

    /// Waits until the server closes the connection.
    async fn closed(&mut self) {
        while let Some(Ok(_)) = self.socket.next().await {}
    }
}

async fn next(socket: &mut WebSocketStream<TcpStream>) -> ServerMsg {
    loop {
        let frame = socket.next().await.unwrap().unwrap();
        if frame.is_text() {
            return codec::decode(frame.to_text().unwrap()).unwrap();
        }
    }
}

/// The room at two nodes, the first of which Alice is at, who made it.
struct Stage {
    hub: Hub,
    alice: Guest,
    here: Running,
    there: Running,
}

async fn node(hub: &Hub, name: &str) -> Running {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let config = ServerConfig {
        storage: Storage::Memory,
        public_url: None,
        hosted: false,
        limits: Limits::default(),
        network: Network::default(),
    };
    let log = (hub.node(name), Metrics::default());
    let running = Running::start_at(log, SystemTime::now(), vec![listener], config).await;
    running.unwrap()
}

impl Stage {
    /// A room that is private with this password, or public.
    async fn new(password: Option<&str>) -> Self {
        let hub = Hub::default();
        let here = node(&hub, "here").await;
        let visibility = password.map_or("public", |_| "private");
        let create = json!({ "password": password, "create": { "visibility": visibility } });
        let alice = enter(&here, "Alice", create).await.unwrap();
        let there = node(&hub, "there").await;
        Self {
            hub,
            alice,
            here,
            there,
        }
    }

    /// The other node hears no more from this one.
    fn falls_behind(&self) {
        self.hub.miss_news("there", true);
    }

    /// Somebody comes to the other node.
    async fn comes(&self, name: &str, brings: Value) -> Result<Guest, Refused> {
        enter(&self.there, name, brings).await
    }

    async fn makes(&mut self, visibility: Visibility, password: Option<&str>) {
        let password = password.map(Into::into);
        let change = Command::SetVisibility {
            visibility,
            password,
        };
        self.alice.does(change).await;
    }

    async fn has_stopped(self) {
        self.here.stop().await;
        self.there.stop().await;
    }
}

/// A hello to the room with what somebody brings.
async fn enter(at: &Running, name: &str, brings: Value) -> Result<Guest, Refused> {
    let hello = json!({ "type": "hello", "protocol": PROTOCOL, "room": "den", "name": name });
    greet(at, with(hello, brings)).await
}

fn with(mut message: Value, more: Value) -> Value {
    let Value::Object(more) = more else {
        panic!("{more}");
    };
    message.as_object_mut().unwrap().extend(more);
    message
}

async fn greet(at: &Running, greeting: Value) -> Result<Guest, Refused> {
    let stream = TcpStream::connect(at.addresses()[0]).await.unwrap();
    let url = format!("ws://{}/ws", at.addresses()[0]);
    let (mut socket, _) = client_async(url, stream).await.unwrap();
    let greeting = greeting.to_string();
    socket.send(greeting.as_str().into()).await.unwrap();
    match next(&mut socket).await {
        ServerMsg::Welcome(welcome) => Ok(Guest {
            socket,
            welcome,
            last_seq: 0,
        }),
        ServerMsg::Refused(reason) => Err(reason.refused().unwrap()),
        other => panic!("{other:?}"),
    }
}

fn password(password: &str) -> Value {
    json!({ "password": password })
}

fn nothing() -> Value {
    json!({})
}

#[tokio::test]
async fn a_password_that_was_changed_elsewhere_lets_in_and_the_old_one_does_not() {
    let mut stage = Stage::new(Some("old")).await;
    stage.falls_behind();
    stage.makes(Visibility::Private, Some("new")).await;
    assert!(stage.comes("Bob", password("new")).await.is_ok());

    stage.makes(Visibility::Private, Some("newest")).await;
    let refused = stage.comes("Mallory", password("new")).await.err();
    assert_eq!(refused, Some(Refused::PasswordWrong));
    stage.makes(Visibility::Private, Some("newest")).await;
    let same = stage.comes("Chloe", password("newest")).await;
    assert!(same.is_ok(), "the same one again is another hash");
    stage.has_stopped().await;
}

#[tokio::test]
async fn a_room_that_was_opened_elsewhere_asks_for_no_password() {
    for brings in [nothing(), password("old")] {
        let mut stage = Stage::new(Some("old")).await;
        stage.falls_behind();
        stage.makes(Visibility::Public, None).await;
        assert!(stage.comes("Bob", brings).await.is_ok());
        stage.has_stopped().await;
    }
}

#[tokio::test]
async fn a_room_that_was_made_private_elsewhere_takes_its_password() {
    let mut stage = Stage::new(None).await;
    stage.falls_behind();
    stage.makes(Visibility::Private, Some("new")).await;
    assert!(stage.comes("Bob", password("new")).await.is_ok());

    let mut stage = Stage::new(None).await;
    stage.falls_behind();
    stage.makes(Visibility::Private, Some("new")).await;
    let refused = stage.comes("Mallory", password("old")).await.err();
    assert_eq!(refused, Some(Refused::PasswordWrong));
    stage.has_stopped().await;
}

#[tokio::test]
async fn who_means_a_private_room_finds_one_that_was_made_private_elsewhere() {
    let mut stage = Stage::new(None).await;
    stage.falls_behind();
    stage.makes(Visibility::Private, Some("new")).await;
    let only = json!({ "password": "new", "create": { "only_private": true } });
    assert!(stage.comes("Bob", only).await.is_ok());
    stage.has_stopped().await;
}

#[tokio::test]
async fn an_invite_that_was_made_elsewhere_lets_in_and_others_do_not() {
    let mut stage = Stage::new(Some("secret")).await;
    stage.falls_behind();
    let token = InviteToken::from_bits(7);
    let terms = InviteTerms::default();
    let invite = json!({ "invite": &token });
    stage
        .alice
        .does(Command::CreateInvite { token, terms })
        .await;
    assert!(stage.comes("Bob", invite).await.is_ok());
    let other = json!({ "invite": InviteToken::from_bits(8) });
    let refused = stage.comes("Mallory", other).await.err();
    assert_eq!(refused, Some(Refused::InviteInvalid));
    stage.has_stopped().await;
}

#[tokio::test]
async fn who_was_unbanned_elsewhere_comes_back() {
    let mut stage = Stage::new(None).await;
    let mut bob = stage.comes("Bob", nothing()).await.unwrap();
    let token = json!({ "resume": bob.welcome.resume });
    let who = MemberRef::Id(bob.welcome.you);
    let scope = BanScope::Member;
    let ban = Command::Ban {
        who: who.clone(),
        scope,
    };
    stage.alice.does(ban).await;
    bob.closed().await;
    let refused = stage.comes("Bob", token.clone()).await.err();
    assert_eq!(refused, Some(Refused::Banned));
    stage.falls_behind();
    stage.alice.does(Command::Unban { who }).await;
    assert!(stage.comes("Bob", token).await.is_ok());
    stage.has_stopped().await;
}

#[tokio::test]
async fn who_was_kicked_elsewhere_comes_back_with_the_password() {
    let mut stage = Stage::new(Some("secret")).await;
    let bob = stage.comes("Bob", password("secret")).await.unwrap();
    stage.falls_behind();
    let who = MemberRef::Id(bob.welcome.you);
    stage.alice.does(Command::Kick { who }).await;
    let brings = json!({ "resume": bob.welcome.resume, "password": "secret" });
    let again = stage.comes("Bob", brings).await.unwrap();
    assert_ne!(again.welcome.you, bob.welcome.you);

    let who = MemberRef::Id(again.welcome.you);
    stage.alice.does(Command::Kick { who }).await;
    let brings = json!({ "resume": again.welcome.resume, "password": "wrong" });
    let refused = stage.comes("Bob", brings).await.err();
    assert_eq!(refused, Some(Refused::PasswordWrong));
    stage.has_stopped().await;
}

#[tokio::test]
async fn who_came_in_elsewhere_needs_no_password_here() {
    let stage = Stage::new(Some("secret")).await;
    stage.falls_behind();
    let bob = enter(&stage.here, "Bob", password("secret")).await.unwrap();
    let token = json!({ "resume": bob.welcome.resume });
    let again = stage.comes("Bob", token).await.unwrap();
    assert_eq!(again.welcome.you, bob.welcome.you);
    stage.has_stopped().await;
}

#[tokio::test]
async fn a_room_that_was_opened_elsewhere_can_be_watched_from_outside() {
    let mut stage = Stage::new(Some("secret")).await;
    stage.falls_behind();
    stage.makes(Visibility::Public, None).await;
    let hello = json!({
        "type": "visit",
        "purpose": "observe",
        "protocol": PROTOCOL,
        "room": "den",
        "name": "Guest",
    });
    assert!(greet(&stage.there, hello).await.is_ok());
    stage.has_stopped().await;
}

/// The room at one node, and another node that has not heard of it.
async fn unheard_of(password: Option<&str>) -> Stage {
    let hub = Hub::default();
    let here = node(&hub, "here").await;
    let there = node(&hub, "there").await;
    hub.miss_news("there", true);
    let visibility = password.map_or("public", |_| "private");
    let create = json!({ "password": password, "create": { "visibility": visibility } });
    let alice = enter(&here, "Alice", create).await.unwrap();
    Stage {
        hub,
        alice,
        here,
        there,
    }
}

#[tokio::test]
async fn who_comes_back_to_a_node_that_has_not_heard_of_the_room_is_in_it_again() {
    let stage = unheard_of(None).await;
    let token = json!({ "resume": stage.alice.welcome.resume });
    let again = stage.comes("Alice", token).await.unwrap();
    assert_eq!(again.welcome.you, stage.alice.welcome.you);
    stage.has_stopped().await;
}

#[tokio::test]
async fn an_invite_lets_in_at_a_node_that_has_not_heard_of_the_room() {
    let mut stage = unheard_of(Some("secret")).await;
    let token = InviteToken::from_bits(7);
    let terms = InviteTerms::default();
    let invite = json!({ "invite": &token });
    stage
        .alice
        .does(Command::CreateInvite { token, terms })
        .await;
    assert!(stage.comes("Bob", invite).await.is_ok());
    stage.has_stopped().await;
}

#[tokio::test]
async fn who_may_create_no_room_comes_into_one_of_which_the_node_has_not_heard() {
    let stage = unheard_of(None).await;
    stage.there.limit(Limits {
        create: CreateRule::Password,
        ..Limits::default()
    });
    assert!(stage.comes("Bob", nothing()).await.is_ok());
    stage.has_stopped().await;
}

#[tokio::test]
async fn a_room_that_no_node_has_is_told_from_one_that_cannot_be_asked_for() {
    let stage = unheard_of(None).await;
    let elsewhere = json!({ "resume": stage.alice.welcome.resume, "room": "nowhere" });
    let refused = stage.comes("Alice", elsewhere).await.err();
    assert_eq!(refused, Some(Refused::NoSuchRoom));
    stage.hub.cut_off("there");
    let token = json!({ "resume": stage.alice.welcome.resume });
    let refused = stage.comes("Alice", token).await.err();
    assert_eq!(refused, Some(Refused::StorageAway), "it is tried again");
    stage.has_stopped().await;
}

#[tokio::test]
async fn who_created_a_room_and_was_not_told_is_its_admin_on_coming_back() {
    let hub = Hub::default();
    let here = node(&hub, "here").await;
    hub.lose_next("here", Lost::Answer);
    let create = json!({
        "token": "0123456789abcdef0123456789abcdef",
        "create": { "visibility": "public" },
    });
    let refused = enter(&here, "Alice", create.clone()).await.err();
    assert_eq!(refused, Some(Refused::StorageAway));
    hub.join_again("here");
    let alice = enter(&here, "Alice", create).await.unwrap();
    assert_eq!(alice.welcome.you, MemberId(1));
    let CatchUp::State(room) = alice.welcome.catch_up else {
        panic!("{:?}", alice.welcome.catch_up);
    };
    let me = room.roster.get(MemberId(1)).unwrap();
    assert_eq!((me.role, me.is_here()), (Role::Admin, true));
    here.stop().await;
}
