//! Whether mpv has a window, and whether sound comes out of it: its null output takes the place of
//! a device that does not open.

use serde_json::{Value, json};

use super::Observer;
use crate::player::actions::{Actions, Purpose};
use crate::player::ipc::MpvResult;
use crate::sync::player::{Lack, PlayerEvent};

/// The output that plays nothing.
const NULL: &str = "null";

/// What is known of mpv's outputs.
#[derive(Debug)]
pub(super) struct Outputs {
    /// Whether mpv was told to open a window, and did not report that none can be opened.
    has_window: bool,
    /// Whether the member chose silence: the `ao` option names the null output first.
    silence_is_chosen: bool,
    /// Whether missing sound was reported, and not yet that it is back.
    lacks_sound: bool,
}

impl Outputs {
    /// Nothing is known yet.
    pub(super) const fn new(has_window: bool) -> Self {
        Self {
            has_window,
            silence_is_chosen: false,
            lacks_sound: false,
        }
    }

    /// Handles the outputs that the member chose.
    pub(super) fn choice_read(&mut self, answer: &MpvResult) {
        let first = answer.as_ref().ok().and_then(|list| list.get(0));
        let name = first.and_then(|output| output.get("name"));
        self.silence_is_chosen = name.and_then(Value::as_str) == Some(NULL);
    }
}

/// Asks which sound output was chosen, and then which one opened.
pub(super) fn ask_sound(actions: &mut Actions) {
    actions.get(Purpose::ChosenSound, "ao");
    actions.get(Purpose::CurrentSound, "current-ao");
}

impl Observer {
    /// mpv could open no window. Without one it would give up each film that has a picture, so it
    /// plays the sound alone from now on.
    pub(super) fn no_window(&mut self, actions: &mut Actions) {
        if !std::mem::replace(&mut self.outputs.has_window, false) {
            return;
        }
        actions.set("vo", &json!(NULL));
        actions.set("vid", &json!("no"));
        actions.emit(PlayerEvent::Lacks(Lack::Display));
    }

    /// Handles a new sound output: it opened late, or a device came or went.
    pub(super) fn sound_changed(&self, actions: &mut Actions) {
        if self.is_running() {
            ask_sound(actions);
        }
    }

    /// Handles the name of the current sound output. Reports missing sound unless the member chose
    /// to have none, and sound that is back.
    pub(super) fn sound_read(&mut self, answer: &MpvResult, actions: &mut Actions) {
        let Some(output) = answer.as_ref().ok().and_then(Value::as_str) else {
            return;
        };
        let load = self.load.as_ref();
        let has_sound = load.is_some_and(|load| load.facts.has_sound());
        let is_lacking = output == NULL && !self.outputs.silence_is_chosen;
        if !has_sound || is_lacking == self.outputs.lacks_sound {
            return;
        }
        self.outputs.lacks_sound = is_lacking;
        actions.emit(if is_lacking {
            PlayerEvent::Lacks(Lack::Sound)
        } else {
            PlayerEvent::Regained(Lack::Sound)
        });
    }
}
