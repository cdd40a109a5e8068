//! Pictures of what stands in place of the panes, or over them.

use strum::IntoEnumIterator;

use super::{Scene, Server, member, picture, with_screen};
use crate::app::command::Slash;
use crate::app::config::{AppConfig, OnlyHere, ScreenConfig};
use crate::app::event::Event;
use crate::app::key::Key;
use crate::app::keys::{self, KeyAction, editing::EDIT_BINDINGS};
use crate::app::tests::{ME, Story, config};
use crate::app::way_in::WayIn;
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::{InviteId, MemberId, Rev, Seq};
use crate::protocol::member::{Role, Visibility};
use crate::protocol::secret::InviteToken;
use crate::protocol::time::Span;
use crate::strings::{help, keys as words, legend, video};
use crate::texts::language::Language;
use crate::wire::message::ServerMsg;

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

/// A room that this member has just created.
pub(super) fn created() -> Scene {
    let server = Server::with(Role::Admin);
    let mut story = Story::connecting(with_screen());
    story.hello();
    let mut welcome = server.whole();
    welcome.created = true;
    story.receive(ServerMsg::Welcome(Box::new(welcome)));
    Scene { story, server }
}

#[test]
fn waiting_for_media() {
    assert_pictures!("waiting_for_media", |language| {
        Scene::quiet().in_language(language).picture(80, 24)
    });
}

#[test]
fn nobody_is_invited_where_nobody_can_come() {
    for (why, offers_lan) in [
        (OnlyHere::NotAsked, true),
        (OnlyHere::NoNetwork, false),
        (OnlyHere::NotOurs, false),
    ] {
        let way_in = WayIn::OnlyHere(why);
        let texts = crate::strings::screen::waiting(Language::English, &way_in, true).join(" ");
        assert!(texts.contains("nly this computer"), "{texts}");
        assert!(!texts.contains("watchtogether join"), "{texts}");
        assert_eq!(texts.contains("--lan"), offers_lan, "{texts}");
    }
}

/// A guest of a private room needs more than its plain link.
#[test]
fn how_others_come_into_a_private_room() {
    assert_pictures!("how_others_come_into_a_private_room", |language| {
        let pictures = [Role::Admin, Role::Viewer].map(|role| {
            let mut server = Server::with(role);
            server.happen(RoomEvent::VisibilityChanged {
                visibility: Visibility::Private,
            });
            let scene = Scene::of(server).in_language(language);
            let plain = "watchtogether join";
            let [usual, narrow] = [(80, 16), (50, 16)].map(|(x, y)| scene.picture(x, y));
            assert!(!usual.contains(plain) && !narrow.contains(plain), "{usual}");
            format!("{usual}\n{narrow}")
        });
        pictures.join("\n")
    });
}

/// The chat may break the link over several rows, so its copying is named first; the notice has the
/// whole width for it.
#[test]
fn an_invite_link_of_ones_own() {
    assert_pictures!("an_invite_link_of_ones_own", |language| {
        let mut server = Server::with(Role::Admin);
        server.happen(RoomEvent::VisibilityChanged {
            visibility: Visibility::Private,
        });
        let mut scene = Scene::of(server).in_language(language);
        let asked = [
            ("/invite", Role::Viewer),
            ("/invite --moderator", Role::Moderator),
        ];
        let pictures = (1..).zip(asked).map(|(number, (line, role))| {
            scene.write(line);
            scene.key(Key::Enter);
            let token = InviteToken::from_bits(u128::from(number));
            scene.story.on(Event::InviteToken(token));
            let (invite, seq, rev) = (InviteId(number), Seq(number), Rev(99));
            let made = RoomEvent::InviteCreated { invite, role };
            let fact = scene.server.happen_by(Some((ME, seq)), made);
            scene.story.facts(vec![fact]);
            scene.story.receive(ServerMsg::Ok { seq, rev });
            let notice = scene.picture(80, 24);
            scene.story.pass(Span::seconds(7));
            format!("{notice}\n{}", scene.picture(80, 24))
        });
        pictures.collect::<Vec<_>>().join("\n")
    });
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

/// A new password is written twice, and never shown.
#[test]
fn a_new_password() {
    assert_pictures!("a_new_password", |language| {
        let mut scene = Scene::ordinary(Role::Admin).in_language(language);
        scene.write("/private");
        scene.key(Key::Enter);
        scene.write("popcorn");
        let first = scene.picture(80, 14);
        scene.key(Key::Enter);
        scene.write("popkorn");
        scene.key(Key::Enter);
        format!("{first}\n{}", scene.picture(80, 14))
    });
}

/// The help and the tables that handle keys and commands, and that of the signs, name the same
/// things: an entry of the help for each row, and none besides.
#[test]
fn the_help_holds_every_key_and_command_and_nothing_else() {
    for language in Language::iter() {
        the_help_is_whole_in(language);
    }
}

fn the_help_is_whole_in(language: Language) {
    let mut scene = speaking(language);
    scene.key(Key::F(1));
    let whole = scene.picture(80, 400);
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let shown = words(&whole);
    let begins = |line: &&str| {
        let mut signs = line.chars();
        let mark = signs.nth(1);
        matches!(mark, Some(' ' | '◆' | '◇'))
            && signs.next() == Some(' ')
            && signs.next().is_some_and(|sign| sign != ' ')
    };
    let rows = whole.lines().filter(begins).count();
    let mut expected = Vec::new();
    let with_mark = |needs, text: String| format!("{} {text}", words::role_mark(needs));
    for row in keys::BINDINGS {
        // One row stands for all five.
        if let KeyAction::React(number) = row.action {
            let last = words::keys(language, row.keys);
            if number == 5 {
                let first = last.replace('5', "1");
                expected.push((words::range(&first, &last), words::row(language, row)));
            }
            continue;
        }
        let pressed = words::keys(language, row.keys);
        let pressed = with_mark(row.needs, pressed);
        expected.push((pressed, words::row(language, row)));
    }
    for row in EDIT_BINDINGS {
        expected.push((
            words::keys(language, row.keys),
            words::edit_op(language, row.op),
        ));
    }
    for slash in Slash::ALL {
        let usage = help::usage(language, slash.usage());
        let usage = with_mark(slash.needs(), usage);
        expected.push((usage, help::about(language, *slash)));
    }
    expected.extend(video::keys(language));
    expected.extend(words::gestures(language));
    expected.extend(legend::rows(language));
    for (begin, about) in &expected {
        let row = words(&format!("{begin} {about}"));
        assert!(shown.contains(&row), "{row}");
    }
    assert_eq!(rows, expected.len(), "{whole}");
}

/// However narrow the terminal, no word of the help is cut.
/// The name of a section finds it whole; Esc first shows everything again, and the foot says so.
#[test]
fn the_help_is_searched_for_its_sections() {
    for (language, typed, rows) in [
        (
            Language::English,
            "mouse",
            words::gestures(Language::English),
        ),
        (
            Language::Russian,
            "мышь",
            words::gestures(Language::Russian),
        ),
    ] {
        let mut scene = speaking(language);
        scene.key(Key::F(1));
        let whole = scene.picture(120, 60);
        scene.write(typed);
        let found = scene.picture(120, 60);
        for (what, _) in rows {
            assert!(found.contains(&what), "{what}: {found}");
        }
        assert!(found.contains(&words::hint(language, true)), "{found}");
        scene.key(Key::Esc);
        assert_eq!(scene.picture(120, 60), whole);
        assert!(whole.contains(&words::hint(language, false)), "{whole}");
    }
}

#[test]
fn the_help_is_whole_at_any_width() {
    for language in Language::iter() {
        let mut scene = speaking(language);
        scene.key(Key::F(1));
        for columns in [40, 48, 60, 80, 120] {
            let whole = scene.picture(columns, 400);
            let body: Vec<&str> = whole.lines().skip(1).collect();
            assert!(!body.join("\n").contains('…'), "{columns}: {whole}");
        }
    }
}

/// An ordinary evening whose member chose a language by typing the command for it.
fn speaking(language: Language) -> Scene {
    let mut scene = Scene::ordinary(Role::Viewer);
    scene.write(&format!("/lang {}", language.code()));
    scene.key(Key::Enter);
    scene
}

/// Everything on the screen follows, what was there before included; but the answer to each choice
/// keeps its own language.
#[test]
fn another_language_is_chosen_while_the_screen_is_open() {
    let mut scene = speaking(Language::Russian);
    let told = scene.picture(80, 24);
    assert!(told.contains("Язык: русский."), "{told}");
    scene.key(Key::F(1));
    let help = scene.picture(80, 24);
    assert!(help.contains("Клавиши и команды"), "{help}");
    scene.key(Key::Esc);
    scene.write("/язык английский");
    scene.key(Key::Enter);
    let told = scene.picture(80, 24);
    assert!(told.contains("Language: English."), "{told}");
    assert!(told.contains("Язык: русский."), "{told}");
    assert!(
        told.contains("Members") && !told.contains("Участники"),
        "{told}"
    );
}

#[test]
fn the_help_in_russian() {
    let mut scene = speaking(Language::Russian);
    scene.key(Key::F(1));
    insta::assert_snapshot!("help_russian", scene.picture(80, 260));
}

#[test]
fn health_and_why() {
    assert_pictures!("health_and_why", |language| {
        let mut scene = Scene::ordinary(Role::Viewer).in_language(language);
        scene.key(Key::F(4));
        scene.picture(80, 18)
    });
}
