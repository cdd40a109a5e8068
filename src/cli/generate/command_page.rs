//! The manual page of a command: what `--help` says, with examples, files, variables, exit codes and
//! where to read on.

use clap::Command;
use clap_mangen::roff::{bold, roman};

use super::sheet::{Sheet, page_name, synopsis};
use crate::cli::args::Examples;
use crate::texts::catalogue::looked_up;
use crate::texts::language::Language;
use crate::texts::tr;

/// The end of the names of messages that list exit codes.
const EXIT_CODES: &str = "-exit-codes";

/// The commands that have a player.
const WATCHING: [&str; 6] = ["join", "host", "gallery", "calibrate", "demo", "doctor"];

/// The commands for scripts, which go to a room without a player.
const ERRANDS: [&str; 4] = ["add", "say", "status", "watch"];

/// The page of a command that is built.
pub(super) fn page(command: &Command, language: Language) -> Sheet {
    let name = page_name(command);
    let about = command.get_about().map(ToString::to_string);
    let about = about.unwrap_or_default();
    let mut sheet = Sheet::new(&name, "1");
    sheet.named(&tr!(language, "cli-man-name"), &about);
    sheet.heading(&tr!(language, "cli-man-synopsis"));
    sheet.text(synopsis(command));
    sheet.heading(&tr!(language, "cli-man-description"));
    sheet.text(vec![roman(format!("{about}."))]);
    let examples = Examples::of(command.get_name());
    let notes = examples.map_or(&[][..], |examples| examples.notes);
    for note in notes.iter().filter(|note| !note.ends_with(EXIT_CODES)) {
        sheet.paragraph(&looked_up(language, note).unwrap_or_default());
    }
    sheet.options(command, &tr!(language, "cli-man-options"));
    subcommands(&mut sheet, command, language);
    exit_status(&mut sheet, &name, notes, language);
    environment(&mut sheet, command, language);
    files(&mut sheet, &name, language);
    if let Some(examples) = examples {
        sheet.heading(&tr!(language, "cli-man-examples"));
        for (line, does) in examples.lines {
            let does = looked_up(language, does).unwrap_or_default();
            sheet.example(&format!("{does}:"), line);
        }
    }
    if name == "watchtogether" {
        sheet.heading(&tr!(language, "cli-man-licence"));
        sheet.text(vec![roman(tr!(language, "cli-licence"))]);
    }
    sheet.see_also(&tr!(language, "cli-man-see"), &relatives(command, &name));
    sheet
}

fn subcommands(sheet: &mut Sheet, command: &Command, language: Language) {
    let mut shown = command.get_subcommands().filter(|one| !one.is_hide_set());
    let Some(first) = shown.next() else { return };
    sheet.heading(&tr!(language, "cli-man-commands"));
    for one in std::iter::once(first).chain(shown) {
        let about = one.get_about().map(ToString::to_string).unwrap_or_default();
        sheet.item(vec![bold(page_name(one)), roman("(1)")], &about);
    }
}

/// The exit codes, of which the message is a sentence: "Exit codes: 0 listed, 1 failed."
fn exit_status(sheet: &mut Sheet, name: &str, notes: &[&str], language: Language) {
    let own = notes.iter().find(|note| note.ends_with(EXIT_CODES));
    let id = match own {
        Some(id) => *id,
        None if name.starts_with("watchtogether-admin") => "cli-admin-exit-codes",
        None => "cli-exit-codes",
    };
    let sentence = looked_up(language, id).unwrap_or_default();
    sheet.heading(&tr!(language, "cli-man-exit"));
    for code in exit_codes(&sentence) {
        let (number, means) = code.split_once(' ').unwrap_or((&code, ""));
        sheet.item(vec![bold(number)], means.trim_start_matches("— "));
    }
}

/// The parts of a sentence that lists codes, each of which begins with its number.
pub(super) fn exit_codes(sentence: &str) -> Vec<String> {
    let list = sentence.split_once(": ").map_or(sentence, |(_, list)| list);
    let begins = |piece: &str| {
        let mut letters = piece.chars();
        letters.next().is_some_and(|c| c.is_ascii_digit()) && letters.next() == Some(' ')
    };
    let mut codes: Vec<String> = Vec::new();
    for part in list.trim_end_matches('.').split_inclusive([',', ';']) {
        let part = part.trim_start();
        match codes.last_mut() {
            Some(code) if !begins(part) => {
                code.push(' ');
                code.push_str(part);
            }
            _ => codes.push(part.to_owned()),
        }
    }
    let ended = |code: String| code.trim_end_matches([',', ';']).to_owned();
    codes.into_iter().map(ended).collect()
}

fn environment(sheet: &mut Sheet, command: &Command, language: Language) {
    let name = command.get_name();
    let is_program = name == "watchtogether";
    let goes_to_rooms = WATCHING.contains(&name) || ERRANDS.contains(&name) || is_program;
    sheet.heading(&tr!(language, "cli-man-environment"));
    let options = tr!(language, "cli-man-variable-options");
    sheet.item(vec![bold("WATCHTOGETHER_*")], &options);
    let config = tr!(language, "cli-man-variable-config");
    sheet.item(vec![bold("WATCHTOGETHER_CONFIG")], &config);
    if goes_to_rooms {
        let password = tr!(language, "cli-man-variable-password");
        sheet.item(vec![bold("WATCHTOGETHER_PASSWORD")], &password);
        let state = tr!(language, "cli-man-variable-state");
        sheet.item(vec![bold("WATCHTOGETHER_STATE_DIR")], &state);
        let proxies = "HTTP_PROXY, HTTPS_PROXY, ALL_PROXY, NO_PROXY";
        sheet.item(
            vec![bold(proxies)],
            &tr!(language, "cli-man-variable-proxy"),
        );
    }
    let colours = tr!(language, "cli-man-variable-colour");
    sheet.item(vec![bold("NO_COLOR")], &colours);
    let forced = tr!(language, "cli-man-variable-force-colour");
    sheet.item(vec![bold("CLICOLOR_FORCE")], &forced);
    let locale = tr!(language, "cli-man-variable-locale");
    sheet.item(vec![bold("LC_ALL, LC_MESSAGES, LANG")], &locale);
}

fn files(sheet: &mut Sheet, name: &str, language: Language) {
    let of =
        |part: &str| name == "watchtogether" || name.starts_with(&format!("watchtogether-{part}"));
    sheet.heading(&tr!(language, "cli-man-files"));
    let config = tr!(language, "cli-man-file-config");
    sheet.item(vec![bold("~/.config/watchtogether/config.toml")], &config);
    if WATCHING.iter().chain(&ERRANDS).any(|command| of(command)) {
        let state = tr!(language, "cli-man-file-state");
        sheet.item(vec![bold("~/.local/state/watchtogether/")], &state);
        let log = tr!(language, "cli-man-file-log");
        sheet.item(vec![bold("~/.local/state/watchtogether/client.log")], &log);
    }
    if of("serve") || of("admin") {
        let data = tr!(language, "cli-man-file-data");
        sheet.item(vec![bold("~/.local/share/watchtogether/")], &data);
    }
    sheet.paragraph(&tr!(language, "cli-man-file-elsewhere"));
}

/// The pages to read on: those above and below, the settings and the keys, and the programs used.
fn relatives(command: &Command, name: &str) -> Vec<(String, &'static str)> {
    let ours = |name: &str, section| (format!("watchtogether{name}"), section);
    let mut pages = Vec::new();
    if let Some((parent, _)) = name.rsplit_once('-') {
        pages.push((parent.to_owned(), "1"));
    }
    if name == "watchtogether-admin" {
        pages.push(ours("-serve", "1"));
    }
    let below = command.get_subcommands().filter(|one| !one.is_hide_set());
    pages.extend(below.map(|one| (page_name(one), "1")));
    if ERRANDS.contains(&command.get_name()) {
        pages.push(ours("-join", "1"));
        let others = ERRANDS.iter().filter(|one| **one != command.get_name());
        pages.extend(others.map(|one| ours(&format!("-{one}"), "1")));
    }
    pages.push(ours("-config", "5"));
    if ["join", "gallery", "watchtogether"].contains(&command.get_name()) {
        pages.push(ours("-json", "7"));
    }
    if ["conformance", "serve", "watchtogether"].contains(&command.get_name()) {
        pages.push(ours("-protocol", "7"));
    }
    let watches = WATCHING.contains(&command.get_name()) || name == "watchtogether";
    if watches {
        pages.push(ours("-keys", "7"));
        pages.extend([("mpv".to_owned(), "1"), ("yt-dlp".to_owned(), "1")]);
    }
    pages
}
