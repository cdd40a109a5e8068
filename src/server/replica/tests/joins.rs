//! Joins: each is answered at once, and what it means for the others is gathered for them.

use tokio::time::Instant;

use super::{SeatClient, Stage, stage};
use crate::protocol::event::{Fact, RoomEvent};
use crate::protocol::ids::Rev;
use crate::room::state::RoomState;
use crate::wire::message::{CatchUp, ServerMsg};

/// The next frame of events.
async fn events(client: &mut SeatClient) -> Vec<Fact> {
    loop {
        if let ServerMsg::Events { events } = client.next_message().await {
            return events;
        }
    }
}

fn joined(facts: &[Fact]) -> usize {
    let counts = facts.iter().map(|fact| match &fact.event {
        RoomEvent::Presence { joined, .. } => joined.len(),
        _ => 0,
    });
    counts.sum()
}

fn came_with(client: &SeatClient) -> &RoomState {
    match &client.seated.catch_up {
        CatchUp::State(state) => state,
        CatchUp::Events(_) => panic!("a newcomer gets the state"),
    }
}

async fn join_in_turn(stage: &Stage, names: &[&str]) -> Vec<SeatClient> {
    let mut clients = Vec::new();
    for name in names {
        clients.push(stage.join(name).await.unwrap());
    }
    clients
}

#[tokio::test(start_paused = true)]
async fn whoever_joins_is_answered_at_once_and_the_others_are_told_in_one_frame() {
    let stage = stage();
    let begun = Instant::now();
    let mut alice = stage.join("Alice").await.unwrap();
    let mut others = join_in_turn(&stage, &["Boris", "Chloe", "Darya", "Emil"]).await;
    // Time passes only while everybody waits, so nobody has waited for anything.
    assert_eq!(Instant::now(), begun);
    for (number, other) in others.iter().enumerate() {
        let here = came_with(other).roster.here().count();
        assert_eq!(here, number + 2, "with who came before");
    }
    let told = events(&mut alice).await;
    assert_eq!(joined(&told), 4, "{told:?}");
    assert!(Instant::now() > begun);
    // Who came meanwhile is told of those who came later, and of nobody twice.
    for (number, other) in others.iter_mut().enumerate() {
        let known = came_with(other).rev;
        let later = 3 - number;
        if later > 0 {
            let told = events(other).await;
            assert_eq!((told[0].rev, joined(&told)), (known.next(), later));
        }
    }
}

#[tokio::test(start_paused = true)]
async fn after_a_quiet_moment_the_next_to_come_is_announced_at_once() {
    let stage = stage();
    let mut alice = stage.join("Alice").await.unwrap();
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    let later = Instant::now();
    stage.join("Boris").await.unwrap();
    assert_eq!(joined(&events(&mut alice).await), 1);
    assert_eq!(Instant::now(), later);
}

#[tokio::test(start_paused = true)]
async fn what_a_newcomer_says_comes_after_their_arrival_in_one_order_for_all() {
    let stage = stage();
    let mut alice = stage.join("Alice").await.unwrap();
    let mut others = join_in_turn(&stage, &["Boris", "Chloe"]).await;
    let begun = Instant::now();
    stage.say(others[0].seated.seat, 1, "hello").await;
    let mut seen = vec![events(&mut alice).await];
    for other in &mut others {
        seen.push(events(other).await);
    }
    assert_eq!(Instant::now(), begun, "it waits for nothing");
    let revs: Vec<Vec<Rev>> = seen
        .iter()
        .map(|facts| facts.iter().map(|fact| fact.rev).collect())
        .collect();
    let known = others.iter().map(|other| came_with(other).rev);
    let last = *revs[0].last().unwrap();
    for (revs, known) in revs[1..].iter().zip(known) {
        let missing: Vec<Rev> = (known.0 + 1..=last.0).map(Rev).collect();
        assert_eq!(*revs, missing);
    }
    for facts in &seen {
        let text = facts.last().map(|fact| &fact.event);
        assert!(matches!(text, Some(RoomEvent::Chat(_))), "{text:?}");
    }
    assert_eq!(joined(&seen[0]), 2);
}
