//! The figures, as a table beside their aims and as JSON.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::rows::{ROWS, Row, named};
use super::scenes::Scene;
use super::stats::quantile;

/// One figure of one run: a row's name and its value.
pub(crate) type Figure = (&'static str, f64);

/// The figures of all runs.
#[derive(Debug)]
pub(crate) struct Report {
    runs: u32,
    figures: BTreeMap<&'static str, Vec<f64>>,
}

impl Report {
    /// A report of so many runs, without figures yet.
    pub(crate) fn new(runs: u32) -> Self {
        let figures = BTreeMap::new();
        Self { runs, figures }
    }

    /// Adds the figures of one run of a scene.
    pub(crate) fn add(&mut self, figures: Vec<Figure>) {
        for (name, value) in figures {
            eprintln!("    {name:<20} {value:.3} {}", named(name).unit);
            self.figures.entry(name).or_default().push(value);
        }
    }

    /// Notes that a scene broke off: its rows have no figure in this run.
    pub(crate) fn lose(&mut self, scene: &Scene) {
        for row in scene.rows {
            self.figures.entry(row).or_default().push(f64::INFINITY);
        }
    }

    /// The table of the rows for which `wanted` is true.
    pub(crate) fn table(&self, wanted: &dyn Fn(&str) -> bool) -> String {
        let mut table = format!(
            "Medians of {} runs, in brackets the least and the most; inf is a run that broke off, or\n\
             something that never came.\n\n",
            self.runs
        );
        table.push_str("| row | what | aim | measured | |\n|---|---|---|---|---|\n");
        for (row, values) in self.measured(wanted) {
            let (least, median, most) = spread(values);
            let met = if meets(row, median) { "met" } else { "missed" };
            let unit = row.unit;
            let _ = writeln!(
                table,
                "| {} | {} | {} | {median:.2} {unit} ({least:.2} to {most:.2}) | {met} |",
                row.name, row.what, row.aim_in_words
            );
        }
        table
    }

    /// The same as JSON.
    pub(crate) fn json(&self, wanted: &dyn Fn(&str) -> bool) -> String {
        let rows: Vec<Value> = self
            .measured(wanted)
            .map(|(row, values)| {
                let (_, median, _) = spread(values);
                // JSON has no infinity: null stands for something that never happened.
                json!({
                    "row": row.name, "what": row.what, "unit": row.unit, "aim": row.aim,
                    "median": median, "runs": values, "met": meets(row, median),
                })
            })
            .collect();
        format!("{:#}\n", json!({ "rows": rows }))
    }

    fn measured<'a>(
        &'a self,
        wanted: &'a dyn Fn(&str) -> bool,
    ) -> impl Iterator<Item = (&'static Row, &'a [f64])> {
        let asked = ROWS.iter().filter(move |row| wanted(row.name));
        asked.filter_map(|row| Some((row, self.figures.get(row.name)?.as_slice())))
    }
}

/// The least, the median and the most.
fn spread(values: &[f64]) -> (f64, f64, f64) {
    (
        quantile(values, 0.0),
        quantile(values, 0.5),
        quantile(values, 1.0),
    )
}

/// Whether a figure meets the aim of its row, at the precision of the table.
fn meets(row: &Row, value: f64) -> bool {
    value <= row.aim + 0.005
}
