//! Settings: flags over the environment over `config.toml` over defaults.
//!
//! [`Sources`] reads the two lower layers, and its methods merge a subcommand's flags with
//! them into one plain struct, checked as far as that goes without contacting anything.
//! What the settings lead to is the business of whoever receives them.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::LevelFilter;

use super::args::{GalleryOptions, GlobalArgs, JoinArgs, JoinOptions, ServeOptions};
use super::folders;
use crate::protocol::ids::RoomId;
use crate::protocol::invite::{ServerUrl, Target};
use crate::protocol::time::Span;

pub use environment::Environment;
use environment::PASSWORD;
pub use error::{ConfigError, FilePosition};
pub use password::Password;

mod bounded;
mod environment;
mod error;
mod file;
mod layers;
mod password;

use layers::merge;

/// The port of the default addresses, and of a server looked for on this computer.
pub const DEFAULT_PORT: u16 = 8000;

/// What `serve` runs with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServeConfig {
    /// The addresses to listen on, at least one; port 0 picks a free port.
    pub listen: Vec<SocketAddr>,
    /// Where the rooms are kept.
    pub storage: Storage,
    /// The address by which others reach this server, if it differs from those listened on.
    pub public_url: Option<ServerUrl>,
    /// How long new rooms wait for a vanished admin, if other than usual.
    pub succession_grace: Option<Span>,
}

/// Where a server keeps its rooms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Storage {
    /// Nowhere: they end with the server.
    Memory,
    /// In this folder, which may not exist yet.
    Folder(PathBuf),
}

/// What `join` runs with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JoinConfig {
    /// The room to join.
    pub room: RoomId,
    /// The server it is on; none: one on this computer, found or started.
    pub server: Option<ServerUrl>,
    /// If a server is started: whether it listens on the local network.
    pub lan: bool,
    /// The name the member gave; none: the one kept, else the login name.
    pub name: Option<GivenName>,
    /// A link to play on arrival, as the member wrote it.
    pub play: Option<String>,
    /// Whether lines and JSON take the place of the screen.
    pub json: bool,
    /// How the room is made, if this member is the one who makes it.
    pub creation: RoomOptions,
    /// The room's password, to enter with or to create it with.
    pub password: Option<Password>,
    /// Whether links may lead to private addresses.
    pub allow_private_media: bool,
    /// How mpv is run.
    pub player: PlayerOptions,
    /// How far off the player may be before it jumps, if not as usual.
    pub seek_threshold: Option<Span>,
    /// What the screen does.
    pub screen: ScreenChoices,
}

/// A name that the member gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenName {
    /// As they wrote it.
    pub text: String,
    /// Whether a flag gives it, for this run. One that the file or a variable gives stands there
    /// at every start, so a room that remembers another, taken by `/nick`, keeps that.
    pub is_flag: bool,
}

/// What the screen does, where people differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScreenChoices {
    /// Whether the bell rings.
    pub bell: bool,
    /// Whether the terminal is asked for notifications.
    pub notify: bool,
    /// Whether Space on an empty line pauses.
    pub space_pauses: bool,
}

/// How a room is made by the first who joins it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomOptions {
    /// Its title, if it is to have one.
    pub title: Option<String>,
    /// Who finds it and who gets in.
    pub visibility: Visibility,
}

/// Who finds a new room and who gets in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visibility {
    /// In the gallery, open to all.
    Public,
    /// Not in the gallery, open to all who know its name.
    Unlisted,
    /// Not in the gallery, open to those who know its password.
    Private,
}

/// How the player is run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlayerOptions {
    /// What of the film is played.
    pub output: PlayerMode,
    /// The mpv program: a path, or a name to look up.
    pub program: PathBuf,
    /// The member's own options for it, in their order.
    pub args: Vec<String>,
    /// A fixed path for its socket; none: one of our own choice.
    pub ipc: Option<PathBuf>,
    /// A fixed yt-dlp; none: as mpv finds it.
    pub ytdl: Option<PathBuf>,
}

/// What of the film is played here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlayerMode {
    /// Picture and sound.
    Full,
    /// Sound only.
    AudioOnly,
    /// Nothing: no player is started.
    None,
}

/// What `gallery` runs with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GalleryConfig {
    /// The server to ask; none: one on this computer.
    pub server: Option<ServerUrl>,
    /// Whether rooms are printed as JSON.
    pub json: bool,
}

/// What is logged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogConfig {
    /// A filter that [`EnvFilter`] reads.
    pub filter: String,
}

/// The layers below the flags.
#[derive(Debug, Default)]
pub struct Sources {
    environment: Environment,
    file: file::Settings,
}

impl Sources {
    /// Reads the file of settings: the one named by flag or environment, which must exist,
    /// else the one in the configuration folder, which need not.
    ///
    /// # Errors
    /// [`ConfigError`] names the file, and where in it something is wrong.
    pub fn load(global: &GlobalArgs, environment: Environment) -> Result<Self, ConfigError> {
        let named = match &global.config {
            Some(path) => Some(path.clone()),
            None => environment.path("WATCHTOGETHER_CONFIG"),
        };
        let file = match named {
            Some(path) => file::read(&path)?.ok_or(ConfigError::Missing { path })?,
            None => match folders::config() {
                Some(folder) => file::read(&folder.join("config.toml"))?.unwrap_or_default(),
                None => file::Settings::default(),
            },
        };
        Ok(Self { environment, file })
    }

    /// The settings of `serve`.
    ///
    /// # Errors
    /// [`ConfigError`] if the layers hold something that cannot be.
    pub fn serve(&self, flags: ServeOptions) -> Result<ServeConfig, ConfigError> {
        let options = merge(
            flags,
            self.environment.options("serve")?,
            self.file.serve.clone(),
        )?;
        let storage = match options.data_dir {
            _ if options.ephemeral.is_on() => Storage::Memory,
            Some(folder) => Storage::Folder(folder),
            None => Storage::Folder(folders::data().ok_or(ConfigError::NoDataFolder)?),
        };
        let listen = Some(options.listen).filter(|listen| !listen.is_empty());
        Ok(ServeConfig {
            listen: listen.unwrap_or_else(default_listen),
            storage,
            public_url: options.public_url,
            succession_grace: options.succession_grace.map(|seconds| seconds.0),
        })
    }

    /// The settings of `join`. An invite link names the server, over every layer.
    ///
    /// # Errors
    /// [`ConfigError`] if the layers hold something that cannot be, or a password file
    /// cannot be read.
    pub fn join(&self, args: JoinArgs) -> Result<JoinConfig, ConfigError> {
        let JoinArgs { room, options } = args;
        if matches!(room, Target::Invite(_)) && (options.server.is_some() || options.lan.is_on()) {
            return Err(ConfigError::InviteAndServer);
        }
        let environment: JoinOptions = self.environment.options("join")?;
        let password = self.password(&options, &environment)?;
        let is_flag = options.name.is_some();
        let options = merge(options, environment, self.file.join.clone())?;
        let visibility = visibility(&options);
        if visibility == Visibility::Private && password.is_none() {
            return Err(ConfigError::PrivateWithoutPassword);
        }
        let (room, server, lan) = match room {
            Target::Room(room) => (room, options.server.clone(), options.lan.is_on()),
            Target::Invite(invite) => (invite.room, Some(invite.server), false),
        };
        Ok(JoinConfig {
            room,
            server,
            lan,
            json: options.json.is_on(),
            creation: RoomOptions {
                title: options.title.clone(),
                visibility,
            },
            password,
            allow_private_media: options.allow_private_media.is_on(),
            name: options.name.clone().map(|text| GivenName { text, is_flag }),
            play: options.play.clone(),
            screen: ScreenChoices {
                bell: !options.no_bell.is_on(),
                notify: !options.no_notify.is_on(),
                space_pauses: !options.no_space_pause.is_on(),
            },
            seek_threshold: options.seek_threshold.map(|seconds| seconds.0),
            player: player(options),
        })
    }

    /// The settings of `gallery`.
    ///
    /// # Errors
    /// [`ConfigError`] if a layer holds something that cannot be.
    pub fn gallery(&self, flags: GalleryOptions) -> Result<GalleryConfig, ConfigError> {
        let environment = self.environment.options("gallery")?;
        let options = merge(flags, environment, self.file.gallery.clone())?;
        Ok(GalleryConfig {
            server: options.server,
            json: options.json.is_on(),
        })
    }

    /// What to log. A bare level speaks of this program; other crates stay at `warn`.
    ///
    /// # Errors
    /// [`ConfigError::Filter`] if it is neither a level nor a filter.
    pub fn log(&self, global: &GlobalArgs) -> Result<LogConfig, ConfigError> {
        let level = match &global.log {
            Some(level) => Some(level.clone()),
            None => self.environment.text("WATCHTOGETHER_LOG")?,
        };
        let level = level.or_else(|| self.file.log.level.clone());
        let level = level.as_deref().unwrap_or("info").trim();
        let filter = match level.parse::<LevelFilter>() {
            Ok(level) if level <= LevelFilter::WARN => level.to_string(),
            Ok(level) => format!("warn,watchtogether={level}"),
            Err(_) => level.to_owned(),
        };
        match EnvFilter::try_new(&filter) {
            Ok(_) => Ok(LogConfig { filter }),
            Err(cause) => Err(ConfigError::Filter {
                text: level.to_owned(),
                message: cause.to_string(),
            }),
        }
    }

    /// The password from the highest layer that has one.
    fn password(
        &self,
        flags: &JoinOptions,
        environment: &JoinOptions,
    ) -> Result<Option<Password>, ConfigError> {
        if let Some(path) = &flags.password_file {
            return password::read(path).map(Some);
        }
        let spoken = self.environment.text(PASSWORD)?;
        match (spoken, &environment.password_file) {
            (Some(_), Some(_)) => Err(ConfigError::Both {
                layer: "the environment",
                one: "password",
                other: "password-file",
            }),
            // Who sets it wants a password, and an empty one would make an open room.
            (Some(password), None) if password.is_empty() => Err(ConfigError::Variable {
                name: PASSWORD.to_owned(),
                message: "it is empty: give a password, or unset it".to_owned(),
            }),
            (Some(password), None) => Ok(Some(Password(password))),
            (None, Some(path)) => password::read(path).map(Some),
            (None, None) => self
                .file
                .join
                .password_file
                .as_deref()
                .map(password::read)
                .transpose(),
        }
    }
}

/// Both loopback addresses, so that `localhost` means this server however it resolves.
fn default_listen() -> Vec<SocketAddr> {
    vec![
        SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), DEFAULT_PORT),
        SocketAddr::new(IpAddr::V6(Ipv6Addr::LOCALHOST), DEFAULT_PORT),
    ]
}

fn visibility(options: &JoinOptions) -> Visibility {
    if options.private.is_on() {
        Visibility::Private
    } else if options.unlisted.is_on() {
        Visibility::Unlisted
    } else {
        Visibility::Public
    }
}

fn player(options: JoinOptions) -> PlayerOptions {
    let output = if options.no_player.is_on() {
        PlayerMode::None
    } else if options.audio_only.is_on() {
        PlayerMode::AudioOnly
    } else {
        PlayerMode::Full
    };
    PlayerOptions {
        output,
        program: options.player.unwrap_or_else(|| PathBuf::from("mpv")),
        args: options.player_arg,
        ipc: options.player_ipc,
        ytdl: options.ytdl,
    }
}

#[cfg(test)]
mod tests;
