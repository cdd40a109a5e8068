//! Manifests before and after they are rewritten.

use url::Url;

use super::{MOST_REPEATED, RewrittenManifest, rewrite};
use crate::media::fault::FaultKind;
use crate::relay::LoadId;
use crate::relay::address::{BaseAddress, read};

const SECRET: &str = "0123456789abcdef0123456789abcdef";
const AT: &str = "https://films.example/film/list.mpd?token=1";

fn rewritten(inner: &str) -> Result<RewrittenManifest, FaultKind> {
    let base = BaseAddress::new(4_000, SECRET, LoadId(1));
    rewrite(inner, &Url::parse(AT).unwrap(), &base)
}

/// A manifest whose one `AdaptationSet` contains this.
fn set(inner: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><MPD><Period><AdaptationSet>{inner}</AdaptationSet></Period></MPD>"
    )
}

/// Every part of `text` that stands between these two texts.
fn between<'a>(text: &'a str, before: &str, after: &str) -> Vec<&'a str> {
    let pieces = text.split(before).skip(1);
    pieces
        .map(|piece| piece.split(after).next().unwrap())
        .collect()
}

/// The address that the relay would fetch for this one.
fn place(address: &str) -> Option<String> {
    let url = Url::parse(address).unwrap();
    assert_eq!(url.host_str(), Some("127.0.0.1"), "{address}");
    let part = read(url.path(), SECRET)?.part.unwrap();
    part.url.map(String::from)
}

#[test]
fn a_template_becomes_pieces_below_a_folder_of_the_relays() {
    let list = "<MPD type=\"static\" mediaPresentationDuration=\"PT20S\">\
        <BaseURL>../media/</BaseURL><Period><AdaptationSet>\
        <SegmentTemplate timescale=\"10\" media=\"$RepresentationID$/$Number%05d$.m4s?a=1&amp;b=2\" \
        initialization=\"//cdn.example/$RepresentationID$.mp4\"><SegmentTimeline>\
        <S t=\"0\" d=\"20\" r=\"9\"/></SegmentTimeline></SegmentTemplate>\
        <Representation id=\"../v:1\" bandwidth=\"5\"/></AdaptationSet></Period></MPD>";
    let RewrittenManifest { text, live } = rewritten(list).unwrap();
    assert!(!live);
    let folder = between(&text, "<BaseURL>", "<")[0];
    let id = between(&text, "<Representation id=\"", "\"")[0];
    let filled = |template: &str| {
        let name = template.replace("$RepresentationID$", id);
        place(&(folder.to_owned() + &name.replace("$Number%05d$", "00007")))
    };
    let media = between(&text, "media=\"", "\"")[0];
    let expected = "https://films.example/v:1/00007.m4s?a=1&b=2";
    assert_eq!(filled(media).as_deref(), Some(expected));
    let first = between(&text, "initialization=\"", "\"")[0];
    // The address resolves by the standard: to another host, and not above its root.
    assert_eq!(
        filled(first).as_deref(),
        Some("https://cdn.example/v:1.mp4")
    );
    assert!(text.contains("<S t=\"0\" d=\"20\" r=\"9\">"), "{text}");
}

#[test]
fn files_lists_and_their_first_bytes_become_the_relays() {
    let list = set(
        "<Representation id=\"0\"><BaseURL>a:b.mp4?x=1</BaseURL>\
         <SegmentBase indexRange=\"5-9\"><Initialization range=\"0-4\"/></SegmentBase>\
         </Representation><Representation id=\"1\"><BaseURL>./one.mp4</BaseURL><SegmentList startNumber=\"1\">\
         <SegmentURL mediaRange=\"0-4\"/></SegmentList></Representation>\
         <Representation id=\"2\"><SegmentList><Initialization sourceURL=\"i.mp4\"/>\
         <SegmentURL media=\"http://cdn.example/0.m4s\"/></SegmentList></Representation>",
    )
    .replace("a:b", "./a:b");
    let text = rewritten(&list).unwrap().text;
    let bases = between(&text, "<BaseURL>", "<");
    let expected = "https://films.example/film/a:b.mp4?x=1";
    assert_eq!(place(bases[0]).as_deref(), Some(expected));
    let expected = "https://films.example/film/one.mp4";
    assert_eq!(place(bases[1]).as_deref(), Some(expected));
    let third = |name: &str| place(&(bases[2].to_owned() + name)).unwrap();
    let first = between(&text, "sourceURL=\"", "\"")[0];
    assert_eq!(third(first), "https://films.example/film/i.mp4");
    let media = between(&text, "media=\"", "\"")[0];
    assert_eq!(third(media), "http://cdn.example/0.m4s");
    assert!(!text.contains("startNumber"), "FFmpeg would begin late");
    assert!(text.contains("indexRange=\"5-9\"") && text.contains("range=\"0-4\""));
}

#[test]
fn nothing_but_the_relays_addresses_survives() {
    let hostile = [
        "file:///etc/passwd",
        "rtmp://10.0.0.1/a",
        "concat:http://10.0.0.1/a|file:///b",
        "data:text/plain,a",
        "subfile,,start,0,end,9,,:/etc/passwd",
        "http://user:word@films.example/a",
        "http://10.0.0.1/a",
        "//10.0.0.1/a",
        "/../../etc/passwd",
        "..\\..\\etc",
    ];
    for address in hostile {
        let lists = [
            format!("<BaseURL>{address}</BaseURL><Representation id=\"0\"/>"),
            format!(
                "<Representation id=\"{address}\"><SegmentTemplate media=\"$RepresentationID$\"/></Representation>"
            ),
            format!(
                "<SegmentTemplate media=\"{address}\" initialization=\"{address}\"/><Representation id=\"0\"/>"
            ),
            format!(
                "<Representation id=\"0\"><SegmentList><Initialization sourceURL=\"{address}\"/><SegmentURL media=\"{address}\"/></SegmentList></Representation>"
            ),
            format!("<Representation id=\"0\" xlink:href=\"{address}\" other=\"{address}\"/>"),
            format!(
                "<Representation id=\"0\"><Location>{address}</Location><!-- {address} --></Representation>"
            ),
            format!(
                "<Representation id=\"0\"><x:BaseURL>{address}</x:BaseURL></Representation><baseurl>{address}</baseurl>"
            ),
        ];
        for list in lists {
            let Ok(RewrittenManifest { text, .. }) = rewritten(&set(&list)) else {
                continue;
            };
            for address in between(&text, "<BaseURL>", "<") {
                place(address);
            }
            let rest = text.replace("http://127.0.0.1:4000/", "");
            for sign in [
                "://", "//", "10.0.0.1", "passwd:", "..", "<!", "xlink", "\\",
            ] {
                assert!(!rest.contains(sign), "{sign}: {list} became {text}");
            }
        }
    }
}

#[test]
fn what_two_readers_could_understand_differently_is_refused() {
    let stream = "<Representation id=\"0\"/>";
    for list in [
        "<!DOCTYPE MPD [<!ENTITY a \"http://10.0.0.1/\">]>".to_owned() + &set(stream),
        set(&("<BaseURL>&a;</BaseURL>".to_owned() + stream)),
        set("<Representation id=\"&a;\"/>"),
        set("<Representation id=\"0\" id=\"1\"/>"),
        set("<Representation id=\"0\">"),
        set("<SegmentTemplate media=\"$Host$\"/><Representation id=\"0\"/>"),
        set("<BaseURL>file:///etc/</BaseURL><Representation id=\"0\"/>"),
        format!("<a>{}</a>", set(stream)),
        set(&("<a>".repeat(40) + stream + &"</a>".repeat(40))),
        set(&format!("<S r=\"{}\"/>{stream}", MOST_REPEATED + 1)),
        String::new(),
    ] {
        assert_eq!(rewritten(&list), Err(FaultKind::ForbiddenContent), "{list}");
    }
}

#[test]
fn what_cannot_be_played_is_left_out() {
    let locked = "<Representation id=\"0\"><ContentProtection schemeIdUri=\"a\"/></Representation>";
    assert_eq!(rewritten(&set(locked)), Err(FaultKind::NothingToPlay));
    let subtitles = "<Representation id=\"1\" mimeType=\"application/ttml+xml\"/>";
    let more = "<Representation id=\"2\" width=\"5\"/>";
    let text = rewritten(&set(&[locked, subtitles, more].concat()))
        .unwrap()
        .text;
    assert_eq!(between(&text, "<Representation id=\"", "\""), ["2"]);
}

#[test]
fn a_manifest_that_grows_is_live() {
    let list = set("<Representation id=\"0\"/>").replace("<MPD>", "<MPD type=\"dynamic\">");
    assert!(rewritten(&list).unwrap().live);
}
