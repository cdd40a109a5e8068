//! Parses the dates of HLS lists (ISO 8601) into microseconds since the Unix epoch.

/// Microseconds in a second.
const SECOND: i64 = 1_000_000;

/// Parses `2026-11-26T20:30:10.250+01:00`. The zone may be `Z`, `+01:00`, `+0100` (as FFmpeg writes
/// it) or absent, which counts as UTC.
pub(super) fn micros(text: &str) -> Option<i64> {
    let (date, clock) = text.trim().split_once(['T', 't', ' '])?;
    let mut parts = date.split('-').map(number);
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let is_date = parts.next().is_none()
        && (1..=9_999).contains(&year)
        && (1..=12).contains(&month)
        && (1..=31).contains(&day);
    if !is_date {
        return None;
    }
    let (clock, zone) = split_zone(clock)?;
    let days = days_since_epoch(year, month, day);
    Some((days * 86_400 - zone) * SECOND + micros_of_day(clock)?)
}

/// A time such as `20:30:10.25`, in microseconds since midnight.
fn micros_of_day(clock: &str) -> Option<i64> {
    let mut parts = clock.split(':');
    let (hour, minute) = (number(parts.next()?)?, number(parts.next()?)?);
    let rest = parts.next()?;
    let (second, fraction) = rest.split_once(['.', ',']).unwrap_or((rest, ""));
    let second = number(second)?;
    // 60 is a leap second.
    let is_time = parts.next().is_none() && hour <= 24 && minute <= 59 && second <= 60;
    let digits: String = fraction.chars().chain("000000".chars()).take(6).collect();
    let fraction = number(&digits)?;
    is_time.then(|| ((hour * 60 + minute) * 60 + second) * SECOND + fraction)
}

/// The text before the zone, and the zone in seconds east of UTC.
fn split_zone(clock: &str) -> Option<(&str, i64)> {
    if let Some(before) = clock.strip_suffix(['Z', 'z']) {
        return Some((before, 0));
    }
    let Some(at) = clock.rfind(['+', '-']) else {
        return Some((clock, 0));
    };
    let (before, zone) = clock.split_at_checked(at)?;
    let (sign, digits) = zone.split_at_checked(1)?;
    let digits = digits.replace(':', "");
    let (hours, minutes) = match digits.len() {
        2 => (number(&digits)?, 0),
        4 => (number(digits.get(..2)?)?, number(digits.get(2..)?)?),
        _ => return None,
    };
    let seconds = (hours * 60 + minutes) * 60;
    Some((before, if sign == "-" { -seconds } else { seconds }))
}

/// A number of one to six digits.
fn number(text: &str) -> Option<i64> {
    let digits = !text.is_empty() && text.len() <= 6 && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok())?
}

/// Days from 1970-01-01 to a date of the Gregorian calendar (Howard Hinnant's
/// `days_from_civil`: years begin in March, so that the leap day is a year's last).
fn days_since_epoch(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::micros;

    #[test]
    fn dates_of_all_writers_are_read() {
        // `date -u -d 2026-11-26T20:30:10Z +%s`
        let whole = 1_795_725_010_000_000;
        let dates = [
            ("2026-11-26T20:30:10Z", whole),
            ("2026-11-26T20:30:10.250Z", whole + 250_000),
            ("2026-11-26T20:30:10.2500004Z", whole + 250_000),
            ("2026-11-26T21:30:10+01:00", whole),
            ("2026-11-26T21:30:10.000+0100", whole),
            ("2026-11-26T15:00:10-0530", whole),
            ("2026-11-26T20:30:10", whole),
            ("1970-01-01T00:00:00Z", 0),
            ("2000-02-29T00:00:00Z", 951_782_400_000_000),
        ];
        for (text, expected) in dates {
            assert_eq!(micros(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "yesterday",
            "2026-13-01T00:00:00Z",
            "2026-11-26",
            "2026-11-26T20:30Z",
            "2026-11-26T20:30:61Z",
            "2026-11-26T20:30:10+1",
            "99999-01-01T00:00:00Z",
        ] {
            assert_eq!(micros(text), None, "{text}");
        }
    }
}
