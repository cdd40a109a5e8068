//! Pictures of the lists of commands and of everything, of what explains a command, and of a line
//! of several rows.

use super::Scene;
use crate::app::key::Key;
use crate::protocol::member::Role;

#[test]
fn a_slash_lists_the_commands_over_the_line() {
    assert_pictures!("a_slash_lists_the_commands_over_the_line", |language| {
        let mut scene = Scene::ordinary(Role::Viewer).in_language(language);
        scene.write("/");
        let all = scene.picture(80, 20);
        scene.write("p");
        scene.key(Key::Down);
        let narrowed = scene.picture(120, 24);
        scene.write("zz");
        let nothing = scene.picture(60, 12);
        format!("{all}\n{narrowed}\n{nothing}")
    });
}

/// What is too long for its column is cut, and shown in full when it is chosen.
#[test]
fn a_long_command_is_shown_in_full_when_it_is_chosen() {
    assert_pictures!(
        "a_long_command_is_shown_in_full_when_it_is_chosen",
        |language| {
            let mut scene = Scene::ordinary(Role::Admin).in_language(language);
            scene.write("/react");
            let narrow = scene.picture(60, 16);
            let usual = scene.picture(80, 24);
            scene.write("zz");
            scene.key(Key::Esc);
            scene.key(Key::F(5));
            scene.write("repo");
            let huge = scene.picture(200, 16);
            format!("{narrow}\n{usual}\n{huge}")
        }
    );
}

#[test]
fn everything_is_listed_from_anywhere() {
    assert_pictures!("everything_is_listed_from_anywhere", |language| {
        let mut scene = Scene::ordinary(Role::Admin).in_language(language);
        scene.key(Key::F(5));
        let all = scene.picture(80, 24);
        scene.write("e");
        let narrowed = scene.picture(120, 24);
        format!("{all}\n{narrowed}")
    });
}

#[test]
fn a_command_is_explained_and_the_help_is_searched() {
    assert_pictures!(
        "a_command_is_explained_and_the_help_is_searched",
        |language| {
            let mut scene = Scene::ordinary(Role::Viewer).in_language(language);
            scene.write("/help seek");
            scene.key(Key::Enter);
            let command = scene.picture(80, 24);
            scene.key(Key::Esc);
            scene.key(Key::F(1));
            scene.write("mpv");
            let searched = scene.picture(80, 14);
            scene.key(Key::Esc);
            let whole = scene.picture(120, 24);
            format!("{command}\n{searched}\n{whole}")
        }
    );
}

#[test]
fn a_long_line_grows_to_three_rows() {
    assert_pictures!("a_long_line_grows_to_three_rows", |language| {
        let mut scene = Scene::ordinary(Role::Viewer).in_language(language);
        let words = "映画の夜 she should have stayed in the cellar, ";
        scene.write(&words.repeat(3));
        let narrow = scene.picture(80, 24);
        scene.write(&words.repeat(3));
        let most = scene.picture(80, 24);
        let wide = scene.picture(120, 24);
        format!("{narrow}\n{most}\n{wide}")
    });
}
