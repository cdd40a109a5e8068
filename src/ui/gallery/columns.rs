//! The columns of the list of rooms, and a room's row in them.

use std::collections::BTreeMap;

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::screen::gallery::shown_name;
use crate::protocol::time::{Position, Span as Time};
use crate::strings::rooms as words;
use crate::strings::screen::OWN;
use crate::texts::language::Language;
use crate::ui::canvas::Canvas;
use crate::ui::text::{cut, padded, right, tail, width};
use crate::wire::pages::{PlayingCard, RoomCard};

/// The least and the most columns of a room's title or name, unless all are shorter, or the media's
/// titles leave more.
const ROOM: [usize; 2] = [18, 34];
/// The columns beside a room's title or name: the marks before it, and what keeps it apart from the
/// number of viewers.
const BESIDE_ROOM: usize = 2;
/// From so many columns on the media's time is shown.
const WITH_TIME: usize = 70;
/// From so many columns on the media's kind is shown as well. Beside the details, which have it, the
/// titles get its place in a list that is narrower than this.
const WITH_KIND: usize = 90;
/// The columns of the number of viewers.
const VIEWERS: usize = 6;
/// The columns of the media's kind: as many as the longest needs, and a blank.
const KIND: usize = 8;
/// The columns of the media's time: `live, 2 h 10 min`.
const TIME: usize = 16;
/// The columns of the bar of the media's progress; `142/195 min` fits beside it.
const BAR: usize = 5;
/// The columns of an admin's name, and of what is next.
const ADMIN: usize = 16;
const NEXT: usize = 28;
/// What the titles of room and media have at least where an admin or what is next stands beside
/// them: most titles are shown whole (judgement).
const ROOMY: usize = 60;
/// The least columns that the name in links leaves to the title beside it.
const LEAST_TITLE: usize = 8;

/// The widths of the columns; 0 is one that is not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Columns {
    room: usize,
    playing: usize,
    kind: usize,
    time: usize,
    admin: usize,
    next: usize,
}

impl Columns {
    /// The columns of a list of this width, which stands `beside` details of the chosen room. Where
    /// the rooms or their media need less than their share, the others get the rest.
    pub(super) fn of(area: Rect, beside: bool, needed: Needed) -> Self {
        let whole = usize::from(area.width);
        let has_time = whole >= WITH_TIME;
        let has_kind = has_time && (!beside || whole >= WITH_KIND);
        let time = if has_time { TIME + 1 } else { 0 };
        let kind = if has_kind { KIND + 1 } else { 0 };
        let mut titles = whole.saturating_sub(2 + VIEWERS + time + kind + 1);
        let mut extra = |cells: usize| {
            let fits = titles >= ROOMY + cells;
            if fits {
                titles -= cells;
            }
            if fits { cells } else { 0 }
        };
        let (admin, next) = (extra(ADMIN), extra(NEXT));
        let [least, most] = ROOM;
        let left_over = titles.saturating_sub(needed.playing);
        let share = (titles / 2).clamp(least, most);
        let room = share.clamp(left_over.min(needed.room), left_over.max(needed.room));
        Self {
            room,
            playing: titles.saturating_sub(room),
            kind,
            time,
            admin,
            next,
        }
    }

    /// Texts in the columns, in the order of the screen.
    fn row<T>(self, texts: [T; 6]) -> impl Iterator<Item = (T, usize)> {
        let widths = [
            self.room,
            self.playing,
            self.kind,
            self.time,
            self.admin,
            self.next,
        ];
        texts.into_iter().zip(widths)
    }
}

/// What the longest texts of all rooms need, also of those out of sight: so that no column moves as
/// one scrolls.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Needed {
    room: usize,
    playing: usize,
}

impl Needed {
    /// What these rooms need, and the headings above them.
    pub(super) fn by(
        language: Language,
        rooms: &[RoomCard],
        names: &BTreeMap<String, usize>,
    ) -> Self {
        let [room, _, playing, ..] = words::columns(language);
        let mut needed = Self {
            room: width(&room) + BESIDE_ROOM,
            playing: width(&playing) + 1,
        };
        for room in rooms {
            let name = shown_name(room);
            let id = if is_shared(room, names) {
                width(room.id.as_str()) + 1
            } else {
                0
            };
            needed.room = needed.room.max(width(name) + id + BESIDE_ROOM);
            needed.playing = needed.playing.max(width(&playing_title(room)) + 1);
        }
        needed
    }
}

/// The media of a room behind a shape for its state, which takes less from the title than a word;
/// empty if it has none.
fn playing_title(room: &RoomCard) -> String {
    let Some(playing) = &room.playing else {
        return String::new();
    };
    let shape = match playing {
        _ if room.lobby.is_some() => '◌',
        playing if playing.paused => '‖',
        _ => '▶',
    };
    format!("{shape} {}", words::card_name(playing))
}

/// Whether another room has the same title.
fn is_shared(room: &RoomCard, names: &BTreeMap<String, usize>) -> bool {
    let count = names.get(&shown_name(room).to_lowercase());
    count.is_some_and(|count| *count > 1)
}

/// The headings of the columns.
pub(super) fn headings(language: Language, columns: Columns) -> String {
    let [room, viewers, playing, kind, time, admin, next] = words::columns(language);
    let mut row = String::from("  ");
    let texts = columns.row([room, playing, kind, time, admin, next]);
    for (number, (text, cells)) in texts.enumerate() {
        row.push_str(&in_column(&text, cells));
        if number == 0 {
            row.push_str(&padded(&viewers, VIEWERS));
        }
    }
    row
}

/// A text in a column, with a blank behind it.
fn in_column(text: &str, cells: usize) -> String {
    if cells == 0 {
        return String::new();
    }
    format!("{} ", padded(text, cells - 1))
}

/// How often each name is shown, so that rooms of one name are told apart.
pub(super) fn names(rooms: &[RoomCard]) -> BTreeMap<String, usize> {
    let mut names = BTreeMap::new();
    for room in rooms {
        *names.entry(shown_name(room).to_lowercase()).or_default() += 1;
    }
    names
}

/// A room's row: its title, how many watch what, and where that is.
pub(super) fn room_row(
    canvas: &Canvas<'_>,
    room: &RoomCard,
    is_chosen: bool,
    columns: Columns,
    names: &BTreeMap<String, usize>,
) -> Line<'static> {
    let (language, theme) = (canvas.language, canvas.theme);
    let gallery = canvas.screen.gallery();
    let playing = room.playing.as_ref();
    let title = playing_title(room);
    let kind = playing.map_or_else(String::new, |playing| cut(&playing.kind, KIND));
    let is_paused = playing.is_some_and(|playing| playing.paused);
    let title_style = if is_paused { theme.dim() } else { Style::new() };
    let name_style = if is_chosen {
        theme.strong()
    } else {
        Style::new()
    };
    let own = if gallery.is_own(&room.id) { OWN } else { " " };
    let cells = columns.room.saturating_sub(BESIDE_ROOM);
    let (name, id) = name_and_id(room, is_shared(room, names), cells);
    let mut spans = vec![
        Span::raw(if is_chosen { "▌" } else { " " }),
        Span::styled(own, theme.good()),
        Span::styled(name, name_style),
        Span::styled(id, theme.dim()),
        Span::raw("  "),
        Span::styled(padded(&room.viewers.to_string(), VIEWERS), theme.good()),
        Span::styled(in_column(&title, columns.playing), title_style),
        Span::styled(in_column(&kind, columns.kind), theme.dim()),
    ];
    if columns.time > 0 {
        spans.extend(time(canvas, room, columns.time - 1));
        spans.push(Span::raw(" "));
    }
    let admin = room.admin.as_ref().map(ToString::to_string);
    let next = room.next.as_ref();
    let next = next.map(|next| words::next_title(language, next));
    for (text, cells) in [(admin, columns.admin), (next, columns.next)] {
        let text = in_column(&text.unwrap_or_default(), cells);
        spans.push(Span::styled(text, theme.dim()));
    }
    Line::from(spans)
}

/// A room's title, and beside it its name in links, together as wide as the column. The name stands
/// there where there is room for both; where another room has the same title, the title makes room.
/// What tells two long names apart is often their end.
fn name_and_id(room: &RoomCard, is_shared: bool, cells: usize) -> (String, String) {
    let title = shown_name(room);
    let id = room.id.as_str();
    if room.title.is_none() || (!is_shared && width(title) + 2 + width(id) > cells) {
        return (padded(title, cells), String::new());
    }
    let most = cells.saturating_sub(LEAST_TITLE.min(width(title)) + 1);
    let id = if width(id) <= most {
        id.to_owned()
    } else {
        format!("…{}", tail(id, most.saturating_sub(1)))
    };
    let title = cut(title, cells.saturating_sub(width(&id) + 1));
    let rest = cells.saturating_sub(width(&title));
    (title, right(&id, rest))
}

/// Where the room is in the media: a bar and words, or that it waits in the lobby.
fn time(canvas: &Canvas<'_>, room: &RoomCard, cells: usize) -> Vec<Span<'static>> {
    let (language, theme) = (canvas.language, canvas.theme);
    if let Some(lobby) = &room.lobby {
        let starts = lobby.starts.map(|at| canvas.app.clock_time(at));
        let text = words::lobby_time(language, starts, lobby.ready);
        return vec![Span::styled(padded(&text, cells), theme.busy())];
    }
    let gallery = canvas.screen.gallery();
    let updated = gallery.updated();
    let age = updated.map_or(Time::ZERO, |updated| canvas.app.local_now() - updated);
    let playing = room.playing.as_ref();
    let (bar, words) =
        playing.map_or_else(Default::default, |playing| progress(language, playing, age));
    let rest = cells.saturating_sub(width(&bar));
    vec![
        Span::styled(bar, theme.played()),
        Span::styled(padded(&words, rest), theme.dim()),
    ]
}

/// The media's position as a bar and in words, `age` after the server reported it.
fn progress(language: Language, playing: &PlayingCard, age: Time) -> (String, String) {
    let end = playing.duration.map(|length| Position(length.0.max(0)));
    let position = playing.position_after(age);
    let words = words::card_time(language, position, end, playing.live);
    match end.filter(|end| end.0 > 0 && !playing.live) {
        Some(end) => {
            let done = position.0.saturating_mul(i64::try_from(BAR).unwrap_or(0)) / end.0;
            let done = usize::try_from(done).unwrap_or(0).min(BAR);
            let bar = format!("{}{}", "━".repeat(done), "─".repeat(BAR - done));
            (bar, right(&words, TIME.saturating_sub(BAR)))
        }
        None => (String::new(), words),
    }
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;

    use super::{Columns, Needed, name_and_id};
    use crate::ui::text::width;
    use crate::wire::pages::RoomCard;

    fn columns(width: u16, beside: bool) -> Columns {
        let needed = Needed {
            room: 200,
            playing: 200,
        };
        Columns::of(Rect::new(0, 0, width, 20), beside, needed)
    }

    #[test]
    fn what_one_column_does_not_need_the_other_gets() {
        let of = |room, playing| {
            let needed = Needed { room, playing };
            let columns = Columns::of(Rect::new(0, 0, 73, 20), true, needed);
            (columns.room, columns.playing)
        };
        assert_eq!(of(200, 200), (23, 24), "both are cut");
        assert_eq!(of(15, 200), (15, 32));
        assert_eq!(of(15, 28), (19, 28), "the name in links gets what is over");
        assert_eq!(of(30, 12), (30, 17));
        assert_eq!(of(10, 10), (23, 24));
    }

    #[test]
    fn the_titles_get_what_a_wider_list_has_more() {
        let usual = columns(80, false);
        assert_eq!((usual.room, usual.playing), (22, 23));
        assert!(usual.kind > 0 && usual.time > 0);
        let wide = columns(73, true);
        assert!(wide.kind == 0 && wide.playing > usual.playing, "{wide:?}");
        let widest = columns(147, true);
        assert!(widest.admin > 0 && widest.next > 0, "{widest:?}");
        assert!(widest.room > 30 && widest.playing > 30, "{widest:?}");
        assert_eq!(columns(48, false).time, 0);
    }

    #[test]
    fn a_shared_title_stands_beside_what_tells_it_apart() {
        let room = |id: &str, title: &str| -> RoomCard {
            let card = serde_json::json!({
                "id": id, "title": title, "viewers": 1, "playing": null, "since": 1.0
            });
            serde_json::from_value(card).unwrap()
        };
        let shown = |room: &RoomCard, is_shared| {
            let (title, id) = name_and_id(room, is_shared, 21);
            assert_eq!(width(&title) + width(&id), 21, "{title}{id}");
            format!("{title}{id}")
        };
        let friday = room("friday-2", "Friday films");
        assert_eq!(shown(&friday, true), "Friday films friday-2");
        let long = room("films-on-friday-evening-10", "Friday films");
        assert_eq!(shown(&long, true), "Friday … …-evening-10");
        assert_eq!(shown(&long, false).trim_end(), "Friday films");
        let wide = room("kino-7", "映画の夜映画の夜映画の夜");
        assert_eq!(shown(&wide, true), "映画の夜映画…  kino-7");
        let few = room("kino", "Кино");
        assert_eq!(shown(&few, false), "Кино             kino");
    }
}
