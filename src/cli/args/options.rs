//! The options of the subcommands. Each struct is written once and used by clap, the environment,
//! the file and the code that receives it: a field is a flag, a variable and a key of
//! `config.toml`.
//!
//! What a flag's help says is in the catalogue, as `cli-join-server` for `join --server`.
//!
//! Conflicts are declared with clap's `conflicts_with`; [`super::super::config`] reads them from
//! clap when it merges the layers.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{ArgAction, Args};
use serde::Deserialize;

use super::duration::DurationSetting;
use super::seconds::SecondsSetting;
use super::setting::{Layer, Setting, Switch, layered, switch};
use crate::protocol::invite::ServerUrl;

layered! {
    /// Options of `serve`.
    #[derive(Debug, Clone, Default, PartialEq, Eq, Args, Deserialize)]
    #[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
    pub struct ServeOptions {
        /// Listen on this address; may be given several times, port 0 picks a free port.
        #[arg(long, value_name = "ADDR:PORT")]
        pub listen: Vec<SocketAddr>,
        /// Keep the rooms in this folder (default: watchtogether in your data folder)
        #[arg(long, value_name = "DIR")]
        pub data_dir: Option<PathBuf>,
        /// Keep nothing on disk: the rooms end with the server
        #[arg(long, action = ArgAction::SetTrue, value_parser = switch(), conflicts_with = "data_dir")]
        pub ephemeral: Switch,
        /// The address under which others reach this server; invite links begin with it
        #[arg(long, value_name = "URL")]
        pub public_url: Option<ServerUrl>,
        /// How long a room waits for an admin who vanished until another follows (default: 30);
        /// rooms that exist keep what they were created with
        #[arg(long, value_name = "SECONDS")]
        pub succession_grace: Option<SecondsSetting>,
        /// How long an empty room is kept in which an admin queued or played something, or people
        /// at two addresses talked (default: 7d); others are kept for 10 minutes
        #[arg(long, value_name = "TIME")]
        pub room_ttl: Option<DurationSetting>,
    }
}

layered! {
    /// Options of `join`.
    #[derive(Debug, Clone, Default, PartialEq, Eq, Args, Deserialize)]
    #[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
    pub struct JoinOptions {
        /// The server to join on (default: one on this computer, started if there is none)
        #[arg(long, value_name = "URL")]
        pub server: Option<ServerUrl>,
        /// What the others call you (default: the name you gave before, else your login name)
        #[arg(long, value_name = "NAME")]
        pub name: Option<String>,
        /// Play this link at once, as `/play LINK` does
        #[arg(long, value_name = "LINK")]
        pub play: Option<String>,
        /// No screen: read lines from standard input, print one JSON object a line
        #[arg(long, action = ArgAction::SetTrue, value_parser = switch())]
        pub json: Switch,
        /// If this creates the room: leave it out of the gallery
        #[arg(long, action = ArgAction::SetTrue, value_parser = switch(), conflicts_with = "private")]
        pub unlisted: Switch,
        /// If this creates the room: let in only who has the password
        #[arg(long, action = ArgAction::SetTrue, value_parser = switch())]
        pub private: Switch,
        /// If this creates the room: its title
        #[arg(long, value_name = "TEXT")]
        pub title: Option<String>,
        /// Read the room's password from the first line of this file (or set `WATCHTOGETHER_PASSWORD`)
        #[arg(long, value_name = "PATH")]
        pub password_file: Option<PathBuf>,
        /// Let a room's links lead to addresses on this computer and the local network
        #[arg(long, action = ArgAction::SetTrue, value_parser = switch())]
        pub allow_private_media: Switch,
        /// The mpv program to start (default: mpv)
        #[arg(long, value_name = "PATH")]
        pub player: Option<PathBuf>,
        /// Pass this option on to mpv; may be given several times
        #[arg(long, value_name = "ARG", allow_hyphen_values = true)]
        pub player_arg: Vec<String>,
        /// Have mpv listen for its JSON commands at this path
        #[arg(long, value_name = "PATH")]
        pub player_ipc: Option<PathBuf>,
        /// Start no player: chat and watch the room's times only
        #[arg(long, action = ArgAction::SetTrue, value_parser = switch(), conflicts_with = "audio_only")]
        pub no_player: Switch,
        /// Play the sound only, for where there is no display
        #[arg(long, action = ArgAction::SetTrue, value_parser = switch())]
        pub audio_only: Switch,
        /// The yt-dlp program that finds YouTube's streams (default: as mpv finds it)
        #[arg(long, value_name = "PATH")]
        pub ytdl: Option<PathBuf>,
        /// Jump instead of catching up when this many seconds off (default: 2)
        #[arg(long, value_name = "SECONDS")]
        pub seek_threshold: Option<SecondsSetting>,
        /// If a server is started here: let the local network reach it
        #[arg(long, action = ArgAction::SetTrue, value_parser = switch(), conflicts_with = "server")]
        pub lan: Switch,
        /// Do not ring the terminal's bell when you are mentioned or a video starts
        #[arg(long, action = ArgAction::SetTrue, value_parser = switch())]
        pub no_bell: Switch,
        /// Do not ask the terminal for notifications when you are mentioned or a video starts
        #[arg(long, action = ArgAction::SetTrue, value_parser = switch())]
        pub no_notify: Switch,
        /// Do not pause when Space is pressed on an empty line
        #[arg(long, action = ArgAction::SetTrue, value_parser = switch())]
        pub no_space_pause: Switch,
    }
}

layered! {
    /// Options of `gallery`.
    #[derive(Debug, Clone, Default, PartialEq, Eq, Args, Deserialize)]
    #[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
    pub struct GalleryOptions {
        /// The server to ask (default: one on this computer)
        #[arg(long, value_name = "URL")]
        pub server: Option<ServerUrl>,
        /// Print one JSON object a room
        #[arg(long, action = ArgAction::SetTrue, value_parser = switch())]
        pub json: Switch,
    }
}
