//! Copies of the media that end before it does.

use super::Evening;
use crate::app::output::{ApartNotice, Notice, Output};
use crate::protocol::playback::StandstillCause;
use crate::protocol::time::{Position, Span};
use crate::sync::follow::{SyncAction, SyncCause};

const PLAY_MEDIA: &str = "/play https://example.org/film.mp4";

const ALICE: usize = 0;
const BORIS: usize = 1;

/// Alice, who is admin, and Boris at media of which each has so many seconds.
fn with_copies(seconds: [Option<f64>; 2]) -> Evening {
    let mut evening = Evening::new();
    for (name, copy) in ["Alice", "Boris"].into_iter().zip(seconds) {
        let seat = evening.sit_down(name);
        evening.seats[seat].instant_player.copy = copy.map(Position::from_seconds);
    }
    evening.pass(Span::seconds(1));
    evening.types(ALICE, PLAY_MEDIA);
    evening
}

impl Evening {
    /// How often a seat was shown that its copy ends early.
    fn ends_early(&self, seat: usize) -> usize {
        let outputs = self.seats[seat].outputs.iter();
        outputs
            .filter(|outputs| **outputs == Output::Notice(Notice::Apart(ApartNotice::EndsEarly)))
            .count()
    }

    fn all_end(&self, seat: usize) -> bool {
        let ended = |outputs: &Output| {
            let Output::Notice(Notice::NobodyPlays { cause, .. }) = outputs else {
                return false;
            };
            *cause == StandstillCause::Ended
        };
        self.seats[seat].outputs.iter().any(ended)
    }
}

#[test]
fn where_everybodys_copy_ends_nobody_is_told_that_the_room_plays_on() {
    for [alices, boriss] in [[15.0, 15.0], [15.0, 15.6], [16.5, 15.0], [15.0, 17.2]] {
        let mut evening = with_copies([Some(alices), Some(boriss)]);
        evening.pass(Span::seconds(40));
        for seat in [ALICE, BORIS] {
            assert!(evening.all_end(seat), "{alices}, {boriss}");
            assert_eq!(evening.ends_early(seat), 0, "{alices}, {boriss}");
        }
    }
}

#[test]
fn whose_copy_ends_while_the_room_plays_on_is_told_so_once() {
    let mut evening = with_copies([None, Some(15.0)]);
    evening.pass(Span::seconds(17));
    assert_eq!(evening.ends_early(BORIS), 0, "the other may end as well");
    evening.pass(Span::seconds(60));
    assert_eq!(evening.ends_early(BORIS), 1);
    assert_eq!(evening.ends_early(ALICE), 0);
}

#[test]
fn in_a_paused_room_nobody_is_told_that_it_plays_on() {
    let mut evening = with_copies([None, Some(15.0)]);
    evening.pass(Span::seconds(17));
    evening.types(ALICE, "/pause");
    evening.pass(Span::seconds(30));
    assert_eq!(evening.ends_early(BORIS), 0);
    evening.types(ALICE, "/resume");
    evening.pass(Span::seconds(10));
    assert_eq!(evening.ends_early(BORIS), 1);
}

#[test]
fn what_follows_a_try_for_more_of_the_media_is_reported_as_that() {
    let mut evening = with_copies([None, Some(15.0)]);
    evening.pass(Span::seconds(5));
    evening.types(ALICE, "/seek 13");
    evening.pass(Span::seconds(6));
    let decisions: Vec<_> = evening.seats[BORIS].story.app.decisions().collect();
    let opened = decisions
        .iter()
        .rposition(|decision| matches!(decision.what.action, SyncAction::Load(_)));
    let since = &decisions[opened.unwrap()..];
    let causes = since.iter().map(|decision| decision.what.cause);
    assert!(
        causes.clone().all(|cause| cause == SyncCause::TriedAgain),
        "{:?}",
        causes.collect::<Vec<_>>()
    );
}
