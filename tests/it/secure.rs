//! Connections by TLS that the server ends itself, with certificates of every kind, and what the
//! program says where none comes about.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Command;

use rustix::process::Signal;
use tempfile::TempDir;

use crate::support::certificates::{Authority, Certified, Dates, NAME, self_signed};
use crate::support::join_client::JoinClient;
use crate::support::patience::until;
use crate::support::process::Process;
use crate::support::program;
use crate::support::server::{Server, listening, serve};

/// A server process that ends TLS itself.
struct SecureServer {
    process: Process,
    /// Its port of this computer.
    port: u16,
    /// The folder with its certificate and key.
    files: TempDir,
}

impl SecureServer {
    fn with(certified: &Certified) -> Self {
        let files = tempfile::tempdir().expect("a folder");
        let (certificate, key) = certified.write(files.path());
        let mut command = serve(files.path(), &["--listen", "127.0.0.1:0", "--ephemeral"]);
        command.arg("--tls-cert").arg(certificate);
        command.arg("--tls-key").arg(key);
        let mut process = Process::start(&mut command);
        let url = listening(&mut process);
        let port = url.strip_prefix("https://127.0.0.1:");
        let port = port.expect("its address").parse().expect("a port");
        Self {
            process,
            port,
            files,
        }
    }

    /// Its address by the name that its certificate is for.
    fn url(&self) -> String {
        format!("https://{NAME}:{}", self.port)
    }
}

/// The file of an authority's certificate, in this folder.
fn file_of(authority: &Authority, folder: &Path) -> PathBuf {
    let file = folder.join("authority.pem");
    std::fs::write(&file, &authority.own().certificate).expect("it is written");
    file
}

/// The exit code, output and complaint of a program that ends by itself.
fn run(command: &mut Command) -> (Option<i32>, String, String) {
    let output = command.output().expect("it runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (
        output.status.code(),
        text(&output.stdout),
        text(&output.stderr),
    )
}

/// `gallery` of a server, in a home folder of its own.
fn gallery(home: &Path, server: &str, options: &[&str]) -> (Option<i32>, String, String) {
    let mut command = program(home);
    command.args(["gallery", "--json", "--server", server]);
    run(command.args(options))
}

/// Checks that neither `gallery` nor `join` connects, and that both say so in both languages.
fn is_refused(server: &str, authority: Option<&Path>, english: &str, russian: &str) {
    let home = tempfile::tempdir().expect("a folder");
    let ca_file = authority.map(|path| ["--ca-file", path.to_str().expect("a path")]);
    let options = ca_file.as_ref().map_or(&[][..], |options| options);
    for (language, words) in [("en", english), ("ru", russian)] {
        let spoken = [&["--lang", language], options].concat();
        let (code, rooms, complaint) = gallery(home.path(), server, &spoken);
        assert_eq!((code, complaint.as_str()), (Some(4), ""), "{rooms}");
        let said: serde_json::Value = serde_json::from_str(rooms.trim()).expect("one object");
        let text = said["text"].as_str().expect("words");
        assert_eq!(said["state"], "refused", "{said}");
        assert!(text.contains(words), "{text}");
        let mut command = program(home.path());
        command.args(["join", "movie-night", "--no-player", "--server", server]);
        let mut joining = Process::start(command.args(&spoken));
        let code = joining.wait().code();
        let mut said = String::new();
        while let Some(line) = joining.line() {
            said += &line;
        }
        said += &joining.complaints();
        assert_eq!(code, Some(4), "{said}");
        assert!(said.contains(words), "{said}");
    }
}

#[test]
fn a_certificate_of_a_named_authority_is_accepted_everywhere() {
    let authority = Authority::new();
    let server = SecureServer::with(&authority.issue(&[NAME], Dates::Now));
    let home = tempfile::tempdir().expect("a folder");
    let file = file_of(&authority, home.path());
    let file = file.to_str().expect("a path");

    let options = ["--no-player", "--ca-file", file];
    let mut alice = JoinClient::start(&server.url(), "movie-night", "Alice", &options);
    alice.joined();
    let (code, rooms, complaint) = gallery(home.path(), &server.url(), &["--ca-file", file]);
    assert_eq!(code, Some(0), "{complaint}");
    assert!(rooms.contains("movie-night"), "{rooms}");

    let mut command = program(home.path());
    command.args(["gallery", "--json", "--server", &server.url()]);
    let (code, rooms, complaint) = run(command.env("WATCHTOGETHER_CA_FILE", file));
    assert_eq!(code, Some(0), "{complaint}");
    assert!(rooms.contains("movie-night"), "{rooms}");
}

/// The variable is one that all programs know which read the system's store.
#[cfg(target_os = "linux")]
#[test]
fn a_certificate_of_an_authority_of_the_system_is_accepted() {
    let authority = Authority::new();
    let server = SecureServer::with(&authority.issue(&[NAME], Dates::Now));
    let home = tempfile::tempdir().expect("a folder");
    let mut command = program(home.path());
    command.args(["gallery", "--json", "--server", &server.url()]);
    let (code, _, complaint) = run(command.env("SSL_CERT_FILE", file_of(&authority, home.path())));
    assert_eq!(code, Some(0), "{complaint}");
}

/// Without a store, Mozilla's authorities are trusted, which know nothing of this one.
#[cfg(target_os = "linux")]
#[test]
fn a_system_without_authorities_does_not_trust_everything() {
    let authority = Authority::new();
    let server = SecureServer::with(&authority.issue(&[NAME], Dates::Now));
    let home = tempfile::tempdir().expect("a folder");
    let mut command = program(home.path());
    command.args(["gallery", "--json", "--server", &server.url()]);
    command.env("SSL_CERT_FILE", "/dev/null");
    let (code, refused, complaint) = run(command.env("SSL_CERT_DIR", home.path()));
    assert_eq!(code, Some(4), "{complaint}");
    assert!(refused.contains("doesn't trust"), "{refused}");
    // Nothing of that is needed for plain HTTP.
    let plain = Server::ephemeral();
    let mut command = program(home.path());
    command.args(["gallery", "--json", "--server", plain.url()]);
    command.env("SSL_CERT_FILE", "/dev/null");
    let (code, _, complaint) = run(command.env("SSL_CERT_DIR", home.path()));
    assert_eq!(code, Some(0), "{complaint}");
}

#[test]
fn what_is_wrong_with_a_certificate_is_said() {
    let authority = Authority::new();
    let folder = tempfile::tempdir().expect("a folder");
    let file = file_of(&authority, folder.path());
    let other = ["films.example", "*.films.example"];
    // The server's certificate from before it was made anew, with the same names in it.
    let earlier = folder.path().join("earlier.pem");
    std::fs::write(&earlier, self_signed().certificate).expect("it is written");
    let table = [
        (
            authority.issue(&[NAME], Dates::Past),
            Some(file.as_path()),
            "The server's certificate has expired. Ask the server's operator to renew it.",
            "Срок действия сертификата сервера истёк. Попросите владельца сервера",
        ),
        (
            authority.issue(&[NAME], Dates::Future),
            Some(&file),
            "The server's certificate isn't valid yet. Check this computer's date",
            "Сертификат сервера ещё не действует. Проверьте дату",
        ),
        (
            authority.issue(&[NAME], Dates::Now),
            None,
            "comes from an authority that this computer doesn't trust. If you trust that \
             authority, give its certificate with --ca-file FILE.",
            "выдан центром, которому этот компьютер не доверяет. Если вы доверяете этому центру",
        ),
        (
            self_signed(),
            Some(&file),
            "The server's certificate is self-signed: no authority vouches for it.",
            "Сертификат сервера самоподписанный: за него никто не ручается.",
        ),
        (
            self_signed(),
            Some(&earlier),
            "The server's certificate is self-signed: no authority vouches for it.",
            "Сертификат сервера самоподписанный: за него никто не ручается.",
        ),
        (
            authority.issue(&other, Dates::Now),
            Some(&file),
            "is for films.example, *.films.example, not for this address. Check the address",
            "выдан на films.example, *.films.example, а не на этот адрес. Проверьте адрес",
        ),
        (
            Certified {
                certificate: authority.own().certificate.clone(),
                key: authority.own().key.clone(),
            },
            Some(&file),
            "uses the certificate from your --ca-file as its own",
            "предъявляет сертификат из вашего --ca-file",
        ),
    ];
    for (certified, ca_file, english, russian) in table {
        let server = SecureServer::with(&certified);
        is_refused(&server.url(), ca_file, english, russian);
    }
}

#[test]
fn a_self_signed_certificate_is_accepted_where_it_is_named() {
    let certified = self_signed();
    let server = SecureServer::with(&certified);
    let home = tempfile::tempdir().expect("a folder");
    let (certificate, _) = certified.write(home.path());
    let file = certificate.to_str().expect("a path");
    let (code, _, complaint) = gallery(home.path(), &server.url(), &["--ca-file", file]);
    assert_eq!(code, Some(0), "{complaint}");
}

/// What `doctor` finds of a server: the verdict, the text and the remedy.
fn diagnosed(home: &Path, server: &str, options: &[&str]) -> [String; 3] {
    let mut command = program(home);
    command.args(["doctor", "--json", "--server", server]);
    let (_, lines, complaint) = run(command.args(options));
    let parsed = lines.lines().map(serde_json::from_str);
    let mut lines = parsed.map(|line: Result<serde_json::Value, _>| line.expect("an object"));
    let found = lines.find(|line| line["check"] == "server");
    let found = found.unwrap_or_else(|| panic!("no server: {complaint}"));
    ["verdict", "text", "remedy"].map(|key| found[key].as_str().unwrap_or_default().to_owned())
}

#[test]
fn doctor_says_which_option_names_a_certificate_and_takes_it() {
    let certified = self_signed();
    let server = SecureServer::with(&certified);
    let (url, home) = (server.url(), tempfile::tempdir().expect("a folder"));
    let [verdict, text, remedy] = diagnosed(home.path(), &url, &[]);
    assert_eq!(verdict, "failure");
    assert!(text.contains("give it with --ca-file FILE"), "{text}");
    let command = format!("watchtogether doctor --server '{url}' --ca-file FILE");
    assert_eq!(remedy, command);

    let (certificate, _) = certified.write(home.path());
    let file = certificate.to_str().expect("a path");
    let [verdict, text, remedy] = diagnosed(home.path(), &url, &["--ca-file", file]);
    assert_eq!((verdict.as_str(), remedy.as_str()), ("ok", ""), "{text}");
}

/// fish hands the words of the line over as they are.
#[test]
fn rooms_are_completed_at_a_server_whose_certificate_the_line_names() {
    let authority = Authority::new();
    let server = SecureServer::with(&authority.issue(&[NAME], Dates::Now));
    let home = tempfile::tempdir().expect("a folder");
    let file = file_of(&authority, home.path());
    let file = file.to_str().expect("a path");
    let options = ["--no-player", "--ca-file", file];
    let mut alice = JoinClient::start(&server.url(), "movie-night", "Alice", &options);
    alice.joined();
    let mut command = program(home.path());
    command.args(["--", "watchtogether", "say", "--server", &server.url()]);
    command.args(["--ca-file", file, "movie"]);
    let (_, rooms, complaint) = run(command.env("WATCHTOGETHER_COMPLETE", "fish"));
    assert_eq!(rooms.trim(), "movie-night", "{complaint}");
}

#[test]
fn http_at_a_port_that_speaks_https_is_answered_so() {
    let server = SecureServer::with(&self_signed());
    let at = ("127.0.0.1", server.port);
    for request in [
        "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
    ] {
        let mut socket = TcpStream::connect(at).expect("a connection");
        socket.write_all(request.as_bytes()).expect("it is sent");
        // The request's end is not the connection's: a server may leave one that is closed
        // unanswered.
        let mut answer = String::new();
        while !answer.contains("This port speaks https.") {
            let mut bytes = [0; 1024];
            let count = socket.read(&mut bytes).expect("an answer");
            assert!(count > 0, "it ended with {answer:?}");
            answer.push_str(&String::from_utf8_lossy(&bytes[..count]));
        }
        assert!(answer.starts_with("HTTP/1.1 400 "), "{answer}");
    }
    let plain = format!("http://127.0.0.1:{}", server.port);
    let secure = format!("https://127.0.0.1:{}", server.port);
    is_refused(
        &plain,
        None,
        &format!("That port speaks https, not http. Use this address: {secure}"),
        &format!("Этот порт отвечает по https, а не по http. Возьмите этот адрес: {secure}"),
    );
}

#[test]
fn https_at_a_port_that_speaks_http_is_said() {
    let server = Server::ephemeral();
    let secure = server.url().replace("http://", "https://");
    let plain = server.url();
    is_refused(
        &secure,
        None,
        &format!(
            "That port speaks http, not https. For an unencrypted connection, use this address: {plain}"
        ),
        &format!(
            "Этот порт отвечает по http, а не по https. Для соединения без шифрования возьмите этот адрес: {plain}"
        ),
    );
}

#[test]
fn the_figures_are_plain_http_also_if_the_server_speaks_https() {
    let files = tempfile::tempdir().expect("a folder");
    let (certificate, key) = self_signed().write(files.path());
    let options = ["--listen", "127.0.0.1:0", "--metrics-listen", "127.0.0.1:0"];
    let mut command = serve(files.path(), &options);
    command
        .arg("--ephemeral")
        .arg("--tls-cert")
        .arg(certificate);
    let mut process = Process::start(command.arg("--tls-key").arg(key));
    let lines = [process.line(), process.line()].map(|line| line.expect("a line"));
    assert!(lines[0].starts_with("listening on https://"), "{lines:?}");
    let address = lines[1].strip_prefix("metrics on http://");
    let address = address.and_then(|line| line.strip_suffix("/metrics"));
    let mut socket = TcpStream::connect(address.expect("an address")).expect("it connects");
    let request = b"GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    socket.write_all(request).expect("it is sent");
    let mut answer = String::new();
    socket.read_to_string(&mut answer).expect("it is read");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

#[test]
fn a_check_reads_the_certificate_as_a_start_would() {
    let folder = tempfile::tempdir().expect("a folder");
    let (certificate, key) = self_signed().write(folder.path());
    let other = folder.path().join("other.pem");
    std::fs::write(&other, self_signed().key).expect("it is written");
    let check = |key: &Path| {
        let mut command = serve(folder.path(), &["--check", "--ephemeral"]);
        command.arg("--tls-cert").arg(&certificate);
        run(command.arg("--tls-key").arg(key))
    };
    let (code, output, complaint) = check(&key);
    assert_eq!(code, Some(0), "{complaint}");
    assert!(output.contains("fit together"), "{output}");
    let (code, _, complaint) = check(&other);
    assert_eq!(code, Some(1), "{complaint}");
    assert!(complaint.contains("other.pem"), "{complaint}");
}

/// The complaint of a server that does not start for its certificate.
fn refused(folder: &Path, certificate: &Path, key: &Path, language: &str) -> String {
    let mut command = serve(
        folder,
        &["--listen", "127.0.0.1:0", "--ephemeral", "--lang", language],
    );
    command.arg("--tls-cert").arg(certificate);
    let (code, output, complaint) = run(command.arg("--tls-key").arg(key));
    assert_eq!((code, output.as_str()), (Some(1), ""), "{complaint}");
    complaint
}

#[test]
fn what_is_wrong_with_the_servers_own_files_is_said_at_the_start() {
    let folder = tempfile::tempdir().expect("a folder");
    let (certificate, key) = self_signed().write(folder.path());
    let other = folder.path().join("other.pem");
    std::fs::write(&other, self_signed().key).expect("it is written");
    let locked = folder.path().join("locked.pem");
    let text = "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n";
    std::fs::write(&locked, text).expect("it is written");
    let torn = folder.path().join("torn.pem");
    let text = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    std::fs::write(&torn, text).expect("it is written");
    let missing = folder.path().join("missing.pem");
    let table = [
        (
            &certificate,
            &other,
            "doesn't belong to the certificate",
            "не подходит к сертификату",
        ),
        (&key, &key, "there's no certificate in", "нет сертификата"),
        (
            &certificate,
            &certificate,
            "there's no private key in",
            "нет закрытого ключа",
        ),
        (
            &certificate,
            &locked,
            "protected by a passphrase",
            "защищён паролем",
        ),
        (&torn, &key, "can't use", "не подходит"),
        (&missing, &key, "can't read", "не удаётся прочитать"),
    ];
    for (certificate, key, english, russian) in table {
        let complaint = refused(folder.path(), certificate, key, "en");
        assert!(complaint.contains(english), "{complaint}");
        let complaint = refused(folder.path(), certificate, key, "ru");
        assert!(complaint.contains(russian), "{complaint}");
    }
}

#[test]
fn an_expired_certificate_is_warned_of_and_serves() {
    let expired = Authority::new().issue(&[NAME], Dates::Past);
    let mut server = SecureServer::with(&expired);
    let complaint = server.process.complaints();
    assert!(
        complaint.contains("warning: The certificate in "),
        "{complaint}"
    );
    assert!(complaint.contains("has expired"), "{complaint}");
}

#[test]
fn a_renewed_certificate_is_used_after_a_signal() {
    let (old, new) = (Authority::new(), Authority::new());
    let server = SecureServer::with(&old.issue(&[NAME], Dates::Now));
    let home = tempfile::tempdir().expect("a folder");
    let accepted = |authority: &Authority| {
        let file = file_of(authority, home.path());
        let file = file.to_str().expect("a path");
        gallery(home.path(), &server.url(), &["--ca-file", file]).0 == Some(0)
    };
    assert!(accepted(&old) && !accepted(&new));
    new.issue(&[NAME], Dates::Now).write(server.files.path());
    server.process.signal(Signal::HUP);
    until("the new certificate is used", || {
        accepted(&new).then_some(())
    });
    assert!(!accepted(&old));
}

#[test]
fn a_file_without_authorities_is_no_ca_file() {
    let home = tempfile::tempdir().expect("a folder");
    let (_, key) = self_signed().write(home.path());
    for (file, words) in [
        (key.to_str().expect("a path"), "There's no certificate in "),
        ("/no/such/file", "Can't read /no/such/file"),
    ] {
        let at = "https://127.0.0.1:9";
        let (code, _, complaint) = gallery(home.path(), at, &["--ca-file", file]);
        assert_eq!(code, Some(2), "{complaint}");
        assert!(complaint.contains(words), "{complaint}");
        let mut command = program(home.path());
        command.args(["join", "movie-night", "--no-player", "--ca-file", file]);
        let (code, _, complaint) = run(command.args(["--server", at]));
        assert_eq!(code, Some(2), "{complaint}");
        assert!(complaint.contains(words), "{complaint}");
    }
}
