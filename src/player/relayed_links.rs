//! Direct links, which mpv opens through the client's own relay: translates their addresses, and
//! matches the relay's events to the media. YouTube uses mpv's own hook.

use std::future::pending;

use serde_json::json;
use tokio::sync::mpsc;

use super::actions::Actions;
use super::event::MpvEvent;
use super::loaded_media::OpenTarget;
use super::observer::Observer;
use super::subtitle_files::{FetchedSubtitles, SubtitleFiles};
use crate::media::{Media, Source};
use crate::protocol::ids::Epoch;
use crate::relay::{LoadId, Relay, RelayConfig, RelayEvent};
use crate::sync::player::{MediaProblem, PlayerCommand, PlayerEvent};

/// How long mpv waits for data from the relay, in seconds: longer than the relay retries (two
/// minutes), which then ends the connection itself.
const PATIENCE: u32 = 150;

/// How long mpv waits for data otherwise, in seconds (`launch` explains why).
const WITHOUT_RELAY: u32 = 10;

/// What the fetching of links leads to.
#[derive(Debug)]
pub(super) enum LinkWakeup {
    /// An event of the relay about the media of this number.
    Relay(Epoch, RelayEvent),
    /// Subtitles were fetched, or were not.
    Subtitles(FetchedSubtitles),
}

/// The relay, and the link that mpv has open through it.
#[derive(Debug)]
pub(super) struct RelayedLinks {
    relay: Option<Relay>,
    events: Option<mpsc::Receiver<RelayEvent>>,
    /// The load of the media in the player.
    current: Option<(Epoch, LoadId)>,
    subtitles: SubtitleFiles,
}

impl RelayedLinks {
    /// Starts the relay. Without a free port there is none, and no direct link is opened.
    pub(super) async fn start(config: &RelayConfig) -> Self {
        let (relay, events) = match Relay::start(config.clone()).await {
            Ok((relay, events)) => (Some(relay), Some(events)),
            Err(error) => {
                tracing::error!(%error, "no relay: direct links cannot be opened");
                (None, None)
            }
        };
        Self {
            relay,
            events,
            current: None,
            subtitles: SubtitleFiles::new(),
        }
    }

    /// Prepares the relay for an order to the player.
    pub(super) fn command(&mut self, command: PlayerCommand, observer: &mut Observer) -> Actions {
        match command {
            PlayerCommand::Load {
                epoch,
                media,
                start,
                paused,
                retry,
            } => match self.open(epoch, &media, retry) {
                Ok((target, patience)) => {
                    let mut actions = Actions::default();
                    actions.set("network-timeout", &json!(patience));
                    // mpv must not retry in addition to the relay.
                    let again = u8::from(self.current.is_none());
                    let option = format!("reconnect={again}");
                    let command = json!(["change-list", "stream-lavf-o", "append", option]);
                    actions.order("stream-lavf-o", command);
                    actions.append(observer.open(epoch, target, start, paused));
                    actions
                }
                Err(problem) => observer.cannot_open(epoch, problem),
            },
            PlayerCommand::FetchNow { epoch } => {
                self.fetch_now(epoch);
                Actions::default()
            }
            PlayerCommand::AddSubtitles { epoch, link } => {
                if let Some(relay) = &self.relay {
                    self.subtitles.fetch(relay, epoch, link);
                }
                Actions::default()
            }
            PlayerCommand::Unload => {
                self.close();
                observer.command(PlayerCommand::Unload)
            }
            command => observer.command(command),
        }
    }

    /// The target for mpv of some media, and how long mpv is to wait for its data, in seconds.
    ///
    /// # Errors
    /// If there is no relay, since nothing else keeps a link out of the member's network.
    fn open(
        &mut self,
        epoch: Epoch,
        media: &Media,
        retry: bool,
    ) -> Result<(OpenTarget, u32), MediaProblem> {
        // Earlier loads end with mpv's own connections: ending them here would look like a broken
        // connection to mpv.
        self.current = None;
        let Source::Direct(link) = media.source() else {
            return Ok((OpenTarget::of(media), WITHOUT_RELAY));
        };
        let Some(relay) = &mut self.relay else {
            return Err(MediaProblem::NoRelay);
        };
        let opened = if retry {
            relay.open_for_one_try(link)
        } else {
            relay.open(link)
        };
        self.current = Some((epoch, opened.load));
        let target = OpenTarget::direct(opened.address, link.container());
        Ok((target, PATIENCE))
    }

    /// Ends the wait for the next attempt to fetch the media of `epoch`.
    fn fetch_now(&self, epoch: Epoch) {
        if let (Some((current, load)), Some(relay)) = (self.current, &self.relay)
            && current == epoch
        {
            relay.retry_now(load);
        }
    }

    /// Ends the fetching for the media in the player.
    pub(super) fn close(&mut self) {
        if let (Some((_, load)), Some(relay)) = (self.current.take(), &self.relay) {
            relay.close(load);
        }
    }

    /// Hands subtitles that were fetched to the player, if its media is still the one they are for.
    pub(super) fn add_subtitles(
        &mut self,
        fetched: FetchedSubtitles,
        observer: &mut Observer,
    ) -> Actions {
        let FetchedSubtitles { epoch, link, file } = fetched;
        let served = match (file, &mut self.relay) {
            (Ok(bytes), Some(relay)) => Ok(relay.serve_subtitles(&link, bytes)),
            (Ok(_), None) => return Actions::default(),
            (Err(problem), _) => Err(problem),
        };
        observer.add_subtitles(epoch, &link.name(), served)
    }

    /// The next event of the relay about the media in the player, or subtitles that were fetched.
    /// Cancel safe.
    pub(super) async fn wakeup(&mut self) -> LinkWakeup {
        loop {
            let relay = async {
                match &mut self.events {
                    Some(events) => events.recv().await,
                    None => pending().await,
                }
            };
            let event = tokio::select! {
                event = relay => event,
                Some(fetched) = self.subtitles.next() => return LinkWakeup::Subtitles(fetched),
            };
            let Some(event) = event else {
                self.events = None;
                continue;
            };
            if let Some(epoch) = self.epoch_of(event) {
                return LinkWakeup::Relay(epoch, event);
            }
        }
    }

    /// The next such event if there is one already.
    pub(super) fn waiting(&mut self) -> Option<(Epoch, RelayEvent)> {
        while let Some(events) = &mut self.events {
            let event = events.try_recv().ok()?;
            if let Some(epoch) = self.epoch_of(event) {
                return Some((epoch, event));
            }
        }
        None
    }

    fn epoch_of(&self, event: RelayEvent) -> Option<Epoch> {
        let (epoch, current) = self.current?;
        (event.load() == current).then_some(epoch)
    }

    /// Updates the relay from an event of the player: after the first picture the limits of a load
    /// end.
    pub(super) fn note(&self, event: &PlayerEvent) {
        if let (PlayerEvent::PlaybackRestarted { .. }, Some((_, load)), Some(relay)) =
            (event, self.current, &self.relay)
        {
            relay.shown(load);
        }
    }

    /// Removes the relay's address from an event of mpv, whose log lines may contain it.
    pub(super) fn without_address(&self, event: MpvEvent) -> MpvEvent {
        match (event, &self.relay) {
            (MpvEvent::Log { prefix, text }, Some(relay)) => MpvEvent::Log {
                prefix,
                text: relay.without_address(&text),
            },
            (event, _) => event,
        }
    }
}
