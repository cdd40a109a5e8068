//! Texts for a client that cannot be started as the command line asks.

use std::io;
use std::path::Path;

use super::network;
use super::sentences::quoted;
use super::tls;
use crate::app::network_fault::NetworkFault;
use crate::app::tls_fault::TlsFault;
use crate::protocol::text::{TextError, clean};
use crate::texts::language::Language;
use crate::texts::{names, system, tr};

/// `--name` is no valid name.
#[must_use]
pub fn name(language: Language, text: &str, why: TextError) -> String {
    let name = quoted(language, &clean(text, 40));
    let why = name_fault(language, why);
    tr!(language, "start-name", name = name, why = why)
}

/// Why a text is no valid name.
#[must_use]
pub fn name_fault(language: Language, why: TextError) -> String {
    match why {
        TextError::TooLong { max } => tr!(language, "start-name-too-long", max = max),
        TextError::Name(fault) => names::fault(language, fault),
        TextError::Empty | TextError::NotEmoji | TextError::TooWide { .. } => {
            tr!(language, "start-name-invisible")
        }
    }
}

/// The room's title is refused.
#[must_use]
pub fn title(language: Language, error: TextError) -> String {
    match error {
        TextError::TooLong { max } => tr!(language, "start-title-too-long", max = max),
        TextError::Empty | TextError::NotEmoji | TextError::TooWide { .. } | TextError::Name(_) => {
            tr!(language, "start-title-invisible")
        }
    }
}

/// A `--player-arg` is no option.
#[must_use]
pub fn player_argument(language: Language, argument: &str) -> String {
    let argument = quoted(language, &clean(argument, 80));
    tr!(language, "start-player-argument", argument = argument)
}

/// The file of cookies cannot be read.
#[must_use]
pub fn cookies(language: Language, path: &Path, cause: &io::Error) -> String {
    let path = path.display().to_string();
    let why = system::error(language, cause);
    tr!(language, "start-cookies", path = path, why = why)
}

/// No server was named, and none is on this computer.
#[must_use]
pub fn no_local_server(language: Language) -> String {
    tr!(language, "start-no-local-server")
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
    (!named.is_empty()).then(|| tr!(language, "start-proxies", proxies = named.join(", ")))
}

/// An environment variable that nothing reads, and the one that was probably meant. The name is not
/// cleaned.
#[must_use]
pub fn misspelt(language: Language, name: &str, nearest: &str) -> String {
    tr!(language, "start-misspelt", name = name, nearest = nearest)
}

/// The server that was named does not answer.
#[must_use]
pub fn unreachable(language: Language, server: &str, error: &NetworkFault) -> String {
    tr!(
        language,
        "start-unreachable",
        server = server,
        error = network::fault(language, error)
    )
}

/// There is no secure connection to the server that was named.
#[must_use]
pub fn insecure(language: Language, server: &str, fault: &TlsFault) -> String {
    let why = format!(
        "{} {}",
        tls::fault(language, fault),
        tls::next(language, fault)
    );
    tr!(language, "start-insecure", server = server, why = why)
}

/// Something answers at the address, but it is not one of our servers.
#[must_use]
pub fn no_server_of_ours(language: Language, server: &str) -> String {
    tr!(language, "start-not-a-server", server = server)
}

/// Nobody read standard output, and some of it is lost.
#[must_use]
pub fn output_not_read(language: Language) -> String {
    tr!(language, "start-output-not-read")
}

#[cfg(test)]
mod tests {
    use super::{name, title, unusable_proxies};
    use crate::protocol::text::TextError;
    use crate::texts::language::Language::{English, Russian};

    #[test]
    fn a_limit_is_counted_as_the_language_does() {
        let named = |language, max| name(language, "Ann", TextError::TooLong { max });
        assert!(named(English, 24).contains("at most 24 characters."));
        assert!(named(Russian, 24).contains("не больше 24 символов."));
        let titled = |language, max| title(language, TextError::TooLong { max });
        assert!(titled(English, 1).ends_with("at most 1 character."));
        assert!(titled(Russian, 81).ends_with("не больше 81 символа."));
    }

    #[test]
    fn proxies_that_cannot_be_used_are_named_in_one_line() {
        let proxies = [("HTTP_PROXY", "socks5://a"), ("ALL_PROXY", "b")];
        let named = "HTTP_PROXY=\"socks5://a\", ALL_PROXY=\"b\"";
        for language in [English, Russian] {
            assert_eq!(unusable_proxies(language, []), None);
            let text = unusable_proxies(language, proxies).unwrap();
            assert!(text.contains(named) && text.contains("http://"), "{text}");
        }
    }
}
