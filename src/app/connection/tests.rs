//! The connection by itself, without an app around it.

use super::{ConnectionInput, ConnectionOutput, Phase, ServerConnection};
use crate::app::effect::{Effect, Exit};
use crate::app::event::Disconnect;
use crate::app::output::{ConnectionView, Why};
use crate::app::tests::config;
use crate::protocol::invite::Target;
use crate::protocol::time::{LocalTime, Span};
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
    let error = "reset".into();
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
    let home = connection.destination().room.clone();
    for (room, keeps) in [("one", true), ("two", false)] {
        let target = Target::parse(room).unwrap();
        let outputs = handle(&mut connection, ConnectionInput::Join(target));
        let expected = ConnectionOutput::SetAside { keeps };
        assert!(outputs.contains(&expected), "{room}: {outputs:?}");
        assert_eq!(connection.destination().room.as_str(), room);
    }
    let outputs = handle(&mut connection, give_up());
    assert!(outputs.contains(&ConnectionOutput::Returned), "{outputs:?}");
    assert_eq!(connection.destination().room, home);
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
