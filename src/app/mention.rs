//! Whom a line of chat mentions.

use super::App;
use crate::protocol::text::fold_name;

impl App {
    /// Whether a text mentions the member: `@`, and behind it their name. Of several names that
    /// it can be read as the longest is meant: `@Ann 2` is not for Ann. A name that only looks
    /// like theirs is somebody else's.
    #[must_use]
    pub fn is_mentioned(&self, text: &str) -> bool {
        let (Some(me), Some(room)) = (self.me(), self.room()) else {
            return false;
        };
        if !text.contains(['@', '＠']) {
            return false;
        }
        let own = me.name.folded();
        let others = room.roster.all().filter(|member| member.id != me.id);
        let longer: Vec<String> = others
            .map(|member| member.name.folded())
            .filter(|name| name.starts_with(&own))
            .collect();
        let text = fold_name(text);
        text.match_indices('@').any(|(at, sign)| {
            let behind = text.get(at + sign.len()..).unwrap_or_default();
            begins_with(behind, &own) && !longer.iter().any(|name| begins_with(behind, name))
        })
    }
}

/// Whether a name stands at the beginning of a text, and ends there.
fn begins_with(text: &str, name: &str) -> bool {
    let rest = text.strip_prefix(name);
    rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}
