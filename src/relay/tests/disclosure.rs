//! Reports about another host must not depend on what answers there, nor on when.

use std::time::Duration;

use tokio::time::Instant;

use super::scene::{LINK, Scene, config, elsewhere, pass};
use crate::media::fault::{FaultKind, MediaFault};
use crate::media::policy::Privacy;
use crate::relay::SharedPrivacy;
use crate::relay::relay_load::FIRST_PICTURE;
use crate::relay::{MediaFact, RelayEvent};
use crate::test_support::origin::{Act, Asked, Origin, answer, media_bytes, served};

/// A link that redirects to `to`, where `then` answers, for a member of this privacy.
fn redirected(
    privacy: Privacy,
    to: &'static str,
    then: impl Fn(&Asked) -> Vec<Act> + Send + Sync + 'static,
) -> Scene {
    let origin = Origin::new(move |asked| match asked.path.as_str() {
        "/a/film.mp4?sig=secret" => answer(302, &[("Location", to)], b""),
        _ => then(asked),
    });
    let mut config = config(&origin);
    config.privacy = SharedPrivacy::new(privacy);
    Scene::with(config, origin, LINK)
}

/// Requests the link: the events until the response ended, and after how many milliseconds it did.
async fn over(mut scene: Scene) -> (Vec<RelayEvent>, u128) {
    let began = Instant::now();
    scene.get(Some("bytes=0-")).await;
    (scene.reported(), began.elapsed().as_millis())
}

#[tokio::test(start_paused = true)]
async fn where_private_addresses_are_allowed_all_is_reported_at_one_time() {
    let head = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n".to_vec();
    let answers = [
        (vec![Act::Close], FaultKind::ClosedUnanswered),
        (answer(401, &[], b""), FaultKind::PasswordAsked),
        (answer(404, &[], b""), FaultKind::Gone),
        (answer(503, &[], b""), FaultKind::Busy),
        (answer(200, &[], b"<html>"), FaultKind::WebPage),
        (vec![Act::Hang], FaultKind::NoAnswer),
        (
            vec![Act::Wait(8_000), Act::Send(head), Act::Hang],
            FaultKind::NoAnswer,
        ),
    ];
    for (answers, kind) in answers {
        let scene = redirected(Privacy::AllowPrivate, "http://10.0.0.1/b.mp4", move |_| {
            answers.clone()
        });
        let asked = scene.origin.asked.clone();
        let load = scene.opened.load;
        let (reported, at) = over(scene).await;
        let fault = elsewhere(kind);
        assert_eq!(reported, [RelayEvent::GaveUp { load, fault }], "and no try");
        assert_eq!(at, FIRST_PICTURE.as_millis(), "{kind:?}");
        assert_eq!(asked.lock().unwrap().len(), 2, "{kind:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_port_where_nobody_listens_is_reported_like_the_rest() {
    let scene = redirected(
        Privacy::AllowPrivate,
        "http://unknown.example/b.mp4",
        |_| panic!("there is no such name"),
    );
    let load = scene.opened.load;
    let (reported, at) = over(scene).await;
    let fault = elsewhere(FaultKind::NameNotFound);
    assert_eq!(reported, [RelayEvent::GaveUp { load, fault }]);
    assert_eq!(at, FIRST_PICTURE.as_millis());
}

#[tokio::test(start_paused = true)]
async fn a_name_is_not_found_as_soon_as_it_leads_inward() {
    for (to, kind) in [
        ("http://unknown.example/b.mp4", FaultKind::NameNotFound),
        ("http://inward.example/b.mp4", FaultKind::PrivateAddress),
    ] {
        let scene = redirected(Privacy::PublicOnly, to, |_| panic!("it was contacted"));
        let load = scene.opened.load;
        let (reported, at) = over(scene).await;
        let fault = elsewhere(kind);
        assert_eq!(reported, [RelayEvent::GaveUp { load, fault }], "{to}");
        assert_eq!(at, 0, "{to}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_busy_public_host_is_tried_as_always() {
    let scene = redirected(Privacy::PublicOnly, "http://cdn.example/b.mp4", |_| {
        answer(503, &[], b"")
    });
    let (reported, at) = over(scene).await;
    assert!(reported.len() > 5, "{reported:?}");
    assert_eq!(at, FIRST_PICTURE.as_millis());
}

#[tokio::test(start_paused = true)]
async fn a_picture_meanwhile_leaves_no_request_without_an_end() {
    let scene = redirected(Privacy::AllowPrivate, "http://10.0.0.1/b.mp4", |_| {
        answer(404, &[], b"")
    });
    let getting = scene.getting(None);
    pass(5).await;
    scene.relay.shown(scene.opened.load);
    let began = Instant::now();
    assert_eq!(getting.await.unwrap().status, 404);
    assert_eq!(began.elapsed() + Duration::from_secs(5), FIRST_PICTURE);
}

#[tokio::test(start_paused = true)]
async fn with_a_picture_trouble_is_reported_as_it_comes() {
    let scene = redirected(Privacy::AllowPrivate, "http://10.0.0.1/b.mp4", |_| {
        answer(404, &[], b"")
    });
    scene.relay.shown(scene.opened.load);
    let (_, at) = over(scene).await;
    assert_eq!(at, 0);
}

/// A failure that the player finds by itself must not be reported earlier than others, so the relay
/// first emits the order to delay it.
#[tokio::test(start_paused = true)]
async fn what_the_player_finds_wrong_with_another_hosts_file_waits_as_long() {
    for (privacy, to, delays) in [
        (Privacy::AllowPrivate, "http://10.0.0.1/b.mp4", true),
        (Privacy::AllowPrivate, "http://films.example/b.mp4", false),
        (Privacy::PublicOnly, "http://cdn.example/b.mp4", false),
    ] {
        let file = media_bytes(300_000);
        let mut scene = redirected(privacy, to, move |asked| served(&file, asked));
        let load = scene.opened.load;
        scene.get(Some("bytes=0-")).await;
        scene.get(Some("bytes=9-")).await;
        let fact = MediaFact::DelayFailure;
        let expected: &[_] = if delays {
            &[RelayEvent::Fact { load, fact }]
        } else {
            &[]
        };
        assert_eq!(scene.reported(), expected, "{to}");
        pass(30).await;
        let fault = MediaFault::here(FaultKind::TookTooLong);
        assert_eq!(
            scene.reported(),
            [RelayEvent::GaveUp { load, fault }],
            "{to}"
        );
    }
}

/// A list of the link's own host may lead to parts at another one.
#[tokio::test(start_paused = true)]
async fn a_part_at_another_host_is_no_quicker_way_to_look_at_it() {
    let list = b"#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\nhttp://10.0.0.1/0.ts\n";
    let origin = Origin::new(move |asked| match asked.path.as_str() {
        "/0.ts" => answer(200, &[], &media_bytes(5_000)),
        _ => answer(200, &[], list),
    });
    let mut config = config(&origin);
    config.privacy = SharedPrivacy::new(Privacy::AllowPrivate);
    let mut scene = Scene::with(config, origin, "http://films.example/a.m3u8");
    let text = scene.get(None).await.text();
    let part = text.lines().find(|line| line.contains("://")).unwrap();
    assert!(!scene.facts().contains(&MediaFact::DelayFailure));
    scene.ask(part, &[]).await;
    assert!(scene.facts().contains(&MediaFact::DelayFailure));
}
