//! Which redirects of a server are followed: those that stay with it. A stranger's server must
//! not send a client to this computer, into the local network, or to anybody else.

use url::Url;

/// Where an answer to `asked` leads by its `Location`, if that may be followed: to the same
/// host, at the same port or from `http` to `https`, as a proxy sends everybody on.
pub(super) fn followed(asked: &Url, location: &str) -> Option<Url> {
    let leads = asked.join(location).ok()?;
    let same_host = leads.host().is_some() && leads.host() == asked.host();
    let same_port = leads.port_or_known_default() == asked.port_or_known_default();
    let same_place = leads.scheme() == asked.scheme() && same_port;
    let made_safe = asked.scheme() == "http" && leads.scheme() == "https";
    let nameless = leads.username().is_empty() && leads.password().is_none();
    (same_host && nameless && (same_place || made_safe)).then_some(leads)
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::followed;

    #[test]
    fn redirects_stay_with_the_server() {
        let rows = [
            (
                "http://a.example/api/rooms",
                "https://a.example/api/rooms",
                true,
            ),
            ("http://a.example:8000/x", "https://a.example:8443/x", true),
            ("http://a.example/api/rooms", "/watch/api/rooms", true),
            ("https://a.example/x", "//a.example/y", true),
            ("https://A.example/x", "https://a.EXAMPLE:443/y", true),
            ("https://a.example/x", "http://a.example/x", false),
            ("https://a.example/x", "https://b.example/x", false),
            ("https://a.example/x", "https://a.example:22/x", false),
            ("http://a.example/x", "http://127.0.0.1:8000/x", false),
            ("http://a.example/x", "//[::1]/x", false),
            ("http://a.example/x", "http://me:you@a.example/x", false),
            ("http://127.0.0.1:8000/x", "http://127.0.0.1:631/x", false),
            ("http://127.0.0.1:8000/x", "http://127.1:8000/y", true),
            ("http://127.0.0.1:8000/x", "http://localhost:8000/y", false),
            ("http://a.example/x", "file:///etc/passwd", false),
            ("http://a.example/x", "data:,x", false),
            ("http://a.example/x", "http://", false),
        ];
        for (asked, location, expected) in rows {
            let asked = Url::parse(asked).unwrap();
            let leads = followed(&asked, location);
            assert_eq!(
                leads.is_some(),
                expected,
                "{asked} to {location}: {leads:?}"
            );
        }
    }
}
