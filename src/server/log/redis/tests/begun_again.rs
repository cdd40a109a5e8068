//! Nodes that start when nobody has renewed a lease for long: all nodes are dead, or Redis was frozen.

use std::collections::BTreeSet;

use super::{alive, eventually, node};
use crate::protocol::ids::NodeId;
use crate::server::log::RoomLog;
use crate::test_support::redis_server::{Keeps, RedisServer};

/// Has Redis look as if these nodes had renewed their leases so many seconds ago, and nobody since.
fn renewed_before(redis: &RedisServer, seconds: u32, nodes: &[NodeId]) {
    let leases: Vec<String> = nodes
        .iter()
        .map(|NodeId(node)| format!("redis.call('ZADD', KEYS[1], at + 10000, '{node}') "))
        .collect();
    let leases = leases.concat();
    let script = format!(
        "local at = (redis.call('TIME')[1] - {seconds}) * 1000 {leases} \
         redis.call('SET', KEYS[2], string.format('%.0f', at)) return 'done'"
    );
    let keys = "{cinema}:nodes {cinema}:renewed";
    let done = redis.ask(&format!("EVAL \"{script}\" 2 {keys}"));
    assert!(done.contains("done"), "{done}");
}

/// Ends a node as its death does: nobody gives its lease back.
async fn die(redis: &RedisServer, log: RoomLog) {
    drop(log);
    eventually("only who asks is connected", async || {
        redis.ask("CLIENT LIST").matches(" fd=").count() == 1
    })
    .await;
}

#[tokio::test]
async fn a_lone_node_that_died_and_is_back_after_its_lease_is_alone() {
    for seconds in [8, 61] {
        let redis = RedisServer::start(Keeps::Nothing);
        let one = node(&redis).await;
        let dead = one.node().unwrap();
        die(&redis, one).await;
        renewed_before(&redis, seconds, &[dead]);
        let back = node(&redis).await;
        assert!(!back.nodes().joined_others, "after {seconds} s");
        assert_eq!(alive(&back), BTreeSet::from([back.node().unwrap()]));
    }
}

#[tokio::test]
async fn a_node_that_starts_after_a_freeze_costs_no_living_node_its_lease() {
    for seconds in [6, 60] {
        let redis = RedisServer::start(Keeps::Nothing);
        let (one, two) = (node(&redis).await, node(&redis).await);
        let mut before = String::new();
        eventually("their first renewals are over", async || {
            let renewals = redis.ask("HGET {cinema}:epoch n");
            let is_over = alive(&one).len() == 2 && renewals == before;
            before = renewals;
            is_over
        })
        .await;
        let living = [&one, &two].map(|log| log.node().unwrap());
        renewed_before(&redis, seconds, &living);
        let three = node(&redis).await;
        assert!(three.nodes().joined_others, "after {seconds} s");
        let all = [&one, &two, &three].map(|log| log.node().unwrap());
        assert_eq!(alive(&three), BTreeSet::from(all));
    }
}
