//! Servers, and what stands before them, that do as each test wishes.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_tungstenite::accept_async;

use super::{Network, Socket, connect_by};
use crate::app::event::Disconnect;
use crate::app::network_fault::NetworkCause;
use crate::app::output::Why;
use crate::protocol::invite::ServerUrl;
use crate::relay::Proxies;
use crate::strings::client as words;
use crate::strings::network;
use crate::test_support::origin::head;
use crate::texts::language::Language;
use crate::traffic::Traffic;
use crate::trust::Trust;

/// What our own server says of itself.
const CARD: &str = r#"{"service":"watchtogether","version":"0.1.0","protocol":1}"#;

fn answer(status: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    )
}

/// A server that answers each request by its path; an empty answer is none at all.
async fn serving(answer: impl Fn(&str) -> String + Send + 'static) -> ServerUrl {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let mut silent = Vec::new();
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let asked = head(&mut stream).await.unwrap_or_default();
            let path = asked.split(' ').nth(1).unwrap_or_default();
            let answer = answer(path);
            if answer.is_empty() {
                silent.push(stream);
            } else {
                // Whoever does not wait for the answer need not have it.
                let _peer_closed = stream.write_all(answer.as_bytes()).await;
            }
        }
    });
    ServerUrl::parse(&format!("http://{address}")).unwrap()
}

async fn connected(server: &ServerUrl, proxies: &Proxies) -> Result<Socket, Disconnect> {
    let network = Network {
        proxies,
        trust: &Trust::only(Vec::new()),
        traffic: &Traffic::default(),
        question: "",
    };
    connect_by(server, network).await
}

async fn failed(server: &ServerUrl, proxies: &Proxies) -> Disconnect {
    match connected(server, proxies).await {
        Ok(_) => panic!("connected to {server}"),
        Err(why) => why,
    }
}

async fn fails(server: &ServerUrl) -> Disconnect {
    failed(server, &Proxies::none()).await
}

#[tokio::test]
async fn our_own_server_behind_what_passes_no_web_sockets_on_is_known() {
    for status in [
        "400 Bad Request",
        "200 OK",
        "426 Upgrade Required",
        "404 Not Found",
    ] {
        let server = serving(move |path| match path {
            "/healthz" => answer("200 OK", "", CARD),
            _ => answer(status, "", "no upgrade"),
        })
        .await;
        let why = fails(&server).await;
        let is_named = matches!(why, Disconnect::NoWebSockets { .. });
        assert!(is_named, "{status}: {why:?}");
    }
}

#[tokio::test]
async fn a_proxy_that_answers_the_upgrade_as_any_request_is_named_with_what_to_do() {
    let server = serving(|path| match path {
        "/healthz" => answer("200 OK", "", CARD),
        _ => answer("200 OK", "", "<html>hello</html>"),
    })
    .await;
    let why = Why::Unreachable(fails(&server).await);
    assert_eq!(
        words::why(Language::English, &why),
        "That address is a watchtogether server, but the proxy in front of it blocks WebSockets \
         (it answers with status 200). Ask its operator to make the proxy pass on the Upgrade \
         header."
    );
    assert_eq!(
        words::why(Language::Russian, &why),
        "По этому адресу есть сервер watchtogether, но прокси перед ним не пропускает WebSocket \
         (ответ 200). Попросите владельца сервера пропускать через прокси заголовок \
         Upgrade."
    );
}

#[tokio::test]
async fn another_service_is_not_taken_for_ours() {
    let server = serving(|_| answer("200 OK", "", "<html>hello</html>")).await;
    let why = fails(&server).await;
    assert!(matches!(why, Disconnect::NotAServer { .. }), "{why:?}");
}

#[tokio::test(start_paused = true)]
async fn what_takes_the_request_and_never_answers_is_asked_what_it_is() {
    let server = serving(|path| match path {
        "/healthz" => answer("200 OK", "", CARD),
        _ => String::new(),
    })
    .await;
    let why = fails(&server).await;
    assert!(matches!(why, Disconnect::NoWebSockets { .. }), "{why:?}");
}

#[tokio::test]
async fn a_server_that_asks_for_https_is_asked_again_by_https() {
    // The binary does this at its start.
    let _already = rustls::crypto::ring::default_provider().install_default();
    let secure = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = secure.local_addr().unwrap().port();
    let server = serving(move |path| {
        let to = format!("Location: https://127.0.0.1:{port}{path}\r\n");
        answer("308 Permanent Redirect", &to, "")
    })
    .await;
    let first = tokio::spawn(async move {
        let (mut stream, _) = secure.accept().await.unwrap();
        stream.read_u8().await.unwrap()
    });
    let why = fails(&server).await;
    // A TLS handshake (RFC 8446, section 5.1: record type 22).
    assert_eq!(first.await.unwrap(), 22, "{why:?}");
}

#[tokio::test]
async fn no_redirect_leads_to_another_host_or_away_from_https() {
    for to in ["https://other.example/ws", "http://127.0.0.1:1/ws", "/ws"] {
        let server =
            serving(move |_| answer("302 Found", &format!("Location: {to}\r\n"), "")).await;
        match fails(&server).await {
            Disconnect::NotAServer { error } => {
                let to = NetworkCause::Redirects(to.to_owned());
                assert_eq!(error, to.into());
            }
            why => panic!("{to}: {why:?}"),
        }
    }
}

/// A proxy on a free port, with a password.
async fn proxy() -> (TcpListener, Proxies) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let proxies = Proxies::all(&format!("http://user:word@{address}"), "");
    (listener, proxies)
}

fn watch() -> ServerUrl {
    ServerUrl::parse("http://watch.example.org:8000").unwrap()
}

#[tokio::test]
async fn the_proxy_leads_to_the_server() {
    let (listener, proxies) = proxy().await;
    let leading = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let asked = head(&mut stream).await.unwrap_or_default();
        stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.unwrap();
        let served = accept_async(stream).await;
        (asked, served.is_ok())
    });
    assert!(connected(&watch(), &proxies).await.is_ok());
    let (asked, served) = leading.await.unwrap();
    assert!(served);
    assert!(
        asked.starts_with("CONNECT watch.example.org:8000 "),
        "{asked}"
    );
    assert!(asked.contains("Proxy-Authorization: Basic "), "{asked}");
}

#[tokio::test]
async fn a_proxy_that_does_not_lead_on_is_named_without_its_password() {
    for status in [
        Some("407 Proxy Authentication Required"),
        Some("403 Forbidden"),
        None,
    ] {
        let (listener, proxies) = proxy().await;
        let address = listener.local_addr().unwrap().to_string();
        match status {
            Some(status) => {
                tokio::spawn(async move {
                    let (mut stream, _) = listener.accept().await.unwrap();
                    head(&mut stream).await;
                    let answer = answer(status, "", "");
                    stream.write_all(answer.as_bytes()).await.unwrap();
                });
            }
            None => drop(listener),
        }
        match failed(&watch(), &proxies).await {
            Disconnect::Unreachable { error } => {
                let error = network::fault(Language::English, &error);
                assert!(
                    error.contains(&address) && error.contains("proxy"),
                    "{error}"
                );
                assert!(
                    !error.contains("word@") && !error.contains("user"),
                    "{error}"
                );
            }
            why => panic!("{status:?}: {why:?}"),
        }
    }
}
