//! Servers by their names, and what counts on them.

use std::path::PathBuf;

use clap::Parser;

use crate::cli::args::{Cli, CliCommand, GlobalArgs, ServerSetting};
use crate::cli::config::{ConfigError, Environment, JoinConfig, Sources};
use crate::protocol::invite::ServerUrl;
use crate::texts::language::Language;

const FILE: &str = "\
[servers.home]
url = \"https://films.example\"
name = \"Ada Lovelace\"
allow-private-media = true
ca-file = \"home.pem\"

[servers.work]
url = \"http://10.0.0.7:8000\"

[join]
name = \"Ada\"
server = \"work\"

[gallery]
server = \"home\"
";

fn sources(text: &str, variables: &[(&str, &str)]) -> Result<Sources, ConfigError> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("config.toml");
    std::fs::write(&path, text).expect("the file is written");
    let global = GlobalArgs {
        config: Some(path),
        ..GlobalArgs::default()
    };
    let variables = variables.iter();
    let variables = variables.map(|(name, value)| (name.into(), value.into()));
    Sources::load(&global, Environment::from_variables(variables))
}

fn join(variables: &[(&str, &str)], line: &str) -> Result<JoinConfig, ConfigError> {
    let words = ["watchtogether", "join"].into_iter().chain(line.split(' '));
    let cli = Cli::try_parse_from(words).expect("a good command line");
    let CliCommand::Join(args) = cli.command else {
        panic!("{line}");
    };
    sources(FILE, variables)?.join(*args)
}

fn words(error: &ConfigError) -> String {
    error.words(Language::English)
}

#[test]
fn a_server_is_named_in_every_layer_and_its_profile_counts_there() {
    let at = |variables: &[(&str, &str)], line: &str| {
        let config = join(variables, line).expect("good settings");
        let server = config.server.map(|server| server.as_str().to_owned());
        (
            server.unwrap_or_default(),
            config.options.name.unwrap_or_default(),
        )
    };
    let row = |server: &str, name: &str| (server.to_owned(), name.to_owned());
    let (home, work) = ("https://films.example", "http://10.0.0.7:8000");
    let named_home = [("WATCHTOGETHER_SERVER", "home")];
    assert_eq!(at(&[], "ab"), row(work, "Ada"));
    assert_eq!(at(&[], "ab --server home"), row(home, "Ada Lovelace"));
    assert_eq!(at(&named_home, "ab"), row(home, "Ada Lovelace"));
    assert_eq!(at(&named_home, "ab --server work"), row(work, "Ada"));
    // By its address it is the same server, also in an invite.
    assert_eq!(
        at(&[], "ab --server https://films.example"),
        row(home, "Ada Lovelace")
    );
    assert_eq!(
        at(&[], "https://films.example/r/ab"),
        row(home, "Ada Lovelace")
    );
    assert_eq!(at(&[], "https://other.example/r/ab").1, "Ada");
    // Flags and variables go before it.
    assert_eq!(at(&[], "ab --server home --name Bo"), row(home, "Bo"));
    let both = [named_home[0], ("WATCHTOGETHER_NAME", "Cy")];
    assert_eq!(at(&both, "ab"), row(home, "Cy"));
    // A room on this computer has no server.
    assert_eq!(at(&[], "ab --lan"), row("", "Ada"));

    let config = join(&[], "ab --server home").expect("good settings");
    assert!(config.options.allow_private_media.is_on());
    assert_eq!(config.options.ca_file, Some(PathBuf::from("home.pem")));
}

#[test]
fn a_gallery_takes_the_name_of_a_server_as_well() {
    let sources = sources(FILE, &[]).expect("a good file");
    let options = sources.gallery(&crate::cli::args::GalleryOptions::default());
    let options = options.expect("good settings");
    let home = ServerUrl::parse("https://films.example").expect("an address");
    assert_eq!(options.server, Some(ServerSetting::Address(home)));
    assert_eq!(options.name.as_deref(), Some("Ada Lovelace"));
}

#[test]
fn a_name_that_no_server_has_is_an_error_with_the_one_that_was_meant() {
    let fault = |variables: &[(&str, &str)], line: &str| {
        words(&join(variables, line).expect_err("no such server"))
    };
    assert_eq!(
        fault(&[], "ab --server hoem"),
        "Invalid value for --server: there's no [servers.hoem] in config.toml. Did you mean \
         `home`? An address is written in full, such as https://watch.example.org"
    );
    let said = fault(&[("WATCHTOGETHER_SERVER", "xyz")], "ab");
    assert!(
        said.contains("WATCHTOGETHER_SERVER: write the whole address"),
        "{said}"
    );
}

#[test]
fn a_file_with_a_wrong_server_is_refused_with_the_line() {
    let rows = [
        (
            "[servers.home]\nurll = \"https://films.example\"",
            "line 2: there's no setting `servers.home.urll`. Did you mean `servers.home.url`?",
        ),
        (
            "[servers.home]\nname = \"Ada\"",
            "line 1: invalid value for `servers.home`: a server needs its address",
        ),
        (
            "[servers.home]\nname = \"Ada\"\nurl = \"ftp://films.example\"",
            "line 3: invalid value for `servers.home.url`: a server's address starts with http",
        ),
        (
            "[servers.home]\nurl = 7",
            "line 2: invalid value for `servers.home.url`",
        ),
        (
            "[servers.\"a b\"]\nurl = \"https://films.example\"",
            "line 1: invalid value for `servers.a b`: a server's name has only letters",
        ),
        (
            "[servers.\"films.example\"]\nurl = \"https://films.example\"",
            "line 1: invalid value for `servers.films.example`: a server's name",
        ),
        (
            "[servers]\nhome = \"https://films.example\"",
            "line 2: invalid value for `servers.home`",
        ),
        (
            "[join]\nname = \"a\"\nserver = \"hoem\"\n[servers.home]\nurl = \"https://a.example\"",
            "line 3: invalid value for `join.server`: there's no [servers.hoem]",
        ),
    ];
    for (text, expected) in rows {
        let said = words(&sources(text, &[]).expect_err(text));
        assert!(said.contains(expected), "{text}\n{said}");
    }
}
