//! HLS lists (RFC 8216), rewritten so that each address in them is the relay's. Pure.
//!
//! Only tags that are known are kept, and only in the form that the standard gives them: an
//! address that this reader overlooks, FFmpeg must not find either. Left out are the tags of
//! low latency (`EXT-X-PART` and its kin), which FFmpeg does not use, and those that let a
//! list name addresses in other ways (`EXT-X-DEFINE`, `EXT-X-DATERANGE`,
//! `EXT-X-CONTENT-STEERING`). What is encrypted can be seen by nobody before the player: it
//! has to be told which formats it may find in there.
//!
//! A list that grows and keeps all of its segments is marked to begin at its start
//! (`EXT-X-START`): FFmpeg begins three segments before the end otherwise, and who comes later
//! would count from elsewhere (5.1.9; it heeds the mark with `prefer_x_start`). It keeps them if
//! it says so (`EXT-X-PLAYLIST-TYPE:EVENT`): such a list can be sought in, and is not live to the
//! room, whatever wall times it names. One that does not say so and names wall times is left as it
//! is: it is live, and members are kept in step by those.

use url::Url;

use super::address::{BaseAddress, ListPart, ListSpan, PartKind, fetchable};
use sections::Sections;

mod attributes;
mod date;
mod sections;

pub(super) use sections::Discontinuity;

/// The longest list that is read, in bytes: a film of ten hours in parts of 2 s with names of
/// 50 bytes (judgement).
pub(super) const LONGEST_LIST: usize = 1024 * 1024;

/// The longest list that is written, in bytes. Addresses grow where many short names stand in
/// a folder with a long one; three hundred bytes a part is what real lists come to.
const LONGEST_WRITTEN: usize = 8 * 1024 * 1024;

/// The longest line that is kept, in bytes: FFmpeg cuts lines at 4,096 (`MAX_URL_SIZE`), and
/// what it cuts off could become a line of its own.
const LONGEST_LINE: usize = 4_000;

/// Tags without any address in them, which are kept as they are.
const PLAIN: [&str; 15] = [
    "#EXTM3U",
    "#EXT-X-VERSION",
    "#EXT-X-TARGETDURATION",
    "#EXT-X-MEDIA-SEQUENCE",
    "#EXT-X-DISCONTINUITY-SEQUENCE",
    "#EXT-X-DISCONTINUITY",
    "#EXT-X-ENDLIST",
    "#EXT-X-PLAYLIST-TYPE",
    "#EXT-X-INDEPENDENT-SEGMENTS",
    "#EXT-X-START",
    "#EXT-X-BYTERANGE",
    "#EXTINF",
    "#EXT-X-PROGRAM-DATE-TIME",
    "#EXT-X-I-FRAMES-ONLY",
    "#EXT-X-GAP",
];

/// Tags with an address in their attribute `URI`, and what is there.
const WITH_ADDRESS: [(&str, PartKind); 5] = [
    ("#EXT-X-KEY", PartKind::Key),
    ("#EXT-X-SESSION-KEY", PartKind::Key),
    ("#EXT-X-MAP", PartKind::Map),
    ("#EXT-X-MEDIA", PartKind::List),
    ("#EXT-X-I-FRAME-STREAM-INF", PartKind::List),
];

/// The most lists of a list of lists that are kept (judgement: more than mpv has use for, and
/// few enough for the requests of a load): FFmpeg opens each before the first picture.
const MOST_LISTS: usize = 40;

/// The mark of a list that begins at its start. Of several the last one counts for FFmpeg.
const FROM_ITS_START: &str = "#EXT-X-START:TIME-OFFSET=0\n";

/// The tag that says that the next address is another list's.
const VARIANT: &str = "#EXT-X-STREAM-INF";

/// A list that was rewritten.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RewrittenPlaylist {
    /// The list as mpv gets it.
    pub(super) text: String,
    /// Whether it grows: it names segments, and neither ends nor says that it is whole.
    /// `None` for a list of lists.
    pub(super) live: Option<bool>,
    /// How many lists the player opens that it names: variants, sound and subtitles.
    pub(super) lists: usize,
    /// Where its variants are.
    pub(super) variants: Vec<Url>,
    /// Where its time stamps may begin anew, if it is whole and the relay can look at its parts.
    pub(super) discontinuities: Vec<Discontinuity>,
}

/// Rewrites the list at `url` for addresses below `base`; `None` if it becomes too long. By
/// `shifts` the time stamps of its sections are to be moved, in ticks; by nothing where that says
/// nothing.
pub(super) fn rewrite(
    text: &str,
    url: &Url,
    base: &BaseAddress,
    shifts: &[i64],
) -> Option<RewrittenPlaylist> {
    let mut writer = PlaylistWriter::new(url, base, shifts);
    // FFmpeg ends a line at a zero byte, too.
    let lines = text.split(['\n', '\r', '\0']);
    let lines = lines.map(|line| line.trim_start_matches('\u{feff}').trim());
    if lines.clone().any(says_whole) {
        writer.growth = Growth::Whole;
    }
    for line in lines {
        if !line.is_empty() && line.len() <= LONGEST_LINE {
            writer.line(line);
        }
        if writer.text.len() > LONGEST_WRITTEN {
            return None;
        }
    }
    Some(writer.done())
}

/// What a list says of its growth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Growth {
    /// That it is all there.
    Whole,
    /// That it grows, and keeps all of its segments.
    KeepsAll,
    /// Nothing: it grows.
    Unsaid,
}

/// The state between lines.
struct PlaylistWriter<'a> {
    url: &'a Url,
    base: &'a BaseAddress,
    sections: Sections<'a>,
    text: String,
    /// Whether the next address is a list's.
    variant: bool,
    /// Whether the list names other lists.
    names_lists: bool,
    /// The number of its first segment.
    first: u64,
    lists: usize,
    variants: Vec<Url>,
    growth: Growth,
    /// The number of the next segment.
    index: u64,
    /// The wall time of the next segment's first frame, in microseconds.
    time: Option<i64>,
    /// The length of the next segment, in microseconds.
    length: i64,
    /// The length of all segments before it, in microseconds.
    before: i64,
}

impl<'a> PlaylistWriter<'a> {
    fn new(url: &'a Url, base: &'a BaseAddress, shifts: &'a [i64]) -> Self {
        Self {
            url,
            base,
            sections: Sections::new(shifts),
            text: String::new(),
            variant: false,
            names_lists: false,
            first: 0,
            lists: 0,
            variants: Vec::new(),
            growth: Growth::Unsaid,
            index: 0,
            time: None,
            length: 0,
            before: 0,
        }
    }

    fn line(&mut self, line: &str) {
        if !line.starts_with('#') {
            return self.address(line);
        }
        let (tag, value) = line.split_once(':').unwrap_or((line, ""));
        if PLAIN.contains(&tag) {
            self.note(tag, value);
            self.write(line);
        } else if tag == VARIANT {
            if let Some(attributes) = attributes::read(value) {
                self.variant = true;
                self.names_lists = true;
                if self.lists < MOST_LISTS {
                    let attributes = attributes::write(&attributes);
                    self.write(&format!("{tag}:{attributes}"));
                }
            }
        } else if let Some((_, kind)) = WITH_ADDRESS.iter().find(|(with, _)| *with == tag) {
            self.names_lists |= *kind == PartKind::List;
            self.tag_with_address(tag, value, *kind);
        }
    }

    /// Takes note of what a tag says about the segments.
    fn note(&mut self, tag: &str, value: &str) {
        match tag {
            "#EXT-X-MEDIA-SEQUENCE" => {
                self.index = value.trim().parse().unwrap_or(0);
                self.first = self.index;
            }
            "#EXT-X-PLAYLIST-TYPE" if value.trim() == "EVENT" && !self.is_whole() => {
                self.growth = Growth::KeepsAll;
            }
            "#EXT-X-PROGRAM-DATE-TIME" => self.time = date::micros(value),
            "#EXT-X-DISCONTINUITY" => {
                self.time = None;
                self.sections.ends();
            }
            "#EXT-X-BYTERANGE" => self.sections.hide(),
            "#EXTINF" => self.length = duration(value),
            _ => {}
        }
    }

    /// A line that is an address: a segment's, or another list's.
    fn address(&mut self, address: &str) {
        let kind = if std::mem::take(&mut self.variant) {
            PartKind::List
        } else {
            PartKind::Segment
        };
        if kind == PartKind::List && self.lists >= MOST_LISTS {
            return;
        }
        if kind == PartKind::Segment {
            let place = self.place(address);
            self.sections.segment(place, self.length);
        }
        let line = self.relayed(address, kind);
        self.write(&line);
        if kind == PartKind::List {
            self.lists += 1;
            self.variants.extend(self.place(address));
        }
        if kind == PartKind::Segment {
            self.index = self.index.saturating_add(1);
            let length = std::mem::take(&mut self.length);
            self.time = self.time.and_then(|time| time.checked_add(length));
            self.before = self.before.saturating_add(length);
        }
    }

    fn tag_with_address(&mut self, tag: &str, value: &str, kind: PartKind) {
        let Some(mut attributes) = attributes::read(value) else {
            return;
        };
        let is_none = |a: &attributes::Attribute<'_>| a.name == "METHOD" && a.value == "NONE";
        if kind == PartKind::Key && !attributes.iter().any(is_none) {
            // What is encrypted can be looked at by nobody before the player.
            self.sections.hide();
        }
        let addresses: Vec<String> = attributes
            .iter()
            .filter(|attribute| attribute.name == "URI")
            .map(|attribute| self.relayed(attribute.value, kind))
            .collect();
        if tag == "#EXT-X-MEDIA" {
            if self.lists + addresses.len() > MOST_LISTS {
                return;
            }
            self.lists += addresses.len();
        }
        let named = attributes.iter_mut().filter(|a| a.name == "URI");
        for (attribute, address) in named.zip(&addresses) {
            attribute.value = address;
            attribute.quoted = true;
        }
        let line = format!("{tag}:{}", attributes::write(&attributes));
        self.write(&line);
    }

    /// The relay's address for one of the list's; one of nothing where that leads to no web
    /// address, so that the numbers of the segments stay right.
    fn relayed(&self, address: &str, kind: PartKind) -> String {
        let is_segment = kind == PartKind::Segment;
        self.base.part(&ListPart {
            kind,
            index: if is_segment { self.index } else { 0 },
            time: self.time.filter(|_| is_segment),
            stretch: is_segment.then_some(ListSpan {
                // In a list that grows a part keeps its address.
                from: if self.is_whole() { self.before } else { 0 },
                length: self.length,
            }),
            shift: if is_segment { self.sections.shift() } else { 0 },
            url: self.place(address),
        })
    }

    /// Where an address of the list's leads, if that is a web address.
    fn place(&self, address: &str) -> Option<Url> {
        self.url.join(address).ok().and_then(fetchable)
    }

    fn write(&mut self, line: &str) {
        if line.len() <= LONGEST_LINE {
            self.text.push_str(line);
            self.text.push('\n');
        }
    }

    fn is_whole(&self) -> bool {
        self.growth == Growth::Whole
    }

    fn done(mut self) -> RewrittenPlaylist {
        let is_whole = self.is_whole();
        let grows = !self.names_lists && !self.is_whole();
        let keeps_all = self.growth == Growth::KeepsAll;
        let lacks_none = keeps_all || (self.first == 0 && self.time.is_none());
        if grows && self.index > self.first && lacks_none {
            self.text.push_str(FROM_ITS_START);
        }
        RewrittenPlaylist {
            discontinuities: self.sections.all(is_whole),
            text: self.text,
            lists: self.lists,
            variants: self.variants,
            live: (!self.names_lists).then_some(!is_whole),
        }
    }
}

/// Whether a line says that the list is all there.
fn says_whole(line: &str) -> bool {
    match line.split_once(':').unwrap_or((line, "")) {
        ("#EXT-X-ENDLIST", _) => true,
        ("#EXT-X-PLAYLIST-TYPE", kind) => kind.trim() == "VOD",
        _ => false,
    }
}

/// The length in `EXTINF` in microseconds; 0 if there is none.
fn duration(value: &str) -> i64 {
    let seconds = value.split(',').next().unwrap_or_default().trim();
    let seconds: f64 = seconds.parse().unwrap_or(0.0);
    let is_length = seconds.is_finite() && (0.0..86_400.0).contains(&seconds);
    #[expect(clippy::cast_possible_truncation, reason = "at most a day")]
    let micros = (seconds * 1e6).round() as i64;
    if is_length { micros } else { 0 }
}

#[cfg(test)]
mod tests;
