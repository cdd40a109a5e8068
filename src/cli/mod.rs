//! The command line: parses it, merges the settings, sets up logging, and runs the subcommand. Each
//! subcommand has a file of its name.

#[cfg(unix)]
use anyhow::Context as _;
use args::{Cli, CliCommand, Invocation};
use complaints::{causes, complain, complain_of_error, report, unwritten, warn};
use config::{Environment, Sources};
use logging::LogDestination;
use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

use crate::protocol::ids::RoomId;
use crate::protocol::invite::RoomTarget;
use crate::relay::ProxySettings;
use crate::strings;
use crate::texts::language::Language;
use crate::texts::tr;

pub mod add;
#[cfg(unix)]
pub mod admin;
pub mod args;
mod ask_password;
#[cfg(unix)]
pub mod calibrate;
pub mod check;
mod colour_setting;
mod colours;
mod complaints;
mod completions;
pub mod config;
pub mod config_command;
pub mod conformance;
pub mod demo;
pub mod doctor;
mod early_colours;
mod early_words;
pub mod errand;
mod file_limits;
pub mod folders;
pub mod gallery;
pub mod generate;
mod host_options;
pub mod join;
pub mod language;
pub mod local;
pub mod logging;
mod output;
mod redis;
mod runtime;
pub mod say;
pub mod serve;
mod service_manager;
pub mod status;
pub mod storage;
mod terminal;
pub mod watch;

/// The exit code for an invalid command line or invalid settings; the same as clap's.
const USAGE: u8 = 2;

/// Runs what this process's command line asks for.
#[must_use]
pub fn run() -> ExitCode {
    let words: Vec<OsString> = std::env::args_os().collect();
    if completions::answer(&words) {
        return ExitCode::SUCCESS;
    }
    let environment = Environment::of_process();
    colours::choose(early_colours::first_guess(&words, &environment));
    let locale = sys_locale::get_locale();
    let language = language::first_guess(&words, &environment, locale.as_deref());
    file_limits::outlive(language);
    match args::parse(language, words) {
        Ok(Invocation::Run(cli)) => run_subcommand(*cli, environment, language),
        Ok(Invocation::Completions(args)) => {
            let printed = completions::register(args.shell, &mut io::stdout().lock());
            let printed = printed.with_context(|| unwritten(language));
            report(language, printed.map(|()| ExitCode::SUCCESS))
        }
        Ok(Invocation::Generate(folders)) => {
            let written = generate::write(&folders.man, &folders.completions, language);
            let schemas = || match &folders.schemas {
                Some(folder) => generate::write_schemas(folder, language),
                None => Ok(()),
            };
            let written = written.and_then(|()| schemas());
            report(language, written.map(|()| ExitCode::SUCCESS))
        }
        Err(answer) => {
            let code = u8::try_from(answer.exit_code()).unwrap_or(USAGE);
            // Help goes to standard output, errors to standard error. If the latter fails, there is
            // no other way to report it.
            match answer.print().and_then(|()| io::stdout().flush()) {
                Err(cause) if !answer.use_stderr() && !is_reader_gone(&cause) => {
                    let unwritten = anyhow::Error::new(cause).context(unwritten(language));
                    report(language, Err(unwritten))
                }
                _ => ExitCode::from(code),
            }
        }
    }
}

/// A subcommand with its settings.
enum Task {
    Serve(Box<config::ServeConfig>, Box<Reread>),
    /// Checks what a server would start with.
    Check(Box<config::ServeConfig>),
    Admin(Box<config::AdminConfig>),
    Add(Box<add::Add>),
    Say(Box<say::Say>),
    Status(Box<status::Status>),
    Watch(Box<config::JoinConfig>),
    Join(Box<config::JoinConfig>),
    Gallery(Box<args::GalleryOptions>),
    Calibrate(Box<config::JoinConfig>),
    Config(Box<config_command::Asked>),
    Demo(Box<demo::Demo>),
    Conformance(Box<conformance::Trial>),
    Doctor(Box<doctor::Visit>),
    /// The gallery on the screen, from which rooms can be joined.
    LiveGallery(Box<config::JoinConfig>),
}

/// What is needed to read the settings of a running server again.
struct Reread {
    flags: args::ServeOptions,
    global: args::GlobalArgs,
    environment: Environment,
}

impl Reread {
    /// The settings as the file says them now. The flags and the environment stay as they were.
    fn read(&self) -> Result<(config::ServeConfig, config::LogConfig), config::ConfigError> {
        let sources = Sources::load(&self.global, self.environment.clone())?;
        let log = sources.log(&self.global)?;
        Ok((sources.serve(self.flags.clone())?, log))
    }
}

/// The settings of a command line.
struct Settings {
    task: Task,
    log: config::LogConfig,
    /// The language that a layer sets.
    language: Option<Language>,
}

fn run_subcommand(cli: Cli, environment: Environment, guess: Language) -> ExitCode {
    let misspelt = config::misspelt(&environment);
    let found = settings(cli, environment, guess);
    let Settings {
        task,
        log,
        language,
    } = match found {
        Ok(settings) => settings,
        Err(cause) => {
            complain_of_error(guess, cause.words(guess));
            return ExitCode::from(USAGE);
        }
    };
    let place = log_place(&task);
    let kept = || join::kept_language().filter(|_| place == LogDestination::ClientFile);
    // The guess has read no pipe.
    let language = language.or_else(kept).unwrap_or(guess);
    let format = match &task {
        Task::Serve(config, _) => config.options.log_format.unwrap_or_default(),
        _ => args::LogFormat::Text,
    };
    let logging = logging::start(&log, place, format, language);
    for variable in misspelt {
        let (name, nearest) = (&variable.name, &variable.nearest);
        warn(language, strings::start::misspelt(language, name, nearest));
    }
    install_tls();
    if uses_proxies(&task) {
        warn_of_proxies(language);
    }
    let outcome = match task {
        Task::Serve(config, reread) => {
            let reload = serve::Reload {
                settings: &|| reread.read(),
                logging: &logging,
            };
            serve::run(*config, reload, language)
        }
        Task::Check(config) => check::run(&config, language),
        Task::Admin(config) => run_admin(*config, language),
        Task::Join(config) => join::run(*config, join::Start::Room, language),
        Task::LiveGallery(config) => join::run(*config, join::Start::Gallery, language),
        Task::Gallery(config) => gallery::run(*config, language),
        Task::Add(add) => add::run(*add, language),
        Task::Say(say) => say::run(*say, language),
        Task::Status(status) => status::run(&status, language),
        Task::Watch(config) => watch::run(*config, language),
        Task::Calibrate(config) => run_calibrate(&config, language),
        Task::Config(asked) => config_command::run(&asked, language),
        Task::Demo(demo) => demo::run(&demo, language),
        Task::Conformance(trial) => conformance::run(*trial, language),
        Task::Doctor(visit) => doctor::run(&visit, language),
    };
    if let (Err(cause), LogDestination::ClientFile) = (&outcome, place) {
        tracing::error!("{cause:#}");
    }
    report(language, outcome)
}

/// Where a task writes its log, as far as the settings do not say.
const fn log_place(task: &Task) -> LogDestination {
    match task {
        Task::Serve(..)
        | Task::Check(_)
        | Task::Gallery(_)
        | Task::Calibrate(_)
        | Task::Config(_)
        | Task::Conformance(_)
        | Task::Doctor(_)
        | Task::Admin(_) => LogDestination::StandardError,
        Task::Join(_)
        | Task::LiveGallery(_)
        | Task::Add(_)
        | Task::Say(_)
        | Task::Status(_)
        | Task::Watch(_) => LogDestination::ClientFile,
        Task::Demo(_) => LogDestination::Nowhere,
    }
}

/// Whether a task goes through the proxies of the environment, and does not list them itself.
const fn uses_proxies(task: &Task) -> bool {
    matches!(
        task,
        Task::Join(_)
            | Task::Gallery(_)
            | Task::LiveGallery(_)
            | Task::Demo(_)
            | Task::Add(_)
            | Task::Say(_)
            | Task::Status(_)
            | Task::Watch(_)
            | Task::Conformance(_)
    )
}

#[cfg(unix)]
fn run_admin(config: config::AdminConfig, language: Language) -> anyhow::Result<ExitCode> {
    admin::run(config, language)
}

#[cfg(not(unix))]
fn run_admin(_: config::AdminConfig, language: Language) -> anyhow::Result<ExitCode> {
    Err(anyhow::Error::msg(tr!(language, "admin-unsupported")))
}

#[cfg(unix)]
fn run_calibrate(config: &config::JoinConfig, language: Language) -> anyhow::Result<ExitCode> {
    calibrate::run(config, language)
}

#[cfg(not(unix))]
fn run_calibrate(_: &config::JoinConfig, language: Language) -> anyhow::Result<ExitCode> {
    Err(anyhow::Error::msg(tr!(language, "calibrate-unsupported")))
}

fn settings(
    cli: Cli,
    environment: Environment,
    guess: Language,
) -> Result<Settings, config::ConfigError> {
    let has_named = cli.global.config.is_some();
    let sources = match &cli.command {
        // They are for a file that is broken or not there.
        CliCommand::Config(args) if args.command.is_some() => Sources::default(),
        CliCommand::Demo(_) if !has_named => Sources::without_file(environment.clone()),
        _ => Sources::load(&cli.global, environment.clone())?,
    };
    let sources = sources.asking(terminal::can_ask());
    colours::choose(sources.colour(&cli.global)?);
    let language = sources.language(&cli.global)?;
    let log = sources.log(&cli.global)?;
    let task = match cli.command {
        CliCommand::Serve(args) => {
            let config = sources.serve(args.options.clone())?;
            if args.check {
                Task::Check(Box::new(config))
            } else {
                let reread = Reread {
                    flags: args.options,
                    global: cli.global,
                    environment,
                };
                Task::Serve(Box::new(config), Box::new(reread))
            }
        }
        CliCommand::Admin(args) => Task::Admin(Box::new(sources.admin(*args)?)),
        CliCommand::Join(args) => Task::Join(Box::new(sources.join(*args)?)),
        CliCommand::Host(args) => Task::Join(Box::new(sources.host(*args)?)),
        CliCommand::Gallery(args) => gallery_task(&sources, &args)?,
        CliCommand::Calibrate(args) => calibrate_task(&sources, *args)?,
        CliCommand::Config(args) => {
            let path = config::file_path(&cli.global, &environment);
            let spoken = language.unwrap_or(guess);
            let asked = config_command::Asked::of(&args, &sources, &cli.global, path, spoken)?;
            Task::Config(Box::new(asked))
        }
        CliCommand::Add(args) => Task::Add(Box::new(add::Add::of(&sources, *args)?)),
        CliCommand::Say(args) => Task::Say(Box::new(say::Say::of(&sources, *args)?)),
        CliCommand::Status(args) => Task::Status(Box::new(status::Status::of(&sources, *args)?)),
        CliCommand::Watch(args) => Task::Watch(Box::new(watch::settings(&sources, *args)?)),
        CliCommand::Demo(args) => Task::Demo(Box::new(demo::Demo {
            args,
            config: cli.global.config.clone(),
        })),
        CliCommand::Conformance(args) => {
            Task::Conformance(Box::new(conformance::Trial::of(&sources, *args)?))
        }
        CliCommand::Doctor(args) => Task::Doctor(Box::new(doctor::Visit::of(&sources, args)?)),
    };
    Ok(Settings {
        task,
        log,
        language,
    })
}

/// The gallery: on the screen if possible, else as a list.
fn gallery_task(sources: &Sources, args: &args::GalleryArgs) -> Result<Task, config::ConfigError> {
    let config = sources.gallery(&args.options)?;
    if config.json.is_on() || !terminal::has_screen() {
        return Ok(Task::Gallery(Box::new(config)));
    }
    let room = RoomTarget::Room(RoomId::suggested(), None).into();
    let join = sources.join(args::JoinArgs {
        room,
        theme: args.theme,
        options: config.join(),
    })?;
    Ok(Task::LiveGallery(Box::new(join)))
}

/// Calibrating, with the player of `join`: its program and its options.
fn calibrate_task(
    sources: &Sources,
    args: args::CalibrateArgs,
) -> Result<Task, config::ConfigError> {
    let room = RoomTarget::Room(RoomId::suggested(), None).into();
    let options = args::JoinOptions {
        player: args.player,
        player_arg: args.player_arg,
        ..args::JoinOptions::default()
    };
    let join = sources.join(args::JoinArgs {
        room,
        theme: None,
        options,
    })?;
    Ok(Task::Calibrate(Box::new(join)))
}

/// Warns about unusable proxies in the environment, in one line.
fn warn_of_proxies(language: Language) {
    let proxies = ProxySettings::of_process();
    let unusable = proxies.unusable().iter();
    let named = unusable.map(|proxy| (proxy.variable, proxy.value.as_str()));
    if let Some(warning) = strings::start::unusable_proxies(language, named) {
        warn(language, warning);
    }
}

/// Selects the cryptography provider of TLS, before anything uses it.
fn install_tls() {
    if rustls::crypto::ring::default_provider()
        .install_default()
        .is_err()
    {
        tracing::debug!("a TLS provider was installed before");
    }
}

/// The error when the system gives no threads.
fn not_started(language: Language) -> String {
    tr!(language, "cli-no-start")
}

/// Whether a write failed because the reader closed the pipe, which is not an error.
fn is_reader_gone(cause: &io::Error) -> bool {
    cause.kind() == io::ErrorKind::BrokenPipe
}
