//! The answer to `/who`.

use super::known_room::KnownRoom;
use crate::app::output::WhoLine;

/// Everyone who is here, as far as is known, oneself first.
pub(super) fn who_lines(known: &KnownRoom) -> Vec<WhoLine> {
    let health = |id| {
        let mut worst = known.health().worst.iter();
        let found = worst.find(|(member, _)| *member == id);
        found.map(|(_, health)| *health)
    };
    let mut lines: Vec<WhoLine> = known
        .state()
        .roster
        .here()
        .map(|member| WhoLine {
            id: member.id,
            name: member.name.clone(),
            role: member.power(),
            acting: member.acting,
            you: member.id == known.me_id(),
            passes_for: known.passes_for_admin(member).cloned(),
            flags: member.flags,
            health: health(member.id),
        })
        .collect();
    lines.sort_by_key(|line| !line.you);
    lines
}
