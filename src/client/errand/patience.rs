//! How long an errand waits to be let in.

use std::time::Duration;

use tokio::time::sleep;

use crate::app::event::Disconnect;
use crate::client::retries::Retries;

/// What an errand bears before it gives up.
pub(super) struct Patience<A> {
    /// How long the server may still ask it to wait.
    pub(super) asked: Duration,
    /// The attempts that nobody answered.
    pub(super) retries: Retries,
    /// Is given the reason before an attempt that the server did not ask for.
    pub(super) again: A,
}

impl<A: Fn(&Disconnect)> Patience<A> {
    /// It was not let in: waits for the next attempt. False if there is to be none.
    pub(super) async fn wait(&mut self, why: &Disconnect) -> bool {
        let told = why.told_wait().to_duration();
        if told.is_zero() {
            let Some(wait) = self.retries.next_wait(why) else {
                return false;
            };
            (self.again)(why);
            sleep(wait).await;
            return true;
        }
        let Some(left) = self.asked.checked_sub(told) else {
            return false;
        };
        self.asked = left;
        sleep(told).await;
        self.retries = Retries::begin();
        true
    }
}
