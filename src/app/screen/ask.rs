//! Asking the room, and asking its admins: what the member's role is not enough for is
//! answered at once, and a second press of the same key asks those who can.

use super::Said;
use crate::app::App;
use crate::app::command::Line;
use crate::app::told::Why;
use crate::protocol::command::Command;
use crate::protocol::denied::{Action, Denied};
use crate::protocol::member::{Member, Role};
use crate::protocol::time::{LocalTime, Span};
use crate::protocol::wish::Wish;
use crate::room::roles;

/// For how long a second press asks for what the first one was denied (judgement: the notice
/// that says so stands for six seconds).
const ASKS_AGAIN: Span = Span::seconds(8);

/// What the member was not allowed and can ask for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Refused {
    wish: Wish,
    /// When they last wanted it.
    at: LocalTime,
    /// Whether the admins were asked for it.
    asked: bool,
}

impl App {
    /// Asks something of the room, if the member's role is enough; else says so, and a second
    /// press asks the admins for it.
    pub(super) fn ask_room(&mut self, command: Command) {
        let wish = command.wish();
        if self.may_or_ask(command.action(), wish) {
            self.submit(Ok(Line::Room(command)));
        }
    }

    /// Whether the member may do something that nobody can be asked for. If not, that is
    /// answered.
    pub(super) fn may(&mut self, action: Action) -> bool {
        self.may_or_ask(action, None)
    }

    /// Whether the member may do something. If not, that is answered, and the second time the
    /// admins are asked for it: once, however long the key is held.
    pub(super) fn may_or_ask(&mut self, action: Action, wish: Option<Wish>) -> bool {
        let power = self.me().map_or(Role::Admin, Member::power);
        if roles::allowed(action, power) {
            return true;
        }
        let now = self.now.local;
        let refused = self.screen.as_ref().and_then(|screen| screen.refused);
        let again = refused
            .filter(|before| Some(before.wish) == wish && now - before.at < ASKS_AGAIN)
            .map(|before| before.asked);
        let refused = match wish {
            Some(wish) if again.is_some() => {
                self.say(Said::Asked(wish));
                if again == Some(false) {
                    self.submit(Ok(Line::Room(Command::Ask { wish })));
                }
                Some(wish)
            }
            wish => {
                let needs = roles::needs(action);
                let why = Why::Denied(Denied::NotAllowed { action, needs });
                self.say(if wish.is_some() {
                    Said::AskAgain(why)
                } else {
                    Said::Why(why)
                });
                wish
            }
        };
        let refused = refused.map(|wish| Refused {
            wish,
            at: now,
            asked: again.is_some(),
        });
        if let Some(screen) = self.screen.as_mut() {
            screen.refused = refused;
        }
        false
    }
}
