//! The rule of a cinema: what it says in place of a header and the headings of the panes.

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::{chat, header, media_card, members, queue, reactions};
use crate::app::screen::Focus;
use crate::ui::canvas::Canvas;
use crate::ui::text::{cut, width};

/// Draws the rule above the pane of a cinema, which has no header: what the player lacks, and how
/// loud it is where that is not as usual, stand at its right end.
pub(super) fn draw_rule(canvas: &mut Canvas<'_>, area: Rect) {
    let mark = header::player_mark(canvas).map_or_else(String::new, |mark| format!(" {mark} "));
    // A cell of the rule stays between the two, and one at its end.
    let most = usize::from(area.width).saturating_sub(width(&mark) + 5);
    let text = cut(&heading(canvas, most), most);
    canvas.rule(area, &text, canvas.screen.focus() != Focus::Line);
    let place = Rect {
        width: area.width.saturating_sub(1),
        ..area
    };
    canvas.right_end(place, 0, &Line::styled(mark, canvas.theme.strong()));
}

/// What the rule above the pane says in a cinema: the pane's name, beside the chat what plays, how
/// people react, and the chapter where all of it fits in so many cells.
fn heading(canvas: &Canvas<'_>, most: usize) -> String {
    match canvas.screen.focus() {
        Focus::Queue => return queue::heading(canvas.language, &canvas.view),
        Focus::Members => return members::heading(canvas.app),
        Focus::Line | Focus::Chat => {}
    }
    let title = media_card::heading(canvas).unwrap_or_else(|| chat::heading(canvas));
    let reactions = Some(reactions::counted(canvas)).filter(|text| !text.is_empty());
    let chapter = canvas.app.chapter();
    let chapter = chapter.and_then(|(_, chapter)| chapter.title.as_ref());
    let joined = |chapter: Option<String>| {
        let parts = [Some(title.clone()), chapter, reactions.clone()];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        parts.join(" · ")
    };
    let whole = joined(chapter.map(ToString::to_string));
    if width(&whole) <= most {
        whole
    } else {
        joined(None)
    }
}
