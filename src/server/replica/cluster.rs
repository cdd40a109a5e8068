//! The nodes of the server, as its rooms need to know them.

use std::collections::BTreeSet;

use tokio::sync::watch;
use tokio::time::Instant;

use super::pacing::Pacing;
use crate::protocol::ids::NodeId;
use crate::server::log::Nodes;

/// This node and the others that share the log. Clones share what is known of them.
#[derive(Debug, Clone)]
pub(in crate::server) struct Cluster {
    this: Option<NodeId>,
    alive: watch::Receiver<BTreeSet<NodeId>>,
    joined_others: bool,
    /// When this node's rooms ask the others what the players have reported.
    pub(super) asks: Pacing,
}

impl Cluster {
    /// As the log tells it.
    pub(in crate::server) fn of(nodes: &Nodes) -> Self {
        Self {
            this: nodes.this.clone(),
            alive: nodes.alive.clone(),
            joined_others: nodes.joined_others,
            asks: Pacing::begin(Instant::now()),
        }
    }

    /// This node; `None` in a log that no others share.
    pub(super) const fn this(&self) -> Option<&NodeId> {
        self.this.as_ref()
    }

    /// Whether other nodes may share the log.
    pub(in crate::server) const fn is_shared(&self) -> bool {
        self.this.is_some()
    }

    /// Whether another node is alive, as far as this one knows.
    pub(in crate::server) fn has_others(&self) -> bool {
        let alive = self.alive.borrow();
        self.is_shared() && alive.iter().any(|node| Some(node) != self.this())
    }

    /// Whether another node ran already when this one started.
    pub(super) const fn joined_others(&self) -> bool {
        self.joined_others
    }

    /// Waits until other nodes are alive than before; forever if nobody can tell.
    pub(super) async fn changed(&mut self) {
        if self.is_shared() && self.alive.changed().await.is_ok() {
            return;
        }
        std::future::pending::<()>().await;
    }

    /// Whether a member who is connected there is gone with their node. Nobody is while this node
    /// itself counts as gone: then it is the one that knows too little.
    pub(super) fn is_gone(&self, node: Option<&NodeId>) -> bool {
        let alive = self.alive.borrow();
        let knows = self.this.as_ref().is_some_and(|this| alive.contains(this));
        knows && node.is_none_or(|node| !alive.contains(node))
    }

    /// Whether this node may say that a member who is connected there has left.
    pub(super) fn may_depart(&self, node: Option<&NodeId>) -> bool {
        node.is_none() || node == self.this() || self.is_gone(node)
    }

    /// Whether that is another node than this one.
    pub(super) fn is_elsewhere(&self, node: Option<&NodeId>) -> bool {
        self.is_shared() && node.is_some() && node != self.this()
    }
}
