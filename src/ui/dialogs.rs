//! Dialogs, which lie over the panes in a box: questions, prompts, the menu of a member.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Clear, Widget};

use super::canvas::Canvas;
use super::split::row_of;
use super::text::{cut, wrap};
use crate::app::command::Slash;
use crate::app::output::PlayerView;
use crate::app::pointer::{ClickTarget, ScrollTarget};
use crate::app::screen::editor::Editor;
use crate::app::screen::{BAN_SCOPES, Overlay, Prompt, Question, member_menu};
use crate::protocol::denied::SharedAddress;
use crate::protocol::ids::MemberId;
use crate::strings::sentences::quoted;
use crate::strings::{bans, command_help, dialogs as words, media, screen};

/// The columns of a dialog, where the terminal has so many.
const WIDEST: u16 = 64;

/// Draws an overlay that is a dialog; the others are pages.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, overlay: &Overlay) {
    match overlay {
        Overlay::CommandHelp(slash) => command_help(canvas, area, *slash),
        Overlay::Help(_) | Overlay::Gallery | Overlay::Health(_) => {}
        Overlay::Finder(finder) => super::palette::finder(canvas, area, finder),
        Overlay::Menu(member, at) => menu(canvas, area, *member, *at),
        Overlay::Question(question) => ask(canvas, area, *question),
        Overlay::BanScope(shared, at) => ban_scope(canvas, area, shared, *at),
        Overlay::Prompt(prompt, editor) => prompt_for(canvas, area, prompt, editor),
    }
}

/// Draws an empty dialog for so many lines in the middle of an area; the area of its text.
fn frame(canvas: &mut Canvas<'_>, area: Rect, lines: usize) -> Rect {
    let width = WIDEST.min(area.width.saturating_sub(2));
    let height = u16::try_from(lines + 2)
        .unwrap_or(u16::MAX)
        .min(area.height);
    let place = Rect {
        x: area.x + (area.width - width) / 2,
        y: area.y + (area.height - height) / 2,
        width,
        height,
    };
    canvas.hits.cover();
    Clear.render(place, canvas.buffer);
    let block = Block::bordered().border_style(canvas.theme.border(true, false));
    let mut within = block.inner(place);
    block.render(place, canvas.buffer);
    within.x += 1;
    within.width = within.width.saturating_sub(2);
    within
}

fn text_width(area: Rect) -> usize {
    usize::from(WIDEST.min(area.width.saturating_sub(2)).saturating_sub(4))
}

/// What one command does.
fn command_help(canvas: &mut Canvas<'_>, area: Rect, slash: Slash) {
    let lines = command_help::lines(canvas.language, slash, &canvas.screen.config().keys);
    let lines: Vec<String> = lines
        .iter()
        .flat_map(|line| wrap(line, text_width(area)))
        .collect();
    let within = frame(canvas, area, lines.len() + 2);
    for (row, line) in (0..).zip(&lines) {
        let style = if row == 0 {
            canvas.theme.strong()
        } else {
            ratatui::style::Style::new()
        };
        canvas.row(within, row, &Line::styled(line.as_str(), style));
    }
    let foot = within.height.saturating_sub(1);
    let keys = words::close_key(canvas.language);
    canvas.row(within, foot, &Line::styled(keys, canvas.theme.dim()));
}

fn ask(canvas: &mut Canvas<'_>, area: Rect, question: Question) {
    let (name, oneself) = subject(canvas, question);
    let text = words::question(canvas.language, question, &name, oneself);
    let text = wrap(&text, text_width(area));
    let is_written = question == Question::TrustLinks;
    let within = frame(canvas, area, text.len() + 2 + 2 * usize::from(is_written));
    for (row, line) in (0..).zip(&text) {
        canvas.row(
            within,
            row,
            &Line::from(line.as_str()).style(canvas.theme.strong()),
        );
    }
    if is_written {
        let place = Rect {
            y: within.y + u16::try_from(text.len()).unwrap_or(0) + 1,
            height: 1,
            ..within
        };
        let line = canvas.screen.line();
        canvas.cursor = Some(super::input_line::field(canvas, place, "› ", line));
    }
    let last = within.height.saturating_sub(1);
    let answers = words::answers(canvas.language, question);
    canvas.row(
        within,
        last,
        &Line::styled(answers.as_str(), canvas.theme.dim()),
    );
    canvas.clickable_words(within, last, &answers, |number| {
        (number < 2).then_some(ClickTarget::Answer(question, number == 0))
    });
}

/// Where the link leads that is not opened, and what that is.
fn strange_host(canvas: &Canvas<'_>) -> String {
    match canvas.app.player_view() {
        PlayerView::Refused(refusal) => media::refused_host(canvas.language, &refusal),
        _ => String::new(),
    }
}

/// The name of what a question is about, and whether that is oneself.
fn subject(canvas: &Canvas<'_>, question: Question) -> (String, bool) {
    let room = canvas.app.room();
    let is_own = |id: MemberId| canvas.app.me().is_some_and(|me| me.id == id);
    let member = |id: MemberId| {
        let member = room.and_then(|room| room.roster.get(id));
        let name = member.map_or_else(String::new, |member| member.name.to_string());
        (name, is_own(id))
    };
    match question {
        Question::Leave(_) | Question::MakeAgain(_) | Question::Suspend(_) | Question::Close => {
            (String::new(), false)
        }
        Question::TrustLinks => (strange_host(canvas), false),
        Question::JoinOpen => {
            let opener = canvas.screen.open_room_of();
            (opener.map(ToString::to_string).unwrap_or_default(), false)
        }
        Question::PlayNow(id) | Question::Remove(id) | Question::Withdraw(id) => {
            let entry = room.and_then(|room| room.queue.get(id));
            let name = entry.map_or_else(String::new, |entry| {
                format!("#{id} {}", quoted(canvas.language, &screen::entry(entry)))
            });
            (name, false)
        }
        Question::Kick(id) | Question::Ban(id) | Question::Promote(id, _) => member(id),
        Question::EraseAll(author, _) => {
            let lines = room.map(|room| room.chat.lines());
            let line = lines.and_then(|mut lines| lines.rfind(|line| line.from == author));
            let name = line.map_or_else(String::new, |line| line.name.to_string());
            match member(author) {
                (known, oneself) if !known.is_empty() => (known, oneself),
                (_, oneself) => (name, oneself),
            }
        }
        Question::Erase(id) => {
            let line = room.and_then(|room| room.chat.get(id));
            line.map_or_else(Default::default, |line| {
                (line.name.to_string(), is_own(line.from))
            })
        }
    }
}

fn prompt_for(canvas: &mut Canvas<'_>, area: Rect, prompt: &Prompt, editor: &Editor) {
    let (title, hint) = words::prompt(canvas.language, prompt);
    let title = wrap(&title, text_width(area));
    let toast = canvas.screen.toast();
    let cells = text_width(area);
    let (hint, style) = match toast {
        Some(toast) => super::room::toast::rows(canvas, toast.content(), cells),
        None => (wrap(&hint, cells), canvas.theme.dim()),
    };
    let within = frame(canvas, area, title.len() + hint.len() + 2);
    for (row, line) in (0..).zip(&title) {
        canvas.row(
            within,
            row,
            &Line::from(line.as_str()).style(canvas.theme.strong()),
        );
    }
    let below = u16::try_from(title.len()).unwrap_or(0);
    let place = Rect {
        y: within.y + below,
        height: 1,
        ..within
    };
    let masked = prompt.is_secret().then(|| masked(editor));
    let cursor = super::input_line::field(canvas, place, "› ", masked.as_ref().unwrap_or(editor));
    canvas.cursor = Some(cursor);
    let placeholder = words::placeholder(canvas.language, prompt);
    if let Some(words) = placeholder.filter(|_| editor.is_empty()) {
        let behind = Rect {
            x: cursor.0 + 1,
            width: (place.x + place.width).saturating_sub(cursor.0 + 1),
            ..place
        };
        canvas.row(behind, 0, &Line::styled(words, canvas.theme.dim()));
    }
    for (row, line) in (below + 2..).zip(&hint) {
        canvas.row(within, row, &Line::styled(line.as_str(), style));
    }
}

/// The text with each character replaced by a dot.
fn masked(editor: &Editor) -> Editor {
    use unicode_segmentation::UnicodeSegmentation;
    let dots = |text: &str| "•".repeat(text.graphemes(true).count());
    let mut hidden = Editor::with(&dots(editor.before()));
    let after = dots(editor.after());
    hidden.insert(&after);
    for _ in after.chars() {
        hidden.left();
    }
    hidden
}

fn menu(canvas: &mut Canvas<'_>, area: Rect, member: MemberId, at: usize) {
    let room = canvas.app.room();
    let name = room.and_then(|room| room.roster.get(member));
    let name = name.map_or_else(String::new, |member| {
        format!("#{} {}", member.id, member.name)
    });
    let oneself = canvas.app.me().is_some_and(|me| me.id == member);
    let items: Vec<(String, ClickTarget)> = member_menu::items(&canvas.view, member)
        .into_iter()
        .map(|item| {
            let text = words::menu_item(canvas.language, item, oneself);
            (text, ClickTarget::MenuItem(member, item))
        })
        .collect();
    choices(canvas, area, &[name], &items, at);
}

/// Asks how far a ban reaches, where others share the address.
fn ban_scope(canvas: &mut Canvas<'_>, area: Rect, shared: &SharedAddress, at: usize) {
    let heading = wrap(
        &bans::asks_about_address(canvas.language, shared),
        text_width(area),
    );
    let items = BAN_SCOPES.map(|scope| {
        let text = bans::scope(canvas.language, scope, &shared.name);
        (text, ClickTarget::BanScope(scope))
    });
    choices(canvas, area, &heading, &items, at);
}

/// Draws a list from which one item is chosen, with its heading and keys.
fn choices(
    canvas: &mut Canvas<'_>,
    area: Rect,
    heading: &[String],
    items: &[(String, ClickTarget)],
    at: usize,
) {
    let within = frame(canvas, area, heading.len() + items.len() + 2);
    canvas.clickable(area, ClickTarget::BesideDialog);
    canvas.scrollable(area, ScrollTarget::Choices);
    for (row, line) in (0..).zip(heading) {
        let line = Line::from(line.as_str()).style(canvas.theme.strong());
        canvas.row(within, row, &line);
    }
    let first = u16::try_from(heading.len()).unwrap_or(0);
    let last = items.len().saturating_sub(1);
    for (row, (place, (item, target))) in (first..).zip(items.iter().enumerate()) {
        let chosen = place == at.min(last);
        let mark = if chosen { "▌ " } else { "  " };
        let style = if chosen {
            canvas.theme.strong()
        } else {
            ratatui::style::Style::new()
        };
        let text = cut(item, usize::from(within.width));
        let line = Line::from(vec![Span::raw(mark), Span::styled(text, style)]);
        canvas.row(within, row, &line);
        if row < within.height {
            canvas.clickable(row_of(within, row), target.clone());
        }
    }
    let foot = within.height.saturating_sub(1);
    canvas.row(
        within,
        foot,
        &Line::styled(words::menu_keys(canvas.language), canvas.theme.dim()),
    );
}
