//! A manual page as it is put together: headings, paragraphs, terms and examples, in the form that
//! man(7) describes, with lines of the length that its checkers ask for.

use clap::Command;
use clap_mangen::Man;
use clap_mangen::roff::{Inline, Roff, bold, italic, roman};

/// The date in the footer of every page: when the words of the pages last changed much.
const DATE: &str = "2026-11-28";

/// The longest line of a page's source in bytes (mandoc's own style check).
const LONGEST_LINE: usize = 80;

/// A manual page.
#[derive(Debug)]
pub(super) struct Sheet {
    name: String,
    section: &'static str,
    roff: Roff,
    /// Whether a heading was the last thing written: the text below it needs no paragraph.
    is_below_heading: bool,
}

/// The sections in which pages of this program are, with the names that readers expect in their
/// headers.
const SECTIONS: [(&str, &str); 3] = [
    ("1", "User Commands"),
    ("5", "File Formats"),
    ("7", "Miscellaneous Information"),
];

impl Sheet {
    /// A page with its title and footer, and nothing in it.
    pub(super) fn new(name: &str, section: &'static str) -> Self {
        let manual = SECTIONS.iter().find(|(number, _)| *number == section);
        let manual = manual.map_or("", |(_, manual)| manual);
        let source = format!("watchtogether {}", env!("CARGO_PKG_VERSION"));
        let title = name.to_uppercase();
        let mut roff = Roff::new();
        roff.control("TH", [title.as_str(), section, DATE, &source, manual]);
        Self {
            name: name.to_owned(),
            section,
            roff,
            is_below_heading: false,
        }
    }

    /// The name of the page's file.
    pub(super) fn file_name(&self) -> String {
        format!("{}.{}", self.name, self.section)
    }

    /// Begins a section of the page.
    pub(super) fn heading(&mut self, heading: &str) {
        self.roff.control("SH", [heading]);
        self.is_below_heading = true;
    }

    /// A part of a section.
    pub(super) fn part(&mut self, heading: &str) {
        self.roff.control("SS", [heading]);
        self.is_below_heading = true;
    }

    /// The section of the name, which apropos(1) reads.
    pub(super) fn named(&mut self, heading: &str, about: &str) {
        self.heading(heading);
        self.text(vec![roman(format!("{} - {about}", self.name))]);
    }

    /// Text of several styles.
    pub(super) fn text(&mut self, inlines: Vec<Inline>) {
        self.roff.text(inlines);
        self.is_below_heading = false;
    }

    /// A paragraph.
    pub(super) fn paragraph(&mut self, text: &str) {
        if !self.is_below_heading {
            self.roff.control("PP", []);
        }
        self.text(marked(text));
    }

    /// A term, and what it means.
    pub(super) fn item(&mut self, term: Vec<Inline>, text: &str) {
        self.roff.control("TP", []);
        self.text(term);
        self.text(marked(text));
    }

    /// What follows belongs to the item before it, until [`Self::end_inset`].
    pub(super) fn begin_inset(&mut self) {
        self.roff.control("RS", []);
    }

    /// Ends what [`Self::begin_inset`] began.
    pub(super) fn end_inset(&mut self) {
        self.roff.control("RE", []);
    }

    /// A command line, or several, and what they do; `text` may be empty.
    pub(super) fn example(&mut self, text: &str, lines: &str) {
        if !text.is_empty() {
            self.paragraph(text);
        }
        for (name, arguments) in [("RS", &["4"][..]), ("nf", &[])] {
            self.roff.control(name, arguments.iter().copied());
        }
        for line in lines.lines() {
            self.text(vec![roman(line)]);
        }
        self.roff.control("fi", []);
        self.roff.control("RE", []);
    }

    /// Other pages: those of this program in bold, in the order given.
    pub(super) fn see_also(&mut self, heading: &str, pages: &[(String, &str)]) {
        self.heading(heading);
        let mut inlines = Vec::new();
        for (at, (name, section)) in pages.iter().enumerate() {
            if at > 0 {
                inlines.push(roman(", "));
            }
            inlines.extend([bold(name), roman(format!("({section})"))]);
        }
        self.text(inlines);
    }

    /// The options of a command, below their headings; those without one below `heading`.
    pub(super) fn options(&mut self, command: &Command, heading: &str) {
        let shown = command.get_arguments().filter(|arg| !arg.is_hide_set());
        let shown: Vec<&clap::Arg> = shown.collect();
        let mut headings: Vec<Option<&str>> = Vec::new();
        for arg in &shown {
            if !headings.contains(&arg.get_help_heading()) {
                headings.push(arg.get_help_heading());
            }
        }
        headings.sort_by_key(Option::is_some);
        for group in headings {
            self.heading(&group.map_or_else(|| heading.to_owned(), str::to_uppercase));
            for arg in shown.iter().filter(|arg| arg.get_help_heading() == group) {
                let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
                self.item(option(arg), &help);
            }
        }
    }

    /// The text of the page's file.
    pub(super) fn render(&self) -> String {
        let mut is_filled = true;
        let mut page = String::new();
        for line in self.roff.to_roff().lines() {
            match line {
                ".nf" => is_filled = false,
                ".fi" => is_filled = true,
                _ => {}
            }
            if is_filled {
                page.push_str(&folded(line));
            } else {
                // A command line that is copied must stay one line.
                page.push_str(line.trim_end());
                page.push('\n');
            }
        }
        page
    }
}

/// How an option is written: `-h`, `--help`, or `--server` and its value.
fn option(arg: &clap::Arg) -> Vec<Inline> {
    let values = arg.get_action().takes_values();
    let names = arg.get_value_names().filter(|_| values).unwrap_or_default();
    let value = names
        .iter()
        .map(clap::builder::Str::as_str)
        .collect::<Vec<_>>();
    let value = value.join(" ");
    if arg.is_positional() {
        return vec![italic(value)];
    }
    let short = arg.get_short().map(|short| format!("-{short}"));
    let long = arg.get_long().map(|long| format!("--{long}"));
    let mut inlines = Vec::new();
    for name in short.into_iter().chain(long) {
        if !inlines.is_empty() {
            inlines.push(roman(", "));
        }
        inlines.push(bold(name));
    }
    if value.is_empty() {
        return inlines;
    }
    let may_be_left_out = arg
        .get_num_args()
        .is_some_and(|count| count.min_values() == 0);
    match (arg.is_require_equals_set(), may_be_left_out) {
        (true, true) => inlines.extend([roman("[="), italic(value), roman("]")]),
        (true, false) => inlines.extend([roman("="), italic(value)]),
        (false, _) => inlines.extend([roman(" "), italic(value)]),
    }
    inlines
}

/// A text in which what stands between backticks is to be typed.
fn marked(text: &str) -> Vec<Inline> {
    let pieces = text.split('`').enumerate();
    pieces
        .filter(|(_, piece)| !piece.is_empty())
        .map(|(at, piece)| {
            if at % 2 == 1 {
                bold(piece)
            } else {
                roman(piece)
            }
        })
        .collect()
}

/// What clap says of how a command is called, without its heading.
pub(super) fn synopsis(command: &Command) -> Vec<Inline> {
    let mut inlines = vec![bold(command.get_bin_name().unwrap_or(command.get_name()))];
    let (positional, options): (Vec<_>, Vec<_>) = command
        .get_arguments()
        .filter(|arg| !arg.is_hide_set())
        .partition(|arg| arg.is_positional());
    for arg in options {
        inlines.push(roman(" ["));
        inlines.extend(option(arg));
        inlines.push(roman("]"));
    }
    for arg in positional {
        let (before, after) = if arg.is_required_set() {
            (" ", "")
        } else {
            (" [", "]")
        };
        inlines.push(roman(before));
        inlines.extend(option(arg));
        inlines.push(roman(after));
    }
    if let Some(value) = command
        .get_subcommand_value_name()
        .filter(|_| command.has_subcommands())
    {
        inlines.extend([roman(" "), italic(value)]);
    }
    inlines
}

/// The name of a command's page, such as `watchtogether-join`.
pub(super) fn page_name(command: &Command) -> String {
    let file = Man::new(command.clone()).get_filename();
    file.trim_end_matches(".1").to_owned()
}

/// A line of a page without blanks at its end, folded at blanks into lines that are not too long. A
/// request stays whole, as its arguments belong to one line.
fn folded(line: &str) -> String {
    let line = line.trim_end();
    if line.starts_with('.') || line.len() <= LONGEST_LINE {
        return format!("{line}\n");
    }
    let (mut text, mut length) = (String::with_capacity(line.len() + 8), 0);
    for word in line.split(' ') {
        if length > 0 && length + 1 + word.len() >= LONGEST_LINE {
            // A line that begins like a request would be one.
            let escape = if word.starts_with(['.', '\'']) {
                "\\&"
            } else {
                ""
            };
            text.push('\n');
            text.push_str(escape);
            length = escape.len();
        } else if !text.is_empty() {
            text.push(' ');
            length += 1;
        }
        text.push_str(word);
        length += word.len();
    }
    text.push('\n');
    text
}
