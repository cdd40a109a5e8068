//! A server through its public address: certificate, WebSocket, address, and a quiet connection.

use std::net::ToSocketAddrs as _;
use std::time::Duration;

use jiff::Timestamp;
use tokio::runtime::Builder;
use url::Url;

use crate::client::rooms::{answering_programs, asker, events_come, events_last};
use crate::client::{QuietEnd, certificate, quiet, round_trip};
use crate::doctor::certificate::days_left;
use crate::doctor::proxy::ReverseProxy;
use crate::doctor::server::{Quiet, SeenAs, ServerFacts, ServerFinding, findings};
use crate::media::policy;
use crate::protocol::invite::ServerUrl;
use crate::strings::client::disconnect;
use crate::texts::denied;
use crate::texts::language::Language;
use crate::trust::Trust;

/// What is found of a server that answers. With `seconds` a quiet connection is kept open for so
/// long.
pub(super) fn of(
    server: &ServerUrl,
    trust: &Trust,
    seconds: Option<u64>,
    language: Language,
) -> Vec<ServerFinding> {
    let name = server.as_str();
    let runtime = Builder::new_current_thread().enable_all().build().ok();
    let answered = runtime
        .as_ref()
        .and_then(|runtime| runtime.block_on(round_trip(name, trust)).ok());
    let shown = certificate::of_server(server, trust);
    let asked_publicly = is_public(server);
    let programs = answering_programs(name, trust);
    let tried = seconds.zip(runtime).filter(|_| answered.is_some());
    findings(&ServerFacts {
        upgrades: answered.is_some(),
        round_trip: answered.flatten().map(millis),
        certificate_days: shown.and_then(|shown| days_left(&shown, Timestamp::now())),
        sees: asker(name, trust).map(|seen| SeenAs {
            address: seen.address,
            ignores_header: seen.ignores_header,
            asked_publicly,
        }),
        events_come: events_come(name, trust),
        quiet: tried.map(|(seconds, runtime)| {
            let end = runtime.block_on(quiet(name, trust, seconds));
            match end {
                Ok(QuietEnd::Through) => Quiet::Through(seconds),
                Ok(QuietEnd::Cut(after)) => Quiet::Cut(after.as_secs()),
                Ok(QuietEnd::Lost) => Quiet::Lost(seconds),
                Ok(QuietEnd::Ended(why)) => Quiet::Refused(denied::refused(language, &why)),
                Ok(QuietEnd::Unknown) => with_signs(name, trust, seconds),
                Err(why) => Quiet::Refused(disconnect(language, &why)),
            }
        }),
        proxy: ReverseProxy::of_headers(programs.iter().map(String::as_str)),
    })
}

/// An older server: a connection on which it says something now and then.
fn with_signs(server: &str, trust: &Trust, seconds: u64) -> Quiet {
    let kept = events_last(server, trust, Duration::from_secs(seconds));
    if kept.as_secs() < seconds {
        Quiet::Cut(kept.as_secs())
    } else {
        Quiet::WithSigns(seconds)
    }
}

/// Whole milliseconds, at least one.
fn millis(took: Duration) -> u64 {
    u64::try_from(took.as_millis()).unwrap_or(u64::MAX).max(1)
}

/// Whether a server's address is one of the public internet.
fn is_public(server: &ServerUrl) -> bool {
    let url = Url::parse(server.as_str()).ok();
    let place = url
        .as_ref()
        .and_then(|url| Some((url.host_str()?, url.port_or_known_default()?)));
    let found = place.and_then(|(host, port)| format!("{host}:{port}").to_socket_addrs().ok());
    found.is_some_and(|mut addresses| {
        addresses.all(|address| policy::check_address(address.ip()).is_ok())
    })
}
