//! What the terminal is asked, and what it is told of: its background, the widths that it gives to
//! some characters, whether its window has the focus.
//!
//! The questions go out before the first picture, in the same write, and nothing waits for the
//! answers: they come among the keys, or never.

use std::env;
use std::time::{Duration, Instant};

use super::input::TerminalAnswer;
use crate::app::appearance::Background;

/// Asks for the colour of the background (xterm's OSC 11).
const ASK_BACKGROUND: &str = "\x1b]11;?\x1b\\";

/// How often the background is asked for again at most: a window manager may pass the focus about.
const ASK_AGAIN: Duration = Duration::from_secs(1);

/// How long an answer is waited for before the terminal is given back (judgement: a round trip to
/// the other side of the world).
pub(super) const LAST_ANSWERS: Duration = Duration::from_millis(300);

/// What was asked of the terminal, and what it said.
#[derive(Debug)]
pub(super) struct Questions {
    /// Whether it takes control strings; one that does not may show them.
    takes_strings: bool,
    /// When the background was asked for last, while there is no answer.
    open: Option<Instant>,
    /// When it was asked for last.
    asked: Option<Instant>,
    /// Whether it has ever said its background.
    says_background: bool,
    /// Whether it reports by itself that its colours changed.
    reports_scheme: bool,
    /// Whether its window has the focus; `None` if it does not say.
    has_focus: Option<bool>,
}

impl Questions {
    /// Nothing was asked yet.
    pub(super) fn new() -> Self {
        let name = env::var("TERM").unwrap_or_default();
        Self {
            takes_strings: takes_strings(&name),
            open: None,
            asked: None,
            says_background: false,
            reports_scheme: false,
            has_focus: None,
        }
    }

    /// Whether control strings can be sent to the terminal.
    pub(super) const fn takes_strings(&self) -> bool {
        self.takes_strings
    }

    /// The question for the background, if it is to be asked now.
    pub(super) fn ask_background(&mut self, now: Instant) -> &'static str {
        let is_soon = self.asked.is_some_and(|asked| now - asked < ASK_AGAIN);
        if !self.takes_strings || is_soon {
            return "";
        }
        self.open = Some(now);
        self.asked = Some(now);
        ASK_BACKGROUND
    }

    /// Takes what the terminal says of its colours. The answer is its background, and whether it
    /// is to be asked for it: a scheme is only what somebody prefers.
    pub(super) fn on_answer(&mut self, answer: TerminalAnswer) -> (Option<Background>, bool) {
        match answer {
            TerminalAnswer::Background(background) => {
                self.open = None;
                self.says_background = true;
                (Some(background), false)
            }
            TerminalAnswer::Scheme(background) => {
                self.reports_scheme = true;
                self.asked = None;
                let guess = (!self.says_background).then_some(background);
                (guess, self.says_background)
            }
            TerminalAnswer::Cursor(..) => (None, false),
        }
    }

    /// The window got the focus, or lost it. The answer is whether the background is to be asked
    /// for: while the window was in the background, the colours may have changed.
    pub(super) fn on_focus(&mut self, has_focus: bool) -> bool {
        self.has_focus = Some(has_focus);
        has_focus && self.says_background && !self.reports_scheme
    }

    /// Whether the member is known to look at the terminal.
    pub(super) fn has_focus(&self) -> bool {
        self.has_focus == Some(true)
    }

    /// Until when an answer that is still to come is worth waiting for: given back, the terminal
    /// would type it into the shell.
    pub(super) fn answer_due(&self, now: Instant) -> Option<Instant> {
        let due = self.open? + LAST_ANSWERS;
        (now < due).then_some(due)
    }
}

/// Whether a terminal of this name reads control strings, and shows nothing of them. The Linux
/// console and DEC's old terminals do not know those of xterm.
fn takes_strings(name: &str) -> bool {
    let is_old = ["linux", "vt", "cons", "sun", "ansi", "dumb", "wsvt"];
    !name.is_empty() && !is_old.iter().any(|old| name.starts_with(old))
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::{ASK_AGAIN, ASK_BACKGROUND, LAST_ANSWERS, Questions, takes_strings};
    use crate::app::appearance::Background::{Dark, Light};
    use crate::client::terminal::input::TerminalAnswer::{Background, Scheme};

    fn questions() -> Questions {
        Questions {
            takes_strings: true,
            ..Questions::new()
        }
    }

    #[test]
    fn the_background_is_asked_for_again_with_the_focus_but_not_all_the_time() {
        let start = Instant::now();
        let mut questions = questions();
        assert_eq!(questions.ask_background(start), ASK_BACKGROUND);
        assert!(!questions.on_focus(true), "it has never answered");
        assert_eq!(questions.on_answer(Background(Light)), (Some(Light), false));
        assert!(!questions.on_focus(false) && !questions.has_focus());
        assert!(questions.on_focus(true) && questions.has_focus());
        assert_eq!(
            questions.ask_background(start + Duration::from_millis(10)),
            ""
        );
        assert_eq!(questions.ask_background(start + ASK_AGAIN), ASK_BACKGROUND);
    }

    #[test]
    fn a_change_that_is_reported_is_asked_about_and_else_believed() {
        let start = Instant::now();
        let mut silent = questions();
        assert_eq!(silent.on_answer(Scheme(Light)), (Some(Light), false));
        let mut speaking = questions();
        speaking.ask_background(start);
        speaking.on_answer(Background(Dark));
        assert_eq!(speaking.on_answer(Scheme(Light)), (None, true));
        assert_eq!(speaking.ask_background(start), ASK_BACKGROUND, "at once");
        assert!(
            !speaking.on_focus(true),
            "it says by itself when they change"
        );
    }

    #[test]
    fn an_answer_is_waited_for_only_while_one_may_come() {
        let start = Instant::now();
        let mut questions = questions();
        assert_eq!(questions.answer_due(start), None);
        questions.ask_background(start);
        assert_eq!(questions.answer_due(start), Some(start + LAST_ANSWERS));
        assert_eq!(questions.answer_due(start + LAST_ANSWERS), None);
        questions.on_answer(Background(Dark));
        assert_eq!(questions.answer_due(start), None);
    }

    #[test]
    fn old_terminals_are_sent_no_control_strings() {
        for name in [
            "xterm",
            "xterm-256color",
            "tmux-256color",
            "screen",
            "foot",
            "st",
        ] {
            assert!(takes_strings(name), "{name}");
        }
        for name in ["", "linux", "vt100", "vt220", "cons25", "dumb", "sun"] {
            assert!(!takes_strings(name), "{name}");
        }
        let mut old = Questions {
            takes_strings: false,
            ..Questions::new()
        };
        assert_eq!(old.ask_background(Instant::now()), "");
    }
}
