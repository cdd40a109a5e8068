//! Servers that have ever more members, and so have them exchange clock times ever less often. One
//! room with three pairs of players: near the server, far from it, and far on a bad line.

use super::Scene;
use crate::meter::{now, rest};
use crate::proxy::Network;
use crate::rig::{Rig, Viewer, meter};
use crate::stats::quantile;
use crate::test_media::TestMedia;

/// A server without a crowd.
pub(crate) const ALONE: Scene = Scene {
    name: "alone",
    rows: &["uneven-p95"],
    play: || {
        let [_, _, uneven] = pairs(0);
        vec![("uneven-p95", uneven)]
    },
};

/// A server with some hundreds of members.
pub(crate) const WITH_HUNDREDS: Scene = Scene {
    name: "with hundreds",
    rows: &[
        "hundreds-steady-p95",
        "hundreds-network-p95",
        "hundreds-uneven-p95",
    ],
    play: || {
        let [steady, far, uneven] = pairs(200);
        vec![
            ("hundreds-steady-p95", steady),
            ("hundreds-network-p95", far),
            ("hundreds-uneven-p95", uneven),
        ]
    },
};

/// A server with more than a thousand members.
pub(crate) const WITH_A_THOUSAND: Scene = Scene {
    name: "with a thousand",
    rows: &[
        "thousand-steady-p95",
        "thousand-network-p95",
        "thousand-uneven-p95",
    ],
    play: || {
        let [steady, far, uneven] = pairs(1_100);
        vec![
            ("thousand-steady-p95", steady),
            ("thousand-network-p95", far),
            ("thousand-uneven-p95", uneven),
        ]
    },
};

/// How long the clocks have to settle before the players are measured, in seconds.
const WARM_UP: f64 = 60.0;

/// How long they are measured, in seconds.
const LOOK: f64 = 60.0;

/// How far the players of each pair are apart at a server with so many more members: the 95th
/// percentiles, in milliseconds.
fn pairs(others: usize) -> [f64; 3] {
    let rig = Rig::crowded(others);
    let networks = [Network::NONE, Network::FAR, Network::UNEVEN];
    let mut viewers: Vec<Viewer> = networks
        .iter()
        .flat_map(|network| [network, network])
        .zip(["Alice", "Boris", "Clara", "Dmitri", "Elena", "Fyodor"])
        .map(|(network, name)| Viewer::behind(&rig.network(*network), name, &[]))
        .collect();
    viewers[0].command(&format!("/play {}", rig.link(TestMedia::Plain)));
    for viewer in &mut viewers {
        viewer.wait_playing();
    }
    let looking = meter(&viewers.iter().collect::<Vec<_>>());
    rest(WARM_UP);
    let from = now();
    rest(LOOK);
    let (to, looks) = (now(), looking.stop());
    [(0, 1), (2, 3), (4, 5)].map(|pair| quantile(&looks.sizes(pair, 1.0, from, to), 0.95))
}
