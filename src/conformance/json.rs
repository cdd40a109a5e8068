//! Reads raw JSON without panicking: what is missing is null.

use serde_json::Value;

/// The value at a JSON pointer such as `/state/queue`; null if there is none.
pub(super) fn at<'a>(value: &'a Value, pointer: &str) -> &'a Value {
    value.pointer(pointer).unwrap_or(&Value::Null)
}

/// A string.
pub(super) fn text(value: &Value) -> Option<&str> {
    value.as_str()
}

/// The elements of a list; none if it is no list.
pub(super) fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// Whether the value at a pointer equals this.
pub(super) fn is(value: &Value, pointer: &str, wanted: impl Into<Value>) -> bool {
    *at(value, pointer) == wanted.into()
}

/// A frame's or an event's kind.
pub(super) fn kind(value: &Value) -> &str {
    text(at(value, "/type")).unwrap_or_default()
}
