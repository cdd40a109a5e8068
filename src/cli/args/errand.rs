//! The arguments of the subcommands for scripts: `say`, `add` and `status`. What they leave open,
//! the settings of `join` decide.

use std::path::PathBuf;

use clap::Args;

use super::{JoinArgs, JoinOptions, RoomSetting, ServerSetting};

/// Where a script's command goes, and as whom.
#[derive(Debug, Clone, Default, Args)]
pub struct ErrandOptions {
    /// The server to use (default: the one on this computer)
    #[arg(long, value_name = "SERVER")]
    pub server: Option<ServerSetting>,
    /// Your name, if the room does not know you yet
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// Read the room's password from the first line of this file
    #[arg(long, value_name = "PATH")]
    pub password_file: Option<PathBuf>,
    /// Also trust the certificate authorities in this file
    #[arg(long, value_name = "FILE")]
    pub ca_file: Option<PathBuf>,
    /// Print each answer as a line of JSON
    #[arg(long)]
    pub json: bool,
}

impl ErrandOptions {
    /// The arguments of a `join` into a room, whose settings hold for the errand as well.
    pub(crate) fn join(self, room: RoomSetting) -> JoinArgs {
        JoinArgs {
            room,
            theme: None,
            options: JoinOptions {
                server: self.server,
                name: self.name,
                password_file: self.password_file,
                ca_file: self.ca_file,
                ..JoinOptions::default()
            },
        }
    }
}

/// The arguments of `say`.
#[derive(Debug, Args)]
pub struct SayArgs {
    /// A room's name, or an invite link.
    pub room: RoomSetting,
    /// The words to say; without any, each line of standard input.
    pub text: Vec<String>,
    /// Where, and as whom.
    #[command(flatten)]
    pub options: ErrandOptions,
}

/// The arguments of `add`.
#[derive(Debug, Args)]
pub struct AddArgs {
    /// A room's name, or an invite link.
    pub room: RoomSetting,
    /// The links to queue; without any, each line of standard input.
    pub link: Vec<String>,
    /// Where, and as whom.
    #[command(flatten)]
    pub options: ErrandOptions,
}

/// The arguments of `status`.
#[derive(Debug, Args)]
pub struct StatusArgs {
    /// A room's name, or an invite link.
    pub room: RoomSetting,
    /// Print this text, with the room's figures in the place of its placeholders
    #[arg(long, value_name = "TEXT", conflicts_with = "json")]
    pub format: Option<String>,
    /// Where, and as whom.
    #[command(flatten)]
    pub options: ErrandOptions,
}

/// The arguments of `watch`.
#[derive(Debug, Args)]
pub struct WatchArgs {
    /// A room's name, or an invite link.
    pub room: RoomSetting,
    /// The server to use (default: the one on this computer)
    #[arg(long, value_name = "SERVER")]
    pub server: Option<ServerSetting>,
    /// Also trust the certificate authorities in this file
    #[arg(long, value_name = "FILE")]
    pub ca_file: Option<PathBuf>,
}
