//! What a node is called in the figures, so that an operator finds its machine.

use std::fmt;
use std::str::FromStr;

use serde::Deserialize;

/// The most characters of a name, as of a machine's in the DNS.
const LONGEST: usize = 63;

/// Where Linux says what the machine is called.
const HOST_NAME: &str = "/proc/sys/kernel/hostname";

/// The name of a node among those that share a Redis: letters, digits, `-`, `_` and `.`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct NodeName(String);

/// The text cannot be a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("give up to 63 letters, digits, hyphens, underscores and dots")]
pub struct InvalidNodeName;

impl NodeName {
    /// The machine's own name; `unnamed` where the system does not tell it, or in no such letters.
    #[must_use]
    pub fn of_this_machine() -> Self {
        let told = std::fs::read_to_string(HOST_NAME).unwrap_or_default();
        told.trim()
            .parse()
            .unwrap_or_else(|InvalidNodeName| Self("unnamed".to_owned()))
    }
}

impl FromStr for NodeName {
    type Err = InvalidNodeName;
    fn from_str(text: &str) -> Result<Self, InvalidNodeName> {
        let is_sign = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        let fits = (1..=LONGEST).contains(&text.len()) && text.chars().all(is_sign);
        if fits {
            Ok(Self(text.to_owned()))
        } else {
            Err(InvalidNodeName)
        }
    }
}

impl TryFrom<String> for NodeName {
    type Error = InvalidNodeName;
    fn try_from(text: String) -> Result<Self, InvalidNodeName> {
        text.parse()
    }
}

impl fmt::Display for NodeName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{InvalidNodeName, NodeName};

    #[test]
    fn a_name_is_one_word_of_plain_letters() {
        for fits in ["web-1", "web_2.example.org", "a"] {
            assert_eq!(fits.parse::<NodeName>().unwrap().to_string(), fits);
        }
        for wrong in ["", "web 1", "узел", "a\nb", &"a".repeat(64)] {
            assert_eq!(wrong.parse::<NodeName>(), Err(InvalidNodeName), "{wrong}");
        }
    }

    #[test]
    fn the_machine_always_has_a_name() {
        let name = NodeName::of_this_machine().to_string();
        assert_eq!(name.parse::<NodeName>().unwrap().to_string(), name);
    }
}
