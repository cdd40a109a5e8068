//! Why a start finds no Redis that it can use: each cause from something real.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

use tempfile::TempDir;

use super::settings;
use crate::server::log::{
    OpenError, RedisCause, RedisSettings, RedisTlsCause, RoomLog, check_redis,
};
use crate::test_support::certificates::{Authority, Certified, Dates};
use crate::test_support::redis_server::{Keeps, RedisServer};

/// Why Redis cannot be used with these settings, and in whose words. A start and a check agree on it.
async fn refused(settings: RedisSettings) -> (RedisCause, Option<String>) {
    let told = |error| match error {
        OpenError::Redis { cause, words, .. } => (cause, words),
        other => panic!("{other}"),
    };
    let checked = told(check_redis(&settings).await.unwrap_err());
    let opened = told(RoomLog::redis(settings).await.unwrap_err());
    assert_eq!(opened.0, checked.0);
    opened
}

async fn cause(url: &str) -> RedisCause {
    refused(settings(url)).await.0
}

/// A server of something else, which answers each connection with these bytes and closes it.
fn stranger(answer: &'static [u8]) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let answer_to = move |mut stream: TcpStream| -> std::io::Result<()> {
        // What was asked has to be read: else closing resets the connection.
        let _asked = stream.read(&mut [0; 4_096])?;
        stream.write_all(answer)
    };
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // Whoever asked may have gone.
            let _gone = answer_to(stream);
        }
    });
    port
}

/// A port at which nobody listened a moment ago.
fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

#[tokio::test]
async fn nothing_there_and_something_else_there_are_told_apart() {
    let at = |port: u16| format!("redis://127.0.0.1:{port}");
    assert_eq!(cause(&at(free_port())).await, RedisCause::NobodyListens);
    let folder = TempDir::new().unwrap();
    let nowhere = format!("unix://{}/none.sock", folder.path().display());
    assert_eq!(cause(&nowhere).await, RedisCause::NoSocket);
    let web = stranger(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
    assert_eq!(cause(&at(web)).await, RedisCause::NotRedis);
    assert_eq!(cause(&at(stranger(b""))).await, RedisCause::HungUp);
    let web = format!("rediss://127.0.0.1:{web}");
    assert_eq!(cause(&web).await, RedisCause::Tls(RedisTlsCause::NotTls));
    // The system accepts connections, and nobody ever reads from them.
    let hangs = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = hangs.local_addr().unwrap().port();
    assert_eq!(cause(&at(port)).await, RedisCause::Silent);
}

#[tokio::test]
async fn who_may_not_come_in_is_told_why_in_the_words_of_redis() {
    let limited = ["--user", "limited", "on", ">s3cret", "~*", "&*", "+@all"];
    let settings_of = [&limited[..], &["-info", "--requirepass", "s3cret"]].concat();
    let redis = RedisServer::with(Keeps::Nothing, &settings_of);
    let url = redis.url();
    assert_eq!(cause(&url).await, RedisCause::PasswordNeeded);
    for wrong in ["pass=wr0ng", "user=nobody&pass=wr0ng"] {
        let (cause, words) = refused(settings(&format!("{url}?{wrong}"))).await;
        assert_eq!(cause, RedisCause::WrongPassword, "{wrong}");
        let words = words.unwrap();
        assert!(words.starts_with("WRONGPASS invalid"), "{words}");
        assert!(!words.contains("wr0ng"), "{words}");
    }
    let as_limited = settings(&format!("{url}?user=limited&pass=s3cret"));
    let (cause, words) = refused(as_limited.clone()).await;
    assert_eq!(cause, RedisCause::NotPermitted);
    let words = words.unwrap();
    assert!(
        words.starts_with("NOPERM") && words.contains("'info'"),
        "{words}"
    );
    // A right that only a script needs.
    redis.ask("AUTH s3cret\r\nACL SETUSER limited +info -hset");
    let error = RoomLog::redis(as_limited).await.unwrap_err();
    let is_told = matches!(
        &error,
        OpenError::Redis {
            cause: RedisCause::NotPermitted,
            ..
        }
    );
    assert!(is_told, "{error}");
}

#[tokio::test]
async fn a_redis_without_a_command_is_told_of_without_the_password() {
    let redis = RedisServer::with(Keeps::Nothing, &["--rename-command", "HELLO", ""]);
    let (cause, words) = refused(settings(&format!("{}?pass=s3cret", redis.url()))).await;
    assert_eq!(cause, RedisCause::CommandMissing);
    let words = words.unwrap();
    assert!(
        words.contains("HELLO") && !words.contains("s3cret"),
        "{words}"
    );
}

#[tokio::test]
async fn a_redis_that_cannot_serve_rooms_is_told_of() {
    let redis = RedisServer::start(Keeps::Nothing);
    let (cause, words) = refused(settings(&format!("{}?db=99", redis.url()))).await;
    assert_eq!(cause, RedisCause::NoDatabase);
    assert!(words.unwrap().contains("out of range"));
    // A primary that nobody can reach.
    assert!(redis.ask("REPLICAOF 127.0.0.1 1").starts_with("+OK"));
    let (cause, _) = refused(settings(&redis.url())).await;
    assert_eq!(cause, RedisCause::Replica);
    // A cluster of one, without any slots.
    let bus = free_port().to_string();
    let alone = [
        "--cluster-enabled",
        "yes",
        "--cluster-port",
        &bus,
        "--bind",
        "127.0.0.1",
    ];
    let cluster = RedisServer::with(Keeps::Nothing, &alone);
    let (cause, _) = refused(settings(&cluster.url())).await;
    assert_eq!(cause, RedisCause::ClusterDown);
}

/// A Redis that speaks TLS with this certificate, at a port, and its address for TLS.
fn with_tls(folder: &TempDir, certified: &Certified, more: &[&str]) -> (RedisServer, String) {
    let (certificate, key) = certified.write(folder.path());
    let [certificate, key] = [certificate, key].map(|path| path.display().to_string());
    let port = free_port().to_string();
    let mut all = vec!["--tls-port", &port, "--bind", "127.0.0.1"];
    all.extend(["--tls-cert-file", &certificate, "--tls-key-file", &key]);
    all.extend(["--tls-ca-cert-file", &certificate]);
    all.extend(more);
    let redis = RedisServer::with(Keeps::Nothing, &all);
    (redis, format!("rediss://127.0.0.1:{port}"))
}

#[tokio::test]
async fn what_is_wrong_with_the_connections_security_is_told() {
    let (authority, folder) = (Authority::new(), TempDir::new().unwrap());
    let anyone = ["--tls-auth-clients", "no"];
    let trusting = |url: &str| RedisSettings {
        authorities: Some(authority.own().certificate.clone().into_bytes()),
        ..settings(url)
    };
    for (names, dates, expected) in [
        ("127.0.0.1", Dates::Past, RedisTlsCause::Expired),
        ("127.0.0.1", Dates::Future, RedisTlsCause::NotYetValid),
        ("db.example.org", Dates::Now, RedisTlsCause::OtherName),
    ] {
        let issued = authority.issue(&[names], dates);
        let (_redis, url) = with_tls(&folder, &issued, &anyone);
        let (cause, words) = refused(trusting(&url)).await;
        assert_eq!(cause, RedisCause::Tls(expected), "{words:?}");
    }
    let issued = authority.issue(&["127.0.0.1"], Dates::Now);
    let (_redis, url) = with_tls(&folder, &issued, &anyone);
    let unknown = RedisCause::Tls(RedisTlsCause::UnknownAuthority);
    assert_eq!(cause(&url).await, unknown);
    let plain = url.replace("rediss:", "redis:");
    assert_eq!(cause(&plain).await, RedisCause::HungUp);
    let log = RoomLog::redis(trusting(&url)).await;
    assert!(log.is_ok(), "{log:?}");
    // It asks for a certificate of this side.
    let (_redis, url) = with_tls(&folder, &issued, &[]);
    let (cause, words) = refused(trusting(&url)).await;
    assert_eq!(
        cause,
        RedisCause::Tls(RedisTlsCause::NoAgreement),
        "{words:?}"
    );
}
