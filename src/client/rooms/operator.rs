//! What a server, or a proxy in front of it, says of who asks and of itself, and whether what it
//! sends comes through: for its operator.

use std::io::Read as _;
use std::time::{Duration, Instant};

use ureq::http::header;

use super::{PATIENCE, Patience, answer};
use crate::trust::Trust;
use crate::wire::pages::AskerCard;

/// The longest answer that is read, in bytes: an address and a word.
const LONGEST: u64 = 1_024;

/// The stream of live rooms.
const EVENTS: &str = "/api/gallery/events";

/// How long its first event may take: a server sends it at once, and a sign of life after 10 s.
const FIRST_EVENT: Duration = Duration::from_secs(15);

/// Whom a server takes us for; `None` if it does not say, as older ones do not.
#[must_use]
pub fn asker(server: &str, trust: &Trust) -> Option<AskerCard> {
    let (mut answer, _) = answer(server, "/api/you", trust, &Patience::of_list(PATIENCE)).ok()?;
    if !answer.status().is_success() {
        return None;
    }
    let body = answer.body_mut().with_config().limit(LONGEST);
    serde_json::from_slice(&body.read_to_vec().ok()?).ok()
}

/// By which names programs answer at a server's address: the values of the headers `Server` and
/// `Via`.
#[must_use]
pub fn answering_programs(server: &str, trust: &Trust) -> Vec<String> {
    let patience = Patience::of_list(PATIENCE);
    let Ok((answer, _)) = answer(server, "/healthz", trust, &patience) else {
        return Vec::new();
    };
    let values = [header::SERVER, header::VIA].into_iter().flat_map(|name| {
        let values = answer.headers().get_all(name).into_iter();
        values.filter_map(|value| Some(value.to_str().ok()?.to_owned()))
    });
    values.collect()
}

/// Whether the first of the events of the live rooms comes; `None` if there is no such stream for
/// us.
#[must_use]
pub fn events_come(server: &str, trust: &Trust) -> Option<bool> {
    let patience = Patience {
        silence: FIRST_EVENT,
        until: None,
    };
    let (mut answer, _) = answer(server, EVENTS, trust, &patience).ok()?;
    let first = answer.body_mut().as_reader().read(&mut [0]);
    Some(matches!(first, Ok(1..)))
}

/// For how long the stream of live rooms, in which a server says something every 10 s, stays open:
/// so long at most. Blocks meanwhile.
#[must_use]
pub fn events_last(server: &str, trust: &Trust, wanted: Duration) -> Duration {
    let begun = Instant::now();
    let patience = Patience {
        silence: wanted,
        until: None,
    };
    if let Ok((mut answer, _)) = answer(server, EVENTS, trust, &patience) {
        let mut stream = answer.body_mut().as_reader();
        let mut bytes = [0; 4_096];
        while begun.elapsed() < wanted && matches!(stream.read(&mut bytes), Ok(1..)) {}
    }
    begun.elapsed().min(wanted)
}
