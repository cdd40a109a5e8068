//! The program accepts every command line that it prints or that is in its documents. Those that
//! can be run are run here, against a server of the test.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use regex::Regex;
use watchtogether::app::output::{ArrivalNotice, Notice};
use watchtogether::cli::args::{Invocation, parse};
use watchtogether::protocol::ids::RoomId;
use watchtogether::protocol::invite::ServerUrl;
use watchtogether::texts::language::Language;
use watchtogether::wire::pages::RoomCard;
use watchtogether::{strings, texts};

use crate::support::certificates::self_signed;
use crate::support::join_client::JoinClient;
use crate::support::process::Process;
use crate::support::server::Server;
use crate::support::{free_address, program};

/// The server of the examples, which nobody contacts.
pub(crate) const EXAMPLE: &str = "https://watch.example.org";

/// The subcommands whose command lines are checked.
const SUBCOMMANDS: [&str; 9] = [
    "serve",
    "join",
    "host",
    "gallery",
    "calibrate",
    "demo",
    "conformance",
    "doctor",
    "admin",
];

/// The words of each command line in a text, beginning with the subcommand.
fn command_lines(text: &str) -> Vec<Vec<String>> {
    let continued = Regex::new(r"\\\n\s*").expect("a pattern");
    let text = continued.replace_all(text, " ");
    // A command line ends at a pipe, a closing quote, a comment, or a gap before other words.
    let called = format!("(?m)watchtogether ((?:{})\\b.*)$", SUBCOMMANDS.join("|"));
    let called = Regex::new(&called).expect("a pattern");
    let end = Regex::new(r"[|`]|  |\s#|\.$|\\f").expect("a pattern");
    let found = called.captures_iter(&text);
    found
        .map(|found| words(end.splitn(&found[1], 2).next().unwrap_or_default()))
        // Prose that names `watchtogether admin` as such gives none of its commands.
        .filter(|words| *words != ["admin"])
        .collect()
}

/// A line's words as a shell splits them; it may contain single quotes only.
pub(crate) fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut is_quoted = false;
    for letter in line.trim().chars() {
        match letter {
            '\'' => is_quoted = !is_quoted,
            ' ' if !is_quoted => words.push(String::new()),
            letter => words.last_mut().expect("a word").push(letter),
        }
    }
    assert!(!is_quoted, "an open quote in {line}");
    words
}

pub(crate) fn read(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// The text of a manual page, without the requests of its markup.
fn plain(page: &str) -> String {
    let synopsis = |line: &&str| !line.contains("\\fB");
    let lines: Vec<&str> = page.lines().filter(synopsis).collect();
    let text = lines.join("\n");
    text.replace("\\-", "-").replace("\\*(Aq", "'")
}

/// What a subcommand prints for `--help`.
fn help(subcommand: &str) -> String {
    let home = tempfile::tempdir().expect("a folder");
    let asked = program(home.path()).args([subcommand, "--help"]).output();
    let text = String::from_utf8(asked.expect("it runs").stdout).expect("UTF-8");
    let usage = |line: &&str| !line.starts_with("Usage:");
    text.lines().filter(usage).collect::<Vec<_>>().join("\n")
}

/// The program's texts that contain command lines.
fn printed() -> Vec<String> {
    let server = ServerUrl::parse(EXAMPLE).expect("an address");
    let invite = format!("{EXAMPLE}/r/movie-night");
    let card = serde_json::json!({
        "id": "movie-night", "title": null, "viewers": 1, "playing": null, "since": 1.0
    });
    let card: RoomCard = serde_json::from_value(card).expect("a card");
    let notice = |notice: Notice| strings::client::notice(Language::English, &notice);
    let mut texts = vec![
        strings::farewell::way_back(&invite),
        texts::door::join_command(Some(EXAMPLE), &card.id),
        texts::door::create_command(Some(EXAMPLE), &RoomId::suggested()),
        notice(Notice::Arrival(ArrivalNotice::RoomCreated {
            invite: invite.clone(),
        })),
        notice(Notice::Arrival(ArrivalNotice::OnLan {
            invites: vec![invite.clone()],
        })),
        notice(Notice::NothingOn {
            invite: Some(invite),
        }),
    ];
    for language in [Language::English, Language::Russian] {
        texts.extend([
            strings::gallery::empty(language, &server),
            strings::rooms::details(language, &card, None, EXAMPLE, true).join[1].clone(),
            strings::start::no_local_server(language),
            with_its_program(&strings::server::only_this_machine(language, 8000)),
        ]);
    }
    texts
}

/// The server's hint as a whole command line: it names options only ("start it with --listen ...").
fn with_its_program(hint: &str) -> String {
    let options = hint.find("--listen").expect("the options");
    format!("watchtogether serve {}", &hint[options..])
}

/// Every command line, with where it is from. Each source must have some.
fn all() -> Vec<(String, Vec<String>)> {
    let files = [
        "README.md",
        "README.ru.md",
        "docs/guide.md",
        "docs/guide.ru.md",
        "DEPLOY.md",
    ];
    let files = files.map(|file| (file.to_owned(), read(file)));
    let pages = [
        "",
        "-serve",
        "-join",
        "-host",
        "-gallery",
        "-calibrate",
        "-demo",
        "-conformance",
        "-doctor",
        "-admin",
    ]
    .map(|page| format!("man/watchtogether{page}.1"));
    let russian = ["", "-join"].map(|page| format!("man/ru/man1/watchtogether{page}.1"));
    let pages = pages.into_iter().chain(russian);
    let pages = pages.map(|page| (page.clone(), plain(&read(&page))));
    let helps = SUBCOMMANDS.map(|subcommand| (subcommand.to_owned(), help(subcommand)));
    let printed_texts = printed().into_iter().map(|text| (text.clone(), text));
    let sources = files
        .into_iter()
        .chain(pages)
        .chain(helps)
        .chain(printed_texts);
    let lines = sources.flat_map(|(source, text)| {
        let lines = command_lines(&text);
        assert!(!lines.is_empty(), "no command line in {source}");
        lines.into_iter().map(move |line| (source.clone(), line))
    });
    lines.collect()
}

#[test]
fn every_documented_command_line_is_taken() {
    for (source, line) in all() {
        let words = std::iter::once("watchtogether".to_owned()).chain(line.clone());
        match parse(Language::English, words) {
            Ok(Invocation::Run(_)) => {}
            other => panic!("{source}: {line:?}: {other:?}"),
        }
    }
}

/// The command lines of a subcommand, each once.
fn of(subcommand: &str) -> BTreeSet<Vec<String>> {
    let lines = all().into_iter().map(|(_, line)| line);
    lines.filter(|line| line[0] == subcommand).collect()
}

#[test]
fn every_documented_server_runs_and_listens_where_it_should() {
    let mut lines = of("serve");
    // It runs no server.
    lines.retain(|line| !line.iter().any(|word| word == "--check"));
    assert!(lines.iter().any(|line| line.len() == 5), "the pair of both");
    for line in lines {
        let home = tempfile::tempdir().expect("a folder");
        let port = free_address().port();
        let mut listens = 0;
        let mut command: Command = program(home.path());
        let (certificate, key) = self_signed().write(home.path());
        let mut earlier = String::new();
        for word in line.iter().cloned() {
            let word = match earlier.as_str() {
                "--listen" => {
                    listens += 1;
                    // A port alone is listened on by both versions of IP, where there are both.
                    word.rsplit_once(':')
                        .map_or_else(|| port.to_string(), |(ip, _)| format!("{ip}:{port}"))
                }
                "--tls-cert" => certificate.display().to_string(),
                "--tls-key" => key.display().to_string(),
                "--data-dir" => home.path().join("rooms").display().to_string(),
                _ => word,
            };
            command.arg(&word);
            earlier = word;
        }
        if listens == 0 {
            // The default addresses may be in use on this machine.
            command.args(["--listen", &format!("127.0.0.1:{port}")]);
            listens = 1;
        }
        if line.iter().any(|word| word == "--check") {
            let output = command.output().expect("it runs");
            assert!(output.status.success(), "{line:?}: {output:?}");
            continue;
        }
        let mut process = Process::start(&mut command);
        for _ in 0..listens {
            let reported = process.line();
            let reported = reported.unwrap_or_else(|| panic!("{line:?}: {}", process.complaints()));
            assert!(
                reported.starts_with("listening on "),
                "{line:?}: {reported}"
            );
            assert!(
                reported.ends_with(&format!(":{port}")),
                "{line:?}: {reported}"
            );
        }
    }
}

#[test]
fn every_documented_way_into_a_room_leads_there() {
    let server = Server::ephemeral();
    for line in of("join") {
        let home = tempfile::tempdir().expect("a folder");
        let mut command = program(home.path());
        command.env("WATCHTOGETHER_DEFAULT_SERVER", server.url());
        command.env("WATCHTOGETHER_PASSWORD", "correct horse");
        let mut words = line.iter().map(|word| word.replace(EXAMPLE, server.url()));
        while let Some(word) = words.next() {
            match word.as_str() {
                // The example's media server does not exist.
                "--play" => drop(words.next()),
                // Nothing is played, so nothing waits for its start either.
                "--no-player" | "--json" | "--wait" => {}
                _ => {
                    command.arg(word);
                }
            }
        }
        let mut client = JoinClient::run(command.args(["--no-player", "--json"]));
        client.joined();
        assert_eq!(client.end_input(), Some(0), "{line:?}");
    }
}

#[test]
fn every_documented_gallery_is_shown() {
    let server = Server::ephemeral();
    for line in of("gallery") {
        let home = tempfile::tempdir().expect("a folder");
        let mut command = program(home.path());
        command.env("WATCHTOGETHER_DEFAULT_SERVER", server.url());
        command.args(line.iter().map(|word| word.replace(EXAMPLE, server.url())));
        let mut process = Process::start(&mut command);
        let status = process.wait();
        assert!(status.success(), "{line:?}: {}", process.complaints());
    }
}
