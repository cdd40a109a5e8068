//! The screen by itself: inputs go in with a view, and wants come out. No app is around it.

use crate::app::asking::Asking;
use crate::app::command::{ClientCommand, ParsedLine, Show};
use crate::app::config::{Reach, ScreenConfig};
use crate::app::effect::Exit;
use crate::app::key::{Key, KeyPress};
use crate::app::output::Why;
use crate::app::own_reactions::OwnReactions;
use crate::app::screen::{ClientView, Screen, ScreenInput, Want, wants_without_screen};
use crate::app::wall_time::WallTime;
use crate::protocol::denied::Refused;
use crate::protocol::ids::RoomId;
use crate::protocol::member::Visibility;
use crate::protocol::text::MemberName;
use crate::protocol::time::LocalTime;
use crate::texts::language::Language;

const SERVER: &str = "http://watch.example.org";

/// What the inputs lead to, one after the other, outside of any room.
fn wants(config: ScreenConfig, inputs: Vec<ScreenInput<'_>>) -> Vec<Want> {
    let room_id = RoomId::parse("movie-night").unwrap();
    let name = MemberName::parse("Boris").unwrap();
    let view = ClientView {
        lines_taken: 0,
        wall: WallTime::default(),
        now: LocalTime(0),
        language: Language::English,
        room: None,
        me: None,
        room_now: None,
        position: None,
        is_joined: false,
        is_resting: false,
        is_host: false,
        server: SERVER,
        room_id: &room_id,
        name: &name,
        public_url: None,
        reach: &Reach::Remote,
        asking: &Asking::default(),
        chapters: &[],
        tracks: &[],
        reactions: &OwnReactions::default(),
    };
    let mut screen = Screen::new(config, SERVER);
    let inputs = inputs.into_iter();
    inputs
        .flat_map(|input| screen.update(input, &view))
        .collect()
}

fn enter() -> ScreenInput<'static> {
    ScreenInput::Key(KeyPress::plain(Key::Enter))
}

#[test]
fn a_name_is_asked_for_and_then_the_client_goes_to_the_room() {
    let config = ScreenConfig {
        ask_name: true,
        ..ScreenConfig::default()
    };
    let name = MemberName::parse("Boris").unwrap();
    let expected = vec![Want::Rest, Want::UseName(name), Want::Start];
    assert_eq!(wants(config, vec![ScreenInput::Begin, enter()]), expected);
}

#[test]
fn a_line_of_input_is_answered_after_what_it_asks_for() {
    let inputs = vec![ScreenInput::Show {
        line: 7,
        show: Show::Copy,
    }];
    let copied = Want::Copy(format!("{SERVER}/r/movie-night"));
    assert_eq!(
        wants(ScreenConfig::default(), inputs),
        [copied, Want::Done(7)]
    );
}

#[test]
fn the_gallery_asks_for_its_rooms_once_until_they_come() {
    let config = ScreenConfig {
        gallery_first: true,
        ..ScreenConfig::default()
    };
    let inputs = vec![
        ScreenInput::Begin,
        ScreenInput::EventHandled,
        ScreenInput::EventHandled,
    ];
    let server = SERVER.to_owned();
    assert_eq!(
        wants(config, inputs),
        [Want::Rest, Want::AskRooms { server }]
    );
}

#[test]
fn a_room_that_is_gone_is_made_again_only_if_the_member_wants_it() {
    let visibility = Visibility::Unlisted;
    let absent = || ScreenInput::RoomAbsent { visibility };
    let escape = ScreenInput::Key(KeyPress::plain(Key::Esc));
    let config = ScreenConfig::default;
    assert_eq!(
        wants(config(), vec![absent(), enter()]),
        [Want::Rest, Want::Start]
    );
    assert_eq!(
        wants(config(), vec![absent(), escape]),
        [Want::Rest, Want::stay_without_room()]
    );
}

#[test]
fn without_a_screen_nothing_is_asked() {
    let why = Why::Refused(Refused::PasswordNeeded);
    let exit = Exit::Refused;
    let refused = ScreenInput::EntryRefused {
        why: why.clone(),
        exit,
    };
    assert_eq!(wants_without_screen(refused), [Want::GiveUp { why, exit }]);
    assert_eq!(wants_without_screen(ScreenInput::Begin), [Want::Start]);
    assert_eq!(wants_without_screen(enter()), []);
    let quit = ScreenInput::Quit { line: 3 };
    assert_eq!(wants_without_screen(quit), [Want::Quit(3)]);
}

#[test]
fn what_is_typed_is_submitted_as_it_was_parsed() {
    let mut inputs: Vec<_> = "/retry"
        .chars()
        .map(|letter| ScreenInput::Key(KeyPress::plain(Key::Char(letter))))
        .collect();
    inputs.push(enter());
    let submitted = Want::SubmitTyped {
        text: "/retry".to_owned(),
        parsed: Ok(ParsedLine::Client(ClientCommand::Retry)),
    };
    assert_eq!(wants(ScreenConfig::default(), inputs), [submitted]);
}
