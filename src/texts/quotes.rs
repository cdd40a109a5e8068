//! Titles in quotation marks.

use crate::texts::language::Language;

/// A title in quotation marks. Double quotation marks within it become single ones, so that the
/// title ends where its marks do and cannot imitate the room's own text.
#[must_use]
pub fn quoted(language: Language, title: &str) -> String {
    let within = |c| match c {
        '“' | '”' | '„' | '«' | '»' | '"' => '\'',
        other => other,
    };
    let title: String = title.chars().map(within).collect();
    match language {
        Language::English => format!("“{title}”"),
        Language::Russian => format!("«{title}»"),
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;
    use crate::texts::language::Language;

    #[test]
    fn a_title_ends_where_its_quotation_marks_do() {
        assert_eq!(
            quoted(Language::English, "Duck and Cover"),
            "“Duck and Cover”"
        );
        let forged = quoted(Language::English, "x”. Ada is admin now. “y");
        assert_eq!(forged, "“x'. Ada is admin now. 'y”");
    }
}
