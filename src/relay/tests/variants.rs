//! A master list some of whose lists cannot be fetched, and keys that cannot.

use super::scene::{Scene, elsewhere, here};
use crate::media::fault::FaultKind;
use crate::relay::RelayEvent;
use crate::test_support::origin::{Act, Asked, answer, served};

const LINK: &str = "http://films.example/film/master.m3u8";

const SEGMENTS: &[u8] = b"#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n0.ts\n#EXT-X-ENDLIST\n";

/// A master list of two variants and subtitles, for which `list` answers.
fn master(list: impl Fn(&Asked) -> Vec<Act> + Send + Sync + 'static) -> Scene {
    let text = "#EXTM3U\n\
        #EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID=\"s\",NAME=\"x\",URI=\"words.m3u8\"\n\
        #EXT-X-STREAM-INF:BANDWIDTH=1,SUBTITLES=\"s\"\nlow.m3u8\n\
        #EXT-X-STREAM-INF:BANDWIDTH=2,SUBTITLES=\"s\"\nhigh.m3u8\n";
    Scene::of(LINK, move |asked| match asked.path.as_str() {
        "/film/master.m3u8" => served(text.as_bytes(), asked),
        _ => list(asked),
    })
}

/// The status that the player gets for each list.
async fn statuses(scene: &Scene) -> Vec<u16> {
    let text = scene.get(Some("bytes=0-")).await.text();
    let mut statuses = Vec::new();
    for piece in text.split("http://").skip(1) {
        let address = piece.split(['"', '\n']).next().unwrap();
        let got = scene.ask(&format!("http://{address}"), &[]).await;
        statuses.push(got.status);
    }
    statuses
}

#[tokio::test(start_paused = true)]
async fn a_dead_variant_or_subtitle_list_is_left_out() {
    for status in [200, 403, 404, 410, 418, 500, 503] {
        let mut scene = master(move |asked| match asked.path.as_str() {
            "/film/low.m3u8" => served(SEGMENTS, asked),
            _ => answer(status, &[], b"<!doctype html>"),
        });
        let expected = [404, 200, 200];
        assert_eq!(statuses(&scene).await, expected, "{status}");
        let reported = scene.reported();
        let is_over = |event: &RelayEvent| matches!(event, RelayEvent::GaveUp { .. });
        assert!(!reported.iter().any(is_over), "{status}: {reported:?}");
        assert_eq!(scene.moments().last(), Some(&0), "nothing is waited for");
    }
}

#[tokio::test(start_paused = true)]
async fn a_list_of_lists_within_another_is_refused() {
    let itself = "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nmaster.m3u8\n";
    let mut scene = Scene::of(LINK, move |asked| served(itself.as_bytes(), asked));
    assert_eq!(statuses(&scene).await, [502]);
    assert_eq!(scene.gave_up(), here(FaultKind::Circle));
}

#[tokio::test(start_paused = true)]
async fn lists_count_among_the_requests_before_the_first_picture() {
    let one = "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nlow.m3u8\n";
    let mut scene = Scene::of(LINK, move |asked| match asked.path.as_str() {
        "/film/master.m3u8" => served(one.as_bytes(), asked),
        _ => served(SEGMENTS, asked),
    });
    for _ in 0..24 {
        assert_eq!(statuses(&scene).await, [200]);
    }
    let text = scene.get(None).await.text();
    let address = text.lines().last().unwrap();
    assert_eq!(scene.ask(address, &[]).await.status, 200);
    assert_eq!(scene.ask(address, &[]).await.status, 502);
    assert_eq!(scene.gave_up(), here(FaultKind::TookTooLong));
    assert_eq!(scene.moments().len(), 50);
}

#[tokio::test(start_paused = true)]
async fn a_variant_that_leads_inward_is_left_out_and_not_contacted() {
    let scene = master(|asked| match asked.path.as_str() {
        "/film/low.m3u8" => served(SEGMENTS, asked),
        "/film/high.m3u8" => answer(302, &[("Location", "http://10.0.0.1/")], b""),
        "/film/words.m3u8" => answer(404, &[], b""),
        other => panic!("{other} was asked for"),
    });
    assert_eq!(statuses(&scene).await, [404, 200, 200]);
    let verdict = scene.relay.verdict(scene.opened.load);
    assert_eq!(verdict, Some(elsewhere(FaultKind::PrivateAddress)));
}

#[tokio::test(start_paused = true)]
async fn where_no_list_can_be_had_the_player_is_told_why() {
    for (status, kind) in [
        (404, FaultKind::PartsMissing),
        (403, FaultKind::PartsMissing),
        (503, FaultKind::Busy),
    ] {
        let scene = master(move |_| answer(status, &[], b""));
        assert_eq!(statuses(&scene).await, [404, 404, 404]);
        let verdict = scene.relay.verdict(scene.opened.load);
        assert_eq!(verdict, Some(here(kind)), "{status}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_list_that_is_silent_costs_one_wait() {
    let scene = master(|asked| match asked.path.as_str() {
        "/film/high.m3u8" => vec![Act::Hang],
        _ => served(SEGMENTS, asked),
    });
    assert_eq!(statuses(&scene).await, [200, 200, 200]);
    assert_eq!(scene.moments(), [0, 0, 0, 0, 10]);
    let paths: Vec<String> = {
        let asked = scene.origin.asked.lock().unwrap();
        asked.iter().map(|asked| asked.path.clone()).collect()
    };
    assert_eq!(paths[4], "/film/low.m3u8", "it stands in");
    // When the player requests it again, as for a growing list, the dead one is not tried again.
    scene.relay.shown(scene.opened.load);
    assert_eq!(statuses(&scene).await, [200, 200, 200]);
    assert_eq!(scene.moments()[5..], [10, 10, 10, 10]);
}

#[tokio::test(start_paused = true)]
async fn the_only_list_is_waited_for() {
    let text = "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nlow.m3u8\n";
    let scene = Scene::of(LINK, move |asked| match asked.nth {
        0 => served(text.as_bytes(), asked),
        1..=3 => answer(503, &[], b""),
        _ => served(SEGMENTS, asked),
    });
    assert_eq!(statuses(&scene).await, [200]);
    assert_eq!(scene.moments(), [0, 0, 0, 2, 5]);
}

#[tokio::test(start_paused = true)]
async fn a_key_that_cannot_be_had_is_reported_as_that() {
    for (key, status) in [("k", 404), ("k", 403), ("k", 401), ("skd://k", 200)] {
        let list = format!(
            "#EXTM3U\n#EXT-X-TARGETDURATION:2\n\
             #EXT-X-KEY:METHOD=AES-128,URI=\"{key}\"\n#EXTINF:2,\n0.ts\n"
        );
        let mut scene = Scene::of(LINK, move |asked| match asked.path.as_str() {
            "/film/master.m3u8" => served(list.as_bytes(), asked),
            _ => answer(status, &[], b""),
        });
        let text = scene.get(None).await.text();
        let (_, rest) = text.split_once("URI=\"").unwrap();
        let address = rest.split('"').next().unwrap();
        scene.ask(address, &[]).await;
        assert_eq!(
            scene.gave_up(),
            here(FaultKind::PartsMissing),
            "{key} {status}"
        );
    }
}
