//! Until when a certificate is valid: the one date that is read of its DER form (RFC 5280, 4.1).

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Unit};

/// DER's tag of a sequence.
const SEQUENCE: u8 = 0x30;
/// DER's tag of the version, which stands in brackets.
const VERSION: u8 = 0xa0;
/// DER's tag of a time with two digits for its year.
const UTC_TIME: u8 = 0x17;
/// DER's tag of a time with four digits for its year.
const GENERALIZED_TIME: u8 = 0x18;

/// How many whole days a certificate is still valid at `now`, negative if it has ended; `None` if
/// its form is not understood.
#[must_use]
pub fn days_left(certificate: &[u8], now: Timestamp) -> Option<i64> {
    let end = valid_until(certificate)?;
    let left = now.until((Unit::Hour, end)).ok()?;
    Some(i64::from(left.get_hours()).div_euclid(24))
}

/// The end of a certificate's validity.
fn valid_until(certificate: &[u8]) -> Option<Timestamp> {
    let (whole, _) = part(certificate, SEQUENCE)?;
    let (mut signed, _) = part(whole, SEQUENCE)?;
    if signed.first() == Some(&VERSION) {
        signed = part(signed, VERSION)?.1;
    }
    // The serial number, the algorithm and the issuer come before the validity.
    for _ in 0..3 {
        signed = element(signed)?.2;
    }
    let (validity, _) = part(signed, SEQUENCE)?;
    let (_, _, end) = element(validity)?;
    let (tag, text, _) = element(end)?;
    time(tag, std::str::from_utf8(text).ok()?)
}

/// A time such as `270131120000Z` or `20500131120000Z`.
fn time(tag: u8, text: &str) -> Option<Timestamp> {
    let digits = text.strip_suffix('Z')?;
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number = |from: usize, length: usize| {
        let digits = digits.get(from..from.checked_add(length)?)?;
        digits.parse::<i16>().ok()
    };
    let (year, rest) = match tag {
        // RFC 5280: up to 49 it is this century's.
        UTC_TIME => match number(0, 2)? {
            year @ 0..50 => (2000 + year, 2),
            year => (1900 + year, 2),
        },
        GENERALIZED_TIME => (number(0, 4)?, 4),
        _ => return None,
    };
    let small = |at: usize| i8::try_from(number(rest + 2 * at, 2)?).ok();
    let (month, day) = (small(0)?, small(1)?);
    let (hour, minute, second) = (small(2)?, small(3)?, small(4)?);
    let day = Date::new(year, month, day).ok()?;
    let clock = Time::new(hour, minute, second, 0).ok()?;
    let at = DateTime::from_parts(day, clock);
    TimeZone::UTC.to_timestamp(at).ok()
}

/// The content of the first element, if it has this tag, and what follows it.
fn part(der: &[u8], wanted: u8) -> Option<(&[u8], &[u8])> {
    let (tag, content, rest) = element(der)?;
    (tag == wanted).then_some((content, rest))
}

/// The first element: its tag, its content, and what follows it.
fn element(der: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (tag, rest) = der.split_first()?;
    let (first, rest) = rest.split_first()?;
    let (length, rest) = match first {
        0..=0x7f => (usize::from(*first), rest),
        // So many bytes of length follow; certificates are shorter than 16 MiB.
        0x81..=0x83 => {
            let (length, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
            let length = length
                .iter()
                .fold(0, |length, byte| length << 8 | usize::from(*byte));
            (length, rest)
        }
        _ => return None,
    };
    let (content, rest) = rest.split_at_checked(length)?;
    Some((*tag, content, rest))
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::{GENERALIZED_TIME, UTC_TIME, days_left, time};

    #[test]
    fn a_certificates_last_day_is_read_of_its_der_form() {
        let key = rcgen::KeyPair::generate().unwrap();
        let mut parameters = rcgen::CertificateParams::new(vec!["a.example".into()]).unwrap();
        parameters.not_after = rcgen::date_time_ymd(2031, 5, 20);
        let certificate = parameters.self_signed(&key).unwrap();
        let now: Timestamp = "2031-05-06T12:00:00Z".parse().unwrap();
        assert_eq!(days_left(certificate.der(), now), Some(13));
        let late: Timestamp = "2031-05-21T12:00:00Z".parse().unwrap();
        assert_eq!(days_left(certificate.der(), late), Some(-2));
        for length in 0..certificate.der().len() {
            let cut = certificate.der().get(..length).unwrap();
            assert_eq!(days_left(cut, now), None, "{length}");
        }
    }

    #[test]
    fn both_forms_of_a_time_are_understood_and_nonsense_is_not() {
        let read = |tag, text| time(tag, text).map(|time| time.to_string());
        let expected = Some("2027-01-31T12:00:09Z".to_owned());
        assert_eq!(read(UTC_TIME, "270131120009Z"), expected);
        assert_eq!(read(GENERALIZED_TIME, "20270131120009Z"), expected);
        for nonsense in [
            "",
            "Z",
            "2701",
            "270131120009",
            "27x131120009Z",
            "271331120009Z",
        ] {
            assert_eq!(read(UTC_TIME, nonsense), None, "{nonsense}");
        }
    }
}
