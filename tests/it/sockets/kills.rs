//! The server is killed at random moments, again and again, while members write: what it has
//! acknowledged is there once. Each start also writes its file anew, since lines were erased before.
//!
//! `KILLS=n` sets how often, `KILL_SEED=n` repeats the moments of a run as far as a machine can.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::time::Duration;

use futures_util::future::join_all;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use rustix::process::Signal;
use tempfile::TempDir;
use tokio::sync::mpsc;
use tokio::time::timeout;
use tokio_tungstenite::connect_async;
use watchtogether::protocol::command::Command;
use watchtogether::protocol::ids::{ChatId, Rev, Seq};
use watchtogether::protocol::member::Role;
use watchtogether::room::state::RoomState;
use watchtogether::wire::message::{CatchUp, ClientMsg, ServerMsg};

use super::Server;
use super::client::{chat, hello};
use crate::support::process::Process;
use crate::support::server::serve;
use crate::support::talk::{Gone, receive, send};

/// How often the server is killed in `make test`.
const KILLS: u64 = 25;

/// How many commands a member has on the way at most: as many lines as are taken at once.
const ON_THE_WAY: usize = 8;

/// A member who writes, whatever happens to the server.
struct Writer {
    room: &'static str,
    name: &'static str,
    token: String,
    last: u64,
    /// What was sent and not answered, by its number.
    open: BTreeMap<Seq, Command>,
    /// The lines that were acknowledged since the room was last looked at.
    said: Vec<String>,
    /// The lines whose erasure was sent.
    to_be_erased: BTreeSet<String>,
    /// The lines whose erasure was acknowledged.
    erased: Vec<ChatId>,
    /// The newest event of an acknowledgement.
    newest: Rev,
}

impl Writer {
    fn new(room: &'static str, name: &'static str) -> Self {
        Self {
            room,
            name,
            token: format!("{:032x}", rand::random::<u128>()),
            last: 0,
            open: BTreeMap::new(),
            said: Vec::new(),
            to_be_erased: BTreeSet::new(),
            erased: Vec::new(),
            newest: Rev(0),
        }
    }

    /// Joins, looks for what was acknowledged before, sends again what was not, and waits for the
    /// answers. With `more`, writes on until the server is gone.
    async fn run(
        &mut self,
        server: SocketAddr,
        more: bool,
        answers: mpsc::UnboundedSender<()>,
    ) -> Result<(), Gone> {
        let connecting = connect_async(format!("ws://{server}/ws")).await;
        let (mut socket, _) = connecting.map_err(|_| Gone::LOST)?;
        let mut hello = hello(self.room, self.name);
        hello.token = Some(self.token.clone());
        send(&mut socket, &ClientMsg::Hello(Box::new(hello))).await?;
        let ServerMsg::Welcome(welcome) = receive(&mut socket).await? else {
            panic!("{} is not let in", self.name);
        };
        let CatchUp::State(room) = welcome.catch_up else {
            panic!("events of a log that is not known");
        };
        self.check(&room);
        if more {
            let me = room.roster.get(welcome.you);
            let may_erase = me.is_some_and(|me| me.role == Role::Admin);
            self.write_on(&room, may_erase);
        }
        for (seq, command) in self.open.clone() {
            send(&mut socket, &ClientMsg::Command { seq, command }).await?;
        }
        while more || !self.open.is_empty() {
            match receive(&mut socket).await? {
                ServerMsg::Ok { seq, rev } => {
                    self.note(seq, rev);
                    // Nobody counts any more once the server is to be killed.
                    let _nobody_counts = answers.send(());
                }
                ServerMsg::Denied { reason, .. } => panic!("{}: {reason:?}", self.name),
                _ => {}
            }
        }
        Ok(())
    }

    /// Adds commands: the latest line is erased, where that is allowed, and others are said.
    fn write_on(&mut self, room: &RoomState, may_erase: bool) {
        let mut lines = room.chat.lines().rev();
        let own = lines.find(|line| line.erased.is_none() && line.name.as_str() == self.name);
        let mut open = self.open.values();
        let erases = open.any(|command| matches!(command, Command::Erase { .. }));
        // It may be one whose answer got lost, and comes only now.
        if let Some(line) = own.filter(|_| may_erase && !erases) {
            self.to_be_erased.insert(line.text.as_str().to_owned());
            self.command(Command::Erase { line: line.id });
        }
        while self.open.len() < ON_THE_WAY {
            let text = format!("{} {}", self.name, self.last + 1);
            self.command(chat(&text));
        }
    }

    fn command(&mut self, command: Command) {
        self.last += 1;
        self.open.insert(Seq(self.last), command);
    }

    fn note(&mut self, seq: Seq, rev: Rev) {
        self.newest = self.newest.max(rev);
        match self.open.remove(&seq) {
            Some(Command::Chat { text }) => self.said.push(text.as_str().to_owned()),
            Some(Command::Erase { line }) => self.erased.push(line),
            other => panic!("{} got an answer to {seq}: {other:?}", self.name),
        }
    }

    /// What was acknowledged is there once, and nothing is there twice. A room keeps many more
    /// lines than are said between two looks at it.
    fn check(&mut self, room: &RoomState) {
        let lines = room.chat.lines().filter(|line| line.erased.is_none());
        let lines: Vec<&str> = lines.map(|line| line.text.as_str()).collect();
        let unique: BTreeSet<&str> = lines.iter().copied().collect();
        assert_eq!(
            unique.len(),
            lines.len(),
            "something is there twice: {lines:?}"
        );
        for text in self.said.drain(..) {
            let may_be_gone = self.to_be_erased.contains(&text);
            assert!(
                may_be_gone || unique.contains(text.as_str()),
                "{text} is lost: {lines:?}"
            );
        }
        for id in &self.erased {
            let line = room.chat.get(*id);
            assert!(
                line.is_none_or(|line| line.erased.is_some()),
                "{line:?} is back"
            );
        }
        assert!(self.newest <= room.rev, "{:?} {:?}", self.newest, room.rev);
    }
}

/// Starts the server on the same rooms, and waits until it says where it listens.
fn start(home: &TempDir) -> (Process, SocketAddr) {
    let arguments = ["--listen", "127.0.0.1:0", "--log", "warn"];
    let mut process = Process::start(&mut serve(home.path(), &arguments));
    let address = Server::of(&mut process).address;
    (process, address)
}

/// Lets all write, and kills the server: after some number of answers, or some time after its start.
async fn write_and_kill(home: &TempDir, writers: &mut [Writer], random: &mut StdRng) {
    let (mut process, server) = start(home);
    let (answers, mut answered) = mpsc::unbounded_channel();
    let most = writers.len() * ON_THE_WAY;
    let wanted = random.random_range(0..=most);
    let later = Duration::from_micros(random.random_range(0..5_000));
    let early = random.random_bool(0.25).then(|| {
        let after = random.random_range(0..100_000);
        Duration::from_micros(after)
    });
    let killing = async {
        let enough = async {
            for _ in 0..wanted {
                if answered.recv().await.is_none() {
                    return;
                }
            }
            tokio::time::sleep(later).await;
        };
        match early {
            Some(early) => {
                let _either = timeout(early, enough).await;
            }
            None => enough.await,
        }
        process.signal(Signal::KILL);
        process.wait();
    };
    let running = join_all(
        writers
            .iter_mut()
            .map(|writer| writer.run(server, true, answers.clone())),
    );
    drop(answers);
    let (ended, ()) = tokio::join!(running, killing);
    assert!(
        ended.iter().all(Result::is_err),
        "they write until it is gone"
    );
}

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

#[tokio::test]
async fn killed_at_any_moment_it_has_kept_what_it_acknowledged_once() {
    let home = TempDir::new().unwrap();
    let seed = number("KILL_SEED").unwrap_or_else(rand::random);
    let kills = number("KILLS").unwrap_or(KILLS);
    println!("KILL_SEED={seed} KILLS={kills}");
    let mut random = StdRng::seed_from_u64(seed);
    let mut writers = [
        Writer::new("movie-night", "Alice"),
        Writer::new("movie-night", "Boris"),
        Writer::new("cinema", "Chloe"),
        Writer::new("cinema", "Darya"),
    ];
    for _ in 0..kills {
        write_and_kill(&home, &mut writers, &mut random).await;
    }
    let (mut process, server) = start(&home);
    let (answers, _) = mpsc::unbounded_channel();
    // All that is open is answered, and then everything is there.
    for _ in 0..2 {
        for writer in &mut writers {
            let ended = writer.run(server, false, answers.clone()).await;
            assert!(ended.is_ok(), "{} is not answered", writer.name);
        }
    }
    assert!(writers.iter().all(|writer| writer.newest > Rev(0)));
    process.signal(Signal::TERM);
    assert_eq!(process.wait().code(), Some(0), "{}", process.complaints());
}
