//! The generators together, as a job orders them about.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use crate::generator::Share;
use crate::orders::{
    Answer, Back, Counted, Join, Joined, Life, Order, Said, Say, Sent, Speak, Which,
};
use crate::server::Server;

/// The argument that makes this program a generator.
pub(crate) const GENERATOR: &str = "--generator";

/// The bound of each wait for a generator, beyond what the order itself takes.
const PATIENCE: Duration = Duration::from_mins(10);

/// Generators of one server; they end with this value.
pub(crate) struct Crowd {
    generators: Vec<Generator>,
}

struct Generator {
    child: Child,
    answers: Receiver<Answer>,
}

/// The members whom a job brings in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Members {
    /// How many.
    pub(crate) count: u32,
    /// How many a room has.
    pub(crate) room_size: u32,
    /// What they do.
    pub(crate) life: Life,
}

impl Crowd {
    /// Starts so many generators.
    pub(crate) fn start(server: &Server, processes: u32) -> Self {
        let shares = (0..processes).map(|index| Share {
            index,
            of: processes,
        });
        let generators = shares.map(|share| Generator::start(server, share));
        Self {
            generators: generators.collect(),
        }
    }

    /// Brings in members, the first of each room before the others, so many at a time.
    ///
    /// # Panics
    /// If one does not get in.
    pub(crate) fn fill(&mut self, members: Members, at_once: u32) {
        self.fill_from(0, members, at_once);
    }

    /// The same, with numbers from `from` on.
    ///
    /// # Panics
    /// If one does not get in.
    pub(crate) fn fill_from(&mut self, from: u32, members: Members, at_once: u32) {
        for which in [Which::Leaders, Which::Others] {
            let joined = self.join(from, members, which, at_once);
            if joined.failed > 0 {
                let faults = self.collect(&[]).faults;
                panic!("{} did not get in: {faults:?}", joined.failed);
            }
        }
    }

    /// Brings in members with numbers from `from` on, so many at a time.
    pub(crate) fn join(
        &mut self,
        from: u32,
        members: Members,
        which: Which,
        at_once: u32,
    ) -> Joined {
        let join = Join {
            from,
            until: from + members.count,
            room_size: members.room_size,
            which,
            at_once: at_once.div_ceil(self.processes()),
            life: members.life,
        };
        let mut all = Joined::default();
        for answer in self.order_all(&Order::Join(join)) {
            let Answer::Joined(joined) = answer else {
                panic!("not the answer to a join")
            };
            all.from_connect.extend(joined.from_connect);
            all.from_hello.extend(joined.from_hello);
            all.failed += joined.failed;
            all.ended = all.ended.max(joined.ended);
            let first = all.began == 0 || joined.began < all.began;
            all.began = if first { joined.began } else { all.began };
        }
        all
    }

    /// Has commands given in these rooms in turns, one each `every`.
    ///
    /// # Panics
    /// If one is not carried out.
    pub(crate) fn speak(
        &mut self,
        rooms: (&[u32], u32),
        what: Say,
        times: u32,
        every: Duration,
    ) -> Vec<Sent> {
        let (rooms, room_size) = rooms;
        let processes = self.processes();
        let mut orders = Vec::new();
        for (index, generator) in (0..).zip(&mut self.generators) {
            // Who leads a room is with one generator only; lines come from any, here the same.
            let own = |room: &&u32| (**room * room_size) % processes == index;
            let rooms: Vec<u32> = rooms.iter().filter(own).copied().collect();
            if rooms.is_empty() {
                continue;
            }
            let speak = Speak {
                rooms,
                what,
                times,
                every: u64::try_from(every.as_micros()).unwrap_or(u64::MAX),
            };
            generator.order(&Order::Speak(speak));
            orders.push(index);
        }
        let (mut sent, mut failed) = (Vec::new(), 0);
        for (index, generator) in (0..).zip(&self.generators) {
            if orders.contains(&index) {
                let Answer::Said(Said {
                    sent: own,
                    failed: own_failed,
                }) = generator.answer(PATIENCE + every * times)
                else {
                    panic!("not the answer to commands")
                };
                sent.extend(own);
                failed += own_failed;
            }
        }
        if failed > 0 {
            let faults = self.collect(&[]).faults;
            panic!("{failed} commands were not carried out: {faults:?}");
        }
        sent
    }

    /// Begins to count anew.
    pub(crate) fn measure(&mut self) {
        self.order_all(&Order::Measure);
    }

    /// What was counted, with the delays of these commands.
    pub(crate) fn collect(&mut self, sent: &[Sent]) -> Counted {
        let mut all = Counted::default();
        for answer in self.order_all(&Order::Collect(sent.to_vec())) {
            let Answer::Counted(counted) = answer else {
                panic!("not the answer to counting")
            };
            all.present += counted.present;
            all.frames_in += counted.frames_in;
            all.frames_out += counted.frames_out;
            all.exchanges.extend(counted.exchanges);
            all.delays.extend(counted.delays);
            all.missed += counted.missed;
            all.doubled += counted.doubled;
            all.lost += counted.lost;
            all.faults.extend(counted.faults);
        }
        all
    }

    /// From now on members return by themselves.
    pub(crate) fn returns(&mut self) {
        self.order_all(&Order::Return);
    }

    /// Waits until all are back, or so long.
    pub(crate) fn wait_for_all(&mut self, most: Duration) -> Back {
        let micros = u64::try_from(most.as_micros()).unwrap_or(u64::MAX);
        let mut all = Back::default();
        for answer in self.order_all(&Order::Await(micros)) {
            let Answer::Back(back) = answer else {
                panic!("not the answer to a return")
            };
            all.hellos.extend(back.hellos);
            all.welcomes.extend(back.welcomes);
            all.away += back.away;
        }
        all.hellos.sort_unstable();
        all.welcomes.sort_unstable();
        all
    }

    fn processes(&self) -> u32 {
        u32::try_from(self.generators.len()).unwrap_or(1).max(1)
    }

    fn order_all(&mut self, order: &Order) -> Vec<Answer> {
        for generator in &mut self.generators {
            generator.order(order);
        }
        let answers = self.generators.iter().map(|it| it.answer(PATIENCE));
        answers.collect()
    }
}

impl Generator {
    fn start(server: &Server, share: Share) -> Self {
        let program = std::env::current_exe().expect("this program's own path");
        let mut child = Command::new(program)
            .args([
                GENERATOR,
                &server.address.to_string(),
                &share.index.to_string(),
                &share.of.to_string(),
            ])
            .args(&server.authority)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("this program runs");
        let output = child.stdout.take().expect("its output is piped");
        let (sender, answers) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                let answer = serde_json::from_str(&line).expect("a generator's answer");
                if sender.send(answer).is_err() {
                    break;
                }
            }
        });
        Self { child, answers }
    }

    fn order(&mut self, order: &Order) {
        let line = serde_json::to_string(order).expect("an order can be written");
        let input = self.child.stdin.as_mut().expect("its input is piped");
        let sent = writeln!(input, "{line}").and_then(|()| input.flush());
        sent.expect("a generator takes orders");
    }

    fn answer(&self, patience: Duration) -> Answer {
        let answer = self.answers.recv_timeout(patience);
        answer.expect("a generator answers in time")
    }
}

impl Drop for Generator {
    fn drop(&mut self) {
        let ended = self.child.kill().and_then(|()| self.child.wait());
        ended.expect("our own process can be ended");
    }
}
