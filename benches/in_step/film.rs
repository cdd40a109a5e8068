//! The films of the bench, made by ffmpeg when first asked for and kept between runs.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use super::support::clips::unfinished_name;

/// A film to play.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Film {
    /// H.264 and AAC, ten minutes, small.
    Plain,
    /// The same without sound.
    Silent,
    /// With eight channels of plain PCM: some 800 kB a second, so that no buffer of the
    /// system's holds much of it.
    Heavy,
}

impl Film {
    /// The name of its file.
    pub(crate) fn file(self) -> &'static str {
        match self {
            Self::Plain => "bench.mp4",
            Self::Silent => "bench-silent.mp4",
            Self::Heavy => "bench-heavy.mkv",
        }
    }

    fn options(self) -> Vec<&'static str> {
        let mut options = vec!["-c:v", "libx264", "-preset", "ultrafast"];
        options.extend(["-pix_fmt", "yuv420p", "-g", "50"]);
        match self {
            Self::Plain => options.extend(["-c:a", "aac", "-movflags", "+faststart"]),
            Self::Silent => options.extend(["-an", "-movflags", "+faststart"]),
            Self::Heavy => options.extend(["-c:a", "pcm_s16le", "-ac", "8"]),
        }
        options
    }

    fn seconds(self) -> u32 {
        match self {
            Self::Plain | Self::Silent => 600,
            Self::Heavy => 120,
        }
    }
}

/// The folder with all films in it.
pub(crate) fn folder() -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("films");
    std::fs::create_dir_all(&folder).expect("the folder for films can be made");
    for film in [Film::Plain, Film::Silent, Film::Heavy] {
        let path = folder.join(film.file());
        if !path.exists() {
            let unfinished = folder.join(format!("{}-{}", unfinished_name(), film.file()));
            make(film, &unfinished);
            std::fs::rename(&unfinished, &path).expect("a finished film can be renamed");
        }
    }
    folder
}

fn make(film: Film, path: &PathBuf) {
    let seconds = film.seconds();
    let status = Command::new("ffmpeg")
        .args(["-nostdin", "-loglevel", "error", "-y"])
        .args(["-f", "lavfi", "-i"])
        .arg(format!("testsrc2=size=160x90:rate=25:duration={seconds}"))
        .args(["-f", "lavfi", "-i"])
        .arg(format!(
            "sine=frequency=440:sample_rate=48000:duration={seconds}"
        ))
        .args(film.options())
        .arg(path)
        .stdin(Stdio::null())
        .status()
        .expect("ffmpeg runs; `make setup` installs it");
    assert!(status.success(), "ffmpeg made no {}", film.file());
}
