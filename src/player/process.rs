//! Starts mpv and holds it: asked for its version first, tied to our life by a socket, its
//! last words kept. What is said over the IPC connection is not this file's business.

use std::ffi::OsString;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::{ExitStatus, Output, Stdio};
use std::time::Duration;

use tokio::process::{Child, Command};
use tokio::time::timeout;

use super::clean::clean;
use super::config::PlayerConfig;
use super::launch::{self, Surroundings};
use super::socket::SocketPlace;
use super::version::Version;
use crate::relay::ProxySettings;
use crate::sync::player::{CloseCause, Unusable};

/// How long mpv may take to print something and end. It takes 0.1 s (measured); a cold disk
/// and a loaded machine take longer.
const ANSWER: Duration = Duration::from_secs(10);

/// How long mpv may take to end after it was asked to. It takes 20 ms (measured).
const FAREWELL: Duration = Duration::from_secs(2);

/// Where a member may keep the room's password.
const PASSWORD: &str = "WATCHTOGETHER_PASSWORD";

/// Which hosts FFmpeg and yt-dlp reach without a proxy. FFmpeg reads it in lower case only;
/// where both are set, yt-dlp takes that one, too.
const NO_PROXY: &str = "no_proxy";

/// The longest last words that are handed on, in characters.
const LAST_WORDS: usize = 300;

/// A running mpv. Dropping it ends mpv.
#[derive(Debug)]
pub(super) struct MpvProcess {
    child: Child,
    /// Reads our end of the lifeline, over which mpv tells its events to nobody; it ends
    /// with this value.
    lifeline: tokio::task::JoinHandle<()>,
    arguments: Vec<OsString>,
    binary: std::path::PathBuf,
    /// The version it tells.
    pub(super) version: String,
    /// Whether it runs without a picture for want of a display.
    pub(super) lacks_display: bool,
    /// Where it listens; the socket goes with this value.
    pub(super) socket: SocketPlace,
}

impl MpvProcess {
    /// Asks the program for its version and starts it. `display` says whether a window can be
    /// opened.
    pub(super) async fn start(config: &PlayerConfig, display: bool) -> Result<Self, Unusable> {
        config.check_arguments().map_err(refused)?;
        let (version, of_version) =
            tokio::try_join!(version(&config.binary), of_version(&config.binary))?;
        if version.is_too_old() {
            return Err(Unusable::TooOld {
                version: version.text,
            });
        }
        let socket = SocketPlace::prepare(config).map_err(refused)?;
        let surroundings = Surroundings {
            display,
            of_version,
        };
        let arguments = launch::arguments(config, surroundings, socket.path());
        let (ours, theirs) = UnixStream::pair().map_err(refused)?;
        ours.set_nonblocking(true).map_err(refused)?;
        let ours = tokio::net::UnixStream::from_std(ours).map_err(refused)?;
        let child = command(&config.binary)
            .args(&arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::from(OwnedFd::from(theirs)))
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| spawn_error(&config.binary, &error))?;
        Ok(Self {
            child,
            lifeline: tokio::spawn(hold(ours)),
            arguments,
            binary: config.binary.clone(),
            version: version.text,
            lacks_display: launch::lacks_display(config, display),
            socket,
        })
    }

    /// Waits until mpv has ended; may be dropped and called again.
    pub(super) async fn ended(&mut self) -> CloseCause {
        match self.child.wait().await {
            Ok(status) => cause(status),
            Err(error) => {
                tracing::warn!(%error, "the player cannot be waited for");
                CloseCause::Killed
            }
        }
    }

    /// Gives mpv a moment to end by itself, then ends it.
    pub(super) async fn end(&mut self) -> CloseCause {
        if let Ok(cause) = timeout(FAREWELL, self.ended()).await {
            return cause;
        }
        self.kill();
        self.ended().await
    }

    /// Closes our end of the lifeline, as our own end would.
    #[cfg(test)]
    pub(super) fn drop_lifeline(&self) {
        self.lifeline.abort();
    }

    /// Ends mpv at once, also a frozen one.
    pub(super) fn kill(&mut self) {
        if let Err(error) = self.child.start_kill() {
            tracing::debug!(%error, "the player ended before it could be killed");
        }
    }

    /// Why mpv ended before it answered: its last words, asked for by letting it fail once
    /// more, aloud.
    pub(super) async fn last_words(&self) -> Unusable {
        let arguments = launch::diagnosis(&self.arguments);
        let reason = match output(&self.binary, &arguments).await {
            // Without a complaint it prints its usage, having nothing to play.
            Ok(output) if output.status.success() => "it ended before it answered".to_owned(),
            Ok(output) => last_line(&output),
            Err(error) => error.to_string(),
        };
        Unusable::Refused {
            reason: clean(&reason, LAST_WORDS),
        }
    }
}

impl Drop for MpvProcess {
    fn drop(&mut self) {
        self.lifeline.abort();
    }
}

/// Keeps our end of the lifeline open and empty.
async fn hold(mut ours: tokio::net::UnixStream) {
    if let Err(error) = tokio::io::copy(&mut ours, &mut tokio::io::sink()).await {
        tracing::debug!(%error, "the player's lifeline broke");
    }
}

/// The program, in a process group of its own so that a Ctrl-C in the terminal is ours alone.
fn command(binary: &Path) -> Command {
    let mut command = Command::new(binary);
    // The room's password is no business of the player, nor of what it runs.
    command.env_remove(PASSWORD);
    // The relay is on this machine: no proxy of the member's can reach it.
    let settings = ProxySettings::of_process();
    for (name, value) in proxy_variables(&settings) {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    command.kill_on_drop(true).process_group(0);
    command
}

/// What the player finds in its environment in place of the member's variables, `None` for what
/// is taken out. What it fetches by itself is `YouTube` and thus `https://`: it takes the proxy
/// that the room's connection and the relay would take as well, or none.
fn proxy_variables(settings: &ProxySettings) -> Vec<(&'static str, Option<String>)> {
    // What cannot be used here would be read otherwise there.
    let unusable = settings.unusable().iter();
    let mut variables: Vec<_> = unusable.map(|it| (it.variable, None)).collect();
    let proxy = settings.for_https().map(str::to_owned);
    if proxy.is_some() {
        variables.push(("https_proxy", proxy.clone()));
    }
    // FFmpeg knows one variable for all addresses, and so is told the one that counts, if any.
    variables.push(("http_proxy", proxy));
    let hosts = settings.without_proxy();
    let hosts = match hosts {
        // A star among others is none for yt-dlp.
        _ if settings.is_off() => "*".to_owned(),
        "" => "127.0.0.1".to_owned(),
        hosts => format!("{hosts},127.0.0.1"),
    };
    variables.push((NO_PROXY, Some(hosts)));
    variables
}

/// Runs the program to its end and gives what it printed.
async fn output(binary: &Path, arguments: &[OsString]) -> io::Result<Output> {
    let running = command(binary)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?
        .wait_with_output();
    match timeout(ANSWER, running).await {
        Ok(output) => output,
        Err(_) => Err(io::Error::new(
            io::ErrorKind::TimedOut,
            "it neither answered nor ended",
        )),
    }
}

/// Which version the program is.
async fn version(binary: &Path) -> Result<Version, Unusable> {
    let output = output(binary, &["--version".into()])
        .await
        .map_err(|error| spawn_error(binary, &error))?;
    let text = String::from_utf8_lossy(&output.stdout);
    Version::parse(&text).ok_or_else(|| Unusable::Refused {
        reason: clean(&format!("{} is no mpv", binary.display()), LAST_WORDS),
    })
}

/// Which options are asked of the program whose names changed between versions.
async fn of_version(binary: &Path) -> Result<Vec<&'static str>, Unusable> {
    let arguments = ["--no-config".into(), "--list-options".into()];
    let output = output(binary, &arguments)
        .await
        .map_err(|error| spawn_error(binary, &error))?;
    Ok(launch::of_version(&String::from_utf8_lossy(&output.stdout)))
}

/// The last line that says something.
fn last_line(output: &Output) -> String {
    let said = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    let text = String::from_utf8_lossy(&said);
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut telling = lines.filter(|line| !line.starts_with("Exiting..."));
    telling
        .next_back()
        .unwrap_or("it ended without a word")
        .to_owned()
}

fn spawn_error(binary: &Path, error: &io::Error) -> Unusable {
    let name = clean(&binary.display().to_string(), LAST_WORDS);
    match error.kind() {
        io::ErrorKind::NotFound => Unusable::Missing { binary: name },
        _ => Unusable::Refused {
            reason: clean(&format!("{name}: {error}"), LAST_WORDS),
        },
    }
}

fn refused(error: impl std::error::Error) -> Unusable {
    Unusable::Refused {
        reason: clean(&error.to_string(), LAST_WORDS),
    }
}

fn cause(status: ExitStatus) -> CloseCause {
    match (status.signal(), status.code()) {
        (None, Some(0)) => CloseCause::Quit,
        (None, Some(code)) => CloseCause::Exit(code),
        _ => CloseCause::Killed,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{NO_PROXY, PASSWORD, ProxySettings, command, proxy_variables};

    #[test]
    fn the_rooms_password_is_not_handed_on() {
        let command = command(Path::new("mpv"));
        let mut changed = command.as_std().get_envs();
        assert!(changed.any(|(name, value)| name == PASSWORD && value.is_none()));
    }

    /// What is said of a variable, the last word last.
    fn given(set: &[(&str, &str)], name: &str) -> Vec<Option<String>> {
        let settings = ProxySettings::read(|name| {
            let found = set.iter().find(|(set, _)| *set == name);
            found.map(|(_, value)| value.into())
        });
        let all = proxy_variables(&settings).into_iter();
        let found = all.filter(|(given, _)| *given == name);
        found.map(|(_, value)| value).collect()
    }

    #[test]
    fn this_machine_is_reached_without_a_proxy_and_the_members_list_stays() {
        let hosts = |set: &[(&str, &str)]| given(set, NO_PROXY).pop().flatten().unwrap();
        assert_eq!(hosts(&[]), "127.0.0.1");
        assert_eq!(hosts(&[("NO_PROXY", "a.example")]), "a.example,127.0.0.1");
        assert_eq!(
            hosts(&[("no_proxy", "b"), ("NO_PROXY", "a")]),
            "a,127.0.0.1"
        );
        assert_eq!(hosts(&[("NO_PROXY", "*")]), "*");
        assert_eq!(hosts(&[("no_proxy", "a.example, *")]), "*");
        let mut command = command(Path::new("mpv"));
        command.arg("--version");
        let mut changed = command.as_std().get_envs();
        assert!(changed.any(|(name, value)| name == NO_PROXY && value.is_some()));
    }

    #[test]
    fn streams_go_through_the_proxy_for_https() {
        let of = |set: &[(&str, &str)]| given(set, "https_proxy").pop().flatten();
        let proxy = Some("http://proxy.example:3128".to_owned());
        assert_eq!(of(&[("HTTPS_PROXY", "http://proxy.example:3128")]), proxy);
        assert_eq!(of(&[("https_proxy", "proxy.example:3128")]), proxy);
        let both = [
            ("all_proxy", "http://proxy.example:3128"),
            ("https_proxy", ""),
        ];
        assert_eq!(of(&both), proxy);
        assert_eq!(of(&[("ALL_PROXY", "socks5://proxy.example:1080")]), None);
        assert_eq!(of(&[("http_proxy", "http://proxy.example:3128")]), None);
        assert_eq!(of(&[]), None);
        let http = [("http_proxy", "http://proxy.example:3128")];
        let taken_out = given(&http, "http_proxy");
        assert_eq!(taken_out, [None], "FFmpeg would take it for https, too");
    }

    #[test]
    fn a_proxy_that_cannot_be_used_is_not_handed_on() {
        for proxy in [
            "socks5://a.example:1080",
            "ftp://a.example",
            "http://a.example/x y",
        ] {
            for name in ["http_proxy", "https_proxy", "ALL_PROXY"] {
                assert!(
                    given(&[(name, proxy)], name).iter().all(Option::is_none),
                    "{name}={proxy}"
                );
                assert!(!given(&[(name, proxy)], name).is_empty(), "{name}={proxy}");
            }
        }
        let both = [
            ("http_proxy", "ftp://a.example"),
            ("ALL_PROXY", "b.example:1"),
        ];
        assert_eq!(
            given(&both, "http_proxy").pop().flatten().unwrap(),
            "http://b.example:1"
        );
    }
}
