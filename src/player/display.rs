//! Whether a window can be opened here: a display that is named in the environment is only there
//! if something answers at its socket.

use std::ffi::{OsStr, OsString};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The folder of X's sockets.
const X_SOCKETS: &str = "/tmp/.X11-unix";

/// The TCP port of the X display 0; of display N it is N more.
const X_PORT: u16 = 6000;

/// How long the X display of an ssh session may take to accept a connection: it is on this
/// computer (judgement).
const WITHIN: Duration = Duration::from_secs(1);

/// Whether a window can be opened here.
#[must_use]
pub fn has_display() -> bool {
    cfg!(target_os = "macos") || is_there(|name| std::env::var_os(name))
}

/// The same, with the variables of an environment.
fn is_there(variable: impl Fn(&str) -> Option<OsString>) -> bool {
    let set = |name| variable(name).filter(|value| !value.is_empty());
    let wayland = set("WAYLAND_DISPLAY").and_then(|display| {
        let display = PathBuf::from(display);
        if display.is_absolute() {
            return Some(display);
        }
        Some(Path::new(&set("XDG_RUNTIME_DIR")?).join(display))
    });
    if wayland.is_some_and(|socket| UnixStream::connect(socket).is_ok()) {
        return true;
    }
    set("DISPLAY").is_some_and(|display| x_answers(&display))
}

/// Whether something listens at the X display of this name, such as `:0` or `localhost:10.0`. One
/// on another computer is taken for there: asking could take long.
fn x_answers(display: &OsStr) -> bool {
    let Some((host, number)) = display.to_str().and_then(|text| text.rsplit_once(':')) else {
        return false;
    };
    let number = number.split('.').next().unwrap_or_default();
    let Ok(number) = number.parse::<u16>() else {
        return false;
    };
    match host {
        "" | "unix" => is_socket_of_x(number),
        "localhost" | "127.0.0.1" => {
            let Some(port) = X_PORT.checked_add(number) else {
                return false;
            };
            let address = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port);
            TcpStream::connect_timeout(&address, WITHIN).is_ok()
        }
        _ => true,
    }
}

/// Whether X listens at one of the sockets of a display on this computer.
fn is_socket_of_x(number: u16) -> bool {
    let path = Path::new(X_SOCKETS).join(format!("X{number}"));
    UnixStream::connect(&path).is_ok() || is_abstract_socket(&path)
}

/// Whether something listens at the socket that has this path as its abstract name.
#[cfg(target_os = "linux")]
fn is_abstract_socket(path: &Path) -> bool {
    use std::os::linux::net::SocketAddrExt as _;
    use std::os::unix::ffi::OsStrExt as _;

    let name = path.as_os_str().as_bytes();
    let address = std::os::unix::net::SocketAddr::from_abstract_name(name);
    address.is_ok_and(|address| UnixStream::connect_addr(&address).is_ok())
}

/// Other systems have no abstract sockets.
#[cfg(not(target_os = "linux"))]
const fn is_abstract_socket(_path: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;
    use std::net::{Ipv4Addr, TcpListener};
    use std::os::unix::net::UnixListener;

    use super::{X_PORT, is_there};

    /// Whether there is a display with these variables.
    fn with(variables: &[(&str, &str)]) -> bool {
        is_there(|name| {
            let found = variables.iter().find(|(set, _)| *set == name);
            found.map(|(_, value)| OsString::from(value))
        })
    }

    #[test]
    fn a_display_is_there_once_something_listens_at_its_socket() {
        let folder = tempfile::tempdir().unwrap();
        let folder_name = folder.path().to_str().unwrap();
        let wayland = || {
            with(&[
                ("WAYLAND_DISPLAY", "wayland-0"),
                ("XDG_RUNTIME_DIR", folder_name),
            ])
        };
        assert!(!wayland());
        let _compositor = UnixListener::bind(folder.path().join("wayland-0")).unwrap();
        assert!(wayland());
        let path = folder.path().join("wayland-0");
        assert!(with(&[("WAYLAND_DISPLAY", path.to_str().unwrap())]));
    }

    #[test]
    fn the_display_of_an_ssh_session_is_asked_and_nonsense_is_none() {
        // X displays count from port 6000 on.
        let listening = (0..20).find_map(|_| {
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).ok()?;
            let port = listener.local_addr().ok()?.port();
            Some((listener, port.checked_sub(X_PORT)?))
        });
        let (listener, number) = listening.unwrap();
        let display = format!("localhost:{number}.0");
        assert!(with(&[("DISPLAY", &display)]));
        drop(listener);
        assert!(!with(&[("DISPLAY", &display)]));
        for nonsense in ["", "0", ":", ":x", ":99999", "localhost:65000"] {
            assert!(!with(&[("DISPLAY", nonsense)]), "{nonsense}");
        }
        assert!(!with(&[]));
        assert!(with(&[("DISPLAY", "desk.example:0")]));
    }
}
