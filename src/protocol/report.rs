//! What a member's player tells the room unasked.

use serde::{Deserialize, Serialize};

use super::failure::FailureCode;
use super::ids::Epoch;
use super::text::Title;
use super::time::{Position, Span};

/// What a member's player tells the room unasked. Never answered. It moves the position only
/// where all players that count lack the same part, by 30 s at most: by the claim of an admin's
/// player, of several from different addresses, or of the only one there is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "report", rename_all = "snake_case")]
pub enum Report {
    /// What the video is.
    Learned {
        /// Which video.
        epoch: Epoch,
        /// Its length, once it rests: never what the player only reads so far.
        duration: Option<Span>,
        /// Its title.
        title: Option<Title>,
        /// Whether it has neither a length nor can be sought in. Versions up to 0.1.0 leave it
        /// out, and a length that they leave out means the same as one that is not known yet.
        #[serde(default)]
        live: bool,
        /// Where its own time stamps begin, if it is made of parts: a player that misses the
        /// first one begins later, and shows other pictures at the same time. Of a live list
        /// that names wall times: that of the room's position zero, since the Unix epoch.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        begins: Option<Span>,
    },
    /// The player came to the end of its video, and nothing was wrong with the connection.
    Ended {
        /// Which video.
        epoch: Epoch,
        /// Where its data ends. The report may come a while later: a copy that is too short is
        /// tried once more before. Versions up to 0.1.0 leave it out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        place: Option<Position>,
    },
    /// The player has been waiting for data for over a second, or goes on (`false`).
    Stalled {
        /// Which video.
        epoch: Epoch,
        /// Whether it waits.
        stalled: bool,
        /// Where it stands without data, or is on its way to. Of one that goes on: where it
        /// stands until the room arrives, since its copy lacks what comes before. Versions up to
        /// 0.1.0 leave it out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        place: Option<Position>,
    },
    /// The player stands where the video starts, or need not be waited for: it is closed,
    /// does not answer, or may not open it.
    Ready {
        /// Which video.
        epoch: Epoch,
    },
    /// The player could not play the video; the reason is for the room's admins.
    Failed {
        /// Which video.
        epoch: Epoch,
        /// Why, in one of a few words.
        #[serde(default)]
        code: FailureCode,
        /// Whether it goes on trying. Of one that was said to wait for data it tells why.
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
    fn what_players_of_version_0_1_0_tell_is_understood() {
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
