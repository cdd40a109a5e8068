//! The words of toasts and dialogs: questions, prompts, menus.

use super::{client, own_keys, requests, screen};
use crate::app::appearance::{ColourDepth, ThemeChoice};
use crate::app::keys::KeyAction;
use crate::app::keys::own::KeyMap;
use crate::app::output::{Notice, Why};
use crate::app::preferences::{AlertKind, AlertMode, Alerts};
use crate::app::screen::{MenuItem, NamedFor, Prompt, Question, ToastContent};
use crate::protocol::command::PermissionRequest;
use crate::protocol::denied::{Denied, Refused};
use crate::protocol::member::Visibility;
use crate::protocol::text::{TextError, clean};
use crate::texts::language::Language;
use crate::texts::selectors::role_code;
use crate::texts::{names, tr};

/// The most characters of a copied text that a toast shows.
const SHOWN: usize = 300;

/// The mark of what only an admin can do.
const ADMINS: &str = "◆";

/// That the same key asks the admins for what was refused for this reason.
#[must_use]
pub fn ask_again(language: Language, why: &Why) -> String {
    let why = client::why(language, why);
    let why = why.split([':', ';', '.']).next().unwrap_or_default();
    format!("{why}. {}", tr!(language, "dialog-ask-again"))
}

/// What a toast says.
#[must_use]
pub fn toast(language: Language, content: &ToastContent, own: &KeyMap) -> String {
    match content {
        ToastContent::Why(why @ Why::Denied(Denied::NotAllowed { action, .. })) => {
            let why = client::why(language, why);
            let ask = requests::ask_for(language, *action);
            ask.map_or_else(|| why.clone(), |ask| format!("{why} {ask}"))
        }
        ToastContent::Why(why) => client::why(language, why),
        ToastContent::AskAgain(why) => ask_again(language, why),
        ToastContent::Notice(Notice::Asked { who, request })
            if !who.is_you && *request == PermissionRequest::default() =>
        {
            tr!(language, "dialog-asks-for-pause", who = who.name.as_str())
        }
        ToastContent::Notice(Notice::InviteLink(link)) => screen::invite_link(language, link, own),
        ToastContent::Notice(notice) => screen::notice_with_key(language, notice, own),
        ToastContent::Asked(request) => requests::were_asked(language, request),
        ToastContent::Copied(text) => tr!(language, "dialog-copied", text = clean(text, SHOWN)),
        ToastContent::CopiedHere(text) => {
            tr!(language, "dialog-copied-here", text = clean(text, SHOWN))
        }
        ToastContent::CopiedPrivate(text) => {
            tr!(language, "dialog-copied-private", text = clean(text, SHOWN))
        }
        ToastContent::PasswordsDiffer => tr!(language, "dialog-passwords-differ"),
        ToastContent::Pasted(lines) => tr!(language, "dialog-pasted", lines = (*lines)),
        ToastContent::NoLink => tr!(language, "dialog-no-link"),
        ToastContent::KeptAside(why) => {
            let why = client::why(language, why);
            tr!(language, "dialog-kept-aside", why = why.as_str())
        }
        ToastContent::NothingCompletes => tr!(language, "dialog-nothing-completes"),
        ToastContent::NothingChosen => {
            let key = own_keys::name_of(language, own, KeyAction::Up);
            tr!(language, "dialog-nothing-chosen", key = key)
        }
        ToastContent::HereAlready(room) => {
            tr!(language, "dialog-here-already", room = room.as_str())
        }
        ToastContent::BadAddress => tr!(language, "dialog-bad-address"),
        ToastContent::BadRoom => tr!(language, "dialog-bad-room"),
        ToastContent::BadName(TextError::Name(fault)) => names::fault(language, *fault),
        ToastContent::BadName(TextError::TooLong { max }) => {
            tr!(language, "dialog-name-too-long", max = (*max))
        }
        ToastContent::BadName(_) => tr!(language, "dialog-name-empty"),
        ToastContent::Theme(theme, depth) => theme_chosen(language, *theme, *depth),
        ToastContent::SettingsTaken => tr!(language, "dialog-settings-taken"),
        ToastContent::NoOwnTheme => tr!(language, "dialog-no-own-theme"),
        ToastContent::Layout(layout) if layout.is_cinema => tr!(language, "dialog-layout-cinema"),
        ToastContent::Layout(_) => tr!(language, "dialog-layout-full"),
        ToastContent::WidthLimit(true) => tr!(language, "dialog-widest"),
        ToastContent::WidthLimit(false) => tr!(language, "dialog-narrowest"),
        ToastContent::Alerts(alerts) => self::alerts(language, *alerts),
        ToastContent::Away(true) => tr!(language, "dialog-away"),
        ToastContent::Away(false) => tr!(language, "dialog-back"),
    }
}

/// Which theme was chosen, and whether its colours can be seen.
fn theme_chosen(language: Language, theme: ThemeChoice, depth: ColourDepth) -> String {
    let chosen = match theme {
        ThemeChoice::Auto => tr!(language, "dialog-theme-auto"),
        ThemeChoice::Dark => tr!(language, "dialog-theme-dark"),
        ThemeChoice::Light => tr!(language, "dialog-theme-light"),
        ThemeChoice::HighContrast => tr!(language, "dialog-theme-contrast"),
        ThemeChoice::Mono => tr!(language, "dialog-theme-mono"),
        ThemeChoice::Own => tr!(language, "dialog-theme-own"),
    };
    if depth == ColourDepth::None && theme != ThemeChoice::Mono {
        return format!("{chosen} {}", tr!(language, "dialog-theme-no-colours"));
    }
    chosen
}

/// What flashes and what rings.
fn alerts(language: Language, alerts: Alerts) -> String {
    let mode = |kind| match alerts.of(kind) {
        AlertMode::Off => tr!(language, "dialog-alert-off"),
        AlertMode::Flash => tr!(language, "dialog-alert-flash"),
        AlertMode::Ring => tr!(language, "dialog-alert-ring"),
        AlertMode::Both => tr!(language, "dialog-alert-both"),
    };
    tr!(
        language,
        "dialog-alerts",
        mention = mode(AlertKind::Mention),
        film = mode(AlertKind::MediaStart),
        reaction = mode(AlertKind::Reaction)
    )
}

/// A question. `about` is the name of the entry or member it is about, who may be oneself.
#[must_use]
pub fn question(language: Language, question: Question, about: &str, oneself: bool) -> String {
    match question {
        Question::Leave(None) => tr!(language, "dialog-leave"),
        Question::Leave(Some(others)) => {
            tr!(language, "dialog-leave-hosting", others = others)
        }
        Question::Suspend(others) => tr!(language, "dialog-suspend-hosting", others = others),
        Question::PlayNow(_) => tr!(language, "dialog-play-now", entry = about),
        Question::Remove(_) => tr!(language, "dialog-remove", entry = about),
        Question::Withdraw(_) => tr!(language, "dialog-withdraw", entry = about),
        Question::Kick(_) => tr!(language, "dialog-kick", who = about),
        Question::Ban(_) => tr!(language, "dialog-ban", who = about),
        Question::Erase(_) if oneself => tr!(language, "dialog-erase-own"),
        Question::Erase(_) => tr!(language, "dialog-erase", who = about),
        Question::TrustLinks if about.is_empty() => tr!(language, "dialog-trust-on-the-way"),
        Question::TrustLinks => tr!(language, "dialog-trust", host = about),
        Question::Close => tr!(language, "dialog-close"),
        Question::EraseAll(_, count) if oneself => {
            tr!(language, "dialog-erase-all-own", count = count)
        }
        Question::EraseAll(_, count) => {
            tr!(language, "dialog-erase-all", who = about, count = count)
        }
        Question::Promote(_, role) if oneself => {
            tr!(language, "dialog-take-role", role = (role_code(role)))
        }
        Question::Promote(_, role) => tr!(
            language,
            "dialog-give-role",
            who = about,
            role = (role_code(role))
        ),
        Question::JoinOpen if about.is_empty() => tr!(language, "dialog-join-open"),
        Question::JoinOpen => tr!(language, "dialog-join-open-of", who = about),
        Question::MakeAgain(Visibility::Public) => tr!(language, "dialog-make-again-public"),
        Question::MakeAgain(Visibility::Unlisted) => tr!(language, "dialog-make-again-unlisted"),
        Question::MakeAgain(Visibility::Private) => tr!(language, "dialog-make-again-private"),
    }
}

/// The key that closes what is only read.
#[must_use]
pub fn close_key(language: Language) -> String {
    tr!(language, "dialog-close-key")
}

/// The keys that answer a question.
#[must_use]
pub fn answers(language: Language, question: Question) -> String {
    match question {
        Question::TrustLinks => tr!(language, "dialog-trust-keys"),
        _ => tr!(language, "dialog-yes-no"),
    }
}

/// The heading and the hint of a prompt.
#[must_use]
pub fn prompt(language: Language, prompt: &Prompt) -> (String, String) {
    match prompt {
        Prompt::Name(purpose) => (
            tr!(language, "dialog-name"),
            match purpose {
                NamedFor::Room => tr!(language, "dialog-name-keys"),
                NamedFor::Gallery | NamedFor::Join(_) => {
                    tr!(language, "dialog-name-keys-gallery")
                }
            },
        ),
        Prompt::Password(why) => (
            password(language, why),
            tr!(language, "dialog-password-keys"),
        ),
        Prompt::Checking(_) => (
            tr!(language, "dialog-password-checking"),
            tr!(language, "dialog-password-checking-keys"),
        ),
        Prompt::NewPassword => (
            tr!(language, "dialog-new-password"),
            tr!(language, "dialog-new-password-keys"),
        ),
        Prompt::RepeatPassword(_) => (
            tr!(language, "dialog-repeat-password"),
            tr!(language, "dialog-repeat-password-keys"),
        ),
        Prompt::NewRoom => (
            tr!(language, "dialog-new-room"),
            tr!(language, "dialog-new-room-keys"),
        ),
        Prompt::Server => (
            tr!(language, "dialog-server"),
            tr!(language, "dialog-server-keys"),
        ),
    }
}

/// What stands dimmed where nothing is written yet; `None` where nothing helps.
#[must_use]
pub fn placeholder(language: Language, prompt: &Prompt) -> Option<String> {
    matches!(prompt, Prompt::NewRoom).then(|| tr!(language, "dialog-new-room-hint"))
}

/// An item of the menu of a member, who may be `oneself`.
#[must_use]
pub fn menu_item(language: Language, item: MenuItem, oneself: bool) -> String {
    match item {
        MenuItem::Role(role) if oneself => for_admins(&tr!(
            language,
            "dialog-menu-take-role",
            role = (role_code(role))
        )),
        MenuItem::Role(role) => for_admins(&tr!(
            language,
            "dialog-menu-give-role",
            role = (role_code(role))
        )),
        MenuItem::WaitExempt(true) if oneself => tr!(language, "dialog-menu-no-wait-own"),
        MenuItem::WaitExempt(false) if oneself => tr!(language, "dialog-menu-wait-own"),
        MenuItem::WaitExempt(true) => tr!(language, "dialog-menu-no-wait"),
        MenuItem::WaitExempt(false) => tr!(language, "dialog-menu-wait"),
        MenuItem::Heir => for_admins(&tr!(language, "dialog-menu-heir")),
        MenuItem::Mute(true) => tr!(language, "dialog-menu-mute"),
        MenuItem::Mute(false) => tr!(language, "dialog-menu-unmute"),
        MenuItem::Kick => tr!(language, "dialog-menu-kick"),
        MenuItem::Ban => for_admins(&tr!(language, "dialog-menu-ban")),
        MenuItem::Mention => tr!(language, "dialog-menu-mention"),
    }
}

fn for_admins(item: &str) -> String {
    format!("{item} {ADMINS}")
}

/// The keys of a menu.
#[must_use]
pub fn menu_keys(language: Language) -> String {
    tr!(language, "dialog-menu-keys")
}

/// Why a password is asked for. The other ways to give one are not named, since it can be
/// written here.
fn password(language: Language, why: &Why) -> String {
    match why {
        Why::Refused(Refused::PasswordNeeded) => tr!(language, "dialog-password-needed"),
        Why::Refused(Refused::PasswordWrong) => tr!(language, "dialog-password-wrong"),
        Why::Refused(Refused::InviteInvalid) => tr!(language, "dialog-invite-invalid"),
        Why::Refused(Refused::PasswordMissing) => tr!(language, "dialog-password-missing"),
        Why::Refused(Refused::CreatePasswordNeeded) => {
            tr!(language, "dialog-create-password-needed")
        }
        Why::Refused(Refused::CreateKeyNeeded) => tr!(language, "dialog-create-key-needed"),
        Why::Refused(Refused::CreatePasswordWrong) => {
            tr!(language, "dialog-create-password-wrong")
        }
        why => client::why(language, why),
    }
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;

    use super::{KeyMap, MenuItem, Question, menu_item, question, toast};
    use crate::app::screen::ToastContent;
    use crate::protocol::ids::MemberId;
    use crate::protocol::member::Role;
    use crate::texts::language::Language::{self, English, Russian};
    use crate::ui::text::width;

    /// The cells of an item in a dialog.
    const ITEM: usize = 58;

    #[test]
    fn the_items_of_the_menu_fit_the_dialog_in_each_language() {
        let roles = Role::ALL.iter().map(|role| MenuItem::Role(*role));
        let others = [
            MenuItem::Heir,
            MenuItem::WaitExempt(true),
            MenuItem::WaitExempt(false),
            MenuItem::Mute(true),
            MenuItem::Mute(false),
            MenuItem::Kick,
            MenuItem::Ban,
            MenuItem::Mention,
        ];
        for item in roles.chain(others) {
            for language in Language::iter() {
                for oneself in [false, true] {
                    let words = menu_item(language, item, oneself);
                    assert!(width(&words) <= ITEM, "{words}");
                }
            }
        }
    }

    #[test]
    fn how_many_others_are_left_follows_the_plurals_of_the_language() {
        let leave = |language, others| question(language, Question::Leave(Some(others)), "", false);
        let rows = [
            (English, 1, "1 other person"),
            (English, 3, "3 other people"),
            (Russian, 1, "ещё для 1 человека"),
            (Russian, 2, "ещё для 2 человек"),
            (Russian, 21, "ещё для 21 человека"),
        ];
        for (language, others, words) in rows {
            let text = leave(language, others);
            assert!(text.contains(words), "{text}");
        }
        let pasted = |lines| toast(Russian, &ToastContent::Pasted(lines), &KeyMap::default());
        for (lines, words) in [
            (2, "Вставлены 2 строки"),
            (5, "Вставлено 5 строк"),
            (21, "Вставлена 21 строка"),
        ] {
            assert!(pasted(lines).starts_with(words), "{}", pasted(lines));
        }
    }

    #[test]
    fn a_role_is_inflected_as_its_sentence_needs() {
        let make = |language, role| {
            question(
                language,
                Question::Promote(MemberId(3), role),
                "Вера",
                false,
            )
        };
        assert_eq!(make(English, Role::Admin), "Make Вера an admin?");
        assert_eq!(make(English, Role::Viewer), "Make Вера a viewer?");
        assert_eq!(
            make(Russian, Role::Moderator),
            "Сделать участника Вера модератором?"
        );
        let own = question(
            Russian,
            Question::Promote(MemberId(3), Role::Viewer),
            "Вера",
            true,
        );
        assert_eq!(own, "Стать зрителем?");
    }
}
