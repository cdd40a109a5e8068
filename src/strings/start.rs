//! Texts for a client that cannot be started as the command line asks.

use crate::protocol::text::{TextError, clean};
use crate::texts::language::Language;
use crate::texts::names;

/// `--name` is no valid name.
#[must_use]
pub fn name(language: Language, text: &str, why: TextError) -> String {
    let why = match why {
        TextError::TooLong { max } => format!("A name has at most {max} characters."),
        TextError::Name(fault) => names::fault(language, fault),
        TextError::Empty | TextError::NotEmoji => "It has nothing visible in it.".to_owned(),
    };
    format!(
        "You cannot be called “{}”. {why} The name comes from --name, from WATCHTOGETHER_NAME or \
         from config.toml.",
        clean(text, 40)
    )
}

/// The room's title is refused.
#[must_use]
pub fn title(language: Language, error: TextError) -> String {
    match error {
        TextError::TooLong { max } => {
            format!("That title is too long. Give one of at most {max} characters: --title TEXT.")
        }
        TextError::Empty | TextError::NotEmoji | TextError::Name(_) => {
            "That title has nothing visible in it. Give another, or leave --title out.".to_owned()
        }
    }
}

/// A `--player-arg` is no option.
#[must_use]
pub fn player_argument(language: Language, argument: &str) -> String {
    format!(
        "“{}” is no mpv option. Give each as one argument, such as --player-arg=--hwdec=no.",
        clean(argument, 80)
    )
}

/// No server was named, and none is on this computer.
#[must_use]
pub fn no_local_server(language: Language) -> String {
    "No server runs on this computer. Name one (--server https://watch.example.org), or start \
     one here: watchtogether serve."
        .to_owned()
}

/// Environment variables, as (name, value), that name no proxy that can be used, in one line;
/// `None` if there are none. The values are not cleaned.
#[must_use]
pub fn unusable_proxies<'a>(
    language: Language,
    proxies: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Option<String> {
    let named: Vec<_> = proxies
        .into_iter()
        .map(|(variable, value)| format!("{variable}=\"{value}\""))
        .collect();
    let verb = if named.len() == 1 { "names" } else { "name" };
    (!named.is_empty()).then(|| {
        format!(
            "{} {verb} no proxy that can be used: this is as if nothing were set. Only \
             http://HOST:PORT is known.",
            named.join(", ")
        )
    })
}

/// The server that was named does not answer.
#[must_use]
pub fn unreachable(language: Language, server: &str, error: &str) -> String {
    format!(
        "{server} cannot be reached: {error}. Check the address and your network, and try again."
    )
}

/// Something answers at the address, but it is not one of our servers.
#[must_use]
pub fn no_server_of_ours(language: Language, server: &str) -> String {
    format!("What answers at {server} is no watchtogether server. Check the address.")
}

/// Nobody read standard output, and some of it is lost.
pub const OUTPUT_NOT_READ: &str = "Standard output was not read fast enough: more than 8 MiB \
     waited, or its last lines for two seconds. What waited is lost. Read on while it runs, or \
     let it write into a file.";
