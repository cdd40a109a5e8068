//! What the app reports, as the screen takes it in: lines of the log, toasts, reactions, pages,
//! and what the terminal is asked to ring for.

use super::chat_log::{BeganAt, LogContent, LoggedChat};
use super::dialogs;
use super::media_rules::{media_began, media_of_lines};
use super::on_notice::on_notice;
use super::overlay::Overlay;
use super::pending_start;
use super::state::ScreenState;
use super::telling::{alert, flash, log};
use super::toast::ToastContent;
use super::trust;
use super::view::ClientView;
use crate::app::effect::Alert;
use crate::app::mention::is_mentioned;
use crate::app::output::{ConnectionView, MemberChange, Output, Person, TimelineView, Why};
use crate::app::preferences::AlertKind;
use crate::protocol::denied::{Denied, Refused};
use crate::protocol::ephemeral::Reaction;
use crate::protocol::event::ChatLine;
use crate::protocol::ids::{ChatId, Epoch, MemberId};
use crate::protocol::invite::invite_link;
use crate::protocol::playback::{EntryState, Playing, QueueEntry};
use crate::protocol::time::RoomTime;
use crate::room::chat::MediaMark;
use crate::room::lobby;

/// Takes in what the app reports.
pub(super) fn on_output(screen: &mut ScreenState, view: &ClientView<'_>, output: &Output) {
    match output {
        Output::Joined { .. } => on_joined(screen, view),
        Output::Chat {
            line,
            spelled,
            history,
        } => on_chat(screen, view, (line, spelled.as_ref()), *history),
        Output::Erased { id, by, .. } | Output::ErasedTogether { id, by } => erase(screen, *id, by),
        Output::Reaction(reaction) => on_reaction(screen, view, reaction),
        Output::Ok { line, .. } => screen.succeeded(*line),
        Output::Denied { why, .. } => on_denied(screen, view, why),
        Output::Sync(status) => screen.stats.measured(status),
        Output::Connection(connection) => on_connection(screen, view, output, connection),
        Output::Queue(entries) => on_queue(screen, view, entries),
        // No line is written about these.
        Output::QuietQueue(entries) => {
            queue_seen(screen, entries);
        }
        Output::Media {
            playing: Some(playing),
            epoch,
            in_lobby,
            ..
        } => {
            if !screen.seen.is_new_epoch(*epoch) {
                return screen.log.learn_of_media(*epoch, playing);
            }
            screen.stats.media_began(*epoch);
            on_media(screen, view, (*epoch, playing), output);
            // In the lobby the alert is for the start itself.
            if !in_lobby {
                alert(screen, view, Alert::Started(playing.title.clone()));
            }
        }
        Output::Media { epoch, .. } => {
            screen.seen.is_new_epoch(*epoch);
        }
        Output::Timeline(timeline) => on_timeline(screen, view, output, timeline),
        Output::Player(player) => {
            if player.is_notable() {
                log(screen, view, output);
            }
            trust::on_player(screen, player);
        }
        // A notice says who is acting admin.
        Output::Member {
            change: MemberChange::ActingRole,
            ..
        } => {}
        Output::Member { id, change, .. } => on_member(screen, view, output, (*id, change)),
        Output::Renamed(_) if !screen.seen.is_arriving() => log(screen, view, output),
        // A ban has a line of its own.
        Output::Removed(removal) if !removal.is_banned => log(screen, view, output),
        Output::Notice(notice) => on_notice(screen, view, output, notice),
        // Gates and decisions are drawn from the app itself.
        _ => {}
    }
}

/// The connection's own lines say when the member comes and goes.
fn on_member(
    screen: &mut ScreenState,
    view: &ClientView<'_>,
    output: &Output,
    (id, change): (MemberId, &MemberChange),
) {
    let is_coming = matches!(change, MemberChange::Joined | MemberChange::Left);
    let is_known = view.is_me(id) && is_coming;
    if !screen.seen.is_arriving() && !is_known {
        log(screen, view, output);
    }
}

fn on_joined(screen: &mut ScreenState, view: &ClientView<'_>) {
    screen.start = None;
    let address = invite_link(view.server, view.room_id);
    let entered = screen
        .seen
        .enter(address, view.room.map(|room| room.created));
    // The log of a room that was created anew is kept: the same people talked there.
    if entered.is_elsewhere {
        trust::forget(screen);
        screen.log.clear();
    }
    // Its lines and members have the numbers of earlier ones: dialogs that are open would
    // act on the wrong ones.
    if entered.is_another {
        screen.log.begin_anew();
        screen.overlays.retain(|overlay| !overlay.is_about_room());
    }
    dialogs::end_check(screen);
    screen.stats.joined(view.now);
    screen
        .overlays
        .retain(|overlay| *overlay != Overlay::Gallery);
}

fn on_chat(
    screen: &mut ScreenState,
    view: &ClientView<'_>,
    (line, spelled): (&ChatLine, Option<&String>),
    is_history: bool,
) {
    if is_history {
        media_of_lines(screen, view, |mark| mark.after < line.id);
    }
    let is_own = view.is_me(line.from);
    let mentions_you = is_mentioned(view.me, view.room, line.text.as_str());
    let chat = LoggedChat {
        line: line.clone(),
        spelled: spelled.cloned(),
        is_own,
        mentions_you,
        // Only their name is known, which may be somebody else's by now.
        removed_by: line.erased.clone().map(Person::other),
    };
    screen.log.push(line.position, LogContent::Chat(chat));
    if mentions_you && !is_own && !is_history {
        alert(screen, view, Alert::Mentioned(line.name.clone()));
    }
}

fn erase(screen: &mut ScreenState, id: ChatId, by: &Person) {
    screen.log.erase(id, by);
}

/// Other media came on. Who added it stands beside its title; who put it on gets a line of their own
/// only if it was somebody else.
fn on_media(
    screen: &mut ScreenState,
    view: &ClientView<'_>,
    (epoch, playing): (Epoch, &Playing),
    output: &Output,
) {
    let is_before = |mark: &MediaMark| mark.epoch < epoch;
    media_of_lines(screen, view, is_before);
    let at = if screen.seen.is_arriving() {
        let mut marks = view.room.into_iter().flat_map(|room| room.chat.media());
        let told = marks.find(|mark| mark.epoch == epoch);
        told.map(|mark| BeganAt::Told(mark.at))
    } else {
        Some(BeganAt::Seen(view.wall))
    };
    let began = media_began(view, (epoch, playing), at);
    let is_anothers = match output {
        Output::Media {
            started_by: Some(by),
            ..
        } => *by != began.added_by,
        _ => false,
    };
    screen.log.begin_media(began);
    if is_anothers {
        log(screen, view, output);
    }
}

fn on_reaction(screen: &mut ScreenState, view: &ClientView<'_>, reaction: &Reaction) {
    let epoch = view.room.map(|room| room.timeline.epoch);
    if let (Some((position, _)), Some(epoch)) = (view.playing_position(), epoch) {
        screen.heatmap.add(epoch, position);
    }
    screen.reactions.begin(reaction.emoji.clone(), view.now);
    screen.stats.reacted();
    let alerted = Alert::Reacted(reaction.name.clone(), reaction.emoji.clone());
    if view.is_me(reaction.from) {
        flash(screen, view, AlertKind::Reaction);
    } else {
        alert(screen, view, alerted);
    }
}

fn on_denied(screen: &mut ScreenState, view: &ClientView<'_>, why: &Why) {
    match why {
        Why::Unanswered => {}
        Why::Denied(Denied::AddressShared(shared)) => {
            screen.open(Overlay::BanScope(shared.clone(), 0));
        }
        why if std::mem::take(&mut screen.is_kept_aside) => {
            screen.show(ToastContent::KeptAside(why.clone()), view.now);
        }
        why => screen.show(ToastContent::Why(why.clone()), view.now),
    }
}

fn on_connection(
    screen: &mut ScreenState,
    view: &ClientView<'_>,
    output: &Output,
    connection: &ConnectionView,
) {
    let was_lost = screen.lost_since.is_some();
    match connection {
        ConnectionView::Reconnecting { .. } => {
            screen.lost_since.get_or_insert(view.now);
        }
        ConnectionView::Connecting { .. } => {}
        _ => screen.lost_since = None,
    }
    if let ConnectionView::Refused(
        Why::Removed { .. }
        | Why::RoomClosed { .. }
        | Why::Refused(Refused::Kicked | Refused::Banned),
    ) = connection
    {
        screen.stats.removed();
    }
    match connection {
        ConnectionView::Reconnecting { .. } if !was_lost => log(screen, view, output),
        ConnectionView::Connected if was_lost => log(screen, view, output),
        _ => {}
    }
}

/// The queue as it is now: each new proposal gets a line, unless its member is muted.
fn on_queue(screen: &mut ScreenState, view: &ClientView<'_>, entries: &[QueueEntry]) {
    let new = queue_seen(screen, entries);
    if screen.seen.is_arriving() {
        return;
    }
    for entry in new {
        let is_muted = view.room.is_some_and(|room| room.is_muted_proposal(entry));
        if entry.state == EntryState::Proposed && !is_muted {
            let by = Person {
                name: entry.by_name.clone(),
                is_you: view.is_me(entry.by),
            };
            let proposed = LogContent::Proposed(entry.clone(), by);
            screen.log.push(view.position, proposed);
        }
    }
}

/// Notes the whole queue, and what is known of it by now; the entries that were not in it before.
fn queue_seen<'a>(screen: &mut ScreenState, entries: &'a [QueueEntry]) -> Vec<&'a QueueEntry> {
    screen.log.learn_of_entries(entries);
    screen.seen.new_entries(entries)
}

/// How the media's time runs: a pause and its end get a line each.
fn on_timeline(
    screen: &mut ScreenState,
    view: &ClientView<'_>,
    output: &Output,
    timeline: &TimelineView,
) {
    let is_changed = screen.seen.is_pause_changed(timeline.paused);
    if timeline.has_notice {
        if timeline.paused {
            screen.start = None;
        }
        return;
    }
    let has_begun = timeline.start != RoomTime::default();
    // What waits in the lobby is not paused by anybody.
    let is_lobby = timeline.paused && view.room.is_some_and(lobby::holds_media);
    let is_news = has_begun && !timeline.held && !is_lobby && !screen.seen.is_arriving();
    let change = (output, timeline);
    if pending_start::on_timeline(screen, change, is_changed && is_news) {
        log(screen, view, output);
    }
}
