//! What can be wrong with settings, in words that say where.

use std::fmt;
use std::path::PathBuf;

/// A line of a file of settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilePosition {
    /// The path of the file.
    pub path: PathBuf,
    /// The line, counted from 1.
    pub line: usize,
}

impl fmt::Display for FilePosition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, line {}", self.path.display(), self.line)
    }
}

/// Why the settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A file that was named does not exist.
    #[error(
        "there is no file {}: create it, or name another with --config or WATCHTOGETHER_CONFIG",
        path.display()
    )]
    Missing {
        /// The file that was read.
        path: PathBuf,
    },
    /// A file exists and cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    Unreadable {
        /// The file that was read.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The file is no TOML.
    #[error("{place}: this is not TOML: {message}")]
    Syntax {
        /// The file and line of it.
        place: FilePosition,
        /// What the parser says.
        message: String,
    },
    /// A key, or a table, that means nothing.
    #[error("{place}: there is no setting `{key}`{}", meant(nearest.as_deref()))]
    Unknown {
        /// The file and line of it.
        place: FilePosition,
        /// The key, with its table before a dot if it stands in one.
        key: String,
        /// The known key that is most like it.
        nearest: Option<String>,
    },
    /// A value that does not fit its key.
    #[error("{place}: `{key}` cannot be this: {message}")]
    Value {
        /// The file and line of it.
        place: FilePosition,
        /// The key, with its table before a dot.
        key: String,
        /// What is wrong with the value.
        message: String,
    },
    /// A value that does not fit its environment variable.
    #[error("the environment variable {name} cannot be this: {message}")]
    Variable {
        /// The name of the variable.
        name: String,
        /// What is wrong with the value.
        message: String,
    },
    /// Two settings of one layer exclude each other.
    #[error("`{one}` and `{other}` are both set in {layer}, and only one of them can hold")]
    Both {
        /// Where both are set.
        layer: &'static str,
        /// The key of one of the two settings.
        one: String,
        /// The key of the other.
        other: String,
    },
    /// An invite link together with `--server` or `--lan`.
    #[error("an invite link names its own server: leave out --server and --lan")]
    InviteAndServer,
    /// A private room without a password.
    #[error(
        "a private room needs a password: set WATCHTOGETHER_PASSWORD, or name a file \
         with --password-file"
    )]
    PrivateWithoutPassword,
    /// A password file whose first line is empty.
    #[error("the first line of {} is empty; it should be the password", path.display())]
    EmptyPassword {
        /// The file that was read.
        path: PathBuf,
    },
    /// No home folder, so no place to keep rooms.
    #[error("there is no home folder to keep the rooms in: pass --data-dir DIR, or --ephemeral")]
    NoDataFolder,
    /// A log level that is none.
    #[error(
        "`{text}` is no log level ({message}): use error, warn, info, debug or trace, \
         or a filter such as info,watchtogether::server=debug"
    )]
    Filter {
        /// What was given.
        text: String,
        /// What the filter's parser says.
        message: String,
    },
}

fn meant(nearest: Option<&str>) -> String {
    nearest.map_or_else(String::new, |key| format!("; did you mean `{key}`?"))
}
