//! Clips with picture and sound, made by ffmpeg when a test first asks for them.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// A clip to play.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Clip {
    /// H.264 and AAC in MP4, 60 s.
    Mp4,
    /// VP8 and Vorbis in WebM, 60 s.
    Webm,
    /// Theora and Vorbis in Ogg, 60 s.
    Ogg,
    /// H.264 and AAC in MP4, 4 s.
    Short,
}

impl Clip {
    /// The file's name.
    pub(crate) fn file_name(self) -> &'static str {
        match self {
            Self::Mp4 => "film.mp4",
            Self::Webm => "film.webm",
            Self::Ogg => "film.ogg",
            Self::Short => "short.mp4",
        }
    }

    fn seconds(self) -> u32 {
        match self {
            Self::Short => 4,
            Self::Mp4 | Self::Webm | Self::Ogg => 60,
        }
    }

    fn codecs(self) -> &'static [&'static str] {
        match self {
            Self::Mp4 | Self::Short => &[
                "-c:v",
                "libx264",
                "-preset",
                "ultrafast",
                "-pix_fmt",
                "yuv420p",
                "-g",
                "50",
                "-c:a",
                "aac",
                "-movflags",
                "+faststart",
            ],
            Self::Webm => &[
                "-c:v",
                "libvpx",
                "-deadline",
                "realtime",
                "-cpu-used",
                "8",
                "-g",
                "50",
                "-c:a",
                "libvorbis",
            ],
            Self::Ogg => &["-c:v", "libtheora", "-g", "50", "-c:a", "libvorbis"],
        }
    }
}

/// The folder that holds these clips, each made if it is not there yet. Clips are kept
/// between runs; processes that make the same one at once do not disturb each other.
pub(crate) fn folder_with(clips: &[Clip]) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("clips");
    fs::create_dir_all(&folder).expect("the folder for clips can be made");
    for clip in clips {
        let path = folder.join(clip.file_name());
        if !path.exists() {
            let unfinished = folder.join(format!("{}-{}", std::process::id(), clip.file_name()));
            make(*clip, &unfinished);
            fs::rename(&unfinished, &path).expect("a finished clip can be renamed");
        }
    }
    folder
}

fn make(clip: Clip, path: &PathBuf) {
    let seconds = clip.seconds();
    let output = Command::new("ffmpeg")
        .args(["-nostdin", "-loglevel", "error", "-y"])
        .args(["-f", "lavfi", "-i"])
        .arg(format!("testsrc2=size=160x90:rate=25:duration={seconds}"))
        .args(["-f", "lavfi", "-i"])
        .arg(format!("sine=frequency=440:duration={seconds}"))
        .args(clip.codecs())
        .arg(path)
        .stdin(Stdio::null())
        .output()
        .expect("ffmpeg runs; `make setup` installs it");
    assert!(
        output.status.success(),
        "ffmpeg made no {}: {}",
        clip.file_name(),
        String::from_utf8_lossy(&output.stderr)
    );
}
