//! Where a server is to listen: an address and a port, or a port of this computer alone.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::str::FromStr;

use serde::de::{Deserialize, Deserializer, Error, Visitor};

/// The name that stands for this computer.
const LOCALHOST: &str = "localhost";

/// Where a server is to listen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListenSetting {
    /// At this address.
    At(SocketAddr),
    /// At this port of both loopback addresses, so that `localhost` leads here however it resolves.
    Loopback(u16),
}

/// The text is not a valid [`ListenSetting`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("give a port, or an IP address and a port, such as 8000 or 0.0.0.0:8000")]
pub struct InvalidListen;

impl ListenSetting {
    /// The addresses to listen on.
    #[must_use]
    pub fn addresses(self) -> Vec<SocketAddr> {
        match self {
            Self::At(address) => vec![address],
            Self::Loopback(port) => vec![
                (Ipv4Addr::LOCALHOST, port).into(),
                (Ipv6Addr::LOCALHOST, port).into(),
            ],
        }
    }
}

impl FromStr for ListenSetting {
    type Err = InvalidListen;

    fn from_str(text: &str) -> Result<Self, InvalidListen> {
        if let Ok(address) = text.parse() {
            return Ok(Self::At(address));
        }
        let port = match text.rsplit_once(':') {
            Some((host, port)) if host.eq_ignore_ascii_case(LOCALHOST) => port,
            Some(_) => return Err(InvalidListen),
            None => text,
        };
        // No sign, which Rust's numbers may have.
        let is_number = port.bytes().all(|byte| byte.is_ascii_digit());
        let port = port.parse().ok().filter(|_| is_number);
        port.map(Self::Loopback).ok_or(InvalidListen)
    }
}

/// A number or a text. The visitor itself refuses what is wrong: so its place in the file is known.
impl<'de> Deserialize<'de> for ListenSetting {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ListenVisitor)
    }
}

struct ListenVisitor;

impl Visitor<'_> for ListenVisitor {
    type Value = ListenSetting;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a port, or an IP address and a port")
    }

    fn visit_i64<E: Error>(self, port: i64) -> Result<ListenSetting, E> {
        let port = u16::try_from(port).map_err(|_| E::custom(InvalidListen))?;
        Ok(ListenSetting::Loopback(port))
    }

    fn visit_u64<E: Error>(self, port: u64) -> Result<ListenSetting, E> {
        let port = u16::try_from(port).map_err(|_| E::custom(InvalidListen))?;
        Ok(ListenSetting::Loopback(port))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<ListenSetting, E> {
        text.parse().map_err(E::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::{InvalidListen, ListenSetting};

    #[test]
    fn a_port_alone_is_this_computers() {
        let addresses = |text: &str| {
            let setting = text.parse::<ListenSetting>()?;
            let addresses = setting.addresses().into_iter();
            Ok(addresses.map(|address| address.to_string()).collect())
        };
        let table: [(&str, &[&str]); 7] = [
            ("8000", &["127.0.0.1:8000", "[::1]:8000"]),
            ("localhost:8000", &["127.0.0.1:8000", "[::1]:8000"]),
            ("LocalHost:80", &["127.0.0.1:80", "[::1]:80"]),
            ("0", &["127.0.0.1:0", "[::1]:0"]),
            ("0.0.0.0:8000", &["0.0.0.0:8000"]),
            ("[::]:8000", &["[::]:8000"]),
            ("192.0.2.1:80", &["192.0.2.1:80"]),
        ];
        for (text, expected) in table {
            let expected: Vec<String> = expected.iter().map(ToString::to_string).collect();
            assert_eq!(addresses(text), Ok::<_, InvalidListen>(expected), "{text}");
        }
        let wrong = [
            "",
            "+80",
            "-1",
            "65536",
            "localhost",
            "localhost:",
            "localhost:x",
            "0.0.0.0",
            "::1",
            ":8000",
            "example.org:8000",
            "8000 ",
        ];
        for text in wrong {
            assert_eq!(
                addresses(text),
                Err::<Vec<String>, _>(InvalidListen),
                "{text}"
            );
        }
    }
}
