//! Reads a file that the user named, whatever kind of file it is: at most a given number of bytes,
//! and not forever. Pipes and devices are read to their end, since `--password-file <(pass show
//! room)` and `--config /dev/null` are useful.

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::Path;
use std::time::{Duration, Instant};

use crate::protocol::time::Span;

/// How long to wait before an empty pipe is read again.
const AGAIN: Duration = Duration::from_millis(20);

/// Why a file is not read to its end, other than the system's reasons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReadFault {
    /// It is a folder.
    #[error("it is a folder, not a file")]
    Folder,
    /// It is a pipe without a writer.
    #[error("it is a pipe that nothing writes to")]
    Pipe,
    /// It is a pipe or a device that was silent for so long.
    #[error("nothing came from it for {} s", .0.as_seconds())]
    Silent(Span),
    /// It is larger than the limit.
    #[error("it has more than {bytes} bytes")]
    TooLarge {
        /// The limit.
        bytes: usize,
    },
    /// Its first line, which alone matters, is larger than the limit.
    #[error("its first line has more than {bytes} bytes")]
    LineTooLarge {
        /// The limit.
        bytes: usize,
    },
    /// It is not UTF-8.
    #[error("it is not UTF-8")]
    Utf8,
}

impl From<ReadFault> for io::Error {
    fn from(fault: ReadFault) -> Self {
        let kind = match fault {
            ReadFault::Folder => ErrorKind::IsADirectory,
            ReadFault::Pipe => ErrorKind::UnexpectedEof,
            ReadFault::Silent(_) => ErrorKind::TimedOut,
            ReadFault::TooLarge { .. } | ReadFault::LineTooLarge { .. } => ErrorKind::FileTooLarge,
            ReadFault::Utf8 => ErrorKind::InvalidData,
        };
        Self::new(kind, fault)
    }
}

/// The limits for reading a file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    /// The most bytes.
    pub(super) most: usize,
    /// The longest time that a pipe or a device may be silent.
    pub(super) patience: Duration,
    /// Whether to stop at the end of the first line.
    pub(super) first_line: bool,
}

/// Reads the content of a file.
///
/// # Errors
/// The system's error; also if it is a folder, is too large, or stays silent for too long.
pub(super) fn read(path: &Path, bounds: Bounds) -> io::Result<Vec<u8>> {
    let file = open(path)?;
    let kind = file.metadata()?.file_type();
    if kind.is_dir() {
        return Err(ReadFault::Folder.into());
    }
    let bytes = read_from(file, bounds)?;
    if bytes.is_empty() && is_pipe(kind) {
        return Err(ReadFault::Pipe.into());
    }
    Ok(bytes)
}

fn read_from(mut from: impl Read, bounds: Bounds) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut chunk = [0; 4096];
    let mut last_read = Instant::now();
    loop {
        match from.read(&mut chunk) {
            Ok(0) => return Ok(bytes),
            Ok(count) => {
                last_read = Instant::now();
                bytes.extend(chunk.iter().take(count));
                let end = bytes
                    .iter()
                    .position(|byte| bounds.first_line && *byte == b'\n');
                if end.unwrap_or(bytes.len()) > bounds.most {
                    return Err(too_large(bounds));
                }
                if end.is_some() {
                    return Ok(bytes);
                }
            }
            Err(cause) if cause.kind() == ErrorKind::Interrupted => {}
            Err(cause) if cause.kind() == ErrorKind::WouldBlock => {
                if last_read.elapsed() >= bounds.patience {
                    let silence = Span::from_seconds(bounds.patience.as_secs_f64());
                    return Err(ReadFault::Silent(silence).into());
                }
                std::thread::sleep(AGAIN);
            }
            Err(cause) => return Err(cause),
        }
    }
}

fn too_large(bounds: Bounds) -> io::Error {
    let bytes = bounds.most;
    let fault = if bounds.first_line {
        ReadFault::LineTooLarge { bytes }
    } else {
        ReadFault::TooLarge { bytes }
    };
    fault.into()
}

/// Opens a file, without waiting for the writer of a pipe.
#[cfg(unix)]
fn open(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let at_once = rustix::fs::OFlags::NONBLOCK.bits().cast_signed();
    File::options().read(true).custom_flags(at_once).open(path)
}

#[cfg(not(unix))]
fn open(path: &Path) -> io::Result<File> {
    File::open(path)
}

#[cfg(unix)]
fn is_pipe(kind: std::fs::FileType) -> bool {
    std::os::unix::fs::FileTypeExt::is_fifo(&kind)
}

#[cfg(not(unix))]
fn is_pipe(_: std::fs::FileType) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use std::io::{self, ErrorKind, Read};
    use std::path::Path;
    use std::time::Duration;

    use super::{Bounds, read, read_from};

    const BOUNDS: Bounds = Bounds {
        most: 10_000,
        patience: Duration::ZERO,
        first_line: false,
    };

    const LINE: Bounds = Bounds {
        first_line: true,
        ..BOUNDS
    };

    /// Returns one piece for each read; an empty piece means "nothing yet".
    struct Pieces(Vec<&'static [u8]>);

    impl Read for Pieces {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            if self.0.is_empty() {
                return Ok(0);
            }
            let piece = self.0.remove(0);
            if piece.is_empty() {
                return Err(ErrorKind::WouldBlock.into());
            }
            into[..piece.len()].copy_from_slice(piece);
            Ok(piece.len())
        }
    }

    #[test]
    fn a_pipe_is_waited_for_but_not_for_ever() {
        let patient = Bounds {
            patience: Duration::from_hours(1),
            ..BOUNDS
        };
        let slow = || Pieces(vec![b"one", b"", b" two\n", b"three"]);
        assert_eq!(read_from(slow(), patient).unwrap(), b"one two\nthree");
        let line = Bounds {
            first_line: true,
            ..patient
        };
        assert_eq!(read_from(slow(), line).unwrap(), b"one two\n");
        let error = read_from(slow(), BOUNDS).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TimedOut);
    }

    #[test]
    fn what_has_no_end_is_read_to_the_bound() {
        for bounds in [BOUNDS, LINE] {
            let error = read_from(io::repeat(b'x'), bounds).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::FileTooLarge);
        }
        assert_eq!(
            read_from(io::repeat(b'\n'), LINE).unwrap().first(),
            Some(&b'\n')
        );
    }

    #[test]
    fn where_a_pipe_breaks_its_line_changes_nothing() {
        let short = Bounds { most: 10, ..LINE };
        for pieces in [
            vec![&b"123456789012\n"[..]],
            vec![&b"12345678"[..], &b"9012\n"[..]],
        ] {
            let error = read_from(Pieces(pieces), short).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::FileTooLarge);
        }
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_file_is_distinguished() {
        let folder = tempfile::tempdir().unwrap();
        let kind = |path: &Path| read(path, BOUNDS).map_err(|error| error.kind());
        assert_eq!(kind(folder.path()), Err(ErrorKind::IsADirectory));
        assert_eq!(kind(&folder.path().join("no")), Err(ErrorKind::NotFound));
        assert_eq!(kind(Path::new("/dev/null")), Ok(Vec::new()));
        assert_eq!(kind(Path::new("/dev/zero")), Err(ErrorKind::FileTooLarge));
        let pipe = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.expect("mkfifo runs").success());
        assert_eq!(kind(&pipe), Err(ErrorKind::UnexpectedEof));
    }
}
