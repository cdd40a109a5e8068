//! What nodes tell each other that is kept nowhere: reactions, reports of players, health, and
//! notices.

use bytes::Bytes;
use tokio::time::Instant;

use super::nodes::{accepted, further, two, until};
use super::{RoomMessage, SeatClient, ServerMsg, Stage, den, stage_on};
use crate::media::Media;
use crate::protocol::command::{Command, MemberRef, Report};
use crate::protocol::denied::Refused;
use crate::protocol::ephemeral::MemberNotice;
use crate::protocol::event::RoomEvent;
use crate::protocol::failure::FailureCode;
use crate::protocol::ids::Epoch;
use crate::protocol::member::Role;
use crate::protocol::moderation::ReportSubject;
use crate::protocol::text::{ChatText, Emoji};
use crate::server::log::hub::Hub;
use crate::server::replica::message::OperatorMessage;
use crate::wire::message::{Health, HealthDigest, HealthState};

pub(super) const EPOCH: Epoch = Epoch(1);

pub(super) async fn reports(stage: &Stage, by: &SeatClient, report: Report) {
    let seat = by.seated.seat;
    stage.send(RoomMessage::Report { seat, report }).await;
}

pub(super) fn opened() -> Report {
    Report::Learned {
        epoch: EPOCH,
        duration: None,
        title: None,
        live: false,
        begins: None,
    }
}

fn ended() -> Report {
    Report::Ended {
        epoch: EPOCH,
        place: None,
    }
}

/// Alice and Boris, both admins, watch media of unknown length at two nodes.
pub(super) async fn watching(hub: &Hub) -> [(Stage, SeatClient); 2] {
    let a = stage_on(hub.node("a"), super::nodes::created());
    let mut alice = a.join_to_watch("Alice").await;
    let b = further(hub, "b");
    let mut boris = b.join_to_watch("Boris").await;
    let who = MemberRef::Id(boris.seated.member);
    let role = Role::Admin;
    a.order(alice.seated.seat, 1, Command::SetRole { who, role })
        .await;
    accepted(&mut alice).await;
    let media = Media::parse("https://example.org/a.mp4").unwrap();
    a.order(alice.seated.seat, 2, Command::Play { media }).await;
    accepted(&mut alice).await;
    until(&mut boris, |event| {
        matches!(event, RoomEvent::Loaded { .. })
    })
    .await;
    [(a, alice), (b, boris)]
}

fn finished(hub: &Hub) -> usize {
    let events = hub.all_events(&den());
    let finished = events
        .iter()
        .filter(|event| matches!(event.fact.event, RoomEvent::Finished { .. }));
    finished.count()
}

#[tokio::test(start_paused = true)]
async fn the_media_ends_once_when_the_players_at_all_nodes_have_ended() {
    let hub = Hub::default();
    let [(a, mut alice), (b, boris)] = watching(&hub).await;
    reports(&a, &alice, opened()).await;
    reports(&b, &boris, opened()).await;
    reports(&a, &alice, ended()).await;
    tokio::time::sleep(std::time::Duration::from_secs(5)).await;
    assert_eq!(finished(&hub), 0, "Boris still watches");
    reports(&b, &boris, ended()).await;
    until(&mut alice, |event| {
        matches!(event, RoomEvent::Finished { .. })
    })
    .await;
    tokio::time::sleep(std::time::Duration::from_mins(1)).await;
    assert_eq!(finished(&hub), 1);
}

#[tokio::test(start_paused = true)]
async fn a_node_that_comes_later_learns_what_the_players_have_reported() {
    let hub = Hub::default();
    let [(a, alice), (b, mut boris)] = watching(&hub).await;
    reports(&a, &alice, opened()).await;
    reports(&b, &boris, opened()).await;
    reports(&a, &alice, ended()).await;
    let c = further(&hub, "c");
    let chloe = c.join_to_watch("Chloe").await;
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    // Only the new node is left to decide it.
    let failed = Report::Failed {
        epoch: EPOCH,
        code: FailureCode::Gone,
        retrying: false,
    };
    reports(&c, &chloe, failed).await;
    reports(&b, &boris, ended()).await;
    until(&mut boris, |event| {
        matches!(event, RoomEvent::Finished { .. })
    })
    .await;
    assert_eq!(finished(&hub), 1);
}

#[tokio::test(start_paused = true)]
async fn reactions_reach_the_members_at_all_nodes_once() {
    let hub = Hub::default();
    let (a, alice, b) = two(&hub).await;
    let mut bob = b.join("Bob").await.unwrap();
    let emoji = Emoji::parse("👍").unwrap();
    a.order(alice.seated.seat, 1, Command::React { emoji })
        .await;
    b.say(bob.seated.seat, 1, "well").await;
    let begun = Instant::now();
    let mut seen = 0;
    while begun.elapsed() < std::time::Duration::from_secs(2) {
        let next = tokio::time::timeout(std::time::Duration::from_secs(2), bob.next_message());
        if let Ok(ServerMsg::Reactions { reactions }) = next.await {
            assert_eq!(reactions[0].from, alice.seated.member);
            seen += reactions.len();
        }
    }
    assert_eq!(seen, 1);
}

fn health_of(state: HealthState) -> Health {
    Health {
        state,
        ..Health::default()
    }
}

/// The next digest of health in which this many are counted.
pub(super) async fn digest_of(client: &mut SeatClient, members: u32) -> HealthDigest {
    loop {
        if let ServerMsg::Health(digest) = client.next_message().await
            && digest.in_step + digest.in_trouble + digest.catching_up + digest.chat_only == members
        {
            return digest;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn one_digest_tells_of_the_members_at_all_nodes() {
    let hub = Hub::default();
    let (a, mut alice, b) = two(&hub).await;
    let mut bob = b.join("Bob").await.unwrap();
    let in_step = health_of(HealthState::InStep);
    let frozen = health_of(HealthState::Frozen);
    for (stage, client, health) in [(&a, &alice, in_step), (&b, &bob, frozen)] {
        let seat = client.seated.seat;
        stage.send(RoomMessage::Health { seat, health }).await;
    }
    for client in [&mut alice, &mut bob] {
        let digest = digest_of(client, 2).await;
        assert_eq!((digest.in_step, digest.in_trouble), (1, 1));
        assert_eq!(digest.worst.len(), 2);
    }
    let (alice, bob) = (alice.seated.member, bob.seated.member);
    assert_ne!(alice, bob);
}

pub(super) async fn is(at: &Stage, client: &SeatClient, state: HealthState) {
    let health = Health {
        state,
        ..Health::default()
    };
    let seat = client.seated.seat;
    at.send(RoomMessage::Health { seat, health }).await;
}

/// They say for so many seconds that they are in step.
async fn watch(all: [(&Stage, &SeatClient); 2], seconds: u64) {
    for _ in 0..seconds / 2 {
        for (stage, client) in all {
            is(stage, client, HealthState::InStep).await;
        }
        tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    }
}

/// What comes within 3 s: digests come every 2 s.
async fn soon<T>(awaited: impl Future<Output = T>) -> T {
    let within = std::time::Duration::from_secs(3);
    let came = tokio::time::timeout(within, awaited).await;
    came.expect("it comes within three seconds")
}

#[tokio::test(start_paused = true)]
async fn members_elsewhere_are_known_again_as_soon_as_the_log_is_back() {
    // Whenever it comes back: what is told again by itself is so every ten seconds.
    for seconds_away in [60, 62, 64, 66, 68] {
        let hub = Hub::default();
        let (a, mut alice, b) = two(&hub).await;
        let bob = b.join("Bob").await.unwrap();
        is(&a, &alice, HealthState::InStep).await;
        is(&b, &bob, HealthState::InStep).await;
        assert_eq!(digest_of(&mut alice, 2).await.in_step, 2);
        hub.go_away();
        for _ in 0..seconds_away / 2 {
            is(&a, &alice, HealthState::InStep).await;
            is(&b, &bob, HealthState::Frozen).await;
            tokio::time::sleep(std::time::Duration::from_secs(2)).await;
        }
        assert_eq!(digest_of(&mut alice, 1).await.in_step, 1, "Bob is unknown");
        hub.come_back();
        assert_eq!(soon(digest_of(&mut alice, 2)).await.in_trouble, 1);
    }
}

#[tokio::test(start_paused = true)]
async fn a_node_that_comes_back_later_than_others_asks_them() {
    let hub = Hub::default();
    let (a, mut alice, b) = two(&hub).await;
    let bob = b.join("Bob").await.unwrap();
    is(&a, &alice, HealthState::InStep).await;
    is(&b, &bob, HealthState::InStep).await;
    assert_eq!(digest_of(&mut alice, 2).await.in_step, 2);
    // Whenever it comes back: what is told again by itself is so every ten seconds.
    for seconds in [0, 2, 4, 6, 8] {
        hub.cut_off("a");
        watch([(&a, &alice), (&b, &bob)], 60).await;
        assert_eq!(digest_of(&mut alice, 1).await.in_step, 1, "Bob is unknown");
        watch([(&a, &alice), (&b, &bob)], seconds).await;
        hub.join_again("a");
        assert_eq!(soon(digest_of(&mut alice, 2)).await.in_step, 2);
    }
}

#[tokio::test(start_paused = true)]
async fn a_freeze_is_told_at_once_at_all_nodes_and_so_is_its_end() {
    let hub = Hub::default();
    let (a, mut alice, b) = two(&hub).await;
    let bob = b.join("Bob").await.unwrap();
    let reports = async |stage: &Stage, client: &SeatClient, state| {
        let (seat, health) = (client.seated.seat, health_of(state));
        stage.send(RoomMessage::Health { seat, health }).await;
    };
    reports(&a, &alice, HealthState::InStep).await;
    reports(&b, &bob, HealthState::InStep).await;
    while digest_of(&mut alice, 2).await.in_step < 2 {}
    for (state, in_trouble) in [(HealthState::Frozen, 1), (HealthState::InStep, 0)] {
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        let reported = Instant::now();
        reports(&b, &bob, state).await;
        while digest_of(&mut alice, 2).await.in_trouble != in_trouble {}
        let took = reported.elapsed();
        assert!(took < std::time::Duration::from_millis(100), "{took:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn nodes_fall_silent_once_nobody_reports_health() {
    let hub = Hub::default();
    let (a, mut alice, b) = two(&hub).await;
    let bob = b.join("Bob").await.unwrap();
    let health = health_of(HealthState::InStep);
    for (stage, client) in [(&a, &alice), (&b, &bob)] {
        let seat = client.seated.seat;
        stage.send(RoomMessage::Health { seat, health }).await;
    }
    digest_of(&mut alice, 2).await;
    let mut frames = 0;
    while next_within_a_minute(&mut alice).await.is_some() {
        frames += 1;
        assert!(frames < 50, "they never fall silent");
    }
}

/// The next message, if one comes.
async fn next_within_a_minute(client: &mut SeatClient) -> Option<ServerMsg> {
    let minute = std::time::Duration::from_mins(1);
    tokio::time::timeout(minute, client.next_message())
        .await
        .ok()
}

#[tokio::test(start_paused = true)]
async fn who_is_kicked_or_banned_at_another_node_goes_and_a_closed_room_ends_everywhere() {
    let hub = Hub::default();
    let (a, mut alice, mut b) = two(&hub).await;
    let bob = b.join("Bob").await.unwrap();
    let chloe = b.join("Chloe").await.unwrap();
    let darya = b.join("Darya").await.unwrap();
    let who = MemberRef::Id(bob.seated.member);
    a.order(alice.seated.seat, 1, Command::Kick { who }).await;
    accepted(&mut alice).await;
    assert_eq!(bob.dismissed.await, Ok(Refused::Kicked));
    let who = MemberRef::Id(chloe.seated.member);
    let scope = crate::protocol::member::BanScope::default();
    a.order(alice.seated.seat, 2, Command::Ban { who, scope })
        .await;
    accepted(&mut alice).await;
    assert_eq!(chloe.dismissed.await, Ok(Refused::Banned));
    assert_eq!(b.come_back("Chloe").await.err(), Some(Refused::Banned));
    a.order(alice.seated.seat, 3, Command::Close).await;
    assert_eq!(darya.dismissed.await, Ok(Refused::RoomClosed));
    assert_eq!(b.ended.recv().await.map(|room| room.id), Some(den()));
    assert_eq!(hub.room(&den()), None);
}

#[tokio::test(start_paused = true)]
async fn moderators_and_everybody_are_told_wherever_they_are() {
    let hub = Hub::default();
    let (a, mut alice, b) = two(&hub).await;
    let mut bob = b.join("Bob").await.unwrap();
    let mut chloe = b.join("Chloe").await.unwrap();
    let of = ReportSubject::Member(MemberRef::Id(chloe.seated.member));
    let reported = Command::ReportMember { of, reason: None };
    b.order(bob.seated.seat, 1, reported).await;
    accepted(&mut bob).await;
    let told = loop {
        if let ServerMsg::Notice(notice) = alice.next_message().await {
            break notice;
        }
    };
    assert!(matches!(told, MemberNotice::Reported(_)), "{told:?}");
    let text = ChatText::parse("Update at nine").unwrap();
    let notice = MemberNotice::Announcement { text };
    let tell = OperatorMessage::Tell(notice.clone());
    a.send(RoomMessage::Operator(tell)).await;
    loop {
        if let ServerMsg::Notice(told) = chloe.next_message().await {
            assert_eq!(told, notice);
            break;
        }
    }
    let stops = MemberNotice::ServerStops {
        after: crate::protocol::time::Span::seconds(60),
        elsewhere: true,
    };
    a.send(RoomMessage::Operator(OperatorMessage::Tell(stops)))
        .await;
    a.send(RoomMessage::Operator(OperatorMessage::Tell(notice.clone())))
        .await;
    loop {
        if let ServerMsg::Notice(told) = chloe.next_message().await {
            assert_eq!(told, notice, "the end of a node is told at that node only");
            break;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn what_no_node_would_say_changes_nothing() {
    let hub = Hub::default();
    let (_a, alice, b) = two(&hub).await;
    let mut bob = b.join("Bob").await.unwrap();
    let stranger = hub.node("x");
    let member = alice.seated.member;
    let forged = format!(r#"{{"reactions":[{{"from":{member},"name":"Alice","emoji":"👍"}}]}}"#);
    let long = "x".repeat(2 * 1024 * 1024);
    for message in [&forged, "{", "{\"else\":1}", &long] {
        stranger.tell_others(&den(), &Bytes::from(message.to_owned()));
    }
    b.say(bob.seated.seat, 1, "still here").await;
    loop {
        match bob.next_message().await {
            ServerMsg::Reactions { reactions } => panic!("{reactions:?}"),
            ServerMsg::Ok { .. } => break,
            _ => {}
        }
    }
    while let Some(message) = next_within_a_minute(&mut bob).await {
        let forged = matches!(message, ServerMsg::Reactions { .. });
        assert!(!forged, "{message:?}");
    }
}
