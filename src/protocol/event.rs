//! What happened in a room: facts, each the unit of its log. Applying them in order is the
//! only way a room changes; `room::state` says how.

use serde::{Deserialize, Serialize};

use super::command::PermissionRequest;
use super::ids::{ChatId, EntryId, Epoch, MemberId, Rev, Seq};
use super::member::{Ban, LeaveCause, Member, Role, Visibility};
use super::playback::{
    Entry, Hold, HoldEnd, LoadCause, Playing, Retime, Segment, Standstill, UnqueueCause,
};
use super::text::{ChatText, MemberName, Title};
use super::time::{Position, RoomTime, Span};

/// An event with its place in the log: what every client may see of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// Its number in the log.
    pub rev: Rev,
    /// When it was agreed.
    pub at: RoomTime,
    /// Whose command led to it; `None` for the room's own deadlines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<MemberId>,
    /// Which command of theirs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<Seq>,
    /// What happened.
    pub event: RoomEvent,
    /// Members whom it is about, for clients of large rooms, who may not have heard of them.
    /// Never in the log.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub about: Vec<Member>,
}

/// Something that happened in a room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum RoomEvent {
    /// The room came to be. The first event of every log.
    Created {
        /// Its title.
        title: Option<Title>,
        /// Who can find and enter it.
        visibility: Visibility,
        /// How long it waits for a vanished admin, where its server says other than usual.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        grace: Option<Span>,
    },
    /// Members came and went. Clients of large rooms get shortened lists.
    Presence {
        /// Who came, as they are now; those who return have their old id.
        joined: Vec<Member>,
        /// Who went.
        left: Vec<Departure>,
        /// How many are here afterwards.
        count: u32,
        /// Whether the room is then too large to wait for slow viewers by itself.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        large: Option<bool>,
    },
    /// The log was opened anew: nobody is here until they return.
    Reopened {
        /// Where the film stands if the room was away for long.
        segment: Option<Segment>,
    },
    /// A member changed their name.
    Renamed {
        /// Who.
        member: MemberId,
        /// The new name.
        name: MemberName,
        /// The name before, which servers up to 0.1.0 leave out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        was: Option<MemberName>,
    },
    /// A member's role changed.
    RoleChanged {
        /// Who.
        member: MemberId,
        /// The lasting role.
        role: Role,
        /// Whether they are admin for now.
        acting: bool,
    },
    /// An admin named who follows when no admin is here, or took the name back.
    HeirNamed {
        /// Who.
        member: Option<MemberId>,
    },
    /// The room's title changed.
    Titled {
        /// The new title.
        title: Option<Title>,
    },
    /// Somebody said something.
    Chat(ChatLine),
    /// An entry came into the queue, at its end or at its top.
    Queued {
        /// The entry.
        entry: Entry,
    },
    /// A proposal will play.
    Approved {
        /// Which.
        entry: EntryId,
    },
    /// An entry left the queue without playing.
    Unqueued {
        /// Which.
        entry: EntryId,
        /// Why.
        cause: UnqueueCause,
        /// How many left by the same command: told with the last of them, 0 with those before
        /// it. Absent where it left alone.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        together: Option<u32>,
        /// Whether it made room for another; its cause is then [`UnqueueCause::Removed`], which
        /// older clients know.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        gave_way: bool,
    },
    /// An entry changed its place.
    QueueMoved {
        /// Which.
        entry: EntryId,
        /// Its new place, counted from 1.
        place: u32,
    },
    /// Another video came on.
    Loaded {
        /// Which video of the room it is.
        epoch: Epoch,
        /// What plays.
        playing: Playing,
        /// How time runs in it.
        segment: Segment,
        /// The entry it came from, which leaves the queue.
        entry: Option<EntryId>,
        /// The film that it interrupted, which goes to the top of the queue.
        interrupted: Option<Box<Entry>>,
        /// Why.
        cause: LoadCause,
        /// Whose players it waits for, at most until the segment's start.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        gate: Vec<MemberId>,
    },
    /// The film that waits for players does not wait for this member's any longer: it is
    /// ready, or will not be in time.
    Ready {
        /// Whose.
        member: MemberId,
    },
    /// The film stands, runs, jumped or changed its rate.
    Retimed {
        /// How time runs now.
        segment: Segment,
        /// Why.
        #[serde(flatten)]
        retime: Retime,
        /// Whether it was done in the window of `by`'s player, which is left alone.
        #[serde(default)]
        in_player: bool,
        /// Whether the last seconds before the segment's start are counted aloud.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        countdown: bool,
    },
    /// The film stands because somebody's player ran dry.
    Held {
        /// For whom and how long.
        hold: Hold,
        /// Where it stands.
        position: Position,
    },
    /// The wait is over.
    Released {
        /// How time runs now.
        segment: Segment,
        /// Why.
        cause: HoldEnd,
    },
    /// Players told what a video is.
    Learned {
        /// Which video.
        epoch: Epoch,
        /// Its length; `None` if it has none or none is known.
        duration: Option<Span>,
        /// Its title.
        title: Option<Title>,
        /// Whether it has no end.
        live: bool,
        /// Whether an admin set the length by hand.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        length_is_set: bool,
        /// Whether only viewers' players told the length.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        length_by_viewers: bool,
        /// Whether only viewers' players told the title.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        title_by_viewers: bool,
        /// What players told, while a length that was set by hand stands in its place.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        players_length: Option<Span>,
        /// Where its own time stamps begin, if it is made of parts; of a live list, as wall time.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        begins: Option<Span>,
    },
    /// The longest wait for players was over, and the film starts without these.
    StartedWithout {
        /// Whose.
        members: Vec<MemberId>,
    },
    /// No player plays the video.
    NobodyPlays {
        /// Which video.
        epoch: Epoch,
        /// Why, how certain it is, and until when nothing more is done about it.
        #[serde(flatten)]
        standstill: Standstill,
    },
    /// Somebody's player plays the video after all; or it goes on behind a part that all lack.
    SomebodyPlays {
        /// Which video.
        epoch: Epoch,
        /// How time runs now, if it stood or jumped.
        segment: Option<Segment>,
    },
    /// The video is over and nothing follows: players stay on its last frame.
    Finished {
        /// Which video.
        epoch: Epoch,
        /// Where it stands.
        position: Position,
    },
    /// A member asks the admins for something.
    #[serde(alias = "pause_asked")]
    Asked {
        /// Who.
        member: MemberId,
        /// The command that an admin would give.
        #[serde(default, rename = "wish")]
        request: PermissionRequest,
    },
    /// A member's chat and reactions were taken away, or given back.
    Muted {
        /// Who.
        member: MemberId,
        /// Whether they are silent from now on.
        muted: bool,
    },
    /// Somebody was banned. Their leaving, if they were here, follows.
    Banned {
        /// Who, and by whom.
        ban: Ban,
    },
    /// Somebody who was banned may come in again.
    Unbanned {
        /// Who.
        member: MemberId,
    },
    /// A line of chat was taken away.
    Erased {
        /// Which.
        line: ChatId,
        /// By whom, by the name they had then.
        by: MemberName,
    },
    /// Whether the room waits for one member was chosen.
    #[serde(rename = "spared")]
    WaitExempted {
        /// The member.
        member: MemberId,
        /// Whether it no longer waits for them.
        #[serde(rename = "spared")]
        wait_exempt: bool,
    },
    /// An admin chose whether the room waits for slow viewers.
    WaitChosen {
        /// Whether it waits.
        wait: bool,
    },
    /// The room is gone. The last event of every log.
    Closed,
}

/// Somebody who is no longer here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Departure {
    /// Who.
    pub member: MemberId,
    /// Why.
    pub cause: LeaveCause,
}

/// One line of chat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChatLine {
    /// Its number.
    pub id: ChatId,
    /// Who said it.
    pub from: MemberId,
    /// Their name then.
    pub name: MemberName,
    /// What.
    pub text: ChatText,
    /// Where the film was.
    pub film: Option<Position>,
    /// When.
    pub at: RoomTime,
    /// Who took it away, if it was; the text is then [`ChatText::erased`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub erased: Option<MemberName>,
}

impl ChatLine {
    /// Takes its text away.
    pub fn erase(&mut self, by: &MemberName) {
        self.text = ChatText::erased();
        self.erased = Some(by.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::RoomEvent;
    use crate::protocol::failure::FailureCode;
    use crate::protocol::ids::Epoch;
    use crate::protocol::playback::{Playing, Standstill, StandstillCause, StandstillPhase};
    use crate::protocol::time::{Position, RoomTime, Span};

    #[test]
    fn why_nobody_plays_a_video_travels_flat() {
        let event = RoomEvent::NobodyPlays {
            epoch: Epoch(4),
            standstill: Standstill {
                cause: StandstillCause::Failed {
                    code: FailureCode::Gone,
                },
                phase: StandstillPhase::Certain,
                position: Position::START,
                until: RoomTime(15_000_000),
            },
        };
        let text = serde_json::to_string(&event).unwrap();
        let expected = r#"{"type":"nobody_plays","epoch":4,"cause":"failed","code":"gone","phase":"certain","position":0,"until":15000000}"#;
        assert_eq!(text, expected);
        assert_eq!(serde_json::from_str::<RoomEvent>(&text).unwrap(), event);
    }

    #[test]
    fn who_leaves_the_queue_is_told_so_that_older_versions_read_it() {
        let alone = r#"{"type":"unqueued","entry":3,"cause":"removed"}"#;
        let event: RoomEvent = serde_json::from_str(alone).unwrap();
        assert_eq!(serde_json::to_string(&event).unwrap(), alone);
        let RoomEvent::Unqueued { entry, cause, .. } = event else {
            panic!("{event:?}");
        };
        let displaced = RoomEvent::Unqueued {
            entry,
            cause,
            together: None,
            gave_way: true,
        };
        let text = serde_json::to_string(&displaced).unwrap();
        assert!(text.contains(r#""cause":"removed""#), "{text}");
        assert_eq!(serde_json::from_str::<RoomEvent>(&text).unwrap(), displaced);
    }

    #[test]
    fn logs_of_version_0_1_0_are_read() {
        let learned =
            r#"{"type":"learned","epoch":1,"duration":600000000,"title":null,"live":false}"#;
        let expected = RoomEvent::Learned {
            epoch: Epoch(1),
            duration: Some(Span::seconds(600)),
            title: None,
            live: false,
            length_is_set: false,
            length_by_viewers: false,
            title_by_viewers: false,
            players_length: None,
            begins: None,
        };
        assert_eq!(
            serde_json::from_str::<RoomEvent>(learned).unwrap(),
            expected
        );
        let media = crate::media::Media::parse("https://example.org/a.mp4").unwrap();
        let media = serde_json::to_string(&media).unwrap();
        let playing =
            format!(r#"{{"media":{media},"title":null,"duration":null,"by":1,"by_name":"Alice"}}"#);
        let playing: Playing = serde_json::from_str(&playing).unwrap();
        assert!(!playing.unopened && !playing.length_by_viewers && !playing.title_by_viewers);
        let entry = format!(
            r#"{{"id":1,"media":{media},"title":null,"by":1,"by_name":"A","at":1,"state":"approved"}}"#
        );
        let entry: crate::protocol::playback::Entry = serde_json::from_str(&entry).unwrap();
        assert!(!entry.title_by_viewers);
    }
}
