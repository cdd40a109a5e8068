//! Mouse scripts: a picture, a click on a text in it, a state. A click goes in as the terminal
//! gives it, by the cells of what was drawn.

use super::gallery::{card, gallery};
use super::{Scene, drawn_with_hits, picture};
use crate::app::effect::Effect;
use crate::app::event::Event;
use crate::app::key::Key;
use crate::app::pointer::PointerEvent;
use crate::app::screen::{Focus, Overlay, Question, Screen, ToastContent};
use crate::app::tests::{ALICE, commands};
use crate::protocol::command::{Command, PermissionRequest, SeekTarget};
use crate::protocol::ids::{EntryId, MemberId};
use crate::protocol::member::Role;
use crate::protocol::text::Emoji;
use crate::protocol::time::Position;
use crate::texts::language::Language;
use crate::ui::text::width;

/// The usual size of a terminal.
pub(super) const SIZE: (u16, u16) = (80, 24);

impl Scene {
    /// The column and row of a text in the picture.
    pub(super) fn cell_of(&self, text: &str, (columns, rows): (u16, u16)) -> (u16, u16) {
        let picture = picture(&self.story.app, columns, rows);
        let found = picture.lines().enumerate().find_map(|(row, line)| {
            let before = &line[..line.find(text)?];
            Some((width(before), row))
        });
        let (column, row) = found.unwrap_or_else(|| panic!("no {text:?} in\n{picture}"));
        (column.try_into().unwrap(), row.try_into().unwrap())
    }

    pub(super) fn click_cell(&mut self, column: u16, row: u16, size: (u16, u16)) -> Vec<Effect> {
        let (_, hits) = drawn_with_hits(&self.story.app, size.0, size.1);
        let Some((target, at)) = hits.click_at(column, row) else {
            return Vec::new();
        };
        let target = target.clone();
        self.story
            .on(Event::Pointer(PointerEvent::Click { target, at }))
    }

    /// Clicks on the first letter of a text; what that led to.
    fn click(&mut self, text: &str) -> Vec<Effect> {
        let (column, row) = self.cell_of(text, SIZE);
        self.click_cell(column, row, SIZE)
    }

    /// Turns the wheel by one notch over a text.
    fn wheel(&mut self, text: &str, down: bool) {
        let (column, row) = self.cell_of(text, SIZE);
        self.wheel_over(column, row, down);
    }

    fn wheel_over(&mut self, column: u16, row: u16, down: bool) {
        let (_, hits) = drawn_with_hits(&self.story.app, SIZE.0, SIZE.1);
        let target = hits.scroll_at(column, row).expect("it scrolls");
        self.story
            .on(Event::Pointer(PointerEvent::Scroll { target, down }));
    }

    pub(super) fn screen(&self) -> &Screen {
        self.story.app.screen().unwrap()
    }
}

pub(super) fn sent(effects: &[Effect]) -> Vec<Command> {
    commands(effects).into_iter().map(|(_, c)| c).collect()
}

#[test]
fn a_click_takes_the_focus_along() {
    let mut scene = Scene::ordinary(Role::Viewer);
    for (text, focus) in [
        ("welcome!", Focus::Chat),
        ("#1 ", Focus::Queue),
        (" › ", Focus::Line),
    ] {
        scene.click(text);
        assert_eq!(scene.screen().focus(), focus, "{text}");
    }
    let narrow = (50, 14);
    let (column, row) = scene.cell_of("Members", narrow);
    scene.click_cell(column, row, narrow);
    assert_eq!(scene.screen().focus(), Focus::Members, "a tab");
}

#[test]
fn the_progress_bar_seeks_for_an_admin_and_asks_for_a_viewer() {
    for size in [SIZE, (120, 40)] {
        let mut scene = Scene::ordinary(Role::Admin);
        let (column, row) = scene.cell_of("━", size);
        let start = Command::Seek {
            target: SeekTarget::To(Position::START),
            mark: None,
        };
        assert_eq!(sent(&scene.click_cell(column, row, size)), [start]);
        let at = scene.click_cell(column + 10, row, size);
        let [Command::Seek { target, .. }] = &sent(&at)[..] else {
            panic!("no jump: {at:?}");
        };
        let SeekTarget::To(target) = *target else {
            panic!("by a span: {target:?}");
        };
        assert!(target > Position::START, "{target:?}");
        assert!(scene.click_cell(column - 2, row, size).is_empty(), "beside");
    }
    let mut scene = Scene::ordinary(Role::Viewer);
    assert!(sent(&scene.click("━")).is_empty());
    let toast = scene.screen().toast().unwrap().content();
    assert!(matches!(toast, ToastContent::AskAgain(_)), "{toast:?}");
    let asked = sent(&scene.click("━"));
    let [Command::Ask { request }] = &asked[..] else {
        panic!("nothing is asked: {asked:?}");
    };
    let seek = Command::Seek {
        target: SeekTarget::To(Position::START),
        mark: None,
    };
    assert_eq!(Some(request.clone()), PermissionRequest::of(&seek));
}

#[test]
fn a_proposal_is_decided_by_its_words_in_each_language() {
    for (language, words) in [
        (Language::English, ["⏎ approve", "x reject"]),
        (Language::Russian, ["⏎ одобрить", "x отклонить"]),
    ] {
        for (word, expected) in words.into_iter().zip([
            Command::Approve {
                entry: Some(EntryId(2)),
            },
            Command::Reject {
                entry: Some(EntryId(2)),
            },
        ]) {
            let mut scene = Scene::ordinary(Role::Admin).in_language(language);
            let size = (120, 40);
            let (column, row) = scene.cell_of(word, size);
            let focus = scene.screen().focus();
            let effects = scene.click_cell(column, row, size);
            assert_eq!(sent(&effects), [expected], "{word}");
            assert_eq!(scene.screen().focus(), focus, "whoever types goes on");
        }
    }
}

#[test]
fn a_reaction_is_sent_by_a_click_on_it() {
    for number in 0..5 {
        let mut scene = Scene::ordinary(Role::Viewer);
        let emoji = Emoji::FIVE[number];
        let effects = scene.click(&format!("{} {emoji}", number + 1));
        let emoji = Emoji::parse(emoji).unwrap();
        assert_eq!(sent(&effects), [Command::React { emoji }]);
    }
    let mut scene = Scene::ordinary(Role::Viewer);
    assert!(scene.click("React").is_empty());
}

#[test]
fn a_member_opens_the_menu_whose_items_are_clicked() {
    let mut scene = Scene::ordinary(Role::Admin);
    let row = scene.cell_of("Members 5", SIZE).1 + 1;
    scene.click_cell(60, row, SIZE);
    let alice = Some(&Overlay::Menu(ALICE, 0));
    assert_eq!(scene.screen().overlay(), alice);
    scene.wheel("mention in chat", true);
    assert_eq!(scene.screen().overlay(), Some(&Overlay::Menu(ALICE, 1)));
    scene.click_cell(0, 0, SIZE);
    assert_eq!(
        scene.screen().overlay(),
        None,
        "a click beside it closes it"
    );

    scene.click_cell(60, row + 2, SIZE);
    assert!(matches!(
        scene.screen().overlay(),
        Some(Overlay::Menu(MemberId(3), 0))
    ));
    scene.click("remove from the room");
    let asked = Overlay::Question(Question::Kick(MemberId(3)));
    assert_eq!(scene.screen().overlay(), Some(&asked));
    assert!(
        scene.click("Remove").is_empty(),
        "the question is no answer"
    );
    scene.click("Esc or n");
    assert_eq!(scene.screen().overlay(), None);
    scene.click_cell(60, row + 2, SIZE);
    scene.click("remove from the room");
    let effects = scene.click("Enter or y");
    assert!(matches!(sent(&effects)[..], [Command::Kick { .. }]));
}

#[test]
fn nothing_under_a_dialog_is_clicked() {
    let mut scene = Scene::ordinary(Role::Admin);
    let (column, row) = scene.cell_of("━", SIZE);
    scene.key(Key::Esc);
    scene.write("q");
    assert!(scene.screen().overlay().is_some());
    assert!(scene.click_cell(column, row, SIZE).is_empty());
}

#[test]
fn the_wheel_scrolls_the_chat_and_a_click_on_what_is_new_goes_back() {
    let mut scene = Scene::ordinary(Role::Viewer);
    for number in 0..40 {
        scene.say(ALICE, "Alice", &format!("line {number}."));
    }
    scene.wheel("line 39.", false);
    let shown = scene.picture(SIZE.0, SIZE.1);
    assert!(shown.contains("line 36.") && !shown.contains("line 37."));
    scene.wheel("line 36.", true);
    assert!(scene.picture(SIZE.0, SIZE.1).contains("line 39."));
    scene.wheel("line 39.", false);
    scene.say(ALICE, "Alice", "the newest");
    scene.click("1 new");
    assert!(scene.picture(SIZE.0, SIZE.1).contains("the newest"));
    assert_eq!(scene.screen().focus(), Focus::Line, "one goes on typing");
}

#[test]
fn the_wheel_scrolls_a_list_and_leaves_focus_and_choice_alone() {
    let mut scene = Scene::ordinary(Role::Viewer);
    for number in 20..40 {
        let entry = crate::test_support::entry(number, super::EntryState::Approved);
        let queued = scene.server.happen(super::RoomEvent::Queued { entry });
        scene.story.facts(vec![queued]);
    }
    let chosen = |scene: &Scene| {
        let view = scene.story.app.view();
        scene.screen().chosen_entry(&view).map(|entry| entry.id)
    };
    let before = chosen(&scene);
    scene.wheel("#1 ", true);
    let shown = scene.picture(SIZE.0, SIZE.1);
    assert!(!shown.contains("#1 ") && !shown.contains("#21 "), "{shown}");
    assert!(shown.contains("#22 "), "{shown}");
    assert_eq!(chosen(&scene), before);
    assert_eq!(scene.screen().focus(), Focus::Line);
    let (column, row) = scene.cell_of("#22 ", SIZE);
    for _ in 0..20 {
        scene.wheel_over(column, row, true);
    }
    assert!(
        scene.picture(SIZE.0, SIZE.1).contains("│ #14 "),
        "at its end"
    );
    scene.wheel_over(column, row, false);
    let shown = scene.picture(SIZE.0, SIZE.1);
    assert!(!shown.contains("│ #14 "), "one notch back moves it at once");
    scene.key(Key::F(3));
    scene.key(Key::Up);
    let shown = scene.picture(SIZE.0, SIZE.1);
    assert!(
        shown.contains("▌#"),
        "a key leads back to what is chosen: {shown}"
    );
}

#[test]
fn a_room_of_the_gallery_is_chosen_by_the_first_click_and_joined_by_the_second() {
    let rooms = vec![card("lofi", None, 41, None), card("shorts", None, 5, None)];
    for name in ["lofi", "shorts"] {
        let mut scene = gallery(Some(Ok(rooms.clone())));
        assert!(scene.click(name).is_empty(), "chosen");
        let chosen = scene.screen().gallery().chosen().unwrap();
        assert_eq!(chosen.id.as_str(), name);
        let effects = scene.click(name);
        let joins = |effect: &Effect| matches!(effect, Effect::FindToken { room, .. } if room.as_str() == name);
        assert!(effects.iter().any(joins), "{effects:?}");
    }
    let mut scene = gallery(Some(Ok(rooms)));
    scene.wheel("lofi", true);
    let chosen = scene.screen().gallery().chosen().unwrap();
    assert_eq!(chosen.id.as_str(), "shorts");
}

#[test]
fn the_wheel_scrolls_a_page() {
    let mut scene = Scene::ordinary(Role::Viewer);
    scene.key(Key::F(1));
    let top = scene.picture(SIZE.0, SIZE.1);
    scene.wheel("F2", true);
    assert_eq!(scene.screen().overlay(), Some(&Overlay::Help(3)));
    scene.wheel("F4", false);
    assert_eq!(scene.picture(SIZE.0, SIZE.1), top);
}

#[test]
fn an_item_of_the_list_is_chosen_by_the_first_click_and_run_by_the_second() {
    let mut scene = Scene::ordinary(Role::Admin);
    scene.write("/pau");
    assert_eq!(
        sent(&scene.click("/pause ")),
        [Command::Pause { mark: None }]
    );
    assert_eq!(scene.screen().line().text(), "");

    scene.write("/");
    scene.click("/add LINK");
    assert_eq!(scene.screen().command_list(), Some(1));
    scene.wheel("/add LINK", true);
    assert_eq!(scene.screen().command_list(), Some(2));
    scene.wheel("/add LINK", false);
    scene.click("/add LINK");
    assert_eq!(scene.screen().line().text(), "/add ");
    assert_eq!(scene.screen().focus(), Focus::Line);

    scene.key(Key::F(5));
    scene.write("vera");
    scene.click("@Vera");
    assert!(matches!(scene.screen().overlay(), Some(Overlay::Menu(..))));
}

#[test]
fn a_counted_reaction_is_sent_by_a_click_on_it() {
    let mut scene = Scene::ordinary(Role::Viewer);
    let emoji = Emoji::parse("🎉").unwrap();
    let reaction = crate::protocol::ephemeral::Reaction {
        from: ALICE,
        name: crate::app::tests::name("Alice"),
        emoji: emoji.clone(),
    };
    let reactions = vec![reaction.clone(), reaction];
    let seen = crate::wire::message::ServerMsg::Reactions { reactions };
    scene.story.receive(seen);
    let effects = scene.click("🎉 ×2");
    assert_eq!(sent(&effects), [Command::React { emoji }]);
}
