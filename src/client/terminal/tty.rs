//! The terminal as a plain output: bytes go in for as long as there is room for them.

use std::io;

/// The terminal that standard output leads to, opened a second time. That second opening does
/// not block, which leaves the one that the shell and other programs share as it is.
#[cfg(unix)]
#[derive(Debug)]
pub(super) struct Tty(std::fs::File);

#[cfg(unix)]
impl Tty {
    /// The terminal behind standard output. Where it cannot be opened a second time, as when it
    /// belongs to another user, writes to it block.
    ///
    /// # Errors
    /// If there is no descriptor left for it.
    pub(super) fn of_stdout() -> io::Result<Self> {
        use std::os::fd::AsFd as _;

        use rustix::termios::ttyname;

        let stdout = io::stdout();
        let reopened = ttyname(&stdout, Vec::new())
            .map_err(io::Error::from)
            .and_then(|name| Self::open(name.as_c_str()));
        reopened.or_else(|cause| {
            tracing::info!("the terminal cannot be opened a second time: {cause}");
            Ok(Self(stdout.as_fd().try_clone_to_owned()?.into()))
        })
    }

    /// Opens a terminal so that writes to it do not block.
    pub(super) fn open(path: impl rustix::path::Arg) -> io::Result<Self> {
        use rustix::fs::{Mode, OFlags, open};

        let flags = OFlags::WRONLY | OFlags::NOCTTY | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let opened = open(path, flags, Mode::empty())?;
        Ok(Self(opened.into()))
    }

    /// Writes what there is room for, and says how much that was.
    ///
    /// # Errors
    /// `WouldBlock` if there is no room; otherwise the terminal cannot be written.
    pub(super) fn write(&self, bytes: &[u8]) -> io::Result<usize> {
        io::Write::write(&mut &self.0, bytes)
    }

    /// Throws away what was written and has not left the system yet.
    ///
    /// # Errors
    /// If the terminal is gone.
    pub(super) fn discard_unsent(&self) -> io::Result<()> {
        use rustix::termios::{QueueSelector, tcflush};

        Ok(tcflush(&self.0, QueueSelector::OFlush)?)
    }
}

/// Standard output. Writes to it block.
#[cfg(not(unix))]
#[derive(Debug)]
pub(super) struct Tty(io::Stdout);

#[cfg(not(unix))]
impl Tty {
    /// The terminal behind standard output.
    ///
    /// # Errors
    /// None on this system.
    pub(super) fn of_stdout() -> io::Result<Self> {
        Ok(Self(io::stdout()))
    }

    /// Writes bytes, and says how many.
    ///
    /// # Errors
    /// If the terminal cannot be written.
    pub(super) fn write(&self, bytes: &[u8]) -> io::Result<usize> {
        use std::io::Write as _;

        let mut output = self.0.lock();
        output.write_all(bytes)?;
        output.flush()?;
        Ok(bytes.len())
    }

    /// Nothing can be thrown away on this system.
    ///
    /// # Errors
    /// None on this system.
    pub(super) fn discard_unsent(&self) -> io::Result<()> {
        Ok(())
    }
}
