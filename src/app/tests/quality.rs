//! The quality of one's own picture: what is opened anew for it, and what is left alone.

use super::offered::watching_link;
use super::playing::opens;
use super::{Story, outputs};
use crate::app::effect::Effect;
use crate::app::output::{Notice, Output, OwnPlayerNotice};
use crate::protocol::time::Span;
use crate::sync::player::{PlayerCommand, Quality};

const FILE: &str = "https://example.org/film.mp4";
const YOUTUBE: &str = "https://www.youtube.com/watch?v=aqz-KE-bpKQ";

/// What a line leads to, now and within some seconds.
fn line(story: &mut Story, text: &str) -> Vec<Effect> {
    let mut effects = story.line(text);
    effects.extend(story.pass(Span::seconds(5)));
    effects
}

/// A direct link has one quality: nothing would come of opening it again but a break.
#[test]
fn a_direct_link_is_not_opened_again_for_another_quality() {
    for text in ["/quality 480", "/quality 1080"] {
        let mut story = watching_link(FILE);
        let effects = line(&mut story, text);
        let fixed = Notice::Own(OwnPlayerNotice::QualityFixed);
        assert!(outputs(&effects).contains(&Output::Notice(fixed)), "{text}");
        assert!(!opens(&effects), "{text}: {effects:?}");
    }
    // It is kept for the next video.
    let effects = line(&mut watching_link(FILE), "/quality 480");
    let kept = Effect::Player(PlayerCommand::SetQuality(Quality::UpTo(480)));
    assert!(effects.contains(&kept), "{effects:?}");
    assert!(opens(&line(&mut watching_link(YOUTUBE), "/quality 480")));
}
