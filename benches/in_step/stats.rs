//! The statistics that the table needs.

/// The quantile of some values, by the nearest rank. NaN stands for something that never happened,
/// and counts as infinite; so does a quantile of no values.
pub(crate) fn quantile(values: &[f64], share: f64) -> f64 {
    let mut sorted: Vec<f64> = values.iter().copied().map(or_never).collect();
    sorted.sort_by(f64::total_cmp);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a place among a few thousand values"
    )]
    let place = (share * sorted.len() as f64).ceil() as usize;
    sorted
        .get(place.saturating_sub(1))
        .copied()
        .unwrap_or(f64::INFINITY)
}

/// The largest value, by the same rules.
pub(crate) fn worst(values: impl IntoIterator<Item = f64>) -> f64 {
    let most = values.into_iter().map(or_never).reduce(f64::max);
    most.unwrap_or(f64::INFINITY)
}

fn or_never(value: f64) -> f64 {
    if value.is_nan() { f64::INFINITY } else { value }
}

/// How many of these times follow the one before by less than so many seconds.
pub(crate) fn close(times: &[f64], seconds: f64) -> usize {
    let pairs = times.iter().zip(times.iter().skip(1));
    pairs
        .filter(|(before, after)| *after - *before < seconds)
        .count()
}

/// A small number as a figure.
pub(crate) fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}
