//! What the screen says while nothing plays: what can be done, and how friends come in.

use super::{nothing_on, responsible};
use crate::app::config::OnlyHere;
use crate::app::way_in::WayIn;
use crate::texts::language::Language;
use crate::texts::tr;

/// What can be done while nothing plays; the service's notice at the end.
#[must_use]
pub fn waiting(language: Language, way_in: &WayIn, may_play: bool) -> Vec<String> {
    let add = if may_play {
        tr!(language, "screen-waiting-play")
    } else {
        tr!(language, "screen-waiting-add")
    };
    let (others, more) = match way_in {
        WayIn::Link(link) => (
            tr!(language, "screen-waiting-friends"),
            format!("watchtogether join {link}"),
        ),
        WayIn::OnlyHere(why) => (
            match why {
                OnlyHere::NotAsked => tr!(language, "screen-waiting-alone"),
                OnlyHere::NoNetwork => tr!(language, "screen-waiting-no-network"),
                OnlyHere::NotOurs => tr!(language, "screen-waiting-only-here"),
            },
            tr!(language, "screen-waiting-paste"),
        ),
        WayIn::Private { may_invite } => (
            tr!(language, "screen-waiting-private"),
            if *may_invite {
                tr!(language, "screen-waiting-invite")
            } else {
                tr!(language, "screen-waiting-ask-invite")
            },
        ),
    };
    vec![
        nothing_on(language),
        add,
        tr!(language, "screen-waiting-keys"),
        String::new(),
        others,
        more,
        String::new(),
        responsible(language),
    ]
}
