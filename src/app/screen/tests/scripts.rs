//! A script for every binding of the key map: a state, the key, a state. Each script names its
//! binding, and the scripts and the map are compared, so that neither has what the other
//! lacks.

use super::gallery::{in_gallery, joins};
use super::{Keys, evening, orders, sent};
use crate::app::effect::Effect;
use crate::app::key::{Key, KeyPress};
use crate::app::keys::KeyContext::{
    self, Chat, Everywhere, Gallery, Line, List, Members, OffLine, Queue,
};
use crate::app::keys::{BINDINGS, of};
use crate::app::output::Why;
use crate::app::preferences::Layout;
use crate::app::screen::gallery::RoomOrder;
use crate::app::screen::{Focus, Overlay, Prompt, Question, ToastContent};
use crate::app::tests::ALICE;
use crate::protocol::command::{Command, SeekTarget};
use crate::protocol::ids::EntryId;
use crate::protocol::member::Role;
use crate::protocol::text::Emoji;
use crate::protocol::time::{Rate, Span};
use crate::sync::player::PlayerCommand;
use crate::wire::message::{ClientMsg, HealthState};

/// What is so before the key.
pub(super) type Given = fn() -> Keys;
/// What is so after it.
type Then = fn(&mut Keys, &[Effect]);
/// A binding by where it acts and its key, and what is so before and after.
type Script = (KeyContext, KeyPress, Given, Then);

/// An admin in a room with media and a queue, on the line.
pub(super) fn writing() -> Keys {
    Keys::in_room(Role::Admin)
}

/// The same with half a line.
fn half_written() -> Keys {
    let mut keys = writing();
    keys.write("half a line");
    keys
}

/// The same after a line was sent.
fn has_sent() -> Keys {
    let mut keys = half_written();
    keys.key(Key::Enter);
    keys
}

fn at(focus: Focus) -> Keys {
    let mut keys = writing();
    keys.focus(focus);
    keys
}

pub(super) fn at_members() -> Keys {
    at(Focus::Members)
}

/// The focus on the queue; chosen is the proposal #2, below the approved #1.
pub(super) fn at_proposal() -> Keys {
    at(Focus::Queue)
}

fn at_approved() -> Keys {
    let mut keys = at_proposal();
    keys.key(Key::Up);
    keys
}

/// The focus on a chat of two lines, the earlier one chosen.
pub(super) fn at_chat() -> Keys {
    let mut keys = writing();
    let mut server = evening(Role::Admin);
    let facts = vec![
        server.chat("look https://example.org/a"),
        server.chat("look"),
    ];
    keys.story.facts(facts);
    keys.focus(Focus::Chat);
    keys.key(Key::Up);
    keys.key(Key::Up);
    keys
}

/// At the newest line of that chat.
fn at_newest() -> Keys {
    let mut keys = at_chat();
    keys.key(Key::Down);
    keys
}

fn paged_up() -> Keys {
    let mut keys = at_chat();
    keys.key(Key::PageUp);
    keys
}

/// The gallery with the second of its rooms chosen.
fn at_second_room() -> Keys {
    let mut keys = in_gallery();
    keys.key(Key::Down);
    keys
}

fn asks(effects: &[Effect], command: &Command) {
    assert_eq!(sent(effects), std::slice::from_ref(command));
}

fn orders_one(effects: &[Effect], order: &PlayerCommand) {
    assert_eq!(orders(effects), std::slice::from_ref(order));
}

fn reacts(effects: &[Effect], number: usize) {
    let emoji = Emoji::parse(Emoji::FIVE[number - 1]).unwrap();
    asks(effects, &Command::React { emoji });
}

fn jumps(effects: &[Effect], seconds: i64) {
    let target = SeekTarget::By(Span::seconds(seconds));
    asks(effects, &Command::Seek { target, mark: None });
}

fn rates(effects: &[Effect], factor: f64) {
    let rate = Rate::from_factor(factor).unwrap();
    asks(effects, &Command::SetRate { rate });
}

fn pauses(effects: &[Effect]) {
    asks(effects, &Command::Pause { mark: None });
}

fn lies_over(keys: &Keys, overlay: &Overlay) {
    assert_eq!(keys.screen().overlay(), Some(overlay));
}

fn copies(effects: &[Effect], text: &str) {
    assert!(
        effects.contains(&Effect::Copy(text.to_owned())),
        "{effects:?}"
    );
}

fn chosen_line(keys: &Keys) -> u64 {
    keys.screen().log().chosen().expect("a line is chosen").id
}

fn chosen_room(keys: &Keys) -> &str {
    let room = keys.screen().gallery().chosen();
    room.expect("a room is chosen").id.as_str()
}

const INVITE: &str = "http://watch.example.org/r/movie-night";

const fn plain(key: Key) -> KeyPress {
    KeyPress::plain(key)
}

const fn letter(letter: char) -> KeyPress {
    KeyPress::plain(Key::Char(letter))
}

#[rustfmt::skip] // A script is a line, as far as it fits.
const EVERYWHERE: &[Script] = &[
    (Everywhere, plain(Key::F(1)), writing, |keys, _| lies_over(keys, &Overlay::Help(0))),
    (Everywhere, plain(Key::F(2)), writing, |keys, _| lies_over(keys, &Overlay::Gallery)),
    (Everywhere, plain(Key::F(3)), writing, |keys, _| assert_eq!(keys.screen().focus(), Focus::Queue)),
    (Everywhere, plain(Key::F(4)), writing, |keys, _| lies_over(keys, &Overlay::Health(0))),
    (Everywhere, plain(Key::F(5)), half_written, |keys, _| {
        assert!(matches!(keys.screen().overlay(), Some(Overlay::Finder(_))));
        assert_eq!(keys.line(), "half a line");
    }),
    (Everywhere, KeyPress::alt('1'), half_written, |_, effects| reacts(effects, 1)),
    (Everywhere, KeyPress::alt('2'), half_written, |_, effects| reacts(effects, 2)),
    (Everywhere, KeyPress::alt('3'), half_written, |_, effects| reacts(effects, 3)),
    (Everywhere, KeyPress::alt('4'), half_written, |_, effects| reacts(effects, 4)),
    (Everywhere, KeyPress::alt('5'), half_written, |_, effects| reacts(effects, 5)),
    (Everywhere, KeyPress::ctrl('p'), half_written, |_, effects| pauses(effects)),
    (Everywhere, KeyPress::alt('i'), writing, |_, effects| copies(effects, INVITE)),
    (Everywhere, plain(Key::PageUp), at_chat, |keys, _| assert!(keys.screen().log().new_lines().is_some())),
    (Everywhere, plain(Key::PageDown), paged_up, |keys, _| assert!(keys.screen().log().new_lines().is_none())),
    (Everywhere, KeyPress::ctrl('l'), writing, |_, effects| assert!(effects.contains(&Effect::Redraw))),
    (Everywhere, KeyPress::ctrl('z'), writing, |_, effects| assert!(effects.contains(&Effect::Suspend))),
    (Everywhere, KeyPress::ctrl('c'), half_written, |keys, _| assert_eq!(keys.line(), "")),
    (Everywhere, plain(Key::BackTab), writing, |keys, _| assert_eq!(keys.screen().focus(), Focus::Members)),
    (Everywhere, plain(Key::Esc), writing, |keys, _| assert_eq!(keys.screen().focus(), Focus::Chat)),
];

#[rustfmt::skip] // A script is a line, as far as it fits.
const LINE: &[Script] = &[
    (Line, plain(Key::Enter), half_written, |keys, effects| {
        assert!(matches!(sent(effects)[..], [Command::Chat { .. }]));
        assert_eq!(keys.line(), "");
    }),
    (Line, plain(Key::Up), has_sent, |keys, _| assert_eq!(keys.line(), "half a line")),
    (Line, plain(Key::Down), || { let mut keys = has_sent(); keys.key(Key::Up); keys },
        |keys, _| assert_eq!(keys.line(), "")),
    (Line, plain(Key::Tab), || { let mut keys = writing(); keys.write("@al"); keys },
        |keys, _| assert_eq!(keys.line(), "@Alice ")),
    (Line, letter(' '), writing, |keys, _| { pauses(&keys.story.pass(Span::millis(400))); assert_eq!(keys.line(), ""); }),
];

/// The list of the commands that begin with `pau`, of which `/pause` is the only one.
fn at_pause() -> Keys {
    let mut keys = writing();
    keys.write("/pau");
    keys
}

/// The list of all commands.
fn at_commands() -> Keys {
    let mut keys = writing();
    keys.write("/");
    keys
}

/// The same with the fourth of them chosen.
fn at_fourth() -> Keys {
    let mut keys = at_commands();
    for _ in 0..3 {
        keys.key(Key::Down);
    }
    keys
}

fn chosen_place(keys: &Keys) -> usize {
    keys.screen().command_list().expect("the list is open")
}

#[rustfmt::skip] // A script is a line, as far as it fits.
const LIST: &[Script] = &[
    (List, plain(Key::Up), at_fourth, |keys, _| assert_eq!(chosen_place(keys), 2)),
    (List, plain(Key::Down), at_fourth, |keys, _| assert_eq!(chosen_place(keys), 4)),
    (List, plain(Key::PageUp), at_fourth, |keys, _| assert_eq!(chosen_place(keys), 0)),
    (List, plain(Key::PageDown), at_fourth, |keys, _| assert_eq!(chosen_place(keys), 11)),
    (List, plain(Key::Tab), at_pause, |keys, effects| {
        assert_eq!((keys.line(), sent(effects).len()), ("/pause", 0));
    }),
    (List, plain(Key::Enter), at_pause, |keys, effects| {
        pauses(effects);
        assert_eq!((keys.line(), keys.screen().command_list()), ("", None));
    }),
    (List, plain(Key::Esc), at_pause, |keys, _| {
        assert_eq!((keys.line(), keys.screen().command_list()), ("/pau", None));
    }),
];

#[rustfmt::skip] // A script is a line, as far as it fits.
const OFF_LINE: &[Script] = &[
    (OffLine, plain(Key::Tab), at_members, |keys, _| assert_eq!(keys.screen().focus(), Focus::Line)),
    (OffLine, letter('i'), at_members, |keys, _| assert_eq!(keys.screen().focus(), Focus::Line)),
    (OffLine, letter('/'), at_members, |keys, _| assert_eq!((keys.screen().focus(), keys.line()), (Focus::Line, "/"))),
    (OffLine, letter('.'), at_members, |keys, _| assert_eq!((keys.screen().focus(), keys.line()), (Focus::Line, "/"))),
    (OffLine, letter(' '), at_members, |_, effects| pauses(effects)),
    (OffLine, plain(Key::Left), at_members, |_, effects| jumps(effects, -5)),
    (OffLine, plain(Key::Right), at_members, |_, effects| jumps(effects, 5)),
    (OffLine, letter('H'), at_members, |_, effects| jumps(effects, -60)),
    (OffLine, letter('L'), at_members, |_, effects| jumps(effects, 60)),
    (OffLine, letter('u'), at_members, |_, effects| asks(effects, &Command::Undo)),
    (OffLine, letter('>'), at_members, |_, effects| asks(effects, &Command::Skip)),
    (OffLine, letter('['), at_members, |_, effects| rates(effects, 0.9)),
    (OffLine, letter(']'), at_members, |_, effects| rates(effects, 1.1)),
    (OffLine, letter('1'), at_members, |_, effects| reacts(effects, 1)),
    (OffLine, letter('2'), at_members, |_, effects| reacts(effects, 2)),
    (OffLine, letter('3'), at_members, |_, effects| reacts(effects, 3)),
    (OffLine, letter('4'), at_members, |_, effects| reacts(effects, 4)),
    (OffLine, letter('5'), at_members, |_, effects| reacts(effects, 5)),
    (OffLine, letter('a'), at_members, |keys, _| assert_eq!(keys.line(), "/add ")),
    (OffLine, letter('9'), at_members, |_, effects| orders_one(effects, &PlayerCommand::AdjustVolume(-5))),
    (OffLine, letter('0'), at_members, |_, effects| orders_one(effects, &PlayerCommand::AdjustVolume(5))),
    (OffLine, letter('m'), at_members, |_, effects| orders_one(effects, &PlayerCommand::ToggleMute)),
    (OffLine, letter('v'), at_members, |_, effects| orders_one(effects, &PlayerCommand::CycleSubtitles)),
    (OffLine, letter('s'), at_members, |keys, _| {
        assert_eq!(keys.toast(), Some(&ToastContent::Why(Why::NoSubtitlesOffered)));
    }),
    (OffLine, letter('#'), at_members, |_, effects| orders_one(effects, &PlayerCommand::CycleAudio)),
    (OffLine, letter('f'), at_members, |_, effects| orders_one(effects, &PlayerCommand::ToggleFullscreen)),
    (OffLine, letter('r'), at_members, |_, effects| orders_one(effects, &PlayerCommand::Restart)),
    (OffLine, letter('b'), at_members, |keys, effects| {
        let reported = effects.iter().any(|effect| matches!(effect, Effect::Send(ClientMsg::Health(health))
            if health.state == HealthState::Away));
        assert!(reported, "{effects:?}");
        assert_eq!(keys.toast(), Some(&ToastContent::Away(true)));
    }),
    (OffLine, letter('w'), at_members, |keys, _| lies_over(keys, &Overlay::Health(0))),
    (OffLine, letter('y'), at_members, |_, effects| copies(effects, INVITE)),
    (OffLine, letter('?'), at_members, |keys, _| lies_over(keys, &Overlay::Help(0))),
    (OffLine, letter('q'), at_members, |keys, _| lies_over(keys, &Overlay::Question(Question::Leave(None)))),
];

fn chosen_entry(keys: &Keys) -> u64 {
    keys.chosen_entry().expect("an entry").id.0
}

fn moves(effects: &[Effect], place: u32) {
    let entry = EntryId(1);
    asks(effects, &Command::Move { entry, place });
}

#[rustfmt::skip] // A script is a line, as far as it fits.
const QUEUE: &[Script] = &[
    (Queue, plain(Key::Up), at_proposal, |keys, _| assert_eq!(chosen_entry(keys), 1)),
    (Queue, letter('k'), at_proposal, |keys, _| assert_eq!(chosen_entry(keys), 1)),
    (Queue, plain(Key::Down), at_approved, |keys, _| assert_eq!(chosen_entry(keys), 2)),
    (Queue, letter('j'), at_approved, |keys, _| assert_eq!(chosen_entry(keys), 2)),
    (Queue, plain(Key::Enter), at_proposal, |_, effects| {
        asks(effects, &Command::Approve { entry: Some(EntryId(2)) });
    }),
    (Queue, letter('x'), at_proposal, |_, effects| {
        asks(effects, &Command::Reject { entry: Some(EntryId(2)) });
    }),
    (Queue, letter('J'), at_approved, |_, effects| moves(effects, 2)),
    (Queue, letter('K'), at_approved, |_, effects| moves(effects, 1)),
];

fn chosen_member(keys: &Keys) -> &str {
    let member = keys.chosen_member();
    member.expect("a member").name.as_str()
}

/// The focus on the members, the second of them chosen.
fn at_second_member() -> Keys {
    let mut keys = at_members();
    keys.key(Key::Down);
    keys
}

#[rustfmt::skip] // A script is a line, as far as it fits.
const MEMBERS: &[Script] = &[
    (Members, plain(Key::Up), at_second_member, |keys, _| assert_eq!(chosen_member(keys), "Alice")),
    (Members, letter('k'), at_second_member, |keys, _| assert_eq!(chosen_member(keys), "Alice")),
    (Members, plain(Key::Down), at_members, |keys, _| assert_eq!(chosen_member(keys), "Boris")),
    (Members, letter('j'), at_members, |keys, _| assert_eq!(chosen_member(keys), "Boris")),
    (Members, plain(Key::Enter), at_members, |keys, _| lies_over(keys, &Overlay::Menu(ALICE, 0))),
];

#[rustfmt::skip] // A script is a line, as far as it fits.
const CHAT: &[Script] = &[
    (Chat, plain(Key::Up), at_newest, |keys, _| assert_eq!(chosen_line(keys), chosen_line(&at_chat()))),
    (Chat, letter('k'), at_newest, |keys, _| assert_eq!(chosen_line(keys), chosen_line(&at_chat()))),
    (Chat, plain(Key::Down), at_chat, |keys, _| assert_eq!(chosen_line(keys), chosen_line(&at_newest()))),
    (Chat, letter('j'), at_chat, |keys, _| assert_eq!(chosen_line(keys), chosen_line(&at_newest()))),
    (Chat, letter('c'), at_chat, |_, effects| copies(effects, "look https://example.org/a")),
    (Chat, letter('x'), at_chat, |keys, _| {
        assert!(matches!(keys.screen().overlay(), Some(Overlay::Question(Question::Erase(_)))));
    }),
    (Chat, letter('o'), at_chat, |_, effects| {
        assert!(effects.contains(&Effect::OpenLink("https://example.org/a".to_owned())));
    }),
];

#[rustfmt::skip] // A script is a line, as far as it fits.
const GALLERY: &[Script] = &[
    (Gallery, plain(Key::Up), at_second_room, |keys, _| assert_eq!(chosen_room(keys), "nosferatu")),
    (Gallery, plain(Key::Down), in_gallery, |keys, _| assert_eq!(chosen_room(keys), "shorts")),
    (Gallery, plain(Key::PageDown), in_gallery, |keys, _| assert_eq!(chosen_room(keys), "lofi")),
    (Gallery, plain(Key::PageUp), at_second_room, |keys, _| assert_eq!(chosen_room(keys), "nosferatu")),
    (Gallery, plain(Key::End), in_gallery, |keys, _| assert_eq!(chosen_room(keys), "lofi")),
    (Gallery, plain(Key::Home), at_second_room, |keys, _| assert_eq!(chosen_room(keys), "nosferatu")),
    (Gallery, plain(Key::Enter), at_second_room, |_, effects| {
        assert_eq!(joins(effects), Some(("http://watch.example.org", "shorts")));
    }),
    (Gallery, plain(Key::Tab), in_gallery, |keys, _| assert_eq!(keys.screen().gallery().order(), RoomOrder::Name)),
    (Gallery, KeyPress::ctrl('n'), in_gallery, |keys, _| {
        assert!(matches!(keys.screen().overlay(), Some(Overlay::Prompt(Prompt::NewRoom, _))));
    }),
    (Gallery, KeyPress::alt('i'), in_gallery, |_, effects| {
        copies(effects, "http://watch.example.org/r/nosferatu");
    }),
    (Gallery, KeyPress::ctrl('o'), in_gallery, |keys, _| {
        assert!(matches!(keys.screen().overlay(), Some(Overlay::Prompt(Prompt::Server, _))));
    }),
    (Gallery, plain(Key::Esc), || { let mut keys = in_gallery(); keys.write("lo"); keys }, |keys, _| {
        assert!(keys.screen().gallery().filter().is_empty());
        lies_over(keys, &Overlay::Gallery);
    }),
];

#[rustfmt::skip] // A script is a line, as far as it fits.
const LAYOUT: &[Script] = &[
    (Everywhere, plain(Key::F(6)), writing, |keys, _| assert!(layout(keys).is_cinema)),
    (Everywhere, KeyPress::alt('>'), writing, |keys, _| assert!(layout(keys).side_columns(80) < 31)),
    (Everywhere, KeyPress::alt('<'), writing, |keys, _| assert!(layout(keys).side_columns(80) > 31)),
];

fn layout(keys: &Keys) -> Layout {
    keys.screen().preferences().layout
}

const ALL: [&[Script]; 9] = [
    EVERYWHERE, LAYOUT, LINE, LIST, OFF_LINE, QUEUE, MEMBERS, CHAT, GALLERY,
];

#[test]
fn every_script_of_the_map_plays() {
    for (context, press, given, then) in ALL.into_iter().flatten() {
        let mut keys = given();
        let effects = keys.press(*press);
        // Which one it was, should what follows fail.
        println!("{context:?} {press:?}");
        then(&mut keys, &effects);
    }
}

/// Another binding has another script: the two lists name the same keys.
#[test]
fn every_binding_has_a_script_and_every_script_a_binding() {
    let named = |context: KeyContext, press: KeyPress| format!("{context:?} {press:?}");
    let bound = BINDINGS.iter().flat_map(|row| {
        let keys = row.keys.iter();
        keys.map(move |press| named(row.context, *press))
    });
    let scripted = ALL.into_iter().flatten();
    let scripted = scripted.map(|(context, press, ..)| named(*context, *press));
    let mut bound: Vec<String> = bound.collect();
    let mut scripted: Vec<String> = scripted.collect();
    bound.sort();
    scripted.sort();
    assert_eq!(bound, scripted);
}

#[test]
fn every_context_has_rows() {
    for context in KeyContext::ALL {
        assert!(of(context).next().is_some(), "{context:?}");
    }
}
