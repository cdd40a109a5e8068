//! A server through its public address: certificate, WebSocket, address, and a quiet connection.

use std::net::ToSocketAddrs as _;
use std::time::Duration;

use jiff::Timestamp;
use tokio::runtime::Builder;
use url::Url;

use crate::client::rooms::{StayedOpen, asker, stays_open};
use crate::client::{certificate, round_trip};
use crate::doctor::certificate::days_left;
use crate::doctor::server::{Quiet, SeenAs, ServerFacts, ServerFinding, findings};
use crate::media::policy;
use crate::protocol::invite::ServerUrl;
use crate::trust::Trust;

/// What is found of a server that answers. With `quiet` a connection is kept open for so many
/// seconds.
pub(super) fn of(server: &ServerUrl, trust: &Trust, quiet: Option<u64>) -> Vec<ServerFinding> {
    let name = server.as_str();
    let answered = Builder::new_current_thread()
        .enable_all()
        .build()
        .ok()
        .and_then(|runtime| runtime.block_on(round_trip(name, trust)).ok());
    let shown = certificate::of_server(server, trust);
    let asked_publicly = is_public(server);
    findings(&ServerFacts {
        upgrades: answered.is_some(),
        round_trip: answered.flatten().map(millis),
        certificate_days: shown.and_then(|shown| days_left(&shown, Timestamp::now())),
        sees: asker(name, trust).map(|seen| SeenAs {
            address: seen.address,
            ignores_header: seen.ignores_header,
            asked_publicly,
        }),
        quiet: quiet.map(|wanted| kept_quiet(name, trust, wanted)),
    })
}

fn kept_quiet(server: &str, trust: &Trust, wanted: u64) -> Quiet {
    let StayedOpen { kept, heard } = stays_open(server, trust, Duration::from_secs(wanted));
    Quiet {
        kept: kept.as_secs(),
        wanted,
        heard,
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
