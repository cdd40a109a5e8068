//! Pictures of what stands in place of the panes, or over them.

use super::{Scene, picture, with_screen};
use crate::app::config::AppConfig;
use crate::app::key::Key;
use crate::app::screen::ScreenConfig;
use crate::app::tests::{Story, config};
use crate::protocol::member::Role;

#[test]
fn connecting() {
    let story = Story::connecting(with_screen());
    insta::assert_snapshot!(picture(&story.app, 80, 14));
}

#[test]
fn waiting_for_a_video() {
    insta::assert_snapshot!(Scene::quiet().picture(80, 24));
}

#[test]
fn nobody_is_invited_where_nobody_can_come() {
    let texts = crate::strings::screen::waiting(None, true).join(" ");
    assert!(texts.contains("only on this computer"), "{texts}");
    assert!(!texts.contains("watchtogether join"), "{texts}");
}

#[test]
fn notices_questions_and_menus() {
    let mut scene = Scene::ordinary(Role::Viewer);
    scene.write(" ");
    let denied = scene.picture(80, 12);
    scene.key(Key::Esc);
    scene.write("q");
    let leave = scene.picture(80, 14);
    scene.key(Key::Esc);
    scene.key(Key::Tab);
    scene.key(Key::Tab);
    scene.key(Key::Enter);
    let menu = scene.picture(80, 16);
    insta::assert_snapshot!(format!("{denied}\n{leave}\n{menu}"));
}

#[test]
fn a_long_notice_stands_over_the_foot_of_the_panes() {
    let mut scene = Scene::ordinary(Role::Viewer);
    scene.write("/seek somewhere else in the middle");
    scene.key(Key::Enter);
    insta::assert_snapshot!(scene.picture(70, 14));
}

#[test]
fn prompts() {
    let screen = ScreenConfig {
        ask_name: true,
        ..ScreenConfig::default()
    };
    let (story, _) = Story::start(AppConfig {
        screen: Some(screen),
        ..config()
    });
    insta::assert_snapshot!(picture(&story.app, 80, 14));
}

#[test]
fn the_help_holds_every_key_and_command() {
    let mut scene = Scene::ordinary(Role::Viewer);
    scene.key(Key::F(1));
    let whole = scene.picture(80, 140);
    for row in crate::app::keys::BINDINGS {
        let words = crate::strings::keys::row(row);
        assert!(whole.contains(&words), "{words}");
    }
    for slash in crate::app::command::Slash::ALL {
        assert!(whole.contains(slash.usage()), "{}", slash.usage());
    }
    insta::assert_snapshot!(scene.picture(80, 24));
}

#[test]
fn health_and_why() {
    let mut scene = Scene::ordinary(Role::Viewer);
    scene.key(Key::F(4));
    insta::assert_snapshot!(scene.picture(80, 18));
}
