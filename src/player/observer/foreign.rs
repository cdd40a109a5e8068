//! Files that the member opens in the window: dropped on it, or by a script or another program that
//! steers mpv. They are never played; what the room plays is opened again.

use std::collections::VecDeque;

use serde_json::{Value, json};
use url::Url;

use super::Observer;
use crate::player::actions::{Actions, Purpose};
use crate::player::ipc::MpvResult;
use crate::player::loaded_media::{LoadNumber, OpenTarget, PlayerMedia};
use crate::protocol::time::{LocalTime, Span};
use crate::sync::player::{MediaProblem, PlayerEvent, WindowEvent};

/// How often the room's media is opened again within [`WITHIN`]: something that opens files by
/// itself would go on for ever (judgement: a person drops a file once or twice).
const MOST: usize = 3;

/// The time in which reopenings are counted.
const WITHIN: Span = Span::seconds(60);

/// The longest address that is reported, in bytes: as long as a link may be.
const LONGEST: usize = 2_048;

/// When files took the place of the room's media lately, and how they are told from it.
#[derive(Debug, Default)]
pub(super) struct ForeignFiles {
    replacements: VecDeque<LocalTime>,
    /// How all addresses begin at which the relay serves what the room plays.
    relay_prefix: Option<String>,
}

impl ForeignFiles {
    /// The room's media is opened at this address: what the relay serves is at
    /// `http://127.0.0.1:PORT/SECRET/LOAD/NAME`.
    pub(super) fn note_own(&mut self, target: &OpenTarget) {
        if let (false, Ok(url)) = (target.is_resolved(), Url::parse(&target.address))
            && let Some([secret, _load, _name]) = url.path_segments().and_then(exactly)
        {
            let origin = url.origin().ascii_serialization();
            self.relay_prefix = Some(format!("{origin}/{secret}/"));
        }
    }

    /// Reports a file by mpv's answer about its path. What the relay serves is the room's own, such
    /// as media that a script opens again.
    pub(super) fn report(&self, replaced: bool, answer: &MpvResult, actions: &mut Actions) {
        let path = answer.as_ref().ok().and_then(Value::as_str);
        let is_link = |path: &&str| {
            let is_web = path.starts_with("http://") || path.starts_with("https://");
            is_web && path.len() <= LONGEST
        };
        let prefix = self.relay_prefix.as_deref();
        let is_own = path
            .zip(prefix)
            .is_some_and(|(path, prefix)| path.starts_with(prefix));
        let opened = if !is_own {
            let link = path.filter(is_link).map(str::to_owned);
            WindowEvent::ForeignFile { link, replaced }
        } else if replaced {
            WindowEvent::OpenedAnew
        } else {
            return;
        };
        actions.emit(PlayerEvent::Window(opened));
    }

    /// Another one at this time: whether the room's media may be opened again.
    fn may_reopen(&mut self, at: LocalTime) -> bool {
        self.replacements.retain(|earlier| at - *earlier < WITHIN);
        let may = self.replacements.len() < MOST;
        if may {
            self.replacements.push_back(at);
        }
        may
    }
}

impl Observer {
    /// A file of the member's took the place of the room's media.
    pub(super) fn foreign_file_replaces(&mut self, at: LocalTime, actions: &mut Actions) {
        if self.foreign_files.may_reopen(at) {
            self.forget(actions);
            actions.set("start", &json!("none"));
            undo(true, actions);
        } else {
            self.replaced(actions);
        }
    }

    /// A file that is not the room's opens in the window while nothing of the room is loaded. The
    /// room's media may have been stopped for it.
    pub(super) fn foreign_file_opened(&mut self, at: LocalTime, actions: &mut Actions) {
        let stopped = self.stopped.take();
        let replaced = stopped.is_some() && self.foreign_files.may_reopen(at);
        undo(replaced, actions);
        if let Some(epoch) = stopped.filter(|_| !replaced) {
            let problem = MediaProblem::Replaced;
            actions.emit(PlayerEvent::Failed { epoch, problem });
        }
    }

    /// mpv answered after the member stopped the media of this load, and nothing has taken its
    /// place so far. A file that does may be reported some answers later (one was after the first).
    pub(super) fn nothing_followed(&mut self, number: LoadNumber, actions: &mut Actions) {
        let is_stopped = |load: &&mut PlayerMedia| load.number == number && load.stopped;
        let Some(load) = self.load.as_mut().filter(is_stopped) else {
            return;
        };
        if !load.complaints_are_in() {
            actions.get(Purpose::Stopped(number), "pid");
            return;
        }
        let stopped = Some(load.epoch);
        self.problem(MediaProblem::Stopped, actions);
        self.stopped = stopped;
    }
}

/// Stops a file of the member's, after asking what it is.
fn undo(replaced: bool, actions: &mut Actions) {
    actions.get(Purpose::ForeignFile(replaced), "path");
    actions.order("stop", json!(["stop"]));
}

/// These pieces, if there are as many as asked for.
fn exactly<'a, const COUNT: usize>(
    pieces: impl Iterator<Item = &'a str>,
) -> Option<[&'a str; COUNT]> {
    pieces.collect::<Vec<_>>().try_into().ok()
}
