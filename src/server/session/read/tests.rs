//! How frames reach the room, and how long a silent socket is borne.

use std::time::{Duration, SystemTime};

use axum::extract::ws::Message;
use futures_util::{StreamExt, stream};
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep, timeout};

use super::super::SessionEnd;
use super::{FrameReader, Services};
use crate::protocol::command::{Command, Report};
use crate::protocol::ids::{Epoch, Seq};
use crate::protocol::member::Visibility;
use crate::server::clock::NodeClock;
use crate::server::credentials::Passwords;
use crate::server::outbox::outbox;
use crate::server::replica::message::{RoomMessage, SeatId};
use crate::traffic::Traffic;
use crate::wire::codec;
use crate::wire::message::ClientMsg;

fn services() -> Services {
    Services {
        clock: NodeClock::start(SystemTime::now(), None, None),
        passwords: Passwords::new(),
    }
}

fn frame(message: &ClientMsg) -> Message {
    Message::Text(codec::encode(message).unwrap().into())
}

/// So many stalls, each reported as begun and ended in turn; the last one has ended.
fn flood(count: usize) -> Vec<Message> {
    let stalled = |number: usize| Report::Stalled {
        epoch: Epoch(1),
        stalled: (count - number).is_multiple_of(2),
        place: None,
    };
    let reports = (0..count).map(|number| ClientMsg::Report {
        report: stalled(number),
    });
    reports.map(|message| frame(&message)).collect()
}

/// The messages that a room receives for frames sent at once on a socket that stays open, each
/// with the time since the start.
async fn room_messages(frames: Vec<Message>) -> Vec<(Duration, RoomMessage)> {
    let (inbox, mut room) = mpsc::channel(256);
    let (outbox, _waiting) = outbox();
    let reader = FrameReader::new(SeatId(1), inbox, outbox, services(), Traffic::default());
    let start = Instant::now();
    let mut stream = Box::pin(stream::iter(frames.into_iter().map(Ok)).chain(stream::pending()));
    let mut messages = Vec::new();
    let listening = async {
        while let Some(message) = room.recv().await {
            messages.push((start.elapsed(), message));
        }
    };
    let both = async { tokio::join!(reader.run(&mut stream), listening) };
    let _quiet = timeout(Duration::from_secs(30), both).await;
    messages
}

#[tokio::test(start_paused = true)]
async fn a_command_behind_many_reports_does_not_wait_for_their_turn() {
    let mut frames = flood(20);
    let command = Command::Pause { mark: None };
    let seq = Seq(1);
    frames.push(frame(&ClientMsg::Command { seq, command }));
    let messages = room_messages(frames).await;
    let (after, _) = messages
        .iter()
        .find(|(_, message)| matches!(message, RoomMessage::Command { .. }))
        .unwrap();
    assert_eq!(*after, Duration::ZERO, "in virtual time");
}

#[tokio::test(start_paused = true)]
async fn of_a_flood_of_reports_the_newest_is_reported_in_its_turn() {
    let messages = room_messages(flood(20)).await;
    let stalls: Vec<bool> = messages
        .iter()
        .map(|(_, message)| match message {
            RoomMessage::Report {
                report: Report::Stalled { stalled, .. },
                ..
            } => *stalled,
            other => panic!("{other:?}"),
        })
        .collect();
    // Four at once, then the last report, which is the current state.
    assert_eq!(stalls, [true, false, true, false, false]);
    let (last, _) = messages.last().unwrap();
    assert!(*last > Duration::ZERO, "beyond the ration");
}

#[tokio::test(start_paused = true)]
async fn the_newest_of_each_kind_is_reported() {
    let epoch = Epoch(1);
    let mut frames = flood(10);
    let place = None;
    for report in [Report::Ended { epoch, place }, Report::Ready { epoch }] {
        frames.push(frame(&ClientMsg::Report { report }));
    }
    let messages = room_messages(frames).await;
    let kinds: Vec<&RoomMessage> = messages
        .iter()
        .skip(4)
        .map(|(_, message)| message)
        .collect();
    assert!(
        matches!(
            kinds[..],
            [
                RoomMessage::Report {
                    report: Report::Stalled { .. },
                    ..
                },
                RoomMessage::Report {
                    report: Report::Ended { .. },
                    ..
                },
                RoomMessage::Report {
                    report: Report::Ready { .. },
                    ..
                }
            ]
        ),
        "{kinds:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn half_a_frame_is_a_sign_of_life_but_not_for_ever() {
    for (bytes, seconds) in [(0, 45), (7, 120)] {
        let (inbox, _room) = mpsc::channel(1);
        let (outbox, _waiting) = outbox();
        let traffic = Traffic::default();
        let reader = FrameReader::new(SeatId(1), inbox, outbox, services(), traffic.clone());
        let trickling = async {
            loop {
                sleep(Duration::from_secs(1)).await;
                traffic.move_both_ways(bytes);
            }
        };
        let begun = Instant::now();
        let mut frames = stream::pending();
        tokio::select! {
            end = reader.run(&mut frames) => assert_eq!(end, SessionEnd::Lost),
            () = trickling => unreachable!("a network does not end"),
        }
        assert_eq!(begun.elapsed().as_secs(), seconds, "of virtual time");
    }
}

#[tokio::test]
async fn a_new_password_is_hashed_only_if_the_room_lets_its_sender_change_it() {
    for may in [true, false] {
        let (inbox, mut room) = mpsc::channel(4);
        let (outbox, _waiting) = outbox();
        let reader = FrameReader::new(SeatId(1), inbox, outbox, services(), Traffic::default());
        let command = Command::SetVisibility {
            visibility: Visibility::Private,
            password: Some("popcorn".into()),
        };
        let seq = Seq(1);
        let frames = [Ok(frame(&ClientMsg::Command { seq, command }))];
        let mut stream = Box::pin(stream::iter(frames));
        let answering = async {
            let Some(RoomMessage::MayCommand { reply, .. }) = room.recv().await else {
                panic!("the room is not asked");
            };
            reply.send(may).unwrap();
            room.recv().await
        };
        let (_, next) = tokio::join!(reader.run(&mut stream), answering);
        match next {
            Some(RoomMessage::Command { password, .. }) => assert!(may && password.is_some()),
            None => assert!(!may, "the command is lost"),
            other => panic!("{other:?}"),
        }
    }
}
