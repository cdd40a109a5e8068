//! Three nodes on a Redis of their own, behind the nginx that DEPLOY.md prints.

use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use super::meter::now;
use super::support::process::Process;
use super::support::program;
use super::support::proxies::Proxy;
use super::support::redis_server::{Keeps, RedisServer};
use super::support::server::{listening, serve};

/// How often Redis is asked to know how long it takes.
const ASKED: usize = 200;

/// The nodes and what they need. They end when the value is dropped.
pub(crate) struct Nodes {
    proxy: Proxy,
    /// Those that run.
    all: Vec<Node>,
    redis: RedisServer,
}

struct Node {
    address: String,
    process: Process,
    home: TempDir,
}

impl Nodes {
    /// Starts all of them; `None` if a program is missing, which is said.
    pub(crate) fn start() -> Option<Self> {
        for program in ["nginx", "redis-server"] {
            let usual = Path::new("/usr/sbin").join(program);
            if !usual.exists() && Command::new(program).arg("--version").output().is_err() {
                eprintln!("    {program} is missing: run `scripts/setup --tests`, then again");
                return None;
            }
        }
        let redis = RedisServer::start(Keeps::Everything);
        let nodes = [(); 3].map(|()| Node::start(&redis.url()));
        let addresses = nodes
            .each_ref()
            .map(|node| node.address.parse().expect("an address"));
        Some(Self {
            proxy: Proxy::before_nodes(addresses),
            all: nodes.into(),
            redis,
        })
    }

    /// Where people come in, by plain HTTP as at one server.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.proxy.plain())
    }

    /// How many connections each node has that runs.
    pub(crate) fn connections(&self) -> Vec<u64> {
        self.all.iter().map(Node::connections).collect()
    }

    /// Kills the node with the most connections, as a power cut would.
    pub(crate) fn kill_the_busiest(&mut self) {
        let connections = self.connections();
        let busiest = (0..connections.len()).max_by_key(|node| connections[*node]);
        let mut node = self.all.remove(busiest.expect("one of them runs"));
        node.process.kill();
    }

    /// How long Redis takes to write something, each time that it is asked, in milliseconds.
    pub(crate) fn round_trips(&self) -> Vec<f64> {
        let mut stream = UnixStream::connect(self.redis.socket()).expect("Redis is there");
        let mut answer = [0; 64];
        let mut trip = |number: usize| {
            let asked = now();
            let written = write!(stream, "SET bench:round-trip {number} EX 60\r\n");
            written.expect("Redis reads");
            let read = stream.read(&mut answer).expect("Redis answers");
            assert!(answer.starts_with(b"+OK\r\n") && read == 5, "it is kept");
            (now() - asked) * 1_000.0
        };
        (0..ASKED).map(&mut trip).collect()
    }
}

impl Node {
    fn start(redis: &str) -> Self {
        let home = tempfile::tempdir().expect("a folder");
        let words = ["--listen", "127.0.0.1:0", "--trust-proxy", "127.0.0.1"];
        let mut command = serve(home.path(), &[&words[..], &["--redis", redis]].concat());
        command.arg("--data-dir").arg(home.path().join("data"));
        let mut process = Process::start(&mut command);
        let url = listening(&mut process);
        let address = url.strip_prefix("http://").expect("a plain address");
        Self {
            address: address.to_owned(),
            process,
            home,
        }
    }

    /// How many connections the node has by its own figures.
    fn connections(&self) -> u64 {
        let mut command = program(self.home.path());
        command.args(["admin", "figures", "--json", "--data-dir"]);
        let asked = command.arg(self.home.path().join("data")).output();
        let told = asked.expect("it runs").stdout;
        let figures: Value = serde_json::from_slice(&told).expect("JSON");
        figures["connections"].as_u64().expect("a number")
    }
}
