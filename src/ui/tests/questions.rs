//! Pictures of what the member is asked: in writing, and with yes or no.

use super::gallery::gallery;
use super::{Scene, Server, member, picture, with_screen};
use crate::app::config::{AppConfig, ScreenConfig};
use crate::app::event::Event;
use crate::app::key::{Key, KeyPress};
use crate::app::tests::playing::{PRIVATE, load, ready};
use crate::app::tests::{Story, config};
use crate::protocol::denied::Refused;
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::MemberId;
use crate::protocol::member::Role;
use crate::sync::player::PlayerEvent;
use crate::texts::language::Language;
use crate::wire::message::{Reason, ServerMsg};

/// The same app in a usual terminal and in a narrow one, in which the texts are wrapped.
fn wide_and_narrow(story: &Story) -> String {
    let [wide, narrow] = [(80, 14), (48, 14)].map(|(columns, rows)| {
        let app = &story.app;
        picture(app, columns, rows)
    });
    format!("{wide}\n{narrow}")
}

#[test]
fn the_name_is_asked_for() {
    assert_pictures!("the_name_is_asked_for", |language| {
        let screen = ScreenConfig {
            ask_name: true,
            ..ScreenConfig::default()
        };
        let (mut story, _) = Story::start(AppConfig {
            screen: Some(screen),
            language,
            ..config()
        });
        let asked = wide_and_narrow(&story);
        story.on(Event::Key(KeyPress::plain(Key::Char('!'))));
        story.on(Event::Key(KeyPress::plain(Key::Enter)));
        let refused = wide_and_narrow(&story);
        format!("{asked}\n{refused}")
    });
}

/// A client whose server refuses it with this reason.
fn refused(language: Language, why: &Refused) -> Story {
    let mut story = Story::connecting(AppConfig {
        language,
        ..with_screen()
    });
    story.hello();
    story.receive(ServerMsg::Refused(Reason::new(why, "no".into())));
    story
}

#[test]
fn the_password_is_asked_for() {
    assert_pictures!("the_password_is_asked_for", |language| {
        let reasons = [
            Refused::PasswordNeeded,
            Refused::PasswordWrong,
            Refused::PasswordMissing,
        ];
        let pictures = reasons.map(|why| {
            let mut story = refused(language, &why);
            for letter in "sesame".chars() {
                story.on(Event::Key(KeyPress::plain(Key::Char(letter))));
            }
            wide_and_narrow(&story)
        });
        pictures.join("\n")
    });
}

#[test]
fn a_new_room_and_another_server_are_asked_for() {
    assert_pictures!("a_new_room_and_another_server_are_asked_for", |language| {
        let pictures = [('n', "#"), ('o', "?")].map(|(letter, wrong)| {
            let mut scene = gallery(Some(Ok(Vec::new()))).in_language(language);
            scene.story.on(Event::Key(KeyPress::ctrl(letter)));
            let asked = wide_and_narrow(&scene.story);
            scene.write(wrong);
            scene.key(Key::Enter);
            let refused = wide_and_narrow(&scene.story);
            format!("{asked}\n{refused}")
        });
        pictures.join("\n")
    });
}

/// A room on the computer of the member, with two others.
fn hosted(language: Language) -> Scene {
    let mut server = Server::with(Role::Admin);
    server.happen(RoomEvent::Presence {
        joined: vec![member(MemberId(3), "Vera", Role::Viewer)],
        left: Vec::new(),
        count: 3,
        large: None,
    });
    let config = with_screen();
    let hosts = Some(config.server.clone());
    let story = Story::joined_with(
        AppConfig {
            hosts,
            language,
            ..config
        },
        &server,
    );
    Scene { story, server }
}

#[test]
fn it_is_asked_before_leaving() {
    assert_pictures!("it_is_asked_before_leaving", |language| {
        let mut leaves = Scene::quiet().in_language(language);
        leaves.story.on(Event::Key(KeyPress::ctrl('c')));
        let mut ends = hosted(language);
        ends.story.on(Event::Key(KeyPress::ctrl('c')));
        let mut freezes = hosted(language);
        freezes.story.on(Event::Key(KeyPress::ctrl('z')));
        [&leaves, &ends, &freezes]
            .map(|scene| wide_and_narrow(&scene.story))
            .join("\n")
    });
}

#[test]
fn it_is_asked_before_a_room_is_created_again() {
    assert_pictures!("it_is_asked_before_a_room_is_created_again", |language| {
        wide_and_narrow(&refused(language, &Refused::NoSuchRoom))
    });
}

#[test]
fn it_is_asked_whether_local_links_are_trusted() {
    assert_pictures!("it_is_asked_whether_local_links_are_trusted", |language| {
        let mut server = Server::new();
        load(&mut server, PRIVATE);
        let config = AppConfig {
            language,
            ..with_screen()
        };
        let mut story = Story::joined_with(config, &server);
        story.on(Event::Player(PlayerEvent::Process(ready())));
        wide_and_narrow(&story)
    });
}
