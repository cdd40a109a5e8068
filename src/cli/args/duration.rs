//! A long duration on the command line or in the configuration file: a number with a unit, such as
//! `7d`, `12h` or `90m`, or seconds.

use std::str::FromStr;

use serde::Deserialize;

use crate::protocol::time::Span;

/// The longest duration, in seconds: ten years (judgement: more is a mistake).
const MOST: f64 = 10.0 * 365.0 * 24.0 * 3_600.0;
/// The units, each with its seconds.
const UNITS: [(char, f64); 4] = [('d', 86_400.0), ('h', 3_600.0), ('m', 60.0), ('s', 1.0)];

/// A duration of at least a second and at most ten years.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "DurationInput")]
pub struct DurationSetting(pub Span);

/// The text or number is not a valid [`DurationSetting`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("give a time such as 7d, 12h, 90m or 45s")]
pub struct InvalidDuration;

/// The forms of a duration in a file or a variable.
#[derive(Deserialize)]
#[serde(untagged)]
enum DurationInput {
    Number(f64),
    Text(String),
}

impl DurationSetting {
    fn of_seconds(seconds: f64) -> Result<Self, InvalidDuration> {
        if (1.0..=MOST).contains(&seconds) {
            Ok(Self(Span::from_seconds(seconds)))
        } else {
            Err(InvalidDuration)
        }
    }
}

impl FromStr for DurationSetting {
    type Err = InvalidDuration;

    fn from_str(text: &str) -> Result<Self, InvalidDuration> {
        let text = text.trim().to_lowercase();
        let unit = UNITS
            .iter()
            .find_map(|(unit, seconds)| Some((text.strip_suffix(*unit)?, *seconds)));
        let (number, seconds) = unit.unwrap_or((text.as_str(), 1.0));
        let number: f64 = number.trim_end().parse().map_err(|_| InvalidDuration)?;
        Self::of_seconds(number * seconds)
    }
}

impl TryFrom<DurationInput> for DurationSetting {
    type Error = InvalidDuration;

    fn try_from(written: DurationInput) -> Result<Self, InvalidDuration> {
        match written {
            DurationInput::Number(seconds) => Self::of_seconds(seconds),
            DurationInput::Text(text) => text.parse(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{DurationSetting, InvalidDuration};
    use crate::protocol::time::Span;

    #[test]
    fn a_number_has_a_unit_or_is_seconds() {
        let rows = [
            ("7d", 604_800),
            ("12h", 43_200),
            ("90m", 5_400),
            ("45s", 45),
            ("45", 45),
            (" 1.5 H ", 5_400),
            ("3650d", 315_360_000),
        ];
        for (text, seconds) in rows {
            let expected = Ok(DurationSetting(Span::seconds(seconds)));
            assert_eq!(text.parse(), expected, "{text}");
        }
        for text in [
            "", "d", "0", "0.5s", "-1d", "3651d", "7w", "NaN", "inf", "soon", "1d2h",
        ] {
            let read = text.parse::<DurationSetting>();
            assert_eq!(read, Err(InvalidDuration), "{text}");
        }
    }
}
