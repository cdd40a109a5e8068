//! Which layer takes precedence, and the errors for invalid ones.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::Parser;
use tempfile::TempDir;

use super::{
    ConfigError, Environment, GalleryOptions, JoinConfig, Password, PlayerMode, ServeConfig,
    Sources, Storage,
};
use crate::cli::args::{Cli, CliCommand};
use crate::protocol::invite::ServerUrl;
use crate::protocol::member::Visibility;
use crate::texts::language::Language;

/// The environment and the configuration file of one command line.
#[derive(Default)]
struct World {
    variables: Vec<(&'static str, String)>,
    file: &'static str,
}

impl World {
    fn with(mut self, name: &'static str, value: &str) -> Self {
        self.variables.push((name, value.to_owned()));
        self
    }

    fn file(mut self, text: &'static str) -> Self {
        self.file = text;
        self
    }

    fn sources(&self, folder: &Path, cli: &mut Cli) -> Result<Sources, ConfigError> {
        let path = folder.join("config.toml");
        std::fs::write(&path, self.file).expect("the file is written");
        cli.global.config.get_or_insert(path);
        Sources::load(&cli.global, environment(&self.variables))
    }

    #[track_caller]
    fn serve(&self, words: &[&str]) -> Result<ServeConfig, ConfigError> {
        let folder = TempDir::new().expect("a folder");
        let mut cli = cli("serve", words);
        let sources = self.sources(folder.path(), &mut cli)?;
        match cli.command {
            CliCommand::Serve(args) => sources.serve(args.options),
            other => panic!("{other:?}"),
        }
    }

    #[track_caller]
    fn join(&self, words: &[&str]) -> Result<JoinConfig, ConfigError> {
        let folder = TempDir::new().expect("a folder");
        let mut cli = cli("join", words);
        let sources = self.sources(folder.path(), &mut cli)?;
        match cli.command {
            CliCommand::Join(args) => sources.join(*args),
            other => panic!("{other:?}"),
        }
    }

    #[track_caller]
    fn gallery(&self, words: &[&str]) -> Result<GalleryOptions, ConfigError> {
        let folder = TempDir::new().expect("a folder");
        let mut cli = cli("gallery", words);
        let sources = self.sources(folder.path(), &mut cli)?;
        match cli.command {
            CliCommand::Gallery(args) => sources.gallery(&args.options),
            other => panic!("{other:?}"),
        }
    }

    #[track_caller]
    fn log(&self, words: &[&str]) -> Result<String, ConfigError> {
        let folder = TempDir::new().expect("a folder");
        let mut cli = cli("serve", words);
        let sources = self.sources(folder.path(), &mut cli)?;
        Ok(sources.log(&cli.global)?.filter)
    }
}

fn environment(variables: &[(&'static str, String)]) -> Environment {
    let pairs = variables.iter();
    Environment::from_variables(pairs.map(|(name, value)| (name.into(), value.into())))
}

#[track_caller]
fn cli(subcommand: &str, words: &[&str]) -> Cli {
    let line = [&["watchtogether", subcommand], words].concat();
    Cli::try_parse_from(line).expect("a good command line")
}

#[test]
fn flags_win_over_the_environment_and_that_over_the_file() {
    let file = "[join]\nserver = \"http://file.example\"\n[gallery]\nserver = \"http://g.example\"";
    let all = World::default()
        .file(file)
        .with("WATCHTOGETHER_SERVER", "http://env.example");
    let table = [
        (
            &all,
            &["ab", "--server", "http://flag.example"][..],
            Some("http://flag.example"),
        ),
        (&all, &["ab"], Some("http://env.example")),
        (
            &World::default().file(file),
            &["ab"],
            Some("http://file.example"),
        ),
        (&World::default(), &["ab"], None),
        // An invite link names its own server, over all of them.
        (
            &all,
            &["https://link.example/r/ab"],
            Some("https://link.example"),
        ),
    ];
    for (world, words, expected) in table {
        let config = world.join(words).expect("settings");
        assert_eq!(
            config.server.as_ref().map(ServerUrl::as_str),
            expected,
            "{words:?}"
        );
    }
    let gallery = World::default()
        .file(file)
        .gallery(&["--json"])
        .expect("settings");
    assert_eq!(
        gallery.server,
        Some("http://g.example".parse().expect("an address"))
    );
    assert!(gallery.json.is_on());
}

#[test]
fn a_switch_can_be_taken_back_by_the_environment() {
    let world = World::default().file("[join]\njson = true\nallow-private-media = true");
    let config = world
        .with("WATCHTOGETHER_JSON", "false")
        .join(&["ab"])
        .expect("settings");
    assert!(!config.options.json.is_on() && config.options.allow_private_media.is_on());
}

#[test]
fn nothing_set_gives_the_defaults() {
    let serve = World::default()
        .serve(&["--data-dir", "x"])
        .expect("settings");
    let listen: Vec<_> = serve.listen.iter().map(ToString::to_string).collect();
    assert_eq!(listen, ["127.0.0.1:8000", "[::1]:8000"]);
    assert_eq!(serve.options.public_url, None);

    let join = World::default().join(&["ab"]).expect("settings");
    assert_eq!(join.options.title, None);
    assert_eq!(join.visibility(), Visibility::Public);
    assert_eq!(join.program(), PathBuf::from("mpv"));
    assert_eq!(join.output(), PlayerMode::Full);
    let options = join.options;
    assert!(!options.json.is_on() && !options.lan.is_on());
    assert!(!options.allow_private_media.is_on());
}

#[test]
fn a_name_is_for_this_run_only_if_a_flag_gives_it() {
    let file = World::default().file("[join]\nname = \"Ada\"");
    let both = World::default()
        .file("[join]\nname = \"Ada\"")
        .with("WATCHTOGETHER_NAME", "Eve");
    let name = |world: &World, words: &[&str]| {
        let config = world.join(words).expect("settings");
        Some((config.options.name?, config.name_is_flag))
    };
    assert_eq!(name(&World::default(), &["ab"]), None);
    assert_eq!(name(&file, &["ab"]), Some(("Ada".to_owned(), false)));
    assert_eq!(name(&both, &["ab"]), Some(("Eve".to_owned(), false)));
    let flag = name(&both, &["ab", "--name", "Bob"]);
    assert_eq!(flag, Some(("Bob".to_owned(), true)));
}

#[test]
fn lists_are_set_as_a_whole() {
    let world = World::default().file("[serve]\nlisten = [\"127.0.0.1:1\", \"127.0.0.1:2\"]");
    let ports = |world: &World, words: &[&str]| -> Vec<u16> {
        let words = [&["--ephemeral"], words].concat();
        let listen = world.serve(&words).expect("settings").listen;
        listen.iter().map(std::net::SocketAddr::port).collect()
    };
    assert_eq!(ports(&world, &[]), [1, 2]);
    let world = world.with("WATCHTOGETHER_LISTEN", "127.0.0.1:3 [::1]:4");
    assert_eq!(ports(&world, &[]), [3, 4]);
    assert_eq!(ports(&world, &["--listen", "0.0.0.0:5"]), [5]);
    assert_eq!(ports(&world, &["--listen", "localhost:6"]), [6, 6]);
    let world = World::default().file("[serve]\nlisten = [7, \"8\"]");
    assert_eq!(ports(&world, &[]), [7, 7, 8, 8]);
}

#[test]
fn proxies_are_named_in_every_layer() {
    let named = |world: &World, words: &[&str]| {
        let words = [&["--ephemeral"], words].concat();
        world.serve(&words).expect("settings").options.trust_proxy
    };
    let network = |text: &str| text.parse().expect("a network");
    let world = World::default().file("[serve]\ntrust-proxy = [\"127.0.0.1\"]");
    assert_eq!(named(&world, &[]), [network("127.0.0.1")]);
    let world = world.with("WATCHTOGETHER_TRUST_PROXY", "::1 10.0.0.0/8");
    assert_eq!(named(&world, &[]), [network("::1"), network("10.0.0.0/8")]);
    let flag = ["--trust-proxy", "192.0.2.1"];
    assert_eq!(named(&world, &flag), [network("192.0.2.1")]);
}

#[test]
fn a_certificate_and_its_key_come_together_from_whatever_layers() {
    let tls = |world: &World, words: &[&str]| {
        let words = [&["--ephemeral"], words].concat();
        world.serve(&words).map(|config| config.tls)
    };
    let world = World::default().file("[serve]\ntls-key = \"key.pem\"");
    let pair = tls(&world, &["--tls-cert", "chain.pem"]).expect("settings");
    let pair = pair.expect("both");
    assert_eq!(pair.certificate, PathBuf::from("chain.pem"));
    assert_eq!(pair.key, PathBuf::from("key.pem"));
    let half = tls(&world, &[]).expect_err("no certificate");
    let words = half.words(Language::English);
    assert!(
        words.contains("--tls-cert") && words.contains("--tls-key"),
        "{words}"
    );
    assert_eq!(tls(&World::default(), &[]).expect("settings"), None);
}

#[test]
fn a_higher_choice_puts_aside_what_it_excludes() {
    let world = World::default().file("[serve]\ndata-dir = \"/file\"");
    let kept = |world: &World, words: &[&str]| world.serve(words).expect("settings").storage;
    assert_eq!(kept(&world, &[]), Storage::Folder("/file".into()));
    assert_eq!(kept(&world, &["--ephemeral"]), Storage::Memory);
    let world = world.with("WATCHTOGETHER_EPHEMERAL", "true");
    assert_eq!(kept(&world, &[]), Storage::Memory);
    assert_eq!(
        kept(&world, &["--data-dir", "/flag"]),
        Storage::Folder("/flag".into())
    );

    let world = World::default()
        .file("[join]\nno-player = true\nunlisted = true\nserver = \"http://file.example\"")
        .with("WATCHTOGETHER_PASSWORD", "abc");
    let join = world
        .join(&["ab", "--audio-only", "--private", "--lan"])
        .expect("settings");
    assert_eq!(join.output(), PlayerMode::AudioOnly);
    assert_eq!(join.visibility(), Visibility::Private);
    assert!(join.options.lan.is_on() && join.server.is_none());
    let join = world.join(&["ab"]).expect("settings");
    assert_eq!(join.output(), PlayerMode::None);
    assert_eq!(join.visibility(), Visibility::Unlisted);
    assert_eq!(
        world
            .join(&["ab", "--player", "m"])
            .expect("settings")
            .output(),
        PlayerMode::Full
    );
}

#[test]
fn a_layer_may_not_contradict_itself() {
    let world = World::default().file("[join]\nunlisted = true\nprivate = true");
    let error = world
        .join(&["ab"])
        .expect_err("a contradiction")
        .words(Language::English);
    assert!(
        error.contains("`unlisted` and `private` are both set in config.toml"),
        "{error}"
    );

    let world = World::default()
        .with("WATCHTOGETHER_EPHEMERAL", "1")
        .with("WATCHTOGETHER_DATA_DIR", "x");
    let error = world
        .serve(&[])
        .expect_err("a contradiction")
        .words(Language::English);
    assert!(error.contains("both set in the environment"), "{error}");

    let error = World::default().join(&["https://h.example/r/ab", "--lan"]);
    assert!(
        matches!(error, Err(ConfigError::InviteAndServer)),
        "{error:?}"
    );
}

#[test]
fn a_wrong_variable_is_named() {
    let table = [
        ("WATCHTOGETHER_JSON", "perhaps", "true or false"),
        ("WATCHTOGETHER_SERVER", "watch", "https://watch.example.org"),
    ];
    for (name, value, hint) in table {
        let error = World::default()
            .with(name, value)
            .join(&["ab"])
            .expect_err("a bad value");
        let text = error.words(Language::English);
        assert!(text.contains(name) && text.contains(hint), "{text}");
    }
    // An empty variable counts as unset.
    assert!(
        World::default()
            .with("WATCHTOGETHER_SERVER", "")
            .join(&["ab"])
            .is_ok()
    );
}

#[test]
fn a_file_that_was_named_must_exist() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("none.toml");
    let named = path.to_str().expect("UTF-8");

    let flag = World::default().serve(&["--config", named]);
    let variables = [("WATCHTOGETHER_CONFIG", named.to_owned())];
    let variable = Sources::load(&cli("serve", &[]).global, environment(&variables));
    for error in [flag.map(|_| ()), variable.map(|_| ())] {
        let text = error.expect_err("no such file").words(Language::English);
        assert!(text.contains(named), "{text}");
    }
}

#[test]
fn a_password_comes_from_the_highest_layer_and_is_never_shown() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("password");
    std::fs::write(&path, "from file: ä \r\nsecond line\n").expect("written");
    let named = path.to_str().expect("UTF-8");

    let world = World::default().with("WATCHTOGETHER_PASSWORD", "from environment");
    let config = world.join(&["ab", "--private"]).expect("settings");
    assert_eq!(
        config.password.as_ref().map(Password::reveal),
        Some("from environment")
    );
    assert!(!format!("{config:?}").contains("from environment"));

    let config = world
        .join(&["ab", "--password-file", named])
        .expect("settings");
    assert_eq!(
        config.password.as_ref().map(Password::reveal),
        Some("from file: ä ")
    );

    let error = World::default().join(&["ab", "--private"]);
    assert!(
        matches!(error, Err(ConfigError::PrivateWithoutPassword)),
        "{error:?}"
    );

    std::fs::write(&path, "\n").expect("written");
    let error = World::default().join(&["ab", "--password-file", named]);
    assert!(
        matches!(error, Err(ConfigError::EmptyPassword { .. })),
        "{error:?}"
    );
    // So is a variable that is there and empty, wherever it would count.
    let empty = || World::default().with("WATCHTOGETHER_PASSWORD", "");
    for words in [
        ["ab", "--private"].as_slice(),
        &["ab"],
        &["ab", "--unlisted"],
    ] {
        let error = empty().join(words).map(|config| config.password);
        assert!(
            matches!(error, Err(ConfigError::Variable { .. })),
            "{error:?}"
        );
    }
    std::fs::write(&path, "from file").expect("written");
    let config = empty().join(&["ab", "--password-file", named]);
    assert!(config.is_ok_and(|config| config.password.is_some()));
    let both = world
        .with("WATCHTOGETHER_PASSWORD_FILE", named)
        .join(&["ab"]);
    assert!(matches!(both, Err(ConfigError::Both { .. })), "{both:?}");
}

#[test]
fn a_log_level_speaks_of_this_program() {
    let file = World::default().file("[log]\nlevel = \"debug\"");
    let table = [
        (
            &World::default(),
            &[][..],
            "warn,rustls_platform_verifier=off,watchtogether=info",
        ),
        (
            &file,
            &[],
            "warn,rustls_platform_verifier=off,watchtogether=debug",
        ),
        (
            &file,
            &["--log", "ERROR"],
            "error,rustls_platform_verifier=off",
        ),
        (
            &file,
            &["--log", "info,watchtogether::server=trace"],
            "info,watchtogether::server=trace",
        ),
    ];
    for (world, words, expected) in table {
        assert_eq!(world.log(words).expect("a filter"), expected, "{words:?}");
    }
    let error = World::default()
        .with("WATCHTOGETHER_LOG", "watchtogether=loud")
        .log(&[]);
    assert!(
        matches!(error, Err(ConfigError::Filter { .. })),
        "{error:?}"
    );
}

#[test]
fn what_the_file_gets_wrong_is_named_with_its_line_where_it_is_read() {
    let file = World::default().file("[log]\nlevel = \"nonsense\"");
    let error = file
        .log(&[])
        .expect_err("no level")
        .words(Language::English);
    assert!(error.contains("config.toml, line 2"), "{error}");
    assert!(
        error.contains("log.level") && error.contains("nonsense"),
        "{error}"
    );
    for (text, said) in [
        ("[ui]\nreactions = [\"👀\", \"bb\"]", "list up to five"),
        ("[ui]\nreactions = 5", "list up to five emoji"),
        (
            "[join]\nname = \"\"",
            "line 2: invalid value for `join.name`",
        ),
        (
            "[gallery]\n\nname = \" \"",
            "line 3: invalid value for `gallery.name`",
        ),
    ] {
        let error = World::default().file(text).log(&[]).expect_err(text);
        let words = error.words(Language::English);
        assert!(words.contains(said), "{words}");
    }
}

#[test]
fn the_language_can_be_set_in_every_layer() {
    let language = |world: &World, words: &[&str]| {
        let folder = TempDir::new().expect("a folder");
        let mut cli = cli("serve", words);
        let sources = world.sources(folder.path(), &mut cli)?;
        sources.language(&cli.global)
    };
    let file = || World::default().file("[ui]\nlang = \"ru\"\n");
    let (english, russian) = (Some(Language::English), Some(Language::Russian));
    assert!(language(&World::default(), &[]).is_ok_and(|set| set.is_none()));
    assert!(language(&file(), &[]).is_ok_and(|set| set == russian));
    let world = file().with("WATCHTOGETHER_LANG", "en");
    assert!(language(&world, &[]).is_ok_and(|set| set == english));
    assert!(language(&world, &["--lang", "ru"]).is_ok_and(|set| set == russian));

    let error = language(&World::default().with("WATCHTOGETHER_LANG", "de"), &[]);
    let words = error
        .expect_err("no such language")
        .words(Language::Russian);
    assert_eq!(
        words,
        "Недопустимое значение переменной окружения WATCHTOGETHER_LANG: укажите en или ru"
    );
    let error = language(&World::default().file("[ui]\nlang = \"de\"\n"), &[]);
    let words = error
        .expect_err("no such language")
        .words(Language::Russian);
    assert!(
        words.ends_with("недопустимое значение настройки `ui.lang`: укажите en или ru"),
        "{words}"
    );
}

/// clap knows of the values in lower layers what the parser of the file only has as English text.
#[test]
fn a_wrong_value_is_explained_in_the_language() {
    let table = [
        (
            "WATCHTOGETHER_LISTEN",
            "127.0.0.1:1 here",
            "нужен порт или IP-адрес с портом",
        ),
        ("WATCHTOGETHER_PUBLIC_URL", "example", "нужен полный адрес"),
        ("WATCHTOGETHER_SUCCESSION_GRACE", "soon", "нужны секунды"),
        (
            "WATCHTOGETHER_EPHEMERAL",
            "perhaps",
            "укажите true или false",
        ),
    ];
    for (name, value, expected) in table {
        let error = World::default().with(name, value).serve(&[]);
        let words = error.expect_err("a bad value").words(Language::Russian);
        assert!(words.contains(name) && words.contains(expected), "{words}");
    }
    let table = [
        (
            "[serve]\nlisten = [\"127.0.0.1:1\", \"here\"]",
            "нужен порт или IP-адрес с портом",
        ),
        ("[serve]\npublic-url = 'example'", "нужен полный адрес"),
        ("[serve]\nsuccession-grace = 0", "нужны секунды"),
        ("[serve]\nroom-ttl = 'a week'", "нужен срок"),
        (
            "[serve]\ntrust-proxy = ['nginx']",
            "нужен IP-адрес или сеть",
        ),
    ];
    for (file, expected) in table {
        let error = World::default().file(file).serve(&[]);
        let words = error.expect_err("a bad value").words(Language::Russian);
        assert!(words.contains(expected), "{file}: {words}");
    }
}

#[cfg(unix)]
#[test]
fn a_variable_that_is_not_utf8_is_named() {
    use std::os::unix::ffi::OsStringExt;
    let bad = OsString::from_vec(vec![0xff]);
    let environment = Environment::from_variables([("WATCHTOGETHER_NAME".into(), bad)]);
    let error = environment
        .text("WATCHTOGETHER_NAME")
        .expect_err("not UTF-8")
        .words(Language::English);
    assert!(error.contains("WATCHTOGETHER_NAME"), "{error}");
}

#[test]
fn how_far_off_is_too_far_can_be_set_in_every_layer() {
    let threshold = |world: &World, words: &[&str]| {
        let config = world.join(words).expect("good settings");
        config
            .options
            .seek_threshold
            .map(|seconds| seconds.0.as_seconds())
    };
    let world = World::default();
    assert_eq!(threshold(&world, &["movie-night"]), None);
    let world = World::default().file("[join]\nseek-threshold = 1.5\n");
    assert_eq!(threshold(&world, &["movie-night"]), Some(1.5));
    let world = World::default()
        .file("[join]\nseek-threshold = 4\n")
        .with("WATCHTOGETHER_SEEK_THRESHOLD", "2.5");
    assert_eq!(threshold(&world, &["movie-night"]), Some(2.5));
    let words = ["movie-night", "--seek-threshold", "0.5"];
    assert_eq!(threshold(&world, &words), Some(0.5));
    let world = World::default().with("WATCHTOGETHER_SEEK_THRESHOLD", "soon");
    assert!(world.join(&["movie-night"]).is_err());
}
