//! Hyperlinks (OSC 8) around the cells that lead somewhere. A terminal that does not know them
//! shows the cells alone.

use std::io;

use crossterm::queue;
use crossterm::style::Print;
use percent_encoding::{CONTROLS, utf8_percent_encode};
use ratatui::backend::{Backend, CrosstermBackend};
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::Color;

use crate::ui;

/// The longest address that is passed on, in bytes (VTE and iTerm2 take 2083).
const LONGEST: usize = 2_000;

/// How many addresses are remembered until all of them are forgotten.
const MOST: usize = 4_096;

/// A cell with its column and row.
pub(super) type Placed = (u16, u16, Cell);

/// The addresses to which cells lead. A cell has the number of its address in place of the colour
/// of its underline, and keeps it from picture to picture.
#[derive(Debug, Default)]
pub(super) struct Links(Vec<String>);

impl Links {
    /// Gives the cells of a picture the numbers that stay, in place of those within the picture.
    /// The answer is whether earlier ones were forgotten, so that all must be drawn anew.
    pub(super) fn number(&mut self, buffer: &mut Buffer, addresses: &[String]) -> bool {
        let is_full = self.0.len() + addresses.len() > MOST;
        if is_full {
            self.0.clear();
        }
        let kept: Vec<Option<usize>> = addresses.iter().map(|it| self.keep(it)).collect();
        for cell in &mut buffer.content {
            if let Some(number) = ui::link_number(cell) {
                let kept = kept.get(number).copied().flatten();
                cell.underline_color = kept.map_or(Color::Reset, mark);
            }
        }
        is_full
    }

    /// Remembers an address as it can be passed on.
    fn keep(&mut self, address: &str) -> Option<usize> {
        let is_web = address.starts_with("http://") || address.starts_with("https://");
        let safe: String = utf8_percent_encode(address, CONTROLS).collect();
        if !is_web || safe.len() > LONGEST {
            return None;
        }
        let known = self.0.iter().position(|known| *known == safe);
        Some(known.unwrap_or_else(|| {
            self.0.push(safe);
            self.0.len() - 1
        }))
    }

    /// Writes cells, with the cursor placed wherever they do not follow each other.
    ///
    /// # Errors
    /// If the terminal cannot be written.
    pub(super) fn write<W: io::Write>(
        &self,
        output: &mut CrosstermBackend<W>,
        cells: &[Placed],
    ) -> io::Result<()> {
        let is_one = |(_, _, one): &Placed, (_, _, other): &Placed| {
            one.underline_color == other.underline_color
        };
        for run in cells.chunk_by(is_one) {
            let address = run.first().and_then(|(_, _, cell)| self.address(cell));
            let Some((number, address)) = address else {
                output.draw(run.iter().map(|(x, y, cell)| (*x, *y, cell)))?;
                continue;
            };
            let plain: Vec<Placed> = run
                .iter()
                .map(|(x, y, cell)| {
                    let mut cell = cell.clone();
                    cell.underline_color = Color::Reset;
                    (*x, *y, cell)
                })
                .collect();
            // The number makes one link of the rows that it stands in.
            queue!(
                output,
                Print(format_args!("\x1b]8;id={number};{address}\x1b\\"))
            )?;
            output.draw(plain.iter().map(|(x, y, cell)| (*x, *y, cell)))?;
            queue!(output, Print("\x1b]8;;\x1b\\"))?;
        }
        Ok(())
    }

    fn address(&self, cell: &Cell) -> Option<(usize, &str)> {
        let number = ui::link_number(cell)?;
        Some((number, self.0.get(number)?))
    }
}

/// The mark of a number, which [`ui::link_number`] reads.
fn mark(number: usize) -> Color {
    let number = u16::try_from(number).unwrap_or(u16::MAX);
    let [high, low] = number.to_be_bytes();
    Color::Rgb(0, high, low)
}

#[cfg(test)]
mod tests {
    use ratatui::backend::CrosstermBackend;
    use ratatui::buffer::{Buffer, Cell};
    use ratatui::layout::Rect;
    use ratatui::style::Color;

    use super::{LONGEST, Links, MOST, mark};

    /// What is written of a row of letters, each of which leads to one of these addresses.
    fn written(links: &mut Links, addresses: &[String]) -> String {
        let width = u16::try_from(addresses.len()).unwrap();
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, 1));
        for (number, cell) in buffer.content.iter_mut().enumerate() {
            cell.set_symbol("x");
            cell.underline_color = mark(number);
        }
        links.number(&mut buffer, addresses);
        let cells: Vec<(u16, u16, Cell)> = (0..)
            .map(|x| (x, 0))
            .zip(buffer.content)
            .map(|((x, y), cell)| (x, y, cell))
            .collect();
        let mut bytes = Vec::new();
        links
            .write(&mut CrosstermBackend::new(&mut bytes), &cells)
            .unwrap();
        String::from_utf8(bytes).unwrap()
    }

    fn addresses(some: &[&str]) -> Vec<String> {
        some.iter().map(|it| (*it).to_owned()).collect()
    }

    #[test]
    fn a_link_is_opened_and_closed_and_nothing_steers_the_terminal() {
        let mut links = Links::default();
        let bytes = written(
            &mut links,
            &addresses(&["https://a.example/ü\x1b\\\u{9c}\x07", "ftp://b"]),
        );
        let open = "\x1b]8;id=0;https://a.example/%C3%BC%1B\\%C2%9C%07\x1b\\";
        assert!(bytes.contains(open), "{bytes:?}");
        assert_eq!(bytes.matches("\x1b]8;;\x1b\\").count(), 1, "{bytes:?}");
        assert_eq!(bytes.matches("\x1b]8;id").count(), 1, "{bytes:?}");
        assert!(
            !bytes.contains("58;2"),
            "no underline is coloured: {bytes:?}"
        );
        let long = format!("https://{}", "x".repeat(LONGEST));
        assert!(!written(&mut links, &[long]).contains("\x1b]8"));
    }

    #[test]
    fn an_address_keeps_its_number_and_few_are_kept() {
        let mut links = Links::default();
        let (a, b) = ("https://a.example", "https://b.example");
        written(&mut links, &addresses(&[a, b]));
        let bytes = written(&mut links, &addresses(&[b]));
        assert!(bytes.contains("id=1;https://b.example"), "{bytes:?}");
        for number in 0..MOST * 2 {
            let mut buffer = Buffer::empty(Rect::new(0, 0, 1, 1));
            links.number(&mut buffer, &[format!("https://{number}.example")]);
            assert!(links.0.len() <= MOST);
        }
        let mut buffer = Buffer::empty(Rect::new(0, 0, 1, 1));
        buffer.content[0].underline_color = mark(7);
        links.number(&mut buffer, &[]);
        assert_eq!(buffer.content[0].underline_color, Color::Reset);
    }
}
