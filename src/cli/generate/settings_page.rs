//! watchtogether-config(5): every key of `config.toml`, from the table of keys.

use clap_mangen::roff::{Inline, bold, italic, roman};

use super::sheet::Sheet;
use crate::cli::config::{KeyKind, SettingKey, about_table, keys};
use crate::texts::language::Language;
use crate::texts::tr;

/// A file as people have it.
const EXAMPLE: &str = "\
[join]
server = \"https://watch.example.org\"
name = \"Ada\"
player-arg = [\"--volume=40\", \"--fs\"]

[servers.home]
url = \"https://films.example.org\"
name = \"Ada Lovelace\"

[ytdl]
cookies-from-browser = \"firefox\"

[ui]
reactions = [\"❤️\", \"🎉\"]
theme = \"light\"

[theme]
system = \"#7f9fb0 italic\"";

/// The page, in English.
pub(super) fn page() -> Sheet {
    let language = Language::English;
    let mut sheet = Sheet::new("watchtogether-config", "5");
    sheet.named(
        &tr!(language, "cli-man-name"),
        &tr!(language, "cli-man-config-about"),
    );
    sheet.heading(&tr!(language, "cli-man-description"));
    sheet.paragraph(&tr!(language, "cli-man-config-how"));
    sheet.paragraph(&tr!(language, "cli-settings"));
    let mut table = "";
    let keys = keys(language);
    for key in &keys {
        if key.table != table {
            table = key.table;
            sheet.heading(&format!("[{table}]"));
            if let Some(about) = about_table(table, language) {
                sheet.paragraph(&about);
            }
            let silent = keys
                .iter()
                .filter(|key| key.table == table && key.about.is_empty());
            let silent: Vec<String> = silent.map(|key| format!("`{}`", key.key)).collect();
            if !silent.is_empty() {
                let keys = silent.join(", ");
                sheet.paragraph(&tr!(language, "cli-man-config-keys", keys = keys));
            }
        }
        if !key.about.is_empty() {
            sheet.item(key_and_value(key), &key.about);
        }
    }
    sheet.heading(&tr!(language, "cli-man-files"));
    let user = tr!(language, "cli-man-file-config");
    sheet.item(vec![bold("~/.config/watchtogether/config.toml")], &user);
    let service = tr!(language, "cli-man-file-service");
    sheet.item(vec![bold("/etc/watchtogether/config.toml")], &service);
    sheet.heading(&tr!(language, "cli-man-examples"));
    sheet.example("", EXAMPLE);
    let pages = [
        "watchtogether",
        "watchtogether-config",
        "watchtogether-join",
        "watchtogether-serve",
    ];
    let pages = pages.map(|page| (page.to_owned(), "1"));
    sheet.see_also(&tr!(language, "cli-man-see"), &pages);
    sheet
}

/// A key with the kind of its value.
fn key_and_value(key: &SettingKey) -> Vec<Inline> {
    let name = &key.placeholder;
    let value = match key.kind {
        KeyKind::Switch => "true|false".to_owned(),
        KeyKind::List => format!("[\"{name}\", ...]"),
        KeyKind::Text => format!("\"{name}\""),
    };
    vec![bold(&key.key), roman(" = "), italic(value)]
}
