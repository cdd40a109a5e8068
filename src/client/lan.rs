//! The addresses under which other machines of the local network can reach this one.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};

/// Addresses kept for documentation (RFC 5737, RFC 3849). Connecting a datagram socket to
/// one sends nothing: it only makes the system choose the way out, and thus our address.
const FAR: [SocketAddr; 2] = [
    SocketAddr::new(IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1)), 9),
    SocketAddr::new(
        IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1)),
        9,
    ),
];

/// The addresses of this machine that face the network, IPv4 first. Empty without one.
#[must_use]
pub fn addresses() -> Vec<IpAddr> {
    FAR.into_iter().filter_map(facing).collect()
}

fn facing(far: SocketAddr) -> Option<IpAddr> {
    let any: IpAddr = match far {
        SocketAddr::V4(_) => Ipv4Addr::UNSPECIFIED.into(),
        SocketAddr::V6(_) => Ipv6Addr::UNSPECIFIED.into(),
    };
    let address = way_out(any, far).inspect_err(|cause| {
        tracing::debug!(%far, "this machine has no way there: {cause}");
    });
    address.ok().filter(|address| is_reachable(*address))
}

/// Our address on the way to `far`, of the family of `any`.
fn way_out(any: IpAddr, far: SocketAddr) -> io::Result<IpAddr> {
    let socket = UdpSocket::bind((any, 0))?;
    socket.connect(far)?;
    Ok(socket.local_addr()?.ip())
}

/// Whether other machines may reach this one at an address of ours.
fn is_reachable(address: IpAddr) -> bool {
    !address.is_loopback() && !address.is_unspecified()
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use super::{is_reachable, way_out};

    #[test]
    fn only_addresses_that_others_can_use() {
        let rows = [
            ("192.168.1.5", true),
            ("10.0.0.1", true),
            ("203.0.113.7", true),
            ("fd00::5", true),
            ("2001:db8::1", true),
            ("127.0.0.1", false),
            ("127.8.0.1", false),
            ("0.0.0.0", false),
            ("::1", false),
            ("::", false),
        ];
        for (address, expected) in rows {
            let address: IpAddr = address.parse().unwrap();
            assert_eq!(is_reachable(address), expected, "{address}");
        }
    }

    /// The way to this machine itself is known on every machine, with or without a network.
    #[test]
    fn the_system_chooses_the_way_out() {
        let far = "127.0.0.1:9".parse().unwrap();
        let any = "0.0.0.0".parse().unwrap();
        let own: IpAddr = "127.0.0.1".parse().unwrap();
        assert_eq!(way_out(any, far).unwrap(), own);
    }
}
