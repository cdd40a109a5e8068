//! Learns what a link is before it plays: a YouTube video from yt-dlp, anything else from a silent
//! mpv that opens it as the member's player would, through a relay with the same policy, and ends.

use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::timeout;

use super::{Player, PlayerConfig, resolve};
use crate::media::{Media, Source, policy};
use crate::protocol::batch::NewEntry;
use crate::protocol::ids::Epoch;
use crate::protocol::text::Title;
use crate::protocol::time::Position;
use crate::sync::player::{PlayerCommand, PlayerEvent, ProcessState};

/// How long a link may take to open (judgement: as long as a slow server answers).
const PATIENCE: Duration = Duration::from_secs(20);
/// How long its length may take once it is open: some formats know it at once, others never
/// (judgement).
const LENGTH_WITHIN: Duration = Duration::from_secs(4);
/// How long mpv may take to end; it takes 20 ms (measured).
const FAREWELL: Duration = Duration::from_secs(2);
/// The only media of a silent player.
const EPOCH: Epoch = Epoch(1);

/// Options of a player that nobody sees or hears. What it reads is bounded: a short file is read
/// whole, which is how its length is known, and a long one tells its length before (see `length`).
const SILENT: [&str; 5] = [
    "--no-config",
    "--vo=null",
    "--ao=null",
    "--hwdec=no",
    "--demuxer-max-bytes=4MiB",
];

/// What can be learned of a link; `None` if it does not open in time, or may not be opened here.
pub async fn describe(config: &PlayerConfig, media: &Media) -> Option<NewEntry> {
    match media.source() {
        Source::Youtube(_) => match resolve::video(config, media).await {
            Ok(known) => Some(known),
            Err(problem) => {
                tracing::debug!(?problem, "yt-dlp does not describe a link");
                None
            }
        },
        Source::Direct(_) => open(config, media).await,
    }
}

/// Opens a direct link in a player of its own.
async fn open(config: &PlayerConfig, media: &Media) -> Option<NewEntry> {
    policy::check(media, config.relay.privacy).ok()?;
    let config = PlayerConfig {
        ipc_path: None,
        extra_args: SILENT.map(str::to_owned).to_vec(),
        audio_only: false,
        loads_scripts: false,
        ..config.clone()
    };
    let (player, mut events) = Player::spawn_where(config, false);
    let load = PlayerCommand::Load {
        epoch: EPOCH,
        media: media.clone(),
        start: Position::START,
        paused: true,
        retry: true,
    };
    let known = match player.send(load) {
        Ok(()) => timeout(PATIENCE, facts(&mut events, media)).await.ok(),
        Err(_) => None,
    };
    // Without its handle the player ends.
    drop(player);
    let ended = async { while events.recv().await.is_some() {} };
    if timeout(FAREWELL, ended).await.is_err() {
        tracing::debug!("the silent player does not end");
    }
    known.flatten()
}

/// What the player says of the media.
async fn facts(events: &mut mpsc::Receiver<PlayerEvent>, media: &Media) -> Option<NewEntry> {
    let mut known = NewEntry::untitled(media.clone());
    let mut is_open = false;
    while !is_open || known.duration.is_none() {
        let next = events.recv();
        let event = if is_open {
            match timeout(LENGTH_WITHIN, next).await {
                Ok(event) => event,
                Err(_) => break,
            }
        } else {
            next.await
        };
        match event? {
            PlayerEvent::Loaded { title, live, .. } => {
                known.title = title.as_deref().and_then(Title::truncated);
                is_open = true;
                if live {
                    break;
                }
            }
            PlayerEvent::Length { length, .. } => known.duration = Some(length),
            PlayerEvent::Failed { problem, .. } => {
                tracing::debug!(?problem, "a silent player does not open a link");
                return None;
            }
            PlayerEvent::Process(ProcessState::Unusable(_) | ProcessState::Closed(_)) => {
                return None;
            }
            _ => {}
        }
    }
    Some(known)
}
