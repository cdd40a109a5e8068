//! The member's own proxy, which the connection, the gallery and the relay use alike. The relay
//! has the rules.

use std::sync::OnceLock;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use hyper::Uri;
use hyper_util::client::proxy::matcher::Intercept;

use crate::relay::{self, Proxies};

/// The proxies that the environment names, read once.
pub(super) fn of_environment() -> &'static Proxies {
    static PROXIES: OnceLock<Proxies> = OnceLock::new();
    PROXIES.get_or_init(Proxies::from_environment)
}

/// The proxy for a server's address, `http://...` or `https://...`; never for one of the
/// member's own network.
pub(super) fn of(proxies: &Proxies, server: &str) -> Option<Intercept> {
    let server: Uri = server.parse().ok()?;
    proxies.of(&server)
}

/// The name of a proxy for the member, without its password.
pub(super) fn name(proxy: &Intercept) -> String {
    let uri = proxy.uri();
    let host = uri.host().unwrap_or_default();
    uri.port_u16()
        .map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// The same proxy for plain requests.
pub(super) fn for_requests(proxy: &Intercept) -> Option<ureq::Proxy> {
    let uri = proxy.uri();
    let mut builder = ureq::Proxy::builder(ureq::ProxyProtocol::Http)
        .host(uri.host()?)
        .port(uri.port_u16().unwrap_or(relay::PROXY_PORT));
    if let Some((user, password)) = credentials(proxy) {
        builder = builder.username(&user).password(&password);
    }
    builder
        .build()
        .inspect_err(|error| tracing::warn!(%error, "the proxy cannot be used"))
        .ok()
}

/// The name and password in a proxy's address.
fn credentials(proxy: &Intercept) -> Option<(String, String)> {
    let header = proxy.basic_auth()?.to_str().ok()?;
    let decoded = BASE64_STANDARD
        .decode(header.strip_prefix("Basic ")?)
        .ok()?;
    let decoded = String::from_utf8(decoded).ok()?;
    let (user, password) = decoded.split_once(':')?;
    Some((user.to_owned(), password.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::{credentials, for_requests, name, of};
    use crate::relay::Proxies;

    #[test]
    fn a_proxy_is_named_without_its_password_and_asked_with_it() {
        let proxies = Proxies::all("http://user:word@proxy.example:3128", "");
        let proxy = of(&proxies, "https://watch.example.org").unwrap();
        assert_eq!(name(&proxy), "proxy.example:3128");
        let expected = ("user".to_owned(), "word".to_owned());
        assert_eq!(credentials(&proxy), Some(expected));
        let same = for_requests(&proxy).unwrap();
        assert_eq!((same.host(), same.port()), ("proxy.example", 3128));
        assert_eq!(
            (same.username(), same.password()),
            (Some("user"), Some("word"))
        );
    }

    #[test]
    fn the_own_network_is_reached_directly() {
        let proxies = Proxies::all("http://proxy.example:3128", "no.example");
        for direct in [
            "http://127.0.0.1:8000",
            "http://[::1]:8000",
            "http://localhost:8000",
            "http://192.168.1.5:8000",
            "http://box.local",
            "https://no.example",
        ] {
            assert!(of(&proxies, direct).is_none(), "{direct}");
        }
        assert!(of(&proxies, "http://watch.example.org:8000").is_some());
    }
}
