//! The Russian names of the commands: each is taken beside the English one.

use super::Slash;

/// Every Russian name and its command. Some have two, for a letter that is often left out.
const NAMES: &[(&str, Slash)] = &[
    ("играть", Slash::Play),
    ("добавить", Slash::Add),
    ("принять", Slash::Approve),
    ("отклонить", Slash::Reject),
    ("отозвать", Slash::Withdraw),
    ("убрать", Slash::Remove),
    ("переместить", Slash::Move),
    ("дальше", Slash::Skip),
    ("пауза", Slash::Pause),
    ("продолжить", Slash::Resume),
    ("перейти", Slash::Seek),
    ("назад", Slash::Undo),
    ("скорость", Slash::Rate),
    ("длина", Slash::Length),
    ("реакция", Slash::React),
    ("просить", Slash::Ask),
    ("имя", Slash::Nick),
    ("название", Slash::Title),
    ("админ", Slash::Admin),
    ("модератор", Slash::Moderator),
    ("зритель", Slash::Viewer),
    ("наследник", Slash::Heir),
    ("выгнать", Slash::Kick),
    ("заглушить", Slash::Mute),
    ("вернуть", Slash::Unmute),
    ("стереть", Slash::Erase),
    ("забанить", Slash::Ban),
    ("разбанить", Slash::Unban),
    ("баны", Slash::Bans),
    ("ждать", Slash::Wait),
    ("неждать", Slash::NoWait),
    ("вперёд", Slash::Go),
    ("вперед", Slash::Go),
    ("отсчёт", Slash::Countdown),
    ("отсчет", Slash::Countdown),
    ("громкость", Slash::Volume),
    ("тихо", Slash::Mute),
    ("субтитры", Slash::Subtitles),
    ("дорожка", Slash::Audio),
    ("экран", Slash::Fullscreen),
    ("качество", Slash::Quality),
    ("отошёл", Slash::Away),
    ("отошел", Slash::Away),
    ("галерея", Slash::Gallery),
    ("участники", Slash::Members),
    ("очередь", Slash::Queue),
    ("почему", Slash::Why),
    ("скопировать", Slash::Copy),
    ("кто", Slash::Who),
    ("заново", Slash::Retry),
    ("войти", Slash::Join),
    ("помощь", Slash::Help),
    ("выход", Slash::Quit),
];

/// The command of a Russian name in lower case.
pub(super) fn named(name: &str) -> Option<Slash> {
    let row = NAMES.iter().find(|(russian, _)| *russian == name)?;
    Some(row.1)
}

#[cfg(test)]
mod tests {
    use super::{NAMES, Slash, named};

    #[test]
    fn every_command_has_a_russian_name_of_its_own() {
        for slash in Slash::ALL {
            assert!(NAMES.iter().any(|(_, named)| named == slash), "{slash:?}");
        }
        for (place, (name, _)) in NAMES.iter().enumerate() {
            assert!(
                !NAMES[..place].iter().any(|(other, _)| other == name),
                "{name}"
            );
        }
        assert_eq!(named("пауза"), Some(Slash::Pause));
        assert_eq!(Slash::named("Пауза"), Some(Slash::Pause));
        assert_eq!(named("pause"), None);
    }
}
