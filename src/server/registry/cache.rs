//! The list of public rooms, made once a second however often it is asked for.

use std::collections::BTreeMap;
use std::time::Duration;

use bytes::Bytes;
use tokio::time::Instant;

use super::RoomList;
use crate::protocol::ids::RoomId;
use crate::protocol::time::RoomTime;
use crate::room::listing::{RoomCard, listing};
use crate::server::replica::message::Handle;
use crate::wire::codec;

/// How long the list of public rooms is cached: with 1,500 rooms it takes some 20 ms to make
/// (measured), and joins wait for that.
const LISTED_FOR: Duration = Duration::from_secs(1);

/// The last list of public rooms, and when it was made.
#[derive(Debug, Default)]
pub(super) struct ListingCache(Option<(Instant, RoomList)>);

impl ListingCache {
    /// The cached list, or one from `make` if the cached one is older than [`LISTED_FOR`].
    pub(super) fn get_or_make(
        &mut self,
        now: Instant,
        make: impl FnOnce() -> RoomList,
    ) -> RoomList {
        match &self.0 {
            Some((at, list)) if now.saturating_duration_since(*at) < LISTED_FOR => list.clone(),
            _ => {
                let list = make();
                self.0 = Some((now, list.clone()));
                list
            }
        }
    }
}

/// The public rooms of these, as they are at this time.
pub(super) fn list(rooms: &BTreeMap<RoomId, Handle>, at: RoomTime) -> RoomList {
    let mut cards: Vec<RoomCard> = rooms
        .values()
        .filter_map(|handle| listing(&handle.card.borrow(), at))
        .collect();
    cards.sort_by(|a, b| b.viewers.cmp(&a.viewers).then_with(|| a.id.cmp(&b.id)));
    let json = codec::encode(&cards).map_or_else(
        |error| {
            tracing::error!(%error, "the rooms cannot be told");
            Bytes::from_static(b"[]")
        },
        Bytes::from,
    );
    let cards = cards.into();
    RoomList { at, cards, json }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use tokio::time::Instant;

    use super::{LISTED_FOR, ListingCache};
    use crate::protocol::time::RoomTime;
    use crate::server::registry::RoomList;

    #[test]
    fn the_gallery_is_made_once_a_second_however_often_it_is_asked_for() {
        let start = Instant::now();
        let mut gallery = ListingCache::default();
        let mut made = 0;
        let mut list = |now| {
            let list = gallery.get_or_make(now, || {
                made += 1;
                RoomList {
                    at: RoomTime(0),
                    cards: [].into(),
                    json: Bytes::from(made.to_string()),
                }
            });
            list.json
        };
        assert_eq!(list(start), "1");
        assert_eq!(list(start + LISTED_FOR / 2), "1");
        assert_eq!(list(start + LISTED_FOR), "2");
        assert_eq!(list(start + LISTED_FOR), "2");
    }
}
