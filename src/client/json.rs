//! The client's output for programs, `--json`: each [`Output`] is one JSON object on a line.
//!
//! The first field, `type`, says which; fields only ever get added. Seconds are floats,
//! `at` and `start` are room time in seconds. The words in `text` are for people and may
//! change; everything else is for programs.

use schemars::generate::SchemaSettings;
use serde_json::Value;

use object::{EntryRow, Object, You};

use super::{codes, json_text};
use crate::app::decision::Decision;
use crate::app::output::{
    ConnectionView, LobbyNotice, MemberChange, Notice, Output, Person, PlayerView, Removal,
    Renaming, TimelineView, Why,
};
use crate::protocol::ephemeral::Reaction;
use crate::protocol::event::ChatLine;
use crate::protocol::failure::FailureCode;
use crate::protocol::ids::{ChatId, Epoch, MemberId, Rev};
use crate::protocol::lobby::StartRule;
use crate::protocol::member::Role;
use crate::protocol::playback::{Playing, QueueEntry, StandstillCause};
use crate::protocol::time::{Position, RoomTime, Span};
use crate::strings::client as words;
use crate::strings::decisions;
use crate::strings::media::name;
use crate::sync::follow::{Status, SyncAction};
use crate::texts::language::Language;

pub mod errand;
mod object;

/// The JSON Schema of a line.
#[must_use]
pub fn schema(settings: SchemaSettings) -> Value {
    let generator = settings.for_serialize().into_generator();
    generator.into_root_schema_for::<Object<'_>>().into()
}

/// The line for an output of the app, without its end.
#[must_use]
pub(super) fn line(language: Language, output: &Output) -> String {
    json_text::line(&object(language, output)).unwrap_or_else(|cause| {
        tracing::error!("a line of JSON could not be written: {cause}");
        String::new()
    })
}

fn object(language: Language, output: &Output) -> Object<'_> {
    match output {
        Output::Joined {
            room,
            id,
            name,
            role,
            server,
            lifetime,
        } => Object::Joined {
            room,
            // Who only watches from outside is nobody there.
            you: (*id != MemberId::default()).then_some(You {
                id: *id,
                name,
                role: *role,
            }),
            server,
            kept_for: lifetime.now.as_seconds(),
        },
        Output::Viewers(count) => Object::Viewers { count: *count },
        Output::Observers(count) => Object::Observers { count: *count },
        Output::Member {
            id,
            who,
            role,
            change,
            by,
        } => member(*id, who, *role, *change, by.as_ref()),
        Output::Renamed(renaming) => renamed(renaming),
        Output::Removed(removal) => removed(removal),
        Output::Chat {
            line,
            spelled,
            history,
        } => chat(line, spelled.as_deref(), *history),
        Output::Reaction(reaction) => reacted(reaction),
        Output::Erased { id, by, .. } | Output::ErasedTogether { id, by } => erased(*id, by),
        Output::Media {
            playing,
            epoch,
            started_by,
            in_lobby,
            ..
        } => media(playing.as_ref(), *epoch, started_by.as_ref(), *in_lobby),
        Output::Timeline(view) => timeline(*view),
        Output::Queue(entries) | Output::QuietQueue(entries) => queue(entries),
        Output::Player(view) => player(language, view),
        Output::Sync(status) => sync(status),
        Output::Decision { decision, asked } => decided(language, decision, *asked),
        Output::WaitingForPlayers {
            missing, at_most, ..
        } => gate(missing, *at_most),
        Output::Connection(view) => connection(language, view),
        &Output::Ok { line, rev } => carried_out(line, rev),
        Output::Denied { line, why } => denied(language, *line, why),
        Output::Notice(notice) => noticed(language, notice),
    }
}

fn queue(entries: &[QueueEntry]) -> Object<'_> {
    Object::Queue {
        entries: entries.iter().map(queue_entry).collect(),
    }
}

const fn carried_out<'a>(line: u64, rev: Rev) -> Object<'a> {
    Object::Ok {
        line,
        rev,
        entry: None,
        state: None,
    }
}

fn member<'a>(
    id: MemberId,
    who: &'a Person,
    role: Role,
    change: MemberChange,
    by: Option<&'a Person>,
) -> Object<'a> {
    Object::Member {
        id,
        name: &who.name,
        role,
        change: change.into(),
        by: by.map(|by| &by.name),
        was: None,
    }
}

fn renamed(renaming: &Renaming) -> Object<'_> {
    Object::Member {
        id: renaming.id,
        name: &renaming.who.name,
        role: renaming.role,
        change: "renamed",
        by: None,
        was: renaming.was.as_ref(),
    }
}

fn removed(removal: &Removal) -> Object<'_> {
    Object::Member {
        id: removal.id,
        name: &removal.name,
        role: removal.role,
        change: "removed",
        by: removal.by.as_ref().map(|by| &by.name),
        was: None,
    }
}

fn denied(language: Language, line: u64, why: &Why) -> Object<'static> {
    Object::Denied {
        line,
        code: codes::why(why),
        text: words::why(language, why),
    }
}

fn chat<'a>(line: &'a ChatLine, spelled: Option<&'a str>, history: bool) -> Object<'a> {
    Object::Chat {
        id: line.id,
        from: &line.name,
        text: &line.text,
        spelled,
        at: seconds(line.at),
        history,
        removed_by: line.erased.as_ref(),
    }
}

fn erased(id: ChatId, by: &Person) -> Object<'_> {
    Object::ChatRemoved { id, by: &by.name }
}

fn reacted(reaction: &Reaction) -> Object<'_> {
    Object::Reaction {
        from: &reaction.name,
        emoji: &reaction.emoji,
    }
}

fn player(language: Language, view: &PlayerView) -> Object<'static> {
    Object::Player {
        state: codes::player(view),
        code: codes::failure(view),
        text: words::player(language, view),
    }
}

fn noticed(language: Language, notice: &Notice) -> Object<'_> {
    Object::Notice {
        code: codes::notice(notice),
        reason: failure(notice),
        link: codes::invite_link(notice),
        start: start(notice),
        text: words::notice(language, notice),
    }
}

/// What is on; only `epoch` says something when nothing is.
fn media<'a>(
    playing: Option<&'a Playing>,
    epoch: Epoch,
    started_by: Option<&'a Person>,
    in_lobby: bool,
) -> Object<'a> {
    Object::Media {
        kind: playing.map(|playing| playing.media.kind()),
        url: playing.map(|playing| playing.media.url()),
        name: playing.map(|playing| name(playing.title.as_ref(), &playing.media)),
        title: playing.and_then(|playing| playing.title.as_ref()),
        duration: playing.and_then(|playing| playing.duration.map(Span::as_seconds)),
        epoch,
        started_by: started_by.map(|by| &by.name),
        in_lobby: in_lobby.then_some(true),
    }
}

fn timeline(view: TimelineView) -> Object<'static> {
    Object::Timeline {
        position: view.position.as_seconds(),
        paused: view.paused,
        held: view.held,
        rate: view.rate.factor(),
        rev: view.rev,
        at: seconds(view.at),
        start: seconds(view.start),
    }
}

fn queue_entry(entry: &QueueEntry) -> EntryRow<'_> {
    EntryRow {
        id: entry.id,
        title: entry.title.as_ref(),
        name: name(entry.title.as_ref(), &entry.media),
        url: entry.media.url(),
        kind: entry.media.kind(),
        by: &entry.by_name,
        duration: entry.duration.map(Span::as_seconds),
        state: entry.state,
    }
}

fn sync(status: &Status) -> Object<'static> {
    Object::Sync {
        state: status.state.into(),
        error_ms: status.error.map(millis),
        bound_ms: status.bound.map(millis),
        speed: status.speed,
        reason: codes::unsynced(status.state),
        apart: status.apart.map(Span::as_seconds),
    }
}

fn connection(language: Language, view: &ConnectionView) -> Object<'static> {
    let code = match view {
        ConnectionView::Refused(why) => Some(codes::why(why)),
        _ => None,
    };
    Object::Connection {
        state: view.into(),
        code,
        text: words::connection(language, view),
    }
}

fn gate(missing: &[Person], at_most: Span) -> Object<'_> {
    Object::Gate {
        waiting_for: missing.iter().map(|person| &person.name).collect(),
        at_most: at_most.as_seconds(),
    }
}

/// The time at which the media starts, where a notice is about that.
fn start(notice: &Notice) -> Option<f64> {
    match notice {
        Notice::Lobby(
            LobbyNotice::StartSet {
                start: StartRule::At { at },
                ..
            }
            | LobbyNotice::Waits {
                start: StartRule::At { at },
                ..
            },
        ) => Some(seconds(*at)),
        _ => None,
    }
}

/// Why something cannot be played, where a notice is about that.
const fn failure(notice: &Notice) -> Option<FailureCode> {
    match notice {
        Notice::PlaybackFailed { code, .. }
        | Notice::NobodyPlays {
            cause: StandstillCause::Failed { code },
            ..
        } => Some(*code),
        _ => None,
    }
}

/// A decision; `to` is a position for `load` and `seek`, a factor for `rate` and `bend`.
fn decided(language: Language, decision: &Decision, asked: bool) -> Object<'static> {
    let what = &decision.what;
    let to = match what.action {
        SyncAction::Load(to) | SyncAction::Seek(to) => Some(to.as_seconds()),
        SyncAction::SetRate(to) | SyncAction::BendSpeed { speed: to, .. } => Some(to),
        SyncAction::Pause
        | SyncAction::Play
        | SyncAction::RestoreSpeed(_)
        | SyncAction::BackOff
        | SyncAction::GiveUp => None,
    };
    Object::Decision {
        action: what.action.into(),
        cause: what.cause.into(),
        at: decision.at.map(seconds),
        position: decision.position.map(Position::as_seconds),
        to,
        error_ms: what.error.map(millis),
        bound_ms: what.bound.map(millis),
        state: what.state.into(),
        asked,
        text: decisions::text(language, decision),
    }
}

/// Room time in seconds since the Unix epoch: exact to the microsecond for centuries.
fn seconds(time: RoomTime) -> f64 {
    Span(time.0).as_seconds()
}

/// Milliseconds, exact to the microsecond and printed no longer than that.
fn millis(span: Span) -> f64 {
    let millis = span.as_seconds() * 1_000.0;
    (millis * 1_000.0).round() / 1_000.0
}

#[cfg(test)]
mod tests;
