//! A room that may have been meant: a join that made a room may have been a slip in the name of one that
//! is live.

use super::App;
use super::effect::Effect;
use super::output::{ArrivalNotice, Notice};
use crate::protocol::ids::RoomId;
use crate::wire::pages::RoomCard;

/// The longest name in which one edit may be a slip, in characters. Two edits of a short name make
/// another word (judgement).
const SHORT: usize = 4;

impl App {
    /// This join made the room: looks whether one of nearly the same name is live. Where the server is
    /// this process, no other room can have been meant.
    pub(super) fn look_nearby(&mut self) {
        if self.connection.destination().is_hosted() {
            return;
        }
        self.made_room = Some(self.room_id().clone());
        let server = self.server().to_owned();
        self.effects.push(Effect::AskRooms { server });
    }

    /// The live rooms of a server are known: names the one that may have been meant, once.
    pub(super) fn on_rooms_nearby(&mut self, server: &str, rooms: &[RoomCard]) {
        if server != self.server() {
            return;
        }
        let made = self.made_room.take();
        let made = made.filter(|made| made == self.room_id());
        if let Some(room) = made.and_then(|made| nearest(&made, rooms)) {
            self.notice(Notice::Arrival(ArrivalNotice::RoomNearby { room }));
        }
    }
}

/// The room with somebody in it whose name is nearest to this one, if it is a slip away.
fn nearest(made: &RoomId, rooms: &[RoomCard]) -> Option<RoomId> {
    let slip = if made.as_str().len() <= SHORT { 1 } else { 2 };
    let others = rooms.iter().filter(|room| room.viewers > 0);
    others
        .map(|room| {
            let edits = strsim::damerau_levenshtein(made.as_str(), room.id.as_str());
            (edits, &room.id)
        })
        .filter(|(edits, _)| (1..=slip).contains(edits))
        .min()
        .map(|(_, room)| room.clone())
}

#[cfg(test)]
mod tests {
    use crate::app::effect::Effect;
    use crate::app::event::Event;
    use crate::app::output::{ArrivalNotice, Notice};
    use crate::app::tests::{Server, Story, config, notices};
    use crate::protocol::ids::RoomId;
    use crate::protocol::time::RoomTime;
    use crate::room::listing;
    use crate::room::state::RoomState;
    use crate::wire::message::ServerMsg;
    use crate::wire::pages::RoomCard;

    fn live(name: &str, viewers: u32) -> RoomCard {
        let state = RoomState::new(RoomId::parse(name).unwrap());
        RoomCard {
            viewers,
            ..listing::card(&state, RoomTime::default())
        }
    }

    /// What somebody is told of the live rooms whose join made a room of this name.
    fn told(made: &str, rooms: Vec<RoomCard>) -> Vec<Notice> {
        let mut config = config();
        config.room = RoomId::parse(made).unwrap();
        let server = config.server.clone();
        let mut story = Story::connecting(config);
        story.hello();
        let mut welcome = Server::new().whole();
        welcome.created = true;
        let effects = story.receive(ServerMsg::Welcome(Box::new(welcome)));
        let asks = |effect: &Effect| matches!(effect, Effect::AskRooms { .. });
        assert!(effects.iter().any(asks), "{effects:?}");
        let answer = Ok(rooms);
        notices(&story.on(Event::Rooms { server, answer }))
    }

    fn nearby(room: &str) -> Notice {
        let room = RoomId::parse(room).unwrap();
        Notice::Arrival(ArrivalNotice::RoomNearby { room })
    }

    #[test]
    fn a_slip_in_the_name_of_a_live_room_is_told() {
        for slip in ["movie-nigth", "movie-nihgt", "movie-nigt", "mowie-nihgt"] {
            let rooms = vec![live(slip, 1), live("movie-night", 3), live("lofi", 9)];
            assert_eq!(told(slip, rooms), [nearby("movie-night")], "{slip}");
        }
        assert_eq!(told("jan", vec![live("jam", 2)]), [nearby("jam")]);
    }

    #[test]
    fn another_word_an_empty_room_and_the_room_itself_are_no_slip() {
        let rooms = vec![
            live("den", 1),
            live("movie-nights-two", 3),
            live("dent-x", 4),
            live("dec", 0),
            live("day", 2),
        ];
        assert_eq!(told("den", rooms), []);
    }
}
