//! The media file types that a direct link may name, by extension.

use strum::VariantArray;

/// The container format named by a link's path, the most common ones first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, VariantArray)]
pub enum Container {
    /// MPEG-4 (ISO/IEC 14496-14). Players need its index, which may be at the end.
    Mp4,
    /// WebM. A browser's recordings have neither length nor index.
    Webm,
    /// Ogg, with audio or video.
    Ogg,
    /// Ogg with video.
    Ogv,
    /// MPEG-4 with video, as Apple names it.
    M4v,
    /// Matroska, of which WebM is a subset.
    Mkv,
    /// QuickTime, the ancestor of MPEG-4.
    Mov,
    /// Audio Video Interleave.
    Avi,
    /// An MPEG transport stream, which has no index.
    Ts,
    /// Flash video, as old streaming servers have it.
    Flv,
    /// An HTTP Live Streaming playlist.
    M3u8,
    /// An MPEG-DASH manifest.
    Mpd,
    /// MPEG audio layer 3, without video.
    Mp3,
    /// MPEG-4 with audio only.
    M4a,
    /// Opus audio in Ogg.
    Opus,
    /// Free Lossless Audio Codec.
    Flac,
    /// Uncompressed audio (RIFF WAVE).
    Wav,
}

impl Container {
    /// Every supported format, the most common ones first.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// The format of an extension, in upper or lower case and without its dot.
    #[must_use]
    pub fn from_extension(extension: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|container| container.extension().eq_ignore_ascii_case(extension))
    }

    /// Its extension in lower case, without the dot.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Mp4 => "mp4",
            Self::Webm => "webm",
            Self::Ogg => "ogg",
            Self::Ogv => "ogv",
            Self::M4v => "m4v",
            Self::Mkv => "mkv",
            Self::Mov => "mov",
            Self::Avi => "avi",
            Self::Ts => "ts",
            Self::Flv => "flv",
            Self::M3u8 => "m3u8",
            Self::Mpd => "mpd",
            Self::Mp3 => "mp3",
            Self::M4a => "m4a",
            Self::Opus => "opus",
            Self::Flac => "flac",
            Self::Wav => "wav",
        }
    }

    /// The format's usual name.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Mp4 => "MP4",
            Self::Webm => "WebM",
            Self::Ogg => "OGG",
            Self::Ogv => "OGV",
            Self::M4v => "M4V",
            Self::Mkv => "MKV",
            Self::Mov => "MOV",
            Self::Avi => "AVI",
            Self::Ts => "MPEG-TS",
            Self::Flv => "FLV",
            Self::M3u8 => "HLS",
            Self::Mpd => "DASH",
            Self::Mp3 => "MP3",
            Self::M4a => "M4A",
            Self::Opus => "Opus",
            Self::Flac => "FLAC",
            Self::Wav => "WAV",
        }
    }
}
