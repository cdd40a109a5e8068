//! The order in which changed cells are written, so that a terminal which counts an emoji's
//! cells differently stays in step: how wide `❤️` or a family is, terminals do not agree on.
//!
//! The cursor is placed anew after each such emoji, what it would hide is written before it,
//! and what it may have covered is written again.

use std::collections::BTreeMap;

use ratatui::buffer::Cell;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// A cell and its place: column, row.
type Placed = (u16, u16, Cell);

/// What the terminal shows, by row and column, as far as it was drawn.
#[derive(Debug, Default)]
pub(super) struct Shown(BTreeMap<(u16, u16), Cell>);

impl Shown {
    /// Nothing is shown any more.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// Takes in what is to be drawn; the answer is what to write, in runs that each begin
    /// with the cursor being placed.
    pub(super) fn runs<'a>(
        &mut self,
        content: impl Iterator<Item = (u16, u16, &'a Cell)>,
    ) -> Vec<Vec<Placed>> {
        let mut runs: Vec<Vec<Placed>> = Vec::new();
        let mut run: Vec<Placed> = Vec::new();
        let mut unsteady: Vec<Placed> = Vec::new();
        for (x, y, cell) in content {
            self.take_in(x, y, cell);
            if is_steady(cell.symbol()) {
                run.push((x, y, cell.clone()));
            } else {
                unsteady.push((x, y, cell.clone()));
            }
        }
        runs.push(run);
        // From the left, so that none covers one that was written before.
        for (x, y, cell) in unsteady {
            let (least, most) = widths(cell.symbol());
            runs.push(vec![(x, y, cell)]);
            let covered = self
                .0
                .range((y, x.saturating_add(least))..(y, x.saturating_add(most)));
            let covered = covered.map(|((y, x), cell)| (*x, *y, cell.clone()));
            runs.push(
                covered
                    .filter(|(.., cell)| is_steady(cell.symbol()))
                    .collect(),
            );
        }
        runs.retain(|run| !run.is_empty());
        runs
    }

    /// What stood in the cells of a wide character is gone.
    fn take_in(&mut self, x: u16, y: u16, cell: &Cell) {
        let (least, _) = widths(cell.symbol());
        for hidden in x.saturating_add(1)..x.saturating_add(least) {
            self.0.remove(&(y, hidden));
        }
        self.0.insert((y, x), cell.clone());
    }
}

/// Whether every terminal gives a symbol the same cells.
fn is_steady(symbol: &str) -> bool {
    let (least, most) = widths(symbol);
    least == most && !symbol.contains('\u{fe0f}')
}

/// The cells that a symbol takes: as one character, and as its parts side by side.
fn widths(symbol: &str) -> (u16, u16) {
    let parts: usize = symbol.chars().filter_map(UnicodeWidthChar::width).sum();
    let whole = symbol.width();
    let cells = |count: usize| u16::try_from(count).unwrap_or(u16::MAX);
    (cells(whole), cells(parts.max(whole)))
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Cell;

    use super::{Shown, is_steady};

    /// What is written, a text a run, with the column where each begins.
    fn written(shown: &mut Shown, cells: &[(u16, &'static str)]) -> Vec<(u16, String)> {
        let cells: Vec<(u16, Cell)> = cells
            .iter()
            .map(|(x, symbol)| (*x, Cell::new(symbol)))
            .collect();
        let runs = shown.runs(cells.iter().map(|(x, cell)| (*x, 0, cell)));
        let text = |run: &Vec<super::Placed>| run.iter().map(|(.., c)| c.symbol()).collect();
        runs.iter().map(|run| (run[0].0, text(run))).collect()
    }

    #[test]
    fn what_lies_under_an_emoji_is_written_before_it() {
        let heart = [(0, "a"), (1, "❤️"), (2, " "), (3, "b")];
        let expected = [(0, "a b".to_owned()), (1, "❤️".to_owned())];
        assert_eq!(written(&mut Shown::default(), &heart), expected);
    }

    #[test]
    fn what_a_family_covers_is_written_again() {
        let mut shown = Shown::default();
        let row = [(0, "a"), (1, "b"), (2, "c"), (3, "│"), (4, "d")];
        written(&mut shown, &row);
        let family = "👨‍👩‍👧‍👦";
        let expected = [(0, family.to_owned()), (2, "c│d".to_owned())];
        assert_eq!(written(&mut shown, &[(0, family)]), expected);
        shown.clear();
        assert_eq!(written(&mut shown, &[(0, family)]), expected[..1]);
    }

    #[test]
    fn most_characters_are_steady() {
        for symbol in ["a", "й", "映", "🍿", "e\u{301}", "│"] {
            assert!(is_steady(symbol), "{symbol}");
        }
        for symbol in ["❤️", "👨‍👩‍👧‍👦", "👍🏽"] {
            assert!(!is_steady(symbol), "{symbol}");
        }
    }
}
