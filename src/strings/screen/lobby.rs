//! What the lobby says: when the media starts, who is ready and who is not yet.

use crate::app::lobby::{LobbyStart, LobbyView};
use crate::app::output::Person;
use crate::app::time_of_day::ClockTime;
use crate::protocol::time::Span;
use crate::strings::health;
use crate::strings::numbers::long;
use crate::texts::language::Language;
use crate::texts::tr;
use crate::wire::message::HealthState;

/// How many are named of each group (judgement: two rows of the chat's pane at 80 columns).
const NAMED: usize = 8;

/// How many are named of each over the picture (judgement: two rows there).
const NAMED_OVER_PICTURE: usize = 3;

/// The lobby in a sentence, and how the reader says that they are ready. Empty if nothing is to be
/// said: nothing is on, no start is set and nobody is ready.
#[must_use]
pub fn lobby(language: Language, lobby: &LobbyView) -> Vec<String> {
    if lobby.start.is_none() && lobby.ready.is_empty() {
        return Vec::new();
    }
    let hint = (!lobby.is_ready).then(|| {
        if lobby.holds_media {
            tr!(language, "lobby-hint-space")
        } else {
            tr!(language, "lobby-hint")
        }
    });
    let sentence = sentence(language, lobby, NAMED);
    [sentence].into_iter().chain(hint).collect()
}

/// The lobby in a sentence that is short enough for the picture.
#[must_use]
pub fn lobby_line(language: Language, lobby: &LobbyView) -> String {
    sentence(language, lobby, NAMED_OVER_PICTURE)
}

/// When it starts, and who is ready and who is not; of each at most `named` by name.
fn sentence(language: Language, lobby: &LobbyView, named: usize) -> String {
    let start = lobby
        .start
        .as_ref()
        .map(|start| tr!(language, "lobby-start", when = when(language, start)));
    let ready = lobby.ready.iter().map(|person| name(language, person));
    let ready = first_names(ready.collect(), named);
    let ready = ready.map(|names| tr!(language, "lobby-ready", names = names));
    let not_yet = lobby.not_yet.iter();
    let not_yet = not_yet.map(|(person, state)| not_yet_name(language, person, *state));
    let not_yet = first_names(not_yet.collect(), named);
    let not_yet = not_yet.map(|names| tr!(language, "lobby-not-yet", names = names));
    // Whose names are not in either list is nobody's.
    let nobody = || tr!(language, "lobby-nobody-ready");
    let ready = ready.or_else(|| not_yet.is_none().then(nobody));
    let parts: Vec<String> = [start, ready, not_yet].into_iter().flatten().collect();
    parts.join(" · ")
}

/// What the progress line says while media waits in the lobby.
#[must_use]
pub fn lobby_state(language: Language, lobby: &LobbyView) -> String {
    match &lobby.start {
        Some(LobbyStart::At(_, left)) if *left > Span::ZERO => {
            tr!(language, "screen-starts-in", left = long(language, *left))
        }
        _ => tr!(
            language,
            "lobby-state",
            ready = (lobby.ready.len()),
            all = (lobby.wanted())
        ),
    }
}

/// When the media starts, for a sentence.
fn when(language: Language, start: &LobbyStart) -> String {
    match start {
        LobbyStart::You => tr!(language, "lobby-when-you"),
        LobbyStart::Admin(Some(name)) => {
            tr!(language, "lobby-when-admin", who = name.as_str())
        }
        LobbyStart::Admin(None) => tr!(language, "lobby-when-told"),
        LobbyStart::Ready(count) => ready_count(language, *count),
        LobbyStart::Opened => tr!(language, "lobby-when-opened"),
        LobbyStart::AllReady => tr!(language, "lobby-when-all"),
        LobbyStart::At(clock, left) if *left > Span::ZERO => {
            let (at, left) = (at(language, *clock), long(language, *left));
            tr!(language, "lobby-when-in", at = at, left = left)
        }
        LobbyStart::At(clock, _) => at(language, *clock),
    }
}

/// When so many are ready.
#[must_use]
pub fn ready_count(language: Language, count: u32) -> String {
    tr!(language, "lobby-when-ready", count = count)
}

/// A time of day, with its day if that is not today.
#[must_use]
pub fn at(language: Language, clock: ClockTime) -> String {
    let time = clock.time.to_string();
    if clock.days > 0 {
        tr!(language, "lobby-when-tomorrow", time = time)
    } else {
        tr!(language, "lobby-when-at", time = time)
    }
}

fn name(language: Language, person: &Person) -> String {
    if person.is_you {
        tr!(language, "person-you")
    } else {
        person.name.as_str().to_owned()
    }
}

fn not_yet_name(language: Language, person: &Person, state: Option<HealthState>) -> String {
    let name = name(language, person);
    match state {
        Some(state) => format!("{name} ({})", health::words(language, state).short),
        None => name,
    }
}

/// The first names, and how many more there are; `None` if there is none.
#[must_use]
pub fn first_names(all: Vec<String>, most: usize) -> Option<String> {
    let more = all.len().saturating_sub(most);
    let named: Vec<String> = all.into_iter().take(most).collect();
    let named = named.join(", ");
    match (named.is_empty(), more) {
        (true, _) => None,
        (false, 0) => Some(named),
        (false, more) => Some(format!("{named} +{more}")),
    }
}
