//! The member's own options for yt-dlp, as their mpv has them: from `mpv.conf`, a profile, or
//! `--player-arg`. mpv's hook gives them to yt-dlp for what it plays; [`super::resolve`] gives those
//! to it that decide whether it reaches YouTube, so that both learn the same.

use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};

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
/// A member may give them in the settings as well.
pub const YTDL_KEYS: [&str; 28] = [
    "cookies-from-browser",
    "cookies",
    "add-header",
    "add-headers",
    "client-certificate",
    "client-certificate-key",
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
    "prefer-insecure",
    "proxy",
    "referer",
    "retries",
    "socket-timeout",
    "source-address",
    "user-agent",
];

/// Those that are passed on besides, where the member's mpv has them. The settings do not take them:
/// yt-dlp finds a name and a password in `netrc` as well, where they stand in no command line.
const FROM_MPV_ONLY: [&str; 2] = ["password", "username"];

/// Options for yt-dlp from the settings: names without dashes, and values, empty where an option
/// takes none. They may hold secrets, so they are never logged.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct YtdlOptions(Vec<(String, String)>);

impl YtdlOptions {
    /// The arguments for mpv, which has its hook give these options to yt-dlp by the name of a file
    /// with them. They come in place of those of the same name in the member's mpv.
    pub(super) fn for_mpv(&self, file: &Path) -> impl Iterator<Item = OsString> {
        let removed = self.0.iter();
        let removed = removed.map(|(name, _)| format!("--ytdl-raw-options-remove={name}").into());
        let mut named = OsString::from("--ytdl-raw-options-append=config-locations=");
        named.push(file);
        removed.chain([named])
    }

    /// Whether there are none.
    pub(super) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether there is an option of this name.
    pub(super) fn names(&self, name: &str) -> bool {
        self.0.iter().any(|(other, _)| other == name)
    }

    /// The text of a file with them.
    pub(super) fn file(&self) -> String {
        as_file(&self.resolver().arguments)
    }

    /// The options for yt-dlp itself.
    #[must_use]
    pub fn resolver(&self) -> ResolverOptions {
        let arguments = self.0.iter().map(|(name, value)| argument(name, value));
        ResolverOptions {
            program: None,
            arguments: arguments.collect(),
        }
    }
}

impl FromIterator<(String, String)> for YtdlOptions {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(options: I) -> Self {
        Self(options.into_iter().take(MOST).collect())
    }
}

impl fmt::Debug for YtdlOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.0.iter().map(|(name, _)| name);
        f.debug_list().entries(names).finish()
    }
}

/// Options as yt-dlp reads them from a file or from standard input: one a line, quoted as for a shell.
/// A command line could be read by every user of the computer.
pub(super) fn as_file<'a>(arguments: impl IntoIterator<Item = &'a String>) -> String {
    let arguments = arguments.into_iter();
    let lines = arguments.map(|argument| format!("'{}'\n", argument.replace('\'', r"'\''")));
    lines.collect()
}

/// Whether an option that the member's mpv has is passed on.
fn is_passed(name: &str) -> bool {
    YTDL_KEYS.contains(&name) || FROM_MPV_ONLY.contains(&name)
}

/// An option as yt-dlp reads it.
fn argument(name: &str, value: &str) -> String {
    if value.is_empty() {
        format!("--{name}")
    } else {
        format!("--{name}={value}")
    }
}

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
            is_passed(name).then_some(())?;
            Some(argument(name, text.as_str()?))
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

    /// The arguments for yt-dlp, to compare them.
    #[cfg(test)]
    pub(crate) fn for_test(&self) -> &[String] {
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
    use std::ffi::OsString;
    use std::path::{Path, PathBuf};

    use serde_json::json;

    use super::{PROPERTIES, ResolverOptions, YtdlOptions, as_file};

    #[test]
    fn what_the_settings_give_reaches_mpv_and_yt_dlp_and_no_log() {
        let given = [("cookies", "/a,b"), ("force-ipv4", "")];
        let given = given.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let options: YtdlOptions = given.into_iter().collect();
        let for_mpv: Vec<OsString> = options.for_mpv(Path::new("/run/x/yt-dlp.conf")).collect();
        assert_eq!(
            for_mpv,
            [
                "--ytdl-raw-options-remove=cookies",
                "--ytdl-raw-options-remove=force-ipv4",
                "--ytdl-raw-options-append=config-locations=/run/x/yt-dlp.conf"
            ]
        );
        assert_eq!(options.file(), "'--cookies=/a,b'\n'--force-ipv4'\n");
        let quoted = as_file([&"--add-header=X: it's".to_owned()]);
        assert_eq!(quoted, "'--add-header=X: it'\\''s'\n");
        let resolver = options.resolver();
        assert_eq!(resolver.arguments(), ["--cookies=/a,b", "--force-ipv4"]);
        assert!(!format!("{options:?}").contains("a,b"));
    }

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
            "username": "ada",
        });
        options.take(PROPERTIES[1], &raw);
        let passed = [
            "--cookies-from-browser=firefox",
            "--force-ipv4",
            "--proxy=socks5://127.0.0.1:9050",
            "--username=ada",
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
