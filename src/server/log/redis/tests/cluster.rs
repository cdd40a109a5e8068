//! A Redis Cluster whose slots move and whose masters fail, as nodes at different seeds see it.

use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::losses::{end_window, events, lacks, lost, window_held};
use super::operated::user_of_the_documentation;
use super::{alive, append, den, event, eventually, folded, missed, settings};
use crate::protocol::ids::Rev;
use crate::room::committed::Committed;
use crate::server::log::{Appended, LogError, Missed, OpenError, RedisSettings, RoomLog};
use crate::server::log::{RedisCause, RedisPrefix, check_redis};
use crate::test_support::certificates::{Authority, Dates};
use crate::test_support::redis_cluster::{FAILS_OVER_SOON, OTHERS, OWNER, REPLICA, RedisCluster};

/// A node that was given this server of the cluster.
async fn node(cluster: &RedisCluster, server: usize) -> RoomLog {
    let given = settings(&cluster.url(server));
    RoomLog::redis(given).await.unwrap()
}

async fn takes_writes(log: &RoomLog) {
    eventually("the log is there", async || log.takes_writes()).await;
}

#[tokio::test]
async fn any_server_of_a_cluster_leads_to_the_one_that_has_the_keys() {
    let cluster = RedisCluster::start("cinema", &[]);
    let mut logs = Vec::new();
    for (server, rev) in [OTHERS[0], REPLICA, OWNER, OTHERS[1]].into_iter().zip(1..) {
        let log = node(&cluster, server).await;
        log.open(&den()).await.unwrap();
        append(&log, rev, rev, "all").await;
        logs.push(log);
    }
    for log in &logs {
        let now = log.open(&den()).await.unwrap();
        assert_eq!(now, Some(folded(&events(1, 4, "all"))));
        eventually("each knows of all", async || alive(log).len() == 4).await;
    }
    for other in OTHERS {
        assert_eq!(cluster.server(other).ask("DBSIZE").trim(), ":0");
        // A socket leads there as well.
        let checked = check_redis(&settings(&cluster.server(other).url())).await;
        assert_eq!(checked.unwrap().rooms, 1);
    }
}

#[tokio::test]
async fn another_database_of_a_cluster_is_told_from_other_refusals() {
    let cluster = RedisCluster::start("cinema", &[]);
    let given = settings(&format!("{}/2", cluster.url(OWNER)));
    let is_told = |refused: &OpenError| {
        let cause = RedisCause::ClusterDatabase;
        matches!(refused, OpenError::Redis { cause: told, .. } if *told == cause)
    };
    let refused = RoomLog::redis(given.clone()).await.unwrap_err();
    assert!(is_told(&refused), "{refused}");
    let refused = check_redis(&given).await.unwrap_err();
    assert!(is_told(&refused), "{refused}");
}

#[tokio::test]
async fn a_slot_that_moves_takes_the_rooms_along() {
    let cluster = RedisCluster::start("cinema", &[]);
    let (one, two) = (node(&cluster, OWNER).await, node(&cluster, OTHERS[0]).await);
    append(&one, 1, 3, "one").await;
    two.open(&den()).await.unwrap().expect("the room");
    let (id, slot, to) = (one.id(), cluster.slot("cinema"), OTHERS[0]);
    let setslot = |state: &str, of| format!("CLUSTER SETSLOT {slot} {state} {}", cluster.id(of));
    cluster.order(to, &setslot("IMPORTING", OWNER));
    cluster.order(OWNER, &setslot("MIGRATING", to));
    let next = vec![event(4, "one")];
    let tried = one.append(&den(), Rev(3), next, None).await;
    assert!(matches!(tried, Err(LogError::Away)), "{tried:?}");
    assert!(!one.takes_writes(), "until it has moved");
    let url = cluster.url(to);
    let port = url.rsplit(':').next().unwrap();
    eventually("all keys have moved", async || {
        let keys = cluster.server(OWNER);
        let keys = keys.ask(&format!("CLUSTER GETKEYSINSLOT {slot} 100"));
        let keys: Vec<&str> = keys.lines().filter(|line| line.starts_with('{')).collect();
        if !keys.is_empty() {
            let keys = keys.join(" ");
            cluster.order(
                OWNER,
                &format!("MIGRATE 127.0.0.1 {port} \"\" 0 5000 KEYS {keys}"),
            );
        }
        keys.is_empty()
    })
    .await;
    for server in [to, OWNER, OTHERS[1]] {
        cluster.order(server, &setslot("NODE", to));
    }
    takes_writes(&one).await;
    takes_writes(&two).await;
    assert_ne!(one.id(), id, "another server is another log");
    assert_eq!(missed(&one, 3).await, [], "it was not carried out");
    append(&two, 4, 4, "two").await;
    assert_eq!(missed(&one, 3).await, [event(4, "two")]);
    assert_eq!(cluster.server(OWNER).ask("DBSIZE").trim(), ":0");
}

/// Appends to the room until it is told to stop, and counts what was agreed. Returns all events.
fn appending(log: RoomLog, agreed: watch::Sender<u64>) -> JoinHandle<Vec<Committed>> {
    tokio::spawn(async move {
        let mut all: Vec<Committed> = Vec::new();
        while !agreed.is_closed() {
            let after = Rev(all.len() as u64);
            let next = event(after.0 + 1, "one");
            match log.append(&den(), after, vec![next.clone()], None).await {
                Ok(Appended::Agreed(_)) => {
                    all.push(next);
                    agreed.send_modify(|agreed| *agreed += 1);
                }
                // It was carried out, though it had not been answered.
                Ok(Appended::Behind(Missed::Events(missed))) => all.extend(missed),
                Err(LogError::Away | LogError::Unsettled) => tokio::task::yield_now().await,
                other => panic!("{other:?}"),
            }
        }
        all
    })
}

#[tokio::test]
async fn what_was_agreed_outlives_a_failover_though_the_given_server_is_dead() {
    let mut cluster = RedisCluster::start("cinema", &[]);
    let one = node(&cluster, OTHERS[0]).await;
    let id = one.id();
    let (count, mut agreed) = watch::channel(0);
    let appending = appending(one.clone(), count);
    agreed.wait_for(|agreed| *agreed >= 20).await.unwrap();
    cluster.kill(OTHERS[0]);
    cluster.fail_over().await;
    eventually("it is another log", async || one.id() != id).await;
    let before = *agreed.borrow_and_update();
    agreed
        .wait_for(|agreed| *agreed >= before + 20)
        .await
        .unwrap();
    drop(agreed);
    let all = appending.await.unwrap();
    let fresh = node(&cluster, OTHERS[1]).await;
    let there = fresh.open(&den()).await.unwrap();
    assert_eq!(there, Some(folded(&all)), "nothing was lost or doubled");
}

/// How many bytes of what is replicated a server has written or got.
fn replicated(cluster: &RedisCluster, server: usize) -> u64 {
    let info = cluster.server(server).ask("INFO replication");
    let mut lines = info.lines();
    let offset = lines.find_map(|line| line.strip_prefix("master_repl_offset:"));
    offset.expect("an offset").trim().parse().unwrap()
}

#[tokio::test]
async fn what_a_promoted_replica_lacks_is_written_back() {
    let mut cluster = RedisCluster::start("cinema", &FAILS_OVER_SOON);
    let (one, two) = (node(&cluster, OWNER).await, node(&cluster, OTHERS[0]).await);
    append(&one, 1, 3, "one").await;
    two.open(&den()).await.unwrap().expect("the room");
    let written = replicated(&cluster, OWNER);
    eventually("the replica has that", async || {
        replicated(&cluster, REPLICA) >= written
    })
    .await;
    cluster.server(REPLICA).freeze();
    cluster.server(OWNER).ask("CLIENT KILL TYPE replica");
    append(&one, 4, 7, "one").await;
    let id = one.id();
    cluster.kill(OWNER);
    cluster.server(REPLICA).thaw();
    let promoted = cluster.server(REPLICA);
    window_held(promoted, &[&one, &two]).await;
    lost(&one, 7).await;
    let at_one = folded(&events(1, 7, "one"));
    one.write_back(&at_one).await.unwrap();
    end_window(promoted);
    assert!(matches!(lacks(&one, 7).await, Missed::Events(none) if none.is_empty()));
    assert!(matches!(lacks(&two, 3).await, Missed::Room(room) if *room == at_one));
    assert_ne!(one.id(), id, "another server is another log");
    append(&two, 8, 8, "two").await;
    assert_eq!(missed(&one, 7).await, [event(8, "two")]);
}

#[tokio::test]
async fn the_user_and_the_authority_hold_for_all_servers_of_a_cluster() {
    let (authority, folder) = (Authority::new(), tempfile::tempdir().unwrap());
    let issued = authority.issue(&["localhost", "127.0.0.1"], Dates::Now);
    let (certificate, key) = issued.write(folder.path());
    let trusted = folder.path().join("authority.pem");
    std::fs::write(&trusted, &authority.own().certificate).unwrap();
    let [certificate, key, trusted] =
        [certificate, key, trusted].map(|at| at.display().to_string());
    let mut tls = vec!["--tls-cluster", "yes", "--tls-replication", "yes"];
    tls.extend(["--tls-auth-clients", "no", "--tls-ca-cert-file", &trusted]);
    tls.extend(["--tls-cert-file", &certificate, "--tls-key-file", &key]);
    let cluster = RedisCluster::with("watchtogether", ("rediss", "--tls-port"), &tls);
    for server in [OWNER, OTHERS[0], OTHERS[1], REPLICA] {
        let user = user_of_the_documentation();
        cluster.order(server, &format!("ACL SETUSER {user}"));
    }
    for server in [OTHERS[0], REPLICA] {
        let url = cluster.url(server);
        let url = url.replace("rediss://", "rediss://watchtogether:s3cret@");
        let given = RedisSettings {
            prefix: RedisPrefix::default(),
            authorities: Some(authority.own().certificate.clone().into_bytes()),
            ..settings(&url)
        };
        let log = RoomLog::redis(given).await.unwrap();
        if log.open(&den()).await.unwrap().is_none() {
            append(&log, 1, 3, "one").await;
        }
    }
    let owned = cluster
        .server(OWNER)
        .ask("EXISTS {watchtogether}:room:den:head");
    assert_eq!(owned.trim(), ":1");
}
