//! What a few people do in an evening.

use super::Evening;
use crate::app::effect::{Effect, Exit};
use crate::app::output::{Notice, Output, PlayerView, Why};
use crate::protocol::denied::{Action, Denied};
use crate::protocol::member::Role;
use crate::protocol::time::Span;

const PLAY_MEDIA: &str = "/play https://example.org/film.mp4";

/// Alice, who is admin, and Boris, both watching media for three seconds.
fn watching() -> (Evening, usize, usize) {
    let mut evening = Evening::new();
    let alice = evening.sit_down("Alice");
    let boris = evening.sit_down("Boris");
    evening.pass(Span::seconds(1));
    evening.types(alice, PLAY_MEDIA);
    evening.pass(Span::seconds(3));
    (evening, alice, boris)
}

impl Evening {
    fn was_emitted(&self, seat: usize, outputs: &Output) -> bool {
        self.seats[seat].outputs.contains(outputs)
    }

    /// How far the players of two seats are apart.
    fn apart(&mut self, one: usize, other: usize) -> Span {
        let now = self.local();
        let first = self.seats[one].instant_player.run(now);
        (self.seats[other].instant_player.run(now) - first).abs()
    }

    fn views(&self) -> Vec<PlayerView> {
        let view = |seat: &super::Seat| seat.story.app.player_view();
        self.seats.iter().map(view).collect()
    }
}

#[test]
fn both_see_the_media_in_step() {
    let (mut evening, alice, boris) = watching();
    assert_eq!(evening.views(), [PlayerView::Playing, PlayerView::Playing]);
    assert!(evening.apart(alice, boris) < Span::millis(20));
    let rev = evening.hosted.room.state.rev;
    let answered = evening.seats[alice].outputs.iter();
    let ok = answered.filter(|outputs| matches!(outputs, Output::Ok { line: 1, .. }));
    assert_eq!(ok.count(), 1);
    let title = evening.seats[boris].story.app.room().unwrap();
    assert_eq!(title.rev, rev);
    let playing = title.timeline.playing.as_ref().unwrap();
    assert_eq!(playing.duration, Some(Span::seconds(600)));
}

#[test]
fn a_pause_typed_by_the_admin_pauses_both_at_one_frame() {
    let (mut evening, alice, boris) = watching();
    evening.types(alice, "/pause");
    evening.pass(Span::seconds(1));
    assert_eq!(evening.views(), [PlayerView::Paused, PlayerView::Paused]);
    assert!(evening.apart(alice, boris) < Span::millis(20));
    evening.types(alice, "/resume");
    evening.pass(Span::seconds(1));
    assert_eq!(evening.views(), [PlayerView::Playing, PlayerView::Playing]);
}

#[test]
fn a_pause_in_the_admins_window_pauses_both_and_leaves_hers_alone() {
    let (mut evening, alice, boris) = watching();
    evening.presses_pause(alice);
    evening.pass(Span::seconds(1));
    assert!(evening.hosted.room.state.timeline.segment.paused);
    assert!(evening.seats[boris].instant_player.paused);
    assert!(evening.apart(alice, boris) < Span::millis(50));
}

#[test]
fn a_viewers_pause_is_undone_and_answered() {
    let (mut evening, alice, boris) = watching();
    evening.presses_pause(boris);
    evening.pass(Span::seconds(2));
    assert!(!evening.hosted.room.state.timeline.segment.paused);
    assert!(!evening.seats[boris].instant_player.paused);
    assert!(!evening.seats[alice].instant_player.paused);
    let (action, needs) = (Action::Pause, Role::Admin);
    let why = Why::Denied(Denied::NotAllowed { action, needs });
    let undone = Notice::ActionUndone(why);
    assert!(evening.was_emitted(boris, &Output::Notice(undone)));
    assert!(evening.apart(alice, boris) < Span::millis(600));
}

#[test]
fn a_viewers_command_is_denied_and_moves_nobody() {
    let (mut evening, _, boris) = watching();
    evening.types(boris, "/seek 300");
    let (action, needs) = (Action::Seek, Role::Admin);
    let why = Why::Denied(Denied::NotAllowed { action, needs });
    assert!(evening.was_emitted(boris, &Output::Denied { line: 1, why }));
    evening.pass(Span::seconds(1));
    assert!(evening.seats[boris].instant_player.position.as_seconds() < 10.0);
}

#[test]
fn a_jump_and_its_undo_take_everyone_along() {
    let (mut evening, alice, boris) = watching();
    evening.types(alice, "/seek 5:00");
    evening.pass(Span::seconds(2));
    let place = evening.seats[boris].instant_player.position.as_seconds();
    assert!((300.0..304.0).contains(&place), "{place}");
    evening.types(alice, "/undo");
    evening.pass(Span::seconds(2));
    let place = evening.seats[boris].instant_player.position.as_seconds();
    assert!(place < 20.0, "{place}");
    assert!(evening.apart(alice, boris) < Span::millis(50));
}

#[test]
fn whoever_comes_late_starts_in_step_and_nobody_else_moves() {
    let (mut evening, alice, boris) = watching();
    let vera = evening.sit_down("Vera");
    evening.pass(Span::seconds(4));
    assert!(evening.apart(alice, vera) < Span::millis(50));
    assert!(evening.apart(alice, boris) < Span::millis(20));
    assert!(evening.was_emitted(boris, &Output::Viewers(3)));
}

#[test]
fn a_viewers_proposal_is_approved_and_follows() {
    let (mut evening, alice, boris) = watching();
    evening.types(boris, "/add https://example.org/next.webm");
    evening.types(alice, "/approve");
    evening.types(alice, "/skip");
    evening.pass(Span::seconds(2));
    let room = evening.seats[boris].story.app.room().unwrap();
    let playing = room.timeline.playing.as_ref().unwrap();
    assert!(playing.media.url().ends_with("next.webm"));
    assert_eq!(room.queue.entries(), []);
    assert!(evening.apart(alice, boris) < Span::millis(20));
}

#[test]
fn when_the_admin_leaves_the_other_follows_and_can_pause() {
    let (mut evening, alice, boris) = watching();
    evening.types(alice, "/quit");
    assert_eq!(evening.seats[alice].exit, Some(Exit::Left));
    let me = evening.seats[boris].story.app.me().unwrap();
    assert_eq!(me.power(), Role::Admin);
    evening.presses_pause(boris);
    evening.pass(Span::seconds(1));
    assert!(evening.hosted.room.state.timeline.segment.paused);
}

#[test]
fn without_a_connection_the_media_goes_on_and_a_pause_is_undone() {
    let (mut evening, alice, _) = watching();
    let effects = evening.seats[alice].story.lose();
    let outputs = super::super::outputs(&effects);
    evening.seats[alice].outputs.extend(outputs);
    evening.seats[alice].member = None;
    evening.presses_pause(alice);
    let local = evening.local() + Span::millis(300);
    evening.pass_for(alice, local);
    assert!(!evening.seats[alice].instant_player.paused);
    assert!(evening.was_emitted(alice, &Output::Notice(Notice::NotConnected)));
    assert!(!evening.hosted.room.state.timeline.segment.paused);
    let effects = evening.seats[alice].story.line("/pause");
    let why = Why::NotConnected { pausing: true };
    let line = 2;
    assert!(effects.contains(&Effect::Output(Output::Denied { line, why })));
}
