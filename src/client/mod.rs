//! The client's shell: one task, one loop. Whatever happens becomes an event, the app
//! answers with orders, and these are carried out. No rule stands here.
//!
//! Nothing in the loop waits for anything else than the next event: standard input and output,
//! the terminal and the files are read and written by threads of their own.

use std::future::pending;
use std::io;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use tokio::sync::mpsc;
use tokio::time::timeout;

use crate::app::App;
use crate::app::config::AppConfig;
use crate::app::effect::{Effect, Exit};
use crate::app::event::Event;
use crate::player::{Player, PlayerConfig};
use crate::protocol::time::LocalTime;
use crate::signals::EndSignals;
use crate::strings::farewell as words;
use crate::sync::player::PlayerEvent;
use crate::texts::tr;
use crate::trust::Trust;

use connection::ServerSocket;
use effect_runner::{EffectRunner, Outcome};
use process_clock::ProcessClock;
pub use process_clock::on_the_wall;
use state_files::StateFiles;
use stdout::{Face, StdoutEnd, StdoutLines};
use terminal::{LastLine, Terminal, TerminalEvent};
use titles::Titles;

pub mod certificate;
mod codes;
mod connection;
mod early_screen;
mod effect_runner;
pub mod errand;
mod farewell;
mod inputs;
pub mod json;
pub mod json_text;
pub mod lan;
mod own_files;
pub mod place;
mod plain;
pub mod probe;
mod process_clock;
mod proxy;
mod redirect;
mod requests;
mod retries;
pub mod rooms;
mod saved_lists;
mod settings_file;
mod state_files;
mod stdin_lines;
pub mod stdout;
mod terminal;
mod titles;
mod tls;

pub use connection::{QuietEnd, open_socket, quiet, round_trip};
pub use early_screen::EarlyScreen;
pub use settings_file::{ReadSettings, SettingsFile};
pub use state_files::{kept_choices, kept_name, kept_name_text, sound_offsets, visited_rooms};
pub use stdin_lines::lines as stdin_lines;

/// How long the player may take to end; without us it ends in any case.
const PLAYER_PATIENCE: Duration = Duration::from_secs(2);

/// How many answers of asked servers may wait.
const ANSWERS: usize = 16;

/// What a client runs with.
#[derive(Debug)]
pub struct ClientConfig {
    /// What the app is started with.
    pub app: AppConfig,
    /// The form in which the member gets the app's output.
    pub face: Face,
    /// The folder in which tokens and the name are kept; without one they are not.
    pub state: Option<PathBuf>,
    /// How the player is run; without one nothing is played.
    pub player: Option<PlayerConfig>,
    /// Which servers' certificates are accepted.
    pub trust: Trust,
    /// The configuration file to watch, if there is a screen for what changes in it.
    pub settings: Option<SettingsFile>,
}

/// Runs a client until it ends; on this screen, if one is shown already.
///
/// # Errors
/// If this process cannot get what any client needs: threads, signals, a player's folder.
pub async fn run(config: ClientConfig, early: Option<EarlyScreen>) -> anyhow::Result<Exit> {
    let (early, typed) = early.map(EarlyScreen::into_parts).unzip();
    let (mut client, effects) = Client::start(config, early)?;
    let mut exit = client.carry_out(effects).await;
    let size = client.runner.terminal.as_ref().map(Terminal::size);
    if let Some(size) = size {
        let unknown = || tr!(client.app.language(), "start-no-terminal-size");
        let (columns, rows) = size.with_context(unknown)?;
        exit = exit.or(client.update(Event::Resize(columns, rows)).await);
    }
    for event in typed.unwrap_or_default() {
        exit = exit.or(client.update(event).await);
    }
    while exit.is_none() {
        exit = client.step().await?;
    }
    let farewell = farewell::of(&client.app);
    let last_line = client.last_line.take();
    let language = client.app.language();
    let stdout_end = Box::pin(client.finish()).await;
    if let Some(last_line) = last_line {
        farewell.print(&last_line);
    }
    match stdout_end {
        None | Some(StdoutEnd::ReaderGone) => Ok(exit.unwrap_or(Exit::Left)),
        Some(StdoutEnd::NotRead) => Ok(Exit::OutputNotRead),
        Some(StdoutEnd::Failed(cause)) => {
            Err(cause).with_context(|| tr!(language, "cli-no-output"))
        }
    }
}

/// The loop's state: the app, and the sources of its events.
struct Client {
    app: App,
    clock: ProcessClock,
    runner: EffectRunner,
    signals: EndSignals,
    /// Lines of standard input; `None` with a screen, and after the input's end.
    stdin: Option<mpsc::Receiver<String>>,
    /// What the player reports; `None` without a player, and after its end.
    player_events: Option<mpsc::Receiver<PlayerEvent>>,
    /// Answers of servers that were asked for their rooms.
    answers: mpsc::Receiver<Event>,
    /// Whether the client was asked to end: then a closed output is no news.
    is_interrupted: bool,
    /// Why nothing more is written to standard output, if the client ends for that.
    stdout_end: Option<StdoutEnd>,
    /// What the goodbye is printed with, if there was a screen.
    last_line: Option<LastLine>,
}

/// What the loop woke for.
enum Wakeup {
    Event(Event),
    Input(Option<String>),
    Player(Option<PlayerEvent>),
    Terminal(TerminalEvent),
    Draw,
    Panic,
    Interrupt,
    Stdout(Option<StdoutEnd>),
}

impl Client {
    /// Gets what a client needs, and its app's first orders.
    ///
    /// # Errors
    /// If this process cannot have it.
    fn start(config: ClientConfig, early: Option<Terminal>) -> anyhow::Result<(Self, Vec<Effect>)> {
        let clock = ProcessClock::start();
        let language = config.app.language;
        let no_thread = || tr!(language, "cli-no-start");
        let signals = EndSignals::of_client();
        let signals = signals.with_context(|| tr!(language, "cli-no-signals"))?;
        let stdout = StdoutLines::start(config.face, language, io::stdout())
            .with_context(no_thread)?
            .watching_stdout();
        let (stdin, terminal) = inputs::open(&config, early)?;
        let (answering, answers) = mpsc::channel(ANSWERS);
        let addresses = probe::addresses(config.trust.clone());
        let state_files = StateFiles::start(config.state, addresses, answering.clone());
        let state_files = state_files.with_context(no_thread)?;
        if let Some(file) = config.settings {
            settings_file::watch(file, answering.clone());
        }
        let of_player = config.player.clone();
        let started = config.player.map(|config| {
            // One local time for the app and for what the player reports.
            let origin = clock.origin();
            Player::spawn(PlayerConfig { origin, ..config })
        });
        let (player, player_events) = started.unzip();
        let titles = Titles::start(of_player.zip(player.as_ref()), &answering);
        let settings = config.app.screen.clone().unwrap_or_default();
        let (app, effects) = App::new(config.app, clock.now());
        let last_line = terminal.as_ref().map(Terminal::last_line);
        let runner = EffectRunner {
            connection: ServerSocket::new(clock, config.trust.clone()),
            trust: config.trust,
            player,
            state_files,
            stdout,
            terminal,
            answers: answering,
            following: None,
            titles,
            language,
            bell: settings.bell,
            notify: settings.notify,
        };
        let client = Self {
            app,
            clock,
            runner,
            signals,
            stdin,
            player_events,
            answers,
            is_interrupted: false,
            stdout_end: None,
            last_line,
        };
        Ok((client, effects))
    }

    /// Waits for one thing to happen and does what follows from it.
    ///
    /// # Errors
    /// If a thread of this process panicked.
    async fn step(&mut self) -> anyhow::Result<Option<Exit>> {
        let event = match self.wake().await {
            Wakeup::Event(event) | Wakeup::Terminal(TerminalEvent::Input(event)) => event,
            Wakeup::Player(Some(event)) => Event::Player(event),
            Wakeup::Player(None) => {
                self.player_events = None;
                return Ok(None);
            }
            Wakeup::Terminal(TerminalEvent::Written) | Wakeup::Stdout(None) => return Ok(None),
            Wakeup::Draw if self.draw() => return Ok(None),
            Wakeup::Draw | Wakeup::Terminal(TerminalEvent::Gone) => {
                // Nothing can be shown any more.
                self.runner.terminal = None;
                Event::Interrupted
            }
            Wakeup::Panic => {
                self.runner.terminal = None;
                bail!(words::thread_panicked(self.app.language()));
            }
            Wakeup::Stdout(end) => {
                self.stdout_end = end;
                self.is_interrupted = true;
                Event::Interrupted
            }
            Wakeup::Input(Some(line)) => Event::Line(line),
            Wakeup::Input(None) => {
                self.stdin = None;
                Event::InputEnded
            }
            Wakeup::Interrupt => {
                self.is_interrupted = true;
                Event::Interrupted
            }
        };
        Ok(self.update(event).await)
    }

    /// Waits for one thing to happen.
    async fn wake(&mut self) -> Wakeup {
        let deadline = self.app.next_deadline();
        let draw = self.runner.terminal.as_ref().and_then(Terminal::draw_at);
        let wants_lines = self.app.wants_lines() && !self.runner.stdout.is_behind();
        let runner = &mut self.runner;
        tokio::select! {
            () = moment(draw) => Wakeup::Draw,
            event = from_terminal(&mut runner.terminal) => Wakeup::Terminal(event),
            Some(event) = self.answers.recv() => Wakeup::Event(event),
            found = runner.state_files.found() => Wakeup::Event(Event::TokenFound(found)),
            () = terminal::thread_panicked() => Wakeup::Panic,
            event = runner.connection.next() => Wakeup::Event(event),
            event = receive(&mut self.player_events) => Wakeup::Player(event),
            line = receive(&mut self.stdin), if wants_lines => Wakeup::Input(line),
            () = until(self.clock, deadline) => Wakeup::Event(Event::Deadline),
            _name = self.signals.next() => Wakeup::Interrupt,
            end = runner.stdout.progress(), if !self.is_interrupted => Wakeup::Stdout(end),
        }
    }

    /// Hands an event to the app and carries its orders out.
    async fn update(&mut self, event: Event) -> Option<Exit> {
        let effects = self.app.update(event, self.clock.now());
        let exit = self.carry_out(effects).await;
        if let Some(terminal) = &mut self.runner.terminal {
            terminal.look_at(&self.app);
        }
        exit
    }

    /// Makes the screen's next picture; false if that cannot be done any more.
    fn draw(&mut self) -> bool {
        let Some(terminal) = &mut self.runner.terminal else {
            return true;
        };
        let drawn = terminal.draw(&self.app);
        if let Err(cause) = &drawn {
            tracing::warn!("the terminal cannot be drawn: {cause}");
        }
        drawn.is_ok()
    }

    /// Carries orders out. None of them waits, but the one to stop.
    async fn carry_out(&mut self, effects: Vec<Effect>) -> Option<Exit> {
        let mut exit = None;
        for effect in effects {
            match self.runner.run(effect) {
                Outcome::Done => {}
                Outcome::Exit(end) => exit = exit.or(Some(end)),
                Outcome::Suspend => {
                    if let Some(terminal) = &mut self.runner.terminal {
                        terminal.suspend().await;
                    }
                }
            }
        }
        exit
    }

    /// Ends everything in good order; the answer is whether standard output failed.
    async fn finish(self) -> Option<StdoutEnd> {
        let EffectRunner {
            connection,
            player,
            state_files,
            stdout,
            terminal,
            ..
        } = self.runner;
        // Without its handle the player ends; its last event is that it has.
        drop(player);
        if let Some(terminal) = terminal {
            terminal.close().await;
        }
        connection.finish().await;
        if let Some(mut events) = self.player_events {
            let ended = async { while events.recv().await.is_some() {} };
            if timeout(PLAYER_PATIENCE, ended).await.is_err() {
                tracing::warn!("the player does not end");
            }
        }
        state_files.finish().await;
        let last = stdout.finish().await;
        self.stdout_end.or(last)
    }
}

/// The next of a channel, `None` at its end; waits for ever if it has ended before.
async fn receive<T>(channel: &mut Option<mpsc::Receiver<T>>) -> Option<T> {
    match channel {
        Some(channel) => channel.recv().await,
        None => pending().await,
    }
}

/// What comes from a terminal; waits for ever without one.
async fn from_terminal(terminal: &mut Option<Terminal>) -> TerminalEvent {
    match terminal {
        Some(terminal) => terminal.next().await,
        None => pending().await,
    }
}

/// Waits for a moment; for ever if there is none.
async fn moment(at: Option<Instant>) {
    match at {
        Some(at) => tokio::time::sleep_until(at.into()).await,
        None => pending().await,
    }
}

/// Waits for a local time; for ever if there is none.
async fn until(clock: ProcessClock, deadline: Option<LocalTime>) {
    match deadline {
        Some(deadline) => tokio::time::sleep_until(clock.instant(deadline).into()).await,
        None => pending().await,
    }
}
