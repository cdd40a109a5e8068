//! What concerns this member alone: the connection, being mentioned, proposals to decide, and what
//! they may do.

use super::{Server, Story, pass, says, seen, watching};
use crate::app::event::Event;
use crate::app::output::severity::Severity;
use crate::app::output::{BatchNotice, ConnectionView, Notice, Output, PlayerView, QueuedTogether};
use crate::app::tests::{ALICE, ME, connects, them};
use crate::app::video::LineContent;
use crate::media::fault::{FaultKind, MediaFault};
use crate::protocol::event::RoomEvent;
use crate::protocol::failure::FailureCode;
use crate::protocol::ids::Seq;
use crate::protocol::member::Role;
use crate::protocol::playback::{EntryState, QueueEntry, StandstillCause};
use crate::protocol::text::MemberName;
use crate::protocol::time::Span;
use crate::strings::video::overlay;
use crate::sync::player::{MediaProblem, OverlayColour};
use crate::test_support;
use crate::texts::language::Language;
use crate::wire::message::ServerMsg;

fn happens(server: &mut Server, story: &mut Story, event: RoomEvent) {
    let fact = server.happen_by(Some((ALICE, Seq(30))), event);
    story.facts(vec![fact]);
}

/// The lines as they are drawn: what each says, and the colour of its end.
fn drawn(story: &Story) -> Vec<(String, OverlayColour)> {
    let lines = overlay(Language::English, &story.app.scene()).lines;
    let drawn = lines.into_iter().map(|line| {
        let colour = line.spans.last().unwrap().colour;
        let text = line.spans.into_iter().map(|span| span.text);
        (text.collect(), colour)
    });
    drawn.collect()
}

#[test]
fn a_lost_connection_is_one_line_until_it_is_back() {
    let (server, mut story) = watching(Role::Viewer);
    let line = "✕ No connection to the room; reconnecting…";
    for _ in 0..4 {
        story.lose();
        assert_eq!(drawn(&story), [(line.to_owned(), OverlayColour::Error)]);
        let mut effects = Vec::new();
        while !connects(&effects) {
            effects = story.pass(Span::seconds(1));
        }
        assert_eq!(drawn(&story).len(), 1, "it stands");
    }
    story.hello();
    story.receive(ServerMsg::Welcome(Box::new(server.whole())));
    let back = LineContent::Connection(ConnectionView::Connected);
    assert_eq!(seen(&story), [format!("{back:?}")]);
    pass(&mut story, Span::seconds(10));
    assert_eq!(seen(&story), [""; 0]);
}

#[test]
fn a_mention_stands_out_and_is_shown_at_quiet() {
    let (mut server, mut story) = watching(Role::Viewer);
    story.on(Event::Line("/osd quiet".into()));
    pass(&mut story, Span::seconds(10));
    says(&mut story, &mut server, "@Bo who is that?");
    says(&mut story, &mut server, "@Boris look!");
    let mention = ("Alice  @Boris look!".to_owned(), OverlayColour::Alarm);
    assert_eq!(drawn(&story), [mention]);
    let id = server.room().chat.lines().last().unwrap().id;
    story.app.emit(Output::Erased {
        id,
        by: them("Alice"),
        author: None,
    });
    assert_eq!(drawn(&story), []);
}

#[test]
fn who_may_approve_is_told_what_others_propose() {
    for (role, told) in [(Role::Admin, 2), (Role::Viewer, 0)] {
        let mut server = Server::with(role);
        let entry = |server: &Server, by, state| QueueEntry {
            by,
            by_name: MemberName::parse("Vera").unwrap(),
            ..test_support::entry(server.room().queue.next_id().0, state)
        };
        let known = entry(&server, ALICE, EntryState::Proposed);
        server.happen(RoomEvent::Queued { entry: known });
        let mut story = Story::joined(&server);
        for (by, state) in [
            (ALICE, EntryState::Proposed),
            (ALICE, EntryState::Approved),
            (ME, EntryState::Proposed),
        ] {
            let entry = entry(&server, by, state);
            happens(&mut server, &mut story, RoomEvent::Queued { entry });
        }
        let together = BatchNotice::QueuedTogether(QueuedTogether {
            who: them("Vera"),
            numbers: None,
            count: 9,
            proposed: true,
            known: 0,
            left_out: 0,
        });
        story.app.emit(Output::Notice(Notice::Batch(together)));
        let lines = drawn(&story);
        assert_eq!(lines.len(), told, "{lines:?}");
        if told > 0 {
            let (line, colour) = &lines[0];
            assert!(line.starts_with("Vera proposes "), "{line}");
            assert!(line.ends_with("/approve #2"), "{line}");
            assert_eq!(*colour, OverlayColour::Alarm);
        }
    }
}

#[test]
fn what_one_may_do_from_now_on_is_told_and_what_others_may_do_is_not() {
    let (mut server, mut story) = watching(Role::Viewer);
    for member in [ALICE, ME] {
        let muted = true;
        happens(&mut server, &mut story, RoomEvent::Muted { member, muted });
        let role = RoomEvent::RoleChanged {
            member,
            role: Role::Moderator,
            acting: false,
        };
        happens(&mut server, &mut story, role);
    }
    let lines = drawn(&story);
    let texts: Vec<&str> = lines.iter().map(|(text, _)| text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "Alice muted you: you can't chat or react",
            "Alice made you a moderator"
        ]
    );
}

#[test]
fn a_dead_link_is_told_once_by_the_room_if_it_is_dead_for_all() {
    let (_, mut story) = watching(Role::Viewer);
    let fault = MediaFault {
        kind: FaultKind::Gone,
        elsewhere: false,
    };
    let own = PlayerView::Failed(MediaProblem::Fetch(fault));
    let nobody = |code| {
        Output::Notice(Notice::NobodyPlays {
            cause: StandstillCause::Failed { code },
            next_in: None,
        })
    };
    story.app.emit(Output::Player(own.clone()));
    story.app.emit(nobody(FailureCode::Busy));
    assert_eq!(seen(&story).len(), 2, "it is dead for this member alone");
    story.app.emit(nobody(FailureCode::Gone));
    let lines = story.app.scene().lines.into_iter();
    let contents: Vec<LineContent> = lines.map(|line| line.content).collect();
    assert!(
        !contents.contains(&LineContent::Player(own)),
        "{contents:?}"
    );
    let is_error = |content: &LineContent| content.severity() == Severity::Error;
    assert!(contents.iter().all(is_error), "{contents:?}");
}
