//! Pictures of what stands in place of the panes, or over them.

use super::{Scene, Server, member, picture, with_screen};
use crate::app::command::Slash;
use crate::app::config::{AppConfig, ScreenConfig};
use crate::app::key::Key;
use crate::app::keys::{self, editing::EDIT_BINDINGS};
use crate::app::tests::{Story, config};
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::MemberId;
use crate::protocol::member::Role;
use crate::strings::keys as words;
use crate::texts::language::Language;

#[test]
fn connecting() {
    assert_pictures!("connecting", |language| {
        let story = Story::connecting(AppConfig {
            language,
            ..with_screen()
        });
        picture(&story.app, 80, 14)
    });
}

#[test]
fn waiting_for_media() {
    assert_pictures!("waiting_for_media", |language| {
        Scene::quiet().in_language(language).picture(80, 24)
    });
}

#[test]
fn nobody_is_invited_where_nobody_can_come() {
    let texts = crate::strings::screen::waiting(Language::English, None, true).join(" ");
    assert!(texts.contains("Only this computer"), "{texts}");
    assert!(!texts.contains("watchtogether join"), "{texts}");
}

#[test]
fn notices_questions_and_menus() {
    assert_pictures!("notices_questions_and_menus", |language| {
        let mut scene = Scene::ordinary(Role::Viewer).in_language(language);
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
        format!("{denied}\n{leave}\n{menu}")
    });
}

#[test]
fn the_members_page_shows_the_same_rows_however_far_it_is_scrolled() {
    let mut server = Server::with(Role::Viewer);
    let joined = (3..30).map(|id| member(MemberId(id), &format!("Guest {id}"), Role::Viewer));
    server.happen(RoomEvent::Presence {
        joined: joined.collect(),
        left: Vec::new(),
        count: 29,
        large: None,
    });
    let mut scene = Scene::of(server);
    scene.key(Key::F(4));
    let body = |picture: String| -> Vec<String> {
        let rows: Vec<String> = picture.lines().map(str::to_owned).collect();
        let heading = rows
            .iter()
            .position(|row| row.contains("offset"))
            .unwrap_or(0);
        rows[heading..].to_vec()
    };
    let whole = body(scene.picture(80, 60));
    let ends = whole.iter().rposition(|row| row.contains("#29")).unwrap();
    assert_eq!(ends, 29, "{whole:?}");
    let first = scene.picture(80, 14);
    let top = first.lines().position(|row| row == whole[0]).unwrap();
    // Further down there is nothing more to see.
    for down in 0..25 {
        let shown = scene.picture(80, 14);
        let rows: Vec<&str> = shown.lines().skip(top).take(5).collect();
        assert_eq!(rows, &whole[down..down + 5], "{down} down: {shown}");
        scene.key(Key::Down);
    }
}

#[test]
fn a_long_notice_stands_over_the_foot_of_the_panes() {
    assert_pictures!(
        "a_long_notice_stands_over_the_foot_of_the_panes",
        |language| {
            let mut scene = Scene::ordinary(Role::Viewer).in_language(language);
            scene.write("/seek somewhere else in the middle");
            scene.key(Key::Enter);
            scene.picture(70, 14)
        }
    );
}

#[test]
fn prompts() {
    assert_pictures!("prompts", |language| {
        let screen = ScreenConfig {
            ask_name: true,
            ..ScreenConfig::default()
        };
        let (story, _) = Story::start(AppConfig {
            screen: Some(screen),
            language,
            ..config()
        });
        picture(&story.app, 80, 14)
    });
}

/// The help and the tables that handle keys and commands, and that of the signs, name the same
/// things: a line of the help for each row, and no line besides.
#[test]
fn the_help_holds_every_key_and_command_and_nothing_else() {
    let mut scene = Scene::ordinary(Role::Viewer);
    scene.key(Key::F(1));
    let whole = scene.picture(80, 200);
    let shown = whole.lines().filter(|line| line.starts_with("   "));
    let shown: Vec<&str> = shown.map(str::trim_start).collect();
    let mut expected = Vec::new();
    for row in keys::BINDINGS {
        expected.push((
            words::keys(Language::English, row.keys),
            words::row(Language::English, row),
        ));
    }
    for row in EDIT_BINDINGS {
        expected.push((
            words::keys(Language::English, row.keys),
            words::edit_op(Language::English, row.op).to_owned(),
        ));
    }
    for slash in Slash::ALL {
        expected.push((slash.usage().to_owned(), slash.help().to_owned()));
    }
    for (sign, about) in words::MEANT {
        expected.push((sign.to_owned(), about.to_owned()));
    }
    for (begin, about) in &expected {
        let line = |line: &&&str| line.starts_with(begin) && line.contains(about);
        assert!(shown.iter().any(|l| line(&l)), "{begin}: {about}");
    }
    assert_eq!(shown.len(), expected.len(), "{whole}");
}

/// However narrow the terminal, no word of the help is cut.
#[test]
fn the_help_is_whole_at_any_width() {
    let mut scene = Scene::ordinary(Role::Viewer);
    scene.key(Key::F(1));
    for columns in [40, 48, 60, 80, 120] {
        let whole = scene.picture(columns, 400);
        let body: Vec<&str> = whole.lines().skip(1).collect();
        assert!(!body.join("\n").contains('…'), "{columns}: {whole}");
    }
}

#[test]
fn health_and_why() {
    assert_pictures!("health_and_why", |language| {
        let mut scene = Scene::ordinary(Role::Viewer).in_language(language);
        scene.key(Key::F(4));
        scene.picture(80, 18)
    });
}
