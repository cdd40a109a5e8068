//! What may be opened at all on this machine: hosts that a room may not make a member
//! contact.
//!
//! A room's link makes every member's player send a request. Without this rule a stranger
//! could aim those requests at routers, printers and services inside the members' networks.
//!
//! [`check`] and [`check_url`] see a link, not the network: a public name may resolve to a
//! private address (also only at the second look, DNS rebinding), and a public server may
//! redirect to one or serve an HLS list that names one. So the relay, which fetches direct
//! links, asks [`check_url`] at every step and [`check_address`] for every address that it
//! got, and connects to just those. What remains: behind a proxy names are resolved by the
//! proxy; and YouTube's streams are fetched by the player itself.

use std::net::IpAddr;

use url::{Host, Url};

use super::{Media, Source};

pub use ranges::AddressRange;

mod ranges;

/// Whether this member lets a room's links reach into their own network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Privacy {
    /// Only hosts of the public internet.
    #[default]
    PublicOnly,
    /// Any host: the member said so (`--allow-private-media`).
    AllowPrivate,
}

/// Why a link is not opened on this machine, although it is well-formed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Its host is an address outside the public internet.
    #[error("{address} is not a public address: {range}")]
    Address {
        /// The address as the link gives it.
        address: IpAddr,
        /// What it is instead.
        range: AddressRange,
    },
    /// Its host is a name that only local networks resolve.
    #[error("{host} is not a public name")]
    Name {
        /// The name, in lower case and ASCII.
        host: String,
    },
}

/// Endings of names that never leave a local network: `localhost` (RFC 6761), `local`
/// (RFC 6762), `home.arpa` (RFC 8375), `internal` (reserved by ICANN, 2024), and what
/// routers and offices use although nobody gave it to them.
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

/// Decides whether a player on this machine may be given `media`.
///
/// # Errors
/// [`Refusal`] says which host was not taken and why.
pub fn check(media: &Media, privacy: Privacy) -> Result<(), Refusal> {
    match media.source() {
        Source::Youtube(_) => Ok(()),
        Source::Direct(url) => check_url(url.url(), privacy),
    }
}

/// Decides whether this machine may contact the host of `url`, as far as the link itself
/// tells; for what redirects and lists lead to.
///
/// # Errors
/// [`Refusal`] says which host was not taken and why.
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

/// Decides whether `address` belongs to the public internet; for a shell that has resolved
/// a name, and for addresses in links.
///
/// # Errors
/// [`Refusal::Address`] says what the address is instead.
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
    // A name of one label is completed by the machine's own search domain.
    if is_local || !name.contains('.') {
        return Err(Refusal::Name { host: name });
    }
    Ok(())
}
