//! Which web pages may open a WebSocket. Browsers let any page open one to any address; they only
//! send the page's origin along. Without this check any page could use a server on its visitor's
//! own computer or network. Programs such as our client send no origin.

use axum::http::{HeaderMap, header};
use url::{Host, Url};

/// Whether a socket may be opened by whoever sent these headers: a program, a page of the
/// server's public address, or a page of this very server under a numeric address or
/// `localhost`. Any other name in `Host` proves nothing: its owner can point it at us.
pub(super) fn is_welcome(headers: &HeaderMap, public_url: Option<&str>) -> bool {
    headers.get_all(header::ORIGIN).iter().all(|origin| {
        let origin = origin.to_str().ok().and_then(|text| Url::parse(text).ok());
        origin.is_some_and(|origin| is_public(&origin, public_url) || is_ours(&origin, headers))
    })
}

fn is_public(origin: &Url, public_url: Option<&str>) -> bool {
    let public = public_url.and_then(|url| Url::parse(url).ok());
    public.is_some_and(|public| public.origin() == origin.origin())
}

fn is_ours(origin: &Url, headers: &HeaderMap) -> bool {
    let asked = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        // Behind a proxy the page's scheme differs from that of this connection.
        .and_then(|host| Url::parse(&format!("{}://{host}", origin.scheme())).ok());
    let Some(asked) = asked else { return false };
    let is_nobodys_name = match asked.host() {
        Some(Host::Ipv4(_) | Host::Ipv6(_)) => true,
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    };
    is_nobodys_name && asked.origin() == origin.origin()
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue, header};

    use super::is_welcome;

    fn asked(host: &'static str, origins: &[&'static str], public_url: Option<&str>) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, HeaderValue::from_static(host));
        for origin in origins {
            headers.append(header::ORIGIN, HeaderValue::from_static(origin));
        }
        is_welcome(&headers, public_url)
    }

    #[test]
    fn programs_and_own_pages_are_welcome() {
        let public = Some("https://films.example.org/");
        assert!(asked("127.0.0.1:8000", &[], None));
        assert!(asked("127.0.0.1:8000", &["http://127.0.0.1:8000"], None));
        assert!(asked("[::1]:8000", &["http://[::1]:8000"], None));
        assert!(asked("localhost:8000", &["http://localhost:8000"], None));
        let page = "https://films.example.org";
        assert!(asked("films.example.org", &[page], public));
        assert!(asked("127.0.0.1:8000", &[page], public));
    }

    #[test]
    fn foreign_pages_are_not() {
        let public = Some("https://films.example.org");
        for origin in [
            "https://evil.example",
            "http://127.0.0.1:9000",
            "http://127.0.0.1",
            "http://films.example.org",
            "https://films.example.org.evil.example",
            "null",
            "",
        ] {
            assert!(!asked("127.0.0.1:8000", &[origin], public), "{origin}");
        }
        let both = ["http://127.0.0.1:8000", "https://evil.example"];
        assert!(!asked("127.0.0.1:8000", &both, None));
        // A public name whose owner made it resolve to this computer.
        assert!(!asked(
            "evil.example:8000",
            &["http://evil.example:8000"],
            None
        ));
    }
}
