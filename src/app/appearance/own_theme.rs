//! The member's own theme, as the table `[theme]` of the configuration has it: a style for each
//! role that is to look otherwise.

use strum::{EnumIter, IntoEnumIterator};

use super::colour::Colour;

/// What a piece of text is for, and so how it looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, EnumIter)]
pub enum ThemeRole {
    /// What people write.
    Text,
    /// Secondary text: times, hints.
    Dim,
    /// Emphasised text, such as a title.
    Strong,
    /// The program's own lines in the chat.
    System,
    /// What needs the member's attention, such as a mention.
    Alarm,
    /// What went wrong.
    Error,
    /// A state in which nothing is to be done.
    Good,
    /// A state that will pass.
    Busy,
    /// A state that does not pass by itself.
    Bad,
    /// The part of the progress line that was played.
    Played,
    /// The chosen item of a list.
    Chosen,
    /// The lines between panes.
    Border,
    /// What has the focus.
    Focus,
    /// The lines between panes while they flash.
    Flash,
    /// A link.
    Link,
    /// The names of members: one style or several, which they share out.
    Names,
}

impl ThemeRole {
    /// The keys of all roles, in their order.
    pub const KEYS: [&'static str; 16] = [
        "text", "dim", "strong", "system", "alarm", "error", "good", "busy", "bad", "played",
        "chosen", "border", "focus", "flash", "link", "names",
    ];

    /// Its key in the table `[theme]`.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Dim => "dim",
            Self::Strong => "strong",
            Self::System => "system",
            Self::Alarm => "alarm",
            Self::Error => "error",
            Self::Good => "good",
            Self::Busy => "busy",
            Self::Bad => "bad",
            Self::Played => "played",
            Self::Chosen => "chosen",
            Self::Border => "border",
            Self::Focus => "focus",
            Self::Flash => "flash",
            Self::Link => "link",
            Self::Names => "names",
        }
    }

    /// The role of a key.
    #[must_use]
    pub fn of_key(key: &str) -> Option<Self> {
        Self::iter().find(|role| role.key() == key)
    }
}

/// The most styles that names may share out (judgement: more cannot be told apart).
pub const NAME_STYLES: usize = 12;

/// How text of a role looks. What is not set is as the terminal has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "a terminal has these attributes, each on or off"
)]
pub struct RoleStyle {
    /// The colour of the text.
    pub text: Option<Colour>,
    /// The colour behind it.
    pub behind: Option<Colour>,
    /// Whether it is bold.
    pub bold: bool,
    /// Whether it is fainter than other text of its colour.
    pub dim: bool,
    /// Whether it is italic.
    pub italic: bool,
    /// Whether it is underlined.
    pub underlined: bool,
    /// Whether text and background change places.
    pub reversed: bool,
}

/// A word of a style says nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no style: {0}")]
pub struct StyleFault(pub String);

impl RoleStyle {
    /// Reads a style such as `#ff8800 on 236 bold`: words with blanks between them, in any order.
    /// `plain` alone is the terminal's own style.
    ///
    /// # Errors
    /// The first word that says nothing.
    pub fn read(text: &str) -> Result<Self, StyleFault> {
        let mut style = Self::default();
        let mut words = text.split_whitespace();
        let fault = |word: &str| StyleFault(word.chars().take(40).collect());
        let mut is_empty = true;
        while let Some(word) = words.next() {
            is_empty = false;
            match word.to_ascii_lowercase().as_str() {
                "plain" => {}
                "bold" => style.bold = true,
                "dim" => style.dim = true,
                "italic" => style.italic = true,
                "underline" | "underlined" => style.underlined = true,
                "reverse" | "reversed" => style.reversed = true,
                "on" => {
                    let behind = words.next().and_then(Colour::read);
                    style.behind = Some(behind.ok_or_else(|| fault(word))?);
                }
                colour => style.text = Some(Colour::read(colour).ok_or_else(|| fault(word))?),
            }
        }
        if is_empty {
            return Err(fault(text));
        }
        Ok(style)
    }
}

/// The styles of a member's own theme. What it does not name is as in the usual one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OwnTheme {
    styles: std::collections::BTreeMap<ThemeRole, RoleStyle>,
    names: Vec<RoleStyle>,
}

impl OwnTheme {
    /// Reads the style of a role. The names take several, with commas between them.
    ///
    /// # Errors
    /// The first word that says nothing, or too many styles of names.
    pub fn set(&mut self, role: ThemeRole, text: &str) -> Result<(), StyleFault> {
        if role == ThemeRole::Names {
            let styles: Result<Vec<_>, _> = text.split(',').map(RoleStyle::read).collect();
            let styles = styles?;
            if styles.len() > NAME_STYLES {
                return Err(StyleFault(styles.len().to_string()));
            }
            self.names = styles;
        } else {
            self.styles.insert(role, RoleStyle::read(text)?);
        }
        Ok(())
    }

    /// The style of a role, if this theme has one.
    #[must_use]
    pub fn style(&self, role: ThemeRole) -> Option<RoleStyle> {
        self.styles.get(&role).copied()
    }

    /// The styles of names; empty if this theme has none.
    #[must_use]
    pub fn names(&self) -> &[RoleStyle] {
        &self.names
    }
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;

    use super::{Colour, NAME_STYLES, OwnTheme, RoleStyle, StyleFault, ThemeRole};

    #[test]
    fn a_style_is_words_in_any_order() {
        let style = RoleStyle::read("bold #102030 on 236 Underline").unwrap();
        let expected = RoleStyle {
            text: Some(Colour::Rgb(16, 32, 48)),
            behind: Some(Colour::Indexed(236)),
            bold: true,
            underlined: true,
            ..RoleStyle::default()
        };
        assert_eq!(style, expected);
        assert_eq!(RoleStyle::read("plain"), Ok(RoleStyle::default()));
        for (text, word) in [
            ("", ""),
            ("red loud", "loud"),
            ("on", "on"),
            ("bold on puce", "on"),
        ] {
            let fault = StyleFault(word.to_owned());
            assert_eq!(RoleStyle::read(text), Err(fault), "{text}");
        }
    }

    #[test]
    fn a_theme_has_the_styles_that_were_set() {
        let mut theme = OwnTheme::default();
        for (role, key) in ThemeRole::iter().zip(ThemeRole::KEYS) {
            assert_eq!((role.key(), ThemeRole::of_key(key)), (key, Some(role)));
        }
        assert_eq!(ThemeRole::iter().count(), ThemeRole::KEYS.len());
        theme.set(ThemeRole::Dim, "245").unwrap();
        theme.set(ThemeRole::Names, "red, bold green").unwrap();
        assert_eq!(
            theme.style(ThemeRole::Dim).and_then(|style| style.text),
            Some(Colour::Indexed(245))
        );
        assert_eq!(theme.style(ThemeRole::Text), None);
        assert_eq!(theme.names().len(), 2);
        let many = vec!["red"; NAME_STYLES + 1].join(",");
        assert!(theme.set(ThemeRole::Names, &many).is_err());
        assert_eq!(
            theme.names().len(),
            2,
            "what cannot be read changes nothing"
        );
    }
}
