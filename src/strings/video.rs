//! The words of what stands over the picture.

use super::numbers::long;
use super::sentences::quoted;
use super::{client, dialogs, media, plain_lines, requests, screen};
use crate::app::command::Slash;
use crate::app::output::severity::Severity;
use crate::app::output::{Notice, Person};
use crate::app::video::{LineContent, ReadyHint, Scene, SceneFloat, SceneLine, WrittenText};
use crate::protocol::command::{Command, PermissionRequest};
use crate::protocol::event::ChatLine;
use crate::protocol::playback::{Playing, QueueEntry};
use crate::protocol::time::Span;
use crate::sync::player::{
    Overlay, OverlayColour, OverlayFloat, OverlayInput, OverlayLine, OverlaySpan,
};
use crate::texts::language::Language;
use crate::texts::tr;

/// How many members are named at once over the picture (judgement: a row of it).
const NAMED: usize = 4;

/// Everything that is seen over the picture, in words.
#[must_use]
pub fn overlay(language: Language, scene: &Scene) -> Overlay {
    let empty = scene.empty.as_ref();
    Overlay {
        lines: scene
            .lines
            .iter()
            .map(|shown| line(language, shown))
            .collect(),
        floats: scene.floats.iter().map(float).collect(),
        number: scene.number,
        input: scene.written.as_ref().map(|text| input(language, text)),
        empty: empty.map(|notice| client::notice(language, notice)),
    }
}

fn float(float: &SceneFloat) -> OverlayFloat {
    OverlayFloat {
        emoji: float.emoji.as_str().to_owned(),
        column: float.column,
        risen: float.risen,
        opacity: float.opacity,
    }
}

fn input(language: Language, text: &WrittenText) -> OverlayInput {
    OverlayInput {
        before: text.before.clone(),
        after: text.after.clone(),
        hint: tr!(language, "video-input-hint"),
    }
}

fn line(language: Language, shown: &SceneLine) -> OverlayLine {
    let spans = match &shown.content {
        LineContent::Chat(chat) => message(chat, shown.name_colour, OverlayColour::Text),
        LineContent::Mention(chat) => message(chat, shown.name_colour, OverlayColour::Alarm),
        LineContent::ReadyHint(hint) => {
            vec![span(OverlayColour::Text, ready_hint(language, *hint))]
        }
        content => {
            let words = words(language, content);
            vec![match content.severity() {
                Severity::Info => span(OverlayColour::Notice, words),
                Severity::Warning => span(OverlayColour::Alarm, words),
                Severity::Error => span(OverlayColour::Error, format!("{} {words}", screen::ERROR)),
            }]
        }
    };
    OverlayLine {
        spans,
        opacity: shown.opacity,
        stands: shown.stands,
    }
}

/// What a person wrote, behind their name.
fn message(chat: &ChatLine, name: Option<[u8; 3]>, colour: OverlayColour) -> Vec<OverlaySpan> {
    let name = name.map_or(OverlayColour::Text, OverlayColour::Name);
    vec![
        span(name, format!("{}  ", chat.name)),
        span(colour, chat.text.as_str().to_owned()),
    ]
}

/// What the program says in a line.
fn words(language: Language, content: &LineContent) -> String {
    match content {
        LineContent::Chat(chat) | LineContent::Mention(chat) => chat.text.as_str().to_owned(),
        LineContent::Notice(notice) => of_notice(language, notice),
        LineContent::Why(why) => client::why(language, why),
        LineContent::AskAgain(why) => dialogs::ask_again(language, why),
        LineContent::Asked(request) => requests::were_asked(language, request),
        LineContent::Started(playing) => started(language, playing),
        LineContent::Connection(connection) => client::connection(language, connection),
        LineContent::NoConnection => tr!(language, "video-no-connection"),
        LineContent::Proposed(entry) => proposed(language, entry),
        LineContent::OwnChange {
            who,
            role,
            change,
            by,
        } => plain_lines::member(language, who, *role, *change, by.as_ref()),
        LineContent::Player(player) => client::player(language, player),
        LineContent::Lobby(lobby) => screen::lobby_line(language, lobby),
        LineContent::ReadyHint(hint) => ready_hint(language, *hint),
        LineContent::Awaited(members) => awaited(language, members),
        LineContent::Done(text) => format!("✓ {text}"),
        LineContent::SubtitlesOffered {
            who,
            name,
            host,
            in_window,
        } => subtitles_offered(language, (who, name.as_str(), host.clone()), *in_window),
        LineContent::SyncState(state) => {
            screen::sync(language, &state.status, &state.player, state.paused)
        }
    }
}

const fn span(colour: OverlayColour, text: String) -> OverlaySpan {
    OverlaySpan { text, colour }
}

/// A notice as it stands over the picture. A wait stays there, so that it says no time that counts down.
fn of_notice(language: Language, notice: &Notice) -> String {
    match notice {
        Notice::Waiting {
            who,
            at_most,
            may_resume,
        } => {
            let waiting = waiting_at_most(language, who, *at_most);
            if *may_resume {
                format!("{waiting} {}", tr!(language, "notice-waiting-hint"))
            } else {
                waiting
            }
        }
        Notice::Asked { who, request } if !who.is_you => asked(language, who, request),
        notice => client::notice(language, notice).replace('\n', " · "),
    }
}

/// A member offers subtitles: how they are shown depends on where a line can be written.
fn subtitles_offered(
    language: Language,
    (who, name, host): (&Person, &str, String),
    in_window: bool,
) -> String {
    let (who, name) = (who.name.as_str(), quoted(language, name));
    if in_window {
        tr!(
            language,
            "video-subtitles-offered",
            who = who,
            name = name,
            host = host
        )
    } else {
        tr!(
            language,
            "video-subtitles-offered-terminal",
            who = who,
            name = name,
            host = host
        )
    }
}

/// A member asks for something. The key that pauses grants what it does itself.
fn asked(language: Language, who: &Person, request: &PermissionRequest) -> String {
    let name = who.name.as_str();
    match request.command() {
        Command::Pause { .. } => tr!(language, "video-asks-for-pause", who = name),
        Command::Resume { .. } => tr!(language, "video-asks-to-resume", who = name),
        _ => requests::asked(language, who, request),
    }
}

fn waiting_at_most(language: Language, who: &Person, at_most: Span) -> String {
    let (name, you) = (who.name.as_str(), super::sentences::you(who));
    let at_most = long(language, at_most);
    tr!(
        language,
        "video-waiting-at-most",
        who = name,
        you = you,
        at_most = at_most
    )
}

fn waiting(language: Language, who: &Person) -> String {
    let (name, you) = (who.name.as_str(), super::sentences::you(who));
    tr!(language, "video-waiting", who = name, you = you)
}

/// Whose players the start waits for. The reader's own comes first, since they can do something
/// about it.
fn awaited(language: Language, members: &[Person]) -> String {
    let alone = members.iter().find(|who| who.is_you || members.len() == 1);
    if let Some(who) = alone {
        return waiting(language, who);
    }
    let names = members.iter().map(|who| who.name.as_str().to_owned());
    let names = screen::first_names(names.collect(), NAMED).unwrap_or_default();
    tr!(language, "video-waiting-several", names = names)
}

/// How the reader says that they are ready.
fn ready_hint(language: Language, hint: ReadyHint) -> String {
    match hint {
        ReadyHint::Key => tr!(language, "video-lobby-hint"),
        ReadyHint::Terminal => tr!(language, "video-lobby-hint-terminal"),
    }
}

fn started(language: Language, playing: &Playing) -> String {
    let title = playing.title.as_ref().map(ToString::to_string);
    let title = title.unwrap_or_else(|| playing.media.name());
    tr!(language, "video-started", title = quoted(language, &title))
}

/// What somebody proposes, and how an admin approves it.
fn proposed(language: Language, entry: &QueueEntry) -> String {
    let title = media::name(entry.title.as_ref(), &entry.media);
    tr!(
        language,
        "video-proposed",
        who = entry.by_name.as_str(),
        title = quoted(language, &title),
        number = entry.id.to_string()
    )
}

/// The heading of the keys in the player's window.
#[must_use]
pub fn keys_title(language: Language) -> String {
    tr!(language, "video-keys")
}

/// The keys in the player's window, and what each does.
#[must_use]
pub fn keys(language: Language) -> [(String, String); 9] {
    let osd = Slash::Osd.name_in(language);
    [
        (tr!(language, "key-space"), tr!(language, "video-key-pause")),
        (tr!(language, "key-space"), tr!(language, "video-key-ready")),
        ("1..5".to_owned(), tr!(language, "video-key-react")),
        ("Enter".to_owned(), tr!(language, "video-key-write")),
        ("Tab".to_owned(), tr!(language, "video-key-sync")),
        (format!("/{osd}"), tr!(language, "video-key-osd")),
        (
            tr!(language, "video-key-drop"),
            tr!(language, "video-key-drop-does"),
        ),
        (
            tr!(language, "video-key-own"),
            tr!(language, "video-key-own-does"),
        ),
        (
            tr!(language, "video-key-scripts"),
            tr!(language, "video-key-scripts-does"),
        ),
    ]
}
