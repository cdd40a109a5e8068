//! mpv: it is started as `join` does, but for picture and sound, which are tried by themselves.

use std::time::Duration;

use tokio::time::timeout;

use crate::cli::terminal::is_over_ssh;
use crate::doctor::player::{PlayerFacts, ffmpeg_version};
use crate::player::{Player, PlayerConfig, has_display, said};
use crate::protocol::time::Span;
use crate::sync::player::{PlayerEvent, ProcessState, Unusable};

/// How long mpv may take to answer (judgement: the player itself gives up before).
const PATIENCE: Duration = Duration::from_secs(40);

/// Silence for a tenth of a second, which mpv makes itself.
const SILENCE: &str = "av://lavfi:anullsrc=duration=0.1";

/// What is known of mpv.
pub(super) async fn facts(config: &PlayerConfig, audio_only: bool) -> PlayerFacts {
    let started = started(config).await;
    let is_there = started.is_ok();
    let (version, sound) = if is_there {
        tokio::join!(said(&config.binary, ["--version"]), sound(config))
    } else {
        (None, None)
    };
    PlayerFacts {
        started,
        ffmpeg: version.as_deref().and_then(ffmpeg_version),
        // Who wants no picture needs no display.
        display: has_display() || audio_only,
        over_ssh: is_over_ssh(),
        sound,
    }
}

/// The version that mpv tells over its socket, or why it does not.
async fn started(config: &PlayerConfig) -> Result<String, Unusable> {
    let mut config = PlayerConfig {
        audio_only: true,
        ..config.clone()
    };
    config.extra_args.push("--ao=null".to_owned());
    config.extra_args.push("--force-window=no".to_owned());
    let (player, mut events) = Player::spawn(config);
    let answer = timeout(PATIENCE, async {
        while let Some(event) = events.recv().await {
            match event {
                PlayerEvent::Process(ProcessState::Ready { version, .. }) => return Ok(version),
                PlayerEvent::Process(ProcessState::Unusable(why)) => return Err(why),
                _ => {}
            }
        }
        Err(Unusable::Silent)
    });
    let answer = answer.await.unwrap_or_else(|_| {
        let within = i64::try_from(PATIENCE.as_micros()).unwrap_or(i64::MAX);
        Err(Unusable::NoAnswer {
            within: Span(within),
        })
    });
    drop(player);
    // mpv ends with its player; its socket's folder is gone then.
    let ended = async { while events.recv().await.is_some() {} };
    if timeout(Duration::from_secs(3), ended).await.is_err() {
        tracing::debug!("mpv does not end");
    }
    answer
}

/// The sound output that opens, as mpv names it.
async fn sound(config: &PlayerConfig) -> Option<String> {
    let ours = [
        "--terminal=yes",
        "--input-terminal=no",
        "--video=no",
        "--quiet",
        "--audio-fallback-to-null=no",
    ];
    let arguments = config.extra_args.iter().map(String::as_str);
    let arguments = ours.into_iter().chain(arguments).chain([
        "--idle=no",
        "--keep-open=no",
        "--force-window=no",
        SILENCE,
    ]);
    let text = said(&config.binary, arguments).await?;
    opened(&text)
}

/// The output in mpv's line `AO: [pipewire] 48000Hz stereo 2ch floatp`.
fn opened(text: &str) -> Option<String> {
    let line = text.lines().find_map(|line| line.split_once("AO: ["))?.1;
    let name: String = line.chars().take_while(|c| *c != ']').take(40).collect();
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::opened;

    #[test]
    fn mpvs_own_line_names_the_sound_output() {
        let text = " (+) Audio --aid=1\nAO: [pipewire] 48000Hz stereo 2ch floatp\n";
        assert_eq!(opened(text).as_deref(), Some("pipewire"));
        assert_eq!(opened("Audio: no audio"), None);
    }
}
