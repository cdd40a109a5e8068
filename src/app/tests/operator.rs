//! What the server's operator says and does, as a client learns of it.

use super::{Server, Story, notices, outputs};
use crate::app::output::{Notice, Output, ServerNotice};
use crate::app::video::LineContent;
use crate::protocol::ephemeral::MemberNotice;
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::{MemberId, Seq};
use crate::protocol::text::ChatText;
use crate::protocol::time::Span;
use crate::wire::message::ServerMsg;

#[test]
fn what_the_operator_says_stands_in_the_room_and_over_the_picture() {
    let mut client = Story::joined(&Server::new());
    let text = ChatText::parse("Back at noon").unwrap();
    let after = Span::seconds(60);
    let stops = |elsewhere| {
        (
            MemberNotice::ServerStops { after, elsewhere },
            ServerNotice::ServerStops { after, elsewhere },
        )
    };
    let said = [
        (
            MemberNotice::Announcement { text: text.clone() },
            ServerNotice::Announcement { text },
        ),
        stops(false),
        stops(true),
        (MemberNotice::ServerStays, ServerNotice::ServerStays),
    ];
    for (sent, shown) in said {
        let shown = Notice::Server(shown);
        let effects = client.receive(ServerMsg::Notice(sent));
        assert_eq!(notices(&effects), std::slice::from_ref(&shown));
        let over = client.app.scene().lines.pop().unwrap().content;
        assert_eq!(over, LineContent::Notice(shown));
    }
}

#[test]
fn a_storage_that_is_away_is_told_in_the_room_and_not_over_the_picture() {
    let mut client = Story::joined(&Server::new());
    let before = client.app.scene().lines;
    for (sent, shown) in [
        (MemberNotice::StorageAway, ServerNotice::StorageAway),
        (MemberNotice::StorageBack, ServerNotice::StorageBack),
    ] {
        let effects = client.receive(ServerMsg::Notice(sent));
        assert_eq!(notices(&effects), [Notice::Server(shown)]);
        assert_eq!(client.app.scene().lines, before, "the media plays on");
    }
}

#[test]
fn lines_of_a_person_who_is_forgotten_are_erased_by_the_operator() {
    let mut server = Server::new();
    let mut client = Story::joined(&server);
    let line = server.chat("a line");
    client.facts(vec![line]);
    let chat = server.room.chat.lines().last().unwrap().id;
    let event = RoomEvent::Forgotten {
        members: Vec::new(),
        lines: vec![chat],
        entries: Vec::new(),
    };
    let fact = server.happen_by(Some((MemberId::OPERATOR, Seq(1))), event);
    let outputs = outputs(&client.facts(vec![fact]));
    let erased = |output: &Output| matches!(output, Output::Erased { id, by, .. } if *id == chat && by.name.is_operator());
    assert!(outputs.iter().any(erased), "{outputs:?}");
}
