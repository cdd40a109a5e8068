//! Addresses as people paste them.

use proptest::prelude::proptest;

use super::{Invite, InviteError, RoomTarget, ServerUrl, link_with_token};
use crate::protocol::ids::{RoomId, RoomIdError};
use crate::protocol::secret::InviteToken;

#[test]
fn a_server_is_read_in_one_form() {
    let table = [
        ("https://watch.example.org", "https://watch.example.org"),
        ("https://watch.example.org/", "https://watch.example.org"),
        ("  http://localhost:8000\n", "http://localhost:8000"),
        (
            "HTTPS://Watch.Example.ORG:443/",
            "https://watch.example.org",
        ),
        ("https://example.org/watch/", "https://example.org/watch"),
        ("ws://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("wss://example.org/watch", "https://example.org/watch"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("https://кино.example", "https://xn--h1adke.example"),
    ];
    for (text, expected) in table {
        let server = ServerUrl::parse(text).expect(text);
        assert_eq!(server.as_str(), expected, "{text}");
        assert_eq!(ServerUrl::parse(expected), Ok(server), "{expected}");
    }
}

#[test]
fn what_is_no_server_is_refused_with_its_reason() {
    let long = format!("https://example.org/{}", "a".repeat(2048));
    let table = [
        ("", InviteError::NoScheme),
        ("movie-night", InviteError::NoScheme),
        ("mailto:ada", InviteError::NoScheme),
        ("javascript:alert(1)", InviteError::NoScheme),
        ("ada@watch.example.org", InviteError::Credentials),
        ("ftp://example.org", InviteError::Scheme),
        ("file:///etc/passwd", InviteError::Scheme),
        ("https://", InviteError::NotAnAddress),
        ("https:///example.org", InviteError::NotAnAddress),
        ("https://exa mple.org", InviteError::NotAnAddress),
        (
            "https://example.org\\@evil.example",
            InviteError::NotAnAddress,
        ),
        ("https://example.org\u{1b}[2J", InviteError::NotAnAddress),
        ("https://example.org:99999", InviteError::NotAnAddress),
        ("https://example.org?room=a", InviteError::NotAnAddress),
        ("https://example.org#a", InviteError::NotAnAddress),
        ("https://me:secret@example.org", InviteError::Credentials),
        (&long, InviteError::TooLong),
    ];
    for (text, expected) in table {
        assert_eq!(ServerUrl::parse(text), Err(expected), "{text:?}");
    }
}

/// A stranger's address stands in lines that are made to be copied into a shell.
#[test]
fn an_address_that_a_shell_would_act_on_is_refused() {
    let hostile = [
        "https://film.example/$(touch${IFS}x)",
        "https://film.example/a;id",
        "https://film.example/a&id",
        "https://film.example/a|id",
        "https://film.example/'id'",
        "https://film.example/(id)",
        "https://film.example/!id",
        "https://film.example/*",
        "https://film.example/^a",
        "https://film.example/[a]",
        "https://a$(id).example",
        "https://a'id'.example",
        "https://a;id.example",
        "https://a&id.example",
        "https://a!b.example/",
        "https://a{b,c}.example/",
        "https://a`id`.example",
    ];
    for text in hostile {
        let refused = Err(InviteError::NotPlain);
        assert_eq!(ServerUrl::parse(text), refused, "{text}");
        let invite = format!("{text}/r/movie-night");
        assert_eq!(Invite::parse(&invite), Err(InviteError::NotPlain), "{text}");
    }
    for text in [
        "https://film.example/`id`",
        "https://film.example/\"id\"",
        "https://film.example/{a,b}",
        "https://film.example/<a>",
    ] {
        let server = ServerUrl::parse(text).expect(text);
        let signs = |c: char| "`\"{}<>".contains(c);
        assert!(!server.as_str().contains(signs), "encoded: {server}");
    }
}

#[test]
fn a_servers_other_addresses_follow_from_it() {
    let plain = ServerUrl::parse("http://127.0.0.1:8000").expect("an address");
    assert_eq!(plain.web_socket(), "ws://127.0.0.1:8000/ws");
    assert_eq!(plain.endpoint("/healthz"), "http://127.0.0.1:8000/healthz");
    let below = ServerUrl::parse("https://example.org/watch").expect("an address");
    assert_eq!(below.web_socket(), "wss://example.org/watch/ws");
}

#[test]
fn an_invite_names_server_and_room() {
    let table = [
        ("https://host.example/r/movie-night", "https://host.example"),
        (
            "http://127.0.0.1:8000/r/movie-night/",
            "http://127.0.0.1:8000",
        ),
        (
            "https://host.example/watch/r/movie-night",
            "https://host.example/watch",
        ),
        (
            "https://host.example/r/r/movie-night",
            "https://host.example/r",
        ),
        (
            "https://host.example/r/movie-night?utm_source=chat#x",
            "https://host.example",
        ),
    ];
    for (text, server) in table {
        let invite = Invite::parse(text).expect(text);
        assert_eq!(invite.server.as_str(), server, "{text}");
        assert_eq!(invite.room.as_str(), "movie-night", "{text}");
        assert_eq!(invite.server.invite(&invite.room), invite, "{text}");
        assert_eq!(Invite::parse(&invite.to_string()), Ok(invite), "{text}");
    }
}

#[test]
fn a_target_is_a_name_or_a_link() {
    let room = RoomTarget::parse("movie-night");
    assert!(matches!(room, Ok(RoomTarget::Room(id, None)) if id.as_str() == "movie-night"));
    let link = RoomTarget::parse("https://host.example/r/movie-night");
    assert!(
        matches!(link, Ok(RoomTarget::Invite(invite)) if invite.room.as_str() == "movie-night")
    );

    let table = [
        ("", InviteError::Room(RoomIdError)),
        ("Movie Night", InviteError::Room(RoomIdError)),
        ("https://host.example", InviteError::NoRoom),
        ("https://host.example/movie-night", InviteError::NoRoom),
        ("https://host.example/r/", InviteError::NoRoom),
        ("https://host.example/r/a/b", InviteError::NoRoom),
        (
            "https://host.example/r/Movie",
            InviteError::Room(RoomIdError),
        ),
        (
            "https://host.example/r/%6Dovie",
            InviteError::Room(RoomIdError),
        ),
    ];
    for (text, expected) in table {
        assert_eq!(RoomTarget::parse(text), Err(expected), "{text:?}");
    }
}

proptest! {
    #[test]
    fn no_address_has_a_sign_of_a_shell(text in "(https|ws)://[!-~а-я]{1,20}(/[!-~]{0,10})?") {
        if let Ok(server) = ServerUrl::parse(&text) {
            let signs = |c: char| " '\"`$\\;&|<>(){}!*?#^\n\t".contains(c);
            assert!(!server.as_str().contains(signs), "{server}");
        }
    }

    #[test]
    fn reading_never_panics_and_what_is_read_reads_back(text in "\\PC*") {
        if let Ok(RoomTarget::Invite(invite)) = RoomTarget::parse(&text) {
            assert_eq!(Invite::parse(&invite.to_string()), Ok(invite));
        }
    }

    #[test]
    fn an_address_reads_back(text in "(http|wss)://[a-z\\[\\]:.@%/?#0-9 ]{0,30}(/r/)?[a-z]{0,5}") {
        if let Ok(server) = ServerUrl::parse(&text) {
            assert_eq!(ServerUrl::parse(server.as_str()), Ok(server));
        }
        if let Ok(invite) = Invite::parse(&text) {
            assert_eq!(Invite::parse(&invite.to_string()), Ok(invite));
        }
    }
}

/// A token that nobody uses.
const TOKEN: &str = "0123456789abcdef0123456789abcdef";

#[test]
fn a_token_comes_with_a_link_or_a_name_and_is_shown_with_neither() {
    let token = InviteToken::parse(TOKEN).unwrap();
    let link = link_with_token("https://host.example/r/our-place", &token);
    assert_eq!(link, format!("https://host.example/r/our-place#{TOKEN}"));
    for written in [
        link.clone(),
        format!("https://host.example/r/our-place/?from=chat#{TOKEN}"),
        link.replace(TOKEN, &TOKEN.to_uppercase()),
    ] {
        let invite = Invite::parse(&written).expect(&written);
        assert_eq!(invite.token.as_ref(), Some(&token), "{written}");
        assert_eq!(invite.to_string(), "https://host.example/r/our-place");
        assert!(!format!("{invite:?}").contains(TOKEN));
        let target = RoomTarget::parse(&written);
        assert_eq!(target, Ok(RoomTarget::Invite(invite)), "{written}");
    }
    let room = RoomId::parse("our-place").unwrap();
    let named = RoomTarget::parse(&format!("our-place#{TOKEN}"));
    assert_eq!(named, Ok(RoomTarget::Room(room, Some(token))));
    assert!(!format!("{named:?}").contains(TOKEN));
}

#[test]
fn half_a_token_is_refused_and_what_messengers_append_is_not() {
    let (half, more) = (&TOKEN[..20], format!("{TOKEN}0"));
    for text in [
        format!("https://host.example/r/our-place#{half}"),
        format!("https://host.example/r/our-place#{more}"),
        format!("our-place#{half}"),
        "our-place#".to_owned(),
        "our-place#x".to_owned(),
    ] {
        assert_eq!(RoomTarget::parse(&text), Err(InviteError::Token), "{text}");
    }
    for fragment in ["", "x", "chat", "~0123456789abcdef0123456789abcde"] {
        let text = format!("https://host.example/r/our-place#{fragment}");
        let invite = Invite::parse(&text).expect(&text);
        assert_eq!(invite.token, None, "{text}");
    }
}

#[test]
fn an_address_without_a_scheme_is_secure_unless_it_is_near() {
    let rows = [
        ("watch.example.org", "https://watch.example.org"),
        (
            "watch.example.org:8443/films/",
            "https://watch.example.org:8443/films",
        ),
        ("203.0.113.7:8000", "https://203.0.113.7:8000"),
        ("localhost:8000", "http://localhost:8000"),
        ("127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("[::1]:8000", "http://[::1]:8000"),
        ("192.168.1.5:8000", "http://192.168.1.5:8000"),
        ("cinema.local:8000", "http://cinema.local:8000"),
        ("cinema:8000", "http://cinema:8000"),
    ];
    for (text, expected) in rows {
        let server = ServerUrl::parse(text).map(String::from);
        assert_eq!(server.as_deref(), Ok(expected), "{text}");
    }
    let invite = Invite::parse("watch.example.org/r/movie-night").unwrap();
    assert_eq!(
        invite.to_string(),
        "https://watch.example.org/r/movie-night"
    );
}
