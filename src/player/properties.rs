//! The properties of media that was opened.

use serde_json::Value;
use strum::VariantArray;

use super::clean::clean;
use super::length::LengthWatch;
use crate::protocol::ids::Epoch;
use crate::protocol::text::Title;
use crate::protocol::time::{Position, Span};
use crate::sync::player::{CachedRange, Chapter, PlayerEvent};

/// The longest title that is reported, in characters (judgement: the room keeps 120).
const LONGEST_TITLE: usize = 200;

/// A property that is requested once media is open, in order; the last answer completes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, VariantArray)]
pub(super) enum MediaProperty {
    /// `path`: the address that was really opened.
    Path,
    /// `playlist-count`: 1, unless a playlist replaced the media.
    Entries,
    /// `seekable`: whether mpv believes that it can seek.
    Seekable,
    /// `file-size` in bytes; absent for an endless stream.
    Size,
    /// `file-format`, such as `hls`, `mpegts` or `mkv`.
    Format,
    /// `demuxer-start-time` in seconds: the first time stamp.
    Start,
    /// `aid`: a number while an audio track is selected.
    Sound,
    /// `filename`, which mpv uses as the title if there is none.
    FileName,
    /// `chapter-list`: where chapters begin, and what they are called.
    Chapters,
    /// `media-title`: from the file, from yt-dlp, or the file's name.
    Title,
}

impl MediaProperty {
    /// mpv's property name.
    pub(super) const fn property(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Entries => "playlist-count",
            Self::Seekable => "seekable",
            Self::Size => "file-size",
            Self::Format => "file-format",
            Self::Start => "demuxer-start-time",
            Self::Sound => "aid",
            Self::FileName => "filename",
            Self::Chapters => "chapter-list",
            Self::Title => "media-title",
        }
    }
}

/// The answers so far; a property that mpv does not have stays unknown.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
#[derive(Debug, Default)]
pub(super) struct MediaProperties {
    path: Option<String>,
    entries: Option<u64>,
    seekable: bool,
    has_size: bool,
    format: String,
    start: Option<f64>,
    sound: bool,
    file_name: Option<String>,
    title: Option<String>,
    chapters: Vec<Chapter>,
    grows: bool,
}

impl MediaProperties {
    /// Stores one answer; an error leaves the property unknown.
    pub(super) fn take(&mut self, fact: MediaProperty, answer: &Result<Value, String>) {
        let Ok(value) = answer else { return };
        let text = || value.as_str().map(str::to_owned);
        match fact {
            MediaProperty::Path => self.path = text(),
            MediaProperty::Entries => self.entries = value.as_u64(),
            MediaProperty::Seekable => self.seekable = value == &Value::Bool(true),
            MediaProperty::Size => self.has_size = value.is_number(),
            MediaProperty::Format => self.format = text().unwrap_or_default(),
            MediaProperty::Start => self.start = value.as_f64().filter(|start| start.is_finite()),
            MediaProperty::Sound => self.sound = value.is_number(),
            MediaProperty::FileName => self.file_name = text(),
            MediaProperty::Chapters => self.chapters = chapters(value),
            MediaProperty::Title => self.title = text(),
        }
    }

    /// Whether something else was opened than requested.
    pub(super) fn is_other_than(&self, address: &str) -> bool {
        self.entries != Some(1) || self.path.as_deref() != Some(address)
    }

    /// Whether an audio track is selected.
    pub(super) const fn has_sound(&self) -> bool {
        self.sound
    }

    /// Records that the relay found its list to grow.
    pub(super) const fn list_grows(&mut self) {
        self.grows = true;
    }

    /// Whether it is a growing DASH manifest. mpv calls it seekable, and FFmpeg refuses each seek
    /// in it (`dashdec.c` of 5.1).
    fn is_live_manifest(&self) -> bool {
        self.grows && self.format == "dash"
    }

    /// Whether mpv can seek in it.
    pub(super) fn is_seekable(&self) -> bool {
        self.seekable && !self.is_live_manifest()
    }

    /// The seekable range by the state of the cache, for media in which mpv may not be able to seek
    /// elsewhere: a file whose server does not support ranges (mpv 0.35.1 calls it not seekable,
    /// and seeks within its cache, 4 of 4), and an HLS list that has an end.
    pub(super) fn reach(&self, cache: &Value) -> Option<CachedRange> {
        let range = cache.get("seekable-ranges")?.as_array()?.last()?;
        let place = |name| range.get(name).and_then(Value::as_f64);
        let (from, until) = (place("start")?, place("end")?);
        let whole = cache.get("eof-cached").and_then(Value::as_bool);
        let is_bounded = if self.is_hls() {
            self.seekable
        } else {
            !self.seekable
        };
        is_bounded.then(|| CachedRange {
            from: Position::from_seconds(from.max(0.0)),
            until: Position::from_seconds(until.max(0.0)),
            whole: whole == Some(true),
        })
    }

    /// Whether it is an HLS list.
    pub(super) fn is_hls(&self) -> bool {
        self.format == "hls"
    }

    /// Whether it is an MPEG transport stream outside of a list.
    pub(super) fn is_transport_stream(&self) -> bool {
        self.format == "mpegts"
    }

    /// Tracks its length. mpv's Matroska demuxer includes the start in the duration.
    pub(super) fn length(&self) -> LengthWatch {
        let start = self.start.filter(|_| self.format == "mkv");
        LengthWatch::new(start.unwrap_or(0.0).max(0.0))
    }

    /// Whether it has no length and is not seekable: a growing list, or a stream of unknown size.
    /// Its duration in mpv is what was read so far. (Measured: an HLS list with an end is always
    /// seekable, one without never.)
    fn is_live(&self) -> bool {
        !self.is_seekable() && (self.is_live_manifest() || self.is_hls() || !self.has_size)
    }

    /// Its chapters.
    pub(super) fn chapters(&self) -> &[Chapter] {
        &self.chapters
    }

    /// The event for media that was opened.
    pub(super) fn report(&self, epoch: Epoch) -> PlayerEvent {
        let titled = self
            .title
            .as_ref()
            .filter(|title| Some(*title) != self.file_name.as_ref());
        let title = titled
            .map(|title| clean(title, LONGEST_TITLE))
            .filter(|title| !title.is_empty());
        let live = self.is_live();
        let begins = self
            .start
            .filter(|_| self.is_hls() || self.is_live_manifest());
        PlayerEvent::Loaded {
            epoch,
            title,
            has_audio: self.sound,
            seekable: self.is_seekable(),
            live,
            begins: begins.map(Span::from_seconds),
        }
    }
}

/// The chapters in mpv's list, in the order of their beginnings.
fn chapters(list: &Value) -> Vec<Chapter> {
    let listed = list.as_array().map(Vec::as_slice).unwrap_or_default();
    let chapters = listed.iter().take(Chapter::MOST).filter_map(|chapter| {
        let start = chapter
            .get("time")?
            .as_f64()
            .filter(|time| time.is_finite())?;
        let title = chapter.get("title").and_then(Value::as_str);
        Some(Chapter {
            start: Position::from_seconds(start.max(0.0)),
            title: title.and_then(Title::truncated),
        })
    });
    let mut chapters: Vec<Chapter> = chapters.collect();
    chapters.sort_by_key(|chapter| chapter.start);
    chapters
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{MediaProperties, MediaProperty};
    use crate::protocol::ids::Epoch;
    use crate::protocol::time::{Position, Span};
    use crate::sync::player::{CachedRange, PlayerEvent};

    /// What is reported about media with these answers.
    fn reported(answers: &[(MediaProperty, Value)]) -> (bool, Option<Span>) {
        let mut facts = MediaProperties::default();
        for (fact, value) in answers {
            facts.take(*fact, &Ok(value.clone()));
        }
        match facts.report(Epoch(1)) {
            PlayerEvent::Loaded { live, begins, .. } => (live, begins),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_is_cached_is_reported_where_mpv_may_get_nowhere_else() {
        let cache = json!({"seekable-ranges": [{"start": 2.0, "end": 9.5}], "eof-cached": false});
        let reach = |format: &str, seekable: bool, cache: &Value| {
            let mut facts = MediaProperties::default();
            facts.take(MediaProperty::Format, &Ok(json!(format)));
            facts.take(MediaProperty::Seekable, &Ok(json!(seekable)));
            facts.reach(cache)
        };
        let reported = Some(CachedRange {
            from: Position::seconds(2),
            until: Position::from_seconds(9.5),
            whole: false,
        });
        assert_eq!(reach("mov", false, &cache), reported);
        assert_eq!(reach("hls", true, &cache), reported);
        assert_eq!(reach("mov", true, &cache), None);
        assert_eq!(reach("hls", false, &cache), None, "live");
        assert_eq!(reach("mov", false, &json!({"seekable-ranges": []})), None);
    }

    #[test]
    fn chapters_are_bounded_cleaned_and_in_order() {
        let list = json!([
            {"time": 60.0, "title": "The\u{202e} end"},
            {"time": 0.0},
            {"title": "nowhere"},
        ]);
        let found = super::chapters(&list);
        let found: Vec<_> = found
            .iter()
            .map(|chapter| {
                (
                    chapter.start,
                    chapter
                        .title
                        .as_ref()
                        .map(crate::protocol::text::Title::as_str),
                )
            })
            .collect();
        let end = (Position::seconds(60), Some("The end"));
        assert_eq!(found, [(Position::START, None), end]);
        let many = vec![json!({"time": 1.0}); 1_000];
        assert_eq!(super::chapters(&json!(many)).len(), super::Chapter::MOST);
        assert_eq!(super::chapters(&json!("none")), []);
    }

    #[test]
    fn a_manifest_that_grows_is_live_whatever_mpv_says() {
        // What mpv 0.35.1 answers of one through the relay.
        let answers = [
            (MediaProperty::Format, json!("dash")),
            (MediaProperty::Seekable, json!(true)),
            (MediaProperty::Size, json!(2_029)),
            (MediaProperty::Start, json!(4.0)),
        ];
        assert_eq!(reported(&answers), (false, None), "one with an end");
        let mut facts = MediaProperties::default();
        for (fact, value) in answers {
            facts.take(fact, &Ok(value));
        }
        facts.list_grows();
        assert!(!facts.is_seekable());
        let PlayerEvent::Loaded {
            live,
            seekable,
            begins,
            ..
        } = facts.report(Epoch(1))
        else {
            panic!("no report");
        };
        assert!(live && !seekable);
        assert_eq!(begins, Some(Span::seconds(4)), "by which players compare");
    }

    #[test]
    fn live_is_only_what_has_neither_length_nor_seeking() {
        let hls = || (MediaProperty::Format, json!("hls"));
        let start = || (MediaProperty::Start, json!(1.4));
        let begins = Some(Span::from_seconds(1.4));
        let vod = [hls(), start(), (MediaProperty::Seekable, json!(true))];
        assert_eq!(reported(&vod), (false, begins));
        // A list that grows: members are compared by its start.
        let grows = [
            hls(),
            start(),
            (MediaProperty::Seekable, json!(false)),
            (MediaProperty::Size, json!(168)),
        ];
        assert_eq!(reported(&grows), (true, begins));
        // WebM without a length from a server without ranges: it is as long as its file.
        let recording = [
            (MediaProperty::Format, json!("mkv")),
            (MediaProperty::Size, json!(826_080)),
            start(),
        ];
        assert_eq!(reported(&recording), (false, None));
        let radio = [(MediaProperty::Format, json!("mp3"))];
        assert_eq!(reported(&radio), (true, None));
        let seekable = [
            (MediaProperty::Format, json!("mkv")),
            (MediaProperty::Seekable, json!(true)),
        ];
        assert_eq!(reported(&seekable), (false, None));
    }
}
