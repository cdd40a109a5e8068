//! The incidents of an evening: what people type and press, and what goes wrong with players,
//! networks, machines and the server.

use super::client::Client;
use super::link::micros;
use super::world::{Parcel, World};
use crate::app::effect::Exit;
use crate::app::event::Event;
use crate::server::testbed::NodeFault;
use crate::sync::player::{CloseCause, PlayerCommand, PlayerEvent, ProcessState};

/// For how long a node counts as alive after its last sign, in seconds (`LEASE` in
/// `server/log/redis/keeper.rs`).
const LEASE: f64 = 10.0;

/// How long nodes may write back what the log has lost, in seconds (`WINDOW` in `server/log/redis`).
const MENDING: f64 = 3.0;

/// Something that happens, and to which client.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Incident {
    pub(crate) who: usize,
    pub(crate) what: What,
}

/// Something that happens. Numbers are seconds, unless they say otherwise.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum What {
    /// Types a line.
    Types(String),
    /// Presses the pause key in the player's window, which also ends a pause.
    PressesPause,
    /// Seeks by so much in the player's window.
    Jumps(f64),
    /// Steps so many frames in the player's window, which must be paused; negative steps back.
    Steps(f64),
    /// Chooses a speed in the player's window.
    PlaysAt(f64),
    /// The player runs out of data for so long.
    Stalls(f64),
    /// The player's position changes by so much, without any event.
    Slips(f64),
    /// The player does not answer for so long.
    Freezes(f64),
    Thaws,
    /// Seeks and loads get no data for so long.
    Starves(f64),
    /// The media's server is down, while so much is cached.
    LosesMedia {
        away: f64,
        cached: f64,
    },
    /// The player's process ends, as when its window is closed.
    ClosesPlayer,
    /// For so long nothing reaches the server (`up`), or arrives from it (`down`).
    Cut {
        up: f64,
        down: f64,
    },
    /// The connection breaks on this side, on the server's, or on both.
    Resets {
        here: bool,
        there: bool,
    },
    /// The next events of the room never come, though the connection lives on: a fault of the
    /// server, since no network loses a part of a stream.
    LosesEvents,
    /// The machine is suspended for so long.
    Sleeps(f64),
    Wakes(i64),
    /// The wall clock, which stands in for the boot-time clock, is set by so much.
    SetsClock(f64),
    /// The client is killed, and started again after so long.
    Killed(f64),
    Starts,
    /// The server's process is replaced, and its clock differs by so much from the one before.
    ServerRestarts {
        away: f64,
        shift: f64,
    },
    ServerStarts(i64),
    /// Something is wrong with a node or the log of several nodes for so long.
    NodeFails {
        fault: NodeFault,
        away: f64,
    },
    NodeMends(NodeFault),
    /// The lease of a process that could not renew it ends.
    LeaseEnds(String),
    /// The log answers again, and has lost so many of the last events.
    StoreReturns(usize),
}

impl What {
    /// Whether the machine must be awake for it: nobody types on a suspended one, and its player
    /// does nothing. Incidents of networks and servers happen in any case.
    pub(crate) fn needs_machine(&self) -> bool {
        !matches!(
            self,
            Self::LosesEvents
                | Self::Cut { .. }
                | Self::Resets { .. }
                | Self::Sleeps(_)
                | Self::Wakes(_)
                | Self::Killed(_)
                | Self::ServerRestarts { .. }
                | Self::ServerStarts(_)
                | Self::NodeFails { .. }
                | Self::NodeMends(_)
                | Self::LeaseEnds(_)
                | Self::StoreReturns(_)
        )
    }

    /// How long it lasts, in seconds.
    pub(crate) fn lasts(&self) -> f64 {
        match self {
            Self::Stalls(seconds)
            | Self::Freezes(seconds)
            | Self::Starves(seconds)
            | Self::Sleeps(seconds)
            | Self::Killed(seconds)
            | Self::ServerRestarts { away: seconds, .. } => *seconds,
            Self::NodeFails { away, .. } => f64::max(*away, LEASE) + MENDING,
            // Cached data is played first.
            Self::LosesMedia { away, cached } => away + cached,
            Self::Cut { up, down } => up.max(*down),
            _ => 0.0,
        }
    }
}

impl World {
    /// Lets an incident happen now.
    pub(crate) fn befall(&mut self, incident: Incident) {
        let Incident { who, what } = incident;
        if who >= self.clients.len() {
            return;
        }
        let until = self.now + micros(what.lasts());
        let all = matches!(
            what,
            What::ServerRestarts { .. }
                | What::ServerStarts(_)
                | What::NodeFails { .. }
                | What::NodeMends(_)
                | What::LeaseEnds(_)
                | What::StoreReturns(_)
        );
        for (index, client) in self.clients.iter_mut().enumerate() {
            if all || index == who {
                client.causes.push((self.now, until));
            }
        }
        match what {
            What::Types(line) => self.feed(who, Event::Line(line)),
            What::PressesPause | What::Jumps(_) | What::Steps(_) | What::PlaysAt(_) => {
                self.press(who, &what);
            }
            What::Stalls(_)
            | What::Slips(_)
            | What::Starves(_)
            | What::LosesMedia { .. }
            | What::ClosesPlayer => self.trouble(who, &what),
            What::Freezes(_) if self.clients[who].player.is_frozen() => {}
            What::Freezes(seconds) => {
                self.clients[who].player.freeze();
                self.later(seconds, who, What::Thaws);
            }
            What::Thaws => self.clients[who].player.thaw(),
            What::Sleeps(_) | What::Wakes(_) | What::Killed(_) | What::Starts => {
                self.machine(who, &what);
            }
            What::SetsClock(by) => self.clients[who].set_clock(micros(by)),
            What::Cut { up, down } => {
                let client = &mut self.clients[who];
                client.up_cut_until = client.up_cut_until.max(self.now + micros(up));
                client.down_cut_until = client.down_cut_until.max(self.now + micros(down));
            }
            What::Resets { here, there } => self.reset(who, here, there),
            What::LosesEvents => self.clients[who].loses_events = true,
            What::ServerRestarts { away, shift } => {
                self.stop_server(micros(away), micros(shift));
            }
            What::ServerStarts(shift) => self.start_server(shift),
            What::NodeFails { .. }
            | What::NodeMends(_)
            | What::LeaseEnds(_)
            | What::StoreReturns(_) => self.node(&what),
        }
    }

    /// An incident of a node, or of the log that the nodes share.
    fn node(&mut self, what: &What) {
        let now = self.room_now();
        match what {
            What::NodeFails { fault, away } => {
                let (fails, then) = match *fault {
                    NodeFault::StoreForgets(events) => {
                        (NodeFault::StoreAway, What::StoreReturns(events))
                    }
                    fault => (fault, What::NodeMends(fault)),
                };
                if let NodeFault::Dies(node) | NodeFault::CutOff(node) = *fault
                    && let Some(process) = self.server.process(node)
                {
                    self.later(LEASE, 0, What::LeaseEnds(process));
                }
                let broken = self.server.fail(fails, now);
                self.break_off(broken);
                self.later(*away, 0, then);
            }
            What::StoreReturns(events) => {
                let forgets = NodeFault::StoreForgets(*events);
                let broken = self.server.fail(forgets, now);
                self.break_off(broken);
                self.later(MENDING, 0, What::NodeMends(forgets));
            }
            What::NodeMends(fault) => self.server.mend(*fault, now),
            What::LeaseEnds(process) => self.server.lease_ends(process, now),
            _ => {}
        }
    }

    fn later(&mut self, seconds: f64, who: usize, what: What) {
        let incident = Incident { who, what };
        let at = self.now + micros(seconds);
        self.put(at, Parcel::Incident(incident));
    }

    /// An incident in the window of the member's player.
    fn press(&mut self, who: usize, what: &What) {
        let player = &mut self.clients[who].player;
        if player.is_frozen() || player.shows().is_none() {
            return;
        }
        match what {
            What::PressesPause => player.set_paused(!player.paused),
            What::Jumps(by) => player.jump(player.place() + by),
            What::Steps(frames) if player.paused => player.step(*frames),
            What::PlaysAt(speed) => player.set_speed(*speed),
            _ => {}
        }
    }

    /// An incident of a player.
    fn trouble(&mut self, who: usize, what: &What) {
        let client = &mut self.clients[who];
        let shows = client.player.shows().is_some() && !client.player.is_frozen();
        match what {
            What::Stalls(seconds) if shows => client.player.stall(*seconds),
            // One that stands shows a frame, and one that seeks or loads tells where it comes out.
            What::Slips(by) if shows && client.player.moves() => client.player.slip(*by),
            What::Starves(seconds) => client.player.starve(*seconds),
            What::LosesMedia { away, cached } => client.player.lose_server(*away, *cached),
            What::ClosesPlayer if client.has_process && !client.player.is_frozen() => {
                client.has_process = false;
                client.player.order(PlayerCommand::Unload);
                let closed = ProcessState::Closed(CloseCause::Quit);
                let event = PlayerEvent::Process(closed);
                self.put(self.now, Parcel::Player(who, event));
            }
            _ => {}
        }
    }

    /// An incident of a machine, or of the client on it.
    fn machine(&mut self, who: usize, what: &What) {
        let asleep = !self.clients[who].is_awake();
        match what {
            What::Sleeps(seconds) if !asleep => {
                let micros = micros(*seconds);
                self.clients[who].asleep_until = Some(self.now + micros);
                self.later(*seconds, who, What::Wakes(micros));
            }
            What::Wakes(slept) => {
                self.clients[who].asleep_until = None;
                self.clients[who].slept(*slept);
                self.feed(who, Event::Deadline);
            }
            What::Killed(seconds) if !asleep && self.clients[who].exit.is_none() => {
                self.clients[who].exit = Some(Exit::Left);
                self.hang_up(who);
                self.close_process(who);
                self.later(*seconds, who, What::Starts);
            }
            What::Starts => self.start_again(who),
            _ => {}
        }
    }

    fn close_process(&mut self, who: usize) {
        let client: &mut Client = &mut self.clients[who];
        client.has_process = false;
        client.player.order(PlayerCommand::Unload);
    }
}
