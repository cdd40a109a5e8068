//! How the relay reaches the world: the values that tests put their own in place of.

use std::fmt;
use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;

use hyper::Uri;
use hyper::header::HeaderValue;
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use url::Url;

use crate::media::policy::{self, Privacy};

/// The variables that name proxies.
const VARIABLES: [&str; 6] = [
    "HTTP_PROXY",
    "http_proxy",
    "HTTPS_PROXY",
    "https_proxy",
    "ALL_PROXY",
    "all_proxy",
];

/// A connection to a server: a TCP stream, or what a test puts in its place.
pub trait Transport: AsyncRead + AsyncWrite + Unpin + Send {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send> Transport for T {}

type Eventually<T> = Pin<Box<dyn Future<Output = io::Result<T>> + Send>>;

/// Finds the addresses of a host's name.
#[derive(Clone)]
pub struct Resolver(Arc<dyn Fn(String) -> Eventually<Vec<IpAddr>> + Send + Sync>);

/// Connects to an address.
#[derive(Clone)]
pub struct Connector(Arc<dyn Fn(SocketAddr) -> Eventually<Box<dyn Transport>> + Send + Sync>);

/// How the relay reaches the world.
#[derive(Debug, Clone)]
pub struct RelayConfig {
    /// Whether links may lead into the member's own network.
    pub privacy: Privacy,
    /// Finds addresses.
    pub resolver: Resolver,
    /// Connects to them.
    pub connector: Connector,
    /// Which certificates are believed.
    pub tls: Arc<ClientConfig>,
    /// Through whom connections are made.
    pub proxies: Proxies,
}

impl RelayConfig {
    /// The system's resolver, TCP, the certificate authorities that the room's connection
    /// believes (Mozilla's, compiled in), and the proxies that the environment names.
    #[must_use]
    pub fn new(privacy: Privacy) -> Self {
        Self {
            privacy,
            resolver: Resolver::system(),
            connector: Connector::tcp(),
            tls: Arc::new(tls()),
            proxies: Proxies::from_environment(),
        }
    }
}

fn tls() -> ClientConfig {
    let roots = RootCertStore {
        roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
    };
    with_roots(roots)
}

/// Speaks TLS 1.2 and 1.3 to servers whose certificates these roots vouch for.
pub(super) fn with_roots(roots: RootCertStore) -> ClientConfig {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    #[expect(
        clippy::expect_used,
        reason = "fails only for a provider without the suites of these versions, and ring has them"
    )]
    ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("ring speaks TLS 1.2 and 1.3")
        .with_root_certificates(roots)
        .with_no_client_auth()
}

impl Resolver {
    /// Asks the system.
    #[must_use]
    pub fn system() -> Self {
        Self::new(|host| async move {
            let found = tokio::net::lookup_host((host, 0)).await?;
            Ok(found.map(|address| address.ip()).collect())
        })
    }

    /// Asks `resolve` for the addresses of a name.
    pub fn new<F, R>(resolve: F) -> Self
    where
        F: Fn(String) -> R + Send + Sync + 'static,
        R: Future<Output = io::Result<Vec<IpAddr>>> + Send + 'static,
    {
        Self(Arc::new(move |host| Box::pin(resolve(host))))
    }

    /// The addresses of a host.
    pub(super) async fn resolve(&self, host: String) -> io::Result<Vec<IpAddr>> {
        (self.0)(host).await
    }
}

impl Connector {
    /// Connects by TCP, without Nagle's delay.
    #[must_use]
    pub fn tcp() -> Self {
        Self::new(|address| async move {
            let stream = TcpStream::connect(address).await?;
            stream.set_nodelay(true)?;
            Ok(Box::new(stream) as Box<dyn Transport>)
        })
    }

    /// Connects by `connect`.
    pub fn new<F, C>(connect: F) -> Self
    where
        F: Fn(SocketAddr) -> C + Send + Sync + 'static,
        C: Future<Output = io::Result<Box<dyn Transport>>> + Send + 'static,
    {
        Self(Arc::new(move |address| Box::pin(connect(address))))
    }

    /// A connection to an address.
    pub(super) async fn connect(&self, address: SocketAddr) -> io::Result<Box<dyn Transport>> {
        (self.0)(address).await
    }
}

impl fmt::Debug for Resolver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Resolver")
    }
}

impl fmt::Debug for Connector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Connector")
    }
}

/// Through whom connections are made: HTTP proxies, by the scheme and the host of an address.
///
/// A proxy resolves names itself, so that behind one only names and literal addresses are
/// checked: a public name that resolves to an address in the *proxy's* network is the proxy's
/// business to refuse.
#[derive(Debug, Clone)]
pub struct Proxies(Option<Arc<Matcher>>);

impl Proxies {
    /// No proxy at all.
    #[must_use]
    pub const fn none() -> Self {
        Self(None)
    }

    /// What `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY` say, in upper or lower
    /// case. Proxies that speak anything but plain HTTP (SOCKS, TLS) are not known: they are
    /// left out, and the log says so once.
    #[must_use]
    pub fn from_environment() -> Self {
        let unknown = ignored(|name| std::env::var(name).ok());
        if !unknown.is_empty() {
            let variables = unknown.join(", ");
            tracing::warn!(%variables, "only http:// proxies are known: going without this one");
        }
        Self(Some(Arc::new(Matcher::from_env())))
    }

    /// One proxy for everything but the hosts in `no_proxy` (names and networks, divided by
    /// commas).
    #[must_use]
    pub fn all(proxy: &str, no_proxy: &str) -> Self {
        let matcher = Matcher::builder().all(proxy).no(no_proxy).build();
        Self(Some(Arc::new(matcher)))
    }

    /// What a proxy asks to see with a request that it reads itself, which is a plain one.
    pub(super) fn password_for_plain(&self, uri: &Uri) -> Option<HeaderValue> {
        let plain = uri.scheme_str() == Some("http");
        self.of(uri).filter(|_| plain)?.basic_auth().cloned()
    }

    /// The proxy for an address. Addresses of the member's own network and names that only
    /// such networks know are never asked of one.
    pub(crate) fn of(&self, uri: &Uri) -> Option<Intercept> {
        let matcher = self.0.as_ref()?;
        let url = Url::parse(&uri.to_string()).ok()?;
        policy::check_url(&url, Privacy::PublicOnly).ok()?;
        let proxy = matcher.intercept(uri)?;
        (proxy.uri().scheme_str() == Some("http")).then_some(proxy)
    }
}

/// The variables that name a proxy which is not known. Their values may carry a password.
fn ignored(variable: impl Fn(&str) -> Option<String>) -> Vec<&'static str> {
    let is_unknown = |name: &&str| {
        let value = variable(name).unwrap_or_default();
        let scheme = value.trim().split_once("://").map(|(scheme, _)| scheme);
        scheme.is_some_and(|scheme| !scheme.eq_ignore_ascii_case("http"))
    };
    VARIABLES.into_iter().filter(is_unknown).collect()
}

#[cfg(test)]
mod tests {
    use super::{Proxies, ignored};

    #[test]
    fn proxies_that_are_not_known_are_left_out_and_named_without_their_password() {
        let link = "http://other.example/a.mp4".parse().unwrap();
        for proxy in ["socks5://u:word@a.example:1080", "https://a.example:443"] {
            assert!(Proxies::all(proxy, "").of(&link).is_none(), "{proxy}");
        }
        assert!(Proxies::all("a.example:3128", "").of(&link).is_some());
        let variable = |name: &str| match name {
            "ALL_PROXY" => Some("socks5h://u:word@a.example:1080".to_owned()),
            "https_proxy" => Some("https://a.example".to_owned()),
            "HTTP_PROXY" => Some("HTTP://a.example:3128".to_owned()),
            "http_proxy" => Some("a.example:3128".to_owned()),
            _ => None,
        };
        assert_eq!(ignored(variable), ["https_proxy", "ALL_PROXY"]);
    }

    #[test]
    fn the_members_own_network_is_reached_without_a_proxy() {
        let proxies = Proxies::all("http://127.0.0.1:3128", "films.example, 93.184.0.0/16");
        let is_proxied = |link: &str| proxies.of(&link.parse().unwrap()).is_some();
        assert!(is_proxied("http://other.example/a.mp4"));
        assert!(is_proxied("https://other.example/a.mp4"));
        for direct in [
            "http://films.example/a.mp4",
            "http://cdn.films.example/a.mp4",
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
}
