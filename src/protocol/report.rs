//! What a member's player reports to the room unasked.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::failure::FailureCode;
use super::ids::Epoch;
use super::text::Title;
use super::time::{Position, Span};

/// A report by a member's player. Never answered. Reports move the room's position only when all
/// players that count lack the same part, and by 30 s at most. That takes a report by an admin's
/// player, by several players from different addresses, or by the room's only player.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "report", rename_all = "snake_case")]
pub enum Report {
    /// What the player knows about the media, sent again when it changes.
    Learned {
        /// The media that the report is about.
        epoch: Epoch,
        /// Its length, once it is stable: never merely what the player has read so far.
        duration: Option<Span>,
        /// Its title, if the player knows it.
        title: Option<Title>,
        /// Whether it has no length and cannot be sought in. Versions up to 0.1.0 omit it; a length
        /// that they omit is a length not known yet.
        #[serde(default)]
        live: bool,
        /// Where its time stamps begin, if it consists of segments: a player that misses the first
        /// one begins later, and shows other pictures at the same position. For a live playlist
        /// with wall times, the wall time of the room's position zero, since the Unix epoch.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        begins: Option<Span>,
    },
    /// The player reached the end of its media, and the connection was not at fault.
    Ended {
        /// The media that the report is about.
        epoch: Epoch,
        /// Where its data ends. The report may come a while later: a copy that is too short is
        /// tried once more first. Versions up to 0.1.0 omit it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        place: Option<Position>,
    },
    /// The player has been waiting for data for over a second, or plays again (`false`).
    Stalled {
        /// The media that the report is about.
        epoch: Epoch,
        /// True if it waits for data.
        stalled: bool,
        /// Where it waits for data, or is seeking to. When it plays again, where it waits for the
        /// room to arrive, because its copy lacks what comes before. Versions up to 0.1.0 omit it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        place: Option<Position>,
    },
    /// The player is at the start position, or need not be waited for: it is closed, unresponsive,
    /// or must not open the media.
    Ready {
        /// The media that the report is about.
        epoch: Epoch,
    },
    /// The player could not play the media; the reason is for the room's admins.
    Failed {
        /// The media that the report is about.
        epoch: Epoch,
        /// Why it could not, as a code.
        #[serde(default)]
        code: FailureCode,
        /// Whether it keeps trying. For a player that reported a stall, this is the reason for it.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        retrying: bool,
    },
}

#[cfg(test)]
mod tests {
    use super::Report;
    use crate::protocol::failure::FailureCode;
    use crate::protocol::ids::Epoch;

    #[test]
    fn what_players_of_version_0_1_0_report_is_understood() {
        let failed = r#"{"report":"failed","epoch":3,"reason":"tcp://10.0.0.1 refused"}"#;
        let epoch = Epoch(3);
        assert_eq!(
            serde_json::from_str::<Report>(failed).unwrap(),
            Report::Failed {
                epoch,
                code: FailureCode::Other,
                retrying: false,
            }
        );
        let learned = r#"{"report":"learned","epoch":3,"duration":null,"title":null}"#;
        assert_eq!(
            serde_json::from_str::<Report>(learned).unwrap(),
            Report::Learned {
                epoch,
                duration: None,
                title: None,
                live: false,
                begins: None,
            }
        );
    }
}
