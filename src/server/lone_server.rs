//! A whole server without sockets, for tests in virtual time, and members who only watch.

use std::time::{Duration, SystemTime};

use tokio::time::{Instant, timeout_at};

use crate::protocol::ephemeral::MemberNotice;
use crate::protocol::ids::RoomId;
use crate::protocol::text::MemberName;
use crate::room::decide::AdmittedMember;
use crate::server::credentials::token_hash;
use crate::server::log::RoomLog;
use crate::server::metrics::Metrics;
use crate::server::outbox::OutboxReader;
use crate::server::registry::{RoomCreation, RoomLookup};
use crate::server::replica::NewRoom;
use crate::server::replica::message::{Join, JoinEnds, Proof, RoomMessage};
use crate::server::{Limits, Network, Running, ServerConfig, Storage};
use crate::test_support::public_creation;
use crate::wire::codec;
use crate::wire::message::ServerMsg;

fn den() -> RoomId {
    RoomId::parse("den").unwrap()
}

/// A server at this log.
pub(in crate::server) async fn server(log: RoomLog) -> Running {
    let config = ServerConfig {
        storage: Storage::Memory,
        public_url: None,
        hosted: false,
        limits: Limits::default(),
        network: Network::default(),
    };
    let log = (log, Metrics::default());
    let running = Running::start_at(log, SystemTime::now(), Vec::new(), config);
    running.await.unwrap()
}

fn join(name: &str) -> (Box<Join>, JoinEnds) {
    let arrival = AdmittedMember {
        name: MemberName::parse(name).unwrap(),
        resume: None,
        token: token_hash(name),
        has_player: false,
        from: None,
        invite: None,
    };
    Join::new(arrival, Proof::Token, None)
}

/// A member who gives no command.
pub(in crate::server) struct Watcher(OutboxReader);

impl Watcher {
    async fn seated(ends: JoinEnds) -> Self {
        ends.seated.await.unwrap().unwrap();
        Self(ends.waiting)
    }

    /// Alice, who creates the room.
    pub(in crate::server) async fn creates_the_room(at: &Running) -> Self {
        let (join, ends) = join("Alice");
        let creation_request = RoomCreation {
            new_room: NewRoom {
                creation: public_creation(),
                joins: vec![*join],
            },
            from: None,
        };
        let rooms = &at.parts.state.rooms;
        rooms.open(den(), creation_request).await.unwrap();
        Self::seated(ends).await
    }

    /// Bob, who comes in after her.
    pub(in crate::server) async fn joins(at: &Running) -> Self {
        let (join, ends) = join("Bob");
        let found = at.parts.state.rooms.find(den()).await.unwrap();
        let RoomLookup::Room(room) = found else {
            panic!("{found:?}");
        };
        let sent = room.inbox.send(Box::new(RoomMessage::Join(join))).await;
        sent.unwrap();
        Self::seated(ends).await
    }

    /// The next notice; none if none comes so soon.
    async fn notice_within(&mut self, span: Duration) -> Option<MemberNotice> {
        let end = Instant::now() + span;
        while let Ok(item) = timeout_at(end, self.0.next()).await {
            let frame = item.into_frame();
            if let ServerMsg::Notice(notice) = codec::decode(frame.as_text()).unwrap() {
                return Some(notice);
            }
        }
        None
    }

    /// The next notice, however long it takes: a disk is tried again in real time, which virtual time
    /// does not wait for.
    pub(in crate::server) async fn next_notice(&mut self) -> MemberNotice {
        loop {
            if let Some(notice) = self.notice_within(Duration::from_mins(1)).await {
                return notice;
            }
        }
    }

    /// The notices within so many seconds.
    pub(in crate::server) async fn notices(&mut self, seconds: u64) -> Vec<MemberNotice> {
        let end = Instant::now() + Duration::from_secs(seconds);
        let mut all = Vec::new();
        while let Some(notice) = self.notice_within(end - Instant::now()).await {
            all.push(notice);
        }
        all
    }
}
