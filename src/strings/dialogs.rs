//! The words of toasts and dialogs: questions, prompts, menus.

use super::{client, requests};
use crate::app::output::{Notice, Why};
use crate::app::screen::{MenuItem, Prompt, Question, ToastContent};
use crate::protocol::command::PermissionRequest;
use crate::protocol::denied::Refused;
use crate::protocol::member::Visibility;
use crate::protocol::text::{TextError, clean};
use crate::texts::language::Language;
use crate::texts::names;

/// The most characters of a copied text that a toast shows.
const SHOWN: usize = 300;

/// What a toast says.
#[must_use]
pub fn toast(language: Language, content: &ToastContent) -> String {
    match content {
        ToastContent::Why(why) => client::why(language, why),
        ToastContent::AskAgain(why) => {
            let why = client::why(language, why);
            let why = why.split([':', ';', '.']).next().unwrap_or_default();
            format!("{why}. Press again to ask them.")
        }
        ToastContent::Notice(Notice::Asked { who, request })
            if !who.is_you && *request == PermissionRequest::default() =>
        {
            format!("{} asks for a pause: Ctrl-P pauses.", who.name)
        }
        ToastContent::Notice(notice) => client::notice(language, notice),
        ToastContent::Asked(request) => requests::were_asked(language, request),
        ToastContent::Copied(text) => format!("Copied: {}", clean(text, SHOWN)),
        ToastContent::Pasted(lines) => {
            format!("{lines} lines were pasted as one message. Enter sends it, Ctrl-C clears it.")
        }
        ToastContent::NoLink => "There is no link in that line.".to_owned(),
        ToastContent::NothingChosen => "There is nothing to choose here.".to_owned(),
        ToastContent::BadAddress => {
            "That is no address, such as https://watch.example.org.".to_owned()
        }
        ToastContent::BadRoom => {
            "A room's name has 2 to 40 of a-z, 0-9 and -, such as movie-night.".to_owned()
        }
        ToastContent::BadName(TextError::Name(fault)) => names::fault(language, *fault),
        ToastContent::BadName(TextError::TooLong { max }) => {
            format!("A name has at most {max} characters.")
        }
        ToastContent::BadName(_) => "That name has nothing visible in it.".to_owned(),
        ToastContent::Away(true) => "You are away; /away again when you are back.".to_owned(),
        ToastContent::Away(false) => "You are back.".to_owned(),
    }
}

/// A question. `name` is that of the entry or member it is about, who may be `oneself`.
#[must_use]
pub fn question(language: Language, question: Question, name: &str, oneself: bool) -> String {
    match question {
        Question::Leave(None) => "Leave the room?".to_owned(),
        Question::Leave(Some(1)) => {
            "You are the server for 1 other person: it ends for them, too. Leave?".to_owned()
        }
        Question::Leave(Some(others)) => {
            format!("You are the server for {others} other people: it ends for them, too. Leave?")
        }
        Question::Suspend(1) => {
            "You are the server for 1 other person: stopped, it stands still for them, too. Stop?"
                .to_owned()
        }
        Question::Suspend(others) => format!(
            "You are the server for {others} other people: stopped, it stands still for them, too. \
             Stop?"
        ),
        Question::PlayNow(_) => format!("Play {name} now, instead of what is on?"),
        Question::Remove(_) => format!("Take {name} out of the queue?"),
        Question::Withdraw(_) => format!("Take your proposal {name} back?"),
        Question::Kick(_) => format!("Send {name} out?"),
        Question::Ban(_) => {
            format!("Send {name} out for good? /unban lets them in again.")
        }
        Question::Erase(_) if oneself => "Remove this line of yours for everyone?".to_owned(),
        Question::Erase(_) => format!("Remove this line of {name}'s for everyone?"),
        Question::Promote(_, role) if oneself => {
            format!("Become {}?", client::role(language, role))
        }
        Question::Promote(_, role) => format!("Make {name} {}?", client::role(language, role)),
        Question::MakeAgain(visibility) => make_again(language, visibility),
    }
}

/// Asks whether a room that does not exist any more is created again.
fn make_again(language: Language, visibility: Visibility) -> String {
    let how = match visibility {
        Visibility::Public => "in the gallery and open to everybody",
        Visibility::Unlisted => "open to whoever knows its name",
        Visibility::Private => "private, with its password",
    };
    format!("This room is not there any more. Make it again, {how}?")
}

/// The keys that answer a question.
pub const YES_NO: &str = "Enter or y: yes    Esc or n: no";

/// The heading and the hint of a prompt.
#[must_use]
pub fn prompt(language: Language, prompt: &Prompt) -> (String, &'static str) {
    match prompt {
        Prompt::Name => (
            "What shall the others call you?".to_owned(),
            "Enter takes it, Esc leaves. /nick NAME changes it later.",
        ),
        Prompt::Password(why) => (
            password(language, why),
            "The password, then Enter; Esc goes back.",
        ),
        Prompt::NewRoom => (
            "The new room's name, such as movie-night:".to_owned(),
            "Enter opens it, Esc goes back.",
        ),
        Prompt::Server => (
            "The server's address, such as https://watch.example.org:".to_owned(),
            "Enter asks it for its rooms, Esc goes back.",
        ),
    }
}

/// An item of the menu of a member, who may be `oneself`.
#[must_use]
pub fn menu_item(language: Language, item: MenuItem, oneself: bool) -> String {
    match item {
        MenuItem::Role(role) if oneself => format!("become {} ◆", client::role(language, role)),
        MenuItem::WaitExempt(true) if oneself => {
            "do not wait for me when my video stalls".to_owned()
        }
        MenuItem::WaitExempt(false) if oneself => {
            "wait for me again when my video stalls".to_owned()
        }
        MenuItem::Role(role) => format!("make {} ◆", client::role(language, role)),
        MenuItem::Heir => "becomes admin when no admin is here ◆".to_owned(),
        MenuItem::WaitExempt(true) => "stop waiting for them when their video stalls".to_owned(),
        MenuItem::WaitExempt(false) => "wait for them again when their video stalls".to_owned(),
        MenuItem::Mute(true) => "mute: no chat, no reactions".to_owned(),
        MenuItem::Mute(false) => "let them chat and react again".to_owned(),
        MenuItem::Kick => "send out".to_owned(),
        MenuItem::Ban => "ban: send out for good ◆".to_owned(),
        MenuItem::Mention => "write to them".to_owned(),
    }
}

/// The keys of a menu.
pub const MENU_KEYS: &str = "↑↓ choose  Enter do it  Esc close";

/// Why a password is asked for. The other ways to give one are not named, since it can be
/// written here.
fn password(language: Language, why: &Why) -> String {
    match why {
        Why::Refused(Refused::PasswordNeeded) => "This room has a password".to_owned(),
        Why::Refused(Refused::PasswordWrong) => "The password is wrong".to_owned(),
        Why::Refused(Refused::PasswordMissing) => {
            "A private room is created with a password".to_owned()
        }
        why => client::why(language, why),
    }
}
