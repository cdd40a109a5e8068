//! What a join would need, for a client that brings a password or an invite, or means a private room.

use tokio::time::Instant;

use super::Replica;
use super::message::{AdmissionAnswer, AdmissionQuestion, BroughtPassword, PasswordTries};
use super::node_message::NodeMessage;
use crate::protocol::denied::Refused;
use crate::room::secrets::TokenHash;
use crate::server::credentials::keyed;
use crate::server::limits::wait_in_ms;

impl Replica {
    /// Answers what a join would need. Returns the question if the answer is a refusal, of which a
    /// node that shares the log is not sure: [`Self::check_doubtful_admission`] answers that.
    pub(super) fn check_admission(
        &mut self,
        question: AdmissionQuestion,
        now: Instant,
    ) -> Option<AdmissionQuestion> {
        let verdict = self.verdict(&question);
        if self.context.cluster.is_shared() && matches!(verdict, AdmissionAnswer::Refused(_)) {
            return Some(question);
        }
        let counted = self.count_if_guess(&question, &verdict, now);
        if matches!(question.password, BroughtPassword::Wrong(_)) {
            self.forgive_if_let_in(&question, &verdict);
        }
        let answer = counted.map_or_else(AdmissionAnswer::Refused, |()| verdict);
        // The session may have ended meanwhile.
        let _ended = question.reply.send(answer);
        None
    }

    /// Answers what a join would need, once it is sure that nothing was missed that lets the client in.
    pub(super) async fn check_doubtful_admission(
        &mut self,
        question: AdmissionQuestion,
        now: Instant,
    ) {
        let answer = self.sure_answer(&question, now).await;
        // The session may have ended meanwhile.
        let _ended = question
            .reply
            .send(answer.unwrap_or_else(AdmissionAnswer::Refused));
    }

    /// The answer as the log has the room. A guess has the log asked however often it is made: it is
    /// counted before, so guesses are limited by that.
    async fn sure_answer(
        &mut self,
        question: &AdmissionQuestion,
        now: Instant,
    ) -> Result<AdmissionAnswer, Refused> {
        let first = self.verdict(question);
        self.count_if_guess(question, &first, now)?;
        let is_counted = is_guess(&first);
        if is_counted {
            self.catch_up_with_log().await?;
        } else {
            self.catch_up_before_refusal(now).await?;
        }
        let verdict = self.verdict(question);
        if is_counted {
            self.forgive_if_let_in(question, &verdict);
        } else {
            self.count_if_guess(question, &verdict, now)?;
        }
        Ok(verdict)
    }

    /// Does not count a guess that was counted, of somebody who gets in without it.
    fn forgive_if_let_in(&mut self, question: &AdmissionQuestion, verdict: &AdmissionAnswer) {
        let is_let_in = matches!(verdict, AdmissionAnswer::Open | AdmissionAnswer::Invited);
        if is_let_in && question.tries == PasswordTries::Shared {
            self.give_guess_back();
        }
    }

    /// What the room as it is answers. Passwords and invites are counted before it is told, so that
    /// many at once cannot evade the count.
    fn verdict(&self, question: &AdmissionQuestion) -> AdmissionAnswer {
        let AdmissionQuestion {
            resume,
            from,
            invite,
            password,
            only_private,
            ..
        } = question;
        let secrets = &self.room.secrets;
        let from = keyed(secrets.address_key(), *from);
        if secrets.is_banned(resume.as_ref(), from.as_ref()) {
            return AdmissionAnswer::Refused(Refused::Banned);
        }
        if let Some(why) = self.not_private(*only_private, *resume) {
            return AdmissionAnswer::Refused(why);
        }
        if let Some(answer) = self.admitted_by_token(*resume, *invite) {
            return answer;
        }
        match (password, secrets.password()) {
            (_, None) => AdmissionAnswer::Open,
            (BroughtPassword::Wrong(wrong), Some(hash)) if wrong == hash => {
                AdmissionAnswer::Refused(Refused::PasswordWrong)
            }
            (BroughtPassword::Unchecked | BroughtPassword::Wrong(_), Some(hash)) => {
                AdmissionAnswer::Password(hash.clone())
            }
            (BroughtPassword::None, Some(_)) if invite.is_some() => {
                AdmissionAnswer::Refused(Refused::InviteInvalid)
            }
            (BroughtPassword::None, Some(_)) => AdmissionAnswer::Refused(Refused::PasswordNeeded),
        }
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

    /// Counts a guess, unless that was done when the password was asked about first. An invite that
    /// does not work counts like a wrong password.
    fn count_if_guess(
        &mut self,
        question: &AdmissionQuestion,
        verdict: &AdmissionAnswer,
        now: Instant,
    ) -> Result<(), Refused> {
        let is_counted = matches!(question.password, BroughtPassword::Wrong(_));
        if is_counted || !is_guess(verdict) {
            return Ok(());
        }
        self.count_guess(question.tries, now)
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

    /// Does not count a guess that was counted here.
    pub(super) fn give_guess_back(&mut self) {
        self.guesses.give_back();
        self.tell_others(&NodeMessage::GuessWasRight);
    }
}

/// Whether an answer says something of a password or an invite.
const fn is_guess(answer: &AdmissionAnswer) -> bool {
    matches!(
        answer,
        AdmissionAnswer::Password(_)
            | AdmissionAnswer::Refused(Refused::PasswordWrong | Refused::InviteInvalid)
    )
}
