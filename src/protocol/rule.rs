//! A row of the table of commands in [`super::command::Action::rule`]: what a command takes, and
//! what it is called.

use super::member::Role;

/// What a command takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// The least role that may give it.
    pub needs: Role,
    /// Which acting admins may give it.
    pub lent_to: LentTo,
    /// Whether a member whose role is not enough can ask the admins for it.
    pub askable: bool,
    /// Whether it is taken from muted members: others would read or hear of them.
    pub silenced: bool,
    /// Which allowance of a member and of an address it uses up.
    pub allowance: Allowance,
    /// What it is called after "Only an admin can".
    pub name: &'static str,
}

/// The acting admins who have a part of an admin's power.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LentTo {
    /// All of them: a room needs it while no admin is here.
    All,
    /// The heir and moderators, whom an admin has named.
    Named,
    /// None: it would outlast the absence of the real admins.
    Nobody,
}

/// What a command counts as, beside counting as one of its connection. The server keeps the
/// figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Allowance {
    /// A line that everybody reads. Whatever a viewer may do that others read counts so, and the
    /// rare commands of those with more power.
    Line,
    /// An emoji that floats by.
    Reaction,
    /// Nothing more. Keeping order, giving others the power to, and deciding about proposals must
    /// be faster than those who disturb. Steering the media replaces what came before, a held key
    /// sends several a second, and the one who steers must not be refused the pause.
    Unlimited,
}

/// A row for everybody.
pub(super) const EVERYONE: Rule = Rule {
    needs: Role::Viewer,
    lent_to: LentTo::All,
    askable: false,
    silenced: false,
    allowance: Allowance::Unlimited,
    name: "",
};

/// A row for moderators and admins.
pub(super) const MODERATOR: Rule = Rule {
    needs: Role::Moderator,
    ..EVERYONE
};

/// A row for admins, acting ones too.
pub(super) const ADMIN: Rule = Rule {
    needs: Role::Admin,
    ..EVERYONE
};

/// A row for real admins, and for acting ones whom an admin has named.
pub(super) const NAMED_ADMIN: Rule = Rule {
    lent_to: LentTo::Named,
    ..ADMIN
};

/// A row for real admins only.
pub(super) const REAL_ADMIN: Rule = Rule {
    lent_to: LentTo::Nobody,
    ..ADMIN
};

impl Rule {
    /// Gives the command its name in a denial.
    pub(super) const fn named(self, name: &'static str) -> Self {
        Self { name, ..self }
    }

    /// Members can ask the admins for it.
    pub(super) const fn askable(self) -> Self {
        Self {
            askable: true,
            ..self
        }
    }

    /// Muted members may not.
    pub(super) const fn silenced(self) -> Self {
        Self {
            silenced: true,
            ..self
        }
    }

    /// Counts as a line of chat.
    pub(super) const fn a_line(self) -> Self {
        Self {
            allowance: Allowance::Line,
            ..self
        }
    }

    /// Counts as a reaction.
    pub(super) const fn a_reaction(self) -> Self {
        Self {
            allowance: Allowance::Reaction,
            ..self
        }
    }
}
