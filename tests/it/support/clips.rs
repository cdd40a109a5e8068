//! Clips with video and audio, made by ffmpeg on first use: clean ones, and flawed ones like those
//! on real servers.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// A clip to play.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Clip {
    /// H.264 and AAC in MP4, 60 s.
    Mp4,
    /// VP8 and Vorbis in WebM, 60 s.
    Webm,
    /// Theora and Vorbis in Ogg, 60 s.
    Ogg,
    /// H.264 and AAC in MP4, 4 s.
    Short,
    /// The same with its index at the end, so that a player has to seek there first.
    IndexAtEnd,
    /// WebM without a length, 30 s, as a browser's recorder writes it.
    Recorded,
    /// The same, 60 s: time enough for a break and what follows it.
    RecordedLong,
    /// MP4 in fragments, without an index that has the length, 30 s.
    Fragmented,
    /// WebM whose time stamps begin at 5 s, 30 s.
    OffsetWebm,
    /// MP4 whose time stamps begin at 5 s, 30 s.
    OffsetMp4,
    /// The first 700 kB of an MP4 of 30 s: its picture ends near the middle.
    Cut,
    /// MPEG-TS of 60 s with a keyframe every 10 s.
    RareKeyframesTs,
    /// AVI of 60 s with a keyframe every 10 s.
    RareKeyframesAvi,
    /// MP4 of 60 s with a keyframe every 10 s.
    RareKeyframesMp4,
    /// HLS of 30 s in MPEG-TS segments of 2 s.
    HlsTs2,
    /// HLS of 30 s in MPEG-TS segments of 10 s.
    HlsTs10,
    /// HLS of 30 s in MP4 fragments of 2 s.
    HlsMp4Of2,
    /// HLS of 30 s in MP4 fragments of 10 s.
    HlsMp4Of10,
    /// HLS of 180 s in MPEG-TS segments of 2 s: long enough to be served as a live one.
    HlsLong,
}

impl Clip {
    /// The file's name. An HLS list is in a folder of its own with its segments.
    pub(crate) fn file_name(self) -> &'static str {
        match self {
            Self::Mp4 => "film.mp4",
            Self::Webm => "film.webm",
            Self::Ogg => "film.ogg",
            Self::Short => "short.mp4",
            Self::IndexAtEnd => "index-at-end.mp4",
            Self::Recorded => "rec.webm",
            Self::RecordedLong => "rec-long.webm",
            Self::Fragmented => "frag.mp4",
            Self::OffsetWebm => "off.webm",
            Self::OffsetMp4 => "off.mp4",
            Self::Cut => "cut.mp4",
            Self::RareKeyframesTs => "gop.ts",
            Self::RareKeyframesAvi => "gop.avi",
            Self::RareKeyframesMp4 => "gop.mp4",
            Self::HlsTs2 => "hls-ts-2/list.m3u8",
            Self::HlsTs10 => "hls-ts-10/list.m3u8",
            Self::HlsMp4Of2 => "hls-mp4-2/list.m3u8",
            Self::HlsMp4Of10 => "hls-mp4-10/list.m3u8",
            Self::HlsLong => "hls-long/list.m3u8",
        }
    }

    /// The clip's length in seconds.
    pub(crate) fn seconds(self) -> u32 {
        match self {
            Self::Short | Self::IndexAtEnd => 4,
            Self::Mp4
            | Self::Webm
            | Self::Ogg
            | Self::RecordedLong
            | Self::RareKeyframesTs
            | Self::RareKeyframesAvi
            | Self::RareKeyframesMp4 => 60,
            Self::HlsLong => 180,
            _ => 30,
        }
    }

    /// The ffmpeg options that make it.
    fn options(self) -> Vec<&'static str> {
        let (codecs, form): (&[_], &[_]) = match self {
            Self::Mp4 | Self::Short | Self::Cut => (H264, &["-g", "50", "-movflags", "+faststart"]),
            Self::IndexAtEnd => (H264, &["-g", "50"]),
            Self::Webm => (VP8, &[]),
            Self::Ogg => (&["-c:v", "libtheora", "-c:a", "libvorbis"], &["-g", "50"]),
            Self::Recorded | Self::RecordedLong => (VP8, &["-f", "webm", "-live", "1"]),
            Self::Fragmented => (H264, &["-g", "50", "-movflags", "frag_keyframe+empty_moov"]),
            Self::OffsetWebm => (VP8, &["-output_ts_offset", "5"]),
            Self::OffsetMp4 => (H264, &["-g", "50", "-output_ts_offset", "5"]),
            Self::RareKeyframesTs | Self::RareKeyframesMp4 => (H264, RARE),
            Self::RareKeyframesAvi => (&["-c:v", "mpeg4", "-c:a", "libmp3lame"], RARE),
            Self::HlsTs2 | Self::HlsLong => (H264, &["-g", "50", "-hls_time", "2"]),
            Self::HlsTs10 => (H264, &["-g", "50", "-hls_time", "10"]),
            Self::HlsMp4Of2 => (
                H264,
                &["-g", "50", "-hls_time", "2", "-hls_segment_type", "fmp4"],
            ),
            Self::HlsMp4Of10 => (
                H264,
                &["-g", "50", "-hls_time", "10", "-hls_segment_type", "fmp4"],
            ),
        };
        let whole_list: &[_] = if self.is_hls() {
            &["-hls_list_size", "0"]
        } else {
            &[]
        };
        [codecs, form, whole_list].concat()
    }

    fn is_hls(self) -> bool {
        matches!(
            self,
            Self::HlsTs2 | Self::HlsTs10 | Self::HlsMp4Of2 | Self::HlsMp4Of10 | Self::HlsLong
        )
    }
}

const H264: &[&str] = &[
    "-c:v",
    "libx264",
    "-preset",
    "ultrafast",
    "-pix_fmt",
    "yuv420p",
    "-c:a",
    "aac",
];

const VP8: &[&str] = &[
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
];

/// A keyframe every 10 s at 25 frames a second.
const RARE: &[&str] = &["-g", "250"];

/// The size of [`Clip::Cut`], in bytes.
const CUT: u64 = 700_000;

/// The folder with these clips, each made if it does not exist yet. Clips are kept between runs;
/// processes that make the same one at once do not disturb each other.
pub(crate) fn folder_with(clips: &[Clip]) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("clips");
    fs::create_dir_all(&folder).expect("the folder for clips can be made");
    for clip in clips {
        let name = Path::new(clip.file_name());
        if folder.join(name).exists() {
            continue;
        }
        let unfinished = folder.join(unfinished_name());
        let path = unfinished.join(name.file_name().expect("a clip has a name"));
        fs::create_dir_all(&unfinished).expect("a folder for the unfinished can be made");
        make(*clip, &path);
        if clip.is_hls() {
            let done = folder.join(name.parent().expect("a list lies in a folder"));
            // Another process may have been faster, and its clip is the same.
            let moved = fs::rename(&unfinished, &done);
            assert!(moved.is_ok() || done.exists(), "{moved:?}");
        } else {
            fs::rename(&path, folder.join(name)).expect("a finished clip can be renamed");
        }
        // Remove what remains of it.
        let _nothing_left = fs::remove_dir_all(&unfinished);
    }
    folder
}

/// A file name that no other process or thread uses.
pub(crate) fn unfinished_name() -> String {
    static MADE: AtomicU32 = AtomicU32::new(0);
    let count = MADE.fetch_add(1, Ordering::Relaxed);
    format!("unfinished-{}-{count}", std::process::id())
}

fn make(clip: Clip, path: &Path) {
    let seconds = clip.seconds();
    let output = Command::new("ffmpeg")
        .args(["-nostdin", "-loglevel", "error", "-y"])
        .args(["-f", "lavfi", "-i"])
        .arg(format!("testsrc2=size=160x90:rate=25:duration={seconds}"))
        .args(["-f", "lavfi", "-i"])
        .arg(format!("sine=frequency=440:duration={seconds}"))
        .args(clip.options())
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
    if clip == Clip::Cut {
        let file = fs::OpenOptions::new().write(true).open(path);
        let cut = file.and_then(|file| file.set_len(CUT));
        cut.expect("a film can be cut");
    }
}
