//! How a room outlives its members and its server, and how an admin ends it.

use std::time::Duration;

use super::{
    Proof, RoomStart, Stage, created_empty, den, is_departure, private, stage, stage_on, token_hash,
};
use crate::media::Media;
use crate::protocol::command::Command;
use crate::protocol::denied::Refused;
use crate::protocol::event::RoomEvent;
use crate::protocol::member::{LeaveCause, Role};
use crate::protocol::time::Span;
use crate::server::limits::Limits;
use crate::server::log::RoomLog;
use crate::server::replica::message::RoomMessage;
use crate::wire::message::{CatchUp, ServerMsg};

fn add(link: &str) -> Command {
    let media = Media::parse(&format!("https://example.org/{link}.mp4")).unwrap();
    Command::Add { media }
}

/// The server stops, and another one opens its log.
async fn restarted(stage: Stage, folder: &std::path::Path) -> Stage {
    stage.down.now();
    stage.room.inbox.closed().await;
    stage.log.close().await;
    let log = RoomLog::embedded(folder).unwrap();
    let room = log.open(&den()).await.unwrap().expect("the room is kept");
    stage_on(log, RoomStart::Reopened(Box::new(room)))
}

#[tokio::test(start_paused = true)]
async fn the_queue_is_filled_on_thursday_for_friday_over_a_restart_between() {
    let folder = tempfile::tempdir().unwrap();
    let log = RoomLog::embedded(folder.path()).unwrap();
    let stage = stage_on(log, created_empty(private()));
    let mut alice = stage.join("Alice").await.unwrap();
    for (number, link) in [(1, "trailer"), (2, "film")] {
        stage.order(alice.seated.seat, number, add(link)).await;
        let answer = alice.answer().await;
        assert!(matches!(answer, ServerMsg::Ok { .. }), "{answer:?}");
    }
    let (seat, cause) = (alice.seated.seat, LeaveCause::Left);
    stage.send(RoomMessage::Gone { seat, cause }).await;
    tokio::time::sleep(Duration::from_hours(10)).await;

    let stage = restarted(stage, folder.path()).await;
    tokio::time::sleep(Duration::from_hours(14)).await;
    // Who was in the room needs no password, and who was its admin is.
    let alice = stage.come_back("Alice").await.unwrap();
    assert!(alice.seated.resumed);
    let CatchUp::State(room) = &alice.seated.catch_up else {
        panic!("another log brings the state");
    };
    let me = room.roster.get(alice.seated.member).unwrap();
    assert_eq!(me.role, Role::Admin);
    let links = room.queue.entries().iter().map(|entry| entry.media.url());
    assert_eq!(links.collect::<Vec<_>>(), ["https://example.org/film.mp4"]);
    let playing = room.timeline.playing.as_ref().unwrap();
    assert!(playing.media.url().ends_with("trailer.mp4"));
    // A stranger still needs the password.
    let stranger = stage
        .arrive("Mallory", Some(token_hash("none")), Proof::Token)
        .await;
    assert_eq!(stranger.err(), Some(Refused::PasswordNeeded));

    let (seat, cause) = (alice.seated.seat, LeaveCause::Left);
    stage.send(RoomMessage::Gone { seat, cause }).await;
    let mut stage = restarted(stage, folder.path()).await;
    let ended = stage.ended.recv().await.map(|room| room.id);
    assert_eq!(ended, Some(den()), "after a week");
    assert_eq!(stage.log.open(&den()).await.unwrap(), None);
}

#[tokio::test]
async fn an_admin_closes_the_room_for_everybody_and_is_answered() {
    let mut stage = stage();
    let mut alice = stage.join("Alice").await.unwrap();
    let mut bob = stage.join("Bob").await.unwrap();
    stage.order(alice.seated.seat, 1, Command::Close).await;
    let answer = alice.answer().await;
    assert!(matches!(answer, ServerMsg::Ok { .. }), "{answer:?}");
    let by = loop {
        let ServerMsg::Events { events } = bob.next_message().await else {
            continue;
        };
        assert!(!events.iter().any(is_departure), "nobody left before");
        let closed = events.iter().find(|fact| fact.event == RoomEvent::Closed);
        if let Some(closed) = closed {
            break closed.by;
        }
    };
    assert_eq!(by, Some(alice.seated.member));
    for dismissed in [alice.dismissed, bob.dismissed] {
        assert_eq!(dismissed.await, Ok(Refused::RoomClosed));
    }
    assert_eq!(stage.ended.recv().await.map(|room| room.id), Some(den()));
    assert_eq!(stage.log.open(&den()).await.unwrap(), None);
}

#[tokio::test(start_paused = true)]
async fn other_limits_reach_a_room_whose_inbox_is_full() {
    let stage = stage();
    let alice = stage.join("Alice").await.unwrap();
    let seat = alice.seated.seat;
    // Nothing is awaited here, so the room takes none of them.
    let ask = || Box::new(RoomMessage::State { seat });
    while stage.room.inbox.try_send(ask()).is_ok() {}
    let fortnight = Span::seconds(14 * 24 * 3_600);
    stage.limits.send_replace(Limits {
        room_ttl: fortnight,
        ..Limits::default()
    });
    let bob = stage.join("Bob").await.unwrap();
    let CatchUp::State(room) = &bob.seated.catch_up else {
        panic!("a new member gets the state");
    };
    assert_eq!(room.ttl, Some(fortnight));
}
