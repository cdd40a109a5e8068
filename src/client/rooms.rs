//! Asks a server for its live rooms.

use std::time::Duration;

use crate::app::screen::gallery::RoomsFault;
use crate::protocol::text::clean;
use crate::wire::pages::RoomCard;

/// How long a server may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// The longest list that is read, in bytes: some thousands of rooms.
const MAX_ANSWER: u64 = 8 * 1024 * 1024;

/// The live rooms of a server. Blocks until it answers, ten seconds at most.
///
/// # Errors
/// [`RoomsFault`] if nobody answers, or not with a list of rooms.
pub fn ask(server: &str) -> Result<Vec<RoomCard>, RoomsFault> {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .timeout_global(Some(PATIENCE))
        .build()
        .into();
    let mut answer = agent
        .get(format!("{server}/api/rooms"))
        .call()
        .map_err(fault)?;
    let body = answer.body_mut().with_config().limit(MAX_ANSWER);
    let body = body.read_to_vec().map_err(fault)?;
    serde_json::from_slice(&body).map_err(|cause| {
        tracing::warn!("the list of rooms was not understood: {cause}");
        RoomsFault::NotAServer
    })
}

fn fault(cause: ureq::Error) -> RoomsFault {
    match cause {
        ureq::Error::StatusCode(code) if code < 500 => RoomsFault::NotAServer,
        ureq::Error::Http(_) | ureq::Error::BadUri(_) | ureq::Error::BodyExceedsLimit(_) => {
            RoomsFault::NotAServer
        }
        ureq::Error::Io(cause) => RoomsFault::Unreachable(words(&cause.to_string())),
        cause => RoomsFault::Unreachable(words(&cause.to_string())),
    }
}

/// The system's words without its number for them.
fn words(text: &str) -> String {
    clean(text.split(" (os error").next().unwrap_or_default(), 200)
}
