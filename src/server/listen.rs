//! Opens listening sockets. An IPv6 wildcard usually takes every IPv4 address too, so that the two
//! wildcards could not be listened on side by side; here the caller says which versions it covers.

use std::io;
use std::net::SocketAddr;

use socket2::{Domain, Protocol, Socket, Type};
use tokio::net::TcpListener;

/// How many connections may wait to be accepted; the system may allow fewer. tokio's own listeners
/// use the same number.
const BACKLOG: i32 = 1024;

/// The send buffer of each connection, in bytes; Linux doubles it, to have room for its own
/// bookkeeping. Left to itself it keeps up to 4 MiB
/// (`net.ipv4.tcp_wmem`) for a client that reads nothing (measured: 2.2 MB of chat on loopback),
/// which a hundred such clients would make 400. This is half of the largest state of a room, and
/// what 20 Mbit/s at 50 ms have under way (judgement: nobody watches by more).
const SEND_BUFFER: usize = 128 * 1024;

/// Which versions of IP an IPv6 wildcard listens on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Versions {
    /// IPv6 alone, so that an IPv4 socket can have the same port.
    Ipv6Only,
    /// Both versions, whatever the system's default is.
    Both,
}

/// Listens on an address. Needs a tokio runtime.
///
/// # Errors
/// The system's error, such as an address in use.
pub fn listen(address: SocketAddr, versions: Versions) -> io::Result<TcpListener> {
    let domain = Domain::for_address(address);
    let socket = Socket::new(domain, Type::STREAM, Some(Protocol::TCP))?;
    if address.is_ipv6() {
        socket.set_only_v6(versions == Versions::Ipv6Only)?;
    }
    // A restarted server need not wait until the old connections time out. Not on Windows, where
    // this option would let another program take over the port.
    #[cfg(unix)]
    socket.set_reuse_address(true)?;
    // Those that are accepted inherit it.
    socket.set_send_buffer_size(SEND_BUFFER)?;
    socket.set_nonblocking(true)?;
    socket.bind(&address.into())?;
    socket.listen(BACKLOG)?;
    TcpListener::from_std(socket.into())
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};

    use socket2::SockRef;
    use tokio::net::TcpStream;

    use super::{SEND_BUFFER, Versions, listen};

    /// Listens on both wildcards at one free port, IPv6 with these versions.
    fn wildcards(versions: Versions) -> std::io::Result<u16> {
        let four = listen((Ipv4Addr::UNSPECIFIED, 0).into(), Versions::Both)?;
        let port = four.local_addr()?.port();
        listen((Ipv6Addr::UNSPECIFIED, port).into(), versions)?;
        Ok(port)
    }

    #[tokio::test]
    async fn the_wildcards_of_both_versions_stand_side_by_side() {
        wildcards(Versions::Ipv6Only).unwrap();
        let together = wildcards(Versions::Both);
        let kind = together.map_err(|error| error.kind());
        assert_eq!(kind, Err(std::io::ErrorKind::AddrInUse));
    }

    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn the_system_keeps_little_for_a_client_that_reads_nothing() {
        let listener = listen((Ipv4Addr::LOCALHOST, 0).into(), Versions::Both).unwrap();
        let address = listener.local_addr().unwrap();
        let client = TcpStream::connect(address).await.unwrap();
        let (server, _) = listener.accept().await.unwrap();
        let kept = SockRef::from(&server).send_buffer_size().unwrap();
        assert_eq!(kept, 2 * SEND_BUFFER);
        drop(client);
    }

    #[tokio::test]
    async fn the_ipv6_wildcard_alone_takes_both_versions_if_it_is_to() {
        let any = SocketAddr::from((Ipv6Addr::UNSPECIFIED, 0));
        let both = listen(any, Versions::Both).unwrap();
        let port = both.local_addr().unwrap().port();
        TcpStream::connect((Ipv4Addr::LOCALHOST, port))
            .await
            .unwrap();
        TcpStream::connect((Ipv6Addr::LOCALHOST, port))
            .await
            .unwrap();
    }
}
