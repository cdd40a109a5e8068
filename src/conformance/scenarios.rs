//! The list of the scenarios, in the order in which they are played.

use std::fmt;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;

use super::stage::Stage;
use super::verdict::Step;
use super::{
    clock, commands, entry, frames, holds, late, observers, people, playback, private, resume,
};

/// How a scenario is played.
type Play = for<'a> fn(&'a mut Stage) -> BoxFuture<'a, Step<()>>;

/// One scenario.
#[derive(Clone, Copy)]
pub struct Scenario {
    /// Its name on the command line and in the output; it never changes.
    pub name: &'static str,
    pub(super) play: Play,
}

impl fmt::Debug for Scenario {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// A row of the list: the name, and the function that plays it.
macro_rules! scenario {
    ($name:literal, $play:path) => {
        Scenario {
            name: $name,
            play: |stage| $play(stage).boxed(),
        }
    };
}

/// Every scenario. Most share one room, so that a server which lets an address create few can be
/// tried.
pub const ALL: &[Scenario] = &[
    scenario!("hello-first", entry::hello_first),
    scenario!("version", entry::version_refused),
    scenario!("room-names", entry::room_names),
    scenario!("first-is-admin", entry::first_is_admin),
    scenario!("second-is-viewer", entry::second_is_viewer),
    scenario!("names-unique", entry::names_are_unique),
    scenario!("names-cleaned", entry::names_are_cleaned),
    scenario!("unknown-fields", entry::unknown_fields),
    scenario!("unknown-kind", frames::unknown_kind),
    scenario!("bad-json", frames::bad_json),
    scenario!("frame-size", frames::too_large),
    scenario!("junk", frames::junk_closes),
    scenario!("second-hello", frames::second_hello),
    scenario!("clock", clock::exchange),
    scenario!("cadence", clock::cadence),
    scenario!("health", clock::health),
    scenario!("answers", commands::always_answered),
    scenario!("revs", commands::answers_carry_revs),
    scenario!("once", commands::counts_once),
    scenario!("order", commands::same_order),
    scenario!("reactions", commands::reactions),
    scenario!("denials", commands::denied_to_viewers),
    scenario!("rate-limit", commands::rate_limit),
    scenario!("state", resume::state_on_request),
    scenario!("resume", resume::without_loss),
    scenario!("resume-commands", resume::commands_survive),
    scenario!("resume-other-log", resume::other_log),
    scenario!("resume-replaces", resume::replaced),
    scenario!("resume-unknown", resume::unknown_token),
    scenario!("resume-no-room", resume::creates_nothing),
    scenario!("token", resume::chosen_token),
    scenario!("errand", resume::errand),
    scenario!("observe", observers::watch),
    scenario!("timeline", playback::one_timeline),
    scenario!("undo", playback::undo),
    scenario!("proposals", playback::proposals),
    scenario!("withdrawal", playback::withdrawal),
    scenario!("late-join", late::finds_the_room),
    scenario!("hold-data", holds::end_with_data),
    scenario!("hold-admin", holds::end_by_admin),
    scenario!("hold-time", holds::end_in_time),
    scenario!("rename", people::renaming),
    scenario!("mute", people::mutes),
    scenario!("moderator", people::moderators),
    scenario!("kick", people::kicks),
    scenario!("ban", people::bans),
    scenario!("hand-over", people::hand_over),
    scenario!("private", private::password),
    scenario!("private-password", private::needs_password),
];

/// The scenario of a name.
#[must_use]
pub fn named(name: &str) -> Option<&'static Scenario> {
    ALL.iter().find(|scenario| scenario.name == name)
}
