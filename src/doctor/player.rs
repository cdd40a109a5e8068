//! mpv: whether it starts and answers, what FFmpeg it uses, and where picture and sound go.

use super::Verdict;
use super::system::{System, quoted};
use crate::sync::player::{Lack, SocketFault, Unusable};

/// The first FFmpeg that asks web servers for bounded ranges, as (major, minor) (its change log).
const BOUNDED_RANGES: (u32, u32) = (8, 1);

/// Prints every setting, and the file or variable that it comes from.
const OWN_SETTINGS: &str = "watchtogether config";

/// What was found out about mpv.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlayerFacts {
    /// The version that its running process told, or why there is none.
    pub started: Result<String, Unusable>,
    /// FFmpeg's version, as `mpv --version` prints it; `None` if it prints none.
    pub ffmpeg: Option<String>,
    /// Whether a window can be opened.
    pub display: bool,
    /// Whether this is a terminal of another computer.
    pub over_ssh: bool,
    /// The sound output that opened, such as `pipewire`; `None` if none did.
    pub sound: Option<String>,
}

/// What a check of mpv found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlayerFinding {
    /// It starts and answers.
    Answers {
        /// Its version.
        version: String,
    },
    /// It cannot be used.
    Unusable(Unusable),
    /// FFmpeg asks for bounded ranges, which YouTube's servers want.
    BoundedRanges {
        /// FFmpeg's version.
        ffmpeg: String,
    },
    /// FFmpeg asks for open ranges, which some of YouTube's servers refuse.
    OpenRanges {
        /// FFmpeg's version.
        ffmpeg: String,
    },
    /// Picture and sound work.
    PictureAndSound {
        /// The sound output.
        sound: String,
    },
    /// There is no picture, no sound, or neither.
    Lacks {
        /// What there is not.
        lack: Lack,
        /// Whether this is a terminal of another computer.
        over_ssh: bool,
    },
}

impl PlayerFinding {
    /// How much it matters.
    #[must_use]
    pub const fn verdict(&self) -> Verdict {
        match self {
            Self::Answers { .. } | Self::BoundedRanges { .. } | Self::PictureAndSound { .. } => {
                Verdict::Ok
            }
            Self::OpenRanges { .. }
            | Self::Lacks {
                lack: Lack::Display | Lack::Sound,
                ..
            } => Verdict::Warning,
            Self::Unusable(_)
            | Self::Lacks {
                lack: Lack::Both, ..
            } => Verdict::Failure,
        }
    }

    /// The name of its check, for scripts.
    pub(super) const fn check(&self) -> &'static str {
        match self {
            Self::Answers { .. } | Self::Unusable(_) => "mpv",
            Self::BoundedRanges { .. } | Self::OpenRanges { .. } => "ffmpeg",
            Self::PictureAndSound { .. } | Self::Lacks { .. } => "output",
        }
    }

    /// What mends it, as [`super::Finding::remedy`] says.
    pub(super) fn remedy(&self, system: &System) -> Option<String> {
        match self {
            Self::Unusable(why) => unusable(why, system),
            Self::OpenRanges { .. } => Some(system.upgrade_ffmpeg()),
            Self::Lacks { lack, over_ssh } => Some(lacks(*lack, *over_ssh, system)),
            Self::Answers { .. } | Self::BoundedRanges { .. } | Self::PictureAndSound { .. } => {
                None
            }
        }
    }
}

/// What mends an mpv that does not start. No command closes another player: it may be a film that
/// somebody watches.
fn unusable(why: &Unusable, system: &System) -> Option<String> {
    Some(match why {
        Unusable::Missing { .. } | Unusable::NotMpv { .. } => system.install_mpv(),
        Unusable::TooOld { .. } => system.upgrade_mpv(),
        // Its own settings are the member's, who may want them back.
        Unusable::Refused { .. } => "mv ~/.config/mpv ~/.config/mpv.off".to_owned(),
        Unusable::Silent | Unusable::NoAnswer { .. } | Unusable::System { .. } => {
            system.reinstall_mpv()
        }
        // It shows where the option or the path was set.
        Unusable::NotAnOption { .. } => OWN_SETTINGS.to_owned(),
        Unusable::Socket { path, fault } => match fault {
            SocketFault::Taken => format!("rm {}", quoted(path)),
            SocketFault::InUse => return None,
            SocketFault::NoFolder => format!("mkdir -p {}", quoted(path)),
            SocketFault::TooLong | SocketFault::System(_) => OWN_SETTINGS.to_owned(),
        },
    })
}

/// What gives a player the picture or the sound that it lacks. Over ssh there is none of the
/// computer in front of the member.
fn lacks(lack: Lack, over_ssh: bool, system: &System) -> String {
    match lack {
        _ if over_ssh => "exit\nwatchtogether doctor".to_owned(),
        Lack::Display => "watchtogether join ROOM --audio-only".to_owned(),
        Lack::Sound | Lack::Both => system.start_sound(),
    }
}

/// What the facts come to.
#[must_use]
pub fn findings(facts: &PlayerFacts) -> Vec<PlayerFinding> {
    let version = match &facts.started {
        Ok(version) => version.clone(),
        Err(why) => return vec![PlayerFinding::Unusable(why.clone())],
    };
    let mut findings = vec![PlayerFinding::Answers { version }];
    findings.extend(facts.ffmpeg.clone().map(ranges));
    let lack = match (facts.display, &facts.sound) {
        (true, Some(sound)) => {
            let sound = sound.clone();
            findings.push(PlayerFinding::PictureAndSound { sound });
            return findings;
        }
        (false, Some(_)) => Lack::Display,
        (true, None) => Lack::Sound,
        (false, None) => Lack::Both,
    };
    let over_ssh = facts.over_ssh;
    findings.push(PlayerFinding::Lacks { lack, over_ssh });
    findings
}

/// Which ranges FFmpeg of this version asks web servers for.
#[must_use]
pub fn ranges(ffmpeg: String) -> PlayerFinding {
    if asks_for_bounded_ranges(&ffmpeg) {
        PlayerFinding::BoundedRanges { ffmpeg }
    } else {
        PlayerFinding::OpenRanges { ffmpeg }
    }
}

/// The version in the line `FFmpeg version: 5.1.9-0+deb12u1` of what `mpv --version` prints.
#[must_use]
pub fn ffmpeg_version(printed: &str) -> Option<String> {
    let version = printed
        .lines()
        .find_map(|line| line.trim().strip_prefix("FFmpeg version: "))?;
    let version: String = version
        .chars()
        .filter(char::is_ascii_graphic)
        .take(40)
        .collect();
    (!version.is_empty()).then_some(version)
}

/// Whether an FFmpeg is new enough. A build from its repository (`N-118000-g...`) is.
fn asks_for_bounded_ranges(version: &str) -> bool {
    let version = version.trim_start_matches('n');
    let mut numbers = version.split(|c: char| !c.is_ascii_digit());
    let mut number = || numbers.next().and_then(|text| text.parse::<u32>().ok());
    match number() {
        Some(major) => (major, number().unwrap_or(0)) >= BOUNDED_RANGES,
        None => version.starts_with("N-") || version.starts_with("git-"),
    }
}

#[cfg(test)]
mod tests {
    use super::{asks_for_bounded_ranges, ffmpeg_version};

    #[test]
    fn mpvs_own_lines_name_ffmpeg() {
        let text = "mpv 0.35.1\n   libavutil 57\nFFmpeg version: 5.1.9-0+deb12u1\n";
        assert_eq!(ffmpeg_version(text).as_deref(), Some("5.1.9-0+deb12u1"));
        assert_eq!(ffmpeg_version("mpv 0.35.1"), None);
    }

    #[test]
    fn ffmpegs_version_says_which_ranges_it_asks_for() {
        for (version, bounded) in [
            ("5.1.9-0+deb12u1", false),
            ("7.1", false),
            ("8.0.1", false),
            ("8.1", true),
            ("n8.1.2", true),
            ("9.0", true),
            ("N-121000-gabcdef", true),
            ("", false),
        ] {
            assert_eq!(asks_for_bounded_ranges(version), bounded, "{version}");
        }
    }
}
