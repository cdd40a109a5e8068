//! What opens a private room while its history goes on, and the laws of its doors: whoever asks after
//! an answer meets what that answer promised, at every node. While a change is under way, both are true.

use std::collections::{BTreeMap, BTreeSet};

use watchtogether::protocol::denied::Refused;
use watchtogether::protocol::ids::InviteId;
use watchtogether::protocol::secret::InviteToken;

/// A moment of the test: it counts up with each thing that is noted.
pub(super) type Moment = u64;

/// For how long something holds: from a moment between its order and the answer to that, to one between
/// the order of its end and the answer to that.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Holds {
    asked: Moment,
    from: Option<Moment>,
    ending: Option<Moment>,
    over: Option<Moment>,
}

impl Holds {
    fn is_possible(&self, from: Moment, until: Moment) -> bool {
        self.asked < until && self.over.is_none_or(|over| over > from)
    }

    fn is_sure(&self, from: Moment, until: Moment) -> bool {
        let begun = self.from.is_some_and(|begun| begun < from);
        begun && self.ending.is_none_or(|ending| ending > until)
    }
}

/// An invite link.
#[derive(Debug, Clone)]
pub(super) struct Link {
    pub(super) token: InviteToken,
    /// Its number in the room, once that is known.
    pub(super) id: Option<InviteId>,
    uses: usize,
    holds: Holds,
    /// How often it was tried so far.
    tried: usize,
    /// By whom: a ban ends the links by which those came in who go.
    tried_by: BTreeSet<usize>,
    /// How many it has let in.
    let_in: usize,
}

/// What somebody brings to a door.
#[derive(Debug, Clone, Copy)]
pub(super) enum Brings {
    /// The link of this index.
    Link(usize),
    /// The password of this index.
    Password(usize),
    /// A password that the room never has.
    Nonsense,
    /// The password of this index, and the token of a member.
    Token(usize),
}

/// Somebody at a door, from when on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Attempt {
    pub(super) guest: usize,
    pub(super) brings: Brings,
    from: Moment,
}

/// What opens the room, and to whom.
#[derive(Debug, Default)]
pub(super) struct AdmissionRecord {
    now: Moment,
    pub(super) links: Vec<Link>,
    /// The passwords, of which the room has the last.
    passwords: Vec<Holds>,
    /// The bans of each guest.
    bans: BTreeMap<usize, Vec<Holds>>,
    /// How often each kind of answer came.
    pub(super) answers: BTreeMap<&'static str, usize>,
}

impl AdmissionRecord {
    fn tick(&mut self) -> Moment {
        self.now += 1;
        self.now
    }

    /// A link with so many uses is ordered; returns its index.
    pub(super) fn orders_link(&mut self, token: InviteToken, uses: usize) -> usize {
        let asked = self.tick();
        let holds = Holds {
            asked,
            ..Holds::default()
        };
        self.links.push(Link {
            token,
            id: None,
            uses,
            holds,
            tried: 0,
            tried_by: BTreeSet::new(),
            let_in: 0,
        });
        self.links.len() - 1
    }

    /// The order of a link was answered.
    pub(super) fn has_link(&mut self, index: usize, id: InviteId) {
        let now = self.tick();
        let link = &mut self.links[index];
        (link.id, link.holds.from) = (Some(id), Some(now));
    }

    /// The end of a link is ordered, or may be.
    pub(super) fn ends_link(&mut self, index: usize) {
        let now = self.tick();
        self.links[index].holds.ending.get_or_insert(now);
    }

    /// The link lets nobody in any more.
    pub(super) fn link_is_over(&mut self, index: usize) {
        let now = self.tick();
        self.links[index].holds.over.get_or_insert(now);
    }

    /// The links that were not ended, and not tried by more than they let in.
    pub(super) fn open_links(&self) -> Vec<usize> {
        let links = self.links.iter().enumerate();
        let open = links.filter(|(_, link)| {
            let is_open = link.id.is_some() && link.holds.ending.is_none();
            is_open && link.tried <= link.uses
        });
        open.map(|(index, _)| index).collect()
    }

    /// Another password is ordered; returns its index.
    pub(super) fn orders_password(&mut self) -> usize {
        let asked = self.tick();
        if let Some(before) = self.passwords.last_mut() {
            before.ending = Some(asked);
        }
        self.passwords.push(Holds {
            asked,
            ..Holds::default()
        });
        self.passwords.len() - 1
    }

    /// The order of the last password was answered.
    pub(super) fn has_password(&mut self) {
        let now = self.tick();
        let mut newest = self.passwords.iter_mut().rev();
        if let Some(newest) = newest.next() {
            newest.from = Some(now);
        }
        if let Some(before) = newest.next() {
            before.over = Some(now);
        }
    }

    /// The index of the last password.
    pub(super) fn password(&self) -> usize {
        self.passwords.len() - 1
    }

    /// A ban of a guest is ordered.
    pub(super) fn orders_ban(&mut self, guest: usize) {
        let asked = self.tick();
        for link in &mut self.links {
            if link.tried_by.contains(&guest) {
                link.holds.ending.get_or_insert(asked);
            }
        }
        let ban = Holds {
            asked,
            ..Holds::default()
        };
        self.bans.entry(guest).or_default().push(ban);
    }

    /// The last ban of a guest holds, or was denied.
    pub(super) fn is_banned(&mut self, guest: usize, agreed: bool) {
        let now = self.tick();
        let bans = self.bans.entry(guest).or_default();
        if agreed {
            let ban = bans.last_mut().expect("it was ordered");
            ban.from = Some(now);
        } else {
            bans.pop();
        }
    }

    /// The end of a guest's last ban is ordered, and then agreed.
    pub(super) fn unbans(&mut self, guest: usize, agreed: bool) {
        let now = self.tick();
        let ban = self.bans.get_mut(&guest).and_then(|bans| bans.last_mut());
        let ban = ban.expect("a ban");
        if agreed {
            ban.over = Some(now);
        } else {
            ban.ending = Some(now);
        }
    }

    /// Somebody comes to a door.
    pub(super) fn tries(&mut self, guest: usize, brings: Brings) -> Attempt {
        let from = self.tick();
        let bans = self.bans.get(&guest).and_then(|bans| bans.last());
        let is_banned = bans.is_some_and(|ban| ban.over.is_none());
        if let Brings::Link(index) = brings {
            let link = &mut self.links[index];
            link.tried += 1;
            link.tried_by.insert(guest);
            if is_banned {
                link.holds.ending.get_or_insert(from);
            }
        }
        Attempt {
            guest,
            brings,
            from,
        }
    }

    /// What they were answered: nothing, if they were let in.
    pub(super) fn answered(&mut self, attempt: Attempt, refused: Option<&Refused>) {
        let until = self.tick();
        let Attempt { guest, from, .. } = attempt;
        let bans = self.bans.get(&guest).cloned().unwrap_or_default();
        let may_be_banned = bans.iter().any(|ban| ban.is_possible(from, until));
        let is_banned = bans.iter().any(|ban| ban.is_sure(from, until));
        let (may_be_right, is_right) = self.proof(attempt, until);
        let kind = match refused {
            None => {
                assert!(!is_banned, "a banned guest is let in: {attempt:?} {bans:?}");
                assert!(may_be_right, "let in by what opens nothing: {attempt:?}");
                if let Brings::Link(index) = attempt.brings {
                    let link = &mut self.links[index];
                    link.let_in += 1;
                    assert!(link.let_in <= link.uses, "too many by one link: {link:?}");
                    "by link"
                } else {
                    "by password"
                }
            }
            Some(Refused::Banned) => {
                assert!(
                    may_be_banned,
                    "nobody has banned them: {attempt:?} {bans:?}"
                );
                "banned"
            }
            Some(Refused::PasswordWrong | Refused::InviteInvalid) => {
                assert!(!is_banned, "a banned guest learns more: {attempt:?}");
                assert!(
                    !is_right,
                    "what opens the room is called wrong: {attempt:?}"
                );
                "wrong"
            }
            Some(Refused::TooManyTries { .. } | Refused::TooManyJoins { .. }) => "too many",
            Some(other) => panic!("{attempt:?}: {other:?}"),
        };
        *self.answers.entry(kind).or_default() += 1;
    }

    /// Whether what somebody brings may have opened the room meanwhile, and whether it surely did.
    fn proof(&self, attempt: Attempt, until: Moment) -> (bool, bool) {
        let of = |holds: &Holds| {
            (
                holds.is_possible(attempt.from, until),
                holds.is_sure(attempt.from, until),
            )
        };
        match attempt.brings {
            Brings::Link(index) => {
                let link = &self.links[index];
                let (possible, sure) = of(&link.holds);
                (possible, sure && link.tried <= link.uses)
            }
            Brings::Password(index) => of(&self.passwords[index]),
            // The room may know them.
            Brings::Token(index) => (true, of(&self.passwords[index]).1),
            Brings::Nonsense => (false, false),
        }
    }
}
