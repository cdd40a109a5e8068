//! Laws that hold for every text, however hostile.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use proptest::prelude::{
    ProptestConfig, Strategy, any, prop, prop_assert, prop_assert_eq, proptest,
};
use url::Url;

use crate::media::policy::{Privacy, check, check_address};
use crate::media::{MAX_LINK_BYTES, Media};

/// What links are made of, and what breaks them.
const PIECES: [&str; 64] = [
    "http",
    "https",
    "HTTPS",
    "file",
    "ftp",
    "javascript",
    ":",
    "//",
    "/",
    "\\",
    "@",
    "?",
    "#",
    "&",
    "&amp;",
    ";",
    "=",
    "%",
    "%2F",
    "%00",
    "%0a",
    "%E2%80%AE",
    "%25",
    "[",
    "]",
    "[::1]",
    "[::ffff:10.0.0.1]",
    "127.0.0.1",
    "0x7f.1",
    "2130706433",
    "1.2.3.4.",
    ":80",
    ":443",
    ":99999",
    "youtube.com",
    "www.",
    "WWW.YouTube.Com",
    "youtu.be",
    "consent.youtube.com",
    "evil.example",
    "xn--",
    "y\u{43E}utube.com",
    "。",
    ".",
    "..",
    "watch",
    "attribution_link?u=",
    "continue=",
    "embed",
    "shorts",
    "v=",
    "t=",
    "#t=",
    "90",
    "1h2m3s",
    "99999999999h",
    "dQw4w9WgXcQ",
    "videoseries",
    "film",
    ".mp4",
    ".M3U8",
    " ",
    "\u{202E}",
    "\n",
];

/// Texts put together from [`PIECES`].
fn linkish() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES.as_slice()), 0..14)
        .prop_map(|pieces| pieces.concat())
}

/// Links that are likely to be taken: well-formed around parts that are not.
fn plausible() -> impl Strategy<Value = String> {
    let prefix = prop::sample::select(vec![
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ&",
        "https://youtu.be/dQw4w9WgXcQ?t=",
        "youtube.com/attribution_link?u=/watch?v%3DdQw4w9WgXcQ%26t%3D",
        "https://example.org/",
        "HTTP://EXAMPLE.org.:8080/a/",
        "https://bücher.example/?",
    ]);
    let suffix = prop::sample::select(vec!["", "x.mp4", ".webm?", "a.OGG#t=", "/f.mkv?a=b#t=1m"]);
    (prefix, linkish(), suffix, "\\PC{0,12}")
        .prop_map(|(prefix, middle, suffix, end)| format!("{prefix}{middle}{suffix}{end}"))
}

/// The laws of a text, whether it is a link or not.
fn obeys_the_laws(text: &str) -> Result<(), proptest::test_runner::TestCaseError> {
    let media = match Media::parse(text) {
        Ok(media) => media,
        Err(error) => {
            let shown = error.to_string();
            prop_assert!(
                !shown.is_empty() && !shown.chars().any(char::is_control),
                "{shown:?}"
            );
            return Ok(());
        }
    };
    let canonical = media.to_string();
    let back = Media::parse(&canonical);
    prop_assert_eq!(back.as_ref(), Ok(&media));
    let again = Media::parse(&media.url());
    prop_assert_eq!(again.as_ref().map(Media::source), Ok(media.source()));

    for link in [&canonical, &media.url()] {
        prop_assert!(
            link.starts_with("https://") || link.starts_with("http://"),
            "{link}"
        );
        prop_assert!(link.len() <= MAX_LINK_BYTES);
        prop_assert!(link.bytes().all(|byte| byte.is_ascii_graphic()), "{link:?}");
        let url = Url::parse(link).unwrap();
        prop_assert_eq!(url.as_str(), link.as_str());
        prop_assert!(
            url.username().is_empty() && url.password().is_none(),
            "{link}"
        );
    }
    let given = Url::parse(&media.url()).unwrap();
    prop_assert_eq!(given.fragment(), None);
    prop_assert_eq!(given.host_str(), Some(media.host()));
    prop_assert_eq!(check(&media, Privacy::AllowPrivate), Ok(()));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_obeys(text in any::<String>()) {
        obeys_the_laws(&text)?;
    }

    #[test]
    fn texts_made_of_links_pieces_obey(text in linkish()) {
        obeys_the_laws(&text)?;
    }

    #[test]
    fn plausible_links_obey(text in plausible()) {
        obeys_the_laws(&text)?;
    }

    #[test]
    fn any_eleven_of_the_alphabet_are_an_id(id in "[A-Za-z0-9_-]{11}", start in any::<u32>()) {
        let media = Media::parse(&format!("https://youtu.be/{id}#t={start}")).unwrap();
        prop_assert_eq!(media.url(), format!("https://www.youtube.com/watch?v={id}"));
        // A start of ten digits is more than a century, and not believed.
        let expected = if start < 1_000_000_000 { start } else { 0 };
        prop_assert_eq!(media.start_seconds(), expected);
    }

    #[test]
    fn an_ipv4_address_fares_the_same_in_every_disguise(bits in any::<u32>()) {
        let plain = Ipv4Addr::from_bits(bits);
        let refused = check_address(IpAddr::V4(plain)).is_err();
        let [a, b, c, d] = plain.octets();
        let (high, low) = (bits >> 16, bits & 0xffff);
        for host in [
            format!("{plain}"),
            format!("{plain}."),
            format!("{bits}"),
            format!("{bits:#x}"),
            format!("0{a:o}.0x{b:x}.{c}.{d}"),
            format!("{a}.{}", bits & 0x00ff_ffff),
            format!("[::ffff:{plain}]"),
            format!("[::ffff:{high:x}:{low:x}]"),
            format!("[64:ff9b::{plain}]"),
            format!("[2002:{high:x}:{low:x}::1]"),
        ] {
            let media = Media::parse(&format!("http://{host}/f.mp4")).unwrap();
            prop_assert_eq!(check(&media, Privacy::PublicOnly).is_err(), refused, "{}", host);
        }
    }

    #[test]
    fn only_global_unicast_ipv6_is_public(bits in any::<u128>()) {
        let address = Ipv6Addr::from_bits(bits);
        if address.segments()[0] >> 13 != 1 {
            prop_assert!(check_address(IpAddr::V6(address)).is_err(), "{address}");
        }
    }
}
