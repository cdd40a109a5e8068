//! How much is shown over the picture, as a setting.

use std::str::FromStr;

use serde::Deserialize;

use crate::app::video::OsdLevel;

/// How much is shown over the picture: `full`, `quiet` or `off`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct OsdSetting(pub OsdLevel);

/// The text names no level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("give full, quiet or off")]
pub struct UnknownOsd;

impl FromStr for OsdSetting {
    type Err = UnknownOsd;
    fn from_str(text: &str) -> Result<Self, UnknownOsd> {
        text.parse().map(Self).map_err(|_| UnknownOsd)
    }
}

impl TryFrom<String> for OsdSetting {
    type Error = UnknownOsd;
    fn try_from(text: String) -> Result<Self, UnknownOsd> {
        text.parse()
    }
}
