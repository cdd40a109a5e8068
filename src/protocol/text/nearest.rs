//! Suggests the known word that a mistyped one was probably meant to be.

/// The least similarity of two words for a suggestion (Jaro-Winkler, 0 to 1; judgement: `/puase`
/// suggests `/pause`, `/xyz` nothing).
const ALIKE: f64 = 0.75;

/// The known word that is most similar to `word`; `None` if none is similar enough to be a typing
/// error.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(word, candidate), candidate))
        .filter(|(likeness, _)| *likeness >= ALIKE)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, candidate)| candidate)
}
