//! Whom a line of chat mentions.

use crate::protocol::member::Member;
use crate::protocol::text::fold_name;
use crate::room::state::RoomState;

/// Whether a text mentions the member: `@` followed by their name. If it can be read as several
/// names, the longest one is meant: `@Ann 2` is not for Ann. A name that only looks like theirs
/// is somebody else's.
pub(super) fn is_mentioned(me: Option<&Member>, room: Option<&RoomState>, text: &str) -> bool {
    let (Some(me), Some(room)) = (me, room) else {
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

/// Signs that join the parts of one name when a letter follows them: `Ann-Marie`, `O'Hara`,
/// `ann.smith`, `ann_2`.
const JOINS: [char; 6] = ['-', '_', '.', '\'', '’', '‑'];

/// Whether a text begins with a name, and the name ends there: `@Ann-Marie` is not for Ann, but
/// `@Ann, look`, `@Ann.` and `@Ann's turn` are.
fn begins_with(text: &str, name: &str) -> bool {
    text.strip_prefix(name).is_some_and(ends_word)
}

/// Whether no word goes on where this text begins.
fn ends_word(rest: &str) -> bool {
    let behind = rest.trim_start_matches(JOINS);
    if !behind.starts_with(char::is_alphanumeric) {
        return true;
    }
    let owned = ["'s", "’s"]
        .iter()
        .find_map(|ending| rest.strip_prefix(ending));
    owned.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::begins_with;

    #[test]
    fn a_name_is_meant_only_as_a_whole() {
        for (text, name, expected) in [
            ("ann", "ann", true),
            ("ann look", "ann", true),
            ("ann, look", "ann", true),
            ("ann: look", "ann", true),
            ("ann. look", "ann", true),
            ("ann...", "ann", true),
            ("ann - look", "ann", true),
            ("ann's turn", "ann", true),
            ("ann’s", "ann", true),
            ("«анна»", "анна", false),
            ("анна», смотри", "анна", true),
            ("анна-мария", "анна", false),
            ("анна-мария", "анна-мария", true),
            ("анна-", "анна", true),
            ("анна: смотри", "анна", true),
            ("аннам", "анна", false),
            ("ann-marie", "ann", false),
            ("ann‑marie", "ann", false),
            ("ann_2", "ann", false),
            ("ann.smith", "ann", false),
            ("o'hara", "o", false),
            ("o'hara's", "o'hara", true),
            ("o’sullivan", "o", false),
            ("o'hara, look", "o'hara", true),
            ("annie", "ann", false),
        ] {
            assert_eq!(begins_with(text, name), expected, "{text:?} for {name:?}");
        }
    }
}
