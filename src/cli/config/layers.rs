//! How a layer of settings lies over another.
//!
//! A setting that a higher layer makes also puts aside those of lower layers that exclude
//! it: `--ephemeral` is not held up by a `data-dir` in the file.

use super::error::ConfigError;
use crate::cli::args::{GalleryOptions, JoinOptions, ServeOptions, Switch};

/// A set of options that may stand in several layers.
pub(super) trait Layer: Sized {
    /// These options, and `lower`'s where these say nothing.
    #[must_use]
    fn over(self, lower: Self) -> Self;

    /// Two options set here that exclude each other, by their keys.
    fn contradiction(&self) -> Option<(&'static str, &'static str)>;
}

/// Lays the three layers over each other.
///
/// # Errors
/// [`ConfigError::Both`] if a layer contradicts itself (of flags, clap has seen to it).
pub(super) fn merge<L: Layer>(flags: L, environment: L, file: L) -> Result<L, ConfigError> {
    for (layer, options) in [("the environment", &environment), ("config.toml", &file)] {
        if let Some((one, other)) = options.contradiction() {
            return Err(ConfigError::Both { layer, one, other });
        }
    }
    Ok(flags.over(environment.over(file)))
}

impl Layer for ServeOptions {
    fn over(self, mut lower: Self) -> Self {
        if self.ephemeral.is_on() {
            lower.data_dir = None;
        }
        if self.data_dir.is_some() {
            lower.ephemeral = Switch::Unset;
        }
        Self {
            listen: list(self.listen, lower.listen),
            data_dir: self.data_dir.or(lower.data_dir),
            ephemeral: self.ephemeral.or(lower.ephemeral),
            public_url: self.public_url.or(lower.public_url),
            succession_grace: self.succession_grace.or(lower.succession_grace),
        }
    }

    fn contradiction(&self) -> Option<(&'static str, &'static str)> {
        (self.ephemeral.is_on() && self.data_dir.is_some()).then_some(("ephemeral", "data-dir"))
    }
}

impl Layer for JoinOptions {
    fn over(self, lower: Self) -> Self {
        let lower = without_rivals(&self, lower);
        Self {
            server: self.server.or(lower.server),
            name: self.name.or(lower.name),
            play: self.play.or(lower.play),
            json: self.json.or(lower.json),
            unlisted: self.unlisted.or(lower.unlisted),
            private: self.private.or(lower.private),
            title: self.title.or(lower.title),
            password_file: self.password_file.or(lower.password_file),
            allow_private_media: self.allow_private_media.or(lower.allow_private_media),
            player: self.player.or(lower.player),
            player_arg: list(self.player_arg, lower.player_arg),
            player_ipc: self.player_ipc.or(lower.player_ipc),
            no_player: self.no_player.or(lower.no_player),
            audio_only: self.audio_only.or(lower.audio_only),
            ytdl: self.ytdl.or(lower.ytdl),
            seek_threshold: self.seek_threshold.or(lower.seek_threshold),
            lan: self.lan.or(lower.lan),
            no_bell: self.no_bell.or(lower.no_bell),
            no_notify: self.no_notify.or(lower.no_notify),
            no_space_pause: self.no_space_pause.or(lower.no_space_pause),
        }
    }

    fn contradiction(&self) -> Option<(&'static str, &'static str)> {
        let pairs = [
            (self.lan.is_on() && self.server.is_some(), "lan", "server"),
            (
                self.unlisted.is_on() && self.private.is_on(),
                "unlisted",
                "private",
            ),
            (
                self.no_player.is_on() && self.audio_only.is_on(),
                "no-player",
                "audio-only",
            ),
        ];
        pairs
            .into_iter()
            .find(|(both, ..)| *both)
            .map(|(_, one, other)| (one, other))
    }
}

impl Layer for GalleryOptions {
    fn over(self, lower: Self) -> Self {
        Self {
            server: self.server.or(lower.server),
            json: self.json.or(lower.json),
        }
    }

    fn contradiction(&self) -> Option<(&'static str, &'static str)> {
        None
    }
}

/// `lower` without what `higher` excludes.
fn without_rivals(higher: &JoinOptions, mut lower: JoinOptions) -> JoinOptions {
    if higher.server.is_some() {
        lower.lan = Switch::Unset;
    }
    if higher.lan.is_on() {
        lower.server = None;
    }
    if higher.private.is_on() {
        lower.unlisted = Switch::Unset;
    }
    if higher.unlisted.is_on() {
        lower.private = Switch::Unset;
    }
    if higher.no_player.is_on() {
        lower.audio_only = Switch::Unset;
    }
    if higher.audio_only.is_on() || higher.player.is_some() {
        lower.no_player = Switch::Unset;
    }
    lower
}

/// A list is set as a whole: the higher one, unless it is empty.
fn list<T>(higher: Vec<T>, lower: Vec<T>) -> Vec<T> {
    if higher.is_empty() { lower } else { higher }
}
