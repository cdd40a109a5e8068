//! The figures, as a table beside their aims and as JSON.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::rows::{Aim, ROWS, Row, named};
use crate::stats::quantile;

/// One figure of one run: a row's name and its value.
pub(crate) type Figure = (&'static str, f64);

/// The figures of all runs.
#[derive(Debug, Default)]
pub(crate) struct Report {
    figures: BTreeMap<&'static str, Vec<f64>>,
    /// Jobs that did not run, and why.
    left_out: BTreeMap<&'static str, String>,
}

impl Report {
    /// Adds the figures of one run of a job.
    pub(crate) fn add(&mut self, figures: Vec<Figure>) {
        for (name, value) in figures {
            eprintln!("    {name:<20} {value:.3} {}", named(name).unit);
            self.figures.entry(name).or_default().push(value);
        }
    }

    /// Notes that a job did not run, or broke off.
    pub(crate) fn leave_out(&mut self, job: &'static str, why: String) {
        eprintln!("    {why}");
        self.left_out.insert(job, why);
    }

    /// The table of all rows that have figures.
    pub(crate) fn table(&self) -> String {
        let mut table =
            "Medians of the runs, in brackets the least and the most; inf is what never \
                         came.\n\n"
                .to_owned();
        table.push_str("| row | what | aim | measured | |\n|---|---|---|---|---|\n");
        for (row, values) in self.measured() {
            let [least, median, most] = [0.0, 0.5, 1.0].map(|share| quantile(values, share));
            let (aim, unit) = (aim_in_words(row), row.unit);
            let met = match met(row, median) {
                Some(true) => "met",
                Some(false) => "missed",
                None => "",
            };
            let _ = writeln!(
                table,
                "| {} | {} | {aim} | {median:.2} {unit} ({least:.2} to {most:.2}) | {met} |",
                row.name, row.what
            );
        }
        for (job, why) in &self.left_out {
            let _ = writeln!(table, "\n{job}: {why}");
        }
        table
    }

    /// The same as JSON.
    pub(crate) fn json(&self) -> String {
        let rows: Vec<Value> = self
            .measured()
            .map(|(row, values)| {
                let median = quantile(values, 0.5);
                // JSON has no infinity: null stands for what never came.
                json!({
                    "row": row.name, "what": row.what, "unit": row.unit, "aim": aim_in_words(row),
                    "median": median, "runs": values, "met": met(row, median),
                })
            })
            .collect();
        format!("{:#}\n", json!({ "rows": rows, "left_out": self.left_out }))
    }

    fn measured(&self) -> impl Iterator<Item = (&'static Row, &[f64])> {
        ROWS.iter()
            .filter_map(|row| Some((row, self.figures.get(row.name)?.as_slice())))
    }
}

fn aim_in_words(row: &Row) -> String {
    match row.aim {
        Aim::AtMost(most) => format!("{most} {}", row.unit).trim().to_owned(),
        Aim::AtLeast(least) => format!("at least {least} {}", row.unit),
        Aim::None => String::new(),
    }
}

/// Whether a figure meets its aim, at the precision of the table.
fn met(row: &Row, value: f64) -> Option<bool> {
    match row.aim {
        Aim::AtMost(most) => Some(value <= most + 0.005),
        Aim::AtLeast(least) => Some(value + 0.005 >= least),
        Aim::None => None,
    }
}
