//! Start offsets in links: `90`, `90s`, `1m30s`, `1h2m3s`, `1:30`, `npt:5,20`.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::pattern;

/// Amounts with units, of which the last may be missing: `1h2m3s`, `1m30`, `90`, `5.5`.
static UNITS: LazyLock<Regex> = LazyLock::new(|| {
    pattern::constant(r"^(?i)(?:([0-9]{1,9})h)?(?:([0-9]{1,9})m)?(?:([0-9]{1,9})(?:\.[0-9]*)?s?)?$")
});

/// Clock notation: `1:30`, `0:01:30.5`.
static CLOCK: LazyLock<Regex> = LazyLock::new(|| {
    pattern::constant(r"^(?:([0-9]{1,9}):)?([0-9]{1,2}):([0-9]{1,2})(?:\.[0-9]*)?$")
});

/// The whole seconds of the offset, or `None` if it is invalid or exceeds a `u32`.
///
/// The end of a range (`5,20`, a W3C media fragment) and fractions of a second are dropped.
pub(super) fn seconds(text: &str) -> Option<u32> {
    let start = text.split_once(',').map_or(text, |(start, _end)| start);
    let start = start.strip_prefix("npt:").unwrap_or(start);
    if start.is_empty() {
        return None;
    }
    let captures = UNITS.captures(start).or_else(|| CLOCK.captures(start))?;
    let hours = amount(&captures, 1)?.checked_mul(3_600)?;
    let minutes = amount(&captures, 2)?.checked_mul(60)?;
    hours
        .checked_add(minutes)?
        .checked_add(amount(&captures, 3)?)
}

/// The number in a group; a missing group counts as 0.
fn amount(captures: &Captures<'_>, group: usize) -> Option<u32> {
    captures
        .get(group)
        .map_or(Some(0), |digits| digits.as_str().parse().ok())
}

#[cfg(test)]
mod tests {
    use super::seconds;

    #[test]
    fn offsets_in_every_form_are_read() {
        let cases = [
            ("90", 90),
            ("90s", 90),
            ("1m30s", 90),
            ("1m30", 90),
            ("1h2m3s", 3_723),
            ("1H2M3S", 3_723),
            ("2h", 7_200),
            ("3m", 180),
            ("0", 0),
            ("007", 7),
            ("5.9", 5),
            ("5.9s", 5),
            ("1:30", 90),
            ("01:02:03.5", 3_723),
            ("5,20", 5),
            ("npt:5,20", 5),
            ("npt:0:01:30", 90),
        ];
        for (text, expected) in cases {
            assert_eq!(seconds(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_offset_is_none() {
        let cases = [
            "",
            "abc",
            "-5",
            "+5",
            "1s2m",
            "1m 30s",
            "1:2:3:4",
            "1:234",
            ",20",
            "npt:",
            "٣",
            "9s\n",
            ".5",
            "5..5",
            "0x10",
            "1e3",
            "clock:2009",
            "9999999999",
            "999999999h",
            "71582789m",
        ];
        for text in cases {
            assert_eq!(seconds(text), None, "{text:?}");
        }
    }
}
