//! Warns the members of every room of the planned end, again and again until the time is up.

use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use super::{Drain, whole_seconds};
use crate::protocol::ephemeral::MemberNotice;
use crate::server::registry::Rooms;
use crate::server::replica::message::OperatorMessage;
use crate::server::shutdown::{Shutdown, ShutdownTrigger};

/// When members are warned, in seconds before the end (judgement: ever more often).
const WARNINGS: [u64; 13] = [3_600, 1_800, 600, 300, 120, 60, 30, 10, 5, 4, 3, 2, 1];

/// Warns every room until the end, then triggers `over`. Returns at a shutdown.
pub(in crate::server) async fn run(
    drain: Drain,
    rooms: Rooms,
    over: ShutdownTrigger,
    mut shutdown: Shutdown,
) {
    let mut plan = drain.planned.subscribe();
    loop {
        let planned = *plan.borrow_and_update();
        tokio::select! {
            biased;
            () = shutdown.wait() => return,
            // The sender lives as long as `drain`, so there is no error.
            _changed = plan.changed() => {
                let is_given_up = planned.is_some() && plan.borrow().is_none();
                if is_given_up {
                    tracing::info!("the server does not stop after all");
                    tell(&rooms, &MemberNotice::ServerStays).await;
                }
            }
            () = count_down(&drain, planned, &rooms) => {
                over.now();
                return;
            }
        }
    }
}

/// Warns every room at each of the [`WARNINGS`], and at once. Returns when the time is up; never
/// without a plan.
async fn count_down(drain: &Drain, planned: Option<Instant>, rooms: &Rooms) {
    let Some(at) = planned else {
        return std::future::pending().await;
    };
    let mut left = whole_seconds(at.saturating_duration_since(Instant::now()));
    while !left.is_zero() {
        tracing::info!(seconds = left.as_secs(), "the server stops soon");
        tell(rooms, &drain.warning(left)).await;
        left = next_warning(left);
        sleep_until(at.checked_sub(left).unwrap_or(at)).await;
    }
}

/// How long before the end the next warning is due; zero for the end itself.
fn next_warning(left: Duration) -> Duration {
    let warnings = WARNINGS.map(Duration::from_secs);
    let next = warnings.into_iter().find(|warning| *warning < left);
    next.unwrap_or_default()
}

/// Tells everyone in every room that has anybody in it. Returns how many rooms were told.
pub(in crate::server) async fn tell(rooms: &Rooms, notice: &MemberNotice) -> usize {
    let Ok(all) = rooms.all().await else {
        return 0;
    };
    let here = all
        .values()
        .filter(|room| room.card.borrow().roster.count > 0);
    let told = here.map(|room| room.tell_operator(OperatorMessage::Tell(notice.clone())));
    let told = futures_util::future::join_all(told).await;
    told.into_iter().filter(|told| *told).count()
}

#[cfg(test)]
mod tests;
