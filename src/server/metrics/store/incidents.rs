//! What seldom happens at a store that nodes share, and what an operator watches for that reason.

use strum::{IntoStaticStr, VariantArray};

/// Something that seldom happens. Its name is that of the metric, between `store_` and `_total`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, VariantArray, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub(in crate::server) enum StoreIncident {
    /// The store was started again, or had lost data.
    NewEpochs,
    /// The store had lost a room that this node has.
    RoomsLost,
    /// A lost room was not taken back, since another node had brought it already.
    WriteBacksRefused,
    /// A room was read as a whole: what this node had is not what the store has.
    RoomsTakenAnew,
    /// A room of the store could not be read, and is left out.
    RoomsUnreadable,
    /// A decision was given up: each time that it was made, another node had come first.
    DecisionsGivenUp,
    /// A message to the other nodes was dropped.
    MessagesDropped,
    /// A message of another node found no place.
    MessagesMissed,
    /// A message on the channels could not be read.
    MessagesUnreadable,
    /// An address was counted at this node alone, since the store did not answer.
    CountedAlone,
}

impl StoreIncident {
    /// What the metric counts, for whoever reads the exposition.
    pub(in crate::server) const fn help(self) -> &'static str {
        match self {
            Self::NewEpochs => "Times that the store had been started again or had lost data.",
            Self::RoomsLost => "Rooms of this node that the store had lost.",
            Self::WriteBacksRefused => "Lost rooms that another node had brought back already.",
            Self::RoomsTakenAnew => {
                "Rooms read as a whole since the node had others than the store."
            }
            Self::RoomsUnreadable => "Rooms of the store that could not be read and are left out.",
            Self::DecisionsGivenUp => "Decisions given up since other nodes came first each time.",
            Self::MessagesDropped => "Messages to other nodes that were dropped.",
            Self::MessagesMissed => {
                "Messages of other nodes that found no place; all rooms are compared then."
            }
            Self::MessagesUnreadable => "Messages of other nodes that could not be read.",
            Self::CountedAlone => {
                "Times that an address was counted here alone since the store did not answer."
            }
        }
    }
}

/// Why a command to the store has no answer that could be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, VariantArray, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub(in crate::server) enum StoreFailure {
    /// It did not come in time.
    Timeout,
    /// The store refused the command.
    Refused,
    /// The connection broke.
    Broken,
}
