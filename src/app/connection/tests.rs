//! The connection by itself, without an app around it.

use super::{ConnectionInput, ConnectionOutput, Phase, ServerConnection};
use crate::app::effect::{Effect, Exit};
use crate::app::event::Disconnect;
use crate::app::other_address::OtherAddress;
use crate::app::output::{ArrivalNotice, ConnectionView, Notice, Why};
use crate::app::room_tokens::{KeptRoom, RoomTokens};
use crate::app::tests::config;
use crate::protocol::invite::RoomTarget;
use crate::protocol::member::Visibility;
use crate::protocol::time::{LocalTime, RoomTime, Span};
use crate::system_fault::SystemFault;
use crate::wire::message::ClientMsg;

const START: LocalTime = LocalTime(1_000_000);

fn handle(connection: &mut ServerConnection, input: ConnectionInput) -> Vec<ConnectionOutput> {
    connection.handle(input, START)
}

/// A connection that greets its first room.
fn greeting() -> ServerConnection {
    let mut connection = ServerConnection::new(&config(), START);
    greet(&mut connection);
    connection
}

fn greet(connection: &mut ServerConnection) {
    handle(connection, ConnectionInput::Start);
    handle(connection, ConnectionInput::TokensFound(None));
    handle(connection, ConnectionInput::Opened(None));
    assert_eq!(connection.phase(), Phase::Greeting);
}

/// A connection that is in its first room.
fn joined() -> ServerConnection {
    let mut connection = greeting();
    handle(&mut connection, ConnectionInput::Welcomed);
    assert!(connection.is_joined());
    connection
}

fn lost() -> ConnectionInput {
    let error = SystemFault::foreign("reset").into();
    ConnectionInput::Disconnected(Disconnect::Lost { error }, None)
}

fn give_up() -> ConnectionInput {
    ConnectionInput::GiveUp {
        why: Why::Unanswered,
        exit: Exit::Unreachable,
    }
}

#[test]
fn only_a_room_that_was_joined_is_waited_for() {
    let outputs = handle(&mut greeting(), lost());
    assert!(
        matches!(
            outputs[..],
            [ConnectionOutput::EntryRefused {
                exit: Exit::Unreachable,
                ..
            }]
        ),
        "{outputs:?}"
    );
    let mut connection = joined();
    let outputs = handle(&mut connection, lost());
    assert!(
        matches!(
            outputs[..],
            [
                ConnectionOutput::Offline,
                ConnectionOutput::View(ConnectionView::Reconnecting { .. }),
                ConnectionOutput::Waiting,
            ]
        ),
        "{outputs:?}"
    );
    assert!(matches!(connection.phase(), Phase::Waiting(_)));
}

#[test]
fn the_way_back_is_the_room_that_was_left_and_leads_there_once() {
    let mut connection = joined();
    let home = connection.destination().room().clone();
    for (room, keeps) in [("one", true), ("two", false)] {
        let target = RoomTarget::parse(room).unwrap();
        let outputs = handle(&mut connection, ConnectionInput::Join(target.into()));
        let expected = ConnectionOutput::SetAside { keeps };
        assert!(outputs.contains(&expected), "{room}: {outputs:?}");
        assert_eq!(connection.destination().room().as_str(), room);
    }
    let outputs = handle(&mut connection, give_up());
    assert!(outputs.contains(&ConnectionOutput::Returned), "{outputs:?}");
    assert_eq!(connection.destination().room(), &home);
    let outputs = handle(&mut connection, give_up());
    assert!(
        matches!(outputs.last(), Some(ConnectionOutput::EntryGivenUp { .. })),
        "{outputs:?}"
    );
}

#[test]
fn after_the_goodbye_nothing_follows_but_the_exit_and_after_that_nothing_at_all() {
    let mut connection = joined();
    let outputs = handle(&mut connection, ConnectionInput::Leave);
    let goodbye = Effect::Send(ClientMsg::Leave);
    let expected = [
        ConnectionOutput::Leaving,
        ConnectionOutput::Ending,
        ConnectionOutput::Effect(goodbye),
    ];
    assert_eq!(outputs, expected);
    let closed_by = START + Span::seconds(2);
    assert_eq!(connection.next_deadline(), Some(closed_by));
    assert_eq!(handle(&mut connection, ConnectionInput::Deadline), []);
    let outputs = connection.handle(ConnectionInput::Deadline, closed_by);
    assert_eq!(
        outputs.last(),
        Some(&ConnectionOutput::Exit(Exit::Left)),
        "{outputs:?}"
    );
    assert_eq!(connection.next_deadline(), None);
    for input in [ConnectionInput::Leave, ConnectionInput::Start, lost()] {
        assert_eq!(handle(&mut connection, input), []);
    }
}

/// A connection whose kept tokens are not found in time, and what it does then.
fn overdue() -> (ServerConnection, Vec<ConnectionOutput>) {
    let mut connection = ServerConnection::new(&config(), START);
    handle(&mut connection, ConnectionInput::Start);
    let at = START + Span::seconds(5);
    assert_eq!(connection.next_deadline(), Some(at));
    assert_eq!(handle(&mut connection, ConnectionInput::Deadline), []);
    let outputs = connection.handle(ConnectionInput::Deadline, at);
    (connection, outputs)
}

fn found(resume: &str) -> ConnectionInput {
    ConnectionInput::TokensFound(Some(RoomTokens {
        resume: Some(resume.to_owned()),
        ..RoomTokens::default()
    }))
}

/// The token with which the connection greets.
fn greeted_with(connection: &mut ServerConnection) -> Option<String> {
    let outputs = handle(connection, ConnectionInput::Opened(None));
    match &outputs[..] {
        [ConnectionOutput::Effect(Effect::Send(ClientMsg::Hello(hello)))] => hello.resume.clone(),
        other => panic!("no hello: {other:?}"),
    }
}

#[test]
fn a_disk_that_hangs_is_reported_and_the_client_connects_without_what_it_keeps() {
    let (mut connection, outputs) = overdue();
    let server = config().server;
    let expected = [
        ConnectionOutput::Notice(Notice::Arrival(ArrivalNotice::TokensOverdue)),
        ConnectionOutput::Effect(Effect::Connect { server }),
    ];
    assert_eq!(outputs, expected);
    assert_eq!(greeted_with(&mut connection), None);
    assert_eq!(handle(&mut connection, found("too late")), []);
}

#[test]
fn tokens_that_are_found_late_count_until_the_greeting() {
    let (mut connection, _) = overdue();
    assert_eq!(handle(&mut connection, found("late")), []);
    assert_eq!(greeted_with(&mut connection).as_deref(), Some("late"));
}

#[test]
fn tokens_that_are_found_late_do_not_replace_those_of_the_room() {
    let (mut connection, _) = overdue();
    greeted_with(&mut connection);
    handle(&mut connection, ConnectionInput::Welcomed);
    let kept = KeptRoom {
        token: "new".to_owned(),
        visibility: Visibility::Public,
        created: RoomTime(1),
        other: None,
    };
    handle(&mut connection, ConnectionInput::Token(kept));
    handle(&mut connection, lost());
    handle(&mut connection, ConnectionInput::Retry);
    assert_eq!(connection.phase(), Phase::Connecting);
    handle(&mut connection, found("of last week"));
    assert_eq!(greeted_with(&mut connection).as_deref(), Some("new"));
}

/// The other address that is kept after a welcome of the server at `server`, which names this one.
fn kept_of(server: &str, named: &str) -> Option<OtherAddress> {
    let mut at = config();
    server.clone_into(&mut at.server);
    let mut connection = ServerConnection::new(&at, START);
    greet(&mut connection);
    handle(&mut connection, ConnectionInput::Welcomed);
    let kept = KeptRoom {
        token: "mine".to_owned(),
        visibility: Visibility::Public,
        created: RoomTime(1),
        other: OtherAddress::parse(named, "00c0ffee"),
    };
    let outputs = handle(&mut connection, ConnectionInput::Token(kept));
    let [ConnectionOutput::Effect(Effect::KeepToken { kept, .. })] = &outputs[..] else {
        panic!("{outputs:?}");
    };
    kept.other.clone()
}

#[test]
fn a_server_elsewhere_names_no_address_for_its_tokens() {
    let public = "https://watch.example.org";
    let other = OtherAddress::parse(public, "00c0ffee");
    assert_eq!(kept_of("http://127.0.0.1:8400", public), other);
    assert_eq!(kept_of("https://evil.example.org", public), None);
    assert_eq!(
        kept_of("http://127.0.0.1:8400", "http://watch.example.org"),
        None
    );
}
