//! The options that mpv is started with. They contain nothing from the room: links and texts only
//! go over the IPC connection.
//!
//! First come ours that the member may override, then the member's, then those that playing
//! together or our control of the process depends on (mpv uses the last of each).

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::config::PlayerConfig;
use super::runtimes;
use crate::doctor::runtime::Runtime;

/// The environment in which mpv is to run.
#[derive(Debug, Clone)]
pub(super) struct Surroundings {
    /// Whether a window can be opened.
    pub(super) display: bool,
    /// Options for this mpv whose names changed between versions.
    pub(super) of_version: Vec<&'static str>,
    /// The JavaScript runtime that is named to yt-dlp.
    pub(super) runtime: Option<Runtime>,
    /// The file with the options for yt-dlp, if there are any.
    pub(super) ytdl_file: Option<PathBuf>,
}

/// Options whose names changed between versions, each with its value; mpv refuses to start with an
/// unknown one. They leave the focus in the terminal. What is dropped on the window always takes the
/// place of what plays, and is never appended: the observer undoes that, and offers a link to the
/// room. With `no` it would never hear of it.
const OF_VERSION: &[(&str, &str)] = &[
    ("--focus-on-open", "--focus-on-open=no"),
    ("--focus-on", "--focus-on=never"),
    ("--drag-and-drop", "--drag-and-drop=replace"),
];

/// Those of [`OF_VERSION`] that are in a program's list of options.
pub(super) fn of_version(list: &str) -> Vec<&'static str> {
    let names: Vec<&str> = list
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    let known = OF_VERSION.iter().filter(|(name, _)| names.contains(name));
    known.map(|(_, option)| *option).collect()
}

/// Options that the member may override.
const OURS: &[&str] = &[
    "--hr-seek=yes",
    "--video-sync=audio",
    // 0.35.1 reacts to a missing audio device by playing without the audio clock; the null output
    // keeps the clock (measured).
    "--audio-fallback-to-null=yes",
    "--autoload-files=no",
    // The keys that wait while a picture is drawn. With the default of 7, letters of the chat line
    // were lost on a busy machine (0.35.1).
    "--input-key-fifo-size=200",
    // 0.35.1 accepts any certificate by default. A member may trust their own server.
    "--tls-verify=yes",
    // The default is 60 s, for which a server that accepts and never answers would stop the room. A
    // working server sends something within 10 s.
    "--network-timeout=10",
    // The default of ytdl_hook with a limit: more pixels than most screens have only cost
    // buffering.
    "--ytdl-format=bestvideo[height<=?1080]+bestaudio/best",
];

/// Options for a player without a video output.
const SOUND_ONLY: &[&str] = &[
    "--video=no",
    "--vo=null",
    "--force-window=no",
    "--ytdl-format=bestaudio/best",
];

/// Options that come last, so that the member's do not override them.
const FIRM: &[&str] = &[
    "--idle=yes",
    "--no-terminal",
    "--keep-open=yes",
    // Otherwise mpv pauses itself at the end, which would look like the member's action.
    "--keep-open-pause=no",
    "--resume-playback=no",
    "--save-position-on-quit=no",
    "--loop-file=no",
    "--loop-playlist=no",
    // A speed in the member's mpv.conf would apply before the first order, and be taken for the
    // member's action. The room sets the speed.
    "--speed=1",
    // Time stamps that do not begin at 0 would put this member at a different position.
    "--rebase-start-time=yes",
    // Only media formats are read, and only from web servers. Otherwise an SDP file binds UDP ports
    // on every address of the machine, and a list of files reaches into the member's network (all
    // tried on 0.35.1). Appended one by one, since they contain commas.
    concat!(
        "--demuxer-lavf-o-append=format_whitelist=",
        "mov,mp4,matroska,webm,avi,mpegts,mpeg,ogg,flv,asf,hls,dash,",
        "mp3,aac,ac3,eac3,flac,wav,w64,srt,ass,webvtt"
    ),
    "--demuxer-lavf-o-append=protocol_whitelist=http,https,tcp,tls,httpproxy,crypto,data",
    // FFmpeg's security fixes refuse segments of an HLS list whose names do not match their format,
    // such as audio in MPEG-TS named `.aac` or video named `.jpg` (Debian's 5.1.9). The list of
    // formats above limits what they may contain. An FFmpeg that does not know these two options
    // ignores them.
    "--demuxer-lavf-o-append=extension_picky=0",
    "--demuxer-lavf-o-append=allowed_segment_extensions=ALL",
    // The relay marks a growing list that keeps all of its segments, so that it begins at its
    // start.
    "--demuxer-lavf-o-append=prefer_x_start=1",
    "--stream-lavf-o-append=protocol_whitelist=http,https,tcp,tls,httpproxy",
    "--load-unsafe-playlists=no",
    "--ytdl=yes",
    // yt-dlp's own configuration could contain anything, `--exec` included. Appended, so that the
    // member's `--ytdl-raw-options=cookies-from-browser=...` stays.
    "--ytdl-raw-options-append=ignore-config=",
    // The empty window has a text of ours, and not "Drop files or URLs to play here".
    "--script-opts-append=osc-idlescreen=no",
    // yt-dlp only runs on a `ytdl://` address: never on a direct link that mpv fails to open.
    // (Setting the `ytdl` option before each load reloads mpv's script: of 60 YouTube loads right
    // after that, 3 missed it on 0.35.1.)
    "--script-opts-append=ytdl_hook-exclude=.",
    // With "no" the script runs yt-dlp a second time whenever it failed (0.35.1, 3 of 3).
    "--script-opts-append=ytdl_hook-try_ytdl_first=yes",
    // The lifeline: our end of this socket is mpv's standard output, and mpv ends when it closes,
    // even if we are killed. Standard input would work too, but mpv closes it by mistake when it
    // finds no display (0.35.1).
    "--input-ipc-client=fd://1",
];

/// Names of options with which the member chooses the video output.
const PICTURE: &[&str] = &[
    "--vo",
    "--video",
    "--no-video",
    "--vid",
    "--no-vid",
    "--gpu-context",
];

/// All arguments for mpv, with its IPC socket at `socket`.
pub(super) fn arguments(
    config: &PlayerConfig,
    surroundings: Surroundings,
    socket: &Path,
) -> Vec<OsString> {
    let mut arguments: Vec<OsString> = OURS.iter().map(OsString::from).collect();
    if is_sound_only(config, surroundings.display) {
        arguments.extend(SOUND_ONLY.iter().map(OsString::from));
    } else {
        arguments.push("--force-window=yes".into());
    }
    let scripts = if config.loads_scripts { "yes" } else { "no" };
    arguments.push(format!("--load-scripts={scripts}").into());
    arguments.extend(surroundings.of_version.into_iter().map(OsString::from));
    let runtime = surroundings.runtime.map(runtimes::option);
    arguments.extend(runtime.map(OsString::from));
    arguments.extend(config.extra_args.iter().map(OsString::from));
    arguments.extend(FIRM.iter().map(OsString::from));
    if let Some(file) = &surroundings.ytdl_file {
        arguments.extend(config.ytdl_options.for_mpv(file));
    }
    if let Some(path) = &config.ytdl_path {
        arguments.push(joined("--script-opts-append=ytdl_hook-ytdl_path=", path));
    }
    arguments.push(joined("--input-ipc-server=", socket));
    arguments
}

/// The same without the lifeline, and with messages enabled, to find out why mpv does not start:
/// `--no-terminal` hides them.
pub(super) fn diagnosis(arguments: &[OsString]) -> Vec<OsString> {
    let quiet = |argument: &&OsString| {
        let text = argument.to_string_lossy();
        !text.starts_with("--input-ipc-") && text != "--no-terminal"
    };
    let mut arguments: Vec<OsString> = arguments.iter().filter(quiet).cloned().collect();
    arguments.extend(
        [
            "--terminal=yes",
            "--input-terminal=no",
            "--quiet",
            "--idle=no",
        ]
        .map(OsString::from),
    );
    arguments
}

/// Whether it plays without a picture.
fn is_sound_only(config: &PlayerConfig, display: bool) -> bool {
    config.audio_only || lacks_display(config, display)
}

/// Whether it opens a window as soon as it runs, unless none can be opened.
pub(super) fn opens_window(config: &PlayerConfig, display: bool) -> bool {
    let mut arguments = config.extra_args.iter();
    let is_chosen = arguments.any(|argument| argument.contains("force-window"));
    !is_chosen && !is_sound_only(config, display)
}

/// Whether there is no picture because there is no display, and not by the member's choice.
pub(super) fn lacks_display(config: &PlayerConfig, display: bool) -> bool {
    let chosen = config.extra_args.iter().any(|argument| {
        let name = argument.split('=').next().unwrap_or_default();
        PICTURE.contains(&name)
    });
    !display && !chosen && !config.audio_only
}

fn joined(option: &str, path: &Path) -> OsString {
    let mut argument = OsString::from(option);
    argument.push(path);
    argument
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;
    use std::path::{Path, PathBuf};
    use std::time::Instant;

    use super::{Surroundings, arguments, diagnosis, lacks_display, of_version};
    use crate::doctor::runtime::Runtime;
    use crate::player::config::PlayerConfig;

    fn place(display: bool) -> Surroundings {
        Surroundings {
            display,
            of_version: vec!["--focus-on-open=no"],
            runtime: Some(Runtime::Node),
            ytdl_file: Some(PathBuf::from("/run/a/yt-dlp.conf")),
        }
    }

    fn argument_texts(config: &PlayerConfig, display: bool) -> Vec<String> {
        let arguments = arguments(config, place(display), Path::new("/run/a/mpv"));
        arguments
            .into_iter()
            .map(|argument| argument.into_string().unwrap())
            .collect()
    }

    fn at(arguments: &[String], wanted: &str) -> usize {
        arguments
            .iter()
            .position(|argument| argument == wanted)
            .unwrap()
    }

    #[test]
    fn the_members_options_win_over_ours_but_not_over_our_hold() {
        let mut config = PlayerConfig::new(Instant::now());
        config.extra_args = vec!["--hr-seek=no".to_owned()];
        let arguments = argument_texts(&config, true);
        let members = at(&arguments, "--hr-seek=no");
        assert!(at(&arguments, "--hr-seek=yes") < members);
        for firm in [
            "--keep-open-pause=no",
            "--input-ipc-client=fd://1",
            "--input-ipc-server=/run/a/mpv",
        ] {
            assert!(members < at(&arguments, firm), "{firm}");
        }
    }

    #[test]
    fn a_javascript_runtime_that_was_found_is_named_to_yt_dlp_before_the_members_own_options() {
        let mut config = PlayerConfig::new(Instant::now());
        config.extra_args = vec!["--ytdl-raw-options-append=proxy=".to_owned()];
        let arguments = argument_texts(&config, true);
        let named = at(&arguments, "--ytdl-raw-options-append=js-runtimes=node");
        assert!(named < at(&arguments, "--ytdl-raw-options-append=proxy="));
    }

    #[test]
    fn the_settings_for_yt_dlp_are_named_by_their_file_and_not_told() {
        let mut config = PlayerConfig::new(Instant::now());
        let secret = ("proxy".to_owned(), "http://ada:secret@h:1".to_owned());
        config.ytdl_options = std::iter::once(secret).collect();
        let arguments = argument_texts(&config, true);
        at(&arguments, "--ytdl-raw-options-remove=proxy");
        at(
            &arguments,
            "--ytdl-raw-options-append=config-locations=/run/a/yt-dlp.conf",
        );
        assert!(
            !arguments.iter().any(|it| it.contains("secret")),
            "{arguments:?}"
        );
    }

    #[test]
    fn without_a_display_there_is_sound_only_unless_the_member_chose() {
        let mut config = PlayerConfig::new(Instant::now());
        assert!(argument_texts(&config, false).contains(&"--video=no".to_owned()));
        assert!(lacks_display(&config, false) && !lacks_display(&config, true));
        config.extra_args = vec!["--vo=null".to_owned()];
        assert!(!argument_texts(&config, false).contains(&"--video=no".to_owned()));
        assert!(!lacks_display(&config, false));
        config.extra_args.clear();
        config.audio_only = true;
        assert!(argument_texts(&config, true).contains(&"--video=no".to_owned()));
        assert!(!lacks_display(&config, false), "it is on purpose");
    }

    #[test]
    fn only_options_that_this_mpv_knows_are_used() {
        let old = " --focus-on-open   Flag (default: yes)\n --fs   Flag (default: no)";
        assert_eq!(of_version(old), ["--focus-on-open=no"]);
        let new = " --drag-and-drop   Choices: no auto replace\n --focus-on  Choices: never open";
        assert_eq!(
            of_version(new),
            ["--focus-on=never", "--drag-and-drop=replace"]
        );
        assert!(of_version("").is_empty());
    }

    #[test]
    fn what_a_link_may_reach_is_not_for_the_member_to_widen() {
        let mut config = PlayerConfig::new(Instant::now());
        let widened = "--demuxer-lavf-o=protocol_whitelist=file";
        config.extra_args = vec![widened.to_owned(), "--tls-verify=no".to_owned()];
        let arguments = argument_texts(&config, true);
        let ours = |start: &str| {
            let found = arguments.iter().rposition(|it| it.starts_with(start));
            found.unwrap()
        };
        assert!(ours("--demuxer-lavf-o-append=format_whitelist=") > at(&arguments, widened));
        assert!(ours("--stream-lavf-o-append=protocol_whitelist=") > at(&arguments, widened));
        assert!(at(&arguments, "--tls-verify=no") > at(&arguments, "--tls-verify=yes"));
    }

    #[test]
    fn the_resolver_is_passed_as_one_argument() {
        let mut config = PlayerConfig::new(Instant::now());
        config.ytdl_path = Some(PathBuf::from("/opt/a,b=c/yt-dlp"));
        let expected = "--script-opts-append=ytdl_hook-ytdl_path=/opt/a,b=c/yt-dlp".to_owned();
        assert!(argument_texts(&config, true).contains(&expected));
    }

    #[test]
    fn a_diagnosis_takes_no_socket_and_does_not_idle() {
        let config = PlayerConfig::new(Instant::now());
        let arguments = diagnosis(&arguments(&config, place(true), Path::new("/run/a/mpv")));
        assert!(
            !arguments
                .iter()
                .any(|a| a.to_string_lossy().contains("ipc"))
        );
        assert_eq!(arguments.last(), Some(&OsString::from("--idle=no")));
    }
}
