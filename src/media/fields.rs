//! The `name=value` pairs of a link's query or fragment, parsed leniently: `;` is a separator too,
//! which also undoes the `&amp;` of links copied out of HTML.

use percent_encoding::percent_decode_str;
use url::Url;

/// The pairs in their order; values are still percent-encoded.
pub(super) struct Fields<'a>(&'a str);

impl<'a> Fields<'a> {
    /// The pairs after `?`.
    pub(super) fn of_query(url: &'a Url) -> Self {
        Self(url.query().unwrap_or_default())
    }

    /// The pairs after `#` or `#!`.
    pub(super) fn of_fragment(url: &'a Url) -> Self {
        let fragment = url.fragment().unwrap_or_default();
        Self(fragment.strip_prefix('!').unwrap_or(fragment))
    }

    /// The decoded value of the first pair with this name.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        self.0.split(['&', ';']).find_map(|pair| {
            let (key, value) = pair.split_once('=')?;
            (key == name).then(|| percent_decode_str(value).decode_utf8_lossy().into_owned())
        })
    }
}
