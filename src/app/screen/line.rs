//! What can be done with the chosen line of chat: copy it, open its link, take it away.

use super::log::Logged;
use super::{Overlay, Question, Said};
use crate::app::App;
use crate::app::effect::Effect;
use crate::app::keys::Action;
use crate::app::told::Why;
use crate::protocol::denied::{self, Denied};
use crate::protocol::event::ChatLine;

impl App {
    /// Does what a key is bound to with the chosen line.
    pub(super) fn line_act(&mut self, action: Action) {
        let log = self.screen.as_ref().map(|screen| &screen.log);
        let chosen = log.and_then(|log| log.chosen().map(|line| (line, log.is_earlier(line))));
        let said = chosen.and_then(|(line, earlier)| match &line.what {
            Logged::Chat(said) if said.removed_by.is_none() => Some((said.line.clone(), earlier)),
            _ => None,
        });
        let Some((said, earlier)) = said else {
            self.say(Said::NothingChosen);
            return;
        };
        match action {
            Action::CopyLine => self.copy(said.text.as_str().to_owned()),
            Action::EraseLine => {
                // The room that it was said in is no more; its number is another line's.
                if earlier {
                    self.say(Said::Why(Why::Denied(Denied::NoSuchLine)));
                } else if self.may(denied::Action::Erase) {
                    self.open(Overlay::Question(Question::Erase(said.id)));
                }
            }
            _ => self.open_link(&said),
        }
    }

    fn open_link(&mut self, said: &ChatLine) {
        let begins = |word: &&str| word.starts_with("http://") || word.starts_with("https://");
        match said.text.as_str().split_whitespace().find(begins) {
            Some(address) => self.effects.push(Effect::OpenLink(address.to_owned())),
            None => self.say(Said::NoLink),
        }
    }
}
