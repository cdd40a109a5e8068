//! The keys at the foot of the screen.

use crate::app::screen::Focus;
use crate::protocol::member::Role;
use crate::protocol::playback::EntryState;
use crate::texts::language::Language;
use crate::texts::tr;

/// The keys of the focus that are of use in a role, and for the `chosen` entry of the queue; with two
/// blanks between one and the next.
pub(super) fn focus_keys(
    language: Language,
    focus: Focus,
    role: Role,
    chosen: Option<EntryState>,
) -> String {
    match (focus, role) {
        (Focus::Queue, Role::Admin) if chosen == Some(EntryState::Approved) => {
            tr!(language, "screen-keys-queue-approved")
        }
        (Focus::Line, Role::Admin) => tr!(language, "screen-keys-line"),
        (Focus::Line, _) => tr!(language, "screen-keys-line-viewer"),
        (Focus::Chat, Role::Admin) => tr!(language, "screen-keys-chat"),
        (Focus::Chat, Role::Moderator) => tr!(language, "screen-keys-chat-moderator"),
        (Focus::Chat, Role::Viewer) => tr!(language, "screen-keys-chat-viewer"),
        (Focus::Queue, Role::Admin) => tr!(language, "screen-keys-queue"),
        (Focus::Queue, _) => tr!(language, "screen-keys-queue-viewer"),
        (Focus::Members, Role::Admin) => tr!(language, "screen-keys-members"),
        (Focus::Members, _) => tr!(language, "screen-keys-members-viewer"),
    }
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;

    use super::{EntryState, Focus, Role, focus_keys};
    use crate::strings::screen::{focus, help_key};
    use crate::texts::language::Language::{self, English, Russian};
    use crate::ui::text::width;

    const ROLES: [Role; 3] = [Role::Viewer, Role::Moderator, Role::Admin];

    #[test]
    fn nobody_reads_of_a_key_that_is_not_for_them() {
        let named = |of, role| focus_keys(English, of, role, None);
        for of in ALL {
            for role in [Role::Viewer, Role::Moderator] {
                let keys = named(of, role);
                for of_admins in ["pause", "approve", "reject", "J K"] {
                    assert!(!keys.contains(of_admins), "{keys}");
                }
            }
            assert!(named(of, Role::Admin).contains("pause"));
        }
        assert!(!named(Focus::Chat, Role::Viewer).contains("erase"));
        assert!(named(Focus::Chat, Role::Moderator).contains("erase"));
    }

    const CHOSEN: [Option<EntryState>; 2] = [None, Some(EntryState::Approved)];

    const ALL: [Focus; 4] = [Focus::Line, Focus::Chat, Focus::Queue, Focus::Members];

    #[test]
    fn each_language_names_as_many_keys() {
        for of in ALL {
            for role in ROLES {
                for chosen in CHOSEN {
                    let keys = |language| focus_keys(language, of, role, chosen);
                    let count = |language| keys(language).split("  ").count();
                    assert_eq!(count(English), count(Russian), "{of:?} {role:?}");
                }
            }
        }
    }

    /// With a blank at either end of the row, two behind the name, and one before the help. The
    /// pause, which comes last and works in every pane, may be left out.
    #[test]
    fn the_own_keys_of_a_focus_fit_a_row_of_80_columns_in_each_language() {
        for language in Language::iter() {
            for (of, chosen) in ALL.map(|of| CHOSEN.map(|chosen| (of, chosen))).concat() {
                let keys = focus_keys(language, of, Role::Admin, chosen);
                let own = keys.rsplit_once("  ").filter(|_| of != Focus::Line);
                let texts = [
                    focus(language, of),
                    own.map_or(keys.clone(), |(own, _)| own.to_owned()),
                    help_key(language, of),
                ];
                let cells: usize = texts.iter().map(|text| width(text)).sum();
                assert!(cells + 5 <= 80, "{cells}: {texts:?}");
            }
        }
    }
}
