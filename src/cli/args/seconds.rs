//! A duration on the command line or in the configuration file: decimal seconds.

use std::str::FromStr;

use serde::Deserialize;

use crate::protocol::time::Span;

/// The longest duration, in seconds (judgement: nobody tolerates an error of an hour).
const MOST: f64 = 3_600.0;

/// A duration of more than zero and at most an hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "SecondsInput")]
pub struct SecondsSetting(pub Span);

/// The text or number is not a valid [`SecondsSetting`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("give seconds, more than 0 and at most 3600, such as 2.5")]
pub struct InvalidSeconds;

/// The forms of a duration in a file or a variable.
#[derive(Deserialize)]
#[serde(untagged)]
enum SecondsInput {
    Number(f64),
    Text(String),
}

impl TryFrom<f64> for SecondsSetting {
    type Error = InvalidSeconds;
    fn try_from(seconds: f64) -> Result<Self, InvalidSeconds> {
        let span = Span::from_seconds(seconds);
        let fits = seconds <= MOST && span > Span::ZERO;
        if fits {
            Ok(Self(span))
        } else {
            Err(InvalidSeconds)
        }
    }
}

impl FromStr for SecondsSetting {
    type Err = InvalidSeconds;
    fn from_str(text: &str) -> Result<Self, InvalidSeconds> {
        text.trim()
            .parse::<f64>()
            .map_err(|_| InvalidSeconds)?
            .try_into()
    }
}

impl TryFrom<SecondsInput> for SecondsSetting {
    type Error = InvalidSeconds;
    fn try_from(written: SecondsInput) -> Result<Self, InvalidSeconds> {
        match written {
            SecondsInput::Number(seconds) => seconds.try_into(),
            SecondsInput::Text(text) => text.parse(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{InvalidSeconds, SecondsSetting};
    use crate::protocol::time::Span;

    #[test]
    fn seconds_are_read_and_absurd_ones_refused() {
        assert_eq!("2.5".parse(), Ok(SecondsSetting(Span::millis(2_500))));
        assert_eq!("3600".parse(), Ok(SecondsSetting(Span::seconds(3_600))));
        for text in ["0", "-1", "3601", "NaN", "inf", "soon", "", "0.0000001"] {
            assert_eq!(
                text.parse::<SecondsSetting>(),
                Err(InvalidSeconds),
                "{text}"
            );
        }
    }
}
