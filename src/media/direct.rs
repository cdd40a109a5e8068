//! Direct links: http(s) addresses whose path names a media file.
//!
//! The address has been checked by `address`; this module only judges its path and reads its
//! fragment. Nothing is fetched: the extension is all that is known of the file.

use percent_encoding::percent_decode_str;
use url::Url;

use super::error::{DirectProblem, Excerpt};
use super::offset;

pub use super::container::Container;

/// A checked http(s) address of a media file, without fragment or user name.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DirectUrl {
    url: Url,
    container: Container,
}

impl DirectUrl {
    /// The address given to the player: ASCII, percent-encoded, with a lower-case scheme.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.url.as_str()
    }

    /// The parsed address.
    #[must_use]
    pub const fn url(&self) -> &Url {
        &self.url
    }

    /// The container format that its path names.
    #[must_use]
    pub const fn container(&self) -> Container {
        self.container
    }

    /// Its path, percent-encoded.
    pub(super) fn path(&self) -> &str {
        self.url.path()
    }

    /// Its host as text, an IPv6 address in brackets.
    pub(super) fn host_str(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }
}

/// Judges a checked address by its path, and reads the start position from its fragment (`#t=90`).
pub(super) fn read(mut url: Url) -> Result<(DirectUrl, u32), DirectProblem> {
    let container = container(&url)?;
    let start = url.fragment().and_then(start).unwrap_or(0);
    url.set_fragment(None);
    Ok((DirectUrl { url, container }, start))
}

fn container(url: &Url) -> Result<Container, DirectProblem> {
    let path = percent_decode_str(url.path()).decode_utf8_lossy();
    let found = extension(&path);
    if let Some(container) = found.and_then(Container::from_extension) {
        return Ok(container);
    }
    if url.fragment().is_some_and(names_file) {
        return Err(DirectProblem::HashInName);
    }
    Err(found.map_or(DirectProblem::NoExtension, |found| {
        DirectProblem::UnknownExtension(Excerpt::new(found))
    }))
}

/// Whether the text after a `#` is the rest of a file name.
fn names_file(fragment: &str) -> bool {
    let name = fragment.split('?').next().unwrap_or_default();
    extension(name)
        .and_then(Container::from_extension)
        .is_some()
}

/// The text after the last dot of the path's last segment.
pub(super) fn extension(path: &str) -> Option<&str> {
    let name = path.rsplit('/').next()?;
    let (_stem, extension) = name.rsplit_once('.')?;
    (!extension.is_empty()).then_some(extension)
}

/// The start in a W3C media fragment; `None` if it cannot be parsed.
fn start(fragment: &str) -> Option<u32> {
    let time = fragment
        .split('&')
        .find_map(|pair| pair.strip_prefix("t="))?;
    offset::seconds(&percent_decode_str(time).decode_utf8_lossy())
}
