//! The browser from which yt-dlp takes cookies, as a setting.

use std::str::FromStr;

use serde::Deserialize;

use crate::protocol::text::nearest;

/// The browsers that yt-dlp knows (2023.03 to 2026.10).
const BROWSERS: [&str; 9] = [
    "brave", "chrome", "chromium", "edge", "firefox", "opera", "safari", "vivaldi", "whale",
];

/// A browser as yt-dlp reads it: `firefox`, perhaps with a keyring, a profile and a container:
/// `BROWSER[+KEYRING][:PROFILE][::CONTAINER]`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct BrowserSetting(pub String);

/// The text begins with no browser that yt-dlp knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("give a browser that yt-dlp knows, such as firefox")]
pub struct UnknownBrowser {
    /// The browser that was probably meant.
    pub nearest: Option<&'static str>,
}

impl FromStr for BrowserSetting {
    type Err = UnknownBrowser;
    fn from_str(text: &str) -> Result<Self, UnknownBrowser> {
        let browser = text.split(['+', ':']).next().unwrap_or_default();
        let browser = browser.to_lowercase();
        let is_plain = !text.chars().any(char::is_control);
        if is_plain && BROWSERS.contains(&browser.as_str()) {
            Ok(Self(text.to_owned()))
        } else {
            Err(UnknownBrowser {
                nearest: nearest(&browser, BROWSERS),
            })
        }
    }
}

impl TryFrom<String> for BrowserSetting {
    type Error = UnknownBrowser;
    fn try_from(text: String) -> Result<Self, UnknownBrowser> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::{BrowserSetting, UnknownBrowser};

    #[test]
    fn a_browser_is_read_as_yt_dlp_reads_it() {
        for text in [
            "firefox",
            "Firefox",
            "chrome:Profile 1",
            "chromium+gnomekeyring:Default",
            "firefox::Films",
        ] {
            assert_eq!(text.parse(), Ok(BrowserSetting(text.to_owned())), "{text}");
        }
        for (text, nearest) in [
            ("fierfox", Some("firefox")),
            ("lynx", None),
            ("", None),
            ("firefox\n", Some("firefox")),
        ] {
            let parsed = text.parse::<BrowserSetting>();
            assert_eq!(parsed, Err(UnknownBrowser { nearest }), "{text}");
        }
    }
}
