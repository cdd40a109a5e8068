//! Three server processes whose wall clocks are 5 s apart show one room time, that of Redis' clock.

use std::time::{Duration, Instant, SystemTime};

use watchtogether::protocol::command::{Command, MemberRef};
use watchtogether::protocol::member::Role;
use watchtogether::protocol::time::RoomTime;

use super::Server;
use super::client::{Client, both_watch};
use super::operated::OperatedServer;
use crate::support::redis_server::{Keeps, RedisServer};
use crate::support::wrong_clock;

/// By how much the nodes' wall clocks are ahead, in seconds.
const AHEAD: [i32; 3] = [0, 5, -5];

/// What room time may differ by between two nodes, in microseconds: far less than their clocks do,
/// and more than a node can be wrong that asked a busy Redis.
const TOLERANCE: i64 = 500_000;

/// How often room time is asked to know it: one answer of these was not held up.
const ASKED: usize = 20;

/// What room time minus the test's own clock is at least and at most, in microseconds.
#[derive(Debug, Clone, Copy)]
struct Offset {
    least: i64,
    most: i64,
}

fn micros(begun: Instant) -> i64 {
    i64::try_from(begun.elapsed().as_micros()).expect("it fits")
}

async fn offset(client: &mut Client, begun: Instant) -> Offset {
    let mut known = Offset {
        least: i64::MIN,
        most: i64::MAX,
    };
    for _ in 0..ASKED {
        let asked = micros(begun);
        let shown = client.room_time().await.0;
        let answered = micros(begun);
        known.least = known.least.max(shown - answered);
        known.most = known.most.min(shown - asked);
    }
    known
}

/// The nodes, and a member of the same room at each.
async fn evening(redis: &RedisServer) -> (Vec<OperatedServer>, [Server; 3], [Client; 3]) {
    let url = redis.url();
    let mut nodes = Vec::new();
    for ahead in AHEAD {
        let options = ["--redis", url.as_str()];
        nodes.push(OperatedServer::start_with(&options, |command| {
            wrong_clock::runs_ahead(command, ahead);
        }));
    }
    let mut servers = nodes.iter_mut().map(OperatedServer::server);
    let servers = [(); 3].map(|()| servers.next().expect("three"));
    let [one, two, three] = &servers;
    let members = [
        Client::join(one, "movie-night", "Alice").await,
        Client::join(two, "movie-night", "Boris").await,
        Client::join(three, "movie-night", "Vera").await,
    ];
    (nodes, servers, members)
}

/// The wall clock of a server, as it dates its answers.
async fn wall_clock(server: &Server) -> SystemTime {
    let url = format!("http://{}/healthz", server.address);
    let asked = tokio::task::spawn_blocking(|| {
        let answer = ureq::get(url).call().expect("an answer");
        let date = answer.headers().get("date").expect("a date");
        httpdate::parse_http_date(date.to_str().expect("a text")).expect("a date")
    });
    asked.await.expect("the thread ended")
}

/// Checks that the clocks are as wrong as they shall be.
async fn check_clocks(servers: &[Server; 3]) {
    let granted = Duration::from_secs(2);
    for (server, ahead) in servers.iter().zip(AHEAD) {
        let right = |now: SystemTime| {
            let by = Duration::from_secs(ahead.unsigned_abs().into());
            if ahead < 0 { now - by } else { now + by }
        };
        let before = right(SystemTime::now());
        let shown = wall_clock(server).await;
        let after = right(SystemTime::now());
        // A date has whole seconds.
        let is_wrong = (before - granted..=after + granted).contains(&shown);
        assert!(is_wrong, "{ahead}: {before:?} {shown:?} {after:?}");
    }
}

#[tokio::test]
async fn nodes_whose_clocks_are_apart_show_one_room_time() {
    let redis = RedisServer::start(Keeps::Nothing);
    let (_nodes, servers, mut members) = Box::pin(evening(&redis)).await;
    check_clocks(&servers).await;
    let begun = Instant::now();
    let mut offsets = Vec::new();
    for member in &mut members {
        offsets.push(offset(member, begun).await);
    }
    let least = offsets.iter().map(|known| known.least).max();
    let most = offsets.iter().map(|known| known.most).min();
    let apart = least.expect("three") - most.expect("three");
    assert!(apart < TOLERANCE, "{offsets:?}");
}

#[tokio::test]
async fn whoever_plays_at_a_node_with_a_wrong_clock_plays_now_for_all() {
    let redis = RedisServer::start(Keeps::Nothing);
    let (_nodes, _servers, mut members) = Box::pin(evening(&redis)).await;
    let [alice, boris, vera] = &mut members;
    for other in [boris.you, vera.you] {
        let (who, role) = (MemberRef::Id(other), Role::Admin);
        let given = Command::SetRole { who, role };
        let rev = alice.ask(given).await.expect("she may");
        boris.until_room(|room| room.rev >= rev).await;
        vera.until_room(|room| room.rev >= rev).await;
    }
    both_watch(alice, boris).await;
    for acting in 0..members.len() {
        for command in [
            Command::Pause { mark: None },
            Command::Resume { mark: None },
        ] {
            let mut before = Vec::new();
            for member in &mut members {
                before.push(member.room_time().await);
            }
            let rev = members[acting].ask(command).await.expect("an admin may");
            let mut seen = Vec::new();
            for member in &mut members {
                member.until_room(|room| room.rev >= rev).await;
                let (at, start) = (member.room.at, member.room.timeline.segment.start);
                seen.push((before.remove(0), at, start, member.room_time().await));
            }
            check_moment(&seen);
        }
    }
}

/// Checks when something happened: before it and after it members of all nodes read room time, and
/// what begins then lies ahead of it.
fn check_moment(seen: &[(RoomTime, RoomTime, RoomTime, RoomTime)]) {
    let (_, first_at, first_start, _) = seen.first().expect("somebody saw it");
    for (before, at, start, after) in seen {
        assert_eq!((at, start), (first_at, first_start), "all saw the same");
        assert!(at.0 > before.0 - TOLERANCE, "{seen:?}");
        assert!(at.0 < after.0 + TOLERANCE, "{seen:?}");
        assert!(start >= at, "{seen:?}");
    }
}
