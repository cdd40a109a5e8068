//! Writes what was drawn as an SVG picture, cell by cell: rectangles behind, text before them. Lines
//! and bars are drawn as shapes, so that no font tears them apart.

use std::fmt::Write;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

use crate::ui::text::width;

/// The size of a cell in pixels: letters of 14 pixels in most fonts of terminals.
const CELL: (u16, u16) = (9, 19);
/// The empty frame around the screen, in pixels.
const FRAME: u16 = 14;
/// A terminal: its text and its ground where nothing is set, as hexadecimal colours.
#[derive(Debug, Clone, Copy)]
pub(super) struct Paper {
    ink: &'static str,
    ground: &'static str,
}

/// A terminal with a dark ground.
pub(super) const DARK: Paper = Paper {
    ink: "#d8dee9",
    ground: "#15181e",
};
/// A terminal with a light ground.
pub(super) const LIGHT: Paper = Paper {
    ink: "#24292f",
    ground: "#fdf6e3",
};
/// The sixteen colours of a terminal, in their order.
const SIXTEEN: [&str; 16] = [
    "#2b303b", "#e0696f", "#98c379", "#e5c07b", "#61afef", "#c78ae0", "#56b6c2", "#c8ccd4",
    "#8b93a3", "#f07f85", "#abd68c", "#f0d08f", "#7cc0ff", "#d7a1ee", "#6fcbd7", "#ffffff",
];

/// The picture of a screen on such a terminal.
pub(super) fn svg(buffer: &Buffer, paper: Paper) -> String {
    let ground = paper.ground;
    let (columns, rows) = (buffer.area.width, buffer.area.height);
    let [wide, high] = [columns * CELL.0 + 2 * FRAME, rows * CELL.1 + 2 * FRAME];
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {wide} {high}\" \
         width=\"{wide}\" height=\"{high}\" font-size=\"15\" font-family=\"'DejaVu Sans Mono',\
         'Cascadia Mono',Menlo,Consolas,monospace,'Apple Color Emoji','Segoe UI Emoji','Noto Color Emoji'\" xml:space=\"preserve\">\n\
         <rect width=\"{wide}\" height=\"{high}\" rx=\"10\" fill=\"{ground}\"/>\n"
    );
    for y in 0..rows {
        row(&mut svg, buffer, y, paper);
    }
    svg.push_str("</svg>\n");
    svg
}

/// A stretch of text of one look.
struct Run {
    x: u16,
    cells: u16,
    text: String,
    ink: String,
    is_bold: bool,
}

fn row(svg: &mut String, buffer: &Buffer, y: u16, paper: Paper) {
    let mut runs: Vec<Run> = Vec::new();
    let mut x = 0;
    while x < buffer.area.width {
        let cell = &buffer[(x, y)];
        let cells = u16::try_from(width(cell.symbol()).max(1)).unwrap();
        let (ink, ground) = colours(cell, paper);
        if ground != paper.ground {
            rect(svg, (x, y), (0, 0), (cells * CELL.0, CELL.1), &ground);
        }
        if !shape(svg, cell.symbol(), (x, y), &ink) && cell.symbol() != " " {
            let is_bold = cell.modifier.contains(Modifier::BOLD);
            let goes_on = runs.last_mut().filter(|run| {
                let is_plain = cells == 1 && run.text.chars().count() == usize::from(run.cells);
                is_plain && run.x + run.cells == x && run.ink == ink && run.is_bold == is_bold
            });
            match goes_on {
                Some(run) => {
                    run.text.push_str(cell.symbol());
                    run.cells += cells;
                }
                None => runs.push(Run {
                    x,
                    cells,
                    text: cell.symbol().to_owned(),
                    ink,
                    is_bold,
                }),
            }
        }
        x += cells;
    }
    for run in runs {
        write_run(svg, &run, y);
    }
}

/// Writes a run of text, stretched to its cells whatever the font.
fn write_run(svg: &mut String, run: &Run, y: u16) {
    let text = run.text.replace('&', "&amp;").replace('<', "&lt;");
    let (x, base) = (left(run.x), top(y) + 14);
    let cells = run.cells * CELL.0;
    let bold = if run.is_bold {
        " font-weight=\"bold\""
    } else {
        ""
    };
    writeln!(
        svg,
        "<text x=\"{x}\" y=\"{base}\" fill=\"{}\"{bold} textLength=\"{cells}\" \
         lengthAdjust=\"spacingAndGlyphs\">{text}</text>",
        run.ink
    )
    .unwrap();
}

/// Draws a line or a bar as a shape; false if the symbol is none.
fn shape(svg: &mut String, symbol: &str, at: (u16, u16), ink: &str) -> bool {
    let (w, h) = CELL;
    let (middle, centre) = (h / 2, w / 2);
    let right = w - centre;
    // Left, up, width and height of each of its strokes.
    let strokes: &[(u16, u16, u16, u16)] = match symbol {
        "─" => &[(0, middle, w, 1)],
        "━" => &[(0, middle - 1, w, 3)],
        "│" => &[(centre, 0, 1, h)],
        "┬" => &[(0, middle, w, 1), (centre, middle, 1, h - middle)],
        "┴" => &[(0, middle, w, 1), (centre, 0, 1, middle)],
        "├" => &[(centre, 0, 1, h), (centre, middle, right, 1)],
        "┤" => &[(centre, 0, 1, h), (0, middle, centre, 1)],
        "┌" => &[(centre, middle, right, 1), (centre, middle, 1, h - middle)],
        "┐" => &[(0, middle, centre + 1, 1), (centre, middle, 1, h - middle)],
        "└" => &[(centre, middle, right, 1), (centre, 0, 1, middle)],
        "┘" => &[(0, middle, centre + 1, 1), (centre, 0, 1, middle)],
        "▌" => &[(0, 0, centre, h)],
        "█" => &[(0, 0, w, h)],
        "▀" => &[(0, 0, w, middle)],
        "▄" => &[(0, middle, w, h - middle)],
        "▒" => &[(0, middle - 2, w, 5)],
        "▁" => &[(0, h - 3, w - 1, 3)],
        "▂" => &[(0, h - 5, w - 1, 5)],
        "▃" => &[(0, h - 8, w - 1, 8)],
        "▅" => &[(0, h - 12, w - 1, 12)],
        "▆" => &[(0, h - 15, w - 1, 15)],
        "▇" => &[(0, h - 17, w - 1, 17)],
        _ => return false,
    };
    for (x, y, width, height) in strokes {
        rect(svg, at, (*x, *y), (*width, *height), ink);
    }
    true
}

fn rect(
    svg: &mut String,
    (column, row): (u16, u16),
    (x, y): (u16, u16),
    (width, height): (u16, u16),
    fill: &str,
) {
    writeln!(
        svg,
        "<rect x=\"{}\" y=\"{}\" width=\"{width}\" height=\"{height}\" fill=\"{fill}\"/>",
        left(column) + x,
        top(row) + y
    )
    .unwrap();
}

const fn left(column: u16) -> u16 {
    FRAME + column * CELL.0
}

const fn top(row: u16) -> u16 {
    FRAME + row * CELL.1
}

/// The colours of a cell's text and of its ground.
fn colours(cell: &Cell, paper: Paper) -> (String, String) {
    let ink = colour(cell.fg, paper.ink);
    let ground = colour(cell.bg, paper.ground);
    if cell.modifier.contains(Modifier::REVERSED) {
        return (ground, ink);
    }
    (ink, ground)
}

/// A colour as SVG writes it; `usual` where none is set.
fn colour(colour: Color, usual: &str) -> String {
    let place = match colour {
        Color::Reset => return usual.to_owned(),
        Color::Rgb(red, green, blue) => return format!("#{red:02x}{green:02x}{blue:02x}"),
        Color::Indexed(place) => return indexed(place),
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
    };
    SIXTEEN[place].to_owned()
}

/// One of the 256 colours: the sixteen, a cube of 6 x 6 x 6, and 24 greys, as xterm has them.
fn indexed(place: u8) -> String {
    let cube = |part: u8| if part == 0 { 0 } else { 55 + 40 * part };
    match place {
        0..=15 => SIXTEEN[usize::from(place)].to_owned(),
        16..=231 => {
            let place = place - 16;
            let [red, green, blue] = [place / 36, place / 6 % 6, place % 6].map(cube);
            format!("#{red:02x}{green:02x}{blue:02x}")
        }
        232.. => {
            let grey = 8 + 10 * (place - 232);
            format!("#{grey:02x}{grey:02x}{grey:02x}")
        }
    }
}
