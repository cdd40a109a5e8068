//! The sockets on which a server listens. Where both versions of IP are listened on at a free port,
//! they get the same one, so that `localhost` leads to the server however it resolves.

use std::io::{self, ErrorKind};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use tokio::net::TcpListener;

use crate::server::listen::{Versions, listen};
use crate::strings;
use crate::texts::language::Language;

/// How many free ports are tried until one is free for both versions of IP (judgement: other programs
/// hold few of them).
const TRIES: u32 = 16;

/// Binds every address. On a machine without IPv6, an IPv6 address is skipped if its IPv4
/// counterpart is given as well.
///
/// # Errors
/// An address that cannot be listened on, in words.
pub(super) fn listen_on(
    addresses: &[SocketAddr],
    language: Language,
) -> anyhow::Result<Vec<TcpListener>> {
    let bind = |address, versions| {
        let listener = listen(address, versions)?;
        let port = listener.local_addr()?.port();
        Ok((listener, port))
    };
    bind_all(addresses, bind).map_err(|fault| {
        let printed = fault.words(addresses, language);
        if fault.is_worded() {
            tracing::debug!(error = %fault.error, address = %fault.address, "cannot be listened on");
            anyhow::Error::msg(printed)
        } else {
            anyhow::Error::new(fault.error).context(printed)
        }
    })
}

/// An address that cannot be bound.
#[derive(Debug)]
struct BindFault {
    /// As it was asked for.
    address: SocketAddr,
    /// Its place in the list of addresses.
    place: usize,
    /// The port that was picked for its IPv4 counterpart, and which it was to share.
    shared: Option<u16>,
    error: io::Error,
}

impl BindFault {
    /// Whether another picked port might do.
    fn is_of_picked_port(&self) -> bool {
        self.shared.is_some() && self.error.kind() == ErrorKind::AddrInUse
    }

    /// Whether the words say the cause, so that the system's would say it again.
    fn is_worded(&self) -> bool {
        matches!(
            self.error.kind(),
            ErrorKind::AddrInUse | ErrorKind::PermissionDenied | ErrorKind::AddrNotAvailable
        )
    }

    fn words(&self, addresses: &[SocketAddr], language: Language) -> String {
        let (address, kind) = (self.address, self.error.kind());
        if self.is_of_picked_port() {
            return strings::server::no_shared_port(language, TRIES);
        }
        let earlier = addresses.get(..self.place).unwrap_or_default();
        let twice = earlier.iter().find(|other| overlap(**other, address));
        match twice.filter(|_| kind == ErrorKind::AddrInUse) {
            Some(other) => strings::server::listened_on_already(language, address, *other),
            None => strings::server::cannot_listen(language, address, kind),
        }
    }
}

/// Binds every address with `bind`, which returns the socket and its port. If a picked port is not
/// free for both versions of IP, all are bound anew.
fn bind_all<S>(
    addresses: &[SocketAddr],
    mut bind: impl FnMut(SocketAddr, Versions) -> io::Result<(S, u16)>,
) -> Result<Vec<S>, BindFault> {
    let mut tried = 1;
    loop {
        match bind_once(addresses, &mut bind) {
            Err(fault) if fault.is_of_picked_port() && tried < TRIES => {
                tracing::debug!(port = ?fault.shared, "this port is free for IPv4 only");
                tried += 1;
            }
            done => return done,
        }
    }
}

fn bind_once<S>(
    addresses: &[SocketAddr],
    bind: &mut impl FnMut(SocketAddr, Versions) -> io::Result<(S, u16)>,
) -> Result<Vec<S>, BindFault> {
    let mut sockets = Vec::new();
    // The address before, if its port was picked, and that port.
    let mut picked: Option<(SocketAddr, u16)> = None;
    for (place, asked) in addresses.iter().enumerate() {
        let shared = picked
            .take()
            .filter(|(before, _)| counterpart(*asked) == Some(*before))
            .map(|(_, port)| port);
        let address = SocketAddr::new(asked.ip(), shared.unwrap_or(asked.port()));
        match bind(address, versions(address, addresses, shared)) {
            Ok((socket, port)) => {
                sockets.push(socket);
                picked = (asked.port() == 0).then_some((*asked, port));
            }
            Err(error) if is_missing(*asked, addresses, error.kind()) => {
                tracing::warn!(%address, %error, "not listening here: this machine has no IPv6");
            }
            Err(error) => {
                return Err(BindFault {
                    address: *asked,
                    place,
                    shared,
                    error,
                });
            }
        }
    }
    Ok(sockets)
}

/// The IPv6 wildcard also takes IPv4, unless an IPv4 address has the same port: one that is named for
/// both, or a picked one that they share. Two ports 0 become two ports.
fn versions(address: SocketAddr, all: &[SocketAddr], shared: Option<u16>) -> Versions {
    let named =
        |other: &SocketAddr| other.is_ipv4() && other.port() == address.port() && other.port() != 0;
    if shared.is_some() || all.iter().any(named) {
        Versions::Ipv6Only
    } else {
        Versions::Both
    }
}

/// Whether binding one address prevents binding the other. Addresses with port 0 never do: each
/// gets a port that is free for it.
fn overlap(one: SocketAddr, other: SocketAddr) -> bool {
    let (a, b) = (one.ip(), other.ip());
    let meet = a == b || a.is_unspecified() || b.is_unspecified();
    one.port() == other.port() && one.port() != 0 && one.is_ipv4() == other.is_ipv4() && meet
}

/// The IPv4 address that means the same as this IPv6 one: loopback, or every address.
fn counterpart(address: SocketAddr) -> Option<SocketAddr> {
    let ip: IpAddr = match address.ip() {
        IpAddr::V6(Ipv6Addr::LOCALHOST) => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(Ipv6Addr::UNSPECIFIED) => Ipv4Addr::UNSPECIFIED.into(),
        _ => return None,
    };
    Some(SocketAddr::new(ip, address.port()))
}

/// Whether an address fails because the machine has no IPv6, while its IPv4 counterpart is bound
/// anyway: so for the default addresses, and for the pair of wildcards.
fn is_missing(address: SocketAddr, all: &[SocketAddr], why: ErrorKind) -> bool {
    counterpart(address).is_some_and(|counterpart| all.contains(&counterpart))
        && !matches!(why, ErrorKind::AddrInUse | ErrorKind::PermissionDenied)
}

#[cfg(test)]
mod tests {
    use std::io::{self, ErrorKind};
    use std::net::SocketAddr;

    use super::{BindFault, TRIES, Versions, bind_all, is_missing, overlap, versions};
    use crate::texts::language::Language;

    fn addresses<const N: usize>(texts: [&str; N]) -> [SocketAddr; N] {
        texts.map(|text| text.parse().unwrap())
    }

    /// Binds addresses on a machine that picks these ports one after another; IPv6 sockets fail
    /// where `fault` says so. Returns the addresses bound at last.
    fn bound<const N: usize>(
        texts: [&str; N],
        ports: &[u16],
        fault: impl Fn(u16) -> Option<ErrorKind>,
    ) -> Result<Vec<String>, ErrorKind> {
        let mut ports = ports.iter();
        let bind = |address: SocketAddr, _| -> io::Result<(String, u16)> {
            let port = match address.port() {
                0 => *ports.next().expect("a port to pick"),
                port => port,
            };
            match fault(port).filter(|_| address.is_ipv6()) {
                Some(kind) => Err(kind.into()),
                None => Ok((SocketAddr::new(address.ip(), port).to_string(), port)),
            }
        };
        bind_all(&addresses(texts), bind).map_err(|fault| fault.error.kind())
    }

    #[test]
    fn both_versions_get_the_same_free_port() {
        let free = |_| None;
        let loopback = ["127.0.0.1:0", "[::1]:0"];
        assert_eq!(
            bound(loopback, &[4001], free),
            Ok(vec!["127.0.0.1:4001".to_owned(), "[::1]:4001".to_owned()])
        );
        let two = ["127.0.0.1:0", "[::1]:0", "127.0.0.1:0", "[::1]:0"];
        let both = bound(two, &[4001, 4002], free).unwrap();
        let expected = [
            "127.0.0.1:4001",
            "[::1]:4001",
            "127.0.0.1:4002",
            "[::1]:4002",
        ];
        assert_eq!(both, expected);
        let wildcards = bound(["0.0.0.0:0", "[::]:0"], &[4001], free).unwrap();
        assert_eq!(wildcards, ["0.0.0.0:4001", "[::]:4001"]);
        // These are no pair.
        let apart = bound(["127.0.0.1:0", "[::]:0"], &[4001, 4002], free).unwrap();
        assert_eq!(apart, ["127.0.0.1:4001", "[::]:4002"]);
    }

    #[test]
    fn a_port_that_is_free_for_one_version_only_is_not_taken() {
        let loopback = ["127.0.0.1:0", "[::1]:0"];
        let taken = |port| (port < 4003).then_some(ErrorKind::AddrInUse);
        let both = bound(loopback, &[4001, 4002, 4003], taken).unwrap();
        assert_eq!(both, ["127.0.0.1:4003", "[::1]:4003"]);
        let ports: Vec<u16> = (4001..).take(usize::try_from(TRIES).unwrap()).collect();
        let never = bound(loopback, &ports, |_| Some(ErrorKind::AddrInUse));
        assert_eq!(never, Err(ErrorKind::AddrInUse));
        let fault = BindFault {
            address: addresses(loopback)[1],
            place: 1,
            shared: Some(4016),
            error: ErrorKind::AddrInUse.into(),
        };
        let words = fault.words(&addresses(loopback), Language::English);
        assert!(words.contains("both IPv4 and IPv6"), "{words}");
        assert!(!words.contains("4016"), "nobody named it: {words}");
        // Without IPv6 there is one address.
        let none = |_| Some(ErrorKind::AddrNotAvailable);
        let four = bound(loopback, &[4001], none).unwrap();
        assert_eq!(four, ["127.0.0.1:4001"]);
        // A port that was named is not exchanged for another.
        let named = bound(["127.0.0.1:4001", "[::1]:4001"], &[], taken);
        assert_eq!(named, Err(ErrorKind::AddrInUse));
    }

    #[test]
    fn only_an_ipv6_address_whose_counterpart_is_listened_on_may_be_missing() {
        let missing = |texts: [&str; 2], why: ErrorKind| {
            let all = addresses(texts);
            is_missing(all[1], &all, why)
        };
        let nowhere = ErrorKind::AddrNotAvailable;
        for pair in [["127.0.0.1:8000", "[::1]:8000"], ["0.0.0.0:9", "[::]:9"]] {
            assert!(missing(pair, nowhere), "{pair:?}");
            assert!(missing(pair, ErrorKind::Unsupported), "{pair:?}");
            assert!(!missing(pair, ErrorKind::AddrInUse), "{pair:?}");
        }
        assert!(!missing(["127.0.0.1:8000", "[::1]:9000"], nowhere));
        assert!(!missing(["0.0.0.0:8000", "[::1]:8000"], nowhere));
        assert!(!missing(["[::1]:8000", "127.0.0.1:8000"], nowhere));
    }

    #[test]
    fn the_ipv6_wildcard_leaves_ipv4_to_an_address_of_its_own() {
        let of_second = |texts: [&str; 2]| {
            let all = addresses(texts);
            versions(all[1], &all, None)
        };
        assert_eq!(of_second(["0.0.0.0:8000", "[::]:8000"]), Versions::Ipv6Only);
        assert_eq!(
            of_second(["127.0.0.1:8000", "[::]:8000"]),
            Versions::Ipv6Only
        );
        assert_eq!(of_second(["0.0.0.0:9000", "[::]:8000"]), Versions::Both);
        assert_eq!(of_second(["[::1]:8000", "[::]:8000"]), Versions::Both);
        // Each gets a port of its own, and that of the wildcard answers IPv4 too.
        assert_eq!(of_second(["127.0.0.1:0", "[::]:0"]), Versions::Both);
        let wildcards = addresses(["0.0.0.0:0", "[::]:0"]);
        let asked: SocketAddr = "[::]:4001".parse().unwrap();
        let sharing = versions(asked, &wildcards, Some(4001));
        assert_eq!(sharing, Versions::Ipv6Only);
    }

    #[test]
    fn what_is_listened_on_twice_is_known() {
        let twice = |texts: [&str; 2]| {
            let [one, other] = addresses(texts);
            overlap(one, other)
        };
        assert!(twice(["127.0.0.1:8000", "127.0.0.1:8000"]));
        assert!(twice(["0.0.0.0:8000", "127.0.0.1:8000"]));
        assert!(twice(["[::1]:8000", "[::]:8000"]));
        assert!(!twice(["0.0.0.0:8000", "[::]:8000"]));
        assert!(!twice(["127.0.0.1:8000", "127.0.0.1:9000"]));
        assert!(!twice(["127.0.0.1:0", "127.0.0.1:0"]));
    }
}
