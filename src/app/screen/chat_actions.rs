//! Keys on the chosen line of chat: copy it, open its link, erase it.

use super::chat_log::LogContent;
use super::overlay::{Overlay, Question};
use super::permission::may;
use super::state::ScreenState;
use super::toast::ToastContent;
use super::view::ClientView;
use super::want::Want;
use crate::app::keys::KeyAction;
use crate::app::output::Why;
use crate::protocol::denied::{Action, Denied};
use crate::protocol::event::ChatLine;

/// Does what a key is bound to with the chosen line.
pub(super) fn chat_action(screen: &mut ScreenState, view: &ClientView<'_>, action: KeyAction) {
    let chosen = screen.log.chosen();
    let chosen = chosen.and_then(|line| match &line.content {
        LogContent::Chat(chat) if chat.removed_by.is_none() => {
            Some((chat.line.clone(), screen.log.is_earlier(line)))
        }
        _ => None,
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

fn open_link(screen: &mut ScreenState, view: &ClientView<'_>, chat: &ChatLine) {
    let is_link = |word: &&str| word.starts_with("http://") || word.starts_with("https://");
    match chat.text.as_str().split_whitespace().find(is_link) {
        Some(address) => screen.want(Want::OpenLink(address.to_owned())),
        None => screen.show(ToastContent::NoLink, view.now),
    }
}
