//! Settings: flags over the environment over `config.toml` over defaults.
//!
//! [`Sources`] reads the two lower layers. Its methods merge a subcommand's flags with them into
//! the same struct of options, and validate it as far as possible without contacting anything.

use std::path::PathBuf;

use tracing_subscriber::EnvFilter;

use super::args::{
    AdminArgs, AdminCommand, GalleryOptions, GlobalArgs, JoinArgs, JoinOptions, LanguageSetting,
    ListenSetting, ServeOptions, Switch, UnknownLanguage, ValueFault,
};
use super::folders;
use crate::app::appearance::{OwnTheme, ThemeChoice};
use crate::app::own_reactions::OwnReactions;
use crate::protocol::ids::RoomId;
use crate::protocol::invite::RoomTarget;
use crate::protocol::member::Visibility;
use crate::protocol::secret::InviteToken;
use crate::server::Storage;
use crate::texts::language::Language;

pub use crate::protocol::secret::Password;
pub use bounded::ReadFault;
pub use ca_file::trust;
pub use environment::Environment;
pub(super) use environment::LANGUAGE;
use environment::PASSWORD;
pub use error::{ConfigError, FilePosition, LowerLayer};

mod bounded;
mod ca_file;
mod environment;
mod error;
mod file;
mod layers;
mod log_filter;
mod password;
mod serve;
mod syntax;
mod theme;

use layers::merge;
use serve::ADMIN_SOCKET;
pub use serve::{ServeConfig, TlsPaths};

/// The port of the default addresses, and of the server looked for on this computer.
pub const DEFAULT_PORT: u16 = 8000;

/// The settings of `admin`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdminConfig {
    /// What to do.
    pub command: AdminCommand,
    /// The socket of the server.
    pub socket: PathBuf,
    /// The server's data folder; `None` if a socket was named instead.
    pub folder: Option<PathBuf>,
    /// Whether the answer is printed as JSON.
    pub json: bool,
}

/// The settings of `join`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JoinConfig {
    /// The room to join.
    pub room: RoomId,
    /// The merged options. An invite link has set the server.
    pub options: JoinOptions,
    /// Whether the name was given as a flag, for this run only. A name from the file or a variable
    /// is there at every start, so a room that remembers another one, set by `/nick`, keeps that.
    pub name_is_flag: bool,
    /// The password for entering or creating the room.
    pub password: Option<Password>,
    /// What to create the room with, on a server that asks for it.
    pub create_password: Option<Password>,
    /// The token of the invite link.
    pub invite: Option<InviteToken>,
    /// The theme that a layer sets.
    pub theme: Option<ThemeChoice>,
    /// The styles of the member's own theme; `None` if the file has none.
    pub own_theme: Option<OwnTheme>,
    /// The emoji on the keys 1 to 5, if the file sets any.
    pub reactions: Option<OwnReactions>,
}

impl JoinConfig {
    /// The visibility of the room, if this member creates it.
    #[must_use]
    pub fn visibility(&self) -> Visibility {
        visibility(&self.options)
    }

    /// The mpv program: a path, or a name to look up.
    #[must_use]
    pub fn program(&self) -> PathBuf {
        let program = self.options.player.clone();
        program.unwrap_or_else(|| PathBuf::from("mpv"))
    }

    /// Which parts of the media are played on this machine.
    #[must_use]
    pub fn output(&self) -> PlayerMode {
        if self.options.no_player.is_on() {
            PlayerMode::None
        } else if self.options.audio_only.is_on() {
            PlayerMode::AudioOnly
        } else {
            PlayerMode::Full
        }
    }
}

/// Which parts of the media are played on this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlayerMode {
    /// Picture and sound, in mpv's own window.
    Full,
    /// Sound without a window (`--audio-only`).
    AudioOnly,
    /// Nothing: no player is started (`--no-player`).
    None,
}

/// The logging settings.
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
    /// Reads the configuration file: the one named by a flag or the environment, which must exist,
    /// else the one in the configuration folder, which is optional.
    ///
    /// # Errors
    /// [`ConfigError`] names the file, and the faulty line if there is one.
    pub fn load(global: &GlobalArgs, environment: Environment) -> Result<Self, ConfigError> {
        let file = match named_file(global.config.clone(), &environment) {
            Some(path) => file::read(&path)?.ok_or(ConfigError::Missing { path })?,
            None => match default_file() {
                Some(path) => file::read(&path)?.unwrap_or_default(),
                None => file::Settings::default(),
            },
        };
        Ok(Self { environment, file })
    }

    /// The settings of `serve`.
    ///
    /// # Errors
    /// [`ConfigError`] if the merged settings are invalid.
    pub fn serve(&self, flags: ServeOptions) -> Result<ServeConfig, ConfigError> {
        let environment = self.environment.options("serve")?;
        let options = merge("serve", flags, environment, self.file.serve.clone())?;
        let storage = match &options.data_dir {
            _ if options.ephemeral.is_on() => Storage::Memory,
            Some(folder) => Storage::Folder(folder.clone()),
            None => Storage::Folder(folders::data().ok_or(ConfigError::NoDataFolder)?),
        };
        let tls = match (&options.tls_cert, &options.tls_key) {
            (None, None) => None,
            (Some(certificate), Some(key)) => Some(TlsPaths {
                certificate: certificate.clone(),
                key: key.clone(),
            }),
            _ => return Err(ConfigError::HalfOfTls),
        };
        let usual = [ListenSetting::Loopback(DEFAULT_PORT)];
        let listen = match options.listen.as_slice() {
            [] => usual.as_slice(),
            given => given,
        };
        let listen = listen.iter().flat_map(|setting| setting.addresses());
        Ok(ServeConfig {
            listen: listen.collect(),
            tls,
            create_password: password::for_new_rooms(&options)?,
            options,
            storage,
        })
    }

    /// The settings of `admin`. Without any of its own it looks for the server where `serve` with the
    /// same environment and file is.
    ///
    /// # Errors
    /// [`ConfigError`] if the merged settings are invalid, or there is no home folder to look in.
    pub fn admin(&self, args: AdminArgs) -> Result<AdminConfig, ConfigError> {
        let AdminArgs { options, command } = args;
        let environment = self.environment.options("admin")?;
        let options = merge("admin", options, environment, self.file.admin.clone())?;
        let json = options.json.is_on();
        if let Some(socket) = options.socket {
            let folder = options.data_dir;
            return Ok(AdminConfig {
                command,
                socket,
                folder,
                json,
            });
        }
        let served = self.environment.options("serve")?;
        let served = merge(
            "serve",
            ServeOptions::default(),
            served,
            self.file.serve.clone(),
        )?;
        let socket = served.admin_socket.filter(|_| options.data_dir.is_none());
        let folder = options.data_dir.or(served.data_dir).or_else(folders::data);
        let folder = folder.ok_or(ConfigError::NoDataFolder)?;
        Ok(AdminConfig {
            command,
            socket: socket.unwrap_or_else(|| folder.join(ADMIN_SOCKET)),
            folder: Some(folder),
            json,
        })
    }

    /// The settings of `join`. An invite link overrides the server of every layer.
    ///
    /// # Errors
    /// [`ConfigError`] if the merged settings are invalid, or a password file cannot be read.
    pub fn join(&self, args: JoinArgs) -> Result<JoinConfig, ConfigError> {
        let JoinArgs {
            room,
            theme,
            options,
        } = args;
        let (theme, own_theme) = self.theme(theme)?;
        if matches!(room, RoomTarget::Invite(_))
            && (options.server.is_some() || options.lan.is_on())
        {
            return Err(ConfigError::InviteAndServer);
        }
        let environment: JoinOptions = self.environment.options("join")?;
        let password = self.password(&options, &environment)?;
        let name_is_flag = options.name.is_some();
        let mut options = merge("join", options, environment, self.file.join_options())?;
        if visibility(&options) == Visibility::Private && password.is_none() {
            return Err(ConfigError::PrivateWithoutPassword);
        }
        let create_password = options.create_password_file.as_deref();
        let create_password = create_password.map(password::read).transpose()?;
        let (room, invite) = match room {
            RoomTarget::Room(room, token) => (room, token),
            RoomTarget::Invite(invite) => {
                options.server = Some(invite.server);
                options.lan = Switch::Off;
                (invite.room, invite.token)
            }
        };
        Ok(JoinConfig {
            room,
            options,
            name_is_flag,
            password,
            create_password,
            invite,
            theme,
            own_theme,
            reactions: self
                .file
                .ui
                .reactions
                .clone()
                .map(OwnReactions::beginning_with),
        })
    }

    /// The settings of `gallery`.
    ///
    /// # Errors
    /// [`ConfigError`] if the merged settings are invalid.
    pub fn gallery(&self, flags: GalleryOptions) -> Result<GalleryOptions, ConfigError> {
        let environment = self.environment.options("gallery")?;
        merge("gallery", flags, environment, self.file.gallery.clone())
    }

    /// The language that a layer sets.
    ///
    /// # Errors
    /// [`ConfigError::Variable`] if the variable names no language of the catalogue.
    pub fn language(&self, global: &GlobalArgs) -> Result<Option<Language>, ConfigError> {
        let variable = self.environment.text(LANGUAGE)?;
        let variable = variable
            .map(|code| code.parse::<LanguageSetting>())
            .transpose();
        let variable = variable.map_err(|UnknownLanguage| ConfigError::Variable {
            name: LANGUAGE.to_owned(),
            fault: ValueFault::Language,
        })?;
        let setting = global.lang.or(variable).or(self.file.ui.lang);
        Ok(setting.map(|setting| setting.0))
    }

    /// The log filter. A bare level applies to this program; other crates stay at `warn`.
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
        let filter = log_filter::of(level);
        match EnvFilter::try_new(&filter) {
            Ok(_) => Ok(LogConfig { filter }),
            Err(cause) => Err(ConfigError::Filter {
                text: level.to_owned(),
                message: cause.to_string(),
            }),
        }
    }

    /// The password from the highest layer that sets one.
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
                layer: LowerLayer::Environment,
                one: "password".to_owned(),
                other: "password-file".to_owned(),
            }),
            // Setting it means that a password is wanted, and an empty one would create an open
            // room.
            (Some(password), None) if password.is_empty() => Err(ConfigError::Variable {
                name: PASSWORD.to_owned(),
                fault: ValueFault::EmptyPassword,
            }),
            (Some(password), None) => Ok(Some(Password::from(password))),
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

/// The language that the configuration file sets, before the command line is parsed: `flag` is the
/// file that it seems to name. What is wrong with the file is reported by [`Sources::load`].
pub(super) fn language_in_file(
    flag: Option<PathBuf>,
    environment: &Environment,
) -> Option<LanguageSetting> {
    let path = named_file(flag, environment).or_else(default_file)?;
    file::language(&path)
}

/// The configuration file that a flag or the environment names.
fn named_file(flag: Option<PathBuf>, environment: &Environment) -> Option<PathBuf> {
    flag.or_else(|| environment.path("WATCHTOGETHER_CONFIG"))
}

/// The configuration file in the configuration folder.
fn default_file() -> Option<PathBuf> {
    folders::config().map(|folder| folder.join("config.toml"))
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

#[cfg(test)]
mod tests;
