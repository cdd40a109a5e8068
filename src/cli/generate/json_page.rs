//! watchtogether-json(7): what `join --json` reads and prints.

use clap_mangen::roff::bold;

use super::command_page::exit_codes;
use super::prose;
use super::schemas::named;
use super::sheet::Sheet;
use super::types::{definitions, kinds, write_kind, write_types};
use crate::texts::language::Language;
use crate::texts::tr;

/// The words of the page.
const TEXT: &str = include_str!("json_page.txt");
/// What a client printed in a room, as it was.
pub(super) const EVENING: &str = include_str!("json_page_evening.jsonl");

/// The page, in English.
pub(super) fn page() -> Sheet {
    let language = Language::English;
    let mut sheet = Sheet::new("watchtogether-json", "7");
    sheet.named(
        &tr!(language, "cli-man-name"),
        &tr!(language, "cli-man-json-about"),
    );
    let schema = named("join-output");
    let known = definitions(&[&schema]);
    prose::write(&mut sheet, TEXT, |sheet, name| match name {
        "output" => {
            for kind in kinds(&schema, "type", &known) {
                write_kind(sheet, &kind, "", &known);
            }
        }
        "types" => write_types(sheet, &known, &[]),
        "evening" => sheet.example("", EVENING),
        "exit" => {
            for code in exit_codes(&tr!(language, "cli-join-exit-codes")) {
                let (number, means) = code.split_once(' ').unwrap_or((&code, ""));
                sheet.item(vec![bold(number)], means);
            }
        }
        _ => {}
    });
    let pages = [
        ("watchtogether-join".to_owned(), "1"),
        ("watchtogether-keys".to_owned(), "7"),
        ("watchtogether-protocol".to_owned(), "7"),
        ("jq".to_owned(), "1"),
    ];
    sheet.see_also(&tr!(language, "cli-man-see"), &pages);
    sheet
}
