//! A span of time as people write it on a command line or in a file: seconds, with a point.

use std::str::FromStr;

use serde::Deserialize;

use crate::protocol::time::Span;

/// The longest, in seconds (judgement: an hour is no error that anybody lives with).
const MOST: f64 = 3_600.0;

/// A span of more than nothing and at most an hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "SecondsInput")]
pub struct SecondsSetting(pub Span);

/// Why a text or a number is no [`Seconds`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("give seconds, more than 0 and at most 3600, such as 2.5")]
pub struct InvalidSeconds;

/// How it stands in a file, or in a variable.
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
        if fits { Ok(Self(span)) } else { Err(InvalidSeconds) }
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
            assert_eq!(text.parse::<SecondsSetting>(), Err(InvalidSeconds), "{text}");
        }
    }
}
