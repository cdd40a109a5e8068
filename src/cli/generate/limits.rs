//! The table of limits in watchtogether-protocol(7), from those that the server counts by.

use std::time::Duration;

use clap_mangen::roff::bold;

use super::sheet::Sheet;
use crate::server::client_limits::{Allowed, ClientLimit, Rate, table};

/// Writes each limit: what is limited, how much is allowed, and what happens beyond it.
pub(super) fn write(sheet: &mut Sheet) {
    for limit in table() {
        sheet.item(vec![bold(limit.name)], &row(&limit));
    }
}

/// What stands behind the name of a limit.
fn row(limit: &ClientLimit) -> String {
    let told = limit
        .told_as
        .map_or_else(String::new, |field| format!(" (`{field}` in the welcome)"));
    format!(
        "{}{told}; beyond: {}.",
        allowed(limit.allowed),
        limit.beyond
    )
}

fn allowed(allowed: Allowed) -> String {
    match allowed {
        Allowed::Rate(rate) => rate_words(rate),
        Allowed::Bytes(most) => format!("{most} bytes"),
        Allowed::Characters(most) => format!("{most} characters"),
        Allowed::Count(most) => most.to_string(),
        Allowed::Time(most) => format!("{} s", most.as_secs()),
    }
}

/// A rate in whole numbers: so many a second, or one in so many seconds.
fn rate_words(rate: Rate) -> String {
    let Rate {
        at_once,
        per_second,
    } = rate;
    if per_second >= 1.0 {
        return format!("{at_once} at once, {per_second} a second");
    }
    let every = Duration::from_secs_f64(per_second.recip()).as_secs_f64();
    format!("{at_once} at once, one in {every:.0} s")
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::super::protocol_page;
    use super::super::schemas::named;
    use super::rate_words;
    use crate::server::client_limits::{Rate, table};

    #[test]
    fn the_page_has_every_limit_and_those_that_a_welcome_tells() {
        let page = protocol_page::page().render().replace('\n', " ");
        for limit in table() {
            assert!(page.contains(limit.name), "{}", limit.name);
        }
        let server = named("server-message");
        let welcome = server.pointer("/$defs/Welcome/properties");
        let fields = welcome.and_then(Value::as_object).expect("its fields");
        let told: Vec<&String> = fields
            .keys()
            .filter(|name| name.starts_with("max_"))
            .collect();
        assert!(!told.is_empty());
        for field in told {
            let has_row = table().iter().any(|limit| limit.told_as == Some(field));
            assert!(has_row && page.contains(field.as_str()), "{field}");
        }
    }

    #[test]
    fn each_code_in_the_table_is_one_of_the_wire() {
        let codes = ["denied", "refused", "frame-error"].map(|name| named(name).to_string());
        for limit in table() {
            let mut words = limit.beyond.split_whitespace();
            for code in words.by_ref().filter(|word| word.contains('_')) {
                let quoted = format!("\"{code}\"");
                let is_known = codes.iter().any(|schema| schema.contains(&quoted));
                assert!(is_known, "{code} beyond {}", limit.name);
            }
        }
    }

    #[test]
    fn slow_rates_are_told_by_their_intervals() {
        let words = |at_once, per_second| {
            rate_words(Rate {
                at_once,
                per_second,
            })
        };
        assert_eq!(words(32, 10.0), "32 at once, 10 a second");
        assert_eq!(words(10, 1.0 / 30.0), "10 at once, one in 30 s");
    }
}
