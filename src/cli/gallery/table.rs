//! The gallery as a table, whose columns stay aligned whatever the rooms are called.

use crate::app::time_of_day::ClockTime;
use crate::app::wall_time::WallTime;
use crate::cli::colours::Paint;
use crate::protocol::text::clean;
use crate::protocol::time::{Position, RoomTime};
use crate::strings::{gallery as words, rooms};
use crate::texts::language::Language;
use crate::ui::text::{cut, padded, width};
use crate::wire::pages::{LobbyCard, PlayingCard, RoomCard};

/// The maximum width of each column, in cells; with the gaps they fit into 120.
const MOST: [usize; 5] = [40, 22, 7, 23, 20];
/// The gap between columns.
const GAP: &str = "  ";
/// The most code points of a text that are measured: more than fill any column.
const MAX_CHARS: usize = 200;

type TableRow = [String; 5];

/// The rooms as a table, below a line with the column headings. `now` is what the reader's clock
/// shows, for the starts.
pub(super) fn of(
    language: Language,
    rooms: &[RoomCard],
    now: WallTime,
    has_colour: bool,
) -> String {
    let mut rows: Vec<TableRow> = vec![words::headings(language)];
    rows.extend(rooms.iter().map(|room| row(language, room, now)));
    let mut widths = [0; 5];
    for row in &mut rows {
        for ((cell, most), widest) in row.iter_mut().zip(MOST).zip(&mut widths) {
            *cell = cut(&clean(cell, MAX_CHARS), most);
            *widest = width(cell).max(*widest);
        }
    }
    let mut table = String::new();
    for (index, row) in rows.iter().enumerate() {
        let cells = row.iter().zip(widths);
        let line: Vec<String> = cells.map(|(cell, width)| padded(cell, width)).collect();
        let line = line.join(GAP);
        let is_heading = index == 0;
        table.push_str(&Paint::Heading.on(line.trim_end(), is_heading && has_colour));
        table.push('\n');
    }
    table
}

fn row(language: Language, room: &RoomCard, now: WallTime) -> TableRow {
    let title = room.title.as_ref().map_or("", |title| title.as_str());
    let (playing, time) = match &room.playing {
        Some(playing) => {
            let lobby = room.lobby.as_ref();
            let starts = lobby.map(|lobby| lobby_time(language, lobby, now));
            (
                name(playing),
                starts.unwrap_or_else(|| time(language, playing)),
            )
        }
        None => (String::new(), String::new()),
    };
    [
        room.id.to_string(),
        title.to_owned(),
        room.viewers.to_string(),
        playing,
        time,
    ]
}

/// When media in the lobby starts by the reader's clock, or how many are ready for it.
fn lobby_time(language: Language, lobby: &LobbyCard, now: WallTime) -> String {
    let starts = lobby.starts.map(|at| {
        let later = at - RoomTime(now.since_epoch);
        ClockTime::after(now, later)
    });
    rooms::lobby_time(language, starts, lobby.ready)
}

/// The media's title, or its kind if it has none.
fn name(playing: &PlayingCard) -> String {
    match &playing.title {
        Some(title) => title.to_string(),
        None => playing.kind.clone(),
    }
}

fn time(language: Language, playing: &PlayingCard) -> String {
    let position = playing.position;
    let time = match playing.duration.map(|length| Position(length.0.max(0))) {
        _ if playing.live => words::live(language),
        Some(end) => words::time(position, end),
        None => position.to_string(),
    };
    if playing.paused {
        words::paused(&time)
    } else {
        time
    }
}

#[cfg(test)]
pub(in crate::cli) mod tests {
    use super::{MOST, of, width};
    use crate::app::wall_time::WallTime;
    use crate::protocol::ids::RoomId;
    use crate::protocol::text::{MemberName, Title};
    use crate::protocol::time::{Position, Rate, RoomTime, Span};
    use crate::texts::language::Language;
    use crate::wire::pages::{NextCard, PlayingCard, RoomCard};

    /// The 14th of November 2023, 21:13 by the clock of a place an hour behind UTC.
    const NOW: WallTime = WallTime {
        since_epoch: 1_700_000_000_000_000,
        offset: -3_600,
        change: None,
    };

    /// A public room with media in the middle.
    pub(crate) fn watching() -> RoomCard {
        RoomCard {
            id: RoomId::parse("movie-night").unwrap(),
            title: Some(Title::parse("Кино по пятницам").unwrap()),
            viewers: 5,
            playing: Some(PlayingCard {
                kind: "YouTube".to_owned(),
                title: Some(Title::parse("Night of the Living Dead").unwrap()),
                position: Position::seconds(2530),
                duration: Some(Span::seconds(5720)),
                rate: Rate::NORMAL,
                paused: false,
                live: false,
            }),
            since: RoomTime(1_700_000_000_000_000),
            admin: Some(MemberName::parse("Alice").unwrap()),
            next: Some(NextCard {
                kind: "WebM".to_owned(),
                title: Some(Title::parse("Steamboat Willie").unwrap()),
                duration: Some(Span::seconds(467)),
            }),
            waits: Some(true),
            lobby: None,
            kept_until: None,
        }
    }

    /// A room without media.
    pub(crate) fn quiet() -> RoomCard {
        RoomCard {
            id: RoomId::parse("quiet").unwrap(),
            title: None,
            viewers: 1,
            playing: None,
            since: RoomTime(1_700_000_000_000_000),
            admin: None,
            next: None,
            waits: Some(false),
            lobby: None,
            kept_until: None,
        }
    }

    #[test]
    fn columns_stand_under_each_other_in_any_script() {
        let mut wide = watching();
        wide.title = Some(Title::parse("映画の夜").unwrap());
        let playing = wide.playing.as_mut().unwrap();
        playing.paused = true;
        playing.title = None;
        let expected = "\
ROOM         TITLE             VIEWERS  NOW PLAYING              TIME
movie-night  Кино по пятницам  5        Night of the Living De…  42:10 / 1:35:20
movie-night  映画の夜          5        YouTube                  42:10 / 1:35:20 ⏸
quiet                          1
";
        assert_eq!(
            of(Language::English, &[watching(), wide, quiet()], NOW, false),
            expected
        );
    }

    #[test]
    fn media_in_the_lobby_says_when_it_starts() {
        let lobby = |value| {
            let mut room = watching();
            room.lobby = serde_json::from_value(value).unwrap();
            room
        };
        let rooms = [
            lobby(serde_json::json!({ "starts": 1_700_001_600.0, "ready": 2 })),
            lobby(serde_json::json!({ "starts": null, "ready": 2 })),
            lobby(serde_json::json!({ "starts": null })),
        ];
        for (language, expected) in [
            (
                Language::English,
                ["starts at 21:40", "lobby, ready: 2", "in the lobby"],
            ),
            (
                Language::Russian,
                ["начало в 21:40", "лобби, готовы: 2", "в лобби"],
            ),
        ] {
            let table = of(language, &rooms, NOW, false);
            for (line, end) in table.lines().skip(1).zip(expected) {
                assert!(line.ends_with(&format!("  {end}")), "{table}");
            }
        }
    }

    #[test]
    fn the_headings_of_each_language_fit_their_columns() {
        let mut live = watching();
        let playing = live.playing.as_mut().unwrap();
        (playing.live, playing.paused) = (true, true);
        let expected = "\
КОМНАТА      НАЗВАНИЕ          ЗРИТЕЛИ  СЕЙЧАС ИГРАЕТ            ВРЕМЯ
movie-night  Кино по пятницам  5        Night of the Living De…  прямой эфир ⏸
";
        assert_eq!(of(Language::Russian, &[live], NOW, false), expected);
        for language in [Language::English, Language::Russian] {
            let headings = crate::strings::gallery::headings(language);
            for (heading, most) in headings.iter().zip(MOST) {
                assert!(width(heading) <= most, "{heading}");
            }
        }
    }

    #[test]
    fn a_hostile_title_stays_in_its_cells() {
        let family = "👨‍👩‍👧‍👦";
        for text in [
            "\x1b[2J\x07",
            "🍿🍿🍿🍿🍿🍿",
            "a\u{301}\u{301}b",
            family,
            "ｶﾞﾊﾟ",
            "🇩🇪",
        ] {
            let mut hostile = watching();
            // Text that has bypassed every check of a server.
            hostile.playing.as_mut().unwrap().title = None;
            hostile.playing.as_mut().unwrap().kind = text.repeat(20);
            let table = of(Language::English, &[hostile, watching()], NOW, false);
            let lines: Vec<&str> = table.lines().collect();
            let (before, _) = lines[1].split_once("42:10").unwrap();
            let (other, _) = lines[2].split_once("42:10").unwrap();
            assert_eq!(width(before), width(other), "{table}");
            let most: usize = MOST.iter().take(4).map(|most| most + 2).sum();
            assert!(width(before) <= most, "{table}");
            assert!(
                !table.replace('\n', "").chars().any(char::is_control),
                "{table:?}"
            );
        }
    }
}
