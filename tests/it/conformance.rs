//! The conformance kit: our own server passes, and one that breaks a rule fails where it breaks it.

use std::net::SocketAddr;
use std::process::Output;
use std::sync::Arc;

use futures_util::{SinkExt, StreamExt};
use serde_json::Value;
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::{WebSocketStream, accept_async, connect_async};

use crate::support::process::Process;
use crate::support::program;
use crate::support::server::{Server, listening, serve};

/// Runs the kit: its exit code, and its lines of JSON.
fn conformance(url: &str, only: &[&str]) -> (Option<i32>, Vec<Value>, String) {
    let home = tempfile::tempdir().expect("a folder");
    let mut command = program(home.path());
    command.args(["conformance", url, "--json", "--lang", "en"]);
    for name in only {
        command.args(["--only", name]);
    }
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().expect("it runs");
    let lines = String::from_utf8(stdout).expect("UTF-8");
    let lines = lines.lines();
    let lines = lines.map(|line| serde_json::from_str(line).expect("JSON"));
    let complaints = String::from_utf8(stderr).expect("UTF-8");
    (status.code(), lines.collect(), complaints)
}

#[test]
fn our_server_passes_every_scenario_and_nothing_is_left_behind() {
    let server = Server::on_disk();
    let (code, lines, complaints) = conformance(server.url(), &[]);
    let others: Vec<&Value> = lines
        .iter()
        .filter(|line| line["verdict"] != "pass")
        .collect();
    assert!(others.is_empty(), "{others:#?}");
    assert!(lines.len() >= 40, "{} scenarios", lines.len());
    assert_eq!((code, complaints.as_str()), (Some(0), ""));
    let mut asked = program(server.home());
    asked.args(["admin", "rooms", "--json", "--data-dir"]);
    let rooms = asked.arg(server.home().join("rooms")).output();
    let rooms: Value =
        serde_json::from_slice(&rooms.expect("it runs").stdout).expect("an answer in JSON");
    assert_eq!(rooms["rooms"], Value::Array(Vec::new()), "{rooms}");
}

#[test]
fn who_does_not_answer_is_named_and_a_name_that_is_no_scenario_is_refused() {
    let nobody = format!("http://{}", crate::support::free_address());
    let (code, lines, complaints) = conformance(&nobody, &["clock"]);
    assert_eq!((code, lines.len()), (Some(4), 0));
    assert!(complaints.contains(&nobody), "{complaints}");
    let (code, _, complaints) = conformance(&nobody, &["no-such"]);
    assert_eq!(code, Some(2));
    assert!(complaints.contains("first-is-admin"), "{complaints}");
}

#[test]
fn a_server_of_the_file_is_tried_by_its_name_with_what_its_profile_says() {
    let home = tempfile::tempdir().expect("a folder");
    let key = home.path().join("key");
    std::fs::write(&key, "open sesame\n").expect("a file");
    let key = key.to_str().expect("UTF-8");
    let asks = ["--create", "password", "--create-password-file", key];
    let anywhere = ["--ephemeral", "--listen", "127.0.0.1:0"];
    let mut server = Process::start(serve(home.path(), &anywhere).args(asks));
    let url = listening(&mut server);
    let file = home.path().join("config.toml");
    let profile = format!("[servers.home]\nurl = \"{url}\"\ncreate-password-file = \"{key}\"\n");
    std::fs::write(&file, profile).expect("a file");
    let tried = |name: &str| {
        let mut command = program(home.path());
        command.arg("--config").arg(&file);
        command.args([
            "conformance",
            name,
            "--only",
            "first-is-admin",
            "--lang",
            "en",
        ]);
        let Output {
            status,
            stdout,
            stderr,
        } = command.output().expect("it runs");
        (
            status.code(),
            stdout,
            String::from_utf8(stderr).expect("UTF-8"),
        )
    };
    let (code, verdict, complaints) = tried("home");
    assert_eq!((code, complaints.as_str()), (Some(0), ""));
    assert!(verdict.starts_with(b"pass"), "{verdict:?}");
    let (code, _, complaints) = tried("hme");
    assert_eq!(code, Some(2));
    assert!(
        complaints.contains("SERVER") && complaints.contains("home"),
        "{complaints}"
    );
}

/// What a broken server does to a frame of a good one; `None` drops it.
type Fault = fn(Value) -> Option<Value>;

/// A server that breaks one rule: a proxy before a good one that changes its frames.
async fn broken(good: SocketAddr, fault: Fault) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("its address");
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(carry(stream, good, Arc::new(fault)));
        }
    });
    address
}

async fn carry(stream: TcpStream, good: SocketAddr, fault: Arc<Fault>) {
    let Ok(client) = accept_async(stream).await else {
        return;
    };
    let (server, _) = connect_async(format!("ws://{good}/ws"))
        .await
        .expect("the good server answers");
    let (mut to_server, mut of_server) = server.split();
    let (mut to_client, mut of_client): (
        futures_util::stream::SplitSink<WebSocketStream<TcpStream>, Message>,
        _,
    ) = client.split();
    let there = async {
        while let Some(Ok(message)) = of_client.next().await {
            if to_server.send(message).await.is_err() {
                break;
            }
        }
        let _gone = to_server.close().await;
    };
    let back = async {
        while let Some(Ok(message)) = of_server.next().await {
            let message = match message {
                Message::Text(text) => {
                    let frame = serde_json::from_str(&text).expect("JSON");
                    match fault(frame) {
                        Some(frame) => Message::text(frame.to_string()),
                        None => continue,
                    }
                }
                Message::Close(Some(frame)) => {
                    let closing = serde_json::json!({
                        "type": "close", "code": u16::from(frame.code), "reason": frame.reason.as_str(),
                    });
                    let closing = fault(closing).expect("a close frame stays one");
                    let code = closing["code"].as_u64().expect("a code");
                    Message::Close(Some(CloseFrame {
                        code: u16::try_from(code).expect("a code").into(),
                        reason: closing["reason"]
                            .as_str()
                            .expect("a text")
                            .to_owned()
                            .into(),
                    }))
                }
                other => other,
            };
            if to_client.send(message).await.is_err() {
                break;
            }
        }
    };
    tokio::join!(there, back);
}

/// The faults: what is broken, how, and the scenario that must find it.
const FAULTS: [(&str, &str, Fault); 9] = [
    (
        "the second member is an admin, too",
        "second-is-viewer",
        |mut frame| {
            for member in frame
                .pointer_mut("/catch_up/state/roster/members")?
                .as_array_mut()?
            {
                member["role"] = "admin".into();
            }
            Some(frame)
        },
    ),
    ("revs have gaps", "revs", |mut frame| {
        if let Some(events) = frame.get_mut("events").and_then(Value::as_array_mut) {
            for fact in events {
                let rev = fact["rev"].as_u64().expect("a rev");
                fact["rev"] = (rev * 2).into();
            }
        }
        Some(frame)
    }),
    (
        "a denial does not say what it takes",
        "denials",
        |mut frame| {
            if frame["type"] == "denied" {
                frame.as_object_mut()?.remove("args");
            }
            Some(frame)
        },
    ),
    (
        "the exchange echoes something else",
        "clock",
        |mut frame| {
            if frame["type"] == "pong" {
                frame["t0"] = 7.into();
            }
            Some(frame)
        },
    ),
    ("room time stands still", "clock", |mut frame| {
        if frame["type"] == "pong" {
            frame["t1"] = 5.into();
            frame["t2"] = 5.into();
        }
        Some(frame)
    }),
    ("what was missed is lost", "resume", |mut frame| {
        if let Some(events) = frame.pointer_mut("/catch_up/events") {
            *events = Value::Array(Vec::new());
        }
        Some(frame)
    }),
    ("the state is old", "late-join", |mut frame| {
        if let Some(queue) = frame.pointer_mut("/catch_up/state/queue/entries") {
            *queue = Value::Array(Vec::new());
        }
        Some(frame)
    }),
    ("the close frame says nothing", "kick", |mut frame| {
        if frame["type"] == "close" {
            frame["reason"] = "".into();
        }
        Some(frame)
    }),
    ("who comes back is somebody else", "token", |mut frame| {
        if frame["type"] == "welcome" {
            frame["you"] = rand::random_range(100..1_000_000_u64).into();
        }
        Some(frame)
    }),
];

#[tokio::test]
async fn a_server_that_breaks_a_rule_fails_where_it_breaks_it() {
    for (what, scenario, fault) in FAULTS {
        let server = Server::ephemeral();
        let good = server.url().strip_prefix("http://").expect("plain HTTP");
        let address = broken(good.parse().expect("an address"), fault).await;
        let url = format!("http://{address}");
        let played = tokio::task::spawn_blocking(move || conformance(&url, &[scenario]));
        let (code, lines, complaints) = played.await.expect("it ran");
        assert_eq!(code, Some(1), "{what}: {lines:?} {complaints}");
        let [verdict] = &lines[..] else {
            panic!("{what}: one verdict, not {lines:?}");
        };
        assert_eq!(verdict["verdict"], "fail", "{what}: {verdict}");
        for part in ["expected", "came", "text"] {
            assert!(
                verdict[part].as_str().is_some_and(|text| !text.is_empty()),
                "{what}: {verdict}"
            );
        }
    }
}
