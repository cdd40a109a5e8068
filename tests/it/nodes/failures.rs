//! Nodes and Redis fail in the middle of what members do. Each test waits for facts, never for time.
//!
//! `HISTORY_FAILURES=n` sets how often each failure of Redis happens, `HISTORY_FROZEN=n` for how many
//! seconds it is frozen beyond all leases.

use std::time::Duration;

use rustix::process::Signal;
use tokio::time::sleep;

use super::Node;
use super::evening::{Evening, addresses, nodes, number};
use super::forwarder::{Forwarder, Passage};
use super::history::anything;
use crate::support::redis_cluster::{FAILS_OVER_SOON, OTHERS, OWNER, REPLICA, RedisCluster};
use crate::support::redis_server::{Keeps, RedisServer};

/// How many acknowledgements each member gets before, between and after failures.
const SOME: usize = 4;

/// How many members there are: every other one at the first of two nodes.
const MEMBERS: usize = 6;

fn rounds() -> u64 {
    number("HISTORY_FAILURES").unwrap_or(1)
}

#[tokio::test]
async fn who_was_at_a_node_that_is_killed_goes_on_at_another() {
    let redis = RedisServer::start(Keeps::Nothing);
    let mut nodes = nodes(&redis, 3);
    let evening = Evening::of(MEMBERS, anything, &addresses(&nodes));
    evening
        .play(async |stage| {
            stage.until_each_has(SOME).await;
            stage.gone(0);
            nodes[0].process.signal(Signal::KILL);
            nodes[0].process.wait();
            stage
                .until("its members are at the others", |all| {
                    let at_others = all.iter().all(|one| one.node.is_some_and(|node| node > 0));
                    at_others && all.iter().step_by(3).all(|one| one.returns > 0)
                })
                .await;
            stage.until_each_has(SOME).await;
        })
        .await;
}

/// Redis is killed and started again, with two nodes.
async fn killed(keeps: Keeps) {
    let mut redis = RedisServer::start(keeps);
    let nodes = nodes(&redis, 2);
    let evening = Evening::of(MEMBERS, anything, &addresses(&nodes));
    evening
        .play(async |stage| {
            stage.until_each_has(SOME).await;
            for _ in 0..rounds() {
                redis.kill();
                stage.until_away(|_| true).await;
                redis.start_again();
                stage.until_each_has(SOME).await;
            }
        })
        .await;
}

#[tokio::test]
async fn a_redis_that_keeps_everything_loses_nothing_when_it_is_killed() {
    killed(Keeps::Everything).await;
}

#[tokio::test]
async fn what_a_redis_that_keeps_nothing_has_lost_is_written_back() {
    killed(Keeps::Nothing).await;
}

/// A failover that is ordered, and then one because the new master is killed: what its replica lacked
/// is written back.
#[tokio::test]
async fn in_a_cluster_members_go_on_at_the_replica_that_takes_over() {
    let mut cluster = RedisCluster::start("watchtogether", &FAILS_OVER_SOON);
    let seeds = [OTHERS[0], OWNER].map(|server| cluster.url(server));
    let nodes = seeds.map(|seed| Node::start(&seed));
    let evening = Evening::of(MEMBERS, anything, &addresses(&nodes));
    evening
        .play(async |stage| {
            stage.until_each_has(SOME).await;
            tokio::join!(cluster.fail_over(), stage.until_away(|_| true));
            stage.until_each_has(SOME).await;
            assert!(cluster.is_master(REPLICA) && !cluster.is_master(OWNER));
            cluster.kill(REPLICA);
            stage.until_away(|_| true).await;
            stage.until_each_has(SOME).await;
            assert!(cluster.is_master(OWNER));
        })
        .await;
}

/// Redis is frozen so often for at least so many seconds, with two nodes. What is in flight waits for
/// it, what comes later is denied, and nobody's connection breaks.
async fn frozen(seconds: u64, often: u64) {
    let redis = RedisServer::start(Keeps::Nothing);
    let nodes = nodes(&redis, 2);
    let evening = Evening::of(MEMBERS, anything, &addresses(&nodes));
    evening
        .play(async |stage| {
            stage.until_each_has(SOME).await;
            for _ in 0..often {
                redis.freeze();
                let rest = sleep(Duration::from_secs(seconds));
                tokio::join!(stage.until_away(|_| true), rest);
                redis.thaw();
                stage.until_each_has(SOME).await;
            }
            let returns: usize = stage.progress().iter().map(|one| one.returns).sum();
            assert_eq!(returns, 0, "nobody was thrown out");
        })
        .await;
}

/// As long as Redis takes to write a large snapshot on a slow disk; shorter than a lease.
#[tokio::test]
async fn while_redis_is_frozen_commands_wait_or_are_denied_and_afterwards_all_counts_once() {
    frozen(5, rounds()).await;
}

/// So long that all leases have expired: `HISTORY_FROZEN=60` in `make soak`.
#[tokio::test]
async fn a_redis_that_is_frozen_for_longer_than_any_lease_throws_nobody_out() {
    frozen(number("HISTORY_FROZEN").unwrap_or(12), 1).await;
}

/// A node that is cut off from Redis, but not from its members: they are denied, the others go on.
/// With `until_gone` it is cut off until the others take its members for gone.
async fn cut_off(passage: Passage, until_gone: bool) {
    let redis = RedisServer::start(Keeps::Nothing);
    let way = Forwarder::start(redis.socket()).await;
    let nodes = [Node::start(way.url()), Node::start(&redis.url())];
    let evening = Evening::of(MEMBERS, anything, &addresses(&nodes));
    evening
        .play(async |stage| {
            stage.until_each_has(SOME).await;
            for _ in 0..rounds() {
                way.set(passage);
                let progress = stage.progress();
                let at_first: Vec<bool> = progress.iter().map(|one| one.node == Some(0)).collect();
                stage.until_away(|player| at_first[player]).await;
                let before = stage.progress();
                stage
                    .until("the others go on", |all| {
                        let mut others = all.iter().zip(&before).zip(&at_first);
                        others.all(|((now, before), at_first)| {
                            *at_first || now.acknowledged > before.acknowledged + SOME
                        })
                    })
                    .await;
                if until_gone {
                    until_one_lease_is_left(&redis).await;
                }
                way.set(Passage::Open);
                stage.until_each_has(SOME).await;
            }
        })
        .await;
}

async fn until_one_lease_is_left(redis: &RedisServer) {
    while !redis.ask("ZCARD {watchtogether}:nodes").starts_with(":1\r") {
        sleep(Duration::from_millis(20)).await;
    }
}

// A node is started while the forwarder works.
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_node_whose_connections_to_redis_are_closed_joins_again() {
    cut_off(Passage::Cut, false).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_node_whose_connection_to_redis_stalls_joins_again() {
    cut_off(Passage::Stalled, false).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_members_of_a_node_that_is_cut_off_for_long_come_back_as_they_were() {
    cut_off(Passage::Cut, true).await;
}
