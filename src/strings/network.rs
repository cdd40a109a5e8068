//! Texts for what goes wrong on the way to a server.

use super::address;
use super::numbers::whole_seconds;
use crate::app::network_fault::{NetworkCause, NetworkFault};
use crate::protocol::text::clean;
use crate::texts::language::Language;
use crate::texts::{system, tr};

/// The most characters of a stranger's words within a fault.
const SHOWN: usize = 200;

/// What went wrong, to follow a colon or to stand in brackets.
#[must_use]
pub fn fault(language: Language, fault: &NetworkFault) -> String {
    let what = cause(language, &fault.cause);
    match &fault.proxy {
        Some(proxy) => tr!(
            language,
            "network-by-proxy",
            proxy = clean(proxy, SHOWN),
            what = what
        ),
        None => what,
    }
}

fn cause(language: Language, cause: &NetworkCause) -> String {
    let shown = |text: &str| clean(text, SHOWN);
    match cause {
        NetworkCause::Ended => tr!(language, "network-ended"),
        NetworkCause::HungUp => tr!(language, "network-hung-up"),
        NetworkCause::Late(span) => {
            tr!(
                language,
                "network-late",
                span = whole_seconds(language, *span)
            )
        }
        NetworkCause::Status(status) => {
            tr!(language, "network-status", status = status.to_string())
        }
        NetworkCause::NoAddress(error) => address::invalid(language, *error),
        NetworkCause::Redirects(place) => {
            tr!(language, "network-redirects", place = shown(place))
        }
        NetworkCause::RedirectsElsewhere(place) => {
            tr!(language, "network-elsewhere", place = shown(place))
        }
        NetworkCause::ProxyAsksPassword => tr!(language, "network-proxy-password"),
        NetworkCause::ProxyRefuses(status) => {
            tr!(
                language,
                "network-proxy-refuses",
                status = status.to_string()
            )
        }
        NetworkCause::NotHttp => tr!(language, "network-not-http"),
        NetworkCause::HeadTooLong => tr!(language, "network-head-too-long"),
        NetworkCause::MessageTooLong => tr!(language, "network-message-too-long"),
        NetworkCause::TakesNothing => tr!(language, "network-takes-nothing"),
        NetworkCause::Senseless => tr!(language, "network-senseless"),
        NetworkCause::FirstMessage => tr!(language, "network-first-message"),
        NetworkCause::TooMuch => tr!(language, "network-too-much"),
        NetworkCause::HeldBack => tr!(language, "network-held-back"),
        NetworkCause::System(fault) => shown(&system::words(language, fault)),
    }
}

#[cfg(test)]
mod tests {
    use std::io::ErrorKind;

    use super::fault;
    use crate::app::network_fault::NetworkCause;
    use crate::protocol::invite::ServerUrl;
    use crate::protocol::text::is_hostile;
    use crate::protocol::time::Span;
    use crate::system_fault::SystemFault;
    use crate::test_support::foreign_words;
    use crate::texts::language::Language::{English, Russian};

    #[test]
    fn what_went_wrong_is_said_in_both_languages() {
        let refused = SystemFault::Known(ErrorKind::ConnectionRefused);
        let rows = [
            (
                NetworkCause::System(refused),
                "connection refused",
                "в соединении отказано",
            ),
            (
                NetworkCause::Late(Span::seconds(7)),
                "no answer within 7 s",
                "нет ответа за 7 с",
            ),
            (
                NetworkCause::Status(404),
                "it answers with status 404",
                "ответ 404",
            ),
        ];
        for (cause, english, russian) in rows {
            assert_eq!(fault(English, &cause.clone().into()), english);
            assert_eq!(fault(Russian, &cause.into()), russian);
        }
    }

    #[test]
    fn what_only_a_library_words_is_quoted() {
        let address = ServerUrl::parse("watch").unwrap_err();
        let library = SystemFault::foreign("the wheels came off");
        for cause in [
            NetworkCause::NoAddress(address),
            NetworkCause::System(library),
        ] {
            let words = fault(Russian, &cause.into());
            assert_eq!(foreign_words(&words), [""; 0], "{words}");
        }
    }

    #[test]
    fn a_fault_names_the_proxy_on_the_way_and_nothing_of_it_steers_a_terminal() {
        let proxy = Some("proxy.\u{1b}example:3128".to_owned());
        let late = NetworkCause::HungUp.through(proxy);
        assert_eq!(
            fault(English, &late),
            "through the proxy proxy.example:3128: it hung up without answering"
        );
        let place = "http://b.example/\u{9b}31m\u{202e}x".to_owned();
        let elsewhere = fault(English, &NetworkCause::RedirectsElsewhere(place).into());
        assert!(elsewhere.contains("http://b.example/"), "{elsewhere}");
        assert!(!elsewhere.chars().any(is_hostile), "{elsewhere:?}");
    }
}
