//! The row above the line that is written: which keys react, and in the demo how to do it for real;
//! or what Tab offers.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::keys::KeyAction;
use crate::app::pointer::ClickTarget;
use crate::app::screen::Focus;
use crate::strings::{own_keys, screen as words};
use crate::ui::canvas::Canvas;
use crate::ui::text::{cut, width};

/// Draws the row.
pub(in crate::ui) fn draw(canvas: &mut Canvas<'_>, area: Rect) {
    if let Some(completion) = canvas.screen.completion() {
        let mut spans = vec![Span::styled(
            format!(" {}", words::OFFERS),
            canvas.theme.dim(),
        )];
        for (place, offer) in completion.offers().enumerate() {
            let style = if completion.chosen() == Some(place) {
                canvas.theme.chosen()
            } else {
                ratatui::style::Style::new()
            };
            spans.push(Span::raw(" "));
            spans.push(Span::styled(cut(offer.trim_end(), 20), style));
        }
        canvas.row(area, 0, &Line::from(spans));
        return;
    }
    let mut keys = format!(" {}", words::react(canvas.language));
    for (number, emoji) in (1..).zip(canvas.view.reactions().iter()) {
        let own = &canvas.screen.config().keys;
        let key = own_keys::name_of(canvas.language, own, KeyAction::React(number));
        keys = format!("{keys}  {key} {}", emoji.as_str());
    }
    let is_demo = canvas.app.is_demo();
    let hint = if is_demo {
        words::demo(canvas.language)
    } else {
        words::react_writing(canvas.language)
    };
    let hint = format!("{hint} ");
    let fits = width(&keys) + width(&hint) < usize::from(area.width);
    let right = if fits && (is_demo || canvas.focused(Focus::Line)) {
        Line::styled(hint, canvas.theme.dim())
    } else {
        Line::default()
    };
    canvas.both_ends(area, 0, &keys, &right);
    // Before the first reaction stands the heading.
    canvas.clickable_words(area, 0, &keys, |word| {
        let number = u8::try_from(word).ok().filter(|number| *number > 0)?;
        Some(ClickTarget::React(number))
    });
}
