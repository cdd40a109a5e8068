//! The catalogue of what people read: one Fluent file a language under `i18n`, embedded in the
//! binary. Texts are taken with `tr!`, which checks while the crate compiles
//! that English has the message with just these arguments; a test compares the other languages
//! with English.

use std::sync::LazyLock;

use i18n_embed::LanguageLoader;
use i18n_embed::fluent::{FluentLanguageLoader, fluent_language_loader};
use i18n_embed::unic_langid::LanguageIdentifier;
use rust_embed::RustEmbed;

use super::language::Language;

#[derive(RustEmbed)]
#[folder = "i18n/"]
struct Files;

static ENGLISH: LazyLock<FluentLanguageLoader> = LazyLock::new(|| load(Language::English));
static RUSSIAN: LazyLock<FluentLanguageLoader> = LazyLock::new(|| load(Language::Russian));

/// The messages of a language, parsed at the first use.
#[must_use]
pub fn catalogue(language: Language) -> &'static FluentLanguageLoader {
    match language {
        Language::English => &ENGLISH,
        Language::Russian => &RUSSIAN,
    }
}

/// The text of a message whose id is put together while the program runs, such as the summary of a
/// command; `None` if there is none. Where the id is known, `tr!` checks it while the crate compiles.
#[must_use]
pub fn looked_up(language: Language, id: &str) -> Option<String> {
    let messages = catalogue(language);
    messages.has(id).then(|| messages.get(id))
}

/// The texts of a language, with English for what it lacks. If its file cannot be read, its
/// messages' ids stand for them; a test reads every file strictly.
fn load(language: Language) -> FluentLanguageLoader {
    let loader = fluent_language_loader!();
    if let Err(cause) = read(&loader, language) {
        tracing::error!("the texts of {language:?} cannot be read: {cause:#}");
    }
    // Marks that isolate each argument are bidi controls, which terminals may show as boxes.
    loader.set_use_isolating(false);
    loader
}

fn read(loader: &FluentLanguageLoader, language: Language) -> anyhow::Result<()> {
    let language: LanguageIdentifier = language.code().parse()?;
    Ok(loader.load_languages(&Files, &[language])?)
}

#[cfg(test)]
mod tests;
