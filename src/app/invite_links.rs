//! The invite links that this member makes: the token is generated here, so that only this client
//! ever holds it together with the room. It is handed out once the room has agreed.
//!
//! What a link offers and who may make one is the room's business.

use std::collections::VecDeque;

use super::command::InviteRequest;
use super::output::InviteLink;
use crate::protocol::command::Command;
use crate::protocol::ids::InviteId;
use crate::protocol::invite::link_with_token;
use crate::protocol::invite_terms::InviteTerms;
use crate::protocol::secret::InviteToken;
use crate::protocol::time::LocalTime;
#[cfg(test)]
use crate::test_support::length::Length;

/// The most links that are being made at a time: as many as a room holds.
const MOST: usize = 20;

/// A link that a line asked for.
#[derive(Debug, Clone)]
struct AskedLink {
    /// The number of the line.
    line: u64,
    /// The room's plain link.
    place: String,
    terms: InviteTerms,
    /// The token, once there is one.
    token: Option<InviteToken>,
    /// Its number, once the room has named it.
    number: Option<InviteId>,
}

/// A link of the usual terms, which can be handed out again.
#[derive(Debug, Clone)]
struct MadeLink {
    place: String,
    link: InviteLink,
    /// When it ends, by this client's clock.
    until: LocalTime,
}

/// What is to be done for a line that asks for a link.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum AskedOutcome {
    /// Generate a token, and give it back by [`InviteLinks::token`].
    NeedsToken,
    /// Hand out this one, which was made before.
    Again(Box<InviteLink>),
    /// Too many are being made.
    TooMany,
}

/// The links that are being made, and the last one of the usual terms.
#[derive(Debug, Default)]
pub(super) struct InviteLinks {
    asked: VecDeque<AskedLink>,
    made: Option<MadeLink>,
}

impl InviteLinks {
    /// A line asks for a link to the room whose plain link is `place`.
    pub(super) fn ask(
        &mut self,
        line: u64,
        request: InviteRequest,
        place: String,
        now: LocalTime,
    ) -> AskedOutcome {
        let made = self.made.as_ref().filter(|made| {
            made.place == place && made.link.terms == request.terms && now < made.until
        });
        if let Some(made) = made.filter(|_| request.reuses) {
            let again = InviteLink {
                is_new: false,
                ..made.link.clone()
            };
            return AskedOutcome::Again(Box::new(again));
        }
        if self.asked.len() >= MOST {
            return AskedOutcome::TooMany;
        }
        self.asked.push_back(AskedLink {
            line,
            place,
            terms: request.terms,
            token: None,
            number: None,
        });
        AskedOutcome::NeedsToken
    }

    /// A token for the first link that has none. Returns the line that asked for it, and the
    /// command to send.
    pub(super) fn token(&mut self, token: InviteToken) -> Option<(u64, Command)> {
        let asked = self.asked.iter_mut().find(|asked| asked.token.is_none())?;
        asked.token = Some(token.clone());
        let terms = asked.terms;
        Some((asked.line, Command::CreateInvite { token, terms }))
    }

    /// The room made a link of this member's, of this number.
    pub(super) fn created(&mut self, invite: InviteId) {
        let sent = |asked: &&mut AskedLink| asked.token.is_some() && asked.number.is_none();
        if let Some(asked) = self.asked.iter_mut().find(sent) {
            asked.number = Some(invite);
        }
    }

    /// A link was revoked: it is not handed out again.
    pub(super) fn revoked(&mut self, invite: InviteId) {
        let is_other = |made: &MadeLink| made.link.number.is_some_and(|known| known != invite);
        self.made = self.made.take().filter(is_other);
    }

    /// The line of this number was answered. Returns its link, if it asked for one and got it.
    pub(super) fn answered(
        &mut self,
        line: u64,
        is_made: bool,
        now: LocalTime,
    ) -> Option<InviteLink> {
        let at = self.asked.iter().position(|asked| asked.line == line)?;
        let asked = self.asked.remove(at).filter(|_| is_made)?;
        let token = asked.token?;
        let new = InviteLink {
            link: link_with_token(&asked.place, &token),
            number: asked.number,
            terms: asked.terms,
            is_new: true,
        };
        if asked.terms == InviteTerms::default() {
            self.made = Some(MadeLink {
                place: asked.place,
                until: now + asked.terms.lasts(),
                link: new.clone(),
            });
        }
        Some(new)
    }

    /// How many are being made, beside the most.
    #[cfg(test)]
    pub(super) fn length(&self) -> Length {
        Length::new("links being made", self.asked.len(), MOST)
    }
}

#[cfg(test)]
mod tests {
    use super::{AskedOutcome, InviteLinks, MOST};
    use crate::app::command::InviteRequest;
    use crate::protocol::ids::InviteId;
    use crate::protocol::secret::InviteToken;
    use crate::protocol::time::{LocalTime, Span};

    const START: LocalTime = LocalTime(5_000_000);
    const PLACE: &str = "https://watch.example.org/r/our-place";

    fn ask(links: &mut InviteLinks, line: u64, place: &str, now: LocalTime) -> AskedOutcome {
        let request = InviteRequest {
            reuses: true,
            ..InviteRequest::default()
        };
        links.ask(line, request, place.to_owned(), now)
    }

    /// A machine that has made a link, #3.
    fn with_link() -> InviteLinks {
        let mut links = InviteLinks::default();
        assert_eq!(ask(&mut links, 1, PLACE, START), AskedOutcome::NeedsToken);
        assert!(links.token(InviteToken::from_bits(7)).is_some());
        links.created(InviteId(3));
        let made = links.answered(1, true, START).expect("a link");
        assert_eq!((made.number, made.is_new), (Some(InviteId(3)), true));
        links
    }

    #[test]
    fn a_link_is_handed_out_again_while_it_works_and_to_its_own_room_only() {
        let mut links = with_link();
        let again = |outcome| matches!(outcome, AskedOutcome::Again(link) if !link.is_new);
        let last = START + Span::seconds(7 * 86_400) - Span::millis(1);
        assert!(again(ask(&mut links, 2, PLACE, last)));
        let elsewhere = "https://watch.example.org/r/another";
        let other = ask(&mut links, 3, elsewhere, last);
        assert_eq!(other, AskedOutcome::NeedsToken);
        let over = ask(&mut links, 4, PLACE, last + Span::millis(1));
        assert_eq!(over, AskedOutcome::NeedsToken);
    }

    #[test]
    fn a_link_that_was_revoked_is_not_handed_out_again_and_another_one_is() {
        for (revoked, works) in [(InviteId(3), false), (InviteId(2), true)] {
            let mut links = with_link();
            links.revoked(revoked);
            let outcome = ask(&mut links, 2, PLACE, START);
            assert_eq!(matches!(outcome, AskedOutcome::Again(_)), works);
        }
    }

    #[test]
    fn only_so_many_are_made_at_a_time() {
        let mut links = InviteLinks::default();
        for line in 0..20 {
            assert_eq!(
                ask(&mut links, line, PLACE, START),
                AskedOutcome::NeedsToken
            );
        }
        assert_eq!(ask(&mut links, 20, PLACE, START), AskedOutcome::TooMany);
        assert_eq!(links.length().held, MOST);
        assert_eq!(links.answered(0, false, START), None);
        assert_eq!(ask(&mut links, 20, PLACE, START), AskedOutcome::NeedsToken);
    }
}
