//! Scenarios about made-up viewers: reports of players that have only just joined decide nothing.

use super::story::{Story, seek_to};
use crate::protocol::failure::FailureCode;
use crate::protocol::time::Position;
use crate::room::reports::PlayerProcess;

/// Alice, who only chats, is admin; the media has an unknown length, and five viewers join: all
/// from one address, or each from their own.
fn five_fakes(from_one_address: bool) -> Story {
    let mut story = Story::new()
        .joins_to_chat("Alice")
        .plays("Alice", "a")
        .after(30.0);
    for (name, own) in FAKES.into_iter().zip(1..) {
        story = story.joins_from(name, if from_one_address { 9 } else { own });
    }
    story
}

const FAKES: [&str; 5] = ["Fay", "Finn", "Flo", "Fred", "Fritz"];

#[test]
fn fakes_name_neither_the_title_nor_a_length_nor_bound_a_seek() {
    for from_one_address in [true, false] {
        let mut story = five_fakes(from_one_address);
        for name in FAKES {
            story = story.reports_facts(name, Some(62), Some("Nonsense"));
        }
        story
            .lasts(None)
            .sees(|story| {
                let playing = story.state().timeline.playing.as_ref().unwrap();
                assert_eq!(playing.title, None);
            })
            .does("Alice", &seek_to(1_800))
            .after(1.0)
            .sees(|story| {
                let position = story.state().timeline.position(story.world.now);
                assert!(position.as_seconds() >= 1_800.0, "{position}");
            })
            .end();
    }
}

#[test]
fn a_length_that_viewers_reported_when_it_counted_bounds_no_admin_either() {
    let report = |story: Story| {
        let reporting = |story: Story, name| story.reports_facts(name, Some(100), None);
        FAKES.into_iter().fold(story, reporting)
    };
    let story = report(report(five_fakes(false)).after(60.0));
    story
        .lasts(Some(100))
        .does("Alice", &seek_to(1_800))
        .sees(|story| {
            let anchor = story.state().timeline.segment.anchor;
            assert_eq!(anchor, Position::seconds(1_800));
        })
        .end();
}

#[test]
fn a_claim_to_stand_ahead_moves_nothing() {
    let claim = |story: Story, name| story.set_ahead(name, 50.0).led_to(&[]);
    for from_one_address in [true, false] {
        let story = five_fakes(from_one_address);
        FAKES.into_iter().fold(story, claim).end();
    }
    // Those of one address change nothing later either.
    let story = five_fakes(true);
    let story = FAKES
        .into_iter()
        .fold(story, |story, name| story.opens(name));
    let claim = |story: Story, name| story.set_ahead(name, 120.0).led_to(&[]);
    FAKES.into_iter().fold(story.after(70.0), claim).end();
    // An admin whose player does not play it does not give viewers control.
    let out: [fn(Story) -> Story; 3] = [
        |story| story.fails("Alice", FailureCode::Gone),
        |story| story.players_process("Alice", PlayerProcess::Closed),
        |story| story.ends_at("Alice", 12.0),
    ];
    for is_out in out {
        let story = Story::new().joins("Alice").plays("Alice", "a");
        let story = story.learns("Alice", 600).after(12.1);
        is_out(story.joins_from("Fay", 9).opens("Fay"))
            .set_ahead("Fay", 40.0)
            .led_to(&[])
            .position_is(12.0)
            .end();
    }
}
