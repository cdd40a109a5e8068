//! A server's other address, at which a member's token may be used.
//!
//! Anybody can repeat a server's id, so an id alone opens nothing. And who gave a token may not send
//! it anywhere either: a server elsewhere could hand out one that it made itself known by at another,
//! and would be the same member there. So only a server on the member's own computer names another
//! address: its token may go there if nobody on the way can read it, and if the server there has
//! the same id.

use std::fmt;

use crate::protocol::invite::ServerUrl;

/// The longest id that is kept, in bytes (judgement); ours have 16 digits.
const MAX_ID: usize = 64;
/// The longest address that is kept, in bytes (judgement: a host has at most 253).
const MAX_URL: usize = 512;

/// What a server says of itself: where others reach it, and its id.
#[derive(Clone, PartialEq, Eq)]
pub struct OtherAddress {
    url: ServerUrl,
    server_id: String,
}

impl OtherAddress {
    /// From the words of a welcome or of a file; `None` if they are not valid.
    #[must_use]
    pub fn parse(url: &str, server_id: &str) -> Option<Self> {
        let is_short = url.len() <= MAX_URL;
        let url = ServerUrl::parse(url).ok().filter(|_| is_short)?;
        is_id(server_id).then(|| Self {
            url,
            server_id: server_id.to_owned(),
        })
    }

    /// Whether a token that the server at `from` gave may go there.
    #[must_use]
    pub fn may_get_tokens_of(&self, from: &str) -> bool {
        let Ok(from) = ServerUrl::parse(from) else {
            return false;
        };
        let is_secret = self.url.is_encrypted() || self.url.is_loopback();
        from.is_loopback() && is_secret && from != self.url
    }

    /// The address.
    #[must_use]
    pub fn url(&self) -> &str {
        self.url.as_str()
    }

    /// The id that the server there must have.
    #[must_use]
    pub fn server_id(&self) -> &str {
        &self.server_id
    }
}

/// Whether it has the form of an id.
fn is_id(text: &str) -> bool {
    (1..=MAX_ID).contains(&text.len()) && text.chars().all(|c| c.is_ascii_alphanumeric())
}

impl fmt::Debug for OtherAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.url(), self.server_id)
    }
}

#[cfg(test)]
mod tests {
    use super::OtherAddress;

    #[test]
    fn only_a_server_on_this_computer_sends_its_tokens_elsewhere() {
        for (from, to, may) in [
            ("http://127.0.0.1:8400", "https://watch.example.org", true),
            ("http://localhost:8400", "https://watch.example.org", true),
            ("http://[::1]:8400", "https://192.168.1.5", true),
            ("http://127.0.0.1:8400", "http://127.0.0.1:9000", true),
            // On the way anybody could read it.
            ("http://127.0.0.1:8400", "http://watch.example.org", false),
            ("http://127.0.0.1:8400", "http://192.168.1.5:8400", false),
            ("https://localhost", "http://watch.example.org", false),
            ("http://127.0.0.1:8400", "http://127.0.0.1:8400", false),
            // A server elsewhere could name anybody's.
            (
                "https://evil.example.org",
                "https://good.example.org",
                false,
            ),
            ("https://evil.example.org", "http://127.0.0.1:8400", false),
            ("https://evil.example.org", "https://localhost", false),
            ("https://evil.example.org", "https://[::1]", false),
            ("https://evil.example.org", "https://10.1.2.3", false),
            ("http://192.168.1.5:8400", "https://good.example.org", false),
            (
                "http://localhost.evil.example.org",
                "https://good.example.org",
                false,
            ),
            (
                "http://127.0.0.1@evil.example.org",
                "https://good.example.org",
                false,
            ),
            ("not an address", "https://good.example.org", false),
        ] {
            let to = OtherAddress::parse(to, "00c0ffee").unwrap();
            assert_eq!(to.may_get_tokens_of(from), may, "{from} {to:?}");
        }
    }

    #[test]
    fn what_is_no_id_or_no_address_is_not_kept() {
        for id in ["", "a b", "id/../id", "a\nb", &"a".repeat(65)] {
            assert_eq!(
                OtherAddress::parse("https://watch.example.org", id),
                None,
                "{id}"
            );
        }
        let long = format!("https://{}.example.org", "a".repeat(512));
        for url in ["file:///etc", "", &long] {
            assert_eq!(OtherAddress::parse(url, "1"), None, "{url}");
        }
    }
}
