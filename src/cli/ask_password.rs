//! Asks for the password of a new private room on the terminal, twice. Each letter is shown as a
//! dot.

use std::io::{self, Read, Write};

use super::complain_of_error;
use super::config::{ConfigError, JoinConfig};
use crate::protocol::member::Visibility;
use crate::protocol::secret::Password;
use crate::texts::language::Language;
use crate::texts::tr;

/// What stands for a letter.
const DOT: &str = "•";

/// The settings with the password that they lack for a private room; `None` if the user gives none,
/// which is said.
///
/// # Errors
/// As [`ask`].
pub(super) fn completed(config: JoinConfig, language: Language) -> io::Result<Option<JoinConfig>> {
    if config.visibility() != Visibility::Private || config.password.is_some() {
        return Ok(Some(config));
    }
    let password = ask(language)?;
    if password.is_none() {
        let why = ConfigError::PrivateWithoutPassword.words(language);
        complain_of_error(language, why);
    }
    Ok(password.map(|password| JoinConfig {
        password: Some(password),
        ..config
    }))
}

/// Asks until both answers are the same; `None` if the user gives up with Ctrl-C, Ctrl-D or an empty
/// line.
///
/// # Errors
/// If the terminal cannot be read or written.
fn ask(language: Language) -> io::Result<Option<Password>> {
    let _quiet = no_echo::Quiet::begin()?;
    let (mut input, mut output) = (io::stdin().lock(), io::stderr().lock());
    loop {
        let question = tr!(language, "cli-password-new");
        let Some(first) = line(&mut input, &mut output, &question)? else {
            return Ok(None);
        };
        if first.len() > Password::MAX_BYTES {
            let most = Password::MAX_BYTES;
            let too_long = tr!(language, "cli-password-too-long", most = most);
            write!(output, "{too_long}\r\n")?;
            continue;
        }
        let question = tr!(language, "cli-password-again");
        let Some(second) = line(&mut input, &mut output, &question)? else {
            return Ok(None);
        };
        if first == second {
            return Ok(Some(first.into()));
        }
        write!(output, "{}\r\n", tr!(language, "dialog-passwords-differ"))?;
    }
}

/// Reads a line behind a question; `None` if it is empty or the user gives up.
fn line(
    input: &mut impl Read,
    output: &mut impl Write,
    question: &str,
) -> io::Result<Option<String>> {
    write!(output, "{question} ")?;
    output.flush()?;
    let mut typed = Typed::default();
    loop {
        let mut byte = [0];
        let key = match input.read(&mut byte)? {
            0 => Key::GiveUp,
            _ => typed.take(byte[0]),
        };
        match key {
            Key::Letter => write!(output, "{DOT}")?,
            Key::Erase(letters) => write!(output, "{}", "\u{8} \u{8}".repeat(letters))?,
            Key::None => {}
            Key::Enter | Key::GiveUp => {
                write!(output, "\r\n")?;
                let text = String::from_utf8(typed.bytes).unwrap_or_default();
                let is_taken = key == Key::Enter && !text.is_empty();
                return Ok(is_taken.then_some(text));
            }
        }
        output.flush()?;
    }
}

/// What a byte from the terminal does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Key {
    /// A letter begins.
    Letter,
    /// So many letters go.
    Erase(usize),
    /// The line is finished.
    Enter,
    /// The user does not want to answer.
    GiveUp,
    /// Nothing that shows.
    None,
}

/// The bytes of the line so far.
#[derive(Debug, Default)]
struct Typed {
    bytes: Vec<u8>,
}

impl Typed {
    fn take(&mut self, byte: u8) -> Key {
        match byte {
            b'\r' | b'\n' => Key::Enter,
            // Ctrl-C, Ctrl-D.
            3 | 4 => Key::GiveUp,
            // Backspace, either way.
            8 | 127 => Key::Erase(usize::from(self.erase())),
            // Ctrl-U, and Ctrl-W, whose words nobody sees.
            21 | 23 => {
                let mut letters = 0;
                while self.erase() {
                    letters += 1;
                }
                Key::Erase(letters)
            }
            0..32 => Key::None,
            _ => {
                self.bytes.push(byte);
                if is_continuation(byte) {
                    Key::None
                } else {
                    Key::Letter
                }
            }
        }
    }

    /// Takes the last letter away, if there is one.
    fn erase(&mut self) -> bool {
        while let Some(byte) = self.bytes.pop() {
            if !is_continuation(byte) {
                return true;
            }
        }
        false
    }
}

/// Whether a byte continues a letter of UTF-8.
const fn is_continuation(byte: u8) -> bool {
    byte & 0b1100_0000 == 0b1000_0000
}

#[cfg(unix)]
mod no_echo {
    //! A terminal that shows nothing of what is typed, and hands it on at once.

    use std::io;

    use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};

    /// The terminal as it was, to which it returns at the end.
    #[derive(Debug)]
    pub(super) struct Quiet {
        before: Termios,
    }

    impl Quiet {
        /// Stops the terminal's own echo and keys.
        pub(super) fn begin() -> io::Result<Self> {
            let before = tcgetattr(io::stdin())?;
            let mut quiet = before.clone();
            // Without ISIG Ctrl-C comes as a byte: a signal would leave the terminal like this.
            quiet.local_modes -= LocalModes::ECHO | LocalModes::ICANON | LocalModes::ISIG;
            tcsetattr(io::stdin(), OptionalActions::Flush, &quiet)?;
            Ok(Self { before })
        }
    }

    impl Drop for Quiet {
        fn drop(&mut self) {
            if let Err(cause) = tcsetattr(io::stdin(), OptionalActions::Flush, &self.before) {
                tracing::warn!(%cause, "the terminal stays without echo");
            }
        }
    }
}

#[cfg(not(unix))]
mod no_echo {
    //! Nobody is asked where the terminal would show the password.

    use std::io;

    /// A terminal without an echo, which cannot be had here.
    #[derive(Debug)]
    pub(super) struct Quiet;

    impl Quiet {
        /// Always fails.
        pub(super) fn begin() -> io::Result<Self> {
            Err(io::ErrorKind::Unsupported.into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::line;

    fn read(typed: &[u8]) -> (Option<String>, String) {
        let mut shown = Vec::new();
        let answer = line(&mut &*typed, &mut shown, "Password:").unwrap();
        (answer, String::from_utf8(shown).unwrap())
    }

    #[test]
    fn letters_show_as_dots_and_can_be_taken_back() {
        let (answer, shown) = read("пп\u{7f}о\r".as_bytes());
        assert_eq!(answer.as_deref(), Some("по"));
        assert_eq!(shown, "Password: ••\u{8} \u{8}•\r\n");
        assert_eq!(read(b"wrong\x15right\n").0.as_deref(), Some("right"));
        assert_eq!(read(b"\x7f\x7fa\n").0.as_deref(), Some("a"));
    }

    #[test]
    fn the_user_may_give_up() {
        for typed in [&b"secret\x03"[..], b"secret\x04", b"", b"secret", b"\r"] {
            assert_eq!(read(typed).0, None, "{typed:?}");
        }
    }
}
