//! What has changed between two lists of rooms. Positions that run on as the last cards said are no
//! change, so that a room in which nothing happens costs its listeners nothing.

use std::collections::{BTreeMap, BTreeSet};

use crate::protocol::ids::RoomId;
use crate::protocol::time::{RoomTime, Span};
use crate::room::listing::RoomCard;
use crate::wire::pages::GalleryEvent;

/// How far a position may be from where it was expected before it is sent again (judgement: lists
/// show whole seconds, and a jump is longer).
const TOLERANCE: Span = Span::millis(1_500);

/// The cards that were sent last, each with the moment for which it tells the position.
#[derive(Debug, Default)]
pub(super) struct SentCards(BTreeMap<RoomId, (RoomCard, RoomTime)>);

impl SentCards {
    /// The event that leads from what was sent to these cards; `None` if nothing has changed.
    pub(super) fn update(&mut self, cards: &[RoomCard], at: RoomTime) -> Option<GalleryEvent> {
        let listed: BTreeSet<&RoomId> = cards.iter().map(|card| &card.id).collect();
        let gone = self.0.keys().filter(|id| !listed.contains(id));
        let removed: Vec<RoomId> = gone.cloned().collect();
        for id in &removed {
            self.0.remove(id);
        }
        let is_news = |card: &&RoomCard| {
            let sent = self.0.get(&card.id);
            sent.is_none_or(|(sent, sent_at)| !has_run_on(sent, at - *sent_at, card))
        };
        let changed: Vec<RoomCard> = cards.iter().filter(is_news).cloned().collect();
        let sent = changed
            .iter()
            .map(|card| (card.id.clone(), (card.clone(), at)));
        self.0.extend(sent);
        let is_change = !changed.is_empty() || !removed.is_empty();
        is_change.then_some(GalleryEvent::Changes { changed, removed })
    }
}

/// Whether a card differs from one that was sent `age` before by nothing but the time that passed.
fn has_run_on(sent: &RoomCard, age: Span, card: &RoomCard) -> bool {
    let mut expected = sent.clone();
    if let (Some(expected), Some(playing)) = (&mut expected.playing, &card.playing) {
        let distance = playing.position - expected.position_after(age);
        if distance.abs() > TOLERANCE {
            return false;
        }
        expected.position = playing.position;
    }
    expected == *card
}

#[cfg(test)]
mod tests {
    use super::SentCards;
    use crate::protocol::ids::RoomId;
    use crate::protocol::time::RoomTime;
    use crate::room::listing::RoomCard;
    use crate::wire::pages::GalleryEvent;

    fn card(id: &str, viewers: u32, position: f64) -> RoomCard {
        serde_json::from_value(serde_json::json!({
            "id": id, "title": null, "viewers": viewers, "since": 1.0,
            "playing": {
                "kind": "MP4", "title": null, "position": position, "duration": 60.0,
                "rate": 1.0, "paused": false, "live": false
            }
        }))
        .unwrap()
    }

    fn at(seconds: i64) -> RoomTime {
        RoomTime(seconds * 1_000_000)
    }

    /// The rooms that changed and those that were removed.
    fn news(event: Option<GalleryEvent>) -> (Vec<String>, Vec<String>) {
        match event {
            Some(GalleryEvent::Changes { changed, removed }) => (
                changed.iter().map(|card| card.id.to_string()).collect(),
                removed.iter().map(RoomId::to_string).collect(),
            ),
            None => (Vec::new(), Vec::new()),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn time_that_passes_is_no_change_and_a_jump_is_one() {
        let mut sent = SentCards::default();
        let first = news(sent.update(&[card("a-room", 1, 10.0)], at(100)));
        assert_eq!(first, (vec!["a-room".to_owned()], vec![]));
        assert_eq!(sent.update(&[card("a-room", 1, 15.2)], at(105)), None);
        // At the end of the media the position stands.
        assert_eq!(sent.update(&[card("a-room", 1, 60.0)], at(190)), None);
        let jump = news(sent.update(&[card("a-room", 1, 30.0)], at(191)));
        assert_eq!(jump.0, ["a-room"]);
        assert_eq!(sent.update(&[card("a-room", 1, 32.0)], at(193)), None);
    }

    #[test]
    fn small_differences_add_up_to_a_change() {
        let mut sent = SentCards::default();
        sent.update(&[card("a-room", 1, 0.0)], at(0));
        // The position stands although the card said that it runs.
        assert_eq!(sent.update(&[card("a-room", 1, 0.0)], at(1)), None);
        let stalled = sent.update(&[card("a-room", 1, 0.0)], at(2));
        assert_eq!(news(stalled).0, ["a-room"]);
    }

    #[test]
    fn what_comes_goes_or_differs_is_told_once() {
        let mut sent = SentCards::default();
        sent.update(&[card("a-room", 1, 0.0), card("b-room", 1, 0.0)], at(0));
        let cards = [card("b-room", 2, 1.0), card("c-room", 1, 0.0)];
        let (changed, removed) = news(sent.update(&cards, at(1)));
        assert_eq!(changed, ["b-room", "c-room"]);
        assert_eq!(removed, ["a-room"]);
        assert_eq!(sent.update(&cards, at(1)), None);
    }
}
