//! The member's own options for yt-dlp, as their mpv has them: from `mpv.conf`, a profile, or
//! `--player-arg`. mpv's hook gives them to yt-dlp for what it plays; [`super::resolve`] gives those
//! to it that decide whether it reaches YouTube, so that both learn the same.

use std::fmt;
use std::path::PathBuf;

use serde_json::Value;
use tokio::sync::watch;

/// mpv's properties of which they are read, in this order.
pub(super) const PROPERTIES: [&str; 2] = ["options/script-opts", "options/ytdl-raw-options"];

/// The option of mpv's hook that names the program.
const PROGRAM: &str = "ytdl_hook-ytdl_path";

/// The most options that are passed on (judgement: nobody has so many).
const MOST: usize = 32;

/// The options that are passed on: who asks, by which way, and how yt-dlp solves what YouTube puts in
/// its way. Others choose formats, write files, print or run something (yt-dlp 2023.03 to 2026.10).
const PASSED: [&str; 30] = [
    "add-header",
    "add-headers",
    "client-certificate",
    "client-certificate-key",
    "cookies",
    "cookies-from-browser",
    "extractor-args",
    "extractor-retries",
    "force-ipv4",
    "force-ipv6",
    "geo-bypass",
    "geo-bypass-country",
    "geo-verification-proxy",
    "impersonate",
    "js-runtimes",
    "legacy-server-connect",
    "netrc",
    "netrc-location",
    "no-check-certificate",
    "no-check-certificates",
    "no-js-runtimes",
    "password",
    "prefer-insecure",
    "proxy",
    "referer",
    "retries",
    "socket-timeout",
    "source-address",
    "user-agent",
    "username",
];

/// Options for yt-dlp. They may hold cookies and passwords, so they are never logged.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct ResolverOptions {
    /// The program that the member's mpv names, if it names one.
    program: Option<PathBuf>,
    arguments: Vec<String>,
}

impl ResolverOptions {
    /// Takes the value of one of [`PROPERTIES`] in: a map of names to texts.
    pub(super) fn take(&mut self, property: &str, value: &Value) {
        let Some(map) = value.as_object() else {
            return;
        };
        if property == PROPERTIES[0] {
            let program = map.get(PROGRAM).and_then(Value::as_str);
            self.program = program.filter(|path| !path.is_empty()).map(PathBuf::from);
            return;
        }
        let passed = map.iter().filter_map(|(name, text)| {
            PASSED.contains(&name.as_str()).then_some(())?;
            Some(match text.as_str()? {
                "" => format!("--{name}"),
                text => format!("--{name}={text}"),
            })
        });
        self.arguments = passed.take(MOST).collect();
    }

    /// Tells what mpv told, if it told anything.
    pub(super) fn tell(listeners: &watch::Sender<Option<Self>>, told: Option<Self>) {
        if told.is_some() {
            listeners.send_replace(told);
        }
    }

    /// The program that the member's mpv names, if it names one.
    pub(super) const fn program(&self) -> Option<&PathBuf> {
        self.program.as_ref()
    }

    /// The arguments for yt-dlp.
    pub(super) fn arguments(&self) -> &[String] {
        &self.arguments
    }
}

impl fmt::Debug for ResolverOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResolverOptions")
            .field("arguments", &self.arguments.len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use serde_json::json;

    use super::{PROPERTIES, ResolverOptions};

    #[test]
    fn what_leads_to_youtube_is_passed_on_and_nothing_that_does_something_else() {
        let mut options = ResolverOptions::default();
        let raw = json!({
            "cookies-from-browser": "firefox",
            "exec": "rm -rf /",
            "force-ipv4": "",
            "format": "worst",
            "ignore-config": "",
            "output": "/tmp/x",
            "proxy": "socks5://127.0.0.1:9050",
        });
        options.take(PROPERTIES[1], &raw);
        let passed = [
            "--cookies-from-browser=firefox",
            "--force-ipv4",
            "--proxy=socks5://127.0.0.1:9050",
        ];
        assert_eq!(options.arguments(), passed);
        let shown = format!("{options:?}");
        assert!(!shown.contains("socks5"), "{shown}");
    }

    #[test]
    fn the_program_is_the_one_of_mpvs_hook() {
        let mut options = ResolverOptions::default();
        let script = json!({"osc-idlescreen": "no", "ytdl_hook-ytdl_path": "/opt/yt-dlp"});
        options.take(PROPERTIES[0], &script);
        assert_eq!(options.program(), Some(&PathBuf::from("/opt/yt-dlp")));
        options.take(PROPERTIES[0], &json!(null));
        assert!(options.arguments().is_empty());
    }
}
