//! What a viewer may not do: each command that needs more than a viewer's role.

use serde_json::{Value, json};

/// The link that is played and queued; nobody opens it.
pub(super) fn link(number: u32) -> String {
    format!("https://example.org/conformance-{number}.mp4")
}

/// The token of an invite link that nobody makes.
const INVITE: &str = "0123456789abcdef0123456789abcdef";

/// Each command that a viewer is denied, with valid arguments; `other` is another member's number.
pub(super) fn beyond_viewers(other: u64) -> Vec<Value> {
    vec![
        json!({"do": "play", "media": link(1)}),
        json!({"do": "play_waiting", "media": link(1)}),
        json!({"do": "play_now", "entry": 1}),
        json!({"do": "approve", "entry": null}),
        json!({"do": "reject", "entry": null}),
        json!({"do": "reject_all"}),
        json!({"do": "remove", "entry": 1}),
        json!({"do": "move", "entry": 1, "place": 1}),
        json!({"do": "skip"}),
        json!({"do": "pause", "mark": null}),
        json!({"do": "resume", "mark": null}),
        json!({"do": "seek", "target": {"to": 0}, "mark": null}),
        json!({"do": "undo"}),
        json!({"do": "set_rate", "rate": 1_500}),
        json!({"do": "set_length", "length": null}),
        json!({"do": "set_title", "title": "Mine"}),
        json!({"do": "set_visibility", "visibility": "public"}),
        json!({"do": "set_emote", "name": "party"}),
        json!({"do": "create_invite", "token": INVITE, "lasts": 3_600_000_000_u64, "uses": 1}),
        json!({"do": "revoke_invite", "invite": 1}),
        json!({"do": "list_invites"}),
        json!({"do": "set_role", "who": other, "role": "viewer"}),
        json!({"do": "set_heir", "who": other}),
        json!({"do": "kick", "who": other}),
        json!({"do": "set_muted", "who": other, "muted": true}),
        json!({"do": "ban", "who": other}),
        json!({"do": "unban", "who": other}),
        json!({"do": "erase", "line": 1}),
        json!({"do": "erase_all", "of": other}),
        json!({"do": "set_slow_mode", "interval": null}),
        json!({"do": "set_locked", "locked": true}),
        json!({"do": "set_newcomers", "wait": null}),
        json!({"do": "set_observer_chat", "shown": true}),
        json!({"do": "set_spared", "who": other, "spared": true}),
        json!({"do": "set_wait", "wait": false}),
        json!({"do": "go"}),
        json!({"do": "countdown"}),
        json!({"do": "start"}),
        json!({"do": "set_start", "start": null}),
        json!({"do": "close"}),
    ]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use strum::VariantArray as _;

    use super::beyond_viewers;
    use crate::protocol::command::{Action, Command};
    use crate::protocol::member::Role;

    #[test]
    fn each_command_beyond_a_viewers_role_is_tried() {
        let tried: BTreeSet<Action> = beyond_viewers(7)
            .into_iter()
            .map(|json| {
                let read = serde_json::from_value::<Command>(json.clone());
                Action::from(&read.unwrap_or_else(|cause| panic!("{json}: {cause}")))
            })
            .collect();
        let beyond = Action::VARIANTS.iter().copied();
        let beyond = beyond.filter(|action| action.rule().needs != Role::Viewer);
        assert_eq!(tried, beyond.collect());
    }
}
