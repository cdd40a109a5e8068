//! The builder for scenarios: each line is something that a member does, or a check of the state
//! after it.

use super::world::World;
use crate::media::Media;
use crate::protocol::batch::{Batch, NewEntry};
use crate::protocol::command::{Command, Mark, MemberRef, Report, SeekTarget};
use crate::protocol::denied::Denied;
use crate::protocol::event::RoomEvent;
use crate::protocol::failure::FailureCode;
use crate::protocol::ids::{EntryId, MemberId};
use crate::protocol::member::{LeaveCause, Member, Role, Visibility};
use crate::protocol::playback::EntryState;
use crate::protocol::text::{ChatText, MemberName, Title, WrittenName};
use crate::protocol::time::{Position, Span};
use crate::room::committed::Room;
use crate::room::reports::PlayerProcess;
use crate::room::state::RoomState;

/// A room and what has happened in it so far.
#[must_use = "a story ends with what is so"]
pub(super) struct Story {
    pub(super) world: World,
}

/// A link by a short name.
pub(super) fn media(name: &str) -> Media {
    Media::parse(&format!("https://example.org/{name}.mp4")).unwrap()
}

/// Several links by their short names.
pub(super) fn batch(names: &[&str]) -> Batch {
    let entries = names.iter().map(|name| NewEntry::untitled(media(name)));
    Batch::fitting(entries).unwrap().0
}

/// A member by name.
pub(super) fn who(name: &str) -> MemberRef {
    MemberRef::Name(MemberName::parse(name).unwrap())
}

/// The name in its parsed form, for an expected denial or event.
pub(super) fn called(name: &str) -> MemberName {
    MemberName::parse(name).unwrap()
}

/// A name or number as a reply repeats it.
pub(super) fn written(text: &str) -> WrittenName {
    WrittenName::parse(text).unwrap()
}

/// A seek to a number of seconds.
pub(super) fn seek_to(seconds: i64) -> Command {
    Command::Seek {
        target: SeekTarget::To(Position::seconds(seconds)),
        mark: None,
    }
}

/// A pause from the terminal.
pub(super) const PAUSE: Command = Command::Pause { mark: None };
/// Resume from the terminal.
pub(super) const RESUME: Command = Command::Resume { mark: None };

impl Story {
    /// A public room that nobody has entered.
    pub(super) fn new() -> Self {
        Self::of(Visibility::Public)
    }

    /// A room that nobody has entered.
    pub(super) fn of(visibility: Visibility) -> Self {
        Self {
            world: World::new(visibility),
        }
    }

    /// Alice, who is its admin, and Bob, a viewer, in a room of their own.
    pub(super) fn alice_and_bob() -> Self {
        Self::new().joins("Alice").joins("Bob")
    }

    /// Alice and Bob watch media of ten minutes whose length is known.
    pub(super) fn watching() -> Self {
        Self::alice_and_bob()
            .plays("Alice", "a")
            .learns("Alice", 600)
    }

    #[track_caller]
    pub(super) fn id(&self, name: &str) -> MemberId {
        let member = self.of_name(name);
        member.unwrap_or_else(|| panic!("no {name} in the room")).id
    }

    /// Whether the room remembers a member of this name, present or absent.
    pub(super) fn knows(&self, name: &str) -> bool {
        self.of_name(name).is_some()
    }

    fn of_name(&self, name: &str) -> Option<&Member> {
        let wanted = called(name).folded();
        let mut all = self.world.room.state.roster.all();
        all.find(|member| member.name.folded() == wanted)
    }

    #[track_caller]
    pub(super) fn member(&self, name: &str) -> &Member {
        self.world.member(self.id(name))
    }

    pub(super) fn state(&self) -> &RoomState {
        &self.world.room.state
    }

    pub(super) fn joins(mut self, name: &str) -> Self {
        self.world.arrive(name, true);
        self
    }

    pub(super) fn joins_to_chat(mut self, name: &str) -> Self {
        self.world.arrive(name, false);
        self
    }

    /// Somebody joins from a network address.
    pub(super) fn joins_from(mut self, name: &str, address: u8) -> Self {
        self.world.arrive_from(name, address);
        self
    }

    #[track_caller]
    pub(super) fn leaves(mut self, name: &str) -> Self {
        let id = self.id(name);
        self.world.go(id, LeaveCause::Left);
        self
    }

    #[track_caller]
    pub(super) fn vanishes(mut self, name: &str) -> Self {
        let id = self.id(name);
        self.world.go(id, LeaveCause::Lost);
        self
    }

    #[track_caller]
    pub(super) fn returns(mut self, name: &str) -> Self {
        let id = self.id(name);
        assert_eq!(
            self.world.come_back(id),
            (id, true),
            "{name} comes back as another"
        );
        self
    }

    /// Lets this many seconds pass; deadlines fire and players are judged on the way.
    pub(super) fn after(mut self, seconds: f64) -> Self {
        self.world.wait(Span::from_seconds(seconds));
        self
    }

    /// The server is away for a while.
    pub(super) fn restarts_after(mut self, seconds: i64) -> Self {
        self.world.restart(Span::seconds(seconds));
        self
    }

    /// A command that is allowed.
    #[track_caller]
    pub(super) fn does(mut self, name: &str, command: &Command) -> Self {
        let id = self.id(name);
        if let Err(denied) = self.world.command(id, command) {
            panic!("{name} was denied {command:?}: {denied:?}");
        }
        self
    }

    /// A command that is denied, and changes nothing.
    #[track_caller]
    pub(super) fn denied(mut self, name: &str, command: &Command, why: &Denied) -> Self {
        let id = self.id(name);
        let before = self.state().clone();
        let answer = self.world.command(id, command);
        assert_eq!(answer.as_ref(), Err(why), "{name}: {command:?}");
        assert_eq!(*self.state(), before);
        self
    }

    #[track_caller]
    pub(super) fn says(self, name: &str, text: &str) -> Self {
        let text = ChatText::parse(text).unwrap();
        self.does(name, &Command::Chat { text })
    }

    #[track_caller]
    pub(super) fn plays(self, name: &str, link: &str) -> Self {
        self.does(name, &Command::Play { media: media(link) })
    }

    #[track_caller]
    pub(super) fn adds(self, name: &str, link: &str) -> Self {
        self.does(name, &Command::Add { media: media(link) })
    }

    #[track_caller]
    pub(super) fn makes(self, by: &str, name: &str, role: Role) -> Self {
        let who = who(name);
        self.does(by, &Command::SetRole { who, role })
    }

    /// An action in the window of a member's player, some seconds ago.
    pub(super) fn mark(&self, position: f64, seconds_ago: f64) -> Mark {
        Mark {
            epoch: self.state().timeline.epoch,
            position: Position::from_seconds(position),
            at: self.world.now - Span::from_seconds(seconds_ago),
        }
    }

    #[track_caller]
    pub(super) fn reports(mut self, name: &str, report: &Report) -> Self {
        let id = self.id(name);
        self.world.report(id, report);
        self
    }

    /// A member's player reports a length or a title.
    #[track_caller]
    pub(super) fn learns(self, name: &str, seconds: i64) -> Self {
        self.reports_facts(name, Some(seconds), None)
    }

    #[track_caller]
    pub(super) fn reports_facts(
        self,
        name: &str,
        seconds: Option<i64>,
        title: Option<&str>,
    ) -> Self {
        let report = Report::Learned {
            epoch: self.state().timeline.epoch,
            duration: seconds.map(Span::seconds),
            title: title.map(|title| Title::parse(title).unwrap()),
            live: seconds.is_none(),
            begins: None,
        };
        self.reports(name, &report)
    }

    /// A member's player has the media open, and does not know its length.
    #[track_caller]
    pub(super) fn opens(self, name: &str) -> Self {
        self.begins_at(name, None)
    }

    /// A member's player reports where the first part begins.
    #[track_caller]
    pub(super) fn begins_at(self, name: &str, millis: Option<i64>) -> Self {
        let report = Report::Learned {
            epoch: self.state().timeline.epoch,
            duration: None,
            title: None,
            live: false,
            begins: millis.map(Span::millis),
        };
        self.reports(name, &report)
    }

    /// A member's player freezes, is closed, or runs again.
    #[track_caller]
    pub(super) fn players_process(mut self, name: &str, process: PlayerProcess) -> Self {
        let id = self.id(name);
        self.world.process(id, process);
        self
    }

    #[track_caller]
    pub(super) fn stalls(self, name: &str) -> Self {
        self.data_lacks(name, None)
    }

    /// A member's player runs out of data, and reports its position.
    #[track_caller]
    pub(super) fn stalls_at(self, name: &str, seconds: f64) -> Self {
        self.data_lacks(name, Some(Position::from_seconds(seconds)))
    }

    #[track_caller]
    fn data_lacks(self, name: &str, place: Option<Position>) -> Self {
        let report = Report::Stalled {
            epoch: self.state().timeline.epoch,
            stalled: true,
            place,
        };
        self.reports(name, &report)
    }

    #[track_caller]
    pub(super) fn recovers(self, name: &str) -> Self {
        let report = Report::Stalled {
            epoch: self.state().timeline.epoch,
            stalled: false,
            place: None,
        };
        self.reports(name, &report)
    }

    /// A member's player waits ahead of the timeline, since the part before is missing.
    #[track_caller]
    pub(super) fn set_ahead(self, name: &str, seconds: f64) -> Self {
        let report = Report::Stalled {
            epoch: self.state().timeline.epoch,
            stalled: false,
            place: Some(Position::from_seconds(seconds)),
        };
        self.reports(name, &report)
    }

    /// A member's player gives the media up.
    #[track_caller]
    pub(super) fn fails(self, name: &str, code: FailureCode) -> Self {
        self.cannot_play(name, code, false)
    }

    /// A member's player cannot play the media now and retries.
    #[track_caller]
    pub(super) fn retries(self, name: &str, code: FailureCode) -> Self {
        self.cannot_play(name, code, true)
    }

    #[track_caller]
    fn cannot_play(self, name: &str, code: FailureCode, retrying: bool) -> Self {
        let report = Report::Failed {
            epoch: self.state().timeline.epoch,
            code,
            retrying,
        };
        self.reports(name, &report)
    }

    /// The length of the media, in seconds.
    #[track_caller]
    pub(super) fn lasts(self, seconds: Option<i64>) -> Self {
        let playing = self.state().timeline.playing.as_ref();
        let duration = playing.and_then(|playing| playing.duration);
        assert_eq!(duration, seconds.map(Span::seconds));
        self
    }

    #[track_caller]
    pub(super) fn comes_to_the_end(self, name: &str) -> Self {
        let epoch = self.state().timeline.epoch;
        let place = None;
        self.reports(name, &Report::Ended { epoch, place })
    }

    /// A member's player reaches the end of its copy, and reports its position.
    #[track_caller]
    pub(super) fn ends_at(self, name: &str, seconds: f64) -> Self {
        let report = Report::Ended {
            epoch: self.state().timeline.epoch,
            place: Some(Position::from_seconds(seconds)),
        };
        self.reports(name, &report)
    }

    /// The timeline's position now, to the millisecond.
    #[track_caller]
    pub(super) fn position_is(self, seconds: f64) -> Self {
        let position = self.state().timeline.position(self.world.now).as_seconds();
        assert!(
            (position - seconds).abs() < 0.001,
            "it is at {position}, not {seconds}"
        );
        self
    }

    #[track_caller]
    pub(super) fn paused(self, paused: bool) -> Self {
        assert_eq!(self.state().timeline.segment.paused, paused);
        self
    }

    /// The current media, by its short name.
    #[track_caller]
    pub(super) fn shows(self, link: &str) -> Self {
        let playing = self.state().timeline.playing.as_ref();
        assert_eq!(playing.map(|playing| &playing.media), Some(&media(link)));
        assert!(!self.state().timeline.finished, "it is over");
        self
    }

    #[track_caller]
    pub(super) fn finished(self) -> Self {
        assert!(self.state().timeline.finished);
        self
    }

    /// The media ends after this time, and not before.
    #[track_caller]
    pub(super) fn finished_after(self, seconds: f64) -> Self {
        assert!(!self.state().timeline.finished);
        self.after(seconds).finished()
    }

    /// The queue: `#2 b +` is an approved entry, `#3 c ?` a proposal.
    #[track_caller]
    pub(super) fn queue_is(self, expected: &[&str]) -> Self {
        let shown: Vec<String> = self
            .state()
            .queue
            .entries()
            .iter()
            .map(|entry| {
                let url = entry.media.url();
                let name = url.rsplit('/').next().unwrap().trim_end_matches(".mp4");
                let mark = match entry.state {
                    EntryState::Approved => "+",
                    EntryState::Proposed => "?",
                };
                format!("#{} {name} {mark}", entry.id)
            })
            .collect();
        assert_eq!(shown, expected);
        self
    }

    /// The members present, in the order in which they first joined: `Alice*` is an admin, `Bob~`
    /// an acting one, `Carol+` a moderator.
    #[track_caller]
    pub(super) fn here_are(self, expected: &[&str]) -> Self {
        let shown: Vec<String> = self
            .state()
            .roster
            .here()
            .map(|member| {
                let mark = match (member.role, member.acting) {
                    (Role::Admin, _) => "*",
                    (_, true) => "~",
                    (Role::Moderator, _) => "+",
                    (Role::Viewer, _) => "",
                };
                format!("{}{mark}", member.name)
            })
            .collect();
        assert_eq!(shown, expected);
        self
    }

    /// The events of the last step, by name.
    #[track_caller]
    pub(super) fn led_to(self, expected: &[&str]) -> Self {
        let names: Vec<String> = self.world.events().into_iter().map(name_of).collect();
        assert_eq!(names, expected);
        self
    }

    /// Runs further checks on the story so far.
    #[track_caller]
    pub(super) fn sees(self, look: impl FnOnce(&Self)) -> Self {
        look(&self);
        self
    }

    /// Ends the scenario: the log, read from the start, gives the same room.
    #[track_caller]
    pub(super) fn end(self) {
        let mut replayed = Room::new(self.state().id.clone());
        for committed in &self.world.log {
            replayed.apply(committed);
        }
        assert_eq!(replayed, self.world.room);
    }
}

/// An entry's number.
pub(super) const fn entry(number: u64) -> EntryId {
    EntryId(number)
}

/// An event's name on the wire.
pub(super) fn name_of(event: &RoomEvent) -> String {
    let value = serde_json::to_value(event).unwrap();
    let cause = value.get("cause").and_then(|cause| cause.as_str());
    let name = value["type"].as_str().unwrap().to_owned();
    cause.map_or(name.clone(), |cause| format!("{name}:{cause}"))
}
