//! Asks for the password of a new private room on the terminal, twice. Each letter is shown as a
//! dot.

use std::io;
use std::process::ExitCode;

use rpassword::ConfigBuilder;

use super::config::{ConfigError, JoinConfig};
use super::{USAGE, complain_of_error};
use crate::protocol::member::Visibility;
use crate::protocol::secret::Password;
use crate::texts::language::Language;
use crate::texts::tr;

/// What stands for a letter.
const DOT: char = '•';

/// The exit code of a program that Ctrl-C ends: what a shell gives, 128 and the signal's number.
const INTERRUPTED: u8 = 130;

/// Why there is no password.
enum GivenUp {
    /// By Ctrl-C, which needs no words.
    Interrupted,
    /// The terminal has no more lines.
    Ended,
    /// It cannot be read or written.
    Failed(io::Error),
}

impl From<io::Error> for GivenUp {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::Interrupted => Self::Interrupted,
            io::ErrorKind::UnexpectedEof => Self::Ended,
            _ => Self::Failed(error),
        }
    }
}

/// The settings with the password that they lack for a private room. If the user gives none, the
/// code to exit with; why is said, unless they interrupted it.
///
/// # Errors
/// If the terminal cannot be read or written.
pub(super) fn completed(
    config: JoinConfig,
    language: Language,
) -> io::Result<Result<JoinConfig, ExitCode>> {
    if config.visibility() != Visibility::Private || config.password.is_some() {
        return Ok(Ok(config));
    }
    // Whatever comes next begins on a line of its own: the question stands on this one.
    match ask(language) {
        Ok(password) => Ok(Ok(JoinConfig {
            password: Some(password),
            ..config
        })),
        Err(GivenUp::Interrupted) => {
            eprintln!();
            Ok(Err(ExitCode::from(INTERRUPTED)))
        }
        Err(GivenUp::Ended) => {
            eprintln!();
            let why = ConfigError::PrivateWithoutPassword.words(language);
            complain_of_error(language, why);
            Ok(Err(ExitCode::from(USAGE)))
        }
        Err(GivenUp::Failed(error)) => Err(error),
    }
}

/// Asks until both answers are the same. An empty one is asked for again, so that nobody types a
/// password into their shell.
fn ask(language: Language) -> Result<Password, GivenUp> {
    let _guard = guard::Guard::begin()?;
    loop {
        let first = answer(&tr!(language, "cli-password-new"))?;
        if first.is_empty() {
            eprintln!("{}", tr!(language, "cli-password-none"));
            continue;
        }
        if first.len() > Password::MAX_BYTES {
            let most = Password::MAX_BYTES;
            eprintln!("{}", tr!(language, "cli-password-too-long", most = most));
            continue;
        }
        let second = answer(&tr!(language, "cli-password-again"))?;
        if first == second {
            return Ok(first.into());
        }
        eprintln!("{}", tr!(language, "dialog-passwords-differ"));
    }
}

/// The line that answers a question.
fn answer(question: &str) -> io::Result<String> {
    let config = ConfigBuilder::new().password_feedback_mask(DOT).build();
    rpassword::prompt_password_with_config(format!("{question} "), config)
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
