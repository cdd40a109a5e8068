//! Asks for the password of a new private room on the terminal, twice. Each letter is shown as a
//! dot.

use std::io;

use rpassword::ConfigBuilder;

use super::config::{ConfigError, JoinConfig};
use super::{USAGE, complain_of_error};
use crate::protocol::member::Visibility;
use crate::protocol::secret::Password;
use crate::texts::language::Language;
use crate::texts::tr;

/// What stands for a letter.
const DOT: char = '•';

/// The exit code of a program that Ctrl-C ended, as shells have it.
const INTERRUPTED: u8 = 130;

/// The settings with the password that they lack for a private room; the exit code if the user gives
/// none, which is said unless it was interrupted.
///
/// # Errors
/// As [`ask`].
pub(super) fn completed(
    config: JoinConfig,
    language: Language,
) -> io::Result<Result<JoinConfig, u8>> {
    if config.visibility() != Visibility::Private || config.password.is_some() {
        return Ok(Ok(config));
    }
    Ok(match ask(language)? {
        Ok(password) => Ok(JoinConfig {
            password: Some(password),
            ..config
        }),
        Err(GivenUp::Interrupted) => Err(INTERRUPTED),
        Err(GivenUp::Ended) => {
            // The question stands on this line.
            eprintln!();
            let why = ConfigError::PrivateWithoutPassword.words(language);
            complain_of_error(language, why);
            Err(USAGE)
        }
    })
}

/// How the user gives no password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum GivenUp {
    /// With Ctrl-C.
    Interrupted,
    /// With Ctrl-D, or because the terminal is gone.
    Ended,
}

/// Asks until both answers are the same and not empty.
///
/// # Errors
/// If the terminal cannot be read or written.
fn ask(language: Language) -> io::Result<Result<Password, GivenUp>> {
    let _guard = guard::Guard::begin()?;
    loop {
        let first = match answer(&tr!(language, "cli-password-new"))? {
            Ok(first) => first,
            Err(given_up) => return Ok(Err(given_up)),
        };
        // What is typed after it would go to the shell if this were the end.
        if first.is_empty() {
            eprintln!("{}", tr!(language, "cli-password-empty"));
            continue;
        }
        if first.len() > Password::MAX_BYTES {
            let most = Password::MAX_BYTES;
            eprintln!("{}", tr!(language, "cli-password-too-long", most = most));
            continue;
        }
        let second = match answer(&tr!(language, "cli-password-again"))? {
            Ok(second) => second,
            Err(given_up) => return Ok(Err(given_up)),
        };
        if first == second {
            return Ok(Ok(first.into()));
        }
        eprintln!("{}", tr!(language, "dialog-passwords-differ"));
    }
}

/// The line that answers a question.
fn answer(question: &str) -> io::Result<Result<String, GivenUp>> {
    let config = ConfigBuilder::new().password_feedback_mask(DOT).build();
    match rpassword::prompt_password_with_config(format!("{question} "), config) {
        Ok(text) => Ok(Ok(text)),
        Err(error) => match error.kind() {
            io::ErrorKind::Interrupted => Ok(Err(GivenUp::Interrupted)),
            io::ErrorKind::UnexpectedEof => Ok(Err(GivenUp::Ended)),
            _ => Err(error),
        },
    }
}

#[cfg(unix)]
mod guard {
    //! Keeps the terminal from showing what is typed between two questions, and an interrupt from
    //! ending the program meanwhile: `rpassword` turns the echo off for each answer only, after the
    //! question, and raises the signal for Ctrl-C while it is off.

    use std::io;
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;

    use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};
    use signal_hook::consts::SIGINT;
    use signal_hook::{SigId, flag, low_level};

    /// Until this is dropped nothing is echoed, and interrupts do nothing.
    #[derive(Debug)]
    pub(super) struct Guard {
        before: Termios,
        handler: SigId,
    }

    impl Guard {
        /// Hides what is typed, and takes interrupts.
        ///
        /// # Errors
        /// The system's, if standard input is no terminal.
        pub(super) fn begin() -> io::Result<Self> {
            let handler = flag::register(SIGINT, Arc::new(AtomicBool::new(false)))?;
            let before = tcgetattr(io::stdin())?;
            let mut hidden = before.clone();
            hidden.local_modes -= LocalModes::ECHO;
            tcsetattr(io::stdin(), OptionalActions::Now, &hidden)?;
            Ok(Self { before, handler })
        }
    }

    impl Drop for Guard {
        fn drop(&mut self) {
            if let Err(cause) = tcsetattr(io::stdin(), OptionalActions::Now, &self.before) {
                tracing::warn!(%cause, "the terminal stays without echo");
            }
            low_level::unregister(self.handler);
        }
    }
}

#[cfg(not(unix))]
mod guard {
    //! Nothing to keep where `rpassword` alone does it.

    use std::io;

    /// A guard that guards nothing.
    #[derive(Debug)]
    pub(super) struct Guard;

    impl Guard {
        /// As where there is something to keep.
        pub(super) fn begin() -> io::Result<Self> {
            Ok(Self)
        }
    }
}
