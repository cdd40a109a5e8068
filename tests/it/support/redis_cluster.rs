//! A real Redis Cluster of a test's own: three masters, of which the first has the keys of one tag, and
//! that one's replica. Tests within the crate use this file too.

use std::net::TcpListener;
use std::time::Duration;

use tokio::time::{sleep, timeout};

use super::patience::until;
use super::redis_server::{Keeps, RedisServer};

/// The master that has the keys.
pub(crate) const OWNER: usize = 0;

/// The masters that have other keys.
pub(crate) const OTHERS: [usize; 2] = [1, 2];

/// The owner's replica.
pub(crate) const REPLICA: usize = 3;

/// The settings with which a replica takes over soon after its master is dead; usually nobody is taken
/// for dead, however busy the machine is.
pub(crate) const FAILS_OVER_SOON: [&str; 2] = ["--cluster-node-timeout", "2000"];

/// How many servers there are.
const SERVERS: usize = 4;

/// The slots of each master: the first and the last.
const SLOTS: [(u16, u16); 3] = [(0, 5_461), (5_462, 10_922), (10_923, 16_383)];

/// When Redis has given up a failover that was ordered: it does so after 5 s in which the replica has not
/// caught up or was not elected, as on a busy machine (`CLUSTER_MF_TIMEOUT`).
const GIVEN_UP_AFTER: Duration = Duration::from_secs(6);

/// How often one is ordered at most.
const FAILOVERS: usize = 10;

/// How often a server is asked whether it has taken over.
const POLLED_EVERY: Duration = Duration::from_millis(50);

/// A running cluster.
#[derive(Debug)]
pub(crate) struct RedisCluster {
    servers: Vec<RedisServer>,
    urls: Vec<String>,
}

impl RedisCluster {
    /// Starts one whose owner has the keys with this hash tag, with further settings of all servers.
    pub(crate) fn start(tag: &str, settings: &[&str]) -> Self {
        Self::with(tag, ("redis", "--port"), settings)
    }

    /// The same with the scheme of its addresses and the setting for the port.
    pub(crate) fn with(tag: &str, (scheme, port): (&str, &str), settings: &[&str]) -> Self {
        let ports = free_ports();
        let (clients, buses) = ports.split_at(SERVERS);
        let servers = clients.iter().zip(buses);
        let servers = servers.map(|(client, bus)| server((port, client, bus), settings));
        let servers: Vec<RedisServer> = servers.collect();
        let urls = clients.iter();
        let cluster = Self {
            servers,
            urls: urls
                .map(|at| format!("{scheme}://127.0.0.1:{at}"))
                .collect(),
        };
        cluster.share_slots(cluster.slot(tag));
        for (client, bus) in clients.iter().zip(buses).skip(1) {
            cluster.order(OWNER, &format!("CLUSTER MEET 127.0.0.1 {client} {bus}"));
        }
        cluster.replicate();
        cluster
    }

    /// The address of one of the servers.
    pub(crate) fn url(&self, server: usize) -> String {
        self.urls[server].clone()
    }

    /// One of the servers.
    pub(crate) fn server(&self, server: usize) -> &RedisServer {
        &self.servers[server]
    }

    /// Kills a server.
    pub(crate) fn kill(&mut self, server: usize) {
        self.servers[server].kill();
    }

    /// Has a server do what it has to answer with OK.
    pub(crate) fn order(&self, server: usize, command: &str) {
        let answer = self.server(server).ask(command);
        assert!(answer.starts_with("+OK"), "{command}: {answer}");
    }

    /// The slot of the keys with this hash tag.
    pub(crate) fn slot(&self, tag: &str) -> u16 {
        let slot = self
            .server(OWNER)
            .ask(&format!("CLUSTER KEYSLOT {{{tag}}}"));
        slot.trim().trim_start_matches(':').parse().expect("a slot")
    }

    /// The id of a server.
    pub(crate) fn id(&self, server: usize) -> String {
        let answer = self.server(server).ask("CLUSTER MYID");
        answer.lines().nth(1).expect("an id").to_owned()
    }

    /// Whether a server is a master.
    pub(crate) fn is_master(&self, server: usize) -> bool {
        let role = self.server(server).ask("ROLE");
        role.contains("master")
    }

    /// Has the replica take over, and orders that again as often as Redis has given it up.
    pub(crate) async fn fail_over(&self) {
        for _ in 0..FAILOVERS {
            // One that has just taken over refuses it.
            let _answer = self.server(REPLICA).ask("CLUSTER FAILOVER");
            let takes_over = async {
                while !self.is_master(REPLICA) {
                    sleep(POLLED_EVERY).await;
                }
            };
            if timeout(GIVEN_UP_AFTER, takes_over).await.is_ok() {
                return;
            }
        }
        panic!("the replica does not take over");
    }

    fn share_slots(&self, slot: u16) {
        let of_owner = SLOTS.iter().position(|(_, last)| slot <= *last);
        let of_owner = of_owner.expect("a range");
        for master in 0..SLOTS.len() {
            let (first, last) = SLOTS[(of_owner + master) % SLOTS.len()];
            self.order(master, &format!("CLUSTER SET-CONFIG-EPOCH {}", master + 1));
            self.order(master, &format!("CLUSTER ADDSLOTSRANGE {first} {last}"));
        }
    }

    /// Makes the last server the owner's replica, and waits until all know that and are ready.
    fn replicate(&self) {
        let owner = self.id(OWNER);
        until("the replica knows the owner", || {
            let answer = self
                .server(REPLICA)
                .ask(&format!("CLUSTER REPLICATE {owner}"));
            answer.starts_with("+OK").then_some(())
        });
        for server in &self.servers {
            until("the cluster is ready", || {
                let nodes = server.ask("CLUSTER NODES");
                let knows = nodes.contains(&format!("slave {owner}"));
                let is_whole = !nodes.contains("handshake") && !nodes.contains("fail");
                let info = server.ask("CLUSTER INFO");
                let is_ready = info.contains("cluster_state:ok")
                    && info.contains(&format!("cluster_known_nodes:{SERVERS}"));
                (knows && is_whole && is_ready).then_some(())
            });
        }
        until("the replica has what the owner has", || {
            let info = self.server(REPLICA).ask("INFO replication");
            info.contains("master_link_status:up").then_some(())
        });
    }
}

/// A port for the clients and one for the other nodes, for each server.
fn free_ports() -> Vec<String> {
    let bind = |_| TcpListener::bind("127.0.0.1:0").expect("a free port");
    let held: Vec<TcpListener> = (0..2 * SERVERS).map(bind).collect();
    let port = |free: &TcpListener| free.local_addr().expect("its address").port();
    held.iter().map(|free| port(free).to_string()).collect()
}

fn server((port, client, bus): (&str, &str, &str), settings: &[&str]) -> RedisServer {
    let mut all = vec!["--cluster-enabled", "yes", port, client];
    all.extend(["--bind", "127.0.0.1", "--cluster-port", bus]);
    // Also when a master is gone that has no replica.
    all.extend(["--cluster-require-full-coverage", "no"]);
    all.extend(["--cluster-replica-validity-factor", "0"]);
    all.extend(["--repl-diskless-sync-delay", "0"]);
    all.extend(settings);
    RedisServer::with(Keeps::Nothing, &all)
}
