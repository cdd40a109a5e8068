//! Proxies of the environment, and the server that was named.

use crate::app::event::RoomsFault;
use crate::client::rooms;
use crate::doctor::network::{NetworkFinding, ServerFault};
use crate::protocol::invite::ServerUrl;
use crate::relay::ProxySettings;
use crate::strings::start;
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
    match proxies.for_https() {
        Some(proxy) => findings.push(NetworkFinding::Proxy(without_password(proxy))),
        None if findings.is_empty() => findings.push(NetworkFinding::Direct),
        None => {}
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
            (ServerFault::Insecure, why)
        }
        Err(RoomsFault::Unreachable(error)) => {
            let why = start::unreachable(language, name, &error);
            (away(server), why)
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

/// Where nobody answers.
fn away(server: &ServerUrl) -> ServerFault {
    if server.is_loopback() {
        ServerFault::AwayHere
    } else {
        ServerFault::Away
    }
}
