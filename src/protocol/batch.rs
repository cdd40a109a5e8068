//! Several links that are offered to the queue by one command.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::text::Title;
use super::time::Span;
use crate::media::Media;

/// A link with what the sender's client has learned of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NewEntry {
    /// The parsed link.
    pub media: Media,
    /// Its title, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Title>,
    /// Its length, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration: Option<Span>,
}

impl NewEntry {
    /// A link of which nothing else is known.
    #[must_use]
    pub const fn untitled(media: Media) -> Self {
        Self {
            media,
            title: None,
            duration: None,
        }
    }
}

/// At least one link, and at most 50.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "Vec<NewEntry>", into = "Vec<NewEntry>")]
#[schemars(!try_from, !into)]
pub struct Batch(Vec<NewEntry>);

/// A batch holds no link, or more than [`Batch::MOST`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a batch has 1 to 50 links, not {0}")]
pub struct BadBatch(usize);

impl Batch {
    /// The most links of a batch (judgement: half of what a queue holds).
    pub const MOST: usize = 50;
    /// The most bytes of its links and titles as JSON, so that the command fits into a frame of
    /// [`MAX_CLIENT_FRAME`](crate::wire::codec::MAX_CLIENT_FRAME) bytes (400 bytes less).
    pub const MAX_BYTES: usize = 16_000 - 16;

    /// As many of these links, in their order, as one command carries; `None` if there is none.
    /// The second value counts those that it does not carry.
    #[must_use]
    pub fn fitting(entries: impl IntoIterator<Item = NewEntry>) -> Option<(Self, usize)> {
        let mut left = Self::MAX_BYTES;
        let mut too_many = 0;
        let mut fitting = Vec::new();
        for entry in entries {
            let bytes = serde_json::to_vec(&entry).map_or(usize::MAX, |json| json.len());
            let is_full = too_many > 0 || fitting.len() == Self::MOST;
            match left.checked_sub(bytes.saturating_add(1)) {
                Some(rest) if !is_full => {
                    left = rest;
                    fitting.push(entry);
                }
                _ => too_many += 1,
            }
        }
        (!fitting.is_empty()).then_some((Self(fitting), too_many))
    }

    /// The links, in the order in which they are to play.
    #[must_use]
    pub fn entries(&self) -> &[NewEntry] {
        &self.0
    }
}

impl TryFrom<Vec<NewEntry>> for Batch {
    type Error = BadBatch;
    fn try_from(entries: Vec<NewEntry>) -> Result<Self, BadBatch> {
        match entries.len() {
            1..=Self::MOST => Ok(Self(entries)),
            count => Err(BadBatch(count)),
        }
    }
}

impl From<Batch> for Vec<NewEntry> {
    fn from(batch: Batch) -> Self {
        batch.0
    }
}

#[cfg(test)]
mod tests {
    use super::{Batch, NewEntry};
    use crate::media::Media;
    use crate::protocol::command::Command;
    use crate::protocol::ids::Seq;
    use crate::protocol::text::Title;
    use crate::wire::codec::{MAX_CLIENT_FRAME, encode};
    use crate::wire::message::ClientMsg;

    fn entry(number: usize, title: &str) -> NewEntry {
        let link = format!("https://example.org/{number}.mp4");
        NewEntry {
            media: Media::parse(&link).unwrap(),
            title: Title::truncated(title),
            duration: None,
        }
    }

    #[test]
    fn a_command_takes_as_many_links_as_fit_into_a_frame() {
        for (title, expected) in [("short", Batch::MOST), (&*"🔥".repeat(120), 30)] {
            let entries = (0..60).map(|number| entry(number, title));
            let (batch, too_many) = Batch::fitting(entries).unwrap();
            assert_eq!(batch.entries().len(), expected);
            assert_eq!(batch.entries().len() + too_many, 60);
            let command = ClientMsg::Command {
                seq: Seq(u64::MAX),
                command: Command::AddAll { batch },
            };
            assert!(encode(&command).unwrap().len() <= MAX_CLIENT_FRAME);
        }
        assert_eq!(Batch::fitting([]), None);
    }

    #[test]
    fn a_batch_of_another_size_is_not_read() {
        let json = |count: usize| {
            let entries: Vec<NewEntry> = (0..count).map(|number| entry(number, "x")).collect();
            serde_json::to_string(&entries).unwrap()
        };
        let read = |count: usize| serde_json::from_str::<Batch>(&json(count)).is_ok();
        assert!(read(1) && read(50));
        assert!(!read(0) && !read(51));
    }
}
