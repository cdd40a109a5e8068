//! What mpv says while a member calibrates. Pure.

use serde_json::Value;

use crate::protocol::text::clean;
use crate::protocol::time::Span;

/// The longest name of a device, in characters: as the player keeps it.
const DEVICE: usize = 120;

/// What is observed, with the numbers that mpv's events repeat.
pub(super) const OBSERVED: [(u64, &str); 6] = [
    (1, "audio-delay"),
    (2, "current-ao"),
    (3, "audio-device"),
    (4, "audio-out-detected-device"),
    (5, "time-pos"),
    (6, "current-vo"),
];

/// What an event of mpv leads to.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Heard {
    /// Sound goes to this device.
    Device(String),
    /// The offset is another one.
    Offset,
    /// Where the picture is, in seconds.
    Place(f64),
    /// The offset is to be zero.
    Reset,
    /// The offset is to be kept.
    Keep,
}

/// What is known so far.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// mpv's `audio-delay` as the member's own options had it, and as it is now, in seconds.
    delays: Option<(f64, f64)>,
    driver: Option<String>,
    chosen: Option<String>,
    detected: Option<String>,
    /// mpv's video output, while it has one.
    picture: Option<String>,
    /// The device that was told last.
    told: Option<String>,
}

impl Reading {
    /// How late the device is (negative: early), as it is set now.
    pub(super) fn offset(&self) -> Span {
        let offset = self.delays.map_or(0.0, |(own, now)| own - now);
        Span::from_seconds(offset)
    }

    /// The `audio-delay` for an offset.
    pub(super) fn delay_of(&self, offset: Span) -> Span {
        let own = self.delays.map_or(0.0, |(own, _)| own);
        Span::from_seconds(own) - offset
    }

    /// Whether mpv shows a picture, as far as it said.
    pub(super) fn has_picture(&self) -> bool {
        self.picture
            .as_deref()
            .is_some_and(|output| output != "null")
    }

    /// The device by its best known name, once sound is played.
    pub(super) fn device(&self) -> Option<&str> {
        self.told.as_deref()
    }

    /// Takes an event in.
    pub(super) fn event(&mut self, event: &Value) -> Option<Heard> {
        match event.get("event")?.as_str()? {
            "client-message" => match event.get("args")?.get(0)?.as_str()? {
                "watchtogether-reset" => Some(Heard::Reset),
                "watchtogether-keep" => Some(Heard::Keep),
                _ => None,
            },
            "property-change" => self.changed(event.get("id")?.as_u64()?, event.get("data")),
            _ => None,
        }
    }

    fn changed(&mut self, id: u64, value: Option<&Value>) -> Option<Heard> {
        let text = || {
            let text = clean(value?.as_str()?, DEVICE);
            (!text.is_empty()).then_some(text)
        };
        match id {
            1 => {
                let now = value?.as_f64().filter(|delay| delay.is_finite())?;
                let own = self.delays.map_or(now, |(own, _)| own);
                self.delays = Some((own, now));
                return Some(Heard::Offset);
            }
            2 => self.driver = text(),
            3 => self.chosen = text().filter(|device| device != "auto"),
            4 => self.detected = text(),
            5 => return value?.as_f64().map(Heard::Place),
            6 => {
                self.picture = text();
                return None;
            }
            _ => return None,
        }
        let driver = self.driver.as_ref()?;
        let named = self.detected.as_ref().or(self.chosen.as_ref());
        let device = named.unwrap_or(driver).clone();
        let is_new = self.told.as_ref() != Some(&device);
        self.told = Some(device.clone());
        is_new.then_some(Heard::Device(device))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Heard, Reading};
    use crate::protocol::time::Span;

    fn change(id: u64, data: &Value) -> Value {
        json!({"event": "property-change", "id": id, "name": "x", "data": data})
    }

    #[test]
    fn the_offset_is_what_was_taken_from_the_members_own_delay() {
        let mut reading = Reading::default();
        reading.event(&change(1, &json!(0.3)));
        assert_eq!(
            reading.offset(),
            Span::ZERO,
            "an option of theirs is no offset"
        );
        assert_eq!(reading.event(&change(1, &json!(0.26))), Some(Heard::Offset));
        assert_eq!(reading.offset(), Span::millis(40));
        assert_eq!(reading.delay_of(Span::millis(-10)), Span::millis(310));
    }

    #[test]
    fn an_output_that_shows_nothing_is_no_picture() {
        let mut reading = Reading::default();
        for (output, shows) in [
            (Value::Null, false),
            (json!("gpu"), true),
            (json!("null"), false),
        ] {
            assert_eq!(reading.event(&change(6, &output)), None);
            assert_eq!(reading.has_picture(), shows, "{output}");
        }
    }

    #[test]
    fn the_device_is_told_once_by_its_best_name() {
        let mut reading = Reading::default();
        assert_eq!(reading.event(&change(3, &json!("auto"))), None);
        let pulse = reading.event(&change(2, &json!("pulse")));
        assert_eq!(pulse, Some(Heard::Device("pulse".to_owned())));
        assert_eq!(reading.event(&change(4, &Value::Null)), None);
        let chosen = reading.event(&change(3, &json!("pulse/hdmi")));
        assert_eq!(chosen, Some(Heard::Device("pulse/hdmi".to_owned())));
        assert_eq!(reading.device(), Some("pulse/hdmi"));
    }

    #[test]
    fn keys_come_as_messages() {
        let mut reading = Reading::default();
        let message = |name: &str| json!({"event": "client-message", "args": [name]});
        assert_eq!(
            reading.event(&message("watchtogether-keep")),
            Some(Heard::Keep)
        );
        assert_eq!(reading.event(&message("other")), None);
        assert_eq!(reading.event(&json!({"error": "success"})), None);
    }
}
