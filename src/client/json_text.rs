//! JSON that may go to a terminal as it is: what could steer one or reorder a line stands as
//! an escape of JSON's own, whatever was cleaned before.

use std::fmt::Write;

use serde::Serialize;

use crate::protocol::text::is_hostile;

/// A value as one line of JSON, without its end.
///
/// # Errors
/// serde's, for a value that JSON cannot express, such as a map whose keys are no strings.
pub fn line(value: &impl Serialize) -> Result<String, serde_json::Error> {
    let text = serde_json::to_string(value)?;
    if !text.contains(is_hostile) {
        return Ok(text);
    }
    let mut safe = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_hostile(c) {
            // Such characters stand only inside of strings, where their escapes mean the same.
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _infallible = write!(safe, "\\u{unit:04x}");
            }
        } else {
            safe.push(c);
        }
    }
    Ok(safe)
}

#[cfg(test)]
mod tests {
    use super::line;
    use crate::protocol::text::is_hostile;

    #[test]
    fn what_could_steer_a_terminal_is_escaped_and_means_the_same() {
        let hostile = "a\u{9b}31m\u{202e}b\u{e0041}c\u{1b}[2J\n\u{7f}\u{200b}ж🍿";
        let text = line(&serde_json::json!({ hostile: hostile })).unwrap();
        assert!(!text.chars().any(is_hostile), "{text:?}");
        assert!(text.contains("\\u009b31m\\u202eb\\udb40\\udc41c"), "{text}");
        assert!(text.contains("ж🍿"), "{text}");
        let read: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(read[hostile], hostile);
    }
}
