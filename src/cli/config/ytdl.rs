//! The table `[ytdl]`: what yt-dlp is given, by mpv's hook and by our own look-ups alike. Its keys are
//! yt-dlp's own options, as far as they decide who asks and by which way.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Deserialize;

use crate::cli::args::{BrowserSetting, JoinOptions, UnknownBrowser};
use crate::player::YtdlOptions;

/// The name of the table.
pub(super) const TABLE: &str = "ytdl";

/// The key of the browser whose cookies are used.
pub(super) const BROWSER: &str = "cookies-from-browser";
/// The key of the file of cookies.
pub(super) const COOKIES: &str = "cookies";

/// The options that take no value.
const SWITCHES: [&str; 9] = [
    "force-ipv4",
    "force-ipv6",
    "geo-bypass",
    "legacy-server-connect",
    "netrc",
    "no-check-certificate",
    "no-check-certificates",
    "no-js-runtimes",
    "prefer-insecure",
];

/// Whether an option takes no value.
pub(super) fn is_switch(key: &str) -> bool {
    SWITCHES.contains(&key)
}

/// The options whose values may hold what is a secret.
const SECRETS: [&str; 5] = [
    "add-header",
    "add-headers",
    "extractor-args",
    "geo-verification-proxy",
    "proxy",
];

/// Whether the value of an option is never printed.
pub(super) fn is_secret(key: &str) -> bool {
    SECRETS.contains(&key)
}

/// The value of an option: a text, a number, or whether it is given at all.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "toml::Value")]
pub(super) struct YtdlValue(Option<String>);

/// What cannot be the value of an option.
#[derive(Debug, thiserror::Error)]
#[error("give a text, a number, or true")]
pub(super) struct InvalidYtdlValue;

impl TryFrom<toml::Value> for YtdlValue {
    type Error = InvalidYtdlValue;
    fn try_from(value: toml::Value) -> Result<Self, InvalidYtdlValue> {
        match value {
            toml::Value::Boolean(on) => Ok(Self(on.then(String::new))),
            toml::Value::Integer(number) => Ok(Self(Some(number.to_string()))),
            toml::Value::String(text)
                if !text.is_empty() && !text.chars().any(char::is_control) =>
            {
                Ok(Self(Some(text)))
            }
            _ => Err(InvalidYtdlValue),
        }
    }
}

/// The table `[ytdl]`, by its keys.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub(super) struct YtdlTable(BTreeMap<String, YtdlValue>);

impl YtdlTable {
    fn text(&self, key: &str) -> Option<&str> {
        self.0.get(key)?.0.as_deref()
    }

    /// The browser whose cookies are used.
    ///
    /// # Errors
    /// If yt-dlp knows none of that name.
    pub(super) fn browser(&self) -> Result<Option<BrowserSetting>, UnknownBrowser> {
        self.text(BROWSER).map(str::parse).transpose()
    }

    /// What it says of the options of a client.
    pub(super) fn options(&self) -> JoinOptions {
        JoinOptions {
            // The file was refused with an unknown browser.
            cookies_from_browser: self.browser().ok().flatten(),
            cookies: self.text(COOKIES).map(PathBuf::from),
            ..JoinOptions::default()
        }
    }

    /// What yt-dlp is given of this table and of a client's merged options.
    pub(super) fn given(&self, options: &JoinOptions) -> YtdlOptions {
        let own = self.0.iter().filter_map(|(key, value)| {
            let is_merged = key == BROWSER || key == COOKIES;
            let text = value.0.as_ref().filter(|_| !is_merged)?;
            Some((key.clone(), text.clone()))
        });
        let browser = options.cookies_from_browser.as_ref();
        let browser = browser.map(|browser| (BROWSER.to_owned(), browser.0.clone()));
        let cookies = options.cookies.as_ref();
        let cookies = cookies.map(|path| (COOKIES.to_owned(), path.display().to_string()));
        own.chain(browser).chain(cookies).collect()
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use crate::cli::args::{Cli, CliCommand, GlobalArgs};
    use crate::cli::config::{ConfigError, Environment, JoinConfig, Sources, keys};
    use crate::player::YTDL_KEYS;
    use crate::texts::language::Language;

    fn joined(file: &str, variables: &[(&str, &str)], line: &str) -> Result<JoinConfig, String> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("config.toml");
        std::fs::write(&path, file).expect("the file is written");
        let global = GlobalArgs {
            config: Some(path),
            ..GlobalArgs::default()
        };
        let variables = variables.iter();
        let variables = variables.map(|(name, value)| (name.into(), value.into()));
        let environment = Environment::from_variables(variables);
        let words = |error: ConfigError| error.words(Language::English);
        let sources = Sources::load(&global, environment).map_err(words)?;
        let line = ["watchtogether", "join"].into_iter().chain(line.split(' '));
        let cli = Cli::try_parse_from(line).expect("a good command line");
        let CliCommand::Join(args) = cli.command else {
            panic!("it joins");
        };
        sources.join(*args).map_err(words)
    }

    #[test]
    fn what_yt_dlp_is_given_comes_from_every_layer() {
        let file = "[ytdl]\ncookies-from-browser = \"firefox\"\nproxy = \"socks5://h:1\"\n\
                    force-ipv4 = true\nforce-ipv6 = false\nretries = 3";
        let given = |variables: &[(&str, &str)], line: &str| {
            let config = joined(file, variables, line).expect("good settings");
            assert!(!format!("{config:?}").contains("socks5"));
            format!("{:?}", config.ytdl_options.resolver().for_test())
        };
        let others = r#""--force-ipv4", "--proxy=socks5://h:1", "--retries=3""#;
        assert_eq!(
            given(&[], "ab"),
            format!(r#"[{others}, "--cookies-from-browser=firefox"]"#)
        );
        // A file of cookies in a higher layer puts the browser aside.
        assert_eq!(
            given(&[("WATCHTOGETHER_COOKIES", "c.txt")], "ab"),
            format!(r#"[{others}, "--cookies=c.txt"]"#)
        );
        assert_eq!(
            given(
                &[("WATCHTOGETHER_COOKIES", "c.txt")],
                "ab --cookies-from-browser chrome:Work"
            ),
            format!(r#"[{others}, "--cookies-from-browser=chrome:Work"]"#)
        );
    }

    #[test]
    fn a_wrong_option_is_refused_with_its_line() {
        for (file, expected) in [
            (
                "[ytdl]\ncookies-from-browser = \"fierfox\"",
                "line 2: invalid value for `ytdl.cookies-from-browser`: yt-dlp knows no such \
                 browser. Did you mean firefox?",
            ),
            (
                "[ytdl]\nexec = \"rm\"",
                "line 2: there's no setting `ytdl.exec`",
            ),
            (
                "[ytdl]\npassword = \"x\"",
                "line 2: there's no setting `ytdl.password`",
            ),
            (
                "[ytdl]\n\nproxy = [1]",
                "line 3: invalid value for `ytdl.proxy`: use a text in quotation marks",
            ),
        ] {
            let said = joined(file, &[], "ab").expect_err(file);
            assert!(said.contains(expected), "{file}\n{said}");
        }
    }

    #[test]
    fn every_option_that_is_passed_on_is_a_key() {
        let keys = keys(Language::English);
        let of_table = keys.iter().filter(|key| key.table == super::TABLE);
        assert_eq!(of_table.count(), YTDL_KEYS.len());
        for secret in super::SECRETS {
            assert!(YTDL_KEYS.contains(&secret), "{secret}");
        }
    }
}
