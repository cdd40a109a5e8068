//! Who may create rooms, as a word on the command line or in the configuration file.

use std::str::FromStr;

use serde::Deserialize;

use crate::server::CreateRule;

/// Who may create rooms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct CreateSetting(pub CreateRule);

/// The text names no rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("give anyone, password or admin")]
pub struct UnknownCreateRule;

impl FromStr for CreateSetting {
    type Err = UnknownCreateRule;
    fn from_str(text: &str) -> Result<Self, UnknownCreateRule> {
        match text {
            "anyone" => Ok(Self(CreateRule::Anyone)),
            "password" => Ok(Self(CreateRule::Password)),
            "admin" => Ok(Self(CreateRule::Admin)),
            _ => Err(UnknownCreateRule),
        }
    }
}

impl TryFrom<String> for CreateSetting {
    type Error = UnknownCreateRule;
    fn try_from(text: String) -> Result<Self, UnknownCreateRule> {
        text.parse()
    }
}
