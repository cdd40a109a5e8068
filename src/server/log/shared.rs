//! What only a log has that several nodes share.

use tokio::sync::watch;

use super::{Kind, LogError, RoomLog, TimeReading};
use crate::protocol::ids::{NodeId, RoomId};
use crate::server::metrics::Metrics;
use crate::server::metrics::store::{LastSign, StoreFigures, StoreIncident};

impl RoomLog {
    /// The clock that all nodes share, as it was read last; `None` where no others share the log.
    #[must_use]
    pub fn time(&self) -> Option<watch::Receiver<TimeReading>> {
        match &self.0 {
            Kind::Redis(log) => Some(log.time()),
            Kind::Embedded(_) => None,
            #[cfg(test)]
            Kind::Hub(_) => None,
        }
    }

    /// This node, as the others know it; `None` in a log that no others share.
    #[must_use]
    pub fn node(&self) -> Option<NodeId> {
        match &self.0 {
            Kind::Embedded(_) => None,
            Kind::Redis(log) => Some(log.node()),
            #[cfg(test)]
            Kind::Hub(log) => log.nodes().this,
        }
    }

    /// Has the other nodes know of how many connections this one has. In a log of one process there are
    /// none.
    pub(in crate::server) fn tell_connections(&self, metrics: &Metrics) {
        match &self.0 {
            Kind::Redis(log) => log.tell_connections(metrics),
            Kind::Embedded(_) => {}
            #[cfg(test)]
            Kind::Hub(_) => {}
        }
    }

    /// What the node has counted at the store that it shares; `None` in a log of one process.
    #[must_use]
    pub(in crate::server) fn store_figures(&self) -> Option<StoreFigures> {
        match &self.0 {
            Kind::Redis(log) => Some(log.figures()),
            Kind::Embedded(_) => None,
            #[cfg(test)]
            Kind::Hub(_) => None,
        }
    }

    /// Counts something that seldom happens at a store that nodes share.
    pub(in crate::server) fn count_incident(&self, incident: StoreIncident) {
        match &self.0 {
            Kind::Redis(log) => log.count_incident(incident),
            Kind::Embedded(_) => {}
            #[cfg(test)]
            Kind::Hub(_) => {}
        }
    }

    /// Whether the store has so many bytes of events of a room after its last snapshot that another
    /// one is due. A log of one process counts the events instead.
    pub(in crate::server) fn wants_snapshot(&self, room: &RoomId) -> bool {
        match &self.0 {
            Kind::Redis(log) => log.wants_snapshot(room),
            Kind::Embedded(_) => false,
            #[cfg(test)]
            Kind::Hub(log) => log.wants_snapshot(),
        }
    }

    /// The nodes that are alive, each with the age of its last sign; none in a log of one process.
    ///
    /// # Errors
    /// [`LogError::Away`] if the store does not answer.
    pub(in crate::server) async fn last_signs(&self) -> Result<Vec<LastSign>, LogError> {
        match &self.0 {
            Kind::Redis(log) => log.last_signs().await,
            Kind::Embedded(_) => Ok(Vec::new()),
            #[cfg(test)]
            Kind::Hub(_) => Ok(Vec::new()),
        }
    }
}
