//! Three nodes on Redis behind nginx, a member at each: the rows of one server, beside them.

use super::moves::pause_and_resume;
use super::{Scene, show};
use crate::meter::{Reports, now, rest};
use crate::nodes::Nodes;
use crate::report::Figure;
use crate::rig::{Rig, Viewer, meter, play};
use crate::stats::{quantile, worst};
use crate::support::patience::until;
use crate::test_media::TestMedia;

/// Nothing disturbs them, then the admin pauses, then a node is killed.
pub(crate) const NODES: Scene = Scene {
    name: "three nodes behind nginx",
    rows: &[
        "nodes-p50",
        "nodes-p95",
        "nodes-pause-p95",
        "nodes-redis-p50",
        "nodes-back",
    ],
    play: nodes,
};

/// How long the players have to settle before they are measured, in seconds.
const WARM_UP: f64 = 15.0;

/// How long they are measured, in seconds.
const LOOK: f64 = 120.0;

/// How many pauses are timed at each of the others, so that one late pause is not yet the 95th
/// percentile.
const PAUSES: usize = 24;

fn nodes() -> Vec<Figure> {
    let Some(mut nodes) = Nodes::start() else {
        return Vec::new();
    };
    let rig = Rig::at(&nodes);
    let mut viewers = ["Alice", "Boris", "Carol"].map(|name| rig.viewer(name, &[]));
    let at_nodes = nodes.connections();
    eprintln!("    connections at the nodes: {at_nodes:?}");
    let met = at_nodes.iter().filter(|count| **count > 0).count();
    assert!(met > 1, "nginx spreads them");
    play(&rig.link(TestMedia::Plain), viewers.each_mut());
    let looking = meter(&viewers.each_ref());
    rest(WARM_UP);
    let from = now();
    rest(LOOK);
    let to = now();
    let looks = looking.stop();
    let sizes = [(0, 1), (0, 2), (1, 2)].map(|pair| looks.sizes(pair, 1.0, from, to));
    let with = |share| worst(sizes.iter().map(|pair| quantile(pair, share)));

    let trips = nodes.round_trips();
    let trip = quantile(&trips, 0.5);
    eprintln!(
        "    Redis' round trip: p50 {trip:.2}, p95 {:.2} ms",
        quantile(&trips, 0.95)
    );
    let [alice, boris, carol] = &mut viewers;
    let mut arrivals = Vec::new();
    for other in [boris, carol] {
        arrivals.extend(pauses(alice, other));
    }
    show("pauses arrived after", &arrivals);
    vec![
        ("nodes-p50", with(0.5)),
        ("nodes-p95", with(0.95)),
        ("nodes-pause-p95", quantile(&arrivals, 0.95) - trip),
        ("nodes-redis-p50", trip),
        ("nodes-back", back_after_a_kill(&mut nodes)),
    ]
}

/// How long those of a node that is killed take to be at another one, in milliseconds.
fn back_after_a_kill(nodes: &mut Nodes) -> f64 {
    let members: u64 = nodes.connections().iter().sum();
    let killed_at = now();
    nodes.kill_the_busiest();
    until("all are back", || {
        let here: u64 = nodes.connections().iter().sum();
        (here == members).then_some(())
    });
    (now() - killed_at) * 1_000.0
}

fn pauses(alice: &mut Viewer, other: &Viewer) -> Vec<f64> {
    let reports = Reports::<bool>::of_flag(other.socket(), "pause");
    let timed = (0..PAUSES).map(|_| pause_and_resume(alice, &reports));
    timed.collect()
}
