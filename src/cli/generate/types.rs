//! Schemas as parts of a manual page: kinds of messages with their fields, and types.

use std::collections::BTreeMap;

use clap_mangen::roff::{Inline, bold, italic, roman};
use serde_json::{Map, Value};

use super::sheet::Sheet;

/// The types that schemas define, by name.
pub(super) type Definitions = BTreeMap<String, Value>;

/// The definitions of several schemas; of two with one name, the first counts.
pub(super) fn definitions(schemas: &[&Value]) -> Definitions {
    let mut all = Definitions::new();
    for schema in schemas {
        let found = schema.get("$defs").and_then(Value::as_object);
        for (name, definition) in found.into_iter().flatten() {
            all.entry(name.clone())
                .or_insert_with(|| definition.clone());
        }
    }
    all
}

/// One of the kinds that a schema tells apart by a tag.
pub(super) struct Kind<'a> {
    pub(super) name: &'a str,
    pub(super) about: &'a str,
    /// Its fields without the tag: the name, the schema, and whether it is always there.
    fields: Vec<(String, Value, bool)>,
    /// What it is in turn, told apart by another tag: that tag, and the schema.
    within: Option<(String, Value)>,
}

/// The kinds of a schema, told apart by a tag such as `type`.
pub(super) fn kinds<'a>(schema: &'a Value, tag: &str, known: &Definitions) -> Vec<Kind<'a>> {
    let variants = ["oneOf", "anyOf"].iter().find_map(|key| schema.get(key));
    let variants = variants.and_then(Value::as_array);
    let variants = variants.map_or(&[][..], Vec::as_slice);
    let kind = |variant: &'a Value| {
        let name = variant.pointer(&format!("/properties/{tag}/const"))?;
        let mut fields = fields(variant, known);
        fields.retain(|(field, ..)| field != tag);
        Some(Kind {
            name: name.as_str()?,
            about: about(variant),
            fields,
            within: [Some(variant), referred(variant, known)]
                .into_iter()
                .flatten()
                .find_map(|schema| Some((tag_of(schema)?, schema.clone()))),
        })
    };
    variants.iter().filter_map(kind).collect()
}

/// Writes a kind: its name, what it is, and its fields. `note` stands behind the name.
pub(super) fn write_kind(sheet: &mut Sheet, kind: &Kind<'_>, note: &str, known: &Definitions) {
    let mut term = vec![bold(kind.name)];
    if !note.is_empty() {
        term.push(roman(format!(" ({note})")));
    }
    sheet.item(term, kind.about);
    write_fields(sheet, &kind.fields);
    if let Some((tag, schema)) = &kind.within {
        sheet.begin_inset();
        write_tagged(sheet, schema, tag, known);
        sheet.end_inset();
    }
}

/// Writes the kinds that a schema tells apart by a tag, each with the tag before its name.
fn write_tagged(sheet: &mut Sheet, schema: &Value, tag: &str, known: &Definitions) {
    for kind in kinds(schema, tag, known) {
        let term = vec![roman(format!("{tag}: ")), bold(kind.name)];
        sheet.item(term, kind.about);
        write_fields(sheet, &kind.fields);
    }
}

/// Writes the types that are no plain values, each below a heading of its own.
pub(super) fn write_types(sheet: &mut Sheet, known: &Definitions, left_out: &[&str]) {
    for (name, definition) in known {
        if left_out.contains(&name.as_str()) {
            continue;
        }
        sheet.part(name);
        let of = type_of(definition);
        let values = values(definition);
        let is_plain = values.is_empty() && definition.get("properties").is_none();
        let about = about(definition);
        if is_plain && !of.is_empty() {
            sheet.paragraph(&format!("{about} (JSON: {of}{})", bounds(definition)));
        } else {
            sheet.paragraph(about);
        }
        for (value, about) in values {
            sheet.item(vec![bold(value)], &about);
        }
        write_variants(sheet, definition, known);
        write_fields(sheet, &fields(definition, known));
    }
}

/// The variants of a type that are objects.
fn write_variants(sheet: &mut Sheet, definition: &Value, known: &Definitions) {
    if let Some(tag) = tag_of(definition) {
        write_tagged(sheet, definition, &tag, known);
    }
}

/// The field by which the variants of a type are told apart.
fn tag_of(definition: &Value) -> Option<String> {
    let variants = definition.get("oneOf")?.as_array()?;
    let properties = variants.iter().find_map(|one| one.get("properties"))?;
    let mut fields = properties.as_object()?.iter();
    let tag = fields.find(|(_, field)| field.get("const").is_some())?;
    Some(tag.0.clone())
}

/// The values of a type that has but a few, each with what it means.
fn values(definition: &Value) -> Vec<(String, String)> {
    let variants = definition.get("oneOf").and_then(Value::as_array);
    let mut found = Vec::new();
    for variant in variants.into_iter().flatten() {
        if let Some(value) = variant.get("const").and_then(Value::as_str) {
            found.push((value.to_owned(), about(variant).to_owned()));
        } else if let Some(values) = variant.get("enum").and_then(Value::as_array) {
            let values = values.iter().filter_map(Value::as_str);
            found.extend(values.map(|value| (value.to_owned(), String::new())));
        } else if let Some((name, field)) = only_field(variant) {
            let value = format!("{{\"{name}\": {}}}", type_of(field));
            found.push((value, about(variant).to_owned()));
        }
    }
    found
}

/// The one field of a variant that is written as `{"name": value}`.
fn only_field(variant: &Value) -> Option<(&String, &Value)> {
    let properties = variant.get("properties")?.as_object()?;
    let mut fields = properties.iter();
    let first = fields.next().filter(|_| fields.next().is_none())?;
    first.1.get("const").is_none().then_some(first)
}

fn write_fields(sheet: &mut Sheet, fields: &[(String, Value, bool)]) {
    if fields.is_empty() {
        return;
    }
    sheet.begin_inset();
    for (name, schema, is_required) in fields {
        let mut term: Vec<Inline> = vec![bold(name), roman(" "), italic(type_of(schema))];
        if !is_required {
            term.push(roman(", may be absent"));
        }
        sheet.item(term, about(schema));
    }
    sheet.end_inset();
}

/// The fields of an object: its own, and those of the types that it takes in.
fn fields(schema: &Value, known: &Definitions) -> Vec<(String, Value, bool)> {
    let mut found: Vec<(String, Value, bool)> = Vec::new();
    let required = schema.get("required").and_then(Value::as_array);
    let is_required =
        |name: &str| required.is_some_and(|names| names.iter().any(|required| required == name));
    let own = schema.get("properties").and_then(Value::as_object);
    for (name, field) in own.unwrap_or(&Map::new()) {
        if field.get("properties").is_none() {
            found.push((name.clone(), field.clone(), is_required(name)));
            continue;
        }
        // An object without a name of its own.
        let inner = fields(field, known).into_iter();
        found.extend(
            inner.map(|(inner, schema, always)| (format!("{name}.{inner}"), schema, always)),
        );
    }
    let parts = schema.get("allOf").and_then(Value::as_array);
    for part in parts.into_iter().flatten().chain([schema]) {
        if let Some(referred) = referred(part, known) {
            found.extend(fields(referred, known));
        }
    }
    found.sort_by_key(|(.., is_required)| !is_required);
    found
}

/// The type that a schema refers to.
fn referred<'a>(schema: &Value, known: &'a Definitions) -> Option<&'a Value> {
    known.get(reference(schema)?)
}

fn reference(schema: &Value) -> Option<&str> {
    let name = schema.get("$ref")?.as_str()?;
    name.strip_prefix("#/$defs/")
}

fn about(schema: &Value) -> &str {
    let about = schema.get("description").and_then(Value::as_str);
    about.unwrap_or_default()
}

/// A type in a word or two: the name of a definition, or what JSON calls it.
fn type_of(schema: &Value) -> String {
    if let Some(name) = reference(schema) {
        return name.to_owned();
    }
    if let Some(value) = schema.get("const") {
        return value.to_string();
    }
    let alternatives = ["anyOf", "oneOf"].iter().find_map(|key| schema.get(key));
    if let Some(alternatives) = alternatives.and_then(Value::as_array) {
        let types: Vec<String> = alternatives.iter().map(type_of).collect();
        return types.join(" or ");
    }
    match schema.get("type") {
        Some(Value::String(kind)) => of_kind(kind, schema),
        Some(Value::Array(kinds)) => {
            let kinds = kinds.iter().filter_map(Value::as_str);
            let kinds: Vec<String> = kinds.map(|kind| of_kind(kind, schema)).collect();
            kinds.join(" or ")
        }
        _ => "any".to_owned(),
    }
}

fn of_kind(kind: &str, schema: &Value) -> String {
    if kind != "array" {
        return kind.to_owned();
    }
    if let Some(parts) = schema.get("prefixItems").and_then(Value::as_array) {
        let parts: Vec<String> = parts.iter().map(type_of).collect();
        return format!("[{}]", parts.join(", "));
    }
    let items = schema.get("items").map(type_of).unwrap_or_default();
    format!("list of {items}")
}

/// The bounds of a plain type, if its schema has any.
fn bounds(schema: &Value) -> String {
    let bound = |key: &str, words: &str| {
        let value = schema.get(key)?;
        Some(format!(", {words} {value}"))
    };
    let bounds = [
        bound("minimum", "at least"),
        bound("maximum", "at most"),
        bound("maxLength", "of length at most"),
    ];
    bounds.into_iter().flatten().collect()
}
