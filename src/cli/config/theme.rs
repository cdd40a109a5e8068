//! The theme of the layers of settings.

use super::environment::THEME;
use super::file::Settings;
use super::{ConfigError, Sources, ValueFault};
use crate::app::appearance::{OwnTheme, ThemeChoice, ThemeRole};
use crate::cli::args::{StyleSetting, ThemeSetting, UnknownTheme};

impl Sources {
    /// The theme of the layers above the file, which a flag and a variable set.
    ///
    /// # Errors
    /// [`ConfigError::Variable`] if the variable names no theme.
    pub(super) fn theme(
        &self,
        flag: Option<ThemeSetting>,
    ) -> Result<Option<ThemeChoice>, ConfigError> {
        let variable = self.environment.text(THEME)?;
        let variable = variable
            .map(|name| name.parse::<ThemeSetting>())
            .transpose();
        let variable = variable.map_err(|UnknownTheme| ConfigError::Variable {
            name: THEME.to_owned(),
            fault: ValueFault::Theme,
        })?;
        Ok(flag.or(variable).map(|setting| setting.0))
    }
}

/// The styles of the member's own theme; `None` if the file has none.
pub(super) fn own(file: &Settings) -> Option<OwnTheme> {
    let mut own = OwnTheme::default();
    for (key, StyleSetting(style)) in &file.theme {
        // The file was refused with an unknown key; the styles were read as it was.
        let set = ThemeRole::of_key(key).map(|role| own.set(role, style));
        if let Some(Err(cause)) = set {
            tracing::warn!("the theme's {key} is left out: {cause}");
        }
    }
    (!file.theme.is_empty()).then_some(own)
}
