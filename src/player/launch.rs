//! The options mpv is started with. Nothing that a room says is among them: links and texts
//! go over the IPC connection only.
//!
//! Ours that the member may override come first, then the member's, then those that playing
//! together or our hold on the process depends on (mpv takes the last of each).

use std::ffi::OsString;
use std::path::Path;

use super::config::PlayerConfig;

/// What the place where mpv shall run looks like.
#[derive(Debug, Clone, Copy)]
pub(super) struct Surroundings {
    /// Whether a window can be opened.
    pub(super) display: bool,
    /// The option of this mpv that leaves the focus in the terminal, if it has one.
    pub(super) focus: Option<&'static str>,
}

/// Options that the member may override.
const OURS: &[&str] = &[
    "--hr-seek=yes",
    "--video-sync=audio",
    // 0.35.1 answers a missing sound device by playing without the audio clock; the null
    // output keeps it (measured).
    "--audio-fallback-to-null=yes",
    "--load-scripts=no",
    "--autoload-files=no",
    // What ytdl_hook asks for by itself, but bounded: more pixels than most screens have
    // only cost buffering.
    "--ytdl-format=bestvideo[height<=?1080]+bestaudio/best",
];

/// Options for a player without a picture.
const SOUND_ONLY: &[&str] = &[
    "--video=no",
    "--vo=null",
    "--force-window=no",
    "--ytdl-format=bestaudio/best",
];

/// Options that hold whatever the member says.
const FIRM: &[&str] = &[
    "--idle=yes",
    "--no-terminal",
    "--keep-open=yes",
    // Else mpv pauses itself at the end, which would look like the member's own act.
    "--keep-open-pause=no",
    "--resume-playback=no",
    "--save-position-on-quit=no",
    "--loop-file=no",
    "--load-unsafe-playlists=no",
    "--ytdl=yes",
    // yt-dlp's own configuration could contain anything, `--exec` included. Appended, so that
    // the member's `--ytdl-raw-options=cookies-from-browser=...` stays.
    "--ytdl-raw-options-append=ignore-config=",
    // yt-dlp runs only on what is handed to it as `ytdl://`: never on a direct link that mpv
    // fails to open. (Setting the `ytdl` option before each load reloads mpv's script: of 60
    // YouTube loads right after, 3 missed it on 0.35.1.)
    "--script-opts-append=ytdl_hook-exclude=.",
    "--script-opts-append=ytdl_hook-try_ytdl_first=no",
    // The lifeline: our end of this socket is mpv's standard output, and mpv ends when it
    // closes, also when we are killed. Standard input would do, but mpv closes that one by
    // mistake when it finds no display (0.35.1).
    "--input-ipc-client=fd://1",
];

/// Option names with which the member chooses the picture.
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
    if config.audio_only || lacks_display(config, surroundings.display) {
        arguments.extend(SOUND_ONLY.iter().map(OsString::from));
    } else {
        arguments.push("--force-window=yes".into());
    }
    arguments.extend(surroundings.focus.map(OsString::from));
    arguments.extend(config.extra_args.iter().map(OsString::from));
    arguments.extend(FIRM.iter().map(OsString::from));
    if let Some(path) = &config.ytdl_path {
        arguments.push(joined("--script-opts-append=ytdl_hook-ytdl_path=", path));
    }
    arguments.push(joined("--input-ipc-server=", socket));
    arguments
}

/// The same without our hold on the process, made to complain aloud and end: for finding
/// out why mpv does not start, since `--no-terminal` keeps silent about it.
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

/// Whether the picture is missing because there is no display, and not by the member's choice.
pub(super) fn lacks_display(config: &PlayerConfig, display: bool) -> bool {
    let chosen = config.extra_args.iter().any(|argument| {
        let name = argument.split('=').next().unwrap_or_default();
        PICTURE.contains(&name)
    });
    !display && !chosen && !config.audio_only
}

/// Whether a window can be opened here.
pub(super) fn has_display() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    cfg!(target_os = "macos") || set("DISPLAY") || set("WAYLAND_DISPLAY")
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

    use super::{Surroundings, arguments, diagnosis, lacks_display};
    use crate::player::config::PlayerConfig;

    fn place(display: bool) -> Surroundings {
        Surroundings {
            display,
            focus: Some("--focus-on-open=no"),
        }
    }

    fn told(config: &PlayerConfig, display: bool) -> Vec<String> {
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
        let arguments = told(&config, true);
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
    fn without_a_display_there_is_sound_only_unless_the_member_chose() {
        let mut config = PlayerConfig::new(Instant::now());
        assert!(told(&config, false).contains(&"--video=no".to_owned()));
        assert!(lacks_display(&config, false) && !lacks_display(&config, true));
        config.extra_args = vec!["--vo=null".to_owned()];
        assert!(!told(&config, false).contains(&"--video=no".to_owned()));
        assert!(!lacks_display(&config, false));
        config.extra_args.clear();
        config.audio_only = true;
        assert!(told(&config, true).contains(&"--video=no".to_owned()));
        assert!(!lacks_display(&config, false), "it is on purpose");
    }

    #[test]
    fn the_resolver_is_passed_as_one_argument() {
        let mut config = PlayerConfig::new(Instant::now());
        config.ytdl_path = Some(PathBuf::from("/opt/a,b=c/yt-dlp"));
        let expected = "--script-opts-append=ytdl_hook-ytdl_path=/opt/a,b=c/yt-dlp".to_owned();
        assert!(told(&config, true).contains(&expected));
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
