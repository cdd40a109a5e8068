//! How the members of a node are told of that has just died, or that they have left.

use std::time::Duration;

use tokio::time::{Instant, sleep, timeout};

use super::nodes::{accepted, two};
use super::nodes_told::{digest_of, is};
use super::{RoomMessage, SeatClient, ServerMsg, Stage, den};
use crate::media::Media;
use crate::protocol::command::Command;
use crate::protocol::time::Span;
use crate::server::log::hub::Hub;
use crate::wire::message::{Health, HealthDigest, HealthState};

/// Longer than what a node tells counts.
const LONG: Duration = Duration::from_secs(30);

const fn members(digest: &HealthDigest) -> u32 {
    digest.in_step + digest.in_trouble + digest.catching_up + digest.chat_only
}

/// All digests that come within [`LONG`], while these members say that they are in step.
async fn digests_of(
    at: &Stage,
    client: &mut SeatClient,
    others: &[&SeatClient],
) -> Vec<HealthDigest> {
    let begun = Instant::now();
    let mut came = Vec::new();
    while begun.elapsed() < LONG {
        is(at, client, HealthState::InStep).await;
        for other in others {
            is(at, other, HealthState::InStep).await;
        }
        let until = Instant::now() + Duration::from_secs(2);
        while let Ok(message) = tokio::time::timeout_at(until, client.next_message()).await {
            if let ServerMsg::Health(digest) = message {
                came.push(digest);
            }
        }
    }
    came
}

#[tokio::test(start_paused = true)]
async fn who_comes_back_elsewhere_counts_once_also_before_their_node_is_known_to_be_dead() {
    let hub = Hub::default();
    let (a, mut alice, b) = two(&hub).await;
    let bob = b.join("Bob").await.unwrap();
    is(&a, &alice, HealthState::InStep).await;
    is(&b, &bob, HealthState::Frozen).await;
    assert_eq!(digest_of(&mut alice, 2).await.in_trouble, 1);
    hub.cut_off("b");
    let again = a.come_back("Bob").await.unwrap();
    assert_eq!(again.seated.member, bob.seated.member);
    let digests = digests_of(&a, &mut alice, &[&again]).await;
    assert!(digests.len() > 1, "{digests:?}");
    for digest in digests {
        assert!(members(&digest) <= 2, "{digest:?}");
        let named = |member| digest.worst.iter().filter(move |(of, _)| *of == member);
        assert!(named(bob.seated.member).count() <= 1, "{digest:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_members_of_a_dead_node_neither_count_nor_set_the_lead() {
    let hub = Hub::default();
    let (a, mut alice, b) = two(&hub).await;
    let bob = b.join("Bob").await.unwrap();
    is(&a, &alice, HealthState::InStep).await;
    let slow = Health {
        state: HealthState::InStep,
        round_trip: Some(Span::millis(600)),
        ..Health::default()
    };
    let seat = bob.seated.seat;
    b.send(RoomMessage::Health { seat, health: slow }).await;
    assert_eq!(digest_of(&mut alice, 2).await.in_step, 2);
    assert_eq!(lead(&hub, &a, (&mut alice, 1)).await, Span::millis(320));
    hub.cut_off("b");
    hub.gone("b");
    sleep(Duration::from_secs(4)).await;
    assert_eq!(hub.room(&den()).unwrap().state.roster.count, 1);
    assert_eq!(lead(&hub, &a, (&mut alice, 2)).await, Span::millis(100));
    is(&a, &alice, HealthState::Buffering).await;
    let told = timeout(Duration::from_secs(3), digest_of(&mut alice, 1)).await;
    assert_eq!(told.map(|digest| digest.in_trouble), Ok(1));
}

/// How far ahead it is scheduled that a member plays something.
async fn lead(hub: &Hub, at: &Stage, (by, number): (&mut SeatClient, u64)) -> Span {
    let link = format!("https://example.org/{number}.mp4");
    let media = Media::parse(&link).unwrap();
    at.order(by.seated.seat, number, Command::Play { media })
        .await;
    accepted(by).await;
    let state = hub.room(&den()).unwrap().state;
    state.timeline.segment.start - state.at
}
