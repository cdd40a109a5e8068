//! Which hosts a room may make a member's machine contact.
//!
//! A room's link makes every member's player send a request. Without this rule, a stranger could
//! aim those requests at routers, printers and services in the members' networks.
//!
//! [`check`] and [`check_url`] see a link, not the network: a public name may resolve to a private
//! address (even at the second lookup only, DNS rebinding), and a public server may redirect to one
//! or serve an HLS playlist that names one. So the relay, which fetches direct links, calls
//! [`check_url`] at every step and [`check_address`] for every resolved address, and connects to
//! exactly those. What remains: a proxy resolves names itself; and the player fetches YouTube's
//! streams itself.

use std::net::IpAddr;

use url::{Host, Url};

use super::{Media, Source};

pub use ranges::AddressRange;

mod ranges;

/// Whether this member allows a room's links to reach their own network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Privacy {
    /// Only hosts of the public internet.
    #[default]
    PublicOnly,
    /// Any host: the member allowed it (`--allow-private-media`).
    AllowPrivate,
}

/// Why a well-formed link is not opened on this machine.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Its host is an address outside the public internet.
    #[error("{address} is not a public address: {range}")]
    Address {
        /// The address as the link gives it.
        address: IpAddr,
        /// The special range that it is in.
        range: AddressRange,
    },
    /// Its host is a name that only local networks resolve.
    #[error("{host} is not a public name")]
    Name {
        /// The name, in lower case and ASCII.
        host: String,
    },
}

/// Suffixes of names that stay within a local network: `localhost` (RFC 6761), `local` (RFC 6762),
/// `home.arpa` (RFC 8375), `internal` (reserved by ICANN, 2024), and what routers and offices use
/// without any standard.
const LOCAL_ENDINGS: [&str; 10] = [
    "localhost",
    "local",
    "internal",
    "home.arpa",
    "lan",
    "localdomain",
    "home",
    "corp",
    "intranet",
    "private",
];

/// Decides whether a player on this machine may open `media`.
///
/// # Errors
/// [`Refusal`] says which host was refused and why.
pub fn check(media: &Media, privacy: Privacy) -> Result<(), Refusal> {
    match media.source() {
        Source::Youtube(_) => Ok(()),
        Source::Direct(url) => check_url(url.url(), privacy),
    }
}

/// Decides whether this machine may contact the host of `url`, as far as the link itself shows; for
/// the targets of redirects and playlists.
///
/// # Errors
/// [`Refusal`] says which host was refused and why.
pub fn check_url(url: &Url, privacy: Privacy) -> Result<(), Refusal> {
    if privacy == Privacy::AllowPrivate {
        return Ok(());
    }
    match url.host() {
        Some(Host::Ipv4(address)) => check_address(address.into()),
        Some(Host::Ipv6(address)) => check_address(address.into()),
        Some(Host::Domain(name)) => check_name(name),
        None => Err(Refusal::Name {
            host: String::new(),
        }),
    }
}

/// Decides whether `address` belongs to the public internet; for resolved names, and for addresses
/// in links.
///
/// # Errors
/// [`Refusal::Address`] names the special range.
pub fn check_address(address: IpAddr) -> Result<(), Refusal> {
    match ranges::special(address) {
        Some(range) => Err(Refusal::Address { address, range }),
        None => Ok(()),
    }
}

fn check_name(host: &str) -> Result<(), Refusal> {
    let name = host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase();
    let is_local = LOCAL_ENDINGS.iter().any(|ending| {
        name.strip_suffix(ending)
            .is_some_and(|before| before.is_empty() || before.ends_with('.'))
    });
    // A name without a dot is completed by the machine's own search domain.
    if is_local || !name.contains('.') {
        return Err(Refusal::Name { host: name });
    }
    Ok(())
}
