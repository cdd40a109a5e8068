//! Errors in the settings, with where they are.

use std::fmt;
use std::path::PathBuf;

/// A line of a configuration file.
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
    /// A named file does not exist.
    #[error(
        "there is no file {}: create it, or name another with --config or WATCHTOGETHER_CONFIG",
        path.display()
    )]
    Missing {
        /// The file that was read.
        path: PathBuf,
    },
    /// A file exists but cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    Unreadable {
        /// The file that was read.
        path: PathBuf,
        /// The system's error.
        source: std::io::Error,
    },
    /// The file is not valid TOML.
    #[error("{place}: this is not TOML: {message}")]
    Syntax {
        /// The file and line of it.
        place: FilePosition,
        /// The parser's message.
        message: String,
    },
    /// An unknown key or table.
    #[error("{place}: there is no setting `{key}`{}", meant(nearest.as_deref()))]
    Unknown {
        /// The file and line of it.
        place: FilePosition,
        /// The key, with its table and a dot if it is in one.
        key: String,
        /// The most similar known key.
        nearest: Option<String>,
    },
    /// A value that is invalid for its key.
    #[error("{place}: `{key}` cannot be this: {message}")]
    Value {
        /// The file and line of it.
        place: FilePosition,
        /// The key, with its table before a dot.
        key: String,
        /// Why the value is invalid.
        message: String,
    },
    /// A value that is invalid for its environment variable.
    #[error("the environment variable {name} cannot be this: {message}")]
    Variable {
        /// The name of the variable.
        name: String,
        /// Why the value is invalid.
        message: String,
    },
    /// Two settings of one layer conflict.
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
    /// The first line of a password file is empty.
    #[error("the first line of {} is empty; it should be the password", path.display())]
    EmptyPassword {
        /// The file that was read.
        path: PathBuf,
    },
    /// There is no home folder, and so no place for the rooms.
    #[error("there is no home folder to keep the rooms in: pass --data-dir DIR, or --ephemeral")]
    NoDataFolder,
    /// The log level is invalid.
    #[error(
        "`{text}` is no log level ({message}): use error, warn, info, debug or trace, \
         or a filter such as info,watchtogether::server=debug"
    )]
    Filter {
        /// What was given.
        text: String,
        /// The message of the filter's parser.
        message: String,
    },
}

fn meant(nearest: Option<&str>) -> String {
    nearest.map_or_else(String::new, |key| format!("; did you mean `{key}`?"))
}
