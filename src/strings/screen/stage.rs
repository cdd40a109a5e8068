//! The keys at the foot of the screen, by how far the media is: what Space and the key that pauses do
//! differs in the lobby and at the end.

use super::focus_keys::focus_keys;
use crate::app::screen::Focus;
use crate::protocol::member::Role;
use crate::protocol::playback::EntryState;
use crate::texts::language::Language;
use crate::texts::tr;

/// How far the media is, as far as the keys go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// It plays or is paused, or nothing is on.
    Playing,
    /// It waits in the lobby.
    Lobby,
    /// It is over, and nothing follows.
    Over,
}

/// The keys of a pane, or of the line, by how far the media is.
#[must_use]
pub fn keys_at(
    language: Language,
    focus: Focus,
    role: Role,
    chosen: Option<EntryState>,
    stage: Stage,
) -> String {
    let usual = focus_keys(language, focus, role, chosen);
    match (stage, focus, role) {
        (Stage::Lobby, Focus::Line, Role::Admin) => tr!(language, "screen-keys-line-lobby"),
        (Stage::Lobby, Focus::Line, _) => tr!(language, "screen-keys-line-lobby-viewer"),
        (Stage::Lobby, _, Role::Admin) => {
            in_place_of_pause(&usual, &tr!(language, "screen-key-ready"))
        }
        (Stage::Lobby, ..) => format!("{usual}  {}", tr!(language, "screen-key-ready")),
        (Stage::Over, Focus::Line, Role::Admin) => tr!(language, "screen-keys-line-over"),
        (Stage::Over, _, Role::Admin) => {
            in_place_of_pause(&usual, &tr!(language, "screen-key-again"))
        }
        (Stage::Playing | Stage::Over, ..) => usual,
    }
}

/// The keys with another one in place of the pause, which comes last.
fn in_place_of_pause(keys: &str, other: &str) -> String {
    let others = keys.rsplit_once("  ").map_or(keys, |(others, _)| others);
    format!("{others}  {other}")
}
