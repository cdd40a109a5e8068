//! Reads a stream of server-sent events (`text/event-stream`, WHATWG HTML, section 9.2).

use std::io::{self, BufRead, Read};

/// The most bytes of an event: some thousands of rooms.
const MAX_EVENT: usize = 8 * 1024 * 1024;

/// The events of a stream. Names and numbers of events are skipped: ours say in their data what
/// they are.
#[derive(Debug)]
pub(super) struct EventStream<R> {
    from: R,
    /// The lines of data of the event that is being read.
    data: String,
}

/// What came next.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The data of an event.
    Event(String),
    /// A sign of life.
    Comment,
    /// The stream has ended.
    End,
}

impl<R: BufRead> EventStream<R> {
    /// The events that come from here.
    pub(super) const fn new(from: R) -> Self {
        Self {
            from,
            data: String::new(),
        }
    }

    /// Waits for the next event or sign of life.
    ///
    /// # Errors
    /// The system's, or that an event is too long or no text.
    pub(super) fn next(&mut self) -> io::Result<Part> {
        loop {
            let line = self.line()?;
            let Some(line) = line else {
                return Ok(Part::End);
            };
            if line.is_empty() {
                if !self.data.is_empty() {
                    return Ok(Part::Event(std::mem::take(&mut self.data)));
                }
            } else if line.starts_with(':') {
                return Ok(Part::Comment);
            } else if let Some(data) = line.strip_prefix("data:") {
                if self.data.len() + data.len() > MAX_EVENT {
                    return Err(too_long());
                }
                if !self.data.is_empty() {
                    self.data.push('\n');
                }
                self.data.push_str(data.strip_prefix(' ').unwrap_or(data));
            }
        }
    }

    /// The next line without its end; `None` after the last whole one.
    fn line(&mut self) -> io::Result<Option<String>> {
        let mut line = Vec::new();
        let most = u64::try_from(MAX_EVENT).unwrap_or(u64::MAX);
        let mut bounded = self.from.by_ref().take(most);
        bounded.read_until(b'\n', &mut line)?;
        if line.pop() != Some(b'\n') {
            return if line.len() + 1 >= MAX_EVENT {
                Err(too_long())
            } else {
                Ok(None)
            };
        }
        if line.last() == Some(&b'\r') {
            line.pop();
        }
        let text = String::from_utf8(line);
        text.map(Some)
            .map_err(|cause| io::Error::new(io::ErrorKind::InvalidData, cause))
    }
}

fn too_long() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "an event is too long")
}

#[cfg(test)]
mod tests {
    use std::io::{BufReader, Cursor};

    use super::{EventStream, MAX_EVENT, Part};

    fn parts(text: &str) -> Vec<Part> {
        let mut stream = EventStream::new(Cursor::new(text.as_bytes().to_vec()));
        let mut parts = Vec::new();
        loop {
            let part = stream.next().unwrap();
            let is_end = part == Part::End;
            parts.push(part);
            if is_end {
                return parts;
            }
        }
    }

    #[test]
    fn events_and_signs_of_life_are_read_and_all_else_is_skipped() {
        let text = "retry: 3000\n\ndata: {\"a\":1}\n\n:\n\nevent: x\nid: 7\r\ndata: one\r\n\
                    data:two\r\n\r\ndata: not whole";
        let event = |data: &str| Part::Event(data.to_owned());
        let expected = [
            event("{\"a\":1}"),
            Part::Comment,
            event("one\ntwo"),
            Part::End,
        ];
        assert_eq!(parts(text), expected);
    }

    #[test]
    fn a_stream_that_never_ends_a_line_is_given_up() {
        let endless = BufReader::new(std::io::repeat(b'x'));
        assert!(EventStream::new(endless).next().is_err());
        let lines = format!("data: {}\n", "x".repeat(MAX_EVENT / 2)).repeat(3);
        assert!(
            EventStream::new(Cursor::new(lines.into_bytes()))
                .next()
                .is_err()
        );
    }
}
