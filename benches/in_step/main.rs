//! How well players stay in step: real mpvs, each driven by a real client, with one real server,
//! measured through a second IPC connection to each. `make bench` runs it; it is no part of the
//! tests.
//!
//! `cargo bench --bench in_step -- --row steady --row seek --runs 1` measures some rows only.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a bench has nobody to hand an error to"
)]

use std::path::PathBuf;

use clap::Parser;

mod cost;
mod crowd;
mod meter;
mod nodes;
mod proxy;
mod report;
mod rig;
mod rows;
mod scenes;
mod stats;
#[path = "../../tests/it/support/mod.rs"]
#[expect(dead_code, reason = "scenarios use what a bench does not")]
mod support;
mod test_media;

use report::Report;
use rows::ROWS;
use scenes::{SCENES, Scene};

/// Measures how well players stay in step.
#[derive(Debug, Parser)]
struct Options {
    /// Measure only rows whose name begins so; may be given several times
    #[arg(long, value_name = "NAME")]
    row: Vec<String>,
    /// How often each row is measured; the table shows the medians
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..=20))]
    runs: u32,
    /// Where the figures go as JSON
    #[arg(long, value_name = "FILE", default_value = concat!(env!("CARGO_TARGET_TMPDIR"), "/in_step.json"))]
    json: PathBuf,
    /// List the rows, and measure nothing
    #[arg(long)]
    list: bool,
    /// What `cargo bench` adds
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() {
    let options = Options::parse();
    if options.list {
        for row in ROWS {
            println!("{:<22} {}", row.name, row.aim_in_words);
        }
        return;
    }
    let chosen = |scene: &&Scene| scene.rows.iter().any(|row| options.wants(row));
    let scenes: Vec<&Scene> = SCENES.iter().filter(chosen).collect();
    if scenes.is_empty() {
        eprintln!("no row begins so; --list names them");
        std::process::exit(2);
    }
    let mut report = Report::new(options.runs);
    for run in 1..=options.runs {
        for scene in &scenes {
            eprintln!("run {run} of {}: {} ...", options.runs, scene.name);
            // The panic was printed above, and the other scenes are still measured.
            match std::panic::catch_unwind(scene.play) {
                Ok(figures) => report.add(figures),
                Err(_) => report.lose(scene),
            }
        }
    }
    let wanted = |name: &str| options.wants(name);
    print!("{}", report.table(&wanted));
    let written = std::fs::write(&options.json, report.json(&wanted));
    written.expect("the figures can be written");
    println!("\nAs JSON: {}", options.json.display());
}

impl Options {
    fn wants(&self, name: &str) -> bool {
        self.row.is_empty() || self.row.iter().any(|row| name.starts_with(row.as_str()))
    }
}
