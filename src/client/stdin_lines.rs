//! Lines of standard input, read by a thread of its own: a read from a terminal cannot be
//! cancelled, and nothing else may wait for it.

use std::io::{self, BufRead};

use tokio::sync::mpsc;

/// The most bytes of a line that are kept; what follows is dropped up to the line's end.
/// Far beyond the longest chat message, which the app then refuses with its reason.
pub(super) const MAX_LINE: usize = 64 * 1024;
/// How many lines are read ahead.
const AHEAD: usize = 64;

/// The lines of standard input, without their ends. The channel closes at its end.
///
/// # Errors
/// If the system has no thread to give.
pub fn lines() -> io::Result<mpsc::Receiver<String>> {
    let (sender, receiver) = mpsc::channel(AHEAD);
    std::thread::Builder::new()
        .name("input".to_owned())
        .spawn(move || {
            let mut input = io::stdin().lock();
            loop {
                match read_line(&mut input) {
                    Ok(Some(line)) => {
                        if sender.blocking_send(line).is_err() {
                            break;
                        }
                    }
                    Ok(None) => break,
                    Err(cause) => {
                        tracing::warn!("standard input cannot be read: {cause}");
                        break;
                    }
                }
            }
        })?;
    Ok(receiver)
}

/// One line of at most [`MAX_LINE`] bytes without its end; `None` at the end of the input.
/// What is no UTF-8 becomes replacement characters.
fn read_line(input: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut line = Vec::new();
    let mut began = false;
    loop {
        let chunk = match input.fill_buf() {
            Ok(chunk) => chunk,
            Err(cause) if cause.kind() == io::ErrorKind::Interrupted => continue,
            Err(cause) => return Err(cause),
        };
        if chunk.is_empty() {
            return Ok(began.then(|| text(line)));
        }
        began = true;
        let end = chunk.iter().position(|byte| *byte == b'\n');
        let used = end.unwrap_or(chunk.len());
        let room = MAX_LINE - line.len();
        line.extend(chunk.iter().take(used.min(room)));
        input.consume(end.map_or(used, |end| end + 1));
        if end.is_some() {
            return Ok(Some(text(line)));
        }
    }
}

fn text(mut line: Vec<u8>) -> String {
    if line.last() == Some(&b'\r') {
        line.pop();
    }
    String::from_utf8_lossy(&line).into_owned()
}

#[cfg(test)]
mod tests {
    use std::io::{BufReader, Cursor};

    use super::{MAX_LINE, read_line};

    fn lines(bytes: &[u8]) -> Vec<String> {
        // A small buffer, so that lines come in pieces.
        let mut input = BufReader::with_capacity(7, Cursor::new(bytes));
        std::iter::from_fn(|| read_line(&mut input).unwrap()).collect()
    }

    #[test]
    fn lines_lose_their_ends_and_nothing_else() {
        assert_eq!(
            lines(b"one\ntwo\r\n\n  three "),
            ["one", "two", "", "  three "]
        );
        assert_eq!(lines(b"last\n"), ["last"]);
        assert!(lines(b"").is_empty());
    }

    #[test]
    fn what_is_no_text_is_marked() {
        assert_eq!(lines(b"caf\xe9 ol\xe9\n"), ["caf\u{FFFD} ol\u{FFFD}"]);
    }

    #[test]
    fn an_endless_line_is_cut_and_the_next_one_is_whole() {
        let mut bytes = vec![b'x'; MAX_LINE * 3];
        bytes.extend(b"\nnext\n");
        let lines = lines(&bytes);
        assert_eq!(lines[0].len(), MAX_LINE);
        assert_eq!(lines[1], "next");
    }
}
