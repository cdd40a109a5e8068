//! Texts of the client: notices, reasons for denials, the state of the connection and of the
//! player. Texts from the network were cleaned on arrival; those of the system are cleaned here.

use super::numbers::{distinct_positions, seconds};
use super::sentences::{all, does, object, quoted, subject};
use super::{bans, help, media, player as player_words, requests, standstill, usage};
use crate::app::event::{CloseReason, Disconnect};
use crate::app::output::{ConnectionView, Notice, Person, PlayerView, Why};
use crate::protocol::member::Role;
use crate::protocol::playback::{QueueEntry, UnqueueCause};
use crate::protocol::text::clean;
use crate::protocol::time::{Position, Span};
use crate::sync::player::ProcessState;
use crate::texts::denied;
use crate::texts::language::Language;
use crate::wire::message::Reason;

mod apart;
mod arrival;
mod lists;

/// The most characters of a system error that are shown.
const SYSTEM_WORDS: usize = 200;

/// Shorter waits are given without seconds.
const SHORT_WAIT: Span = Span::millis(500);

/// A notice, in one line; lists take several.
#[must_use]
pub fn notice(language: Language, notice: &Notice) -> String {
    match notice {
        Notice::ActionUndone(cause) => why(language, cause),
        Notice::NotPlayed(cause) => format!("The video was not put on. {}", why(language, cause)),
        Notice::NotConnected => "Not connected; the room did not pause or move.".to_owned(),
        Notice::CannotSeek { .. }
        | Notice::TimeJumps
        | Notice::EndsEarly
        | Notice::OtherBeginning { .. }
        | Notice::PartMissing { .. }
        | Notice::TriesAgain(_) => apart::text(language, notice),
        Notice::NothingOn { invite } => {
            let friends = invite.as_ref().map_or_else(String::new, |invite| {
                format!("Friends join with: watchtogether join {invite}  ")
            });
            format!(
                "Waiting for a video... Add one in the terminal: /add LINK. {friends}Whoever \
                 posts a link answers for it; this service hosts nothing."
            )
        }
        Notice::QualityFixed => "This link has one quality only; your choice holds for YouTube \
             videos."
            .to_owned(),
        Notice::StalledTwice { lighter: true } => {
            "Your video stalled twice: /quality 480 makes it lighter.".to_owned()
        }
        Notice::StalledTwice { lighter: false } => "Your video stalled twice, and this link has \
             one quality only. A longer pause lets it fill up ahead: /ask asks for one. /nowait \
             lets the others play on meanwhile."
            .to_owned(),
        Notice::PlayerLacks(lack) => player_words::lack(language, *lack).to_owned(),
        Notice::Woke { slept } => {
            format!(
                "This computer slept for {}. Catching up.",
                seconds(language, *slept)
            )
        }
        Notice::ServerError(reason) => {
            format!(
                "The server could not make sense of this client: {}",
                reason.text
            )
        }
        Notice::Who(lines) => lists::who(language, lines),
        Notice::Bans(bans) => lists::banned(language, bans),
        Notice::OutOfDate => {
            "Not connected. When the connection broke it was like this:".to_owned()
        }
        Notice::Help => help::text(language),
        Notice::LanguageChanged => help::language_changed(language),
        happened => arrival::text(language, happened).unwrap_or_else(|| room(language, happened)),
    }
}

/// The text for an event of the room.
fn room(language: Language, notice: &Notice) -> String {
    match notice {
        Notice::Asked { who, request } => requests::asked(language, who, request),
        Notice::Banned { name, by, address } => bans::banned(language, name, by, *address),
        Notice::Unbanned { name } => format!("{name} is no longer banned."),
        Notice::Waiting { .. } | Notice::WaitOver { .. } => waiting(language, notice),
        Notice::WaitPolicy { waits, chosen } => wait_policy(language, *waits, *chosen).to_owned(),
        Notice::Jumped { who, from, to } => {
            let (from, to) = distinct_positions(language, *from, *to);
            format!(
                "{} jumped from {from} to {to}. /undo takes it back.",
                subject(language, who)
            )
        }
        Notice::ActingAdmin { who } => {
            format!(
                "{} admin for now, until an admin is back.",
                does(language, who, "is", "are")
            )
        }
        Notice::Titled { title: Some(title) } => {
            format!("This room is now called {}.", quoted(language, title))
        }
        Notice::Titled { title: None } => "This room has no title any more.".to_owned(),
        Notice::Heir { who } => {
            format!(
                "{} admin when no admin is here.",
                does(language, who, "becomes", "become")
            )
        }
        Notice::Countdown { who } => {
            format!(
                "{} down: 3, 2, 1. /pause stops it.",
                does(language, who, "counts", "count")
            )
        }
        Notice::Count { number } => number.to_string(),
        Notice::Finished => {
            "The video is over, nothing follows, and its last frame stays. /add LINK adds another."
                .to_owned()
        }
        Notice::Unqueued { entry, by, cause } => unqueued(language, entry, by, *cause),
        Notice::RejectedTogether { who, count } => {
            format!("{} turned {count} proposals down.", subject(language, who))
        }
        Notice::GaveWay { entry, by } => {
            format!(
                "{}, proposed by {}, made room for another.",
                called(language, entry),
                object(language, by)
            )
        }
        about_media => media_notice(language, about_media),
    }
}

/// The text about whether the media plays, and about its length.
fn media_notice(language: Language, notice: &Notice) -> String {
    match notice {
        Notice::PlaybackFailed {
            name,
            code,
            retrying,
        } => standstill::one(language, name, *code, *retrying),
        Notice::StartedWithout { missed } => {
            standstill::started_without(language, &all(language, missed))
        }
        Notice::NobodyPlays { cause, next_in } => standstill::all(language, *cause, *next_in),
        Notice::AllWait { at_most } => standstill::all_wait(language, *at_most),
        Notice::SomebodyPlays => standstill::SOMEBODY.to_owned(),
        Notice::PartSkipped { from, to } => {
            let (from, to) = distinct_positions(language, *from, *to);
            standstill::part_skipped(language, &from, &to)
        }
        Notice::LengthSet { who, length } => {
            let length = length.map(|length| Position(length.0).to_string());
            standstill::length_set(language, who, length.as_deref())
        }
        _ => String::new(),
    }
}

/// The text for the beginning or the end of a wait.
fn waiting(language: Language, notice: &Notice) -> String {
    match notice {
        Notice::Waiting { who, at_most } if who.is_you => format!(
            "Waiting for you: your video stalled. {} at most; /go plays on.",
            seconds(language, *at_most)
        ),
        Notice::Waiting { who, at_most } => format!(
            "Waiting for {}, whose video stalled: {} at most. /go plays on.",
            who.name,
            seconds(language, *at_most)
        ),
        Notice::WaitOver { who, took } if *took < SHORT_WAIT => {
            format!(
                "The wait for {} is over. Playing on.",
                object(language, who)
            )
        }
        Notice::WaitOver { who, took } => {
            format!(
                "Waited {} for {}. Playing on.",
                seconds(language, *took),
                object(language, who)
            )
        }
        _ => String::new(),
    }
}

fn wait_policy(language: Language, waits: bool, chosen: bool) -> &'static str {
    match (waits, chosen) {
        (true, true) => "The room now waits for members whose video stalls.",
        (false, true) => "The room no longer waits for members whose video stalls.",
        (true, false) => "So few are here that the room waits for members whose video stalls.",
        (false, false) => {
            "So many are here that the room no longer waits for members whose video stalls."
        }
    }
}

fn unqueued(language: Language, entry: &QueueEntry, by: &Person, cause: UnqueueCause) -> String {
    let what = called(language, entry);
    match cause {
        UnqueueCause::Rejected => format!(
            "{what}, proposed by {}, was not approved.",
            object(language, by)
        ),
        UnqueueCause::Withdrawn => format!("{} took {what} back.", subject(language, by)),
        UnqueueCause::Removed => format!("{what} was taken out of the queue."),
    }
}

/// A queue entry: its number and its title.
fn called(language: Language, entry: &QueueEntry) -> String {
    let name = media::name(language, entry.title.as_ref(), &entry.media);
    format!("#{} {}", entry.id, quoted(language, &name))
}

/// The word for a role.
#[must_use]
pub const fn role(language: Language, role: Role) -> &'static str {
    match role {
        Role::Viewer => "viewer",
        Role::Moderator => "moderator",
        Role::Admin => "admin",
    }
}

/// Why something was not done, and the next step.
#[must_use]
pub fn why(language: Language, why: &Why) -> String {
    match why {
        Why::Denied(denied) => denied::denied(language, denied),
        Why::Refused(refused) => denied::refused(language, refused),
        Why::Unknown(reason) => server_words(language, reason),
        Why::Removed { by, is_banned } => bans::you_were_sent_out(language, by, *is_banned),
        Why::Usage(error) => usage::error(language, error),
        Why::Media(error) => media::error(language, error),
        Why::NotConnected { pausing: true } => "Not connected; the room did not pause.".to_owned(),
        Why::NotConnected { pausing: false } => {
            "Not connected; the room did not hear of it. Try again once you are back.".to_owned()
        }
        Why::Unreachable(cause) => {
            let next = match cause {
                Disconnect::NoWebSockets { .. } => {
                    "Its operator has to let the proxy pass the Upgrade header on."
                }
                _ => "Check the address, and that the server runs.",
            };
            format!("{} {next}", disconnect(language, cause))
        }
        Why::Unanswered => "Left before the room answered.".to_owned(),
        Why::NoPlayer => "There is no player: you joined with --no-player.".to_owned(),
        Why::TriedAlready => "It is being tried again already.".to_owned(),
        Why::NothingWrong => "Nothing is wrong with the player: there is nothing to try again. \
             If it looks otherwise, close mpv and type /retry."
            .to_owned(),
        Why::ReadsOn(read) => format!(
            "{} If it gets no farther, close mpv and type /retry.",
            player_words::reads_on(language, *read)
        ),
        Why::NotOpened(refusal) => media::refusal(language, refusal),
        Why::NoScreen => "That needs the screen: join in a terminal, without --json.".to_owned(),
    }
}

/// The state of the connection.
#[must_use]
pub fn connection(language: Language, view: &ConnectionView) -> String {
    match view {
        ConnectionView::Connecting { server } => format!("Connecting to {server}."),
        ConnectionView::Connected => "Connected.".to_owned(),
        ConnectionView::Reconnecting { why, after } => format!(
            "{} Trying again in {}; /retry tries now.",
            disconnect(language, why),
            seconds(language, *after)
        ),
        ConnectionView::Refused(cause) => why(language, cause),
        ConnectionView::Closed => "Left.".to_owned(),
    }
}

/// Why there is no connection.
#[must_use]
pub fn disconnect(language: Language, why: &Disconnect) -> String {
    let system = |error: &str| clean(error, SYSTEM_WORDS);
    match why {
        Disconnect::Unreachable { error } => {
            format!("The server cannot be reached ({}).", system(error))
        }
        Disconnect::NotAServer { error } => format!(
            "What answers there is no watchtogether server ({}).",
            system(error)
        ),
        Disconnect::NoWebSockets { error } => format!(
            "A watchtogether server answers there, but what stands before it does not pass \
             WebSockets on ({}).",
            system(error)
        ),
        Disconnect::NoAnswer => "The server does not answer.".to_owned(),
        Disconnect::Lost { error } => format!("The connection broke ({}).", system(error)),
        Disconnect::Silent => "The server does not answer any more.".to_owned(),
        Disconnect::Closed(None) => "The server closed the connection.".to_owned(),
        Disconnect::Closed(Some(CloseReason::Known(refused))) => {
            sentence(&denied::refused(language, refused))
        }
        Disconnect::Closed(Some(CloseReason::Unknown(reason))) => {
            sentence(&server_words(language, reason))
        }
    }
}

/// The server's text for a code that this version does not know.
fn server_words(language: Language, reason: &Reason) -> String {
    if reason.text.is_empty() {
        format!("The server says no ({}).", reason.code)
    } else {
        reason.text.clone()
    }
}

/// The state of the player.
#[must_use]
pub fn player(language: Language, view: &PlayerView) -> String {
    match view {
        PlayerView::Off => player_words::process(language, &ProcessState::Off),
        PlayerView::Starting => player_words::process(language, &ProcessState::Starting),
        PlayerView::Idle { lacks: None } => "The player is ready.".to_owned(),
        PlayerView::Idle { lacks: Some(lacks) } => {
            format!(
                "The player is ready. {}",
                player_words::lack(language, *lacks)
            )
        }
        PlayerView::Loading => "Opening the video.".to_owned(),
        PlayerView::Playing => "Playing.".to_owned(),
        PlayerView::Paused => "Paused.".to_owned(),
        PlayerView::Buffering => "The video stalls: waiting for data.".to_owned(),
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
mod tests;
