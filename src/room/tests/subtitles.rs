//! Subtitles that members offer.

use super::story::Story;
use crate::media::subtitles::SubtitleLink;
use crate::protocol::command::Command;
use crate::protocol::denied::Denied;

fn link(name: &str) -> SubtitleLink {
    SubtitleLink::parse(&format!("https://e.org/{name}.srt")).unwrap()
}

fn offer(name: &str) -> Command {
    let link = link(name);
    Command::OfferSubtitles { link }
}

/// The file that is offered now, and by whom.
fn offered(story: &Story) -> Option<(String, String)> {
    let offer = story.state().subtitles.as_ref()?;
    Some((offer.link.name(), offer.by_name.to_string()))
}

#[test]
fn any_member_offers_subtitles_for_what_plays_until_other_media_comes_on() {
    let is = |story: &Story, name: &str, by: &str| {
        let expected = Some((name.to_owned(), by.to_owned()));
        assert_eq!(offered(story), expected);
    };
    Story::watching()
        .does("Bob", &offer("english"))
        .sees(|story| is(story, "english", "Bob"))
        .denied("Alice", &offer("english"), &Denied::NothingChanges)
        .does("Alice", &offer("russian"))
        .sees(|story| is(story, "russian", "Alice"))
        .plays("Alice", "another")
        .sees(|story| assert_eq!(offered(story), None))
        .end();
}

#[test]
fn nothing_is_offered_for_nothing_or_by_a_muted_member() {
    Story::alice_and_bob()
        .denied("Bob", &offer("english"), &Denied::NothingPlays)
        .end();
    Story::watching()
        .does(
            "Alice",
            &Command::Mute {
                who: super::story::who("Bob"),
                muted: true,
            },
        )
        .denied("Bob", &offer("english"), &Denied::Muted)
        .end();
}
