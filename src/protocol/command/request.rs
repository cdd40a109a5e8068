//! Requests: commands that a member asks the admins for.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error as _;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use super::Command;

/// A command that a member asks the admins for. `Rule::askable` says which commands can be asked
/// for. A request names its queue entry explicitly and carries no mark.
///
/// On the wire and in logs it keeps the form of releases up to 0.1.0, so that those can read it:
/// `{"for": "seek", "target": ...}`. That is the command with its name under `for`, without a mark,
/// and with `set_rate` spelled `rate`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PermissionRequest(Box<Command>);

/// The command is not one that can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("nobody can be asked for this")]
pub struct NotAskable;

impl PermissionRequest {
    /// The request for a command; `None` if the command cannot be asked for.
    #[must_use]
    pub fn of(command: &Command) -> Option<Self> {
        if !command.action().rule().askable {
            return None;
        }
        let asked = match command {
            // "The oldest proposal" may be another one by the time an admin reads the request.
            Command::Approve { entry: None } | Command::Reject { entry: None } => return None,
            Command::Pause { .. } => Command::Pause { mark: None },
            Command::Resume { .. } => Command::Resume { mark: None },
            Command::Seek { target, .. } => Command::Seek {
                target: *target,
                mark: None,
            },
            command => command.clone(),
        };
        Some(Self(Box::new(asked)))
    }

    /// The command with which an admin grants the request.
    #[must_use]
    pub fn command(&self) -> &Command {
        &self.0
    }
}

impl TryFrom<Command> for PermissionRequest {
    type Error = NotAskable;
    fn try_from(command: Command) -> Result<Self, NotAskable> {
        Self::of(&command).ok_or(NotAskable)
    }
}

/// A pause: the meaning of a request without a name, as older clients and logs write it.
impl Default for PermissionRequest {
    fn default() -> Self {
        Self(Box::new(Command::Pause { mark: None }))
    }
}

/// The command under other names: `for` in place of `do`, without a mark.
impl JsonSchema for PermissionRequest {
    fn schema_name() -> Cow<'static, str> {
        "PermissionRequest".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "object",
            "properties": {"for": {"type": "string"}},
            "description": "A command that an admin would give: its fields, with its name as `for` \
                            in place of `do` and without `mark`. `set_rate` is called `rate` here. \
                            An empty object is a pause.",
        })
    }
}

/// Commands whose name differs in a request: the name as a command, the name as a request.
const RENAMED: (&str, &str) = ("set_rate", "rate");

impl Serialize for PermissionRequest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let value = serde_json::to_value(&*self.0).map_err(S::Error::custom)?;
        let Value::Object(mut fields) = value else {
            return Err(S::Error::custom("a command is no object"));
        };
        fields.remove("mark");
        rename(&mut fields, ("do", "for"), RENAMED);
        fields.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for PermissionRequest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut fields = Map::deserialize(deserializer)?;
        fields.remove("do");
        let (command, request) = RENAMED;
        rename(&mut fields, ("for", "do"), (request, command));
        let command = Command::deserialize(Value::Object(fields)).map_err(D::Error::custom)?;
        Self::try_from(command).map_err(D::Error::custom)
    }
}

/// Moves a command's name from one JSON key to another, and changes its spelling if [`RENAMED`]
/// lists it.
fn rename(fields: &mut Map<String, Value>, keys: (&str, &str), names: (&str, &str)) {
    if let Some(name) = fields.remove(keys.0) {
        let renamed = if name == names.0 {
            Value::from(names.1)
        } else {
            name
        };
        fields.insert(keys.1.to_owned(), renamed);
    }
}

/// The request for a command that is known to be askable.
#[cfg(test)]
pub(crate) fn requested(command: Command) -> PermissionRequest {
    PermissionRequest::try_from(command).expect("a command that can be asked for")
}
