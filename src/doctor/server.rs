//! A server, as those see it who come by its public address: what a proxy in front of it makes of
//! `WebSocket` connections, of quiet connections and of addresses.

use std::net::IpAddr;

use super::Verdict;

/// A certificate that ends sooner than this is to be renewed, in days. certbot and Caddy renew 30
/// days before the end.
const RENEWED_BEFORE: i64 = 14;

/// The slowest round trip by which a room's moves still come in time, in milliseconds: they are
/// scheduled at most 500 ms ahead (`room::timeline`).
const SLOW_FROM: u64 = 500;

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
    /// How long a quiet connection was left open; `None` if that was not tried.
    pub quiet: Option<Quiet>,
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

/// How long a quiet connection was left open, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quiet {
    /// So long it was.
    pub kept: u64,
    /// So long it was to be.
    pub wanted: u64,
    /// Whether anything came: the server sends a sign of life every 20 s.
    pub heard: bool,
}

/// What a check of a server found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ServerFinding {
    /// `WebSocket` connections are passed on.
    Upgrades,
    /// They are not.
    NoUpgrade,
    /// Answers come back quickly.
    RoundTrip {
        /// In milliseconds; clocks are compared to half of it or better.
        millis: u64,
    },
    /// They take long, or do not come.
    SlowRoundTrip {
        /// In milliseconds, if one came.
        millis: Option<u64>,
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
    },
    /// A quiet connection stays open.
    StaysOpen {
        /// For at least so many seconds.
        seconds: u64,
    },
    /// It is cut.
    Cut {
        /// After so many seconds.
        seconds: u64,
    },
    /// It stays open, but what the server sends is held back.
    HeldBack {
        /// For so many seconds.
        seconds: u64,
    },
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
            | Self::StaysOpen { .. } => Verdict::Ok,
            Self::SlowRoundTrip { .. }
            | Self::CertificateEnds { .. }
            | Self::DistrustsProxy { .. }
            | Self::ProxyIsSilent { .. }
            | Self::Cut { .. }
            | Self::HeldBack { .. } => Verdict::Warning,
            Self::NoUpgrade => Verdict::Failure,
        }
    }

    /// The name of its check, for scripts.
    pub(super) const fn check(&self) -> &'static str {
        match self {
            Self::Upgrades | Self::NoUpgrade => "upgrade",
            Self::RoundTrip { .. } | Self::SlowRoundTrip { .. } => "round_trip",
            Self::Certificate { .. } | Self::CertificateEnds { .. } => "certificate",
            Self::SeesUs { .. } | Self::DistrustsProxy { .. } | Self::ProxyIsSilent { .. } => {
                "address"
            }
            Self::StaysOpen { .. } | Self::Cut { .. } | Self::HeldBack { .. } => "quiet",
        }
    }

    /// What its operator puts into the proxy's settings, or types: `contrib/nginx.conf` and
    /// `contrib/Caddyfile` have the same lines.
    pub(super) fn remedy(&self) -> Option<String> {
        let text = match self {
            Self::NoUpgrade => {
                "nginx: proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; \
                 proxy_set_header Connection \"upgrade\";"
            }
            Self::ProxyIsSilent { .. } => {
                "nginx: proxy_set_header X-Forwarded-For $remote_addr; \
                 proxy_set_header Forwarded \"\";"
            }
            Self::Cut { .. } => "nginx: proxy_read_timeout 2m; proxy_send_timeout 2m;",
            Self::HeldBack { .. } => "nginx: proxy_buffering off;",
            Self::CertificateEnds { .. } => "sudo certbot renew",
            Self::DistrustsProxy { address } => {
                return Some(format!("watchtogether serve --trust-proxy {address}"));
            }
            _ => return None,
        };
        Some(text.to_owned())
    }
}

/// What the facts come to.
#[must_use]
pub fn findings(facts: &ServerFacts) -> Vec<ServerFinding> {
    let mut findings = Vec::new();
    findings.extend(facts.certificate_days.map(certificate));
    if facts.upgrades {
        findings.push(ServerFinding::Upgrades);
        findings.push(match facts.round_trip {
            Some(millis) if millis < SLOW_FROM => ServerFinding::RoundTrip { millis },
            millis => ServerFinding::SlowRoundTrip { millis },
        });
    } else {
        findings.push(ServerFinding::NoUpgrade);
    }
    findings.extend(facts.sees.map(|seen| seen_as(&seen)));
    findings.extend(facts.quiet.map(quiet));
    findings
}

const fn certificate(days: i64) -> ServerFinding {
    if days < RENEWED_BEFORE {
        ServerFinding::CertificateEnds { days }
    } else {
        ServerFinding::Certificate { days }
    }
}

/// Whom the server takes us for: an address of its own network is a proxy's, if we asked from
/// outside.
fn seen_as(seen: &SeenAs) -> ServerFinding {
    let address = seen.address;
    if seen.ignores_header {
        ServerFinding::DistrustsProxy { address }
    } else if seen.asked_publicly && is_near(address) {
        ServerFinding::ProxyIsSilent { address }
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

const fn quiet(quiet: Quiet) -> ServerFinding {
    let seconds = quiet.kept;
    if quiet.kept < quiet.wanted {
        ServerFinding::Cut { seconds }
    } else if quiet.heard {
        ServerFinding::StaysOpen { seconds }
    } else {
        ServerFinding::HeldBack { seconds }
    }
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};

    use super::{Quiet, SeenAs, ServerFacts, ServerFinding, findings};
    use crate::doctor::Verdict;

    const GOOD: ServerFacts = ServerFacts {
        upgrades: true,
        round_trip: Some(30),
        certificate_days: Some(60),
        sees: Some(SeenAs {
            address: IpAddr::V4(Ipv4Addr::new(203, 0, 113, 7)),
            ignores_header: false,
            asked_publicly: true,
        }),
        quiet: Some(Quiet {
            kept: 100,
            wanted: 100,
            heard: true,
        }),
    };

    /// The findings that are no "ok", each with the words of its remedy that matter.
    #[track_caller]
    fn complains(facts: &ServerFacts, wanted: &[(&str, &str)]) {
        let found = findings(facts);
        let bad: Vec<_> = found
            .iter()
            .filter(|finding| finding.verdict() != Verdict::Ok)
            .collect();
        assert_eq!(bad.len(), wanted.len(), "{bad:?}");
        for (finding, (check, remedy)) in bad.iter().zip(wanted) {
            assert_eq!(finding.check(), *check);
            let text = finding.remedy().unwrap_or_default();
            assert!(text.contains(remedy), "{text}");
        }
    }

    #[test]
    fn each_fault_of_a_proxy_names_the_line_that_mends_it() {
        complains(&GOOD, &[]);
        let facts = ServerFacts {
            upgrades: false,
            ..GOOD
        };
        complains(&facts, &[("upgrade", "proxy_set_header Upgrade")]);
        let cut = |kept, heard| ServerFacts {
            quiet: Some(Quiet {
                kept,
                wanted: 100,
                heard,
            }),
            ..GOOD
        };
        complains(&cut(60, true), &[("quiet", "proxy_read_timeout 2m")]);
        complains(&cut(100, false), &[("quiet", "proxy_buffering off")]);
        let seen = |address: [u8; 4], ignores_header| ServerFacts {
            sees: Some(SeenAs {
                address: IpAddr::from(address),
                ignores_header,
                asked_publicly: true,
            }),
            ..GOOD
        };
        complains(
            &seen([127, 0, 0, 1], true),
            &[("address", "--trust-proxy 127.0.0.1")],
        );
        complains(
            &seen([10, 0, 0, 2], false),
            &[("address", "X-Forwarded-For")],
        );
    }

    #[test]
    fn a_certificate_is_warned_of_below_two_weeks() {
        let of = |days| {
            let certificate_days = Some(days);
            findings(&ServerFacts {
                certificate_days,
                ..GOOD
            })
        };
        assert!(of(14).contains(&ServerFinding::Certificate { days: 14 }));
        assert!(of(13).contains(&ServerFinding::CertificateEnds { days: 13 }));
    }

    #[test]
    fn answers_that_come_too_late_or_never_are_told() {
        let of = |round_trip| findings(&ServerFacts { round_trip, ..GOOD });
        assert!(of(Some(499)).contains(&ServerFinding::RoundTrip { millis: 499 }));
        let slow = |millis| ServerFinding::SlowRoundTrip { millis };
        assert!(of(Some(500)).contains(&slow(Some(500))));
        assert!(of(None).contains(&slow(None)));
    }
}
