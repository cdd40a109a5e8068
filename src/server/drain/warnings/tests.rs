//! When members are warned, and of what.

use std::time::Duration;

use tokio::time::Instant;

use super::{WARNINGS, next_warning};
use crate::protocol::ephemeral::MemberNotice;
use crate::protocol::time::Span;
use crate::server::log::hub::Hub;
use crate::server::lone_server::{Watcher, server};

#[test]
fn warnings_come_ever_more_often_until_the_end() {
    let mut left = Duration::from_secs(90);
    let mut heard = Vec::new();
    while !left.is_zero() {
        heard.push(left.as_secs());
        left = next_warning(left);
    }
    assert_eq!(heard, [90, 60, 30, 10, 5, 4, 3, 2, 1]);
    assert!(WARNINGS.is_sorted_by(|a, b| a > b));
}

#[tokio::test(start_paused = true)]
async fn members_are_told_whether_their_room_goes_on_at_another_node() {
    let hub = Hub::default();
    let (a, b) = (server(hub.node("a")).await, server(hub.node("b")).await);
    let mut alice = Watcher::creates_the_room(&a).await;
    let stops = |seconds, elsewhere| MemberNotice::ServerStops {
        after: Span::seconds(seconds),
        elsewhere,
    };
    let drain = &a.parts.state.drain;
    drain.begin(Instant::now() + Duration::from_mins(2));
    assert_eq!(alice.next_notice().await, stops(120, true));
    b.stop().await;
    assert_eq!(
        alice.next_notice().await,
        stops(60, false),
        "the other node is gone"
    );
    assert!(drain.cancel());
    assert_eq!(alice.next_notice().await, MemberNotice::ServerStays);
    a.stop().await;
}

#[test]
fn an_older_server_moves_nobody() {
    let older = r#"{"notice":"server_stops","after":60000000}"#;
    let stops = MemberNotice::ServerStops {
        after: Span::seconds(60),
        elsewhere: false,
    };
    assert_eq!(serde_json::from_str::<MemberNotice>(older).unwrap(), stops);
    assert_eq!(serde_json::to_string(&stops).unwrap(), older);
}
