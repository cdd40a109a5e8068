//! Proxies of the environment, and the server that was named.

use std::io::ErrorKind;

use crate::app::event::RoomsFault;
use crate::app::network_fault::{NetworkCause, NetworkFault};
use crate::app::tls_fault::TlsFault;
use crate::client::{lan, rooms};
use crate::doctor::network::{NetworkFinding, ServerFault};
use crate::protocol::invite::ServerUrl;
use crate::relay::ProxySettings;
use crate::strings::start;
use crate::system_fault::{SystemFault, UncategorizedError};
use crate::texts::language::Language;
use crate::trust::Trust;

/// What is found of the network.
pub(super) fn findings(
    server: Option<&ServerUrl>,
    trust: &Trust,
    language: Language,
) -> Vec<NetworkFinding> {
    let proxies = ProxySettings::of_process();
    let mut findings: Vec<NetworkFinding> = proxies
        .unusable()
        .iter()
        .map(|proxy| NetworkFinding::UnusableProxy {
            variable: proxy.variable.to_owned(),
            value: proxy.value.clone(),
        })
        .collect();
    if let Some(proxy) = proxies.for_https() {
        findings.push(NetworkFinding::Proxy(without_password(proxy)));
    } else {
        let is_direct = findings.is_empty();
        // Where there is a proxy, it may be all the network there is.
        let is_alone = lan::addresses().is_empty();
        findings.extend(is_alone.then_some(NetworkFinding::NoNetwork));
        findings.extend(is_direct.then_some(NetworkFinding::Direct));
    }
    findings.extend(server.map(|server| asked(server, trust, language)));
    findings
}

/// The host and port of `http://NAME:PASSWORD@HOST:PORT`.
fn without_password(proxy: &str) -> String {
    let host = proxy.rsplit_once('@').map_or(proxy, |(_, host)| host);
    host.trim_start_matches("http://")
        .trim_end_matches('/')
        .to_owned()
}

/// Whether the server answers with its rooms.
fn asked(server: &ServerUrl, trust: &Trust, language: Language) -> NetworkFinding {
    let name = server.as_str();
    let (fault, why) = match rooms::ask(name, trust) {
        Ok(rooms) => {
            return NetworkFinding::ServerAnswers {
                server: name.to_owned(),
                rooms: rooms.len(),
            };
        }
        Err(RoomsFault::Insecure(fault)) => {
            let why = start::insecure(language, name, &fault);
            (insecure(fault), why)
        }
        Err(RoomsFault::Unreachable(error)) => {
            let why = start::unreachable(language, name, &error);
            (away(server, &error), why)
        }
        Err(RoomsFault::NotAServer) => {
            let why = start::no_server_of_ours(language, name);
            (ServerFault::NotOurs, why)
        }
    };
    NetworkFinding::ServerFails {
        server: name.to_owned(),
        fault,
        why,
    }
}

/// What it is that keeps a connection from being secure.
fn insecure(fault: TlsFault) -> ServerFault {
    match fault {
        TlsFault::Expired | TlsFault::Revoked => ServerFault::CertificateEnded,
        TlsFault::UnknownIssuer | TlsFault::SelfSigned => ServerFault::Untrusted,
        TlsFault::SpeaksHttp { instead } | TlsFault::SpeaksHttps { instead } => {
            ServerFault::OtherScheme { instead }
        }
        TlsFault::NotYetValid
        | TlsFault::AuthorityAsServer
        | TlsFault::OtherName { .. }
        | TlsFault::Untrusted
        | TlsFault::NoAgreement => ServerFault::Insecure,
    }
}

/// Where nobody answers, and whether they were asked at all.
fn away(server: &ServerUrl, error: &NetworkFault) -> ServerFault {
    let has_no_way = match &error.cause {
        NetworkCause::NoAddress(_)
        | NetworkCause::ProxyAsksPassword
        | NetworkCause::ProxyRefuses(_)
        | NetworkCause::System(
            SystemFault::Uncategorized(UncategorizedError::NameNotFound)
            | SystemFault::Known(
                ErrorKind::HostUnreachable
                | ErrorKind::NetworkUnreachable
                | ErrorKind::NetworkDown
                | ErrorKind::AddrNotAvailable,
            ),
        ) => true,
        // The connection that failed is the one to the proxy.
        NetworkCause::System(_) => error.proxy.is_some(),
        _ => false,
    };
    if server.is_loopback() {
        ServerFault::AwayHere
    } else if has_no_way {
        ServerFault::NoWay
    } else {
        ServerFault::Away
    }
}

#[cfg(test)]
mod tests {
    use std::io::ErrorKind;

    use super::away;
    use crate::app::network_fault::{NetworkCause, NetworkFault};
    use crate::doctor::network::ServerFault;
    use crate::protocol::invite::ServerUrl;
    use crate::system_fault::{SystemFault, UncategorizedError};

    #[test]
    fn only_a_server_that_was_reached_is_to_be_mended() {
        let system = |fault: SystemFault| NetworkFault::from(fault);
        let refused = || system(ErrorKind::ConnectionRefused.into());
        let elsewhere = "https://watch.example.org";
        let rows = [
            ("http://127.0.0.1:9", refused(), ServerFault::AwayHere),
            (elsewhere, refused(), ServerFault::Away),
            (
                elsewhere,
                system(UncategorizedError::NameNotFound.into()),
                ServerFault::NoWay,
            ),
            (
                elsewhere,
                system(ErrorKind::NetworkUnreachable.into()),
                ServerFault::NoWay,
            ),
            (
                elsewhere,
                NetworkCause::System(ErrorKind::ConnectionRefused.into())
                    .through(Some("proxy.example:3128".to_owned())),
                ServerFault::NoWay,
            ),
            (
                elsewhere,
                NetworkCause::ProxyRefuses(403).into(),
                ServerFault::NoWay,
            ),
        ];
        for (server, error, expected) in rows {
            let server = ServerUrl::parse(server).unwrap();
            assert_eq!(away(&server, &error), expected, "{server} {error:?}");
        }
    }
}
