//! The address of a client behind proxies that the operator named.
//!
//! A proxy notes in a header on whose behalf it asks, in `X-Forwarded-For` or in `Forwarded`
//! (RFC 7239). Anyone can send such a header, so it is read only on sockets of named proxies. And
//! anyone's header is passed on with the proxy's entry behind it, so entries are read from the
//! right: the first one that is not a named proxy is the client.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;
use std::sync::Arc;

use axum::http::{HeaderMap, HeaderName, header};
use ipnet::IpNet;
use serde::de::{Deserialize, Deserializer, Error, Visitor};

/// The address of a proxy, or a network of proxies such as `10.0.0.0/8`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProxyNetwork(IpNet);

/// The text is neither an address nor a network. Also a network of all addresses is none: with it
/// everyone would be a proxy, and nobody would be counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("give an IP address or a network, such as 127.0.0.1 or 10.0.0.0/8")]
pub struct InvalidProxyNetwork;

impl FromStr for ProxyNetwork {
    type Err = InvalidProxyNetwork;

    fn from_str(text: &str) -> Result<Self, InvalidProxyNetwork> {
        let text = text.trim();
        let address = text.parse::<IpAddr>();
        let network = match address {
            Ok(address) => IpNet::from(address.to_canonical()),
            Err(_) => text.parse().map_err(|_| InvalidProxyNetwork)?,
        };
        if network.prefix_len() == 0 {
            return Err(InvalidProxyNetwork);
        }
        Ok(Self(network))
    }
}

impl<'de> Deserialize<'de> for ProxyNetwork {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(NetworkVisitor)
    }
}

/// Refuses what is wrong itself, so that its place in a file is known.
struct NetworkVisitor;

impl Visitor<'_> for NetworkVisitor {
    type Value = ProxyNetwork;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an IP address or a network")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<ProxyNetwork, E> {
        text.parse().map_err(E::custom)
    }
}

/// The proxies that the operator named. Clones share them.
#[derive(Debug, Clone, Default)]
pub(super) struct TrustedProxies(Arc<[ProxyNetwork]>);

impl TrustedProxies {
    /// The proxies of these networks.
    pub(super) fn new(networks: &[ProxyNetwork]) -> Self {
        Self(networks.into())
    }

    /// Whether an address is that of a named proxy.
    pub(super) fn trusts(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|network| network.0.contains(&address))
    }
}

/// Who asks, by the headers of a request that a named proxy passed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Requester {
    /// A client at this address, which may be one of the proxy's own network.
    Client(IpAddr),
    /// A named proxy on its own behalf, or on behalf of someone whom it does not name.
    Proxy,
}

/// Why headers do not tell who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum ForwardingFault {
    /// The entry of the nearest proxy cannot be read.
    #[error(
        "The proxy in front of this server sends an X-Forwarded-For or Forwarded header that \
         cannot be read."
    )]
    Malformed,
    /// The two headers differ: the proxy writes one of them and passes on what its client wrote
    /// into the other. Which is which cannot be known from here.
    #[error(
        "The headers X-Forwarded-For and Forwarded name different clients. Send neither of them; \
         the operator of this server can have the proxy remove the one that it does not write."
    )]
    Contradiction,
}

/// The header in which most proxies name their clients.
pub(super) const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Who asks, by the headers of a request on a named proxy's socket.
///
/// # Errors
/// [`ForwardingFault`]: the request is to be refused, since somebody may be hiding.
pub(super) fn requester(
    headers: &HeaderMap,
    proxies: &TrustedProxies,
) -> Result<Requester, ForwardingFault> {
    let listed = by_header(headers, &X_FORWARDED_FOR, comma_list, proxies)?;
    let named = by_header(headers, &header::FORWARDED, forwarded_for, proxies)?;
    match (listed, named) {
        (None, None) => Ok(Requester::Proxy),
        (Some(one), None) | (None, Some(one)) => Ok(one),
        (Some(one), Some(other)) if one == other => Ok(one),
        (Some(_), Some(_)) => Err(ForwardingFault::Contradiction),
    }
}

/// An entry of a header: an address, or that there is none to be had.
type Entry = Result<Option<IpAddr>, ForwardingFault>;

/// Who asks by one header; `None` if it has no entries.
fn by_header(
    headers: &HeaderMap,
    name: &HeaderName,
    entries: fn(&str) -> Vec<Entry>,
    proxies: &TrustedProxies,
) -> Result<Option<Requester>, ForwardingFault> {
    let mut seen = false;
    for line in headers.get_all(name).iter().rev() {
        let line = String::from_utf8_lossy(line.as_bytes());
        for entry in entries(&line).into_iter().rev() {
            seen = true;
            match entry? {
                None => return Ok(Some(Requester::Proxy)),
                Some(address) if !proxies.trusts(address) => {
                    return Ok(Some(Requester::Client(address)));
                }
                Some(_) => {}
            }
        }
    }
    Ok(seen.then_some(Requester::Proxy))
}

/// The entries of a line of `X-Forwarded-For`.
fn comma_list(line: &str) -> Vec<Entry> {
    let entries = line.split(',').map(str::trim);
    let entries = entries.filter(|entry| !entry.is_empty());
    entries.map(|entry| node(entry.trim_matches('"'))).collect()
}

/// The entries of a line of `Forwarded`: of each element the node in `for`.
fn forwarded_for(line: &str) -> Vec<Entry> {
    let Some(elements) = split(line, ',') else {
        // An open quotation may have swallowed the entry of the proxy.
        return vec![Err(ForwardingFault::Malformed)];
    };
    let elements = elements.into_iter().map(str::trim);
    let elements = elements.filter(|element| !element.is_empty());
    elements.map(element).collect()
}

/// The node in an element's `for`.
fn element(element: &str) -> Entry {
    let pairs = split(element, ';').unwrap_or_default().into_iter();
    let mut nodes = pairs.filter_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        let is_for = name.trim().eq_ignore_ascii_case("for");
        is_for.then(|| unquoted(value.trim()))
    });
    match (nodes.next(), nodes.next()) {
        (Some(found), None) => node(&found),
        // It tells of the proxy only.
        (None, _) => Ok(None),
        (Some(_), Some(_)) => Err(ForwardingFault::Malformed),
    }
}

/// Splits a text where a separator stands outside of quotations; `None` if one stays open.
fn split(text: &str, separator: char) -> Option<Vec<&str>> {
    let mut parts = Vec::new();
    let mut rest = text;
    let (mut is_quoted, mut is_escaped) = (false, false);
    for (at, character) in text.char_indices() {
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' if is_quoted => is_escaped = true,
            '"' => is_quoted = !is_quoted,
            _ if character == separator && !is_quoted => {
                let begun = text.len() - rest.len();
                parts.push(text.get(begun..at)?);
                rest = text.get(at + separator.len_utf8()..)?;
            }
            _ => {}
        }
    }
    parts.push(rest);
    (!is_quoted).then_some(parts)
}

/// A value without the quotation marks and backslashes of a quotation.
fn unquoted(value: &str) -> String {
    let inside = value
        .strip_prefix('"')
        .and_then(|value| value.strip_suffix('"'));
    let Some(inside) = inside else {
        return value.to_owned();
    };
    let mut text = String::with_capacity(inside.len());
    let mut characters = inside.chars();
    while let Some(character) = characters.next() {
        text.extend(match character {
            '\\' => characters.next(),
            character => Some(character),
        });
    }
    text
}

/// The address of a node, which may have a port; `None` for one that is not to be known:
/// `unknown`, or a name of the proxy's own, which begins with `_`.
fn node(text: &str) -> Entry {
    let text = text.trim();
    if text.eq_ignore_ascii_case("unknown") || text.starts_with('_') {
        return Ok(None);
    }
    let address = if let Some(rest) = text.strip_prefix('[') {
        let bracketed = rest.split_once(']');
        bracketed
            .filter(|(_, port)| port.is_empty() || port.strip_prefix(':').is_some_and(is_port))
            .and_then(|(inside, _)| inside.parse::<Ipv6Addr>().ok())
            .map(IpAddr::V6)
    } else {
        let with_port = || {
            let (address, port) = text.split_once(':')?;
            let address = address.parse::<Ipv4Addr>().ok()?;
            is_port(port).then_some(IpAddr::V4(address))
        };
        text.parse().ok().or_else(with_port)
    };
    let address = address.ok_or(ForwardingFault::Malformed)?;
    Ok(Some(address.to_canonical()))
}

/// Whether a text is a port, or what a proxy writes in place of one.
fn is_port(text: &str) -> bool {
    text.starts_with('_') || text.parse::<u16>().is_ok()
}

#[cfg(test)]
mod tests;
