//! Emotes: who may set them, how many there are.

use super::world::World;
use crate::protocol::command::Command;
use crate::protocol::denied::Denied;
use crate::protocol::emote::{EmoteChange, EmoteName, EmoteText};
use crate::protocol::member::Visibility;
use crate::room::emotes::Emotes;

fn set(name: &str, text: Option<&str>) -> Command {
    Command::SetEmote(EmoteChange {
        name: EmoteName::parse(name).unwrap(),
        text: text.map(|text| EmoteText::parse(text).unwrap()),
    })
}

#[test]
fn an_admin_sets_changes_and_takes_away_emotes_up_to_a_limit() {
    let mut world = World::new(Visibility::Public);
    let alice = world.arrive("Alice", true);
    for number in 0..Emotes::MOST {
        world
            .command(alice, &set(&format!("e{number:02}"), Some("🎬")))
            .unwrap();
    }
    let limit = u32::try_from(Emotes::MOST).unwrap();
    let one_more = set("more", Some("🎬"));
    let full = Denied::TooManyEmotes { limit };
    assert_eq!(world.command(alice, &one_more).unwrap_err(), full);
    world.command(alice, &set("e00", Some("🍿"))).unwrap();
    let same = world.command(alice, &set("e00", Some("🍿")));
    assert_eq!(same.unwrap_err(), Denied::NothingChanges);
    world.command(alice, &set("e01", None)).unwrap();
    world.command(alice, &one_more).unwrap();
    let gone = world.command(alice, &set("e01", None));
    assert_eq!(gone.unwrap_err(), Denied::NothingChanges);
}
