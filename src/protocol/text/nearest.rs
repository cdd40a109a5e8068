//! What somebody may have meant by a word that nobody knows.

/// How alike two words must be for one to be offered for the other (Jaro-Winkler, 0 to 1;
/// judgement: `/puase` is offered `/pause`, `/xyz` nothing).
const ALIKE: f64 = 0.75;

/// The known word most like `word`; `None` if none is alike enough to be a typing error.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(word, candidate), candidate))
        .filter(|(likeness, _)| *likeness >= ALIKE)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, candidate)| candidate)
}
