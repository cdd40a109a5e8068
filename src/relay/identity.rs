//! Whether two responses contain the same file. Pure.

/// What a server says about a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Identity {
    /// The host that sent it. Mirrors of one file rarely agree on its tag.
    pub(super) host: String,
    /// Its length in bytes; `None` if the server does not say.
    pub(super) total: Option<u64>,
    /// Its strong `ETag`, else its `Last-Modified`.
    pub(super) tag: Option<String>,
}

/// How a later response relates to an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Continuation {
    /// The same file, or the same file grown: continue with it.
    Same,
    /// Possibly another file, as from an outdated mirror: another attempt may find the same one.
    Doubtful,
    /// Certainly another file.
    Another,
}

impl Identity {
    /// Compares a later response with this one. A file that grows is still being written, and its
    /// tag changes with it. A file that shrank, or changed without growing, is another one. Another
    /// host's file counts as the same if the length is equal.
    pub(super) fn continued_by(&self, later: &Self) -> Continuation {
        let is_same_host = self.host == later.host;
        let tags = self.tag.as_ref().zip(later.tag.as_ref());
        let tags_differ = is_same_host && tags.is_some_and(|(one, two)| one != two);
        match (self.total, later.total) {
            (Some(one), Some(two)) if one == two && tags_differ => Continuation::Another,
            (Some(one), Some(two)) if one == two => Continuation::Same,
            (Some(_), Some(_)) if !is_same_host => Continuation::Doubtful,
            (Some(one), Some(two)) if two < one => Continuation::Another,
            (Some(_), Some(_)) => Continuation::Same,
            _ if tags_differ => Continuation::Doubtful,
            _ => Continuation::Same,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Continuation, Identity};

    fn identity(host: &str, total: u64, tag: &str) -> Identity {
        Identity {
            host: host.to_owned(),
            total: (total > 0).then_some(total),
            tag: (!tag.is_empty()).then(|| tag.to_owned()),
        }
    }

    #[test]
    fn only_what_is_certainly_another_file_is_one() {
        let known = identity("a.example", 100, "1");
        for (host, total, tag, expected) in [
            ("a.example", 100, "1", Continuation::Same),
            ("a.example", 100, "", Continuation::Same),
            ("a.example", 100, "2", Continuation::Another),
            ("a.example", 120, "2", Continuation::Same),
            ("a.example", 80, "1", Continuation::Another),
            ("a.example", 0, "1", Continuation::Same),
            ("a.example", 0, "2", Continuation::Doubtful),
            ("b.example", 100, "2", Continuation::Same),
            ("b.example", 120, "1", Continuation::Doubtful),
            ("b.example", 80, "1", Continuation::Doubtful),
        ] {
            let later = identity(host, total, tag);
            assert_eq!(known.continued_by(&later), expected, "{later:?}");
        }
    }
}
