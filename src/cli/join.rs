//! `watchtogether join`: joins a room.
//!
//! Converts the settings into the client's configuration, and finds or starts the server. The
//! client does the rest.

use std::process::ExitCode;
use std::time::Instant;

use anyhow::Context;

use super::args::JoinOptions;
use super::config::{self, JoinConfig, PlayerMode};
use super::local::{self, Hosting, LocalServer};
use super::{USAGE, ask_password, complain_of_error, folders, runtime, terminal};
use crate::app::config::{AppConfig, Attendance, Reach, VideoConfig};
use crate::app::effect::Exit;
use crate::app::osd_level::OsdLevel;
use crate::client::stdout::Face;
use crate::client::{self, ClientConfig, EarlyScreen};
use crate::media::Media;
use crate::media::policy::Privacy;
use crate::player::{self, PlayerConfig};
use crate::protocol::invite::ServerUrl;
use crate::protocol::text::{MemberName, Title};
use crate::protocol::time::Span;
use crate::relay::RelayConfig;
use crate::strings;
use crate::sync::follow::FollowConfig;
use crate::texts::language::Language;
use crate::texts::tr;
use crate::trust::Trust;
use crate::wire::message::Create;

use choices::Choices;
pub(super) use choices::{kept as kept_choices, kept_language};
pub(super) use own_name::of as own_name;

mod choices;
mod on_screen;
mod own_name;

/// The exit code of a client that the server refused.
pub(super) const REFUSED: u8 = 3;
/// The exit code of a client, or a gallery, whose server could not be reached.
pub(super) const UNREACHABLE: u8 = 4;

/// The exit code of a client whose standard output was not read.
const OUTPUT_NOT_READ: u8 = 5;

/// Runs the subcommand to its end.
///
/// # Errors
/// If this machine lacks something that a client needs.
pub fn run(config: JoinConfig, start: Start, language: Language) -> anyhow::Result<ExitCode> {
    let config = match ask_password::completed(config, language)? {
        Ok(config) => config,
        Err(code) => return Ok(ExitCode::from(code)),
    };
    let parsed = match parse_options(language, &config) {
        Ok(parsed) => parsed,
        Err(complaint) => {
            complain_of_error(language, complaint);
            return Ok(ExitCode::from(USAGE));
        }
    };
    // Two threads, so that a server in this process keeps running while the client is busy.
    let runtime = runtime::with_threads(2, language)?;
    let exit = runtime.block_on(join(config, parsed, start, language));
    // Do not wait for a request to a server that does not answer.
    runtime.shutdown_background();
    Ok(match exit? {
        Exit::Left => ExitCode::SUCCESS,
        Exit::Refused => ExitCode::from(REFUSED),
        Exit::Unreachable => ExitCode::from(UNREACHABLE),
        Exit::OutputNotRead => {
            complain_of_error(language, strings::start::output_not_read(language));
            ExitCode::from(OUTPUT_NOT_READ)
        }
    })
}

/// What a client with a screen shows first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// The named room, which is joined at once.
    Room,
    /// The gallery; the named room is only a suggestion.
    Gallery,
    /// The named room, which is only watched from outside.
    Watch,
}

fn attendance(start: Start, has_player: bool) -> Attendance {
    match (start, has_player) {
        (Start::Watch, _) => Attendance::Observing,
        (_, true) => Attendance::WithPlayer,
        (_, false) => Attendance::WithoutPlayer,
    }
}

fn face(json: bool, on_screen: bool) -> Face {
    match (json, on_screen) {
        (true, _) => Face::Json,
        (_, true) => Face::Screen,
        _ => Face::Plain,
    }
}

/// The member's options, parsed.
struct ParsedJoin {
    name: MemberName,
    /// Whether the name was given for this run.
    is_chosen: bool,
    /// Whether it is the login name, because the member never gave one.
    is_guess: bool,
    /// What the name was, if it was longer than names are.
    whole_name: Option<String>,
    play: Option<Media>,
    create: Create,
    player: Option<PlayerConfig>,
    trust: Trust,
}

/// Parses the member's options.
///
/// # Errors
/// The text of the first error.
fn parse_options(language: Language, config: &JoinConfig) -> Result<ParsedJoin, String> {
    let options = &config.options;
    let trust = config::trust(options.ca_file.as_deref());
    let trust = trust.map_err(|error| error.words(language))?;
    let own = own_name::of(language, config)?;
    let play = match &options.play {
        Some(link) => {
            Some(Media::parse(link).map_err(|error| strings::media::error(language, &error))?)
        }
        None => None,
    };
    Ok(ParsedJoin {
        name: own.name,
        is_chosen: config.name_is_flag,
        is_guess: own.is_guess,
        whole_name: own.whole,
        play,
        create: create(language, config)?,
        player: player(language, config, &trust)?,
        trust,
    })
}

fn create(language: Language, config: &JoinConfig) -> Result<Create, String> {
    let title = match &config.options.title {
        Some(title) => {
            Some(Title::parse(title).map_err(|error| strings::start::title(language, error))?)
        }
        None => None,
    };
    let visibility = config.visibility();
    Ok(Create {
        title,
        visibility,
        key: config.create_password.clone(),
        only_private: false,
    })
}

/// Finds the server, and runs the client to its end.
async fn join(
    config: JoinConfig,
    parsed: ParsedJoin,
    start: Start,
    language: Language,
) -> anyhow::Result<Exit> {
    let options = &config.options;
    let as_json = options.json.is_on();
    let on_screen = !as_json && terminal::has_screen();
    let has_mouse = terminal::has_mouse() && !options.no_mouse.is_on();
    let mut early = early_screen(on_screen, has_mouse, language)?;
    let (server, reach, local) = tokio::select! {
        found = server(&config, language) => found?,
        () = left(&mut early) => return Ok(Exit::Left),
    };
    let choices = Choices::of(&config);
    let screen = on_screen.then(|| on_screen::config(&config, &parsed, start, &choices));
    let settings = on_screen.then(|| on_screen::settings(&config, &choices));
    let client = ClientConfig {
        app: AppConfig {
            server,
            room: config.room,
            written_room: config.written,
            chosen_name: parsed.is_chosen.then(|| parsed.name.clone()),
            name: parsed.name,
            whole_name: parsed.whole_name,
            play: parsed.play,
            waits: options.wait.is_on(),
            password: config.password,
            invite: config.invite,
            create: parsed.create,
            policy: privacy(options),
            attendance: attendance(start, parsed.player.is_some()),
            over_ssh: terminal::is_over_ssh(),
            system: player::system(),
            follow: follow(options.seek_threshold.map(|seconds| seconds.0)),
            seed: rand::random(),
            reach,
            language,
            reactions: choices.own.reactions,
            video: video(options, choices.osd),
            hosts: local.as_ref().map(|local| local.url.to_string()),
            hosts_with: (local.as_ref()).map_or_else(Vec::new, |local| local.options.clone()),
            unkept: local.as_ref().and_then(|local| local.unkept.clone()),
            demo: std::env::var_os(super::demo::MARK).is_some(),
            screen,
        },
        face: face(as_json, on_screen),
        state: folders::state(),
        player: parsed.player,
        trust: parsed.trust,
        settings: settings.flatten(),
    };
    let exit = Box::pin(client::run(client, early)).await;
    if let Some(local) = local {
        local.stop().await;
    }
    exit
}

/// The screen that is shown while the server is found or started, if there is to be one.
fn early_screen(
    on_screen: bool,
    has_mouse: bool,
    language: Language,
) -> anyhow::Result<Option<EarlyScreen>> {
    if !on_screen {
        return Ok(None);
    }
    let opened = EarlyScreen::open(has_mouse, language);
    let opened = opened.with_context(|| tr!(language, "start-no-terminal"))?;
    Ok(Some(opened))
}

/// Waits until the member leaves before there is a client; for ever without a screen.
async fn left(early: &mut Option<EarlyScreen>) {
    match early {
        Some(early) => early.left().await,
        None => std::future::pending().await,
    }
}

fn follow(seek_threshold: Option<Span>) -> FollowConfig {
    let usual = FollowConfig::default();
    FollowConfig {
        seek_threshold: seek_threshold.unwrap_or(usual.seek_threshold),
    }
}

/// The server to join on, who can reach it, and the server itself if it was started in this
/// process.
async fn server(
    config: &JoinConfig,
    language: Language,
) -> anyhow::Result<(String, Reach, Option<LocalServer>)> {
    if let Some(server) = &config.server {
        return Ok((server.to_string(), Reach::Remote, None));
    }
    let host = config.host.clone().unwrap_or_default();
    let folder = folders::hosted_rooms();
    let hosting = Hosting {
        on_lan: config.options.lan.is_on(),
        room: &config.room,
        folder: folder.as_deref(),
        public_url: host.public_url.as_ref(),
    };
    if host.needs_own() {
        let local = match host.port {
            Some(port) => LocalServer::at_port(port, hosting).await,
            None => LocalServer::at_default_port_or_any(hosting).await,
        };
        let local = local.map_err(|cause| cause.worded(language))?;
        return Ok((local.url.to_string(), local.reach.clone(), Some(local)));
    }
    if let Some((server, reach)) = found(config).await? {
        return Ok((server.to_string(), reach, None));
    }
    let local = match LocalServer::at_default_port(hosting).await {
        Ok(local) => local,
        Err(cause) => {
            tracing::info!("{:#}", anyhow::Error::new(cause));
            // Another client may have started one at this very moment.
            if let Some((server, reach)) = found(config).await? {
                return Ok((server.to_string(), reach, None));
            }
            let local = LocalServer::at_any_port(hosting).await;
            local.map_err(|cause| cause.worded(language))?
        }
    };
    Ok((local.url.to_string(), local.reach.clone(), Some(local)))
}

/// The server that already runs on this computer, if it is suitable, and who can reach it.
async fn found(config: &JoinConfig) -> anyhow::Result<Option<(ServerUrl, Reach)>> {
    let Some(server) = local::find().await? else {
        return Ok(None);
    };
    let on_lan = local::reach_on_lan(&server, &config.room).await;
    let reach = if config.options.lan.is_on() {
        on_lan
    } else {
        // It may be behind a proxy; it sends invites of its own.
        on_lan.or(Some(Reach::Remote))
    };
    Ok(reach.map(|reach| (server, reach)))
}

/// What stands over the picture, and whether keys are taken in the player's window.
fn video(options: &JoinOptions, osd: OsdLevel) -> VideoConfig {
    VideoConfig {
        osd,
        takes_keys: !options.no_player_keys.is_on(),
    }
}

/// Which hosts links may lead to.
fn privacy(options: &JoinOptions) -> Privacy {
    if options.allow_private_media.is_on() {
        Privacy::AllowPrivate
    } else {
        Privacy::PublicOnly
    }
}

/// The player's configuration; `None` without a player.
///
/// # Errors
/// The text that names an invalid argument.
pub(super) fn player(
    language: Language,
    config: &JoinConfig,
    trust: &Trust,
) -> Result<Option<PlayerConfig>, String> {
    let output = config.output();
    if output == PlayerMode::None {
        return Ok(None);
    }
    let options = &config.options;
    if let Some(path) = &options.cookies {
        // yt-dlp would make a file without cookies in its place, and say nothing.
        std::fs::File::open(path)
            .map_err(|cause| strings::start::cookies(language, path, &cause))?;
    }
    // The client sets its own time origin.
    let player = PlayerConfig {
        binary: config.program(),
        ipc_path: options.player_ipc.clone(),
        extra_args: options.player_arg.clone(),
        audio_only: output == PlayerMode::AudioOnly,
        loads_scripts: options.player_scripts.is_on(),
        ytdl_path: options.ytdl.clone(),
        resolver: config.ytdl_options.resolver(),
        ytdl_options: config.ytdl_options.clone(),
        relay: RelayConfig {
            trust: trust.clone(),
            ..RelayConfig::new(privacy(options))
        },
        ..PlayerConfig::new(Instant::now())
    };
    let checked = player.check_arguments();
    checked.map_err(|argument| strings::start::player_argument(language, &argument.0))?;
    Ok(Some(player))
}
