//! What a level of the display hides takes no place from what it shows.

use super::{press, react, says, seen, watching};
use crate::app::event::Event;
use crate::protocol::member::Role;
use crate::sync::player::WindowKey;

#[test]
fn what_is_hidden_pushes_nothing_out_and_does_not_come_back() {
    let (mut server, mut story) = watching(Role::Viewer);
    story.on(Event::Line("/osd quiet".into()));
    press(&mut story, WindowKey::Pause);
    assert_eq!(seen(&story), ["window", "ask again"]);
    for text in ["1", "2", "3", "4", "5"] {
        says(&mut story, &mut server, text);
    }
    assert_eq!(seen(&story), ["window", "ask again"]);
    story.on(Event::Line("/osd full".into()));
    assert_eq!(seen(&story), ["window", "ask again", "window"]);
}

#[test]
fn what_rises_is_gone_once_it_is_hidden() {
    let (_, mut story) = watching(Role::Viewer);
    react(&mut story);
    assert_eq!(story.app.scene().floats.len(), 1);
    story.on(Event::Line("/osd quiet".into()));
    story.on(Event::Line("/osd full".into()));
    assert_eq!(story.app.scene().floats.len(), 0);
}

#[test]
fn there_are_at_most_four_lines_and_the_newest_stay() {
    let (mut server, mut story) = watching(Role::Viewer);
    for text in ["1", "2", "3", "4", "5", "6"] {
        says(&mut story, &mut server, text);
    }
    assert_eq!(seen(&story), ["3", "4", "5", "6"]);
}
