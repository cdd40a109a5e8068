//! The lobby: who is ready, when the media that waits starts, and that it does.

use super::moment::COUNTDOWN;
use super::{CommandContext, CommandResult, Decided, Moment, load};
use crate::media::Media;
use crate::protocol::denied::Denied;
use crate::protocol::event::RoomEvent;
use crate::protocol::lobby::{StartCause, StartRule};
use crate::protocol::member::Member;
use crate::protocol::playback::{Retime, Segment};
use crate::protocol::time::{RoomTime, Span};
use crate::room::lobby;
use crate::room::state::RoomState;

/// The furthest time to which a start can be set: a day, and an hour for a change from summer time
/// (judgement: people name a time of day).
const FURTHEST: Span = Span::seconds(25 * 3_600);

/// The sender is ready, or is not any more. While the media plays there is nothing to be ready for.
pub(super) fn set_ready(ctx: CommandContext<'_>, ready: bool) -> CommandResult {
    if ctx.state.timeline.wants_playing() {
        return Err(Denied::AlreadyPlaying);
    }
    if ctx.by.flags.ready == ready {
        return Err(if ready {
            Denied::AlreadyReady
        } else {
            Denied::NothingChanges
        });
    }
    let member = ctx.by.id;
    Ok(vec![RoomEvent::ReadyChanged { member, ready }.into()])
}

/// A member's player has given up what waits in the lobby: they are not ready for it.
pub(super) fn not_ready(state: &RoomState, member: &Member) -> Option<Decided> {
    let (member, ready) = (member.id, member.flags.ready);
    let waits = ready && lobby::holds_media(state);
    let ready = false;
    waits.then(|| RoomEvent::ReadyChanged { member, ready }.into())
}

/// Puts a link on that waits for its start. If no rule says when that is, an admin does.
pub(super) fn play_waiting(ctx: CommandContext<'_>, media: &Media) -> CommandResult {
    let start = ctx.state.start.or(Some(StartRule::Told));
    let missed = false;
    // The media finds a lobby that it can wait in.
    let state = RoomState {
        start,
        ..ctx.state.clone()
    };
    let ctx_of_lobby = CommandContext {
        state: &state,
        ..ctx
    };
    let mut decided = load::play(ctx_of_lobby, media)?;
    if start != ctx.state.start {
        decided.push(RoomEvent::StartSet { start, missed }.into());
    }
    Ok(decided)
}

/// Starts the media that waits, after a countdown.
pub(super) fn start(ctx: CommandContext<'_>) -> CommandResult {
    let timeline = &ctx.state.timeline;
    if timeline.is_idle() {
        return Err(Denied::NothingPlays);
    }
    if timeline.wants_playing() {
        return Err(Denied::AlreadyPlaying);
    }
    if timeline.standstill.is_some() {
        return Err(Denied::NobodyPlays);
    }
    let start = ctx.moment.start() + COUNTDOWN;
    Ok(vec![started(ctx.state, start, StartCause::Told)])
}

/// Sets when the media starts that waits or will wait. Without a rule the lobby is over: what waited
/// there is media that is paused, like any other.
pub(super) fn set(ctx: CommandContext<'_>, rule: Option<StartRule>) -> CommandResult {
    if ctx.state.timeline.wants_playing() {
        return Err(Denied::AlreadyPlaying);
    }
    if let Some(StartRule::At { at }) = rule {
        let now = ctx.moment.now;
        if at <= now || at > now + FURTHEST {
            return Err(Denied::StartOutOfReach);
        }
    }
    let start = rule;
    if start == ctx.state.start {
        return Err(Denied::NothingChanges);
    }
    let missed = false;
    Ok(vec![RoomEvent::StartSet { start, missed }.into()])
}

/// The rule that is left when a time has passed: what waits goes on waiting, for an admin's word.
fn waits_for_word(state: &RoomState) -> Option<StartRule> {
    lobby::holds_media(state).then_some(StartRule::Told)
}

/// The rule is fulfilled, or its time has passed without anybody here or anything on.
pub(super) fn due(state: &RoomState, moment: Moment) -> Vec<Decided> {
    let start = moment.start() + COUNTDOWN;
    let event = match state.start {
        Some(StartRule::At { .. }) if lobby::is_missed(state, moment.now) => {
            let start = waits_for_word(state);
            let missed = true;
            RoomEvent::StartSet { start, missed }.into()
        }
        Some(StartRule::At { at }) => started(state, start.max(at), StartCause::Time),
        _ => started(state, start, StartCause::Ready),
    };
    vec![event]
}

fn started(state: &RoomState, start: RoomTime, why: StartCause) -> Decided {
    RoomEvent::Retimed {
        segment: Segment {
            start,
            paused: false,
            ..state.timeline.segment
        },
        retime: Retime::Started { why },
        in_player: false,
        countdown: true,
    }
    .into()
}
