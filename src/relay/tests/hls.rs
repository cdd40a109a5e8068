//! HLS lists and their parts through the relay.

use super::scene::{Scene, elsewhere, here};
use crate::media::fault::FaultKind;
use crate::relay::MediaFact;
use crate::relay::restamp::first_stamp;
use crate::relay::restamp::tests::packet;
use crate::test_support::origin::{Act, Asked, answer, cut, served};

const LINK: &str = "http://films.example/film/list.m3u8";

/// A segment that looks like MPEG-TS.
const SEGMENT: &[u8] = b"\x47\x40\x11\x10\x00\x42\xf0\x25";

fn list(parts: &str) -> String {
    format!("#EXTM3U\n#EXT-X-TARGETDURATION:2\n{parts}#EXT-X-ENDLIST\n")
}

/// Media of five segments, for which `part` answers.
fn five(part: impl Fn(&Asked) -> Vec<Act> + Send + Sync + 'static) -> Scene {
    let parts: String = ["0", "1", "2", "3", "4"]
        .map(|n| ["#EXTINF:2,\n", n, ".ts\n"].concat())
        .concat();
    let list = list(&parts);
    Scene::of(LINK, move |asked| match asked.path.as_str() {
        "/film/list.m3u8" => served(list.as_bytes(), asked),
        _ => part(asked),
    })
}

/// The addresses in a list.
async fn addresses(scene: &Scene) -> Vec<String> {
    let got = scene.get(Some("bytes=0-")).await;
    assert_eq!(got.status, 200);
    let lines = got.text();
    let named = lines.lines().filter(|line| !line.starts_with('#'));
    named.map(str::to_owned).collect()
}

#[tokio::test(start_paused = true)]
async fn a_list_and_its_parts_come_through() {
    let mut scene = five(|asked| served(SEGMENT, asked));
    let addresses = addresses(&scene).await;
    assert_eq!(addresses.len(), 5);
    for address in &addresses {
        let got = scene.ask(address, &[("range", "bytes=0-")]).await;
        assert_eq!(got.body, SEGMENT);
    }
    let asked = scene.origin.asked.lock().unwrap().clone();
    assert_eq!(asked.last().unwrap().path, "/film/4.ts");
    assert_eq!(
        asked.last().unwrap().range(),
        None,
        "parts are asked for whole"
    );
    let got = scene.ask(&addresses[0], &[("range", "bytes=2-3")]).await;
    assert_eq!((got.status, &got.body[..]), (206, &SEGMENT[2..4]));
    assert_eq!(scene.facts(), [MediaFact::Live(false)]);
}

#[tokio::test(start_paused = true)]
async fn a_broken_part_is_mended() {
    let big = [SEGMENT, &vec![1; 90_000]].concat();
    let expected = big.clone();
    let mut scene = five(move |asked| match asked.nth {
        1 => cut(&served(&big, asked), 50_000),
        2 => answer(503, &[], b""),
        _ => served(&big, asked),
    });
    let addresses = addresses(&scene).await;
    let got = scene.ask(&addresses[0], &[]).await;
    assert!(got.body == expected && !got.broken, "other bytes");
    assert_eq!(scene.ranges()[3], Some((50_000, 90_007)));
    assert_eq!(scene.moments(), [0, 0, 0, 2]);
    assert_eq!(scene.reported().len(), 3, "the list, the trouble, its end");
}

#[tokio::test(start_paused = true)]
async fn one_missing_part_is_passed_on_and_reported() {
    let mut scene = five(|asked| match asked.path.as_str() {
        "/film/1.ts" => answer(404, &[], b""),
        "/film/3.ts" => answer(200, &[], b""),
        _ => served(SEGMENT, asked),
    });
    let mut statuses = Vec::new();
    for address in addresses(&scene).await {
        statuses.push(scene.ask(&address, &[]).await.status);
    }
    assert_eq!(statuses, [200, 404, 200, 404, 200]);
    let fault = here(FaultKind::PartsMissing);
    let missing = |index| MediaFact::PartMissing { index, fault };
    let gap = |from: i64| MediaFact::Gap {
        from: Some(from * 1_000_000),
        length: 2_000_000,
    };
    assert_eq!(
        scene.facts(),
        [
            MediaFact::Live(false),
            missing(1),
            gap(2),
            missing(3),
            gap(6)
        ]
    );
    assert_eq!(
        scene.relay.verdict(scene.opened.load),
        Some(here(FaultKind::PartsMissing)),
        "the reason, if the player gives up"
    );
}

#[tokio::test(start_paused = true)]
async fn a_missing_part_that_is_asked_for_again_and_again_is_one() {
    let mut scene = five(|asked| match asked.path.as_str() {
        "/film/1.ts" => answer(404, &[], b""),
        _ => served(SEGMENT, asked),
    });
    let addresses = addresses(&scene).await;
    for _ in 0..40 {
        assert_eq!(scene.ask(&addresses[1], &[]).await.status, 404);
    }
    assert_eq!(scene.ask(&addresses[2], &[]).await.status, 200);
    assert_eq!(scene.facts().len(), 3, "the list's kind, one part, a gap");
    assert_eq!(scene.moments().len(), 3, "the list and two parts");
}

#[tokio::test(start_paused = true)]
async fn media_whose_parts_are_all_missing_is_given_up() {
    let mut scene = five(|_| answer(404, &[], b""));
    for address in addresses(&scene).await {
        assert_eq!(scene.ask(&address, &[]).await.status, 404);
    }
    assert_eq!(scene.gave_up(), here(FaultKind::PartsMissing));
}

#[tokio::test(start_paused = true)]
async fn a_part_that_is_refused_ends_the_load() {
    let mut scene = five(|_| answer(403, &[], b""));
    let addresses = addresses(&scene).await;
    assert_eq!(scene.ask(&addresses[0], &[]).await.status, 403);
    assert_eq!(scene.gave_up(), here(FaultKind::Refused));
}

#[tokio::test(start_paused = true)]
async fn parts_that_lead_inward_are_not_fetched() {
    let inward = [
        "http://127.0.0.1:8080/a.ts",
        "http://inward.example/a.ts",
        "http://cdn.example/leads-inward.ts",
    ];
    for part in inward {
        for line in [
            format!("#EXTINF:2,\n{part}\n"),
            format!("#EXT-X-KEY:METHOD=AES-128,URI=\"{part}\"\n#EXTINF:2,\nfile:///etc/passwd\n"),
            format!("#EXT-X-MAP:URI=\"{part}\"\n#EXTINF:2,\na.ts\n"),
            format!("#EXT-X-STREAM-INF:BANDWIDTH=1\n{part}\n"),
        ] {
            let list = list(&line);
            let mut scene = Scene::of(LINK, move |asked| match asked.path.as_str() {
                "/film/list.m3u8" => served(list.as_bytes(), asked),
                "/leads-inward.ts" => answer(302, &[("Location", "http://10.0.0.1/")], b""),
                other => panic!("{other} was asked for"),
            });
            let text = scene.get(None).await.text();
            let start = text.find("http://").unwrap();
            let address = text[start..].split(['"', '\n']).next().unwrap();
            scene.ask(address, &[]).await;
            assert_eq!(
                scene.gave_up(),
                elsewhere(FaultKind::PrivateAddress),
                "{line}"
            );
        }
    }
}

#[tokio::test(start_paused = true)]
async fn what_parts_serve_is_looked_at_too() {
    let bodies: [&[u8]; 3] = [
        b"v=0\r\nc=IN IP4 239.0.0.1\r\n",
        b"#EXTM3U\n#EXT-X-VERSION:3\n#EXTINF:2,\nfile:///etc/passwd\n",
        b"ffconcat version 1.0\nfile 'http://10.0.0.1/a'\n",
    ];
    for body in bodies {
        let mut scene = five(move |asked| served(body, asked));
        let addresses = addresses(&scene).await;
        let got = scene.ask(&addresses[0], &[]).await;
        assert!(got.body.is_empty(), "{got:?}");
        assert_eq!(scene.gave_up(), here(FaultKind::ForbiddenContent));
        // The player treats a range of a file as a file of its own.
        let mut scene = five(move |asked| served(&[SEGMENT, body].concat(), asked));
        let addresses = self::addresses(&scene).await;
        let got = scene.ask(&addresses[0], &[("range", "bytes=8-99")]).await;
        assert!(got.body.is_empty(), "{got:?}");
        assert_eq!(scene.gave_up(), here(FaultKind::ForbiddenContent));
    }
}

#[tokio::test(start_paused = true)]
async fn a_live_list_is_fetched_anew_and_says_when_its_first_segment_was() {
    let mut scene = Scene::of(LINK, |asked| match asked.path.as_str() {
        "/film/list.m3u8" => {
            let first = asked.nth;
            let list = format!(
                "#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:{first}\n\
                 #EXT-X-PROGRAM-DATE-TIME:1970-01-01T00:00:{:02}Z\n\
                 #EXTINF:2,\n{first}.ts\n#EXTINF:2,\n{}.ts\n",
                10 + 2 * first,
                first + 1
            );
            answer(200, &[("ETag", &format!("\"{first}\""))], list.as_bytes())
        }
        _ => served(SEGMENT, asked),
    });
    let first = addresses(&scene).await;
    let second = addresses(&scene).await;
    assert_eq!(first[1], second[0], "the same part has the same address");
    assert_eq!(scene.facts(), [MediaFact::Live(true)]);
    scene.ask(&first[1], &[]).await;
    scene.ask(&second[1], &[]).await;
    let micros = 12_000_000;
    assert_eq!(scene.facts(), [MediaFact::LiveOrigin { micros }]);
}

#[tokio::test(start_paused = true)]
async fn a_live_list_that_fails_for_a_moment_is_tried_again() {
    let live = "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n0.ts\n";
    let mut scene = Scene::of(LINK, move |asked| match asked.nth {
        1 => answer(503, &[], b""),
        2 => cut(&answer(200, &[], live.as_bytes()), 20),
        _ => answer(200, &[], live.as_bytes()),
    });
    addresses(&scene).await;
    scene.relay.shown(scene.opened.load);
    assert_eq!(addresses(&scene).await.len(), 1);
    assert_eq!(scene.moments(), [0, 0, 0, 2]);
    let reported = scene.reported();
    assert_eq!(reported.len(), 4, "{reported:?}");
}

#[tokio::test(start_paused = true)]
async fn a_cookie_that_came_with_the_list_goes_back_with_its_parts() {
    let scene = Scene::of(LINK, |asked| match asked.path.as_str() {
        "/film/list.m3u8" => {
            let list = list("#EXTINF:2,\n0.ts\n#EXTINF:2,\nhttp://cdn.example/1.ts\n");
            answer(200, &[("Set-Cookie", "token=5; Path=/")], list.as_bytes())
        }
        _ => served(SEGMENT, asked),
    });
    for address in addresses(&scene).await {
        scene.ask(&address, &[]).await;
    }
    let asked = scene.origin.asked.lock().unwrap();
    let cookies: Vec<_> = asked.iter().map(|asked| asked.header("cookie")).collect();
    assert_eq!(cookies, [None, Some("token=5"), None]);
}

#[tokio::test(start_paused = true)]
async fn cookies_and_passwords_stay_with_their_scheme_host_and_port() {
    let scene = Scene::of(LINK, |asked| match asked.path.as_str() {
        "/film/list.m3u8" => {
            let list = list("#EXTINF:2,\n0.ts\n#EXTINF:2,\nhttp://films.example:81/1.ts\n");
            answer(200, &[("Set-Cookie", "token=5")], list.as_bytes())
        }
        _ => served(SEGMENT, asked),
    });
    for address in addresses(&scene).await {
        scene
            .ask(&address, &[("authorization", "Basic eA==")])
            .await;
    }
    let asked = scene.origin.asked.lock().unwrap();
    let reported: Vec<_> = asked[1..]
        .iter()
        .map(|asked| (asked.header("cookie"), asked.header("authorization")))
        .collect();
    assert_eq!(
        reported,
        [(Some("token=5"), Some("Basic eA==")), (None, None)]
    );
}

/// Media of two sections of two segments each. The time stamps of the first begin at 1 s, those of
/// the second at `second`.
fn two_sections(second: i64) -> Scene {
    Scene::of(LINK, move |asked| {
        let at = match asked.path.as_str() {
            "/film/0.ts" => 1,
            "/film/1.ts" => 3,
            "/film/2.ts" => second,
            "/film/3.ts" => second + 2,
            _ => {
                let parts = "#EXTINF:2,\n0.ts\n#EXTINF:2,\n1.ts\n#EXT-X-DISCONTINUITY\n\
                    #EXTINF:2,\n2.ts\n#EXTINF:2,\n3.ts\n";
                return served(list(parts).as_bytes(), asked);
            }
        };
        served(&packet(at * 90_000).repeat(40), asked)
    })
}

#[tokio::test(start_paused = true)]
async fn time_stamps_that_jump_at_a_discontinuity_go_on_for_the_player() {
    for (second, changed) in [(5, false), (0, true), (481, true)] {
        let scene = two_sections(second);
        let mut stamps = Vec::new();
        let addresses = addresses(&scene).await;
        let looked_at = scene.ranges()[1..].to_vec();
        assert_eq!(looked_at, [Some((0, 4_095)); 2], "both sides of it");
        for address in &addresses {
            let got = scene.ask(address, &[]).await;
            assert_eq!(got.body.len(), 40 * 188);
            let seconds = |packet| first_stamp(packet).unwrap() / 90_000;
            let seconds: Vec<i64> = got.body.chunks(188).map(seconds).collect();
            assert!(seconds.iter().all(|it| *it == seconds[0]), "{seconds:?}");
            stamps.push(seconds[0]);
        }
        assert_eq!(stamps, [1, 3, 5, 7], "{second}");
        let whole = scene.ask(&addresses[2], &[]).await;
        let original = packet(second * 90_000).repeat(40);
        assert_eq!(whole.body != original, changed, "{second}");
        assert_eq!(self::addresses(&scene).await, addresses);
        assert_eq!(scene.ranges().len(), 1 + 2 + 5 + 1, "it is looked at once");
    }
}

#[tokio::test(start_paused = true)]
async fn a_part_whose_stamps_are_moved_is_mended_where_it_breaks() {
    let scene = Scene::of(LINK, |asked| match asked.path.as_str() {
        "/film/list.m3u8" => {
            let parts = "#EXTINF:2,\n0.ts\n#EXT-X-DISCONTINUITY\n#EXTINF:2,\n1.ts\n";
            served(list(parts).as_bytes(), asked)
        }
        "/film/1.ts" if asked.nth == 3 => cut(&served(&packet(0).repeat(40), asked), 5_000),
        _ => served(&packet(0).repeat(40), asked),
    });
    let addresses = addresses(&scene).await;
    let got = scene.ask(&addresses[1], &[]).await;
    assert!(!got.broken);
    assert_eq!(scene.ranges().last(), Some(&Some((5_000, 7_519))));
    assert!(got.body == packet(180_000).repeat(40), "other bytes");
    let got = scene
        .ask(&addresses[1], &[("range", "bytes=188-400")])
        .await;
    assert!(got.body[..188] == packet(180_000), "a part of it");
    assert_eq!((got.status, got.body.len()), (206, 213));
}

#[tokio::test(start_paused = true)]
async fn a_list_whose_stamps_cannot_be_looked_at_is_left_as_it_is() {
    for fails in [true, false] {
        let scene = Scene::of(LINK, move |asked| match asked.path.as_str() {
            "/film/list.m3u8" => {
                let parts = "#EXTINF:2,\n0.ts\n#EXT-X-DISCONTINUITY\n#EXTINF:2,\n1.ts\n";
                served(list(parts).as_bytes(), asked)
            }
            _ if asked.nth < 3 && fails => answer(503, &[], b""),
            _ if asked.nth < 3 => vec![Act::Hang],
            _ => served(&packet(0).repeat(40), asked),
        });
        for address in addresses(&scene).await {
            let got = scene.ask(&address, &[]).await;
            assert!(got.body == packet(0).repeat(40), "other bytes");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_list_that_is_too_long_is_refused() {
    let long = "#EXTM3U\n#EXT-X-VERSION:3\n".to_owned() + &"#EXTINF:2,\na.ts\n".repeat(70_000);
    let mut scene = Scene::of(LINK, move |asked| served(long.as_bytes(), asked));
    scene.get(Some("bytes=0-")).await;
    assert_eq!(scene.gave_up(), here(FaultKind::ForbiddenContent));
}
