//! What a picture takes along for the terminal itself: the title of its window, a text for the
//! clipboard, a notification. Terminals that might show such strings get none of them.

use std::io::{self, Write};

use crossterm::clipboard::CopyToClipboard;
use crossterm::queue;
use crossterm::terminal::SetTitle;

use crate::protocol::text::clean;

/// The most characters of a title or a notification (judgement: no terminal shows more).
const LONGEST: usize = 200;

/// What draws the member's attention to the terminal.
#[derive(Debug, Default)]
pub(in crate::client) struct TerminalAlert {
    /// What a notification says, if one is wanted.
    pub(in crate::client) notification: Option<String>,
    /// Whether the bell rings.
    pub(in crate::client) rings: bool,
}

/// What is to go out with the next picture.
#[derive(Debug, Default)]
pub(super) struct ControlStrings {
    /// Whether the terminal takes control strings. The bell is none.
    takes_strings: bool,
    /// The title that the window has.
    title: String,
    /// The newest text for the clipboard.
    copied: Option<String>,
    /// The newest alert.
    alert: Option<TerminalAlert>,
}

impl ControlStrings {
    /// Nothing is to go out, and the window's title is not known.
    pub(super) fn new(takes_strings: bool) -> Self {
        Self {
            takes_strings,
            ..Self::default()
        }
    }

    /// A text for the clipboard.
    pub(super) fn copy(&mut self, text: String) {
        self.copied = Some(text);
    }

    /// An alert.
    pub(super) fn alert(&mut self, alert: TerminalAlert) {
        self.alert = Some(alert);
    }

    /// The window may have another title by now.
    pub(super) fn forget_title(&mut self) {
        self.title.clear();
    }

    /// Writes the clipboard's text and the alert; whether anything was written.
    ///
    /// # Errors
    /// Those of the writer.
    pub(super) fn write_alerts(&mut self, out: &mut impl Write) -> io::Result<bool> {
        let copied = self.copied.take().filter(|_| self.takes_strings);
        let alert = self.alert.take().unwrap_or_default();
        let notification = alert.notification.filter(|_| self.takes_strings);
        let writes = copied.is_some() || notification.is_some() || alert.rings;
        if let Some(text) = copied {
            queue!(out, CopyToClipboard::to_clipboard_from(text))?;
        }
        if let Some(text) = notification {
            write!(out, "\x1b]9;{}\x07", clean(&text, LONGEST))?;
        }
        if alert.rings {
            write!(out, "\x07")?;
        }
        Ok(writes)
    }

    /// Calls the window so, unless it is called so.
    ///
    /// # Errors
    /// Those of the writer.
    pub(super) fn write_title(&mut self, title: &str, out: &mut impl Write) -> io::Result<()> {
        let title = clean(title, LONGEST);
        if title != self.title && self.takes_strings {
            queue!(out, SetTitle(&title))?;
            self.title = title;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{ControlStrings, TerminalAlert};

    fn written(takes_strings: bool) -> String {
        let mut strings = ControlStrings::new(takes_strings);
        let mut out = Vec::new();
        strings.copy("http://localhost/r/x".into());
        strings.alert(TerminalAlert {
            notification: Some("Alice: @Boris".into()),
            rings: true,
        });
        assert!(strings.write_alerts(&mut out).unwrap());
        strings.write_title("film", &mut out).unwrap();
        strings.write_title("film", &mut out).unwrap();
        assert!(!strings.write_alerts(&mut out).unwrap(), "once");
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_terminal_that_might_show_control_strings_gets_the_bell_alone() {
        let all = written(true);
        let kinds = ["\x1b]52;", "\x1b]9;", "\x1b]0;"];
        for kind in kinds {
            assert_eq!(all.matches(kind).count(), 1, "{all:?} has one {kind:?}");
        }
        assert_eq!(written(false), "\x07");
    }
}
