//! A private room that moves by `watchtogether admin export` and `import`: from nodes that share a
//! Redis to a server that keeps its rooms in files, and from there into another Redis; the same with a
//! Redis Cluster.

use watchtogether::media::Media;
use watchtogether::protocol::command::{Command, MemberRef};
use watchtogether::protocol::member::{BanScope, Role};

use super::Server;
use super::client::{Client, LINK, chat, private_hello};
use super::nodes::{node, node_at};
use super::operated::OperatedServer;
use crate::support::redis_cluster::{OTHERS, REPLICA, RedisCluster};
use crate::support::redis_server::{Keeps, RedisServer};

const ROOM: &str = "our-place";
const PASSWORD: &str = "correct-horse";

/// Loopback itself stands for nobody: each member has an address of their own.
const BEHIND_PROXY: [&str; 2] = ["--trust-proxy", "127.0.0.1"];

/// The members of the room, as they were before it moved.
struct Members {
    /// Its admin.
    alice: Client,
    /// A moderator.
    bob: Client,
    /// Who was banned, with her address.
    eve: Client,
}

/// A server as the member number so much reaches it.
fn as_member(server: &Server, number: u8) -> Server {
    server.through("X-Forwarded-For", &format!("203.0.113.{number}"))
}

async fn enter(server: &Server, number: u8, name: &str) -> Client {
    let hello = private_hello(ROOM, name, Some(PASSWORD));
    let entered = Client::enter(&as_member(server, number), hello).await;
    entered.expect("let in")
}

async fn add(member: &mut Client, link: &str) {
    let media = Media::parse(link).expect("a link");
    member
        .ask(Command::Add { media })
        .await
        .expect("it is queued");
}

/// An evening at two nodes: something plays, an entry and a proposal wait, all have said something.
async fn evening(here: &Server, there: &Server) -> Members {
    let mut alice = enter(here, 1, "Alice").await;
    let mut bob = enter(there, 2, "Bob").await;
    let mut eve = enter(there, 3, "Eve").await;
    add(&mut alice, LINK).await;
    add(&mut alice, "https://example.org/next.mp4").await;
    add(&mut bob, "https://example.org/proposed.mp4").await;
    bob.ask(chat("hello")).await.expect("it is said");
    eve.ask(chat("buy this")).await.expect("it is said");
    let (who, role) = (MemberRef::Id(bob.you), Role::Moderator);
    let given = alice.ask(Command::SetRole { who, role }).await;
    given.expect("he is a moderator");
    let (who, scope) = (MemberRef::Id(eve.you), BanScope::Address);
    let banned = alice.ask(Command::Ban { who, scope }).await;
    let banned = banned.expect("she is banned");
    alice.until_room(|room| room.rev >= banned).await;
    Members { alice, bob, eve }
}

/// Exports the rooms of one server, and imports them at another.
fn moves(from: &OperatedServer, to: &OperatedServer) {
    let file = from.home.path().join("rooms.jsonl");
    let path = file.to_str().expect("a path");
    let exported = from.admin(&["export", path]);
    assert_eq!(exported.code, Some(0), "{}", exported.complaint);
    let imported = to.admin(&["import", path]);
    let (text, complaint) = (imported.text, imported.complaint);
    assert_eq!(text, "1 room imported.\n", "{complaint}");
}

/// Why somebody does not get in.
async fn refused(server: &Server, number: u8, password: Option<&str>) -> String {
    let hello = private_hello(ROOM, "Newcomer", password);
    let entered = Client::enter(&as_member(server, number), hello).await;
    entered.err().expect("not let in").code
}

/// Checks that all is at this server as it was, and returns the members as they came back.
async fn check_moved(server: &Server, before: Members) -> Members {
    let Members { alice, bob, eve } = before;
    assert_eq!(refused(server, 4, None).await, "password_needed");
    assert_eq!(refused(server, 4, Some("Popcorn")).await, "password_wrong");
    assert_eq!(
        refused(server, 3, Some(PASSWORD)).await,
        "banned",
        "her address"
    );
    let by_token = Client::enter(&as_member(server, 4), eve.hello_again()).await;
    let why = by_token.err().expect("not let in").code;
    assert_eq!(why, "banned", "her token");

    let mut back = alice.come_back(&as_member(server, 1)).await;
    assert_eq!((back.you, back.me().role), (alice.you, Role::Admin));
    assert_eq!(back.room.roster.count, 1, "the others are yet to come back");
    assert_eq!(back.room.queue, alice.room.queue);
    assert_eq!(back.room.queue.entries().len(), 2);
    assert_eq!(back.room.chat, alice.room.chat);
    assert_eq!(back.room.bans, alice.room.bans);
    assert_eq!(back.room.bans.len(), 1);
    assert_eq!(back.room.visibility, alice.room.visibility);
    let media = |client: &Client| {
        client
            .room
            .timeline
            .playing
            .as_ref()
            .map(|it| it.media.clone())
    };
    assert!(media(&back).is_some(), "what played is there");
    assert_eq!(media(&back), media(&alice));
    let moderator = bob.come_back(&as_member(server, 2)).await;
    assert_eq!(
        (moderator.you, moderator.me().role),
        (bob.you, Role::Moderator)
    );
    // Their commands count on from where they were.
    back.ask(chat("here we are")).await.expect("it is said");
    let _dan = enter(server, 4, "Dan").await;
    let all_are_here = |room: &watchtogether::room::state::RoomState| room.roster.count == 3;
    back.until_room(all_are_here).await;
    Members {
        alice: back,
        bob: moderator,
        eve,
    }
}

#[tokio::test]
async fn a_private_room_moves_from_redis_into_files_and_back() {
    let redis = RedisServer::start(Keeps::Nothing);
    let mut nodes = [(); 2].map(|()| node(&redis, &BEHIND_PROXY));
    let [here, there] = nodes.each_mut().map(OperatedServer::server);
    let members = Box::pin(evening(&here, &there)).await;
    let mut files = OperatedServer::start(&BEHIND_PROXY);
    let server = files.server();
    moves(&nodes[1], &files);
    let members = Box::pin(check_moved(&server, members)).await;

    let other_redis = RedisServer::start(Keeps::Nothing);
    let mut others = [(); 2].map(|()| node(&other_redis, &BEHIND_PROXY));
    let [here, there] = others.each_mut().map(OperatedServer::server);
    moves(&files, &others[0]);
    let members = Box::pin(check_moved(&here, members)).await;
    assert_eq!(members.alice.chat().len(), 4, "{:?}", members.alice.chat());
    let bob = members.bob.come_back(&as_member(&there, 2)).await;
    assert_eq!(bob.you, members.bob.you, "each node has it");
}

#[tokio::test]
async fn a_private_room_moves_from_a_cluster_into_files_and_back() {
    let cluster = RedisCluster::start("watchtogether", &[]);
    // None of them has the keys.
    let seeds = [OTHERS[0], REPLICA].map(|server| cluster.url(server));
    let at_seeds = |prefix: &str| {
        let options = [&BEHIND_PROXY[..], &["--redis-prefix", prefix]].concat();
        seeds.each_ref().map(|seed| node_at(seed, &options))
    };
    let mut nodes = at_seeds("watchtogether");
    let [here, there] = nodes.each_mut().map(OperatedServer::server);
    let members = Box::pin(evening(&here, &there)).await;
    let figures = nodes[1].json(&["figures"]);
    assert_eq!(figures["store"]["nodes"], 2, "{figures}");
    assert!(figures["store"]["appends"]["agreed"].as_u64() > Some(0));
    let mut files = OperatedServer::start(&BEHIND_PROXY);
    let server = files.server();
    moves(&nodes[1], &files);
    let members = Box::pin(check_moved(&server, members)).await;

    // Other keys of the same cluster.
    let mut others = at_seeds("theatre");
    let [here, there] = others.each_mut().map(OperatedServer::server);
    moves(&files, &others[0]);
    let members = Box::pin(check_moved(&here, members)).await;
    let bob = members.bob.come_back(&as_member(&there, 2)).await;
    assert_eq!(bob.you, members.bob.you, "each node has it");
}
