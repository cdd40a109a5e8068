//! What members' players mean for playback is judged whenever something about them changes.

use super::{SeatClient, Stage, stage};
use crate::media::Media;
use crate::protocol::command::{Command, MemberRef, Report};
use crate::protocol::event::RoomEvent;
use crate::protocol::failure::FailureCode;
use crate::protocol::ids::Epoch;
use crate::protocol::member::Role;
use crate::server::replica::message::RoomMessage;
use crate::wire::message::{Health, HealthState, ServerMsg};

const EPOCH: Epoch = Epoch(1);

async fn does(stage: &Stage, by: &mut SeatClient, seq: u64, command: Command) {
    stage.order(by.seated.seat, seq, command).await;
    assert!(matches!(by.answer().await, ServerMsg::Ok { .. }));
}

async fn reports(stage: &Stage, by: &SeatClient, report: Report) {
    let seat = by.seated.seat;
    stage.send(RoomMessage::Report { seat, report }).await;
}

/// Waits for an event.
async fn next_message(client: &mut SeatClient, is_it: impl Fn(&RoomEvent) -> bool) {
    loop {
        if let ServerMsg::Events { events } = client.next_message().await
            && events.iter().any(|fact| is_it(&fact.event))
        {
            return;
        }
    }
}

/// Alice, an admin, and Bob watch media of unknown length.
async fn watching(stage: &Stage) -> (SeatClient, SeatClient) {
    let mut alice = stage.join_to_watch("Alice").await;
    let bob = stage.join_to_watch("Bob").await;
    let media = Media::parse("https://example.org/a.mp4").unwrap();
    does(stage, &mut alice, 1, Command::Play { media }).await;
    for client in [&alice, &bob] {
        let opened = Report::Learned {
            epoch: EPOCH,
            duration: None,
            title: None,
            live: false,
            begins: None,
        };
        reports(stage, client, opened).await;
    }
    (alice, bob)
}

#[tokio::test(start_paused = true)]
async fn whoever_is_left_when_the_last_who_plays_it_is_sent_out_can_not() {
    let stage = stage();
    let (mut alice, bob) = watching(&stage).await;
    let failed = Report::Failed {
        epoch: EPOCH,
        code: FailureCode::Gone,
        retrying: false,
    };
    reports(&stage, &alice, failed).await;
    let who = MemberRef::Id(bob.seated.member);
    let kick = Command::Kick { who };
    stage.order(alice.seated.seat, 2, kick).await;
    next_message(&mut alice, |event| {
        matches!(event, RoomEvent::NobodyPlays { .. })
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn a_player_that_does_not_answer_keeps_the_end_away_for_a_while_only() {
    let stage = stage();
    let (mut alice, bob) = watching(&stage).await;
    let who = MemberRef::Id(bob.seated.member);
    let role = Role::Admin;
    does(&stage, &mut alice, 2, Command::SetRole { who, role }).await;
    let health = Health {
        state: HealthState::Frozen,
        ..Health::default()
    };
    let seat = bob.seated.seat;
    stage.send(RoomMessage::Health { seat, health }).await;
    let ended = Report::Ended {
        epoch: EPOCH,
        place: None,
    };
    reports(&stage, &alice, ended).await;
    // A minute later, with nothing that anybody reports in between.
    next_message(&mut alice, |event| {
        matches!(event, RoomEvent::Finished { .. })
    })
    .await;
}
