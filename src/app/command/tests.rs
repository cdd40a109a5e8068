//! What a person types, row by row.

use proptest::prelude::{any, proptest};
use strum::IntoEnumIterator;

use super::{Arity, ClientCommand, InviteRequest, ParsedLine, Setting, Slash, parse};
use crate::app::appearance::ThemeChoice;
use crate::app::output::{ArgumentFault, UsageError, Why};
use crate::app::written_room::WrittenRoom;
use crate::media::{Media, MediaError};
use crate::protocol::command::requested;
use crate::protocol::command::{Command, MemberRef, SeekTarget};
use crate::protocol::denied::Action;
use crate::protocol::ids::{EntryId, MemberId, RoomId, RoomIdError};
use crate::protocol::invite::{Invite, InviteError, RoomTarget};
use crate::protocol::invite_terms::{InviteTerms, InviteTermsError};
use crate::protocol::member::{BanScope, Role};
use crate::protocol::text::{ChatText, Emoji, MemberName, Title};
use crate::protocol::time::{Position, Rate, Span};
use crate::room::roles;
use crate::texts::language::Language;

const LINK: &str = "https://example.org/film.mp4";

fn media() -> Media {
    Media::parse(LINK).unwrap()
}

fn name(text: &str) -> MemberName {
    MemberName::parse(text).unwrap()
}

fn ban(text: &str, scope: BanScope) -> Command {
    let who = who(text);
    Command::Ban { who, scope }
}

fn who(text: &str) -> MemberRef {
    MemberRef::Name(MemberName::recorded(text).unwrap())
}

fn seek(target: SeekTarget) -> Command {
    Command::Seek { target, mark: None }
}

fn react(emoji: &str) -> Command {
    Command::React {
        emoji: Emoji::parse(emoji).unwrap(),
    }
}

fn set_role(text: &str, role: Role) -> Command {
    let who = who(text);
    Command::SetRole { who, role }
}

fn wait_exempt(name: Option<&str>, wait_exempt: bool) -> Command {
    let who = name.map(who);
    Command::ExemptFromWait {
        who,
        exempt: wait_exempt,
    }
}

fn rate(factor: f64) -> Command {
    let rate = Rate::from_factor(factor).unwrap();
    Command::SetRate { rate }
}

fn reads_as(rows: Vec<(&str, Command)>) {
    for (line, command) in rows {
        assert_eq!(parse(line), Ok(ParsedLine::Room(command)), "{line:?}");
    }
}

fn reject_all_of(who: MemberRef) -> Command {
    Command::RejectAll { of: Some(who) }
}

fn length(seconds: Option<i64>) -> Command {
    let length = seconds.map(Span::seconds);
    Command::SetLength { length }
}

#[test]
fn commands_of_playback() {
    let entry = Some(EntryId(14));
    let link = format!("/play   {LINK} ");
    let add = format!("  /ADD {LINK}");
    reads_as(vec![
        (&link, Command::Play { media: media() }),
        (
            &format!("{link} --wait"),
            Command::PlayWaiting { media: media() },
        ),
        ("/play #14", Command::PlayNow { entry: EntryId(14) }),
        (&add, Command::Add { media: media() }),
        ("/approve", Command::Approve { entry: None }),
        ("/approve #14", Command::Approve { entry }),
        ("/approve 14", Command::Approve { entry }),
        ("/reject", Command::Reject { entry: None }),
        ("/reject #14", Command::Reject { entry }),
        ("/reject all", Command::RejectAll { of: None }),
        ("/отклонить все", Command::RejectAll { of: None }),
        ("/reject @Боб", reject_all_of(MemberRef::Name(name("Боб")))),
        ("/reject @#3", reject_all_of(MemberRef::Id(MemberId(3)))),
        ("/withdraw 14", Command::Withdraw { entry: EntryId(14) }),
        (
            "/withdraw #14 - #20",
            Command::TakeBack {
                first: EntryId(14),
                last: EntryId(20),
            },
        ),
        (
            "/remove 14–20",
            Command::TakeBack {
                first: EntryId(14),
                last: EntryId(20),
            },
        ),
        ("/remove #14", Command::Remove { entry: EntryId(14) }),
        (
            "/move #14 2",
            Command::Move {
                entry: EntryId(14),
                place: 2,
            },
        ),
        (
            "/move 14\t2",
            Command::Move {
                entry: EntryId(14),
                place: 2,
            },
        ),
        ("/skip", Command::Skip),
        ("/pause", Command::Pause { mark: None }),
        ("/resume", Command::Resume { mark: None }),
        ("/undo", Command::Undo),
        ("/rate 1.25", rate(1.25)),
        ("/rate 1,5", rate(1.5)),
        ("/rate ×2", rate(2.0)),
        ("/rate 0.5x", rate(0.5)),
        ("/length 1:35:20", length(Some(5_720))),
        ("/длина off", length(None)),
        ("/wait on", Command::SetWait { wait: true }),
        ("/wait OFF", Command::SetWait { wait: false }),
        ("/go", Command::Go),
        ("/countdown", Command::Countdown),
        ("/close", Command::Close),
    ]);
}

#[test]
fn places_to_jump_to() {
    reads_as(vec![
        ("/seek 90", seek(SeekTarget::To(Position::seconds(90)))),
        ("/seek 1:23", seek(SeekTarget::To(Position::seconds(83)))),
        (
            "/seek 1:02:03",
            seek(SeekTarget::To(Position::seconds(3_723))),
        ),
        (
            "/seek 90:00",
            seek(SeekTarget::To(Position::seconds(5_400))),
        ),
        ("/seek 12.5", seek(SeekTarget::To(Position(12_500_000)))),
        ("/seek 0", seek(SeekTarget::To(Position::START))),
        ("/seek +10", seek(SeekTarget::By(Span::seconds(10)))),
        ("/seek -10", seek(SeekTarget::By(Span::seconds(-10)))),
        ("/seek −10", seek(SeekTarget::By(Span::seconds(-10)))),
        ("/seek +1:30", seek(SeekTarget::By(Span::seconds(90)))),
    ]);
}

#[test]
fn commands_among_members() {
    let text = ChatText::parse("hello there").unwrap();
    let title = Title::parse("Кино по пятницам").unwrap();
    reads_as(vec![
        ("hello  there ", Command::Chat { text }),
        ("/react 🍿", react("🍿")),
        (
            "/ask",
            Command::Ask {
                request: requested(Command::Pause { mark: None }),
            },
        ),
        ("/nick Vera", Command::Rename { name: name("Vera") }),
        (
            "/title Кино по пятницам",
            Command::SetTitle { title: Some(title) },
        ),
        ("/title", Command::SetTitle { title: None }),
        ("/admin @Old Boris", set_role("Old Boris", Role::Admin)),
        ("/moderator Boris", set_role("Boris", Role::Moderator)),
        ("/viewer Boris", set_role("Boris", Role::Viewer)),
        ("/heir @Vera", Command::SetHeir { who: who("Vera") }),
        (
            "/mute Boris",
            Command::Mute {
                who: who("Boris"),
                muted: true,
            },
        ),
        (
            "/unmute #3",
            Command::Mute {
                who: MemberRef::Id(MemberId(3)),
                muted: false,
            },
        ),
        ("/ban Boris", ban("Boris", BanScope::Ask)),
        ("/ban Boris address", ban("Boris", BanScope::Address)),
        ("/ban Boris 2  alone", ban("Boris 2", BanScope::Member)),
        ("/забанить Боб адрес", ban("Боб", BanScope::Address)),
        ("/ban address", ban("address", BanScope::Ask)),
        ("/unban Boris", Command::Unban { who: who("Boris") }),
        ("/nowait", wait_exempt(None, true)),
        ("/nowait off", wait_exempt(None, false)),
        ("/nowait Boris", wait_exempt(Some("Boris"), true)),
        ("/nowait Boris off", wait_exempt(Some("Boris"), false)),
        ("/nowait Takeoff", wait_exempt(Some("Takeoff"), true)),
        (
            "/ask skip",
            Command::Ask {
                request: requested(Command::Skip),
            },
        ),
        (
            "/ask /undo",
            Command::Ask {
                request: requested(Command::Undo),
            },
        ),
        (
            "/ask seek +60",
            Command::Ask {
                request: requested(Command::Seek {
                    target: SeekTarget::By(Span::seconds(60)),
                    mark: None,
                }),
            },
        ),
        ("/kick Boris", Command::Kick { who: who("Boris") }),
        (
            "/kick #3",
            Command::Kick {
                who: MemberRef::Id(MemberId(3)),
            },
        ),
        ("/kick @#3", Command::Kick { who: who("#3") }),
        ("/kick #one", Command::Kick { who: who("#one") }),
        ("/kick 3", Command::Kick { who: who("3") }),
    ]);
}

#[test]
fn commands_of_the_client_itself() {
    let room = RoomId::parse("movie-night").unwrap();
    let invite = Invite::parse("https://watch.example.org/r/movie-night").unwrap();
    let rows = [
        ("/retry", ClientCommand::Retry),
        ("/who", ClientCommand::Who),
        ("/react 2", ClientCommand::React(2)),
        ("/reactions", ClientCommand::Reactions(None)),
        (
            "/реакции 3 :popcorn:",
            ClientCommand::Reactions(Some((3, Emoji::parse("🍿").unwrap()))),
        ),
        ("/help", ClientCommand::Help(None)),
        ("/help seek", ClientCommand::Help(Some("seek"))),
        ("/help /ждать", ClientCommand::Help(Some("wait"))),
        ("/quit", ClientCommand::Quit),
        ("/lang ru", ClientCommand::Language(Language::Russian)),
        ("/lang EN", ClientCommand::Language(Language::English)),
        ("/язык русский", ClientCommand::Language(Language::Russian)),
        ("/theme light", ClientCommand::Theme(ThemeChoice::Light)),
        (
            "/theme contrast",
            ClientCommand::Theme(ThemeChoice::HighContrast),
        ),
        ("/тема тёмная", ClientCommand::Theme(ThemeChoice::Dark)),
        (
            "/язык английский",
            ClientCommand::Language(Language::English),
        ),
        (
            "/join movie-night",
            ClientCommand::Join(RoomTarget::Room(room.clone(), None).into()),
        ),
        (
            "/join https://watch.example.org/r/movie-night",
            ClientCommand::Join(RoomTarget::Invite(invite).into()),
        ),
        (
            "/join Movie Night",
            ClientCommand::Join(WrittenRoom {
                target: RoomTarget::Room(room, None),
                written: Some("Movie Night".into()),
                title: Title::parse("Movie Night").ok(),
            }),
        ),
    ];
    for (line, local) in rows {
        assert_eq!(parse(line), Ok(ParsedLine::Client(local)), "{line:?}");
    }
    for blank in ["", "   ", "\t"] {
        assert_eq!(parse(blank), Ok(ParsedLine::Empty));
    }
}

#[test]
fn an_invite_is_asked_for_in_any_order_and_in_either_language() {
    let day = Span::seconds(86_400);
    let most = InviteTerms::MOST_USES;
    let rows = [
        ("/invite", Role::Viewer, InviteTerms::LASTS, most),
        ("/invite --for 1d", Role::Viewer, day, most),
        ("/invite --uses 5 --for 24h", Role::Viewer, day, 5),
        ("/invite —for 1440m", Role::Viewer, day, most),
        (
            "/invite --moderator",
            Role::Moderator,
            InviteTerms::LASTS,
            1,
        ),
        (
            "/invite moderator uses 2",
            Role::Moderator,
            InviteTerms::LASTS,
            2,
        ),
        ("/пригласить --срок 1д --раз 5", Role::Viewer, day, 5),
        (
            "/пригласить --модератор",
            Role::Moderator,
            InviteTerms::LASTS,
            1,
        ),
    ];
    for (line, role, lasts, uses) in rows {
        let terms = InviteTerms::new(role, lasts, uses).unwrap();
        let reuses = false;
        let invite = ClientCommand::Invite(InviteRequest { terms, reuses });
        assert_eq!(parse(line), Ok(ParsedLine::Client(invite)), "{line}");
    }
    let usage = "/invite [--for 7d] [--uses 5] [--moderator]";
    let rows = [
        ("/invite --for", None),
        ("/invite --for 7", None),
        ("/invite --for 7x", None),
        ("/invite --for 7д7", None),
        ("/invite --uses many", None),
        ("/invite Bob", None),
        ("/invite --for 31d", Some(InviteTermsError::Lasts)),
        ("/invite --for 99999999d", Some(InviteTermsError::Lasts)),
        ("/invite --uses 0", Some(InviteTermsError::Uses)),
        ("/invite --uses 1001", Some(InviteTermsError::Uses)),
    ];
    for (line, fault) in rows {
        let given = line.trim_start_matches("/invite").trim().to_owned();
        let bad = UsageError::BadArgument {
            usage,
            given,
            fault: fault.map(ArgumentFault::Invite),
        };
        assert_eq!(parse(line), Err(Why::Usage(bad)), "{line}");
    }
    let private = ParsedLine::Client(ClientCommand::MakePrivate);
    assert_eq!(parse("/private"), Ok(private));
    let seen = Why::Usage(UsageError::PasswordInLine);
    assert_eq!(parse("/закрытая sesame"), Err(seen));
}

#[test]
fn bad_arguments_are_answered_with_the_usage() {
    let rows = [
        ("/play", "/play LINK [--wait] | #N"),
        ("/play #", "/play LINK [--wait] | #N"),
        ("/play #x", "/play LINK [--wait] | #N"),
        ("/add", "/add LINK"),
        ("/approve x", "/approve [#N]"),
        ("/reject #", "/reject [#N | all | @NAME]"),
        ("/withdraw", "/withdraw #N | #N-#N"),
        ("/withdraw 5-3", "/withdraw #N | #N-#N"),
        ("/withdraw +3", "/withdraw #N | #N-#N"),
        ("/remove ##3", "/remove #N | #N-#N"),
        ("/remove 99999999999999999999", "/remove #N | #N-#N"),
        ("/move #3", "/move #N PLACE"),
        ("/move #3 0", "/move #N PLACE"),
        ("/move #3 top", "/move #N PLACE"),
        ("/skip now", "/skip"),
        ("/pause 3", "/pause"),
        ("/resume 3", "/resume"),
        ("/undo 3", "/undo"),
        ("/go on", "/go"),
        ("/unmute", "/unmute NAME | #N"),
        ("/erase", "/erase NAME | #LINE"),
        ("/ban", "/ban NAME | #N [address|alone]"),
        ("/unban @", "/unban NAME | #N"),
        ("/bans 3", "/bans"),
        ("/seek", "/seek 1:23 | +10 | -10"),
        ("/seek 1:2:3:4", "/seek 1:23 | +10 | -10"),
        ("/seek 1.5:20", "/seek 1:23 | +10 | -10"),
        ("/seek + 10", "/seek 1:23 | +10 | -10"),
        ("/seek 1e9", "/seek 1:23 | +10 | -10"),
        ("/seek :", "/seek 1:23 | +10 | -10"),
        ("/seek .", "/seek 1:23 | +10 | -10"),
        ("/rate fast", "/rate [1.25]"),
        ("/react", "/react 1..5 | EMOJI | :fire:"),
        ("/react 0", "/react 1..5 | EMOJI | :fire:"),
        ("/react 6", "/react 1..5 | EMOJI | :fire:"),
        ("/react hello", "/react 1..5 | EMOJI | :fire:"),
        ("/react :no-such:", "/react 1..5 | EMOJI | :fire:"),
        ("/emote :party:", "/emote :NAME: TEXT | off"),
        ("/nick", "/nick NAME"),
        ("/admin", "/admin NAME | #N"),
        ("/admin @", "/admin NAME | #N"),
        ("/moderator", "/moderator NAME | #N"),
        ("/viewer", "/viewer NAME | #N"),
        ("/heir", "/heir NAME | #N"),
        ("/kick", "/kick NAME | #N"),
        ("/wait maybe", "/wait [on | off]"),
        ("/язык de", "/lang [en | ru]"),
        ("/тема синяя", "/theme [auto|dark|light|contrast|mono|own]"),
        ("/join", "/join LINK | ROOM"),
        ("/retry now", "/retry"),
        ("/who me", "/who"),
        ("/help me", "/help [COMMAND]"),
        ("/quit now", "/quit"),
    ];
    for (line, usage) in rows {
        let given = line.split_once(' ').map_or("", |(_, given)| given);
        let given = given.to_owned();
        let fault = None;
        let expected = Why::Usage(UsageError::BadArgument {
            usage,
            given,
            fault,
        });
        assert_eq!(parse(line), Err(expected), "{line:?}");
    }
}

#[test]
fn why_an_argument_that_reads_well_makes_no_sense_is_reported() {
    let room = ArgumentFault::Target(InviteError::Room(RoomIdError));
    let rows = [
        ("/rate 9", ArgumentFault::RateRange),
        ("/rate NaN", ArgumentFault::RateRange),
        ("/emote :p: 🎉", ArgumentFault::EmoteName),
        (
            "/emote :wide: 蝴蝶蝴蝶蝴蝶蝴蝶蝴蝶蝴蝶蝴蝶蝴蝶蝴",
            ArgumentFault::EmoteWide,
        ),
        ("/ask please", ArgumentFault::NotAskable),
        ("/ask ask", ArgumentFault::NotAskable),
        ("/ask chat", ArgumentFault::NotAskable),
        ("/ask kick Vera", ArgumentFault::NotAskable),
        ("/ask approve", ArgumentFault::NotAskable),
        ("/seek 1:99", ArgumentFault::Sixty),
        ("/seek +1:60:00", ArgumentFault::Sixty),
        ("/seek 99999999", ArgumentFault::TooFar),
        ("/join !?", room),
        (
            "/join https://h.example/movie",
            ArgumentFault::Target(InviteError::NoRoom),
        ),
        (
            "/join example/r/movie",
            ArgumentFault::Target(InviteError::NoScheme),
        ),
    ];
    for (line, expected) in rows {
        match parse(line) {
            Err(Why::Usage(UsageError::BadArgument { fault, .. })) => {
                assert_eq!(fault, Some(expected), "{line:?}");
            }
            other => panic!("{line:?}: {other:?}"),
        }
    }
}

#[test]
fn what_is_wrong_with_a_link_or_a_text_has_its_own_words() {
    let local = parse("/play /home/me/film.mp4");
    assert_eq!(local, Err(Why::Media(MediaError::LocalFile)));
    let long = "x".repeat(600);
    let too_long = |max| Err(Why::Usage(UsageError::TooLong { max }));
    assert_eq!(parse(&long), too_long(500));
    assert_eq!(parse(&format!("/nick {long}")), too_long(24));
    assert_eq!(parse(&format!("/title {long}")), too_long(120));
    assert_eq!(parse("\u{200B}"), Err(Why::Usage(UsageError::Empty)));
}

#[test]
fn an_unknown_command_is_answered_with_the_nearest() {
    let rows = [
        ("/puase", "puase", Some("pause")),
        ("/aprove #1", "aprove", Some("approve")),
        ("/sek 10", "sek", Some("seek")),
        ("/QUITE", "QUITE", Some("quit")),
        ("/zzzz", "zzzz", None),
        ("/", "", None),
        (" //pause", "/pause", Some("pause")),
        ("/\u{1b}[2J", "[2J", None),
        ("/пуаза", "пуаза", Some("пауза")),
        ("/Перети 10", "Перети", Some("перейти")),
        ("/ццццц", "ццццц", None),
        // `paues` on the keys of a Russian layout.
        ("/зфгуы", "зфгуы", Some("pause")),
    ];
    for (line, typed, nearest) in rows {
        let typed = typed.to_owned();
        let expected = Why::Usage(UsageError::UnknownCommand { typed, nearest });
        assert_eq!(parse(line), Err(expected), "{line:?}");
    }
}

#[test]
fn each_command_has_a_name_of_its_own_and_is_found_by_it() {
    for slash in Slash::ALL {
        assert_eq!(Slash::named(slash.name()), Some(*slash));
        for language in Language::iter() {
            assert_eq!(Slash::named(slash.name_in(language)), Some(*slash));
        }
        assert!(slash.usage().starts_with(&format!("/{}", slash.name())));
    }
}

#[test]
fn help_names_the_role_that_the_room_asks_for() {
    let list = "youtube.com/playlist?list=PL1";
    let arguments = [
        "",
        LINK,
        list,
        "#1",
        "#1 2",
        "1:23",
        "1.5",
        "2",
        "Vera",
        "on",
        "720",
        "en",
        "light",
        ":party: hi",
        "yes",
        "chat on",
    ];
    for slash in Slash::ALL {
        let line = |argument| format!("/{} {argument}", slash.name());
        let parsed = arguments.iter().filter_map(|a| parse(&line(*a)).ok());
        // Everybody may ask how the room is set.
        let asks = |parsed: &ParsedLine| {
            matches!(
                parsed,
                ParsedLine::Client(ClientCommand::Restrictions | ClientCommand::Tell(_))
            )
        };
        let mut parsed = parsed.filter(|parsed| !asks(parsed));
        let expected = match parsed.next() {
            Some(ParsedLine::Room(command)) => command.rule().needs,
            // The client looks up which line is meant; the room decides about that.
            Some(ParsedLine::Client(ClientCommand::Erase(_))) => roles::needs(Action::Erase),
            // These ask for a password or a token before they ask the room.
            Some(ParsedLine::Client(ClientCommand::MakePrivate)) => {
                roles::needs(Action::SetVisibility)
            }
            Some(ParsedLine::Client(ClientCommand::Invite(_))) => {
                roles::needs(Action::CreateInvite)
            }
            // The client looks up where the chapter begins; the room is sent there.
            Some(ParsedLine::Client(ClientCommand::Chapter(_))) => roles::needs(Action::Seek),
            Some(ParsedLine::Client(_)) => Role::Viewer,
            other => panic!("no argument fits {slash:?}: {other:?}"),
        };
        assert_eq!(slash.needs(), expected, "{slash:?}");
    }
}

#[test]
fn a_setting_that_stands_alone_is_told() {
    for (line, setting) in [
        ("/vol", Setting::Volume),
        ("/громкость", Setting::Volume),
        ("/quality", Setting::Quality),
        ("/sub-delay", Setting::SubtitleDelay),
        ("/theme", Setting::Theme),
        ("/lang", Setting::Language),
        ("/rate", Setting::Rate),
        ("/chapter", Setting::Chapters),
        ("/глава", Setting::Chapters),
        ("/wait", Setting::Wait),
    ] {
        let asked = ParsedLine::Client(ClientCommand::Tell(setting));
        assert_eq!(parse(line), Ok(asked), "{line}");
        let slash = Slash::named(line.trim_start_matches('/')).unwrap();
        assert_eq!(slash.arity(), Arity::Optional, "{line}");
    }
    for beyond in ["/vol 110", "/vol 110%", "/vol +110"] {
        assert!(
            parse(beyond).is_ok(),
            "{beyond}: the player has its own limit"
        );
    }
    assert!(parse("/vol 1001").is_err());
}

#[test]
fn tracks_and_offered_subtitles_are_not_confused() {
    let fault = |line: &str| match parse(line) {
        Err(Why::Usage(UsageError::BadArgument { fault, .. })) => fault,
        other => panic!("{line}: {other:?}"),
    };
    for line in [
        "/sub https://example.org/a.srt",
        "/сабы https://example.org/a.srt",
    ] {
        assert_eq!(fault(line), Some(ArgumentFault::OffersSubtitles), "{line}");
    }
    for line in ["/subtitles 2", "/subtitles #2", "/файл-субтитров выкл"] {
        assert_eq!(fault(line), Some(ArgumentFault::ChoosesSubtitles), "{line}");
    }
    for line in ["/sub 2", "/сабы 2", "/субтитры 2"] {
        assert!(
            matches!(
                parse(line),
                Ok(ParsedLine::Client(ClientCommand::Track(..)))
            ),
            "{line}"
        );
    }
}

proptest! {
    #[test]
    fn no_text_breaks_the_reader_and_no_slash_is_chat(text in any::<String>()) {
        let parsed = parse(&text);
        if text.trim_start().starts_with('/') {
            let chat = matches!(parsed, Ok(ParsedLine::Room(Command::Chat { .. })));
            proptest::prop_assert!(!chat);
        }
    }

    #[test]
    fn no_argument_breaks_a_reader(index in 0..Slash::ALL.len(), text in "[ #@:+.0-9a-z🔥-]{0,12}") {
        let slash = Slash::ALL[index];
        let parsed = parse(&format!("/{} {text}", slash.name()));
        let unknown = matches!(parsed, Err(Why::Usage(UsageError::UnknownCommand { .. })));
        proptest::prop_assert!(!unknown);
    }
}

#[test]
fn every_command_has_a_russian_name_of_its_own() {
    let names = Slash::ALL.iter().flat_map(|slash| slash.russian());
    let mut names: Vec<&str> = names.copied().collect();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
    assert!(Slash::ALL.iter().all(|slash| !slash.russian().is_empty()));
    assert_eq!(Slash::named("пауза"), Some(Slash::Pause));
    assert_eq!(Slash::named("Пауза"), Some(Slash::Pause));
}
