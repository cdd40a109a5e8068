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
                let problem = <&str>::from(&problem);
                tracing::debug!(problem, "yt-dlp does not describe a link");
                None
            }
        },
        Source::Direct(_) => open(config, media).await,
    }
}

/// Opens a direct link in a player of its own.
async fn open(config: &PlayerConfig, media: &Media) -> Option<NewEntry> {
    policy::check(media, config.relay.privacy.get()).ok()?;
    let config = PlayerConfig {
        ipc_path: None,
        extra_args: SILENT.map(str::to_owned).to_vec(),
        audio_only: false,
        loads_scripts: false,
        ..config.clone()
    };
    let (player, mut events) = Player::spawn_where(config, || false);
    let load = PlayerCommand::Load {
        epoch: EPOCH,
        media: media.clone(),
        start: Position::START,
        paused: true,
        retry: true,
    };
    let mut known = NewEntry::untitled(media.clone());
    let is_open = match player.send(load) {
        Ok(()) => learn(&mut events, &mut known).await,
        Err(_) => false,
    };
    // Without its handle the player ends.
    drop(player);
    let ended = async { while events.recv().await.is_some() {} };
    if timeout(FAREWELL, ended).await.is_err() {
        tracing::debug!("the silent player does not end");
    }
    is_open.then_some(known)
}

/// Notes what the player says of the media; false if it does not open in time, or never. What is
/// known stays, however long the rest takes.
async fn learn(events: &mut mpsc::Receiver<PlayerEvent>, known: &mut NewEntry) -> bool {
    let opened = timeout(PATIENCE, opening(events, known)).await;
    match opened {
        Ok(true) => {
            // One deadline: a file that is read on reports so all the time.
            if timeout(LENGTH_WITHIN, length(events, known)).await.is_err() {
                tracing::debug!("a link's length is not known in time");
            }
            true
        }
        Ok(false) | Err(_) => false,
    }
}

/// Notes the title, and a length that is told first; false if the link does not open. What has
/// neither a length nor ranges counts as live at first, so a length is awaited of that too.
async fn opening(events: &mut mpsc::Receiver<PlayerEvent>, known: &mut NewEntry) -> bool {
    while let Some(event) = events.recv().await {
        match event {
            PlayerEvent::Loaded { title, .. } => {
                known.title = title.as_deref().and_then(Title::truncated);
                return true;
            }
            PlayerEvent::Length { length, .. } => known.duration = Some(length),
            PlayerEvent::Failed { problem, .. } => {
                let problem = <&str>::from(&problem);
                tracing::debug!(problem, "a silent player does not open a link");
                return false;
            }
            PlayerEvent::Process(ProcessState::Unusable(_) | ProcessState::Closed(_)) => {
                return false;
            }
            _ => {}
        }
    }
    false
}

/// Notes the length, if the player ever tells it.
async fn length(events: &mut mpsc::Receiver<PlayerEvent>, known: &mut NewEntry) {
    while known.duration.is_none() {
        match events.recv().await {
            Some(PlayerEvent::Length { length, .. }) => known.duration = Some(length),
            Some(PlayerEvent::Failed { .. } | PlayerEvent::Process(ProcessState::Closed(_)))
            | None => return,
            Some(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{LENGTH_WITHIN, NewEntry, PATIENCE, learn};
    use crate::media::Media;
    use crate::protocol::ids::Epoch;
    use crate::protocol::time::Position;
    use crate::sync::player::{CachedRange, PlayerEvent};
    use std::time::Duration;
    use tokio::sync::mpsc;
    use tokio::time::{Instant, sleep};

    fn loaded() -> PlayerEvent {
        PlayerEvent::Loaded {
            epoch: Epoch(1),
            title: Some("A film".to_owned()),
            has_audio: true,
            seekable: false,
            live: true,
            begins: None,
        }
    }

    /// Virtual time: a server that takes all but a moment to answer, and tells no length.
    #[tokio::test(start_paused = true)]
    async fn a_title_is_kept_however_slow_the_length_is() {
        let media = Media::parse("https://slow.example/film.mkv").unwrap();
        let mut known = NewEntry::untitled(media);
        let (sender, mut events) = mpsc::channel(16);
        let began = Instant::now();
        let slow = PATIENCE.mul_f64(0.9);
        tokio::spawn(async move {
            sleep(slow).await;
            let mut next = loaded();
            while sender.send(next).await.is_ok() {
                // It reads on, and says so all the time.
                sleep(Duration::from_millis(500)).await;
                next = PlayerEvent::CachedRange {
                    epoch: Epoch(1),
                    reach: CachedRange {
                        from: Position::START,
                        until: Position::START,
                        whole: false,
                    },
                };
            }
        });
        assert!(learn(&mut events, &mut known).await);
        assert_eq!(known.title.unwrap().as_str(), "A film");
        assert_eq!(began.elapsed(), slow + LENGTH_WITHIN);
    }
}
