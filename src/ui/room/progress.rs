//! The progress line: the media's time, what was played and is buffered, the rate, and how well
//! in step one's own player is.

use std::collections::BTreeSet;

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::App;
use crate::app::chapters::Chapter;
use crate::app::output::Person;
use crate::app::pointer::ClickTarget;
use crate::protocol::ids::MemberId;
use crate::protocol::playback::{Playing, StandstillCause};
use crate::protocol::time::{Position, RoomTime, Span as Time};
use crate::room::state::RoomState;
use crate::strings::{screen as words, standstill as standstill_words};
use crate::ui::canvas::Canvas;
use crate::ui::split::WIDE;
use crate::ui::text::width;

/// The cells that are kept for the state, so that the bar does not move when the state changes
/// (judgement: the words for one's own player in each language; what is said of others is longer,
/// and stands in place of what is before it).
const STATE: usize = 14;
/// The same where the terminal is wide: whom the room waits for as well.
const STATE_WIDE: usize = 30;
/// With fewer columns the bar takes what the state leaves (judgement: it would be too short else).
const KEPT_FROM: u16 = 60;

/// A bar with fewer cells says nothing: a stroke takes its place (judgement).
const LEAST_BAR: usize = 3;

/// Draws the progress line, and the heatmap above it where there is room.
pub(in crate::ui) fn draw(canvas: &mut Canvas<'_>, area: Rect) {
    let state = state(canvas);
    let style = canvas.theme.health(&state);
    let app = canvas.app;
    let playing = app.room().and_then(|room| room.timeline.playing.as_ref());
    let Some(playing) = playing else {
        canvas.both_ends(area, 0, "", &Line::styled(format!("{state} "), style));
        return;
    };
    let now = app.position(app.local_now()).unwrap_or_default();
    let timeline = app.room().map(|room| &room.timeline);
    let rate = timeline
        .map(|t| t.segment.rate)
        .unwrap_or_default()
        .factor();
    let end = end(playing);
    let left = match playing.duration {
        Some(end) if area.width >= WIDE && !playing.live => {
            let left = (Position(end.0) - now).max(Time::ZERO);
            format!("−{}", Position(left.0))
        }
        _ => String::new(),
    };
    let rate = words::rate(canvas.language, rate);
    let before = format!(" {now} ");
    let (behind, reserved) = behind([&end, &rate, &left], &state, area.width);
    let taken = width(&before) + reserved + 2;
    let room = usize::from(area.width).saturating_sub(taken);
    let (row, length) = (area.height.saturating_sub(1), playing.duration);
    if let Some(length) = length.filter(|_| row > 0 && !playing.live) {
        let epoch = app
            .room()
            .map(|room| room.timeline.epoch)
            .unwrap_or_default();
        let heat = heat(&canvas.screen.heatmap().parts(epoch, length, room));
        let text = format!("{}{heat}", " ".repeat(width(&before)));
        canvas.row(area, 0, &Line::styled(text, canvas.theme.played()));
    }
    let bar = bar(now, length, app.sync_status().buffered, room);
    let mut bar = marked(bar, app.chapters(), length);
    if room < LEAST_BAR && !end.is_empty() {
        bar = (String::new(), "/".to_owned());
    }
    if length.is_some() && !playing.live {
        let place = Rect {
            x: area.x.saturating_add(cells(width(&before))),
            width: cells(room),
            ..area
        };
        canvas.clickable(place.intersection(area), ClickTarget::Progress);
    }
    let line = Line::from(vec![
        Span::raw(before),
        Span::styled(bar.0, canvas.theme.played()),
        Span::styled(bar.1, canvas.theme.dim()),
        Span::raw(format!(" {behind}")),
        Span::styled(state, style),
    ]);
    canvas.row(area, row, &line);
}

/// What stands between the bar and the state, and how many cells both take. Of the parts the last
/// give way to a state that is longer than what is kept for it.
fn behind(parts: [&str; 3], state: &str, columns: u16) -> (String, usize) {
    let joined = |parts: &[&str]| {
        let said = parts.iter().filter(|part| !part.is_empty());
        said.flat_map(|part| [*part, "  "]).collect::<String>()
    };
    let kept = match columns {
        columns if columns >= WIDE => STATE_WIDE,
        columns if columns >= KEPT_FROM => STATE,
        _ => width(state),
    };
    let reserved = width(&joined(&parts)) + kept;
    let fits = |text: &String| width(text) + width(state) <= reserved;
    let mut shown = (0..=parts.len())
        .rev()
        .map(|count| joined(parts.get(..count).unwrap_or(&[])));
    let shown = shown.find(fits).unwrap_or_default();
    let reserved = reserved.max(width(&shown) + width(state));
    (shown, reserved)
}

/// Where the media ends, as far as that is known.
fn end(playing: &Playing) -> String {
    match playing.duration {
        _ if playing.live => String::new(),
        Some(end) => Position(end.0).to_string(),
        None => words::UNKNOWN.to_owned(),
    }
}

fn cells(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

/// How often people reacted in each part of the media, as bars.
fn heat(counts: &[usize]) -> String {
    const HEIGHTS: [char; 7] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇'];
    let most = counts.iter().max().copied().unwrap_or(0).max(HEIGHTS.len());
    let height = |count: &usize| match count.checked_sub(1) {
        None => ' ',
        Some(more) => {
            let place = more * HEIGHTS.len() / most;
            HEIGHTS.get(place).copied().unwrap_or('▇')
        }
    };
    counts.iter().map(height).collect()
}

/// The state in words: of the connection if it is down, else of the room if it waits, else of
/// one's own player.
fn state(canvas: &Canvas<'_>) -> String {
    let app = canvas.app;
    let now = app.local_now();
    if let Some(since) = canvas.screen.lost_since() {
        return words::reconnecting(canvas.language, now - since);
    }
    let Some(room) = app.room() else {
        return String::new();
    };
    if let Some(hold) = room.timeline.hold {
        let here: RoomTime = app.room_now().unwrap_or(room.at);
        let left = (hold.until - here).max(Time::ZERO);
        let held = person(app, room, hold.member);
        let held = held.map_or_else(
            || words::gate(canvas.language, &[], left),
            |who| words::held(canvas.language, &who, left),
        );
        return format!("◌ {held}");
    }
    if let Some(number) = app.counting() {
        return format!("◌ {}", words::counting(canvas.language, number));
    }
    if let Some(awaited) = awaited(app, room) {
        return format!("◌ {awaited}");
    }
    let lobby = app.lobby().filter(|lobby| lobby.holds_media);
    if let Some(lobby) = lobby.filter(|_| room.timeline.standstill.is_none()) {
        return format!("◌ {}", words::lobby_state(canvas.language, &lobby));
    }
    if room.timeline.finished {
        return words::over(canvas.language, room.queue.proposals().count());
    }
    if let Some(standstill) = room
        .timeline
        .standstill
        .filter(|_| room.timeline.is_given_up())
    {
        return match standstill.cause {
            StandstillCause::Failed { .. } => standstill_words::nobody(app.language()),
            StandstillCause::Ended => standstill_words::all_ended(app.language()),
            StandstillCause::Closed => standstill_words::all_closed(app.language()),
        };
    }
    let is_paused = room.timeline.segment.paused;
    words::sync(
        app.language(),
        &app.sync_status(),
        &app.player_view(),
        is_paused,
    )
}

/// Whose players the start waits for, in words.
fn awaited(app: &App, room: &RoomState) -> Option<String> {
    let now = app.room_now().unwrap_or(room.at);
    let timeline = &room.timeline;
    if timeline.gate.is_empty() || !timeline.awaits_start(now) {
        return None;
    }
    let gate = timeline.gate.iter();
    let missing: Vec<Person> = gate.filter_map(|id| person(app, room, *id)).collect();
    Some(words::gate(
        app.language(),
        &missing,
        timeline.segment.start - now,
    ))
}

/// A member, as the one who reads knows them.
fn person(app: &App, room: &RoomState, id: MemberId) -> Option<Person> {
    let member = room.roster.get(id)?;
    Some(Person {
        name: member.name.clone(),
        is_you: app.me().is_some_and(|me| me.id == id),
    })
}

/// The bar in two parts: what was played, with a knob at its end, and what is to come, of which
/// the buffered part comes first.
pub(in crate::ui) fn bar(
    now: Position,
    end: Option<Time>,
    buffered: Option<Time>,
    cells: usize,
) -> (String, String) {
    let Some(end) = end.filter(|end| end.0 > 0) else {
        return (String::new(), "─".repeat(cells));
    };
    let place = |at: i64| {
        let share = i128::from(at.clamp(0, end.0)) * i128::try_from(cells).unwrap_or(0);
        usize::try_from(share / i128::from(end.0)).unwrap_or(0)
    };
    let played = place(now.0).min(cells.saturating_sub(1));
    let ahead = now + buffered.unwrap_or_default();
    let cached = place(ahead.0).saturating_sub(played + 1);
    let rest = cells.saturating_sub(played + 1 + cached);
    let done = format!("{}●", "━".repeat(played));
    let coming = format!("{}{}", "▒".repeat(cached), "─".repeat(rest));
    if cells == 0 {
        return (String::new(), String::new());
    }
    (done, coming)
}

/// The bar with a mark at the beginning of each chapter but the first.
fn marked(
    (done, coming): (String, String),
    chapters: &[Chapter],
    end: Option<Time>,
) -> (String, String) {
    let Some(end) = end.filter(|end| end.0 > 0 && chapters.len() > 1) else {
        return (done, coming);
    };
    let begun = done.chars().count();
    let cells = begun + coming.chars().count();
    let places: BTreeSet<usize> = chapters
        .iter()
        .filter(|chapter| chapter.start.0 > 0 && chapter.start.0 < end.0)
        .filter_map(|chapter| {
            let share = i128::from(chapter.start.0) * i128::try_from(cells).ok()?;
            usize::try_from(share / i128::from(end.0)).ok()
        })
        .collect();
    let mark = |(place, cell): (usize, char)| match cell {
        '━' if places.contains(&place) => '┿',
        '─' | '▒' if places.contains(&place) => '┼',
        cell => cell,
    };
    let coming = (begun..).zip(coming.chars()).map(mark).collect();
    (done.chars().enumerate().map(mark).collect(), coming)
}

#[cfg(test)]
mod tests {
    use super::{Chapter, Position, Time, bar, behind, heat, marked};

    #[test]
    fn heat_is_as_high_as_it_is_frequent() {
        assert_eq!(heat(&[0, 1, 2, 7, 0]), " ▁▂▇ ");
        assert_eq!(heat(&[1, 70]), "▁▇");
        assert_eq!(heat(&[]), "");
    }

    #[test]
    fn the_bar_keeps_its_length_whatever_the_state_says() {
        let parts = ["1:35:20", "×1.0", ""];
        let states = ["● in step", "◌ waiting for Вера, up to 10 s", "◌ 9 s"];
        for columns in [80, 120] {
            let reserved = states.map(|state| behind(parts, state, columns).1);
            assert_eq!(reserved[0], reserved[2], "{columns}");
            assert!(reserved[1] <= reserved[0] + 2, "{columns}");
        }
        let shown = |state| behind(parts, state, 80).0;
        assert_eq!(shown("● in step"), "1:35:20  ×1.0  ");
        assert_eq!(shown("⚠ reconnecting, 10 s"), "1:35:20  ");
        assert_eq!(shown("◌ waiting for Вера, up to 9 s"), "");
    }

    #[test]
    fn chapters_are_marked_where_they_begin() {
        let chapter = |seconds| Chapter {
            start: Position::seconds(seconds),
            title: None,
        };
        let chapters = [0, 20, 60, 100].map(chapter);
        let end = Some(Time::seconds(100));
        let plain = bar(Position::seconds(40), end, None, 10);
        let (done, coming) = marked(plain.clone(), &chapters, end);
        assert_eq!((done.as_str(), coming.as_str()), ("━━┿━●", "─┼───"));
        assert_eq!(marked(plain.clone(), &chapters[..1], end), plain);
        assert_eq!(marked(plain.clone(), &chapters, None), plain);
    }

    #[test]
    fn the_bar_is_as_long_as_its_place() {
        let cases = [(0, 0), (50, 20), (99, 50), (100, 0), (300, 0)];
        for (at, buffered) in cases {
            let end = Some(Time::seconds(100));
            let ahead = Some(Time::seconds(buffered));
            let (done, coming) = bar(Position::seconds(at), end, ahead, 20);
            assert_eq!((done + &coming).chars().count(), 20, "{at}");
        }
        let (done, coming) = bar(
            Position::seconds(50),
            Some(Time::seconds(100)),
            Some(Time::seconds(20)),
            20,
        );
        assert_eq!(
            (done.as_str(), coming.as_str()),
            ("━━━━━━━━━━●", "▒▒▒──────")
        );
        assert_eq!(bar(Position::START, None, None, 3).1, "───");
    }
}
