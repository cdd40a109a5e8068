//! Log lines as JSON: an object a line with `time`, `level`, `target`, `message` and the fields of
//! the event under their names. What strangers put into a value can neither end the line nor steer
//! a terminal, and is as long as in a line of text at most.

use std::fmt::{self, Debug, Write as _};

use serde_json::{Map, Value};
use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber};
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::time::{FormatTime, SystemTime};
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields};
use tracing_subscriber::registry::LookupSpan;

use super::fields::TruncatedText;
use crate::client::json_text;

/// Writes each event as a line of JSON.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct JsonLines;

impl<S, N> FormatEvent<S, N> for JsonLines
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
{
    fn format_event(
        &self,
        _: &FmtContext<'_, S, N>,
        mut writer: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        let mut time = String::new();
        SystemTime.format_time(&mut Writer::new(&mut time))?;
        let metadata = event.metadata();
        let mut line = JsonFields(Map::new());
        event.record(&mut line);
        let JsonFields(mut line) = line;
        // Fields of these names would hide them.
        for (name, value) in [
            ("time", time.as_str()),
            ("level", metadata.level().as_str()),
            ("target", metadata.target()),
        ] {
            line.insert(name.to_owned(), Value::from(value));
        }
        let line = json_text::line(&line).map_err(|_| fmt::Error)?;
        writeln!(writer, "{line}")
    }
}

/// The fields of an event as JSON.
struct JsonFields(Map<String, Value>);

impl JsonFields {
    fn insert(&mut self, field: &Field, value: Value) {
        // Records of the `log` crate carry their origin in fields with this prefix.
        if !field.name().starts_with("log.") {
            self.0.insert(field.name().to_owned(), value);
        }
    }
}

impl Visit for JsonFields {
    fn record_bool(&mut self, field: &Field, value: bool) {
        self.insert(field, Value::from(value));
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.insert(field, Value::from(value));
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.insert(field, Value::from(value));
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        self.insert(field, Value::from(value));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        let mut beginning = TruncatedText::default();
        let _infallible = beginning.write_str(value);
        self.insert(field, Value::from(beginning.text));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let mut beginning = TruncatedText::default();
        let _infallible = write!(beginning, "{value:?}");
        self.insert(field, Value::from(beginning.text));
    }
}

#[cfg(test)]
mod tests {
    use super::JsonLines;
    use crate::cli::logging::fields::tests::Kept;
    use crate::protocol::text::is_hostile;

    fn logged(log: impl FnOnce()) -> String {
        let kept = Kept::default();
        let subscriber = tracing_subscriber::fmt()
            .event_format(JsonLines)
            .with_writer(kept.clone())
            .finish();
        tracing::subscriber::with_default(subscriber, log);
        kept.text()
    }

    #[test]
    fn a_line_is_an_object_with_its_fields_under_their_names() {
        let text = logged(|| {
            tracing::warn!(room = %"den", seats = 7, open = true, time = "noon", "it says {}", "so");
        });
        assert_eq!(text.lines().count(), 1, "{text}");
        let line: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(line["message"], "it says so");
        assert_eq!(line["level"], "WARN");
        assert_eq!(line["room"], "den");
        assert_eq!(line["seats"], 7);
        assert_eq!(line["open"], true);
        assert!(line["target"].as_str().unwrap().contains("json_lines"));
        let time = line["time"].as_str().unwrap();
        assert!(time.starts_with("20") && time.ends_with('Z'), "{time}");
    }

    #[test]
    fn a_stranger_can_neither_end_the_line_nor_steer_a_terminal() {
        let hostile = "\u{1b}[2J\u{9b}31m\u{202e}gnp\n{\"level\":\"ERROR\"}";
        let long = "x".repeat(100_000);
        let text = logged(|| tracing::warn!(%hostile, %long, quoted = hostile, "{hostile}"));
        assert_eq!(text.lines().count(), 1, "{text}");
        assert!(!text.trim_end().chars().any(is_hostile), "{text:?}");
        assert!(text.len() < 10_000, "{}", text.len());
        let line: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(line["hostile"], hostile);
    }
}
