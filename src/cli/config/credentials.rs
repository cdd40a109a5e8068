//! Hides what may be a secret in an option for mpv.

use toml::Value;

use crate::server::log::RedisUrl;

/// What stands in place of a value.
const HIDDEN: &str = "***";

/// Parts of names of options, of mpv and of those that it hands on, whose values may be secrets.
const NAMES: [&str; 7] = [
    "auth", "cookie", "header", "passw", "proxy", "secret", "token",
];

/// A value of a setting with the values of such options hidden: of mpv's options in it, as in
/// `--http-proxy=http://name:password@host`.
pub(super) fn hidden(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(hidden_text(text)),
        Value::Array(values) => Value::Array(values.into_iter().map(hidden).collect()),
        other => other,
    }
}

fn hidden_text(text: String) -> String {
    if let Ok(redis) = text.parse::<RedisUrl>() {
        return redis.to_string();
    }
    let Some((name, value)) = text.split_once('=') else {
        return text;
    };
    if (name.starts_with('-') && has_secret_name(&text)) || has_user(value) {
        return format!("{name}={HIDDEN}");
    }
    text
}

/// Whether an option, or one that it hands on, is named like a secret.
fn has_secret_name(text: &str) -> bool {
    let text = text.to_lowercase();
    let before_values = text.rsplit_once('=').map_or("", |(before, _)| before);
    before_values.split('=').any(|piece| {
        let name = piece.rsplit(',').next().unwrap_or(piece);
        NAMES.iter().any(|part| name.contains(part))
    })
}

/// Whether there is a link with a name before its host.
fn has_user(text: &str) -> bool {
    text.split("://").skip(1).any(|rest| {
        let host = rest.split(['/', '?', '#']).next();
        host.is_some_and(|host| host.contains('@'))
    })
}

#[cfg(test)]
mod tests {
    use toml::Value;

    use super::hidden;

    #[test]
    fn what_may_be_a_secret_is_hidden_and_the_rest_is_shown() {
        for (given, shown) in [
            ("redis://me:pw@db:7000/2", "redis://db:7000/2"),
            ("unix:///run/redis.sock?pass=pw", "unix:///run/redis.sock"),
            ("--http-proxy=http://u:pw@proxy:3128", "--http-proxy=***"),
            ("--ytdl-raw-options=password=pw", "--ytdl-raw-options=***"),
            (
                "--ytdl-raw-options=retries=3,password=pw",
                "--ytdl-raw-options=***",
            ),
            ("--http-header-fields=X: pw", "--http-header-fields=***"),
            ("--cookies-file=/a/b", "--cookies-file=***"),
            ("--sub-file=https://u:pw@host/a.srt", "--sub-file=***"),
            ("--vo=gpu", "--vo=gpu"),
            ("--fs", "--fs"),
            ("--title=the secret garden", "--title=the secret garden"),
            (
                "--referrer=https://a.example/@b",
                "--referrer=https://a.example/@b",
            ),
            ("Movie = night", "Movie = night"),
        ] {
            let list = Value::Array(vec![Value::String(given.to_owned())]);
            let expected = Value::Array(vec![Value::String(shown.to_owned())]);
            assert_eq!(hidden(list), expected);
        }
    }
}
