//! Texts of the client: notices, reasons for denials, the state of the connection and of the
//! player. Texts from the network were cleaned on arrival; those of the system are cleaned here.

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
pub fn notice(notice: &Notice) -> String {
    match notice {
        Notice::ActionUndone(cause) => why(cause),
        Notice::NotPlayed(cause) => format!("The video was not put on. {}", why(cause)),
        Notice::NotConnected => "Not connected; the room did not pause or move.".to_owned(),
        Notice::CannotSeek { .. }
        | Notice::TimeJumps
        | Notice::EndsEarly
        | Notice::OtherBeginning { .. }
        | Notice::PartMissing { .. }
        | Notice::TriesAgain(_) => apart::text(notice),
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
        Notice::PlayerLacks(lack) => player_words::lack(*lack).to_owned(),
        Notice::Woke { slept } => {
            format!("This computer slept for {}. Catching up.", seconds(*slept))
        }
        Notice::ServerError(reason) => {
            format!(
                "The server could not make sense of this client: {}",
                reason.text
            )
        }
        Notice::Who(lines) => lists::who(lines),
        Notice::Bans(bans) => lists::banned(bans),
        Notice::OutOfDate => {
            "Not connected. When the connection broke it was like this:".to_owned()
        }
        Notice::Help => help::text(),
        happened => arrival::text(happened).unwrap_or_else(|| room(happened)),
    }
}

/// The text for an event of the room.
fn room(notice: &Notice) -> String {
    match notice {
        Notice::Asked { who, request } => requests::asked(who, request),
        Notice::Banned { name, by, address } => bans::banned(name, by, *address),
        Notice::Unbanned { name } => format!("{name} is no longer banned."),
        Notice::Waiting { .. } | Notice::WaitOver { .. } => waiting(notice),
        Notice::WaitPolicy { waits, chosen } => wait_policy(*waits, *chosen).to_owned(),
        Notice::Jumped { who, from, to } => {
            let (from, to) = distinct_positions(*from, *to);
            format!(
                "{} jumped from {from} to {to}. /undo takes it back.",
                subject(who)
            )
        }
        Notice::ActingAdmin { who } => {
            format!(
                "{} admin for now, until an admin is back.",
                does(who, "is", "are")
            )
        }
        Notice::Titled { title: Some(title) } => {
            format!("This room is now called {}.", quoted(title))
        }
        Notice::Titled { title: None } => "This room has no title any more.".to_owned(),
        Notice::Heir { who } => {
            format!(
                "{} admin when no admin is here.",
                does(who, "becomes", "become")
            )
        }
        Notice::Countdown { who } => {
            format!(
                "{} down: 3, 2, 1. /pause stops it.",
                does(who, "counts", "count")
            )
        }
        Notice::Count { number } => number.to_string(),
        Notice::Finished => {
            "The video is over, nothing follows, and its last frame stays. /add LINK adds another."
                .to_owned()
        }
        Notice::Unqueued { entry, by, cause } => unqueued(entry, by, *cause),
        Notice::RejectedTogether { who, count } => {
            format!("{} turned {count} proposals down.", subject(who))
        }
        Notice::GaveWay { entry, by } => {
            format!(
                "{}, proposed by {}, made room for another.",
                called(entry),
                object(by)
            )
        }
        about_media => media_notice(about_media),
    }
}

/// The text about whether the media plays, and about its length.
fn media_notice(notice: &Notice) -> String {
    match notice {
        Notice::PlaybackFailed {
            name,
            code,
            retrying,
        } => standstill::one(name, *code, *retrying),
        Notice::StartedWithout { missed } => standstill::started_without(&all(missed)),
        Notice::NobodyPlays { cause, next_in } => standstill::all(*cause, *next_in),
        Notice::AllWait { at_most } => standstill::all_wait(*at_most),
        Notice::SomebodyPlays => standstill::SOMEBODY.to_owned(),
        Notice::PartSkipped { from, to } => {
            let (from, to) = distinct_positions(*from, *to);
            standstill::part_skipped(&from, &to)
        }
        Notice::LengthSet { who, length } => {
            let length = length.map(|length| Position(length.0).to_string());
            standstill::length_set(who, length.as_deref())
        }
        _ => String::new(),
    }
}

/// The text for the beginning or the end of a wait.
fn waiting(notice: &Notice) -> String {
    match notice {
        Notice::Waiting { who, at_most } if who.is_you => format!(
            "Waiting for you: your video stalled. {} at most; /go plays on.",
            seconds(*at_most)
        ),
        Notice::Waiting { who, at_most } => format!(
            "Waiting for {}, whose video stalled: {} at most. /go plays on.",
            who.name,
            seconds(*at_most)
        ),
        Notice::WaitOver { who, took } if *took < SHORT_WAIT => {
            format!("The wait for {} is over. Playing on.", object(who))
        }
        Notice::WaitOver { who, took } => {
            format!("Waited {} for {}. Playing on.", seconds(*took), object(who))
        }
        _ => String::new(),
    }
}

fn wait_policy(waits: bool, chosen: bool) -> &'static str {
    match (waits, chosen) {
        (true, true) => "The room now waits for members whose video stalls.",
        (false, true) => "The room no longer waits for members whose video stalls.",
        (true, false) => "So few are here that the room waits for members whose video stalls.",
        (false, false) => {
            "So many are here that the room no longer waits for members whose video stalls."
        }
    }
}

fn unqueued(entry: &QueueEntry, by: &Person, cause: UnqueueCause) -> String {
    let what = called(entry);
    match cause {
        UnqueueCause::Rejected => format!("{what}, proposed by {}, was not approved.", object(by)),
        UnqueueCause::Withdrawn => format!("{} took {what} back.", subject(by)),
        UnqueueCause::Removed => format!("{what} was taken out of the queue."),
    }
}

/// A queue entry: its number and its title.
fn called(entry: &QueueEntry) -> String {
    let name = media::name(entry.title.as_ref(), &entry.media);
    format!("#{} {}", entry.id, quoted(&name))
}

/// The word for a role.
#[must_use]
pub const fn role(role: Role) -> &'static str {
    match role {
        Role::Viewer => "viewer",
        Role::Moderator => "moderator",
        Role::Admin => "admin",
    }
}

/// Why something was not done, and the next step.
#[must_use]
pub fn why(why: &Why) -> String {
    match why {
        Why::Denied(denied) => denied::denied(denied),
        Why::Refused(refused) => denied::refused(refused),
        Why::Unknown(reason) => server_words(reason),
        Why::Removed { by, is_banned } => bans::you_were_sent_out(by, *is_banned),
        Why::Usage(error) => usage::error(error),
        Why::Media(error) => media::error(error),
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
            format!("{} {next}", disconnect(cause))
        }
        Why::Unanswered => "Left before the room answered.".to_owned(),
        Why::NoPlayer => "There is no player: you joined with --no-player.".to_owned(),
        Why::TriedAlready => "It is being tried again already.".to_owned(),
        Why::NothingWrong => "Nothing is wrong with the player: there is nothing to try again. \
             If it looks otherwise, close mpv and type /retry."
            .to_owned(),
        Why::ReadsOn(read) => format!(
            "{} If it gets no farther, close mpv and type /retry.",
            player_words::reads_on(*read)
        ),
        Why::NotOpened(refusal) => media::refusal(refusal),
        Why::NoScreen => "That needs the screen: join in a terminal, without --json.".to_owned(),
    }
}

/// The state of the connection.
#[must_use]
pub fn connection(view: &ConnectionView) -> String {
    match view {
        ConnectionView::Connecting { server } => format!("Connecting to {server}."),
        ConnectionView::Connected => "Connected.".to_owned(),
        ConnectionView::Reconnecting { why, after } => format!(
            "{} Trying again in {}; /retry tries now.",
            disconnect(why),
            seconds(*after)
        ),
        ConnectionView::Refused(cause) => why(cause),
        ConnectionView::Closed => "Left.".to_owned(),
    }
}

/// Why there is no connection.
#[must_use]
pub fn disconnect(why: &Disconnect) -> String {
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
            sentence(&denied::refused(refused))
        }
        Disconnect::Closed(Some(CloseReason::Unknown(reason))) => sentence(&server_words(reason)),
    }
}

/// The server's text for a code that this version does not know.
fn server_words(reason: &Reason) -> String {
    if reason.text.is_empty() {
        format!("The server says no ({}).", reason.code)
    } else {
        reason.text.clone()
    }
}

/// The state of the player.
#[must_use]
pub fn player(view: &PlayerView) -> String {
    match view {
        PlayerView::Off => player_words::process(&ProcessState::Off),
        PlayerView::Starting => player_words::process(&ProcessState::Starting),
        PlayerView::Idle { lacks: None } => "The player is ready.".to_owned(),
        PlayerView::Idle { lacks: Some(lacks) } => {
            format!("The player is ready. {}", player_words::lack(*lacks))
        }
        PlayerView::Loading => "Opening the video.".to_owned(),
        PlayerView::Playing => "Playing.".to_owned(),
        PlayerView::Paused => "Paused.".to_owned(),
        PlayerView::Buffering => "The video stalls: waiting for data.".to_owned(),
        PlayerView::ReadingOn(read) => player_words::reads_on(*read),
        PlayerView::Frozen => player_words::process(&ProcessState::Frozen),
        PlayerView::Gone(state) => player_words::process(state),
        PlayerView::Failed(problem) => player_words::problem(problem),
        PlayerView::Refused(refusal) => media::refusal(refusal),
    }
}

/// A text with a full stop, so that another sentence can follow.
fn sentence(text: &str) -> String {
    let ends = text.ends_with(['.', '!', '?']);
    format!("{text}{}", if ends { "" } else { "." })
}

/// Two positions, with tenths of a second if they would look the same without.
fn distinct_positions(from: Position, to: Position) -> (String, String) {
    let whole = (from.to_string(), to.to_string());
    if whole.0 != whole.1 || from == to {
        return whole;
    }
    let tenths = |at: Position, whole: &str| {
        let tenth = at.0.max(0) % 1_000_000 / 100_000;
        format!("{whole}.{tenth}")
    };
    (tenths(from, &whole.0), tenths(to, &whole.1))
}

/// A span in seconds, with a tenth where it is short.
fn seconds(span: Span) -> String {
    let seconds = span.abs().as_seconds();
    if seconds < 9.95 {
        format!("{seconds:.1} s")
    } else {
        format!("{seconds:.0} s")
    }
}

#[cfg(test)]
mod tests;
