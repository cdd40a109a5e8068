//! What an event of the room tells in words only.

use super::{Before, of, people, person};
use crate::app::told::{Notice, Person};
use crate::protocol::event::{Fact, RoomEvent};
use crate::protocol::film::{Entry, EntryState, Retime, Segment, Standstill, StandstillCause};
use crate::protocol::ids::MemberId;
use crate::protocol::member::Ban;
use crate::protocol::time::{RoomTime, Span};
use crate::room::film;
use crate::room::state::RoomState;

impl Before {
    /// What is told in words only.
    pub(super) fn notice(&self, fact: &Fact, state: &RoomState) -> Option<Notice> {
        let who = |id: MemberId| person(state, id, self.me);
        match &fact.event {
            RoomEvent::HeirNamed { member } => Some(Notice::Heir {
                who: who((*member)?)?,
            }),
            RoomEvent::Titled { title } => Some(Notice::Titled {
                title: title.as_ref().map(|title| title.as_str().to_owned()),
            }),
            RoomEvent::Unqueued { .. } => self.unqueued(fact, state),
            RoomEvent::Retimed {
                segment,
                retime: Retime::Sought { from },
                ..
            } => Some(Notice::Jumped {
                who: who(fact.by?)?,
                from: *from,
                to: segment.anchor,
            }),
            RoomEvent::Retimed {
                countdown: true, ..
            } => Some(Notice::Countdown {
                who: who(fact.by?)?,
            }),
            RoomEvent::Held { hold, .. } => Some(Notice::Waiting {
                who: who(hold.member)?,
                at_most: hold.until - hold.since,
            }),
            RoomEvent::Released { .. } => self.wait_over(fact.at, who),
            RoomEvent::Finished { .. } => Some(Notice::Finished),
            RoomEvent::StartedWithout { members } => {
                let missed = people(state, members, self.me);
                (!missed.is_empty()).then_some(Notice::StartedWithout { missed })
            }
            RoomEvent::Learned { .. } => self.length_set(fact, state),
            RoomEvent::NobodyPlays { standstill, .. } => self.nobody_plays(standstill, fact, state),
            RoomEvent::SomebodyPlays { segment, .. } => self.somebody_plays(*segment, fact.at),
            RoomEvent::Asked { member, request } => Some(Notice::Asked {
                who: who(*member)?,
                request: request.clone(),
            }),
            RoomEvent::Banned { ban } => Some(banned(ban, fact.by == Some(self.me))),
            RoomEvent::Unbanned { .. } => Some(Notice::Unbanned {
                name: self.unbanned.clone()?,
            }),
            RoomEvent::WaitChosen { wait } if self.wait != Some(*wait) => {
                Some(Notice::WaitPolicy {
                    waits: *wait,
                    chosen: true,
                })
            }
            _ => None,
        }
    }

    /// An entry left the queue without playing.
    fn unqueued(&self, fact: &Fact, state: &RoomState) -> Option<Notice> {
        let RoomEvent::Unqueued {
            cause,
            together,
            gave_way,
            ..
        } = &fact.event
        else {
            return None;
        };
        if let Some(count) = together {
            let who = person(state, fact.by?, self.me)?;
            return (*count > 0).then_some(Notice::RejectedTogether { who, count: *count });
        }
        let entry = self.entry.clone().filter(|_| !self.is_quiet(fact, state))?;
        let by = Person {
            name: entry.by_name.clone(),
            is_you: entry.by == self.me,
        };
        Some(if *gave_way {
            Notice::GaveWay { entry, by }
        } else {
            Notice::Unqueued {
                entry,
                by,
                cause: *cause,
            }
        })
    }

    /// Whether nobody is to read of a change of the queue: it is about a muted member's proposal,
    /// or others leave together with it, and the last of them is told of.
    pub(super) fn is_quiet(&self, fact: &Fact, state: &RoomState) -> bool {
        let proposal = match &fact.event {
            RoomEvent::Queued { entry } => Some(entry),
            RoomEvent::Unqueued {
                together: Some(count),
                ..
            } => return *count == 0,
            RoomEvent::Unqueued { .. } => self.entry.as_ref(),
            _ => None,
        };
        proposal.is_some_and(|entry| is_muted_proposal(state, entry))
    }

    fn wait_over(&self, at: RoomTime, who: impl Fn(MemberId) -> Option<Person>) -> Option<Notice> {
        let hold = self.timeline.hold?;
        Some(Notice::WaitOver {
            who: who(hold.member)?,
            took: at - hold.since,
        })
    }

    /// An admin set the video's length, or gave the players' word back.
    fn length_set(&self, fact: &Fact, state: &RoomState) -> Option<Notice> {
        let before = self.timeline.playing.as_ref()?;
        let now = state.timeline.playing.as_ref()?;
        film::is_set_by_hand(before, &fact.event).then_some(())?;
        Some(Notice::LengthSet {
            who: person(state, fact.by?, self.me)?,
            length: now.duration.filter(|_| now.length_is_set),
        })
    }

    /// Somebody can play the video after all, or a part of it was skipped that is missing for
    /// everybody.
    fn somebody_plays(&self, segment: Option<Segment>, at: RoomTime) -> Option<Notice> {
        if self.timeline.standstill.is_some() {
            return self.timeline.is_given_up().then_some(Notice::SomebodyPlays);
        }
        segment.map(|segment| Notice::PartSkipped {
            from: self.timeline.position(at),
            to: segment.anchor,
        })
    }

    /// Nobody plays the video: told when the film stands for those who still try, since that
    /// lasts longer than a wait for one member, and once nobody does.
    fn nobody_plays(
        &self,
        standstill: &Standstill,
        fact: &Fact,
        state: &RoomState,
    ) -> Option<Notice> {
        let timeline = &state.timeline;
        if timeline.is_given_up() {
            let known = self.timeline.is_given_up();
            return (!known).then(|| nobody_plays(standstill, fact.at, state));
        }
        let begins = self.timeline.standstill.is_none() && timeline.waits_for_data();
        begins.then(|| Notice::AllWait {
            at_most: (standstill.until - fact.at).max(Span::ZERO),
        })
    }
}

fn banned(ban: &Ban, by_you: bool) -> Notice {
    Notice::Banned {
        name: ban.name.clone(),
        by: Person {
            name: ban.by.clone(),
            is_you: by_you,
        },
        address: ban.address,
    }
}

/// Whether an entry is the proposal of a member who is muted.
pub(in crate::app) fn is_muted_proposal(state: &RoomState, entry: &Entry) -> bool {
    let muted = of(state, entry.by).is_some_and(|member| member.marks.muted);
    muted && entry.state == EntryState::Proposed
}

/// That nobody plays the video of a whole state, unless that was so in the one before.
pub(super) fn stands_for_nobody(state: &RoomState, before: Option<&RoomState>) -> Option<Notice> {
    let known = before.is_some_and(|before| before.timeline.is_given_up());
    let standstill = state.timeline.given_up().filter(|_| !known)?;
    Some(nobody_plays(&standstill, state.at, state))
}

/// That nobody plays the video, and when the next one comes on.
fn nobody_plays(standstill: &Standstill, at: RoomTime, state: &RoomState) -> Notice {
    let follows = state.queue.next_approved().is_some();
    let runs = !state.timeline.segment.paused && standstill.cause != StandstillCause::Closed;
    Notice::NobodyPlays {
        cause: standstill.cause,
        next_in: (follows && runs).then(|| (standstill.until - at).max(Span::ZERO)),
    }
}
