//! The other screens in the light theme and without colours, with their styles: what is chosen and
//! what has the focus shows in both. And what members make their own: emotes and reactions.

use super::gallery::{card, gallery_on};
use super::layouts::with_chapters;
use super::themes::styled;
use super::{Scene, drawn};
use crate::app::appearance::ThemeChoice;
use crate::app::config::{AppConfig, ScreenConfig};
use crate::app::event::Event;
use crate::app::key::Key;
use crate::app::own_reactions::OwnReactions;
use crate::app::screen::tests::evening;
use crate::app::tests::{ALICE, Story};
use crate::protocol::emote::{EmoteChange, EmoteName, EmoteText};
use crate::protocol::event::RoomEvent;
use crate::protocol::lobby::StartRule;
use crate::protocol::member::Role;
use crate::protocol::text::Emoji;
use crate::protocol::time::Span;
use crate::wire::message::ServerMsg;

/// A scene in the light theme and without colours, at these sizes.
fn in_both(scene: impl Fn(ScreenConfig) -> Scene, sizes: &[(u16, u16)]) -> String {
    let mut pictures = String::new();
    for theme in [ThemeChoice::Light, ThemeChoice::Mono] {
        let mut screen = ScreenConfig::default();
        screen.appearance.theme = theme;
        let mut scene = scene(screen);
        if scene.story.app.room().is_some() {
            scene
                .story
                .on(Event::Line(format!("/theme {}", theme.code())));
        }
        // Until it is no longer said which theme it is; the server is heard meanwhile.
        for _ in 0..4 {
            scene.story.pass(Span::seconds(3));
            let reactions = Vec::new();
            scene.story.receive(ServerMsg::Reactions { reactions });
        }
        for (columns, rows) in sizes {
            pictures.push_str(&styled(&drawn(&scene.story.app, *columns, *rows)));
            pictures.push('\n');
        }
    }
    pictures
}

fn after(keys: &[Key]) -> Scene {
    let mut scene = Scene::ordinary(Role::Viewer);
    for key in keys {
        scene.key(*key);
    }
    scene
}

#[test]
fn the_gallery_light_and_without_colours() {
    let scene = |screen| {
        let rooms = vec![
            card("lofi", None, 19, Some(("beats to code to", 5_000.0))),
            card(
                "movie-night",
                Some("Friday films"),
                5,
                Some(("Носферату", 540.0)),
            ),
        ];
        let mut scene = gallery_on(screen, Some(Ok(rooms)));
        scene.key(Key::Down);
        scene
    };
    insta::assert_snapshot!(in_both(scene, &[(80, 12)]));
}

#[test]
fn the_lists_light_and_without_colours() {
    let slash = |_| after(&[Key::Char('/'), Key::Char('p'), Key::Down]);
    insta::assert_snapshot!("slash_light_and_mono", in_both(slash, &[(80, 14)]));
    let finder = |_| after(&[Key::F(5), Key::Char('e')]);
    insta::assert_snapshot!("finder_light_and_mono", in_both(finder, &[(80, 14)]));
}

#[test]
fn the_help_light_and_without_colours() {
    let help = |_| after(&[Key::F(1)]);
    insta::assert_snapshot!(in_both(help, &[(60, 10)]));
}

#[test]
fn health_cinema_and_a_question_light_and_without_colours() {
    let health = |_| after(&[Key::F(4)]);
    insta::assert_snapshot!("health_light_and_mono", in_both(health, &[(80, 14)]));
    let cinema = |_| after(&[Key::F(6)]);
    insta::assert_snapshot!("cinema_light_and_mono", in_both(cinema, &[(80, 12)]));
    let question = |_| after(&[Key::Esc, Key::Char('q')]);
    insta::assert_snapshot!("question_light_and_mono", in_both(question, &[(80, 14)]));
}

#[test]
fn the_lobby_light_and_without_colours() {
    let lobby = |_| Scene::in_the_lobby(Role::Viewer, StartRule::Told);
    insta::assert_snapshot!(in_both(lobby, &[(80, 14)]));
}

#[test]
fn chapters_light_and_without_colours() {
    insta::assert_snapshot!(in_both(|_| with_chapters(), &[(80, 12), (120, 24)]));
}

#[test]
fn emotes_and_ones_own_reactions() {
    assert_pictures!("emotes_and_ones_own_reactions", |language| {
        let own = ["🎉", "👏", "🦀"].map(|emoji| Emoji::parse(emoji).unwrap());
        let config = AppConfig {
            reactions: OwnReactions::beginning_with(own),
            ..super::with_screen()
        };
        let server = evening(Role::Viewer);
        let story = Story::joined_with(config, &server);
        let mut scene = Scene { story, server }.in_language(language);
        for (name, text) in [("party", "🎉"), ("cheers", "\\o/")] {
            let set = RoomEvent::EmoteSet(EmoteChange {
                name: EmoteName::parse(name).unwrap(),
                text: Some(EmoteText::parse(text).unwrap()),
            });
            let fact = scene.server.happen(set);
            scene.story.facts(vec![fact]);
        }
        scene.say(ALICE, "Alice", ":party: well done :cheers: all");
        scene.say(ALICE, "Alice", "x:party: is a word, :nothing: too");
        scene.picture(80, 18)
    });
}
