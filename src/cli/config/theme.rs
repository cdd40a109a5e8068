//! The theme of the layers of settings.

use super::environment::THEME;
use super::{ConfigError, Sources, ValueFault};
use crate::app::appearance::{OwnTheme, ThemeChoice, ThemeRole};
use crate::cli::args::{StyleSetting, ThemeSetting, UnknownTheme};

impl Sources {
    /// The theme of the highest layer that sets one, and the styles of the member's own.
    ///
    /// # Errors
    /// [`ConfigError::Variable`] if the variable names no theme.
    pub(super) fn theme(
        &self,
        flag: Option<ThemeSetting>,
    ) -> Result<(Option<ThemeChoice>, Option<OwnTheme>), ConfigError> {
        let variable = self.environment.text(THEME)?;
        let variable = variable
            .map(|name| name.parse::<ThemeSetting>())
            .transpose();
        let variable = variable.map_err(|UnknownTheme| ConfigError::Variable {
            name: THEME.to_owned(),
            fault: ValueFault::Theme,
        })?;
        let mut own = OwnTheme::default();
        for (key, StyleSetting(style)) in &self.file.theme {
            // The file was refused with an unknown key; the styles were read as it was.
            let set = ThemeRole::of_key(key).map(|role| own.set(role, style));
            if let Some(Err(cause)) = set {
                tracing::warn!("the theme's {key} is left out: {cause}");
            }
        }
        let chosen = flag.or(variable).or(self.file.ui.theme);
        let own = (!self.file.theme.is_empty()).then_some(own);
        Ok((chosen.map(|setting| setting.0), own))
    }
}
