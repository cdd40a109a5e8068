//! The words of a page that is mostly prose: a text with headings, paragraphs, terms and examples.
//!
//! `# HEADING`, `## part`, blank lines between paragraphs, examples indented by four blanks,
//! `TERM :: text` for a term, and `{{NAME}}` on a line of its own for what the program puts there.

use clap_mangen::roff::bold;

use super::sheet::Sheet;

/// Writes a text, and `insert`s what its placeholders name.
pub(super) fn write(sheet: &mut Sheet, text: &str, mut insert: impl FnMut(&mut Sheet, &str)) {
    for block in text.split("\n\n") {
        let block = block.trim_matches('\n');
        if block.is_empty() {
            continue;
        }
        if let Some(lines) = example(block) {
            sheet.example("", &lines);
            continue;
        }
        let mut words = String::new();
        for line in block.lines() {
            let placeholder = line
                .strip_prefix("{{")
                .and_then(|line| line.strip_suffix("}}"));
            if let Some(heading) = line.strip_prefix("# ") {
                sheet.heading(heading);
            } else if let Some(heading) = line.strip_prefix("## ") {
                sheet.part(heading);
            } else if let Some(name) = placeholder {
                insert(sheet, name);
            } else {
                words.push_str(line);
                words.push(' ');
            }
        }
        match words.trim().split_once(" :: ") {
            Some((term, means)) => sheet.item(vec![bold(term)], means),
            None if words.is_empty() => {}
            None => sheet.paragraph(words.trim()),
        }
    }
}

/// The lines of a block that is an example.
fn example(block: &str) -> Option<String> {
    let lines: Option<Vec<&str>> = block
        .lines()
        .map(|line| line.strip_prefix("    "))
        .collect();
    lines.map(|lines| lines.join("\n"))
}

/// The examples of a text that begin with this sign, such as `> ` for what a client sends.
#[cfg(test)]
pub(super) fn samples<'a>(text: &'a str, sign: &str) -> Vec<&'a str> {
    let start = format!("    {sign}");
    let lines = text.lines();
    lines.filter_map(|line| line.strip_prefix(&start)).collect()
}
