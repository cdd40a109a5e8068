//! Follows the live rooms of a server: a thread reads the stream of events and hands each on.

use std::cell::Cell;
use std::io::BufReader;
use std::sync::{Arc, Weak};
use std::thread;
use std::time::Duration;

use tokio::sync::mpsc;
use ureq::http::header;

use super::event_stream::{EventStream, Part};
use super::{Patience, answer};
use crate::app::event::{Event, FeedNews};
use crate::trust::Trust;
use crate::wire::codec;
use crate::wire::pages::GalleryEvent;

/// How long nothing may come: a server gives a sign of life every 10 s.
const SILENCE: Duration = Duration::from_secs(25);

/// A feed that is being followed. Its thread ends soon after this is dropped.
#[derive(Debug)]
pub(in crate::client) struct Following {
    _held: Arc<()>,
}

/// Begins to follow the live rooms of a server. What it says comes as [`Event::RoomsFeed`]; the
/// last of them is that there is no feed, or that it has ended.
pub(in crate::client) fn follow(
    server: String,
    trust: Trust,
    events: mpsc::Sender<Event>,
) -> Following {
    let held = Arc::new(());
    let wanted = Arc::downgrade(&held);
    let thread = thread::Builder::new().name("rooms".to_owned());
    let started = thread.spawn(move || {
        let hand_on = |news| {
            let server = server.clone();
            let sent = events.blocking_send(Event::RoomsFeed { server, news });
            sent.is_ok() && wanted.strong_count() > 0
        };
        let last = read(&server, &trust, &wanted, hand_on);
        if wanted.strong_count() > 0 {
            hand_on(last);
        }
    });
    if let Err(cause) = started {
        // The rooms are asked for every few seconds meanwhile.
        tracing::warn!("the live rooms cannot be followed: {cause}");
    }
    Following { _held: held }
}

/// Waits until a server has a live room; `false` if it has no feed or ends it before. Blocks.
pub(super) fn until_a_room(server: &str, trust: &Trust) -> bool {
    let held = Arc::new(());
    let has_room = Cell::new(false);
    read(server, trust, &Arc::downgrade(&held), |news| {
        let rooms = match news {
            FeedNews::Event(GalleryEvent::Snapshot { rooms }) => rooms,
            FeedNews::Event(GalleryEvent::Changes { changed, .. }) => changed,
            _ => Vec::new(),
        };
        has_room.set(!rooms.is_empty());
        rooms.is_empty()
    });
    has_room.get()
}

/// Hands each event on until the stream ends or nobody wants it any more; returns the last news.
fn read(
    server: &str,
    trust: &Trust,
    wanted: &Weak<()>,
    hand_on: impl Fn(FeedNews) -> bool,
) -> FeedNews {
    let patience = Patience {
        silence: SILENCE,
        until: None,
    };
    let (mut answer, _) = match answer(server, "/api/gallery/events", trust, &patience) {
        Ok(answer) => answer,
        Err(fault) => {
            tracing::info!(?fault, "the server has no feed of its rooms");
            return FeedNews::NotOffered;
        }
    };
    let kind = answer.headers().get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok());
    if !kind.is_some_and(|kind| kind.starts_with("text/event-stream")) {
        return FeedNews::NotOffered;
    }
    let mut stream = EventStream::new(BufReader::new(answer.body_mut().as_reader()));
    while wanted.strong_count() > 0 {
        match stream.next() {
            Ok(Part::Event(data)) => match codec::decode::<GalleryEvent>(&data) {
                Ok(event) => {
                    if !hand_on(FeedNews::Event(event)) {
                        break;
                    }
                }
                Err(cause) => {
                    tracing::warn!("an event of the feed was not understood: {cause}");
                    return FeedNews::NotOffered;
                }
            },
            Ok(Part::Comment) => {}
            Ok(Part::End) => break,
            Err(cause) => {
                tracing::info!("the feed broke: {cause}");
                break;
            }
        }
    }
    FeedNews::Ended
}

#[cfg(test)]
mod tests {
    use tokio::sync::mpsc;

    use super::follow;
    use crate::app::event::{Event, FeedNews};
    use crate::test_support::answers::answering;
    use crate::trust::Trust;
    use crate::wire::pages::GalleryEvent;

    /// All that a feed says to its end.
    fn heard(answer: &'static str) -> Vec<FeedNews> {
        let (sender, mut events) = mpsc::channel(16);
        let (server, asked) = answering([answer.to_owned()]);
        let _following = follow(server, Trust::only(Vec::new()), sender);
        let mut heard = Vec::new();
        while let Some(Event::RoomsFeed { news, .. }) = events.blocking_recv() {
            heard.push(news);
        }
        assert_eq!(asked.recv().unwrap(), "GET /api/gallery/events HTTP/1.1");
        heard
    }

    #[test]
    fn events_are_handed_on_until_the_stream_ends() {
        let answer = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\
            Connection: close\r\n\r\nretry: 3000\n\ndata: {\"type\":\"snapshot\",\"rooms\":[]}\n\n\
            :\n\ndata: {\"type\":\"weather\"}\n\n";
        let snapshot = GalleryEvent::Snapshot { rooms: Vec::new() };
        let expected = [
            FeedNews::Event(snapshot),
            FeedNews::Event(GalleryEvent::Unknown),
            FeedNews::Ended,
        ];
        assert_eq!(heard(answer), expected);
    }

    #[test]
    fn an_older_server_and_one_with_too_many_listeners_offer_none() {
        for answer in [
            "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\
             Connection: close\r\n\r\nhi",
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n\
             data: no JSON\n\n",
        ] {
            assert_eq!(heard(answer), [FeedNews::NotOffered], "{answer}");
        }
    }
}
