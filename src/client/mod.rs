//! The client's shell: one task, one loop. Whatever happens becomes an event, the app
//! answers with orders, and these are carried out. No rule stands here.

use std::collections::VecDeque;
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

use clock::Clock;
use connection::Connection;
use effects::{Hands, Outcome};
use output::{Face, Output, OutputEnd};
use terminal::Terminal;
use tokens::Tokens;

mod backlog;
mod clock;
mod codes;
mod connection;
mod effects;
mod farewell;
mod input;
mod json;
pub mod json_text;
mod keys;
pub mod lan;
pub mod names;
pub mod output;
mod plain;
pub mod probe;
mod proxy;
mod quiet;
mod reader;
mod redirect;
pub mod rooms;
mod steady;
mod terminal;
mod tls;
mod tokens;

/// How long the player may take to end; without us it ends in any case.
const PLAYER_PATIENCE: Duration = Duration::from_secs(2);

/// Answers that may wait.
const ANSWERS: usize = 16;

/// What a client runs with.
#[derive(Debug)]
pub struct ClientConfig {
    /// What the app is started with.
    pub app: AppConfig,
    /// How the member is told things.
    pub face: Face,
    /// The folder in which tokens are kept; without one they are not.
    pub state: Option<PathBuf>,
    /// How the player is run; without one nothing is played.
    pub player: Option<PlayerConfig>,
}

/// Runs a client until it ends.
///
/// # Errors
/// If this process cannot get what any client needs: threads, signals, a player's folder.
pub async fn run(config: ClientConfig) -> anyhow::Result<Exit> {
    let (mut client, effects) = Client::start(config)?;
    let mut exit = client.carry_out(effects).await;
    if let Some((columns, rows)) = client.hands.terminal.as_ref().map(Terminal::size) {
        let size = Event::Resize(columns, rows);
        let effects = client.app.update(size, client.clock.now());
        exit = exit.or(client.carry_out(effects).await);
    }
    while exit.is_none() {
        exit = client.step().await?;
    }
    let farewell = farewell::of(&client.app);
    let output = client.finish().await;
    farewell.show();
    match output {
        None | Some(OutputEnd::ReaderGone) => Ok(exit.unwrap_or(Exit::Left)),
        Some(OutputEnd::NotRead) => Ok(Exit::OutputNotRead),
        Some(OutputEnd::Failed(cause)) => Err(cause).context("cannot write to standard output"),
    }
}

/// The loop's state: the app, and what its events come from.
struct Client {
    app: App,
    clock: Clock,
    hands: Hands,
    signals: EndSignals,
    /// Gone at the end of the input.
    input: Option<mpsc::Receiver<String>>,
    /// Gone when there is no player, or its shell has ended.
    playing: Option<mpsc::Receiver<PlayerEvent>>,
    /// Answers that took their time.
    answered: mpsc::Receiver<Event>,
    /// Whether the client was asked to end: then a closed output is no news.
    interrupted: bool,
    /// Why standard output was of no use any more, if the client ends for that.
    output_end: Option<OutputEnd>,
}

/// What the loop woke for.
enum Woken {
    Input(Option<String>),
    Playing(Option<PlayerEvent>),
    Heard(Event),
    Pressed(Option<Event>),
    Draw,
    Broke,
    Interrupt,
    Output(Option<OutputEnd>),
}

impl Client {
    /// Gets what a client needs, and its app's first orders.
    ///
    /// # Errors
    /// If this process cannot have it.
    fn start(config: ClientConfig) -> anyhow::Result<(Self, Vec<Effect>)> {
        let clock = Clock::start();
        let signals = EndSignals::of_client().context("cannot listen for signals")?;
        let output = Output::start(config.face, io::stdout())
            .context("cannot write to standard output")?
            .watching_stdout();
        let (input, terminal) = if config.face == Face::Screen {
            let terminal = Terminal::open().context("cannot use the terminal")?;
            (None, Some(terminal))
        } else {
            let input = input::lines().context("cannot read standard input")?;
            (Some(input), None)
        };
        let (answers, answered) = mpsc::channel(ANSWERS);
        let started = config.player.map(|config| {
            // One local time for the app and for what the player reports.
            let origin = clock.origin();
            Player::spawn(PlayerConfig { origin, ..config })
        });
        let (player, playing) = started.unzip();
        let settings = config.app.screen.clone().unwrap_or_default();
        let (app, effects) = App::new(config.app, clock.now());
        let hands = Hands {
            connection: Connection::default(),
            player,
            tokens: Tokens::new(config.state.clone()),
            output,
            terminal,
            answers,
            state: config.state,
            bell: settings.bell,
            notify: settings.notify,
        };
        let client = Self {
            app,
            clock,
            hands,
            signals,
            input,
            playing,
            answered,
            interrupted: false,
            output_end: None,
        };
        Ok((client, effects))
    }

    /// Waits for one thing to happen and does what follows from it.
    ///
    /// # Errors
    /// If a thread of this process broke.
    async fn step(&mut self) -> anyhow::Result<Option<Exit>> {
        let deadline = self.app.next_deadline();
        let draw = self.hands.terminal.as_ref().and_then(Terminal::draw_at);
        let wants_lines = self.app.wants_lines() && !self.hands.output.is_behind();
        let woken = tokio::select! {
            () = moment(draw) => Woken::Draw,
            event = pressed(&mut self.hands.terminal) => Woken::Pressed(event),
            Some(event) = self.answered.recv() => Woken::Heard(event),
            () = terminal::broke() => Woken::Broke,
            event = self.hands.connection.next() => Woken::Heard(event),
            event = receive(&mut self.playing) => Woken::Playing(event),
            line = receive(&mut self.input), if wants_lines => Woken::Input(line),
            () = until(self.clock, deadline) => Woken::Heard(Event::Deadline),
            _name = self.signals.next() => Woken::Interrupt,
            end = self.hands.output.progress(), if !self.interrupted => Woken::Output(end),
        };
        let event = match woken {
            Woken::Heard(event) | Woken::Pressed(Some(event)) => event,
            Woken::Playing(Some(event)) => Event::Player(event),
            Woken::Playing(None) => {
                self.playing = None;
                return Ok(None);
            }
            Woken::Draw if self.draw() => return Ok(None),
            Woken::Output(None) => return Ok(None),
            Woken::Output(end) => {
                self.output_end = end;
                self.interrupted = true;
                Event::Interrupted
            }
            Woken::Broke => {
                self.hands.terminal = None;
                bail!(words::BROKE);
            }
            Woken::Draw | Woken::Pressed(None) => {
                // Nobody can be shown anything any more.
                self.hands.terminal = None;
                Event::Interrupted
            }
            Woken::Input(Some(line)) => Event::Line(line),
            Woken::Input(None) => {
                self.input = None;
                Event::InputEnded
            }
            Woken::Interrupt => {
                self.interrupted = true;
                Event::Interrupted
            }
        };
        let effects = self.app.update(event, self.clock.now());
        let exit = self.carry_out(effects).await;
        if let Some(terminal) = &mut self.hands.terminal {
            terminal.changed();
        }
        Ok(exit)
    }

    /// Draws the screen; false if that cannot be done any more.
    fn draw(&mut self) -> bool {
        let Some(terminal) = &mut self.hands.terminal else {
            return true;
        };
        let drawn = terminal.draw(&self.app);
        if let Err(cause) = &drawn {
            tracing::warn!("the terminal cannot be drawn: {cause}");
        }
        drawn.is_ok()
    }

    /// Carries orders out, and what follows from them at once.
    async fn carry_out(&mut self, effects: Vec<Effect>) -> Option<Exit> {
        let mut effects = VecDeque::from(effects);
        let mut exit = None;
        while let Some(effect) = effects.pop_front() {
            match self.hands.carry_out(effect).await {
                Outcome::Done => {}
                Outcome::Heard(event) => effects.extend(self.app.update(event, self.clock.now())),
                Outcome::End(end) => exit = exit.or(Some(end)),
            }
        }
        exit
    }

    /// Lets go of everything in good order; the answer is whether standard output failed.
    async fn finish(mut self) -> Option<OutputEnd> {
        self.hands.terminal = None;
        // Without its handle the player ends; its last event is that it has.
        self.hands.player = None;
        self.hands.connection.finish().await;
        if let Some(mut playing) = self.playing {
            let ended = async { while playing.recv().await.is_some() {} };
            if timeout(PLAYER_PATIENCE, ended).await.is_err() {
                tracing::warn!("the player does not end");
            }
        }
        let last = self.hands.output.finish().await;
        self.output_end.or(last)
    }
}

/// The next of a channel, `None` at its end; never, if it has ended before.
async fn receive<T>(channel: &mut Option<mpsc::Receiver<T>>) -> Option<T> {
    match channel {
        Some(channel) => channel.recv().await,
        None => pending().await,
    }
}

/// The next key of a terminal; never, without one.
async fn pressed(terminal: &mut Option<Terminal>) -> Option<Event> {
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
async fn until(clock: Clock, deadline: Option<LocalTime>) {
    match deadline {
        Some(deadline) => tokio::time::sleep_until(clock.instant(deadline).into()).await,
        None => pending().await,
    }
}
