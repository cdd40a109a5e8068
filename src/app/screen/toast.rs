//! Toasts: notices at the foot of the screen that go away by themselves.

use crate::app::appearance::{ColourDepth, ThemeChoice};
use crate::app::output::severity::Severity;
use crate::app::output::{Notice, Why};
use crate::app::preferences::{Alerts, Layout};
use crate::protocol::command::PermissionRequest;
use crate::protocol::text::TextError;
use crate::protocol::time::{LocalTime, Span};

/// How long a toast is shown: two lines are read in that time (judgement).
const SHOWN_FOR: Span = Span::seconds(6);

/// A notice that is shown for some seconds.
#[derive(Debug, Clone, PartialEq)]
pub struct Toast {
    pub(super) content: ToastContent,
    pub(super) until: LocalTime,
}

impl Toast {
    /// A toast that is shown from now on.
    pub(super) fn new(content: ToastContent, now: LocalTime) -> Self {
        Self {
            content,
            until: now + SHOWN_FOR,
        }
    }

    /// What it says, as facts: the words are made when it is drawn.
    #[must_use]
    pub const fn content(&self) -> &ToastContent {
        &self.content
    }
}

/// What a toast says, as facts; `strings` has the words.
#[derive(Debug, Clone, PartialEq)]
pub enum ToastContent {
    /// Why something was not done.
    Why(Why),
    /// Why something was not done; the same key again asks the admins.
    AskAgain(Why),
    /// A notice of the app.
    Notice(Notice),
    /// The admins were asked for this.
    Asked(PermissionRequest),
    /// This text was copied.
    Copied(String),
    /// This invite was copied, which leads to where a password is asked for.
    CopiedPrivate(String),
    /// The password was not repeated as it was.
    PasswordsDiffer,
    /// A paste of so many lines became one.
    Pasted(usize),
    /// The line of chat has no link.
    NoLink,
    /// Nothing is chosen, or there is nothing to choose.
    NothingChosen,
    /// This is no address.
    BadAddress,
    /// No room can have this name.
    BadRoom,
    /// No member can have this name.
    BadName(TextError),
    /// This theme was chosen, on a terminal with so many colours.
    Theme(ThemeChoice, ColourDepth),
    /// There is no theme of one's own to choose.
    NoOwnTheme,
    /// The member counts as away now (`true`), or as back.
    Away(bool),
    /// The screen is divided so now.
    Layout(Layout),
    /// This is what flashes and what rings.
    Alerts(Alerts),
}

impl ToastContent {
    /// How much attention it claims.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        match self {
            Self::Why(_)
            | Self::PasswordsDiffer
            | Self::NoLink
            | Self::NothingChosen
            | Self::NoOwnTheme
            | Self::BadAddress
            | Self::BadRoom
            | Self::BadName(_) => Severity::Error,
            // It offers something.
            Self::AskAgain(_) | Self::CopiedPrivate(_) | Self::Pasted(_) => Severity::Warning,
            Self::Notice(notice) => notice.severity(),
            Self::Asked(_)
            | Self::Copied(_)
            | Self::Theme(..)
            | Self::Away(_)
            | Self::Layout(_)
            | Self::Alerts(_) => Severity::Info,
        }
    }
}
