//! Which scheme an address has that was written without one, and whether it leads elsewhere.

use std::net::{IpAddr, Ipv4Addr};

use url::{Host, Url};

/// The scheme for an address that begins with a host; `None` if it begins with none. Servers on the
/// internet are behind TLS: those are never asked without it, as anybody on the way could answer.
pub(super) fn of_host(address: &str) -> Option<&'static str> {
    let end = address.find(['/', '?', '#']).unwrap_or(address.len());
    let (host, port) = split(address.get(..end)?);
    if port.is_some_and(|port| port.parse::<u16>().is_err()) {
        return None;
    }
    let ip: Option<IpAddr> = host.trim_matches(['[', ']']).parse().ok();
    let is_here = host.eq_ignore_ascii_case("localhost") || ip.is_some_and(is_local);
    let has_dot = host.trim_matches('.').contains('.');
    let is_host = is_here || has_dot || ip.is_some() || port.is_some();
    // A name without a dot is one of the local network.
    let is_near = is_here || (!has_dot && ip.is_none()) || is_name_of_local_network(host);
    (is_host && !host.is_empty()).then_some(if is_near { "http" } else { "https" })
}

/// The host, and the port behind it.
fn split(authority: &str) -> (&str, Option<&str>) {
    match authority.rsplit_once(':') {
        Some((host, port)) if !host.contains(':') || host.ends_with(']') => (host, Some(port)),
        _ => (authority, None),
    }
}

/// Whether the name is one that multicast DNS or a router gives.
fn is_name_of_local_network(host: &str) -> bool {
    let last = host.rsplit('.').next().unwrap_or_default();
    ["local", "lan", "localhost", "internal"]
        .iter()
        .any(|name| last.eq_ignore_ascii_case(name))
}

fn is_local(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(ip) => {
            // Also the range that carriers and tunnels use, of RFC 6598.
            let [first, second, ..] = ip.octets();
            let is_shared = first == 100 && (64..128).contains(&second);
            ip.is_loopback()
                || ip.is_private()
                || ip.is_link_local()
                || is_shared
                || ip == Ipv4Addr::UNSPECIFIED
        }
        IpAddr::V6(ip) => ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local(),
    }
}

/// Whether the host of an address is this computer by any of its own names.
pub(super) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(ip)) => ip.is_loopback() || ip.is_unspecified(),
        Some(Host::Ipv6(ip)) => {
            ip.is_loopback()
                || ip.is_unspecified()
                || ip.to_ipv4_mapped().is_some_and(|ip| ip.is_loopback())
        }
        None => false,
    }
}
