//! What the bench orders its generators to do, and what they answer: one line of JSON each, over
//! their standard input and output. Every order is answered once.

use serde::{Deserialize, Serialize};

/// An order to one generator.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) enum Order {
    /// Brings members in; answered when each has its welcome or has failed.
    Join(Join),
    /// Gives commands; answered when each has its answer.
    Speak(Speak),
    /// Counts frames and exchanges from now on.
    Measure,
    /// Tells what was counted, and how long each of these commands took to each member.
    Collect(Vec<Sent>),
    /// From now on members who lose their connection return by themselves, as clients do.
    Return,
    /// Answered once everybody is back, or when these microseconds are over.
    Await(u64),
}

/// Members to bring in: those numbers in a range that are this generator's.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Join {
    /// The first number.
    pub(crate) from: u32,
    /// The first number that is none of theirs.
    pub(crate) until: u32,
    /// How many members a room has; a member's room is its number divided by this.
    pub(crate) room_size: u32,
    /// Which of them.
    pub(crate) which: Which,
    /// How many of this generator's may be on their way in at the same moment.
    pub(crate) at_once: u32,
    /// What they do once they are in.
    pub(crate) life: Life,
}

/// Which members of each room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Which {
    /// The first one, who becomes admin.
    Leaders,
    /// All but the first one.
    Others,
    /// All.
    All,
}

/// What a member does between commands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Life {
    /// Watches, and has done so for some minutes: exchanges clocks and reports health as often as the
    /// welcome says.
    Watches,
    /// The same of a client that is new: for two minutes it exchanges clocks twice a second.
    WatchesAnew,
    /// The same as often as without a word in the welcome: an exchange a second, health every two.
    WatchesAsBefore,
    /// Has no player, and answers pings only.
    Idles,
    /// Reads nothing after its welcome, from a small receive buffer, and sends nothing.
    ReadsNothing,
}

/// Commands to give, one at a time.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Speak {
    /// The rooms, in turns.
    pub(crate) rooms: Vec<u32>,
    /// What to say.
    pub(crate) what: Say,
    /// How many commands.
    pub(crate) times: u32,
    /// Microseconds between two.
    pub(crate) every: u64,
}

/// A kind of command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Say {
    /// The room's first member puts media on.
    Play,
    /// A line of chat of so many letters, by this generator's members of the room in turns.
    Chat(usize),
    /// The room's first member pauses and resumes in turns. Only the pauses are told.
    Pause,
}

/// A command that was carried out.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Sent {
    /// The room.
    pub(crate) room: u32,
    /// The event that it caused.
    pub(crate) rev: u64,
    /// When it was sent, in microseconds of the common clock.
    pub(crate) at: u64,
}

/// A generator's answer.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Answer {
    /// To [`Order::Join`].
    Joined(Joined),
    /// To [`Order::Speak`].
    Said(Said),
    /// To [`Order::Measure`] and [`Order::Return`].
    Done,
    /// To [`Order::Collect`].
    Counted(Box<Counted>),
    /// To [`Order::Await`].
    Back(Back),
}

/// How members came in. Times are in microseconds.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Joined {
    /// From the beginning of the connection to the welcome.
    pub(crate) from_connect: Vec<u32>,
    /// From the hello to the welcome.
    pub(crate) from_hello: Vec<u32>,
    /// When the first connection was begun.
    pub(crate) began: u64,
    /// When the last welcome came.
    pub(crate) ended: u64,
    /// How many failed.
    pub(crate) failed: u32,
}

/// How commands were answered.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Said {
    /// Those that are to be measured.
    pub(crate) sent: Vec<Sent>,
    /// How many were denied, or not answered in time.
    pub(crate) failed: u32,
}

/// What a generator counted since [`Order::Measure`], and its faults since the beginning.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Counted {
    /// How many members are in.
    pub(crate) present: u32,
    /// Messages that came.
    pub(crate) frames_in: u64,
    /// Messages sent.
    pub(crate) frames_out: u64,
    /// Round trips of clock exchanges, in microseconds.
    pub(crate) exchanges: Vec<u32>,
    /// From the sending of a command to its event at a member, in microseconds.
    pub(crate) delays: Vec<u32>,
    /// Events that a member did not get.
    pub(crate) missed: u64,
    /// Events that a member got twice.
    pub(crate) doubled: u64,
    /// Connections that ended although they should not have.
    pub(crate) lost: u64,
    /// The first faults, in words.
    pub(crate) faults: Vec<String>,
}

/// How members returned.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Back {
    /// When each hello was sent, in microseconds of the common clock.
    pub(crate) hellos: Vec<u64>,
    /// When each welcome came.
    pub(crate) welcomes: Vec<u64>,
    /// How many are not back.
    pub(crate) away: u32,
}
