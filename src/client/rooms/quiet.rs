//! What a server says of who asks, and how long a connection on which little happens stays open.

use std::io::Read as _;
use std::time::{Duration, Instant};

use super::{PATIENCE, Patience, answer};
use crate::trust::Trust;
use crate::wire::pages::AskerCard;

/// The longest answer that is read, in bytes: an address and a word.
const LONGEST: u64 = 1_024;

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

/// How long a quiet connection stayed open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StayedOpen {
    /// For so long.
    pub kept: Duration,
    /// Whether anything that the server sent came through.
    pub heard: bool,
}

/// Keeps the stream of live rooms open for so long, unless it is cut before. Blocks meanwhile.
#[must_use]
pub fn stays_open(server: &str, trust: &Trust, wanted: Duration) -> StayedOpen {
    let begun = Instant::now();
    let patience = Patience {
        silence: wanted,
        until: None,
    };
    let mut heard = false;
    if let Ok((mut answer, _)) = answer(server, "/api/gallery/events", trust, &patience) {
        let mut stream = answer.body_mut().as_reader();
        let mut bytes = [0; 4_096];
        while begun.elapsed() < wanted && matches!(stream.read(&mut bytes), Ok(1..)) {
            heard = true;
        }
    }
    StayedOpen {
        kept: begun.elapsed().min(wanted),
        heard,
    }
}
