//! Formats the fields of a log line: one line of bounded length, whatever strangers put into it.
//! Characters that could steer a terminal, reorder a line or begin another one are escaped by
//! [`visible`].

use std::fmt::{self, Debug, Write};

use tracing::field::{Field, Visit};
use tracing_subscriber::field::{MakeVisitor, VisitFmt, VisitOutput};
use tracing_subscriber::fmt::format::Writer;

use crate::protocol::text::visible;

/// The most characters of one value (judgement: more than our own values have; a stranger's could
/// fill the log).
const MAX_CHARS: usize = 2_000;

/// Writes a log line's message and its fields.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct CleanFields;

impl<'a> MakeVisitor<Writer<'a>> for CleanFields {
    type Visitor = CleanVisitor<'a>;

    fn make_visitor(&self, writer: Writer<'a>) -> CleanVisitor<'a> {
        CleanVisitor {
            writer,
            is_first: true,
            outcome: Ok(()),
        }
    }
}

/// Writes one line's fields.
pub(super) struct CleanVisitor<'a> {
    writer: Writer<'a>,
    is_first: bool,
    outcome: fmt::Result,
}

impl CleanVisitor<'_> {
    fn write(&mut self, name: &str, value: &dyn Debug) -> fmt::Result {
        if !std::mem::replace(&mut self.is_first, false) {
            self.writer.write_char(' ')?;
        }
        if name != "message" {
            write!(self.writer, "{name}=")?;
        }
        let mut beginning = TruncatedText::default();
        write!(beginning, "{value:?}")?;
        self.writer.write_str(&visible(&beginning.text, MAX_CHARS))
    }
}

impl Visit for CleanVisitor<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        // Records of the `log` crate carry their origin in fields with this prefix.
        if self.outcome.is_ok() && !field.name().starts_with("log.") {
            self.outcome = self.write(field.name(), value);
        }
    }
}

impl VisitOutput<fmt::Result> for CleanVisitor<'_> {
    fn finish(self) -> fmt::Result {
        self.outcome
    }
}

impl VisitFmt for CleanVisitor<'_> {
    fn writer(&mut self) -> &mut dyn Write {
        &mut self.writer
    }
}

/// The first characters of a value: one more than is shown, so that a cut can be marked.
#[derive(Default)]
pub(super) struct TruncatedText {
    /// These characters.
    pub(super) text: String,
    chars: usize,
}

impl Write for TruncatedText {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let fit = text.chars().take(MAX_CHARS + 1 - self.chars);
        for c in fit {
            self.text.push(c);
            self.chars += 1;
        }
        Ok(())
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::io::{self, Write};
    use std::sync::{Arc, Mutex};

    use tracing_subscriber::fmt::MakeWriter;

    use super::{CleanFields, MAX_CHARS};

    /// A log that is kept in memory.
    #[derive(Clone, Default)]
    pub(in crate::cli::logging) struct Kept(Arc<Mutex<Vec<u8>>>);

    impl Kept {
        /// What was logged so far.
        pub(in crate::cli::logging) fn text(&self) -> String {
            let bytes = self.0.lock().unwrap().clone();
            String::from_utf8(bytes).unwrap()
        }
    }

    impl Write for Kept {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl<'a> MakeWriter<'a> for Kept {
        type Writer = Self;

        fn make_writer(&'a self) -> Self {
            self.clone()
        }
    }

    fn logged(log: impl FnOnce()) -> String {
        let kept = Kept::default();
        let subscriber = tracing_subscriber::fmt()
            .fmt_fields(CleanFields)
            .with_writer(kept.clone())
            .with_ansi(false)
            .finish();
        tracing::subscriber::with_default(subscriber, log);
        kept.text()
    }

    #[test]
    fn a_stranger_can_neither_steer_a_terminal_nor_write_a_line_of_the_log() {
        let hostile = "\u{1b}[2J\u{9b}31m\u{202e}gnp\n2026-11-27T00:00:00Z ERROR forged\u{2066}";
        let text = logged(|| {
            tracing::warn!(%hostile, quoted = hostile, number = 7, "it says {hostile}");
        });
        assert_eq!(text.lines().count(), 1, "{text}");
        let line = text.trim_end();
        assert!(
            !line.chars().any(crate::protocol::text::is_hostile),
            "{line:?}"
        );
        assert!(
            line.contains(r"it says \u{1b}[2J\u{9b}31m\u{202e}gnp\n2026"),
            "{line}"
        );
        assert!(
            line.contains(r"hostile=\u{1b}") && line.contains(" number=7"),
            "{line}"
        );
    }

    #[test]
    fn a_value_without_end_is_cut() {
        let long = "x".repeat(MAX_CHARS * 10);
        let text = logged(|| tracing::warn!(%long, "after"));
        assert_eq!(text.matches('x').count(), MAX_CHARS - 1);
        assert!(text.contains('…'), "{text}");
    }

    #[test]
    fn a_value_of_nothing_but_codes_is_no_longer_than_others() {
        for hostile in ["\u{1b}", "\u{202e}", "\u{e0041}", "\n"] {
            let long = hostile.repeat(MAX_CHARS);
            let logged = logged(|| tracing::warn!(%long, quoted = long, "after"));
            for value in logged.split('=').skip(1) {
                let chars = value.chars().count();
                assert!(chars <= MAX_CHARS + " quoted".len(), "{hostile:?}: {chars}");
            }
        }
    }
}
