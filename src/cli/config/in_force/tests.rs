//! Each value in force has the origin that the settings themselves have it from.

use std::fmt::Write as _;
use std::path::Path;

use toml::Value;

use super::{InForce, Kept, Origin};
use crate::app::appearance::ThemeChoice;
use crate::app::preferences::{OwnChoice, OwnChoices};
use crate::cli::args::GlobalArgs;
use crate::cli::config::{ConfigError, Environment, SERVERS, Sources, keys};
use crate::protocol::text::MemberName;
use crate::texts::language::Language;

#[track_caller]
fn in_force(
    text: &str,
    variables: &[(&str, &str)],
    global: GlobalArgs,
) -> Result<Vec<InForce>, ConfigError> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("config.toml");
    std::fs::write(&path, text).expect("the file is written");
    let global = GlobalArgs {
        config: Some(path),
        ..global
    };
    let variables = variables
        .iter()
        .map(|(name, value)| (name.into(), value.into()));
    let sources = Sources::load(&global, Environment::from_variables(variables))?;
    let mut choices = OwnChoices::default();
    choices.set(OwnChoice::Theme(ThemeChoice::Light));
    let kept = Kept {
        choices,
        name: MemberName::parse("Lena").ok(),
    };
    sources.in_force(&global, &kept, Language::English)
}

/// The value of a key, and where it comes from: `file 3`, or the name of a variable or a flag.
#[track_caller]
fn of(settings: &[InForce], key: &str) -> (Option<Value>, String) {
    let is_it = |setting: &&InForce| format!("{}.{}", setting.table, setting.key) == key;
    let setting = settings.iter().find(is_it).expect(key);
    let origin = match &setting.origin {
        Origin::Flag(name) => (*name).to_owned(),
        Origin::Variable(name) => name.clone(),
        Origin::File(place) => {
            assert_eq!(place.path.file_name(), Path::new("config.toml").file_name());
            format!("file {}", place.line)
        }
        Origin::Kept => "kept".to_owned(),
        Origin::Usual => "usual".to_owned(),
    };
    (setting.value.clone(), origin)
}

const FILE: &str = "\
[join]
name = \"Ada\"
server = \"https://file.example\"
no-player-keys = true

[player]
scripts = true
keys = true

[ui]
reactions = [\"\u{1f37f}\"]

[serve]
data-dir = \"/srv/rooms\"

[theme]
system = \"red\"
";

#[test]
fn each_value_says_which_layer_it_is_from() {
    let variables = [
        ("WATCHTOGETHER_SERVER", "https://env.example"),
        ("WATCHTOGETHER_NO_BELL", "yes"),
        ("WATCHTOGETHER_LISTEN", "9000 127.0.0.1:7000"),
        ("WATCHTOGETHER_LOG", "warn"),
        ("WATCHTOGETHER_PASSWORD", "secret"),
    ];
    let global = GlobalArgs {
        log: Some("debug".to_owned()),
        ..GlobalArgs::default()
    };
    let settings = in_force(FILE, &variables, global).expect("good settings");
    let text = |text: &str| Some(Value::from(text));
    for (key, value, origin) in [
        ("join.name", text("Ada"), "file 2"),
        (
            "join.server",
            text("https://env.example"),
            "WATCHTOGETHER_SERVER",
        ),
        (
            "gallery.server",
            text("https://env.example"),
            "WATCHTOGETHER_SERVER",
        ),
        ("join.no-bell", Some(true.into()), "WATCHTOGETHER_NO_BELL"),
        ("join.no-player-keys", Some(true.into()), "file 4"),
        ("join.player-scripts", Some(true.into()), "file 7"),
        ("player.keys", Some(true.into()), "file 8"),
        ("gallery.name", text("Lena"), "kept"),
        ("join.player", text("mpv"), "usual"),
        ("join.ca-file", None, "usual"),
        ("join.unlisted", Some(false.into()), "usual"),
        (
            "serve.listen",
            Some(Value::from(vec!["9000", "127.0.0.1:7000"])),
            "WATCHTOGETHER_LISTEN",
        ),
        ("serve.data-dir", text("/srv/rooms"), "file 14"),
        ("log.level", text("debug"), "--log"),
        ("ui.theme", text("light"), "kept"),
        ("ui.lang", text("en"), "usual"),
        ("theme.system", text("red"), "file 17"),
        ("join.password", None, "WATCHTOGETHER_PASSWORD"),
    ] {
        assert_eq!(of(&settings, key), (value, origin.to_owned()), "{key}");
    }
}

#[test]
fn what_a_higher_layer_puts_aside_is_not_in_force() {
    let variables = [("WATCHTOGETHER_EPHEMERAL", "1")];
    let settings = in_force(FILE, &variables, GlobalArgs::default()).expect("good settings");
    let (_, origin) = of(&settings, "serve.data-dir");
    assert_eq!(origin, "usual");
}

#[test]
fn a_wrong_variable_is_an_error() {
    let variables = [("WATCHTOGETHER_LISTEN", "here")];
    assert!(in_force("", &variables, GlobalArgs::default()).is_err());
}

/// The usual values are those that the settings themselves come to.
#[test]
fn every_usual_value_could_be_written_in_the_file_and_changes_nothing() {
    let mut text = String::new();
    let mut table = "";
    let keys = keys(Language::English).into_iter();
    // A server needs more than what is usual.
    for key in keys.filter(|key| key.table != SERVERS) {
        if key.table != table {
            table = key.table;
            writeln!(text, "[{table}]").unwrap();
        }
        if let Some(usual) = key.usual() {
            writeln!(text, "{} = {usual}", key.key).unwrap();
        }
    }
    let folder = tempfile::tempdir().expect("a folder");
    let sources = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("the file is written");
        let global = GlobalArgs {
            config: Some(path),
            ..GlobalArgs::default()
        };
        Sources::load(&global, Environment::default()).expect("a good file")
    };
    let options = crate::cli::args::ServeOptions::default;
    let served = |sources: &Sources| sources.serve(options()).expect("settings");
    let (plain, written) = (sources("plain", ""), sources("written", &text));
    let (plain, written) = (served(&plain), served(&written));
    assert_eq!(plain.listen, written.listen);
    assert_eq!(plain.storage, written.storage);
    assert_eq!(plain.admin_socket(), written.admin_socket());
}
