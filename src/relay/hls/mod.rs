//! Rewrites HLS lists (RFC 8216) so that each address in them is the relay's. Pure.
//!
//! Only known tags are kept, and only in their standard form: FFmpeg must not find an address that
//! this parser overlooks. Low-latency tags (`EXT-X-PART` and the like), which FFmpeg does not use,
//! are left out, and so are those that name addresses in other ways (`EXT-X-DEFINE`,
//! `EXT-X-DATERANGE`, `EXT-X-CONTENT-STEERING`). Only the player can see encrypted contents: it has
//! to be given the list of formats that are permitted there.
//!
//! A growing list that keeps all of its segments is marked to begin at its start (`EXT-X-START`).
//! Otherwise FFmpeg begins three segments before the end, and members who join later would count
//! from a different point (5.1.9; it obeys the mark with `prefer_x_start`). A list says that it
//! keeps its segments by `EXT-X-PLAYLIST-TYPE:EVENT`: such a list is seekable, and not live to the
//! room, even if it names wall times. A list without that type but with wall times is left
//! unchanged: it is live, and members are kept in step by the wall times.

use url::Url;

use super::address::{BaseAddress, ListPart, ListSpan, PartKind, fetchable};
use sections::Sections;

mod attributes;
mod date;
mod sections;

pub(super) use sections::Discontinuity;

/// The longest list that is read, in bytes: ten hours in segments of 2 s with names of 50 bytes
/// (judgement).
pub(super) const LONGEST_LIST: usize = 1024 * 1024;

/// The longest list that is written, in bytes. Addresses grow if many short names are in a folder
/// with a long one; real lists come to three hundred bytes a segment.
const LONGEST_WRITTEN: usize = 8 * 1024 * 1024;

/// The longest line that is kept, in bytes: FFmpeg cuts lines at 4,096 (`MAX_URL_SIZE`), and the
/// rest could become a line of its own.
const LONGEST_LINE: usize = 4_000;

/// Tags without an address, which are kept unchanged.
const PLAIN_TAGS: [&str; 15] = [
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

/// Tags with an address in their attribute `URI`, and the kind of its target.
const ADDRESS_TAGS: [(&str, PartKind); 5] = [
    ("#EXT-X-KEY", PartKind::Key),
    ("#EXT-X-SESSION-KEY", PartKind::Key),
    ("#EXT-X-MAP", PartKind::Map),
    ("#EXT-X-MEDIA", PartKind::List),
    ("#EXT-X-I-FRAME-STREAM-INF", PartKind::List),
];

/// The most lists that are kept of a master list (judgement: more than mpv can use, and few enough
/// for the request limit of a load): FFmpeg opens each before the first picture.
const MOST_LISTS: usize = 40;

/// Marks a list to begin at its start. FFmpeg uses the last such tag.
const START_TAG: &str = "#EXT-X-START:TIME-OFFSET=0\n";

/// The tag that says that the next address is that of a variant's list.
const VARIANT_TAG: &str = "#EXT-X-STREAM-INF";

/// A list whose every address is the relay's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RewrittenPlaylist {
    /// The list for mpv.
    pub(super) text: String,
    /// Whether it grows: it names segments, and neither ends nor says that it is complete. `None`
    /// for a list of lists.
    pub(super) live: Option<bool>,
    /// How many of its lists the player opens: variants, audio and subtitles.
    pub(super) lists: usize,
    /// The addresses of its variants.
    pub(super) variants: Vec<Url>,
    /// Where its time stamps may start again, if it is complete and the relay can read its
    /// segments.
    pub(super) discontinuities: Vec<Discontinuity>,
}

/// Rewrites the list at `url` for addresses below `base`; `None` if it becomes too long. `shifts`
/// has the shift of each section's time stamps in ticks; missing entries count as 0.
pub(super) fn rewrite(
    text: &str,
    url: &Url,
    base: &BaseAddress,
    shifts: &[i64],
) -> Option<RewrittenPlaylist> {
    let mut writer = PlaylistWriter::new(url, base, shifts);
    // FFmpeg also ends a line at a zero byte.
    let lines = text.split(['\n', '\r', '\0']);
    let lines = lines.map(|line| line.trim_start_matches('\u{feff}').trim());
    if lines.clone().any(is_completeness_tag) {
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

/// Whether a list grows, by its own tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Growth {
    /// It is complete: `EXT-X-ENDLIST`, or the type `VOD`.
    Whole,
    /// It grows and keeps all of its segments: the type `EVENT`.
    KeepsAll,
    /// No tag says anything: it grows, and may drop its first segments.
    Unspecified,
}

/// Rewrites a list line by line.
struct PlaylistWriter<'a> {
    url: &'a Url,
    base: &'a BaseAddress,
    sections: Sections<'a>,
    text: String,
    /// Whether the next address is a variant's list.
    variant: bool,
    /// Whether the list names other lists.
    names_lists: bool,
    /// The media sequence number of its first segment.
    first: u64,
    lists: usize,
    variants: Vec<Url>,
    growth: Growth,
    /// The media sequence number of the next segment.
    index: u64,
    /// The wall time of the next segment's first frame, in microseconds since the Unix epoch.
    time: Option<i64>,
    /// The length of the next segment, in microseconds.
    length: i64,
    /// The total length of all earlier segments, in microseconds.
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
            growth: Growth::Unspecified,
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
        if PLAIN_TAGS.contains(&tag) {
            self.note(tag, value);
            self.write(line);
        } else if tag == VARIANT_TAG {
            if let Some(attributes) = attributes::read(value) {
                self.variant = true;
                self.names_lists = true;
                if self.lists < MOST_LISTS {
                    let attributes = attributes::write(&attributes);
                    self.write(&format!("{tag}:{attributes}"));
                }
            }
        } else if let Some((_, kind)) = ADDRESS_TAGS.iter().find(|(with, _)| *with == tag) {
            self.names_lists |= *kind == PartKind::List;
            self.tag_with_address(tag, value, *kind);
        }
    }

    /// Updates the state from a tag.
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
                self.sections.mark_discontinuity();
            }
            "#EXT-X-BYTERANGE" => self.sections.mark_unreadable(),
            "#EXTINF" => self.length = duration(value),
            _ => {}
        }
    }

    /// Handles an address line: of a segment or of another list.
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
            let place = self.resolve(address);
            self.sections.segment(place, self.length);
        }
        let line = self.relayed(address, kind);
        self.write(&line);
        if kind == PartKind::List {
            self.lists += 1;
            self.variants.extend(self.resolve(address));
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
            // Only the player can read encrypted segments.
            self.sections.mark_unreadable();
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

    /// The relay's address for one of the list's. If that is not a web address, the result leads to
    /// a missing part, so that the numbers of the segments stay right.
    fn relayed(&self, address: &str, kind: PartKind) -> String {
        let is_segment = kind == PartKind::Segment;
        self.base.part(&ListPart {
            kind,
            index: if is_segment { self.index } else { 0 },
            time: self.time.filter(|_| is_segment),
            span: is_segment.then_some(ListSpan {
                // In a growing list a segment keeps its address.
                from: if self.is_whole() { self.before } else { 0 },
                length: self.length,
            }),
            shift: if is_segment { self.sections.shift() } else { 0 },
            url: self.resolve(address),
        })
    }

    /// Resolves an address of the list, if it is a web address.
    fn resolve(&self, address: &str) -> Option<Url> {
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
            self.text.push_str(START_TAG);
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

/// Whether a line says that the list is complete.
fn is_completeness_tag(line: &str) -> bool {
    match line.split_once(':').unwrap_or((line, "")) {
        ("#EXT-X-ENDLIST", _) => true,
        ("#EXT-X-PLAYLIST-TYPE", kind) => kind.trim() == "VOD",
        _ => false,
    }
}

/// The length in `EXTINF` in microseconds; 0 if absent or invalid.
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
