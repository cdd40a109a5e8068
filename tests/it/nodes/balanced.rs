//! Three nodes behind nginx, as DEPLOY.md prints it all: their settings, the user of Redis, and nginx
//! without stickiness, so that nobody chooses a node.

use std::collections::BTreeSet;

use rustix::process::Signal;
use watchtogether::protocol::ids::NodeId;

use super::Node;
use super::evening::Evening;
use super::history::anything;
use super::stage::Progress;
use crate::support::join_client::JoinClient;
use crate::support::patience::until;
use crate::support::proxies::{Proxy, printed_block, replaced};
use crate::support::redis_server::{Keeps, RedisServer};

/// How many acknowledgements each member gets before and after a failure.
const SOME: usize = 4;

/// A Redis with the user of DEPLOY.md, who may do only what nodes need, and the address for that user.
fn redis_with_user() -> (RedisServer, String) {
    let user = printed_block("text", "user ");
    let words: Vec<&str> = user.split_whitespace().collect();
    let options = [&["--user"], &words[1..]].concat();
    let redis = RedisServer::with(Keeps::Everything, &options);
    let url = format!("{}?user=watchtogether&pass=PASSWORD", redis.url());
    (redis, url)
}

/// Three nodes with the settings of DEPLOY.md.
fn nodes(redis: &str) -> [Node; 3] {
    let settings = printed_block("toml", "[serve]\nlisten = [\"10.0.0.11:8000\"]");
    let ours = [
        ("10.0.0.11:8000", "127.0.0.1:0"),
        ("10.0.0.10", "127.0.0.1"),
        ("redis://watchtogether:PASSWORD@10.0.0.20:6379", redis),
        ("10.0.0.11:9464", "127.0.0.1:0"),
    ];
    let settings = ours.iter().fold(settings, |text, (printed, our)| {
        replaced(&text, printed, our)
    });
    [(); 3].map(|()| Node::by_settings(&settings))
}

fn proxy(nodes: &[Node; 3]) -> Proxy {
    Proxy::before_nodes(nodes.each_ref().map(|node| node.address))
}

/// The nodes at which members are.
fn met(all: &[Progress]) -> BTreeSet<&NodeId> {
    all.iter().filter_map(|one| one.at.as_ref()).collect()
}

#[tokio::test]
async fn members_whom_nginx_spreads_share_one_order_also_after_a_node_is_killed() {
    let (_redis, url) = redis_with_user();
    let mut nodes = nodes(&url);
    let proxy = proxy(&nodes);
    let evening = Evening::of(9, anything, &[proxy.plain()]);
    evening
        .play(async |stage| {
            stage.until_each_has(SOME).await;
            stage
                .until("each node has members", |all| met(all).len() == 3)
                .await;
            nodes[0].process.signal(Signal::KILL);
            nodes[0].process.wait();
            stage
                .until("its members are at the others", |all| {
                    let connected = all.iter().all(|one| one.at.is_some());
                    connected && met(all).len() == 2 && all.iter().any(|one| one.returns > 0)
                })
                .await;
            stage.until_each_has(SOME).await;
        })
        .await;
}

/// Types a line until it is carried out: meanwhile the client looks for another node.
fn once_it_is_back(client: &mut JoinClient, line: &str) {
    until(line, || {
        let answer = client.ask(line);
        (answer["type"] == "ok").then_some(())
    });
}

/// The friends of an evening, who come by https.
fn friends(proxy: &Proxy) -> [JoinClient; 3] {
    ["Alice", "Boris", "Vera"].map(|name| {
        let mut friend = proxy.join("movie-night", name, &[]);
        friend.joined();
        friend
    })
}

/// nginx cannot know that it hangs: it takes connections, and never answers. So it must not be the one
/// that gets all of them because it has the fewest.
#[test]
fn friends_at_a_node_that_hangs_come_back_at_another() {
    let (_redis, url) = redis_with_user();
    let nodes = nodes(&url);
    let proxy = proxy(&nodes);
    let mut friends = friends(&proxy);
    nodes[0].process.signal(Signal::STOP);
    for friend in &mut friends {
        once_it_is_back(friend, "still here");
    }
    let comes = |name: &str| {
        let mut client = proxy.join("movie-night", name, &[]);
        let answer = client.wait_for("whether it gets in", |line| {
            line["type"] == "joined" || line["state"] == "refused"
        });
        (answer["type"] == "joined").then_some(client)
    };
    let _others = ["Dan", "Emily"].map(|name| until("whoever tries again gets in", || comes(name)));
}

#[test]
fn friends_at_three_nodes_keep_role_and_queue_when_their_node_is_killed() {
    let (_redis, url) = redis_with_user();
    let mut nodes = nodes(&url);
    let proxy = proxy(&nodes);
    let mut friends = friends(&proxy);
    let [alice, boris, vera] = &mut friends;
    alice.command("/moderator Boris");
    boris.wait_type("member", |line| {
        line["name"] == "Boris" && line["role"] == "moderator"
    });
    boris.command("/add https://example.org/film.mp4");
    vera.wait_type("queue", |line| line["entries"][0]["by"] == "Boris");
    vera.denied("/skip", "not_allowed");
    for (round, node) in ["first", "second"].iter().zip(&mut nodes) {
        node.process.signal(Signal::KILL);
        node.process.wait();
        for friend in &mut friends {
            once_it_is_back(friend, &format!("still here after the {round}"));
        }
    }
    let mut dan = proxy.join("movie-night", "Dan", &[]);
    let joined = dan.joined();
    assert_eq!(joined["you"]["role"], "viewer", "{joined}");
    let queue = dan.wait_type("queue", |line| !line["entries"][0].is_null());
    assert_eq!(queue["entries"][0]["by"], "Boris");
    for round in ["first", "second"] {
        let text = format!("still here after the {round}");
        for name in ["Alice", "Boris", "Vera"] {
            dan.wait_type("chat", |line| line["from"] == name && line["text"] == text);
        }
    }
    for (name, role) in [
        ("Alice", "admin"),
        ("Boris", "moderator"),
        ("Vera", "viewer"),
    ] {
        dan.wait_type("member", |line| {
            line["name"] == name && line["role"] == role
        });
    }
}
