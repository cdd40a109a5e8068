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
use crate::strings::farewell as words;
use crate::sync::player::PlayerEvent;

use clock::Clock;
use connection::Connection;
use effects::{Hands, Outcome};
use output::{Face, Output};
use signals::Signals;
use terminal::Terminal;
use tokens::Tokens;

mod clock;
mod codes;
mod connection;
mod effects;
mod farewell;
mod input;
mod json;
pub mod lan;
pub mod names;
pub mod output;
mod plain;
pub mod probe;
mod quiet;
mod reader;
pub mod rooms;
mod signals;
mod terminal;
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
    let clock = Clock::start();
    let signals = Signals::listen().context("cannot listen for signals")?;
    let on_screen = config.face == Face::Screen;
    let input = if on_screen {
        None
    } else {
        Some(input::lines().context("cannot read standard input")?)
    };
    let (answers, answered) = mpsc::channel(ANSWERS);
    let output = Output::start(config.face, io::stdout())
        .context("cannot write to standard output")?
        .watching_stdout();
    let (player, playing) = spawn(config.player, clock).unzip();
    let terminal = if on_screen {
        Some(Terminal::open().context("cannot use the terminal")?)
    } else {
        None
    };
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
    let mut client = Client {
        app,
        clock,
        hands,
        signals,
        input,
        playing,
        answered,
        interrupted: false,
    };
    let mut exit = client.carry_out(effects).await;
    if let Some((columns, rows)) = client.hands.terminal.as_ref().map(Terminal::size) {
        client.app.update(Event::Resize(columns, rows), clock.now());
    }
    while exit.is_none() {
        exit = client.step().await?;
    }
    let farewell = farewell::of(&client.app);
    client.finish().await;
    farewell.show();
    Ok(exit.unwrap_or(Exit::Left))
}

/// Starts the player, if there is to be one, by the app's own local time.
fn spawn(
    config: Option<PlayerConfig>,
    clock: Clock,
) -> Option<(Player, mpsc::Receiver<PlayerEvent>)> {
    let origin = clock.origin();
    config.map(|config| Player::spawn(PlayerConfig { origin, ..config }))
}

/// The loop's state: the app, and what its events come from.
struct Client {
    app: App,
    clock: Clock,
    hands: Hands,
    signals: Signals,
    /// Gone at the end of the input.
    input: Option<mpsc::Receiver<String>>,
    /// Gone when there is no player, or its shell has ended.
    playing: Option<mpsc::Receiver<PlayerEvent>>,
    /// Answers that took their time.
    answered: mpsc::Receiver<Event>,
    /// Whether the client was asked to end: then a closed output is no news.
    interrupted: bool,
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
}

impl Client {
    /// Waits for one thing to happen and does what follows from it.
    ///
    /// # Errors
    /// If a thread of this process broke.
    async fn step(&mut self) -> anyhow::Result<Option<Exit>> {
        let deadline = self.app.next_deadline();
        let draw = self.hands.terminal.as_ref().and_then(Terminal::draw_at);
        let woken = tokio::select! {
            () = moment(draw) => Woken::Draw,
            event = pressed(&mut self.hands.terminal) => Woken::Pressed(event),
            Some(event) = self.answered.recv() => Woken::Heard(event),
            () = terminal::broke() => Woken::Broke,
            event = self.hands.connection.next() => Woken::Heard(event),
            event = receive(&mut self.playing) => Woken::Playing(event),
            line = receive(&mut self.input), if self.app.wants_lines() => Woken::Input(line),
            () = until(self.clock, deadline) => Woken::Heard(Event::Deadline),
            () = self.signals.next() => Woken::Interrupt,
            () = self.hands.output.closed(), if !self.interrupted => Woken::Interrupt,
        };
        let event = match woken {
            Woken::Heard(event) | Woken::Pressed(Some(event)) => event,
            Woken::Playing(Some(event)) => Event::Player(event),
            Woken::Playing(None) => {
                self.playing = None;
                return Ok(None);
            }
            Woken::Draw => {
                self.draw();
                return Ok(None);
            }
            Woken::Broke => {
                self.hands.terminal = None;
                bail!(words::BROKE);
            }
            Woken::Pressed(None) => {
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

    /// Draws the screen; one that cannot be drawn is given up.
    fn draw(&mut self) {
        if let Some(terminal) = &mut self.hands.terminal
            && let Err(cause) = terminal.draw(&self.app)
        {
            tracing::warn!("the terminal cannot be drawn: {cause}");
            self.hands.terminal = None;
        }
    }

    /// Carries orders out, and what follows from them at once.
    async fn carry_out(&mut self, effects: Vec<Effect>) -> Option<Exit> {
        let mut effects = VecDeque::from(effects);
        let mut exit = None;
        while let Some(effect) = effects.pop_front() {
            let outcome = tokio::select! {
                biased;
                outcome = self.hands.carry_out(effect) => outcome,
                // Only a reader of our output who has stopped reading keeps an order from
                // being carried out at once; whoever wants to end then need not wait.
                () = self.signals.next() => return Some(Exit::Left),
            };
            match outcome {
                Outcome::Done => {}
                Outcome::Heard(event) => effects.extend(self.app.update(event, self.clock.now())),
                Outcome::End(end) => exit = exit.or(Some(end)),
            }
        }
        exit
    }

    /// Lets go of everything in good order.
    async fn finish(mut self) {
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
        self.hands.output.finish().await;
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
