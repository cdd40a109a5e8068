//! Where a server is to listen: an address and a port, or a port of this computer alone.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::str::FromStr;

use serde::Deserialize;

/// The name that stands for this computer.
const LOCALHOST: &str = "localhost";

/// Where a server is to listen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "ListenInput")]
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

/// The forms in a file or a variable.
#[derive(Deserialize)]
#[serde(untagged)]
enum ListenInput {
    Port(u16),
    Text(String),
}

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

impl TryFrom<ListenInput> for ListenSetting {
    type Error = InvalidListen;

    fn try_from(input: ListenInput) -> Result<Self, InvalidListen> {
        match input {
            ListenInput::Port(port) => Ok(Self::Loopback(port)),
            ListenInput::Text(text) => text.parse(),
        }
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
