//! How well a text fits what was typed: a small fuzzy match with an order that people expect.
//! The whole text, its beginning, the beginning of a word, a part, then letters in order that
//! begin with a word.

/// How well something fits; less is better.
pub(super) type Rank = usize;

const BEGINNING: Rank = 1;
const WORD: Rank = 100;
const PART: Rank = 200;
/// From here on only scattered letters fit.
pub(super) const SCATTERED: Rank = 300;

/// The most that a place or a gap counts for, so that the kinds of fit stay apart.
const MOST: Rank = 59;

/// How well one text fits, without regard to case; `None` if not at all. Nothing typed fits
/// everything alike.
pub(super) fn rank(typed: &str, text: &str) -> Option<Rank> {
    let (typed, text) = (typed.to_lowercase(), text.to_lowercase());
    if typed.is_empty() || typed == text {
        return Some(0);
    }
    // Among several that begin so, the order of the list counts.
    if text.starts_with(&typed) {
        return Some(BEGINNING);
    }
    let places = text.match_indices(&typed).map(|(at, _)| at);
    let (at_word, within): (Vec<usize>, Vec<usize>) =
        places.partition(|at| begins_word(&text, *at));
    if let Some(at) = at_word.first() {
        return Some(WORD + (*at).min(MOST));
    }
    if let Some(at) = within.first() {
        return Some(PART + (*at).min(MOST));
    }
    scattered(&typed, &text).map(|gaps| SCATTERED + gaps.min(MOST))
}

/// How well several typed words fit several texts: each word fits one of them, and the worst
/// counts.
pub(super) fn rank_words(typed: &str, texts: &[&str]) -> Option<Rank> {
    let mut worst = 0;
    for word in typed.split_whitespace() {
        let best = texts.iter().filter_map(|text| rank(word, text)).min()?;
        worst = worst.max(best);
    }
    Some(worst)
}

/// Whether a word of a text begins at this offset.
fn begins_word(text: &str, at: usize) -> bool {
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    before.is_none_or(|before| !before.is_alphanumeric())
}

/// How many letters lie between those that were typed, which stand in this order in the text and
/// begin with one of its words.
fn scattered(typed: &str, text: &str) -> Option<usize> {
    let first = typed.chars().next()?;
    let begins = text
        .char_indices()
        .filter(|(at, letter)| *letter == first && begins_word(text, *at));
    let gaps = begins.filter_map(|(at, _)| gaps(typed, text.get(at..)?));
    gaps.min()
}

fn gaps(typed: &str, text: &str) -> Option<usize> {
    let mut left = text.chars();
    let mut skipped = 0;
    for wanted in typed.chars() {
        skipped += left.by_ref().position(|letter| letter == wanted)?;
    }
    Some(skipped)
}

#[cfg(test)]
mod tests {
    use super::{rank, rank_words};

    #[test]
    fn the_better_fit_comes_first() {
        let order = ["play", "playlist", "the play", "display", "pull away"];
        let ranks: Vec<_> = order.iter().map(|text| rank("play", text)).collect();
        assert!(ranks.iter().all(Option::is_some), "{ranks:?}");
        assert!(ranks.is_sorted(), "{ranks:?}");
        assert_eq!(rank("", "anything"), Some(0));
        assert_eq!(rank("ПА", "пауза"), rank("па", "пауза"));
        assert!(rank("cntd", "countdown").is_some());
        assert_eq!(rank("own", "countdwn"), None, "no word begins so");
        assert_eq!(rank("pz", "play"), None);
    }

    #[test]
    fn each_word_fits_somewhere() {
        let texts = ["#12", "Night of the Living Dead"];
        assert!(rank_words("dead night", &texts).is_some());
        assert_eq!(rank_words("dead alive", &texts), None);
        assert_eq!(rank_words("#12", &texts), Some(0));
    }
}
