//! What an operator reads of Redis: why it cannot be used and what its settings may cost, each with
//! what to do about it.

use super::warn;
use crate::protocol::text::clean;
use crate::server::log::{RedisCause, RedisRisk, RedisTlsCause, RedisUrl};
use crate::texts::language::Language;
use crate::texts::quotes::quoted;
use crate::texts::{system, tr};

/// The most characters of what Redis or a library says (judgement: a line or two).
const WORDS: usize = 300;

/// Why Redis cannot be used, with the next step, and then what Redis or a library says of it.
pub(super) fn unusable(
    language: Language,
    url: &RedisUrl,
    cause: &RedisCause,
    words: Option<&str>,
) -> String {
    let (url, why) = (url.to_string(), why(language, cause));
    match words {
        None => tr!(language, "server-redis-unusable", url = url, why = why),
        Some(words) => tr!(
            language,
            "server-redis-unusable-quoted",
            url = url,
            why = why,
            words = quoted(language, &clean(words, WORDS))
        ),
    }
}

fn why(language: Language, cause: &RedisCause) -> String {
    match cause {
        RedisCause::NobodyListens => tr!(language, "server-redis-nobody-listens"),
        RedisCause::NoSocket => tr!(language, "server-redis-no-socket"),
        RedisCause::SocketDenied => tr!(language, "server-redis-socket-denied"),
        RedisCause::NameNotFound => tr!(language, "server-redis-name-not-found"),
        RedisCause::System(fault) => tr!(
            language,
            "server-redis-system",
            error = system::words(language, fault)
        ),
        RedisCause::Silent => tr!(language, "server-redis-silent"),
        RedisCause::HungUp => tr!(language, "server-redis-hung-up"),
        RedisCause::WrongPassword => tr!(language, "server-redis-wrong-password"),
        RedisCause::PasswordNeeded => tr!(language, "server-redis-password-needed"),
        RedisCause::NotPermitted => tr!(language, "server-redis-not-permitted"),
        RedisCause::ProtectedMode => tr!(language, "server-redis-protected-mode"),
        RedisCause::TooManyClients => tr!(language, "server-redis-too-many-clients"),
        RedisCause::NotRedis => tr!(language, "server-redis-not-redis"),
        RedisCause::CommandMissing => tr!(language, "server-redis-command-missing"),
        RedisCause::NoDatabase => tr!(language, "server-redis-no-database"),
        RedisCause::ClusterDatabase => tr!(language, "server-redis-cluster-database"),
        RedisCause::Loading => tr!(language, "server-redis-loading"),
        RedisCause::ClusterDown => tr!(language, "server-redis-cluster-down"),
        RedisCause::Replica => tr!(language, "server-redis-replica"),
        RedisCause::Full => tr!(language, "server-redis-full"),
        RedisCause::CannotSave => tr!(language, "server-redis-cannot-save"),
        RedisCause::Restarted => tr!(language, "server-redis-restarted"),
        RedisCause::Other => tr!(language, "server-redis-other"),
        RedisCause::Tls(cause) => why_no_tls(language, *cause),
    }
}

fn why_no_tls(language: Language, cause: RedisTlsCause) -> String {
    match cause {
        RedisTlsCause::NotTls => tr!(language, "server-redis-not-tls"),
        RedisTlsCause::UnknownAuthority => tr!(language, "server-redis-unknown-authority"),
        RedisTlsCause::Expired => tr!(language, "server-redis-certificate-expired"),
        RedisTlsCause::NotYetValid => tr!(language, "server-redis-certificate-not-yet-valid"),
        RedisTlsCause::OtherName => tr!(language, "server-redis-certificate-other-name"),
        RedisTlsCause::Refused => tr!(language, "server-redis-certificate-refused"),
        RedisTlsCause::NoAgreement => tr!(language, "server-redis-no-tls-agreement"),
    }
}

/// Warns of what the settings of Redis may cost the rooms.
pub(super) fn warn_of_risks(language: Language, url: &RedisUrl, risks: &[RedisRisk]) {
    for known in risks {
        warn(language, risk(language, url, known));
    }
}

/// What a setting may cost, and which line of `redis.conf` mends it.
fn risk(language: Language, url: &RedisUrl, risk: &RedisRisk) -> String {
    let url = url.to_string();
    let shown = |policy: &str| clean(policy, WORDS);
    match risk {
        RedisRisk::DropsRooms { policy } => tr!(
            language,
            "server-redis-drops-rooms",
            url = url,
            policy = shown(policy)
        ),
        RedisRisk::DropsExpiring { policy } => tr!(
            language,
            "server-redis-drops-expiring",
            url = url,
            policy = shown(policy)
        ),
        RedisRisk::NoAppendOnlyFile => {
            tr!(language, "server-redis-no-append-only-file", url = url)
        }
        RedisRisk::SyncsEverySecond => {
            tr!(language, "server-redis-syncs-every-second", url = url)
        }
        RedisRisk::NeverSyncs => tr!(language, "server-redis-never-syncs", url = url),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::io::ErrorKind;

    use strum::IntoEnumIterator;

    use super::{risk, unusable};
    use crate::server::log::{RedisCause, RedisRisk, RedisTlsCause, RedisUrl};
    use crate::system_fault::SystemFault;
    use crate::test_support::foreign_words;
    use crate::texts::language::Language::{English, Russian};

    fn url() -> RedisUrl {
        "redis://me:s3cret@db:7000/2".parse().unwrap()
    }

    fn causes() -> Vec<RedisCause> {
        let system = SystemFault::Known(ErrorKind::HostUnreachable);
        let of_tls = RedisTlsCause::iter().map(RedisCause::Tls);
        let known = RedisCause::iter().chain(of_tls);
        known.chain([RedisCause::System(system)]).collect()
    }

    #[test]
    fn each_cause_has_a_next_step_of_its_own_in_each_language() {
        let causes = causes();
        for language in [English, Russian] {
            let said = |cause| unusable(language, &url(), cause, None);
            let all: BTreeSet<String> = causes.iter().map(said).collect();
            assert_eq!(all.len(), causes.len(), "{all:?}");
            let next = |text: &String| text.split_once("; ").map(|(_, next)| next.to_owned());
            let steps: BTreeSet<Option<String>> = all.iter().map(next).collect();
            assert_eq!(steps.len(), causes.len(), "{steps:?}");
            assert!(!steps.contains(&None), "{all:?}");
            for text in all {
                assert!(text.contains("redis://db:7000/2") && !text.contains("s3cret"));
                assert!(!text.ends_with('.'), "{text}");
            }
        }
    }

    #[test]
    fn what_redis_says_is_quoted_at_the_end() {
        let words = Some("NOPERM this user has no permissions to run the 'info' command");
        for cause in causes() {
            let text = unusable(English, &url(), &cause, words);
            assert!(text.ends_with("the 'info' command”"), "{text}");
            let text = unusable(Russian, &url(), &cause, words);
            assert!(text.ends_with("the 'info' command»"), "{text}");
            assert_eq!(foreign_words(&text), [""; 0], "{text}");
        }
    }

    #[test]
    fn each_risk_names_the_line_that_mends_it() {
        let policy = |name: &str| name.to_owned();
        let rows = [
            (
                RedisRisk::DropsRooms {
                    policy: policy("allkeys-lru"),
                },
                "`maxmemory-policy noeviction`",
            ),
            (
                RedisRisk::DropsExpiring {
                    policy: policy("volatile-lru"),
                },
                "`maxmemory-policy noeviction`",
            ),
            (RedisRisk::NoAppendOnlyFile, "`appendonly yes`"),
            (RedisRisk::SyncsEverySecond, "`appendfsync always`"),
            (RedisRisk::NeverSyncs, "`appendfsync always`"),
        ];
        for language in [English, Russian] {
            let mut all = BTreeSet::new();
            for (known, line) in &rows {
                let text = risk(language, &url(), known);
                assert!(text.contains(line) && text.contains("redis.conf"), "{text}");
                assert!(text.ends_with('.') && !text.contains("s3cret"), "{text}");
                if language == Russian {
                    assert_eq!(foreign_words(&text), [""; 0], "{text}");
                }
                all.insert(text);
            }
            assert_eq!(all.len(), rows.len());
        }
    }
}
