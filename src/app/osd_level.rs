//! How much is shown over the picture.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr};

/// How much is shown over the picture. The name in lower case is the setting's value.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, EnumString, IntoStaticStr, Serialize, Deserialize,
)]
#[strum(serialize_all = "lowercase")]
#[serde(rename_all = "lowercase")]
pub enum OsdLevel {
    /// Chat, reactions, what others do, and all of [`Self::Quiet`].
    #[default]
    Full,
    /// What concerns this member's own watching: what is not allowed or went wrong, waiting, and the
    /// count to a start.
    Quiet,
    /// Nothing but the line that is being written.
    Off,
}

impl OsdLevel {
    /// The setting's value.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.into()
    }
}
