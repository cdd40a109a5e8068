//! The proxies that the environment names, for every connection of the client: to the room, to the
//! gallery, of the relay, and of the player.

use std::ffi::OsString;
use std::sync::Arc;

use hyper::Uri;
use hyper::header::HeaderValue;
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use url::Url;

use crate::media::policy::{self, Privacy};

/// The variables that name proxies; within a kind, earlier ones take precedence.
const VARIABLES: [&str; 6] = [
    "HTTP_PROXY",
    "http_proxy",
    "HTTPS_PROXY",
    "https_proxy",
    "ALL_PROXY",
    "all_proxy",
];

/// The variables that name the hosts without a proxy.
const NO_PROXY: [&str; 2] = ["NO_PROXY", "no_proxy"];

/// The most characters of a value that are shown (judgement: a host name has at most 253).
const SHOWN: usize = 300;

/// The proxy settings of the environment. An empty variable counts as unset, and so does one
/// without a usable proxy.
#[derive(Debug, Clone, Default)]
pub struct ProxySettings {
    http: Option<String>,
    https: Option<String>,
    no_proxy: String,
    unusable: Vec<UnusableProxy>,
}

/// A variable without a usable proxy: it names one that speaks something else than plain HTTP
/// (SOCKS, TLS), or its address is invalid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnusableProxy {
    /// The variable's name.
    pub variable: &'static str,
    /// Its value without user name and password, at most 300 characters; not cleaned.
    pub value: String,
}

impl ProxySettings {
    /// The settings of this process' environment.
    #[must_use]
    pub fn of_process() -> Self {
        Self::read(std::env::var_os)
    }

    /// Reads `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY`, in upper case or, if unset,
    /// in lower case.
    pub fn read(variable: impl Fn(&'static str) -> Option<OsString>) -> Self {
        let value = |name| variable(name).filter(|value| !value.is_empty());
        let usable = |name| value(name).and_then(|it| usable(it.to_str()?));
        let first = |scheme: &str| {
            let mut all = VARIABLES.into_iter().filter(|name| {
                let name = name.to_ascii_lowercase();
                name == format!("{scheme}_proxy") || name == "all_proxy"
            });
            all.find_map(usable)
        };
        let unusable = VARIABLES.into_iter().filter_map(|variable| {
            let set = value(variable)?;
            usable(variable).is_none().then(|| UnusableProxy {
                variable,
                value: without_password(&set.to_string_lossy()),
            })
        });
        let hosts = NO_PROXY.into_iter().find_map(value).unwrap_or_default();
        Self {
            http: first("http"),
            https: first("https"),
            no_proxy: hosts.to_string_lossy().into_owned(),
            unusable: unusable.collect(),
        }
    }

    /// The proxy for `https://`, as `http://HOST:PORT`.
    #[must_use]
    pub fn for_https(&self) -> Option<&str> {
        self.https.as_deref()
    }

    /// The hosts without a proxy, as written in the variable.
    #[must_use]
    pub fn without_proxy(&self) -> &str {
        &self.no_proxy
    }

    /// Whether no host uses a proxy: `NO_PROXY=*`.
    #[must_use]
    pub fn is_off(&self) -> bool {
        self.exceptions().any(|host| host == "*")
    }

    /// The variables without a usable proxy.
    #[must_use]
    pub fn unusable(&self) -> &[UnusableProxy] {
        &self.unusable
    }

    /// The hosts without a proxy, one by one.
    fn exceptions(&self) -> impl Iterator<Item = &str> {
        let hosts = self.no_proxy.split([',', ' ', '\t']);
        hosts.filter(|host| !host.is_empty())
    }
}

/// The HTTP proxies for connections, by the scheme and the host of an address.
///
/// A proxy resolves names itself, so with a proxy only names and literal addresses are checked. A
/// public name that resolves to an address in the *proxy's* network is for the proxy to refuse.
#[derive(Debug, Clone)]
pub struct Proxies(Option<Arc<Matcher>>);

impl Proxies {
    /// Connects directly to every host.
    #[must_use]
    pub const fn none() -> Self {
        Self(None)
    }

    /// The proxies of this process' environment.
    #[must_use]
    pub fn from_environment() -> Self {
        Self::from_settings(&ProxySettings::of_process())
    }

    /// One proxy for everything except the hosts in `no_proxy` (names and networks, separated by
    /// commas).
    #[must_use]
    pub fn all(proxy: &str, no_proxy: &str) -> Self {
        Self::from_settings(&ProxySettings::read(|name| match name {
            "ALL_PROXY" => Some(proxy.into()),
            "NO_PROXY" => Some(no_proxy.into()),
            _ => None,
        }))
    }

    fn from_settings(settings: &ProxySettings) -> Self {
        if settings.is_off() {
            return Self::none();
        }
        // The library does not know `*.` before a domain; a domain matches its hosts anyway.
        let hosts = settings.exceptions();
        let hosts = hosts.map(|host| host.strip_prefix('*').unwrap_or(host));
        let matcher = Matcher::builder()
            .http(settings.http.clone().unwrap_or_default())
            .https(settings.https.clone().unwrap_or_default())
            .no(hosts.collect::<Vec<_>>().join(","))
            .build();
        Self(Some(Arc::new(matcher)))
    }

    /// The `Proxy-Authorization` value for a plain request, which the proxy reads itself.
    pub(super) fn password_for_plain(&self, uri: &Uri) -> Option<HeaderValue> {
        let plain = uri.scheme_str() == Some("http");
        self.of(uri).filter(|_| plain)?.basic_auth().cloned()
    }

    /// The proxy for an address. Private addresses and names of local networks never use one.
    pub(crate) fn of(&self, uri: &Uri) -> Option<Intercept> {
        let matcher = self.0.as_ref()?;
        let url = Url::parse(&uri.to_string()).ok()?;
        policy::check_url(&url, Privacy::PublicOnly).ok()?;
        matcher.intercept(uri)
    }
}

/// A proxy's address with its scheme, if it speaks plain HTTP.
fn usable(value: &str) -> Option<String> {
    let value = value.trim();
    let address = if value.contains("://") {
        value.to_owned()
    } else {
        format!("http://{value}")
    };
    let uri: Uri = address.parse().ok()?;
    let authority = uri.authority()?;
    let after_host = authority.as_str().rsplit(']').next()?;
    // The library would replace an invalid port with the default one.
    let has_port = after_host.rsplit('@').next()?.contains(':');
    let is_whole = !authority.host().is_empty() && (!has_port || authority.port_u16().is_some());
    let matcher = Matcher::builder().all(address.clone()).build();
    let anything = Uri::from_static("http://example.org/");
    let is_known = matcher.intercept(&anything)?.uri().scheme_str() == Some("http");
    (is_whole && is_known).then_some(address)
}

/// A proxy's address without user name and password.
fn without_password(value: &str) -> String {
    let (scheme, rest) = match value.split_once("://") {
        Some((scheme, rest)) => (format!("{scheme}://"), rest),
        None => (String::new(), value),
    };
    let place = rest.rsplit('@').next().unwrap_or_default();
    format!("{scheme}{place}").chars().take(SHOWN).collect()
}

#[cfg(test)]
mod tests {
    use super::{Proxies, ProxySettings};

    fn settings(set: &[(&str, &str)]) -> ProxySettings {
        ProxySettings::read(|name| {
            let found = set.iter().find(|(set, _)| *set == name);
            found.map(|(_, value)| value.into())
        })
    }

    fn unusable(set: &[(&str, &str)]) -> Vec<(&'static str, String)> {
        let settings = settings(set);
        let found = settings.unusable().iter();
        found.map(|it| (it.variable, it.value.clone())).collect()
    }

    #[test]
    fn a_proxy_that_cannot_be_used_is_named_without_its_password_and_counts_as_not_set() {
        let link = "http://other.example/a.mp4".parse().unwrap();
        for proxy in [
            "socks5://u:word@a.example:1080",
            "https://a.example:443",
            "ftp://a.example",
            "http://",
            "http://u:word@",
            "http://u:word@a.example/x y",
            "http://a.exa\u{1b}mple:3128",
            "http://a.example:99999",
            "http://a.example:word",
            "a.example:",
            "://a.example",
            ":3128",
            " ",
        ] {
            assert!(Proxies::all(proxy, "").of(&link).is_none(), "{proxy}");
            let named = unusable(&[("HTTPS_PROXY", proxy)]);
            assert_eq!(named.len(), 1, "{proxy}");
            assert!(!named[0].1.contains("u:"), "{named:?}");
            let both = [("HTTP_PROXY", proxy), ("all_proxy", "b.example:3128")];
            let found = Proxies::from_settings(&settings(&both)).of(&link).unwrap();
            assert_eq!(found.uri().host(), Some("b.example"), "{proxy}");
        }
        for proxy in [
            "a.example:3128",
            "a.example",
            "HTTP://a.example:3128",
            " http://u:word@a.example:3128/ ",
            "http://[2001:db8::1]:3128",
            "http://[2001:db8::1]",
        ] {
            assert!(Proxies::all(proxy, "").of(&link).is_some(), "{proxy}");
            assert_eq!(unusable(&[("http_proxy", proxy)]), [], "{proxy}");
        }
        let named = unusable(&[("https_proxy", ""), ("ALL_PROXY", "socks5h://u:word@a:1")]);
        assert_eq!(named, [("ALL_PROXY", "socks5h://a:1".to_owned())]);
    }

    #[test]
    fn the_members_own_network_is_reached_without_a_proxy() {
        let proxies = Proxies::all(
            "http://127.0.0.1:3128",
            "films.example, 93.184.0.0/16 *.more.example",
        );
        let is_proxied = |link: &str| proxies.of(&link.parse().unwrap()).is_some();
        assert!(is_proxied("http://other.example/a.mp4"));
        assert!(is_proxied("https://other.example/a.mp4"));
        for direct in [
            "http://films.example/a.mp4",
            "http://cdn.films.example/a.mp4",
            "http://cdn.more.example/a.mp4",
            "http://93.184.216.34/a.mp4",
            "http://127.0.0.1/a.mp4",
            "http://192.168.1.5:8080/a.mp4",
            "http://[::1]/a.mp4",
            "http://localhost/a.mp4",
            "http://nas.local/a.mp4",
        ] {
            assert!(!is_proxied(direct), "{direct}");
        }
        assert!(
            Proxies::none()
                .of(&"http://a.example/".parse().unwrap())
                .is_none()
        );
    }

    #[test]
    fn a_star_means_every_host_by_name_and_by_address() {
        for hosts in ["*", " * ", "a.example,*", "*, a.example"] {
            let proxies = Proxies::all("http://proxy.example:3128", hosts);
            for link in [
                "http://other.example/",
                "https://93.184.216.34/",
                "http://[2606:2800::1]/",
            ] {
                assert!(
                    proxies.of(&link.parse().unwrap()).is_none(),
                    "{hosts} {link}"
                );
            }
        }
    }
}
