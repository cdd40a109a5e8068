//! watchtogether-config(5): every key of `config.toml`, from the definitions that read it.

use clap::{ArgAction, Command};
use clap_mangen::roff::{Inline, bold, italic, roman};

use super::sheet::Sheet;
use crate::app::appearance::ThemeRole;
use crate::cli::config::settable;
use crate::texts::language::Language;
use crate::texts::tr;

/// The subcommands with a table of their own, in the order of the page.
const TABLES: [&str; 4] = ["join", "gallery", "serve", "admin"];

/// A file as people have it.
const EXAMPLE: &str = "\
[join]
server = \"https://watch.example.org\"
name = \"Ada\"
player-arg = [\"--volume=40\", \"--fs\"]

[ui]
reactions = [\"❤️\", \"🎉\"]
theme = \"light\"

[theme]
system = \"#7f9fb0 italic\"";

/// The page, in English; `program` is built.
pub(super) fn page(program: &Command) -> Sheet {
    let language = Language::English;
    let mut sheet = Sheet::new("watchtogether-config", "5");
    sheet.named(
        &tr!(language, "cli-man-name"),
        &tr!(language, "cli-man-config-about"),
    );
    sheet.heading(&tr!(language, "cli-man-description"));
    sheet.paragraph(&tr!(language, "cli-man-config-how"));
    sheet.paragraph(&tr!(language, "cli-settings"));
    for table in TABLES {
        sheet.heading(&format!("[{table}]"));
        let found = program.find_subcommand(table);
        let args = found.into_iter().flat_map(Command::get_arguments);
        for arg in args.filter(|arg| settable(program, table, arg)) {
            let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
            let key = arg.get_long().unwrap_or_default();
            sheet.item(key_and_value(key, arg), &help);
        }
    }
    sheet.heading("[log]");
    let term = |key: &str, value: &str| vec![bold(key), roman(" = "), italic(value)];
    sheet.item(term("level", "\"LEVEL\""), &tr!(language, "cli-log"));
    sheet.heading("[ui]");
    sheet.item(term("lang", "\"LANGUAGE\""), &tr!(language, "cli-lang"));
    sheet.item(term("theme", "\"THEME\""), &tr!(language, "cli-join-theme"));
    let reactions = tr!(language, "cli-man-config-reactions");
    sheet.item(term("reactions", "[\"EMOJI\", ...]"), &reactions);
    sheet.heading("[player]");
    let keys = tr!(language, "cli-man-config-player-keys");
    sheet.item(term("keys", "true|false"), &keys);
    let scripts = tr!(language, "cli-join-player-scripts");
    sheet.item(term("scripts", "true|false"), &scripts);
    sheet.heading("[theme]");
    sheet.paragraph(&tr!(language, "cli-man-config-theme"));
    let styles = ThemeRole::KEYS.map(|key| format!("`{key}`"));
    let styles = styles.join(", ");
    sheet.paragraph(&tr!(language, "cli-man-config-styles", styles = styles));
    sheet.heading(&tr!(language, "cli-man-files"));
    let user = tr!(language, "cli-man-file-config");
    sheet.item(vec![bold("~/.config/watchtogether/config.toml")], &user);
    let service = tr!(language, "cli-man-file-service");
    sheet.item(vec![bold("/etc/watchtogether/config.toml")], &service);
    sheet.heading(&tr!(language, "cli-man-examples"));
    sheet.example("", EXAMPLE);
    let pages = ["watchtogether", "watchtogether-join", "watchtogether-serve"];
    let pages = pages.map(|page| (page.to_owned(), "1"));
    sheet.see_also(&tr!(language, "cli-man-see"), &pages);
    sheet
}

/// A key with the kind of its value.
fn key_and_value(key: &str, arg: &clap::Arg) -> Vec<Inline> {
    let names = arg.get_value_names().unwrap_or_default();
    let name = names.first().map_or("VALUE", |name| name.as_str());
    let value = match arg.get_action() {
        ArgAction::SetTrue => "true|false".to_owned(),
        ArgAction::Append => format!("[\"{name}\", ...]"),
        _ => format!("\"{name}\""),
    };
    vec![bold(key), roman(" = "), italic(value)]
}
