//! The languages of sound tracks and subtitles: what their codes in a file stand for.

/// A language as files and people name it.
struct NamedLanguage {
    /// Its codes: ISO 639-1, 639-2 (both where they differ).
    codes: &'static [&'static str],
    /// What its speakers call it.
    own: &'static str,
    /// Its English name.
    english: &'static str,
}

macro_rules! languages {
    ($([$($code:literal),+] $own:literal $english:literal,)*) => {
        &[$(NamedLanguage { codes: &[$($code),+], own: $own, english: $english },)*]
    };
}

/// The languages in which media is published most (judgement). Others go by their code.
#[rustfmt::skip]
const LANGUAGES: &[NamedLanguage] = languages! {
    ["ar", "ara"] "العربية" "Arabic",
    ["be", "bel"] "Беларуская" "Belarusian",
    ["bg", "bul"] "Български" "Bulgarian",
    ["cs", "ces", "cze"] "Čeština" "Czech",
    ["da", "dan"] "Dansk" "Danish",
    ["de", "deu", "ger"] "Deutsch" "German",
    ["el", "ell", "gre"] "Ελληνικά" "Greek",
    ["en", "eng"] "English" "English",
    ["es", "spa"] "Español" "Spanish",
    ["et", "est"] "Eesti" "Estonian",
    ["fi", "fin"] "Suomi" "Finnish",
    ["fr", "fra", "fre"] "Français" "French",
    ["he", "heb"] "עברית" "Hebrew",
    ["hi", "hin"] "Hindi" "Hindi",
    ["hu", "hun"] "Magyar" "Hungarian",
    ["hy", "hye", "arm"] "Հայերեն" "Armenian",
    ["it", "ita"] "Italiano" "Italian",
    ["ja", "jpn"] "日本語" "Japanese",
    ["ka", "kat", "geo"] "ქართული" "Georgian",
    ["kk", "kaz"] "Қазақша" "Kazakh",
    ["ko", "kor"] "한국어" "Korean",
    ["lt", "lit"] "Lietuvių" "Lithuanian",
    ["lv", "lav"] "Latviešu" "Latvian",
    ["nl", "nld", "dut"] "Nederlands" "Dutch",
    ["no", "nor", "nb", "nob"] "Norsk" "Norwegian",
    ["pl", "pol"] "Polski" "Polish",
    ["pt", "por"] "Português" "Portuguese",
    ["ro", "ron", "rum"] "Română" "Romanian",
    ["ru", "rus"] "Русский" "Russian",
    ["sk", "slk", "slo"] "Slovenčina" "Slovak",
    ["sr", "srp"] "Српски" "Serbian",
    ["sv", "swe"] "Svenska" "Swedish",
    ["tr", "tur"] "Türkçe" "Turkish",
    ["uk", "ukr"] "Українська" "Ukrainian",
    ["vi", "vie"] "Tiếng Việt" "Vietnamese",
    ["zh", "zho", "chi"] "中文" "Chinese",
};

fn find(code: &str) -> Option<&'static NamedLanguage> {
    let main = code.split(['-', '_']).next().unwrap_or_default();
    let main = main.to_ascii_lowercase();
    let mut all = LANGUAGES.iter();
    all.find(|language| language.codes.contains(&main.as_str()))
}

/// What the speakers of a language call it, by its code, such as `en`, `rus` or `pt-BR`.
#[must_use]
pub fn own_name(code: &str) -> Option<&'static str> {
    find(code).map(|language| language.own)
}

/// Whether somebody who typed `name` may mean the language of this code: by a code or a name, of
/// which the beginning is enough.
#[must_use]
pub fn is_meant(code: &str, name: &str) -> bool {
    let name = name.to_lowercase();
    if name.is_empty() {
        return false;
    }
    let Some(language) = find(code) else {
        return code.to_lowercase() == name;
    };
    let by_code = language.codes.contains(&name.as_str()) || code.to_lowercase() == name;
    by_code
        || language.own.to_lowercase().starts_with(&name)
        || language.english.to_lowercase().starts_with(&name)
}

#[cfg(test)]
mod tests {
    use super::{LANGUAGES, is_meant, own_name};

    #[test]
    fn a_language_is_found_by_each_of_its_codes() {
        assert_eq!(own_name("en"), Some("English"));
        assert_eq!(own_name("rus"), Some("Русский"));
        assert_eq!(own_name("pt-BR"), Some("Português"));
        assert_eq!(own_name("ger"), own_name("DE"));
        assert_eq!(own_name("tlh"), None);
        let codes: Vec<_> = LANGUAGES
            .iter()
            .flat_map(|language| language.codes)
            .collect();
        let unique: std::collections::BTreeSet<_> = codes.iter().collect();
        assert_eq!(unique.len(), codes.len());
    }

    #[test]
    fn what_is_typed_means_a_language_by_code_or_by_the_beginning_of_a_name() {
        for name in ["ru", "RUS", "рус", "Русский", "russian"] {
            assert!(is_meant("rus", name), "{name}");
        }
        assert!(is_meant("tlh", "TLH"));
        for name in ["", "en", "s"] {
            assert!(!is_meant("ru", name), "{name}");
        }
    }
}
