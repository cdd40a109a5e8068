//! Carries out what the operator wants.

use std::path::PathBuf;
use std::time::Duration;

use tokio::time::Instant;

use super::ask::{ask, denied, find};
use super::message::{AdminFault, AdminReply, AdminRequest, BackupFault};
use super::room_details::{EntrySummary, MemberSummary, PlayingSummary, RoomDetails, RoomSummary};
use super::{forget, transfer};
use crate::protocol::ephemeral::MemberNotice;
use crate::protocol::ids::RoomId;
use crate::protocol::member::Member;
use crate::protocol::time::{RoomTime, Span};
use crate::room::decide::OperatorCommand;
use crate::room::lifetime;
use crate::room::state::RoomState;
use crate::server::creation;
use crate::server::drain::warnings;
use crate::server::log::{Backup, BackupError};
use crate::server::replica::message::{Inspected, OperatorMessage};
use crate::server::state::ServerState;

/// Carries out one request.
///
/// # Errors
/// [`AdminFault`] says why nothing was done.
pub(super) async fn carry_out(
    request: AdminRequest,
    state: &ServerState,
) -> Result<AdminReply, AdminFault> {
    match request {
        AdminRequest::Rooms => rooms(state).await,
        AdminRequest::Room { room } => room_details(&room, state).await,
        AdminRequest::Create { room } => create_key(room, state).await,
        AdminRequest::Close { room } => command(&room, OperatorCommand::Close, state).await,
        AdminRequest::Hide { room } => command(&room, OperatorCommand::Hide, state).await,
        AdminRequest::Promote { room, member } => {
            command(&room, OperatorCommand::Promote { who: member }, state).await
        }
        AdminRequest::Ban { room, member } => {
            command(&room, OperatorCommand::Ban { who: member }, state).await
        }
        AdminRequest::Announce { text, room } => {
            let notice = MemberNotice::Announcement { text };
            tell(notice, room.as_ref(), state).await
        }
        AdminRequest::Drain { after_ms } => {
            tracing::info!(after_ms, "the operator stops the server");
            let after = Duration::from_millis(after_ms);
            state.drain.begin(Instant::now() + after);
            Ok(AdminReply::Drains { after_ms })
        }
        AdminRequest::CancelDrain if state.drain.cancel() => Ok(AdminReply::Done),
        AdminRequest::CancelDrain => Err(AdminFault::NothingPlanned),
        AdminRequest::Backup { file } => backup(file, state).await,
        AdminRequest::Export { file } => transfer::export(file, state).await,
        AdminRequest::Import { file } => transfer::import(file, state).await,
        AdminRequest::Limits => limits(state),
        AdminRequest::Figures => Ok(AdminReply::Figures(Box::new(
            state.figures_with_signs().await,
        ))),
        AdminRequest::Forget { name, erase } => forget::forget(&name, erase, state).await,
    }
}

async fn rooms(state: &ServerState) -> Result<AdminReply, AdminFault> {
    let all = state.rooms.all().await;
    let all = all.map_err(|_| AdminFault::GoingDown)?;
    let now = state.clock.now();
    let rooms = all
        .iter()
        .map(|(id, room)| summary(id, &room.card.borrow(), now));
    Ok(AdminReply::Rooms {
        rooms: rooms.collect(),
    })
}

async fn room_details(id: &RoomId, state: &ServerState) -> Result<AdminReply, AdminFault> {
    let room = find(id, state).await?;
    let found = ask(&room, OperatorMessage::Inspect).await?;
    let mut details = details(id, &found, state.clock.now());
    details.node = state.storage.node();
    if details.node.is_some() {
        let names = state.node_names().await;
        for member in &mut details.members {
            let node = member.node.as_ref();
            member.node_name = node.and_then(|node| names.get(node)).cloned();
        }
    }
    Ok(AdminReply::Room(Box::new(details)))
}

async fn create_key(room: RoomId, state: &ServerState) -> Result<AdminReply, AdminFault> {
    let key = state.rooms.make_key(room.clone()).await;
    let Some(key) = key.map_err(|_| AdminFault::GoingDown)? else {
        return Err(AdminFault::RoomExists { room });
    };
    let digest = creation::digest(&key);
    let kept = state
        .storage
        .keep_room_key(&room, digest, creation::KEY_FOR);
    match kept.await {
        Ok(_at_all_nodes) => Ok(AdminReply::CreateKey { room, key }),
        Err(_away) => Err(AdminFault::StorageAway),
    }
}

async fn command(
    id: &RoomId,
    command: OperatorCommand,
    state: &ServerState,
) -> Result<AdminReply, AdminFault> {
    let room = find(id, state).await?;
    let done = ask(&room, |reply| OperatorMessage::Command(command, reply)).await?;
    let on_record = done.map_err(|why| denied(why, id))?;
    if on_record.await {
        Ok(AdminReply::Done)
    } else {
        Err(AdminFault::StorageAway)
    }
}

async fn tell(
    notice: MemberNotice,
    only: Option<&RoomId>,
    state: &ServerState,
) -> Result<AdminReply, AdminFault> {
    let rooms = match only {
        None => warnings::tell(&state.rooms, &notice).await,
        Some(id) => {
            let room = find(id, state).await?;
            usize::from(room.tell_operator(OperatorMessage::Tell(notice)).await)
        }
    };
    tracing::info!(rooms, "an announcement of the operator");
    Ok(AdminReply::Told { rooms })
}

async fn backup(file: PathBuf, state: &ServerState) -> Result<AdminReply, AdminFault> {
    match state.storage.backup(&file).await {
        Ok(Backup { rooms, bytes }) => {
            tracing::info!(?file, rooms, bytes, "a backup was written");
            Ok(AdminReply::Copied { file, rooms, bytes })
        }
        Err(error) => {
            tracing::warn!(?file, %error, "no backup was written");
            let why = match error {
                BackupError::InRedis => BackupFault::InRedis,
                BackupError::Exists { .. } => BackupFault::Exists,
                BackupError::Unusable { source, .. } => BackupFault::Unusable((&source).into()),
                BackupError::Interrupted => BackupFault::Interrupted,
                BackupError::Unreadable(error) => BackupFault::Unreadable((&error).into()),
                BackupError::Log(_) => BackupFault::Away,
            };
            Err(AdminFault::Backup { file, why })
        }
    }
}

fn limits(state: &ServerState) -> Result<AdminReply, AdminFault> {
    let limits =
        serde_json::to_value(state.rooms.limits()).map_err(|_| AdminFault::NotUnderstood)?;
    Ok(AdminReply::Limits { limits })
}

fn summary(id: &RoomId, room: &RoomState, now: RoomTime) -> RoomSummary {
    let timeline = &room.timeline;
    let playing = timeline.playing.as_ref().map(|playing| PlayingSummary {
        kind: playing.media.kind().to_owned(),
        title: playing.title.clone(),
        position_seconds: whole_seconds(Span(timeline.position(now).0)),
        paused: timeline.segment.paused || timeline.is_stopped(),
    });
    RoomSummary {
        id: id.clone(),
        title: room.title.clone(),
        visibility: room.visibility,
        here: room.roster.count,
        playing,
        empty_seconds: room.empty_since.map(|since| whole_seconds(now - since)),
    }
}

fn details(id: &RoomId, found: &Inspected, now: RoomTime) -> RoomDetails {
    let room = &*found.state;
    let mut members: Vec<&Member> = room.roster.all().collect();
    members.sort_by_key(|member| {
        (
            !member.is_here(),
            std::cmp::Reverse(member.power()),
            member.id,
        )
    });
    let members = members.into_iter().map(|member| MemberSummary {
        id: member.id,
        name: member.name.clone(),
        role: member.role,
        acting: member.acting,
        here: member.is_here(),
        muted: member.flags.muted,
        node: found.nodes.get(&member.id).cloned(),
        node_name: None,
    });
    let queue = room.queue.entries().iter().map(|entry| EntrySummary {
        id: entry.id,
        title: entry.title.clone(),
        kind: entry.media.kind().to_owned(),
        by: entry.by_name.clone(),
        state: entry.state,
    });
    let closes_at = lifetime::kept_until(room);
    RoomDetails {
        summary: summary(id, room, now),
        members: members.collect(),
        queue: queue.collect(),
        banned: room.bans.iter().map(|ban| ban.name.clone()).collect(),
        closes_in_seconds: closes_at.map(|at| whole_seconds(at - now)),
        node: None,
    }
}

/// Whole seconds; none if it is negative.
fn whole_seconds(span: Span) -> u64 {
    u64::try_from(span.0).unwrap_or_default() / 1_000_000
}
