//! Whom the room as it is refuses, and why. A node that is behind asks the log before it says so.

use tokio::time::Instant;

use super::Replica;
use super::message::{Join, Proof};
use crate::protocol::denied::Refused;
use crate::room::decide::{self, AdmittedMember};
use crate::room::invites::InviteCount;
use crate::server::credentials::keyed;

impl Replica {
    /// Those of the joins that the room lets in. The others are refused, once it is sure that this
    /// node has missed nothing that lets them in.
    pub(super) async fn entitled(&mut self, mut joins: Vec<Join>, now: Instant) -> Vec<Join> {
        for join in &mut joins {
            join.arrival.from = keyed(self.room.secrets.address_key(), join.arrival.from);
        }
        let is_refused = self.refusals(&joins).iter().any(Option::is_some);
        let unsure = if is_refused {
            self.catch_up_before_refusal(now).await.err()
        } else {
            None
        };
        let refusals = self.refusals(&joins).into_iter();
        welcome(
            joins,
            refusals.map(|why| unsure.clone().filter(|_| why.is_some()).or(why)),
        )
    }

    /// Those of the joins that the room as it is now lets in. The others are refused.
    pub(super) fn still_welcome(&self, joins: Vec<Join>) -> Vec<Join> {
        let refusals = self.refusals(&joins).into_iter();
        welcome(joins, refusals)
    }

    /// Makes sure that this node has missed nothing of the room, before somebody is refused. Strangers
    /// could have the log asked in vain, so it is asked only so often.
    ///
    /// # Errors
    /// [`Refused::StorageAway`] if the log cannot tell.
    pub(super) async fn catch_up_before_refusal(&mut self, now: Instant) -> Result<(), Refused> {
        if !self.context.cluster.is_shared() || self.refusal_checks.take(now).is_err() {
            return Ok(());
        }
        self.catch_up_with_log().await
    }

    /// Why each of these joins is refused by the room as it is now; `None` for those that it lets in.
    /// They come in together.
    ///
    /// Whoever brings nothing to a room that needs a password learns no more of it than that.
    fn refusals(&self, joins: &[Join]) -> Vec<Option<Refused>> {
        let mut invites = self.room.secrets.invites().counting(self.room_now());
        let mut fitting = 0;
        let refusals = joins.iter().map(|join| {
            let refused = self
                .banned(&join.arrival)
                .or_else(|| self.void_proof(join, &mut invites))
                .or_else(|| self.no_place(&join.arrival, fitting))
                .or_else(|| decide::check_admission(&self.room, &join.arrival).err());
            fitting += usize::from(refused.is_none());
            refused
        });
        refusals.collect()
    }

    /// Whether somebody is banned.
    pub(super) fn banned(&self, arrival: &AdmittedMember) -> Option<Refused> {
        let AdmittedMember { resume, from, .. } = arrival;
        let secrets = &self.room.secrets;
        let is_banned = secrets.is_banned(resume.as_ref(), from.as_ref());
        is_banned.then_some(Refused::Banned)
    }

    /// Whether a join's proof is void: the token's owner was kicked, the password changed, or the
    /// invite revoked or used up, since their admission was checked.
    fn void_proof(&self, join: &Join, invites: &mut InviteCount<'_>) -> Option<Refused> {
        let secrets = &self.room.secrets;
        let password = secrets.password()?;
        if join.arrival.owner(secrets).is_some() {
            return None;
        }
        match &join.proof {
            Proof::Password(hash) => (hash != password).then_some(Refused::PasswordWrong),
            Proof::Token => Some(Refused::PasswordNeeded),
            Proof::Invite => {
                let token = join.arrival.invite;
                let used = token.and_then(|token| invites.take(&token));
                used.is_none().then_some(Refused::InviteInvalid)
            }
        }
    }

    /// Whether the room has no place for a newcomer beside so many others who come.
    fn no_place(&self, arrival: &AdmittedMember, others: usize) -> Option<Refused> {
        let is_known = arrival.owner(&self.room.secrets).is_some();
        let others = u32::try_from(others).unwrap_or(u32::MAX);
        let here = self.room.state.roster.count.saturating_add(others);
        let limit = self.context.limits.borrow().members;
        (!is_known && here >= limit).then_some(Refused::RoomFull { limit })
    }
}

/// Answers the joins that are refused, and returns the others.
fn welcome(joins: Vec<Join>, refusals: impl Iterator<Item = Option<Refused>>) -> Vec<Join> {
    let mut welcome = Vec::new();
    for (join, refused) in joins.into_iter().zip(refusals) {
        match refused {
            None => welcome.push(join),
            // The session may have ended meanwhile.
            Some(why) => drop(join.reply.send(Err(why))),
        }
    }
    welcome
}
