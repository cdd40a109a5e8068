//! A generator: many members in one process of its own, on raw sockets, with nothing between them
//! and the clock. It ends when its standard input does, which is when the bench ends.

use std::collections::BTreeMap;
use std::io::{BufRead, Write};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use mio::{Events, Poll, Token, Waker};

use crate::clock;
use crate::orders::{Answer, Order};
use joining::Joining;
use member::Member;
use messages::Reader;
use returning::Returning;
use schedule::{Due, Random, Schedule};
use socket::{Arrived, Target};
use speaking::Speaking;
use tally::Tally;

mod frames;
mod joining;
mod living;
mod member;
mod messages;
mod returning;
mod schedule;
mod socket;
mod speaking;
mod tally;

/// The token of the thread that reads orders.
const ORDERS: Token = Token(usize::MAX);

/// How much is read at once, in bytes.
const BUFFER: usize = 64 * 1024;

/// Which part of the members this generator has.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Share {
    /// Its place among the generators.
    pub(crate) index: u32,
    /// How many generators there are.
    pub(crate) of: u32,
}

/// All that a generator knows.
struct Generator {
    target: Target,
    share: Share,
    poll: Poll,
    members: Vec<Member>,
    /// The places of this generator's members of each room who read, the first member first.
    rooms: BTreeMap<u32, Vec<usize>>,
    due: Schedule,
    random: Random,
    reader: Reader,
    tally: Tally,
    joining: Option<Joining>,
    speaking: Option<Speaking>,
    returning: Option<Returning>,
    /// For a message that is being made, and for its frame.
    text: String,
    scratch: Vec<u8>,
}

/// Plays a generator for this server until its input ends. With the file of its authority's
/// certificate the server is spoken to by TLS.
pub(crate) fn play(
    server: SocketAddr,
    share: Share,
    authority: Option<&str>,
) -> std::io::Result<()> {
    let poll = Poll::new()?;
    let waker = Arc::new(Waker::new(poll.registry(), ORDERS)?);
    let orders = orders(waker);
    let mut generator = Generator {
        target: Target::new(server, authority),
        share,
        poll,
        members: Vec::new(),
        rooms: BTreeMap::new(),
        due: Schedule::default(),
        random: Random(u64::from(share.index)),
        reader: Reader::default(),
        tally: Tally::default(),
        joining: None,
        speaking: None,
        returning: None,
        text: String::new(),
        scratch: Vec::new(),
    };
    generator.run(&orders)
}

/// Reads orders in a thread of its own, which ends the process with their end.
fn orders(waker: Arc<Waker>) -> Receiver<Order> {
    let (sender, orders) = channel();
    std::thread::spawn(move || {
        for line in std::io::stdin().lock().lines().map_while(Result::ok) {
            let order = serde_json::from_str(&line).expect("the bench gives orders");
            if sender.send(order).is_err() {
                break;
            }
            waker.wake().expect("the generator can be woken");
        }
        std::process::exit(0);
    });
    orders
}

/// Answers an order.
fn answer(answer: &Answer) {
    let line = serde_json::to_string(answer).expect("an answer can be written");
    let mut output = std::io::stdout().lock();
    // If nobody reads it, the input has ended too.
    let _gone = writeln!(output, "{line}").and_then(|()| output.flush());
}

impl Generator {
    fn run(&mut self, orders: &Receiver<Order>) -> std::io::Result<()> {
        let mut events = Events::with_capacity(1_024);
        let mut buffer = vec![0; BUFFER];
        loop {
            let wait = self.due.next().map(|at| {
                let micros = at.saturating_sub(clock::now());
                Duration::from_micros(micros)
            });
            match self.poll.poll(&mut events, wait) {
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                polled => polled?,
            }
            for event in &events {
                if event.token() == ORDERS {
                    while let Ok(order) = orders.try_recv() {
                        self.carry_out(order);
                    }
                } else {
                    self.on_ready(event.token().0, &mut buffer);
                }
            }
            let now = clock::now();
            while let Some((at, due)) = self.due.take(now) {
                self.on_due(at, due, now);
            }
        }
    }

    fn carry_out(&mut self, order: Order) {
        match order {
            Order::Join(join) => self.begin_to_join(&join),
            Order::Speak(speak) => self.begin_to_speak(speak),
            Order::Measure => {
                self.tally.begin();
                answer(&Answer::Done);
            }
            Order::Collect(sent) => {
                let present = self.present();
                let counted = self.tally.collect(&sent, present);
                answer(&Answer::Counted(Box::new(counted)));
            }
            Order::Return => {
                self.returning = Some(Returning::default());
                answer(&Answer::Done);
            }
            Order::Await(most) => self.await_all(most),
        }
    }

    /// The socket of a member has something for it, or its connection is made.
    fn on_ready(&mut self, place: usize, buffer: &mut [u8]) {
        if self.is_connecting(place) && !self.try_upgrade(place) {
            return;
        }
        loop {
            let Some(member) = self.members.get_mut(place) else {
                return;
            };
            match member.read(buffer) {
                Arrived::Nothing => return,
                Arrived::End(why) => return self.on_end(place, &why),
                Arrived::Bytes(bytes, maybe_more) => {
                    let now = clock::now();
                    if let Err(why) = self.on_bytes(place, bytes, now) {
                        return self.on_end(place, &why);
                    }
                    if !maybe_more {
                        return;
                    }
                }
            }
        }
    }

    fn on_due(&mut self, at: u64, due: Due, now: u64) {
        let done = match due {
            Due::Exchange(place, session) if self.is_session(place, session) => {
                self.exchange(place, at)
            }
            Due::Health(place, session) if self.is_session(place, session) => {
                self.report_health(place, at)
            }
            Due::Return(place, session) => {
                self.try_to_return(place, session, now);
                return;
            }
            Due::Command => {
                self.next_command(at, now);
                return;
            }
            Due::GiveUp => {
                self.give_up();
                return;
            }
            Due::Exchange(..) | Due::Health(..) => return,
        };
        if let (Err(error), Due::Exchange(place, _) | Due::Health(place, _)) = (done, due) {
            self.on_end(place, &error.kind().to_string());
        }
    }
}
