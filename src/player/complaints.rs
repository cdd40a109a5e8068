//! What mpv and yt-dlp complained about while a medium was opened, and which problem that
//! makes. Everything here is text from the network: it is cleaned and bounded on the way in.

use crate::sync::player::MediaProblem;

/// How many complaints of one load are kept: enough for the cause, which comes early, and
/// the last words.
const KEPT: usize = 24;

/// The longest reason that is handed on, in characters.
const LONGEST: usize = 300;

/// The complaints of one load.
#[derive(Debug, Default)]
pub(super) struct Complaints {
    lines: Vec<Complaint>,
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
    }

    /// Takes note of one log line of mpv's.
    pub(super) fn note(&mut self, prefix: &str, text: &str) {
        let text = clean(text, LONGEST);
        if text.is_empty() || is_of_the_machine(prefix) || is_noise(&text) {
            return;
        }
        if self.lines.len() >= KEPT {
            self.lines.remove(KEPT / 2);
        }
        self.lines.push(Complaint {
            prefix: clean(prefix, 40),
            text,
        });
    }

    /// What went wrong, where mpv gave up with `file_error`. `resolved` says whether yt-dlp
    /// had to find the medium first.
    pub(super) fn problem(&self, resolved: bool, file_error: &str) -> MediaProblem {
        if resolved && let Some(problem) = self.resolver_problem() {
            return problem;
        }
        let cause = self
            .last(|line| line.prefix == "ffmpeg" || line.prefix.starts_with("ffmpeg/"))
            .or_else(|| self.last(|line| !line.text.starts_with("Failed to open")));
        let reason = match cause {
            Some(cause) => cause.to_owned(),
            None => clean(file_error, LONGEST),
        };
        MediaProblem::Player { reason }
    }

    /// What yt-dlp, or the script that runs it, complained about.
    fn resolver_problem(&self) -> Option<MediaProblem> {
        if self
            .last(|line| {
                is_resolver(line) && line.text.contains("not found or not enough permissions")
            })
            .is_some()
        {
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
    use super::{Complaints, KEPT, clean};
    use crate::sync::player::MediaProblem;

    /// Complaints as mpv 0.35.1 gives them, in its order.
    fn complaints(lines: &[(&str, &str)]) -> Complaints {
        let mut complaints = Complaints::default();
        for (prefix, text) in lines {
            complaints.note(prefix, text);
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
        assert_eq!(
            problem,
            MediaProblem::Player {
                reason: "http: HTTP error 404 Not Found".to_owned()
            }
        );
    }

    #[test]
    fn without_a_complaint_the_players_own_word_serves() {
        let problem = complaints(&[]).problem(false, "unrecognized file format");
        assert_eq!(
            problem,
            MediaProblem::Player {
                reason: "unrecognized file format".to_owned()
            }
        );
    }

    #[test]
    fn the_resolvers_error_is_preferred_to_its_scripts_summary() {
        let complaints = complaints(&[
            (
                "ytdl_hook",
                "ERROR: [youtube] AAAAAAAAAAA: This video is private \n",
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
        let reason = "[youtube] AAAAAAAAAAA: This video is private".to_owned();
        assert_eq!(problem, MediaProblem::Resolver { reason });
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
            complaints.note("ffmpeg", &format!("line {number}"));
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
