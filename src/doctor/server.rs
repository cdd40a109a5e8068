//! A server, as those see it who come by its public address: what a proxy in front of it makes of
//! `WebSocket` connections, of quiet connections and of addresses.

use std::net::IpAddr;

use super::Verdict;
use super::network::host;
use super::proxy::{ProxyFault, ReverseProxy};
use super::system::quoted;

/// A certificate that ends sooner than this is to be renewed, in days. certbot and Caddy renew 30
/// days before the end.
const RENEWED_BEFORE: i64 = 14;

/// The slowest round trip by which a room's moves still come in time, in milliseconds: they are
/// scheduled at most 500 ms ahead (`room::timeline`).
const SLOW_FROM: u64 = 500;

/// A quiet connection that is cut sooner than this breaks rooms, in seconds: as often at least a
/// client asks for a sign of life (`client::connection`) and gets it. The server itself sends one
/// every 20 s.
const ROOMS_SPEAK: u64 = 10;

/// What was found out about a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerFacts {
    /// Whether a WebSocket opens, although the server answers plain requests.
    pub upgrades: bool,
    /// The quickest round trip on an open WebSocket, in milliseconds; `None` if none came back.
    pub round_trip: Option<u64>,
    /// How many days its certificate is still valid; `None` without TLS.
    pub certificate_days: Option<i64>,
    /// Whose request it takes ours for; `None` if it does not say.
    pub sees: Option<SeenAs>,
    /// Whether the first of the gallery's events came; `None` if the server has no place for one
    /// more listener.
    pub events_come: Option<bool>,
    /// How a quiet connection ended; `None` if that was not tried.
    pub quiet: Option<Quiet>,
    /// The proxy in front of it.
    pub proxy: ReverseProxy,
}

/// Whom a server takes somebody for who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeenAs {
    /// The address that it counts them by.
    pub address: IpAddr,
    /// Whether a header with another address came along, which it does not believe.
    pub ignores_header: bool,
    /// Whether the server was asked at an address of the public internet.
    pub asked_publicly: bool,
}

/// How a quiet connection ended. Times are in seconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Quiet {
    /// After so long the server's word still came through.
    Through(u64),
    /// Somebody between cut it after so long.
    Cut(u64),
    /// Nobody cut it, but after so long the server's word did not come through.
    Lost(u64),
    /// The server would not have it, or not to its end, for this reason in words.
    Refused(String),
    /// The server is older and knows no quiet connection: one with its signs of life stayed open.
    WithSigns(u64),
}

impl Quiet {
    /// How much it matters.
    const fn verdict(&self) -> Verdict {
        match self {
            Self::Through(_) | Self::WithSigns(_) => Verdict::Ok,
            Self::Lost(_) | Self::Refused(_) => Verdict::Warning,
            Self::Cut(_) if self.breaks_rooms() => Verdict::Failure,
            Self::Cut(_) => Verdict::Warning,
        }
    }

    /// Whether it ended sooner than rooms say anything.
    #[must_use]
    pub const fn breaks_rooms(&self) -> bool {
        matches!(self, Self::Cut(seconds) if *seconds < ROOMS_SPEAK)
    }
}

/// What a check of a server found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ServerFinding {
    /// `WebSocket` connections are passed on.
    Upgrades,
    /// They are not.
    NoUpgrade(ReverseProxy),
    /// Answers come back quickly.
    RoundTrip {
        /// In milliseconds; clocks are compared to half of it or better.
        millis: u64,
    },
    /// They take long, or do not come.
    SlowRoundTrip {
        /// In milliseconds, if one came.
        millis: Option<u64>,
        /// What stands in front of the server.
        proxy: ReverseProxy,
    },
    /// The certificate is valid for a while.
    Certificate {
        /// Days that are left.
        days: i64,
    },
    /// It ends soon, or has.
    CertificateEnds {
        /// Days that are left.
        days: i64,
        /// Who shows it.
        proxy: ReverseProxy,
    },
    /// It counts us by our own address, or by what may be that.
    SeesUs {
        /// That address.
        address: IpAddr,
    },
    /// It counts everybody by the address of a proxy that it does not know.
    DistrustsProxy {
        /// The proxy's address.
        address: IpAddr,
    },
    /// It counts everybody by the address of a proxy that does not say who asks.
    ProxyIsSilent {
        /// The proxy's address.
        address: IpAddr,
        /// What it says that it is.
        proxy: ReverseProxy,
    },
    /// What changes in the gallery comes at once.
    EventsCome,
    /// It is held back.
    HeldBack(ReverseProxy),
    /// A quiet connection ended so, with this in front of the server.
    Quiet(Quiet, ReverseProxy),
}

impl ServerFinding {
    /// How much it matters.
    #[must_use]
    pub const fn verdict(&self) -> Verdict {
        match self {
            Self::Upgrades
            | Self::RoundTrip { .. }
            | Self::Certificate { .. }
            | Self::SeesUs { .. }
            | Self::EventsCome => Verdict::Ok,
            Self::SlowRoundTrip { .. }
            | Self::CertificateEnds { .. }
            | Self::DistrustsProxy { .. }
            | Self::ProxyIsSilent { .. }
            | Self::HeldBack(_) => Verdict::Warning,
            Self::NoUpgrade(_) => Verdict::Failure,
            Self::Quiet(end, _) => end.verdict(),
        }
    }

    /// The name of its check, for scripts.
    pub(super) const fn check(&self) -> &'static str {
        match self {
            Self::Upgrades | Self::NoUpgrade(_) => "upgrade",
            Self::RoundTrip { .. } | Self::SlowRoundTrip { .. } => "round_trip",
            Self::Certificate { .. } | Self::CertificateEnds { .. } => "certificate",
            Self::SeesUs { .. } | Self::DistrustsProxy { .. } | Self::ProxyIsSilent { .. } => {
                "address"
            }
            Self::EventsCome | Self::HeldBack(_) => "events",
            Self::Quiet(..) => "quiet",
        }
    }

    /// What the operator of a server at this address puts into the proxy's settings, or types.
    pub(super) fn remedy(&self, server: &str) -> Option<String> {
        let (proxy, fault) = match self {
            Self::NoUpgrade(proxy)
            | Self::SlowRoundTrip {
                millis: None,
                proxy,
            } => (proxy, ProxyFault::NoUpgrade),
            // It shows whether the way is slow, or the server.
            Self::SlowRoundTrip { .. } => {
                return Some(format!("ping -c 5 {}", quoted(host(server))));
            }
            Self::Quiet(Quiet::Refused(_), _) => {
                let server = quoted(server);
                return Some(format!("watchtogether doctor --server {server} --long"));
            }
            Self::ProxyIsSilent { proxy, .. } => (proxy, ProxyFault::Silent),
            Self::Quiet(Quiet::Cut(_) | Quiet::Lost(_), proxy) => (proxy, ProxyFault::Cuts),
            Self::HeldBack(proxy) => (proxy, ProxyFault::Buffers),
            Self::CertificateEnds { proxy, .. } => (proxy, ProxyFault::Certificate),
            Self::DistrustsProxy { address } => {
                return Some(format!("watchtogether serve --trust-proxy {address}"));
            }
            Self::Upgrades
            | Self::RoundTrip { .. }
            | Self::Certificate { .. }
            | Self::SeesUs { .. }
            | Self::EventsCome
            | Self::Quiet(Quiet::Through(_) | Quiet::WithSigns(_), _) => return None,
        };
        Some(proxy.remedy(fault))
    }
}

/// What the facts come to.
#[must_use]
pub fn findings(facts: &ServerFacts) -> Vec<ServerFinding> {
    let proxy = facts.proxy;
    let mut findings = Vec::new();
    let certificate = facts.certificate_days.map(|days| certificate(days, proxy));
    findings.extend(certificate);
    if facts.upgrades {
        findings.push(ServerFinding::Upgrades);
        findings.push(match facts.round_trip {
            Some(millis) if millis < SLOW_FROM => ServerFinding::RoundTrip { millis },
            millis => ServerFinding::SlowRoundTrip { millis, proxy },
        });
    } else {
        findings.push(ServerFinding::NoUpgrade(proxy));
    }
    findings.extend(facts.sees.map(|seen| seen_as(&seen, proxy)));
    findings.extend(facts.events_come.map(|come| {
        if come {
            ServerFinding::EventsCome
        } else {
            ServerFinding::HeldBack(proxy)
        }
    }));
    let quiet = facts.quiet.clone();
    findings.extend(quiet.map(|end| ServerFinding::Quiet(end, proxy)));
    findings
}

const fn certificate(days: i64, proxy: ReverseProxy) -> ServerFinding {
    if days < RENEWED_BEFORE {
        ServerFinding::CertificateEnds { days, proxy }
    } else {
        ServerFinding::Certificate { days }
    }
}

/// Whom the server takes us for: an address of its own network is a proxy's, if we asked from
/// outside.
fn seen_as(seen: &SeenAs, proxy: ReverseProxy) -> ServerFinding {
    let address = seen.address;
    if seen.ignores_header {
        ServerFinding::DistrustsProxy { address }
    } else if seen.asked_publicly && is_near(address) {
        ServerFinding::ProxyIsSilent { address, proxy }
    } else {
        ServerFinding::SeesUs { address }
    }
}

/// Whether an address is one of the same machine or network.
fn is_near(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => address.is_loopback() || address.is_private(),
        IpAddr::V6(address) => address.is_loopback() || address.is_unique_local(),
    }
}

#[cfg(test)]
mod tests;
