//! Starts and ends mpv: asks for its version first, ties it to our process with a socket, and keeps
//! its last error message. Does not use the IPC connection.

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
use super::config::{BadArgument, PlayerConfig};
use super::launch::{self, Surroundings};
use super::runtimes;
use super::socket::{SocketError, SocketPlace};
use super::version::Version;
use crate::protocol::time::Span;
use crate::relay::ProxySettings;
use crate::sync::player::{CloseCause, Unusable};

/// How long mpv may take to print its version or options and end. It takes 0.1 s (measured); longer
/// with a cold disk or a loaded machine.
const ANSWER: Duration = Duration::from_secs(10);

/// How long mpv may take to end after it was asked to. It takes 20 ms (measured).
const FAREWELL: Duration = Duration::from_secs(2);

/// The variable in which a member may keep the room's password.
const PASSWORD: &str = "WATCHTOGETHER_PASSWORD";

/// The variables for hosts without a proxy. FFmpeg only reads the lower-case one; if both are set,
/// so does yt-dlp.
const NO_PROXY: &str = "no_proxy";

/// The variable that names the drivers from which SDL chooses.
const SDL_DRIVERS: &str = "SDL_VIDEODRIVER";

/// The longest error message that is reported, in characters (judgement: some lines of a terminal).
const LONGEST_ERROR: usize = 300;

/// A running mpv. Dropping it ends mpv.
#[derive(Debug)]
pub(super) struct MpvProcess {
    child: Child,
    /// Drains our end of the lifeline; aborted when this value is dropped.
    lifeline: tokio::task::JoinHandle<()>,
    arguments: Vec<OsString>,
    binary: std::path::PathBuf,
    /// Its version, as mpv prints it.
    pub(super) version: String,
    /// Whether it runs without a window because there is no display.
    pub(super) lacks_display: bool,
    /// Whether it was told to open its window at once.
    pub(super) has_window: bool,
    /// Its IPC socket, which is removed when this value is dropped.
    pub(super) socket: SocketPlace,
}

impl MpvProcess {
    /// Checks the program's version and starts it. `display` says whether a window can be opened.
    pub(super) async fn start(config: &PlayerConfig, display: bool) -> Result<Self, Unusable> {
        config
            .check_arguments()
            .map_err(|BadArgument(argument)| Unusable::NotAnOption {
                argument: clean(&argument, LONGEST_ERROR),
            })?;
        let named = async { Ok(runtimes::to_name(config).await) };
        let (version, of_version, runtime) =
            tokio::try_join!(version(&config.binary), of_version(&config.binary), named)?;
        if version.is_too_old() {
            return Err(Unusable::TooOld {
                version: version.text,
            });
        }
        let mut socket = SocketPlace::prepare(config).map_err(no_socket)?;
        let ytdl_file = match &config.ytdl_options {
            options if options.is_empty() => None,
            options => {
                let written = socket.keep_options(config, &options.file());
                Some(written.map_err(no_socket)?)
            }
        };
        let surroundings = Surroundings {
            display,
            of_version,
            runtime,
            ytdl_file,
        };
        let has_window = launch::opens_window(config, display);
        let arguments = launch::arguments(config, surroundings, socket.path());
        let (ours, theirs) = lifeline().map_err(|error| not_started(&config.binary, &error))?;
        let child = command(&config.binary)
            .args(&arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::from(OwnedFd::from(theirs)))
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| not_started(&config.binary, &error))?;
        Ok(Self {
            child,
            lifeline: tokio::spawn(hold(ours)),
            arguments,
            binary: config.binary.clone(),
            version: version.text,
            lacks_display: launch::lacks_display(config, display),
            has_window,
            socket,
        })
    }

    /// Waits until mpv has ended; cancel safe.
    pub(super) async fn ended(&mut self) -> CloseCause {
        match self.child.wait().await {
            Ok(status) => cause(status),
            Err(error) => {
                tracing::warn!(%error, "the player cannot be waited for");
                CloseCause::Killed
            }
        }
    }

    /// Waits briefly for mpv to end by itself, then kills it.
    pub(super) async fn end(&mut self) -> CloseCause {
        if let Ok(cause) = timeout(FAREWELL, self.ended()).await {
            return cause;
        }
        self.kill();
        self.ended().await
    }

    /// Closes our end of the lifeline, as the end of our process would.
    #[cfg(test)]
    pub(super) fn drop_lifeline(&self) {
        self.lifeline.abort();
    }

    /// Kills mpv at once, even if it is frozen.
    pub(super) fn kill(&mut self) {
        if let Err(error) = self.child.start_kill() {
            tracing::debug!(%error, "the player ended before it could be killed");
        }
    }

    /// Why mpv ended before it answered: runs it again with its error messages enabled and returns
    /// the last one.
    pub(super) async fn last_error(&self) -> Unusable {
        let arguments = launch::diagnosis(&self.arguments);
        match output(&self.binary, &arguments).await {
            // It prints its usage, since it has nothing to play: there was no error this time.
            Ok(output) if output.status.success() => Unusable::Silent,
            Ok(output) => last_line(&output).map_or(Unusable::Silent, |reason| Unusable::Refused {
                reason: clean(&reason, LONGEST_ERROR),
            }),
            Err(unusable) => unusable,
        }
    }
}

impl Drop for MpvProcess {
    fn drop(&mut self) {
        self.lifeline.abort();
    }
}

/// The two ends of a lifeline: ours and mpv's.
fn lifeline() -> io::Result<(tokio::net::UnixStream, UnixStream)> {
    let (ours, theirs) = UnixStream::pair()?;
    ours.set_nonblocking(true)?;
    Ok((tokio::net::UnixStream::from_std(ours)?, theirs))
}

/// Keeps our end of the lifeline open and empty.
async fn hold(mut ours: tokio::net::UnixStream) {
    if let Err(error) = tokio::io::copy(&mut ours, &mut tokio::io::sink()).await {
        tracing::debug!(%error, "the player's lifeline broke");
    }
}

/// The program, in a process group of its own so that a Ctrl-C in the terminal only reaches us.
pub(super) fn command(binary: &Path) -> Command {
    let mut command = Command::new(binary);
    // Neither the player nor the programs that it runs need the room's password.
    command.env_remove(PASSWORD);
    // The relay is on this machine: no proxy could reach it.
    let settings = ProxySettings::of_process();
    for (name, value) in proxy_variables(&settings) {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    // Of drivers that show nothing SDL would take one, where it may not use the display, and mpv
    // would report a window (0.35.1).
    if cfg!(target_os = "linux") && std::env::var_os(SDL_DRIVERS).is_none() {
        command.env(SDL_DRIVERS, "wayland,x11");
    }
    command.kill_on_drop(true).process_group(0);
    command
}

/// The proxy variables for the player's environment; `None` removes a variable. What the player
/// fetches by itself is `YouTube`, so `https://`: it uses the same proxy as the room's connection
/// and the relay, or none.
fn proxy_variables(settings: &ProxySettings) -> Vec<(&'static str, Option<String>)> {
    // mpv and yt-dlp would interpret an unusable value differently.
    let unusable = settings.unusable().iter();
    let mut variables: Vec<_> = unusable.map(|it| (it.variable, None)).collect();
    let proxy = settings.for_https().map(str::to_owned);
    if proxy.is_some() {
        variables.push(("https_proxy", proxy.clone()));
    }
    // FFmpeg uses one variable for all addresses, so it gets the one that applies, if any.
    variables.push(("http_proxy", proxy));
    let hosts = settings.without_proxy();
    let hosts = match hosts {
        // yt-dlp ignores a `*` in a longer list.
        _ if settings.is_off() => "*".to_owned(),
        "" => "127.0.0.1".to_owned(),
        hosts => format!("{hosts},127.0.0.1"),
    };
    variables.push((NO_PROXY, Some(hosts)));
    variables
}

/// Runs the program to its end and returns its output.
async fn output(binary: &Path, arguments: &[OsString]) -> Result<Output, Unusable> {
    let not_started = |error| not_started(binary, &error);
    let running = command(binary)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(not_started)?
        .wait_with_output();
    match timeout(ANSWER, running).await {
        Ok(output) => output.map_err(not_started),
        Err(_) => Err(no_answer(ANSWER)),
    }
}

/// The version of the program; an error if it cannot be run or is no mpv.
async fn version(binary: &Path) -> Result<Version, Unusable> {
    let output = output(binary, &["--version".into()]).await?;
    let text = String::from_utf8_lossy(&output.stdout);
    Version::parse(&text).ok_or_else(|| Unusable::NotMpv {
        binary: shown(binary),
    })
}

/// The options for this program whose names changed between versions.
async fn of_version(binary: &Path) -> Result<Vec<&'static str>, Unusable> {
    let arguments = ["--no-config".into(), "--list-options".into()];
    let output = output(binary, &arguments).await?;
    Ok(launch::of_version(&String::from_utf8_lossy(&output.stdout)))
}

/// The last line of the output, empty ones and mpv's "Exiting..." aside; `None` if there is none.
fn last_line(output: &Output) -> Option<String> {
    let printed = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    let text = String::from_utf8_lossy(&printed);
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut telling_lines = lines.filter(|line| !line.starts_with("Exiting..."));
    telling_lines.next_back().map(str::to_owned)
}

/// The system does not start the program.
fn not_started(binary: &Path, error: &io::Error) -> Unusable {
    let binary = shown(binary);
    match error.kind() {
        io::ErrorKind::NotFound => Unusable::Missing { binary },
        _ => Unusable::System {
            binary,
            fault: error.into(),
        },
    }
}

/// The program did not answer for so long.
pub(super) fn no_answer(within: Duration) -> Unusable {
    Unusable::NoAnswer {
        within: Span::from_seconds(within.as_secs_f64()),
    }
}

fn no_socket(SocketError { path, fault }: SocketError) -> Unusable {
    Unusable::Socket {
        path: shown(&path),
        fault,
    }
}

/// A path as it is reported.
fn shown(path: &Path) -> String {
    clean(&path.display().to_string(), LONGEST_ERROR)
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

    /// The settings of a variable in order; the last one counts.
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
