//! Asks an address whether a server of ours is there.

use std::time::Duration;

use hyper_util::client::proxy::matcher::Intercept;
use ureq::config::Config;

use super::state_files::Addresses;
use super::{proxy, requests};
use crate::protocol::invite::ServerUrl;
use crate::trust::Trust;
use crate::wire::pages::{SERVICE, ServerCard};

/// How long a server on this machine or network may take to answer.
const PATIENCE: Duration = Duration::from_secs(1);
/// How long one elsewhere may take, which a WebSocket or a list of rooms did not reach before.
const PATIENCE_ELSEWHERE: Duration = Duration::from_secs(2);
/// The most bytes of an answer that are read; ours has about a hundred.
const MAX_ANSWER: u64 = 16 * 1024;

/// Whether a server of ours answers at `server`, on this machine or network, within a second.
pub async fn is_ours(server: &ServerUrl) -> bool {
    // Such a server is asked by plain HTTP, so that no authority is needed.
    asked(server, config(PATIENCE, None), Trust::only(Vec::new())).await
}

/// Whether a server of ours answers plain requests at `server`, where no WebSocket came about;
/// within two seconds.
pub(super) async fn answers(server: &ServerUrl, proxy: Option<&Intercept>, trust: &Trust) -> bool {
    let proxy = proxy.and_then(proxy::for_requests);
    let config = config(PATIENCE_ELSEWHERE, proxy);
    asked(server, config, trust.clone()).await
}

/// The same for a thread that may block.
pub(super) fn answers_now(server: &ServerUrl, proxy: Option<&Intercept>, trust: &Trust) -> bool {
    let proxy = proxy.and_then(proxy::for_requests);
    let config = config(PATIENCE_ELSEWHERE, proxy);
    match ask(&server.endpoint("/healthz"), config, trust) {
        Ok(card) => card.service == SERVICE,
        Err(cause) => {
            tracing::debug!(%server, "no server of ours: {cause}");
            false
        }
    }
}

/// Asks servers for the id by which a token of one address counts at another.
pub(super) fn addresses(trust: Trust) -> Addresses {
    Addresses::new(Box::new(move |server| server_id(server, &trust)))
}

/// The id that a server of ours tells at `server`, within two seconds; for a thread that may block.
fn server_id(server: &str, trust: &Trust) -> Option<String> {
    let server = ServerUrl::parse(server).ok()?;
    let proxy = proxy::of(proxy::of_environment(), server.as_str());
    let proxy = proxy.as_ref().and_then(proxy::for_requests);
    let config = config(PATIENCE_ELSEWHERE, proxy);
    match ask(&server.endpoint("/healthz"), config, trust) {
        Ok(card) => card.id.filter(|_| card.service == SERVICE),
        Err(cause) => {
            tracing::debug!(%server, "no server of ours: {cause}");
            None
        }
    }
}

async fn asked(server: &ServerUrl, config: Config, trust: Trust) -> bool {
    let url = server.endpoint("/healthz");
    let asked = tokio::task::spawn_blocking(move || ask(&url, config, &trust));
    match asked.await {
        Ok(Ok(card)) => card.service == SERVICE,
        Ok(Err(cause)) => {
            tracing::debug!(%server, "no server of ours: {cause}");
            false
        }
        Err(cause) => {
            tracing::error!("asking for a server failed: {cause}");
            false
        }
    }
}

/// The settings of a request that takes no longer than `patience`.
fn config(patience: Duration, proxy: Option<ureq::Proxy>) -> Config {
    ureq::Agent::config_builder()
        .timeout_global(Some(patience))
        .max_redirects(0)
        // A server whose disk is full is one of ours all the same.
        .http_status_as_error(false)
        .proxy(proxy)
        .build()
}

fn ask(url: &str, config: Config, trust: &Trust) -> Result<ServerCard, ureq::Error> {
    let mut answer = requests::agent(config, trust).get(url).call()?;
    let body = answer
        .body_mut()
        .with_config()
        .limit(MAX_ANSWER)
        .read_to_vec()?;
    serde_json::from_slice(&body).map_err(|cause| ureq::Error::Other(cause.into()))
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::is_ours;
    use crate::protocol::invite::ServerUrl;
    use crate::test_support::answers::{answer, answering};

    /// A server that gives one answer to the first who asks.
    fn once(status: &str, body: &str) -> ServerUrl {
        let (server, _) = answering([answer(status, body)]);
        ServerUrl::parse(&server).unwrap()
    }

    #[tokio::test]
    async fn a_server_names_itself() {
        let card = r#"{"service":"watchtogether","version":"0.1.0","protocol":1}"#;
        for status in ["200 OK", "503 Service Unavailable"] {
            assert!(is_ours(&once(status, card)).await, "{status}");
        }
    }

    #[tokio::test]
    async fn another_service_on_the_port_is_left_alone() {
        let other = r#"{"service":"something else"}"#;
        assert!(!is_ours(&once("200 OK", other)).await);
        assert!(!is_ours(&once("200 OK", "<html>hello</html>")).await);
        assert!(!is_ours(&once("302 Found\r\nLocation: /elsewhere", "{}")).await);
    }

    #[tokio::test]
    async fn nobody_there_is_an_answer_too() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        drop(listener);
        let server = ServerUrl::parse(&format!("http://{address}")).unwrap();
        assert!(!is_ours(&server).await);
    }
}
