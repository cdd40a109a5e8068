//! Rooms that are closed by an admin, or made anew under the same name, and how long one is kept.

use super::{ME, Server, Story, config, exit, name, notices, outputs};
use crate::app::config::{AppConfig, Unkept};
use crate::app::effect::{Effect, Exit};
use crate::app::event::{CloseReason, Disconnect, Event};
use crate::app::output::{ArrivalNotice, ConnectionView, Notice, Output, Why};
use crate::app::room_tokens::RoomTokens;
use crate::protocol::denied::Refused;
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::{MemberId, RoomId, Seq};
use crate::protocol::time::Span;
use crate::room::lifetime::{DEFAULT_TTL, KEPT_BRIEFLY, Lifetime};
use crate::test_support::ALICE;
use crate::wire::message::ServerMsg;

/// The room is closed by a member, or by itself, and the server closes the connection.
fn closed_by(story: &mut Story, server: &mut Server, by: Option<MemberId>) -> Vec<Effect> {
    let by = by.map(|by| (by, Seq(1)));
    let fact = server.happen_by(by, RoomEvent::Closed);
    assert_eq!(outputs(&story.facts(vec![fact])), []);
    let closing = CloseReason::Known(Refused::RoomClosed);
    story.on(Event::Disconnected(Disconnect::Closed(Some(closing))))
}

#[test]
fn who_is_in_a_room_that_an_admin_closes_reads_by_whom_and_does_not_come_back() {
    for (by, you, code) in [(ALICE, false, Exit::Refused), (ME, true, Exit::Left)] {
        let mut server = Server::new();
        let mut story = Story::joined(&server);
        let effects = closed_by(&mut story, &mut server, Some(by));
        let why = Why::RoomClosed {
            by: name(if you { "Boris" } else { "Alice" }),
            you,
            room: RoomId::parse("movie-night").unwrap(),
        };
        let view = Output::Connection(ConnectionView::Refused(why));
        assert_eq!(outputs(&effects).first(), Some(&view));
        assert_eq!(exit(&effects), Some(code));
    }
}

#[test]
fn a_room_that_ended_by_itself_is_looked_for_once_more() {
    let mut server = Server::new();
    let mut story = Story::joined(&server);
    let effects = closed_by(&mut story, &mut server, None);
    assert_eq!(exit(&effects), None);
    assert!(matches!(
        outputs(&effects)[..],
        [Output::Connection(ConnectionView::Reconnecting { .. })]
    ));
}

fn says_it_is_new(effects: &[Effect]) -> bool {
    notices(effects).contains(&Notice::Arrival(ArrivalNotice::NewRoomOfSameName))
}

#[test]
fn who_comes_back_to_a_new_room_of_the_same_name_is_told_so() {
    let mut server = Server::new();
    let effects = Story::joined(&server).come_back(server.whole());
    assert!(!says_it_is_new(&effects), "{effects:?}");
    let mut story = Story::joined(&server);
    server.reopen_anew();
    let effects = story.come_back(server.whole());
    assert!(says_it_is_new(&effects), "{effects:?}");
}

#[test]
fn it_is_told_too_when_the_client_was_started_anew() {
    let server = Server::new();
    let now = server.room().created;
    let earlier = now - Span::seconds(3_600);
    for (known, is_new) in [(None, false), (Some(now), false), (Some(earlier), true)] {
        let mut story = Story::start(config()).0;
        story.on(Event::TokenFound(Some(RoomTokens {
            created: known,
            ..RoomTokens::default()
        })));
        story.hello();
        let effects = story.receive(ServerMsg::Welcome(Box::new(server.whole())));
        assert_eq!(says_it_is_new(&effects), is_new, "{known:?}");
        let kept = effects
            .iter()
            .any(|effect| matches!(effect, Effect::KeepToken { kept, .. } if kept.created == now));
        assert!(kept, "{effects:?}");
    }
}

#[test]
fn who_enters_is_told_how_long_the_room_is_kept() {
    let lifetime_in = |server: &Server| {
        let mut story = Story::connecting(config());
        story.hello();
        let effects = story.receive(ServerMsg::Welcome(Box::new(server.whole())));
        outputs(&effects)
            .into_iter()
            .find_map(|output| match output {
                Output::Joined { lifetime, .. } => Some(lifetime),
                _ => None,
            })
    };
    let mut server = Server::new();
    let brief = Lifetime {
        now: KEPT_BRIEFLY,
        once_lasting: KEPT_BRIEFLY,
    };
    assert_eq!(lifetime_in(&server), Some(brief), "of an older server");
    server.happen(RoomEvent::Reopened {
        segment: None,
        ttl: Some(DEFAULT_TTL),
    });
    let lifetime = lifetime_in(&server).unwrap();
    assert_eq!(
        (lifetime.now, lifetime.once_lasting),
        (KEPT_BRIEFLY, DEFAULT_TTL)
    );
}

#[test]
fn who_leaves_is_told_the_time_that_was_changed_meanwhile_and_the_change_disturbs_nobody() {
    let mut server = Server::new();
    let mut story = Story::joined(&server);
    let fortnight = Span::seconds(14 * 24 * 3_600);
    let changed = server.happen(RoomEvent::TtlChanged { ttl: fortnight });
    let effects = story.facts(vec![changed]);
    assert!(outputs(&effects).is_empty(), "{effects:?}");
    let lifetime = story.app.lifetime();
    assert_eq!(lifetime.map(|it| it.once_lasting), Some(fortnight));
}

#[test]
fn a_host_whose_rooms_are_not_kept_says_so_first() {
    let here = AppConfig {
        hosts: Some(config().server),
        unkept: Some(Unkept::InUse),
        ..config()
    };
    let effects = Story::start(here).1;
    assert_eq!(
        notices(&effects),
        [Notice::Arrival(ArrivalNotice::RoomsUnkept(Unkept::InUse))]
    );
    assert!(notices(&Story::start(config()).1).is_empty());
}
