//! JSON Schemas (draft 2020-12) of what travels and of what `join --json` prints, from the types and
//! their docs, with the limits of texts from the same constants as the decoder's. A test compares
//! them with those in `docs/schemas`. Their `maxLength` counts a text as it is sent, the decoder only
//! what is left of it when it is cleaned.

use std::borrow::Cow;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::LazyLock;

use regex::{Captures, Regex};
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::Value;

use crate::cli::doctor::FindingLine;
use crate::client::json;
use crate::protocol::denied::{Denied, Refused};
use crate::wire::message::{ClientMsg, FrameError, ServerMsg};
use crate::wire::pages::{ApiError, GalleryEvent, RoomCard, ServerCard};
use crate::wire::quiet::QuietFrame;

/// A schema and the name of its file, without the ending.
pub(super) struct Named {
    pub(super) name: &'static str,
    pub(super) schema: Value,
}

/// Every schema. What a client sends is described as a server reads it: a field is required only if
/// it is invalid without. What a server sends is described as this release writes it.
pub(super) fn all() -> Vec<Named> {
    let named = |name, schema| Named { name, schema };
    vec![
        named("client-message", read::<ClientMsg>()),
        named("server-message", written::<ServerMsg>()),
        named("denied", written::<Denied>()),
        named("refused", written::<Refused>()),
        named("frame-error", written::<FrameError>()),
        named("server-card", written::<ServerCard>()),
        named("room-card", written::<RoomCard>()),
        named("gallery-event", written::<GalleryEvent>()),
        named("api-error", written::<ApiError>()),
        named("quiet-frame", written::<QuietFrame>()),
        named("doctor-output", written::<FindingLine<'_>>()),
        named("join-output", cleaned(json::schema(settings()))),
    ]
}

/// The schema of a name.
pub(super) fn named(name: &str) -> Value {
    let found = all().into_iter().find(|one| one.name == name);
    found.map_or(Value::Null, |one| one.schema)
}

/// Writes each schema into a file of its name.
pub(super) fn write(folder: &Path) -> io::Result<()> {
    for Named { name, schema } in all() {
        let text = serde_json::to_string_pretty(&schema)?;
        fs::write(folder.join(format!("{name}.json")), text + "\n")?;
    }
    Ok(())
}

fn settings() -> SchemaSettings {
    SchemaSettings::draft2020_12()
}

/// The schema of what is read.
fn read<T: JsonSchema>() -> Value {
    let generator = settings().for_deserialize().into_generator();
    cleaned(generator.into_root_schema_for::<T>().into())
}

/// The schema of what is written.
fn written<T: JsonSchema>() -> Value {
    let generator = settings().for_serialize().into_generator();
    cleaned(generator.into_root_schema_for::<T>().into())
}

/// A schema whose descriptions are for readers who do not know the source.
fn cleaned(mut schema: Value) -> Value {
    clean(&mut schema);
    schema
}

fn clean(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (key, field) in fields.iter_mut() {
                match field {
                    Value::String(text) if key == "description" => *text = readable(text),
                    Value::Array(values) if key == "enum" => {
                        let mut once: Vec<Value> = Vec::new();
                        for value in values.drain(..) {
                            if !once.contains(&value) {
                                once.push(value);
                            }
                        }
                        *values = once;
                    }
                    other => clean(other),
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(clean),
        _ => {}
    }
}

/// A link of rustdoc: a path in backticks and brackets, perhaps with its target.
static LINK: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\[`([A-Za-z_:]+)`\](?:\([^)]*\))?").ok());

/// The docs of an item as the readers of a schema need them: links are words, `None` is null, a
/// variant is called what it is called on the wire.
fn readable(docs: &str) -> String {
    let docs = docs.replace("`None`", "null").replace("``", "`");
    let words = docs.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some(link) = LINK.as_ref() else {
        return words;
    };
    let linked = |found: &Captures<'_>| {
        let path = found.get(1).map_or("", |path| path.as_str());
        format!("`{}`", on_the_wire(path))
    };
    link.replace_all(&words, linked).into_owned()
}

/// The last part of a path: a variant, `Refused::Kicked`, as `kicked`.
fn on_the_wire(path: &str) -> Cow<'_, str> {
    let Some((_, last)) = path.rsplit_once("::") else {
        return path.into();
    };
    let is_variant = last.starts_with(|c: char| c.is_ascii_uppercase())
        && last.contains(|c: char| c.is_ascii_lowercase());
    if is_variant {
        snake(last).into()
    } else {
        last.into()
    }
}

/// `NoSuchRoom` as `no_such_room`.
pub(super) fn snake(name: &str) -> String {
    let mut words = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !words.is_empty() {
            words.push('_');
        }
        words.push(letter.to_ascii_lowercase());
    }
    words
}
