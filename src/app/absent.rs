//! A room that the server has no more. Coming back to it never makes it anew: the member
//! decides, and it is made as it was. Only where the server is this very process, whose rooms
//! end with it, the client makes it by itself.

use super::App;
use super::effect::Effect;
use super::screen::ScreenInput;
use crate::protocol::member::Visibility;
use crate::wire::message::Create;

impl App {
    /// How the room is made, should there be none: as the member asked for it, else as it was
    /// when they were in it. A password makes it private.
    pub(super) fn creation(&self) -> Create {
        let asked = &self.config.create;
        let known = self.room();
        let was = known.map(|room| room.visibility).or(self.tokens.visibility);
        let visibility = match asked.visibility {
            _ if self.config.password.is_some() => Visibility::Private,
            Visibility::Public => was.unwrap_or_default(),
            asked => asked,
        };
        let title = asked.title.clone();
        Create {
            title: title.or_else(|| known.and_then(|room| room.title.clone())),
            visibility,
        }
    }

    /// The room that the client came back to is not there any more.
    pub(super) fn room_is_absent(&mut self) {
        self.forget_resume();
        if self.is_host() {
            self.start();
        } else {
            let visibility = self.creation().visibility;
            self.on_screen(ScreenInput::RoomAbsent { visibility });
        }
    }

    /// Whether the server runs in this process.
    pub(super) fn is_host(&self) -> bool {
        self.config.hosts.as_deref() == Some(self.config.server.as_str())
    }

    /// The next hello comes in as somebody new, in this run of the client and in the next.
    fn forget_resume(&mut self) {
        self.tokens.resume = None;
        self.effects.push(Effect::ForgetToken {
            server: self.config.server.clone(),
            room: self.config.room.clone(),
        });
    }
}
