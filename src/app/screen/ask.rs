//! Asking the room, and asking its admins: what the member's role is not enough for is
//! answered at once, and a second press of the same key asks those who can.

use super::{Overlay, Question, Said};
use crate::app::App;
use crate::app::command::Line;
use crate::app::told::Why;
use crate::protocol::command::{Command, Who};
use crate::protocol::denied::{Action, Denied};
use crate::protocol::ids::MemberId;
use crate::protocol::member::{BanScope, Member};
use crate::protocol::request::PermissionRequest;
use crate::protocol::time::{LocalTime, Span};
use crate::room::find_member::find_member;
use crate::room::roles;
use crate::room::roster::Roster;

/// For how long a second press asks for what the first one was denied (judgement: the notice
/// that says so stands for six seconds).
const ASKS_AGAIN: Span = Span::seconds(8);

/// What the member was not allowed and can ask for.
#[derive(Debug, Clone)]
pub(super) struct Refused {
    request: PermissionRequest,
    /// When they last wanted it.
    at: LocalTime,
    /// Whether the admins were asked for it.
    asked: bool,
}

impl App {
    /// Asks something of the room, if the member's role is enough; else says so, and a second
    /// press asks the admins for it.
    pub(super) fn ask_room(&mut self, command: Command) {
        if self.may_or_ask(&command) {
            self.submit(Ok(Line::Room(command)));
        }
    }

    /// Whether the member may do something that nobody can be asked for. If not, that is
    /// answered.
    pub(super) fn may(&mut self, action: Action) -> bool {
        self.allowed_or_ask(None, |me, roster| roles::check(action, me, roster))
    }

    /// Whether the member may give a command. If not, that is answered, and the second time the
    /// admins are asked for it.
    pub(super) fn may_or_ask(&mut self, command: &Command) -> bool {
        let request = PermissionRequest::of(command);
        self.allowed_or_ask(request, |me, roster| {
            roles::check_command(command, me, roster)
        })
    }

    /// Whether the member passes a check. If not, that is answered, and the second time the
    /// admins are asked for it: once, however long the key is held.
    fn allowed_or_ask(
        &mut self,
        request: Option<PermissionRequest>,
        check: impl Fn(&Member, &Roster) -> Result<(), Denied>,
    ) -> bool {
        let (Some(me), Some(room)) = (self.me(), self.room()) else {
            return true;
        };
        let Err(denied) = check(me, &room.roster) else {
            return true;
        };
        let now = self.now.local;
        let refused = self
            .screen
            .as_ref()
            .and_then(|screen| screen.refused.as_ref());
        let again = refused
            .filter(|before| {
                Some(&before.request) == request.as_ref() && now - before.at < ASKS_AGAIN
            })
            .map(|before| before.asked);
        match &request {
            Some(request) if again.is_some() => {
                self.say(Said::Asked(request.clone()));
                if again == Some(false) {
                    let request = request.clone();
                    self.submit(Ok(Line::Room(Command::Ask { request })));
                }
            }
            Some(_) => self.say(Said::AskAgain(Why::Denied(denied))),
            None => self.say(Said::Why(Why::Denied(denied))),
        }
        let refused = request.map(|request| Refused {
            request,
            at: now,
            asked: again.is_some(),
        });
        if let Some(screen) = self.screen.as_mut() {
            screen.refused = refused;
        }
        false
    }

    /// Asks before a command that was typed sends somebody out, as the menu does; false if
    /// there is nothing to ask: the room says what is wrong with it, or it names how far a ban
    /// reaches.
    pub(super) fn asks_first(&mut self, command: &Command) -> bool {
        let (who, question): (&Who, fn(MemberId) -> Question) = match command {
            Command::Kick { who } => (who, Question::Kick),
            Command::Ban {
                who,
                scope: BanScope::Ask,
            } => (who, Question::Ban),
            _ => return false,
        };
        let target = self.may_send_out(who, command.action());
        if let Some(target) = target {
            self.open(Overlay::Question(question(target)));
        }
        target.is_some()
    }

    /// The member meant, if this one may send them out.
    fn may_send_out(&self, who: &Who, action: Action) -> Option<MemberId> {
        if !self.link.is_joined() {
            return None;
        }
        let (me, roster) = (self.me()?, &self.room()?.roster);
        let target = find_member(roster, who).ok()?;
        let may = roles::check(action, me, roster).is_ok();
        let over = target.id != me.id && roles::has_power_over(me, target, roster);
        (may && over).then_some(target.id)
    }
}
