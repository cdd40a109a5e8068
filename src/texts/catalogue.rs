//! The catalogue of what people read: one Fluent file a language under `i18n`, embedded in the
//! binary. Texts are taken with `tr!`, which checks while the crate compiles
//! that English has the message with just these arguments; a test compares the other languages
//! with English.
//!
//! The messages of the command line can be read alone: `--help` would else spend most of its time on
//! the catalogue's other messages.

use std::borrow::Cow;
use std::sync::LazyLock;

use i18n_embed::fluent::{FluentLanguageLoader, fluent_language_loader};
use i18n_embed::unic_langid::LanguageIdentifier;
use i18n_embed::{I18nAssets, LanguageLoader};
use rust_embed::RustEmbed;

use super::language::Language;

#[derive(RustEmbed)]
#[folder = "i18n/"]
struct Files;

/// What the ids of the command line's messages begin with.
const OF_COMMAND_LINE: &str = "cli-";

/// The part of each file with the messages of the command line.
#[derive(Debug)]
struct CommandLineFiles;

static ENGLISH: LazyLock<FluentLanguageLoader> = LazyLock::new(|| load(Language::English, &Files));
static RUSSIAN: LazyLock<FluentLanguageLoader> = LazyLock::new(|| load(Language::Russian, &Files));
static ENGLISH_COMMAND_LINE: LazyLock<FluentLanguageLoader> =
    LazyLock::new(|| load(Language::English, &CommandLineFiles));
static RUSSIAN_COMMAND_LINE: LazyLock<FluentLanguageLoader> =
    LazyLock::new(|| load(Language::Russian, &CommandLineFiles));

/// The messages of a language, parsed at the first use.
#[must_use]
pub fn catalogue(language: Language) -> &'static FluentLanguageLoader {
    match language {
        Language::English => &ENGLISH,
        Language::Russian => &RUSSIAN,
    }
}

/// Messages of a language among which that of this id is, if there is one: the smallest part of the
/// catalogue that can be read alone.
#[must_use]
pub fn catalogue_for(language: Language, id: &str) -> &'static FluentLanguageLoader {
    match language {
        _ if !id.starts_with(OF_COMMAND_LINE) => catalogue(language),
        Language::English => &ENGLISH_COMMAND_LINE,
        Language::Russian => &RUSSIAN_COMMAND_LINE,
    }
}

/// The text of a message whose id is put together while the program runs, such as the summary of a
/// command; `None` if there is none. Where the id is known, `tr!` checks it while the crate compiles.
#[must_use]
pub fn looked_up(language: Language, id: &str) -> Option<String> {
    let messages = catalogue_for(language, id);
    messages.has(id).then(|| messages.get(id))
}

/// The texts of a language, with English for what it lacks. If its file cannot be read, its
/// messages' ids stand for them; a test reads every file strictly.
fn load(language: Language, files: &dyn I18nAssets) -> FluentLanguageLoader {
    let loader = fluent_language_loader!();
    if let Err(cause) = read(&loader, language, files) {
        tracing::error!("the texts of {language:?} cannot be read: {cause:#}");
    }
    // Marks that isolate each argument are bidi controls, which terminals may show as boxes.
    loader.set_use_isolating(false);
    loader
}

fn read(
    loader: &FluentLanguageLoader,
    language: Language,
    files: &dyn I18nAssets,
) -> anyhow::Result<()> {
    let language: LanguageIdentifier = language.code().parse()?;
    Ok(loader.load_languages(files, &[language])?)
}

impl I18nAssets for CommandLineFiles {
    fn get_files(&self, path: &str) -> Vec<Cow<'_, [u8]>> {
        let file = Files::get(path);
        let text = file
            .as_ref()
            .map(|file| String::from_utf8_lossy(&file.data));
        let part = text.map(|text| of_command_line(&text).into_bytes().into());
        part.into_iter().collect()
    }

    fn filenames_iter(&self) -> Box<dyn Iterator<Item = String> + '_> {
        Files.filenames_iter()
    }
}

/// The messages of the command line in the text of a file. A message begins at the start of a line
/// with the letter of its id and goes on in lines that begin otherwise; none refers to another.
fn of_command_line(text: &str) -> String {
    let mut is_wanted = false;
    let wanted = text.split_inclusive('\n').filter(|line| {
        if line.starts_with(|first: char| first.is_ascii_alphabetic()) {
            is_wanted = line.starts_with(OF_COMMAND_LINE);
        }
        is_wanted && !line.starts_with('#')
    });
    wanted.collect()
}

#[cfg(test)]
mod tests;
