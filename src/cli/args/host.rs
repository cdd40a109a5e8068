//! The arguments of `host`: a server and a client in one.

use clap::builder::Resettable;
use clap::{Arg, Args};

use super::theme::{ThemeParser, ThemeSetting};
use super::{JoinOptions, RoomSetting, port};
use crate::protocol::invite::ServerUrl;

/// The arguments of `host`: the room, what to play, how others reach it, and the options of `join`
/// but for those that name a server or play something.
#[derive(Debug, Args)]
#[command(mut_args(without_those_of_guests))]
pub struct HostArgs {
    /// The room's name, or its title.
    pub room: RoomSetting,
    /// A link to play right away.
    #[arg(conflicts_with_all = ["play", "server"])]
    pub link: Option<String>,
    /// The address at which others reach this computer's port: a tunnel's or a proxy's
    #[arg(long, value_name = "URL")]
    pub public_url: Option<ServerUrl>,
    /// Listen on this port instead of 8000
    #[arg(long, value_name = "PORT", value_parser = port::read)]
    pub port: Option<u16>,
    /// How the screen looks: auto, dark, light, contrast, mono or own
    #[arg(
        long,
        value_name = "THEME",
        hide_possible_values = true,
        value_parser = ThemeParser
    )]
    pub theme: Option<ThemeSetting>,
    /// The options that the environment and the file can also set for `join`.
    #[command(flatten)]
    pub options: JoinOptions,
}

/// Hides what only a guest needs: whoever hosts has a server, and names the film in the line.
fn without_those_of_guests(arg: Arg) -> Arg {
    match arg.get_id().as_str() {
        "server" | "play" => arg.hide(true),
        "wait" => arg.requires(Resettable::Reset).requires("link"),
        _ => arg,
    }
}
