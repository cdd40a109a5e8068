//! Carries out what the app orders. Each order is one call; what it leads to comes back
//! as an event.

use super::connection::Connection;
use super::output::Output;
use super::tokens::Tokens;
use crate::app::effect::{Effect, Exit};
use crate::app::event::Event;
use crate::app::told::Notice;
use crate::player::Player;
use crate::protocol::ids::RoomId;
use crate::protocol::time::Span;
use crate::strings::client as words;
use crate::sync::player::PlayerCommand;

/// How long a line stands over the video: two lines are read in that time (judgement).
const OSD_TIME: Span = Span::seconds(4);

/// What orders are carried out with.
#[derive(Debug)]
pub(super) struct Hands {
    /// The connection to the server.
    pub(super) connection: Connection,
    /// The player, if there is one.
    pub(super) player: Option<Player>,
    /// The tokens kept on this machine.
    pub(super) tokens: Tokens,
    /// Where the member is told things.
    pub(super) output: Output,
}

/// What an order led to at once.
#[derive(Debug)]
pub(super) enum Outcome {
    /// Nothing that the app must hear now.
    Done,
    /// The app is to hear this before anything else.
    Heard(Event),
    /// The client is to end.
    End(Exit),
}

impl Hands {
    /// Carries one order out.
    pub(super) async fn carry_out(&mut self, effect: Effect) -> Outcome {
        match effect {
            Effect::Connect { server } => self.connection.open(&server),
            Effect::Disconnect => self.connection.close(),
            Effect::Send(message) => self.connection.send(&message),
            Effect::Player(command) => self.order(command),
            Effect::Tell(told) => self.output.tell(&told).await,
            Effect::Osd(notice) => self.show(&notice),
            Effect::KeepToken {
                server,
                room,
                token,
            } => self.keep_token(&server, &room, &token),
            Effect::FindToken { server, room } => {
                return Outcome::Heard(self.find_token(&server, &room));
            }
            Effect::Exit(exit) => return Outcome::End(exit),
        }
        Outcome::Done
    }

    fn order(&mut self, command: PlayerCommand) {
        let Some(player) = &self.player else {
            return;
        };
        // A player that was ended, or does not keep up, tells of its state by itself.
        if let Err(cause) = player.send(command) {
            tracing::warn!("an order did not reach the player: {cause}");
        }
    }

    fn show(&mut self, notice: &Notice) {
        self.order(PlayerCommand::ShowText {
            text: words::notice(notice),
            during: OSD_TIME,
        });
    }

    /// Without its token the member would come back as somebody new, which is no reason
    /// not to watch.
    fn keep_token(&mut self, server: &str, room: &RoomId, token: &str) {
        if let Err(cause) = self.tokens.keep(server, room, token) {
            tracing::warn!("the token could not be kept: {cause}");
        }
    }

    fn find_token(&mut self, server: &str, room: &RoomId) -> Event {
        let token = self.tokens.find(server, room).unwrap_or_else(|cause| {
            tracing::warn!("no token could be looked up: {cause}");
            None
        });
        Event::TokenFound(token)
    }
}
