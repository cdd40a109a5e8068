//! What the member does in the window of their own player.

use super::{Server, Story, commands, notices};

use crate::app::effect::Effect;
use crate::app::output::{Notice, Why};
use crate::app::playback::tests::user_acts;
use crate::app::video::LineContent;
use crate::app::view::playback_view;
use crate::protocol::command::{Command, Mark, SeekTarget};
use crate::protocol::denied::{Action, Denied};
use crate::protocol::ids::Epoch;
use crate::protocol::member::Role;
use crate::protocol::time::{Position, Rate, RoomTime};
use crate::sync::follow::UserAction;
use crate::wire::message::{Reason, ServerMsg};

const POSITION: Position = Position::seconds(83);
/// The media that is on in the room.
const EPOCH: Epoch = Epoch(7);
const AT: RoomTime = RoomTime(1_000_500_000);

fn acts() -> [(UserAction, Command, Action); 4] {
    let (position, at) = (POSITION, Some(AT));
    let mark = Some(Mark {
        epoch: EPOCH,
        position,
        at: AT,
    });
    let target = SeekTarget::To(position);
    let rate = Rate::from_factor(1.5).unwrap();
    [
        (
            UserAction::Pause { position, at },
            Command::Pause { mark },
            Action::Pause,
        ),
        (
            UserAction::Resume { position, at },
            Command::Resume { mark },
            Action::Resume,
        ),
        (
            UserAction::Seek { position, at },
            Command::Seek { target, mark },
            Action::Seek,
        ),
        (
            UserAction::Speed(rate),
            Command::SetRate { rate },
            Action::SetRate,
        ),
    ]
}

/// The notice that was last shown over the picture.
fn over_picture(story: &Story) -> Option<Notice> {
    match story.app.scene().lines.pop()?.content {
        LineContent::Notice(notice) => Some(notice),
        other => panic!("{other:?}"),
    }
}

fn act(story: &mut Story, act: UserAction) -> Vec<Effect> {
    let app = &mut story.app;
    let view = playback_view(&app.session, &app.connection, app.now.local);
    let outputs = user_acts(&mut app.playback, act, &view);
    for output in outputs {
        app.carry_out_playback(output);
    }
    std::mem::take(&mut story.app.effects)
}

#[test]
fn an_admins_action_goes_to_the_room_with_its_mark() {
    let mut server = Server::with(Role::Admin);
    server.room.timeline.epoch = EPOCH;
    let mut story = Story::joined(&server);
    for (seq, (done, command, _)) in (1..).zip(acts()) {
        let effects = act(&mut story, done);
        assert_eq!(commands(&effects), [(seq, command)]);
        assert_eq!(notices(&effects), []);
        assert_eq!(story.ok(seq, 9), [], "no line is answered");
    }
}

#[test]
fn an_action_before_the_clocks_were_compared_has_no_mark() {
    let mut story = Story::joined(&Server::with(Role::Admin));
    let (position, at) = (POSITION, None);
    let effects = act(&mut story, UserAction::Pause { position, at });
    assert_eq!(commands(&effects), [(1, Command::Pause { mark: None })]);
}

#[test]
fn anybody_elses_action_is_undone_and_answered_here_and_over_the_picture() {
    for role in [Role::Viewer, Role::Moderator] {
        let mut story = Story::joined(&Server::with(role));
        for (done, _, action) in acts() {
            let effects = act(&mut story, done);
            let needs = Role::Admin;
            let denied = Denied::NotAllowed { action, needs };
            let notice = Notice::ActionUndone(Why::Denied(denied));
            assert_eq!(commands(&effects), []);
            assert_eq!(over_picture(&story), Some(notice.clone()));
            assert_eq!(notices(&effects), [notice]);
        }
    }
}

#[test]
fn an_acting_admin_acts_as_an_admin() {
    let mut server = Server::new();
    server.happen(crate::protocol::event::RoomEvent::RoleChanged {
        member: super::ME,
        role: Role::Viewer,
        acting: true,
    });
    server.room.timeline.epoch = EPOCH;
    let mut story = Story::joined(&server);
    let [(done, command, _), ..] = acts();
    assert_eq!(commands(&act(&mut story, done)), [(1, command)]);
}

#[test]
fn an_action_without_a_connection_moves_nobody_and_gets_a_notice() {
    let mut story = Story::joined(&Server::with(Role::Admin));
    story.lose();
    for (done, _, _) in acts() {
        let effects = act(&mut story, done);
        assert_eq!(commands(&effects), []);
        assert_eq!(notices(&effects), [Notice::NotConnected]);
        assert_eq!(over_picture(&story), Some(Notice::NotConnected));
    }
}

#[test]
fn an_action_that_the_room_denies_is_undone() {
    let mut story = Story::joined(&Server::with(Role::Admin));
    let [_, _, (done, ..), _] = acts();
    act(&mut story, done);
    let effects = story.denied(1, &Denied::TooLate);
    assert_eq!(
        notices(&effects),
        [Notice::ActionUndone(Why::Denied(Denied::TooLate))]
    );

    act(&mut story, done);
    let reason = Reason {
        code: "moon_phase".into(),
        args: serde_json::Value::Null,
        text: "not tonight".into(),
    };
    let seq = crate::protocol::ids::Seq(2);
    let effects = story.receive(ServerMsg::Denied {
        seq,
        reason: reason.clone(),
    });
    assert_eq!(
        notices(&effects),
        [Notice::ActionUndone(Why::Unknown(reason))]
    );
}

#[test]
fn an_action_that_changes_nothing_in_the_room_gets_no_notice() {
    let mut story = Story::joined(&Server::with(Role::Admin));
    for (seq, (done, ..)) in (1..).zip(acts()) {
        act(&mut story, done);
        let effects = story.denied(seq, &Denied::NothingChanges);
        assert_eq!(notices(&effects), []);
        assert_eq!(over_picture(&story), None);
    }
}

#[test]
fn a_pause_that_comes_too_late_for_its_mark_pauses_all_the_same() {
    let mut story = Story::joined(&Server::with(Role::Admin));
    let [(pause, ..), (resume, ..), ..] = acts();
    for (seq, done, again) in [
        (1, pause, Command::Pause { mark: None }),
        (3, resume, Command::Resume { mark: None }),
    ] {
        act(&mut story, done);
        let effects = story.denied(seq, &Denied::TooLate);
        assert_eq!(commands(&effects), [(seq + 1, again)]);
        assert_eq!(notices(&effects), []);
        assert_eq!(story.ok(seq + 1, 9), []);
    }
}

#[test]
fn a_refusal_is_not_reported_over_and_over() {
    let mut story = Story::joined(&Server::with(Role::Viewer));
    let [(done, ..), ..] = acts();
    assert_eq!(notices(&act(&mut story, done)).len(), 1);
    for _ in 0..100 {
        assert_eq!(act(&mut story, done), []);
    }
}
