//! The card of a room in the gallery: one type for the room, the wire and the screen.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

use super::deadline::{self, DeadlineReason};
use super::lobby;
use crate::media::Media;
use crate::protocol::ids::{MemberId, Rev, RoomId};
use crate::protocol::lobby::StartRule;
use crate::protocol::member::{Member, Visibility};
use crate::protocol::text::{MemberName, Title, clean};
use crate::protocol::time::{Position, Rate, RoomTime, Span};
use crate::room::queue::Queue;
use crate::room::roster::Roster;
use crate::room::state::RoomState;

/// A room as strangers may see it: an item of `GET /api/rooms`. Times travel in seconds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RoomCard {
    /// The room's name in its address.
    pub id: RoomId,
    /// The title that people read, in any script.
    pub title: Option<Title>,
    /// The number of members present.
    pub viewers: u32,
    /// The current media; `None` if nothing is loaded.
    pub playing: Option<PlayingCard>,
    /// When it was created; travels in seconds since the Unix epoch.
    #[serde(with = "seconds")]
    #[schemars(with = "f64")]
    pub since: RoomTime,
    /// The admin present longest; `None` too from a server older than this field.
    #[serde(default)]
    pub admin: Option<MemberName>,
    /// The next entry, without its link.
    #[serde(default)]
    pub next: Option<NextCard>,
    /// Whether it waits for slow viewers; `None` from a server older than this field.
    #[serde(default)]
    pub waits: Option<bool>,
    /// The lobby, while media waits in it; `None` too from a server older than this field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lobby: Option<LobbyCard>,
    /// Until when it is kept, in seconds since the Unix epoch; `None` while anybody is present.
    #[serde(
        default,
        with = "seconds::maybe",
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(with = "Option<f64>")]
    pub kept_until: Option<RoomTime>,
}

/// The lobby of a room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LobbyCard {
    /// When the media starts, in seconds since the Unix epoch; `None` if no time is set.
    #[serde(default, with = "seconds::maybe")]
    #[schemars(with = "Option<f64>")]
    pub starts: Option<RoomTime>,
    /// How many members are ready; 0 too from a server older than this field.
    #[serde(default)]
    pub ready: u32,
    /// How many have to be for the start, where that is its rule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wanted: Option<u32>,
}

impl LobbyCard {
    fn of(state: &RoomState) -> Option<Self> {
        let (starts, wanted) = match state.start? {
            StartRule::At { at } => (Some(at), None),
            StartRule::Ready { members } => (None, Some(members.get())),
            StartRule::Told | StartRule::AllReady => (None, None),
        };
        lobby::holds_media(state).then_some(Self {
            starts,
            ready: u32::try_from(lobby::ready(state).count()).unwrap_or(u32::MAX),
            wanted,
        })
    }
}

/// The next entry of a room. The link itself is for members only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NextCard {
    /// The kind of link in a word: `YouTube`, `MP4`.
    #[serde(deserialize_with = "kind")]
    pub kind: String,
    /// The title; `None` until one is known.
    pub title: Option<Title>,
    /// The length; `None` if it is live, or not known yet.
    #[serde(with = "seconds::maybe")]
    #[schemars(with = "Option<f64>")]
    pub duration: Option<Span>,
}

/// The current media of a room. The link itself is for members only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PlayingCard {
    /// The kind of link in a word: `YouTube`, `MP4`.
    #[serde(deserialize_with = "kind")]
    pub kind: String,
    /// The title; until one is known, in a public room the name of the file in the link.
    pub title: Option<Title>,
    /// The position when the card was made.
    #[serde(with = "seconds")]
    #[schemars(with = "f64")]
    pub position: Position,
    /// The length; `None` if it is live, or not known yet.
    #[serde(with = "seconds::maybe")]
    #[schemars(with = "Option<f64>")]
    pub duration: Option<Span>,
    /// The playback rate; travels as a factor.
    #[serde(with = "factor")]
    #[schemars(with = "f64")]
    pub rate: Rate,
    /// Whether it is paused, finished or given up.
    pub paused: bool,
    /// Whether it is live, without an end.
    pub live: bool,
}

impl PlayingCard {
    /// The position `age` after the card was made.
    #[must_use]
    pub fn position_after(&self, age: Span) -> Position {
        let ran = if self.paused {
            Span::ZERO
        } else {
            self.rate.over(age)
        };
        (self.position + ran).clamped(self.duration)
    }
}

/// The most characters of a kind that are read (judgement: ours have at most seven).
const MAX_KIND: usize = 40;

/// Reads a kind and cleans it: a server may send anything, and it goes to terminals.
fn kind<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    Ok(clean(&text, MAX_KIND))
}

/// Times as seconds on the wire.
mod seconds {
    use serde::{Deserialize, Deserializer, Serializer};

    use super::{Position, RoomTime, Span};

    /// A time that travels as a number of seconds; any number is accepted.
    pub(super) trait Seconds: Copy {
        /// The time in seconds.
        fn to_seconds(self) -> f64;
        /// The time of so many seconds.
        fn from_seconds(seconds: f64) -> Self;
    }

    impl Seconds for Span {
        fn to_seconds(self) -> f64 {
            self.as_seconds()
        }
        fn from_seconds(seconds: f64) -> Self {
            Self::from_seconds(seconds)
        }
    }

    impl Seconds for Position {
        fn to_seconds(self) -> f64 {
            self.as_seconds()
        }
        fn from_seconds(seconds: f64) -> Self {
            Self::from_seconds(seconds)
        }
    }

    impl Seconds for RoomTime {
        fn to_seconds(self) -> f64 {
            Span(self.0).as_seconds()
        }
        fn from_seconds(seconds: f64) -> Self {
            Self(Span::from_seconds(seconds).0)
        }
    }

    /// For `serialize_with`: a time as a number of seconds.
    pub(super) fn serialize<T: Seconds, S: Serializer>(time: &T, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_f64(time.to_seconds())
    }

    /// For `deserialize_with`: the nearest time to a number of seconds.
    pub(super) fn deserialize<'de, T: Seconds, D: Deserializer<'de>>(
        from: D,
    ) -> Result<T, D::Error> {
        f64::deserialize(from).map(T::from_seconds)
    }

    /// The same for times that may be unknown.
    pub(super) mod maybe {
        use serde::{Deserialize, Deserializer, Serialize, Serializer};

        use super::Seconds;

        /// For `serialize_with`: a number of seconds, or null for an unknown time.
        #[expect(clippy::ref_option, reason = "serde asks for it")]
        pub(in super::super) fn serialize<T: Seconds, S: Serializer>(
            time: &Option<T>,
            to: S,
        ) -> Result<S::Ok, S::Error> {
            time.map(T::to_seconds).serialize(to)
        }

        /// For `deserialize_with`: null is an unknown time.
        pub(in super::super) fn deserialize<'de, T: Seconds, D: Deserializer<'de>>(
            from: D,
        ) -> Result<Option<T>, D::Error> {
            Option::<f64>::deserialize(from).map(|time| time.map(T::from_seconds))
        }
    }
}

/// Rates as factors on the wire.
mod factor {
    use serde::{Deserialize, Deserializer, Serializer};

    use super::Rate;

    /// For `serialize_with`: `1.0` is normal speed.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
    pub(super) fn serialize<S: Serializer>(rate: &Rate, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_f64(rate.factor())
    }

    /// A rate outside the limits of this version is clamped to them.
    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Rate, D::Error> {
        let factor = f64::deserialize(from)?;
        let within = factor.clamp(Rate::SLOWEST.factor(), Rate::FASTEST.factor());
        Ok(Rate::from_factor(within).unwrap_or_default())
    }
}

/// The part of a room that its card needs: no chat, only the leading admin, only the next entry.
/// [`listing`] makes the same card from it as from the whole state.
#[must_use]
pub fn abridged(state: &RoomState) -> RoomState {
    let mut roster = Roster::default();
    let admin = state.roster.admins_here().next();
    roster.add_joined(
        &admin
            .map(Member::for_others)
            .into_iter()
            .collect::<Vec<_>>(),
    );
    roster.count = state.roster.count;
    let mut queue = Queue::default();
    if let Some(next) = state.queue.next_approved() {
        queue.push(next.clone());
    }
    RoomState {
        rev: state.rev,
        at: state.at,
        created: state.created,
        title: state.title.clone(),
        visibility: state.visibility,
        timeline: state.timeline.clone(),
        roster,
        queue,
        wait: state.wait,
        start: state.start,
        lasting: state.lasting,
        ttl: state.ttl,
        empty_since: state.empty_since,
        occupied_since: state.occupied_since,
        closed: state.closed,
        ..RoomState::new(state.id.clone())
    }
}

/// The part of a room that an errand of a member gets: what its card needs, and the member.
#[must_use]
pub fn for_errand(state: &RoomState, member: MemberId) -> RoomState {
    let mut seen = abridged(state);
    let member = state.roster.get(member).map(Member::for_others);
    seen.roster.add_missing(member.as_slice());
    seen
}

/// The card of a room in the list of live rooms; `None` unless it is public, open and not empty.
#[must_use]
pub fn listing(state: &RoomState, now: RoomTime) -> Option<RoomCard> {
    let listed = state.visibility == Visibility::Public && state.roster.count > 0;
    card_by_name(state, now).filter(|_| listed)
}

/// The card of a room for someone who knows its name, also while nobody is present. `None` for a
/// private room, as for one that does not exist.
#[must_use]
pub fn card_by_name(state: &RoomState, now: RoomTime) -> Option<RoomCard> {
    // Before its first event a room does not know yet that it is private.
    let is_open = state.rev > Rev::default() && !state.closed;
    let shown = is_open && state.visibility != Visibility::Private;
    shown.then(|| card(state, now))
}

/// The card of a room for someone who may enter it.
#[must_use]
pub fn card(state: &RoomState, now: RoomTime) -> RoomCard {
    RoomCard {
        id: state.id.clone(),
        title: state.title.clone(),
        viewers: state.roster.count,
        playing: playing(state, now),
        since: state.created,
        admin: state
            .roster
            .admins_here()
            .next()
            .map(|admin| admin.name.clone()),
        next: state.queue.next_approved().map(|entry| NextCard {
            kind: entry.media.kind().to_owned(),
            title: entry.title.clone(),
            duration: entry.duration,
        }),
        waits: Some(state.waits()),
        lobby: LobbyCard::of(state),
        kept_until: deadline::due(state, DeadlineReason::Expiry),
    }
}

/// The title of what plays, on the card. Where nobody learned it, strangers read the name of the file if
/// the room is public, and nothing else of the link.
fn title(state: &RoomState, learned: Option<&Title>, media: &Media) -> Option<Title> {
    let is_public = state.visibility == Visibility::Public;
    let file_name = || Title::parse(&media.file_name().filter(|_| is_public)?).ok();
    learned.cloned().or_else(file_name)
}

fn playing(state: &RoomState, now: RoomTime) -> Option<PlayingCard> {
    let timeline = &state.timeline;
    let playing = timeline.playing.as_ref()?;
    Some(PlayingCard {
        kind: playing.media.kind().to_owned(),
        title: title(state, playing.title.as_ref(), &playing.media),
        position: timeline.position(now),
        duration: playing.duration,
        rate: timeline.segment.rate,
        paused: timeline.segment.paused || timeline.finished || timeline.is_given_up(),
        live: playing.live,
    })
}
