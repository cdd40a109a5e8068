//! The scenes: what is played, disturbed and measured. One scene may measure several rows.

use super::report::Figure;

mod breaks;
mod containers;
mod crowded;
mod live;
mod mishaps;
mod moves;
mod network;
mod nobody;
mod nodes;
mod stalls;
mod steady;
mod steps;

/// A scene, which measures some rows of the table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scene {
    /// Its name, which is printed while it runs.
    pub(crate) name: &'static str,
    /// The rows that it measures.
    pub(crate) rows: &'static [&'static str],
    /// Runs it once and returns its figures.
    pub(crate) play: fn() -> Vec<Figure>,
}

/// Every scene, the quiet ones first.
pub(crate) const SCENES: &[Scene] = &[
    steady::STEADY,
    steady::STOPPED,
    steady::RATES,
    network::NETWORK,
    crowded::ALONE,
    crowded::WITH_HUNDREDS,
    crowded::WITH_A_THOUSAND,
    moves::PAUSES,
    moves::SEEKS,
    mishaps::MISHAPS,
    stalls::STALLS,
    containers::HLS,
    live::LIVE,
    containers::RECORDED,
    containers::RARE_KEYFRAMES,
    containers::AUDIO_DELAY,
    breaks::BROKEN,
    breaks::SEEK_WITHOUT_DATA,
    steps::STEPS,
    steps::REPORTS,
    nobody::NOBODY,
    nodes::NODES,
];

/// Runs two things side by side and gathers their figures.
fn both(
    one: impl FnOnce() -> Vec<Figure> + Send,
    other: impl FnOnce() -> Vec<Figure> + Send,
) -> Vec<Figure> {
    std::thread::scope(|scope| {
        let other = scope.spawn(other);
        let mut figures = one();
        figures.extend(other.join().expect("a scene does not fail"));
        figures
    })
}

/// Prints the single values from which a figure is computed, in milliseconds.
fn show(what: &str, values: &[f64]) {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let shown: Vec<String> = sorted.iter().map(|value| format!("{value:.1}")).collect();
    eprintln!("    {what} {} ms", shown.join(", "));
}
