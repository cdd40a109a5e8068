//! What a client with a screen starts with, and what of it can change while it runs.

use strum::IntoEnumIterator as _;

use super::choices::{self, Choices};
use super::{ParsedJoin, Start};
use crate::app::appearance::Appearance;
use crate::app::config::ScreenConfig;
use crate::app::own_settings::SettingsFault;
use crate::cli::config::JoinConfig;
use crate::cli::{colours, terminal};
use crate::client::SettingsFile;
use crate::player;
use crate::texts::language::Language;

/// How the screen of the client is to be.
pub(super) fn config(
    config: &JoinConfig,
    parsed: &ParsedJoin,
    start: Start,
    choices: &Choices,
) -> ScreenConfig {
    let options = &config.options;
    ScreenConfig {
        gallery_first: start == Start::Gallery,
        ask_name: parsed.is_guess,
        space_pauses: !options.no_space_pause.is_on(),
        bell: !options.no_bell.is_on(),
        notify: !options.no_notify.is_on(),
        preferences: choices.screen,
        plays_youtube: parsed.player.as_ref().is_some_and(player::finds_ytdl),
        mouse: terminal::has_mouse() && !options.no_mouse.is_on(),
        keys: choices.own.keys.clone(),
        appearance: Appearance {
            theme: choices.own.theme,
            depth: colours::depth(),
            background: terminal::likely_background(),
            own: choices.own.own_theme.clone(),
        },
    }
}

/// The configuration file that is watched; `None` without a place for one.
pub(super) fn settings(config: &JoinConfig, choices: &Choices) -> Option<SettingsFile> {
    let file = config.own_file.clone();
    let path = file.path.clone()?;
    let read = move || match file.read() {
        Ok(layer) => Ok(layer.map(|layer| choices::own_settings(layer, &choices::kept()))),
        Err(error) => Err(SettingsFault::worded(Language::iter(), |language| {
            error.words(language)
        })),
    };
    Some(SettingsFile {
        path,
        now: choices.own.clone(),
        read: Box::new(read),
    })
}
