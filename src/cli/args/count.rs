//! A limit on the command line or in the configuration file: a whole number.

use std::str::FromStr;

use serde::Deserialize;

/// The largest limit (judgement: no machine carries more of anything that is limited).
const MOST: u32 = 1_000_000;

/// A whole number of at least one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "CountInput")]
pub struct CountSetting(pub u32);

/// The text or number is not a valid [`CountSetting`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("give a whole number from 1 to 1000000")]
pub struct InvalidCount;

/// The forms of a number in a file or a variable.
#[derive(Deserialize)]
#[serde(untagged)]
enum CountInput {
    Number(i64),
    Text(String),
}

impl TryFrom<i64> for CountSetting {
    type Error = InvalidCount;
    fn try_from(count: i64) -> Result<Self, InvalidCount> {
        let count = u32::try_from(count).map_err(|_| InvalidCount)?;
        (1..=MOST)
            .contains(&count)
            .then_some(Self(count))
            .ok_or(InvalidCount)
    }
}

impl FromStr for CountSetting {
    type Err = InvalidCount;
    fn from_str(text: &str) -> Result<Self, InvalidCount> {
        let count: i64 = text.trim().parse().map_err(|_| InvalidCount)?;
        count.try_into()
    }
}

impl TryFrom<CountInput> for CountSetting {
    type Error = InvalidCount;
    fn try_from(written: CountInput) -> Result<Self, InvalidCount> {
        match written {
            CountInput::Number(count) => count.try_into(),
            CountInput::Text(text) => text.parse(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{CountSetting, InvalidCount};

    #[test]
    fn whole_numbers_are_read_and_absurd_ones_refused() {
        assert_eq!("1".parse(), Ok(CountSetting(1)));
        assert_eq!(" 1000000 ".parse(), Ok(CountSetting(1_000_000)));
        for text in ["0", "-1", "1000001", "1.5", "many", "", "10k"] {
            assert_eq!(text.parse::<CountSetting>(), Err(InvalidCount), "{text}");
        }
    }
}
