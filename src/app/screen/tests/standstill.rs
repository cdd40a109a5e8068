//! What stands in the log when nobody plays the media: one reason, once.

use super::{Keys, evening, with_screen};
use crate::app::output::{Notice, Output, PlayerView};
use crate::app::screen::chat_log::LogContent;
use crate::app::tests::{ALICE, Server, Story};
use crate::protocol::event::{Fact, RoomEvent};
use crate::protocol::failure::FailureCode;
use crate::protocol::ids::{EntryId, Epoch, Seq};
use crate::protocol::member::Role;
use crate::protocol::playback::{
    Retime, Segment, Standstill, StandstillCause, StandstillPhase, UnqueueCause,
};
use crate::protocol::time::{Position, Span};
use crate::sync::player::MediaProblem;

/// The kinds of the lines about time and the standstill.
fn lines(keys: &Keys) -> Vec<&'static str> {
    let outputs = keys
        .screen()
        .log()
        .lines()
        .filter_map(|line| match &line.content {
            LogContent::Output(Output::Notice(Notice::Paused { .. })) => Some("paused by name"),
            LogContent::Output(Output::Timeline(view)) if view.paused => Some("paused"),
            LogContent::Output(Output::Timeline(_)) => Some("playing"),
            LogContent::Output(Output::Notice(Notice::NobodyPlays { .. })) => Some("nobody plays"),
            LogContent::Output(Output::Notice(Notice::SomebodyPlays(None))) => {
                Some("somebody plays")
            }
            LogContent::Output(Output::Notice(Notice::Finished { .. })) => Some("finished"),
            _ => None,
        });
    outputs.collect()
}

fn nobody_plays(server: &mut Server, cause: StandstillCause) -> Fact {
    let until = server.room().at + Span::seconds(15);
    server.happen(RoomEvent::NobodyPlays {
        epoch: Epoch(1),
        standstill: Standstill {
            cause,
            phase: StandstillPhase::Certain,
            position: Position::START,
            until,
        },
    })
}

const GONE: StandstillCause = StandstillCause::Failed {
    code: FailureCode::Gone,
};

#[test]
fn a_standstill_and_its_end_are_reported_in_their_own_words_alone() {
    let mut server = evening(Role::Viewer);
    let mut keys = Keys {
        story: Story::joined_with(with_screen(), &server),
    };
    keys.story.facts(vec![nobody_plays(&mut server, GONE)]);
    let segment = server.room().timeline.segment;
    let somebody = server.happen(RoomEvent::SomebodyPlays {
        epoch: Epoch(1),
        segment: Some(segment),
    });
    keys.story.facts(vec![somebody]);
    assert_eq!(lines(&keys), ["nobody plays", "somebody plays"]);

    let ended = nobody_plays(&mut server, StandstillCause::Ended);
    let finished = server.happen(RoomEvent::Finished {
        epoch: Epoch(1),
        position: Position::START,
    });
    keys.story.facts(vec![ended, finished]);
    assert_eq!(lines(&keys)[2..], ["nobody plays", "finished"]);
}

#[test]
fn an_admins_pause_at_a_standstill_is_reported_as_ever() {
    let mut server = evening(Role::Viewer);
    let mut keys = Keys {
        story: Story::joined_with(with_screen(), &server),
    };
    keys.story.facts(vec![nobody_plays(&mut server, GONE)]);
    let paused = RoomEvent::Retimed {
        segment: Segment {
            paused: true,
            ..server.room().timeline.segment
        },
        retime: Retime::Paused,
        in_player: false,
        countdown: false,
    };
    let paused = server.happen_by(Some((ALICE, Seq(1))), paused);
    keys.story.facts(vec![paused]);
    assert_eq!(lines(&keys), ["nobody plays", "paused by name"]);
}

#[test]
fn who_comes_to_a_standstill_is_told_why() {
    let mut server = evening(Role::Viewer);
    nobody_plays(&mut server, GONE);
    let keys = Keys {
        story: Story::joined_with(with_screen(), &server),
    };
    assert_eq!(lines(&keys), ["nobody plays"]);
}

#[test]
fn who_is_alone_reads_once_that_their_player_cannot_play_it() {
    let other = StandstillCause::Failed {
        code: FailureCode::Other,
    };
    for (count, expected) in [(1, &[][..]), (2, &["nobody plays"][..])] {
        let mut server = evening(Role::Viewer);
        // What comes next would be news.
        server.happen(RoomEvent::Unqueued {
            entry: EntryId(1),
            cause: UnqueueCause::Removed,
            together: None,
            gave_way: false,
        });
        let large = server.room().large;
        server.happen(RoomEvent::Presence {
            joined: Vec::new(),
            left: Vec::new(),
            count,
            large,
        });
        let mut keys = Keys {
            story: Story::joined_with(with_screen(), &server),
        };
        let own = PlayerView::Failed(MediaProblem::ResolverMissing);
        keys.story.app.emit(Output::Player(own));
        keys.story.facts(vec![nobody_plays(&mut server, other)]);
        assert_eq!(lines(&keys), expected, "{count}");
    }
}
