//! The server that runs in the client's own process, if one does.

use super::config::{AppConfig, Unkept};
use super::output::{ArrivalNotice, Notice};

/// The server in this process, if one runs.
#[derive(Debug, Clone)]
pub(super) struct Hosting {
    address: Option<String>,
    /// The options that start it so again.
    options: Vec<String>,
    /// Why it does not keep its rooms; `None` if it does.
    unkept: Option<Unkept>,
    /// The address of the demo's server, if this client shows the demo.
    demo: Option<String>,
}

impl Hosting {
    /// What the client was started with.
    pub(super) fn of(config: &AppConfig) -> Self {
        Self {
            address: config.hosts.clone(),
            options: config.hosts_with.clone(),
            unkept: config.unkept.clone(),
            demo: config.demo.then(|| config.server.clone()),
        }
    }

    /// Whether it runs at this address.
    pub(super) fn is_at(&self, server: &str) -> bool {
        self.address.as_deref() == Some(server)
    }

    /// The options that start it so again.
    pub(super) fn options(&self) -> &[String] {
        &self.options
    }

    /// Whether the demo's server is at this address.
    pub(super) fn is_demo_at(&self, server: &str) -> bool {
        self.demo.as_deref() == Some(server)
    }

    /// That it does not keep its rooms, for the member to read at the beginning.
    pub(super) fn notice(&self) -> Option<Notice> {
        let unkept = self.unkept.clone().map(ArrivalNotice::RoomsUnkept);
        unkept.map(Notice::Arrival)
    }

    /// Whether it keeps its rooms for the next time.
    pub(super) const fn keeps_rooms(&self) -> bool {
        self.unkept.is_none()
    }
}
