//! What a node says of its Redis Cluster: which nodes there are, and which master has a key.

use redis::Value;
use redis::aio::MultiplexedConnection;

use super::fault::RedisFault;
use super::record;
use crate::server::log::DataFault;

/// A node of a cluster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ClusterNode {
    /// Its id, which no other node has.
    pub(super) id: String,
    /// Its name or address; empty if it is that by which the cluster was asked, `?` if it has none.
    pub(super) host: String,
    /// Its port, for TLS if that was spoken.
    pub(super) port: u16,
}

/// A cluster as one of its nodes sees it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ClusterView {
    /// All nodes that serve keys, or replicate one that does.
    pub(super) nodes: Vec<ClusterNode>,
    /// The master that has the key; `None` while nobody has its slot.
    pub(super) owner: Option<ClusterNode>,
    /// The id of the node that was asked.
    pub(super) asked_id: String,
}

impl ClusterView {
    /// Asks a node who has a key.
    pub(super) async fn of(
        connection: &mut MultiplexedConnection,
        key: &str,
    ) -> Result<Self, RedisFault> {
        let mut pipeline = redis::pipe();
        pipeline.cmd("CLUSTER").arg("KEYSLOT").arg(key);
        pipeline.cmd("CLUSTER").arg("SLOTS");
        pipeline.cmd("CLUSTER").arg("MYID");
        let (slot, slots, asked_id): (i64, Value, String) =
            pipeline.query_async(connection).await?;
        Ok(Self::read(slot, slots, asked_id)?)
    }

    /// Reads ranges of slots, each with its master and then the replicas of that.
    fn read(slot: i64, slots: Value, asked_id: String) -> Result<Self, DataFault> {
        let (mut nodes, mut owner) = (Vec::new(), None);
        for range in record::list(slots)? {
            let mut parts = record::list(range)?.into_iter();
            let mut bound = || record::number(parts.next().unwrap_or_default());
            let slots = bound()?..=bound()?;
            let served_by = parts.map(node).collect::<Result<Vec<_>, _>>()?;
            if slots.contains(&slot) {
                owner = served_by.first().cloned();
            }
            nodes.extend(served_by);
        }
        Ok(Self {
            nodes,
            owner,
            asked_id,
        })
    }
}

fn node(node: Value) -> Result<ClusterNode, DataFault> {
    let mut parts = record::list(node)?.into_iter();
    let mut next = || parts.next().unwrap_or_default();
    let host = match next() {
        Value::Nil => String::new(),
        host => record::text(host)?,
    };
    let port = record::number(next())?;
    let port = u16::try_from(port).map_err(|error| DataFault::other(&error))?;
    let id = record::text(next())?;
    Ok(ClusterNode { id, host, port })
}

#[cfg(test)]
mod tests {
    use redis::Value;

    use super::{ClusterNode, ClusterView};

    fn text(text: &str) -> Value {
        Value::BulkString(text.into())
    }

    fn told(host: Value, port: i64, id: &str) -> Value {
        let names = Value::Map(vec![(text("hostname"), text("db.example.org"))]);
        Value::Array(vec![host, Value::Int(port), text(id), names])
    }

    fn range(first: i64, last: i64, nodes: Vec<Value>) -> Value {
        let bounds = [first, last].into_iter().map(Value::Int);
        Value::Array(bounds.chain(nodes).collect())
    }

    fn known(id: &str, host: &str, port: u16) -> ClusterNode {
        let (id, host) = (id.to_owned(), host.to_owned());
        ClusterNode { id, host, port }
    }

    fn slots() -> Value {
        let second = vec![
            told(text("10.0.0.2"), 7002, "b"),
            told(text("10.0.0.3"), 7003, "c"),
        ];
        Value::Array(vec![
            range(0, 99, vec![told(Value::Nil, 7001, "a")]),
            range(200, 299, second),
        ])
    }

    #[test]
    fn the_master_of_the_slot_has_the_key() {
        let all = [
            known("a", "", 7001),
            known("b", "10.0.0.2", 7002),
            known("c", "10.0.0.3", 7003),
        ];
        for (slot, owner) in [(0, Some(0)), (99, Some(0)), (100, None), (299, Some(1))] {
            let view = ClusterView::read(slot, slots(), "a".into()).unwrap();
            assert_eq!(view.owner, owner.map(|owner: usize| all[owner].clone()));
            assert_eq!((view.nodes, view.asked_id), (all.to_vec(), "a".to_owned()));
        }
    }

    #[test]
    fn an_answer_that_says_no_ranges_is_refused() {
        for wrong in [
            Value::Nil,
            Value::Array(vec![range(0, 9, vec![Value::Int(1)])]),
            Value::Array(vec![range(0, 9, vec![told(text("db"), 70_000, "a")])]),
        ] {
            assert!(ClusterView::read(1, wrong, "a".into()).is_err());
        }
    }
}
