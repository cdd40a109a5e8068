//! The files in contrib/ as an operator uses them: the settings are read by the program, the unit is
//! judged by systemd, and the real nginx and Caddy lead people to a real server.
//!
//! Only names, addresses and paths of the files are replaced, by those of the test.
#![cfg(target_os = "linux")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;

use socket2::{Domain, Socket, Type};
use tempfile::TempDir;

use crate::support::certificates::{Authority, Dates, NAME};
use crate::support::join_client::JoinClient;
use crate::support::patience::{PATIENCE, in_time};
use crate::support::process::Process;
use crate::support::server::{Server, serve};
use crate::support::{free_address, program};

/// The address of the server in the files.
const UPSTREAM: &str = "127.0.0.1:8000";

fn contrib(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("contrib")
        .join(file);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The text with one thing replaced, which must be in it.
fn replaced(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "{from} is not in {text}");
    text.replace(from, to)
}

#[test]
fn the_settings_are_valid_also_those_that_are_only_examples() {
    let home = tempfile::tempdir().expect("a folder");
    let password = home.path().join("create-password");
    std::fs::write(&password, "popcorn\n").expect("it is written");
    let text = contrib("config.toml");
    let text = replaced(&text, "/var/lib/watchtogether", "rooms");
    let password = password.to_str().expect("a path");
    let text = replaced(&text, "/etc/watchtogether/create-password", password);
    let examples: String = text
        .lines()
        .map(|line| match line.strip_prefix('#') {
            Some(setting) if setting.contains('=') && !setting.starts_with(' ') => setting,
            _ => line,
        })
        .flat_map(|line| [line, "\n"])
        .collect();
    assert_ne!(examples, text);
    for settings in [text, examples] {
        let file = home.path().join("config.toml");
        std::fs::write(&file, settings).expect("it is written");
        let mut command = serve(home.path(), &["--check", "--config"]);
        let checked = command.arg(&file).current_dir(home.path()).output();
        let checked = checked.expect("it runs");
        let complaint = String::from_utf8_lossy(&checked.stderr);
        assert!(checked.status.success(), "{complaint}");
    }
}

#[test]
fn the_unit_exposes_little() {
    let unit = Path::new(env!("CARGO_MANIFEST_DIR")).join("contrib/watchtogether.service");
    let judged = Command::new("systemd-analyze")
        .args(["security", "--offline=true", "--no-pager"])
        .arg(unit)
        .output()
        .expect("systemd-analyze is there; install systemd");
    let text = String::from_utf8_lossy(&judged.stdout);
    let complaint = String::from_utf8_lossy(&judged.stderr);
    let level = text.lines().find_map(|line| {
        let (_, level) = line.split_once("Overall exposure level for watchtogether.service: ")?;
        level.split_whitespace().next()?.parse::<f64>().ok()
    });
    let level = level.unwrap_or_else(|| panic!("no level: {text}{complaint}"));
    assert!(level < 2.5, "{level}");
    assert!(!complaint.contains("Unknown"), "{complaint}");
}

/// A proxy in front of a server, with a folder of its own.
struct Proxy {
    _process: Process,
    /// Its port for https.
    port: u16,
    /// A port that the test adds, which speaks plain HTTP and is otherwise the same.
    plain: u16,
    /// The file of the authority that vouches for it.
    authority: PathBuf,
    folder: TempDir,
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Nginx,
    Caddy,
}

impl Proxy {
    /// A proxy that leads to this address, and answers.
    fn before(kind: Kind, upstream: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let authority = Authority::new();
        let file = folder.path().join("authority.pem");
        std::fs::write(&file, &authority.own().certificate).expect("it is written");
        let files = authority.issue(&[NAME], Dates::Now).write(folder.path());
        let (port, plain) = (free_address().port(), free_address().port());
        let mut command = match kind {
            Kind::Nginx => nginx(folder.path(), &files, [port, plain], upstream),
            Kind::Caddy => caddy(folder.path(), &files, [port, plain], upstream),
        };
        let mut process = Process::start(&mut command);
        let listens = in_time(|| TcpStream::connect(("127.0.0.1", plain)).ok());
        assert!(
            listens.is_some(),
            "{kind:?} does not listen: {}",
            process.complaints()
        );
        Self {
            _process: process,
            port,
            plain,
            authority: file,
            folder,
        }
    }

    fn url(&self) -> String {
        format!("https://{NAME}:{}", self.port)
    }

    fn join(&self, room: &str, name: &str, options: &[&str]) -> JoinClient {
        let authority = self.authority.to_str().expect("a path");
        let trusting = ["--no-player", "--ca-file", authority];
        JoinClient::start(&self.url(), room, name, &[&trusting, options].concat())
    }

    /// The first line of the answer to a request from this address of the computer, and the open
    /// connection.
    fn ask(&self, from: [u8; 4], request: &str) -> (String, BufReader<TcpStream>) {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None).expect("a socket");
        let from = SocketAddr::new(IpAddr::V4(Ipv4Addr::from(from)), 0);
        socket
            .bind(&from.into())
            .expect("an address of this computer");
        let to = SocketAddr::from(([127, 0, 0, 1], self.plain));
        socket.connect(&to.into()).expect("a connection");
        let mut stream = TcpStream::from(socket);
        stream.set_read_timeout(Some(PATIENCE)).expect("a bound");
        stream.write_all(request.as_bytes()).expect("it is sent");
        let mut reader = BufReader::new(stream);
        let mut first = String::new();
        reader.read_line(&mut first).expect("an answer");
        (first, reader)
    }
}

/// nginx with the file as it is included in Debian's own `nginx.conf`.
fn nginx(folder: &Path, files: &(PathBuf, PathBuf), ports: [u16; 2], upstream: &str) -> Command {
    let [port, plain] = ports;
    let site = contrib("nginx.conf");
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
    let site = replaced(&site, UPSTREAM, upstream);
    std::fs::write(folder.join("site.conf"), site).expect("it is written");
    let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|of| format!("{of}_temp_path {of};"))
        .concat();
    let whole = format!(
        "daemon off; master_process off; pid nginx.pid; error_log stderr;\n\
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

const BOTH: [Kind; 2] = [Kind::Nginx, Kind::Caddy];

#[test]
fn people_come_through_both_proxies_into_public_and_private_rooms() {
    for kind in BOTH {
        let server = Server::on_disk_with(&["--trust-proxy", "127.0.0.1"]);
        let proxy = Proxy::before(kind, server.url().trim_start_matches("http://"));
        let mut alice = proxy.join("movie-night", "Alice", &[]);
        alice.joined();
        let mut bob = proxy.join("movie-night", "Bob", &[]);
        bob.joined();
        bob.command("hello");
        alice.wait_type("chat", |line| line["text"] == "hello");

        let password = proxy.folder.path().join("password");
        std::fs::write(&password, "popcorn").expect("it is written");
        let password = ["--password-file", password.to_str().expect("a path")];
        let mut carol = proxy.join(
            "our-place",
            "Carol",
            &[&["--private"], &password[..]].concat(),
        );
        carol.joined();
        proxy.join("our-place", "Dan", &password).joined();
        let mut stranger = proxy.join("our-place", "Mallory", &[]);
        stranger.wait_type("connection", |line| line["state"] == "refused");

        let mut gallery = program(proxy.folder.path());
        gallery.args(["gallery", "--json", "--server", &proxy.url(), "--ca-file"]);
        let listed = gallery.arg(&proxy.authority).output().expect("it runs");
        let rooms = String::from_utf8_lossy(&listed.stdout);
        assert!(rooms.contains("movie-night"), "{kind:?}: {rooms}");
        assert!(!rooms.contains("our-place"), "{kind:?}: {rooms}");
    }
}

/// A request for a WebSocket that claims to come from somewhere else.
fn lying_upgrade() -> String {
    format!(
        "GET /ws HTTP/1.1\r\nHost: {NAME}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
         X-Forwarded-For: 203.0.113.7\r\nForwarded: for=203.0.113.8\r\n\r\n"
    )
}

#[test]
fn the_server_behind_both_proxies_knows_who_asks_whatever_they_claim() {
    let limit = [
        "--trust-proxy",
        "127.0.0.1",
        "--max-connections-per-address",
        "2",
    ];
    for kind in BOTH {
        let server = Server::on_disk_with(Box::leak(Box::new(limit)));
        let proxy = Proxy::before(kind, server.url().trim_start_matches("http://"));
        let ask = |from| proxy.ask(from, &lying_upgrade());
        let mut open = Vec::new();
        for _ in 0..2 {
            let (answer, stream) = ask([127, 0, 0, 2]);
            assert!(answer.contains(" 101 "), "{kind:?}: {answer}");
            open.push(stream);
        }
        let (answer, mut rest) = ask([127, 0, 0, 2]);
        assert!(answer.contains(" 429 "), "{kind:?}: {answer}");
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") && rest.read_line(&mut head).is_ok_and(|read| read > 0) {}
        let head = head.to_ascii_lowercase();
        assert!(head.contains("too_many_connections"), "{kind:?}: {head}");
        let (answer, _open) = ask([127, 0, 0, 3]);
        assert!(answer.contains(" 101 "), "{kind:?}: {answer}");
    }
}

#[test]
fn an_event_passes_both_proxies_at_once() {
    for kind in BOTH {
        let server = Server::on_disk_with(&["--trust-proxy", "127.0.0.1"]);
        let proxy = Proxy::before(kind, server.url().trim_start_matches("http://"));
        let request = format!("GET /api/gallery/events HTTP/1.1\r\nHost: {NAME}\r\n\r\n");
        let (answer, mut stream) = proxy.ask([127, 0, 0, 2], &request);
        assert!(answer.contains(" 200 "), "{kind:?}: {answer}");
        let mut alice = proxy.join("movie-night", "Alice", &[]);
        alice.joined();
        // Far less than what a proxy gathers before it passes a page on.
        let mut seen = String::new();
        let mut bytes = [0; 256];
        while !seen.contains("movie-night") {
            let count = stream.read(&mut bytes).expect("an event");
            assert_ne!(count, 0, "{kind:?} ended the stream: {seen}");
            seen += &String::from_utf8_lossy(&bytes[..count]);
        }
    }
}
