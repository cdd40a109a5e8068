//! Joining: who becomes admin, who sees whom, and what is refused.

use watchtogether::protocol::denied::Refused;
use watchtogether::protocol::member::Role;
use watchtogether::server::Limits;
use watchtogether::wire::codec::PROTOCOL;
use watchtogether::wire::message::ClientMsg;

use super::Server;
use super::client::{Client, hello, private_hello};
use super::socket::Socket;

#[tokio::test]
async fn who_creates_a_room_is_its_admin_and_the_next_is_not() {
    let server = Server::start().await;
    let mut alice = Client::join(&server, "movie-night", "Alice").await;
    assert!(alice.created);
    assert_eq!(alice.me().role, Role::Admin);

    let bob = Client::join(&server, "movie-night", "Bob").await;
    assert!(!bob.created);
    assert_eq!(bob.me().role, Role::Viewer);
    assert_eq!(bob.room.roster.count, 2);
    assert!(bob.room.roster.get(alice.you).is_some());

    alice.until_room(|room| room.roster.count == 2).await;
    let name = &alice.room.roster.get(bob.you).unwrap().name;
    assert_eq!(name.as_str(), "Bob");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_who_come_at_once_the_one_who_creates_the_room_is_its_admin() {
    // Clients on this machine are not limited, however many rooms they create.
    let server = Server::start().await;
    for room in 0..20 {
        let room = format!("room-{room}");
        let names = ["Ann", "Bob", "Carol", "Dave", "Eve", "Fay"];
        let entering = names.map(|name| Client::join(&server, &room, name));
        let clients = futures_util::future::join_all(entering).await;
        let mut created = clients.iter().filter(|client| client.created);
        let creator = created.next().expect("somebody created it");
        assert_eq!(created.count(), 0, "only one did");
        for client in &clients {
            let is_admin = client.me().role == Role::Admin;
            assert_eq!(is_admin, client.you == creator.you, "in {room}");
        }
    }
}

#[tokio::test]
async fn names_are_unique_in_a_room() {
    let server = Server::start().await;
    let _alice = Client::join(&server, "movie-night", "Alice").await;
    let other = Client::join(&server, "movie-night", "alice").await;
    let name = &other.me().name;
    assert_ne!(name.as_str().to_lowercase(), "alice");
    let _elsewhere = Client::join(&server, "other-room", "Alice").await;
}

#[tokio::test]
async fn a_version_too_far_away_is_told_both_versions() {
    let server = Server::start().await;
    let mut from_the_future = hello("movie-night", "Alice");
    from_the_future.protocol = PROTOCOL + 2;
    let mut socket = Socket::open(&server).await;
    let reason = socket.say_hello(from_the_future).await.unwrap_err();
    let version = Refused::Version {
        server: PROTOCOL,
        client: PROTOCOL + 2,
    };
    assert_eq!(reason.refused(), Some(version.clone()));
    assert!(!reason.text.is_empty());
    assert_eq!(socket.closed().await, Some(version));
}

#[tokio::test]
async fn a_hello_of_a_later_version_need_not_be_understood_to_be_told_so() {
    let server = Server::start().await;
    let mut socket = Socket::open(&server).await;
    let text = format!(r#"{{"type":"hello","protocol":{},"room":7}}"#, PROTOCOL + 9);
    socket.send_text(text).await;
    assert!(matches!(
        socket.closed().await,
        Some(Refused::Version { .. })
    ));
}

#[tokio::test]
async fn one_version_ahead_with_unknown_fields_is_let_in() {
    let server = Server::start().await;
    let mut socket = Socket::open(&server).await;
    let text = format!(
        r#"{{"type":"hello","protocol":{},"room":"movie-night","name":"Ada","shiny":true}}"#,
        PROTOCOL + 1
    );
    socket.send_text(text).await;
    let message = socket.next().await.unwrap();
    assert!(matches!(
        message,
        watchtogether::wire::message::ServerMsg::Welcome(_)
    ));
}

#[tokio::test]
async fn without_a_hello_nobody_comes_in() {
    let server = Server::start().await;
    for text in [r#"{"type":"state"}"#, "junk", r#"{"type":"hello"}"#] {
        let mut socket = Socket::open(&server).await;
        socket.send_text(text.to_owned()).await;
        assert_eq!(socket.closed().await, Some(Refused::NoHello), "{text}");
    }
    let mut socket = Socket::open(&server).await;
    socket.send_bytes(vec![1, 2, 3]).await;
    assert_eq!(socket.closed().await, Some(Refused::NoHello));
}

#[tokio::test]
async fn a_full_room_and_a_full_server_say_so() {
    let limits = Limits {
        rooms: 1,
        members: 2,
        ..Limits::default()
    };
    let server = Server::with(limits).await;
    let alice = Client::join(&server, "movie-night", "Alice").await;
    let _bob = Client::join(&server, "movie-night", "Bob").await;
    let refused = |entered: Result<Client, _>| match entered {
        Ok(_) => panic!("let in"),
        Err(reason) => watchtogether::wire::message::Reason::refused(&reason),
    };
    let third = Client::enter(&server, hello("movie-night", "Carol")).await;
    assert_eq!(refused(third), Some(Refused::RoomFull { limit: 2 }));
    let elsewhere = Client::enter(&server, hello("other-room", "Carol")).await;
    assert_eq!(refused(elsewhere), Some(Refused::ServerFull { limit: 1 }));
    // If the server has no place for the room, the password is not even checked.
    let private = private_hello("other-room", "Carol", Some(&"x".repeat(5_000)));
    let elsewhere = Client::enter(&server, private).await;
    assert_eq!(refused(elsewhere), Some(Refused::ServerFull { limit: 1 }));
    // A member who returns is still let in.
    let back = alice.come_back(&server).await;
    assert_eq!(back.you, alice.you);
}

#[tokio::test]
async fn a_foreign_web_page_gets_no_socket() {
    let server = Server::start().await;
    let own = format!("http://{}", server.address);
    assert_eq!(Socket::status_for_page(&server, &own).await, 101);
    for foreign in ["https://evil.example", "http://127.0.0.1:1", "null"] {
        assert_eq!(Socket::status_for_page(&server, foreign).await, 403);
    }
}

#[tokio::test]
async fn the_clock_exchange_gives_room_time() {
    use watchtogether::protocol::time::LocalTime;
    use watchtogether::wire::message::ServerMsg;

    let server = Server::start().await;
    let mut alice = Client::join(&server, "movie-night", "Alice").await;
    let mut last = alice.room.at;
    for t0 in [LocalTime(-5), LocalTime(i64::MAX)] {
        alice.socket.send(&ClientMsg::Ping { t0 }).await;
        let (echoed, t1, t2) = alice
            .until(|message| match message {
                ServerMsg::Pong { t0, t1, t2, .. } => Some((*t0, *t1, *t2)),
                _ => None,
            })
            .await;
        assert_eq!(echoed, t0);
        assert!(last <= t1 && t1 <= t2, "{last:?} {t1:?} {t2:?}");
        last = t2;
    }
}
