//! The folders in which things are kept.

use super::Verdict;
use super::system::quoted;
use crate::system_fault::SystemFault;

/// Sets the variable that names the home folder, as the system knows it.
const HOME_AGAIN: &str = "export HOME=\"$(eval echo \"~$(id -un)\")\"";

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
        match (&self.path, &self.fault) {
            (Some(_), None) => None,
            (Some(path), Some(_)) => Some(take_over(path)),
            (None, _) => Some(HOME_AGAIN.to_owned()),
        }
    }
}

/// Has the folder at this path belong to who types it.
pub(super) fn take_over(path: &str) -> String {
    let path = quoted(path);
    format!("sudo chown -R \"$(id -un)\" {path} && chmod u+rwx {path}")
}
