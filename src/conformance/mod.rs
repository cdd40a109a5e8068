//! The conformance kit: plays scenarios against a room server and judges what it answers.
//!
//! It writes and reads frames as raw JSON, without the types of [`crate::wire`] and without the
//! client's machines: a fault that both of our sides share would hide there. Only the WebSocket is
//! opened for it, as a [`Target`] says. [`scenarios::ALL`] is
//! the list. Rooms have made-up names and are closed at the end, so that nothing is left behind.

use std::time::Duration;

use tokio::time::timeout;

pub use connection::{Opener, Socket, Target, WebSocket};
pub use scenarios::Scenario;
use stage::Stage;
pub use verdict::{Came, Skip, Verdict};

mod acts;
mod clock;
mod commands;
mod connection;
mod entry;
mod frames;
mod holds;
mod json;
mod late;
mod member;
mod observers;
mod people;
mod playback;
mod private;
mod resume;
pub mod scenarios;
mod stage;
mod verdict;

/// The longest that one scenario may take (judgement: several times what the slowest needs, which
/// sees a hold to its end).
const SCENARIO_WITHIN: Duration = Duration::from_secs(90);

/// Why a trial ends before its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// No connection can be opened, in words for people; nothing was played.
    Unreachable(String),
    /// Connections open, and nothing ever comes.
    Silent,
}

/// Plays scenarios one after another and hands each verdict on as it is reached. Returns whether
/// all have passed.
///
/// # Errors
/// [`Fault`] if no connection can be opened at all, or the first scenario got no answer: the others
/// would each wait for one in vain.
pub async fn play(
    target: Target,
    scenarios: &[Scenario],
    mut on_verdict: impl FnMut(&Scenario, &Verdict),
) -> Result<bool, Fault> {
    target.can_be_reached().await.map_err(Fault::Unreachable)?;
    let mut stage = Stage::new(target);
    let mut all_passed = true;
    let mut has_answered = false;
    for scenario in scenarios {
        let played = timeout(SCENARIO_WITHIN, (scenario.play)(&mut stage)).await;
        let verdict = match played {
            Ok(Ok(())) => Verdict::Pass,
            Ok(Err(verdict)) => verdict,
            Err(_) => Verdict::nothing(scenario.name, SCENARIO_WITHIN),
        };
        all_passed &= verdict == Verdict::Pass;
        on_verdict(scenario, &verdict);
        if !has_answered && verdict.is_silence() {
            return Err(Fault::Silent);
        }
        has_answered = true;
    }
    stage.clear().await;
    Ok(all_passed)
}
