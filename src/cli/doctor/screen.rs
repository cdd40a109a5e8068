//! What the terminal says of itself, and the tmux around it.

use std::io::{self, IsTerminal as _};
use std::process::{Command, Stdio};

use super::colours;
use crate::app::appearance::ColourDepth;
use crate::doctor::terminal::{TerminalAnswers, TerminalFacts, TmuxFacts};

/// What is known of the terminal.
pub(super) fn facts() -> TerminalFacts {
    let is_terminal = io::stdout().is_terminal() || io::stderr().is_terminal();
    TerminalFacts {
        size: is_terminal
            .then(crossterm::terminal::size)
            .and_then(Result::ok),
        colours: match colours::depth() {
            ColourDepth::None => 0,
            ColourDepth::Sixteen => 16,
            ColourDepth::Indexed => 256,
            ColourDepth::True => 1 << 24,
        },
        answers: answers(),
        tmux: std::env::var_os("TMUX").map(|_| TmuxFacts {
            passthrough: tmux_option("-gv", "allow-passthrough"),
            clipboard: tmux_option("-sv", "set-clipboard"),
        }),
    }
}

fn tmux_option(scope: &str, name: &str) -> String {
    let shown = Command::new("tmux")
        .args(["show-options", scope, name])
        .stdin(Stdio::null())
        .output();
    let text = shown.map(|shown| shown.stdout).unwrap_or_default();
    String::from_utf8_lossy(&text).trim().to_owned()
}

#[cfg(not(unix))]
fn answers() -> Option<TerminalAnswers> {
    None
}

#[cfg(unix)]
fn answers() -> Option<TerminalAnswers> {
    asking::ask()
}

#[cfg(unix)]
mod asking {
    //! Asks the terminal, as xterm's control sequences do.

    use std::io::{self, IsTerminal as _, Write as _};
    use std::time::{Duration, Instant};

    use rustix::termios::{self, OptionalActions, SpecialCodeIndex, Termios};

    use crate::cli::terminal;
    use crate::doctor::terminal::TerminalAnswers;

    /// The first of the reactions: a character of the old kind that is asked to be an emoji, which
    /// many terminals draw too narrow. After it the cursor says where it is.
    const EMOJI: &str = "\r\u{2764}\u{fe0f}\x1b[6n\r\x1b[K";
    /// Mode 2026, kitty's images, and last what every terminal answers: what it is.
    const QUESTIONS: &str = concat!(
        "\x1b[?2026$p",
        "\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\",
        "\x1b[c"
    );
    /// How long the answers may take (judgement: twice round the world).
    const PATIENCE: Duration = Duration::from_secs(1);
    /// The most bytes of answers; there are some 60.
    const MOST: usize = 4_096;

    /// The terminal without echo and line by line, until this value is dropped.
    struct Raw(Termios);

    impl Raw {
        fn set() -> Option<Self> {
            let before = termios::tcgetattr(io::stdin()).ok()?;
            let mut raw = before.clone();
            raw.make_raw();
            // A read ends after a tenth of a second without a byte.
            raw.special_codes[SpecialCodeIndex::VMIN] = 0;
            raw.special_codes[SpecialCodeIndex::VTIME] = 1;
            termios::tcsetattr(io::stdin(), OptionalActions::Now, &raw).ok()?;
            Some(Self(before))
        }
    }

    impl Drop for Raw {
        fn drop(&mut self) {
            if let Err(cause) = termios::tcsetattr(io::stdin(), OptionalActions::Flush, &self.0) {
                tracing::warn!(%cause, "the terminal is not as it was");
            }
        }
    }

    /// What the terminal answers; `None` without one that takes control strings.
    pub(super) fn ask() -> Option<TerminalAnswers> {
        if !terminal::has_screen() || std::env::var("TERM").is_ok_and(|name| name == "linux") {
            return None;
        }
        debug_assert!(io::stdin().is_terminal(), "there is a screen");
        let _raw = Raw::set()?;
        let mut output = io::stdout().lock();
        let asked = output.write_all(EMOJI.as_bytes());
        asked
            .and_then(|()| output.write_all(QUESTIONS.as_bytes()))
            .ok()?;
        output.flush().ok()?;
        let begun = Instant::now();
        let mut heard = Vec::new();
        let mut buffer = [0; 256];
        while begun.elapsed() < PATIENCE && heard.len() < MOST {
            let count = rustix::io::read(io::stdin(), &mut buffer).ok()?;
            heard.extend(buffer.iter().take(count));
            if let Some(answers) = read(&String::from_utf8_lossy(&heard)) {
                return Some(answers);
            }
        }
        None
    }

    /// The answers in what came, once the last one is there.
    fn read(heard: &str) -> Option<TerminalAnswers> {
        let mut answers = TerminalAnswers {
            kitty_images: heard.contains("_Gi=31;OK"),
            ..TerminalAnswers::default()
        };
        let mut is_whole = false;
        for sequence in heard.split("\x1b[").skip(1) {
            let Some(end) = sequence.find(|c: char| c.is_ascii_alphabetic()) else {
                continue;
            };
            let (numbers, last) = sequence.split_at(end);
            match last.chars().next() {
                Some('R') => {
                    let column = numbers
                        .split(';')
                        .nth(1)
                        .and_then(|it| it.parse::<u16>().ok());
                    answers.emoji_cells = column.map(|column| column.saturating_sub(1));
                }
                // 0 is an unknown mode, 4 one that cannot be set.
                Some('y') => {
                    let state = numbers.trim_end_matches('$').strip_prefix("?2026;");
                    answers.synchronized = matches!(state, Some("1" | "2" | "3"));
                }
                Some('c') => {
                    answers.sixel = numbers.split(';').skip(1).any(|it| it == "4");
                    is_whole = true;
                }
                _ => {}
            }
        }
        is_whole.then_some(answers)
    }

    #[cfg(test)]
    mod tests {
        use super::read;
        use crate::doctor::terminal::TerminalAnswers;

        #[test]
        fn answers_are_read_in_any_order_once_the_last_is_there() {
            assert_eq!(read("\x1b[1;3R\x1b[?2026;2$y"), None);
            let all = "\x1b[24;3R\x1b[?2026;2$y\x1b_Gi=31;OK\x1b\\\x1b[?62;4;22c";
            let expected = TerminalAnswers {
                emoji_cells: Some(2),
                synchronized: true,
                kitty_images: true,
                sixel: true,
            };
            assert_eq!(read(all), Some(expected));
            let little = "\x1b[5;2R\x1b[?2026;0$y\x1b[?1;2c";
            let expected = TerminalAnswers {
                emoji_cells: Some(1),
                ..TerminalAnswers::default()
            };
            assert_eq!(read(little), Some(expected));
        }
    }
}
