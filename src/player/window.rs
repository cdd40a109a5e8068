//! mpv's window beside the picture: what is drawn over it, its title, and the keys that are taken in
//! it. A machine without IO: it returns [`Actions`] to carry out, and reads mpv's answers.
//!
//! A key is taken only where mpv's `input-bindings` has nothing or nothing but its own weak default
//! for it: a key that the member bound, or a script of theirs, stays theirs. mpv itself lets a
//! section of the kind `default` give way to `input.conf` as well (0.35.1). While a line is written,
//! characters are its text, and every other weak binding does nothing.

use serde_json::{Value, json};

use super::actions::{Actions, Purpose};
use super::ass;
use super::clean::clean;
use super::event::Observed;
use super::ipc::MpvResult;
use super::window_keys::{COMMANDS, LINE, SECTION, command_section, is_free, key_of, line_section};
use crate::sync::player::{Overlay, PlayerEvent, WindowEvent, WindowKey, WindowKeys};

/// The number of our overlay; numbers count for one connection.
const OVERLAY: u64 = 1;

/// How sections are enabled: the pointer hides, and drags the window, as it does without them.
const BESIDE_MOUSE: &str = "allow-hide-cursor+allow-vo-dragging";

/// The longest title, in characters.
const TITLE: usize = 200;

/// The state of the window as far as we ordered it.
#[derive(Debug, Default)]
pub(super) struct Window {
    overlay: Overlay,
    /// Whether anything is drawn.
    is_drawn: bool,
    /// The window's size, zero before mpv has told it.
    size: (f64, f64),
    /// mpv's name for this connection, which bindings send their keys to.
    client: Option<String>,
    keys: Option<WindowKeys>,
    /// Whether mpv takes all that is typed: the key that begins a line makes it do so at once.
    line_is_on: bool,
    /// The keys that are free, once mpv has listed its bindings.
    free: Vec<&'static str>,
}

impl Window {
    /// Asks for mpv's name for this connection.
    pub(super) fn begin(actions: &mut Actions) {
        actions
            .asks
            .push((Purpose::ClientName, json!(["client_name"])));
    }

    /// Draws an overlay in place of the last one.
    pub(super) fn draw(&mut self, overlay: Overlay, actions: &mut Actions) {
        self.overlay = overlay;
        self.redraw(actions);
    }

    /// Calls the window so. What would be a property's value in braces is only text.
    pub(super) fn set_title(title: &str, actions: &mut Actions) {
        // "$>" ends all expansion (mpv's manual, "Property Expansion").
        actions.set("title", &json!(format!("$>{}", clean(title, TITLE))));
    }

    /// A side of the window has another length.
    pub(super) fn resized(&mut self, observed: Observed, value: &Value, actions: &mut Actions) {
        let length = value.as_f64().unwrap_or(0.0);
        let width = self.width();
        match observed {
            Observed::WindowWidth => self.size.0 = length,
            _ => self.size.1 = length,
        }
        if self.is_drawn && self.width() != width {
            self.redraw(actions);
        }
    }

    /// Takes these keys: after mpv has listed what is bound.
    pub(super) fn take_keys(&mut self, keys: WindowKeys, actions: &mut Actions) {
        let before = self.keys.replace(keys);
        let begins_line = keys.writes && !before.is_some_and(|keys| keys.writes);
        // A script may have bound keys since they were last listed.
        if begins_line || before.map(|keys| keys.takes_pause) != Some(keys.takes_pause) {
            self.ask_bindings(actions);
        }
        if std::mem::replace(&mut self.line_is_on, keys.writes) != keys.writes {
            self.enable_line(keys.writes, actions);
        }
    }

    /// mpv's name for this connection.
    pub(super) fn named(&mut self, answer: &MpvResult, actions: &mut Actions) {
        let name = answer.as_ref().ok().and_then(Value::as_str);
        let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
        self.client = name
            .filter(|name| !name.is_empty() && name.chars().all(is_plain))
            .map(str::to_owned);
        if self.keys.is_some() {
            self.ask_bindings(actions);
        }
    }

    /// mpv's list of bindings: takes those keys that are free.
    pub(super) fn bindings(&mut self, answer: &MpvResult, actions: &mut Actions) {
        let (Ok(Value::Array(bindings)), Some(client), Some(keys)) =
            (answer, &self.client, self.keys)
        else {
            return;
        };
        self.free = COMMANDS
            .iter()
            .map(|(key, _)| *key)
            .filter(|key| is_free(bindings, key))
            .collect();
        let line = line_section(client, bindings);
        actions.order(
            "define-section",
            json!(["define-section", LINE, line, "force"]),
        );
        let contents = command_section(client, &self.free, keys.takes_pause);
        let define = json!(["define-section", SECTION, contents, "default"]);
        actions.order("define-section", define);
        let enable = json!(["enable-section", SECTION, BESIDE_MOUSE]);
        actions.order("enable-section", enable);
        // It may have been begun before mpv's name for us was known.
        if self.line_is_on {
            self.enable_line(true, actions);
        }
    }

    /// A message to this connection: a key that was taken, or nothing of ours.
    pub(super) fn message(&mut self, message: &[String], actions: &mut Actions) {
        if self.keys.is_none() {
            return;
        }
        if let Some(key) = key_of(message, self.line_is_on) {
            self.line_is_on |= key == WindowKey::Write;
            actions.emit(PlayerEvent::Window(WindowEvent::Key(key)));
        }
    }

    fn ask_bindings(&self, actions: &mut Actions) {
        if self.client.is_some() {
            actions.get(Purpose::Bindings, "input-bindings");
        }
    }

    /// Takes all that is typed, or does so no longer.
    fn enable_line(&self, writes: bool, actions: &mut Actions) {
        if self.client.is_none() {
            return;
        }
        if writes {
            let enable = json!(["enable-section", LINE, BESIDE_MOUSE]);
            actions.order("enable-section", enable);
        } else {
            actions.order("disable-section", json!(["disable-section", LINE]));
        }
    }

    /// The width of the canvas in the window's shape.
    fn width(&self) -> u32 {
        let (width, height) = self.size;
        if width < 1.0 || height < 1.0 {
            return ass::USUAL_WIDTH;
        }
        let scaled = f64::from(ass::HEIGHT) * width / height;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "bounded right here"
        )]
        let scaled = scaled.clamp(200.0, 5_000.0) as u32;
        scaled
    }

    fn redraw(&mut self, actions: &mut Actions) {
        let width = self.width();
        let events = ass::events(&self.overlay, width);
        let was_drawn = std::mem::replace(&mut self.is_drawn, !events.is_empty());
        let command = if !events.is_empty() {
            json!([
                "osd-overlay",
                OVERLAY,
                "ass-events",
                events,
                width,
                ass::HEIGHT,
                0,
                false,
                false
            ])
        } else if was_drawn {
            json!(["osd-overlay", OVERLAY, "none", ""])
        } else {
            return;
        };
        actions.order("osd-overlay", command);
    }
}

#[cfg(test)]
#[path = "window_tests.rs"]
mod tests;
