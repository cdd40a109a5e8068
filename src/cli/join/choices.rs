//! What the client starts with of what a member can choose on their own screen: what a flag, a
//! variable or the configuration file says, else what was chosen before, else what is usual.

use crate::app::appearance::ThemeChoice;
use crate::app::osd_level::OsdLevel;
use crate::app::own_settings::OwnSettings;
use crate::app::preferences::{OwnChoices, ScreenPreferences};
use crate::cli::config::{JoinConfig, OwnLayer};
use crate::cli::folders;
use crate::client;
use crate::texts::language::Language;

/// What the client starts with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Choices {
    /// How the screen is divided, and what flashes and what rings.
    pub(super) screen: ScreenPreferences,
    /// How much is shown over the picture.
    pub(super) osd: OsdLevel,
    /// How the screen looks, and what its keys do.
    pub(super) own: OwnSettings,
}

impl Choices {
    /// Those of the settings and of the state folder.
    pub(super) fn of(config: &JoinConfig) -> Self {
        Self::merged(config, &kept())
    }

    fn merged(config: &JoinConfig, kept: &OwnChoices) -> Self {
        let own = own_settings(
            OwnLayer {
                theme: config.theme,
                own_theme: config.own_theme.clone(),
                keys: config.keys.clone(),
                reactions: config.reactions.clone(),
            },
            kept,
        );
        let options = &config.options;
        let mut screen = kept.screen;
        for alert in &options.alert {
            screen.alerts.set(Some(alert.kind), alert.mode);
        }
        let osd = options.osd.map(|setting| setting.0);
        Self {
            screen,
            osd: osd.or(kept.osd).unwrap_or_default(),
            own,
        }
    }
}

/// What counts of a file's theme, keys and reactions, and of what was chosen before.
pub(super) fn own_settings(file: OwnLayer, kept: &OwnChoices) -> OwnSettings {
    let has_own = file.own_theme.is_some();
    let usual = if has_own {
        ThemeChoice::Own
    } else {
        ThemeChoice::Auto
    };
    // The member's own may have gone from the file since.
    let kept_theme = kept
        .theme
        .filter(|theme| *theme != ThemeChoice::Own || has_own);
    let reactions = file.reactions.or_else(|| kept.reactions.clone());
    OwnSettings {
        theme: file.theme.or(kept_theme).unwrap_or(usual),
        own_theme: file.own_theme,
        keys: file.keys,
        reactions: reactions.unwrap_or_default(),
    }
}

/// The language that the member chose before.
pub(in crate::cli) fn kept_language() -> Option<Language> {
    kept().language
}

/// All that the member chose before.
pub(in crate::cli) fn kept() -> OwnChoices {
    let folder = folders::state();
    folder.map_or_else(OwnChoices::default, |folder| client::kept_choices(&folder))
}

#[cfg(test)]
mod tests {
    use super::Choices;
    use crate::app::appearance::{OwnTheme, ThemeChoice};
    use crate::app::keys::own::KeyMap;
    use crate::app::osd_level::OsdLevel;
    use crate::app::own_reactions::OwnReactions;
    use crate::app::preferences::{AlertKind, AlertMode, OwnChoice, OwnChoices};
    use crate::cli::args::{AlertSetting, JoinOptions, OsdSetting};
    use crate::cli::config::{JoinConfig, OwnFile};
    use crate::player::YtdlOptions;
    use crate::protocol::ids::RoomId;
    use crate::protocol::text::Emoji;

    fn settings() -> JoinConfig {
        JoinConfig {
            written: None,
            host: None,
            server: None,
            room: RoomId::parse("movies").unwrap(),
            options: JoinOptions::default(),
            name_is_flag: false,
            password: None,
            create_password: None,
            invite: None,
            theme: None,
            own_theme: None,
            own_file: OwnFile::default(),
            keys: KeyMap::default(),
            ytdl_options: YtdlOptions::default(),
            reactions: None,
        }
    }

    fn own(emoji: &str) -> OwnReactions {
        OwnReactions::beginning_with([Emoji::parse(emoji).unwrap()])
    }

    fn chosen() -> OwnChoices {
        let mut chosen = OwnChoices::default();
        chosen.set(OwnChoice::Theme(ThemeChoice::Light));
        chosen.set(OwnChoice::Osd(OsdLevel::Off));
        chosen.set(OwnChoice::Alert(None, AlertMode::Ring));
        chosen.set(OwnChoice::Reactions(own("🍿")));
        chosen
    }

    #[test]
    fn what_was_chosen_before_counts_where_no_setting_says_otherwise() {
        let before = Choices::merged(&settings(), &chosen());
        assert_eq!(before.own.theme, ThemeChoice::Light);
        assert_eq!(before.osd, OsdLevel::Off);
        assert_eq!(before.own.reactions, own("🍿"));
        let film = before.screen.alerts.of(AlertKind::MediaStart);
        assert_eq!(film, AlertMode::Ring);
        let first = Choices::merged(&settings(), &OwnChoices::default());
        assert_eq!(
            (first.own.theme, first.osd),
            (ThemeChoice::Auto, OsdLevel::Full)
        );
        assert_eq!(first.own.reactions, OwnReactions::default());
    }

    #[test]
    fn each_setting_goes_before_what_was_chosen() {
        let film = AlertSetting {
            kind: AlertKind::MediaStart,
            mode: AlertMode::Flash,
        };
        let given = JoinConfig {
            options: JoinOptions {
                osd: Some(OsdSetting(OsdLevel::Quiet)),
                alert: vec![film],
                ..JoinOptions::default()
            },
            theme: Some(ThemeChoice::Dark),
            reactions: Some(own("🎉")),
            ..settings()
        };
        let now = Choices::merged(&given, &chosen());
        assert_eq!(
            (now.own.theme, now.osd),
            (ThemeChoice::Dark, OsdLevel::Quiet)
        );
        assert_eq!(now.own.reactions, own("🎉"));
        let alerts = now.screen.alerts;
        assert_eq!(alerts.of(AlertKind::MediaStart), AlertMode::Flash);
        assert_eq!(alerts.of(AlertKind::Mention), AlertMode::Ring);
    }

    #[test]
    fn ones_own_theme_counts_while_the_file_has_it() {
        let mut kept = OwnChoices::default();
        kept.set(OwnChoice::Theme(ThemeChoice::Own));
        let theme = |config: &JoinConfig, kept: &OwnChoices| {
            let choices = Choices::merged(config, kept);
            choices.own.theme
        };
        let with_own = JoinConfig {
            own_theme: Some(OwnTheme::default()),
            ..settings()
        };
        assert_eq!(theme(&settings(), &kept), ThemeChoice::Auto);
        assert_eq!(theme(&with_own, &kept), ThemeChoice::Own);
        assert_eq!(theme(&with_own, &OwnChoices::default()), ThemeChoice::Own);
        kept.set(OwnChoice::Theme(ThemeChoice::Auto));
        assert_eq!(theme(&with_own, &kept), ThemeChoice::Auto);
    }
}
