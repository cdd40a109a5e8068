//! A port on the command line.

use std::num::NonZeroU16;

/// The text is no port.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("give a port from 1 to 65535, such as 8000")]
pub(super) struct InvalidPort;

/// Reads a port; 0 is none, as others have to know it.
pub(super) fn read(text: &str) -> Result<u16, InvalidPort> {
    let port = text.trim().parse::<NonZeroU16>();
    port.map(NonZeroU16::get).map_err(|_| InvalidPort)
}
