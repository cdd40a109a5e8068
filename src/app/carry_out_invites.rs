//! Carries out what lines ask about invite links.

use super::App;
use super::command::InviteRequest;
use super::effect::Effect;
use super::invite_links::AskedOutcome;
use super::lines::CommandSource;
use super::output::{Notice, Why};
use crate::protocol::denied::Denied;
use crate::protocol::secret::InviteToken;

/// How long after its refusal a line can be tried again, when too many links are being made.
const RETRY_MS: u32 = 1_000;

impl App {
    /// Makes an invite link, or hands out one that was made before.
    pub(super) fn make_invite_link(&mut self, line: u64, request: InviteRequest) {
        let place = self.invite();
        let outcome = self.invite_links.ask(line, request, place, self.now.local);
        match outcome {
            AskedOutcome::NeedsToken => self.effects.push(Effect::MakeInviteToken),
            AskedOutcome::Again(made) => {
                self.notice(Notice::InviteLink(made));
                self.done(line, Ok(()));
            }
            AskedOutcome::TooMany => {
                let retry_ms = RETRY_MS;
                let why = Why::Denied(Denied::TooFast { retry_ms });
                self.done(line, Err(why));
            }
        }
    }

    /// Asks the room to let in by this token.
    pub(super) fn on_invite_token(&mut self, token: InviteToken) {
        if let Some((line, command)) = self.invite_links.token(token) {
            self.command(command, CommandSource::Line(line));
        }
    }

    /// The line of this number was carried out: hands out the link that it asked for, if any.
    pub(super) fn hand_out_link(&mut self, line: u64) {
        if let Some(link) = self.invite_links.answered(line, true, self.now.local) {
            self.notice(Notice::InviteLink(Box::new(link)));
        }
    }
}
