//! A connection that never blocks, from an address of its choice, with TLS or without.

use std::io::{ErrorKind, Read, Write};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use mio::net::TcpStream;
use mio::{Interest, Registry, Token};
use rustls::pki_types::{CertificateDer, ServerName, pem::PemObject as _};
use rustls::{ClientConfig, ClientConnection, RootCertStore};
use socket2::{Domain, SockRef, Type};

/// The receive buffer of one who reads nothing, in bytes: the least that Linux gives. So the server
/// soon has what it cannot send.
const SMALL_BUFFER: usize = 2_304;

/// The server, and how it is spoken to.
#[derive(Debug, Clone)]
pub(super) struct Target {
    /// Its address.
    pub(super) server: SocketAddr,
    /// What its TLS is trusted by; `None` if it speaks plain HTTP.
    tls: Option<Arc<ClientConfig>>,
}

/// What came of reading.
pub(super) enum Arrived<'a> {
    /// These bytes, and whether there may be more.
    Bytes(&'a [u8], bool),
    /// Nothing now.
    Nothing,
    /// The end.
    End(String),
}

/// A connection.
#[derive(Debug)]
pub(super) struct Socket {
    tcp: TcpStream,
    tls: Option<Box<ClientConnection>>,
    unsent: Vec<u8>,
}

impl Target {
    /// A server, which speaks TLS if a file with the certificate of its authority is given.
    pub(super) fn new(server: SocketAddr, authority: Option<&str>) -> Self {
        let tls = authority.map(|file| {
            let mut roots = RootCertStore::empty();
            let certificate = CertificateDer::from_pem_file(file).expect("a certificate");
            roots
                .add(certificate)
                .expect("the certificate of an authority");
            let ring = Arc::new(rustls::crypto::ring::default_provider());
            let config = ClientConfig::builder_with_provider(ring)
                .with_safe_default_protocol_versions()
                .expect("versions of TLS")
                .with_root_certificates(roots)
                .with_no_client_auth();
            Arc::new(config)
        });
        Self { server, tls }
    }
}

impl Socket {
    /// Begins a connection from this address.
    pub(super) fn connect(
        target: &Target,
        from: IpAddr,
        reads: bool,
        (registry, token): (&Registry, Token),
    ) -> std::io::Result<Self> {
        let socket = socket2::Socket::new(Domain::IPV4, Type::STREAM, None)?;
        socket.set_nonblocking(true)?;
        if !reads {
            socket.set_recv_buffer_size(SMALL_BUFFER)?;
        }
        socket.bind(&SocketAddr::from((from, 0)).into())?;
        match socket.connect(&target.server.into()) {
            Err(error) if !is_under_way(&error) => return Err(error),
            _ => socket.set_tcp_nodelay(true)?,
        }
        let mut tcp = TcpStream::from_std(socket.into());
        registry.register(&mut tcp, token, Interest::READABLE | Interest::WRITABLE)?;
        let tls = target.tls.as_ref().map(|config| {
            let name = ServerName::from(target.server.ip());
            ClientConnection::new(Arc::clone(config), name)
                .map(Box::new)
                .map_err(std::io::Error::other)
        });
        Ok(Self {
            tcp,
            tls: tls.transpose()?,
            unsent: Vec::new(),
        })
    }

    /// Whether the connection is made.
    ///
    /// # Errors
    /// Why it cannot be made.
    pub(super) fn is_made(&self) -> std::io::Result<bool> {
        if let Some(error) = SockRef::from(&self.tcp).take_error()? {
            return Err(error);
        }
        match self.tcp.peer_addr() {
            Ok(_) => Ok(true),
            Err(error) if error.kind() == ErrorKind::NotConnected => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// From now on only what arrives is told, not that something can be sent.
    pub(super) fn only_read(&mut self, registry: &Registry, token: Token) -> std::io::Result<()> {
        registry.reregister(&mut self.tcp, token, Interest::READABLE)
    }

    /// From now on nothing is told.
    pub(super) fn read_no_more(&mut self, registry: &Registry) -> std::io::Result<()> {
        registry.deregister(&mut self.tcp)
    }

    /// Reads once. Fewer bytes than the buffer has are all there are, without TLS.
    pub(super) fn read<'a>(&mut self, buffer: &'a mut [u8]) -> Arrived<'a> {
        let room = buffer.len();
        loop {
            let read = match &mut self.tls {
                None => self.tcp.read(buffer),
                Some(tls) => read_tls(&mut self.tcp, tls, buffer),
            };
            return match read {
                Ok(0) => Arrived::End("closed".to_owned()),
                Ok(read) => {
                    let maybe_more = read == room || self.tls.is_some();
                    Arrived::Bytes(buffer.get(..read).unwrap_or_default(), maybe_more)
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) if error.kind() == ErrorKind::WouldBlock => Arrived::Nothing,
                Err(error) => Arrived::End(error.to_string()),
            };
        }
    }

    /// Sends bytes; what the socket does not take waits for the next call.
    pub(super) fn write(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        if let Some(tls) = &mut self.tls {
            tls.writer().write_all(bytes)?;
            return flush_tls(&mut self.tcp, tls);
        }
        if !self.unsent.is_empty() {
            self.unsent.extend(bytes);
            if let Some(sent) = sent(self.tcp.write(&self.unsent))? {
                self.unsent.drain(..sent);
            }
            return Ok(());
        }
        let sent = sent(self.tcp.write(bytes))?.unwrap_or(0);
        self.unsent.extend(bytes.get(sent..).unwrap_or_default());
        Ok(())
    }
}

/// How much was sent; `None` if nothing can be sent now.
fn sent(written: std::io::Result<usize>) -> std::io::Result<Option<usize>> {
    match written {
        Ok(sent) => Ok(Some(sent)),
        Err(error) if error.kind() == ErrorKind::WouldBlock => Ok(None),
        Err(error) => Err(error),
    }
}

/// Reads what TLS has for us, after what it has for itself.
fn read_tls(
    tcp: &mut TcpStream,
    tls: &mut ClientConnection,
    buffer: &mut [u8],
) -> std::io::Result<usize> {
    loop {
        match tls.reader().read(buffer) {
            Err(error) if error.kind() == ErrorKind::WouldBlock => {}
            read => return read,
        }
        if tls.read_tls(tcp)? == 0 {
            return Ok(0);
        }
        tls.process_new_packets().map_err(std::io::Error::other)?;
        flush_tls(tcp, tls)?;
    }
}

fn flush_tls(tcp: &mut TcpStream, tls: &mut ClientConnection) -> std::io::Result<()> {
    while tls.wants_write() {
        if sent(tls.write_tls(tcp))?.is_none() {
            return Ok(());
        }
    }
    Ok(())
}

/// Whether a connection that does not block is being made.
fn is_under_way(error: &std::io::Error) -> bool {
    let in_progress = rustix::io::Errno::INPROGRESS.raw_os_error();
    error.kind() == ErrorKind::WouldBlock || error.raw_os_error() == Some(in_progress)
}
