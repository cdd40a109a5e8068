//! Limits what everybody in a room has to read: from each member, however often they reconnect, and
//! from all viewers at one address together. What they do at other nodes counts here too, where this one
//! learns of it (`counted_elsewhere`).
//!
//! The figures are in [`crate::server::client_limits`].

use std::collections::BTreeMap;
use std::time::Duration;

use tokio::time::Instant;

use crate::protocol::command::Command;
use crate::protocol::denied::Denied;
use crate::protocol::ids::MemberId;
use crate::protocol::rule::Allowance;
use crate::room::secrets::AddressHash;
use crate::server::client_limits::{
    LINES, MEMBER_REPORTS, MEMBERS_AT_AN_ADDRESS, REACTIONS, RETURNS, Rate,
};
use crate::server::limits::{Bucket, too_fast};

/// From how many members and addresses on those with a full quota are forgotten (judgement: fewer
/// are not worth a search).
const REMEMBERED: usize = 256;

/// The lines, reactions and reports that a member or an address has left.
#[derive(Debug)]
struct ActionQuota {
    lines: Bucket,
    reactions: Bucket,
    reports: Bucket,
}

impl ActionQuota {
    /// A full quota of `times` members.
    fn full(times: u32, now: Instant) -> Self {
        let bucket = |rate: Rate| Bucket::of(rate.times(times), now);
        Self {
            lines: bucket(LINES),
            reactions: bucket(REACTIONS),
            reports: bucket(MEMBER_REPORTS),
        }
    }

    fn of_kind(&mut self, allowance: Allowance) -> Option<&mut Bucket> {
        match allowance {
            Allowance::Line => Some(&mut self.lines),
            Allowance::Reaction => Some(&mut self.reactions),
            Allowance::Report => Some(&mut self.reports),
            Allowance::Unlimited => None,
        }
    }

    fn take(&mut self, allowance: Allowance, now: Instant) -> Result<(), Duration> {
        self.of_kind(allowance)
            .map_or(Ok(()), |acts| acts.take(now))
    }

    fn is_full(&self, now: Instant) -> bool {
        let mut all = [&self.lines, &self.reactions, &self.reports].into_iter();
        all.all(|bucket| bucket.is_full(now))
    }
}

/// The limits of one member, over all their connections.
#[derive(Debug)]
struct MemberQuota {
    acts: ActionQuota,
    /// Returns, which everybody sees.
    returns: Bucket,
}

impl MemberQuota {
    fn full(now: Instant) -> Self {
        Self {
            acts: ActionQuota::full(1, now),
            returns: Bucket::of(RETURNS, now),
        }
    }

    fn is_full(&self, now: Instant) -> bool {
        self.acts.is_full(now) && self.returns.is_full(now)
    }
}

/// The quotas of all members and addresses of a room.
#[derive(Debug)]
pub(super) struct Allowances {
    members: BTreeMap<MemberId, MemberQuota>,
    addresses: BTreeMap<AddressHash, ActionQuota>,
    /// The number of both at which to look again for those that can be forgotten.
    look_at: usize,
}

impl Allowances {
    /// Starts with every quota full, and nobody known.
    pub(super) const fn new() -> Self {
        Self {
            members: BTreeMap::new(),
            addresses: BTreeMap::new(),
            look_at: REMEMBERED,
        }
    }

    /// Counts a command against the quota of its member, and against that of the address `from`.
    ///
    /// # Errors
    /// [`Denied::TooFast`] with the time to wait; nothing was counted.
    pub(super) fn command(
        &mut self,
        member: MemberId,
        from: Option<AddressHash>,
        command: &Command,
        now: Instant,
    ) -> Result<(), Denied> {
        let allowance = command.rule().allowance;
        if allowance == Allowance::Unlimited {
            return Ok(());
        }
        let own = &mut self.member(member, now).acts;
        own.take(allowance, now).map_err(too_fast)?;
        let shared = from.map(|from| {
            let full = || ActionQuota::full(MEMBERS_AT_AN_ADDRESS, now);
            self.addresses.entry(from).or_insert_with(full)
        });
        let taken = shared.map_or(Ok(()), |shared| shared.take(allowance, now));
        if taken.is_err()
            && let Some(own) = self.member(member, now).acts.of_kind(allowance)
        {
            own.give_back();
        }
        taken.map_err(too_fast)
    }

    /// Counts the return of a member.
    ///
    /// # Errors
    /// The time to wait; nothing was counted.
    pub(super) fn count_return(&mut self, member: MemberId, now: Instant) -> Result<(), Duration> {
        self.member(member, now).returns.take(now)
    }

    /// Counts what a member has done at another node, as far as anything is left: it is done already.
    pub(super) fn note(
        &mut self,
        member: MemberId,
        from: Option<AddressHash>,
        allowance: Allowance,
        now: Instant,
    ) {
        let _taken = self.member(member, now).acts.take(allowance, now);
        if let Some(from) = from {
            let full = || ActionQuota::full(MEMBERS_AT_AN_ADDRESS, now);
            let shared = self.addresses.entry(from).or_insert_with(full);
            let _taken = shared.take(allowance, now);
        }
    }

    /// Counts that a member has come to another node.
    pub(super) fn note_return(&mut self, member: MemberId, now: Instant) {
        let _taken = self.member(member, now).returns.take(now);
    }

    fn member(&mut self, member: MemberId, now: Instant) -> &mut MemberQuota {
        self.forget_some(now);
        let full = || MemberQuota::full(now);
        self.members.entry(member).or_insert_with(full)
    }

    /// Forgets full quotas once many are known, since a new one would be the same.
    fn forget_some(&mut self, now: Instant) {
        if self.members.len() + self.addresses.len() < self.look_at {
            return;
        }
        self.members.retain(|_, left| !left.is_full(now));
        self.addresses.retain(|_, left| !left.is_full(now));
        let known = self.members.len() + self.addresses.len();
        self.look_at = (known * 2).max(REMEMBERED);
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::Instant;

    use super::{Allowances, MEMBERS_AT_AN_ADDRESS, REMEMBERED};
    use crate::media::Media;
    use crate::protocol::command::requested;
    use crate::protocol::command::{Command, MemberRef};
    use crate::protocol::denied::Denied;
    use crate::protocol::ids::{ChatId, EntryId, MemberId};
    use crate::protocol::member::Role;
    use crate::protocol::moderation::ReportSubject;
    use crate::protocol::text::{ChatText, Emoji, MemberName};
    use crate::room::secrets::AddressHash;

    const ALICE: MemberId = MemberId(1);
    const THERE: Option<AddressHash> = Some(AddressHash([7; 32]));

    fn chat() -> Command {
        Command::Chat {
            text: ChatText::parse("hi").unwrap(),
        }
    }

    /// How many of these commands, repeated in turn, are accepted at the same moment.
    fn taken_at_once(commands: &[Command]) -> usize {
        let now = Instant::now();
        let mut allowances = Allowances::new();
        let taken = (0..100).zip(commands.iter().cycle());
        taken
            .take_while(|(_, command)| allowances.command(ALICE, None, command, now).is_ok())
            .count()
    }

    /// A command of each kind that viewers may give.
    fn of_viewers() -> Vec<Command> {
        let media = Media::parse("https://example.org/a.mp4").unwrap();
        vec![
            Command::Chat {
                text: ChatText::parse("hi").unwrap(),
            },
            Command::React {
                emoji: Emoji::parse("🔥").unwrap(),
            },
            Command::Add { media },
            Command::Withdraw { entry: EntryId(1) },
            Command::TakeBack {
                first: EntryId(1),
                last: EntryId(2),
            },
            Command::Ask {
                request: requested(Command::Pause { mark: None }),
            },
            Command::Rename {
                name: MemberName::parse("Ann").unwrap(),
            },
            Command::ExemptFromWait {
                who: None,
                exempt: true,
            },
        ]
    }

    #[test]
    fn whatever_a_viewer_does_that_others_read_is_counted() {
        for command in of_viewers() {
            assert_eq!(command.rule().needs, Role::Viewer, "{command:?}");
            let most = taken_at_once(std::slice::from_ref(&command));
            let is_reaction = matches!(command, Command::React { .. });
            assert_eq!(most, if is_reaction { 10 } else { 8 }, "{command:?}");
        }
    }

    #[test]
    fn reports_are_few_and_leave_the_lines_alone() {
        let report = Command::ReportMember {
            of: ReportSubject::Line(ChatId(1)),
            reason: None,
        };
        assert_eq!(taken_at_once(std::slice::from_ref(&report)), 3);
        let now = Instant::now();
        let mut allowances = Allowances::new();
        let mut report = |member, now| allowances.command(MemberId(member), THERE, &report, now);
        let taken = (1..=100).filter(|member| report(*member, now).is_ok());
        assert_eq!(taken.count(), 12, "all at one address together");
        assert_eq!(report(200, now), Err(Denied::TooFast { retry_ms: 15_001 }));
        assert!(report(200, now + Duration::from_secs(16)).is_ok());
        assert!(allowances.command(ALICE, THERE, &chat(), now).is_ok());
    }

    #[test]
    fn what_everybody_reads_counts_together() {
        let mut lines = of_viewers();
        lines.retain(|command| !matches!(command, Command::React { .. }));
        lines.push(Command::SetTitle { title: None });
        lines.push(Command::SetHeir {
            who: MemberRef::Id(MemberId(2)),
        });
        assert_eq!(taken_at_once(&lines), 8);
    }

    #[test]
    fn order_is_kept_and_the_media_steered_however_fast() {
        let who = || MemberRef::Id(MemberId(2));
        let acts = [
            Command::Kick { who: who() },
            Command::RejectAll { of: Some(who()) },
            Command::Erase { line: ChatId(1) },
            Command::Pause { mark: None },
        ];
        assert_eq!(taken_at_once(&acts), 100);
    }

    #[test]
    fn who_was_too_fast_is_told_when_to_try_again() {
        let start = Instant::now();
        let mut allowances = Allowances::new();
        let mut say = |now| allowances.command(ALICE, None, &chat(), now);
        assert!((0..8).all(|_| say(start).is_ok()));
        let denied = say(start).unwrap_err();
        assert_eq!(denied, Denied::TooFast { retry_ms: 1001 });
        assert!(say(start + Duration::from_millis(1001)).is_ok());
    }

    #[test]
    fn those_at_one_address_have_several_times_as_much_together() {
        let now = Instant::now();
        let mut allowances = Allowances::new();
        let members = (1..=100).map(MemberId);
        let accepted = members.map(|member| {
            let say = |_: &u32| allowances.command(member, THERE, &chat(), now).is_ok();
            (0..8).take_while(say).count()
        });
        let accepted: Vec<usize> = accepted.collect();
        assert_eq!(accepted[..5], [8, 8, 8, 8, 0]);
        let together: usize = accepted.iter().sum();
        assert_eq!(together, 8 * MEMBERS_AT_AN_ADDRESS as usize);
        // It limits neither a member at another address nor one whose address has no hash.
        for from in [Some(AddressHash([8; 32])), None] {
            let accepted = allowances.command(MemberId(101), from, &chat(), now);
            assert_eq!(accepted, Ok(()), "{from:?}");
        }
        // A command that the address's quota refused was not counted against the member.
        let last = MemberId(100);
        assert!((0..8).all(|_| allowances.command(last, None, &chat(), now).is_ok()));
    }

    #[test]
    fn nobody_comes_and_goes_without_end() {
        let start = Instant::now();
        let mut allowances = Allowances::new();
        let back = (0..100).take_while(|_| allowances.count_return(ALICE, start).is_ok());
        assert_eq!(back.count(), 12);
        assert!(allowances.count_return(MemberId(2), start).is_ok());
        let later = start + Duration::from_secs(4);
        assert!(allowances.count_return(ALICE, later).is_ok());
        assert!(allowances.count_return(ALICE, later).is_err());
    }

    #[test]
    fn those_who_take_nothing_are_forgotten_and_no_others() {
        let start = Instant::now();
        let later = start + Duration::from_hours(1);
        let mut allowances = Allowances::new();
        for member in (1..).map(MemberId).take(REMEMBERED) {
            let from = member.0.to_le_bytes().repeat(4).try_into().ok();
            let from = from.map(AddressHash);
            allowances.command(member, from, &chat(), start).unwrap();
        }
        let talking = MemberId(9_999);
        for _ in 0..8 {
            allowances.command(talking, THERE, &chat(), later).unwrap();
        }
        allowances.look_at = 0;
        allowances.count_return(ALICE, later).unwrap();
        let left: Vec<MemberId> = allowances.members.keys().copied().collect();
        assert_eq!(left, [ALICE, talking]);
        assert_eq!(allowances.addresses.len(), 1);
        assert!(allowances.command(talking, None, &chat(), later).is_err());
    }
}
