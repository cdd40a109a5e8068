//! A member's name has the terminal's colour over the picture.

use super::{LINK, LineContent, process, says, scenes};
use crate::app::config::{AppConfig, ScreenConfig};
use crate::app::event::Event;
use crate::app::tests::playing::{load, ready};
use crate::app::tests::{Server, Story, config};
use crate::protocol::member::Role;

#[test]
fn a_name_has_the_colour_of_the_theme_and_follows_it() {
    let mut server = Server::with(Role::Viewer);
    load(&mut server, LINK);
    let config = AppConfig {
        screen: Some(ScreenConfig::default()),
        ..config()
    };
    let mut story = Story::joined_with(config, &server);
    process(&mut story, ready());
    says(&mut story, &mut server, "look behind you");
    let colour = |story: &Story| {
        let scene = story.app.scene();
        let chat = scene
            .lines
            .iter()
            .find_map(|line| Some((line.content.clone(), line.name_colour?)));
        let (content, colour) = chat.expect("a line of chat");
        let LineContent::Chat(chat) = content else {
            panic!("a colour without a name");
        };
        (chat.from.0, colour)
    };
    for theme in ["dark", "light"] {
        let effects = story.on(Event::Line(format!("/theme {theme}")));
        let (from, shown) = colour(&story);
        let screen = story.app.screen().expect("a screen");
        assert_eq!(shown, screen.appearance().name_over_picture(from));
        assert_eq!(scenes(&effects).is_empty(), theme == "dark");
    }
}
