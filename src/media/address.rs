//! Parses pasted text into a checked http(s) address, whatever kind of link it then turns out to
//! be, and recognises paths on the user's own disk.

use url::{Host, Url};

use super::container::Container;
use super::direct::extension;
use super::error::{Excerpt, MediaError};

/// The longest link accepted, in bytes: what old browsers and proxies support, and far more than a
/// link to media needs. The limit also applies to the canonical form with its start.
pub const MAX_LINK_BYTES: usize = 2_048;

/// Parses `text`, which has nothing around the address. A missing scheme means https.
pub(super) fn read(text: &str) -> Result<Url, MediaError> {
    if text.is_empty() {
        return Err(MediaError::Empty);
    }
    if text.len() > MAX_LINK_BYTES {
        return Err(MediaError::TooLong);
    }
    if text.chars().any(char::is_control) {
        return Err(MediaError::ControlCharacter);
    }
    if has_second_link(text) {
        return Err(MediaError::SeveralLinks);
    }
    match written_as(text) {
        Written::Link => checked(Url::parse(text)?),
        Written::Schemeless => {
            let link = format!("https://{}", text.trim_start_matches('/'));
            checked(Url::parse(&link)?)
        }
        Written::Path => Err(MediaError::LocalFile),
        Written::Scheme(scheme) => Err(MediaError::Scheme(Excerpt::new(scheme))),
        Written::Words => Err(MediaError::NotALink(Excerpt::new(text))),
    }
}

/// Accepts an http or https address with a host and without user name or password, and drops the
/// dot that may end a full host name (`example.org.`).
pub(super) fn checked(mut url: Url) -> Result<Url, MediaError> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(MediaError::Scheme(Excerpt::new(url.scheme())));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(MediaError::Credentials);
    }
    let Some(host) = url.host_str() else {
        return Err(MediaError::Malformed(url::ParseError::EmptyHost));
    };
    let name = host.strip_suffix('.').unwrap_or(host).to_owned();
    if name.split('.').any(str::is_empty) {
        return Err(MediaError::Malformed(url::ParseError::EmptyHost));
    }
    if matches!(url.host(), Some(Host::Domain(_))) && name.contains(is_no_part_of_a_name) {
        return Err(MediaError::Malformed(
            url::ParseError::InvalidDomainCharacter,
        ));
    }
    if name != host {
        url.set_host(Some(&name))?;
    }
    Ok(url)
}

/// Quotes and brackets: the URL standard allows them in host names, but no real host name has one.
fn is_no_part_of_a_name(char: char) -> bool {
    !(char.is_ascii_alphanumeric() || matches!(char, '-' | '.' | '_'))
}

fn has_second_link(text: &str) -> bool {
    text.split_whitespace().skip(1).any(|word| {
        let word = word.to_ascii_lowercase();
        word.starts_with("http://") || word.starts_with("https://")
    })
}

/// The kind of text, judged before it is parsed.
enum Written<'a> {
    /// An address with the scheme http or https.
    Link,
    /// An address without its scheme, `example.org/film.mp4`.
    Schemeless,
    /// A path on a disk, absolute, relative, or with a drive's letter.
    Path,
    /// A link with another scheme, which is given as written.
    Scheme(&'a str),
    /// Anything else, such as the words of a search.
    Words,
}

fn written_as(text: &str) -> Written<'_> {
    let Some((scheme, rest)) = split_scheme(text) else {
        return written_without_scheme(text);
    };
    if scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https") {
        Written::Link
    } else if begins_with_password(rest) {
        // `user:password@host/film.mp4`
        Written::Schemeless
    } else if scheme.eq_ignore_ascii_case("file") || scheme.len() == 1 {
        // A single letter is a drive: `C:\film.mp4`.
        Written::Path
    } else if begins_with_port(rest) {
        Written::Schemeless
    } else {
        Written::Scheme(scheme)
    }
}

/// Splits `scheme:rest` where the first part has the form of a scheme (RFC 3986, 3.1).
fn split_scheme(text: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = text.split_once(':')?;
    let mut chars = scheme.chars();
    let valid = chars.next()?.is_ascii_alphabetic()
        && chars.all(|char| char.is_ascii_alphanumeric() || matches!(char, '+' | '-' | '.'));
    valid.then_some((scheme, rest))
}

/// Whether `rest` continues like `8080/film.mp4`, so that what precedes it is a host.
fn begins_with_port(rest: &str) -> bool {
    let after = rest.trim_start_matches(|char: char| char.is_ascii_digit());
    after.len() < rest.len() && (after.is_empty() || after.starts_with(['/', '?', '#']))
}

/// Whether `rest` continues like `password@host/film.mp4`, so that what precedes it is a user.
fn begins_with_password(rest: &str) -> bool {
    let (authority, _path) = rest.split_once('/').unwrap_or_default();
    let (password, host) = authority.rsplit_once('@').unwrap_or_default();
    let is_host = |char: char| char.is_alphanumeric() || "-._:[]".contains(char);
    !password.contains('\\') && !host.is_empty() && host.chars().all(is_host)
}

fn written_without_scheme(text: &str) -> Written<'_> {
    let rooted = ["/", "\\", "~", "./", "../", ".\\", "..\\"];
    if let Some(rest) = text.strip_prefix("//")
        && first_part(rest).contains('.')
    {
        return Written::Schemeless;
    }
    if rooted.iter().any(|root| text.starts_with(root)) {
        return Written::Path;
    }
    let host = first_part(text);
    let after = text.strip_prefix(host).unwrap_or_default();
    let names_file = extension(text)
        .and_then(Container::from_extension)
        .is_some();
    if after.starts_with('\\') || (after.is_empty() && names_file) {
        Written::Path
    } else if host.contains(['.', '@', '[', ':']) || host.eq_ignore_ascii_case("localhost") {
        Written::Schemeless
    } else if names_file {
        Written::Path
    } else {
        Written::Words
    }
}

/// The text before the first separator: the host, if this is a link.
fn first_part(text: &str) -> &str {
    text.split(['/', '\\', '?', '#']).next().unwrap_or_default()
}
