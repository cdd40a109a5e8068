//! The documents' blocks: each block of commands says before it how it is tried, or why it cannot be,
//! and is tried here, in an empty home; so are the examples of the manual pages. `CONTRIBUTING.md`
//! explains the markings to writers.
//!
//! What a reader would put in for themselves is put in here: an address at which a server of the test
//! listens for that of the examples, a clip of the test for their film, and a free port for 8000.
//! `WATCHTOGETHER_NAME` names the reader, `WATCHTOGETHER_ALLOW_PRIVATE_MEDIA` trusts the clip on this
//! computer, and the home's `mpv.conf` asks for neither window nor sound.

use std::path::Path;
use std::process::Command;

use regex::Regex;
use watchtogether::cli::args::{Invocation, parse};
use watchtogether::texts::language::Language;

use crate::documented::{EXAMPLE, read, words};
use crate::support::certificates::self_signed;
use crate::support::clips::Clip;
use crate::support::free_address;
use crate::support::join_client::JoinClient;
use crate::support::media_server::MediaServer;
use crate::support::process::Process;
use crate::support::server::Server;
use crate::support::terminal::Terminal;

mod pages;

/// The documents with commands or settings.
const DOCUMENTS: [&str; 8] = [
    "README.md",
    "README.ru.md",
    "docs/guide.md",
    "docs/guide.ru.md",
    "DEPLOY.md",
    "BENCHMARKS.md",
    "CONTRIBUTING.md",
    "ARCHITECTURE.md",
];

/// The film of the examples, which does not exist.
const FILM: &str = "https://example.org/film.mp4";

/// How a block of commands is tried.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Marking {
    /// `run`: by a shell, to its end, which is a success.
    Run,
    /// `run on a screen: TEXTS`: each line in a terminal of its own, which shows these texts.
    OnScreen(Vec<Vec<String>>),
    /// `run as a server`: each line listens, and ends when it is told to.
    AsServer,
    /// `not run: REASON`.
    NotRun(String),
}

impl Marking {
    /// A marking without the signs of a comment. A line's texts stand between `;`, several of one
    /// line between `&`. After `run:` may stand what a reader of the source should know.
    fn read(comment: &str) -> Option<Self> {
        if let Some(texts) = comment.strip_prefix("run on a screen: ") {
            let of_line = |texts: &str| texts.split(" & ").map(str::to_owned).collect();
            return Some(Self::OnScreen(texts.split("; ").map(of_line).collect()));
        }
        if let Some(reason) = comment.strip_prefix("not run: ") {
            return Some(Self::NotRun(reason.to_owned()));
        }
        match comment {
            "run as a server" => Some(Self::AsServer),
            "run" => Some(Self::Run),
            other => other.starts_with("run: ").then_some(Self::Run),
        }
    }
}

/// A block between fences.
#[derive(Debug)]
struct Block {
    /// The document and the line at which it begins.
    place: String,
    language: String,
    /// The line before it, if that is a comment.
    comment: Option<String>,
    text: String,
}

impl Block {
    fn marking(&self) -> Option<Marking> {
        self.comment.as_deref().and_then(Marking::read)
    }

    /// Its command lines, the continued ones as one.
    fn lines(&self) -> Vec<String> {
        let continued = Regex::new(r"\\\n\s*").expect("a pattern");
        let text = continued.replace_all(&self.text, " ");
        text.lines().map(str::to_owned).collect()
    }
}

fn blocks() -> Vec<Block> {
    let documents = DOCUMENTS.into_iter().flat_map(blocks_of);
    documents.chain(pages::examples()).collect()
}

fn blocks_of(document: &str) -> Vec<Block> {
    let text = read(document);
    let mut found: Vec<Block> = Vec::new();
    let mut is_open = false;
    let mut before = "";
    for (number, line) in text.lines().enumerate() {
        match (line.strip_prefix("```"), is_open) {
            (Some(language), false) => {
                let comment = before.strip_prefix("<!-- ");
                let comment = comment.and_then(|rest| rest.strip_suffix(" -->"));
                found.push(Block {
                    place: format!("{document}:{}", number + 1),
                    language: language.to_owned(),
                    comment: comment.map(str::to_owned),
                    text: String::new(),
                });
                is_open = true;
            }
            (Some(_), true) => is_open = false,
            (None, true) => {
                let block = found.last_mut().expect("an open block");
                block.text += line;
                block.text.push('\n');
            }
            (None, false) => assert!(
                !(line.starts_with("    ") && before.is_empty()),
                "{document}:{}: a block without fences",
                number + 1
            ),
        }
        before = line;
    }
    assert!(!is_open, "{document}: a block without an end");
    found
}

/// The blocks of commands that are tried in one way.
fn marked(wanted: impl Fn(&Marking) -> bool) -> Vec<(Block, Marking)> {
    let commands = blocks().into_iter().filter(|block| block.language == "sh");
    let marked = commands.filter_map(|block| block.marking().map(|marking| (block, marking)));
    let found: Vec<_> = marked.filter(|(_, marking)| wanted(marking)).collect();
    assert!(!found.is_empty(), "no block is marked so");
    found
}

#[test]
fn every_block_of_commands_says_how_it_is_tried() {
    for block in blocks() {
        let place = &block.place;
        match block.language.as_str() {
            "sh" => match block.marking() {
                Some(Marking::NotRun(reason)) => {
                    assert!(reason.split(' ').count() > 2, "{place}: say why");
                }
                Some(Marking::OnScreen(texts)) => {
                    assert_eq!(
                        texts.len(),
                        block.lines().len(),
                        "{place}: a text for each line"
                    );
                }
                Some(_) => {}
                None => panic!("{place}: say how it is run: {:?}", block.comment),
            },
            "toml" | "html" | "text" => {}
            other => panic!("{place}: what is {other:?}?"),
        }
    }
}

/// The words of each call of the program in a line of shell.
fn calls(line: &str) -> Vec<Vec<String>> {
    let ends = Regex::new(r"\|\||&&|\||;|\s#.*").expect("a pattern");
    let called = Regex::new(r"^(?:sudo (?:-u \S+ )?)?(?:[A-Z_]+=\S+ )*watchtogether (\S.*)$")
        .expect("a pattern");
    let commands = ends.split(line.trim());
    let given = commands.filter_map(|command| called.captures(command.trim()));
    given.map(|found| words(&found[1])).collect()
}

#[test]
fn every_command_line_of_a_block_is_taken() {
    let mut count = 0;
    for block in blocks().into_iter().filter(|block| block.language == "sh") {
        // What stands in quotes for another shell, or for a container, is its own.
        for line in block
            .lines()
            .iter()
            .filter(|line| !line.starts_with("docker "))
        {
            for given in calls(line) {
                let all = std::iter::once("watchtogether".to_owned()).chain(given.clone());
                match parse(Language::English, all) {
                    Ok(Invocation::Run(_) | Invocation::Completions(_)) => count += 1,
                    other => panic!("{}: {given:?}: {other:?}", block.place),
                }
            }
        }
    }
    assert!(count > 30, "{count} command lines");
}

/// What the examples name, as it is in a test.
struct Stage {
    server: Server,
    media: MediaServer,
    /// Whoever is in the room of the examples already, and leads it.
    _host: JoinClient,
}

impl Stage {
    fn set() -> Self {
        let media = MediaServer::with(&[Clip::Mp4]);
        let server = Server::ephemeral();
        let options = ["--no-player", "--allow-private-media"];
        let mut host = JoinClient::start(server.url(), "movie-night", "Alice", &options);
        host.joined();
        host.command(&format!("/play {}", media.link(Clip::Mp4)));
        Self {
            server,
            media,
            _host: host,
        }
    }

    /// A line with the addresses of this test.
    fn here(&self, line: &str) -> String {
        let port = free_address().port();
        let without_scheme = self.server.url().trim_start_matches("http://");
        line.replace(FILM, &self.media.link(Clip::Mp4))
            .replace(EXAMPLE, self.server.url())
            .replace("watch.example.org/r/", &format!("{without_scheme}/r/"))
            .replace(":8000", &format!(":{port}"))
            .replace(":8443", &format!(":{port}"))
    }
}

/// What the reader has besides the program.
const READER: [(&str, &str); 2] = [
    ("WATCHTOGETHER_NAME", "Reader"),
    ("WATCHTOGETHER_ALLOW_PRIVATE_MEDIA", "true"),
];

/// A shell that runs a script in a home of its own, with the program on its path, and this server for the
/// usual one of this computer.
fn shell(home: &Path, script: &str, server: &str) -> Command {
    let program = Path::new(env!("CARGO_BIN_EXE_watchtogether"));
    let folder = program.parent().expect("its folder").to_owned();
    let others = std::env::var_os("PATH").unwrap_or_default();
    let path = std::iter::once(folder).chain(std::env::split_paths(&others));
    let mut command = Command::new("bash");
    command
        .args(["--norc", "-euo", "pipefail", "-c", script])
        .env_clear()
        .env("PATH", std::env::join_paths(path).expect("a path"))
        .env("HOME", home)
        .env("LANG", "C.UTF-8")
        .env("WATCHTOGETHER_DEFAULT_SERVER", server)
        .envs(READER)
        .current_dir(home);
    command
}

#[test]
fn what_the_documents_run_succeeds() {
    for (block, _) in marked(|marking| *marking == Marking::Run) {
        let stage = Stage::set();
        let home = tempfile::tempdir().expect("a folder");
        let script = stage.here(&block.text);
        let output = shell(home.path(), &script, stage.server.url())
            .output()
            .expect("bash starts");
        assert!(output.status.success(), "{}: {output:?}", block.place);
    }
}

#[test]
fn what_the_documents_run_as_a_server_listens_and_ends() {
    for (block, _) in marked(|marking| *marking == Marking::AsServer) {
        let stage = Stage::set();
        for line in block.lines() {
            let home = tempfile::tempdir().expect("a folder");
            // The reader has these from an authority.
            self_signed().write(home.path());
            let mut line = stage.here(&line);
            if !line.contains("--listen") {
                // The usual port may be in use here.
                line.push_str(" --listen ");
                line.push_str(&free_address().to_string());
            }
            let mut server = Process::start(&mut shell(
                home.path(),
                &format!("exec {line}"),
                stage.server.url(),
            ));
            let said = server.line().unwrap_or_else(|| server.complaints());
            assert!(said.starts_with("listening on "), "{}: {said}", block.place);
            server.signal(rustix::process::Signal::TERM);
            assert!(
                server.wait().success(),
                "{}: {}",
                block.place,
                server.complaints()
            );
        }
    }
}

#[test]
fn mpv_what_the_documents_run_on_a_screen_shows_what_they_say() {
    show_on_screens(|block| !pages::is_in_one(block));
}

#[test]
fn mpv_what_the_manual_pages_run_on_a_screen_shows_what_they_say() {
    show_on_screens(pages::is_in_one);
}

fn show_on_screens(wanted: impl Fn(&Block) -> bool) {
    for (block, marking) in marked(|marking| matches!(marking, Marking::OnScreen(_))) {
        let Marking::OnScreen(texts) = marking else {
            continue;
        };
        if !wanted(&block) {
            continue;
        }
        let stage = Stage::set();
        for (line, texts) in block.lines().iter().zip(texts) {
            println!("{}: {line}", block.place);
            let mut terminal = Terminal::open(&READER);
            terminal.resize(120, 40);
            let settings = terminal.home().join(".config/mpv");
            std::fs::create_dir_all(&settings).expect("a folder");
            std::fs::write(settings.join("mpv.conf"), "vo=null\nao=null\n").expect("written");
            // The line itself is not typed, so that what it names is not yet on the screen.
            let script = terminal.home().join("line");
            std::fs::write(&script, stage.here(line)).expect("written");
            terminal.run("sh ./line");
            for text in texts {
                terminal.shows(&text);
            }
        }
    }
}

#[test]
fn the_settings_in_the_documents_are_taken() {
    let settings = blocks()
        .into_iter()
        .filter(|block| block.language == "toml");
    let settings: Vec<_> = settings.collect();
    assert!(settings.len() > 4, "{settings:?}");
    for block in settings {
        let stage = Stage::set();
        let home = tempfile::tempdir().expect("a folder");
        std::fs::write(home.path().join("config.toml"), stage.here(&block.text)).expect("written");
        let script = format!(
            "watchtogether --config config.toml gallery --server {}",
            stage.server.url()
        );
        let output = shell(home.path(), &script, stage.server.url())
            .output()
            .expect("bash starts");
        assert!(output.status.success(), "{}: {output:?}", block.place);
    }
}
