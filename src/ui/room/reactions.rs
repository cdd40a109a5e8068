//! The pane of floating reactions: they rise, and below them stands how often each came.

use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::app::pointer::ClickTarget;
use crate::protocol::text::Emoji;
use crate::ui::canvas::Canvas;
use crate::ui::text::cut;

/// Draws the reactions that rise, and the counts of the recent ones in the last row.
pub(in crate::ui) fn draw(canvas: &mut Canvas<'_>, area: Rect) {
    let now = canvas.app.local_now();
    let reactions = canvas.screen.reactions();
    let rows = area.height.saturating_sub(1);
    // Room for the widest emoji at the right end.
    let columns = area.width.saturating_sub(3);
    for (emoji, column, risen) in reactions.rising(now) {
        let x = share(columns, column);
        let y = rows.saturating_sub(1) - share(rows, risen).min(rows.saturating_sub(1));
        let place = Rect {
            x: area.x + x,
            y: area.y + y,
            width: area.width - x,
            height: 1,
        };
        if rows > 0 {
            canvas.row(place, 0, &Line::from(emoji.to_owned()));
        }
    }
    let text = cut(&format!(" {}", counted(canvas)), usize::from(area.width));
    let last = area.height.saturating_sub(1);
    canvas.row(area, last, &Line::from(text.as_str()));
    let counts = reactions.counts().into_iter();
    let counted: Vec<Option<Emoji>> = counts.map(|(emoji, _)| Emoji::parse(emoji).ok()).collect();
    canvas.clickable_words(area, last, &text, |word| {
        let emoji = counted.get(word)?.clone()?;
        Some(ClickTarget::ReactWith(emoji))
    });
}

/// The recent reactions, and how often each came if more than once; empty without any.
pub(in crate::ui) fn counted(canvas: &Canvas<'_>) -> String {
    let counts = canvas.screen.reactions().counts();
    let counted: Vec<String> = counts
        .iter()
        .map(|(emoji, count)| match count {
            1 => (*emoji).to_owned(),
            count => format!("{emoji} ×{count}"),
        })
        .collect();
    counted.join("  ")
}

/// So many of these cells as a share from 0 to 1 says.
fn share(cells: u16, share: f64) -> u16 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share of a number of cells lies between 0 and that number"
    )]
    let place = (f64::from(cells) * share.clamp(0.0, 1.0)) as u16;
    place
}
