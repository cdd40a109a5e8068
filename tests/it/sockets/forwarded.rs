//! A server behind a proxy: limits, bans and passwords by the address that the proxy names.

use futures_util::future::join_all;
use watchtogether::protocol::command::{Command, MemberRef};
use watchtogether::protocol::denied::Refused;
use watchtogether::protocol::member::BanScope;

use super::Server;
use super::client::{Client, hello, private_hello};
use super::socket::Socket;

const LIST: &str = "X-Forwarded-For";

/// The refusal of a hello, if it is refused.
async fn refusal(server: &Server, hello: watchtogether::wire::message::Hello) -> Option<Refused> {
    let entered = Client::enter(server, hello).await;
    entered.err().and_then(|reason| reason.refused())
}

#[tokio::test]
async fn a_ban_knows_a_client_behind_the_proxy_again_and_nobody_else() {
    let server = Server::behind_proxy().await;
    let at = |address: &str| server.through(LIST, address);
    let mut alice = Client::join(&at("198.51.100.1"), "movie-night", "Alice").await;
    let mallory = Client::join(&at("203.0.113.7"), "movie-night", "Mallory").await;
    alice.until_room(|room| room.roster.count == 2).await;
    let who = MemberRef::Id(mallory.you);
    let scope = BanScope::Ask;
    alice.ask(Command::Ban { who, scope }).await.unwrap();
    // Without a token, so as somebody new.
    let again = hello("movie-night", "Newcomer");
    assert_eq!(
        refusal(&at("203.0.113.7:4711"), again.clone()).await,
        Some(Refused::Banned)
    );
    let claims_more = at("198.51.100.9, 203.0.113.7");
    assert_eq!(
        refusal(&claims_more, again.clone()).await,
        Some(Refused::Banned)
    );
    let element = server.through("Forwarded", "for=\"203.0.113.7:80\";proto=https");
    assert_eq!(
        refusal(&element, again.clone()).await,
        Some(Refused::Banned)
    );
    assert_eq!(refusal(&at("203.0.113.8"), again).await, None);
}

#[tokio::test]
async fn one_client_of_the_proxy_has_so_many_sockets_and_the_others_theirs() {
    let server = Server::behind_proxy().await;
    let at = |address: &str| server.through(LIST, address);
    let near = at("192.168.1.20");
    let mut open = Vec::new();
    let refused = loop {
        match Socket::try_open(&near).await {
            Ok(socket) => open.push(socket),
            Err(status) => break status,
        }
        assert!(open.len() <= 64, "too many");
    };
    assert_eq!((refused, open.len()), (429, 64));
    assert!(Socket::try_open(&at("192.168.1.21")).await.is_ok());
    // The proxy itself, such as for its health check.
    assert_eq!(server.page("/healthz").await.0, 200);
}

#[tokio::test]
async fn one_client_of_the_proxy_creates_so_many_rooms() {
    let server = Server::behind_proxy().await;
    let at = |address: &str| server.through(LIST, address);
    let there = at("203.0.113.7");
    for number in 0..10 {
        Client::join(&there, &format!("room-{number}"), "Alice").await;
    }
    let more = hello("one-more", "Alice");
    let refused = refusal(&there, more.clone()).await;
    assert!(matches!(refused, Some(Refused::TooManyRooms { .. })));
    assert_eq!(refusal(&at("203.0.113.8"), more).await, None);
}

#[tokio::test]
async fn whoever_hides_behind_a_second_header_is_refused() {
    let server = Server::behind_proxy().await;
    for (list, element, status) in [
        ("203.0.113.7", "for=unknown", Err(400)),
        ("203.0.113.7", "for=198.51.100.1", Err(400)),
        ("203.0.113.7", "for=203.0.113.7", Ok(())),
        ("evil", "for=203.0.113.7", Err(400)),
    ] {
        let mut both = server.through(LIST, list);
        both.added.push(("Forwarded", element.to_owned()));
        let opened = Socket::try_open(&both).await.map(|_| ());
        assert_eq!(opened, status, "{list} and {element}");
    }
}

#[tokio::test]
async fn a_proxy_that_nobody_named_is_not_believed() {
    let server = Server::start().await;
    let liar = server.through(LIST, "203.0.113.7");
    let mut open = Vec::new();
    // Its own address is this machine's, which is not counted.
    for _ in 0..70 {
        open.push(Socket::open(&liar).await);
    }
    let mut alice = Client::join(&server, "movie-night", "Alice").await;
    let mallory = Client::join(&liar, "movie-night", "Mallory").await;
    alice.until_room(|room| room.roster.count == 2).await;
    let who = MemberRef::Id(mallory.you);
    let scope = BanScope::Ask;
    alice.ask(Command::Ban { who, scope }).await.unwrap();
    let again = hello("movie-night", "Newcomer");
    assert_eq!(refusal(&liar, again).await, None, "known by the token only");
}

/// Passwords are hashed one at a time, each for some 30 ms: so what counts is how few of the tries
/// are hashed at all. Those are the ones that are answered with "wrong".
#[tokio::test]
async fn of_a_thousand_wrong_passwords_few_are_hashed() {
    let server = Server::behind_proxy().await;
    let owner = server.through(LIST, "198.51.100.1");
    let create = private_hello("our-place", "Alice", Some("popcorn"));
    let alice = Client::enter(&owner, create).await.unwrap();
    let guesser = server.through(LIST, "203.0.113.7");
    let mut hashed = 0;
    for round in 0..50 {
        let tries = (0..20).map(|number| {
            let wrong = format!("wrong-{round}-{number}");
            let guess = private_hello("our-place", "Mallory", Some(&wrong));
            refusal(&guesser, guess)
        });
        for refused in join_all(tries).await {
            match refused {
                Some(Refused::PasswordWrong) => hashed += 1,
                Some(Refused::TooManyTries { retry_ms }) => assert!(retry_ms > 0),
                other => panic!("{other:?}"),
            }
        }
    }
    // Ten at once, and six a minute on a machine that takes long for the rest.
    assert!((10..=40).contains(&hashed), "{hashed}");
    // Nobody else waits for that: neither who has the password nor who returns.
    let right = private_hello("our-place", "Bob", Some("popcorn"));
    let friend = server.through(LIST, "198.51.100.2");
    assert!(Client::enter(&friend, right).await.is_ok());
    let back = alice.come_back(&owner).await;
    assert_eq!(back.you, alice.you);
}
