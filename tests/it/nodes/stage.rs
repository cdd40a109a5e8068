//! What the players of a test and the test itself know of each other: where the nodes are, how far
//! everybody is, and when to stop.

use std::net::SocketAddr;

use tokio::sync::watch;
use tokio::time::timeout;
use watchtogether::protocol::ids::{MemberId, NodeId, Rev};

use crate::support::patience::PATIENCE;

/// What the players do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    /// They send commands.
    Playing,
    /// They wait for the answers that are open.
    Settling,
    /// They read up to this event.
    Ending(Rev),
}

/// How far one player is.
#[derive(Debug, Clone, Default)]
pub(super) struct Progress {
    /// The address at which they are connected, by its number.
    pub(super) node: Option<usize>,
    /// The node that welcomed them there: behind a proxy they do not choose it.
    pub(super) at: Option<NodeId>,
    /// How many commands were acknowledged.
    pub(super) acknowledged: usize,
    /// How often they were told that the storage is away.
    pub(super) away: usize,
    /// The last event that they know.
    pub(super) rev: Rev,
    /// How often they were kicked.
    pub(super) kicked: usize,
    /// Whether they were banned, and play no more.
    pub(super) is_out: bool,
    /// Whether nothing is open any more.
    pub(super) settled: bool,
    /// How often they came back.
    pub(super) returns: usize,
    /// Whether they created the room.
    pub(super) created: bool,
    /// Who acts as admin, as far as they know.
    pub(super) acting: Option<MemberId>,
}

impl Progress {
    /// Whether they have so many acknowledgements, or will get no more.
    const fn has(&self, acknowledgements: usize) -> bool {
        self.is_out || self.acknowledged >= acknowledgements
    }
}

/// What all share.
pub(super) struct Stage {
    nodes: watch::Sender<Vec<Option<SocketAddr>>>,
    phase: watch::Sender<Phase>,
    progress: watch::Sender<Vec<Progress>>,
    absent: watch::Sender<Option<usize>>,
}

impl Stage {
    /// For so many players at these nodes.
    pub(super) fn new(players: usize, nodes: impl IntoIterator<Item = SocketAddr>) -> Self {
        Self {
            nodes: watch::Sender::new(nodes.into_iter().map(Some).collect()),
            phase: watch::Sender::new(Phase::Playing),
            progress: watch::Sender::new(vec![Progress::default(); players]),
            absent: watch::Sender::new(None),
        }
    }

    /// The first node from this one on that is there: its number and address.
    pub(super) fn node_from(&self, first: usize) -> (usize, SocketAddr) {
        let nodes = self.nodes.borrow();
        let numbers = (0..nodes.len()).map(|n| (first + n) % nodes.len());
        let mut there = numbers.filter_map(|n| Some((n, (*nodes.get(n)?)?)));
        there.next().expect("a node")
    }

    /// A node is gone.
    pub(super) fn gone(&self, node: usize) {
        self.nodes.send_modify(|nodes| {
            if let Some(node) = nodes.get_mut(node) {
                *node = None;
            }
        });
    }

    /// What to do, now and after changes.
    pub(super) fn phase(&self) -> watch::Receiver<Phase> {
        self.phase.subscribe()
    }

    /// Has this player break off the connection, and stay away; `None` lets them come back.
    pub(super) fn sends_away(&self, player: Option<usize>) {
        self.absent.send_replace(player);
    }

    /// Waits until this player is to be away, or is not.
    pub(super) async fn until_absent(&self, player: usize, wished: bool) {
        let mut absent = self.absent.subscribe();
        let waited = absent.wait_for(|absent| (*absent == Some(player)) == wished);
        waited.await.expect("the stage is there");
    }

    /// Notes how far a player is.
    pub(super) fn note(&self, player: usize, change: impl FnOnce(&mut Progress)) {
        self.progress
            .send_modify(|all| all.get_mut(player).map_or((), change));
    }

    /// How far everybody is.
    pub(super) fn progress(&self) -> Vec<Progress> {
        self.progress.borrow().clone()
    }

    /// Waits until the players are that far.
    pub(super) async fn until(&self, what: &str, wished: impl Fn(&[Progress]) -> bool) {
        let mut progress = self.progress.subscribe();
        let waited = timeout(PATIENCE, progress.wait_for(|all| wished(all))).await;
        let in_time = waited.is_ok();
        drop(waited);
        assert!(in_time, "waited in vain: {what}: {:?}", self.progress());
    }

    /// Waits for so many more acknowledgements to everybody, for as long as it takes: it gives up only
    /// when somebody who lacks some got none within [`PATIENCE`].
    pub(super) async fn until_each_has(&self, more: usize) {
        let goals: Vec<usize> = self
            .progress()
            .iter()
            .map(|one| one.acknowledged + more)
            .collect();
        let mut progress = self.progress.subscribe();
        loop {
            let before = self.progress();
            let all_have =
                |all: &Vec<Progress>| (all.iter().zip(&goals)).all(|(one, goal)| one.has(*goal));
            if timeout(PATIENCE, progress.wait_for(all_have)).await.is_ok() {
                return;
            }
            let now = self.progress();
            let mut lacking = now.iter().zip(&before).zip(&goals);
            let is_stuck = lacking.any(|((now, before), goal)| {
                !now.has(*goal) && now.acknowledged == before.acknowledged
            });
            assert!(
                !is_stuck,
                "waited in vain: {more} more acknowledgements each: {now:?}"
            );
        }
    }

    /// Waits until these players were told again that the storage is away.
    pub(super) async fn until_away(&self, which: impl Fn(usize) -> bool) {
        let before = self.progress();
        self.until("the storage is away", |all| {
            let mut pairs = all.iter().zip(&before).enumerate();
            pairs.all(|(player, (now, before))| !which(player) || now.away > before.away)
        })
        .await;
    }

    /// Has everybody end: all is answered, and all know the same.
    pub(super) async fn end(&self) {
        self.phase.send_replace(Phase::Settling);
        self.until("all is answered", |all| {
            all.iter().all(|one| one.settled || one.is_out)
        })
        .await;
        let newest = self.progress().iter().map(|one| one.rev).max();
        let newest = newest.expect("a player");
        self.phase.send_replace(Phase::Ending(newest));
    }
}

mod tests {
    use std::net::SocketAddr;
    use std::time::Duration;

    use super::{PATIENCE, Stage};

    const NONE: [SocketAddr; 0] = [];

    /// Acknowledges something to each of two players, one after the other, again and again.
    async fn acknowledges(stage: &Stage, every: Duration) {
        for number in 0.. {
            tokio::time::sleep(every).await;
            stage.note(number % 2, |own| own.acknowledged += 1);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn many_acknowledgements_are_waited_for_while_each_player_gets_some() {
        let stage = Stage::new(2, NONE);
        tokio::select! {
            () = stage.until_each_has(100) => {}
            () = acknowledges(&stage, PATIENCE / 4) => {}
        }
        let progress = stage.progress();
        assert!(progress.iter().all(|one| one.acknowledged >= 100));
    }

    #[tokio::test(start_paused = true)]
    #[should_panic(expected = "waited in vain: 100 more acknowledgements")]
    async fn who_gets_no_more_acknowledgements_is_noticed_though_others_do() {
        let stage = Stage::new(3, NONE);
        tokio::select! {
            () = stage.until_each_has(100) => {}
            () = acknowledges(&stage, PATIENCE / 4) => {}
        }
    }
}
