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

use super::alert::AlertSetting;
use super::browser::BrowserSetting;
use super::count::CountSetting;
use super::create_rule::CreateSetting;
use super::duration::DurationSetting;
use super::listen::ListenSetting;
use super::log_format::LogFormat;
use super::osd::OsdSetting;
use super::seconds::SecondsSetting;
use super::server::ServerSetting;
use super::setting::{Layer, Setting, Switch, layered, switch};
use crate::protocol::invite::ServerUrl;
use crate::server::ProxyNetwork;
use crate::server::log::{NodeName, RedisPrefix, RedisUrl};

layered! {
    /// Options of `serve`.
    #[derive(Debug, Clone, Default, PartialEq, Eq, Args, Deserialize)]
    #[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
    pub struct ServeOptions {
        /// Listen on this address; a port alone is for this computer only, by IPv4 and IPv6; can be
        /// repeated, and port 0 picks a free port, the same for both
        #[arg(long, value_name = "ADDR:PORT")]
        pub listen: Vec<ListenSetting>,
        /// Keep the rooms in this folder (default: watchtogether in your data folder)
        #[arg(long, value_name = "DIR")]
        pub data_dir: Option<PathBuf>,
        /// Keep nothing on disk: the rooms end with the server
        #[arg(long, action = ArgAction::SetTrue, value_parser = switch(), conflicts_with = "data_dir")]
        pub ephemeral: Switch,
        /// Keep the rooms in this Redis, which several servers can share
        #[arg(long, value_name = "REDIS-URL", conflicts_with = "ephemeral")]
        pub redis: Option<RedisUrl>,
        /// What the names of all keys in Redis begin with, in braces (default: watchtogether)
        #[arg(long, value_name = "PREFIX")]
        pub redis_prefix: Option<RedisPrefix>,
        /// Trust the certificate authorities in this file for Redis, instead of the system's
        #[arg(long, value_name = "FILE")]
        pub redis_ca_file: Option<PathBuf>,
        /// What this server is called among those that share the Redis (default: the machine's name)
        #[arg(long, value_name = "NODE")]
        pub node_name: Option<NodeName>,
        /// The address at which others reach this server; invite links start with it
        #[arg(long, value_name = "URL")]
        pub public_url: Option<ServerUrl>,
        /// How many seconds a room waits for an admin who lost the connection before someone else
        /// takes over (default: 30); existing rooms keep the time they were created with
        #[arg(long, value_name = "SECONDS")]
        pub succession_grace: Option<SecondsSetting>,
        /// How long an empty room is kept in which an admin queued or played something, or people
        /// at two addresses talked (default: 7d); others are kept for 10 minutes
        #[arg(long, value_name = "TIME")]
        pub room_ttl: Option<DurationSetting>,
        /// Where `watchtogether admin` reaches the server (default: admin.sock in the data folder)
        #[arg(long, value_name = "PATH")]
        pub admin_socket: Option<PathBuf>,
        /// Serve figures for Prometheus and the health checks on this address
        #[arg(long, value_name = "ADDR:PORT")]
        pub metrics_listen: Option<SocketAddr>,
        /// How log lines are written: text or json
        #[arg(long, value_name = "FORMAT")]
        pub log_format: Option<LogFormat>,
        /// Believe this proxy, or the proxies in this network, about the addresses of its clients; can
        /// be repeated
        #[arg(long, value_name = "NETWORK")]
        pub trust_proxy: Vec<ProxyNetwork>,
        /// Speak https with the certificate in this file: the server's own first, then the rest of its
        /// chain
        #[arg(long, value_name = "FILE")]
        pub tls_cert: Option<PathBuf>,
        /// The certificate's private key
        #[arg(long, value_name = "FILE")]
        pub tls_key: Option<PathBuf>,
        /// Who may create rooms: anyone, who has a password, or who has a key of the operator
        #[arg(long, value_name = "WHO")]
        pub create: Option<CreateSetting>,
        /// Read the password for new rooms from the first line of this file
        #[arg(long, value_name = "FILE")]
        pub create_password_file: Option<PathBuf>,
        /// The most rooms at once
        #[arg(long, value_name = "NUMBER")]
        pub max_rooms: Option<CountSetting>,
        /// The most rooms at once that one address created
        #[arg(long, value_name = "NUMBER")]
        pub max_rooms_per_address: Option<CountSetting>,
        /// The most members in a room at once
        #[arg(long, value_name = "NUMBER")]
        pub max_members: Option<CountSetting>,
        /// The most connections at once
        #[arg(long, value_name = "NUMBER")]
        pub max_connections: Option<CountSetting>,
        /// The most connections at once of one address
        #[arg(long, value_name = "NUMBER")]
        pub max_connections_per_address: Option<CountSetting>,
    }
}

layered! {
    /// Options of `join`.
    #[derive(Debug, Clone, Default, PartialEq, Eq, Args, Deserialize)]
    #[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
    pub struct JoinOptions {
        /// The server to use, by its address or its name in config.toml (default: the one on this
        /// computer, started if there is none)
        #[arg(long, value_name = "SERVER")]
        pub server: Option<ServerSetting>,
        /// Your name in the room (default: the one you used before, else your login name)
        #[arg(long, value_name = "NAME")]
        pub name: Option<String>,
        /// Play this link right away, as `/play LINK` does
        #[arg(long, value_name = "LINK")]
        pub play: Option<String>,
        /// With --play: let the video wait in the lobby until /start, everybody is ready, or a set time
        #[arg(long, action = ArgAction::SetTrue, value_parser = switch(), requires = "play")]
        pub wait: Switch,
        /// No screen: read lines from standard input, print JSON, one object per line
        #[arg(long, action = ArgAction::SetTrue, value_parser = switch())]
        pub json: Switch,
        /// If this creates the room: keep it out of the gallery
        #[arg(long, action = ArgAction::SetTrue, value_parser = switch(), conflicts_with = "private")]
        pub unlisted: Switch,
        /// If this creates the room: let in only people who have the password
        #[arg(long, action = ArgAction::SetTrue, value_parser = switch())]
        pub private: Switch,
        /// If this creates the room: its title
        #[arg(long, value_name = "TEXT")]
        pub title: Option<String>,
        /// Read the room's password from the first line of this file (or set `WATCHTOGETHER_PASSWORD`)
        #[arg(long, value_name = "PATH")]
        pub password_file: Option<PathBuf>,
        /// If this creates the room, and the server lets not everyone do that: its password for new
        /// rooms, or a key of its operator, from the first line of this file
        #[arg(long, value_name = "PATH")]
        pub create_password_file: Option<PathBuf>,
        /// Let the room's links lead to addresses on this computer and the local network
        #[arg(long, action = ArgAction::SetTrue, value_parser = switch())]
        pub allow_private_media: Switch,
        /// The mpv program to start (default: mpv)
        #[arg(long, value_name = "PATH")]
        pub player: Option<PathBuf>,
        /// Pass this option on to mpv; can be repeated
        #[arg(long, value_name = "ARG", allow_hyphen_values = true)]
        pub player_arg: Vec<String>,
        /// Have mpv listen for JSON commands on this socket path
        #[arg(long, value_name = "PATH")]
        pub player_ipc: Option<PathBuf>,
        /// Start no player: only chat and see where the video is
        #[arg(long, action = ArgAction::SetTrue, value_parser = switch(), conflicts_with = "audio_only")]
        pub no_player: Switch,
        /// Play only the sound, for machines without a display
        #[arg(long, action = ArgAction::SetTrue, value_parser = switch())]
        pub audio_only: Switch,
        /// The yt-dlp program that finds YouTube's streams (default: the one mpv finds)
        #[arg(long, value_name = "PATH")]
        pub ytdl: Option<PathBuf>,
        /// Let yt-dlp use the cookies of this browser
        #[arg(long, value_name = "BROWSER", conflicts_with = "cookies")]
        pub cookies_from_browser: Option<BrowserSetting>,
        /// Let yt-dlp use the cookies in this file
        #[arg(long, value_name = "FILE")]
        pub cookies: Option<PathBuf>,
        /// Jump, instead of catching up gradually, when this many seconds off (default: 2)
        #[arg(long, value_name = "SECONDS")]
        pub seek_threshold: Option<SecondsSetting>,
        /// If this starts a server: let the local network reach it
        #[arg(long, action = ArgAction::SetTrue, value_parser = switch(), conflicts_with = "server")]
        pub lan: Switch,
        /// Don't ring the terminal's bell when you are mentioned or a video starts
        #[arg(long, action = ArgAction::SetTrue, value_parser = switch())]
        pub no_bell: Switch,
        /// Don't send notifications through the terminal when you are mentioned or a video starts
        #[arg(long, action = ArgAction::SetTrue, value_parser = switch())]
        pub no_notify: Switch,
        /// What flashes or rings, as `/alerts` sets it: mention, film or reaction, and flash, ring, both
        /// or off; can be repeated
        #[arg(long, value_name = "KIND=HOW")]
        pub alert: Vec<AlertSetting>,
        /// What to show on the video: full (chat, reactions, what others do), quiet (only what affects
        /// your own playback) or off (default: full)
        #[arg(long, value_name = "LEVEL")]
        pub osd: Option<OsdSetting>,
        /// Don't use any keys in mpv's window
        #[arg(long, action = ArgAction::SetTrue, value_parser = switch())]
        pub no_player_keys: Switch,
        /// Load your own mpv scripts, which are off otherwise: they may get in the way of staying in
        /// sync
        #[arg(long, action = ArgAction::SetTrue, value_parser = switch())]
        pub player_scripts: Switch,
        /// Don't pause when you press Space on an empty line
        #[arg(long, action = ArgAction::SetTrue, value_parser = switch())]
        pub no_space_pause: Switch,
        /// Leave the mouse to the terminal, for selecting text without Shift
        #[arg(long, action = ArgAction::SetTrue, value_parser = switch())]
        pub no_mouse: Switch,
        /// Also trust the certificate authorities in this file
        #[arg(long, value_name = "FILE")]
        pub ca_file: Option<PathBuf>,
    }
}

layered! {
    /// Options of `gallery`.
    #[derive(Debug, Clone, Default, PartialEq, Eq, Args, Deserialize)]
    #[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
    pub struct GalleryOptions {
        /// The server to ask (default: the one on this computer)
        #[arg(long, value_name = "SERVER")]
        pub server: Option<ServerSetting>,
        /// Your name in the room that you join from here
        #[arg(long, value_name = "NAME")]
        pub name: Option<String>,
        /// Let the links of that room lead to addresses on this computer and the local network
        #[arg(long, action = ArgAction::SetTrue, value_parser = switch())]
        pub allow_private_media: Switch,
        /// If you create a room here, on a server that lets not everyone do that: as with `join`
        #[arg(long, value_name = "PATH")]
        pub create_password_file: Option<PathBuf>,
        /// The mpv program to start (default: mpv)
        #[arg(long, value_name = "PATH")]
        pub player: Option<PathBuf>,
        /// Pass this option on to mpv; can be repeated
        #[arg(long, value_name = "ARG", allow_hyphen_values = true)]
        pub player_arg: Vec<String>,
        /// Have mpv listen for JSON commands on this socket path
        #[arg(long, value_name = "PATH")]
        pub player_ipc: Option<PathBuf>,
        /// Start no player: only chat and see where the video is
        #[arg(long, action = ArgAction::SetTrue, value_parser = switch(), conflicts_with = "audio_only")]
        pub no_player: Switch,
        /// Play only the sound, for machines without a display
        #[arg(long, action = ArgAction::SetTrue, value_parser = switch())]
        pub audio_only: Switch,
        /// The yt-dlp program that finds YouTube's streams (default: the one mpv finds)
        #[arg(long, value_name = "PATH")]
        pub ytdl: Option<PathBuf>,
        /// Let yt-dlp use the cookies of this browser
        #[arg(long, value_name = "BROWSER", conflicts_with = "cookies")]
        pub cookies_from_browser: Option<BrowserSetting>,
        /// Let yt-dlp use the cookies in this file
        #[arg(long, value_name = "FILE")]
        pub cookies: Option<PathBuf>,
        /// Jump, instead of catching up gradually, when this many seconds off (default: 2)
        #[arg(long, value_name = "SECONDS")]
        pub seek_threshold: Option<SecondsSetting>,
        /// Don't ring the terminal's bell when you are mentioned or a video starts
        #[arg(long, action = ArgAction::SetTrue, value_parser = switch())]
        pub no_bell: Switch,
        /// Don't send notifications through the terminal when you are mentioned or a video starts
        #[arg(long, action = ArgAction::SetTrue, value_parser = switch())]
        pub no_notify: Switch,
        /// What flashes or rings; can be repeated
        #[arg(long, value_name = "KIND=HOW")]
        pub alert: Vec<AlertSetting>,
        /// What to show on the video: full, quiet or off (default: full)
        #[arg(long, value_name = "LEVEL")]
        pub osd: Option<OsdSetting>,
        /// Don't use any keys in mpv's window
        #[arg(long, action = ArgAction::SetTrue, value_parser = switch())]
        pub no_player_keys: Switch,
        /// Load your own mpv scripts
        #[arg(long, action = ArgAction::SetTrue, value_parser = switch())]
        pub player_scripts: Switch,
        /// Don't pause when you press Space on an empty line
        #[arg(long, action = ArgAction::SetTrue, value_parser = switch())]
        pub no_space_pause: Switch,
        /// Leave the mouse to the terminal, for selecting text without Shift
        #[arg(long, action = ArgAction::SetTrue, value_parser = switch())]
        pub no_mouse: Switch,
        /// Print JSON, one object per room
        #[arg(long, action = ArgAction::SetTrue, value_parser = switch())]
        pub json: Switch,
        /// Also trust the certificate authorities in this file
        #[arg(long, value_name = "FILE")]
        pub ca_file: Option<PathBuf>,
    }
}

impl GalleryOptions {
    /// What they say of the room that is joined from there.
    pub(crate) fn join(self) -> JoinOptions {
        JoinOptions {
            server: self.server,
            name: self.name,
            allow_private_media: self.allow_private_media,
            create_password_file: self.create_password_file,
            player: self.player,
            player_arg: self.player_arg,
            player_ipc: self.player_ipc,
            no_player: self.no_player,
            audio_only: self.audio_only,
            ytdl: self.ytdl,
            cookies_from_browser: self.cookies_from_browser,
            cookies: self.cookies,
            seek_threshold: self.seek_threshold,
            no_bell: self.no_bell,
            no_notify: self.no_notify,
            alert: self.alert,
            osd: self.osd,
            no_player_keys: self.no_player_keys,
            player_scripts: self.player_scripts,
            no_space_pause: self.no_space_pause,
            no_mouse: self.no_mouse,
            ca_file: self.ca_file,
            ..JoinOptions::default()
        }
    }
}

layered! {
    /// Options of `admin`.
    #[derive(Debug, Clone, Default, PartialEq, Eq, Args, Deserialize)]
    #[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
    pub struct AdminOptions {
        /// The socket of the server (default: admin.sock in its data folder)
        #[arg(long, global = true, value_name = "PATH")]
        pub socket: Option<PathBuf>,
        /// The data folder of the server (default: watchtogether in your data folder)
        #[arg(long, global = true, value_name = "DIR")]
        pub data_dir: Option<PathBuf>,
        /// Print the answer as JSON
        #[arg(long, global = true, action = ArgAction::SetTrue, value_parser = switch())]
        pub json: Switch,
    }
}
