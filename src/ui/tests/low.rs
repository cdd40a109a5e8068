//! Pictures of terminals that are narrow or low: what does not fit is cut with an ellipsis, or can
//! be scrolled to.

use super::{Scene, picture};
use crate::app::event::Event;
use crate::app::key::{Key, KeyPress};
use crate::app::tests::playing::ready;
use crate::app::tests::{ALICE, them};
use crate::protocol::command::{Command, PermissionRequest};
use crate::protocol::event::RoomEvent;
use crate::protocol::member::Role;
use crate::protocol::time::Span;
use crate::sync::player::{OwnAct, OwnReport, PlayerEvent, Sound, Track, TrackKind};
use crate::texts::language::Language;

/// The sizes of terminals that are beside something else.
const SIZES: [(u16, u16); 2] = [(60, 16), (80, 10)];

fn small(scene: &Scene) -> String {
    SIZES
        .map(|(columns, rows)| picture(&scene.story.app, columns, rows))
        .join("\n")
}

#[test]
fn lists_and_dialogs_in_a_small_terminal() {
    assert_pictures!("lists_in_a_small_terminal", |language| {
        let mut scene = Scene::ordinary(Role::Viewer).in_language(language);
        scene.write("/");
        let commands = small(&scene);
        scene.story.on(Event::Key(KeyPress::ctrl('c')));
        scene.key(Key::F(5));
        format!("{commands}\n{}", small(&scene))
    });
    assert_pictures!("dialogs_in_a_small_terminal", |language| {
        let mut scene = Scene::ordinary(Role::Admin).in_language(language);
        scene.write("/help seek");
        scene.key(Key::Enter);
        let command = small(&scene);
        scene.key(Key::Esc);
        scene.write("/kick vera");
        scene.key(Key::Enter);
        format!("{command}\n{}", small(&scene))
    });
}

fn own(scene: &mut Scene, report: OwnReport, answers: Option<OwnAct>) {
    let own = PlayerEvent::Own { report, answers };
    scene.story.player(own);
}

fn track(number: u32, language: &str, title: &str) -> Track {
    Track {
        kind: TrackKind::Audio,
        number,
        title: Some(title.to_owned()).filter(|title| !title.is_empty()),
        language: Some(language.to_owned()),
        codec: Some("aac".to_owned()),
        is_default: number == 1,
        is_forced: false,
        is_external: false,
        is_selected: number == 2,
    }
}

#[test]
fn tracks_are_listed_by_name_and_the_header_shows_how_loud_it_is() {
    assert_pictures!("tracks_and_volume", |language| {
        let mut scene = Scene::ordinary(Role::Viewer).in_language(language);
        scene.story.player(PlayerEvent::Process(ready()));
        let long = "Director's commentary with the camera operator and both of the writers";
        let tracks = vec![
            track(1, "eng", ""),
            track(2, "rus", "Дубляж"),
            track(3, "eng", long),
        ];
        own(&mut scene, OwnReport::Tracks(tracks), None);
        let sound = |volume, muted| {
            OwnReport::Sound(Sound {
                volume,
                muted,
                most: 130,
            })
        };
        own(&mut scene, sound(130, false), None);
        scene.write("/audio");
        scene.key(Key::Enter);
        let usual = scene.picture(80, 24);
        own(&mut scene, sound(100, true), None);
        let wide = scene.picture(120, 24);
        format!("{usual}\n{wide}")
    });
}

/// However narrow the page of figures is, it says in a word how each member is doing; a figure is
/// shown whole or not at all.
#[test]
fn the_page_of_figures_keeps_its_words_in_a_narrow_terminal() {
    for (language, word) in [
        (Language::English, "in step"),
        (Language::Russian, "синхронно"),
    ] {
        let mut scene = Scene::ordinary(Role::Viewer).in_language(language);
        scene.healthy();
        scene.key(Key::F(4));
        for columns in 40..=120 {
            let page = scene.picture(columns, 14);
            let rows: Vec<&str> = page.lines().filter(|row| row.contains(" #")).collect();
            assert!(
                rows.iter().any(|row| row.contains(word)),
                "{columns}:\n{page}"
            );
            assert!(
                rows.iter().all(|row| !row.ends_with('…')),
                "{columns}:\n{page}"
            );
        }
    }
}

/// The offset of a sound device and mpv's own delay stand on the page of figures.
#[test]
fn the_offset_of_the_sound_stands_on_the_page_of_figures() {
    let mut scene = Scene::ordinary(Role::Viewer);
    scene.story.player(PlayerEvent::Process(ready()));
    let device = "pulse/hdmi".to_owned();
    own(&mut scene, OwnReport::SoundDevice(device.clone()), None);
    let offset = Some(Span::millis(40));
    // As another run of the client has kept it.
    scene.story.on(Event::SoundOffset { device, offset });
    own(&mut scene, OwnReport::SoundDelay(Span::millis(-120)), None);
    scene.key(Key::F(4));
    let page = scene.picture(120, 40);
    for told in ["40 ms sooner", "pulse/hdmi", "audio-delay", "120 ms before"] {
        assert!(page.contains(told), "no {told:?} in\n{page}");
    }
}

/// What is asked stands in one place: in the toast while that is there, then in the chat.
#[test]
fn an_admin_reads_what_is_asked_once() {
    let mut scene = Scene::ordinary(Role::Admin);
    let request = PermissionRequest::of(&Command::Skip).unwrap();
    let member = ALICE;
    let asked = scene.server.happen(RoomEvent::Asked { member, request });
    scene.story.facts(vec![asked]);
    let request = PermissionRequest::of(&Command::Skip).unwrap();
    let who = them("Alice");
    let notice = crate::app::output::Notice::Asked { who, request };
    let text = crate::strings::client::notice(crate::texts::language::Language::English, &notice);
    let asks: String = text.chars().take(12).collect();
    let times = |scene: &Scene| scene.picture(120, 40).matches(&asks).count();
    assert_eq!(times(&scene), 1, "{}", scene.picture(120, 40));
    scene.story.pass(Span::seconds(30));
    assert!(scene.screen().toast().is_none());
    assert_eq!(times(&scene), 1, "{}", scene.picture(120, 40));
}

/// The command by which others join stands above the chat while nothing plays, then in it; and in
/// neither once nobody comes in by it.
#[test]
fn who_created_a_room_reads_once_how_others_join() {
    use crate::app::output::{ArrivalNotice, Notice, Output};
    use crate::app::screen::chat_log::LogContent;
    use crate::protocol::member::Visibility;

    let mut scene = super::pages::created();
    let logged = scene.screen().log().lines().any(|line| {
        let created =
            |notice: &Notice| matches!(notice, Notice::Arrival(ArrivalNotice::RoomCreated { .. }));
        matches!(&line.content, LogContent::Output(Output::Notice(notice)) if created(notice))
    });
    assert!(logged, "the chat has it");
    let times = |scene: &Scene| {
        let shown = scene.picture(120, 40);
        shown.matches("watchtogether join").count()
    };
    assert_eq!(times(&scene), 1);
    let visibility = Visibility::Private;
    let private = RoomEvent::VisibilityChanged { visibility };
    let private = scene.server.happen(private);
    scene.story.facts(vec![private]);
    assert_eq!(times(&scene), 0, "{}", scene.picture(120, 40));
}
