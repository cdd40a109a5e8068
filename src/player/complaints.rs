//! What mpv and yt-dlp complained about while a medium was opened and since its data came
//! last, and which problem that makes. Everything here is text from the network: it is cleaned
//! and bounded on the way in, and understood by `words` and `resolver`.

use super::{resolver, words};
use crate::media::fault::FaultKind;
use crate::protocol::time::{LocalTime, Span};
use crate::sync::player::MediaProblem;

/// How many complaints of one load are kept: enough for the cause, which comes early, and
/// the last words.
const KEPT: usize = 24;

/// The longest reason that is handed on, in characters.
const LONGEST: usize = 300;

/// How long after a complaint what is read may still come from mpv's own buffer of bytes (128
/// KiB): it is read to its end within 80 ms (measured), on a busy machine within seconds.
const DRAINS: Span = Span::seconds(5);

/// Data that reaches this much further after that, in seconds, is new: more than a rounding.
const FURTHER: f64 = 0.05;

/// Data that reaches this much further is new at once, in seconds: more than is in that buffer
/// at 35 kbit/s.
const MUCH_FURTHER: f64 = 30.0;

/// The complaints of one load.
#[derive(Debug, Default)]
pub(super) struct Complaints {
    lines: Vec<Complaint>,
    /// What was wrong with the transport since data came last.
    broken: Option<Break>,
}

/// Something wrong with the transport.
#[derive(Debug)]
struct Break {
    kind: FaultKind,
    /// When it was told.
    at: LocalTime,
    /// Up to where it was cached when that was read first after the complaint, in seconds.
    cached: Option<f64>,
    /// The same, read first after what was buffered had drained.
    drained: Option<f64>,
}

#[derive(Debug)]
struct Complaint {
    prefix: String,
    text: String,
}

impl Complaints {
    /// Forgets all of them: another medium is being opened.
    pub(super) fn clear(&mut self) {
        self.lines.clear();
        self.broken = None;
    }

    /// Takes note of one log line of mpv's, told at `at`.
    pub(super) fn note(&mut self, prefix: &str, text: &str, at: LocalTime) {
        let text = clean(text, LONGEST);
        if text.is_empty() || is_of_the_machine(prefix) || is_noise(&text) {
            return;
        }
        if let Some(kind) = words::fault(prefix, &text) {
            let kind = match &self.broken {
                Some(before) if !words::says_more(kind, before.kind) => before.kind,
                _ => kind,
            };
            self.broken = Some(Break {
                kind,
                at,
                cached: None,
                drained: None,
            });
        }
        if self.lines.len() >= KEPT {
            self.lines.remove(KEPT / 2);
        }
        self.lines.push(Complaint {
            prefix: clean(prefix, 40),
            text,
        });
    }

    /// At `at` it is cached up to `end`, in seconds. If that is further than right after the
    /// last complaint, data comes again.
    pub(super) fn cached(&mut self, end: f64, at: LocalTime) {
        let Some(broken) = &mut self.broken else {
            return;
        };
        let first = broken.cached.get_or_insert(end);
        // A seek leads to where nothing is cached yet.
        *first = first.min(end);
        let far = end - *first > MUCH_FURTHER;
        if at - broken.at < DRAINS && !far {
            return;
        }
        let drained = broken.drained.get_or_insert(end);
        *drained = drained.min(end);
        if far || end - *drained > FURTHER {
            self.broken = None;
        }
    }

    /// What was wrong with the transport since data came last; `None` if nothing was.
    pub(super) fn broken(&self) -> Option<MediaProblem> {
        let broken = self.broken.as_ref()?;
        Some(MediaProblem::Fetch(words::told(broken.kind)))
    }

    /// What went wrong, where mpv gave up with `file_error`. `resolved` says whether yt-dlp
    /// had to find the medium first.
    pub(super) fn problem(&self, resolved: bool, file_error: &str) -> MediaProblem {
        if resolved && let Some(problem) = self.resolver_problem() {
            return problem;
        }
        let fault = self
            .broken
            .as_ref()
            .map(|broken| broken.kind)
            .or_else(|| words::given_up(file_error));
        if let Some(kind) = fault {
            return MediaProblem::Fetch(words::told(kind));
        }
        // Neither a bare "it failed" nor an address, which may be secret, is a reason.
        let cause = self.last(|line| {
            !is_resolver(line) && !line.text.starts_with("Failed to ") && !line.text.contains("://")
        });
        let reason = match cause {
            Some(cause) => cause.to_owned(),
            None => clean(file_error, LONGEST),
        };
        MediaProblem::Player { reason }
    }

    /// What yt-dlp, or the script that runs it, complained about.
    fn resolver_problem(&self) -> Option<MediaProblem> {
        let said = || self.lines.iter().filter(|line| is_resolver(line));
        if let Some(fault) = resolver::fault(said().map(|line| line.text.as_str())) {
            return Some(MediaProblem::Unresolved(fault));
        }
        if said().any(|line| line.text.contains("not found or not enough permissions")) {
            return Some(MediaProblem::ResolverMissing);
        }
        let said = self
            .last(|line| is_resolver(line) && line.text.starts_with("ERROR:"))
            .or_else(|| self.last(is_resolver))?;
        let reason = said
            .strip_prefix("ERROR:")
            .unwrap_or(said)
            .trim()
            .to_owned();
        Some(MediaProblem::Resolver { reason })
    }

    /// The text of the last complaint that `wanted` takes.
    fn last(&self, wanted: impl Fn(&Complaint) -> bool) -> Option<&str> {
        let line = self.lines.iter().rev().find(|line| wanted(line))?;
        Some(line.text.as_str())
    }
}

fn is_resolver(line: &Complaint) -> bool {
    line.prefix == "ytdl_hook"
}

/// Whether a part of mpv speaks that says nothing of the medium: outputs and inputs.
fn is_of_the_machine(prefix: &str) -> bool {
    let part = prefix.split('/').next().unwrap_or_default();
    ["ao", "vo", "ipc", "input"].contains(&part)
}

/// Lines that say nothing of the medium: scripts coming and going, and the scheme that only
/// the resolver script understands.
fn is_noise(text: &str) -> bool {
    text.contains("hook command failed")
        || text.starts_with("No protocol handler found to open URL ytdl://")
        || text.starts_with("The protocol is either unsupported")
}

/// Text from outside in a form that is safe to show: one line, without control characters
/// and marks that turn the direction of writing, at most `longest` characters.
pub(super) fn clean(text: &str, longest: usize) -> String {
    let spaced: String = text
        .chars()
        .map(|c| {
            if c.is_control() || c == '\u{2028}' || c == '\u{2029}' {
                ' '
            } else {
                c
            }
        })
        .filter(|c| !turns_direction(*c))
        .collect();
    let mut words = spaced.split_whitespace();
    let mut line = words.next().unwrap_or_default().to_owned();
    for word in words {
        line.push(' ');
        line.push_str(word);
    }
    if line.chars().count() <= longest {
        return line;
    }
    let mut short: String = line.chars().take(longest.saturating_sub(1)).collect();
    short.push('…');
    short
}

/// Unicode's marks that turn or isolate the direction of writing.
fn turns_direction(c: char) -> bool {
    matches!(c, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::{Complaints, KEPT, clean, words};
    use crate::media::fault::{FaultKind, ResolverFault};
    use crate::protocol::time::LocalTime;
    use crate::sync::player::MediaProblem;

    const SOON: LocalTime = LocalTime(80_000);
    const LATER: LocalTime = LocalTime(6_000_000);

    fn fetch(kind: FaultKind) -> MediaProblem {
        MediaProblem::Fetch(words::told(kind))
    }

    /// Complaints as mpv 0.35.1 gives them, in its order.
    fn complaints(lines: &[(&str, &str)]) -> Complaints {
        let mut complaints = Complaints::default();
        for (prefix, text) in lines {
            complaints.note(prefix, text, LocalTime(0));
        }
        complaints
    }

    #[test]
    fn a_missing_page_is_told_by_its_status() {
        let complaints = complaints(&[
            ("ffmpeg", "http: HTTP error 404 Not Found\n"),
            ("stream", "Failed to open http://films.example/a.mp4.\n"),
        ]);
        let problem = complaints.problem(false, "loading failed");
        assert_eq!(problem, fetch(FaultKind::Gone));
    }

    #[test]
    fn a_page_of_text_is_nothing_to_play() {
        let complaints = complaints(&[("cplayer", "Failed to recognize file format.")]);
        let problem = complaints.problem(false, "unrecognized file format");
        assert_eq!(problem, fetch(FaultKind::NothingToPlay));
    }

    #[test]
    fn without_a_known_complaint_the_last_words_serve_but_no_address() {
        let failed = ("stream", "Failed to open http://films.example/a.mp4?key=x.");
        let asked = (
            "ffmpeg/demuxer",
            "hls: keepalive request failed for 'http://a/b'",
        );
        let problem = complaints(&[failed, asked]).problem(false, "loading failed");
        let reason = "loading failed".to_owned();
        assert_eq!(problem, MediaProblem::Player { reason });
        let lavf = ("lavf", "avformat_open_input() failed");
        let problem = complaints(&[lavf, failed]).problem(false, "loading failed");
        let reason = "avformat_open_input() failed".to_owned();
        assert_eq!(problem, MediaProblem::Player { reason });
    }

    #[test]
    fn what_broke_is_forgotten_once_data_comes_again() {
        let broke = (
            "ffmpeg",
            "http: Stream ends prematurely at 303104, should be 1397677",
        );
        let mut complaints = complaints(&[broke]);
        assert_eq!(complaints.broken(), Some(fetch(FaultKind::Broken)));
        // What mpv had in its buffer of bytes is no new data.
        complaints.cached(6.0, SOON);
        complaints.cached(7.2, SOON);
        complaints.cached(7.2, LATER);
        assert_eq!(complaints.broken(), Some(fetch(FaultKind::Broken)));
        complaints.cached(7.6, LATER);
        assert_eq!(complaints.broken(), None);
    }

    #[test]
    fn a_flood_of_data_is_new_at_once() {
        let broke = (
            "ffmpeg",
            "http: Stream ends prematurely at 303104, should be 1397677",
        );
        let mut complaints = complaints(&[broke]);
        complaints.cached(6.0, SOON);
        complaints.cached(60.0, SOON);
        assert_eq!(complaints.broken(), None);
    }

    #[test]
    fn what_was_answered_says_more_than_that_it_broke() {
        let broke = (
            "ffmpeg",
            "http: Stream ends prematurely at 303104, should be 1397677",
        );
        let refused = ("ffmpeg", "http: HTTP error 403 Forbidden");
        let mut complaints = complaints(&[broke, refused, broke]);
        complaints.cached(14.0, LATER);
        // A seek to where nothing is cached is no data.
        complaints.cached(2.0, LATER);
        assert_eq!(complaints.broken(), Some(fetch(FaultKind::Refused)));
        complaints.cached(2.5, LATER);
        assert_eq!(complaints.broken(), None);
    }

    #[test]
    fn the_resolvers_error_is_preferred_to_its_scripts_summary() {
        let complaints = complaints(&[
            (
                "ytdl_hook",
                "ERROR: [youtube] AAAAAAAAAAA: Unable to extract title \n",
            ),
            (
                "ytdl_hook",
                "youtube-dl failed: unexpected error occurred \n",
            ),
            (
                "stream",
                "No protocol handler found to open URL ytdl://https://www.youtube.com\n",
            ),
        ]);
        let problem = complaints.problem(true, "loading failed");
        let reason = "[youtube] AAAAAAAAAAA: Unable to extract title".to_owned();
        assert_eq!(problem, MediaProblem::Resolver { reason });
    }

    #[test]
    fn a_known_reason_of_the_resolvers_is_the_same_for_all() {
        for id in ["AAAAAAAAAAA", "BBBBBBBBBBB"] {
            let error = format!("ERROR: [youtube] {id}: This video is private");
            let complaints = complaints(&[("ytdl_hook", &error)]);
            assert_eq!(
                complaints.problem(true, "loading failed"),
                MediaProblem::Unresolved(ResolverFault::Private)
            );
        }
    }

    #[test]
    fn a_missing_resolver_is_a_problem_of_its_own() {
        let complaints = complaints(&[
            ("ytdl_hook", " \n"),
            (
                "ytdl_hook",
                "youtube-dl failed: not found or not enough permissions \n",
            ),
        ]);
        assert_eq!(
            complaints.problem(true, "loading failed"),
            MediaProblem::ResolverMissing
        );
        assert!(matches!(
            complaints.problem(false, "x"),
            MediaProblem::Player { .. }
        ));
    }

    #[test]
    fn a_missing_sound_device_is_not_the_mediums_fault() {
        let complaints = complaints(&[("ao/alsa", "Playback open error"), ("vo/gpu", "no")]);
        let problem = complaints.problem(false, "loading failed");
        assert_eq!(
            problem,
            MediaProblem::Player {
                reason: "loading failed".to_owned()
            }
        );
    }

    #[test]
    fn a_flood_of_complaints_keeps_the_first_and_the_last() {
        let mut complaints = Complaints::default();
        for number in 0..500 {
            complaints.note("ffmpeg", &format!("line {number}"), LocalTime(0));
        }
        assert_eq!(complaints.lines.len(), KEPT);
        assert_eq!(complaints.lines[0].text, "line 0");
        assert_eq!(complaints.lines[KEPT - 1].text, "line 499");
    }

    #[test]
    fn text_from_outside_is_one_harmless_line() {
        let hostile = "a\u{1b}[31mb\r\nc\u{202e}d\u{9b}e\u{2028}f";
        assert_eq!(clean(hostile, 100), "a [31mb cd e f");
        assert_eq!(clean("кино кино", 6), "кино …");
        assert_eq!(clean("  ", 6), "");
    }
}
