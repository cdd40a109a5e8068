//! The relay's own addresses: builds the ones that mpv is given, and parses the ones that it
//! requests. Pure.
//!
//! A link has the address `/SECRET/LOAD/film.mp4`, a part of its HLS list
//! `/SECRET/LOAD/KIND.INDEX.TIME.FROM.LENGTH.SHIFT/URL/part.ts`, where `URL` is the part's own
//! address in base64. Nobody can build such an address without the secret, so the relay keeps no
//! table of parts. The last segment is the original file name: mpv shows it, and FFmpeg uses its
//! extension. The parts of a DASH manifest are at `/SECRET/LOAD/d/URL/ADDRESS`: there `URL` is the
//! base of the manifest's addresses, and `ADDRESS` one of them, percent-encoded.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use percent_encoding::percent_decode_str;
use strum::{EnumIter, IntoEnumIterator as _};
use url::Url;

use super::LoadId;

/// The longest accepted address of a part, in bytes. FFmpeg keeps at most 4,096 bytes of any
/// address (`MAX_URL_SIZE`), and base64 makes it a third longer.
pub(super) const LONGEST_PART: usize = 2_800;

/// The longest folder address, in bytes: together with a packed address below it, it fits into what
/// FFmpeg keeps.
const LONGEST_FOLDER: usize = 3_000;

/// The path segment that marks a folder address.
const FOLDER: &str = "d";

/// The longest file name that is kept, in bytes (judgement).
const LONGEST_NAME: usize = 120;

/// The kind of a part of a list, one letter in its address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter)]
pub(super) enum PartKind {
    /// Another list: a variant, audio or subtitles.
    List,
    /// A segment of media or subtitles.
    Segment,
    /// A key of encrypted segments, which is passed on unchecked.
    Key,
    /// The initialisation section that a decoder needs before the segments.
    Map,
}

impl PartKind {
    const fn letter(self) -> &'static str {
        match self {
            Self::List => "l",
            Self::Segment => "s",
            Self::Key => "k",
            Self::Map => "m",
        }
    }
}

/// A part of an HLS list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ListPart {
    pub(super) kind: PartKind,
    /// The media sequence number of a segment, otherwise 0.
    pub(super) index: u64,
    /// The wall time of a segment's first frame in microseconds since the Unix epoch, if the list
    /// names it.
    pub(super) time: Option<i64>,
    /// The section of the list that it covers, if the list names it.
    pub(super) span: Option<ListSpan>,
    /// How far a segment's time stamps are shifted, in ticks of 1/90,000 s; usually 0.
    pub(super) shift: i64,
    /// Its own address; `None` if that may not be fetched.
    pub(super) url: Option<Url>,
}

/// A section of a complete list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ListSpan {
    /// Its offset from the start of the list, in microseconds.
    pub(super) from: i64,
    /// Its length in microseconds.
    pub(super) length: i64,
}

/// The parsed path of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RequestPath {
    /// The load that it addresses.
    pub(super) load: LoadId,
    /// The requested part of its list; `None` for the link itself.
    pub(super) part: Option<ListPart>,
}

/// The base of a load's addresses: `http://127.0.0.1:PORT/SECRET/LOAD`.
#[derive(Debug, Clone)]
pub(super) struct BaseAddress(String);

impl BaseAddress {
    /// The base address of `load` at a relay on `port` with this secret.
    pub(super) fn new(port: u16, secret: &str, load: LoadId) -> Self {
        Self(format!("http://127.0.0.1:{port}/{secret}/{}", load.0))
    }

    /// The address for the link itself.
    pub(super) fn link(&self, url: &Url) -> String {
        format!("{}/{}", self.0, file_name(url))
    }

    /// The address for a part of a list.
    pub(super) fn part(&self, part: &ListPart) -> String {
        let time = part.time.map(|time| time.to_string()).unwrap_or_default();
        let (url, name) = part.url.as_ref().map_or_else(
            || (String::new(), "none".to_owned()),
            |url| (URL_SAFE_NO_PAD.encode(url.as_str()), file_name(url)),
        );
        let span = part.span.map_or_else(
            || ".".to_owned(),
            |ListSpan { from, length }| format!("{from}.{length}"),
        );
        let (base, kind) = (&self.0, part.kind.letter());
        let (index, shift) = (part.index, part.shift);
        format!("{base}/{kind}.{index}.{time}.{span}.{shift}/u{url}/{name}")
    }

    /// The folder whose files are addresses relative to `url`; `None` if it is too long.
    pub(super) fn folder(&self, url: &Url) -> Option<String> {
        let (base, url) = (&self.0, URL_SAFE_NO_PAD.encode(url.as_str()));
        let folder = format!("{base}/{FOLDER}/u{url}/");
        (folder.len() <= LONGEST_FOLDER).then_some(folder)
    }
}

/// Parses the path of a request; `None` for anything that this relay did not issue.
pub(super) fn read(path: &str, secret: &str) -> Option<RequestPath> {
    let mut pieces = path.strip_prefix('/')?.split('/');
    let has_secret = equal_in_constant_time(pieces.next()?, secret);
    let load = LoadId(pieces.next()?.parse().ok()?);
    let rest: Vec<&str> = pieces.collect();
    let part = match rest[..] {
        [_name] => None,
        [FOLDER, url, address] => Some(read_address(url.strip_prefix('u')?, address)?),
        [part, url, _name] => Some(read_part(part, url.strip_prefix('u')?)?),
        _ => return None,
    };
    has_secret.then_some(RequestPath { load, part })
}

fn read_part(part: &str, url: &str) -> Option<ListPart> {
    let mut pieces = part.split('.');
    let letter = pieces.next()?;
    let kind = PartKind::iter().find(|kind| kind.letter() == letter)?;
    let index = pieces.next()?.parse().ok()?;
    let mut number = || match pieces.next()? {
        "" => Some(None),
        digits => digits.parse().ok().map(Some),
    };
    let (time, from, length) = (number()?, number()?, number()?);
    let span = from.zip(length);
    let shift = pieces.next()?.parse().ok()?;
    let url = match url {
        "" => None,
        text => Some(read_url(text)?),
    };
    Some(ListPart {
        kind,
        index,
        time,
        span: span.map(|(from, length)| ListSpan { from, length }),
        shift,
        url,
    })
}

/// Parses an address below a folder.
fn read_address(folder: &str, address: &str) -> Option<ListPart> {
    let folder = read_url(folder)?;
    let address = percent_decode_str(address).decode_utf8().ok()?;
    Some(ListPart {
        kind: PartKind::Segment,
        index: 0,
        time: None,
        span: None,
        shift: 0,
        url: folder.join(&address).ok().and_then(fetchable),
    })
}

/// Decodes an address in URL-safe base64.
fn read_url(text: &str) -> Option<Url> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
    fetchable(Url::parse(&text).ok()?)
}

/// `url` without its fragment, if it may be fetched: http or https, with a host, without a user
/// name, not too long.
pub(super) fn fetchable(mut url: Url) -> Option<Url> {
    url.set_fragment(None);
    let is_web = matches!(url.scheme(), "http" | "https") && url.has_host();
    let has_no_credentials = url.username().is_empty() && url.password().is_none();
    (is_web && has_no_credentials && url.as_str().len() <= LONGEST_PART).then_some(url)
}

/// The file name in the address; only its extension if the name is long.
fn file_name(url: &Url) -> String {
    let name = url.path().rsplit('/').next().unwrap_or_default();
    if name.is_empty() {
        return "part".to_owned();
    }
    if name.len() <= LONGEST_NAME {
        return name.to_owned();
    }
    match name.rsplit_once('.') {
        Some((_, extension)) if extension.len() < 10 => format!("part.{extension}"),
        _ => "part".to_owned(),
    }
}

/// Compares in constant time, so that the time does not reveal where the texts differ.
fn equal_in_constant_time(one: &str, other: &str) -> bool {
    let differences = one
        .bytes()
        .zip(other.bytes())
        .fold(0, |all, (a, b)| all | (a ^ b));
    one.len() == other.len() && differences == 0
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::{
        BaseAddress, LONGEST_PART, ListPart, ListSpan, PartKind, RequestPath, fetchable, read,
    };
    use crate::relay::LoadId;

    const SECRET: &str = "0123456789abcdef0123456789abcdef";

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    /// Parses the path of `address`.
    fn asked(address: &str) -> Option<RequestPath> {
        read(url(address).path(), SECRET)
    }

    #[test]
    fn a_links_address_ends_with_its_own_name_and_shows_nothing_else_of_it() {
        let base = BaseAddress::new(4_000, SECRET, LoadId(7));
        let link = url("https://films.example/secret/A%20film.mp4?sig=abc");
        let address = base.link(&link);
        let expected = format!("http://127.0.0.1:4000/{SECRET}/7/A%20film.mp4");
        assert_eq!(address, expected);
        let path = RequestPath {
            load: LoadId(7),
            part: None,
        };
        assert_eq!(asked(&address), Some(path));
    }

    #[test]
    fn a_parts_address_is_read_back() {
        let base = BaseAddress::new(4_000, SECRET, LoadId(7));
        let kinds = [
            PartKind::List,
            PartKind::Segment,
            PartKind::Key,
            PartKind::Map,
        ];
        for (index, kind) in (0..).zip(kinds) {
            let part = ListPart {
                kind,
                index,
                time: (index > 1).then_some(-5),
                span: (index > 0).then_some(ListSpan {
                    from: 12_000_000,
                    length: 2_000_000,
                }),
                shift: if index > 0 { -43_200_000 } else { 0 },
                url: Some(url("https://cdn.example/a/seg.ts?x=%2F&y=/../z")),
            };
            let address = base.part(&part);
            assert!(address.ends_with("/seg.ts"), "{address}");
            assert_eq!(asked(&address).unwrap().part, Some(part));
        }
        let nowhere = ListPart {
            kind: PartKind::Segment,
            index: 3,
            time: None,
            span: None,
            shift: 0,
            url: None,
        };
        assert_eq!(
            asked(&base.part(&nowhere)).unwrap().part,
            Some(nowhere),
            "a part that may not be fetched keeps its place"
        );
    }

    #[test]
    fn an_address_below_a_folder_is_joined_to_its_place() {
        let base = BaseAddress::new(4_000, SECRET, LoadId(7));
        let folder = base
            .folder(&url("https://cdn.example/a/list.mpd?x"))
            .unwrap();
        let place = |address: &str| {
            let part = asked(&(folder.clone() + address))?.part.unwrap();
            assert_eq!(part.kind, PartKind::Segment);
            part.url.map(String::from)
        };
        for (address, expected) in [
            (
                "b%2F%2E%2Fc%2Em4s%3Fy%3D1",
                "https://cdn.example/a/b/c.m4s?y=1",
            ),
            ("%2E%2E%2F%2E%2E%2Fd", "https://cdn.example/d"),
            ("%2F%2Fother%2Eexample%2Fe", "https://other.example/e"),
            ("", "https://cdn.example/a/list.mpd?x"),
        ] {
            assert_eq!(place(address).as_deref(), Some(expected));
        }
        for nowhere in ["file%3A%2F%2F%2Fetc", "http%3A%2F%2Fu%3Aw%40a%2F", "%FF"] {
            assert_eq!(place(nowhere), None, "{nowhere}");
        }
        assert_eq!(asked(&(folder + "a/b")), None);
        let long = format!("http://films.example/{}", "a".repeat(2_500));
        assert_eq!(base.folder(&url(&long)), None);
    }

    #[test]
    fn other_paths_and_other_secrets_are_nothing() {
        for path in [
            "",
            "/",
            "/7/film.mp4",
            "/0123456789abcdef0123456789abcdee/7/film.mp4",
            "/0123456789abcdef0123456789abcdef",
            "/0123456789abcdef0123456789abcdef/7",
            "/0123456789abcdef0123456789abcdef/x/film.mp4",
            "/0123456789abcdef0123456789abcdef/7/a/b",
            "/0123456789abcdef0123456789abcdef/7/s.1....0/aHR0cA/b",
            "/0123456789abcdef0123456789abcdef/7/s.1....0/uZmlsZTovLy9ldGM/b",
            "/0123456789abcdef0123456789abcdef/7/q.1....0/u/b",
            "/0123456789abcdef0123456789abcdef/7/s.1.../u/b",
            "/0123456789abcdef0123456789abcdef/7/s.1....x/u/b",
            "/0123456789abcdef0123456789abcdef/7/a/b/c/d",
        ] {
            assert_eq!(read(path, SECRET), None, "{path}");
        }
    }

    #[test]
    fn only_plain_web_addresses_are_fetched() {
        for bad in [
            "file:///etc/passwd",
            "rtmp://films.example/a",
            "data:text/plain,a",
            "http://user:word@films.example/a.ts",
            "udp://239.0.0.1:5004",
        ] {
            assert_eq!(fetchable(url(bad)), None, "{bad}");
        }
        let long = format!("http://films.example/{}", "a".repeat(LONGEST_PART));
        assert_eq!(fetchable(url(&long)), None);
        let good = fetchable(url("https://films.example/a.ts#t=5"));
        assert_eq!(good, Some(url("https://films.example/a.ts")));
    }
}
