# Что видят люди, по-русски: те же сообщения, что и в ../en/watchtogether.ftl.
#
# О людях пишем без рода: «Вера: пауза на 0:13», а не «Вера поставила».

## Числа (number-)

number-seconds = { $seconds } с
number-milliseconds = { $milliseconds } мс
number-minutes = { $minutes } мин
number-hours = { $hours } ч { $minutes } мин

## Люди (person-)


## Действия, после «может» (action-)

action-add = предложить видео
action-approve = одобрять предложения
action-ask = обращаться к админам
action-ban = банить участников
action-chat = писать в чат
action-countdown = запускать отсчёт
action-erase = стирать чужие сообщения
action-go = прекращать ожидание
action-heir = назначать преемника
action-kick = выгонять участников
action-length = задавать длину видео
action-move = менять порядок очереди
action-mute = заглушать участников
action-nick = менять своё имя
action-nowait = решать, кого ждёт комната
action-pause = ставить на паузу
action-play = включать видео сразу
action-play-now = включать видео из очереди сразу
action-rate = менять скорость
action-react = отправлять реакции
action-reject = отклонять предложения
action-remove = убирать видео из очереди
action-resume = снимать с паузы
action-role = менять роли
action-seek = перематывать видео
action-skip = переходить к следующему видео
action-title = менять название комнаты
action-unban = снимать баны
action-undo = отменять перемотку
action-wait = включать и выключать ожидание
action-withdraw = отзывать предложения

## Почему команда отклонена (denied-)

denied-not-allowed = Только { $needs ->
    [admin] админ
    [moderator] модератор или админ
   *[viewer] участник
} может { $what }.
denied-instead-play = Предложить его: /добавить ССЫЛКА.
denied-instead-withdraw = Отозвать своё предложение: /отозвать #N.
denied-instead-ask = Попросить о паузе: /просить.
denied-instead-nowait = Решить за себя: /неждать.
denied-only-acting = Вы временный админ и не можете { $what }.
denied-only-acting-queue = Вы временный админ и не можете убрать из очереди то, что поставил туда админ.
denied-no-such-entry = В очереди нет #{ $entry }.
denied-already-approved = #{ $entry } уже в очереди. Убрать его может админ: /убрать #{ $entry }.
denied-not-yours = #{ $entry } предложили не вы.
denied-nothing-proposed = Предложений нет.
denied-nothing-next = В очереди нет одобренных видео. Добавить: /добавить ССЫЛКА.
denied-queue-full = Очередь полна, в ней { $limit } видео. Освободить место может админ: /убрать #N.
denied-queue-too-large = Ссылки в очереди вместе слишком длинные. Нужна ссылка короче, или пусть админ освободит место: /убрать #N.
denied-too-many-proposals = Ваших предложений уже { $limit }. Сначала отзовите одно: /отозвать #N.
denied-already-queued = Эта ссылка уже в очереди: #{ $entry }.
denied-same-role = У этого участника уже роль «{ $role ->
    [admin] админ
    [moderator] модератор
   *[viewer] зритель
}».
denied-outranked = Не получится: роль участника { $name } не ниже вашей.
denied-last-admin = Комнате нужен админ. Сначала назначьте другого: /админ ИМЯ.
denied-yourself = Себя выбрать нельзя.
denied-member-gone = Этого участника уже нет в комнате.
denied-not-in-room = Вас уже нет в комнате. Войдите в неё снова.
denied-muted = Вас заглушили: чат, реакции и смена имени недоступны. Вернуть их может модератор или админ.
denied-not-banned = Среди забаненных нет участника { $name }. Список: /баны.
denied-no-such-line = Такого сообщения нет, или оно слишком старое.
denied-nothing-changes = Ничего не меняется: так уже и есть.
denied-nothing-plays = Сейчас ничего не играет. Включить видео: /играть ССЫЛКА.
denied-already-paused = Уже на паузе.
denied-already-playing = Уже играет.
denied-cannot-seek = Это прямой эфир: перематывать и менять скорость нельзя.
denied-length-passed = Видео уже на { $at }. Закончить его: /дальше.
denied-nothing-to-undo = В этом видео не было перемоток, отменять нечего.
denied-not-waiting = Комната никого не ждёт.
denied-nobody-plays = Видео ни у кого не открыто. Открыть у себя: /заново. Следующее видео: /дальше.
denied-too-late = Ваше действие в плеере дошло до комнаты слишком поздно. Повторите его.
denied-too-fast = Слишком часто. Повторите через { $wait }.
denied-overtaken = Ваша более поздняя команда выполнена раньше этой. Отправьте эту ещё раз.
denied-not-understood = Сервер этого не принимает: слишком длинно, неверная ссылка или сервер для этого слишком стар. Обновить его может владелец сервера.
denied-storage-away = Хранилище сервера сейчас недоступно. Повторите позже.

## Почему сервер не пускает (refused-)

refused-client-old = У сервера версия протокола { $server }, у вас { $client }. Установите watchtogether поновее.
refused-server-old = У сервера версия протокола { $server }, у вас { $client }. Попросите владельца сервера обновить его.
refused-password-needed = У этой комнаты есть пароль. Задайте его в WATCHTOGETHER_PASSWORD или --password-file ФАЙЛ и войдите снова.
refused-password-wrong = Неверный пароль. Проверьте WATCHTOGETHER_PASSWORD или --password-file.
refused-password-missing = Закрытой комнате нужен пароль. Задайте его в WATCHTOGETHER_PASSWORD или --password-file ФАЙЛ.
refused-password-too-long = Пароль длиннее { $limit ->
    [one] { $limit } байта
   *[other] { $limit } байт
}. Выберите короче.
refused-too-many-tries = Слишком много попыток ввести пароль. Повторите через { $wait }.
refused-too-many-rooms = С вашего адреса создано слишком много комнат. Повторите через { $wait }.
refused-too-many-joins = С вашего адреса в эту комнату входит слишком много людей. Повторите через { $wait }.
refused-room-full = Комната заполнена: в ней { $limit ->
    [one] { $limit } человек
    [few] { $limit } человека
   *[other] { $limit } человек
}. Попробуйте, когда кто-нибудь выйдет.
refused-server-full = Сервер заполнен: на нём { $limit ->
    [one] { $limit } комната
    [few] { $limit } комнаты
   *[other] { $limit } комнат
}. Попробуйте позже.
refused-internal = Внутренняя ошибка сервера. Владелец сервера найдёт подробности в журнале.
refused-no-hello = Соединение началось без приветствия watchtogether.
refused-kicked = Вас удалили из комнаты.
refused-banned = В эту комнату не войти: забанены вы или кто-то с вашего адреса. Снять бан может админ комнаты: /разбанить.
refused-replaced = Вы вошли из другого места, поэтому это соединение закрыто.
refused-too-slow = Ваше соединение слишком медленное для этой комнаты.
refused-bad-frames = Слишком много ваших сообщений сервер не смог прочитать.
refused-shutting-down = Сервер останавливается.
refused-room-closed = Комнату закрыли.
refused-no-such-room = Этой комнаты больше нет. Войдите снова, чтобы создать её заново (закрытую — с паролем).
refused-storage-away = Хранилище сервера сейчас недоступно. Повторите позже.

## Имена участников (name-)

name-sign = Знак «{ $sign }» на этом месте в имени не годится. Можно буквы, цифры, эмодзи, пробелы и . - _ ' ’ &, а в начале — букву, цифру, эмодзи или _.
name-no-letter = В имени нужна буква или эмодзи: одни цифры — это номера участников и видео.
name-reserved = Это слово занято, как «админ», «off» или «все». Выберите другое имя.
name-no-such-member = В комнате нет участника { $name }. Кто здесь: /кто.
name-one-alike = Точно такого имени нет, но похожее — у #{ $number }. Если это тот участник, напишите #{ $number }.
name-several-alike = Похожих имён несколько. Напишите номер: { $numbers }.
name-looks-like = Слишком похоже на { $name }, имя другого участника. Выберите другое.
name-taken = Имя { $name } занято. Выберите другое.

## Баны (ban-)

ban-you = вы
ban-more = ещё { $count }
ban-same-address = С того же адреса, что и { $name }: { $others }.
ban-both-ways = /забанить { $name } адрес — бан всем оттуда, кроме админов; /забанить { $name } один — только участнику { $name }.
ban-how-far = Кого забанить?
ban-scope-address = всех с этого адреса, кроме админов
ban-scope-member = только участника { $name }
ban-kicked-you = Вас удалили из комнаты ({ $name }).
ban-banned-you = Вас забанили в этой комнате ({ $name }). Снять бан может админ комнаты: /разбанить.
ban-banned = { $you ->
    [yes] Вы забанили участника { $name }. Впустить обратно: /разбанить { $name }.
   *[no] { $who } банит участника { $name }.
}
ban-banned-address = { $you ->
    [yes] Вы забанили участника { $name } вместе с адресом. Снять оба бана: /разбанить { $name }.
   *[no] { $who } банит участника { $name } вместе с адресом.
}

## Кадры, которые сервер не понял (frame-)

frame-too-large = Сообщение больше, чем принимает этот сервер: { $limit ->
    [one] { $limit } байт
    [few] { $limit } байта
   *[other] { $limit } байт
}.
frame-bad = Это не сообщение: сервер принимает JSON в текстовых кадрах.
frame-bad-detail = Это не сообщение: { $detail }
frame-already-here = Это соединение уже в комнате.
frame-not-understood = Сервер не принимает эту команду: { $detail }

## Страница приглашения (invite-)

invite-title = Вас приглашают в комнату { $room }
invite-before = Видео здесь смотрят вместе, прямо из терминала, в плеере mpv. Чтобы войти, выполните:
invite-after = Ещё нет watchtogether? Спросите у того, кто вас пригласил, где его взять.

## Ошибки команд (usage-)

usage-unknown = Команды /{ $typed } нет. Все команды: /помощь.
usage-unknown-nearest = Команды /{ $typed } нет. Может быть, /{ $nearest }?
usage-missing = Пишите так: { $usage }
usage-unreadable = Непонятно: { $given }. Пишите так: { $usage }
usage-rate = Скорость { $given } не подходит: нужна от 0,25 до 4, обычная — 1.
usage-sixty = Непонятно: { $given }. Минуты и секунды — до 59, как в 1:02:03; просто 99 — это 99 секунд.
usage-too-far = Слишком далеко: { $given }. Таких длинных видео не бывает.
usage-not-askable = Попросить { $given } нельзя. Можно: пауза, продолжить, перейти, назад, дальше, скорость, а с номером — играть, принять, отклонить, убрать и переместить: /просить принять #3.
usage-address = { $given } — не веб-адрес вроде https://watch.example.org/r/movie-night.
usage-address-scheme = Перед { $given } не хватает https:// или http://, как в https://watch.example.org/r/movie-night.
usage-address-not-http = { $given } — не сервер: его адрес начинается с http:// или https://.
usage-address-credentials = Уберите из адреса имя пользователя и пароль.
usage-address-long = Слишком длинный адрес.
usage-address-signs = В адресе не может быть кавычек, знаков доллара и тому подобного.
usage-address-room = В { $given } не указана комната. Приглашение заканчивается на /r/КОМНАТА, например https://watch.example.org/r/movie-night.
usage-room = { $given } не подходит как имя комнаты. Нужно от 2 до 40 строчных латинских букв (a-z), цифр и дефисов, например movie-night.
usage-too-long = Слишком длинно: можно не больше { $max ->
    [one] { $max } знака
   *[other] { $max } знаков
}.
usage-empty = Здесь нет ни одного видимого знака.

## Просьбы к админам (request-)

request-pause = { $you ->
    [yes] Вы попросили админов о паузе.
   *[no] { $who } просит паузу.
}
request-resume = { $you ->
    [yes] Вы попросили админов продолжить.
   *[no] { $who } просит продолжить.
}
request-seek = { $you ->
    [yes] Вы попросили админов перемотать на { $at }.
   *[no] { $who } просит перемотать на { $at }.
}
request-forward = { $you ->
    [yes] Вы попросили админов перемотать на { $span } вперёд.
   *[no] { $who } просит перемотать на { $span } вперёд.
}
request-back = { $you ->
    [yes] Вы попросили админов перемотать на { $span } назад.
   *[no] { $who } просит перемотать на { $span } назад.
}
request-undo = { $you ->
    [yes] Вы попросили админов отменить перемотку.
   *[no] { $who } просит отменить перемотку.
}
request-skip = { $you ->
    [yes] Вы попросили админов включить следующее видео.
   *[no] { $who } просит включить следующее видео.
}
request-rate = { $you ->
    [yes] Вы попросили у админов скорость { $rate }×.
   *[no] { $who } просит скорость { $rate }×.
}
request-approve = { $you ->
    [yes] Вы попросили админов одобрить #{ $entry }.
   *[no] { $who } просит одобрить #{ $entry }.
}
request-reject = { $you ->
    [yes] Вы попросили админов отклонить #{ $entry }.
   *[no] { $who } просит отклонить #{ $entry }.
}
request-remove = { $you ->
    [yes] Вы попросили админов убрать #{ $entry } из очереди.
   *[no] { $who } просит убрать #{ $entry } из очереди.
}
request-move = { $you ->
    [yes] Вы попросили админов поставить #{ $entry } на { $place }-е место.
   *[no] { $who } просит поставить #{ $entry } на { $place }-е место.
}
request-play-now = { $you ->
    [yes] Вы попросили админов включить #{ $entry } сейчас.
   *[no] { $who } просит включить #{ $entry } сейчас.
}
request-other = { $you ->
    [yes] Вы попросили админов { $what }.
   *[no] { $who } просит { $what }.
}
request-granted-by = Разрешить: { $command }.

## Уведомления (notice-)


## Почему что-то не вышло (why-)


## Связь (connection-)


## Экран (screen-)


## Как дела у участников (health-)


## Диалоги (dialog-)


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

