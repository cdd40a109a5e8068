//! Whom a line of chat mentions.

use super::view::ClientView;
use crate::protocol::text::fold_name;

/// Whether a text mentions the member: `@` followed by their name. If it can be read as several
/// names, the longest one is meant: `@Ann 2` is not for Ann. A name that only looks like theirs
/// is somebody else's.
pub(super) fn is_mentioned(view: &ClientView<'_>, text: &str) -> bool {
    let (Some(me), Some(room)) = (view.me, view.room) else {
        return false;
    };
    if !text.contains(['@', '＠']) {
        return false;
    }
    let own = me.name.folded();
    let text = fold_name(text);
    let mut named = text
        .match_indices('@')
        .filter(|(at, _)| begins_word(&text, *at))
        .filter_map(|(at, sign)| text.get(at + sign.len()..))
        .filter(|behind| begins_with(behind, &own))
        .peekable();
    // Few lines name anybody, and a room may have a thousand others.
    if named.peek().is_none() {
        return false;
    }
    let others = room.roster.all().filter(|member| member.id != me.id);
    let longer: Vec<String> = others
        .map(|member| member.name.folded())
        .filter(|name| name.starts_with(&own))
        .collect();
    named.any(|behind| !longer.iter().any(|name| begins_with(behind, name)))
}

/// Whether nothing but a blank or a sign stands before this offset: an address such as
/// `bob@ann.example` mentions nobody.
fn begins_word(text: &str, at: usize) -> bool {
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    !before.is_some_and(char::is_alphanumeric)
}

/// Whether a text begins with a name, and the name ends there.
fn begins_with(text: &str, name: &str) -> bool {
    let rest = text.strip_prefix(name);
    rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}
