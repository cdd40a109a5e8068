//! What an operator reads of a Redis that cannot be used, or that may lose something: at
//! `serve --check` and at the start, in both languages.

use std::process::Output;

use tempfile::TempDir;

use super::nodes::node;
use crate::support::redis_server::{Keeps, RedisServer};
use crate::support::server::serve;

/// Runs `serve` with this Redis to its end: exit code, standard output and standard error.
fn run(redis: &str, more: &[&str]) -> (Option<i32>, String, String) {
    let home = TempDir::new().expect("a folder");
    let words = [&["--listen", "127.0.0.1:0", "--redis", redis], more].concat();
    let output = serve(home.path(), &words).output();
    let Output {
        status,
        stdout,
        stderr,
    } = output.expect("it runs");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (status.code(), text(stdout), text(stderr))
}

#[test]
fn a_redis_that_may_lose_something_is_warned_of_and_used() {
    let redis = RedisServer::start(Keeps::Nothing);
    redis.ask("CONFIG SET maxmemory 100mb");
    redis.ask("CONFIG SET maxmemory-policy allkeys-lru");
    let (code, text, warnings) = run(&redis.url(), &["--check"]);
    assert_eq!(code, Some(0), "{warnings}");
    assert!(text.contains("0 rooms") && text.contains("Ready to start"));
    let lines = ["maxmemory-policy noeviction", "appendonly yes"];
    assert_eq!(warnings.lines().count(), lines.len(), "{warnings}");
    for line in lines {
        assert!(warnings.contains(&format!("`{line}`")), "{warnings}");
    }
    let (_, _, russian) = run(&redis.url(), &["--check", "--lang", "ru"]);
    assert!(russian.contains("комнаты могут пропасть"), "{russian}");

    let mut started = node(&redis, &[]);
    started.server();
    let (code, warnings) = started.end();
    assert_eq!(code, Some(0), "{warnings}");
    for line in lines {
        assert!(warnings.contains(&format!("`{line}`")), "{warnings}");
    }
}

#[test]
fn a_redis_set_as_documented_is_used_without_a_word() {
    let redis = RedisServer::start(Keeps::Everything);
    let (code, _, warnings) = run(&redis.url(), &["--check"]);
    assert_eq!((code, warnings.as_str()), (Some(0), ""));
    let mut started = node(&redis, &[]);
    started.server();
    let (_, warnings) = started.end();
    assert!(!warnings.contains("redis.conf"), "{warnings}");
}

#[test]
fn why_redis_cannot_be_used_is_said_with_the_next_step() {
    let redis = RedisServer::with(Keeps::Nothing, &["--requirepass", "s3cret"]);
    let wrong = format!("{}?pass=wr0ng", redis.url());
    for more in [&[][..], &["--check"]] {
        let (code, text, english) = run(&wrong, more);
        assert_eq!((code, text.as_str()), (Some(1), ""), "{english}");
        let next = "correct them in the address";
        assert!(english.contains(next) && english.contains("“WRONGPASS"));
        assert!(!english.contains("wr0ng"), "{english}");
        let (_, _, russian) = run(&wrong, &[more, &["--lang", "ru"]].concat());
        let says = "имя и пароль не подошли; исправьте их в адресе";
        assert!(russian.contains(says), "{russian}");
        assert!(russian.contains("«WRONGPASS"), "{russian}");
    }
}
