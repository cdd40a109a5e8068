//! Learns what queued links are: one at a time, in a task of its own. What is learned comes as an
//! event; what is not, has no answer.

use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::{mpsc, watch};
use tokio::time::timeout;

use crate::app::event::Event;
use crate::doctor::Finding;
use crate::media::Media;
use crate::media::playlist::PlaylistId;
use crate::player::{self, Player, PlayerConfig, ResolverOptions};
use crate::protocol::batch::Batch;
use crate::protocol::ids::{EntryId, RoomId};

/// How many links may wait: as many as one command queues.
const WAITING: usize = Batch::MOST;

/// How many playlists may wait (judgement: more than a person pastes while one is looked up).
const WAITING_LISTS: usize = 4;

/// How long mpv may take to tell its options for yt-dlp (judgement: as long as it takes to start on a
/// slow machine).
const TOLD_WITHIN: Duration = Duration::from_secs(5);

/// The way to the tasks that look links up; without a player there are none.
#[derive(Debug)]
pub(super) struct Titles {
    links: Option<mpsc::Sender<(EntryId, Media)>>,
    playlists: Option<mpsc::Sender<PlaylistRequest>>,
    lookups: Option<Lookups>,
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
    pub(super) fn start(
        player: Option<(PlayerConfig, &Player)>,
        answers: &mpsc::Sender<Event>,
    ) -> Self {
        let Some((config, player)) = player else {
            return Self {
                links: None,
                playlists: None,
                lookups: None,
            };
        };
        let lookups = Lookups {
            config,
            resolver: player.resolver_options(),
        };
        let (links, waiting) = mpsc::channel(WAITING);
        tokio::spawn(describe(lookups.clone(), waiting, answers.clone()));
        let (playlists, waiting) = mpsc::channel(WAITING_LISTS);
        tokio::spawn(resolve(lookups.clone(), waiting, answers.clone()));
        Self {
            links: Some(links),
            playlists: Some(playlists),
            lookups: Some(lookups),
        }
    }

    /// Looks at the programs that these lookups and the player use for YouTube.
    pub(super) fn look_at_programs(&self, answers: &mpsc::Sender<Event>) {
        if let Some(lookups) = self.lookups.clone() {
            tokio::spawn(look_at_programs(lookups, answers.clone()));
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
        let refused = Event::PlaylistRefused { line: request.line };
        if answers.try_send(refused).is_err() {
            tracing::warn!("a playlist is not looked up: too many wait");
        }
    }
}

/// How links are looked up.
#[derive(Debug, Clone)]
struct Lookups {
    config: PlayerConfig,
    resolver: watch::Receiver<Option<ResolverOptions>>,
}

impl Lookups {
    /// The player's configuration, with the options for yt-dlp that its mpv told. They are waited for
    /// a little: a link may be there before mpv is.
    async fn config(&mut self) -> &PlayerConfig {
        let told = self.resolver.wait_for(Option::is_some);
        if let Ok(Ok(options)) = timeout(TOLD_WITHIN, told).await
            && let Some(options) = options.clone()
        {
            self.config.resolver = options;
        }
        &self.config
    }
}

async fn look_at_programs(mut lookups: Lookups, answers: mpsc::Sender<Event>) {
    let today = TimeZone::UTC.to_datetime(Timestamp::now()).date();
    let config = lookups.config().await;
    let (mut findings, ranges) = tokio::join!(
        player::youtube_findings(config, today),
        player::ranges_finding(config)
    );
    findings.extend(ranges.filter(|_| opens_youtube(&findings)));
    if answers.send(Event::Programs(findings)).await.is_err() {
        tracing::debug!("the programs were looked at too late");
    }
}

/// Whether YouTube's videos are opened at all. Else it does not matter how FFmpeg asks for them.
fn opens_youtube(findings: &[Finding]) -> bool {
    let mut findings = findings.iter();
    findings.any(|finding| matches!(finding, Finding::Resolver(resolver) if resolver.runs()))
}

async fn describe(
    mut lookups: Lookups,
    mut waiting: mpsc::Receiver<(EntryId, Media)>,
    answers: mpsc::Sender<Event>,
) {
    while let Some((entry, media)) = waiting.recv().await {
        let config = lookups.config().await;
        let Some(known) = player::describe(config, &media).await else {
            continue;
        };
        let described = Event::Described { entry, known };
        if answers.send(described).await.is_err() {
            return;
        }
    }
}

async fn resolve(
    mut lookups: Lookups,
    mut waiting: mpsc::Receiver<PlaylistRequest>,
    answers: mpsc::Sender<Event>,
) {
    while let Some(PlaylistRequest { line, room, list }) = waiting.recv().await {
        let config = lookups.config().await;
        let answer = player::playlist(config, &list).await;
        let answer = answer.map(|found| (found.entries, found.more));
        let resolved = Event::Playlist { line, room, answer };
        if answers.send(resolved).await.is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::opens_youtube;
    use crate::doctor::Finding;
    use crate::doctor::resolver::ResolverFinding;

    #[test]
    fn how_youtube_is_asked_matters_only_where_yt_dlp_runs() {
        let path = || "/usr/bin/yt-dlp".to_owned();
        let version = || "2023.03.04".to_owned();
        for (finding, expected) in [
            (ResolverFinding::Missing, false),
            (ResolverFinding::NoHook, false),
            (ResolverFinding::Broken { path: path() }, false),
            (
                ResolverFinding::Old {
                    path: path(),
                    version: version(),
                    days: 900,
                },
                true,
            ),
        ] {
            assert_eq!(opens_youtube(&[Finding::Resolver(finding)]), expected);
        }
        assert!(!opens_youtube(&[]));
    }
}
