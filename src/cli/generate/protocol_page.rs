//! watchtogether-protocol(7): the rules in words, and the lists of messages from the schemas.

use serde_json::Value;
use strum::VariantArray as _;

use super::limits;
use super::prose;
use super::schemas::{named, snake};
use super::sheet::Sheet;
use super::types::{Definitions, Kind, definitions, kinds, write_kind, write_types};
use crate::protocol::command::Action;
use crate::protocol::denied::Refused;
use crate::protocol::member::Role;
use crate::protocol::rule::Rule;
use crate::texts::language::Language;
use crate::texts::tr;
use crate::wire::codec::{MAX_CLIENT_FRAME, MAX_SERVER_FRAME, PROTOCOL, close_code};

/// The words of the page.
pub(super) const TEXT: &str = include_str!("protocol_page.txt");

/// The types that have sections of their own.
const IN_SECTIONS: [&str; 3] = ["Action", "Command", "RoomEvent"];

/// The page, in English.
pub(super) fn page() -> Sheet {
    let language = Language::English;
    let mut sheet = Sheet::new("watchtogether-protocol", "7");
    sheet.named(
        &tr!(language, "cli-man-name"),
        &tr!(language, "cli-man-protocol-about"),
    );
    let (client, server) = (named("client-message"), named("server-message"));
    let codes = ["denied", "refused", "frame-error"].map(named);
    let cards = ["server-card", "room-card", "gallery-event", "api-error"].map(named);
    let [denied, refused, frame_error] = &codes;
    let all: Vec<_> = [&server, &client]
        .into_iter()
        .chain(&codes)
        .chain(&cards)
        .collect();
    let mut known = definitions(&all);
    // What a client may leave out.
    let sent = definitions(&[&client]);
    // The types at the roots of schemas.
    for card in &cards {
        let name = card.get("title").and_then(Value::as_str);
        known.insert(name.unwrap_or_default().to_owned(), card.clone());
    }
    let nothing = Value::Null;
    let of = |name: &str| known.get(name).unwrap_or(&nothing);
    prose::write(&mut sheet, &text(), |sheet, name| match name {
        "commands" => {
            for kind in kinds(of("Command"), "do", &sent) {
                write_kind(sheet, &kind, &who(&kind), &sent);
            }
        }
        "client-messages" => write_all(sheet, &client, "type", &sent),
        "server-messages" => write_all(sheet, &server, "type", &known),
        "events" => write_all(sheet, of("RoomEvent"), "type", &known),
        "denials" => write_all(sheet, denied, "code", &known),
        "refusals" => {
            for kind in kinds(refused, "code", &known) {
                write_kind(sheet, &kind, &closes_with(kind.name), &known);
            }
        }
        "errors" => write_all(sheet, frame_error, "code", &known),
        "limits" => limits::write(sheet),
        "types" => write_types(sheet, &known, &IN_SECTIONS),
        _ => {}
    });
    let pages = [
        ("watchtogether".to_owned(), "1"),
        ("watchtogether-conformance".to_owned(), "1"),
        ("watchtogether-serve".to_owned(), "1"),
        ("watchtogether-json".to_owned(), "7"),
    ];
    sheet.see_also(&tr!(language, "cli-man-see"), &pages);
    sheet
}

/// The words of the page with the program's own figures.
fn text() -> String {
    let figures = [
        ("{PROTOCOL}", u64::from(PROTOCOL)),
        ("{MAX_CLIENT_FRAME}", figure(MAX_CLIENT_FRAME)),
        ("{MAX_SERVER_FRAME}", figure(MAX_SERVER_FRAME)),
    ];
    figures
        .iter()
        .fold(TEXT.to_owned(), |text, (name, figure)| {
            text.replace(name, &figure.to_string())
        })
}

fn figure(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

fn write_all(sheet: &mut Sheet, schema: &Value, tag: &str, known: &Definitions) {
    for kind in kinds(schema, tag, known) {
        write_kind(sheet, &kind, "", known);
    }
}

/// Who may give a command, where not everybody may.
fn who(kind: &Kind<'_>) -> String {
    match rule_of(kind.name).map(|rule| rule.needs) {
        Some(Role::Admin) => "admins".to_owned(),
        Some(Role::Moderator) => "moderators and admins".to_owned(),
        Some(Role::Viewer) | None => String::new(),
    }
}

/// The row of the table of commands for a command as it is called on the wire.
fn rule_of(name: &str) -> Option<Rule> {
    let name = match name {
        "set_muted" => "mute",
        "set_spared" => "exempt_from_wait",
        name => name,
    };
    let mut actions = Action::VARIANTS.iter();
    let action = actions.find(|action| snake(&format!("{action:?}")) == name)?;
    Some(action.rule())
}

/// The number with which a refusal closes a connection.
fn closes_with(code: &str) -> String {
    let numbers = serde_json::json!({
        "limit": 0, "retry_ms": 0, "server": 0, "client": 0,
    });
    let with = serde_json::json!({"code": code, "args": numbers});
    let without = serde_json::json!({"code": code});
    let refused = [without, with].map(|value| serde_json::from_value::<Refused>(value).ok());
    let number = refused.iter().flatten().next().map(close_code);
    number.map_or_else(String::new, |number| number.to_string())
}

#[cfg(test)]
mod tests {
    use super::{TEXT, closes_with, named, prose, rule_of};
    use crate::cli::generate::types::{definitions, kinds};
    use crate::wire::codec::decode;
    use crate::wire::message::{ClientMsg, ServerMsg};

    #[test]
    fn each_sample_is_a_message_and_says_all_that_the_types_say() {
        let sent = prose::samples(TEXT, "> ");
        let received = prose::samples(TEXT, "< ");
        assert!(sent.len() >= 5 && received.len() >= 8);
        for sample in sent {
            let message: ClientMsg = decode(sample).expect(sample);
            same(sample, &serde_json::to_value(message).unwrap());
        }
        for sample in received {
            let message: ServerMsg = decode(sample).expect(sample);
            let written = serde_json::to_value(message).unwrap();
            same(sample, &written);
        }
    }

    /// Each field of a sample is one that the program writes, too.
    fn same(sample: &str, written: &serde_json::Value) {
        let sample: serde_json::Value = serde_json::from_str(sample).unwrap();
        for (name, field) in sample.as_object().unwrap() {
            let ours = written.get(name);
            assert!(ours.is_some(), "{name} of {sample}");
            if !field.is_object() {
                assert_eq!(ours, Some(field), "{name} of {sample}");
            }
        }
    }

    #[test]
    fn each_command_has_its_row_and_each_refusal_its_number() {
        let client = named("client-message");
        let known = definitions(&[&client]);
        let commands = kinds(&known["Command"], "do", &known);
        assert!(commands.len() > 40);
        for command in commands {
            assert!(rule_of(command.name).is_some(), "{}", command.name);
        }
        let refused = named("refused");
        for refusal in kinds(&refused, "code", &known) {
            assert!(!closes_with(refusal.name).is_empty(), "{}", refusal.name);
        }
    }
}
