//! The server's pages in a real browser: Chromium without a window, at a phone's width and a
//! desktop's, in both colour schemes. Pictures of them are left in `target/door/` to be looked at.
//!
//! `cargo test` leaves these tests out; `make release-check` installs Chromium and runs them.

#![cfg(test)]

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};

use serde_json::json;

use driver::Browser;

mod driver;

/// A process of the program that is ended with the test.
struct Process {
    child: Child,
}

impl Process {
    fn start(
        arguments: &[&str],
        home: &std::path::Path,
    ) -> (Self, BufReader<std::process::ChildStdout>) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_watchtogether"))
            .args(arguments)
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", home)
            .env("WATCHTOGETHER_STATE_DIR", home.join("state"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        let output = BufReader::new(child.stdout.take().expect("its output"));
        (Self { child }, output)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ended = self.child.kill();
        let _reaped = self.child.wait();
    }
}

/// A server with a home folder for it and its members.
struct Server {
    process: Process,
    url: String,
    home: tempfile::TempDir,
}

impl Server {
    fn start() -> Self {
        let home = tempfile::tempdir().expect("a folder");
        let listen = ["serve", "--ephemeral", "--listen", "127.0.0.1:0"];
        let (process, output) = Process::start(&listen, home.path());
        let mut lines = output.lines().map_while(Result::ok);
        let url = lines
            .find_map(|line| {
                let address = line.strip_prefix("listening on ")?;
                address.split_whitespace().next().map(str::to_owned)
            })
            .expect("it listens");
        Self { process, url, home }
    }

    /// Lets somebody into a room, who enters these lines.
    fn member(&self, room: &str, name: &str, options: &[&str], lines: &[&str]) -> Process {
        let home = self.home.path().join(name);
        let server = self.url.as_str();
        let join = [
            "join",
            room,
            "--server",
            server,
            "--name",
            name,
            "--no-player",
            "--json",
        ];
        let (mut member, output) = Process::start(&[&join, options].concat(), &home);
        let stdin = member.child.stdin.as_mut().expect("its input");
        for line in lines {
            writeln!(stdin, "{line}").expect("it reads");
        }
        let answered = |line: &String| line.contains(r#""type":"ok""#);
        let joined = |line: &String| line.contains(r#""type":"joined""#);
        let mut output = output.lines().map_while(Result::ok);
        assert!(output.any(|line| joined(&line)), "{name} does not come in");
        for _ in lines {
            assert!(output.any(|line| answered(&line)), "{name} gets no answer");
        }
        // Whatever comes from now on is read and dropped, so that the member is not held up.
        std::thread::spawn(move || output.for_each(drop));
        member
    }

    fn page(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }
}

/// A server with two public rooms, of which one plays, and the members in them.
fn evening() -> (Server, Vec<Process>) {
    let server = Server::start();
    let title = [
        "--title",
        "Кино по пятницам: очень длинное название комнаты, чтобы не поместилось",
    ];
    let play = [
        "/play https://example.org/night-of-the-living-dead.mp4",
        "/length 1:35:20",
    ];
    let next = ["/add https://example.org/steamboat-willie.webm"];
    let members = vec![
        server.member("movie-night", "Alice", &title, &[&play[..], &next].concat()),
        server.member("movie-night", "Boris", &[], &[]),
        server.member("lofi", "Carol", &[], &[]),
    ];
    (server, members)
}

#[test]
fn a_list_shows_what_changes_by_itself() {
    let (server, _members) = evening();
    let mut browser = Browser::open();
    for path in ["/gallery", "/"] {
        browser.go(&server.page(path));
        browser.until("return !document.querySelector('[data-when=live]').hidden");
        let rooms = "return [...document.querySelectorAll('.room')]\
                     .map(room => room.querySelector('[data-is=id]').textContent).join()";
        assert_eq!(browser.run(rooms), json!("movie-night,lofi"));
        let newcomers: Vec<Process> = ["Dora", "Emil", "Fred"]
            .map(|name| server.member("shorts", name, &[], &[]))
            .into();
        // The room with the most viewers comes first.
        browser.until(&rooms.replace(".join()", ".join() === 'shorts,movie-night,lofi'"));
        drop(newcomers);
        browser.until(&rooms.replace(".join()", ".join() === 'movie-night,lofi'"));
        let time = "return document.querySelector('[data-is=time]').textContent";
        let before = browser.run(time);
        browser.until(&format!("{time} !== {before}"));
        assert_eq!(browser.complaints(), Vec::<String>::new());
    }
}

#[test]
fn a_list_says_so_when_its_server_is_gone() {
    let (mut server, _members) = evening();
    let mut browser = Browser::open();
    browser.go(&server.page("/gallery"));
    browser.until("return !document.querySelector('[data-when=live]').hidden");
    server.process.child.kill().expect("it is killed");
    browser.until("return !document.querySelector('[data-when=lost]').hidden");
}

#[test]
fn the_invitation_of_the_address_is_in_the_command_that_is_copied() {
    let (server, _members) = evening();
    let mut browser = Browser::open();
    browser.allow_clipboard(&server.url);
    // A private room, which looks like one that is not there, is what needs an invitation.
    for room in ["movie-night", "not-there"] {
        let link = server.page(&format!("/r/{room}"));
        browser.go(&link);
        let plain = format!("watchtogether join {link}");
        assert_eq!(
            browser.run("return document.getElementById('join').textContent"),
            plain
        );
        assert_eq!(browser.copied(), plain);
        let invited = "return !document.querySelector('[data-when=invited]').hidden";
        assert_eq!(browser.run(invited), json!(false));

        browser.go("about:blank");
        browser.go(&format!("{link}#0123456789abcdef0123456789ABCDEF"));
        browser.until(invited);
        assert_eq!(
            browser.copied(),
            format!("watchtogether join '{link}#0123456789abcdef0123456789ABCDEF'")
        );

        for other in ["#chat", "#'; rm -rf ~ '", "#0123456789abcdef'"] {
            browser.go("about:blank");
            browser.go(&format!("{link}{other}"));
            assert_eq!(browser.copied(), plain, "{other} is no invitation");
        }
    }
}

#[test]
fn without_a_script_everything_can_be_read() {
    let (server, _members) = evening();
    let mut browser = Browser::open();
    browser.command(
        "Emulation.setScriptExecutionDisabled",
        &json!({"value": true}),
    );
    for (path, words) in [
        ("/", "movie-night"),
        ("/gallery", "Кино по пятницам"),
        ("/r/movie-night", "put the whole link"),
    ] {
        browser.go(&server.page(path));
        let text = browser.text();
        assert!(text.contains(words), "{path}: {text}");
        assert!(!text.contains("Copy"), "a button that does nothing: {text}");
        assert!(text.contains("watchtogether join"), "{text}");
    }
}

#[test]
fn every_page_fits_a_phone_and_a_desktop_in_both_colour_schemes() {
    let (server, _members) = evening();
    let mut browser = Browser::open();
    let pages = [
        ("start", "/"),
        ("gallery", "/gallery"),
        ("room", "/r/movie-night#0123456789abcdef0123456789ABCDEF"),
        ("idle", "/r/lofi"),
        ("absent", "/r/not-there"),
        ("nothing", "/nowhere"),
    ];
    for (device, width, height) in [("phone", 390, 844), ("desktop", 1280, 800)] {
        browser.resize(width, height);
        for scheme in ["light", "dark"] {
            for language in ["en", "ru"] {
                browser.prefer(scheme, language);
                for (name, path) in pages {
                    browser.go("about:blank");
                    browser.go(&server.page(path));
                    let wide = browser.run(
                        "return [...document.querySelectorAll('body *')].filter(element => \
                         element.getBoundingClientRect().right > innerWidth + 1 && \
                         !element.closest('pre')).map(element => element.outerHTML)",
                    );
                    assert_eq!(wide, json!([]), "{name} on a {device}");
                    let scrolls = "return document.documentElement.scrollWidth > innerWidth";
                    assert_eq!(browser.run(scrolls), json!(false), "{name} on a {device}");
                    let lang = browser.run("return document.documentElement.lang");
                    assert_eq!(lang, json!(language));
                    let dark = "return matchMedia('(prefers-color-scheme: dark)').matches && \
                                getComputedStyle(document.body).backgroundColor === 'rgb(20, 21, 26)'";
                    assert_eq!(browser.run(dark), json!(scheme == "dark"), "{name}");
                    browser.picture(&format!("{name}-{device}-{scheme}-{language}"));
                }
            }
        }
    }
}

#[test]
fn a_badge_is_a_picture() {
    let (server, _members) = evening();
    let mut browser = Browser::open();
    browser.go(&server.page("/nowhere"));
    for room in ["movie-night", "lofi", "not-there"] {
        let source = server.page(&format!("/r/{room}/badge.svg"));
        browser.run(&format!(
            "document.body.innerHTML = '<img alt=\"\">'; \
             document.querySelector('img').src = '{source}'"
        ));
        browser.until("const image = document.querySelector('img'); \
                       return image.complete && image.naturalWidth > 60 && image.naturalHeight === 20");
        browser.picture(&format!("badge-{room}"));
    }
}
