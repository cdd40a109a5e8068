//! Lists before and after they are rewritten.

use url::Url;

use super::{Discontinuity, LONGEST_WRITTEN, MOST_LISTS, RewrittenPlaylist, rewrite};
use crate::relay::LoadId;
use crate::relay::address::{BaseAddress, ListPart, PartKind, read};

const SECRET: &str = "0123456789abcdef0123456789abcdef";
const AT: &str = "https://films.example/film/list.m3u8?token=1";

fn rewritten(text: &str) -> RewrittenPlaylist {
    let base = BaseAddress::new(4_000, SECRET, LoadId(1));
    rewrite(text, &Url::parse(AT).unwrap(), &base, &[]).unwrap()
}

/// The parts behind all addresses of a list, in their order. Panics at any address that is
/// not the relay's.
fn parts(text: &str) -> Vec<ListPart> {
    let addresses = text.lines().filter_map(|line| {
        if line.starts_with('#') {
            let (_, uri) = line.split_once("URI=\"")?;
            uri.split('"').next()
        } else {
            Some(line)
        }
    });
    let part = |address: &str| {
        let url = Url::parse(address).unwrap();
        assert_eq!(url.host_str(), Some("127.0.0.1"), "{address}");
        read(url.path(), SECRET).unwrap().part.unwrap()
    };
    addresses.map(part).collect()
}

/// The kinds and original addresses of the parts.
fn places(text: &str) -> Vec<(PartKind, Option<String>)> {
    parts(text)
        .into_iter()
        .map(|part| (part.kind, part.url.map(String::from)))
        .collect()
}

fn at(kind: PartKind, url: &str) -> (PartKind, Option<String>) {
    (kind, Some(url.to_owned()))
}

#[test]
fn segments_keys_and_maps_become_the_relays() {
    let list = "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:2\n\
        #EXT-X-KEY:METHOD=AES-128,URI=\"key.bin\",IV=0x01\n\
        #EXT-X-MAP:URI=\"/init.mp4\",BYTERANGE=\"800@0\"\n\
        #EXTINF:2.0,title, with http://in.it\nseg0.ts\n\
        #EXT-X-BYTERANGE:100@200\n#EXTINF:2,\n//cdn.example/seg1.ts\n\
        #EXTINF:2,\nhttp://other.example:8080/a/../seg2.ts?x=1\n#EXT-X-ENDLIST\n";
    let RewrittenPlaylist { text, live, .. } = rewritten(list);
    assert_eq!(live, Some(false));
    let expected = [
        at(PartKind::Key, "https://films.example/film/key.bin"),
        at(PartKind::Map, "https://films.example/init.mp4"),
        at(PartKind::Segment, "https://films.example/film/seg0.ts"),
        at(PartKind::Segment, "https://cdn.example/seg1.ts"),
        at(PartKind::Segment, "http://other.example:8080/seg2.ts?x=1"),
    ];
    assert_eq!(places(&text), expected);
    for kept in [
        "BYTERANGE=\"800@0\"",
        "METHOD=AES-128",
        "IV=0x01",
        "#EXT-X-BYTERANGE:100@200\n",
        "#EXTINF:2.0,title, with http://in.it\n",
        "#EXT-X-ENDLIST\n",
    ] {
        assert!(text.contains(kept), "{kept} in {text}");
    }
}

#[test]
fn a_list_of_lists_names_the_relays_lists() {
    let list = "#EXTM3U\n\
        #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"a\",NAME=\"English\",URI=\"audio/en.m3u8\"\n\
        #EXT-X-MEDIA:TYPE=CLOSED-CAPTIONS,GROUP-ID=\"c\",NAME=\"CC\",INSTREAM-ID=\"CC1\"\n\
        #EXT-X-SESSION-KEY:METHOD=AES-128,URI=\"https://keys.example/k\"\n\
        #EXT-X-STREAM-INF:BANDWIDTH=100,CODECS=\"avc1.4,mp4a.40\",AUDIO=\"a\"\nlow.m3u8\n\
        #EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=1,URI=\"frames.m3u8\"\n";
    let RewrittenPlaylist {
        text, live, lists, ..
    } = rewritten(list);
    assert_eq!((live, lists), (None, 2), "one variant and its sound");
    let expected = [
        at(PartKind::List, "https://films.example/film/audio/en.m3u8"),
        at(PartKind::Key, "https://keys.example/k"),
        at(PartKind::List, "https://films.example/film/low.m3u8"),
        at(PartKind::List, "https://films.example/film/frames.m3u8"),
    ];
    assert_eq!(places(&text), expected);
    assert!(text.contains("CODECS=\"avc1.4,mp4a.40\""), "{text}");
    assert!(text.contains("INSTREAM-ID=\"CC1\""), "{text}");
}

#[test]
fn a_list_that_grows_and_keeps_everything_begins_at_its_start() {
    let segments = "#EXTINF:2,\na.ts\n#EXTINF:2,\nb.ts\n";
    for (head, tail, marked) in [
        ("", "", true),
        ("#EXT-X-PLAYLIST-TYPE:EVENT\n", "", true),
        (
            "#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-START:TIME-OFFSET=-6\n",
            "",
            true,
        ),
        ("#EXT-X-MEDIA-SEQUENCE:1\n", "", false),
        ("#EXT-X-PROGRAM-DATE-TIME:2026-11-27T00:00:00Z\n", "", false),
        (
            "#EXT-X-PLAYLIST-TYPE:EVENT\n#EXT-X-PROGRAM-DATE-TIME:2026-11-27T00:00:00Z\n",
            "",
            true,
        ),
        (
            "#EXT-X-PLAYLIST-TYPE:EVENT\n#EXT-X-MEDIA-SEQUENCE:7\n",
            "",
            true,
        ),
        ("#EXT-X-PLAYLIST-TYPE:EVENT\n", "#EXT-X-ENDLIST\n", false),
        ("", "#EXT-X-ENDLIST\n", false),
        ("#EXT-X-PLAYLIST-TYPE:VOD\n", "", false),
    ] {
        let text = rewritten(&format!("#EXTM3U\n{head}{segments}{tail}")).text;
        let is_marked = text.ends_with("#EXT-X-START:TIME-OFFSET=0\n");
        assert_eq!(is_marked, marked, "{text}");
    }
    let master = rewritten("#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\na.m3u8\n").text;
    assert!(!master.contains("EXT-X-START"), "{master}");
}

#[test]
fn discontinuities_of_a_list_that_is_whole_and_clear_are_reported() {
    let place = |name: &str| Url::parse(AT).unwrap().join(name).unwrap();
    let found = |head: &str, tail: &str| {
        let parts = "#EXT-X-DISCONTINUITY\n#EXTINF:2,\n0.ts\n#EXTINF:1.5,\n1.ts\n\
            #EXT-X-DISCONTINUITY\n#EXT-X-DISCONTINUITY\n#EXTINF:2,\n2.ts\n\
            #EXT-X-DISCONTINUITY\n#EXTINF:2,\n3.ts\n#EXT-X-DISCONTINUITY\n";
        rewritten(&format!("#EXTM3U\n{head}{parts}{tail}")).discontinuities
    };
    let expected = [
        Discontinuity {
            last: place("1.ts"),
            length: 1_500_000,
            first: place("2.ts"),
        },
        Discontinuity {
            last: place("2.ts"),
            length: 2_000_000,
            first: place("3.ts"),
        },
    ];
    let end = "#EXT-X-ENDLIST\n";
    assert_eq!(found("", end), expected);
    assert_eq!(found("#EXT-X-PLAYLIST-TYPE:VOD\n", ""), expected);
    assert_eq!(found("#EXT-X-KEY:METHOD=NONE\n", end), expected);
    assert_eq!(found("", ""), [], "it grows");
    let key = "#EXT-X-KEY:METHOD=AES-128,URI=\"k\"\n";
    assert_eq!(found(key, end), [], "encrypted");
    assert_eq!(found("#EXT-X-BYTERANGE:100@0\n", end), [], "one file");
    assert_eq!(found("#EXTINF:2,\nfile:///a.ts\n", end), [], "no web");
    let none = rewritten(&format!("#EXTM3U\n#EXTINF:2,\n0.ts\n{end}"));
    assert_eq!(none.discontinuities, []);
}

#[test]
fn each_section_has_its_shift() {
    let parts = "#EXT-X-DISCONTINUITY\n#EXTINF:2,\n0.ts\n#EXT-X-DISCONTINUITY\n#EXTINF:2,\n\
        1.ts\n#EXTINF:2,\n2.ts\n#EXT-X-DISCONTINUITY\n#EXTINF:2,\n3.ts\n#EXT-X-ENDLIST\n";
    let base = BaseAddress::new(4_000, SECRET, LoadId(1));
    let url = Url::parse(AT).unwrap();
    let list = rewrite(&format!("#EXTM3U\n{parts}"), &url, &base, &[0, -90, 180]);
    let shifts = shifts(&list.unwrap().text);
    assert_eq!(shifts, [0, -90, -90, 180]);
}

/// The shift of each segment's time stamps in a list, in ticks.
fn shifts(text: &str) -> Vec<i64> {
    parts(text).into_iter().map(|part| part.shift).collect()
}

#[test]
fn of_a_flood_of_lists_the_first_are_kept() {
    let flood = "#EXT-X-STREAM-INF:BANDWIDTH=1\na.m3u8\n".repeat(100);
    let kept = rewritten(&format!("#EXTM3U\n{flood}"));
    assert_eq!((kept.lists, kept.variants.len()), (MOST_LISTS, MOST_LISTS));
    assert_eq!(kept.text.lines().count(), 1 + 2 * MOST_LISTS);
}

#[test]
fn nothing_but_web_addresses_survives() {
    let hostile = [
        "file:///etc/passwd",
        "rtmp://10.0.0.1/a",
        "concat:http://10.0.0.1/a|file:///b",
        "crypto:file:///etc/passwd",
        "data:text/plain,a",
        "udp://239.0.0.1:5004",
        "ytdl://abc",
        "http://user:word@films.example/a",
        "subfile,,start,0,end,9,,:/etc/passwd",
        "http+unix://%2Frun",
    ];
    for address in hostile {
        let list = format!(
            "#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI=\"{address}\"\n#EXTINF:2,\n{address}\n"
        );
        let text = rewritten(&list).text;
        for part in parts(&text) {
            let fetched = part.url.map(String::from).unwrap_or_default();
            assert!(
                fetched.is_empty() || fetched.starts_with("https://films.example/"),
                "{address}: {fetched}"
            );
        }
    }
}

#[test]
fn tags_that_could_hide_an_address_are_left_out() {
    let list = "#EXTM3U\n#EXT-X-DEFINE:NAME=\"a\",VALUE=\"file\"\n\
        #EXT-X-KEY:METHOD=AES-128,URI=\"a\\\",URI=\"file:///etc/passwd\"\n\
        #EXT-X-KEY:METHOD=AES-128,uri=\"file:///etc/passwd\"\n\
        #EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"http://10.0.0.1/a\"\n\
        #EXT-X-DATERANGE:ID=\"a\",X-ASSET-URI=\"http://10.0.0.1/a\"\n\
        # a remark with http://10.0.0.1/\n#EXT-X-UNKNOWN:http://10.0.0.1/\n\
        #EXTINF:2,\na.ts\0file:///etc/passwd\rb.ts\n";
    let text = rewritten(list).text;
    assert!(
        !text.contains("10.0.0.1") && !text.contains("passwd"),
        "{text}"
    );
    let places = places(&text);
    assert_eq!(places.len(), 3, "{text}");
    assert_eq!(places[1].1, None, "what followed the zero byte");
}

#[test]
fn every_tag_of_the_standard_that_names_an_address_is_rewritten_or_left_out() {
    let rewritten_tags = [
        "#EXT-X-KEY:METHOD=AES-128,URI=\"@\"",
        "#EXT-X-MAP:URI=\"@\",BYTERANGE=\"5\"",
        "#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID=\"s\",NAME=\"x\",URI=\"@\"",
        "#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=1,URI=\"@\"",
        "#EXT-X-SESSION-KEY:METHOD=AES-128,URI=\"@\"",
        "#EXT-X-STREAM-INF:BANDWIDTH=1\n@",
        "#EXTINF:2,\n@",
        "#EXT-X-BYTERANGE:5\n#EXTINF:2,\n@",
    ];
    // Tags of low latency, of other lists, and of data beside the stream: FFmpeg 5.1 uses none of
    // them.
    let left_out = [
        "#EXT-X-PART:DURATION=0.3,URI=\"@\",BYTERANGE=\"5\"",
        "#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"@\"",
        "#EXT-X-RENDITION-REPORT:URI=\"@\",LAST-MSN=1",
        "#EXT-X-SESSION-DATA:DATA-ID=\"a\",URI=\"@\"",
        "#EXT-X-CONTENT-STEERING:SERVER-URI=\"@\"",
        "#EXT-X-DATERANGE:ID=\"a\",X-ASSET-LIST=\"@\"",
        "#EXT-X-DEFINE:NAME=\"a\",VALUE=\"@\"",
        "#EXT-X-PART-INF:PART-TARGET=@",
        "#EXT-X-SERVER-CONTROL:CAN-SKIP-UNTIL=@",
        "#EXT-X-SKIP:SKIPPED-SEGMENTS=@",
    ];
    let addresses = [
        ("part", "https://films.example/film/part"),
        ("../part", "https://films.example/part"),
        ("/part", "https://films.example/part"),
        ("?part", "https://films.example/film/list.m3u8?part"),
        ("//cdn.example/part", "https://cdn.example/part"),
        ("http://cdn.example:81/part", "http://cdn.example:81/part"),
    ];
    for (address, place) in addresses {
        for tag in rewritten_tags {
            let list = "#EXTM3U\n".to_owned() + &tag.replace('@', address);
            let text = rewritten(&list).text;
            let found = places(&text);
            assert_eq!(found.len(), 1, "{tag}: {text}");
            assert_eq!(found[0].1.as_deref(), Some(place), "{tag}");
        }
        for tag in left_out {
            let list = "#EXTM3U\n".to_owned() + &tag.replace('@', address);
            assert_eq!(rewritten(&list).text, "#EXTM3U\n", "{tag}");
        }
    }
}

#[test]
fn a_live_list_has_the_wall_time_of_each_segment() {
    let list = "#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:41\n\
        #EXT-X-PROGRAM-DATE-TIME:1970-01-01T00:00:10.500Z\n\
        #EXTINF:2.25,\na.ts\n#EXTINF:2,\nb.ts\n\
        #EXT-X-DISCONTINUITY\n#EXTINF:2,\nc.ts\n\
        #EXT-X-PROGRAM-DATE-TIME:1970-01-01T00:01:00+0000\n#EXTINF:2,\nd.ts\n";
    let RewrittenPlaylist { text, live, .. } = rewritten(list);
    assert_eq!(live, Some(true));
    let reported: Vec<(u64, Option<i64>)> = parts(&text)
        .iter()
        .map(|part| (part.index, part.time))
        .collect();
    let expected = [
        (41, Some(10_500_000)),
        (42, Some(12_750_000)),
        (43, None),
        (44, Some(60_000_000)),
    ];
    assert_eq!(reported, expected);
}

#[test]
fn a_list_that_grows_without_bounds_is_refused() {
    let base = BaseAddress::new(4_000, SECRET, LoadId(1));
    let folder = "a".repeat(2_000);
    let url = Url::parse(&format!("https://films.example/{folder}/list.m3u8")).unwrap();
    let list = "#EXTM3U\n".to_owned() + &"a\n".repeat(LONGEST_WRITTEN / 1_000);
    assert_eq!(rewrite(&list, &url, &base, &[]), None);
}
