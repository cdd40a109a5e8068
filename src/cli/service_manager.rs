//! What the server tells the service manager that started it, by the protocol of `sd_notify(3)`: a
//! datagram with lines such as `READY=1` to the socket that `NOTIFY_SOCKET` names. Without one
//! nothing is told. By hand, since the protocol is these few lines.

use std::ffi::{OsStr, OsString};
use std::time::Duration;

#[cfg(unix)]
use std::os::unix::net::UnixDatagram;

/// The service manager, if there is one.
#[derive(Debug, Default)]
pub(super) struct ServiceManager {
    #[cfg(unix)]
    socket: Option<UnixDatagram>,
    /// Within which time it wants a sign of life.
    watchdog: Option<Duration>,
}

/// What the environment says of a service manager.
#[derive(Debug, Clone, Default)]
pub(super) struct NotifyVariables {
    /// `NOTIFY_SOCKET`: a path, or `@` and an abstract name.
    pub(super) socket: Option<OsString>,
    /// `WATCHDOG_USEC`: within how many microseconds a sign of life is wanted.
    pub(super) watchdog: Option<OsString>,
    /// `WATCHDOG_PID`: of which process; any if it is not set.
    pub(super) watched: Option<OsString>,
}

impl NotifyVariables {
    /// Those of this process.
    pub(super) fn of_process() -> Self {
        Self {
            socket: std::env::var_os("NOTIFY_SOCKET"),
            watchdog: std::env::var_os("WATCHDOG_USEC"),
            watched: std::env::var_os("WATCHDOG_PID"),
        }
    }

    /// Within which time a sign of life of this process is wanted.
    fn watchdog(&self) -> Option<Duration> {
        let number = |text: &OsStr| text.to_str()?.parse::<u64>().ok();
        let is_ours = |pid: &OsStr| number(pid) == Some(std::process::id().into());
        if !self.watched.as_deref().is_none_or(is_ours) {
            return None;
        }
        let micros = number(self.watchdog.as_deref()?).filter(|micros| *micros > 0)?;
        Some(Duration::from_micros(micros))
    }
}

impl ServiceManager {
    /// The service manager that these variables name. One that cannot be reached is logged: it will
    /// take the service for one that does not start.
    pub(super) fn at(variables: &NotifyVariables) -> Self {
        let Some(name) = variables.socket.as_deref().filter(|name| !name.is_empty()) else {
            return Self::default();
        };
        #[cfg(unix)]
        match connect(name) {
            Ok(socket) => {
                return Self {
                    socket: Some(socket),
                    watchdog: variables.watchdog(),
                };
            }
            Err(error) => tracing::error!(%error, "the service manager cannot be told anything"),
        }
        #[cfg(not(unix))]
        tracing::debug!(?name, "this system has no service manager of that kind");
        Self::default()
    }

    /// How often it wants a sign of life: twice within its time, as it recommends. `None` if it
    /// wants none.
    pub(super) fn sign_every(&self) -> Option<Duration> {
        self.watchdog.map(|within| within / 2)
    }

    /// The server answers.
    pub(super) fn ready(&self) {
        self.tell("READY=1");
    }

    /// The settings are read again; [`Self::ready`] follows.
    pub(super) fn reloading(&self) {
        self.tell(&format!("RELOADING=1{}", monotonic()));
    }

    /// The server is about to end.
    pub(super) fn stopping(&self) {
        self.tell("STOPPING=1");
    }

    /// The server works.
    pub(super) fn sign_of_life(&self) {
        self.tell("WATCHDOG=1");
    }

    #[cfg(unix)]
    fn tell(&self, lines: &str) {
        if let Some(socket) = &self.socket
            && let Err(error) = socket.send(lines.as_bytes())
        {
            tracing::warn!(%error, lines, "the service manager was not told");
        }
    }

    #[cfg(not(unix))]
    fn tell(&self, _: &str) {}
}

/// The time of a reload, which systemd wants to be told along (since version 253).
#[cfg(unix)]
fn monotonic() -> String {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::Monotonic);
    let micros = i128::from(now.tv_sec) * 1_000_000 + i128::from(now.tv_nsec) / 1_000;
    format!("\nMONOTONIC_USEC={micros}")
}

#[cfg(not(unix))]
fn monotonic() -> String {
    String::new()
}

#[cfg(unix)]
fn connect(name: &OsStr) -> std::io::Result<UnixDatagram> {
    let socket = UnixDatagram::unbound()?;
    // A manager that does not read must not stop the server.
    socket.set_nonblocking(true)?;
    #[cfg(target_os = "linux")]
    if let Some(abstract_name) = std::os::unix::ffi::OsStrExt::as_bytes(name).strip_prefix(b"@") {
        use std::os::linux::net::SocketAddrExt;
        let address = std::os::unix::net::SocketAddr::from_abstract_name(abstract_name)?;
        socket.connect_addr(&address)?;
        return Ok(socket);
    }
    socket.connect(name)?;
    Ok(socket)
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::net::UnixDatagram;
    use std::time::Duration;

    use super::{NotifyVariables, ServiceManager};

    fn heard(socket: &UnixDatagram) -> String {
        let mut bytes = [0; 512];
        let length = socket.recv(&mut bytes).unwrap();
        String::from_utf8(bytes[..length].to_vec()).unwrap()
    }

    #[test]
    fn it_hears_what_the_server_does() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("notify");
        let socket = UnixDatagram::bind(&path).unwrap();
        let manager = ServiceManager::at(&NotifyVariables {
            socket: Some(path.into()),
            watchdog: Some("30000000".into()),
            watched: None,
        });
        assert_eq!(manager.sign_every(), Some(Duration::from_secs(15)));
        manager.ready();
        assert_eq!(heard(&socket), "READY=1");
        manager.sign_of_life();
        assert_eq!(heard(&socket), "WATCHDOG=1");
        manager.reloading();
        assert!(heard(&socket).starts_with("RELOADING=1\nMONOTONIC_USEC="));
        manager.stopping();
        assert_eq!(heard(&socket), "STOPPING=1");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn an_abstract_name_is_reached_as_well() {
        use std::os::linux::net::SocketAddrExt;
        use std::os::unix::net::SocketAddr;
        let name = format!("watchtogether-test-{}", std::process::id());
        let address = SocketAddr::from_abstract_name(&name).unwrap();
        let socket = UnixDatagram::bind_addr(&address).unwrap();
        let manager = ServiceManager::at(&NotifyVariables {
            socket: Some(format!("@{name}").into()),
            ..NotifyVariables::default()
        });
        manager.stopping();
        assert_eq!(heard(&socket), "STOPPING=1");
    }

    #[test]
    fn only_the_process_that_is_watched_gives_signs_and_no_manager_wants_any() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("notify");
        let _socket = UnixDatagram::bind(&path).unwrap();
        let variables = |watchdog: &str, watched: u32| NotifyVariables {
            socket: Some(path.clone().into()),
            watchdog: Some(watchdog.into()),
            watched: Some(watched.to_string().into()),
        };
        let every =
            |watchdog, watched| ServiceManager::at(&variables(watchdog, watched)).sign_every();
        let own = std::process::id();
        assert_eq!(every("1000000", own), Some(Duration::from_millis(500)));
        assert_eq!(every("1000000", own + 1), None);
        assert_eq!(every("0", own), None);
        assert_eq!(every("soon", own), None);
        let without = NotifyVariables {
            socket: None,
            ..variables("1000000", own)
        };
        assert_eq!(ServiceManager::at(&without).sign_every(), None);
    }
}
