//! What a join would need, for a client that brings a password or an invite, or means a private room.

use tokio::time::Instant;

use super::Replica;
use super::message::{AdmissionAnswer, AdmissionQuestion, PasswordTries};
use super::node_message::NodeMessage;
use crate::protocol::denied::Refused;
use crate::room::secrets::TokenHash;
use crate::server::credentials::keyed;
use crate::server::limits::wait_in_ms;

impl Replica {
    /// Answers what a join would need.
    pub(super) fn check_admission(&mut self, question: AdmissionQuestion, now: Instant) {
        let AdmissionQuestion {
            resume,
            from,
            invite,
            with_password,
            only_private,
            tries,
            reply,
        } = question;
        let from = keyed(self.room.secrets.address_key(), from);
        let answer = if self.room.secrets.is_banned(resume.as_ref(), from.as_ref()) {
            AdmissionAnswer::Refused(Refused::Banned)
        } else if let Some(why) = self.not_private(only_private, resume) {
            AdmissionAnswer::Refused(why)
        } else if let Some(answer) = self.admitted_by_token(resume, invite) {
            answer
        } else if with_password {
            self.password_answer(tries, now)
        } else {
            AdmissionAnswer::Refused(self.without_password(invite.is_some(), tries, now))
        };
        // The session may have ended meanwhile.
        let _ended = reply.send(answer);
    }

    /// The answer to a client that needs no password: the room has none, knows the client's token,
    /// or the invite works.
    fn admitted_by_token(
        &self,
        resume: Option<TokenHash>,
        invite: Option<TokenHash>,
    ) -> Option<AdmissionAnswer> {
        let secrets = &self.room.secrets;
        let is_known = resume.is_some_and(|token| secrets.owner(&token).is_some());
        if secrets.password().is_none() || is_known {
            return Some(AdmissionAnswer::Open);
        }
        let mut links = secrets.invites().counting(self.room_now());
        let used = invite.and_then(|token| links.take(&token));
        used.map(|_| AdmissionAnswer::Invited)
    }

    /// Why somebody whom the room does not know stays out who means a private room of this name.
    fn not_private(&self, only_private: bool, resume: Option<TokenHash>) -> Option<Refused> {
        let (state, secrets) = (&self.room.state, &self.room.secrets);
        let is_known = resume.is_some_and(|token| secrets.owner(&token).is_some());
        (only_private && !is_known && !state.is_private()).then(|| Refused::NotPrivate {
            admin: (state.roster.admins_here().next()).map(|admin| admin.name.clone()),
        })
    }

    /// The answer to a client that brings a password. Passwords are counted before they are
    /// compared, so that many at once cannot evade the count; `arrive` refunds the right ones.
    fn password_answer(&mut self, tries: PasswordTries, now: Instant) -> AdmissionAnswer {
        let counted = self.count_guess(tries, now);
        match (counted, self.room.secrets.password()) {
            (Err(why), _) => AdmissionAnswer::Refused(why),
            (Ok(()), Some(password)) => AdmissionAnswer::Password(password.clone()),
            (Ok(()), None) => AdmissionAnswer::Open,
        }
    }

    /// Why a client that brings no password is refused: an invite that does not work counts like a
    /// wrong password.
    fn without_password(
        &mut self,
        with_invite: bool,
        tries: PasswordTries,
        now: Instant,
    ) -> Refused {
        if !with_invite {
            return Refused::PasswordNeeded;
        }
        let counted = self.count_guess(tries, now);
        counted.err().unwrap_or(Refused::InviteInvalid)
    }

    /// Counts a guess. Other addresses' wrong guesses must not lock out an address that made none.
    fn count_guess(&mut self, tries: PasswordTries, now: Instant) -> Result<(), Refused> {
        if tries == PasswordTries::Own {
            return Ok(());
        }
        let counted = self.guesses.take(now);
        if counted.is_ok() {
            self.tell_others(&NodeMessage::Guess);
        }
        counted.map_err(|wait| Refused::TooManyTries {
            retry_ms: wait_in_ms(wait),
        })
    }
}
