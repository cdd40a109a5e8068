//! What the server says of how often to ask, and of how to come back.

use super::{Server, Story, config, connects, outputs};
use crate::app::effect::Effect;
use crate::app::output::{ConnectionView, Output};
use crate::protocol::cadence::Cadence;
use crate::protocol::time::{LocalTime, RoomTime, Span};
use crate::wire::message::{ClientMsg, ServerMsg};

/// What a server tells that has many clients.
const MANY: Cadence = Cadence {
    clock_ms: 3_700,
    burst: 2,
    health_ms: 10_000,
    return_ms: 10_000,
};

fn pong(story: &mut Story, cadence: Option<Cadence>) {
    let t1 = RoomTime(1_000_000);
    story.receive(ServerMsg::Pong {
        t0: LocalTime(story.now.local.0 - 1_000),
        t1,
        t2: t1,
        cadence,
    });
}

/// How many exchanges begin in a minute.
fn exchanges_in_a_minute(story: &mut Story) -> usize {
    let mut begun = 0;
    for _ in 0..60 {
        let effects = story.pass(Span::seconds(1));
        let is_ping = |effect: &&Effect| matches!(effect, Effect::Send(ClientMsg::Ping { .. }));
        begun += effects.iter().filter(is_ping).count();
        pong(story, None);
    }
    begun
}

#[test]
fn another_cadence_may_come_with_any_pong_and_holds_from_then_on() {
    let mut story = Story::joined(&Server::new());
    exchanges_in_a_minute(&mut story);
    assert_eq!(exchanges_in_a_minute(&mut story), 120, "the clock settles");
    exchanges_in_a_minute(&mut story);
    assert_eq!(exchanges_in_a_minute(&mut story), 60, "nothing was told");
    pong(&mut story, Some(MANY));
    exchanges_in_a_minute(&mut story);
    let begun = exchanges_in_a_minute(&mut story);
    assert!((32..=34).contains(&begun), "{begun}");
}

/// How long a client of this seed waits when it loses a server that told this with a pong.
fn wait_after(told: Option<Cadence>, seed: u64) -> (Story, Span) {
    let mut config = config();
    config.seed = seed;
    let mut story = Story::joined_with(config, &Server::new());
    pong(&mut story, told);
    let lost = outputs(&story.lose());
    let [Output::Connection(ConnectionView::Reconnecting { after, .. })] = lost[..] else {
        panic!("{lost:?}");
    };
    (story, after)
}

#[test]
fn those_whom_a_large_server_loses_spread_and_who_asks_is_connected_at_once() {
    let mut late = 0;
    for seed in 0..40 {
        let (_, after) = wait_after(None, seed);
        assert!(after <= Span::millis(650), "{after:?}");
        let (mut story, after) = wait_after(Some(MANY), seed);
        assert!(after <= Span::millis(10_350), "{after:?}");
        late += usize::from(after > Span::seconds(5));
        assert!(connects(&story.line("/retry")));
    }
    assert!((10..=30).contains(&late), "{late} of 40 after 5 s");
}
