//! Parses an MPD into the elements and attributes that the player uses; everything else is skipped.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;

/// The deepest nesting of elements, skipped ones included (judgement: those of an MPD are seven
/// deep).
const DEEPEST: usize = 32;

/// Attributes that describe a stream, permitted for several of [`KNOWN`].
const STREAM: [&str; 12] = [
    "id",
    "contentType",
    "mimeType",
    "codecs",
    "lang",
    "width",
    "height",
    "frameRate",
    "bandwidth",
    "audioSamplingRate",
    "startWithSAP",
    "label",
];

/// The elements that FFmpeg reads (`dashdec.c` of 5.1), each with its permitted attributes. A
/// `SegmentList` has no `startNumber`: FFmpeg 5.1 takes it for the index in the list and begins one
/// segment late. `ContentProtection` only marks encryption.
const KNOWN: [(&str, &[&str]); 13] = [
    (
        "MPD",
        &[
            "type",
            "availabilityStartTime",
            "availabilityEndTime",
            "publishTime",
            "minimumUpdatePeriod",
            "timeShiftBufferDepth",
            "minBufferTime",
            "suggestedPresentationDelay",
            "mediaPresentationDuration",
        ],
    ),
    ("Period", &["id", "start", "duration"]),
    ("AdaptationSet", &STREAM),
    ("Representation", &STREAM),
    ("ContentComponent", &["contentType", "lang"]),
    ("ContentProtection", &[]),
    ("BaseURL", &[]),
    (
        "SegmentTemplate",
        &[
            "timescale",
            "duration",
            "startNumber",
            "presentationTimeOffset",
            "media",
            "initialization",
        ],
    ),
    ("SegmentTimeline", &[]),
    ("S", &["t", "d", "r"]),
    (
        "SegmentList",
        &["timescale", "duration", "presentationTimeOffset"],
    ),
    ("SegmentURL", &["media", "mediaRange"]),
    ("Initialization", &["sourceURL", "range"]),
];

/// `SegmentBase`, whose own attributes only locate its index in the file.
const SEGMENT_BASE: (&str, &[&str]) = (
    "SegmentBase",
    &[
        "timescale",
        "presentationTimeOffset",
        "indexRange",
        "indexRangeExact",
    ],
);

/// A parsed element with its known contents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Element {
    /// Its tag, one of [`KNOWN`].
    pub(super) name: &'static str,
    /// Its attributes, unescaped.
    pub(super) attributes: Vec<(&'static str, String)>,
    /// Its child elements.
    pub(super) children: Vec<Self>,
    /// Its text content.
    text: String,
}

impl Element {
    /// Whether it has a child of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.children.iter().any(|child| child.name == name)
    }

    /// The text of its first `BaseURL`.
    pub(super) fn base_url(&self) -> Option<&str> {
        let child = self.children.iter().find(|child| child.name == "BaseURL");
        child.map(|child| child.text.trim())
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// Parses an MPD; `None` if it is not XML, has a document type (whose entities could hide
/// addresses), or is not an MPD.
pub(super) fn read(text: &str) -> Option<Element> {
    let mut reader = Reader::from_str(text);
    let mut open: Vec<Element> = Vec::new();
    let mut skipped = 0_usize;
    loop {
        let event = reader.read_event().ok()?;
        match event {
            Event::DocType(_) | Event::Eof => return None,
            Event::End(_) if skipped > 0 => skipped -= 1,
            Event::Start(_) if skipped > 0 => skipped += 1,
            _ if skipped > 0 => {}
            Event::Start(start) => match known(&start)? {
                KnownElement::Element(element) => open.push(element),
                KnownElement::Nothing => skipped = 1,
            },
            Event::Empty(start) => {
                if let (KnownElement::Element(element), Some(outer)) =
                    (known(&start)?, open.last_mut())
                {
                    outer.children.push(element);
                }
            }
            Event::End(_) => {
                let element = open.pop()?;
                match open.last_mut() {
                    Some(outer) => outer.children.push(element),
                    None => return (element.name == "MPD").then_some(element),
                }
            }
            Event::Text(text) => add_text(&mut open, &text.xml10_content()),
            Event::CData(text) => add_text(&mut open, &text.xml10_content()),
            Event::GeneralRef(named) => {
                let character = character(&named)?;
                add_text(&mut open, character.encode_utf8(&mut [0; 4]));
            }
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
        if open.len() + skipped > DEEPEST {
            return None;
        }
    }
}

/// What the start of an element means for the parser.
enum KnownElement {
    /// It is kept, with its known attributes.
    Element(Element),
    /// It is skipped with its contents.
    Nothing,
}

/// Parses the start of an element; `None` if its attributes are not XML.
fn known(start: &BytesStart<'_>) -> Option<KnownElement> {
    let name = start.name();
    let mut all = KNOWN.iter().chain([&SEGMENT_BASE]);
    let Some((name, wanted)) = all.find(|(known, _)| *known == name.as_ref()) else {
        return Some(KnownElement::Nothing);
    };
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.ok()?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
        let key = attribute.key;
        if let Some(key) = wanted.iter().find(|known| **known == key.as_ref())
            && !value.contains(char::is_control)
        {
            attributes.push((*key, value.into_owned()));
        }
    }
    Some(KnownElement::Element(Element {
        name,
        attributes,
        children: Vec::new(),
        text: String::new(),
    }))
}

fn add_text(open: &mut [Element], text: &str) {
    if let Some(element) = open.last_mut() {
        element.text.push_str(text);
    }
}

/// The character that a reference in a text stands for; `None` for an entity of the document's own.
fn character(named: &BytesRef<'_>) -> Option<char> {
    if let Some(character) = named.resolve_char_ref().ok()? {
        return Some(character);
    }
    let text = quick_xml::escape::resolve_predefined_entity(&named.xml10_content())?;
    text.chars().next()
}
