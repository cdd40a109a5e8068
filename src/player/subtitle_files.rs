//! Subtitles that the member accepted: fetched beside the media, then handed to mpv.

use bytes::Bytes;
use tokio::sync::mpsc;

use crate::media::subtitles::SubtitleLink;
use crate::protocol::ids::Epoch;
use crate::relay::{NoSubtitles, Relay};
use crate::sync::player::SubtitleProblem;

/// The most files that are fetched at once (judgement: a member accepts them one by one).
const MOST: usize = 4;

/// A subtitle file, fetched or not.
#[derive(Debug)]
pub(super) struct FetchedSubtitles {
    /// The number of the media that it is for.
    pub(super) epoch: Epoch,
    pub(super) link: SubtitleLink,
    pub(super) file: Result<Bytes, SubtitleProblem>,
}

/// The files that are being fetched.
#[derive(Debug)]
pub(super) struct SubtitleFiles {
    done: mpsc::Sender<FetchedSubtitles>,
    fetched: mpsc::Receiver<FetchedSubtitles>,
}

impl SubtitleFiles {
    /// Nothing is fetched.
    pub(super) fn new() -> Self {
        let (done, fetched) = mpsc::channel(MOST);
        Self { done, fetched }
    }

    /// Begins to fetch a file; too many at once are dropped.
    pub(super) fn fetch(&self, relay: &Relay, epoch: Epoch, link: SubtitleLink) {
        let Ok(place) = self.done.clone().try_reserve_owned() else {
            tracing::warn!("too many subtitles at once; dropped");
            return;
        };
        let fetching = relay.fetch_subtitles(link.clone());
        tokio::spawn(async move {
            let file = fetching.await.map_err(|problem| match problem {
                NoSubtitles::Fetch(fault) => SubtitleProblem::Fetch(fault),
                NoSubtitles::TooLarge => SubtitleProblem::TooLarge,
                NoSubtitles::NotSubtitles => SubtitleProblem::NotSubtitles,
            });
            place.send(FetchedSubtitles { epoch, link, file });
        });
    }

    /// The next file that was fetched or not. Cancel safe.
    pub(super) async fn next(&mut self) -> Option<FetchedSubtitles> {
        self.fetched.recv().await
    }
}
