//! Rewrites DASH manifests (MPD, ISO/IEC 23009-1) so that each address in them is the relay's.
//! Pure.
//!
//! The player's manifest is written element by element from the parsed one: only known names and
//! attributes, no document type, no entity, no external document (`xlink`). So it contains no
//! unchecked address. All `BaseURL`s become one for each `Representation`, a folder of the relay's
//! that encodes the original base; below it each address of the manifest is one encoded path
//! segment, which the relay joins to that base and checks like any other.
//!
//! Encrypted streams are left out, since there is no key, and so are XML subtitles, which FFmpeg
//! does not read.

use quick_xml::escape::escape;
use url::Url;

use super::address::{BaseAddress, fetchable};
use crate::media::fault::FaultKind;
use tree::Element;

mod template;
mod tree;

/// The longest written manifest in bytes, as for an HLS list.
const LONGEST_WRITTEN: usize = 8 * 1024 * 1024;

/// The longest attribute value in bytes (judgement: lists of profiles are shorter).
const LONGEST_VALUE: usize = 1_000;

/// The most repetitions that one `S` may name. FFmpeg counts them one by one; a day of segments of
/// 1 s has a tenth of them.
const MOST_REPEATED: i64 = 1_000_000;

/// FFmpeg recognises a manifest by its profile.
const PROFILE: &str = "urn:mpeg:dash:profile:isoff-live:2011";

/// A manifest whose every address is the relay's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RewrittenManifest {
    /// The manifest for mpv.
    pub(super) text: String,
    /// Whether it grows: the player requests it again for new segments.
    pub(super) live: bool,
}

/// Rewrites the manifest at `url` for addresses below `base`.
///
/// # Errors
/// [`FaultKind::ForbiddenContent`] if it cannot be parsed unambiguously or names other than web
/// addresses; [`FaultKind::NothingToPlay`] if no stream is left.
pub(super) fn rewrite(
    text: &str,
    url: &Url,
    base: &BaseAddress,
) -> Result<RewrittenManifest, FaultKind> {
    let manifest = tree::read(text).ok_or(FaultKind::ForbiddenContent)?;
    let mut writer = ManifestWriter {
        base,
        text: String::new(),
        streams: 0,
    };
    let place = InheritedBase {
        url: url.clone(),
        is_listed: false,
    };
    writer
        .element(&manifest, &place)
        .ok_or(FaultKind::ForbiddenContent)?;
    if writer.streams == 0 {
        return Err(FaultKind::NothingToPlay);
    }
    Ok(RewrittenManifest {
        text: writer.text,
        live: manifest.attribute("type") == Some("dynamic"),
    })
}

/// What an element inherits from the enclosing ones.
#[derive(Debug, Clone)]
struct InheritedBase {
    /// The base of its relative addresses, on the original server.
    url: Url,
    /// Whether segments are listed or made from a template; otherwise a stream is one file.
    is_listed: bool,
}

struct ManifestWriter<'a> {
    base: &'a BaseAddress,
    text: String,
    /// The number of streams written: with none the manifest is refused.
    streams: usize,
}

impl ManifestWriter<'_> {
    /// Writes an element and its children; `None` if it must not be played.
    fn element(&mut self, element: &Element, around: &InheritedBase) -> Option<()> {
        let name = element.name;
        let is_left_out = matches!(name, "BaseURL" | "ContentProtection");
        if is_left_out || element.has("ContentProtection") || is_xml_subtitles(element) {
            return Some(());
        }
        let place = inherit(element, around)?;
        self.text.push('<');
        self.text.push_str(name);
        for (key, value) in &element.attributes {
            self.attribute(key, &attribute(name, key, value)?);
        }
        if name == "MPD" {
            self.attribute("profiles", PROFILE);
        }
        self.text.push('>');
        if name == "Representation" {
            self.streams += 1;
            self.base_url(&place)?;
        }
        for child in &element.children {
            self.element(child, &place)?;
        }
        self.text.push_str("</");
        self.text.push_str(name);
        self.text.push('>');
        (self.text.len() <= LONGEST_WRITTEN).then_some(())
    }

    fn attribute(&mut self, key: &str, value: &str) {
        let value = escape(value);
        for part in [" ", key, "=\"", &value, "\""] {
            self.text.push_str(part);
        }
    }

    /// Writes the base of a stream's addresses: the folder of its segments, or its one file.
    fn base_url(&mut self, place: &InheritedBase) -> Option<()> {
        let url = fetchable(place.url.clone())?;
        let folder = self.base.folder(&url)?;
        let file = if place.is_listed {
            String::new()
        } else {
            template::address(&relative_self(&url))?
        };
        for part in ["<BaseURL>", &folder, &file, "</BaseURL>"] {
            self.text.push_str(part);
        }
        Some(())
    }
}

/// What an element's children inherit; `None` if its own `BaseURL` is not an address.
fn inherit(element: &Element, around: &InheritedBase) -> Option<InheritedBase> {
    let is_listed = element.children.iter().any(|child| {
        child.name == "SegmentList"
            || (child.name == "SegmentTemplate" && child.attribute("media").is_some())
    });
    let url = match element.base_url() {
        Some(base) => around.url.join(base).ok()?,
        None => around.url.clone(),
    };
    // Segments that are ranges of one file have no address but the base.
    let is_one_file = element.children.iter().any(|child| {
        let parts = || child.children.iter().filter(|it| it.name == "SegmentURL");
        child.name == "SegmentList" && parts().all(|part| part.attribute("media").is_none())
    });
    Some(InheritedBase {
        url,
        is_listed: (around.is_listed || is_listed) && !is_one_file,
    })
}

/// A relative address that leads from `url` to itself.
fn relative_self(url: &Url) -> String {
    let file = url.path().rsplit('/').next().unwrap_or_default();
    match url.query() {
        Some(query) => format!("./{file}?{query}"),
        None => format!("./{file}"),
    }
}

/// The rewritten value of an attribute; `None` if it must not be played.
fn attribute(element: &str, key: &str, value: &str) -> Option<String> {
    if value.len() > LONGEST_VALUE {
        return None;
    }
    match (element, key) {
        ("SegmentTemplate", "media" | "initialization") => template::template(value),
        // The player inserts the id into addresses.
        ("SegmentURL", "media") | ("Initialization", "sourceURL") | ("Representation", "id") => {
            template::address(value)
        }
        ("S", "r") => {
            let repeated: i64 = value.trim().parse().ok()?;
            (repeated <= MOST_REPEATED).then(|| repeated.to_string())
        }
        _ => Some(value.to_owned()),
    }
}

fn is_xml_subtitles(element: &Element) -> bool {
    let kind = element.attribute("mimeType").unwrap_or_default();
    let codecs = element.attribute("codecs").unwrap_or_default();
    kind == "application/ttml+xml" || codecs.starts_with("stpp")
}

#[cfg(test)]
mod tests;
