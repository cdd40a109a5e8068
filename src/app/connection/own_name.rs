//! The name that the member goes by.

use crate::app::config::AppConfig;
use crate::protocol::text::MemberName;

/// The name that the member goes by.
#[derive(Debug)]
pub(in crate::app) struct OwnName {
    /// The name wished for, or the one that the room gave.
    current: MemberName,
    /// The name that the member chose for this run of the client, until a room was asked for it.
    chosen: Option<MemberName>,
}

impl OwnName {
    /// The name that the client is started with.
    pub(super) fn first(config: &AppConfig) -> Self {
        Self {
            current: config.name.clone(),
            chosen: config.chosen_name.clone(),
        }
    }

    /// The name wished for, or the one that the room gave.
    pub(in crate::app) const fn current(&self) -> &MemberName {
        &self.current
    }

    /// The name that the member chose for this run, if no room was asked for it yet.
    pub(in crate::app) const fn chosen(&self) -> Option<&MemberName> {
        self.chosen.as_ref()
    }

    /// The member goes by this name, also in a room that remembers another.
    pub(super) fn choose(&mut self, name: MemberName) {
        self.chosen = Some(name.clone());
        self.current = name;
    }

    /// The room calls the member so.
    pub(super) fn given(&mut self, name: MemberName) {
        self.current = name;
    }

    /// The chosen name, to ask the room for it: once.
    pub(super) const fn take_chosen(&mut self) -> Option<MemberName> {
        self.chosen.take()
    }
}
