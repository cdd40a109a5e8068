//! Texts of `watchtogether calibrate`.

use std::path::Path;

use super::numbers::milliseconds;
use super::sentences::quoted;
use crate::protocol::time::Span;
use crate::texts::language::Language;
use crate::texts::tr;

/// What to do, in two lines.
#[must_use]
pub fn how(language: Language) -> String {
    let how = tr!(language, "calibrate-how");
    let keys = tr!(language, "calibrate-keys");
    format!("{how}\n{keys}")
}

/// mpv shows no picture: the terminal flashes.
#[must_use]
pub fn no_picture(language: Language) -> String {
    tr!(language, "calibrate-no-picture")
}

/// The keys and the flashes take a terminal.
#[must_use]
pub fn no_terminal(language: Language) -> String {
    tr!(language, "calibrate-no-terminal")
}

/// mpv plays without sound: there is nothing to set.
#[must_use]
pub fn no_sound(language: Language) -> String {
    tr!(language, "calibrate-no-sound")
}

/// There is nothing to keep the offset for.
#[must_use]
pub fn no_device(language: Language) -> String {
    tr!(language, "calibrate-no-device")
}

/// The offset as it is set now.
#[must_use]
pub fn offset(language: Language, offset: Span, device: Option<&str>) -> String {
    let sign = match offset.0 {
        0 => "",
        1.. => "+",
        _ => "−",
    };
    let offset = format!("{sign}{}", milliseconds(language, offset));
    let Some(device) = device else {
        return tr!(language, "calibrate-offset", offset = offset);
    };
    let device = quoted(language, device);
    tr!(
        language,
        "calibrate-offset-device",
        offset = offset,
        device = device
    )
}

/// The offset was kept.
#[must_use]
pub fn kept(language: Language, span: Span, device: &str) -> String {
    let offset = offset(language, span, Some(device));
    tr!(language, "calibrate-kept", offset = offset)
}

/// Nothing was kept.
#[must_use]
pub fn given_up(language: Language) -> String {
    tr!(language, "calibrate-given-up")
}

/// No folder can be made for mpv's socket.
#[must_use]
pub fn no_folder(language: Language) -> String {
    tr!(language, "calibrate-no-folder")
}

/// The offset cannot be kept.
#[must_use]
pub fn no_state(language: Language) -> String {
    tr!(language, "calibrate-no-state")
}

/// mpv cannot be started.
#[must_use]
pub fn no_player(language: Language, program: &Path) -> String {
    let program = quoted(language, &program.display().to_string());
    tr!(language, "calibrate-no-player", program = program)
}

/// mpv was started and does not answer.
#[must_use]
pub fn not_answering(language: Language) -> String {
    tr!(language, "calibrate-not-answering")
}
