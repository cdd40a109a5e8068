//! Parses the output of `mpv --version`. The caller decides whether the version is acceptable.

/// The oldest supported mpv, as (major, minor): mpv's behaviour here was measured on 0.35.1.
pub(super) const OLDEST: (u32, u32) = (0, 35);

/// The version of an mpv.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Version {
    /// As mpv prints it: `0.35.1`, `v0.38.0-123-gabc`, `git-2024-01-01-abc`.
    pub(super) text: String,
    /// Its major and minor number; `None` for builds without one.
    pub(super) number: Option<(u32, u32)>,
}

impl Version {
    /// Parses the output of `mpv --version`; `None` if it has no version line.
    pub(super) fn parse(output: &str) -> Option<Self> {
        let text = output
            .lines()
            .find_map(|line| line.trim().strip_prefix("mpv "))?
            .split_whitespace()
            .next()?;
        let text: String = text
            .chars()
            .filter(char::is_ascii_graphic)
            .take(40)
            .collect();
        let number = number(&text);
        Some(Self { text, number })
    }

    /// Whether it is known to be older than [`OLDEST`]. A build without a number is accepted.
    pub(super) fn is_too_old(&self) -> bool {
        self.number.is_some_and(|number| number < OLDEST)
    }
}

/// The major and minor number at the beginning of a version.
fn number(text: &str) -> Option<(u32, u32)> {
    let text = text.strip_prefix('v').unwrap_or(text);
    let mut parts = text.split(|c: char| !c.is_ascii_digit());
    let major = parts.next()?.parse().ok()?;
    let minor = parts.next()?.parse().ok()?;
    Some((major, minor))
}

#[cfg(test)]
mod tests {
    use super::Version;

    #[test]
    fn versions_are_read_in_all_the_forms_builds_print_them() {
        let cases = [
            ("mpv 0.35.1 Copyright", "0.35.1", Some((0, 35))),
            (
                "mpv v0.38.0-123-gabc Copyright",
                "v0.38.0-123-gabc",
                Some((0, 38)),
            ),
            ("mpv 0.39.0-dev Copyright", "0.39.0-dev", Some((0, 39))),
            (
                "mpv git-2024-01-01-abc Copyright",
                "git-2024-01-01-abc",
                None,
            ),
            ("warning: x\nmpv 1.0 Copyright", "1.0", Some((1, 0))),
        ];
        for (output, text, number) in cases {
            let version = Version::parse(output).unwrap();
            assert_eq!(
                (version.text.as_str(), version.number),
                (text, number),
                "{output}"
            );
        }
        for output in ["", "vlc 3.0", "mpv", "mpv "] {
            assert_eq!(Version::parse(output), None, "{output:?}");
        }
    }

    #[test]
    fn only_what_is_known_to_be_old_is_too_old() {
        for (output, old) in [
            ("mpv 0.34.1", true),
            ("mpv 0.35.0", false),
            ("mpv 0.41.0", false),
            ("mpv 1.0.0", false),
            ("mpv git-2015", false),
        ] {
            assert_eq!(
                Version::parse(output).unwrap().is_too_old(),
                old,
                "{output}"
            );
        }
    }
}
