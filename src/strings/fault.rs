//! Texts for faults of media: what is wrong with a link, and what to do about it. The same fault
//! has the same text for every member.

use crate::media::fault::FaultKind;
use crate::texts::language::Language;

/// The fault, and the next step.
#[must_use]
pub fn fault(language: Language, kind: FaultKind) -> String {
    if let FaultKind::Status(status) = kind {
        return format!(
            "The video's server answered with an error (HTTP status {status}). {}",
            next(language, kind)
        );
    }
    format!("{} {}", what(language, kind), next(language, kind))
}

const fn what(language: Language, kind: FaultKind) -> &'static str {
    match kind {
        FaultKind::PasswordAsked => "The video's server asks for a password.",
        FaultKind::Refused => "The video's server refuses this link; it may have expired.",
        FaultKind::Gone => "There is no video at this link, or none any more.",
        FaultKind::RangesRefused => "The video's server sends it neither in parts nor whole.",
        FaultKind::Busy => "The video's server is too busy to send it.",
        FaultKind::Status(_) => "The video's server answered with an error.",
        FaultKind::WebPage => "A web page came, no video: perhaps this network's login.",
        FaultKind::Empty => "The link leads to an empty file.",
        FaultKind::Incomplete => "The file is incomplete: it ends before its own index says.",
        FaultKind::IndexAtEnd => {
            "This MP4 has its index at its end, and its server sends no parts of it: players \
             cannot read that."
        }
        FaultKind::Circle => "The link leads in a circle, from one address to the next.",
        FaultKind::NotWeb => "The link leads on to something that is no web address.",
        FaultKind::ClosedUnanswered => "The video's server hung up without an answer.",
        FaultKind::NoAnswer => "The video's server did not answer within 10 seconds.",
        FaultKind::Changed => "The file at the link was replaced by another one meanwhile.",
        FaultKind::Broken => "The connection to the video's server broke and did not come back.",
        FaultKind::Certificate => "The video's server shows a certificate that is not valid.",
        FaultKind::TlsMismatch => {
            "The link says https where its server speaks http, or the reverse."
        }
        FaultKind::NameNotFound => "The name of the video's server was not found.",
        FaultKind::NobodyListens => "No web server listens at the link's address.",
        FaultKind::NoRoute => "There is no way from this computer to the video's server.",
        FaultKind::ProxyAway => {
            "Your proxy, which HTTP_PROXY or HTTPS_PROXY names, cannot be reached."
        }
        FaultKind::ProxyRefuses => {
            "Your proxy, which HTTP_PROXY or HTTPS_PROXY names, does not lead to this link."
        }
        FaultKind::PartsMissing => "The stream was found, but its parts cannot be fetched.",
        FaultKind::NothingToPlay => "There is no video and no sound at this link.",
        FaultKind::StillPicture => "The link leads to a still picture, no video.",
        FaultKind::NotHttp => "What answers at the link's address is no web server.",
        FaultKind::Compressed => {
            "The video's server compresses the file on its way, and players cannot read that."
        }
        FaultKind::ForbiddenContent => {
            "Not opened: the link leads to a list that could send your player anywhere."
        }
        FaultKind::PrivateAddress => {
            "Not opened: the link leads on to an address outside the public internet, such as one \
             in your own network."
        }
        FaultKind::TookTooLong => "Opening the video took too long, and was given up.",
    }
}

const fn next(language: Language, kind: FaultKind) -> &'static str {
    match kind {
        FaultKind::PasswordAsked => "Give another link, that opens without one; /retry asks again.",
        FaultKind::Refused => "Copy a fresh one from where this one came from, or /retry.",
        FaultKind::Gone => "Copy the link again, whole, or give another link; /retry looks again.",
        FaultKind::RangesRefused => "Give another link; /retry asks again.",
        FaultKind::Busy => "Wait a minute, then /retry, or give another link.",
        FaultKind::WebPage => {
            "Open any page in a browser and log in, then /retry; if the link is a page, give that \
             of the file."
        }
        FaultKind::Empty | FaultKind::Incomplete => {
            "It may still be uploading: /retry later, or give another link."
        }
        FaultKind::IndexAtEnd => {
            "Give another link, or have it written anew by \"ffmpeg -i IN -c copy -movflags \
             +faststart OUT\"."
        }
        FaultKind::Circle => "Follow it in a browser and give the link where it ends, or /retry.",
        FaultKind::NotWeb | FaultKind::ForbiddenContent | FaultKind::StillPicture => {
            "Give another link, that of the video's file itself; /retry looks again."
        }
        FaultKind::ClosedUnanswered => "/retry asks again; if it stays so, give another link.",
        FaultKind::NoAnswer | FaultKind::Broken | FaultKind::NoRoute => {
            "Check your network, then /retry, or give another link."
        }
        FaultKind::Certificate => {
            "Check this computer's date and whether this network asks for a login, then /retry, \
             or give another link."
        }
        FaultKind::TlsMismatch => "Give the link with the other of the two; /retry tries again.",
        FaultKind::NameNotFound => {
            "Check how the link is spelled, and your network, then /retry, or give another link."
        }
        FaultKind::NotHttp => "Check the port in the link, then /retry, or give another link.",
        FaultKind::NobodyListens => "/retry once it runs, or give another link.",
        FaultKind::ProxyAway => "Check that variable and your network, then /retry.",
        FaultKind::ProxyRefuses => {
            "Check the password in that variable, and what the proxy permits, then /retry, or give \
             another link."
        }
        FaultKind::PartsMissing => "The stream may be over: /retry, or give another link.",
        FaultKind::NothingToPlay | FaultKind::Status(_) => {
            "Check that it opens in a browser, then /retry, or give another link."
        }
        FaultKind::PrivateAddress => {
            "If you trust this room, leave and join again with --allow-private-media, or give \
             another link."
        }
        FaultKind::Compressed => {
            "Give another link, or have its owner serve the file as it is; /retry asks again."
        }
        FaultKind::Changed => "/retry opens the new one; if it stays so, give another link.",
        FaultKind::TookTooLong => "Its server may be slow: /retry, or give another link.",
    }
}

#[cfg(test)]
mod tests {
    use crate::texts::language::Language;
    use strum::IntoEnumIterator;

    use super::fault;
    use crate::media::fault::FaultKind;

    #[test]
    fn each_fault_has_words_of_its_own_that_end_in_a_next_step() {
        let mut texts: Vec<String> = FaultKind::iter()
            .map(|kind| fault(Language::English, kind))
            .collect();
        for (kind, text) in FaultKind::iter().zip(&texts) {
            let next_step = text.contains("/retry") || text.contains("another link");
            assert!(next_step && text.ends_with('.'), "{text}");
            assert!(text.len() < 240, "longer than two rows: {text}");
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
    fn the_advice_fits_the_fault() {
        let advice = [
            (FaultKind::PasswordAsked, "opens without one"),
            (FaultKind::Refused, "may have expired"),
            (FaultKind::WebPage, "this network's login"),
            (FaultKind::Incomplete, "still be uploading"),
            (FaultKind::IndexAtEnd, "+faststart"),
            (FaultKind::Certificate, "this computer's date"),
            (FaultKind::TlsMismatch, "the other of the two"),
            (FaultKind::StillPicture, "a still picture"),
            (FaultKind::NotHttp, "the port in the link"),
            (FaultKind::NameNotFound, "how the link is spelled"),
            (FaultKind::Circle, "where it ends"),
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
