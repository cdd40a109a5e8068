//! The evening of a seed on a server of two nodes: what goes wrong with them and with their log.

use super::{ALL_HERE, Script, by};
use crate::server::testbed::NodeFault;
use crate::sim::incidents::What;
use crate::sim::random::Random;

impl Script {
    /// The evening of a seed on a server of two nodes, whose log fails as well. Instead of the whole
    /// server one node is restarted.
    pub(crate) fn of_nodes(seed: u64) -> Self {
        let mut script = Self::of(seed);
        let mut random = Random::new(seed.rotate_left(16));
        for (_, incident) in &mut script.incidents {
            if let What::ServerRestarts { away, .. } = incident.what {
                let fault = NodeFault::Dies(random.below(2));
                incident.what = What::NodeFails { fault, away };
            }
        }
        let mut at = ALL_HERE;
        for _ in 0..2 + random.below(6) {
            at += random.between(0.1, 12.0);
            let what = any_node_fault(&mut random);
            script.calm_from = script.calm_from.max(at + what.lasts());
            script.incidents.push((at, by(0, what)));
        }
        script.incidents.sort_by(|a, b| a.0.total_cmp(&b.0));
        let ends = script
            .incidents
            .iter()
            .map(|(at, incident)| at + incident.what.lasts());
        script.calm_from = ends.fold(script.calm_from, f64::max);
        script.has_nodes = true;
        script
    }
}

/// Something that goes wrong with one of two nodes, or with their log.
fn any_node_fault(random: &mut Random) -> What {
    let node = random.below(2);
    let long = random.between(0.2, 1.0) * random.between(0.2, 20.0);
    let fault = match random.below(10) {
        0 | 1 => NodeFault::Dies(node),
        2 => NodeFault::CutOff(node),
        3 => NodeFault::AppendBreaks(node, true),
        4 => NodeFault::AppendBreaks(node, false),
        5 => NodeFault::MissesNews(node),
        6 => NodeFault::LateNews(node),
        7 => NodeFault::DoubledNews(node),
        8 => NodeFault::StoreAway,
        _ => NodeFault::StoreForgets(random.below(12)),
    };
    let away = match fault {
        // What was missed is looked for every few seconds.
        NodeFault::MissesNews(_) | NodeFault::LateNews(_) => long.min(5.0),
        NodeFault::AppendBreaks(..) => 1.0 + long.min(5.0),
        _ => long,
    };
    What::NodeFails { fault, away }
}
