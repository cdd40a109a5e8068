//! A row of the table of commands in [`super::command::Action::rule`]: what a command requires, and
//! what it is called.

use super::member::Role;

/// What a command requires, and how it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// The lowest role that may give it.
    pub needs: Role,
    /// The acting admins who may give it.
    pub lent_to: LentTo,
    /// Whether members whose role is too low can ask the admins for it.
    pub askable: bool,
    /// Whether muted members may not give it, because others would see it.
    pub silenced: bool,
    /// Whether newcomers may not give it while the room lets them only watch.
    pub restricted: bool,
    /// The rate limit of the member and of their address that it counts against.
    pub allowance: Allowance,
    /// Its key in the catalogue of texts: the message `action-<name>` words it after "Only an admin
    /// can".
    pub name: &'static str,
}

/// The acting admins to whom an admin's power is lent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LentTo {
    /// All of them: a room needs this while no admin is present.
    All,
    /// Only those an admin has chosen: the heir and moderators.
    Named,
    /// None: the effect would outlast the real admins' absence.
    Nobody,
}

/// The rate limit of a command, in addition to the limit of its connection. The server defines the
/// figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Allowance {
    /// A line that everybody reads: everything a viewer can do that others read, and the rare
    /// commands of moderators and admins.
    Line,
    /// A reaction, of which the server allows more than of lines.
    Reaction,
    /// A report to the moderators, of which the server allows few: each takes somebody's attention.
    Report,
    /// No further limit. Moderating, promoting and deciding about proposals must be faster than
    /// those who disturb. Playback commands replace each other, a held key sends several a second,
    /// and whoever controls playback must never be refused a pause.
    Unlimited,
}

/// The base of a row for every member.
pub(in crate::protocol) const EVERYONE: Rule = Rule {
    needs: Role::Viewer,
    lent_to: LentTo::All,
    askable: false,
    silenced: false,
    restricted: false,
    allowance: Allowance::Unlimited,
    name: "",
};

/// The base of a row for moderators and admins.
pub(in crate::protocol) const MODERATOR: Rule = Rule {
    needs: Role::Moderator,
    ..EVERYONE
};

/// The base of a row for moderators and admins, and for acting admins whom an admin has chosen.
pub(in crate::protocol) const NAMED_MODERATOR: Rule = Rule {
    lent_to: LentTo::Named,
    ..MODERATOR
};

/// The base of a row for admins, real or acting.
pub(in crate::protocol) const ADMIN: Rule = Rule {
    needs: Role::Admin,
    ..EVERYONE
};

/// The base of a row for real admins, and for acting ones that an admin has chosen.
pub(in crate::protocol) const NAMED_ADMIN: Rule = Rule {
    lent_to: LentTo::Named,
    ..ADMIN
};

/// The base of a row for real admins only.
pub(in crate::protocol) const REAL_ADMIN: Rule = Rule {
    lent_to: LentTo::Nobody,
    ..ADMIN
};

impl Rule {
    /// Sets the key of the message that words it in a denial, without `action-`.
    pub(in crate::protocol) const fn named(self, name: &'static str) -> Self {
        Self { name, ..self }
    }

    /// Lets members whose role is too low ask the admins for it.
    pub(in crate::protocol) const fn askable(self) -> Self {
        Self {
            askable: true,
            ..self
        }
    }

    /// Forbids it to muted members, since others would see it, and so to newcomers as well.
    pub(in crate::protocol) const fn silenced(self) -> Self {
        Self {
            silenced: true,
            ..self.restricted()
        }
    }

    /// Forbids it to newcomers while the room lets them only watch.
    pub(in crate::protocol) const fn restricted(self) -> Self {
        Self {
            restricted: true,
            ..self
        }
    }

    /// Counts it against the limit for [`Allowance::Line`].
    pub(in crate::protocol) const fn a_line(self) -> Self {
        Self {
            allowance: Allowance::Line,
            ..self
        }
    }

    /// Counts it against the limit for [`Allowance::Report`].
    pub(in crate::protocol) const fn a_report(self) -> Self {
        Self {
            allowance: Allowance::Report,
            ..self
        }
    }

    /// Counts it against the limit for [`Allowance::Reaction`].
    pub(in crate::protocol) const fn a_reaction(self) -> Self {
        Self {
            allowance: Allowance::Reaction,
            ..self
        }
    }
}
