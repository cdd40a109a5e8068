//! Texts for faults of media: what is wrong with a link, and what to do about it. The same fault
//! has the same text for every member.

use crate::media::fault::FaultKind;
use crate::texts::language::Language;
use crate::texts::tr;

/// The fault, and the next step.
#[must_use]
pub fn fault(language: Language, kind: FaultKind) -> String {
    match kind {
        FaultKind::PasswordAsked => tr!(language, "fault-password-asked"),
        FaultKind::Refused => tr!(language, "fault-refused"),
        FaultKind::Gone => tr!(language, "fault-gone"),
        FaultKind::RangesRefused => tr!(language, "fault-ranges-refused"),
        FaultKind::Busy => tr!(language, "fault-busy"),
        FaultKind::Status(status) => {
            tr!(language, "fault-status", status = status.to_string())
        }
        FaultKind::WebPage => tr!(language, "fault-web-page"),
        FaultKind::Empty => tr!(language, "fault-empty"),
        FaultKind::Incomplete => tr!(language, "fault-incomplete"),
        FaultKind::IndexAtEnd => tr!(language, "fault-index-at-end"),
        FaultKind::Circle => tr!(language, "fault-circle"),
        FaultKind::NotWeb => tr!(language, "fault-not-web"),
        FaultKind::ClosedUnanswered => tr!(language, "fault-closed-unanswered"),
        FaultKind::NoAnswer => tr!(language, "fault-no-answer"),
        FaultKind::Changed => tr!(language, "fault-changed"),
        FaultKind::Broken => tr!(language, "fault-broken"),
        FaultKind::Certificate => tr!(language, "fault-certificate"),
        FaultKind::TlsMismatch => tr!(language, "fault-tls-mismatch"),
        FaultKind::NameNotFound => tr!(language, "fault-name-not-found"),
        FaultKind::NobodyListens => tr!(language, "fault-nobody-listens"),
        FaultKind::NoRoute => tr!(language, "fault-no-route"),
        FaultKind::ProxyAway => tr!(language, "fault-proxy-away"),
        FaultKind::ProxyRefuses => tr!(language, "fault-proxy-refuses"),
        FaultKind::PartsMissing => tr!(language, "fault-parts-missing"),
        FaultKind::NothingToPlay => tr!(language, "fault-nothing-to-play"),
        FaultKind::StillPicture => tr!(language, "fault-still-picture"),
        FaultKind::NotHttp => tr!(language, "fault-not-http"),
        FaultKind::Compressed => tr!(language, "fault-compressed"),
        FaultKind::ForbiddenContent => tr!(language, "fault-forbidden-content"),
        FaultKind::PrivateAddress => tr!(language, "fault-private-address"),
        FaultKind::TookTooLong => tr!(language, "fault-took-too-long"),
    }
}

#[cfg(test)]
mod tests {
    use crate::texts::language::Language;
    use strum::IntoEnumIterator;

    use super::fault;
    use crate::media::fault::FaultKind;

    /// Every fault has words of its own, with one of the `next` steps, that fit two rows.
    #[track_caller]
    fn each_fault_names_one_of(language: Language, next: [&str; 2]) {
        let mut texts: Vec<String> = FaultKind::iter()
            .map(|kind| fault(language, kind))
            .collect();
        for (kind, text) in FaultKind::iter().zip(&texts) {
            let next_step = next.iter().any(|step| text.contains(step));
            assert!(next_step && text.ends_with('.'), "{text}");
            assert!(text.chars().count() < 240, "longer than two rows: {text}");
            assert!(!text.contains("://"), "{text}");
            // No variant name may appear in a text: those of several words occur in no sentence.
            let name = format!("{kind:?}");
            let name = name.split('(').next().unwrap();
            let words = name.chars().filter(char::is_ascii_uppercase).count();
            assert!(words < 2 || !text.contains(name), "{text}");
        }
        texts.sort();
        texts.dedup();
        assert_eq!(texts.len(), FaultKind::iter().count());
    }

    #[test]
    fn each_fault_has_words_of_its_own_that_end_in_a_next_step() {
        each_fault_names_one_of(Language::English, ["/retry", "another link"]);
        each_fault_names_one_of(Language::Russian, ["/заново", "другую ссылку"]);
    }

    #[test]
    fn the_advice_fits_the_fault() {
        let advice = [
            (FaultKind::PasswordAsked, "opens without one"),
            (FaultKind::Refused, "may have expired"),
            (FaultKind::WebPage, "this network's login"),
            (FaultKind::Incomplete, "still be uploading"),
            (FaultKind::IndexAtEnd, "+faststart"),
            (FaultKind::Certificate, "this computer's date"),
            (FaultKind::TlsMismatch, "Swap one for the other"),
            (FaultKind::StillPicture, "a still picture"),
            (FaultKind::NotHttp, "the port in the link"),
            (FaultKind::NameNotFound, "how the link is spelled"),
            (FaultKind::Circle, "end up at"),
            (FaultKind::PrivateAddress, "--allow-private-media"),
            (FaultKind::Status(418), "418"),
        ];
        for (kind, words) in advice {
            assert!(
                fault(Language::English, kind).contains(words),
                "{}",
                fault(Language::English, kind)
            );
        }
    }
}
