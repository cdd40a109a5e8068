//! Toasts: notices at the foot of the screen that go away by themselves.

use crate::app::appearance::{ColourDepth, ThemeChoice};
use crate::app::output::severity::Severity;
use crate::app::output::{Notice, Why};
use crate::app::preferences::{Alerts, Layout};
use crate::protocol::command::PermissionRequest;
use crate::protocol::ids::RoomId;
use crate::protocol::text::TextError;
use crate::protocol::time::{LocalTime, Span};

/// How long a toast is shown: two lines are read in that time (judgement).
const SHOWN_FOR: Span = Span::seconds(6);

/// A notice that is shown for some seconds.
#[derive(Debug, Clone, PartialEq)]
pub struct Toast {
    pub(super) content: ToastContent,
    pub(super) until: LocalTime,
    /// The last line that the member had sent by then.
    pub(super) after_line: u64,
}

impl Toast {
    /// A toast that is shown from now on, after so many lines of the member.
    pub(super) fn new(content: ToastContent, now: LocalTime, after_line: u64) -> Self {
        Self {
            content,
            until: now + SHOWN_FOR,
            after_line,
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
    /// Why the last line was refused, which is in the history: another is being written.
    KeptAside(Why),
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
    /// This invite link was copied, and only this computer can follow it.
    CopiedHere(String),
    /// The password was not repeated as it was.
    PasswordsDiffer,
    /// A paste of so many lines became one.
    Pasted(usize),
    /// The line of chat has no link.
    NoLink,
    /// Nothing completes what is written.
    NothingCompletes,
    /// Nothing is chosen, or there is nothing to choose.
    NothingChosen,
    /// The member is in this room already.
    HereAlready(RoomId),
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
    /// The configuration file was changed, and is taken over.
    SettingsTaken,
    /// The member counts as away now (`true`), or as back.
    Away(bool),
    /// The screen is divided so now.
    Layout(Layout),
    /// The chat is as wide as it can be (`true`), or as narrow.
    WidthLimit(bool),
    /// This is what flashes and what rings.
    Alerts(Alerts),
}

impl ToastContent {
    /// How much attention it claims.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        match self {
            Self::Why(_)
            | Self::KeptAside(_)
            | Self::PasswordsDiffer
            | Self::NoLink
            | Self::NothingChosen
            | Self::NoOwnTheme
            | Self::BadAddress
            | Self::BadRoom
            | Self::BadName(_) => Severity::Error,
            // It offers something.
            Self::AskAgain(_) | Self::CopiedPrivate(_) | Self::CopiedHere(_) | Self::Pasted(_) => {
                Severity::Warning
            }
            Self::Notice(notice) => notice.severity(),
            Self::Asked(_)
            | Self::Copied(_)
            | Self::NothingCompletes
            | Self::HereAlready(_)
            | Self::SettingsTaken
            | Self::Theme(..)
            | Self::Away(_)
            | Self::Layout(_)
            | Self::WidthLimit(_)
            | Self::Alerts(_) => Severity::Info,
        }
    }
}
