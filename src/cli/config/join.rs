//! The settings of `join`, and of `host`, which is a `join` with a server of its own.

use std::path::PathBuf;

use super::layers::merge;
use super::servers::Named;
use super::{ConfigError, OwnFile, Sources, password, theme};
use crate::app::appearance::{OwnTheme, ThemeChoice};
use crate::app::keys::own::KeyMap;
use crate::app::own_reactions::OwnReactions;
use crate::cli::args::{
    HostArgs, JoinArgs, JoinOptions, Layer as _, RoomSetting, ServerSetting, Switch,
};
use crate::player::YtdlOptions;
use crate::protocol::ids::RoomId;
use crate::protocol::invite::{RoomTarget, ServerUrl};
use crate::protocol::member::Visibility;
use crate::protocol::secret::{InviteToken, Password};

/// The settings of `join`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JoinConfig {
    /// The room to join.
    pub room: RoomId,
    /// What was written in the place of the room's name, if the name was made from it.
    pub written: Option<String>,
    /// How the server in this process is to be, if one is to be there on purpose.
    pub host: Option<HostConfig>,
    /// The server to join the room on; `None` for the one on this computer.
    pub server: Option<ServerUrl>,
    /// The merged options, in which no server is named.
    pub options: JoinOptions,
    /// Whether the name was given as a flag, for this run only. A name from the file or a variable
    /// is there at every start, so a room that remembers another one, set by `/nick`, keeps that.
    pub name_is_flag: bool,
    /// The password for entering or creating the room. That of a private room is yet to be asked
    /// for if it is missing.
    pub password: Option<Password>,
    /// What to create the room with, on a server that asks for it.
    pub create_password: Option<Password>,
    /// The token of the invite link.
    pub invite: Option<InviteToken>,
    /// The theme that a layer sets.
    pub theme: Option<ThemeChoice>,
    /// The styles of the member's own theme; `None` if the file has none.
    pub own_theme: Option<OwnTheme>,
    /// The file, to be read again.
    pub own_file: OwnFile,
    /// The keys of the screen.
    pub keys: KeyMap,
    /// What yt-dlp is given.
    pub ytdl_options: YtdlOptions,
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

/// How the server of `host` is to be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HostConfig {
    /// The address at which others reach it.
    pub public_url: Option<ServerUrl>,
    /// The port to listen on, if not the usual one.
    pub port: Option<u16>,
}

impl HostConfig {
    /// Whether a server that runs already would not do: it was started otherwise.
    #[must_use]
    pub const fn needs_own(&self) -> bool {
        self.public_url.is_some() || self.port.is_some()
    }
}

/// Which server a client joins on.
enum ChosenServer {
    /// This one: that of its invite, or of its command line.
    Known(ServerUrl),
    /// The one that a layer names, if one does.
    Named,
    /// One of its own.
    Own,
}

impl Sources {
    /// The settings of `join`. An invite link overrides the server of every layer.
    ///
    /// # Errors
    /// [`ConfigError`] if the merged settings are invalid, or a password file cannot be read.
    pub fn join(&self, args: JoinArgs) -> Result<JoinConfig, ConfigError> {
        self.client(args, true)
    }

    /// The settings of a client, which joins on a server of the settings or has its own.
    fn client(&self, args: JoinArgs, on_named: bool) -> Result<JoinConfig, ConfigError> {
        let JoinArgs {
            room:
                RoomSetting {
                    target: room,
                    written,
                    title,
                },
            theme,
            options,
        } = args;
        let own_file = self.own_file(self.theme(theme)?);
        if matches!(room, RoomTarget::Invite(_))
            && (options.server.is_some() || options.lan.is_on())
        {
            return Err(ConfigError::InviteAndServer);
        }
        let environment: JoinOptions = self.environment.options("join")?;
        let password = self.password(&options, &environment)?;
        let name_is_flag = options.name.is_some();
        let server = match &room {
            RoomTarget::Invite(invite) => ChosenServer::Known(invite.server.clone()),
            RoomTarget::Room(..) if on_named => ChosenServer::Named,
            RoomTarget::Room(..) => ChosenServer::Own,
        };
        let (mut options, server) = self.with_server(&options, &environment, server)?;
        options.title = options.title.or_else(|| title.map(String::from));
        let is_asked = self.can_ask && !options.json.is_on();
        if visibility(&options) == Visibility::Private && password.is_none() && !is_asked {
            return Err(ConfigError::PrivateWithoutPassword);
        }
        let ytdl_options = self.file.ytdl.given(&options);
        let create_password = options.create_password_file.as_deref();
        let create_password = create_password.map(password::read).transpose()?;
        let (room, invite) = match room {
            RoomTarget::Room(room, token) => (room, token),
            RoomTarget::Invite(invite) => {
                options.lan = Switch::Off;
                (invite.room, invite.token)
            }
        };
        Ok(JoinConfig {
            room,
            written,
            host: None,
            server,
            options,
            name_is_flag,
            password,
            create_password,
            invite,
            theme: own_file.theme_over(&self.file),
            own_theme: theme::own(&self.file),
            own_file,
            keys: self.file.key_map.clone(),
            ytdl_options,
            reactions: self.file.reactions(),
        })
    }

    /// The address of a server that is a command line's argument, and the merged options of a
    /// client there.
    ///
    /// # Errors
    /// [`ConfigError`] if it is the name of no profile, or the merged settings are invalid.
    pub(in crate::cli) fn at_server(
        &self,
        server: &ServerSetting,
        flags: &JoinOptions,
    ) -> Result<(ServerUrl, JoinOptions), ConfigError> {
        let server = self.address_of(server, Named::Argument)?;
        let environment = self.environment.options("join")?;
        let known = ChosenServer::Known(server.clone());
        let (options, _) = self.with_server(flags, &environment, known)?;
        Ok((server, options))
    }

    /// The merged options, in which no server is named, and the server.
    fn with_server(
        &self,
        flags: &JoinOptions,
        environment: &JoinOptions,
        server: ChosenServer,
    ) -> Result<(JoinOptions, Option<ServerUrl>), ConfigError> {
        let named = Named::by(flags.server.is_some(), environment.server.is_some());
        let merged = |file| merge("join", flags.clone(), environment.clone(), file);
        let file = self.file.join_options();
        let server = match server {
            ChosenServer::Known(server) => Some(server),
            ChosenServer::Named => self.address(merged(file.clone())?.server.as_ref(), named)?,
            ChosenServer::Own => None,
        };
        let mut options = merged(self.of_server(server.as_ref()).over(file))?;
        options.server = None;
        Ok((options, server))
    }

    /// The settings of `host`: those of `join`, but for the server.
    ///
    /// # Errors
    /// As [`Sources::join`], and if the room is that of an invite.
    pub fn host(&self, args: HostArgs) -> Result<JoinConfig, ConfigError> {
        if matches!(args.room.target, RoomTarget::Invite(_)) || args.options.server.is_some() {
            return Err(ConfigError::InviteToHost);
        }
        let mut options = args.options;
        options.play = args.link.or(options.play);
        let args_of_join = JoinArgs {
            room: args.room,
            theme: args.theme,
            options,
        };
        // The server that a lower layer names is the one to join rooms on.
        let join = self.client(args_of_join, false)?;
        Ok(JoinConfig {
            host: Some(HostConfig {
                public_url: args.public_url.map(ServerUrl::without_room),
                port: args.port,
            }),
            ..join
        })
    }
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
