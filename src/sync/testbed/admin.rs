//! What the room's admin does, by command or in their own player, and what the room makes
//! of it.

use super::world::World;
use crate::media::Media;
use crate::protocol::film::{Hold, Playing};
use crate::protocol::ids::MemberId;
use crate::protocol::text::MemberName;
use crate::protocol::time::{Position, Rate, Span};
use crate::room::timeline::Timeline;
use crate::sync::follow::UserAction;

/// How much further ahead than other moves a rate changes: as the room does it.
const SPEED_LEAD: Span = Span::millis(300);

impl World {
    /// The admin puts a film on.
    pub(super) fn load(&mut self) {
        self.put_on();
        self.broadcast(None);
    }

    fn put_on(&mut self) {
        let duration = None;
        self.timeline = Timeline {
            epoch: self.timeline.epoch.next(),
            playing: Some(Playing {
                media: Media::parse("https://media.example.org/film.mp4").unwrap(),
                title: None,
                duration,
                live: false,
                length_is_set: false,
                length_by_viewers: false,
                title_by_viewers: false,
                players_length: None,
                unopened: false,
                begins: None,
                by: MemberId(1),
                by_name: MemberName::parse("Alice").unwrap(),
            }),
            ..Timeline::default()
        };
        self.timeline.segment.start = self.soon();
    }

    /// The admin's player tells what the film is.
    pub(super) fn learn(&mut self, live: bool, begins: Option<Span>) {
        if let Some(playing) = &mut self.timeline.playing
            && (playing.live, playing.begins) != (live, begins.or(playing.begins))
        {
            playing.live = live;
            playing.begins = begins.or(playing.begins);
            self.broadcast(None);
        }
    }

    /// The film is taken off.
    pub(super) fn stop(&mut self) {
        self.timeline.playing = None;
        self.broadcast(None);
    }

    /// A command of an admin: pause.
    pub(super) fn pause(&mut self) {
        let now = self.room_now();
        self.timeline.segment.anchor = self.timeline.position(now);
        self.timeline.segment.start = now;
        self.timeline.segment.paused = true;
        self.settle_start();
        self.broadcast(None);
    }

    /// A command of an admin: play on.
    pub(super) fn resume(&mut self) {
        self.timeline.segment.start = self.soon();
        self.timeline.segment.paused = false;
        self.timeline.before = None;
        self.broadcast(None);
    }

    /// The admin puts a film on that waits for everyone's players, eight seconds at most.
    pub(super) fn load_gated(&mut self) {
        self.put_on();
        let members = u64::try_from(self.members.len()).unwrap();
        self.timeline.gate = (1..=members).map(MemberId).collect();
        self.timeline.segment.start = self.room_now() + Span::seconds(8);
        self.broadcast(None);
    }

    /// A member's player is ready: the film starts once all are.
    pub(super) fn ready(&mut self, index: usize) {
        let member = MemberId(u64::try_from(index).unwrap() + 1);
        if !self.timeline.awaits_start(self.room_now()) {
            return;
        }
        self.timeline.gate.retain(|other| *other != member);
        if self.timeline.gate.is_empty() {
            self.timeline.segment.start = self.timeline.segment.start.min(self.soon());
        }
        self.broadcast(None);
    }

    /// A command of an admin: count to the start.
    pub(super) fn countdown(&mut self) {
        self.timeline.segment.anchor = self.timeline.position(self.room_now());
        self.timeline.segment.start = self.soon() + Span::seconds(3);
        self.timeline.segment.paused = false;
        self.timeline.countdown = true;
        self.timeline.gate.clear();
        self.timeline.before = None;
        self.broadcast(None);
    }

    /// A command of an admin: jump.
    pub(super) fn seek(&mut self, to: f64) {
        self.settle_start();
        self.timeline.segment.anchor = Position::from_seconds(to);
        self.timeline.segment.start = self.soon();
        self.broadcast(None);
    }

    /// A command of an admin: another rate.
    pub(super) fn rate(&mut self, factor: f64) {
        let start = self.soon() + SPEED_LEAD;
        let before = self.timeline.running(self.room_now());
        self.timeline.segment = before;
        self.timeline.segment.anchor = self.timeline.position(start);
        self.timeline.segment.start = start;
        self.timeline.segment.rate = Rate::from_factor(factor).unwrap();
        self.timeline.before = (!self.timeline.stands()).then_some(before);
        self.broadcast(None);
    }

    /// The room waits for someone, or goes on.
    pub(super) fn hold(&mut self, held: bool) {
        if held {
            return self.hold_at(self.timeline.position(self.room_now()));
        }
        self.timeline.hold = None;
        self.timeline.segment.start = self.soon();
        self.broadcast(None);
    }

    /// The room waits for somebody at a place of its own.
    pub(super) fn hold_at(&mut self, place: Position) {
        let now = self.room_now();
        self.timeline.segment.anchor = place;
        self.timeline.segment.start = now;
        self.settle_start();
        self.timeline.hold = Some(Hold {
            member: MemberId(2),
            since: now,
            until: now + Span::seconds(10),
        });
        self.broadcast(None);
    }

    /// Another move takes the place of a start that was waited for.
    fn settle_start(&mut self) {
        self.timeline.before = None;
        self.timeline.gate.clear();
        self.timeline.countdown = false;
    }

    /// The room takes over what its admin did in their own player.
    pub(super) fn obey(&mut self, index: usize, act: UserAction) {
        let now = self.room_now();
        let anchor = self.timeline.position(now);
        self.settle_start();
        let segment = &mut self.timeline.segment;
        match act {
            UserAction::Pause { position, at }
            | UserAction::Resume { position, at }
            | UserAction::Seek { position, at } => {
                segment.anchor = position;
                segment.start = at.unwrap_or(now);
                match act {
                    UserAction::Pause { .. } => segment.paused = true,
                    UserAction::Resume { .. } => segment.paused = false,
                    UserAction::Seek { .. } | UserAction::Speed(_) => {}
                }
            }
            UserAction::Speed(rate) => {
                segment.anchor = anchor;
                segment.start = now;
                segment.rate = rate;
            }
        }
        self.broadcast(Some(index));
    }
}
