//! How frames reach the room.

use std::time::{Duration, SystemTime};

use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until};

use super::{Answer, FrameReader, Services, Taken};
use crate::protocol::command::{Command, Report};
use crate::protocol::ids::{Epoch, Seq};
use crate::protocol::member::Visibility;
use crate::protocol::time::LocalTime;
use crate::server::cadence;
use crate::server::clock::NodeClock;
use crate::server::credentials::Passwords;
use crate::server::metrics::Metrics;
use crate::server::replica::message::{Inbox, RoomMessage, SeatId};
use crate::server::websocket::Received;
use crate::wire::codec;
use crate::wire::message::ClientMsg;

fn reader(room: Inbox) -> FrameReader {
    reader_of(room, Metrics::default())
}

/// A reader on a node with these connections, which told its client the cadence of an empty one.
fn reader_of(room: Inbox, metrics: Metrics) -> FrameReader {
    let services = Services {
        clock: NodeClock::start(SystemTime::now(), None, None),
        passwords: Passwords::new(),
        metrics,
    };
    FrameReader::new((SeatId(1), cadence::at(1)), room, services, Instant::now())
}

fn frame(message: &ClientMsg) -> Received {
    Received::Text(codec::encode(message).unwrap())
}

/// Has a reader take these frames at once, and then the waiting reports in their turn for a while.
async fn take_all(reader: &mut FrameReader, frames: Vec<Received>) {
    for frame in frames {
        let now = Instant::now();
        match reader.take(Ok(frame), now) {
            Taken::Done(done) => done.unwrap(),
            Taken::Waits(message) => reader.go_on(message, now).await.unwrap(),
        }
    }
    while let Some(due) = reader.reports_due() {
        sleep_until(due).await;
        reader.send_waiting_reports().await.unwrap();
    }
}

/// So many stalls, each reported as begun and ended in turn; the last one has ended.
fn flood(count: usize) -> Vec<Received> {
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

/// The messages that a room receives for frames sent at once, each with the time since the start.
async fn room_messages(frames: Vec<Received>) -> Vec<(Duration, RoomMessage)> {
    let (inbox, mut room) = mpsc::channel(256);
    let mut reader = reader(inbox);
    let start = Instant::now();
    let mut messages = Vec::new();
    let listening = async {
        while let Some(message) = room.recv().await {
            messages.push((start.elapsed(), *message));
        }
    };
    let taking = async {
        take_all(&mut reader, frames).await;
        drop(reader);
    };
    tokio::join!(taking, listening);
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

#[tokio::test]
async fn a_new_password_is_hashed_only_if_the_room_lets_its_sender_change_it() {
    for may in [true, false] {
        let (inbox, mut room) = mpsc::channel(4);
        let mut reader = reader(inbox);
        let command = Command::SetVisibility {
            visibility: Visibility::Private,
            password: Some("popcorn".into()),
        };
        let seq = Seq(1);
        let frames = vec![frame(&ClientMsg::Command { seq, command })];
        let answering = async {
            let asked = room.recv().await.map(|message| *message);
            let Some(RoomMessage::MayCommand { reply, .. }) = asked else {
                panic!("the room is not asked");
            };
            reply.send(may).unwrap();
            room.recv().await.map(|message| *message)
        };
        let taking = async {
            take_all(&mut reader, frames).await;
            drop(reader);
        };
        let ((), next) = tokio::join!(taking, answering);
        match next {
            Some(RoomMessage::Command { password, .. }) => assert!(may && password.is_some()),
            None => assert!(!may, "the command is lost"),
            other => panic!("{other:?}"),
        }
    }
}

/// Which cadences a client is told that exchanges clock times so often.
fn told(reader: &mut FrameReader, exchanges: usize) -> Vec<u32> {
    let mut told = Vec::new();
    for _ in 0..exchanges {
        let t0 = LocalTime(5);
        let ping = frame(&ClientMsg::Ping { t0 });
        assert!(matches!(
            reader.take(Ok(ping), Instant::now()),
            Taken::Done(Ok(()))
        ));
        for answer in reader.take_answers() {
            let Answer::Pong { cadence, .. } = answer else {
                panic!("{answer:?}");
            };
            told.extend(cadence.map(|cadence| cadence.clock_ms));
        }
    }
    told
}

#[tokio::test]
async fn a_client_is_told_once_that_its_node_has_filled_and_the_room_before_it() {
    let (inbox, mut room) = mpsc::channel(1);
    let metrics = Metrics::default();
    let mut reader = reader_of(inbox, metrics.clone());
    let mut open: Vec<_> = (0..100).map(|_| metrics.connection()).collect();
    assert_eq!(told(&mut reader, 3), [0; 0]);
    open.push(metrics.connection());
    assert_eq!(told(&mut reader, 3), [3_000]);
    open.extend((0..1_000).map(|_| metrics.connection()));
    assert_eq!(told(&mut reader, 3), [0; 0], "the room has no time for it");
    for expected in [3_000, 3_700] {
        let message = room.try_recv().map(|message| *message);
        let Ok(RoomMessage::Cadence { cadence, .. }) = message else {
            panic!("{message:?}");
        };
        assert_eq!(cadence.clock_ms, expected);
        if expected == 3_000 {
            assert_eq!(told(&mut reader, 3), [3_700]);
        }
    }
    open.truncate(50);
    assert_eq!(told(&mut reader, 3), [1_000]);
}
