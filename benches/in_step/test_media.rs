//! The media files of the bench, made by ffmpeg on first use and kept between runs.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use super::support::clips::unfinished_name;

/// The length of each file, in seconds.
const SECONDS: u32 = 600;

/// A media file of the bench.
#[derive(Debug, Clone, Copy)]
pub(crate) enum TestMedia {
    /// H.264 and AAC, ten minutes, small.
    Plain,
    /// The same without sound.
    Silent,
}

impl TestMedia {
    /// The file's name.
    pub(crate) fn file(self) -> &'static str {
        match self {
            Self::Plain => "bench.mp4",
            Self::Silent => "bench-silent.mp4",
        }
    }

    fn options(self) -> Vec<&'static str> {
        let mut options = vec!["-c:v", "libx264", "-preset", "ultrafast"];
        options.extend(["-pix_fmt", "yuv420p", "-g", "50"]);
        match self {
            Self::Plain => options.extend(["-c:a", "aac", "-movflags", "+faststart"]),
            Self::Silent => options.extend(["-an", "-movflags", "+faststart"]),
        }
        options
    }
}

/// The folder with all media files, which it creates if needed.
pub(crate) fn folder() -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("films");
    std::fs::create_dir_all(&folder).expect("the folder for films can be made");
    for media in [TestMedia::Plain, TestMedia::Silent] {
        let path = folder.join(media.file());
        if !path.exists() {
            let unfinished = folder.join(format!("{}-{}", unfinished_name(), media.file()));
            make(media, &unfinished);
            std::fs::rename(&unfinished, &path).expect("a finished film can be renamed");
        }
    }
    folder
}

fn make(media: TestMedia, path: &PathBuf) {
    let status = Command::new("ffmpeg")
        .args(["-nostdin", "-loglevel", "error", "-y"])
        .args(["-f", "lavfi", "-i"])
        .arg(format!("testsrc2=size=160x90:rate=25:duration={SECONDS}"))
        .args(["-f", "lavfi", "-i"])
        .arg(format!(
            "sine=frequency=440:sample_rate=48000:duration={SECONDS}"
        ))
        .args(media.options())
        .arg(path)
        .stdin(Stdio::null())
        .status()
        .expect("ffmpeg runs; `make setup` installs it");
    assert!(status.success(), "ffmpeg made no {}", media.file());
}
