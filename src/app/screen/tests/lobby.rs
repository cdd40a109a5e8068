//! Key scripts about media that waits for its start, and media that is over.

use super::{Keys, evening, sent, with_screen};
use crate::app::key::{Key, KeyPress};
use crate::app::keys::own::KeyMap;
use crate::app::screen::{Focus, ToastContent};
use crate::app::tests::Story;
use crate::protocol::command::Command;
use crate::protocol::denied::{Action, Denied};
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::{Epoch, Seq};
use crate::protocol::lobby::StartRule;
use crate::protocol::member::Role;
use crate::protocol::playback::{Retime, Segment};
use crate::protocol::time::{Position, Span};
use crate::strings::screen::{Stage, keys_at};
use crate::texts::language::Language;
use crate::wire::message::{Reason, ServerMsg};

/// The screen of a member of a room whose media waits for an admin's word.
fn in_lobby(role: Role) -> Keys {
    let mut server = evening(role);
    server.happen(RoomEvent::Retimed {
        segment: Segment {
            paused: true,
            ..Segment::default()
        },
        retime: Retime::Paused,
        in_player: false,
        countdown: false,
    });
    server.happen(RoomEvent::StartSet {
        start: Some(StartRule::Told),
        missed: false,
    });
    Keys {
        story: Story::joined_with(with_screen(), &server),
    }
}

/// One rule for everybody and everywhere: before the film, Space says that one is ready.
#[test]
fn space_in_the_lobby_is_ready_for_whoever_presses_it() {
    for role in [Role::Viewer, Role::Moderator, Role::Admin] {
        let mut keys = in_lobby(role);
        keys.write(" ");
        let effects = keys.story.pass(Span::millis(400));
        assert_eq!(sent(&effects), [Command::SetReady { ready: true }]);
        let mut keys = in_lobby(role);
        keys.focus(Focus::Members);
        let effects = keys.write(" ");
        assert_eq!(sent(&effects), [Command::SetReady { ready: true }]);
    }
}

/// The room makes of it the start, with its countdown.
#[test]
fn an_admin_starts_what_waits_by_the_key_that_plays() {
    let mut keys = in_lobby(Role::Admin);
    let effects = keys.press(KeyPress::ctrl('p'));
    assert_eq!(sent(&effects), [Command::Resume { mark: None }]);
}

#[test]
fn the_keys_at_the_foot_are_those_of_the_lobby_and_of_the_end() {
    let shown = |role, stage| keys_at(Language::English, Focus::Line, role, None, stage);
    assert!(shown(Role::Admin, Stage::Lobby).contains("Space ready  Ctrl-P start"));
    assert!(shown(Role::Viewer, Stage::Lobby).contains("Space ready"));
    assert!(!shown(Role::Viewer, Stage::Lobby).contains("Ctrl-P"));
    assert!(shown(Role::Admin, Stage::Over).contains("Ctrl-P play again"));
    let queue = keys_at(
        Language::English,
        Focus::Queue,
        Role::Admin,
        None,
        Stage::Over,
    );
    assert!(queue.ends_with("a add  Space play again"), "{queue}");
}

#[test]
fn what_is_over_is_played_again_by_the_key_that_plays() {
    let mut server = evening(Role::Admin);
    server.happen(RoomEvent::Finished {
        epoch: Epoch(1),
        position: Position::seconds(5_720),
    });
    let mut keys = Keys {
        story: Story::joined_with(with_screen(), &server),
    };
    let effects = keys.press(KeyPress::ctrl('p'));
    assert_eq!(sent(&effects), [Command::Resume { mark: None }]);
}

/// There is nothing to mend in it: the next words must not be written behind it.
#[test]
fn a_command_that_is_not_for_ones_role_does_not_come_back() {
    let mut keys = Keys::in_room(Role::Viewer);
    keys.write("/pause");
    keys.key(Key::Enter);
    let denied = Denied::NotAllowed {
        action: Action::Pause,
        needs: Role::Admin,
    };
    let reason = Reason::new(&denied, "no".into());
    let seq = Seq(1);
    keys.story.receive(ServerMsg::Denied { seq, reason });
    assert_eq!(keys.line(), "");
    let Some(toast @ ToastContent::Why(_)) = keys.toast() else {
        panic!("nothing is said");
    };
    let said = |language| crate::strings::dialogs::toast(language, toast, &KeyMap::default());
    let english = "Only an admin can pause. To ask them: /ask pause.";
    assert_eq!(said(Language::English), english);
    assert!(said(Language::Russian).ends_with("Попросить: /просить пауза."));
}

#[test]
fn a_command_without_an_answer_is_shown_as_on_its_way_after_a_second() {
    let mut keys = Keys::in_room(Role::Admin);
    keys.press(KeyPress::ctrl('p'));
    keys.story.pass(Span::millis(999));
    assert!(!keys.story.app.awaits_answer());
    keys.story.pass(Span::millis(1));
    assert!(keys.story.app.awaits_answer());
    let (seq, rev) = (Seq(1), crate::protocol::ids::Rev(99));
    keys.story.receive(ServerMsg::Ok { seq, rev });
    assert!(!keys.story.app.awaits_answer());
}
