//! Learns what queued links are: one at a time, in a task of its own. What is learned comes as an
//! event; what is not, has no answer.

use tokio::sync::mpsc;
use tokio::sync::mpsc::error::TrySendError;

use crate::app::event::Event;
use crate::media::Media;
use crate::media::fault::ResolverFault;
use crate::media::playlist::PlaylistId;
use crate::player::{self, PlayerConfig};
use crate::protocol::batch::Batch;
use crate::protocol::ids::{EntryId, RoomId};
use crate::sync::player::MediaProblem;

/// How many links may wait: as many as one command queues.
const WAITING: usize = Batch::MOST;

/// How many playlists may wait (judgement: more than a person pastes while one is looked up).
const WAITING_LISTS: usize = 4;

/// The way to the tasks that look links up; without a player there are none.
#[derive(Debug)]
pub(super) struct Titles {
    links: Option<mpsc::Sender<(EntryId, Media)>>,
    playlists: Option<mpsc::Sender<PlaylistRequest>>,
}

/// A playlist that a line asks for.
#[derive(Debug)]
pub(super) struct PlaylistRequest {
    /// The number of the line.
    pub(super) line: u64,
    /// The room that it is for.
    pub(super) room: RoomId,
    /// The playlist.
    pub(super) list: PlaylistId,
}

impl Titles {
    /// Starts the tasks, which run as this player does.
    pub(super) fn start(player: Option<&PlayerConfig>, answers: &mpsc::Sender<Event>) -> Self {
        let Some(player) = player else {
            return Self {
                links: None,
                playlists: None,
            };
        };
        let (links, waiting) = mpsc::channel(WAITING);
        tokio::spawn(describe(player.clone(), waiting, answers.clone()));
        let (playlists, waiting) = mpsc::channel(WAITING_LISTS);
        tokio::spawn(resolve(player.clone(), waiting, answers.clone()));
        Self {
            links: Some(links),
            playlists: Some(playlists),
        }
    }

    /// Asks what a queued link is. If many wait, it keeps the name in its link.
    pub(super) fn describe(&self, entry: EntryId, media: Media) {
        let links = self.links.as_ref();
        if links.is_none_or(|links| links.try_send((entry, media)).is_err()) {
            tracing::debug!(%entry, "nobody describes a link");
        }
    }

    /// Asks for the videos of a playlist. If too many wait already, that is the answer.
    pub(super) fn resolve(&self, request: PlaylistRequest, answers: &mpsc::Sender<Event>) {
        let Some(playlists) = &self.playlists else {
            tracing::warn!("nobody looks a playlist up");
            return;
        };
        let Err(TrySendError::Full(request)) = playlists.try_send(request) else {
            return;
        };
        let refused = Event::Playlist {
            line: request.line,
            room: request.room,
            answer: Err(MediaProblem::Unresolved(ResolverFault::TooManyRequests)),
        };
        if answers.try_send(refused).is_err() {
            tracing::warn!("a playlist is not looked up: too many wait");
        }
    }
}

async fn describe(
    player: PlayerConfig,
    mut waiting: mpsc::Receiver<(EntryId, Media)>,
    answers: mpsc::Sender<Event>,
) {
    while let Some((entry, media)) = waiting.recv().await {
        let Some(known) = player::describe(&player, &media).await else {
            continue;
        };
        let described = Event::Described { entry, known };
        if answers.send(described).await.is_err() {
            return;
        }
    }
}

async fn resolve(
    player: PlayerConfig,
    mut waiting: mpsc::Receiver<PlaylistRequest>,
    answers: mpsc::Sender<Event>,
) {
    while let Some(PlaylistRequest { line, room, list }) = waiting.recv().await {
        let answer = player::playlist(&player, &list).await;
        let answer = answer.map(|found| (found.entries, found.more));
        let resolved = Event::Playlist { line, room, answer };
        if answers.send(resolved).await.is_err() {
            return;
        }
    }
}
