//! The configuration of the player, and the member's own mpv options.

use std::path::PathBuf;
use std::time::Instant;

use super::resolver_options::{ResolverOptions, YtdlOptions};
use crate::media::policy::Privacy;
use crate::protocol::time::LocalTime;
use crate::relay::RelayConfig;

/// How to start the player.
#[derive(Debug, Clone)]
pub struct PlayerConfig {
    /// The program: a name that is looked up in `PATH`, or a path.
    pub binary: PathBuf,
    /// The path of the IPC socket; `None` puts it into a private folder.
    pub ipc_path: Option<PathBuf>,
    /// The member's own mpv options, each as one argument such as `--hwdec=no`. They override ours
    /// except where playing together depends on ours.
    pub extra_args: Vec<String>,
    /// Whether the member wants no video output.
    pub audio_only: bool,
    /// Whether mpv loads the member's own scripts.
    pub loads_scripts: bool,
    /// The yt-dlp for YouTube links; `None` lets mpv look for one in `PATH`.
    pub ytdl_path: Option<PathBuf>,
    /// The member's options for yt-dlp from the settings.
    pub ytdl_options: YtdlOptions,
    /// The member's own options for yt-dlp as their running mpv told them, for looking links up.
    pub resolver: ResolverOptions,
    /// The parent of the socket's private folder (mode 0700, removed at the end).
    pub runtime_dir: PathBuf,
    /// How direct links are fetched, and where they may lead.
    pub relay: RelayConfig,
    /// The zero of [`LocalTime`]; the same for everything in one client.
    pub origin: Instant,
}

/// An option of the member's that cannot be passed to mpv.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no mpv option: give it as one argument, such as --player-arg=--hwdec=no")]
pub struct BadArgument(pub String);

impl PlayerConfig {
    /// `mpv` from `PATH` without options; its socket is in the user's runtime folder, otherwise in
    /// the folder for temporary files.
    #[must_use]
    pub fn new(origin: Instant) -> Self {
        let runtime_dir = std::env::var_os("XDG_RUNTIME_DIR")
            .map(PathBuf::from)
            .filter(|folder| folder.is_dir())
            .unwrap_or_else(std::env::temp_dir);
        Self {
            binary: PathBuf::from("mpv"),
            ipc_path: None,
            extra_args: Vec::new(),
            audio_only: false,
            loads_scripts: false,
            ytdl_path: None,
            ytdl_options: YtdlOptions::default(),
            resolver: ResolverOptions::default(),
            runtime_dir,
            relay: RelayConfig::new(Privacy::PublicOnly),
            origin,
        }
    }

    /// Checks the member's own options: only options, no file to play, and nothing that would make
    /// mpv take our options for files or groups.
    ///
    /// # Errors
    /// The first [`BadArgument`].
    pub fn check_arguments(&self) -> Result<(), BadArgument> {
        check_arguments(&self.extra_args)
    }

    /// Converts an instant to local time.
    #[must_use]
    pub fn local_time(&self, at: Instant) -> LocalTime {
        let micros = at.saturating_duration_since(self.origin).as_micros();
        LocalTime(i64::try_from(micros).unwrap_or(i64::MAX))
    }
}

/// Checks a member's own options for mpv, as [`PlayerConfig::check_arguments`] does.
///
/// # Errors
/// The first [`BadArgument`].
pub fn check_arguments(arguments: &[String]) -> Result<(), BadArgument> {
    let bad = arguments.iter().find(|argument| !is_option(argument));
    bad.map_or(Ok(()), |argument| Err(BadArgument(argument.clone())))
}

/// Whether `argument` is an option by itself.
fn is_option(argument: &str) -> bool {
    let name = argument.strip_prefix("--").unwrap_or_default();
    name.starts_with(|c: char| c.is_ascii_alphanumeric()) && !argument.contains('\0')
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::PlayerConfig;
    use crate::protocol::time::LocalTime;

    #[test]
    fn only_options_are_passed_on() {
        let mut config = PlayerConfig::new(Instant::now());
        for good in ["--vo=null", "--no-config", "--3dlut-size=64", "--title=a b"] {
            config.extra_args = vec![good.to_owned()];
            assert_eq!(config.check_arguments(), Ok(()), "{good}");
        }
        for bad in [
            "",
            "-",
            "--",
            "--{",
            "--}",
            "-v",
            "film.mp4",
            "/etc/passwd",
            "--a\0b",
        ] {
            config.extra_args = vec!["--vo=null".to_owned(), bad.to_owned()];
            assert!(config.check_arguments().is_err(), "{bad}");
        }
    }

    #[test]
    fn local_time_counts_from_the_origin() {
        let config = PlayerConfig::new(Instant::now());
        let at = config.origin + Duration::from_millis(1_500);
        assert_eq!(config.local_time(at), LocalTime(1_500_000));
    }
}
