//! Asking the room, and asking its admins: what the member's role is not enough for is
//! answered at once, and a second press of the same key asks those who can.

use super::Said;
use crate::app::App;
use crate::app::command::Line;
use crate::app::told::Why;
use crate::protocol::command::Command;
use crate::protocol::denied::{Action, Denied};
use crate::protocol::member::{Member, Role};
use crate::protocol::time::Span;
use crate::protocol::wish::Wish;
use crate::room::roles;

/// For how long a second press asks for what the first one was denied (judgement: the notice
/// that says so stands for six seconds).
const ASKS_AGAIN: Span = Span::seconds(8);

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
    /// admins are asked for it.
    pub(super) fn may_or_ask(&mut self, action: Action, wish: Option<Wish>) -> bool {
        let power = self.me().map_or(Role::Admin, Member::power);
        if roles::allowed(action, power) {
            return true;
        }
        let now = self.now.local;
        let refused = self.screen.as_ref().and_then(|screen| screen.refused);
        let again = refused.is_some_and(|(what, at)| Some(what) == wish && now - at < ASKS_AGAIN);
        let refused = match wish {
            Some(wish) if again => {
                self.say(Said::Asked(wish));
                self.submit(Ok(Line::Room(Command::Ask { wish })));
                None
            }
            wish => {
                let needs = roles::needs(action);
                let why = Why::Denied(Denied::NotAllowed { action, needs });
                self.say(if wish.is_some() {
                    Said::AskAgain(why)
                } else {
                    Said::Why(why)
                });
                wish.map(|wish| (wish, now))
            }
        };
        if let Some(screen) = self.screen.as_mut() {
            screen.refused = refused;
        }
        false
    }
}
