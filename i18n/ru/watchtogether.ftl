# Что видят люди, по-русски: те же сообщения, что и в ../en/watchtogether.ftl.
#
# О людях пишем без рода: «Вера: пауза на 0:13», а не «Вера поставила».

## Числа (number-)

number-seconds = { $seconds } с
number-milliseconds = { $milliseconds } мс
number-minutes = { $minutes } мин
number-hours = { $hours } ч { $minutes } мин

## Люди (person-)


## Почему команда отклонена (denied-)


## Почему сервер не пускает (refused-)


## Имена участников (name-)


## Баны (ban-)


## Кадры, которые сервер не понял (frame-)


## Страница приглашения (invite-)


## Ошибки команд (usage-)


## Просьбы к админам (request-)


## Уведомления (notice-)


## Почему что-то не вышло (why-)


## Связь (connection-)


## Экран (screen-)

screen-chat = Чат
screen-queue = Очередь
screen-queue-approved = Очередь { $approved }
screen-queue-proposed = Очередь { $approved } · { $proposed } предл.
screen-queue-empty = Пусто. /добавить ССЫЛКА
screen-members = Участники { $count }
screen-reactions = Реакции
screen-nothing-on = Ждём видео...
screen-no-room-yet = Вы ещё не в комнате
screen-responsible = За ссылки отвечают те, кто их даёт; сам сервис ничего не хранит.
screen-react = Реакция
screen-react-typing = при вводе: Alt+цифра
screen-line-elsewhere = (i — писать, / — команда)
screen-health = Как у кого дела и почему
screen-column-offset = сдвиг
screen-column-buffer = буфер
screen-column-ping = пинг
screen-health-keys = ↑↓ листать   Esc закрыть
screen-why = Что делал ваш плеер и почему, сначала новое
screen-why-empty = Пока ничего.
screen-too-small = { $columns }×{ $rows } — слишком мало. Нужно хотя бы 40×10.
screen-waiting-play = Включить видео: /играть ССЫЛКА (YouTube, .mp4, .webm или .ogg)
screen-waiting-add = Предложить видео: /добавить ССЫЛКА (YouTube, .mp4, .webm или .ogg)
screen-waiting-friends = Команда для друзей (Ctrl-Y копирует ссылку):
screen-waiting-alone = В эту комнату можно войти только с этого компьютера. Для друзей в вашей сети: запуск с --lan.
screen-waiting-paste = Есть приглашение? Вставьте его: /войти ССЫЛКА
screen-waiting-keys = F2 — галерея комнат, F1 — справка
screen-added-by = { $you ->
    [yes] добавлено вами
   *[no] добавлено: { $who }
}
screen-proposed = предлагает { $who }
screen-proposed-by-you = предлагаете вы
screen-approve-keys = ⏎ да  x нет
screen-new-lines = { $count ->
    [one] { $count } новое
    [few] { $count } новых
    [many] { $count } новых
   *[other] { $count } новых
}
screen-on-now = Сейчас играет: { $title } · { $kind }
screen-focus-line = ВВОД
screen-focus-chat = ЧАТ
screen-focus-queue = ОЧЕРЕДЬ
screen-focus-members = УЧАСТНИКИ
screen-keys-line = ⏎ послать  Tab панели  Ctrl-P пауза  F2 галерея
screen-keys-chat = ↑↓ выбор  c копия  o ссылка  x стереть  i писать  Пробел пауза
screen-keys-queue = ↑↓ выбор  ⏎ да  x нет  J K место  a добавить  Пробел пауза
screen-keys-members = ↑↓ выбор  ⏎ действия  F4 как дела  i писать  Пробел пауза
screen-help-key-line = F1 справка
screen-help-key = ? справка
screen-mark-moderator = мод
screen-mark-acting = временно
screen-mark-muted = без чата
screen-mark-not-admin = не админ
screen-mark-no-wait = не ждём
screen-role-acting = временный админ
screen-room-public = открытая
screen-room-unlisted = скрытая
screen-room-private = закрытая
screen-room-waits = ждёт отстающих
screen-room-waits-not = никого не ждёт
screen-live = прямой эфир
screen-live-short = эфир
screen-live-close = разница меньше 1 с
screen-live-apart = разница около { $seconds } с
screen-player-off = только чат
screen-player-starting = запуск mpv
screen-player-gone = нет mpv: /заново
screen-player-failed = не играет: F4
screen-player-refused = ссылка отклонена
screen-player-opening = открывается
screen-player-reading = загрузка: { $read } из { $to }
screen-player-buffering = подгружается
screen-player-frozen = mpv завис
screen-player-ready = плеер готов
screen-step-waiting = ждём
screen-step-ahead = впереди, ждёт
screen-step-seeking = перемотка
screen-step-live = эфир: { $apart }
screen-step-time-jumps = не синхронно
screen-step-copy-ended = копия закончилась
screen-step-other-scene = другая сцена
screen-step-no-clock = сверяем часы
screen-step-paused = пауза
screen-step-catching-up = догоняет, { $off }
screen-step-in-step = синхронно, { $off }
screen-step-off = сдвиг { $off }
screen-step-starting = начинаем
screen-own = Вы: { $off } · { $clock } · скорость { $speed }×
screen-own-live = прямой эфир, { $apart }
screen-own-in-step = синхронно до миллисекунды
screen-own-behind = отставание { $off }
screen-own-ahead = опережение { $off }
screen-own-not-measured = замера сейчас нет
screen-own-clock = часы сверены до ±{ $bound }
screen-own-no-clock = часы ещё не сверены
screen-reconnecting = переподключение, { $since }
screen-held = { $you ->
    [yes] ждём вас, до { $left }
   *[no] ждём: { $who }, до { $left }
}
screen-held-several = { $you ->
    [yes] ждём вас +{ $others }, до { $left }
   *[no] ждём: { $who } +{ $others }, до { $left }
}
screen-starts-in = старт через { $left }
screen-counting = старт через { $number }
screen-over = конец, очередь пуста


## Как дела у участников (health-)

health-in-step = синхронно
health-catching-up = догоняет
health-other-scene = не та сцена
health-other-scene-long = видит другую сцену
health-copy-ended = конец копии
health-copy-ended-long = копия видео закончилась
health-opening = открывает
health-opening-long = открывает видео
health-buffering = подгрузка
health-buffering-long = видео подгружается
health-frozen = mpv завис
health-frozen-long = плеер не отвечает
health-failed = не играет
health-failed-long = видео не играет
health-chat-only = только чат
health-away = не у экрана


## Диалоги (dialog-)

dialog-ask-again = Нажмите ещё раз, чтобы попросить.
dialog-asks-for-pause = { $who } просит паузу. Поставить: Ctrl-P.
dialog-copied = Скопировано: { $text }
dialog-pasted = { $lines ->
    [one] Вставлена { $lines } строка как одно сообщение. Enter — отправить, Ctrl-C — стереть.
    [few] Вставлены { $lines } строки как одно сообщение. Enter — отправить, Ctrl-C — стереть.
    [many] Вставлено { $lines } строк как одно сообщение. Enter — отправить, Ctrl-C — стереть.
   *[other] Вставлено { $lines } строки как одно сообщение. Enter — отправить, Ctrl-C — стереть.
}
dialog-no-link = В этом сообщении нет ссылки.
dialog-nothing-chosen = Сначала выберите строку стрелкой ↑.
dialog-bad-address = Это не адрес. Нужен такой: https://watch.example.org.
dialog-bad-room = Имя комнаты — от 2 до 40 символов: a-z, 0-9 и -, например movie-night.
dialog-name-too-long = { $max ->
    [one] В имени может быть не больше { $max } символа.
    [few] В имени может быть не больше { $max } символов.
    [many] В имени может быть не больше { $max } символов.
   *[other] В имени может быть не больше { $max } символа.
}
dialog-name-empty = В этом имени нет ни одного видимого символа.
dialog-away = Вы не у экрана. Когда вернётесь, наберите /отошёл ещё раз.
dialog-back = Вы снова у экрана.
dialog-leave = Выйти из комнаты?
dialog-leave-hosting = { $others ->
    [one] Комната работает на вашем компьютере. Если вы выйдете, она закроется ещё для { $others } человека. Выйти?
    [few] Комната работает на вашем компьютере. Если вы выйдете, она закроется ещё для { $others } человек. Выйти?
    [many] Комната работает на вашем компьютере. Если вы выйдете, она закроется ещё для { $others } человек. Выйти?
   *[other] Комната работает на вашем компьютере. Если вы выйдете, она закроется ещё для { $others } человека. Выйти?
}
dialog-suspend-hosting = { $others ->
    [one] Комната работает на вашем компьютере. Если приостановить программу, всё замрёт ещё у { $others } человека. Приостановить?
    [few] Комната работает на вашем компьютере. Если приостановить программу, всё замрёт ещё у { $others } человек. Приостановить?
    [many] Комната работает на вашем компьютере. Если приостановить программу, всё замрёт ещё у { $others } человек. Приостановить?
   *[other] Комната работает на вашем компьютере. Если приостановить программу, всё замрёт ещё у { $others } человека. Приостановить?
}
dialog-play-now = Включить { $entry } прямо сейчас?
dialog-remove = Убрать { $entry } из очереди?
dialog-withdraw = Отозвать ваше предложение { $entry }?
dialog-kick = Выгнать участника { $who } из комнаты?
dialog-ban = Забанить участника { $who }? Отменить бан: /разбанить.
dialog-erase-own = Стереть ваше сообщение у всех?
dialog-erase = Стереть у всех сообщение участника { $who }?
dialog-take-role = { $role ->
    [admin] Стать админом?
    [moderator] Стать модератором?
   *[viewer] Стать зрителем?
}
dialog-give-role = { $role ->
    [admin] Сделать участника { $who } админом?
    [moderator] Сделать участника { $who } модератором?
   *[viewer] Сделать участника { $who } зрителем?
}
dialog-make-again-public = Этой комнаты больше нет. Создать её снова — открытую, видную всем в галерее?
dialog-make-again-unlisted = Этой комнаты больше нет. Создать её снова — скрытую, для тех, кто знает имя?
dialog-make-again-private = Этой комнаты больше нет. Создать её снова — закрытую, с тем же паролем?
dialog-yes-no = Enter или д: да    Esc или н: нет
dialog-name = Как вас зовут?
dialog-name-keys = Enter — дальше, Esc — выйти. Сменить потом: /имя ИМЯ.
dialog-password-needed = У этой комнаты есть пароль
dialog-password-wrong = Неверный пароль
dialog-password-missing = Закрытой комнате нужен пароль
dialog-password-keys = Введите пароль и нажмите Enter. Esc — назад.
dialog-new-room = Имя новой комнаты, например movie-night:
dialog-new-room-keys = Enter — открыть, Esc — назад.
dialog-server = Адрес сервера, например https://watch.example.org:
dialog-server-keys = Enter — показать комнаты, Esc — назад.
dialog-menu-mention = упомянуть в чате
dialog-menu-take-role = { $role ->
    [admin] стать админом
    [moderator] стать модератором
   *[viewer] стать зрителем
}
dialog-menu-give-role = { $role ->
    [admin] сделать админом
    [moderator] сделать модератором
   *[viewer] сделать зрителем
}
dialog-menu-heir = сделать преемником: станет админом, если админов нет
dialog-menu-no-wait-own = не ждать меня, когда видео подгружается
dialog-menu-wait-own = снова ждать меня, когда видео подгружается
dialog-menu-no-wait = не ждать, когда видео подгружается
dialog-menu-wait = снова ждать, когда видео подгружается
dialog-menu-mute = заглушить: без чата и реакций
dialog-menu-unmute = вернуть чат и реакции
dialog-menu-kick = выгнать из комнаты
dialog-menu-ban = забанить: выгнать насовсем
dialog-menu-keys = ↑↓ выбор  Enter выполнить  Esc закрыть


## Клавиши (key-)


## Команды и справка (command-)


## Плеер (player-)


## Что не так с видео (fault-)


## Ссылки (media-)


## Когда не играет ни у кого (standstill-)


## Что делал плеер и почему (decision-)


## Строки без экрана (line-)


## Прощание (goodbye-)


## Галерея комнат (room-)


## Запуск (start-)


## Сервер (server-)


## Командная строка (cli-)


## Ошибки настроек (config-)

