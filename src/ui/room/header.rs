//! The header: what plays, the room, oneself, and how many are here.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::media_card::CARD_FROM;
use crate::app::output::Person;
use crate::protocol::member::Member;
use crate::strings::{client as client_words, player as player_words, screen as words};
use crate::ui::canvas::Canvas;
use crate::ui::split::WIDE;
use crate::ui::text::{cut, line_width, width};

/// Draws the header; in a wide terminal the room has a row of its own. What stands at the right
/// begins with a blank, so that a long title ends two cells before it.
pub(in crate::ui) fn draw(canvas: &mut Canvas<'_>, area: Rect) {
    if area.width >= WIDE {
        about_room(canvas, area);
        // The card has these, where there is one.
        let (added, media) = if area.width >= CARD_FROM {
            (Line::default(), media(canvas))
        } else {
            let added = Line::from(added_by(canvas));
            let media = media_and_chapter(canvas, area, &added);
            (added, media)
        };
        canvas.both_ends(area, 1, &media, &added);
    } else {
        let right = who(canvas, area.width, width(&media(canvas)));
        let media = media_and_chapter(canvas, area, &right);
        canvas.both_ends(area, 0, &media, &right);
    }
}

/// The media, and the chapter where there is room for all of it.
fn media_and_chapter(canvas: &Canvas<'_>, area: Rect, right: &Line<'_>) -> String {
    let media = media(canvas);
    let chapter = canvas.app.chapter();
    let Some(title) = chapter.and_then(|(_, chapter)| chapter.title.as_ref()) else {
        return media;
    };
    let both = format!("{media} · {title}");
    let needed = width(&both) + line_width(right) + 1;
    if needed <= usize::from(area.width) {
        both
    } else {
        media
    }
}

/// The media's title behind a shape for its state.
fn media(canvas: &Canvas<'_>) -> String {
    if canvas.app.room().is_none() {
        return format!(" ○ {}", words::connecting(canvas.language));
    }
    let timeline = canvas.app.room().map(|room| &room.timeline);
    let playing = timeline.and_then(|timeline| timeline.playing.as_ref());
    let (Some(timeline), Some(playing)) = (timeline, playing) else {
        return format!(" ○ {}", words::nothing_on(canvas.language));
    };
    let shape = match timeline {
        timeline if timeline.finished => '■',
        timeline if timeline.is_given_up() => '✕',
        timeline if timeline.waits_for_data() || awaited(canvas) => '◌',
        timeline if timeline.segment.paused => '‖',
        _ => '▶',
    };
    format!(" {shape} {}", words::playing_title(playing))
}

/// Whether the media waits for a start that lies ahead.
fn awaited(canvas: &Canvas<'_>) -> bool {
    let app = canvas.app;
    let timeline = app.room().map(|room| &room.timeline);
    let now = app.room_now().or(app.room().map(|room| room.at));
    timeline
        .zip(now)
        .is_some_and(|(timeline, now)| timeline.awaits_start(now))
}

fn added_by(canvas: &Canvas<'_>) -> String {
    let playing = canvas
        .app
        .room()
        .and_then(|room| room.timeline.playing.as_ref());
    playing.map_or_else(String::new, |playing| {
        let who = Person {
            name: playing.by_name.clone(),
            is_you: canvas.app.me().is_some_and(|me| me.id == playing.by),
        };
        format!(" {} ", words::added_by(canvas.language, &who))
    })
}

/// The room's title, in at most a third of the columns and cut if need be; its name if it has none
/// or the title is longer than the name and has no room.
fn room_name(canvas: &Canvas<'_>, columns: u16) -> String {
    let name = canvas.app.room_id().to_string();
    let title = canvas.app.room().and_then(|room| room.title.clone());
    let cells = usize::from(columns) / 3;
    match title.map(|title| title.to_string()) {
        Some(title) if width(&title) <= cells => title,
        Some(title) if width(&name) > cells => cut(&title, cells),
        _ => name,
    }
}

/// The room, oneself, and how many are here. Where that leaves the media, which takes `needed` cells,
/// less than two fifths of the columns (judgement: the beginning of a title), one's own name gives
/// way, then the room's, then what one lacks.
fn who(canvas: &Canvas<'_>, columns: u16, needed: usize) -> Line<'static> {
    let cells = usize::from(columns);
    let columns_left = cells - needed.min(cells * 2 / 5);
    let mut right = Line::default();
    for left_out in 0..=3 {
        right = who_without(canvas, columns, left_out);
        if line_width(&right) < columns_left {
            break;
        }
    }
    right
}

/// The same without the first of those that give way.
fn who_without(canvas: &Canvas<'_>, columns: u16, left_out: u8) -> Line<'static> {
    let mark = if left_out < 3 {
        mark_and_gap(canvas)
    } else {
        String::new()
    };
    let mut spans = vec![Span::raw(format!(" {mark}"))];
    if left_out < 2 {
        let room = room_name(canvas, columns);
        spans.push(Span::styled(room, canvas.theme.strong()));
    }
    spans.extend(me(canvas, left_out < 1));
    let count = canvas.app.room().map(|room| room.roster.count);
    if let Some(count) = count {
        let outside = match observers(canvas) {
            0 => String::new(),
            observers => format!(" +{observers}"),
        };
        spans.push(Span::raw(format!("  👥 {count}{outside} ")));
    }
    Line::from(spans)
}

/// How many watch from outside.
fn observers(canvas: &Canvas<'_>) -> u32 {
    canvas.app.health().map_or(0, |health| health.observers)
}

/// What one's own player lacks, and how loud it is where that is not as usual; `None` where neither
/// is worth a word.
pub(super) fn player_mark(canvas: &Canvas<'_>) -> Option<String> {
    let lack = canvas.app.player_lacks();
    let lacking = lack.map(|lack| player_words::lack_mark(canvas.language, lack));
    let marks: Vec<String> = lacking.into_iter().chain(sound(canvas)).collect();
    (!marks.is_empty()).then(|| marks.join("  "))
}

/// How loud one's own player is, where it has sound and that is not as usual.
fn sound(canvas: &Canvas<'_>) -> Option<String> {
    let sound = canvas.app.own_player().sound()?;
    (!canvas.app.player_is_silent() && !sound.is_ordinary())
        .then(|| client_words::sound_mark(canvas.language, sound))
}

/// The same, apart from what follows.
fn mark_and_gap(canvas: &Canvas<'_>) -> String {
    player_mark(canvas).map_or_else(String::new, |mark| format!("{mark}  "))
}

/// One's own role and name, or the role alone if it has a mark.
fn me(canvas: &Canvas<'_>, is_named: bool) -> Option<Span<'static>> {
    let me = canvas.app.me()?;
    let mark = words::role_mark(canvas.language, me.power());
    if !is_named {
        return (!mark.is_empty()).then(|| Span::raw(format!("  {mark}")));
    }
    let gap = if mark.is_empty() { "" } else { " " };
    Some(Span::raw(format!("  {mark}{gap}{}", me.name)))
}

/// Draws the row about the room in a wide terminal.
fn about_room(canvas: &mut Canvas<'_>, area: Rect) {
    let app = canvas.app;
    let title = app.room().and_then(|room| room.title.clone());
    let mut left = format!(" {}", app.room_id());
    if let Some(title) = title {
        left = format!("{left} · {title}");
    }
    let Some(room) = app.room() else {
        canvas.both_ends(area, 0, &left, &Line::default());
        return;
    };
    let power = app.me().map(Member::power).unwrap_or_default();
    let acting = app.me().is_some_and(|me| me.acting);
    let name = app.me().map_or_else(String::new, |me| me.name.to_string());
    let role = words::own_role(canvas.language, power, acting);
    let right = format!(
        " {}{} · {} · {name}, {role} · 👥 {}{} ",
        mark_and_gap(canvas),
        words::visibility(canvas.language, room.visibility),
        words::waits(canvas.language, room.waits()),
        room.roster.count,
        words::observers(canvas.language, observers(canvas))
    );
    canvas.both_ends(area, 0, &left, &Line::from(right));
}
