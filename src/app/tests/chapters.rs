//! What is read of chapters that others go to.

use super::titles::loaded;
use super::{ALICE, Server, Story, notices};
use crate::app::event::Event;
use crate::app::output::Notice;
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::{Epoch, Seq};
use crate::protocol::member::Role;
use crate::protocol::playback::{Retime, Segment};
use crate::protocol::text::Title;
use crate::protocol::time::{Position, Span};
use crate::sync::player::{Chapter, PlayerEvent};

/// Whoever has the chapters reads the name of the one that somebody goes to.
#[test]
fn a_jump_to_a_chapter_names_it() {
    let mut server = Server::with(Role::Viewer);
    let on = loaded(&mut server);
    let mut story = Story::joined(&server);
    story.facts(vec![on]);
    let chapter = |seconds, title| Chapter {
        start: Position::seconds(seconds),
        title: Title::parse(title).ok(),
    };
    story.on(Event::Player(PlayerEvent::Chapters {
        epoch: Epoch(1),
        chapters: vec![chapter(0, ""), chapter(60, "The farmhouse")],
    }));
    let mut jumps_to = |seconds| {
        let segment = Segment {
            anchor: Position::seconds(seconds),
            paused: true,
            ..Segment::default()
        };
        let sought = RoomEvent::Retimed {
            segment,
            retime: Retime::Sought {
                from: Position::seconds(9),
            },
            in_player: false,
            countdown: false,
        };
        let fact = server.happen_by(Some((ALICE, Seq(1))), sought);
        let mut effects = story.facts(vec![fact]);
        effects.extend(story.pass(Span::seconds(5)));
        let notices = notices(&effects).into_iter();
        let mut jumps = notices.filter_map(|notice| match notice {
            Notice::Jumped(jump) => Some(jump.chapter.map(|title| title.to_string())),
            _ => None,
        });
        jumps.next_back()
    };
    assert_eq!(jumps_to(60), Some(Some("The farmhouse".to_owned())));
    assert_eq!(jumps_to(62), Some(None));
    assert_eq!(jumps_to(0), Some(None), "it has no name");
}
