//! The real nginx and Caddy in front of servers, with the files that an operator takes: those of
//! contrib/, and for several nodes what DEPLOY.md prints. Only names, addresses and paths of them are
//! replaced, by those of the test.

use std::io::{BufRead, BufReader, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;

use rustix::process::Signal;
use socket2::{Domain, Socket, Type};
use tempfile::TempDir;

use super::certificates::{Authority, Dates, NAME};
use super::free_address;
use super::join_client::JoinClient;
use super::patience::{PATIENCE, in_time};
use super::process::{Process, ends, runs};

/// The address of the server in the files of contrib/.
const UPSTREAM: &str = "127.0.0.1:8000";

/// The addresses of the nodes in DEPLOY.md.
const NODES: [&str; 3] = ["10.0.0.11:8000", "10.0.0.12:8000", "10.0.0.13:8000"];

/// A file of contrib/.
pub(crate) fn contrib(file: &str) -> String {
    repository(&format!("contrib/{file}"))
}

fn repository(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The text with one thing replaced, which must be in it.
pub(crate) fn replaced(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "{from} is not in {text}");
    text.replace(from, to)
}

/// A proxy in front of servers, with a folder of its own. Its processes are ended when the value is
/// dropped.
pub(crate) struct Proxy {
    process: Process,
    /// Its port for https.
    port: u16,
    /// A port that the test adds, which speaks plain HTTP and is otherwise the same.
    plain: u16,
    /// The file of the authority that vouches for it.
    pub(crate) authority: PathBuf,
    pub(crate) folder: TempDir,
}

/// Which proxy it is.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    Nginx,
    Caddy,
}

impl Proxy {
    /// A proxy that leads to this address, and answers.
    pub(crate) fn before(kind: Kind, upstream: &str) -> Self {
        Self::start(|folder, files, ports| match kind {
            Kind::Nginx => {
                let site = replaced(&contrib("nginx.conf"), UPSTREAM, upstream);
                nginx(folder, files, ports, &site)
            }
            Kind::Caddy => caddy(folder, files, ports, upstream),
        })
    }

    /// The nginx that DEPLOY.md describes for three nodes.
    pub(crate) fn before_nodes(nodes: [SocketAddr; 3]) -> Self {
        Self::start(|folder, files, ports| nginx(folder, files, ports, &site_of_nodes(nodes)))
    }

    fn start(command: impl FnOnce(&Path, &(PathBuf, PathBuf), [u16; 2]) -> Command) -> Self {
        Self::spawned(command, Self::listens_in_time)
    }

    fn listens_in_time(&self) -> bool {
        in_time(|| TcpStream::connect(self.plain()).ok()).is_some()
    }

    /// Starts one and waits for it. It is ended if that was in vain.
    fn spawned(
        command: impl FnOnce(&Path, &(PathBuf, PathBuf), [u16; 2]) -> Command,
        wait: impl FnOnce(&Self) -> bool,
    ) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let authority = Authority::new();
        let file = folder.path().join("authority.pem");
        std::fs::write(&file, &authority.own().certificate).expect("it is written");
        let files = authority.issue(&[NAME], Dates::Now).write(folder.path());
        let (port, plain) = (free_address().port(), free_address().port());
        let mut command = command(folder.path(), &files, [port, plain]);
        let mut proxy = Self {
            process: Process::start(&mut command),
            port,
            plain,
            authority: file,
            folder,
        };
        if !wait(&proxy) {
            proxy.end();
            panic!(
                "{command:?} does not listen: {}",
                proxy.process.complaints()
            );
        }
        proxy
    }

    /// A killed nginx would leave its workers behind, so it is asked to end.
    fn end(&self) {
        if runs(self.process.id()) {
            self.process.signal(Signal::TERM);
            ends(self.process.id());
        }
    }

    /// Where it speaks https.
    pub(crate) fn url(&self) -> String {
        format!("https://{NAME}:{}", self.port)
    }

    /// Where it speaks plain HTTP.
    pub(crate) fn plain(&self) -> SocketAddr {
        SocketAddr::from(([127, 0, 0, 1], self.plain))
    }

    /// Somebody who joins through it by https.
    pub(crate) fn join(&self, room: &str, name: &str, options: &[&str]) -> JoinClient {
        let authority = self.authority.to_str().expect("a path");
        let trusting = ["--no-player", "--ca-file", authority];
        JoinClient::start(&self.url(), room, name, &[&trusting, options].concat())
    }

    /// The first line of the answer to a request from this address of the computer, and the open
    /// connection.
    pub(crate) fn ask(&self, from: [u8; 4], request: &str) -> (String, BufReader<TcpStream>) {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None).expect("a socket");
        let from = SocketAddr::new(IpAddr::V4(Ipv4Addr::from(from)), 0);
        socket
            .bind(&from.into())
            .expect("an address of this computer");
        socket.connect(&self.plain().into()).expect("a connection");
        let mut stream = TcpStream::from(socket);
        stream.set_read_timeout(Some(PATIENCE)).expect("a bound");
        stream.write_all(request.as_bytes()).expect("it is sent");
        let mut reader = BufReader::new(stream);
        let mut first = String::new();
        reader.read_line(&mut first).expect("an answer");
        (first, reader)
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.end();
    }
}

/// The block of DEPLOY.md of this kind that begins so.
pub(crate) fn printed_block(kind: &str, begins: &str) -> String {
    let guide = repository("DEPLOY.md");
    let fence = format!("```{kind}\n");
    let blocks = guide.split(&fence).skip(1);
    let mut texts = blocks.filter_map(|block| block.split("```").next());
    let text = texts.find(|text| text.starts_with(begins));
    text.unwrap_or_else(|| panic!("no {kind} in DEPLOY.md begins with {begins}"))
        .to_owned()
}

/// The site of contrib/ as DEPLOY.md has it changed for three nodes.
fn site_of_nodes(nodes: [SocketAddr; 3]) -> String {
    let guide = repository("DEPLOY.md");
    let mut upstream = printed_block("text", "upstream ");
    for (printed, node) in NODES.iter().zip(nodes) {
        upstream = replaced(&upstream, printed, &node.to_string());
    }
    for said in [SAID_OF_PASS, SAID_OF_WAIT] {
        assert!(guide.contains(&format!("`{said}`")), "{said}");
    }
    let site = contrib("nginx.conf");
    let printed = format!("proxy_pass http://{UPSTREAM};");
    let (before, after) = site.split_once(&printed).expect("it leads to a server");
    format!("{upstream}\n{before}{SAID_OF_PASS}\n        {SAID_OF_WAIT};\n{after}")
}

/// Where nginx leads people in DEPLOY.md if there are several nodes.
const SAID_OF_PASS: &str = "proxy_pass http://watchtogether;";

/// How long it waits for one of them there.
const SAID_OF_WAIT: &str = "proxy_connect_timeout 2s";

/// nginx with a site as it is included in Debian's own `nginx.conf`, and with two workers.
fn nginx(folder: &Path, files: &(PathBuf, PathBuf), ports: [u16; 2], site: &str) -> Command {
    let [port, plain] = ports;
    let lines = site.lines().filter(|line| !line.contains("listen [::]"));
    let site: String = lines.flat_map(|line| [line, "\n"]).collect();
    let to = format!("listen {};", free_address());
    let site = replaced(&site, "listen 80;", &to);
    let to = format!("listen 127.0.0.1:{port} ssl; listen 127.0.0.1:{plain};");
    let site = replaced(&site, "listen 443 ssl;", &to);
    let (certificate, key) = files;
    let live = "/etc/letsencrypt/live/watch.example.org";
    let to = certificate.display().to_string();
    let site = replaced(&site, &format!("{live}/fullchain.pem"), &to);
    let to = key.display().to_string();
    let site = replaced(&site, &format!("{live}/privkey.pem"), &to);
    let site = replaced(&site, "watch.example.org", NAME);
    std::fs::write(folder.join("site.conf"), site).expect("it is written");
    let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|of| format!("{of}_temp_path {of};"))
        .concat();
    let whole = format!(
        "daemon off; worker_processes 2; pid nginx.pid; error_log stderr;\n\
         events {{}}\nhttp {{ access_log off; {temporary} include site.conf; }}\n"
    );
    std::fs::write(folder.join("nginx.conf"), whole).expect("it is written");
    // Debian keeps it where a user's PATH may not look.
    let usual = Path::new("/usr/sbin/nginx");
    let mut command = Command::new(if usual.exists() {
        usual
    } else {
        Path::new("nginx")
    });
    command.arg("-p").arg(folder).args(["-c", "nginx.conf"]);
    command
}

/// Caddy with the file, and options that keep it off everything but its ports.
fn caddy(folder: &Path, files: &(PathBuf, PathBuf), ports: [u16; 2], upstream: &str) -> Command {
    let [port, plain] = ports;
    let (certificate, key) = files;
    let site = format!(
        "https://{NAME}:{port}, http://{NAME}:{plain} {{\n\ttls {} {}",
        certificate.display(),
        key.display()
    );
    let text = replaced(
        &contrib("Caddyfile"),
        "\nwatch.example.org {",
        &format!("\n{site}"),
    );
    let text = replaced(&text, UPSTREAM, upstream);
    let options = "{\n\tadmin off\n\tauto_https disable_redirects\n\tskip_install_trust\n}\n";
    // A connection of plain HTTP cannot have a certificate, so each scheme is a site of its own.
    let (head, body) = text.split_once(&site).expect("the site");
    let secure = site.replace(&format!(", http://{NAME}:{plain}"), "");
    let open = format!("http://{NAME}:{plain} {{");
    let (body, rest) = body.split_once("\n}\n").expect("its end");
    let whole = format!("{options}{head}{secure}{body}\n}}\n{open}{body}\n}}\n{rest}");
    let file = folder.join("Caddyfile");
    std::fs::write(&file, whole).expect("it is written");
    let mut command = Command::new("caddy");
    command.arg("run").arg("--config").arg(file);
    command.args(["--adapter", "caddyfile"]);
    for variable in ["HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"] {
        command.env(variable, folder);
    }
    command
}

/// The processes that a process has started (proc(5)).
#[cfg(target_os = "linux")]
fn children(id: u32) -> Vec<u32> {
    let listed = std::fs::read_to_string(format!("/proc/{id}/task/{id}/children"));
    let listed = listed.unwrap_or_default();
    listed.split_whitespace().flat_map(str::parse).collect()
}

#[test]
#[cfg(target_os = "linux")]
fn an_nginx_that_is_waited_for_in_vain_leaves_no_workers_behind() {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    let mut workers = Vec::new();
    let in_vain = |proxy: &Proxy| {
        let id = proxy.process.id();
        let found = in_time(|| Some(children(id)).filter(|found| found.len() >= 2));
        workers = found.unwrap_or_default();
        false
    };
    let started = AssertUnwindSafe(|| {
        let site = contrib("nginx.conf");
        let nginx = |folder: &Path, files: &(PathBuf, PathBuf), ports: [u16; 2]| {
            nginx(folder, files, ports, &site)
        };
        Proxy::spawned(nginx, in_vain)
    });
    assert!(catch_unwind(started).is_err());
    assert!(!workers.is_empty(), "nginx has started none");
    assert!(workers.into_iter().all(ends));
}
