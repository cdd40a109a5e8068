//! What a member asks the admins for: a command that is theirs to give.
//!
//! It travels, and stands in logs, as releases up to 0.1.0 spell it, so that those read it:
//! `{"for": "seek", "target": ...}`. That is the command with its name under `for`, without a
//! mark, and with `rate` for `set_rate`.

use serde::de::Error as _;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use super::command::Command;

/// A command that can be asked for: the table of commands says which can
/// ([`super::rule::Rule::askable`]). It names the entry it is about, and carries no mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PermissionRequest(Box<Command>);

/// The command is none that the admins can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("nobody can be asked for this")]
pub struct NotAskable;

impl PermissionRequest {
    /// What asking the admins for a command means, if it can be asked for.
    #[must_use]
    pub fn of(command: &Command) -> Option<Self> {
        if !command.action().rule().askable {
            return None;
        }
        let asked = match command {
            // The oldest proposal may be another one by the time an admin reads of it.
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

    /// The command with which an admin grants it.
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

/// A pause: what clients and logs mean that are older than the choice.
impl Default for PermissionRequest {
    fn default() -> Self {
        Self(Box::new(Command::Pause { mark: None }))
    }
}

/// The names under which commands are asked for, where they differ: as a command, as a request.
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

/// Moves the name of a command from one key to another, and gives it its other spelling.
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

/// A request of a command that can be asked for.
#[cfg(test)]
pub(crate) fn requested(command: Command) -> PermissionRequest {
    PermissionRequest::try_from(command).expect("a command that can be asked for")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{PermissionRequest, requested};
    use crate::protocol::command::{Command, Mark, SeekTarget};
    use crate::protocol::event::RoomEvent;
    use crate::protocol::ids::{EntryId, Epoch, MemberId};
    use crate::protocol::time::{Position, Rate, RoomTime, Span};

    fn seek(target: SeekTarget) -> Command {
        Command::Seek { target, mark: None }
    }

    /// Everything that releases up to 0.1.0 can ask for, as they write it.
    fn spelled() -> Vec<(serde_json::Value, Command)> {
        let entry = EntryId(3);
        let rate = Rate::FASTEST;
        let some = Some(entry);
        vec![
            (json!({"for": "pause"}), Command::Pause { mark: None }),
            (json!({"for": "resume"}), Command::Resume { mark: None }),
            (
                json!({"for": "seek", "target": {"by": -5_000_000}}),
                seek(SeekTarget::By(Span::seconds(-5))),
            ),
            (
                json!({"for": "seek", "target": {"to": 9_000_000}}),
                seek(SeekTarget::To(Position::seconds(9))),
            ),
            (json!({"for": "undo"}), Command::Undo),
            (json!({"for": "skip"}), Command::Skip),
            (
                json!({"for": "rate", "rate": rate}),
                Command::SetRate { rate },
            ),
            (
                json!({"for": "approve", "entry": 3}),
                Command::Approve { entry: some },
            ),
            (
                json!({"for": "reject", "entry": 3}),
                Command::Reject { entry: some },
            ),
            (
                json!({"for": "remove", "entry": 3}),
                Command::Remove { entry },
            ),
            (
                json!({"for": "move", "entry": 3, "place": 2}),
                Command::Move { entry, place: 2 },
            ),
            (
                json!({"for": "play_now", "entry": 3}),
                Command::PlayNow { entry },
            ),
        ]
    }

    #[test]
    fn requests_travel_as_older_releases_write_them() {
        for (spelling, command) in spelled() {
            let request = requested(command);
            assert_eq!(serde_json::to_value(&request).unwrap(), spelling);
            let read: PermissionRequest = serde_json::from_value(spelling.clone()).unwrap();
            assert_eq!(read, request);
            let asked = json!({"do": "ask", "wish": spelling});
            let read: Command = serde_json::from_value(asked.clone()).unwrap();
            assert_eq!(serde_json::to_value(&read).unwrap(), asked);
            assert_eq!(read, Command::Ask { request });
        }
    }

    #[test]
    fn logs_and_clients_older_than_the_choice_ask_for_a_pause() {
        let pause = PermissionRequest::default();
        for asked in [json!({"do": "ask_pause"}), json!({"do": "ask"})] {
            let read: Command = serde_json::from_value(asked).unwrap();
            assert_eq!(
                read,
                Command::Ask {
                    request: pause.clone()
                }
            );
        }
        let read: RoomEvent =
            serde_json::from_value(json!({"type": "pause_asked", "member": 2})).unwrap();
        let member = MemberId(2);
        let request = pause;
        assert_eq!(read, RoomEvent::Asked { member, request });
        let newer = json!({"type": "asked", "member": 2, "wish": {"for": "skip"}});
        let read: RoomEvent = serde_json::from_value(newer.clone()).unwrap();
        assert_eq!(serde_json::to_value(&read).unwrap(), newer);
    }

    #[test]
    fn only_what_is_an_admins_to_grant_can_be_asked_for() {
        for wrong in [
            json!({"for": "chat", "text": "hi"}),
            json!({"for": "ask", "wish": {"for": "pause"}}),
            json!({"for": "approve"}),
            json!({"for": "dance"}),
            json!({"do": "pause"}),
            json!({}),
        ] {
            let read = serde_json::from_value::<PermissionRequest>(wrong.clone());
            assert!(read.is_err(), "{wrong}");
        }
        assert_eq!(PermissionRequest::of(&Command::Go), None);
        let oldest = Command::Approve { entry: None };
        assert_eq!(PermissionRequest::of(&oldest), None);
    }

    #[test]
    fn a_mark_is_not_asked_for() {
        let mark = Some(Mark {
            epoch: Epoch(1),
            position: Position::START,
            at: RoomTime(1),
        });
        let request = requested(Command::Pause { mark });
        assert_eq!(request, PermissionRequest::default());
    }
}
