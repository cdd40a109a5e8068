//! Where a link may lead: redirects, private addresses, and at which host a fault then is.

use super::scene::{LINK, Scene, config, elsewhere, here};
use crate::media::fault::FaultKind;
use crate::media::policy::Privacy;
use crate::relay::SharedPrivacy;
use crate::test_support::origin::{Act, Asked, Origin, answer, media_bytes, served};

/// A link that redirects to `to`, where `then` answers.
fn redirected(
    to: &'static str,
    then: impl Fn(&Asked) -> Vec<Act> + Send + Sync + 'static,
) -> Scene {
    Scene::new(move |asked| {
        if asked.path.starts_with("/a/film.mp4") {
            answer(302, &[("Location", to)], b"")
        } else {
            then(asked)
        }
    })
}

#[tokio::test(start_paused = true)]
async fn a_redirect_is_followed_and_remembered() {
    let media_bytes = media_bytes(5_000);
    let served_bytes = media_bytes.clone();
    let scene = redirected("http://cdn.example/b.mp4", move |asked| {
        served(&served_bytes, asked)
    });
    assert!(
        scene.get(Some("bytes=0-")).await.body == media_bytes,
        "other bytes"
    );
    assert!(
        scene.get(Some("bytes=9-")).await.body == media_bytes[9..],
        "other bytes"
    );
    let asked = scene.origin.asked.lock().unwrap();
    let paths: Vec<&str> = asked.iter().map(|asked| asked.path.as_str()).collect();
    assert_eq!(paths, ["/a/film.mp4?sig=secret", "/b.mp4", "/b.mp4"]);
    assert_eq!(asked[1].to, "93.184.216.35:80".parse().unwrap());
}

#[tokio::test(start_paused = true)]
async fn a_place_that_expired_is_asked_for_anew() {
    let media_bytes = media_bytes(5_000);
    let served_bytes = media_bytes.clone();
    let scene = Scene::new(move |asked| match asked.nth {
        0 => answer(302, &[("Location", "/once.mp4")], b""),
        1 | 5 => served(&served_bytes, asked),
        4 => answer(302, &[("Location", "/twice.mp4")], b""),
        _ => answer(403, &[], b""),
    });
    scene.get(Some("bytes=0-")).await;
    assert!(
        scene.get(Some("bytes=9-")).await.body == media_bytes[9..],
        "other bytes"
    );
}

#[tokio::test(start_paused = true)]
async fn nothing_on_the_way_reaches_a_private_address() {
    for to in [
        "http://127.0.0.1:8080/a.mp4",
        "http://[::1]/a.mp4",
        "http://192.168.1.1/a.mp4",
        "http://localhost/a.mp4",
        "http://router/a.mp4",
        "http://nas.local/a.mp4",
        "http://inward.example/a.mp4",
        "https://inward.example/a.mp4",
        "http://[::ffff:10.0.0.1]/a.mp4",
        "http://2130706433/a.mp4",
    ] {
        let mut scene = redirected(to, |_| panic!("it was contacted"));
        scene.get(None).await;
        assert_eq!(
            scene.gave_up(),
            elsewhere(FaultKind::PrivateAddress),
            "{to}"
        );
        assert_eq!(scene.origin.dialed.lock().unwrap().len(), 1, "{to}");
    }
    let mut scene = Scene::of("http://inward.example/a.mp4", |_| {
        panic!("it was contacted")
    });
    scene.get(None).await;
    assert_eq!(scene.gave_up(), elsewhere(FaultKind::PrivateAddress));
}

#[tokio::test(start_paused = true)]
async fn of_a_names_addresses_only_public_ones_are_contacted() {
    let media_bytes = media_bytes(100);
    let scene = Scene::of("http://mixed.example/a.mp4", move |asked| {
        served(&media_bytes, asked)
    });
    assert_eq!(scene.get(None).await.status, 200);
    let asked = scene.origin.asked.lock().unwrap();
    assert_eq!(asked[0].to, "93.184.216.36:80".parse().unwrap());
}

#[tokio::test(start_paused = true)]
async fn a_member_may_allow_their_own_network() {
    let media_bytes = media_bytes(100);
    let origin = Origin::new(move |asked| served(&media_bytes, asked));
    let mut config = config(&origin);
    config.privacy = SharedPrivacy::new(Privacy::AllowPrivate);
    let scene = Scene::with(config, origin, "http://192.168.0.7:8080/a.mp4");
    assert_eq!(scene.get(None).await.status, 200);
}

#[tokio::test(start_paused = true)]
async fn behind_a_redirect_to_another_host_everything_is_elsewhere() {
    let origin = |status: u16| {
        move |asked: &Asked| match (asked.path.as_str(), status) {
            ("/a/film.mp4?sig=secret", _) => {
                answer(302, &[("Location", "http://10.0.0.1/b.mp4")], b"")
            }
            (_, 0) => vec![Act::Close],
            (_, 200) => answer(200, &[], b"<html>"),
            _ => answer(status, &[], b""),
        }
    };
    let cases = [
        (0, FaultKind::ClosedUnanswered),
        (401, FaultKind::PasswordAsked),
        (404, FaultKind::Gone),
        (200, FaultKind::WebPage),
    ];
    for (status, kind) in cases {
        let origin = Origin::new(origin(status));
        let mut config = config(&origin);
        config.privacy = SharedPrivacy::new(Privacy::AllowPrivate);
        let mut scene = Scene::with(config, origin, LINK);
        scene.get(None).await;
        assert_eq!(scene.gave_up(), elsewhere(kind), "{status}");
    }
    let mut scene = redirected("http://unknown.example/b.mp4", |_| vec![Act::Close]);
    scene.get(None).await;
    assert_eq!(scene.gave_up(), elsewhere(FaultKind::NameNotFound));
    let mut scene = redirected("https://films.example/b.mp4", |_| {
        vec![Act::Send(b"HTTP/1.1 400 Bad\r\n\r\n".to_vec()), Act::Close]
    });
    scene.get(None).await;
    let fault = scene.gave_up();
    assert!(!fault.elsewhere, "the same host, by TLS");
}

#[tokio::test(start_paused = true)]
async fn circles_and_ways_out_of_the_web_are_known() {
    let mut scene = Scene::new(|_| answer(302, &[("Location", LINK)], b""));
    scene.get(None).await;
    assert_eq!(scene.gave_up(), here(FaultKind::Circle));
    let onward = |asked: &Asked| {
        let next = format!("/{}.mp4", asked.nth);
        answer(302, &[("Location", &next)], b"")
    };
    let mut scene = Scene::new(onward);
    scene.get(None).await;
    assert_eq!(scene.gave_up(), here(FaultKind::Circle));
    assert_eq!(scene.moments().len(), 11, "ten redirects are followed");
    for to in [
        "file:///etc/passwd",
        "rtmp://films.example/a",
        "http://user:word@films.example/a.mp4",
        "http://",
        "data:video/mp4,a",
    ] {
        let mut scene = redirected(to, |_| panic!("it was followed"));
        scene.get(None).await;
        assert_eq!(scene.gave_up(), here(FaultKind::NotWeb), "{to}");
    }
    let mut scene = Scene::new(|_| answer(302, &[], b""));
    scene.get(None).await;
    assert_eq!(scene.gave_up(), here(FaultKind::NotWeb));
}

/// The response of a server that sends `media_bytes` only to a client that returns its cookie.
fn with_cookie(media_bytes: &[u8], asked: &Asked) -> Vec<Act> {
    if asked.header("cookie") == Some("seen=1") {
        return served(media_bytes, asked);
    }
    let cookie = ("Set-Cookie", "seen=1; Path=/");
    answer(302, &[("Location", LINK), cookie], b"")
}

#[tokio::test(start_paused = true)]
async fn a_cookie_that_a_redirect_sets_allows_another_visit() {
    let media_bytes = media_bytes(5_000);
    let served_bytes = media_bytes.clone();
    let scene = Scene::new(move |asked| with_cookie(&served_bytes, asked));
    let got = scene.get(Some("bytes=0-")).await;
    assert!(got.body == media_bytes, "other bytes: {}", got.status);
    assert_eq!(scene.moments().len(), 2);
    // By way of another page, as with a login page.
    let served_bytes = media_bytes.clone();
    let scene = Scene::new(move |asked| match asked.path.as_str() {
        "/gate" => with_cookie(&served_bytes, asked),
        _ if asked.header("cookie").is_none() => answer(302, &[("Location", "/gate")], b""),
        _ => served(&served_bytes, asked),
    });
    assert!(scene.get(None).await.body == media_bytes, "other bytes");
    // A cookie that is new each time still makes a loop, and so does one that changes nothing.
    for (each, requests) in [(true, 11), (false, 2)] {
        let mut scene = Scene::new(move |asked| {
            let value = if each { asked.nth } else { 7 };
            let cookie = format!("seen={value}");
            answer(302, &[("Location", LINK), ("Set-Cookie", &cookie)], b"")
        });
        scene.get(None).await;
        assert_eq!(scene.gave_up(), here(FaultKind::Circle));
        assert_eq!(scene.moments().len(), requests);
    }
}
