//! What the server says: about frames, where it listens, and on its page for those who open
//! an invite link.

use std::io::ErrorKind;
use std::net::SocketAddr;

use crate::protocol::text::clean;
use crate::wire::message::FrameError;

/// The most of a parser's words that is shown.
const DETAIL_CHARS: usize = 160;

/// Why a frame was not taken; `detail` is the parser's words, which may repeat the frame's.
#[must_use]
pub fn frame_error(why: FrameError, detail: &str) -> String {
    match why {
        FrameError::FrameTooLarge { limit } => {
            format!("this frame is larger than the {limit} bytes that this server takes")
        }
        FrameError::BadFrame if detail.is_empty() => {
            "this frame is no message: the server takes JSON in text frames".to_owned()
        }
        FrameError::BadFrame => {
            format!("this frame is no message: {}", clean(detail, DETAIL_CHARS))
        }
        FrameError::AlreadyHere => "this connection is in a room already".to_owned(),
    }
}

/// Why a command was not taken; `detail` is the parser's words, which may repeat the command's.
#[must_use]
pub fn not_understood(detail: &str) -> String {
    let why = clean(detail, DETAIL_CHARS);
    format!("The server does not take this command: {why}")
}

/// The server listens on this machine's own addresses only.
#[must_use]
pub fn only_this_machine(port: u16) -> String {
    format!(
        "Only this machine can reach the server. To let others in, start it with \
         --listen 0.0.0.0:{port} --listen '[::]:{port}'"
    )
}

/// An address cannot be listened on; the system's words follow.
#[must_use]
pub fn cannot_listen(address: SocketAddr, why: ErrorKind) -> String {
    let (ip, port) = (address.ip(), address.port());
    let free = SocketAddr::new(ip, 0);
    match why {
        ErrorKind::AddrInUse => format!(
            "{address} is in use by another program; stop that one, or pass --listen with \
             another port ({free} picks a free one)"
        ),
        ErrorKind::PermissionDenied => format!(
            "port {port} of {ip} takes more rights than this user has; pass --listen with a \
             port of 1024 or more, or put a proxy before the server"
        ),
        ErrorKind::AddrNotAvailable => format!(
            "{ip} is no address of this machine; pass --listen with one that is, or with \
             0.0.0.0:{port} for all of them"
        ),
        _ => format!("{address} cannot be listened on; pass --listen with another address"),
    }
}

/// An address cannot be listened on because one that was given before it takes it in.
#[must_use]
pub fn listened_on_already(address: SocketAddr, earlier: SocketAddr) -> String {
    format!("{address} is listened on already, by --listen {earlier}; leave one of the two out")
}

/// What the invite page says: its title and its lines. `link` is the invite link itself.
#[must_use]
pub fn invite_page(room: &str, link: &str) -> InvitePage {
    InvitePage {
        title: format!("You are invited to {room}"),
        before: "This room is watched from a terminal, with mpv. To join it, run:".to_owned(),
        command: format!("watchtogether join {link}"),
        after: "If you do not have watchtogether yet, whoever invited you can tell you where \
                they got it."
            .to_owned(),
    }
}

/// The texts of the page behind an invite link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitePage {
    /// Its title.
    pub title: String,
    /// What stands before the command.
    pub before: String,
    /// The command.
    pub command: String,
    /// What stands after it.
    pub after: String,
}

#[cfg(test)]
mod tests {
    use super::frame_error;
    use crate::wire::message::FrameError;

    #[test]
    fn what_a_frame_said_is_cleaned_before_it_is_repeated() {
        let told = frame_error(FrameError::BadFrame, "unknown \u{1b}[2J\u{202e}thing");
        assert!(told.ends_with("unknown [2Jthing"), "{told}");
    }
}
