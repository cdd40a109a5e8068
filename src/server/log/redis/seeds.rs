//! The servers at which Redis is looked for. Any node of a cluster tells which master has the keys;
//! all nodes that it names are asked later, when the one that was given is gone.

use std::collections::VecDeque;

use redis::aio::MultiplexedConnection;
use redis::{AsyncConnectionConfig, Client, ConnectionAddr, ConnectionInfo, InfoDict};
use tokio::sync::watch;

use super::cluster::{ClusterNode, ClusterView};
use super::fault::{ANSWERS_WITHIN, RedisFault};
use super::inbox::{Inbox, receiver};
use super::keys::Keys;
use super::settings::RedisSettings;

/// Where a server is that shares a machine with this one, through whose socket it was asked.
const THIS_MACHINE: &str = "127.0.0.1";

/// A connection on which the node was not greeted yet.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) connection: MultiplexedConnection,
    /// Becomes true when it breaks.
    pub(super) lost: watch::Sender<bool>,
}

/// The servers to ask, one at each attempt.
#[derive(Debug)]
pub(super) struct Seeds {
    given: ConnectionInfo,
    /// The first is asked next.
    addresses: VecDeque<ConnectionAddr>,
}

impl Seeds {
    /// The server that the operator named.
    pub(super) fn new(settings: &RedisSettings) -> Result<Self, RedisFault> {
        let given = settings.client()?.get_connection_info().clone();
        let addresses = VecDeque::from([given.addr().clone()]);
        Ok(Self { given, addresses })
    }

    /// Connects to the server that has the keys: the one that is asked, or the master of its cluster
    /// that it names. What is published goes to the inbox.
    pub(super) async fn connect(
        &mut self,
        keys: &Keys,
        inbox: Option<&Inbox>,
    ) -> Result<Line, RedisFault> {
        let asked = self.addresses.front().unwrap_or(self.given.addr()).clone();
        let mut line = self.dial(&asked, inbox).await?;
        if !is_cluster(&info(&mut line.connection).await?) {
            return Ok(line);
        }
        let view = ClusterView::of(&mut line.connection, &keys.server()).await?;
        let ClusterView {
            nodes,
            owner,
            asked_id,
        } = view;
        let addresses = nodes.iter().filter_map(|node| self.address(node, &asked));
        self.remember(addresses.collect());
        let owner = owner.ok_or(RedisFault::NoOwner)?;
        if owner.id == asked_id {
            return Ok(line);
        }
        let address = self.address(&owner, &asked).ok_or(RedisFault::NoOwner)?;
        self.dial(&address, inbox).await
    }

    /// The server that was asked did not lead to the keys: another one is asked next.
    pub(super) fn turn(&mut self) {
        if !self.addresses.is_empty() {
            self.addresses.rotate_left(1);
        }
    }

    /// The one that answered stays the first, and the one that was given is never forgotten.
    fn remember(&mut self, nodes: Vec<ConnectionAddr>) {
        let asked = self.addresses.front().cloned();
        let given = self.given.addr().clone();
        let mut addresses = VecDeque::new();
        for address in asked.into_iter().chain([given]).chain(nodes) {
            if !addresses.contains(&address) {
                addresses.push_back(address);
            }
        }
        self.addresses = addresses;
    }

    /// Where a node of the cluster is, spoken to as the one that was given; `None` if it has no
    /// address.
    fn address(&self, node: &ClusterNode, asked: &ConnectionAddr) -> Option<ConnectionAddr> {
        let host = match (node.host.as_str(), asked) {
            // The cluster prefers host names, and this node has none.
            ("?", _) => return None,
            ("", ConnectionAddr::Tcp(host, _) | ConnectionAddr::TcpTls { host, .. }) => host,
            ("", _) => THIS_MACHINE,
            (host, _) => host,
        };
        let (host, port) = (host.to_owned(), node.port);
        Some(match self.given.addr() {
            ConnectionAddr::TcpTls {
                insecure,
                tls_params,
                ..
            } => ConnectionAddr::TcpTls {
                host,
                port,
                insecure: *insecure,
                tls_params: tls_params.clone(),
            },
            _ => ConnectionAddr::Tcp(host, port),
        })
    }

    async fn dial(
        &self,
        address: &ConnectionAddr,
        inbox: Option<&Inbox>,
    ) -> Result<Line, RedisFault> {
        let info = self.given.clone().set_addr(address.clone());
        match dial(info.clone(), inbox).await {
            Err(fault) if info.redis_settings().db() != 0 && fault.is_refusal() => {
                let spoken = info.redis_settings().clone().set_db(0);
                let mut line = dial(info.set_redis_settings(spoken), None).await?;
                if is_cluster(&self::info(&mut line.connection).await?) {
                    return Err(RedisFault::ClusterDatabase);
                }
                Err(fault)
            }
            dialed => dialed,
        }
    }
}

async fn dial(info: ConnectionInfo, inbox: Option<&Inbox>) -> Result<Line, RedisFault> {
    let lost = watch::Sender::new(false);
    let mut config = AsyncConnectionConfig::new()
        .set_connection_timeout(Some(ANSWERS_WITHIN))
        // Each call has its own.
        .set_response_timeout(None);
    if let Some(inbox) = inbox {
        config = config.set_push_sender(receiver(inbox.clone(), lost.clone()));
    }
    let connection = Client::open(info)?
        .get_multiplexed_async_connection_with_config(&config)
        .await?;
    Ok(Line { connection, lost })
}

/// What Redis says of itself.
pub(super) async fn info(connection: &mut MultiplexedConnection) -> Result<InfoDict, RedisFault> {
    let mut info = redis::cmd("INFO");
    Ok(info.arg("server").query_async(connection).await?)
}

/// Whether it is a node of a cluster. Valkey has the second name.
fn is_cluster(info: &InfoDict) -> bool {
    let mut modes = ["redis_mode", "server_mode"].into_iter();
    modes.any(|name| info.get(name).is_some_and(|mode: String| mode == "cluster"))
}
