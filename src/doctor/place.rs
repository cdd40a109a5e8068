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
    /// What stands at the path.
    pub standing: Standing,
}

/// What stands at a folder's path, and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// A folder of this user.
    Own,
    /// A folder of somebody else, or no folder.
    Foreign {
        /// Whether this user owns a folder above it, such as the home folder.
        is_within_own: bool,
    },
    /// Nothing.
    Missing {
        /// The folders that would have to be made, from the outermost to the path itself.
        folders: Vec<String>,
        /// Whether this user owns the nearest folder that is there, or one above it.
        is_within_own: bool,
    },
}

/// What a person can do who gets no command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Advice {
    /// Make room on the disk.
    FreeSpace,
    /// Name another folder.
    AnotherFolder,
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
        let Some(path) = self.path.as_deref() else {
            return Some(HOME_AGAIN.to_owned());
        };
        let is_denied = self.fault.as_ref().is_some_and(SystemFault::is_denial);
        if is_denied && is_programs_own(path) {
            permitted(path, &self.standing)
        } else {
            None
        }
    }

    /// What to do where no command mends it; `None` if one does, or nothing needs mending.
    #[must_use]
    pub fn advice(&self) -> Option<Advice> {
        let fault = self.fault.as_ref()?;
        let is_full = fault.is_full_disk();
        match self.remedy() {
            Some(_) => None,
            None if is_full => Some(Advice::FreeSpace),
            None => Some(Advice::AnotherFolder),
        }
    }
}

/// The command that lets this user write into the program's folder at `path`. It touches no other
/// folder that is there and nothing inside of any, and there is none outside of this user's own
/// folders: those of the system and of other users are not ours to change.
fn permitted(path: &str, standing: &Standing) -> Option<String> {
    let quoted_path = quoted(path);
    match standing {
        Standing::Own => Some(format!("chmod u+rwx {quoted_path}")),
        Standing::Foreign {
            is_within_own: true,
        } => Some(format!(
            "sudo chown \"$(id -un)\" {quoted_path} && chmod u+rwx {quoted_path}"
        )),
        Standing::Missing {
            folders,
            is_within_own: true,
        } => {
            let folders: Vec<String> = folders.iter().map(|folder| quoted(folder)).collect();
            let folders = folders.join(" ");
            Some(format!("sudo install -d -o \"$(id -un)\" -m 700 {folders}"))
        }
        Standing::Foreign { .. } | Standing::Missing { .. } => None,
    }
}

/// Whether a folder is there for this program alone, by its name.
fn is_programs_own(path: &str) -> bool {
    let name = path.trim_end_matches('/').rsplit('/').next();
    name.is_some_and(|name| name.starts_with("watchtogether"))
}

#[cfg(test)]
mod tests {
    use std::io::ErrorKind;

    use super::{Advice, PlaceFinding, Purpose, Standing};
    use crate::doctor::Verdict;

    fn closed(path: &str, standing: Standing, fault: ErrorKind) -> PlaceFinding {
        PlaceFinding {
            purpose: Purpose::State,
            path: Some(path.to_owned()),
            fault: Some(fault.into()),
            standing,
        }
    }

    fn missing(folders: &[&str], is_within_own: bool) -> Standing {
        Standing::Missing {
            folders: folders.iter().map(|folder| (*folder).to_owned()).collect(),
            is_within_own,
        }
    }

    const AT_HOME: &str = "/home/ada b/.local/state/watchtogether";

    #[test]
    fn a_command_changes_the_folder_of_the_program_and_no_other() {
        let foreign = |is_within_own| Standing::Foreign { is_within_own };
        let new = ["/home/ada b/.local/state", AT_HOME];
        for (path, standing, command) in [
            (
                AT_HOME,
                Standing::Own,
                Some("chmod u+rwx '/home/ada b/.local/state/watchtogether'"),
            ),
            (
                AT_HOME,
                foreign(true),
                Some(
                    "sudo chown \"$(id -un)\" '/home/ada b/.local/state/watchtogether' \
                     && chmod u+rwx '/home/ada b/.local/state/watchtogether'",
                ),
            ),
            (
                AT_HOME,
                missing(&new, true),
                Some(
                    "sudo install -d -o \"$(id -un)\" -m 700 '/home/ada b/.local/state' \
                     '/home/ada b/.local/state/watchtogether'",
                ),
            ),
            // Nothing of this user is above them: somebody else's home, one that is not there, a
            // folder of the system.
            (AT_HOME, foreign(false), None),
            (AT_HOME, missing(&new, false), None),
            (
                "/nonexistent/.local/state/watchtogether",
                missing(&["/nonexistent"], false),
                None,
            ),
            // Folders that others use as well.
            ("/run", foreign(true), None),
            ("/run/user/1000", Standing::Own, None),
            ("/", foreign(false), None),
            ("/home/ada", Standing::Own, None),
        ] {
            let finding = closed(path, standing, ErrorKind::PermissionDenied);
            assert_eq!(finding.remedy().as_deref(), command, "{finding:?}");
            assert_eq!(finding.advice().is_none(), command.is_some(), "{finding:?}");
        }
    }

    #[test]
    fn what_no_owner_can_mend_has_no_command() {
        for (fault, advice) in [
            (ErrorKind::ReadOnlyFilesystem, Advice::AnotherFolder),
            (ErrorKind::NotADirectory, Advice::AnotherFolder),
            (ErrorKind::NotFound, Advice::AnotherFolder),
            (ErrorKind::StorageFull, Advice::FreeSpace),
            (ErrorKind::QuotaExceeded, Advice::FreeSpace),
        ] {
            let finding = closed(AT_HOME, Standing::Own, fault);
            assert_eq!(finding.remedy(), None, "{fault:?}");
            assert_eq!(finding.advice(), Some(advice), "{fault:?}");
        }
    }

    #[test]
    fn only_the_folder_of_mpvs_socket_stops_a_film() {
        let finding = closed(AT_HOME, Standing::Own, ErrorKind::PermissionDenied);
        assert_eq!(finding.verdict(), Verdict::Warning);
        let socket = PlaceFinding {
            purpose: Purpose::Socket,
            ..finding
        };
        assert_eq!(socket.verdict(), Verdict::Failure);
    }
}
