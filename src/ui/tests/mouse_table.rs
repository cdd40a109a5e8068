//! A script for everything that the mouse reaches: a picture, a click or a notch of the wheel in it,
//! and what comes of it. Each script names its target, and the scripts and the targets are compared,
//! so that neither has what the other lacks.

use std::collections::BTreeSet;

use strum::VariantNames;

use super::gallery::{card, gallery};
use super::moderation::with_shared_address;
use super::mouse::{SIZE, sent};
use super::{Scene, drawn_with_hits};
use crate::app::effect::Effect;
use crate::app::event::Event;
use crate::app::key::Key;
use crate::app::list_item::ListItem;
use crate::app::pointer::{ClickTarget, PointerEvent, ScrollTarget};
use crate::app::screen::{BAN_SCOPES, Focus, Overlay, Question, ToastContent};
use crate::app::tests::{ALICE, name};
use crate::protocol::command::{Command, MemberRef};
use crate::protocol::ephemeral::Reaction;
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::EntryId;
use crate::protocol::member::{BanScope, Role};
use crate::protocol::playback::EntryState;
use crate::protocol::text::Emoji;
use crate::test_support::entry;
use crate::wire::message::ServerMsg;

/// What is so before the click.
type Given = fn() -> Scene;
/// A text in the picture, and how many columns to the right of its first letter it is clicked.
type At = (&'static str, u16);
/// What is so after it.
type Then = fn(&Scene, &[Effect]);
/// A click by the name of its target.
type Click = (&'static str, Given, (u16, u16), At, Then);
/// A notch of the wheel, down, by the name of its target.
type Notch = (&'static str, Given, At, Then);

/// A terminal whose panes are tabs.
const TABS: (u16, u16) = (50, 14);
/// A terminal in which both words of a proposal have their place.
const WIDE: (u16, u16) = (120, 40);

fn admin() -> Scene {
    Scene::ordinary(Role::Admin)
}

fn viewer() -> Scene {
    Scene::ordinary(Role::Viewer)
}

fn viewer_at_queue() -> Scene {
    let mut scene = viewer();
    scene.key(Key::F(3));
    scene
}

fn viewer_who_clicked_the_bar() -> Scene {
    let mut scene = viewer();
    let (column, row) = scene.cell_of("━", SIZE);
    scene.click_cell(column, row, SIZE);
    scene
}

fn with_much_chat() -> Scene {
    let mut scene = viewer();
    for number in 0..40 {
        scene.say(ALICE, "Alice", &format!("line {number}."));
    }
    scene
}

fn scrolled_back() -> Scene {
    let mut scene = with_much_chat();
    for _ in 0..3 {
        scene.key(Key::PageUp);
    }
    scene.say(ALICE, "Alice", "the newest");
    scene
}

fn with_long_queue() -> Scene {
    let mut scene = viewer();
    for number in 20..40 {
        let entry = entry(number, EntryState::Approved);
        let queued = scene.server.happen(RoomEvent::Queued { entry });
        scene.story.facts(vec![queued]);
    }
    scene
}

fn reacted() -> Scene {
    let mut scene = viewer();
    let reaction = Reaction {
        from: ALICE,
        name: name("Alice"),
        emoji: Emoji::parse("🎉").unwrap(),
    };
    let reactions = vec![reaction.clone(), reaction];
    scene.story.receive(ServerMsg::Reactions { reactions });
    scene
}

fn at_slash() -> Scene {
    let mut scene = admin();
    scene.write("/pau");
    scene
}

fn found(query: &str) -> Scene {
    let mut scene = admin();
    scene.key(Key::F(5));
    scene.write(query);
    scene
}

fn rooms() -> Scene {
    let rooms = vec![card("lofi", None, 41, None), card("shorts", None, 5, None)];
    gallery(Some(Ok(rooms)))
}

/// In a room, after the gallery was looked at.
fn room_found() -> Scene {
    let mut scene = admin();
    scene.key(Key::F(5));
    let rooms = vec![card("lofi", None, 41, None)];
    let server = scene.story.app.server().to_owned();
    let answer = Ok(rooms);
    scene.story.on(Event::Rooms { server, answer });
    scene.write("lofi");
    scene
}

fn room_chosen() -> Scene {
    let mut scene = rooms();
    let (column, row) = scene.cell_of("lofi", SIZE);
    scene.click_cell(column, row, SIZE);
    scene
}

fn at_menu() -> Scene {
    let mut scene = admin();
    scene.key(Key::F(5));
    scene.write("vera");
    scene.key(Key::Enter);
    scene
}

/// Asked whether Vera is to be sent out.
fn asked() -> Scene {
    let mut scene = at_menu();
    let (column, row) = scene.cell_of("remove from the room", SIZE);
    scene.click_cell(column, row, SIZE);
    scene
}

fn at_help() -> Scene {
    let mut scene = viewer();
    scene.key(Key::F(1));
    scene
}

fn focused(scene: &Scene, focus: Focus) {
    assert_eq!(scene.screen().focus(), focus);
}

fn asks(effects: &[Effect], command: &Command) {
    assert_eq!(sent(effects), std::slice::from_ref(command));
}

fn joins(effects: &[Effect]) {
    let joins = |effect: &Effect| matches!(effect, Effect::FindToken { room, .. } if room.as_str() == "lofi");
    assert!(effects.iter().any(joins), "{effects:?}");
}

fn bans(effects: &[Effect], scope: BanScope) {
    let who = MemberRef::Id(ALICE);
    asks(effects, &Command::Ban { who, scope });
}

fn reacts(effects: &[Effect], emoji: &str) {
    let emoji = Emoji::parse(emoji).unwrap();
    asks(effects, &Command::React { emoji });
}

#[rustfmt::skip] // A script is a line, as far as it fits.
const CLICKS: &[Click] = &[
    ("Pane Line", viewer_at_queue, SIZE, (" › ", 1), |scene, _| focused(scene, Focus::Line)),
    ("Pane Chat", viewer, SIZE, ("welcome!", 0), |scene, _| focused(scene, Focus::Chat)),
    ("Pane Queue", viewer, TABS, ("Queue", 0), |scene, _| focused(scene, Focus::Queue)),
    ("Pane Members", viewer, TABS, ("Members", 0), |scene, _| focused(scene, Focus::Members)),
    ("Progress", admin, SIZE, ("━", 3), |_, effects| {
        assert!(matches!(sent(effects)[..], [Command::Seek { .. }]), "{effects:?}");
    }),
    ("Progress", viewer, SIZE, ("━", 3), |scene, effects| {
        assert_eq!(sent(effects), []);
        let toast = scene.screen().toast().unwrap().content();
        assert!(matches!(toast, ToastContent::AskAgain(_)), "{toast:?}");
    }),
    ("Progress", viewer_who_clicked_the_bar, SIZE, ("━", 0), |_, effects| {
        assert!(matches!(sent(effects)[..], [Command::Ask { .. }]), "{effects:?}");
    }),
    ("NewLines", scrolled_back, SIZE, ("1 new", 0), |scene, _| {
        assert!(scene.picture(80, 24).contains("the newest"));
    }),
    ("Entry", viewer, SIZE, ("#1 ", 0), |scene, _| {
        focused(scene, Focus::Queue);
        let view = scene.story.app.view();
        let chosen = scene.screen().chosen_entry(&view);
        assert_eq!(chosen.map(|entry| entry.id), Some(EntryId(1)));
    }),
    ("Approve", admin, WIDE, ("⏎ approve", 0), |_, effects| {
        asks(effects, &Command::Approve { entry: Some(EntryId(2)) });
    }),
    ("Reject", admin, WIDE, ("x reject", 0), |_, effects| {
        asks(effects, &Command::Reject { entry: Some(EntryId(2)) });
    }),
    ("Member", admin, SIZE, ("👑  Alice", 4), |scene, _| {
        assert_eq!(scene.screen().overlay(), Some(&Overlay::Menu(ALICE, 0)));
    }),
    ("Member", viewer, SIZE, ("👑  Alice", 4), |scene, _| {
        assert_eq!(scene.screen().overlay(), Some(&Overlay::Menu(ALICE, 0)));
    }),
    ("React", viewer, SIZE, ("2 🔥", 0), |_, effects| reacts(effects, "🔥")),
    ("ReactWith", reacted, SIZE, ("🎉 ×2", 0), |_, effects| reacts(effects, "🎉")),
    ("ListItem Command", at_slash, SIZE, ("/pause ", 0), |scene, effects| {
        asks(effects, &Command::Pause { mark: None });
        assert_eq!(scene.screen().line().text(), "");
    }),
    ("ListItem Command", || found("pause"), SIZE, ("▌/pause", 1), |scene, effects| {
        asks(effects, &Command::Pause { mark: None });
        assert_eq!(scene.screen().overlay(), None);
    }),
    ("ListItem Entry", || found("#1"), SIZE, ("▌#1", 1), |scene, _| {
        let play = Overlay::Question(Question::PlayNow(EntryId(1)));
        assert_eq!(scene.screen().overlay(), Some(&play));
    }),
    ("ListItem Member", || found("vera"), SIZE, ("@Vera", 0), |scene, _| {
        assert!(matches!(scene.screen().overlay(), Some(Overlay::Menu(..))));
    }),
    ("ListItem Room", room_found, SIZE, ("▌lofi", 1), |_, effects| joins(effects)),
    ("Room", rooms, SIZE, ("shorts", 0), |scene, effects| {
        assert_eq!(effects, []);
        let chosen = scene.screen().gallery().chosen().unwrap();
        assert_eq!(chosen.id.as_str(), "shorts");
    }),
    ("Room", room_chosen, SIZE, ("lofi", 0), |_, effects| joins(effects)),
    ("Answer yes", asked, SIZE, ("Enter or y", 0), |scene, effects| {
        assert!(matches!(sent(effects)[..], [Command::Kick { .. }]), "{effects:?}");
        assert_eq!(scene.screen().overlay(), None);
    }),
    ("Answer no", asked, SIZE, ("Esc or n", 0), |scene, effects| {
        assert_eq!(scene.screen().overlay(), None);
        assert_eq!(sent(effects), []);
    }),
    ("MenuItem", at_menu, SIZE, ("mention in chat", 0), |scene, _| {
        assert_eq!(scene.screen().line().text(), "@Vera ");
    }),
    ("BanScope Member", with_shared_address, SIZE, ("only Alice", 0), |_, effects| {
        bans(effects, BanScope::Member);
    }),
    ("BanScope Address", with_shared_address, SIZE, ("everyone at", 0), |_, effects| {
        bans(effects, BanScope::Address);
    }),
    ("BesideDialog", with_shared_address, SIZE, ("React", 0), |scene, effects| {
        assert_eq!(scene.screen().overlay(), None);
        assert_eq!(sent(effects), []);
    }),
    ("BesideDialog", at_menu, SIZE, ("React", 0), |scene, _| {
        assert_eq!(scene.screen().overlay(), None);
    }),
];

#[rustfmt::skip] // A script is a line, as far as it fits.
const NOTCHES: &[Notch] = &[
    ("Chat", scrolled_back, ("line ", 0), |scene, _| {
        assert!(!scene.picture(80, 24).contains("the newest"), "three of many rows");
    }),
    ("List Queue", with_long_queue, ("#1 ", 0), |scene, _| {
        let shown = scene.picture(80, 24);
        assert!(!shown.contains("#1 ") && shown.contains("#22 "), "{shown}");
        focused(scene, Focus::Line);
    }),
    ("List Members", viewer, ("👑  Alice", 4), |scene, _| focused(scene, Focus::Line)),
    ("Rooms", rooms, ("lofi", 0), |scene, _| {
        let chosen = scene.screen().gallery().chosen().unwrap();
        assert_eq!(chosen.id.as_str(), "shorts");
    }),
    ("Page", at_help, ("F2", 0), |scene, _| {
        assert_eq!(scene.screen().overlay(), Some(&Overlay::Help(3)));
    }),
    ("Choices", at_menu, ("mention in chat", 0), |scene, _| {
        assert!(matches!(scene.screen().overlay(), Some(Overlay::Menu(_, 1))));
    }),
    ("Choices", with_shared_address, ("only Alice", 0), |scene, _| {
        assert!(matches!(scene.screen().overlay(), Some(Overlay::BanScope(_, 1))));
    }),
    ("Choices", || { let mut scene = admin(); scene.write("/"); scene }, ("/add", 0), |scene, _| {
        assert_eq!(scene.screen().command_list(), Some(1));
    }),
    ("Choices", || found("e"), ("▌", 1), |scene, _| {
        let Some(Overlay::Finder(finder)) = scene.screen().overlay() else {
            panic!("the list is gone");
        };
        assert_eq!(finder.chosen(), 1);
    }),
];

const fn focus_name(focus: Focus) -> &'static str {
    match focus {
        Focus::Line => "Line",
        Focus::Chat => "Chat",
        Focus::Queue => "Queue",
        Focus::Members => "Members",
    }
}

fn scope_name(scope: BanScope) -> String {
    format!("{scope:?}")
}

/// The name of a target, by which a script finds it: its kind, and of what kind what it holds is.
fn click_name(target: &ClickTarget) -> String {
    let kind: &'static str = target.into();
    let held = match target {
        ClickTarget::Pane(focus) => focus_name(*focus).to_owned(),
        ClickTarget::ListItem(item) => <&'static str>::from(item).to_owned(),
        ClickTarget::Answer(_, is_yes) => if *is_yes { "yes" } else { "no" }.to_owned(),
        ClickTarget::BanScope(scope) => scope_name(*scope),
        ClickTarget::Progress
        | ClickTarget::NewLines
        | ClickTarget::Entry(_)
        | ClickTarget::Approve(_)
        | ClickTarget::Reject(_)
        | ClickTarget::Member(_)
        | ClickTarget::React(_)
        | ClickTarget::ReactWith(_)
        | ClickTarget::Room(_)
        | ClickTarget::MenuItem(..)
        | ClickTarget::BesideDialog => return kind.to_owned(),
    };
    format!("{kind} {held}")
}

fn scroll_name(target: ScrollTarget) -> String {
    let kind: &'static str = target.into();
    match target {
        ScrollTarget::List { pane, .. } => format!("{kind} {}", focus_name(pane)),
        ScrollTarget::Chat | ScrollTarget::Rooms | ScrollTarget::Page | ScrollTarget::Choices => {
            kind.to_owned()
        }
    }
}

/// The names of all that can be clicked.
fn all_clicks() -> BTreeSet<String> {
    let held = |kind: &str| -> Vec<String> {
        match kind {
            "Pane" => Focus::ALL.map(|focus| focus_name(focus).to_owned()).into(),
            "ListItem" => ListItem::VARIANTS.iter().map(ToString::to_string).collect(),
            "Answer" => vec!["yes".to_owned(), "no".to_owned()],
            "BanScope" => BAN_SCOPES.map(scope_name).into(),
            _ => Vec::new(),
        }
    };
    let kinds = ClickTarget::VARIANTS.iter();
    let names = kinds.flat_map(|kind| match held(kind) {
        held if held.is_empty() => vec![(*kind).to_owned()],
        held => held.iter().map(|held| format!("{kind} {held}")).collect(),
    });
    names.collect()
}

/// The names of all that the wheel scrolls.
fn all_notches() -> BTreeSet<String> {
    let kinds = ScrollTarget::VARIANTS.iter();
    let names = kinds.flat_map(|kind| match *kind {
        "List" => [Focus::Queue, Focus::Members]
            .map(|pane| format!("{kind} {}", focus_name(pane)))
            .into(),
        kind => vec![kind.to_owned()],
    });
    names.collect()
}

#[test]
fn every_click_of_the_table_does_what_it_says() {
    for (expected, given, size, (text, right), then) in CLICKS {
        let mut scene = given();
        // Which one it was, should what follows fail.
        println!("{expected} at {text:?}");
        let (column, row) = scene.cell_of(text, *size);
        let (_, hits) = drawn_with_hits(&scene.story.app, size.0, size.1);
        let hit = hits.click_at(column + right, row).map(|(target, _)| target);
        assert_eq!(hit.map(click_name).as_deref(), Some(*expected), "{hit:?}");
        let effects = scene.click_cell(column + right, row, *size);
        then(&scene, &effects);
    }
}

#[test]
fn every_notch_of_the_table_does_what_it_says() {
    for (expected, given, (text, right), then) in NOTCHES {
        let mut scene = given();
        println!("{expected} at {text:?}");
        let (column, row) = scene.cell_of(text, SIZE);
        let (_, hits) = drawn_with_hits(&scene.story.app, SIZE.0, SIZE.1);
        let target = hits.scroll_at(column + right, row).expect("it scrolls");
        assert_eq!(scroll_name(target), *expected);
        let notch = PointerEvent::Scroll { target, down: true };
        let effects = scene.story.on(Event::Pointer(notch));
        then(&scene, &effects);
    }
}

/// Another target has another script: the table and the enums name the same.
#[test]
fn everything_that_the_mouse_reaches_has_a_script() {
    let scripted = CLICKS.iter().map(|(name, ..)| (*name).to_owned());
    assert_eq!(scripted.collect::<BTreeSet<String>>(), all_clicks());
    let scripted = NOTCHES.iter().map(|(name, ..)| (*name).to_owned());
    assert_eq!(scripted.collect::<BTreeSet<String>>(), all_notches());
}
