//! The addresses outside the public internet, by IANA's registries of special-purpose IPv4 and IPv6
//! addresses (RFC 6890 and its updates).

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The purpose of an address outside the public internet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressRange {
    /// "This host" or "this network"; most systems connect to themselves.
    Unspecified,
    /// This machine itself: 127.0.0.0/8 and `::1`.
    Loopback,
    /// A private network (RFC 1918), unique-local (RFC 4193) or site-local.
    Private,
    /// Link-local addresses, including cloud metadata services.
    LinkLocal,
    /// Shared by a provider and its customers (RFC 6598).
    Shared,
    /// An address of a group, not of a host: 224.0.0.0/4 and `ff00::/8`.
    Multicast,
    /// Reserved for examples in documents.
    Documentation,
    /// Reserved for protocols, benchmarks or future use.
    Reserved,
}

/// The technical term, for logs. `strings::media` words it for members.
impl fmt::Display for AddressRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unspecified => "unspecified",
            Self::Loopback => "loopback",
            Self::Private => "private",
            Self::LinkLocal => "link-local",
            Self::Shared => "shared by a provider",
            Self::Multicast => "multicast",
            Self::Documentation => "documentation",
            Self::Reserved => "reserved",
        })
    }
}

/// Special IPv4 blocks: first address, prefix length, range.
const V4: [(Ipv4Addr, u32, AddressRange); 15] = [
    (Ipv4Addr::UNSPECIFIED, 8, AddressRange::Unspecified),
    (Ipv4Addr::new(10, 0, 0, 0), 8, AddressRange::Private),
    (Ipv4Addr::new(100, 64, 0, 0), 10, AddressRange::Shared),
    (Ipv4Addr::new(127, 0, 0, 0), 8, AddressRange::Loopback),
    (Ipv4Addr::new(169, 254, 0, 0), 16, AddressRange::LinkLocal),
    (Ipv4Addr::new(172, 16, 0, 0), 12, AddressRange::Private),
    (Ipv4Addr::new(192, 0, 0, 0), 24, AddressRange::Reserved),
    (Ipv4Addr::new(192, 0, 2, 0), 24, AddressRange::Documentation),
    (Ipv4Addr::new(192, 88, 99, 0), 24, AddressRange::Reserved),
    (Ipv4Addr::new(192, 168, 0, 0), 16, AddressRange::Private),
    (Ipv4Addr::new(198, 18, 0, 0), 15, AddressRange::Reserved),
    (
        Ipv4Addr::new(198, 51, 100, 0),
        24,
        AddressRange::Documentation,
    ),
    (
        Ipv4Addr::new(203, 0, 113, 0),
        24,
        AddressRange::Documentation,
    ),
    (Ipv4Addr::new(224, 0, 0, 0), 4, AddressRange::Multicast),
    (Ipv4Addr::new(240, 0, 0, 0), 4, AddressRange::Reserved),
];

/// Special IPv6 blocks, narrower blocks before the wider ones that contain them.
const V6: [(Ipv6Addr, u32, AddressRange); 10] = [
    (Ipv6Addr::UNSPECIFIED, 128, AddressRange::Unspecified),
    (Ipv6Addr::LOCALHOST, 128, AddressRange::Loopback),
    // NAT64 with a network of the operator's choice (RFC 8215).
    (
        Ipv6Addr::new(0x64, 0xff9b, 1, 0, 0, 0, 0, 0),
        48,
        AddressRange::Private,
    ),
    // Protocol assignments, including Teredo tunnels.
    (
        Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0),
        23,
        AddressRange::Reserved,
    ),
    (
        Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0),
        32,
        AddressRange::Documentation,
    ),
    (
        Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0),
        20,
        AddressRange::Documentation,
    ),
    (
        Ipv6Addr::new(0xfc00, 0, 0, 0, 0, 0, 0, 0),
        7,
        AddressRange::Private,
    ),
    (
        Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 0),
        10,
        AddressRange::LinkLocal,
    ),
    (
        Ipv6Addr::new(0xfec0, 0, 0, 0, 0, 0, 0, 0),
        10,
        AddressRange::Private,
    ),
    (
        Ipv6Addr::new(0xff00, 0, 0, 0, 0, 0, 0, 0),
        8,
        AddressRange::Multicast,
    ),
];

/// The special range of `address`; `None` for an ordinary public address.
pub(super) fn special(address: IpAddr) -> Option<AddressRange> {
    match address {
        IpAddr::V4(v4) => special_v4(v4),
        IpAddr::V6(v6) => special_v6(v6),
    }
}

fn special_v4(address: Ipv4Addr) -> Option<AddressRange> {
    let bits = address.to_bits();
    V4.into_iter()
        .find(|(first, prefix, _)| (bits ^ first.to_bits()) >> (u32::BITS - prefix) == 0)
        .map(|(_, _, range)| range)
}

fn special_v6(address: Ipv6Addr) -> Option<AddressRange> {
    let bits = address.to_bits();
    let listed = V6
        .into_iter()
        .find(|(first, prefix, _)| (bits ^ first.to_bits()) >> (u128::BITS - prefix) == 0)
        .map(|(_, _, range)| range);
    if listed.is_some() {
        return listed;
    }
    match address.segments() {
        // IPv4-mapped, NAT64 and 6to4 addresses reach the IPv4 address inside them.
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            special_v4(inner(high, low))
        }
        [0x2002, high, low, ..] => special_v4(inner(high, low)),
        // IPv4-compatible addresses are deprecated; some systems still accept them.
        [0, 0, 0, 0, 0, 0, high, low] => {
            special_v4(inner(high, low)).or(Some(AddressRange::Reserved))
        }
        // Only 2000::/3 is allocated as public.
        [first, ..] if first >> 13 != 1 => Some(AddressRange::Reserved),
        _ => None,
    }
}

fn inner(high: u16, low: u16) -> Ipv4Addr {
    Ipv4Addr::from_bits((u32::from(high) << 16) | u32::from(low))
}
