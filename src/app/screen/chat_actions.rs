//! Keys on the chosen line of chat: copy it, open its link, erase it.

use super::chat_log::{LogContent, LogLine};
use super::overlay::{Overlay, Question};
use super::permission::may;
use super::state::ScreenState;
use super::toast::ToastContent;
use super::view::ClientView;
use super::want::Want;
use crate::app::keys::KeyAction;
use crate::app::output::{Notice, Output, Why};
use crate::protocol::denied::{Action, Denied};
use crate::protocol::event::ChatLine;

/// Does what a key is bound to with the chosen line. Where none was chosen, the newest message is
/// copied, and the newest link is opened; nothing is erased. Of an invite link of one's own only
/// the link is copied.
pub(super) fn chat_action(screen: &mut ScreenState, view: &ClientView<'_>, action: KeyAction) {
    let invite = screen.log.chosen().and_then(invite_link);
    if let Some(link) = invite.filter(|_| action == KeyAction::CopyLine) {
        screen.copy(link.to_owned(), view.now);
        return;
    }
    let line = screen.log.chosen().or_else(|| {
        let mut newest = screen.log.lines().rev();
        newest.find(|line| match (action, readable(line)) {
            (KeyAction::CopyLine, chat) => chat.is_some(),
            (KeyAction::OpenLink, Some(chat)) => link(chat).is_some(),
            _ => false,
        })
    });
    let chosen = line.and_then(|line| {
        let chat = readable(line)?;
        Some((chat.clone(), screen.log.is_earlier(line)))
    });
    let Some((chat, is_earlier)) = chosen else {
        screen.show(ToastContent::NothingChosen, view.now);
        return;
    };
    match action {
        KeyAction::CopyLine => screen.copy(chat.text.as_str().to_owned(), view.now),
        KeyAction::EraseLine if is_earlier => {
            // The line is from a room that no longer exists, and its number now belongs to another
            // line.
            let why = Why::Denied(Denied::NoSuchLine);
            screen.show(ToastContent::Why(why), view.now);
        }
        KeyAction::EraseLine => {
            if may(screen, view, Action::Erase) {
                screen.open(Overlay::Question(Question::Erase(chat.id)));
            }
        }
        _ => open_link(screen, view, &chat),
    }
}

/// The message in a line of the log that has one which was not erased.
fn readable(line: &LogLine) -> Option<&ChatLine> {
    match &line.content {
        LogContent::Chat(chat) if chat.removed_by.is_none() => Some(&chat.line),
        _ => None,
    }
}

/// The invite link in a line of the log that hands one out.
fn invite_link(line: &LogLine) -> Option<&str> {
    match &line.content {
        LogContent::Output(Output::Notice(Notice::InviteLink(made))) => Some(&made.link),
        _ => None,
    }
}

/// The first link in a message.
fn link(chat: &ChatLine) -> Option<&str> {
    let is_link = |word: &&str| word.starts_with("http://") || word.starts_with("https://");
    chat.text.as_str().split_whitespace().find(is_link)
}

fn open_link(screen: &mut ScreenState, view: &ClientView<'_>, chat: &ChatLine) {
    match link(chat) {
        Some(address) => screen.want(Want::OpenLink(address.to_owned())),
        None => screen.show(ToastContent::NoLink, view.now),
    }
}
