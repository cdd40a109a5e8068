//! The warnings and errors of mpv and yt-dlp while media was opened and since its data last
//! arrived, and the problem that they indicate. The text comes from the network: it is cleaned and
//! bounded on the way in, and interpreted by `ffmpeg_messages` and `resolver`. `transport_faults`
//! knows when a transport fault is over.

use super::clean::clean;
use super::transport_faults::TransportFaults;
use super::{ffmpeg_messages, resolver};
use crate::media::fault::{FaultKind, MediaFault};
use crate::protocol::time::LocalTime;
use crate::sync::player::MediaProblem;

/// How many messages of one load are kept (judgement: enough for the cause, which comes early, and
/// the last error).
const KEPT: usize = 24;

/// The longest reason that is reported, in characters (judgement: some lines of a terminal).
const LONGEST: usize = 300;

/// The warnings and errors of one load.
#[derive(Debug, Default)]
pub(super) struct Complaints {
    lines: Vec<MpvLogLine>,
    /// Whether yt-dlp finds the streams: then their hosts are `YouTube`'s, and the link cannot be
    /// used to probe a member's network.
    resolved: bool,
    /// The fault of the transport since data last arrived.
    broken: TransportFaults,
}

#[derive(Debug)]
struct MpvLogLine {
    prefix: String,
    text: String,
}

impl Complaints {
    /// Resets for other media, which yt-dlp has to find first if it is `resolved`.
    pub(super) fn begin(&mut self, resolved: bool) {
        *self = Self {
            resolved,
            ..Self::default()
        };
    }

    /// Records one line of mpv's log from `at`.
    pub(super) fn note(&mut self, prefix: &str, text: &str, at: LocalTime) {
        let text = clean(text, LONGEST);
        if text.is_empty() || is_of_the_machine(prefix) || is_noise(&text) {
            return;
        }
        if let Some(kind) = ffmpeg_messages::fault(prefix, &text) {
            self.broken.note(kind, at);
        }
        if self.lines.len() >= KEPT {
            self.lines.remove(KEPT / 2);
        }
        self.lines.push(MpvLogLine {
            prefix: clean(prefix, 40),
            text,
        });
    }

    /// Handles a reading of the cache, which ends at `end` seconds.
    pub(super) fn cached(&mut self, end: f64, at: LocalTime) {
        self.broken.cached(end, at);
    }

    /// The problem for the transport's current fault; `None` if there is none.
    pub(super) fn broken(&self) -> Option<MediaProblem> {
        let kind = self.broken.kind()?;
        Some(self.fetch(kind))
    }

    /// The problem for a fault in a line of mpv or FFmpeg, which does not name the host.
    const fn fetch(&self, kind: FaultKind) -> MediaProblem {
        MediaProblem::Fetch(MediaFault {
            kind,
            elsewhere: !self.resolved,
        })
    }

    /// Why there was nothing to show when mpv reached the end without a transport fault. `seekable`
    /// says whether it could go back in the file.
    pub(super) fn nothing_shown(&self, seekable: bool) -> MediaProblem {
        let incomplete = self.last(|line| ffmpeg_messages::is_incomplete(&line.prefix, &line.text));
        let kind = match incomplete {
            Some(_) if seekable => FaultKind::Incomplete,
            // It has read past the media data when it finds the index.
            Some(_) => FaultKind::IndexAtEnd,
            None => FaultKind::NothingToPlay,
        };
        self.fetch(kind)
    }

    /// What went wrong when mpv gave up with `file_error`.
    pub(super) fn problem(&self, file_error: &str) -> MediaProblem {
        if self.resolved
            && let Some(problem) = self.resolver_problem()
        {
            return problem;
        }
        let unfetched = || (self.resolved && self.was_not_fetched()).then_some(FaultKind::Broken);
        let fault = self.broken.kind().or_else(unfetched);
        let fault = fault.or_else(|| ffmpeg_messages::given_up(file_error));
        if let Some(kind) = fault {
            return self.fetch(kind);
        }
        // Neither a general "it failed" nor an address, which may be secret, is a useful reason.
        let cause = self.last(|line| {
            !is_resolver(line) && !line.text.starts_with("Failed to ") && !line.text.contains("://")
        });
        let reason = match cause {
            Some(cause) => cause.to_owned(),
            None => clean(file_error, LONGEST),
        };
        MediaProblem::Player { reason }
    }

    /// Whether an address that yt-dlp found could not be opened. FFmpeg logs nothing about a server
    /// that hangs up or never answers, and mpv only reports a failure. For separate video and audio
    /// it then reports that there is neither.
    fn was_not_fetched(&self) -> bool {
        let failed = |line: &MpvLogLine| {
            line.prefix == "stream" && line.text.starts_with("Failed to open http")
        };
        self.lines.iter().any(failed)
    }

    /// The error or warning of yt-dlp, or of the script that runs it.
    fn resolver_problem(&self) -> Option<MediaProblem> {
        let resolver_lines = || self.lines.iter().filter(|line| is_resolver(line));
        if let Some(fault) = resolver::fault(resolver_lines().map(|line| line.text.as_str())) {
            return Some(MediaProblem::Unresolved(fault));
        }
        if resolver_lines().any(|line| line.text.contains("not found or not enough permissions")) {
            return Some(MediaProblem::ResolverMissing);
        }
        let resolver_line = self
            .last(|line| is_resolver(line) && line.text.starts_with("ERROR:"))
            // A warning is not the reason if an error followed.
            .or_else(|| {
                self.last(is_resolver)
                    .filter(|_| self.broken.kind().is_none())
            })?;
        let reason = resolver_line
            .strip_prefix("ERROR:")
            .unwrap_or(resolver_line)
            .trim()
            .to_owned();
        Some(MediaProblem::Resolver { reason })
    }

    /// The text of the last line that `wanted` accepts.
    fn last(&self, wanted: impl Fn(&MpvLogLine) -> bool) -> Option<&str> {
        let line = self.lines.iter().rev().find(|line| wanted(line))?;
        Some(line.text.as_str())
    }
}

fn is_resolver(line: &MpvLogLine) -> bool {
    line.prefix == "ytdl_hook"
}

/// Whether a module of mpv has nothing to do with the media: outputs and inputs.
fn is_of_the_machine(prefix: &str) -> bool {
    let part = prefix.split('/').next().unwrap_or_default();
    ["ao", "vo", "ipc", "input"].contains(&part)
}

/// Lines that have nothing to do with the media: scripts loading and exiting, and the scheme that
/// only the yt-dlp script handles.
fn is_noise(text: &str) -> bool {
    text.contains("hook command failed")
        || text.starts_with("No protocol handler found to open URL ytdl://")
        || text.starts_with("The protocol is either unsupported")
}

#[cfg(test)]
mod tests {
    use super::{Complaints, KEPT};
    use crate::media::fault::{FaultKind, MediaFault, ResolverFault};
    use crate::protocol::time::LocalTime;
    use crate::sync::player::MediaProblem;

    /// A fault of a link, at which of the hosts on its way is unknown.
    fn fetch(kind: FaultKind) -> MediaProblem {
        MediaProblem::Fetch(MediaFault {
            kind,
            elsewhere: true,
        })
    }

    /// Complaints as mpv 0.35.1 logs them, in its order.
    fn complaints(lines: &[(&str, &str)]) -> Complaints {
        complaints_of(false, lines)
    }

    /// The same for media that yt-dlp has to find first.
    fn resolved(lines: &[(&str, &str)]) -> Complaints {
        complaints_of(true, lines)
    }

    fn complaints_of(resolved: bool, lines: &[(&str, &str)]) -> Complaints {
        let mut complaints = Complaints::default();
        complaints.begin(resolved);
        for (prefix, text) in lines {
            complaints.note(prefix, text, LocalTime(0));
        }
        complaints
    }

    #[test]
    fn a_missing_page_is_reported_by_its_status() {
        let complaints = complaints(&[
            ("ffmpeg", "http: HTTP error 404 Not Found\n"),
            ("stream", "Failed to open http://films.example/a.mp4.\n"),
        ]);
        let problem = complaints.problem("loading failed");
        assert_eq!(problem, fetch(FaultKind::Gone));
    }

    #[test]
    fn a_page_of_text_is_nothing_to_play() {
        let complaints = complaints(&[("cplayer", "Failed to recognize file format.")]);
        let problem = complaints.problem("unrecognized file format");
        assert_eq!(problem, fetch(FaultKind::NothingToPlay));
    }

    #[test]
    fn what_shows_nothing_is_reported_by_whether_its_pictures_are_there() {
        let partial = (
            "ffmpeg/demuxer",
            "mov,mp4,m4a,3gp,3g2,mj2: stream 0, offset 0x30: partial file",
        );
        for (lines, seekable, kind) in [
            (&[partial][..], false, FaultKind::IndexAtEnd),
            (&[partial], true, FaultKind::Incomplete),
            (&[], false, FaultKind::NothingToPlay),
            (
                &[("cplayer", "A partial file")],
                false,
                FaultKind::NothingToPlay,
            ),
        ] {
            assert_eq!(complaints(lines).nothing_shown(seekable), fetch(kind));
        }
    }

    #[test]
    fn without_a_known_complaint_the_last_words_serve_but_no_address() {
        let failed = ("stream", "Failed to open http://films.example/a.mp4?key=x.");
        let asked = (
            "ffmpeg/demuxer",
            "hls: keepalive request failed for 'http://a/b'",
        );
        let problem = complaints(&[failed, asked]).problem("loading failed");
        let reason = "loading failed".to_owned();
        assert_eq!(problem, MediaProblem::Player { reason });
        let lavf = ("lavf", "avformat_open_input() failed");
        let problem = complaints(&[lavf, failed]).problem("loading failed");
        let reason = "avformat_open_input() failed".to_owned();
        assert_eq!(problem, MediaProblem::Player { reason });
    }

    #[test]
    fn the_resolvers_error_is_preferred_to_its_scripts_summary() {
        let complaints = resolved(&[
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
        let problem = complaints.problem("loading failed");
        let reason = "[youtube] AAAAAAAAAAA: Unable to extract title".to_owned();
        assert_eq!(problem, MediaProblem::Resolver { reason });
    }

    #[test]
    fn what_yt_dlp_found_and_cannot_be_fetched_is_reported_by_its_cause() {
        let warning = ("ytdl_hook", "WARNING: a format is missing");
        let opened = ("stream", "Failed to open https://a.example/x?ip=192.0.2.7.");
        let edl = (
            "demux",
            "EDL: Could not open source file 'https://a.example/x?ip=192.0.2.7'.",
        );
        let none = ("cplayer", "No video or audio streams selected.");
        // What mpv 0.35.1 logs about separate video and audio, and about one stream.
        for (resolver_line, kind) in [
            (
                Some(("ffmpeg", "http: HTTP error 403 Forbidden")),
                FaultKind::Refused,
            ),
            (
                Some((
                    "ffmpeg",
                    "tcp: Failed to resolve hostname no-such-host.invalid: Name or service not known",
                )),
                FaultKind::NameNotFound,
            ),
            (
                Some(("ffmpeg", "tls: Peer certificate failed verification")),
                FaultKind::Certificate,
            ),
            // The server hung up, or never answered.
            (None, FaultKind::Broken),
        ] {
            let mut lines: Vec<_> = resolver_line.into_iter().collect();
            lines.push(opened);
            let single = resolved(&lines).problem("loading failed");
            // The fault is at YouTube's own hosts, which no link can choose.
            assert_eq!(single, MediaProblem::Fetch(MediaFault::here(kind)));
            lines.extend([edl, none]);
            let pair = resolved(&lines).problem("no audio or video data played");
            assert_eq!(pair, single);
            if resolver_line.is_some() {
                lines.insert(0, warning);
                assert_eq!(resolved(&lines).problem("x"), single);
            }
        }
    }

    #[test]
    fn a_known_reason_of_the_resolvers_is_the_same_for_all() {
        for id in ["AAAAAAAAAAA", "BBBBBBBBBBB"] {
            let error = format!("ERROR: [youtube] {id}: This video is private");
            let complaints = resolved(&[("ytdl_hook", &error)]);
            assert_eq!(
                complaints.problem("loading failed"),
                MediaProblem::Unresolved(ResolverFault::Private)
            );
        }
    }

    #[test]
    fn a_missing_resolver_is_a_problem_of_its_own() {
        let lines = [
            ("ytdl_hook", " \n"),
            (
                "ytdl_hook",
                "youtube-dl failed: not found or not enough permissions \n",
            ),
        ];
        assert_eq!(
            resolved(&lines).problem("loading failed"),
            MediaProblem::ResolverMissing
        );
        assert!(matches!(
            complaints(&lines).problem("x"),
            MediaProblem::Player { .. }
        ));
    }

    #[test]
    fn a_missing_sound_device_is_not_the_medias_fault() {
        let complaints = complaints(&[("ao/alsa", "Playback open error"), ("vo/gpu", "no")]);
        let problem = complaints.problem("loading failed");
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
}
