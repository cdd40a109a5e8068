//! The folders in which things are kept.

use std::io::ErrorKind;

use super::Verdict;
use super::system::quoted;
use crate::system_fault::SystemFault;

/// What a folder is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// What a client keeps between runs, and its log.
    State,
    /// The rooms of a server.
    Data,
    /// mpv's socket.
    Socket,
}

/// What the check of a folder found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceFinding {
    /// What it is for.
    pub purpose: Purpose,
    /// Its path; `None` if the system names none.
    pub path: Option<String>,
    /// Why nothing can be written there.
    pub fault: Option<SystemFault>,
}

impl PlaceFinding {
    /// How much it matters. Without a folder for its socket mpv does not start.
    #[must_use]
    pub const fn verdict(&self) -> Verdict {
        match (&self.path, &self.fault) {
            (Some(_), None) => Verdict::Ok,
            _ if matches!(self.purpose, Purpose::Socket) => Verdict::Failure,
            _ => Verdict::Warning,
        }
    }

    /// What mends it, as [`super::Finding::remedy`] says.
    pub(super) fn remedy(&self) -> Option<String> {
        let denied = SystemFault::Known(ErrorKind::PermissionDenied);
        if self.fault.as_ref()? != &denied {
            return None;
        }
        let path = quoted(self.path.as_deref()?);
        Some(format!(
            "sudo chown -R \"$(id -un)\" {path} && chmod u+rwx {path}"
        ))
    }
}
