//! The room's emotes and the member's own reactions, over the picture.

use super::{press, seen, watching, write};
use crate::app::own_reactions::OwnReactions;
use crate::app::tests::{ALICE, Server, Story, commands, config};
use crate::protocol::command::Command;
use crate::protocol::emote::{EmoteChange, EmoteName, EmoteText};
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::Seq;
use crate::protocol::member::Role;
use crate::protocol::text::Emoji;
use crate::sync::player::{LineKey, PlayerEvent, WindowKey};

fn set_emote(server: &mut Server, story: &mut Story, name: &str, text: &str) {
    let set = RoomEvent::EmoteSet(EmoteChange {
        name: EmoteName::parse(name).unwrap(),
        text: Some(EmoteText::parse(text).unwrap()),
    });
    let fact = server.happen_by(Some((ALICE, Seq(40))), set);
    story.facts(vec![fact]);
}

fn react(emoji: &str) -> Command {
    Command::React {
        emoji: Emoji::parse(emoji).unwrap(),
    }
}

#[test]
fn chat_over_the_picture_reads_with_the_rooms_emotes() {
    let (mut server, mut story) = watching(Role::Viewer);
    set_emote(&mut server, &mut story, "cheers", "\\o/");
    super::says(&mut story, &mut server, "well done :cheers: all");
    assert_eq!(seen(&story).last().unwrap(), "well done \\o/ all");
}

#[test]
fn a_line_over_the_picture_reacts_with_an_emote() {
    let (mut server, mut story) = watching(Role::Viewer);
    set_emote(&mut server, &mut story, "fire", "🧯");
    write(&mut story, "/react :fire:");
    let sent = commands(&press(&mut story, WindowKey::Line(LineKey::Send)));
    let sent: Vec<Command> = sent.into_iter().map(|(_, command)| command).collect();
    assert_eq!(sent, [react("🧯")]);
}

#[test]
fn the_keys_of_the_window_react_with_ones_own_emoji() {
    let mut own = config();
    let mut reactions = OwnReactions::default();
    reactions.set(2, Emoji::parse("🥁").unwrap());
    own.reactions = reactions;
    let mut server = Server::with(Role::Viewer);
    crate::app::tests::playing::load(&mut server, super::LINK);
    let mut story = Story::joined_with(own, &server);
    story.compare_clocks(&server);
    story.player(PlayerEvent::Process(crate::app::tests::playing::ready()));
    let sent = commands(&press(&mut story, WindowKey::React(2)));
    let sent: Vec<Command> = sent.into_iter().map(|(_, command)| command).collect();
    assert_eq!(sent, [react("🥁")]);
}
