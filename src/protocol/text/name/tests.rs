//! Which names a member may choose, what is left of others, and which look alike.

use proptest::prelude::{Strategy, any, prop_assert_eq, prop_oneof, proptest};
use proptest::sample::select;

use super::{MemberName, NameFault};
use crate::protocol::command::Command;
use crate::protocol::text::TextError;

fn fault(text: &str) -> Option<NameFault> {
    match MemberName::parse(text) {
        Ok(_) => None,
        Err(TextError::Name(fault)) => Some(fault),
        Err(other) => panic!("{text:?}: {other}"),
    }
}

#[test]
fn people_are_called_what_they_are_called() {
    let names = [
        "Ada",
        "Вера",
        "Ann-Marie",
        "O'Neil",
        "D’Arc",
        "J. R.",
        "some_user",
        "_anna_",
        "Ann & Bob",
        "Ann 2",
        "R2D2",
        "映画 🍿",
        "ノア",
        "ひろし",
        "नमस्ते",
        "שרה",
        "محمد",
        "한국어",
        "สมชาย",
        "❤\u{FE0F}‍🔥",
        "🔥",
        "👩🏽‍🚀",
        "🇩🇪🇫🇷",
        "Allan",
        "Meadow",
        "Адам",
        // Initials and short words.
        "St. John",
        "Ph.D. Ada",
        "Ada B.",
        "some.user",
        // Signs of other languages' names.
        "O‘tkir",
        "Kapi‘olani",
        "ג׳ורג׳",
        "רמב״ם",
        "בן־גוריון",
        "Նար՚ե",
        "Սահակ֊Մեսրոպ",
        "བསོད་ནམས",
        "ᐌᐊᔨ",
        "ᓀᐦᐃᔭᐍᐏᐣ",
        // Surnames, and what only looks like a word of two letters.
        "Jae You",
        "Mark You",
        "Ön",
        "O.N.",
        "Mé",
        "Modesto",
        "Nomad",
        "Left Eye",
    ];
    for name in names {
        assert_eq!(
            MemberName::parse(name).map(String::from),
            Ok(name.to_owned())
        );
    }
}

#[test]
fn no_name_has_signs_of_the_room_or_a_sentence() {
    let signs = [
        "#1",
        "@x",
        "/kick",
        "*",
        "·",
        "* Ada is admin now",
        "· Ada is admin now",
        "Ada 👑",
        "Ada(admin)",
        "Ada (admin)",
        "(removed by Ada)",
        "[Ada]",
        "-->",
        "- Ada",
        "...",
        "»",
        "> Ada",
        "<Ada>",
        "Ada:",
        "Ada：",
        "Ada|Bob",
        "Ada, Bob",
        "│",
        "▌Ada",
        "● Ada",
        "🔴 Ada",
        "⚠ Ada",
        "⚠\u{FE0F} Ada",
        "#\u{FE0F}\u{20E3}",
        "1\u{FE0F}\u{20E3} Ada",
        "👥 3",
        "Ada…",
        "“Ada”",
        // Letters that look like signs.
        "ꞏ Ada",
        "ᐧ Ada",
        "Adaː",
        "ǀ Ada",
        "⑴ Ada",
        "a=b",
        "+10",
        "\u{318D} Ada",
        "\u{1112}\u{119E} Ada",
        "\u{1112}\u{11A2} Ada",
        "⒜ Ada",
        // Sentences.
        "Ada left. Eve",
        "Ada joined. Eve",
        "Ada is gone. Eve",
        "Ada plays 2. Eve",
        "Ada went.' Eve",
        "Ada went.🔥 Eve",
        "Ada . Eve",
        "Ada went... Eve",
    ];
    for text in signs {
        assert!(
            matches!(fault(text), Some(NameFault::Sign { .. })),
            "{text:?}"
        );
    }
    for text in ["1", "12", "1 2", "1.5", "①", "٣", "_", "12_"] {
        assert_eq!(fault(text), Some(NameFault::NoLetter), "{text:?}");
    }
}

#[test]
fn nobody_is_called_what_the_room_or_a_command_says() {
    let words = [
        "all",
        "ALL",
        "аll",
        "все",
        "you",
        "somebody",
        "Admin",
        "аdmin",
        "Ada admin",
        "Ada moderator",
        "Ada mod",
        "Ada off",
        "Боб один",
        "Ada address",
        "you 2",
        "me",
        "On",
        "ON 2",
        "Ada is admin now",
        "admin Ada",
        "Mod Ada",
        "Ada the viewer",
        "Ada_admin",
        "web-admin",
        "a.d.m.i.n",
        "admin 2",
        "admin2",
        "admin🔥",
        "🔥admin🔥 Ada",
        "Ada admin 2",
        "Ada mod 2 3",
        "Ada аdmin _",
        "all 2",
        "2 all",
        "все 3",
        "Ada off 2",
        "Ada left",
        "Ada joined",
        "Вера покидает комнату",
        "вы",
        "Вас",
    ];
    for text in words {
        assert_eq!(fault(text), Some(NameFault::Reserved), "{text:?}");
    }
}

#[test]
fn who_comes_in_is_called_what_is_left_of_their_name() {
    let left = [
        ("Ada 👑", Some("Ada")),
        ("Ada (admin)", Some("Ada")),
        ("(removed by Ada)", Some("removed by Ada")),
        ("* Ada is admin now", Some("Ada is now")),
        ("admin Ada", Some("Ada")),
        ("web-admin", Some("web-")),
        ("Ada left. Eve", Some("Ada left Eve")),
        ("Ada left.", Some("Ada")),
        ("Ada admin 2", Some("Ada 2")),
        ("all 2", None),
        ("@x", Some("x")),
        ("/x", Some("x")),
        ("--> Ada", Some("Ada")),
        ("Ada|Bob", Some("Ada Bob")),
        ("ジョン・スミス", Some("ジョン スミス")),
        ("Ada", Some("Ada")),
        ("#1", None),
        ("·", None),
        ("*", None),
        ("12", None),
        ("all", None),
        ("admin", None),
        ("Ada mod off", Some("Ada")),
        ("", None),
    ];
    for (text, name) in left {
        let kept = MemberName::truncated(text);
        assert_eq!(kept.as_ref().map(MemberName::as_str), name, "{text:?}");
    }
    assert_eq!(
        MemberName::parse(MemberName::NAMELESS),
        Ok(MemberName::nameless())
    );
}

#[test]
fn names_that_are_older_than_the_rules_are_read_and_stay_apart() {
    let read = |text: &str| serde_json::from_value::<MemberName>(text.into()).map(String::from);
    let names = [
        ("Ada 👑", "Ada _"),
        ("Ada (admin)", "Ada _admin_"),
        ("#1", "_1"),
        ("·", "_"),
        ("* Ada is admin now", "_ Ada is admin now"),
        // No signs, but what nobody could choose today.
        ("12", "12"),
        ("admin", "admin"),
        ("Ada", "Ada"),
    ];
    for (text, name) in names {
        assert_eq!(read(text).unwrap(), name);
    }
    assert!(read("\u{200B}").is_err());
    assert!(read(&"x".repeat(25)).is_err());
}

#[test]
fn a_command_to_be_called_so_is_not_understood() {
    let rename = |name: &str| format!(r#"{{"do":"rename","name":"{name}"}}"#);
    assert!(serde_json::from_str::<Command>(&rename("Anna")).is_ok());
    for name in ["#1", "Ada 👑", "all", "1"] {
        assert!(
            serde_json::from_str::<Command>(&rename(name)).is_err(),
            "{name}"
        );
    }
}

#[test]
fn only_what_looks_alike_looks_alike() {
    let name = |text: &str| MemberName::parse(text).unwrap();
    let alike = [
        ("Ada", "Аda"),
        ("Ada", "АDА"),
        ("Ada", "Áda"),
        ("Ada", "A-da"),
        ("Will", "WiII"),
        ("Bob", "В0В"),
        ("Bob 1", "Bob l"),
        ("Алёна", "Алена"),
        ("Ада", "Aда"),
        ("modern", "rnodern"),
    ];
    for (one, other) in alike {
        assert!(name(one).looks_like(&name(other)), "{one} {other}");
    }
    let apart = [
        ("Ann", "Анн"),
        ("Ada", "Ада"),
        ("Вера", "Vera"),
        ("Лена", "Lena"),
        ("Ian", "Lan"),
        ("Ann", "Anna"),
        ("Ann", "Ann 2"),
        ("राम", "रामा"),
        ("か", "が"),
        ("Ada", "Ada 🍿"),
    ];
    for (one, other) in apart {
        assert!(!name(one).looks_like(&name(other)), "{one} {other}");
    }
    assert!(name("Ann 2").could_pass_for(&name("Ann")));
    assert!(name("Ann 2").could_pass_for(&name("Аnn 3")));
}

/// Texts of what names have, of what they do not have, and of anything else.
pub(crate) fn anything_for_a_name() -> impl Strategy<Value = String> {
    let pieces = vec![
        " ",
        "👑",
        "*",
        "-",
        "_",
        ".",
        "1",
        "a",
        "admin",
        "all",
        "·",
        "🇩",
        "🔥",
        "\u{200D}",
        "\u{FE0F}",
        "\u{301}",
        "\u{20E3}",
        "Ж",
        "#",
        "\u{600}",
        "ǀ",
        "क\u{94D}",
        "mod",
        "left",
        ". ",
        "‘",
        "11111111111111111111",
    ];
    let piece = prop_oneof![
        6 => select(pieces).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn what_is_a_name_stays_the_same_name(text in anything_for_a_name()) {
        let chosen = MemberName::parse(&text).ok();
        for name in chosen.into_iter().chain(MemberName::truncated(&text)) {
            prop_assert_eq!(MemberName::parse(name.as_str()), Ok(name.clone()));
            prop_assert_eq!(MemberName::truncated(name.as_str()), Some(name.clone()));
            prop_assert_eq!(MemberName::recorded(name.as_str()), Ok(name));
        }
        if let Ok(name) = MemberName::recorded(&text) {
            prop_assert_eq!(MemberName::recorded(name.as_str()), Ok(name));
        }
    }
}
