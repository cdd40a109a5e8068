//! Appends: the one way in which a room changes.

use std::time::Duration;

use bytes::Bytes;

use super::fault::RedisFault;
use super::link::Link;
use super::record::{self, RoomAnswer};
use super::rooms::{Head, Place, ToldAppend};
use super::shared::Shared;
use super::tip::Tip;
use super::{Appended, Durable, LogError, Redis, json, news, unread};
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::{Rev, RoomId};
use crate::room::committed::Committed;
use crate::server::metrics::store::AppendOutcome;

/// Until when an append counts (judgement: longer than Redis takes on a bad day, and no longer than
/// people wait for an answer).
const APPENDED_WITHIN: Duration = Duration::from_secs(2);

/// How many events before a snapshot are kept, for nodes that fell behind: those of two snapshots
/// (judgement, as in the embedded log). None are where one of them erases text of others.
const KEPT_BEFORE_SNAPSHOT: u64 = 512;

/// The most bytes of events that are kept before a snapshot, and after how many a new one is wanted
/// (judgement, as in the embedded log: 512 usual events take a fifth).
pub(super) const KEPT_BYTES: u64 = 512 * 1024;

/// Events that were not appended.
#[derive(Debug)]
pub(super) struct NotAppended {
    /// Why, for the counters.
    pub(super) outcome: AppendOutcome,
    /// Why, for the room.
    pub(super) error: LogError,
}

impl From<LogError> for NotAppended {
    fn from(error: LogError) -> Self {
        let outcome = match error {
            LogError::Unsettled => AppendOutcome::Unsettled,
            _ => AppendOutcome::Away,
        };
        Self { outcome, error }
    }
}

impl NotAppended {
    /// Nothing was appended, and for another reason than that Redis cannot be reached.
    const fn because(outcome: AppendOutcome) -> Self {
        let error = LogError::Away;
        Self { outcome, error }
    }
}

impl Redis {
    /// Appends events that follow `after`.
    pub(super) async fn append(
        &self,
        room: &RoomId,
        after: Rev,
        events: &[Committed],
        snapshot: Option<Bytes>,
    ) -> Result<Appended, NotAppended> {
        let link = self.shared.link()?;
        if self.shared.known().is_lost(room) {
            return Err(LogError::Away.into());
        }
        if events.is_empty() && (snapshot.is_none() || after == Rev(0)) {
            return Ok(Appended::Agreed(Durable::already()));
        }
        let before = self.shared.known().tip_at(room, after);
        let Some(before) = before else {
            return Ok(self.missed(room, after).await.map(Appended::Behind)?);
        };
        let told = ToldAppend {
            after: Place {
                rev: after,
                tip: before,
            },
            // A snapshot alone changes nothing.
            tip: if events.is_empty() {
                before
            } else {
                Tip::random()
            },
            made: self.shared.known().made(room),
        };
        let under_way = UnderWay::begin(&self.shared, room, told.tip);
        let answer = self
            .append_script(&link, room, told, (events, snapshot))
            .await;
        drop(under_way);
        match answer? {
            RoomAnswer::Agreed { made, unsaved } => {
                let place = Place {
                    rev: events.last().map_or(after, |last| last.fact.rev),
                    tip: told.tip,
                };
                let mut known = self.shared.known();
                if after == Rev(0) {
                    // Whatever had the name before is another room.
                    known.replaced(room, Head { made, place });
                } else {
                    known.reached(room, Head { made, place });
                }
                known.note_unsaved(room, unsaved);
                Ok(Appended::Agreed(Durable::already()))
            }
            RoomAnswer::Late => Err(NotAppended::because(AppendOutcome::Late)),
            RoomAnswer::Lost => {
                self.note_lost(room, &link).await?;
                Err(LogError::Away.into())
            }
            other => Ok(Appended::Behind(self.lacking(room, other))),
        }
    }

    async fn append_script(
        &self,
        link: &Link,
        room: &RoomId,
        told: ToldAppend,
        (events, snapshot): (&[Committed], Option<Bytes>),
    ) -> Result<RoomAnswer, NotAppended> {
        let (deadline, patience) = link.deadline(APPENDED_WITHIN);
        let keys = self.shared.keys.room(room);
        let erases = events.iter().any(|event| event.fact.event.erases_text());
        let kept = if erases { 0 } else { KEPT_BEFORE_SNAPSHOT };
        let scripts = &self.shared.scripts;
        let frees = events.iter().any(|event| frees_memory(&event.fact.event));
        let script = if frees {
            &scripts.append_if_full
        } else {
            &scripts.append
        };
        let mut script = script.key(keys.head);
        script
            .key(keys.log)
            .key(keys.snapshot)
            .key(keys.removed)
            .key(keys.creation_key)
            .key(self.shared.keys.rooms())
            .arg(told.after.rev.0.to_string())
            .arg(told.after.tip.to_string())
            .arg(told.tip.to_string())
            .arg(deadline.to_string())
            .arg(self.shared.keys.events())
            .arg(news::append_head(room, told))
            .arg(snapshot.unwrap_or_default().as_ref())
            .arg(kept.to_string())
            .arg(told.made.0.to_string())
            .arg(room.as_str())
            .arg(KEPT_BYTES.to_string());
        for event in events {
            script.arg(json(room, event)?);
        }
        let answer = link.run(&script, patience).await;
        self.shared.note_full(answer.as_ref().err());
        match answer {
            Ok(answer) => Ok(self.noted(room, record::read(room, told.after.rev, answer))?),
            Err(fault) => Err(not_appended(room, &fault)),
        }
    }

    /// Whether so much was appended to a room since its last snapshot that another one is due.
    pub(in crate::server::log) fn wants_snapshot(&self, room: &RoomId) -> bool {
        self.shared.known().unsaved(room) > KEPT_BYTES
    }
}

/// What it means for an append that Redis did not carry out its script to the end.
fn not_appended(room: &RoomId, fault: &RedisFault) -> NotAppended {
    if fault.is_redirection() {
        return unread(fault).into();
    }
    if fault.is_full() {
        // That was logged already.
        return NotAppended::because(AppendOutcome::Full);
    }
    if fault.wrote_nothing() {
        tracing::error!(%room, error = %fault, "Redis refuses what is appended");
        return NotAppended::because(AppendOutcome::Refused);
    }
    if fault.is_refusal() {
        tracing::error!(%room, error = %fault, "Redis gave up an append on the way");
    } else {
        // It may have been carried out in time, and only its answer is held up.
        tracing::debug!(%room, error = %fault, "an append was not answered");
    }
    LogError::Unsettled.into()
}

/// Whether a room takes less memory after an event, at once or soon: such a one is appended also if Redis
/// has none left.
const fn frees_memory(event: &RoomEvent) -> bool {
    matches!(event, RoomEvent::Closed) || event.erases_text()
}

/// An append whose caller waits: its events need not be told to this node.
struct UnderWay<'a> {
    shared: &'a Shared,
    room: &'a RoomId,
    tip: Tip,
}

impl<'a> UnderWay<'a> {
    fn begin(shared: &'a Shared, room: &'a RoomId, tip: Tip) -> Self {
        shared.known().begin_append(room, tip);
        Self { shared, room, tip }
    }
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.shared.known().end_append(self.room, self.tip);
    }
}
