//! Settings: flags over the environment over `config.toml` over defaults.
//!
//! [`Sources`] reads the two lower layers. Its methods merge a subcommand's flags with them into
//! the same struct of options, and validate it as far as possible without contacting anything.

use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

use super::args::{
    AdminArgs, AdminCommand, ColourSetting, GalleryOptions, GlobalArgs, JoinOptions,
    LanguageSetting, Layer as _, ListenSetting, ServeOptions, ServerSetting, UnknownColourSetting,
    UnknownLanguage, ValueFault,
};
use super::folders;
use crate::server::Storage;
use crate::texts::language::Language;

pub use crate::protocol::secret::Password;
pub use bounded::ReadFault;
pub use ca_file::trust;
pub use environment::Environment;
pub(super) use environment::{COLOUR, LANGUAGE};
use environment::{CONFIG, LOG, PASSWORD};
pub use error::{ConfigError, FilePosition, LowerLayer};
pub(super) use password::read as password_in;

mod bounded;
mod ca_file;
mod credentials;
mod environment;
mod error;
mod file;
mod in_force;
mod join;
mod keys;
mod layers;
mod log_filter;
mod misspelt;
mod own_keys;
mod own_settings;
mod password;
mod redis;
mod serve;
mod servers;
mod syntax;
mod theme;
mod ytdl;

pub(super) use in_force::{InForce, Kept, Origin};
pub use join::{HostConfig, JoinConfig, PlayerMode};
pub(super) use keys::{KeyKind, SERVERS, SettingKey, about_table, keys};
use layers::merge;
pub(super) use misspelt::misspelt;
pub use own_settings::{OwnFile, OwnLayer};
use serve::ADMIN_SOCKET;
pub use serve::{ServeConfig, TlsPaths};
use servers::Named;

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

/// The logging settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogConfig {
    /// A filter that `EnvFilter` of `tracing-subscriber` reads.
    pub filter: String,
}

/// The layers below the flags.
#[derive(Debug, Default)]
pub struct Sources {
    environment: Environment,
    /// The file that was read; `None` if there is none.
    path: Option<PathBuf>,
    /// Where that is, or would be.
    place: Option<PathBuf>,
    file: file::Settings,
    /// Whether the user can be asked for what is missing.
    can_ask: bool,
}

impl Sources {
    /// Reads the configuration file: the one named by a flag or the environment, which must exist,
    /// else the one in the configuration folder, which is optional.
    ///
    /// # Errors
    /// [`ConfigError`] names the file, and the faulty line if there is one.
    pub fn load(global: &GlobalArgs, environment: Environment) -> Result<Self, ConfigError> {
        let path = file_path(global, &environment);
        let file = path.as_deref().map(file::read).transpose()?.flatten();
        let place = path.clone();
        let (path, file) = match (file, path) {
            (Some(file), path) => (path, file),
            (None, Some(path)) if named_file(global.config.clone(), &environment).is_some() => {
                return Err(ConfigError::Missing { path });
            }
            (None, _) => (None, file::Settings::default()),
        };
        Ok(Self {
            environment,
            path,
            place,
            file,
            can_ask: false,
        })
    }

    /// The file that was read; `None` if there is none.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Whether the user can be asked for what is missing.
    #[must_use]
    pub fn asking(self, can_ask: bool) -> Self {
        Self { can_ask, ..self }
    }

    /// The layers without a file, for the demo, which reads none of this person's own.
    #[must_use]
    pub fn without_file(environment: Environment) -> Self {
        Self {
            environment,
            ..Self::default()
        }
    }

    /// The settings of `serve`.
    ///
    /// # Errors
    /// [`ConfigError`] if the merged settings are invalid.
    pub fn serve(&self, flags: ServeOptions) -> Result<ServeConfig, ConfigError> {
        let environment = self.environment.options("serve")?;
        let options = merge("serve", flags, environment, self.file.serve.clone())?;
        let storage = match (redis::storage(&options)?, &options.data_dir) {
            (Some(redis), _) => redis,
            _ if options.ephemeral.is_on() => Storage::Memory,
            (None, Some(folder)) => Storage::Folder(folder.clone()),
            (None, None) => Storage::Folder(folders::data().ok_or(ConfigError::NoDataFolder)?),
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

    /// The settings of `gallery`, with the address of its server.
    ///
    /// # Errors
    /// [`ConfigError`] if the merged settings are invalid.
    pub fn gallery(&self, flags: &GalleryOptions) -> Result<GalleryOptions, ConfigError> {
        let environment: GalleryOptions = self.environment.options("gallery")?;
        let named = Named::by(flags.server.is_some(), environment.server.is_some());
        let merged = |file| merge("gallery", flags.clone(), environment.clone(), file);
        let file = self.file.gallery.clone();
        let server = merged(file.clone())?.server;
        let server = self.address(server.as_ref(), named)?;
        let profile = self.of_server(server.as_ref());
        let profile = GalleryOptions {
            name: profile.name,
            allow_private_media: profile.allow_private_media,
            create_password_file: profile.create_password_file,
            ca_file: profile.ca_file,
            ..GalleryOptions::default()
        };
        Ok(GalleryOptions {
            server: server.map(ServerSetting::Address),
            ..merged(profile.over(file))?
        })
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

    /// When there are colours.
    ///
    /// # Errors
    /// [`ConfigError::Variable`] if the variable is none of the words.
    pub fn colour(&self, global: &GlobalArgs) -> Result<ColourSetting, ConfigError> {
        let variable = self.environment.text(COLOUR)?;
        let variable = variable
            .map(|word| word.parse::<ColourSetting>())
            .transpose();
        let variable = variable.map_err(|UnknownColourSetting| ConfigError::Variable {
            name: COLOUR.to_owned(),
            fault: ValueFault::Colour,
        })?;
        let setting = global.colour.or(variable).or(self.file.ui.color);
        Ok(setting.unwrap_or_default())
    }

    /// The log filter. A bare level applies to this program; other crates stay at `warn`.
    ///
    /// # Errors
    /// [`ConfigError::Filter`] if it is neither a level nor a filter.
    pub fn log(&self, global: &GlobalArgs) -> Result<LogConfig, ConfigError> {
        let level = match &global.log {
            Some(level) => Some(level.clone()),
            None => self.environment.text(LOG)?,
        };
        let written = self.file.written.get("log.level");
        let place = written
            .filter(|_| level.is_none())
            .map(|written| FilePosition {
                path: self.path.clone().unwrap_or_default(),
                line: written.line,
            });
        let level = level.or_else(|| self.file.log.level.clone());
        let level = level.as_deref().unwrap_or("info").trim();
        match log_filter::of(level) {
            Ok(filter) => Ok(LogConfig { filter }),
            Err(fault) => Err(ConfigError::Filter {
                place,
                text: level.to_owned(),
                nearest: fault.nearest,
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

/// What the configuration file sets for a key of `[ui]`, before the command line is parsed: `flag` is
/// the file that it seems to name. What is wrong with the file is reported by [`Sources::load`].
pub(super) fn early_in_file<T: DeserializeOwned>(
    flag: Option<PathBuf>,
    environment: &Environment,
    key: &str,
) -> Option<T> {
    let path = named_file(flag, environment).or_else(default_file)?;
    file::early(&path, key)
}

/// The configuration file that a flag or the environment names.
fn named_file(flag: Option<PathBuf>, environment: &Environment) -> Option<PathBuf> {
    flag.or_else(|| environment.path(CONFIG))
}

/// The configuration file that is read, or would be if it were there: the one that a flag or the
/// environment names, else the one in the configuration folder. `None` without a home folder.
pub(super) fn file_path(global: &GlobalArgs, environment: &Environment) -> Option<PathBuf> {
    named_file(global.config.clone(), environment).or_else(default_file)
}

/// The configuration file in the configuration folder.
fn default_file() -> Option<PathBuf> {
    folders::config().map(|folder| folder.join("config.toml"))
}

#[cfg(test)]
mod tests;
