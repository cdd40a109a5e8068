//! Texts of the client: notices, reasons for denials, the state of the connection and of the
//! player. Texts from the network were cleaned on arrival.

use super::numbers::seconds;
use super::sentences::{quoted, remover, you};
use super::{
    bans, command_help, help, media, network, player as player_words, requests, tls, usage,
};
use crate::app::command::Slash;
use crate::app::event::{CloseReason, Disconnect};
use crate::app::network_fault::NetworkFault;
use crate::app::output::{ConnectionView, Notice, Person, PlayerView, Why};
use crate::protocol::ids::RoomId;
use crate::protocol::text::MemberName;
use crate::sync::player::{ProcessState, TrackKind};
use crate::texts::language::Language;
use crate::texts::{denied, frames, tr};
use crate::wire::message::Reason;

mod apart;
mod arrival;
mod batches;
mod chapters;
mod entries;
mod invites;
mod lists;
mod lobby;
mod moderation;
mod own_player;
mod playback;
mod server;
mod waiting;
mod window;

pub use invites::about_link;
pub use own_player::{sound_device, sound_mark};

/// A notice, in one line; lists take several.
#[must_use]
pub fn notice(language: Language, notice: &Notice) -> String {
    let text = own(language, notice)
        .or_else(|| arrival::text(language, notice))
        .or_else(|| invites::text(language, notice))
        .or_else(|| server::text(language, notice))
        .or_else(|| own_player::text(language, notice))
        .or_else(|| playback::text(language, notice))
        .or_else(|| lobby::text(language, notice))
        .or_else(|| waiting::text(language, notice))
        .or_else(|| entries::text(language, notice))
        .or_else(|| moderation::text(language, notice))
        .or_else(|| window::text(language, notice));
    text.unwrap_or_else(|| room(language, notice))
}

/// The text about what the reader did or asked for; `None` for other notices.
fn own(language: Language, notice: &Notice) -> Option<String> {
    let text = match notice {
        Notice::ActionUndone(cause) => why(language, cause),
        Notice::NotPlayed(cause) => {
            tr!(language, "notice-not-played", why = why(language, cause))
        }
        Notice::NotConnected => tr!(language, "notice-not-connected"),
        Notice::ServerError(reason) => {
            let reason = match reason.frame_error() {
                Some(error) => frames::frame_error(language, error, ""),
                None => quoted(language, &reason.text),
            };
            tr!(language, "notice-server-error", reason = reason)
        }
        Notice::Apart(notice) => apart::text(language, notice),
        Notice::Who(lines) => lists::who(language, lines),
        Notice::Bans(list) => lists::banned(language, list),
        Notice::Invites(list) => invites::list(language, list),
        Notice::OutOfDate => tr!(language, "notice-out-of-date"),
        Notice::OwnFile(problem) => batches::own_file(language, problem),
        Notice::Help => help::text(language),
        Notice::Reactions(own) => command_help::reactions(language, own),
        Notice::CommandHelp(name) => Slash::named(name)
            .map(|slash| command_help::text(language, slash))
            .unwrap_or_default(),
        Notice::LanguageChanged(chosen) => help::language_changed(*chosen),
        _ => return None,
    };
    Some(text)
}

/// The text about the room's members and its title.
fn room(language: Language, notice: &Notice) -> String {
    match notice {
        Notice::Asked { who, request } => requests::asked(language, who, request),
        Notice::Banned { name, by, address } => bans::banned(language, name, by, *address),
        Notice::Unbanned { name, by } => {
            let name = name.as_str();
            by.as_ref().map_or_else(
                || tr!(language, "notice-unbanned", name = name),
                |by| {
                    let (who, you) = (by.name.as_str(), you(by));
                    tr!(
                        language,
                        "notice-unbanned-by",
                        who = who,
                        you = you,
                        name = name
                    )
                },
            )
        }
        Notice::ActingAdmin { who, until } => {
            let (name, you) = (who.name.as_str(), you(who));
            until.as_ref().map_or_else(
                || tr!(language, "notice-acting-admin", who = name, you = you),
                |admin| {
                    let admin = admin.as_str();
                    tr!(
                        language,
                        "notice-acting-admin-until",
                        who = name,
                        you = you,
                        admin = admin
                    )
                },
            )
        }
        Notice::Emote { name, text } => emote(language, name, text.as_deref()),
        Notice::Titled { title, by } => titled(language, title.as_deref(), by.as_ref()),
        Notice::Heir { who, by } => heir(language, who, by.as_ref()),
        _ => String::new(),
    }
}

/// The heir was named, by an admin if that is known.
fn heir(language: Language, heir: &Person, by: Option<&Person>) -> String {
    let (name, own) = (heir.name.as_str(), you(heir));
    let Some(by) = by else {
        return tr!(language, "notice-heir", who = name, you = own);
    };
    let (who, you) = (by.name.as_str(), you(by));
    tr!(
        language,
        "notice-heir-by",
        who = who,
        you = you,
        heir = name,
        own = own
    )
}

/// The room's title changed.
fn emote(language: Language, name: &str, text: Option<&str>) -> String {
    match text {
        Some(text) => {
            let hidden = emojis::get_by_shortcode(name.trim_matches(':'));
            let text = quoted(language, text);
            if let Some(emoji) = hidden {
                let emoji = emoji.as_str();
                return tr!(
                    language,
                    "notice-emote-hides",
                    name = name,
                    text = text,
                    emoji = emoji
                );
            }
            tr!(language, "notice-emote", name = name, text = text)
        }
        None => tr!(language, "notice-emote-gone", name = name),
    }
}

fn titled(language: Language, title: Option<&str>, by: Option<&Person>) -> String {
    let title = title.map(|title| quoted(language, title));
    match (title, by) {
        (Some(title), Some(by)) => {
            let (who, you) = (by.name.as_str(), you(by));
            tr!(
                language,
                "notice-titled-by",
                who = who,
                you = you,
                title = title
            )
        }
        (Some(title), None) => tr!(language, "notice-titled", title = title),
        (None, Some(by)) => {
            let (who, you) = (by.name.as_str(), you(by));
            tr!(language, "notice-untitled-by", who = who, you = you)
        }
        (None, None) => tr!(language, "notice-untitled"),
    }
}

/// Why something was not done, and the next step.
#[must_use]
pub fn why(language: Language, why: &Why) -> String {
    match why {
        Why::Denied(denied) => denied::denied(language, denied),
        Why::Refused(refused) => denied::refused(language, refused),
        Why::Unknown(reason) => server_words(language, reason),
        Why::Removed {
            by,
            room,
            is_banned,
        } => removed(language, by, room, *is_banned),
        Why::RoomClosed { by, you, room } => closed(language, by, *you, room),
        Why::NothingToWatch { room } => nothing_to_watch(language, room),
        Why::Usage(error) => usage::error(language, error),
        Why::Media(error) => media::error(language, error),
        Why::NotConnected { pausing: true } => tr!(language, "why-not-connected-pause"),
        Why::NotConnected { pausing: false } => tr!(language, "why-not-connected"),
        Why::TooManyUnsent { most } => tr!(language, "why-too-many-unsent", most = (*most)),
        Why::Unreachable(cause) => {
            let next = match cause {
                Disconnect::NoWebSockets { .. } => tr!(language, "why-proxy"),
                Disconnect::Insecure(fault) => tls::next(language, fault),
                _ => tr!(language, "why-address"),
            };
            format!("{} {next}", disconnect(language, cause))
        }
        Why::Unanswered => tr!(language, "why-unanswered"),
        Why::PlayerClosed => tr!(language, "why-player-closed"),
        Why::PlayerFrozen => tr!(language, "why-player-frozen"),
        Why::NoPlayer => tr!(language, "why-no-player"),
        Why::NoSubtitles(_) | Why::NoSubtitlesOffered => own_player::without(language, why),
        Why::NoSuchTrack(TrackKind::Audio) => tr!(language, "why-no-such-audio"),
        Why::NoSuchTrack(TrackKind::Subtitles) => tr!(language, "why-no-such-subtitles"),
        Why::TriedAlready => tr!(language, "why-tried-already"),
        Why::NotReady { closed: true } => tr!(language, "why-not-ready-closed"),
        Why::NotReady { closed: false } => tr!(language, "why-not-ready"),
        Why::NothingWrong => tr!(language, "why-nothing-wrong"),
        Why::ReadsOn(read) => {
            let reading = player_words::reads_on(language, *read);
            tr!(language, "why-reads-on", reading = reading)
        }
        Why::NotOpened(refusal) => media::refusal(language, refusal),
        Why::NoScreen => tr!(language, "why-no-screen"),
        Why::NoPlaylist(_)
        | Why::NoSuchChapter { .. }
        | Why::NothingToSave { .. }
        | Why::OwnFile(_)
        | Why::NoSuchList
        | Why::NoRemovedList
        | Why::PlaylistsWait
        | Why::NothingToQueue => batches::why(language, why),
    }
}

fn nothing_to_watch(language: Language, room: &RoomId) -> String {
    tr!(language, "why-nothing-to-watch", room = room.as_str())
}

/// The room was closed; `you`: by the reader.
fn closed(language: Language, by: &MemberName, you: bool, room: &RoomId) -> String {
    let (who, room) = (remover(language, by), room.as_str());
    let you = if you { "yes" } else { "no" };
    tr!(
        language,
        "why-room-closed",
        who = who,
        you = you,
        room = room
    )
}

/// The reader was removed from the room.
fn removed(language: Language, by: &MemberName, room: &RoomId, is_banned: bool) -> String {
    let (who, room) = (remover(language, by), room.as_str());
    if is_banned {
        tr!(language, "why-banned", who = who, room = room)
    } else {
        tr!(language, "why-removed", who = who, room = room)
    }
}

/// Why the connection is away, without when the next attempt is.
#[must_use]
pub fn interrupted(language: Language, why: &Disconnect) -> String {
    tr!(
        language,
        "connection-interrupted",
        why = disconnect(language, why)
    )
}

/// The state of the connection.
#[must_use]
pub fn connection(language: Language, view: &ConnectionView) -> String {
    match view {
        ConnectionView::Connecting { server } => {
            tr!(language, "connection-connecting", server = server.as_str())
        }
        ConnectionView::Connected => tr!(language, "connection-connected"),
        ConnectionView::Reconnecting { why, after } => tr!(
            language,
            "connection-reconnecting",
            why = disconnect(language, why),
            after = seconds(language, *after)
        ),
        ConnectionView::Refused(cause) => why(language, cause),
        ConnectionView::Closed => tr!(language, "connection-closed"),
    }
}

/// Why there is no connection.
#[must_use]
pub fn disconnect(language: Language, why: &Disconnect) -> String {
    let error = |fault: &NetworkFault| network::fault(language, fault);
    match why {
        Disconnect::Unreachable { error: fault } => {
            tr!(language, "connection-unreachable", error = error(fault))
        }
        Disconnect::Insecure(fault) => tls::fault(language, fault),
        Disconnect::NotAServer { error: fault } => {
            tr!(language, "connection-not-a-server", error = error(fault))
        }
        Disconnect::NoWebSockets { error: fault } => {
            tr!(language, "connection-no-websockets", error = error(fault))
        }
        Disconnect::NoAnswer => tr!(language, "connection-no-answer"),
        Disconnect::Lost { error: fault } => {
            tr!(language, "connection-lost", error = error(fault))
        }
        Disconnect::HostLeft => tr!(language, "connection-host-left"),
        Disconnect::Silent => tr!(language, "connection-silent"),
        Disconnect::Closed(None) => tr!(language, "connection-closed-by-server"),
        Disconnect::Closed(Some(CloseReason::Known(refused))) => {
            sentence(&denied::refused(language, refused))
        }
        Disconnect::Closed(Some(CloseReason::Unknown(reason))) => server_words(language, reason),
    }
}

/// The server's text for a code that this version does not know, as a quotation.
fn server_words(language: Language, reason: &Reason) -> String {
    if reason.text.is_empty() {
        tr!(language, "why-unknown", code = reason.code.as_str())
    } else {
        let text = quoted(language, reason.text.trim_end_matches('.'));
        tr!(language, "why-server-says", text = text)
    }
}

/// The state of the player.
#[must_use]
pub fn player(language: Language, view: &PlayerView) -> String {
    match view {
        PlayerView::Off => player_words::process(language, &ProcessState::Off),
        PlayerView::Starting => player_words::process(language, &ProcessState::Starting),
        PlayerView::Idle { .. } => tr!(language, "notice-player-ready"),
        PlayerView::Loading => tr!(language, "notice-player-loading"),
        PlayerView::Playing => tr!(language, "notice-player-playing"),
        PlayerView::Paused => tr!(language, "notice-player-paused"),
        PlayerView::Buffering => tr!(language, "notice-player-buffering"),
        PlayerView::ReadingOn(read) => player_words::reads_on(language, *read),
        PlayerView::Frozen => player_words::process(language, &ProcessState::Frozen),
        PlayerView::Gone(state) => player_words::process(language, state),
        PlayerView::Failed(problem) => player_words::problem(language, problem),
        PlayerView::Refused(refusal) => media::refusal(language, refusal),
    }
}

/// A text with a full stop, so that another sentence can follow.
fn sentence(text: &str) -> String {
    let ends = text.ends_with(['.', '!', '?']);
    format!("{text}{}", if ends { "" } else { "." })
}

#[cfg(test)]
mod names_tests;
#[cfg(test)]
mod tests;
