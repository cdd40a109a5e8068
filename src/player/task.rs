//! The task that owns a player: starts mpv, passes commands and events between the handle, the
//! observer and mpv, and reports how mpv ended. It does not interpret them.

use std::collections::VecDeque;
use std::future::Future;
use std::time::{Duration, Instant};

use serde_json::json;
use tokio::sync::{mpsc, watch};
use tokio::time::{MissedTickBehavior, interval, sleep, timeout};

use super::actions::{Actions, Purpose};
use super::config::PlayerConfig;
use super::event::MpvEvent;
use super::ipc::{IpcMessage, Requests};
use super::observer::Observer;
use super::order::Order;
use super::process::{MpvProcess, no_answer};
use super::relayed_links::{LinkWakeup, RelayedLinks};
use super::resolver_options::ResolverOptions;
use super::transport::{IpcLine, MpvConnection};
use crate::protocol::ids::Epoch;
use crate::relay::RelayEvent;
use crate::sync::player::{CloseCause, Lack, PlayerCommand, PlayerEvent, ProcessState, Unusable};

/// How often a running player is asked for its position: the interval with which the sync
/// controller's gains were measured.
const POLL: Duration = Duration::from_millis(250);

/// How long mpv may take from its start to its first answer (judgement: a cold disk). It takes 0.1
/// to 0.3 s (measured).
const START: Duration = Duration::from_secs(15);

/// The pause between attempts to connect to the socket while mpv starts.
const RETRY: Duration = Duration::from_millis(20);

/// The most orders that wait for a starting player; more are dropped (judgement: as many as the
/// channel holds).
const WAITING_ORDERS: usize = 256;

/// The configuration of the task.
#[derive(Debug)]
pub(super) struct TaskConfig {
    /// How to start mpv.
    pub(super) config: PlayerConfig,
    /// Whether a window can be opened.
    pub(super) display: fn() -> bool,
}

/// How one process of mpv ended.
enum LifeEnd {
    /// The player received `Quit`, or its handle was dropped.
    Over,
    /// mpv cannot run, for this reason, until `Restart`.
    Down(ProcessState),
    /// mpv has to be started again at once.
    Again(CloseCause),
}

/// Runs the player until `Quit`, or until its handle or the receiver of its events is dropped.
pub(super) async fn run(
    task_config: TaskConfig,
    orders: mpsc::Receiver<Order>,
    events: mpsc::Sender<PlayerEvent>,
    resolver: watch::Sender<Option<ResolverOptions>>,
) {
    let mut channels = Channels {
        orders,
        waiting: VecDeque::new(),
        events,
        resolver,
    };
    let mut links = RelayedLinks::start(&task_config.config.relay).await;
    loop {
        let state = match live(&task_config, &mut links, &mut channels).await {
            LifeEnd::Over => return,
            LifeEnd::Again(cause) => {
                channels
                    .emit(PlayerEvent::Process(ProcessState::Closed(cause)))
                    .await;
                continue;
            }
            LifeEnd::Down(state) => state,
        };
        links.close();
        channels.emit(PlayerEvent::Process(state)).await;
        if !channels.restart_wanted().await {
            return;
        }
    }
}

/// Runs one process of mpv, from its start to its end.
async fn live(
    task_config: &TaskConfig,
    links: &mut RelayedLinks,
    channels: &mut Channels,
) -> LifeEnd {
    channels
        .emit(PlayerEvent::Process(ProcessState::Starting))
        .await;
    let started = async {
        let mut process = MpvProcess::start(&task_config.config, (task_config.display)()).await?;
        let connection = connect(&mut process).await?;
        Ok((process, connection))
    };
    let (process, connection) = match channels.meanwhile(started).await {
        None => return LifeEnd::Over,
        Some(Err(unusable)) => return LifeEnd::Down(ProcessState::Unusable(unusable)),
        Some(Ok(pair)) => pair,
    };
    let (observer, first) = Observer::begin(process.has_window);
    let requests = Requests::new();
    let since = Instant::now();
    let mut session = MpvSession {
        config: &task_config.config,
        links,
        process,
        connection,
        requests,
        observer,
        ready: false,
        since,
    };
    session.carry_out(first, channels).await;
    session.run(channels).await
}

/// Connects to a starting mpv as soon as it listens.
pub(super) async fn connect(process: &mut MpvProcess) -> Result<MpvConnection, Unusable> {
    let path = process.socket.path().to_owned();
    let trying = async {
        loop {
            match MpvConnection::open(&path) {
                Ok(connection) => return connection,
                Err(error) => tracing::trace!(%error, "the player does not listen yet"),
            }
            sleep(RETRY).await;
        }
    };
    tokio::select! {
        connection = timeout(START, trying) => {
            connection.map_err(|_| no_answer(START))
        }
        _ = process.ended() => Err(process.last_error().await),
    }
}

/// The task's ends of the channels to the client.
struct Channels {
    orders: mpsc::Receiver<Order>,
    waiting: VecDeque<Order>,
    events: mpsc::Sender<PlayerEvent>,
    /// The member's own options for yt-dlp, for who looks links up.
    resolver: watch::Sender<Option<ResolverOptions>>,
}

impl Channels {
    /// Sends an event. A closed receiver is noticed where orders are awaited.
    async fn emit(&self, event: PlayerEvent) {
        if self.events.send(event).await.is_err() {
            tracing::debug!("nobody listens to the player's events");
        }
    }

    /// The next order, kept ones first; `None` at the end.
    async fn next(&mut self, ready: bool) -> Option<Order> {
        if ready && let Some(order) = self.waiting.pop_front() {
            return Some(order);
        }
        tokio::select! {
            order = self.orders.recv() => match order {
                Some(Order::Command(PlayerCommand::Quit)) | None => None,
                order => order,
            },
            () = self.events.closed() => None,
        }
    }

    /// Keeps an order until the player is ready.
    fn keep(&mut self, order: Order) {
        if self.waiting.len() < WAITING_ORDERS {
            self.waiting.push_back(order);
        } else {
            tracing::warn!(
                order = order.kind(),
                "too many orders for a starting player; dropped"
            );
        }
    }

    /// Runs `work` and keeps orders until it is done; `None` at the end.
    async fn meanwhile<T>(&mut self, work: impl Future<Output = T>) -> Option<T> {
        tokio::pin!(work);
        loop {
            tokio::select! {
                done = &mut work => return Some(done),
                order = self.next(false) => self.keep(order?),
            }
        }
    }

    /// Waits for `Restart` and drops other orders; false at the end.
    async fn restart_wanted(&mut self) -> bool {
        self.waiting.clear();
        while let Some(order) = self.next(false).await {
            if matches!(order, Order::Command(PlayerCommand::Restart)) {
                return true;
            }
            tracing::debug!(order = order.kind(), "no player runs; order dropped");
        }
        false
    }
}

/// A connected mpv.
struct MpvSession<'a> {
    config: &'a PlayerConfig,
    links: &'a mut RelayedLinks,
    process: MpvProcess,
    connection: MpvConnection,
    requests: Requests<Purpose>,
    observer: Observer,
    /// Whether it has answered anything yet; orders wait until it has.
    ready: bool,
    since: Instant,
}

impl MpvSession<'_> {
    /// Passes lines to and from mpv until it ends or is no longer wanted.
    async fn run(mut self, channels: &mut Channels) -> LifeEnd {
        let mut ticks = interval(POLL);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                line = self.connection.lines.recv() => match line {
                    Some(line) => self.on_line(line, channels).await,
                    None => return self.ended().await,
                },
                wakeup = self.links.wakeup() => match wakeup {
                    LinkWakeup::Relay(epoch, event) => self.on_relay_event(epoch, event, channels).await,
                    LinkWakeup::Subtitles(fetched) => {
                        let actions = self.links.add_subtitles(fetched, &mut self.observer);
                        self.carry_out(actions, channels).await;
                    }
                },
                order = channels.next(self.ready) => match order {
                    None => return self.quit(channels).await,
                    Some(order) if !self.ready => channels.keep(order),
                    Some(Order::Command(PlayerCommand::Restart)) if self.requests.is_frozen() => {
                        self.process.kill();
                        return LifeEnd::Again(self.process.end().await);
                    }
                    Some(order) => self.order(order, channels).await,
                },
                _ = ticks.tick() => {
                    if !self.ready && self.since.elapsed() > START {
                        self.process.kill();
                        return LifeEnd::Down(ProcessState::Unusable(no_answer(START)));
                    }
                    self.tick(channels).await;
                }
            }
        }
    }

    /// Ends mpv after `Quit`.
    async fn quit(&mut self, channels: &Channels) -> LifeEnd {
        let mut actions = Actions::default();
        actions.asks.push((Purpose::Order("quit"), json!(["quit"])));
        self.carry_out(actions, channels).await;
        let cause = self.process.end().await;
        tracing::debug!(?cause, "the player was ended");
        channels
            .emit(PlayerEvent::Process(ProcessState::Closed(CloseCause::Quit)))
            .await;
        LifeEnd::Over
    }

    /// Handles a closed connection: mpv is ending, or has to be ended.
    async fn ended(&mut self) -> LifeEnd {
        let cause = self.process.end().await;
        LifeEnd::Down(if self.ready {
            ProcessState::Closed(cause)
        } else {
            ProcessState::Unusable(self.process.last_error().await)
        })
    }

    async fn order(&mut self, order: Order, channels: &Channels) {
        let actions = match order {
            Order::Command(command) => self.links.command(command, &mut self.observer),
            #[cfg(test)]
            Order::Open {
                epoch,
                target,
                start,
                paused,
            } => self.observer.open(epoch, target, start, paused),
        };
        self.carry_out(actions, channels).await;
    }

    /// Handles an event of the relay.
    async fn on_relay_event(&mut self, epoch: Epoch, event: RelayEvent, channels: &Channels) {
        let local = |at| self.config.local_time(at);
        let actions = self.observer.on_relay_event(epoch, event, local);
        self.carry_out(actions, channels).await;
    }

    /// Handles a line from mpv, after earlier events of the relay, which explain mpv's errors.
    async fn on_line(&mut self, line: IpcLine, channels: &Channels) {
        while let Some((epoch, event)) = self.links.waiting() {
            self.on_relay_event(epoch, event, channels).await;
        }
        match self.requests.read_line(&line.text, line.at) {
            IpcMessage::Ignored => {}
            IpcMessage::Event(value) => {
                if let Some(event) = MpvEvent::parse(&value) {
                    let event = self.links.without_address(event);
                    let actions = self.observer.event(event, self.config.local_time(line.at));
                    self.carry_out(actions, channels).await;
                }
            }
            IpcMessage::Replies { replies, thawed } => {
                self.answered(thawed, channels).await;
                for reply in replies {
                    let local = |at| self.config.local_time(at);
                    let actions = self.observer.answer(reply, line.at, local);
                    self.carry_out(actions, channels).await;
                }
            }
        }
    }

    /// Handles the fact that mpv answered.
    async fn answered(&mut self, thawed: bool, channels: &Channels) {
        if !std::mem::replace(&mut self.ready, true) {
            let lacks = self.process.lacks_display.then_some(Lack::Display);
            let version = self.process.version.clone();
            channels
                .emit(PlayerEvent::Process(ProcessState::Ready { version, lacks }))
                .await;
        } else if thawed {
            channels
                .emit(PlayerEvent::Process(ProcessState::Thawed))
                .await;
        }
    }

    /// Asks for the position, and checks for overdue answers.
    async fn tick(&mut self, channels: &Channels) {
        let now = Instant::now();
        if self.requests.froze(now) && self.ready {
            channels
                .emit(PlayerEvent::Process(ProcessState::Frozen))
                .await;
        }
        if !self.requests.is_frozen() {
            let actions = self.observer.sample();
            self.carry_out(actions, channels).await;
        }
        if self.requests.is_quiet(now) {
            let mut actions = Actions::default();
            actions
                .asks
                .push((Purpose::Probe, json!(["get_property", "pid"])));
            self.carry_out(actions, channels).await;
        }
    }

    /// Sends the requests to mpv and the events to the client.
    async fn carry_out(&mut self, actions: Actions, channels: &Channels) {
        for (purpose, command) in actions.asks {
            // Not the whole command: it may contain an address of the relay.
            let name = command.get(0).cloned();
            let line = self.requests.ask(purpose, &command, Instant::now());
            if !line.is_some_and(|line| self.connection.write(line)) {
                tracing::warn!(?name, "the player takes no more orders; dropped");
            }
        }
        ResolverOptions::tell(&channels.resolver, actions.resolver);
        for event in actions.events {
            self.links.note(&event);
            channels.emit(event).await;
        }
    }
}
