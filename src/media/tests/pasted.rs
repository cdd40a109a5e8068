//! Links as people paste them.

use super::{error, media};
use crate::media::{MAX_LINK_BYTES, Media, MediaError};

/// A direct link, one with a query, and YouTube with a start.
const LINKS: [(&str, &str, u32); 4] = [
    (
        "https://a.example/f.mp4?x=1",
        "https://a.example/f.mp4?x=1",
        0,
    ),
    ("https://a.example/f.mp4", "https://a.example/f.mp4", 0),
    (
        "https://a.example/f.mp4#t=90",
        "https://a.example/f.mp4",
        90,
    ),
    (
        "https://youtu.be/dQw4w9WgXcQ?t=90",
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        90,
    ),
];

/// The texts before and after a link.
const AROUND: [(&str, &str); 108] = [
    ("", ","),
    ("", "."),
    ("", ";"),
    ("", ":"),
    ("", "!"),
    ("", "!?"),
    ("", ")"),
    ("", ")."),
    ("", "]"),
    ("", "*"),
    ("", "…"),
    ("", "]."),
    ("", "。"),
    ("", ", please"),
    ("", ". It is good."),
    ("「", "」"),
    ("『", "』"),
    ("【", "】"),
    ("《", "》"),
    ("（", "）"),
    ("‹", "›"),
    ("›", "‹"),
    ("’", "’"),
    ("„", "”."),
    (" ", " \n"),
    ("<", ">"),
    ("<", ">,"),
    ("\"", "\""),
    ("\"", "\","),
    ("'", "'"),
    ("`", "`"),
    ("```", "```"),
    ("“", "”"),
    ("„", "“"),
    ("‘", "’"),
    ("«", "»"),
    ("« ", " »."),
    ("(", ")"),
    ("(", ")."),
    ("[", "]"),
    ("**", "**"),
    ("_", "_"),
    ("||", "||"),
    ("[a film](", ")"),
    ("[a film](", ")."),
    ("[a film](<", ">)"),
    ("[a film](", " \"its title\")"),
    ("![a (good) film](", ")"),
    ("\u{200B}(", ")\u{FEFF}"),
    ("> ", ""),
    (">", ""),
    (">> ", ""),
    ("- ", ""),
    ("* ", ""),
    ("• ", ""),
    ("— ", ""),
    ("-> ", ""),
    ("→", ""),
    ("1. ", ""),
    ("2) ", ""),
    ("Link: ", ""),
    ("Link:\n", ""),
    ("Ссылка: ", "."),
    ("Watch this (it is good): ", ", please"),
    ("- [a film](", ")"),
    ("> \"", "\""),
    ("Film: <", ">"),
    ("'", "'."),
    ("'", "',"),
    ("'", "'!"),
    ("'", "'..."),
    ("'", "', please"),
    ("'", ".'"),
    ("`", "`."),
    ("```", "```."),
    ("„", "“."),
    ("‚", "‘,"),
    ("‘", "’."),
    ("『", "』。"),
    ("_", "_."),
    ("~~", "~~."),
    ("||", "||!"),
    ("(\"", "\")."),
    ("(\"", ".\")."),
    ("(\"", "\".)"),
    ("['", "'],"),
    ("**'", "'.**"),
    ("'", ""),
    ("Link: '", "'."),
    ("Link: ", ""),
    ("->'", "',"),
    ("->", ""),
    ("> '", "'."),
    ("1. `", "`."),
    ("(see '", "'.)"),
    ("[a film](", "), please"),
    ("Watch [a film](", ")."),
    ("<a href=\"", "\">"),
    ("<a href=\"", "\">a film</a>"),
    ("<A HREF='", "' target=_blank>a film</A>."),
    ("<a href=", ">a film</a>"),
    ("Film: <a class=\"x\" href=\"", "\">it</a>"),
    ("<video src=\"", "\" controls></video>"),
    ("[url]", "[/url]"),
    ("[URL]", "[/URL]."),
    ("[url=", "]a film[/url]"),
    ("[url=\"", "\"]a film[/url]"),
    ("- [video]", "[/video]"),
];

#[test]
fn what_stands_around_a_link_is_taken_off() {
    for (link, url, start) in LINKS {
        for (before, after) in AROUND {
            let pasted = format!("{before}{link}{after}");
            let media = media(&pasted);
            let got = (media.url(), media.start_seconds());
            assert_eq!(got, (url.to_owned(), start), "{pasted}");
        }
    }
    let itself = "[https://a.example/f.mp4](https://a.example/f.mp4)";
    assert_eq!(media(itself).url(), "https://a.example/f.mp4");
}

#[test]
fn what_belongs_to_a_link_stays() {
    let whole = [
        "https://a.example/f_(1999).mp4",
        "https://a.example/f.mp4?name=film_(1999)",
        "https://a.example/f.mp4?sig=abc==",
        "https://a.example/f.mp4?sig=abc-_",
        "https://a.example/f.mp4?sig=a.b,c",
        "https://a.example/f.mp4?list[]",
        "https://a.example/(f).mp4",
    ];
    for link in whole {
        assert_eq!(media(link).url(), link);
        // In brackets of the sentence only those go.
        assert_eq!(media(&format!("({link})")).url(), link);
        assert_eq!(media(&format!("('{link}').")).url(), link);
        assert_eq!(media(&format!("[url]{link}[/url]")).url(), link);
        assert_eq!(media(&format!("<a href='{link}'>it</a>.")).url(), link);
    }
    let quoted = "https://a.example/it's_(a)_\"film\".mp4";
    assert_eq!(media(&format!("'{quoted}'.")).url(), media(quoted).url());
}

#[test]
fn markup_around_a_link_names_that_link_alone() {
    let link = "https://a.example/f.mp4?a=1&b=2";
    for text in [
        "<a href=\"https://a.example/f.mp4?a=1&amp;b=2\">it</a>",
        "<a href=\"https://a.example/f.mp4?a=1&b=2\">https://a.example/f.mp4?a=1&b=2</a>",
        "[url=https://a.example/f.mp4?a=1&b=2]https://a.example/f.mp4?a=1&b=2[/url]",
    ] {
        assert_eq!(media(text).url(), link, "{text}");
    }
    for text in [
        "<a href=\"https://a.example/f.mp4\">https://b.example/g.mp4</a>",
        "[url=https://a.example/f.mp4]https://b.example/g.mp4[/url]",
        "[url]https://a.example/f.mp4[/url] [url]https://b.example/g.mp4[/url]",
        "<a href=\"/f.mp4\">",
        "[url]film[/url]",
    ] {
        assert!(Media::parse(text).is_err(), "{text}");
    }
}

#[test]
fn what_is_no_link_without_its_marks_either_is_shown_as_it_was_written() {
    for text in ["hello!", "...", "https://a.example/page).", "(hello)"] {
        assert!(Media::parse(text).is_err(), "{text}");
    }
    assert_eq!(error("hello!").to_string(), "`hello!` is not a link");
}

#[test]
fn what_comes_before_a_link_and_may_be_one_is_no_caption() {
    for text in [
        "https://a.example/f.mp4 https://b.example/g.mp4",
        "- https://a.example/f.mp4 https://b.example/g.mp4",
        "a.example/f.mp4 https://b.example/g.mp4",
        "youtu.be/dQw4w9WgXcQ https://b.example/g.mp4",
    ] {
        assert_eq!(error(text), MediaError::SeveralLinks, "{text}");
    }
    for text in [
        "ytdl:https://a.example/f.mp4",
        "edl://https://a.example/f.mp4",
        "me@https://a.example/f.mp4",
        "see https://a.example/page",
    ] {
        assert!(Media::parse(text).is_err(), "{text}");
    }
    let link = "https://a.example/f.mp4?next=https://b.example/g.mp4";
    assert_eq!(media(link).url(), link);
}

#[test]
fn a_flood_of_marks_is_refused() {
    let flood = format!("https://a.example/f.mp4{}", ")".repeat(MAX_LINK_BYTES));
    assert!(Media::parse(&flood).is_err());
    let nested = format!("{}x{}", "(".repeat(100_000), ")".repeat(100_000));
    assert!(Media::parse(&nested).is_err());
}
