//! Asks a server for its live rooms; `feed` follows them.

use std::io::ErrorKind;
use std::thread;
use std::time::{Duration, Instant};

use ureq::config::Config;
use ureq::http::{Response, header};
use url::Url;

use super::redirect::followed;
use super::retries::Retries;
use super::{probe, proxy, requests, tls};
use crate::app::event::{Disconnect, RoomsFault};
use crate::app::network_fault::NetworkCause;
use crate::protocol::ids::RoomId;
use crate::protocol::invite::ServerUrl;
use crate::system_fault::{SystemFault, UncategorizedError};
use crate::trust::Trust;
use crate::wire::pages::RoomCard;

mod event_stream;
pub(super) mod feed;
mod operator;

pub use operator::{answering_programs, asker, events_come, events_last};

/// How long a server may say nothing.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long the whole list may take: that of a hundred rooms, some 40 kB, takes 16 s at
/// 20 kbit/s, and nobody waits much longer for it (judgement).
const WHOLE: Duration = Duration::from_mins(1);
/// The least time for a request: zero might mean no limit.
const LEAST_LEFT: Duration = Duration::from_secs(1);
/// The longest list that is read, in bytes: some thousands of rooms.
const MAX_ANSWER: u64 = 8 * 1024 * 1024;
/// How many redirects are followed: to `https`, and to where a proxy has put the server.
const MAX_REDIRECTS: usize = 4;

/// The live rooms of a server. Blocks until it answers, a minute at most.
///
/// # Errors
/// [`RoomsFault`] if nobody answers, or not with a list of rooms.
pub fn ask(server: &str, trust: &Trust) -> Result<Vec<RoomCard>, RoomsFault> {
    ask_within(server, trust, &Patience::of_list(WHOLE))
}

/// Asks a server anew, after a short wait, where nothing answers: another node may. Before that
/// `again` is given the reason. Blocks.
///
/// # Errors
/// As `ask` says, of the last attempt.
pub fn asking_again<T>(
    ask: impl Fn() -> Result<T, RoomsFault>,
    again: impl Fn(&Disconnect),
) -> Result<T, RoomsFault> {
    let mut retries = Retries::begin();
    loop {
        let error = match ask() {
            Err(RoomsFault::Unreachable(error)) => error,
            answered => return answered,
        };
        let why = Disconnect::Unreachable {
            error: error.clone(),
        };
        let Some(wait) = retries.next_wait(&why) else {
            return Err(RoomsFault::Unreachable(error));
        };
        again(&why);
        thread::sleep(wait);
    }
}

/// The live rooms of a server that answers while somebody waits at a prompt: within a second.
///
/// # Errors
/// As [`ask`].
pub fn ask_quickly(server: &str, trust: &Trust) -> Result<Vec<RoomCard>, RoomsFault> {
    ask_within(server, trust, &Patience::of_list(LEAST_LEFT))
}

fn ask_within(
    server: &str,
    trust: &Trust,
    patience: &Patience,
) -> Result<Vec<RoomCard>, RoomsFault> {
    let answer = answer(server, "/api/rooms", trust, patience);
    let (mut answer, asked) = answer.map_err(|fault| or_held_back(fault, server, trust))?;
    let fault = |cause| asked.fault(cause);
    let body = answer.body_mut().with_config().limit(MAX_ANSWER);
    let body = body.read_to_vec().map_err(fault)?;
    serde_json::from_slice(&body).map_err(|cause| {
        tracing::warn!("the list of rooms was not understood: {cause}");
        RoomsFault::NotAServer
    })
}

/// The card of one room, public or unlisted; `None` if the server has no such room that it shows.
/// Blocks until it answers, a minute at most.
///
/// # Errors
/// [`RoomsFault`] if nobody answers, or no server of ours.
pub fn ask_about(
    server: &ServerUrl,
    room: &RoomId,
    trust: &Trust,
) -> Result<Option<RoomCard>, RoomsFault> {
    let path = format!("/api/rooms/{room}");
    let answer = answer(server.as_str(), &path, trust, &Patience::of_list(WHOLE));
    let (mut answer, asked) = match answer {
        Ok(answered) => answered,
        Err(RoomsFault::NotAServer) => {
            let proxy = proxy::of(proxy::of_environment(), server.as_str());
            let is_ours = probe::answers_now(server, proxy.as_ref(), trust);
            return if is_ours {
                Ok(None)
            } else {
                Err(or_held_back(RoomsFault::NotAServer, server.as_str(), trust))
            };
        }
        Err(fault) => return Err(or_held_back(fault, server.as_str(), trust)),
    };
    let body = answer.body_mut().with_config().limit(MAX_ANSWER);
    let body = body.read_to_vec().map_err(|cause| asked.fault(cause))?;
    let card = serde_json::from_slice(&body).map_err(|cause| {
        tracing::warn!("the card of a room was not understood: {cause}");
        RoomsFault::NotAServer
    });
    card.map(Some)
}

/// Waits until a server on this computer has a live room, as its feed says; `false` if that ends or
/// there is none. Blocks.
#[must_use]
pub fn until_any(server: &str) -> bool {
    feed::until_a_room(server, &Trust::of_system())
}

/// How long a request may take.
#[derive(Debug)]
struct Patience {
    /// How long nothing may come.
    silence: Duration,
    /// When the whole answer must be there; `None` for a stream.
    until: Option<Instant>,
}

impl Patience {
    fn of_list(whole: Duration) -> Self {
        Self {
            silence: PATIENCE.min(whole),
            until: Some(Instant::now() + whole),
        }
    }
}

/// Where a request went.
struct Asked {
    url: Url,
    /// The name of the proxy that was used, if any.
    proxy: Option<String>,
}

/// The answer to a request, after redirects that stay with the server, and where it came from.
fn answer(
    server: &str,
    path: &str,
    trust: &Trust,
    patience: &Patience,
) -> Result<(Response<ureq::Body>, Asked), RoomsFault> {
    let asked = Url::parse(&format!("{server}{path}"));
    let mut asked = asked.map_err(|_| RoomsFault::NotAServer)?;
    for _ in 0..=MAX_REDIRECTS {
        let proxy = proxy::of(proxy::of_environment(), asked.as_str());
        let config = config(proxy.as_ref().and_then(proxy::for_requests), patience);
        let here = Asked {
            url: asked.clone(),
            proxy: proxy.as_ref().map(proxy::name),
        };
        let answer = requests::agent(config, trust).get(asked.as_str()).call();
        let answer = answer.map_err(|cause| here.fault(cause))?;
        if !answer.status().is_redirection() {
            return Ok((answer, here));
        }
        let location = answer.headers().get(header::LOCATION);
        let location = location.and_then(|value| value.to_str().ok());
        let location = location.ok_or(RoomsFault::NotAServer)?;
        asked = followed(&asked, location).ok_or_else(|| elsewhere(location))?;
    }
    Err(RoomsFault::NotAServer)
}

/// The settings of a request that uses this proxy, if any.
fn config(proxy: Option<ureq::Proxy>, patience: &Patience) -> Config {
    let left = patience.until.map(|until| {
        let left = until.saturating_duration_since(Instant::now());
        left.max(LEAST_LEFT)
    });
    ureq::Agent::config_builder()
        .timeout_connect(Some(PATIENCE))
        .timeout_recv_response(Some(PATIENCE))
        .timeout_per_read(Some(patience.silence))
        .timeout_global(left)
        .max_redirects(0)
        .proxy(proxy)
        .build()
}

/// The fault, or a better one: a server of ours may be there behind a proxy that does not pass
/// the request for its rooms on, or the port speaks TLS.
fn or_held_back(fault: RoomsFault, server: &str, trust: &Trust) -> RoomsFault {
    let is_hung_up = fault == RoomsFault::Unreachable(NetworkCause::HungUp.into());
    let Ok(server) = ServerUrl::parse(server) else {
        return fault;
    };
    let proxy = proxy::of(proxy::of_environment(), server.as_str());
    if fault == RoomsFault::NotAServer && probe::answers_now(&server, proxy.as_ref(), trust) {
        return RoomsFault::Unreachable(NetworkCause::HeldBack.into());
    }
    if proxy.is_none() && (is_hung_up || fault == RoomsFault::NotAServer) {
        return tls::speaks_https(&server).map_or(fault, RoomsFault::Insecure);
    }
    fault
}

/// The fault of a server that redirects to another one.
fn elsewhere(location: &str) -> RoomsFault {
    let place = location.to_owned();
    RoomsFault::Unreachable(NetworkCause::RedirectsElsewhere(place).into())
}

impl Asked {
    /// Why there is no list.
    fn fault(&self, error: ureq::Error) -> RoomsFault {
        let cause = match error {
            ureq::Error::StatusCode(code) if code < 500 => return RoomsFault::NotAServer,
            ureq::Error::StatusCode(code) => NetworkCause::Status(code),
            ureq::Error::Http(_) | ureq::Error::BadUri(_) | ureq::Error::BodyExceedsLimit(_) => {
                return RoomsFault::NotAServer;
            }
            // What comes is no HTTP.
            ureq::Error::Protocol(_) => return RoomsFault::NotAServer,
            ureq::Error::Io(cause) if cause.kind() == ErrorKind::UnexpectedEof => {
                NetworkCause::HungUp
            }
            ureq::Error::Io(cause) => match tls::of_io(&cause, &self.url) {
                Some(fault) => return RoomsFault::Insecure(fault),
                None => NetworkCause::System((&cause).into()),
            },
            ureq::Error::Timeout(_) => {
                NetworkCause::System(SystemFault::Known(ErrorKind::TimedOut))
            }
            ureq::Error::HostNotFound => {
                NetworkCause::System(SystemFault::Uncategorized(UncategorizedError::NameNotFound))
            }
            cause => NetworkCause::System(SystemFault::foreign(cause.to_string())),
        };
        RoomsFault::Unreachable(cause.through(self.proxy.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::MAX_REDIRECTS;
    use crate::app::event::RoomsFault;
    use crate::app::network_fault::NetworkCause;
    use crate::strings::network;
    use crate::test_support::answers::{answer, answering};
    use crate::texts::language::Language;
    use crate::trust::Trust;
    use crate::wire::pages::RoomCard;

    fn ask(server: &str) -> Result<Vec<RoomCard>, RoomsFault> {
        super::ask(server, &Trust::only(Vec::new()))
    }

    fn redirect(location: &str) -> String {
        answer(&format!("302 Found\r\nLocation: {location}"), "")
    }

    fn list(body: &str) -> String {
        answer("200 OK", body)
    }

    #[test]
    fn a_redirect_to_another_server_is_not_followed() {
        // Somebody else's service on this computer, which nobody is to be sent to.
        let (inside, asked_inside) = answering([list("[]")]);
        let (server, _) = answering([redirect(&format!("{inside}/secret"))]);
        let place = NetworkCause::RedirectsElsewhere(format!("{inside}/secret"));
        assert_eq!(ask(&server), Err(RoomsFault::Unreachable(place.into())));
        let end = format!("{inside}/the-end");
        ureq::get(&end).call().unwrap();
        let asked_inside: Vec<String> = asked_inside.iter().collect();
        assert_eq!(asked_inside, ["GET /the-end HTTP/1.1"], "by nobody before");
    }

    #[test]
    fn a_redirect_on_the_same_server_is_followed_so_often() {
        let (server, _) = answering([redirect("/watch/api/rooms"), list("[]")]);
        assert_eq!(ask(&server), Ok(Vec::new()));
        let answers = vec![redirect("/on"); MAX_REDIRECTS + 1];
        let (server, asked) = answering(answers);
        assert_eq!(ask(&server), Err(RoomsFault::NotAServer));
        assert_eq!(asked.iter().count(), MAX_REDIRECTS + 1);
    }

    #[test]
    fn what_keeps_the_question_from_a_server_of_ours_is_distinguished_from_one_that_is_none() {
        let card = r#"{"service":"watchtogether","version":"0.1.0","protocol":1}"#;
        let refusal = || answer("400 Bad Request", "");
        let (server, _) = answering([refusal(), list(card)]);
        let held_back = RoomsFault::Unreachable(NetworkCause::HeldBack.into());
        assert_eq!(ask(&server), Err(held_back));
        let (server, _) = answering([refusal(), list("{}")]);
        assert_eq!(ask(&server), Err(RoomsFault::NotAServer));
    }

    #[test]
    fn what_speaks_no_http_is_no_server_of_ours_and_silence_is_none() {
        let (server, _) = answering(["SSH-2.0-OpenSSH_9.2\r\n".to_owned()]);
        assert_eq!(ask(&server), Err(RoomsFault::NotAServer));
        let (server, _) = answering([String::new()]);
        let hung_up = RoomsFault::Unreachable(NetworkCause::HungUp.into());
        assert_eq!(ask(&server), Err(hung_up));
    }

    #[test]
    fn a_place_to_go_on_to_steers_no_terminal() {
        let (server, _) = answering([redirect("http://b.example/\u{9b}31m\u{202e}x")]);
        match ask(&server) {
            Err(RoomsFault::Unreachable(fault)) => {
                let words = network::fault(Language::English, &fault);
                let hostile = crate::protocol::text::is_hostile;
                assert!(!words.chars().any(hostile), "{words:?}");
            }
            other => assert_eq!(other, Err(RoomsFault::NotAServer)),
        }
    }
}
