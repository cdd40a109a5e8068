//! The processor time of a process.

use std::fs;

/// Clock ticks a second in `/proc` (Linux, `sysconf(_SC_CLK_TCK)` on every usual machine).
const TICKS: f64 = 100.0;

/// The processor time that a process has taken so far, in seconds; NaN where there is no
/// `/proc`.
pub(crate) fn processor_seconds(id: u32) -> f64 {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
    // The name may contain blanks; after its closing parenthesis the fields are separated by
    // blanks.
    let fields = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let mut ticks = fields.split_whitespace().skip(11);
    let mut next = || ticks.next().and_then(|field| field.parse::<f64>().ok());
    match (next(), next()) {
        (Some(user), Some(system)) => (user + system) / TICKS,
        _ => f64::NAN,
    }
}
