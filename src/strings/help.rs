//! The text of `/help`: a line for each command, in the order of the command table.

use crate::texts::language::Language;
use std::fmt::Write;

use crate::app::command::Slash;
use crate::protocol::member::Role;

/// All commands with their syntax and what they do.
#[must_use]
pub fn text(language: Language) -> String {
    let width = Slash::ALL.iter().map(|slash| slash.usage().chars().count());
    let width = width.max().unwrap_or(0);
    let mut text = String::from("Write to chat, or one of these (◆ admins, ◇ moderators too):");
    for slash in Slash::ALL {
        let usage = slash.usage();
        let about = slash.help();
        let needs = needs(language, slash.needs());
        let _ = write!(text, "\n{needs} {usage:width$}  {about}");
    }
    text
}

const fn needs(language: Language, role: Role) -> &'static str {
    match role {
        Role::Viewer => " ",
        Role::Moderator => "◇",
        Role::Admin => "◆",
    }
}

#[cfg(test)]
mod tests {
    use crate::texts::language::Language;
    use unicode_width::UnicodeWidthStr;

    use super::text;
    use crate::app::command::Slash;
    use crate::protocol::member::Role;

    #[test]
    fn every_command_stands_on_a_line_of_its_own_within_a_terminal() {
        let text = text(Language::English);
        let lines: Vec<&str> = text.lines().skip(1).collect();
        assert_eq!(lines.len(), Slash::ALL.len());
        for (line, slash) in lines.iter().zip(Slash::ALL) {
            assert!(line.contains(slash.usage()), "{line}");
            assert!(line.contains(slash.help()), "{line}");
            assert_eq!(
                line.starts_with('◆'),
                slash.needs() == Role::Admin,
                "{line}"
            );
            assert!(line.width() <= 80, "{line}");
        }
    }
}
