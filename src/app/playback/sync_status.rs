//! The sync status of the own player, as it is emitted.

use super::input::PlaybackView;
use crate::sync::apart;
use crate::sync::follow::{Follower, Status};

/// How well in step the player is; of live media that is not steered, how far the members'
/// players are apart, as far as others can be compared with it.
pub(super) fn sync_status(follower: &Follower, view: &PlaybackView<'_>) -> Status {
    let status = follower.status();
    let Some(own) = status.live else {
        return status;
    };
    let health = view.health.filter(|_| view.is_joined);
    let apart = health.and_then(|health| {
        let others = health.worst.iter();
        let others = others.filter(|(member, _)| Some(*member) != view.me);
        apart(own, others.filter_map(|(_, health)| health.live))
    });
    Status { apart, ..status }
}
