//! The one task that owns a player: starts it, carries orders and words between the handle,
//! the machines and mpv, and tells how it ended. Decides nothing of what they mean.

use std::collections::VecDeque;
use std::future::Future;
use std::time::{Duration, Instant};

use serde_json::json;
use tokio::sync::mpsc;
use tokio::time::{MissedTickBehavior, interval, sleep, timeout};

use super::config::PlayerConfig;
use super::event::MpvEvent;
use super::ipc::{Heard, Requests};
use super::links::Links;
use super::observer::Observer;
use super::process::Process;
use super::steps::{Purpose, Steps};
use super::transport::{Connection, Line};
use crate::protocol::ids::Epoch;
use crate::relay::RelayEvent;
use crate::sync::player::{CloseCause, Lack, PlayerCommand, PlayerEvent, ProcessState, Unusable};

/// How often a playing player is asked for its position: what the sync controller's gains
/// were measured with.
const POLL: Duration = Duration::from_millis(250);

/// How long mpv may take from its start to its first answer. It takes 0.1 to 0.3 s (measured).
const START: Duration = Duration::from_secs(15);

/// How long to wait before the socket is tried again while mpv starts.
const RETRY: Duration = Duration::from_millis(20);

/// How many orders are kept for a player that is just starting.
const PUT_BY: usize = 256;

/// Something that the task is told.
#[derive(Debug)]
pub(super) enum Order {
    /// An order of the handle's.
    Command(PlayerCommand),
    /// Opens a target that no medium makes, for tests of what mpv does with it.
    #[cfg(test)]
    Open {
        epoch: Epoch,
        target: super::load::Target,
        start: crate::protocol::time::Position,
        paused: bool,
    },
}

/// What the task is started with.
#[derive(Debug)]
pub(super) struct Place {
    /// How to start mpv.
    pub(super) config: PlayerConfig,
    /// Whether a window can be opened.
    pub(super) display: bool,
}

/// How one life of mpv ended.
enum End {
    /// The player is not wanted any more.
    Over,
    /// mpv does not run, for this reason, until it is started again.
    Down(ProcessState),
    /// mpv is to be started again at once.
    Again(CloseCause),
}

/// Runs the player until it is told to quit, its handle or the receiver of its events is gone.
pub(super) async fn run(
    place: Place,
    orders: mpsc::Receiver<Order>,
    events: mpsc::Sender<PlayerEvent>,
) {
    let mut desk = Desk {
        orders,
        put_by: VecDeque::new(),
        events,
    };
    let mut links = Links::start(&place.config.relay).await;
    loop {
        let state = match live(&place, &mut links, &mut desk).await {
            End::Over => return,
            End::Again(cause) => {
                desk.tell(PlayerEvent::Process(ProcessState::Closed(cause)))
                    .await;
                continue;
            }
            End::Down(state) => state,
        };
        links.close();
        desk.tell(PlayerEvent::Process(state)).await;
        if !desk.restart_wanted().await {
            return;
        }
    }
}

/// One life of mpv, from its start to its end.
async fn live(place: &Place, links: &mut Links, desk: &mut Desk) -> End {
    desk.tell(PlayerEvent::Process(ProcessState::Starting))
        .await;
    let started = async {
        let mut process = Process::start(&place.config, place.display).await?;
        let connection = connect(&mut process).await?;
        Ok((process, connection))
    };
    let (process, connection) = match desk.meanwhile(started).await {
        None => return End::Over,
        Some(Err(unusable)) => return End::Down(ProcessState::Unusable(unusable)),
        Some(Ok(pair)) => pair,
    };
    let (observer, first) = Observer::begin();
    let requests = Requests::new();
    let since = Instant::now();
    let mut session = Session {
        config: &place.config,
        links,
        process,
        connection,
        requests,
        observer,
        ready: false,
        since,
    };
    session.carry_out(first, desk).await;
    session.run(desk).await
}

/// Connects to a starting mpv, as soon as it listens.
pub(super) async fn connect(process: &mut Process) -> Result<Connection, Unusable> {
    let path = process.socket.path().to_owned();
    let trying = async {
        loop {
            match Connection::open(&path) {
                Ok(connection) => return connection,
                Err(error) => tracing::trace!(%error, "the player does not listen yet"),
            }
            sleep(RETRY).await;
        }
    };
    tokio::select! {
        connection = timeout(START, trying) => {
            connection.map_err(|_| did_not_answer())
        }
        _ = process.ended() => Err(process.last_words().await),
    }
}

fn did_not_answer() -> Unusable {
    Unusable::Refused {
        reason: format!("it did not answer within {} s", START.as_secs()),
    }
}

/// The task's side of the handle.
struct Desk {
    orders: mpsc::Receiver<Order>,
    put_by: VecDeque<Order>,
    events: mpsc::Sender<PlayerEvent>,
}

impl Desk {
    /// Tells an event. That nobody listens any more is noticed where orders are awaited.
    async fn tell(&self, event: PlayerEvent) {
        if self.events.send(event).await.is_err() {
            tracing::debug!("nobody listens to the player's events");
        }
    }

    /// The next order, kept ones first; `None` when the player is not wanted any more.
    async fn next(&mut self, ready: bool) -> Option<Order> {
        if ready && let Some(order) = self.put_by.pop_front() {
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

    /// Puts an order by until the player is ready.
    fn keep(&mut self, order: Order) {
        if self.put_by.len() < PUT_BY {
            self.put_by.push_back(order);
        } else {
            tracing::warn!(?order, "too many orders for a starting player; dropped");
        }
    }

    /// Does `work` while orders are put by; `None` when the player is not wanted any more.
    async fn meanwhile<T>(&mut self, work: impl Future<Output = T>) -> Option<T> {
        tokio::pin!(work);
        loop {
            tokio::select! {
                done = &mut work => return Some(done),
                order = self.next(false) => self.keep(order?),
            }
        }
    }

    /// Waits for the order to start again, dropping others; false when the player is not
    /// wanted any more.
    async fn restart_wanted(&mut self) -> bool {
        self.put_by.clear();
        while let Some(order) = self.next(false).await {
            if matches!(order, Order::Command(PlayerCommand::Restart)) {
                return true;
            }
            tracing::debug!(?order, "no player runs; order dropped");
        }
        false
    }
}

/// A connected mpv.
struct Session<'a> {
    config: &'a PlayerConfig,
    links: &'a mut Links,
    process: Process,
    connection: Connection,
    requests: Requests<Purpose>,
    observer: Observer,
    /// Whether it has answered anything yet.
    ready: bool,
    since: Instant,
}

impl Session<'_> {
    /// Carries words to and fro until mpv or its purpose ends.
    async fn run(mut self, desk: &mut Desk) -> End {
        let mut ticks = interval(POLL);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                line = self.connection.lines.recv() => match line {
                    Some(line) => self.hear(line, desk).await,
                    None => return self.ended().await,
                },
                (epoch, event) = self.links.next() => self.relay_told(epoch, event, desk).await,
                order = desk.next(self.ready) => match order {
                    None => return self.quit(desk).await,
                    Some(order) if !self.ready => desk.keep(order),
                    Some(Order::Command(PlayerCommand::Restart)) if self.requests.is_frozen() => {
                        self.process.kill();
                        return End::Again(self.process.end().await);
                    }
                    Some(order) => self.order(order, desk).await,
                },
                _ = ticks.tick() => {
                    if !self.ready && self.since.elapsed() > START {
                        self.process.kill();
                        return End::Down(ProcessState::Unusable(did_not_answer()));
                    }
                    self.tick(desk).await;
                }
            }
        }
    }

    /// Ends mpv because nobody wants it any more.
    async fn quit(&mut self, desk: &Desk) -> End {
        let mut steps = Steps::default();
        steps.asks.push((Purpose::Order("quit"), json!(["quit"])));
        self.carry_out(steps, desk).await;
        let cause = self.process.end().await;
        tracing::debug!(?cause, "the player was ended");
        desk.tell(PlayerEvent::Process(ProcessState::Closed(CloseCause::Quit)))
            .await;
        End::Over
    }

    /// mpv closed the connection: it ends, or it is of no use any more.
    async fn ended(&mut self) -> End {
        let cause = self.process.end().await;
        End::Down(if self.ready {
            ProcessState::Closed(cause)
        } else {
            ProcessState::Unusable(self.process.last_words().await)
        })
    }

    async fn order(&mut self, order: Order, desk: &Desk) {
        let steps = match order {
            Order::Command(command) => self.links.command(command, &mut self.observer),
            #[cfg(test)]
            Order::Open {
                epoch,
                target,
                start,
                paused,
            } => self.observer.open(epoch, target, start, paused),
        };
        self.carry_out(steps, desk).await;
    }

    /// Takes in what the relay told.
    async fn relay_told(&mut self, epoch: Epoch, event: RelayEvent, desk: &Desk) {
        let local = |at| self.config.local_time(at);
        let steps = self.observer.relay_told(epoch, event, local);
        self.carry_out(steps, desk).await;
    }

    /// Understands one line of mpv's. What the relay told before comes first: it knows why mpv
    /// complains.
    async fn hear(&mut self, line: Line, desk: &Desk) {
        while let Some((epoch, event)) = self.links.waiting() {
            self.relay_told(epoch, event, desk).await;
        }
        match self.requests.hear(&line.text, line.at) {
            Heard::Noise => {}
            Heard::Event(value) => {
                if let Some(event) = MpvEvent::parse(&value) {
                    let event = self.links.without_address(event);
                    let steps = self.observer.event(event, self.config.local_time(line.at));
                    self.carry_out(steps, desk).await;
                }
            }
            Heard::Replies { replies, thawed } => {
                self.answered(thawed, desk).await;
                for reply in replies {
                    let local = |at| self.config.local_time(at);
                    let steps = self.observer.answer(reply, line.at, local);
                    self.carry_out(steps, desk).await;
                }
            }
        }
    }

    /// mpv answered something.
    async fn answered(&mut self, thawed: bool, desk: &Desk) {
        if !std::mem::replace(&mut self.ready, true) {
            let lacks = self.process.lacks_display.then_some(Lack::Display);
            let version = self.process.version.clone();
            desk.tell(PlayerEvent::Process(ProcessState::Ready { version, lacks }))
                .await;
        } else if thawed {
            desk.tell(PlayerEvent::Process(ProcessState::Thawed)).await;
        }
    }

    /// Asks what is due, and notices that answers stay out.
    async fn tick(&mut self, desk: &Desk) {
        let now = Instant::now();
        if self.requests.froze(now) && self.ready {
            desk.tell(PlayerEvent::Process(ProcessState::Frozen)).await;
        }
        if !self.requests.is_frozen() {
            let steps = self.observer.sample();
            self.carry_out(steps, desk).await;
        }
        if self.requests.is_quiet(now) {
            let mut steps = Steps::default();
            steps
                .asks
                .push((Purpose::Probe, json!(["get_property", "pid"])));
            self.carry_out(steps, desk).await;
        }
    }

    /// Asks mpv what is to be asked, and tells what is to be told.
    async fn carry_out(&mut self, steps: Steps, desk: &Desk) {
        for (purpose, command) in steps.asks {
            // Not the whole command: it may be an address of the relay's.
            let name = command.get(0).cloned();
            let line = self.requests.ask(purpose, &command, Instant::now());
            if !line.is_some_and(|line| self.connection.write(line)) {
                tracing::warn!(?name, "the player takes no more orders; dropped");
            }
        }
        for event in steps.events {
            self.links.note(&event);
            desk.tell(event).await;
        }
    }
}
