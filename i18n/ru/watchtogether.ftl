# Что видят люди, по-русски: те же сообщения, что и в ../en/watchtogether.ftl.
#
# О людях пишем без рода: «Вера: пауза на 0:13», а не «Вера поставила».

## Числа (number-)

number-seconds = { $seconds } с
number-milliseconds = { $milliseconds } мс
number-minutes = { $minutes } мин
number-hours = { $hours } ч { $minutes } мин
number-whole-hours = { $hours } ч
number-days = { $days ->
    [one] { $days } день
    [few] { $days } дня
   *[many] { $days } дней
  }

## Люди (person-)

person-you = вы
person-you-object = вас
person-operator = { $place ->
    [start] Владелец сервера
   *[within] владелец сервера
}
person-role = { $role ->
    [admin] админ
    [moderator] модератор
   *[viewer] зритель
}

## Действия, после «может» (action-)

action-add = предлагать видео
action-approve = одобрять предложения
action-ask = обращаться к админам
action-ban = банить участников
action-chat = писать в чат
action-countdown = запускать отсчёт
action-erase = стирать сообщения
action-go = прекращать ожидание
action-heir = назначать преемника
action-kick = выгонять участников
action-length = задавать длину видео
action-move = менять порядок очереди
action-mute = заглушать участников и возвращать им слово
action-nick = менять своё имя
action-nowait = решать, кого ждёт комната
action-pause = ставить на паузу
action-play = включать видео сразу
action-play-now = включать видео из очереди сразу
action-ready = отмечать готовность
action-start = запускать видео
action-start-set = назначать начало видео
action-rate = менять скорость
action-react = отправлять реакции
action-reject = отклонять предложения
action-remove = убирать видео из очереди
action-resume = снимать с паузы
action-role = менять роли
action-seek = перематывать видео
action-skip = переходить к следующему видео
action-subtitles = предлагать субтитры
action-emote = менять смайлы комнаты
action-title = менять название комнаты
action-unban = снимать баны
action-undo = отменять перемотку
action-wait = включать и выключать ожидание
action-describe = подписывать видео в очереди
action-withdraw = отзывать предложения
action-visibility = решать, кому видна комната и кто в неё войдёт
action-invite = создавать приглашения
action-revoke = аннулировать приглашения
action-invites = смотреть список приглашений
action-close = закрывать комнату
action-clear = стирать все сообщения участника
action-lock = запирать и отпирать комнату
action-newcomers = решать, что можно новичкам
action-observers = решать, видят ли чат наблюдатели
action-report = жаловаться на участников
action-slow = включать медленный режим

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
denied-only-acting-queue = Вы временный админ и не можете убрать из очереди видео, которое добавил админ.
denied-no-such-entry = В очереди нет #{ $entry }.
denied-already-approved = #{ $entry } уже в очереди. Убрать его может админ: /убрать #{ $entry }.
denied-not-yours = #{ $entry } предложили не вы.
denied-nothing-proposed = Предложений нет.
denied-nothing-next = В очереди нет одобренных видео. Добавить: /добавить ССЫЛКА.
denied-queue-full = Очередь заполнена: в ней уже { $limit } видео. Освободить место может админ: /убрать #N.
denied-queue-too-large = Ссылки в очереди занимают слишком много места. Возьмите ссылку короче или попросите админа убрать что-нибудь: /убрать #N.
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
denied-nothing-changes = Менять нечего: уже так и есть.
denied-nothing-plays = Сейчас ничего не играет.
denied-already-paused = Уже на паузе.
denied-already-playing = Уже играет.
denied-already-ready = Вы уже сказали, что готовы. Взять слова назад: /готово выкл.
denied-cannot-seek = Это прямой эфир: перематывать и менять скорость нельзя.
denied-length-passed = Видео уже дошло до { $at }, короче его не сделать. Включить следующее: /дальше.
denied-nothing-to-undo = В этом видео не было перемоток, отменять нечего.
denied-not-waiting = Комната никого не ждёт.
denied-nobody-plays = Видео ни у кого не открыто. Открыть у себя: /заново.
denied-start-out-of-reach = Начало можно назначить не дальше чем на сутки вперёд. Попробуйте /начать 21:00.
denied-too-late = Ваше действие в плеере дошло до комнаты слишком поздно. Повторите его.
denied-too-fast = Слишком часто. Повторите через { $wait }.
denied-overtaken = Команда не выполнена: её опередила ваша следующая. Отправьте её ещё раз.
denied-not-understood = Сервер не принял команду: она слишком длинная, ссылка в ней неверна или сервер слишком старый. Сократите её, проверьте ссылку или попросите владельца обновить сервер.
denied-storage-away = Хранилище сервера сейчас недоступно. Повторите позже.
denied-password-missing = Закрытой комнате нужен пароль. Отправьте /закрытая ещё раз и введите его.
denied-password-too-long = Пароль длиннее { $limit ->
    [one] { $limit } байта
   *[other] { $limit } байт
}. Придумайте покороче.
denied-no-such-invite = Действующего приглашения #{ $invite } нет. Список: /приглашения.
denied-too-many-emotes = Больше { $limit } смайлов в комнате быть не может. Убрать один: /смайл :name: выкл
denied-too-many-invites = В комнате уже { $limit ->
    [one] { $limit } приглашение
    [few] { $limit } приглашения
   *[other] { $limit } приглашений
}. Сначала аннулируйте одно: /аннулировать #N.
denied-invite-not-needed = У комнаты нет пароля, гостям хватит обычной ссылки: /скопировать.
denied-too-many-proposals-there = С вашего адреса уже { $limit ->
    [one] { $limit } предложение
    [few] { $limit } предложения
   *[other] { $limit } предложений
}. Сначала отзовите одно своё: /отозвать #N.
denied-slow-mode = Медленный режим: одно сообщение в { $every }. Повторите через { $wait }.
denied-newcomer = Вы здесь недавно и пока только смотрите. Писать, отправлять реакции и предлагать видео можно будет через { $wait }.

## Почему сервер не пускает (refused-)

refused-client-old = У сервера версия протокола { $server }, у вас { $client }. Обновите watchtogether.
refused-server-old = У сервера версия протокола { $server }, у вас { $client }. Попросите владельца сервера обновить его.
refused-password-needed = Для этой комнаты нужен пароль. Укажите его в WATCHTOGETHER_PASSWORD или --password-file ФАЙЛ и войдите снова.
refused-password-wrong = Неверный пароль. Проверьте WATCHTOGETHER_PASSWORD или --password-file.
refused-password-missing = Закрытой комнате нужен пароль. Задайте его в WATCHTOGETHER_PASSWORD или --password-file ФАЙЛ.
refused-password-too-long = Пароль длиннее { $limit ->
    [one] { $limit } байта
   *[other] { $limit } байт
}. Придумайте покороче.
refused-too-many-tries = Сейчас вводят слишком много паролей. Повторите через { $wait }.
refused-too-many-rooms = С вашего адреса создано слишком много комнат. Повторите через { $wait }.
refused-too-many-joins = С вашего адреса в эту комнату входит слишком много людей. Повторите через { $wait }.
refused-room-full = Комната заполнена: в ней уже { $limit ->
    [one] { $limit } человек
    [few] { $limit } человека
   *[other] { $limit } человек
}. Попробуйте, когда кто-нибудь выйдет.
refused-server-full = Сервер заполнен: на нём уже { $limit ->
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
refused-create-password-needed = Чтобы создать комнату на этом сервере, нужен пароль. Узнайте его у владельца сервера и укажите в --create-password-file ФАЙЛ.
refused-create-key-needed = Комнаты здесь создаёт только владелец сервера. Попросите у него ключ для этой комнаты и укажите его в --create-password-file ФАЙЛ.
refused-create-password-wrong = С этим паролем или ключом комнату не создать. Проверьте его или попросите у владельца сервера новый.
refused-too-many-own-rooms = С вашего адреса здесь уже { $limit ->
    [one] создана { $limit } комната
    [few] созданы { $limit } комнаты
   *[other] создано { $limit } комнат
}, больше нельзя. Войдите в одну из них или подождите, пока какая-нибудь закроется.
refused-too-many-connections = С одного адреса можно не больше { $limit ->
    [one] { $limit } соединения
   *[other] { $limit } соединений
} одновременно. Закройте одно и попробуйте снова.
refused-server-busy = У сервера не осталось свободных соединений. Попробуйте через минуту.
refused-invite-invalid = Это приглашение не действует: оно неполное, просрочено, использовано или аннулировано. Попросите новое или войдите с паролем комнаты.
refused-locked = Комната заперта: войти могут только те, кто в ней уже бывал. Попросите админа комнаты отпереть её: /отпереть.
refused-not-private = Это не та закрытая комната, где вы были: теперь под этим именем другая, и она не закрытая. Чтобы всё же войти в неё, наберите ту же команду в терминале: она спросит.
refused-not-private-of = Это не та закрытая комната, где вы были: теперь под этим именем другая, не закрытая, её ведёт { $who }. Чтобы всё же войти в неё, наберите ту же команду в терминале: она спросит.

## Имена участников (name-)

name-sign = Символ «{ $sign }» в этом месте имени не годится. Можно буквы, цифры, эмодзи, пробелы и . - _ ' ’ &, а в начале — букву, цифру, эмодзи или _.
name-no-letter = В имени нужна буква или эмодзи: одни цифры — это номера участников и видео.
name-reserved = Это служебное слово, как «админ», «off» или «все». Выберите другое имя.
name-no-such-member = В комнате нет участника { $name }. Кто здесь: /кто.
name-one-alike = Точно такого имени нет, но есть похожее — у #{ $number }. Если это тот участник, напишите #{ $number }.
name-several-alike = Похожих имён несколько. Напишите номер: { $numbers }.
name-looks-like = Слишком похоже на имя другого участника: { $name }. Выберите другое.
name-taken = Имя { $name } занято. Выберите другое.

## Баны (ban-)

ban-you = вы
ban-more = ещё { $count }
ban-same-address = С того же адреса, что и { $name }: { $others }.
ban-both-ways = /забанить { $name } адрес — бан всем с этого адреса, кроме админов; /забанить { $name } один — только участнику { $name }.
ban-how-far = Кого забанить?
ban-scope-address = всех с этого адреса, кроме админов
ban-scope-member = только участника { $name }
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
invite-before = Здесь смотрят видео вместе, прямо из терминала, в плеере mpv. Чтобы войти, выполните команду:
invite-after = Ещё нет watchtogether? Спросите у того, кто вас пригласил, где его взять.

## Ошибки команд (usage-)

usage-unknown = Команды /{ $typed } нет. Все команды: /помощь.
usage-unknown-nearest = Команды /{ $typed } нет. Может быть, /{ $nearest }?
usage-missing = Пишите так: { $usage }
usage-unreadable = Непонятно: { $given }. Пишите так: { $usage }
usage-rate = Скорость { $given } не подходит: нужна от 0,25 до 4, обычная — 1.
usage-sixty = Непонятно: { $given }. Минуты и секунды — до 59, как в 1:02:03; просто 99 — это 99 секунд.
usage-emote-name = Смайл нельзя назвать { $given }: нужно от 2 до 20 букв, цифр и _, например /смайл :ура: гип-гип!
usage-emote-wide = Слишком широко: { $given }. Смайл занимает не больше 32 столбцов.
usage-emote-text = { $given } — это текст, а реакцией бывает только эмодзи. Напишите его в чат.
usage-no-emote = Нет ни эмодзи, ни смайла { $given }.
usage-not-playlist = { $given } — не плейлист YouTube: в его ссылке есть list=. Одно видео добавляет /добавить ССЫЛКА.
usage-link-for-list = { $given } — ссылка, а здесь нужно имя сохранённого плейлиста. Включить видео: /играть ССЫЛКА. Добавить в очередь: /добавить ССЫЛКА.
usage-not-subtitles = В { $given } нет файла субтитров: ссылка заканчивается на .srt, .vtt или .ass.
usage-offers-subtitles = Предложить всем файл субтитров: /файл-субтитров ССЫЛКА. А /субтитры выбирает из тех, что есть у видео.
usage-chooses-subtitles = /файл-субтитров предлагает файл всем. Свои выбирают командой /субтитры, например /субтитры 2 или /субтитры выкл.
usage-too-far = Слишком далеко: { $given }. Таких длинных видео не бывает.
usage-not-askable = Об этом попросить нельзя: { $given }. Можно: пауза, продолжить, перейти, глава, назад, дальше, скорость, начать, а с номером — играть, принять, отклонить, убрать, переместить. Например: /просить принять #3.
usage-address = { $given } — не веб-адрес вроде https://watch.example.org/r/movie-night.
usage-address-scheme = { $given } — неполный адрес. Нужен такой: https://watch.example.org/r/movie-night.
usage-address-not-http = { $given } — не сервер: его адрес начинается с http:// или https://.
usage-address-credentials = Уберите из адреса имя пользователя и пароль.
usage-address-long = Слишком длинный адрес.
usage-address-signs = В адресе не может быть кавычек, знаков доллара и подобных символов.
usage-address-room = В { $given } не указана комната. Приглашение заканчивается на /r/КОМНАТА, например https://watch.example.org/r/movie-night.
usage-room = { $given } не подходит как имя комнаты. Нужно от 2 до 40 строчных латинских букв (a-z), цифр и дефисов, например movie-night.
usage-room-too-long = Слишком длинно для комнаты: в имени не больше { $name } знаков, в названии — { $title }.
usage-too-long = Слишком длинно: можно не больше { $max ->
    [one] { $max } символа
   *[other] { $max } символов
}.
usage-empty = Здесь нет ни одного видимого символа.
usage-not-a-message = { $typed } — это команда, поэтому ничего не отправлено. Команды работают в комнате: watchtogether join.
usage-password-in-line = Отправьте /закрытая без пароля: его спросят отдельно.
usage-invite-token = Приглашение скопировано не целиком: после # должно быть 32 знака. Скопируйте ссылку полностью.
usage-invite-lasts = Приглашение действует от 1 минуты до 30 дней: --срок 90м, 12ч или 7д.
usage-invite-uses = По приглашению может войти от 1 до { $most } человек.
usage-invite-role = По приглашению входят зрители или модераторы. Сделать админом: /админ ИМЯ.
usage-delay = Время { $given } не подходит: нужно от 1 до 86400 секунд (сутки) или «выкл».

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
request-start-off = { $you ->
    [yes] Вы попросили админов не ждать в лобби.
   *[no] { $who } просит не ждать в лобби.
}
request-start-all = { $you ->
    [yes] Вы попросили админов начать, когда все будут готовы.
   *[no] { $who } просит начать, когда все будут готовы.
}
request-start-ready = { $you ->
    [yes] Вы попросили админов начать, когда будет готово не меньше { $count }.
   *[no] { $who } просит начать, когда будет готово не меньше { $count }.
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
    [yes] Вы попросили админов разрешить { $what }.
   *[no] { $who } просит разрешить { $what }.
}
request-granted-by = Разрешить: { $command }.
request-ask-for = Попросить: { $command }.

## Уведомления (notice-)

notice-not-played = Не получилось включить видео. { $why }
notice-not-connected = Нет связи: в комнате ничего не изменилось.
notice-server-error = Сервер не понял сообщение вашей программы: { $reason }
notice-out-of-date = Нет связи. Так было, когда она прервалась:
notice-unbanned = Участник { $name } больше не забанен.
notice-unbanned-by = { $you ->
    [yes] Вы сняли бан с участника { $name }.
   *[no] { $who } снимает бан с участника { $name }.
}
notice-acting-admin = { $you ->
    [yes] Вы временный админ, пока не вернётся админ.
   *[no] { $who } — временный админ, пока не вернётся админ.
}
notice-acting-admin-until = { $you ->
    [yes] Вы временный админ, пока не вернётся { $admin }.
   *[no] { $who } — временный админ, пока не вернётся { $admin }.
}
notice-emote = Теперь { $name } — это { $text }.
notice-emote-hides = Теперь { $name } — это { $text }, а не { $emoji }.
notice-emote-gone = Смайла { $name } больше нет.
notice-titled = Комната теперь называется { $title }.
notice-titled-by = { $you ->
    [yes] Вы назвали комнату { $title }.
   *[no] { $who } называет комнату { $title }.
}
notice-untitled = У комнаты больше нет названия.
notice-untitled-by = { $you ->
    [yes] Вы убрали название комнаты.
   *[no] { $who } убирает название комнаты.
}
notice-heir = { $you ->
    [yes] Вы преемник: станете админом, если админов не останется.
   *[no] { $who } — преемник: станет админом, если админов не останется.
}
notice-only-here = Комната доступна только с этого компьютера. Для друзей в вашей сети: `watchtogether host КОМНАТА --lan`. Для остальных: туннель и `host КОМНАТА --public-url АДРЕС` или свой сервер. Есть приглашение? /войти ССЫЛКА
notice-only-here-no-network = Сеть не найдена, поэтому комната доступна только с этого компьютера. Подключитесь к Wi-Fi или по кабелю и откройте её снова с --lan. Есть приглашение? /войти ССЫЛКА
notice-only-here-not-ours = Комната доступна только с этого компьютера. Есть приглашение в другую? /войти ССЫЛКА
notice-room-name-mended = «{ $written }» в ссылках и командах — комната { $room }.
notice-heir-by = { $own ->
    [yes] { $who } назначает вас преемником: вы станете админом, если админов не останется.
   *[no] { $you ->
        [yes] Вы назначили участника { $heir } преемником на случай, если админов не останется.
       *[no] { $who } назначает участника { $heir } преемником на случай, если админов не останется.
    }
}
notice-on-lan = Эта комната открыта в вашей локальной сети. Остальные заходят так:
notice-on-lan-command = watchtogether join { $invite }
notice-on-lan-or = или: watchtogether join { $invite }
notice-tunnelled = Сервер этой комнаты слушает на этом компьютере по адресу { $server }: туда и должен вести ваш туннель или прокси.
notice-tokens-overdue = Диск не отвечает, поэтому не удалось узнать, кем вы были в этой комнате. Она может принять вас за нового участника.
notice-room-created = Вы создали эту комнату. Остальные заходят так: watchtogether join { $invite }
notice-room-is-new = { $unlisted ->
    [yes] Это новая комната, и она ваша: войти может каждый, кто знает её имя.
   *[no] Это новая комната, и она ваша: найти её и войти может каждый.
} Если вы ждали встретить здесь других, их комната закончилась или называется иначе. Пускать только по паролю: /закрытая
notice-room-nearby = Здесь идёт комната { $room }. Если вам нужна она: /войти { $room }
notice-private-room-created = Вы создали эту комнату. Создать ссылку, по которой остальные войдут без пароля: /пригласить
notice-made-private = Это закрытая комната: для входа нужен пароль, который вы задали, или приглашение.
notice-already-exists = Такая комната уже есть, поэтому её название и доступ остались прежними.
notice-password-unused = У этой комнаты нет пароля, ваш не понадобился.
notice-name-changed = В этой комнате вас зовут { $name }. Сменить имя: /имя ИМЯ.
notice-name-shortened = «{ $whole }» длиннее { $most } знаков, которые помещаются в имя, поэтому вас зовут { $name }. Другое имя — { $command } ИМЯ.
notice-name-kept = В этой комнате вас по-прежнему зовут { $name }. { $why }
notice-cannot-seek = Вы расходитесь с комнатой на { $off }, а перемотать это видео нельзя: его сервер не отдаёт файл по частям. Поможет ссылка с другого сервера.
notice-time-jumps = В этом видео сбиты метки времени, поэтому дальше плееры идут не синхронно. Выровнять их может админ: /перейти.
notice-ends-early = Ваша копия видео здесь закончилась, а комната смотрит дальше. Плеер присоединится на следующем видео или когда комната вернётся к той части, которая у вас есть.
notice-begins-later = В вашей копии нет начала, поэтому у вас не та сцена: разница { $off }. /заново откроет видео ещё раз.
notice-begins-earlier = Ваша копия начинается раньше, чем у комнаты, поэтому у вас не та сцена: разница { $off }. Может помочь, если админ введёт /заново.
notice-part-missing = В потоке не хватает куска, пропускаем.
notice-part-missing-at = В потоке не хватает куска на { $at }, пропускаем.
notice-part-missing-length = В потоке не хватает куска ({ $length }), пропускаем.
notice-part-missing-at-length = В потоке не хватает куска на { $at } ({ $length }), пропускаем.
notice-tries-again = { $problem } Пробуем снова; не ждать: /заново.
notice-paused = { $you ->
    [yes] Вы поставили паузу на { $at }.
   *[no] { $who }: пауза на { $at }.
}
notice-resumed = { $you ->
    [yes] Вы продолжили с { $at }.
   *[no] { $who }: смотрим дальше с { $at }.
}
notice-rate-now = Скорость { $rate }×
notice-rate = { $you ->
    [yes] Вы поставили скорость { $rate }×.
   *[no] { $who }: скорость { $rate }×.
}
notice-jumped = { $you ->
    [yes] Вы перемотали с { $from } на { $to }.
   *[no] { $who }: перемотка с { $from } на { $to }.
}
notice-jumped-hint = Вернуть: /назад.
notice-jump-undone = { $you ->
    [yes] Вы отменили перемотку: с { $from } назад на { $to }.
   *[no] { $who } отменяет перемотку: с { $from } назад на { $to }.
}
notice-skipped = { $you ->
    [yes] Вы включили следующее видео.
   *[no] { $who } включает следующее видео.
}
notice-countdown = { $you ->
    [yes] Вы начали отсчёт: 3, 2, 1.
   *[no] { $who } начинает отсчёт: 3, 2, 1.
}
notice-countdown-hint = Остановить: /пауза.
notice-starts = { $you ->
    [yes] Вы запускаете видео: 3, 2, 1.
   *[no] { $who } запускает видео: 3, 2, 1.
}
notice-starts-ready = Готовы! Начинаем: 3, 2, 1.
notice-starts-time = Пора! Начинаем: 3, 2, 1.
notice-start-set = { $you ->
    [yes] Вы назначили начало: { $when }.
   *[no] { $who } назначает начало: { $when }.
}
notice-start-next = { $you ->
    [yes] Начало следующего видео: { $when }.
   *[no] { $who } назначает начало следующего видео: { $when }.
}
notice-start-next-hint = Включите его: /играть ССЫЛКА. До начала оно подождёт в лобби.
notice-lobby-closed = { $you ->
    [yes] Вы закрыли лобби. Видео на паузе.
   *[no] { $who } закрывает лобби. Видео на паузе.
}
notice-lobby-closed-hint = Смотреть: /продолжить.
notice-start-off = { $you ->
    [yes] Вы отменили назначенное начало.
   *[no] { $who } отменяет назначенное начало.
}
notice-ready-again = Видео теперь другое: отметьтесь ещё раз, что вы готовы.
notice-lobby-hint = Будете готовы — наберите /готово.
notice-start-missed = Назначенное время прошло.
notice-start-missed-hint = Начать: /начать.
notice-finished = Видео закончилось, очередь пуста. Добавить ещё: /добавить ССЫЛКА.
notice-finished-approve = Видео закончилось. { $proposed ->
    [one] { $proposed } предложение ждёт решения: /принять.
    [few] { $proposed } предложения ждут решения: /принять.
   *[many] { $proposed } предложений ждут решения: /принять.
}
notice-finished-proposed = Видео закончилось. { $proposed ->
    [one] { $proposed } предложение ждёт решения админа.
    [few] { $proposed } предложения ждут решения админа.
   *[many] { $proposed } предложений ждут решения админа.
}
notice-finished-again = Посмотреть ещё раз: /продолжить.
notice-put-back = Дальше в очереди: { $title }, с того же места.
notice-plays-again = { $you ->
    [yes] Вы снова включили это видео с начала.
   *[no] { $who }: смотрим это видео ещё раз с начала.
}
notice-nothing-on = Ждём видео… Добавьте его в терминале: /добавить ССЫЛКА. За ссылки отвечают те, кто их даёт; сам сервис ничего не хранит.
notice-nothing-on-invite = Ждём видео… Добавьте его в терминале: /добавить ССЫЛКА. Друзья заходят так: watchtogether join { $invite }  За ссылки отвечают те, кто их даёт; сам сервис ничего не хранит.
video-foreign-file = Видео комнаты продолжается: файлом с вашего компьютера поделиться нельзя. Ссылкой можно: /добавить ССЫЛКА.
video-foreign-link = Видео комнаты продолжается. Включить ваше для всех: /играть { $link }
video-foreign-link-viewer = Видео комнаты продолжается. Предложить ваше: /добавить { $link }
video-input-hint = Enter — отправить, Esc — отмена
video-key-drop = Бросить
video-key-drop-does = брошенное в окно не включится у всех; для ссылки: /играть ◆, /добавить
video-key-osd = сколько надписей на видео: полные, важные, выкл
video-key-own = Свои
video-key-own-does = клавиши из вашего mpv остаются вашими; --no-player-keys не займёт ни одной
video-key-pause = пауза; если решают админы, второе нажатие их попросит
video-key-react = реакция
video-key-ready = в лобби: вы готовы или ещё нет
video-key-scripts = Скрипты
video-key-scripts-does = ваши скрипты mpv выключены; --player-scripts загрузит их
video-key-sync = показать, синхронно ли идёт видео
video-key-write = написать в чат или ввести команду прямо поверх видео
video-keys = В окне видео
video-no-connection = Нет связи с комнатой, переподключаемся…
video-line-kept = Строка, которую вы писали поверх видео, цела: она вернётся вместе с окном, а здесь её покажет ↑.
video-only-in-terminal = Это работает только в терминале.
video-osd-full = Поверх видео: чат, реакции и действия других. Показывать меньше: /надписи важные.
video-osd-off = Поверх видео ничего нет. Показывать чат и прочее: /надписи полные.
video-osd-quiet = Поверх видео: только то, что касается вашего просмотра. Показывать больше: /надписи полные.
video-proposed = { $who } предлагает { $title }. Одобрить: /принять #{ $number }
video-subtitles-offered = { $who } предлагает субтитры: { $name }, с { $host }. Включить: Enter, затем /файл-субтитров да
video-subtitles-offered-terminal = { $who } предлагает субтитры: { $name }, с { $host }. Включить в терминале: /файл-субтитров да
video-started = Сейчас: { $title }
video-lobby-hint = Готовы? Нажмите пробел.
video-lobby-hint-terminal = Готовы? Наберите /готово в терминале.
video-waiting-several = Ждём: { $names }
video-asks-for-pause = { $who } просит паузу. Нажмите пробел.
video-asks-to-resume = { $who } просит продолжить. Нажмите пробел.
video-waiting-at-most = { $you ->
    [yes] Ждём ваше видео, до { $at_most }.
   *[no] Ждём: { $who }, до { $at_most }.
}
video-waiting = { $you ->
    [yes] Ждём, пока у вас подгрузится видео
   *[no] Ждём: { $who }
}
notice-quality-fixed = У этой ссылки только одно качество; ваш выбор действует для видео с YouTube.
notice-subtitles-offered = { $you ->
    [yes] Вы предлагаете всем субтитры: { $name }, с { $host }. Включить: /файл-субтитров да
   *[no] { $who } предлагает субтитры: { $name }, с { $host }. Включить: /файл-субтитров да
}
notice-own-volume = Громкость { $volume } %
notice-own-volume-most = Громкость { $volume } %, громче плеер не может
notice-own-muted = Звук выключен (громкость { $volume } %)
notice-own-fullscreen = На весь экран
notice-own-window = Снова в окне
notice-own-subtitles = Субтитры: { $name }
notice-own-subtitles-off = Субтитры выключены
notice-own-subtitles-already = Эти субтитры у вас уже включены.
notice-own-no-subtitles = У этого видео нет субтитров.
notice-own-subtitle-list = Субтитры. Выбрать: /субтитры НОМЕР, без них: /субтитры выкл
notice-own-subtitles-on-time = Субтитры без сдвига
notice-own-subtitles-later = Субтитры на { $by } позже
notice-own-subtitles-sooner = Субтитры на { $by } раньше
notice-own-subtitles-not-fetched = Не удалось загрузить субтитры: { $why }
notice-own-subtitles-large = Файл субтитров слишком большой: больше 5 МБ.
notice-own-subtitles-none = По этой ссылке не субтитры.
notice-own-subtitles-changed = Субтитры не успели загрузиться: включилось другое.
notice-own-subtitles-unreadable = mpv не может прочитать эти субтитры.
notice-own-audio = Дорожка: { $name }
notice-own-audio-off = Звуковая дорожка не выбрана
notice-own-no-audio = У этого видео нет звука.
notice-own-chapter-list = Главы. Перейти: /{ $command } НОМЕР, НАЗВАНИЕ, след или пред
notice-own-audio-list = Звуковые дорожки. Выбрать: /дорожка НОМЕР
notice-own-offset-none = Поправки на звук нет ({ $device }). Если устройство опаздывает на 40 мс: /сдвиг +40
notice-own-offset-late = Звук подаётся на { $by } раньше, потому что устройство опаздывает на столько же ({ $device }).
notice-own-offset-early = Звук подаётся на { $by } позже, потому что устройство спешит на столько же ({ $device }).
own-device-unknown = звука ещё не было
own-sound-delay-later = Настройка audio-delay в mpv: вы слышите звук на { $by } позже остальных.
own-sound-delay-sooner = Настройка audio-delay в mpv: вы слышите звук на { $by } раньше остальных.
notice-own-quality = Качество: до { $lines } строк.
notice-own-quality-best = Качество: лучшее.
notice-own-quality-audio = Только звук.
notice-own-quality-usual = Качество: до 1080 строк, другого вы не выбирали.
own-quality-reopens = Видео открывается заново.
own-quality-next = Подействует со следующего видео.
own-quality-later = Подействует, когда плеер снова откроется: /заново
notice-own-refused = mpv этого не сделал.
notice-own-picture = Теперь в картинке { $lines } строк.
track-unnamed = дорожка { $number }
track-place = { $number } из { $of }
track-default = по умолчанию
track-forced = показывать всегда
track-external = из файла
track-more = … и ещё { $count }: выбирайте по номеру
notice-stalled-lighter = Видео уже дважды подгружалось. Может помочь качество пониже: /качество 480.
notice-stalled-fixed = Видео уже дважды подгружалось, а качество у ссылки только одно. Поможет пауза подольше: /просить. Чтобы вас не ждали: /неждать.
notice-woke = Компьютер спал { $slept }. Догоняем комнату.
notice-waiting = { $you ->
    [yes] У вас подгружается видео, ждём не дольше { $at_most }.
   *[no] { $who }: видео подгружается, ждём не дольше { $at_most }.
}
notice-waiting-hint = Не ждать: /вперёд.
notice-wait-over-short = { $you ->
    [yes] Вас больше не ждём, смотрим дальше.
   *[no] { $who }: больше не ждём, смотрим дальше.
}
notice-wait-over = { $you ->
    [yes] Ждали вас { $took }, смотрим дальше.
   *[no] { $who }: ждали { $took }, смотрим дальше.
}
notice-waits = Теперь комната ждёт, если у кого-то подгружается видео.
notice-waits-off = Комната больше не ждёт, если у кого-то подгружается видео.
notice-waits-now = Комната ждёт, если у кого-то подгружается видео.
notice-waits-now-off = Комната не ждёт, если у кого-то подгружается видео.
notice-waits-by = { $you ->
    [yes] Вы включили ожидание: комната ждёт, если у кого-то подгружается видео.
   *[no] { $who } включает ожидание: комната ждёт, если у кого-то подгружается видео.
}
notice-waits-off-by = { $you ->
    [yes] Вы выключили ожидание: комната не ждёт, если у кого-то подгружается видео.
   *[no] { $who } выключает ожидание: комната не ждёт, если у кого-то подгружается видео.
}
notice-waits-small = Нас мало, поэтому комната ждёт, если у кого-то подгружается видео.
notice-waits-large = Нас много, поэтому комната больше не ждёт, если у кого-то подгружается видео.
notice-approved = { $you ->
    [yes] Вы одобрили { $entry }.
   *[no] { $who } одобряет { $entry }.
}
notice-moved = { $you ->
    [yes] Вы переставили { $entry } на { $place }-е место в очереди.
   *[no] { $who } переставляет { $entry } на { $place }-е место в очереди.
}
notice-rejected = { $own ->
    [yes] Ваше предложение { $entry } отклонено.
   *[no] Предложение { $entry } отклонено (предлагает { $by }).
}
notice-rejected-by = { $you ->
    [yes] Вы отклонили
   *[no] { $who } отклоняет
} { $own ->
    [yes] ваше предложение { $entry }.
   *[no] { $entry } (предлагает { $by }).
}
notice-withdrawn = { $you ->
    [yes] Вы отозвали { $entry }.
   *[no] { $who } отзывает { $entry }.
}
notice-removed = { $entry } больше нет в очереди.
notice-removed-by = { $you ->
    [yes] Вы убрали { $entry } из очереди.
   *[no] { $who } убирает { $entry } из очереди.
}
notice-rejected-together = { $you ->
    [yes] Вы отклонили
   *[no] { $who } отклоняет
} { $count ->
    [one] { $count } предложение.
    [few] { $count } предложения.
   *[other] { $count } предложений.
}
notice-taken-back = { $you ->
    [yes] Вы убрали
   *[no] { $who } убирает
} из очереди { $count } видео.
notice-queued-together = { $you ->
    [yes] { $how ->
        [proposed] Вы предложили
       *[added] Вы добавили в очередь
    }
   *[no] { $who } { $how ->
        [proposed] предлагает
       *[added] добавляет в очередь
    }
} { $count } видео.
notice-queued-known = Ещё { $count } там уже было.
notice-queued-left-out = { $count } не поместилось в очередь.
notice-queued-take-back = Передумали? /{ $command } #{ $first }-#{ $last }
notice-queued-take-back-one = Передумали? /{ $command } #{ $number }
notice-only-the-first = За один раз в очередь идут только первые { $queued }; не вошло ещё { $count }.
notice-list-saved = Очередь сохранена как { $name } ({ $count } видео).
notice-list-left-out = { $count ->
    [one] { $count } предложение не вошло.
    [few] { $count } предложения не вошли.
   *[other] { $count } предложений не вошло.
}
notice-list-load = Вернуть в очередь: /{ $command } { $short }
notice-list-removed = Плейлист { $name } удалён с этого компьютера. Вернуть: /{ $command } { $short } вкл
notice-list-back = Плейлист { $name } снова здесь. Добавить в очередь: /{ $command } { $short }
notice-saved-lists-none = На этом компьютере нет сохранённых плейлистов. /{ $command } ИМЯ сохранит очередь.
notice-saved-lists = Сохранённые плейлисты: { $names }. /{ $command } ИМЯ добавит один из них в очередь.
notice-gave-way = { $own ->
    [yes] Ваше предложение { $entry } уступает место другому.
   *[no] Предложение { $entry } уступает место другому (предлагает { $by }).
}
notice-who = В комнате { $count }:
notice-who-not-admin = не админ { $admin }
notice-who-acting = временный админ
notice-who-muted = без чата
notice-who-not-waited-for = не ждём
notice-bans = Забанены в этой комнате (снять бан может админ: /разбанить):
notice-bans-none = В этой комнате никто не забанен.
notice-bans-by = админ: { $you ->
    [yes] вы
   *[no] { $by }
}
notice-bans-by-address = админ: { $you ->
    [yes] вы
   *[no] { $by }
}, вместе с адресом
notice-player-ready = Плеер готов.
notice-player-loading = Открываем видео.
notice-player-playing = Видео идёт.
notice-player-paused = Пауза.
notice-player-buffering = Видео подгружается.
notice-bans-by-operator = владелец сервера
notice-bans-by-operator-address = владелец сервера, вместе с адресом
notice-announcement = От владельца сервера: { $text }
notice-server-stops = Сервер остановится через { $after }. Комната сохранится, программа подключится снова сама.
notice-server-stops-now = Сервер остановится через { $after }.
notice-node-stops = Этот сервер остановится через { $after }. Комната продолжит работу на другом, программа подключится к нему сама.
notice-node-stops-now = Через { $after } программа подключится к другому серверу.
notice-server-stays = Сервер продолжает работать: остановка отменена.
notice-storage-away = Хранилище сервера сейчас недоступно. Смотрите дальше: чат и команды снова заработают, когда оно вернётся.
notice-storage-back = Хранилище сервера снова доступно: чат и команды работают.
notice-visibility = { $visibility ->
    [public] Теперь комната открытая: её видно в галерее, войти может любой.
    [unlisted] Теперь комната скрытая: войти может любой, кто знает её имя.
   *[private] Теперь комната закрытая: новым участникам нужен пароль или приглашение.
}
notice-visibility-by = { $you ->
    [yes] Теперь комната
   *[no] { $who }: теперь комната
} { $visibility ->
    [public] открытая, её видно в галерее, войти может любой.
    [unlisted] скрытая, войти может любой, кто знает её имя.
   *[private] закрытая, новым участникам нужен пароль или приглашение.
}
notice-password-changed = Пароль комнаты изменён.
notice-password-changed-by = { $you ->
    [yes] Вы сменили пароль комнаты.
   *[no] { $who }: у комнаты новый пароль.
}
notice-password-follows = Введите новый пароль комнаты следующей строкой. Здесь он будет виден.
notice-invite-link = Приглашение #{ $invite } без пароля, на { $lasts }, для { $role ->
    [moderator] { $uses ->
        [one] { $uses } модератора
       *[other] { $uses } модераторов
    }
   *[viewer] { $uses ->
        [one] { $uses } зрителя
       *[other] { $uses } зрителей
    }
} (отменить: /аннулировать #{ $invite })
notice-invite-only-here = На других компьютерах эта ссылка никуда не ведёт: для друзей откройте комнату через host с --lan или --public-url.
notice-invite-link-unnumbered = Приглашение без пароля, на { $lasts } (номер покажет /приглашения)
notice-invite-created = { $who }: новое приглашение #{ $invite } для { $role ->
    [moderator] модераторов.
   *[viewer] зрителей.
}
notice-invite-revoked = { $you ->
    [yes] Вы аннулировали приглашение #{ $invite }.
   *[no] { $who }: приглашение #{ $invite } аннулировано.
}
notice-invites = Приглашения (отменить: /аннулировать #N):
notice-invites-none = Приглашений нет. Создать: /пригласить.
notice-invites-row = для { $role ->
    [moderator] модераторов
   *[viewer] зрителей
}, осталось входов: { $uses }, ещё { $lasts }
notice-invites-row-by = для { $role ->
    [moderator] модераторов
   *[viewer] зрителей
}, осталось входов: { $uses }, ещё { $lasts }, автор: { $you ->
    [yes] вы
   *[no] { $by }
}
notice-invite-days = { $days ->
    [one] { $days } день
    [few] { $days } дня
   *[other] { $days } дней
}
notice-rooms-unkept = После выхода эта комната не сохранится: не удаётся использовать { $path }: { $why }.
notice-rooms-unkept-damaged = После выхода эта комната не сохранится: файл { $path } повреждён или создан другой программой. Уберите его, чтобы начать заново.
notice-rooms-unkept-newer = После выхода эта комната не сохранится: файл { $path } создан более новой версией watchtogether. Обновите эту.
notice-rooms-unkept-away = После выхода эта комната не сохранится: { $path } сейчас не читается и не записывается.
notice-rooms-unkept-in-use = После выхода эта комната не сохранится: сохранённые комнаты уже открыты в другом watchtogether на этом компьютере.
notice-rooms-unkept-no-folder = После выхода эта комната не сохранится: нет домашней папки, где её хранить.
notice-new-room-of-same-name = Это новая комната с тем же именем: прежних очереди и чата больше нет.
notice-erased-all = { $you ->
    [yes] Вы стёрли
   *[no] { $who } стирает
} { $own ->
    [yes] { $count ->
        [one] { $count } { $you ->
            [yes] своё
           *[no] ваше
        } сообщение
        [few] { $count } { $you ->
            [yes] своих
           *[no] ваших
        } сообщения
       *[other] { $count } { $you ->
            [yes] своих
           *[no] ваших
        } сообщений
    }
   *[no] { $count ->
        [one] { $count } сообщение
        [few] { $count } сообщения
       *[other] { $count } сообщений
    } участника { $author }
}.
notice-slow-by = { $you ->
    [yes] Вы включили
   *[no] { $who } включает
} медленный режим: зрители пишут не чаще раза в { $wait }.
notice-slow-off-by = { $you ->
    [yes] Вы выключили
   *[no] { $who } выключает
} медленный режим.
notice-slow = Медленный режим включён: зрители пишут не чаще раза в { $wait }.
notice-slow-off = Медленный режим выключен.
notice-locked-by = { $you ->
    [yes] Вы заперли
   *[no] { $who } запирает
} комнату: войти могут только те, кто здесь уже бывал.
notice-locked-hint = Отпереть: /отпереть.
notice-unlocked-by = { $you ->
    [yes] Вы отперли
   *[no] { $who } отпирает
} комнату: снова могут входить новые участники.
notice-locked = Комната заперта: войти могут только те, кто здесь уже бывал.
notice-unlocked = Комната не заперта.
notice-newcomers-by = { $you ->
    [yes] Вы ограничили
   *[no] { $who } ограничивает
} новичков: сначала { $wait } они только смотрят.
notice-newcomers-off-by = { $you ->
    [yes] Вы сняли
   *[no] { $who } снимает
} ограничение для новичков: писать и предлагать видео они могут сразу.
notice-newcomers = Новички сначала { $wait } только смотрят.
notice-newcomers-off = Новичкам сразу можно писать и предлагать видео.
notice-observers-chat-by = { $you ->
    [yes] Вы открыли
   *[no] { $who } открывает
} чат наблюдателям: новые сообщения видны снаружи.
notice-observers-chat-off-by = { $you ->
    [yes] Вы закрыли
   *[no] { $who } закрывает
} чат от наблюдателей.
notice-observers-chat = Наблюдатели видят новые сообщения чата.
notice-observers-chat-off = Наблюдатели чат не видят.
notice-reported = { $who } жалуется на участника { $author }.
notice-reported-reason = { $who } жалуется на участника { $author }: { $reason }.
notice-reported-line = Сообщение #{ $number }: { $text }.
notice-reported-line-gone = Сообщения #{ $number } уже нет.
notice-reported-next = Можно /заглушить, /очистить или /выгнать { $author }.
notice-report-taken = Ваша жалоба на участника { $name } передана модераторам.
notice-report-kept = Разобрать жалобу на участника { $name } сейчас некому. Её увидит следующий модератор или админ, который придёт.
notice-report-kept-own = Разобрать жалобу на участника { $name } сейчас, кроме вас, некому: /заглушить, /очистить или /выгнать.

## Почему что-то не вышло (why-)

why-not-connected-pause = Нет связи: до комнаты пауза не дошла.
why-not-connected = Нет связи: до комнаты это не дошло. Возвращения связи ждут только сообщения, остальное повторите потом.
why-too-many-unsent = Нет связи, и отправки уже ждут сообщения ({ $most }). Отправьте это, когда связь вернётся.
why-proxy = Попросите владельца сервера пропускать через прокси заголовок Upgrade.
why-address = Проверьте адрес и то, что сервер запущен.
why-nothing-to-watch = Открытой комнаты { $room }, за которой можно следить снаружи, здесь нет.
why-removed = Вас удалили из комнаты { $room } ({ $who }).
why-banned = Вас забанили в комнате { $room } ({ $who }). Снять бан может админ комнаты: /разбанить.
why-unknown = Сервер отказал ({ $code }).
why-server-says = Сервер отвечает: { $text }.
why-unanswered = Вы вышли, не дождавшись ответа комнаты.
why-player-closed = Плеер закрыт. Открыть его снова: /заново
why-player-frozen = Плеер не отвечает. Перезапустить его: /заново
why-no-player = Плеера нет: вы зашли с --no-player.
why-tried-already = Уже пробуем снова.
why-not-offered = Никому не предложено. { $why }
why-no-subtitles-offered = К этому видео субтитров не предлагали. Предложить: /файл-субтитров ССЫЛКА
why-no-such-audio = Такой дорожки нет. Список: /дорожка
why-no-such-subtitles = Таких субтитров нет. Список: /субтитры
why-nothing-wrong = С плеером всё в порядке, перезапускать нечего. Если это не так, закройте mpv и введите /заново.
why-not-ready = Ваш плеер не может воспроизвести то, что ждёт начала, поэтому вы пока не в числе готовых. Попробовать ещё раз: /заново.
why-not-ready-closed = Ваш плеер не открывает то, что ждёт начала, поэтому вы пока не в числе готовых: ссылка ведёт в локальную сеть. Если доверяете этой комнате, откройте её: /доверять.
why-reads-on = { $reading } Если дальше не пойдёт, закройте mpv и введите /заново.
why-no-playlist = Плейлист не открывается. { $problem }
why-no-playlist-ytdl = { $missing } Установите его и снова отправьте { $command }.
why-playlists-wait = Предыдущие плейлисты ещё загружаются. Повторите, когда они появятся в очереди.
why-nothing-to-queue = В нём нет видео, которые можно поставить в очередь.
why-no-chapters = В этом видео нет глав.
why-no-such-chapter = Такой главы нет: в видео { $count ->
    [one] { $count } глава.
    [few] { $count } главы.
   *[other] { $count } глав.
} Список: /{ $command }.
why-nothing-to-save = Очередь пуста, сохранять нечего.
why-only-proposals-to-save = В очереди одни предложения, а их /сохранить не сохраняет.
own-file-damaged = Файл { $path } повреждён. Он сохранён как { $aside } и не используется.
own-file-settings = Файл config.toml изменился, но применить его нельзя, поэтому всё остаётся как было. { $why }
own-file-too-many-lists = Сохранено уже { $count } плейлистов, больше не помещается. /сохранить ИМЯ выкл удалит ненужный, /загрузить покажет список.
own-file-unusable = Не удаётся сохранять или читать файлы на этом компьютере: { $why }
why-no-such-list = Плейлиста с таким именем нет. Список: /загрузить.
why-no-removed-list = Среди удалённых нет плейлиста с таким именем.
why-no-screen = Для этого нужен экран: зайдите из терминала, без --json.
why-room-closed = { $you ->
    [yes] Вы закрыли комнату { $room }.
   *[no] Комната { $room } закрыта для всех ({ $who }).
  }

## Связь (connection-)

connection-connecting = Подключаемся к { $server }.
connection-connected = Вы на связи.
connection-reconnecting = { $why } Новая попытка через { $after }; /заново — сразу.
connection-interrupted = { $why } Пробуем снова; не ждать: /заново.
connection-closed = Вы вышли.
connection-unreachable = Сервер недоступен ({ $error }).
connection-not-a-server = По этому адресу нет сервера watchtogether ({ $error }).
connection-no-websockets = По этому адресу есть сервер watchtogether, но прокси перед ним не пропускает WebSocket ({ $error }).
connection-no-answer = Сервер не отвечает.
connection-lost = Связь прервалась ({ $error }).
connection-silent = Сервер перестал отвечать.
connection-host-left = Комната жила на компьютере того, кто её открыл, а он вышел: она вернётся, когда её откроют снова.
connection-closed-by-server = Сервер закрыл соединение.
connection-tls-expired = Срок действия сертификата сервера истёк.
connection-tls-expired-next = Попросите владельца сервера обновить сертификат. Если срок ещё не вышел, проверьте дату на этом компьютере.
connection-tls-not-yet-valid = Сертификат сервера ещё не действует.
connection-tls-not-yet-valid-next = Проверьте дату и время на этом компьютере; если они верны, сообщите владельцу сервера.
connection-tls-unknown-issuer = Сертификат сервера выдан центром, которому этот компьютер не доверяет.
connection-tls-unknown-issuer-next = Если вы доверяете этому центру, укажите его сертификат: --ca-file ФАЙЛ. Иначе сообщите владельцу сервера: возможно, не хватает промежуточного сертификата.
connection-tls-self-signed = Сертификат сервера самоподписанный: за него никто не ручается.
connection-tls-self-signed-next = Если сервер вам знаком, возьмите сертификат у его владельца и укажите: --ca-file ФАЙЛ.
connection-tls-authority = Сервер предъявляет сертификат из вашего --ca-file, а это сертификат центра, а не сервера.
connection-tls-authority-next = Владельцу сервера нужен сертификат, выданный этим центром, или самоподписанный с CA:FALSE.
connection-tls-other-name = Сертификат сервера выдан на другое имя.
connection-tls-other-names = Сертификат сервера выдан на { $names }, а не на этот адрес.
connection-tls-other-name-next = Проверьте адрес: сервер в нём должен называться так же, как в сертификате.
connection-tls-revoked = Сертификат сервера отозван.
connection-tls-untrusted = Сертификат сервера не принят.
connection-tls-untrusted-next = Не вводите там пароль; сообщите владельцу сервера.
connection-tls-no-agreement = У сервера и этой программы нет общего способа защитить соединение.
connection-tls-no-agreement-next = Владельцу сервера нужно разрешить TLS 1.2 или новее.
connection-tls-speaks-http = Этот порт отвечает по http, а не по https.
connection-tls-speaks-http-next = Для соединения без шифрования возьмите этот адрес: { $address }
connection-tls-speaks-https = Этот порт отвечает по https, а не по http.
connection-tls-speaks-https-next = Возьмите этот адрес: { $address }

## Что помешало дойти до сервера (network-)

network-by-proxy = через прокси { $proxy }: { $what }
network-ended = соединение закрылось
network-hung-up = соединение оборвалось без ответа
network-late = нет ответа за { $span }
network-status = ответ { $status }
network-redirects = перенаправляет на { $place }
network-elsewhere = перенаправляет на другой сервер, туда не переходим: { $place }
network-proxy-password = нужен пароль
network-proxy-refuses = отказ, код { $status }
network-not-http = это не HTTP
network-head-too-long = слишком длинный заголовок ответа
network-message-too-long = слишком большое сообщение
network-takes-nothing = сервер не принимает то, что ему отправлено
network-senseless = ответ непонятен
network-first-message = первое сообщение непонятно
network-too-much = в ответе больше, чем вмещает комната
network-held-back = сервер watchtogether там есть, но прокси перед ним не пропускает запрос списка комнат

## Ошибки системы (system-)

system-not-found = нет такого файла
system-permission-denied = нет прав
system-already-exists = это имя уже занято
system-not-a-folder = это не папка
system-is-a-folder = это папка
system-folder-not-empty = папка не пуста
system-read-only = файловая система только для чтения
system-disk-full = на диске нет места
system-quota = дисковая квота исчерпана
system-file-too-large = файл слишком большой
system-busy = занято другой программой
system-program-written = файл программы ещё записывается
system-crosses-disks = эти места на разных дисках
system-too-many-links = на него слишком много ссылок
system-invalid-name = имя слишком длинное или недопустимое
system-link-loop = ссылки ведут по кругу
system-network-file-gone = на сетевом диске этого больше нет
system-not-seekable = это можно читать только подряд
system-input-output = ошибка ввода-вывода
system-not-executable = это не программа для этой системы
system-no-device = такого устройства нет
system-not-a-terminal = это не терминал
system-no-lock = файл не удаётся заблокировать
system-not-open = оно не открыто
system-out-of-memory = не хватает памяти
system-out-of-resources = у системы сейчас не хватает ресурсов
system-too-many-files = программа открыла слишком много файлов
system-too-many-files-in-all = в системе открыто слишком много файлов
system-arguments-too-long = командная строка слишком длинная
system-deadlock = две программы ждут друг друга
system-invalid-input = система этого не принимает
system-invalid-data = данные не разобрать
system-ended-early = данные кончились раньше времени
system-nothing-written = больше ничего не записывается
system-interrupted = операция прервана
system-unsupported = эта система так не умеет
system-connection-refused = в соединении отказано
system-connection-reset = соединение сброшено
system-connection-aborted = соединение прервано
system-not-connected = соединения нет
system-broken-pipe = другая сторона закрыла соединение
system-host-unreachable = узел недоступен
system-network-unreachable = сеть недоступна
system-network-down = сеть не работает
system-address-in-use = адрес уже занят
system-address-not-available = у этого компьютера нет такого адреса
system-address-not-supported = этот компьютер не поддерживает такие адреса
system-timed-out = время ожидания истекло
system-name-not-found = имя не найдено
system-unknown = неизвестная ошибка
system-other = ошибка { $number }, { $words }

## Экран (screen-)

screen-chat = Чат
screen-sending = отправляется…
screen-queue = Очередь
screen-queue-approved = Очередь { $approved }
screen-queue-proposed = Очередь { $approved } · { $proposed } предл.
screen-queue-only-proposed = Очередь · { $proposed ->
    [one] { $proposed } предложение
    [few] { $proposed } предложения
   *[many] { $proposed } предложений
}
screen-queue-empty = Пусто. /добавить ССЫЛКА
screen-members = Участники { $count }
screen-reactions = Реакции
screen-nothing-on = Ждём видео
screen-no-room-yet = Вы ещё не в комнате
screen-responsible = За ссылки отвечают те, кто их даёт; сам сервис ничего не хранит.
screen-react = Реакция
screen-react-typing = при вводе: Alt+цифра
screen-demo = Демо. Всерьёз: watchtogether host ИМЯ
screen-line-elsewhere = ({ $write } — писать, { $command } — команда)
screen-health = Участники и плееры
screen-column-offset = сдвиг
screen-column-buffer = буфер
screen-column-ping = пинг
screen-column-trend = недавно
screen-health-keys = ↑↓ листать   Esc закрыть
screen-why = Что делал ваш плеер и почему, сначала новое
screen-why-empty = Пока ничего.
screen-too-small = { $columns }×{ $rows } — слишком мало. Нужно хотя бы 40×10.
screen-waiting-play = Включить видео: /играть ССЫЛКА (YouTube, .mp4, .webm или .ogg)
screen-waiting-add = Предложить видео: /добавить ССЫЛКА (YouTube, .mp4, .webm или .ogg)
screen-waiting-friends = Команда для друзей (Alt-I копирует ссылку):
screen-waiting-alone = В эту комнату можно войти только с этого компьютера. Для друзей в вашей сети: host с --lan.
screen-waiting-no-network = Сеть не найдена: войти можно только с этого компьютера.
screen-waiting-only-here = В эту комнату можно войти только с этого компьютера.
screen-waiting-paste = Есть приглашение? Вставьте его: /войти ССЫЛКА
screen-waiting-private = Комната закрытая. Друзья входят по приглашению.
screen-waiting-invite = Alt-I или /пригласить: создать ссылку без пароля и скопировать её.
screen-waiting-ask-invite = Ссылку без пароля попросите у админа.
screen-waiting-keys = F2 — галерея комнат, F1 — справка
screen-added-by = { $you ->
    [yes] добавлено вами
   *[no] добавлено: { $who }
}
screen-chapter = глава { $number } из { $count }
screen-next = дальше: { $title }
screen-next-length = дальше: { $title }, { $length }
screen-proposed = предлагает { $who }
screen-proposed-by-you = предлагаете вы
screen-approve-keys = ⏎ одобрить  x отклонить
screen-approve-keys-short = x отклонить
screen-approve-keys-elsewhere = F3: ⏎ одобрить  x отклонить
screen-approve-keys-elsewhere-short = F3 решить
screen-invite-copied = { $about }. Скопировано, ещё раз — Alt-I: { $link }
screen-invite-copied-once = { $about }. Скопировано, ещё раз — { $key } на этой строке чата: { $link }
screen-subtitles-key = { $about } или { $key } в любой панели
screen-new-lines = { $count ->
    [one] { $count } новое
    [few] { $count } новых
    [many] { $count } новых
   *[other] { $count } новых
}
screen-focus-line = ВВОД
screen-focus-chat = ЧАТ
screen-focus-queue = ОЧЕРЕДЬ
screen-focus-members = УЧАСТНИКИ
screen-keys-line = ⏎ чат  Tab панели  Ctrl-P пауза  F2 галерея
screen-keys-line-lobby = ⏎ чат  Пробел готово  Ctrl-P начать  Tab панели
screen-keys-line-lobby-viewer = ⏎ чат  Пробел готово  Tab панели  F2 галерея
screen-keys-line-over = ⏎ чат  Tab панели  Ctrl-P ещё раз  F2 галерея
screen-on-its-way = Отправляем… Сервер пока не ответил.
screen-key-ready = Пробел готово
screen-key-again = Пробел ещё раз
screen-keys-line-viewer = ⏎ чат  Tab панели  F2 галерея  F5 найти
screen-keys-chat = ↑↓ выбор  c копия  o ссылка  x стереть  i писать  Пробел пауза
screen-keys-chat-moderator = ↑↓ выбор  c копия  o ссылка  x стереть  i писать
screen-keys-chat-viewer = ↑↓ выбор  c копия  o ссылка  i писать
screen-keys-queue = ↑↓ выбор  ⏎ одобрить  x отклонить  J K место  a добавить  Пробел пауза
screen-keys-queue-approved = ↑↓ выбор  ⏎ включить  x убрать  J K место  a добавить  Пробел пауза
screen-keys-queue-viewer = ↑↓ выбор  a добавить  x отозвать своё  i писать
screen-keys-members = ↑↓ выбор  ⏎ действия  F4 как дела  i писать  Пробел пауза
screen-keys-members-viewer = ↑↓ выбор  ⏎ действия  F4 как дела  i писать
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
screen-lacks-display = без картинки
screen-lacks-sound = без звука
screen-lacks-both = без картинки и звука
screen-muted = звук выключен
screen-volume = громкость { $volume } %
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
screen-step-other-scene = не та сцена
screen-step-no-clock = сверяем часы
screen-step-paused = пауза
screen-step-catching-up = догоняет
screen-step-in-step = синхронно
screen-step-behind = отставание { $off }
screen-step-ahead-of = опережение { $off }
screen-step-starting = начинаем
screen-own = Вы: { $off } · { $clock } · скорость { $speed }×
screen-own-live = прямой эфир, { $apart }
screen-own-in-step = синхронно до миллисекунды
screen-own-behind = отставание { $off }
screen-own-ahead = опережение { $off }
screen-own-not-measured = сейчас не измеряется
screen-own-paused = пауза на общем кадре
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
lobby-start = Начало: { $when }
lobby-when-you = по вашей команде /начать
lobby-when-admin = когда скажет { $who }
lobby-when-told = по команде админа
lobby-when-ready = { $count ->
    [one] когда будет готов { $count } человек
    [few] когда будут готовы { $count } человека
   *[many] когда будут готовы { $count } человек
}
lobby-when-all = когда все будут готовы
lobby-when-opened = как только видео у кого-нибудь загрузится
lobby-when-at = в { $time }
lobby-when-tomorrow = завтра в { $time }
lobby-when-in = { $at }, через { $left }
lobby-ready = готовы: { $names }
lobby-nobody-ready = пока никто не готов
lobby-not-yet = ещё не готовы: { $names }
lobby-hint = Готовы? Наберите /готово.
lobby-hint-space = Готовы? Нажмите пробел или наберите /готово.
lobby-state = в лобби, готовы { $ready } из { $all }
screen-counting = старт через { $number }
screen-over = конец, очередь пуста
screen-over-proposed = конец, предложено: { $proposed }
screen-locked = заперто
screen-observers = { $count ->
    [one] +{ $count } снаружи
   *[other] +{ $count } снаружи
}
screen-slow = раз в { $wait }
screen-newcomers = новички { $wait }
screen-observers-chat = чат виден снаружи


## Как дела у участников (health-)

health-in-step = синхронно
health-catching-up = догоняет
health-other-scene = не та сцена
health-other-scene-long = видит не ту сцену
health-copy-ended = конец копии
health-copy-ended-long = копия видео закончилась
health-starting = запуск mpv
health-starting-long = запускает mpv
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
dialog-copied-here = Скопировано: { $text } (на других компьютерах эта ссылка никуда не ведёт: для друзей откройте комнату через host с --lan или --public-url)
dialog-pasted = { $lines ->
    [one] Вставлена { $lines } строка как одно сообщение. Enter — отправить, Ctrl-C — очистить.
    [few] Вставлены { $lines } строки как одно сообщение. Enter — отправить, Ctrl-C — очистить.
    [many] Вставлено { $lines } строк как одно сообщение. Enter — отправить, Ctrl-C — очистить.
   *[other] Вставлено { $lines } строки как одно сообщение. Enter — отправить, Ctrl-C — очистить.
}
dialog-no-link = В этом сообщении нет ссылки.
dialog-nothing-completes = Здесь дополнить нечего.
dialog-kept-aside = { $why } Вернуть строку — ↑.
dialog-nothing-chosen = Сначала выберите строку клавишей { $key }.
dialog-here-already = Вы уже в комнате { $room }.
dialog-bad-address = Это не адрес. Нужен такой: https://watch.example.org.
dialog-bad-room = Имя комнаты — от 2 до 40 символов: a-z, 0-9 и -, например movie-night.
dialog-name-too-long = { $max ->
    [one] В имени может быть не больше { $max } символа.
    [few] В имени может быть не больше { $max } символов.
    [many] В имени может быть не больше { $max } символов.
   *[other] В имени может быть не больше { $max } символа.
}
dialog-name-empty = Сначала введите имя: хотя бы один видимый символ.
dialog-theme-auto = Тема: тёмная или светлая, как терминал.
dialog-theme-dark = Тема: тёмная.
dialog-theme-light = Тема: светлая.
dialog-theme-contrast = Тема: контрастная.
dialog-theme-mono = Тема: без цветов.
dialog-theme-own = Тема: своя.
dialog-theme-no-colours = Но цветов не будет: терминал их не показывает или они отключены через NO_COLOR или --color.
dialog-no-own-theme = Своей темы пока нет: опишите её в таблице [theme] файла config.toml.
dialog-settings-taken = Файл config.toml изменился: тема, клавиши и реакции теперь как в нём.
dialog-away = Вы не у экрана. Когда вернётесь, введите /отойти ещё раз.
dialog-back = Вы снова у экрана.
dialog-layout-cinema = Кинозал: только чат и полоса времени. F6 вернёт остальное.
dialog-layout-full = Все панели на месте. F6 оставит только чат.
dialog-widest = Шире чат не сделать.
dialog-narrowest = Уже чат не сделать.
dialog-alerts = Упоминание: { $mention } · фильм: { $film } · реакция: { $reaction }
dialog-alert-off = выкл
dialog-alert-flash = вспышка
dialog-alert-ring = звонок
dialog-alert-both = вспышка и звонок
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
dialog-ban = Забанить участника { $who }? Снять бан: /разбанить.
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
dialog-join-open = Это не та закрытая комната, где вы были: теперь под этим именем другая, и она не закрытая. Войти в неё?
dialog-join-open-of = Это не та закрытая комната, где вы были: теперь под этим именем другая, не закрытая, её ведёт { $who }. Войти в неё?
dialog-trust = Ссылка ведёт на { $host }. Доверять местным ссылкам этой комнаты?
dialog-trust-on-the-way = Ссылка ведёт на адрес в вашей сети. Доверять местным ссылкам этой комнаты?
dialog-trust-keys = д, Enter: да    н, Enter: нет
dialog-close-key = Esc закрыть
dialog-yes-no = Enter или д: да    Esc или н: нет
dialog-name = Как вас зовут?
dialog-name-keys = Enter — дальше, Esc — выйти. Сменить потом: /имя ИМЯ.
dialog-name-keys-gallery = Enter — дальше, Esc — к списку комнат. Сменить потом: /имя ИМЯ.
dialog-password-needed = У этой комнаты есть пароль
dialog-password-wrong = Неверный пароль
dialog-password-missing = Закрытой комнате нужен пароль
dialog-password-keys = Введите пароль и нажмите Enter. Esc — назад.
dialog-password-checking = Проверяем…
dialog-password-checking-keys = Esc — назад.
dialog-create-password-needed = Чтобы создать комнату, нужен пароль этого сервера
dialog-create-key-needed = Комнаты создаёт владелец сервера: введите его ключ
dialog-create-password-wrong = Этот пароль или ключ не подходит
dialog-new-room = Как назвать комнату?
dialog-new-room-hint = например, Кино по пятницам
dialog-new-room-keys = Enter — создать, Esc — назад.
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
dialog-invite-invalid = Это приглашение больше не действует. Попросите новое или введите пароль комнаты:
dialog-copied-private = Скопировано: { $text } Гостям понадобится пароль. Ссылку без пароля может создать админ.
dialog-passwords-differ = Пароли не совпадают. Попробуйте ещё раз.
dialog-new-password = Новый пароль комнаты:
dialog-new-password-keys = Enter — дальше, Esc — отмена. Кто уже здесь, останется.
dialog-repeat-password = Тот же пароль ещё раз:
dialog-repeat-password-keys = Enter — поставить пароль, Esc — отмена.
dialog-close = Закрыть эту комнату для всех? Её очередь и чат пропадут.
dialog-erase-all-own = Стереть у всех ваши сообщения ({ $count })?
dialog-erase-all = Стереть { $count ->
    [one] { $count } сообщение
    [few] все { $count } сообщения
   *[other] все { $count } сообщений
} участника { $who } у всех?


## Клавиши (key-)

key-title = Клавиши и команды
key-hint = Пишите, чтобы искать   ↑↓ листать   Esc закрыть   ◆ админ   ◇ модератор
key-hint-searching = Пишите, чтобы искать   ↑↓ листать   Esc показать всё   ◆ админ   ◇ модератор
key-search = Найти
key-nothing-found = Ничего не подходит.
key-commands = Команды (набирайте в строке ввода)
key-mouse = Мышь
key-mouse-click = Щелчок
key-mouse-click-does = перейти в панель, выбрать, ответить «да» или «нет», послать реакцию; на участнике — меню
key-mouse-progress = По шкале
key-mouse-progress-does = перемотать туда для всех ◆; зритель просит вторым щелчком
key-mouse-twice = Два щелчка
key-mouse-twice-does = по комнате в галерее: войти в неё
key-mouse-wheel = Колесо
key-mouse-wheel-does = листать то, что под указателем
key-mouse-shift = Shift
key-mouse-shift-does = с ним текст выделяется как обычно; --no-mouse не трогает мышь
key-signs = Знаки
key-sign-admin = перед именем: админ
key-sign-moderator = перед именем: модератор
key-sign-own = перед именем: вы
key-sign-room = перед строкой чата: сообщает сама комната
key-sign-error = перед строкой чата: что-то не получилось
key-sign-number = номер участника для команд; его показывают /кто и F4
key-everywhere = Везде
key-on-line = Пока вы пишете
key-in-list = В списке команд (/ в пустой строке; F5 — везде)
key-off-line = В любой панели (туда — Tab или Esc)
key-in-queue = В очереди
key-in-members = В списке участников
key-in-chat = В чате
key-in-gallery = В галерее (чтобы искать, просто пишите)
key-writing = В любом поле ввода
key-reading = На странице F4 (буквы — только если вы пришли из панели)
key-edit-left = на символ влево
key-edit-right = на символ вправо
key-edit-word-left = на слово влево
key-edit-word-right = на слово вправо
key-edit-home = в начало
key-edit-end = в конец
key-edit-erase = удалить символ перед курсором
key-edit-delete = удалить символ под курсором
key-edit-erase-word = удалить слово перед курсором
key-edit-erase-next-word = удалить слово после курсора
key-edit-erase-before = удалить всё перед курсором
key-edit-erase-after = удалить всё после курсора
key-edit-restore = вернуть последнее удалённое
key-edit-up = на строку вверх
key-edit-down = на строку вниз
key-edit-page-up = на страницу вверх
key-edit-page-down = на страницу вниз
key-edit-top = в самый верх
key-edit-close = закрыть
key-space = Пробел
key-react = реакция: ваш эмодзи от 1 до 5
key-jump-back = на { $span } назад
key-jump-on = на { $span } вперёд
key-slower = медленнее
key-faster = быстрее
key-quieter = ваша громкость: тише
key-louder = ваша громкость: громче
key-move-up = передвинуть выше
key-move-down = передвинуть ниже
key-help = эта справка
key-gallery = галерея комнат
key-queue = перейти к очереди
key-members = участники и как у них дела
key-layout = только чат (кинозал) или снова все панели
key-layout-wider = чат шире
key-layout-narrower = чат уже
key-find = найти команду, видео, комнату
key-take = взять команду в строку
key-run = выполнить; если нужно что-то ещё — взять в строку
key-close-list = закрыть список
key-pause = пауза и продолжение для всех
key-copy-invite = скопировать приглашение
key-page-up = пролистать чат вверх
key-page-down = пролистать чат вниз
key-redraw = перерисовать экран
key-suspend = приостановить программу
key-interrupt = очистить строку; если пуста — выйти (с вопросом)
key-send = отправить
key-history-back = предыдущая отправленная строка
key-history-on = следующая отправленная строка
key-complete = дополнить после / @ :, иначе — следующая панель
key-next-pane = следующая панель
key-previous-pane = предыдущая панель
key-toggle = закрыть открытое, иначе — к панели или к строке
key-pause-or-blank = в пустой строке: пауза и продолжение; в лобби у каждого: готово
key-pause-or-ready = пауза и продолжение для всех; в лобби у каждого: готово
key-write = написать сообщение
key-begin-command = начать команду
key-undo = отменить последнюю перемотку
key-next = следующее видео из очереди
key-add = добавить видео
key-mute = ваш звук: выключить или вернуть
key-subtitles = ваши субтитры: следующие или без них
key-accept-subtitles = включить предложенные субтитры
key-audio = ваша звуковая дорожка: следующая
key-fullscreen = ваше окно: на весь экран или обратно
key-retry = перезапустить mpv или подключиться сейчас
key-away = отойти или вернуться
key-why = почему ваш плеер так сделал
key-leave = выйти (с вопросом)
key-up = вверх
key-down = вниз
key-approve = одобрить; одобренное — включить сейчас
key-reject = отклонить, убрать или отозвать своё
key-menu = что можно сделать с участником
key-copy-line = скопировать сообщение
key-erase-line = стереть сообщение у всех (с вопросом)
key-open-link = открыть ссылку из сообщения
key-list-page-up = на страницу вверх
key-list-page-down = на страницу вниз
key-list-start = к первой комнате
key-list-end = к последней комнате
key-join = войти в комнату или по вставленному приглашению
key-sort = сортировка: по зрителям, названию, возрасту
key-new-room = новая комната
key-copy-room = скопировать приглашение в комнату
key-other-server = другой сервер
key-back = вернуться в свою комнату или выйти


## Команды и справка (command-)

palette-queue = очередь
palette-member = участник
palette-room = комната
palette-empty = Ничего не подходит.
palette-keys-line = ↑↓ выбор  Tab взять  Enter выполнить  Esc закрыть
palette-keys-finder = ↑↓ выбор  Tab взять  Enter перейти  Esc закрыть
command-all = Пишите в чат или используйте команды (◆ админы, ◇ админы и модераторы):
command-word-link = ССЫЛКА
command-word-name = ИМЯ
command-word-place = МЕСТО
command-word-emoji = ЭМОДЗИ
command-word-command = КОМАНДА
command-word-text = ТЕКСТ
command-word-line = НОМЕР
command-word-room = КОМНАТА
command-language-changed = Язык: русский.
command-play = включить ссылку или #N из очереди
command-add = добавить видео (зритель — предложить)
command-playlist = плейлист YouTube, первые 50
command-save = сохранить очередь; выкл — удалить
command-load = добавить сохранённый плейлист
command-approve = одобрить #N или самое старое
command-reject = отклонить #N, самое старое или все
command-withdraw = отозвать своё предложение
command-remove = убрать видео из очереди
command-move = место в очереди; 1 — следующее
command-skip = включить следующее из очереди
command-pause = пауза для всех
command-resume = продолжить для всех
command-seek = перемотать к моменту или на секунды
command-chapter = к главе для всех или список глав
command-undo = отменить последнюю перемотку
command-rate = скорость для всех, от 0,25 до 4
command-length = длина видео; выкл — как у плееров
command-react = реакция; от 1 до 5 — ваши эмодзи
command-reactions = ваши эмодзи на клавишах 1–5
command-reactions-now = Ваши эмодзи: { $emoji } (сменить: /реакции 1 :tada:)
command-ask = попросить админов; по умолчанию пауза
command-nick = сменить имя
command-emote = смайл для чата: эмодзи, текст; выкл
command-title = название комнаты; пустое — убрать
command-admin = сделать админом
command-moderator = сделать модератором
command-viewer = снова сделать зрителем
command-heir = кто станет админом после вас
command-kick = выгнать из комнаты
command-mute = свой звук; с именем — заглушить ◇
command-unmute = снова разрешить писать
command-erase = стереть сообщение из чата
command-ban = выгнать и больше не пускать
command-unban = снять бан
command-bans = кто забанен
command-wait = ждать ли тех, у кого подгружается
command-nowait = не ждать вас; ◆ — кого-то другого
command-go = больше не ждать, играть дальше
command-countdown = отсчёт 3, 2, 1 у всех и старт
command-ready = сообщить, что вы готовы или ещё нет
command-start = начать сразу или позже
command-retry = перезапустить плеер или соединение
command-join = перейти в другую комнату
command-vol = ваша громкость
command-sub = выбрать субтитры для себя
command-subtitles = предложить всем файл субтитров
command-sub-delay = ваши субтитры позже или раньше
command-audio = ваша дорожка: список и выбор
command-nudge = звук ±мс (watchtogether calibrate)
command-fullscreen = ваше окно на весь экран
command-quality = качество у вас, только YouTube
command-osd = что показывать поверх видео
command-away = отойти или вернуться
command-trust = открывать ссылки в вашу сеть
command-gallery = галерея комнат
command-members = участники и как у них дела
command-queue = перейти к очереди
command-why = почему ваш плеер так сделал
command-layout = только чат, все панели, ширина
command-alerts = упоминание, фильм, реакция
command-copy = скопировать приглашение
command-who = кто здесь
command-lang = язык: английский или русский
command-theme = оформление экрана
command-find = найти команду, видео, комнату
command-more-play = То, что шло, вернётся в начало очереди. С --ждать видео подождёт в лобби команды /начать.
command-more-add = Видео админа сразу встаёт в очередь, видео зрителя — когда его примут.
command-more-playlist = Зритель предлагает видео. Подойдёт и ссылка на одно видео из плейлиста.
command-more-save = Первым идёт то, что играет; предложения не сохраняются. Список с тем же именем заменяется. выкл — удалить список, вкл — вернуть.
command-more-load = Админ добавляет видео, зритель предлагает. Без имени — что у вас сохранено.
command-more-approve = Без номера — самое старое предложение.
command-more-reject = Без номера — самое старое предложение. @ИМЯ — всё, что предложил участник, даже если он ушёл.
command-more-withdraw = #3-#7 — сразу несколько, например весь плейлист.
command-more-remove = #3-#7 — сразу несколько.
command-more-move = Место считается от начала очереди.
command-more-seek = Просто число — секунды. +10 и -10 — от того места, где комната сейчас.
command-more-chapter = Хватит и части названия. Без всего — список глав с временем.
command-more-rate = Обычная — 1. Без числа — какая сейчас.
command-more-length = Если плееры ошибаются с длиной: когда она пройдёт, начнётся следующее видео.
command-more-react = 1–5 — ваши эмодзи (/реакции). Можно и по имени: :fire:.
command-more-reactions = Только у вас, запоминается. Без всего — какие у вас сейчас.
command-more-ask = Назовите команду, которую админ должен выполнить за вас. Без неё — просьба о паузе.
command-more-nick = Увидят все. Имя, похожее на чужое, не подойдёт.
command-more-title = Его видно вверху экрана и в галерее. Без текста — убрать.
command-more-emote = Там, где в чате отдельно стоит :cheers:, все увидят то, что вы задали. выкл — убрать.
command-more-invite = Действует 7 дней, если не указать 30м, 12ч или 14д. С --модератор гость станет модератором.
command-more-revoke = Номера показывает /приглашения. Кто уже вошёл по ссылке, останется.
command-more-admin = Админ может всё, в том числе менять роли.
command-more-moderator = Модератор может заглушать и выгонять участников и стирать сообщения.
command-more-viewer = Зритель пишет в чат, шлёт реакции, предлагает видео и просит админов.
command-more-heir = Станет админом, когда в комнате не останется ни одного админа.
command-more-kick = Вернуться можно; чтобы больше не пускать — /забанить.
command-more-mute = Без имени — выключить или включить свой звук. Заглушённый не пишет, не шлёт реакции и не просит.
command-more-unmute = Кто заглушён, видно в списке участников.
command-more-erase = #120 — номер сообщения. С именем — последнее сообщение участника.
command-more-clear = Можно и у того, кто уже ушёл.
command-more-slow = Столько секунд зритель ждёт между сообщениями. выкл — без ограничения.
command-more-newcomers = До этого они не пишут, не шлют реакции и не предлагают. выкл — без ограничения.
command-more-observers = вкл: новые сообщения видны тем, кто следит за открытой комнатой через watchtogether watch. Прежние не видны.
command-more-report = Её прочтут только модераторы и админы. Если никого из них нет, она дождётся первого.
command-more-ban = Если адрес общий: «адрес» банит всех, кто с него, «один» — только участника.
command-more-unban = Кто забанен, показывает /баны.
command-more-wait = Без слова — как сейчас. Прервать ожидание: /вперёд.
command-more-nowait = Если у вас подгружается, комната играет дальше, а вы догоняете. выкл — отменить.
command-more-ready = В лобби все видят, кто готов. выкл — отменить.
command-more-start = Без всего: сразу, после 3, 2, 1. когда 3: как только готовы трое. 21:00: по вашим часам. ждать: не раньше /начать.
command-more-join = Вставьте приглашение, которое вам дали, или имя комнаты на этом сервере.
command-more-vol = Только у вас: +5 — громче, -5 — тише. Без числа — какая сейчас.
command-more-sub = Только у вас. Подойдёт язык или часть названия. Без всего — список.
command-more-subtitles = Ссылка на файл .srt, .vtt или .ass. Каждый включает его у себя: /файл-субтитров да.
command-more-sub-delay = Только у вас: +0,5 — на полсекунды позже, -0,5 — раньше, 0 — как в файле.
command-more-audio = Только у вас. Подойдёт язык или часть названия. Без всего — список.
command-more-nudge = На сколько мс опаздывает звук вашего устройства: HDMI — 20–40, Bluetooth — 100–300. Хранится для каждого устройства, видно в F4. Подобрать поможет watchtogether calibrate.
command-more-quality = Только у вас. 480 — строк в кадре, звук — без картинки. Без всего — что вы выбрали.
command-more-osd = важные — только то, что касается вашего просмотра. Без слова — что выбрано.
command-more-trust = Они открываются сразу, и в следующий раз тоже. выкл — снова закрыть.
command-more-layout = кино — только ход видео, чат и строка ввода. Без слова — туда и обратно, как F6.
command-more-alerts = ЧТО — упоминание, фильм или реакция. Без всего — как настроено сейчас.
command-more-lang = Только у вас. Команды понятны на обоих языках.
command-more-theme = авто — как у терминала. своя — таблица [theme] в вашем файле настроек.
command-more-help = Все клавиши и команды — F1, поиск по всему — F5.
command-help-role = Нужна роль: { $role }
command-help-example = Пример: { $example }
command-help-key = { $place ->
    [line] В пустой строке
    [panes] В любой панели
    [chat] В чате
    [queue] В очереди
    [members] В участниках
    [gallery] В галерее
   *[everywhere] Клавиша
}: { $key }
command-help-like = Не путать с /{ $name }: { $about }
command-help-names = То же: { $names }
command-help = список команд или справка об одной
command-quit = выйти
command-public = показать в галерее, войдёт любой
command-unlisted = войдёт любой, кто знает имя
command-private = вход по паролю; или сменить его
command-invite = ссылка без пароля
command-invites = список приглашений
command-revoke = отменить приглашение
command-close = закрыть комнату для всех
command-word-seconds = СЕКУНДЫ
command-word-reason = ПРИЧИНА
command-word-what = ЧТО
command-clear = стереть все сообщения участника
command-slow = пауза между сообщениями зрителя
command-lock = не пускать новых участников
command-unlock = снова пускать новых участников
command-newcomers = сколько новички только смотрят
command-observers = виден ли чат снаружи
command-report = пожаловаться модераторам


## Плеер (player-)

player-off = Вы без плеера (--no-player). Чат работает.
player-starting = Запуск mpv…
player-ready = mpv { $version } готов.
player-frozen = mpv не отвечает. В комнате всё идёт дальше; /заново перезапустит mpv.
player-thawed = mpv снова отвечает.
player-quit = mpv закрыт. Вы по-прежнему в комнате. Открыть: /заново.
player-restarts = mpv неожиданно завершился, запускаем его снова.
player-killed = mpv принудительно завершён. Вы по-прежнему в комнате. Запустить: /заново.
player-exited = mpv неожиданно завершился (код { $code }). Вы по-прежнему в комнате. Запустить: /заново.
player-missing = Не удалось найти { $binary }. Установите mpv и введите /заново или зайдите снова с --player ПУТЬ. Чат работает и без него.
player-too-old = mpv { $version } слишком старый: нужна версия 0.35 или новее. Обновите его и введите /заново или зайдите снова с --player ПУТЬ. Чат работает и без него.
player-refused = mpv не запустился: { $reason }. Проверьте --player, --player-arg и свой mpv.conf, затем введите /заново. Чат работает и без него.
player-why-silent = он завершился, не ответив
player-why-no-answer = за { $within } он не ответил
player-not-mpv = { $binary } — это не mpv. Зайдите снова с --player ПУТЬ или поставьте туда mpv и введите /заново. Чат работает и без него.
player-system = Не удалось запустить { $binary }: { $why }. Исправьте это и введите /заново или зайдите снова с --player ПУТЬ. Чат работает и без него.
player-socket-taken = mpv не запустился: { $path } уже существует, и это не свободный сокет. Уберите его и введите /заново или зайдите снова с другим --player-ipc. Чат работает и без него.
player-socket-in-use = mpv не запустился: на { $path } отвечает другой плеер. Закройте его и введите /заново или зайдите снова с другим --player-ipc. Чат работает и без него.
player-socket-no-folder = mpv не запустился: нет папки { $path } для его сокета. Создайте её и введите /заново или зайдите снова с другим --player-ipc. Чат работает и без него.
player-socket-too-long = mpv не запустился: слишком длинный путь к его сокету: { $path }. Зайдите снова с --player-ipc покороче; /заново повторит попытку. Чат работает и без него.
player-socket-system = mpv не запустился: не удаётся создать его сокет в { $path }: { $why }. Исправьте это и введите /заново или зайдите снова с другим --player-ipc. Чат работает и без него.
player-lacks-display = mpv не нашёл дисплея: изображения здесь не будет. Чтобы оно было, зайдите из терминала на обычном компьютере или выберите способ вывода сами: зайдите снова с --player-arg=--vo=ИМЯ.
player-lacks-display-ssh = mpv не нашёл дисплея в этом сеансе ssh: изображения здесь не будет. Чтобы оно было, зайдите из терминала на компьютере перед вами или запустите `mpv --vo=tct ССЫЛКА` во втором терминале: грубо и без синхронизации.
player-lacks-sound = mpv не нашёл звукового устройства: слышно ничего не будет. Подключите его или запустите звуковой сервер; затем, если вы в комнате, закройте mpv и введите /заново.
player-lacks-sound-ssh = mpv не нашёл звукового устройства на компьютере, к которому вы подключены: слышно ничего не будет. Чтобы слышать, зайдите из терминала на компьютере перед вами.
player-lacks-both = mpv не нашёл ни дисплея, ни звука: здесь ничего не будет ни видно, ни слышно. Чат работает. Чтобы смотреть, зайдите из терминала на обычном компьютере или выберите способы вывода сами: зайдите снова с --player-arg=--vo=ИМЯ и --player-arg=--ao=ИМЯ.
player-lacks-both-ssh = mpv не нашёл ни дисплея, ни звука в этом сеансе ssh: здесь ничего не будет ни видно, ни слышно. Чат работает. Чтобы смотреть, зайдите из терминала на компьютере перед вами; `mpv --vo=tct ССЫЛКА` во втором терминале покажет грубую картинку без синхронизации.
player-regained-display = mpv нашёл дисплей: изображение теперь есть.
player-regained-sound = mpv нашёл звуковое устройство: звук теперь есть.
player-regained-both = mpv нашёл дисплей и звук: теперь всё есть.
notice-links-trusted = Вы доверяете этой комнате: её ссылки на этот компьютер и в вашу сеть теперь открываются, и в следующий раз тоже. /доверять выкл закроет их снова.
notice-links-closed = Ссылки этой комнаты на этот компьютер и в вашу сеть остаются закрытыми. Откроет их /доверять.
notice-links-open = Местные ссылки открываются в любой комнате: так задано в ваших настройках.
player-reads-on = Ваш плеер не может перемотать это видео и загружает его с начала: { $read } из { $to }, потом начнётся показ.
player-interrupted = Видео прервалось.
player-server-busy = Сервер видео перегружен.
player-server-hung-up = Сервер видео оборвал связь, не ответив.
player-server-silent = Сервер видео не отвечает.
player-server-not-found = Сервер видео не найден.
player-server-down = Сервер видео не работает.
player-server-out-of-reach = Сервер видео отсюда недоступен.
player-proxy-down = Ваш прокси недоступен.
player-server-refuses = Сервер видео отказывается отдавать остальное.
player-server-lost = Связь с сервером видео прервалась.
player-next-try = Новая попытка через { $left }; /заново — сразу.
player-trying = Пробуем снова.
player-resolver = YouTube не отдал это видео: { $reason }. Часто помогает обновить yt-dlp и ввести /заново; прямая ссылка на .mp4 работает и без него.
player-resolver-missing = { $missing } Установите его и введите /заново.
player-failed = Не удалось воспроизвести видео: { $reason }. Проверьте, открывается ли ссылка в браузере, и введите /заново; надёжнее всего прямая ссылка на .mp4.
player-no-relay = Не удалось открыть видео: на этом компьютере нет свободного порта, через который его получать. Закройте часть программ и зайдите снова; до этого /заново не поможет.
player-cannot-seek = Ваш mpv не может ни начать этот поток с середины, ни перемотать его: он сразу попадает в конец. Возьмите mpv с FFmpeg поновее и введите /заново; надёжнее всего прямая ссылка на .mp4.
player-stopped = Видео остановлено в окне mpv. /заново откроет его снова.
player-replaced = В mpv открылось не видео комнаты, а что-то другое, например плейлист; воспроизведение остановлено. /заново откроет видео комнаты; надёжнее всего прямая ссылка на .mp4.
player-no-javascript = { $missing } Установите одну из них и введите /заново; прямая ссылка на .mp4 работает и без неё.
player-challenge = yt-dlp не прошёл проверку YouTube. Обновите yt-dlp, установите deno 2 или новее и введите /заново; прямая ссылка на .mp4 работает и так.
player-no-such-format = На YouTube нет этого видео в выбранном качестве. Выберите другое (/качество) или обновите yt-dlp и введите /заново.
player-sign-in = YouTube принимает вас за робота и просит войти в аккаунт. Зайдите снова со своим аккаунтом из браузера (--cookies-from-browser firefox) или введите /заново позже; прямая ссылка на .mp4 работает и так.
player-age-restricted = YouTube показывает это видео только взрослым, вошедшим в аккаунт. Зайдите снова со своим аккаунтом из браузера (--cookies-from-browser firefox) или возьмите другую ссылку; /заново проверит ещё раз.
player-private = Это видео на YouTube закрыто или только для спонсоров канала. Попросите доступ у владельца или возьмите другую ссылку; /заново проверит ещё раз.
player-unavailable = Это видео недоступно на YouTube. Проверьте ссылку в браузере или возьмите другую, например прямую на .mp4; /заново проверит ещё раз.
player-region = YouTube не показывает это видео в вашей стране. Возьмите другую ссылку; /заново проверит ещё раз.
player-not-yet = Это видео на YouTube ещё не началось. Когда начнётся, введите /заново.
player-too-many-requests = С вашего адреса слишком много запросов к YouTube. Подождите несколько минут и введите /заново; прямая ссылка на .mp4 работает сразу.
player-youtube-unreachable = YouTube недоступен. Проверьте подключение к интернету и введите /заново.

## Что не так с видео (fault-)

fault-password-asked = Сервер видео просит пароль. Возьмите другую ссылку, которая открывается без него; /заново повторит запрос.
fault-refused = Сервер видео отказал: возможно, ссылка устарела. Скопируйте свежую там же, где взяли эту, или введите /заново.
fault-gone = По этой ссылке видео нет: возможно, его удалили. Скопируйте ссылку ещё раз целиком или возьмите другую; /заново проверит ещё раз.
fault-ranges-refused = Сервер видео не отдаёт файл ни по частям, ни целиком. Возьмите другую ссылку; /заново повторит запрос.
fault-busy = Сервер видео перегружен. Подождите минуту и введите /заново или возьмите другую ссылку.
fault-status = Сервер видео ответил ошибкой (HTTP { $status }). Проверьте, открывается ли ссылка в браузере, и введите /заново или возьмите другую ссылку.
fault-web-page = Вместо видео пришла веб-страница, возможно, страница входа в эту сеть. Откройте любую страницу в браузере, войдите и введите /заново; если ссылка и вела на страницу, дайте ссылку на сам файл.
fault-empty = Ссылка ведёт на пустой файл. Возможно, его ещё загружают: введите /заново позже или возьмите другую ссылку.
fault-incomplete = Файл неполный: он обрывается раньше, чем сказано в его индексе. Возможно, его ещё загружают: введите /заново позже или возьмите другую ссылку.
fault-index-at-end = У этого MP4 индекс в конце, а сервер не отдаёт файл по частям: плееры так не умеют. Возьмите другую ссылку или перепакуйте файл: `ffmpeg -i ВХОД -c copy -movflags +faststart ВЫХОД`.
fault-circle = Ссылка водит по кругу. Откройте её в браузере и возьмите ту, на которой она остановится, или введите /заново.
fault-not-web = Ссылка ведёт не на веб-адрес. Возьмите другую ссылку, на сам видеофайл; /заново проверит ещё раз.
fault-closed-unanswered = Сервер видео оборвал связь, не ответив. /заново повторит запрос; если не поможет, возьмите другую ссылку.
fault-no-answer = Сервер видео не ответил за 10 секунд. Проверьте сеть и введите /заново или возьмите другую ссылку.
fault-changed = Файл по этой ссылке заменили другим. /заново откроет новый; если не поможет, возьмите другую ссылку.
fault-broken = Связь с сервером видео прервалась и не восстановилась. Проверьте сеть и введите /заново или возьмите другую ссылку.
fault-certificate = У сервера видео недействительный сертификат. Проверьте дату на компьютере и не требует ли сеть входа, затем введите /заново или возьмите другую ссылку.
fault-tls-mismatch = В ссылке https, а сервер понимает только http, или наоборот. Замените одно на другое и дайте новую ссылку; /заново попробует эту ещё раз.
fault-name-not-found = Сервер видео не найден. Проверьте, нет ли в ссылке опечатки и есть ли сеть, и введите /заново или возьмите другую ссылку.
fault-nobody-listens = По адресу из ссылки нет веб-сервера. Введите /заново, когда он заработает, или возьмите другую ссылку.
fault-no-route = Сервер видео недоступен с этого компьютера. Проверьте сеть и введите /заново или возьмите другую ссылку.
fault-proxy-away = Ваш прокси (HTTP_PROXY или HTTPS_PROXY) недоступен. Проверьте эту переменную и сеть, затем введите /заново.
fault-proxy-refuses = Ваш прокси (HTTP_PROXY или HTTPS_PROXY) не пропускает эту ссылку. Проверьте пароль в этой переменной и правила прокси, затем введите /заново или возьмите другую ссылку.
fault-parts-missing = Поток найден, но его части не загружаются. Возможно, он закончился: введите /заново или возьмите другую ссылку.
fault-nothing-to-play = По этой ссылке нет ни видео, ни звука. Проверьте, открывается ли она в браузере, и введите /заново или возьмите другую ссылку.
fault-still-picture = Ссылка ведёт на картинку, а не на видео. Возьмите другую ссылку, на сам видеофайл; /заново проверит ещё раз.
fault-not-http = По адресу из ссылки отвечает не веб-сервер. Проверьте порт в ссылке и введите /заново или возьмите другую ссылку.
fault-compressed = Сервер видео сжимает файл при передаче, и плееры его не понимают. Возьмите другую ссылку или попросите владельца отдавать файл как есть; /заново повторит запрос.
fault-forbidden-content = Видео не открыто: ссылка ведёт на список, который может отправить ваш плеер куда угодно. Возьмите другую ссылку, на сам видеофайл; /заново проверит ещё раз.
fault-private-address = Не открыто: ссылка ведёт на адрес вне общего интернета, например в вашей сети. Если вы доверяете этой комнате, её откроет /доверять (или зайдите с --allow-private-media); иначе возьмите другую ссылку.
fault-took-too-long = Видео открывалось слишком долго. Возможно, сервер медленный: введите /заново или возьмите другую ссылку.

## Ссылки (media-)

media-empty = Нужна ссылка: на видео YouTube или на медиафайл, например https://example.org/film.mp4.
media-too-long = Ссылка слишком длинная: можно не больше { $limit } байт. Найдите на то же видео ссылку покороче.
media-control-character = В ссылке есть невидимый управляющий символ. Скопируйте её ещё раз или наберите вручную.
media-several-links = Здесь несколько ссылок. Вводите по одной.
media-local-file = Это файл на вашем компьютере, у остальных в комнате его нет. Выложите его на веб-сервер и дайте ссылку http или https.
media-scheme = Ссылки { $scheme } здесь не работают. Нужна ссылка, которая начинается с https:// или http://.
media-not-a-link = { $text } — не ссылка. Нужна ссылка на видео YouTube или на медиафайл, например https://example.org/film.mp4.
media-malformed = Ссылка повреждена. Скопируйте её из адресной строки ещё раз, целиком.
media-credentials = В ссылке есть имя пользователя или пароль, и их увидит вся комната. Нужна ссылка без них (перед «@» ничего быть не должно).
media-youtube-no-video = Эта ссылка YouTube не ведёт на видео. Откройте само видео и скопируйте ссылку на него.
media-youtube-bad-id = В этой ссылке YouTube вместо ID видео стоит { $found }, а нужны одиннадцать латинских букв, цифр, «-» или «_». Скопируйте ссылку ещё раз, целиком.
media-youtube-playlist = Это ссылка на плейлист YouTube. /плейлист ССЫЛКА поставит в очередь его первые 50 видео.
media-youtube-channel = Это ссылка на канал YouTube. Откройте само видео и скопируйте ссылку на него.
media-youtube-live = Это ссылка на то, что канал YouTube показывает прямо сейчас. Откройте трансляцию и скопируйте ссылку на неё («Поделиться», «Копировать»).
media-youtube-clip = Это ссылка на клип YouTube, и по ней не узнать, из какого он видео. Откройте полное видео и скопируйте ссылку на него.
media-youtube-search = Это ссылка на поиск YouTube. Откройте само видео и скопируйте ссылку на него.
media-youtube-elsewhere = Эта ссылка YouTube уводит на другой сайт. Откройте её в браузере и скопируйте ту, на которой она остановится.
media-hash-in-name = В имени файла есть «#», а на нём ссылка обрывается. Замените его на «%23».
media-no-extension = Ссылка не на YouTube и не на медиафайл: похоже, это веб-страница. Нужна ссылка на сам файл: она заканчивается на { $endings }.
media-unknown-extension = Ссылка не на YouTube и заканчивается на { $ending }: похоже, это веб-страница. Нужна ссылка на сам файл: она заканчивается на { $endings }.
media-endings = { $others } или { $last }
media-refused = Не открыто: ссылка ведёт на { $host }, а не в общий интернет. Если вы доверяете этой комнате, её откроет /доверять (или зайдите с --allow-private-media).
media-refused-own = Не открыто: ссылка ведёт на { $host }. На каждом компьютере это он сам, а не компьютер того, кто добавил ссылку. Если файл есть и на вашем сервере, его откроет /доверять (или зайдите с --allow-private-media).
media-address = { $address } ({ $what })
media-local-name = { $host }, имя в локальной сети
media-range-own = ваш собственный компьютер
media-range-private = адрес в частной сети
media-range-link-local = адрес в вашей собственной сети
media-range-shared = адрес внутри сети провайдера
media-range-multicast = адрес групповой рассылки
media-range-documentation = адрес для примеров
media-range-reserved = зарезервированный адрес

## Когда не играет ни у кого (standstill-)

standstill-nobody = ✕ ни у кого не играет
standstill-all-ended = ■ у всех закончилось
standstill-all-closed = ○ плееры закрыты
standstill-gone = ссылка не работает
standstill-refused = ссылка требует пароль или устарела
standstill-busy = сервер видео перегружен
standstill-unreachable = сервер видео недоступен
standstill-not-video = ссылка ведёт не на видео
standstill-untrusted = ссылка ведёт в локальную сеть, а там это не разрешено
standstill-untrusted-for-all = ссылка ведёт в локальную сеть, а этого никто не разрешил
standstill-other = плеер не может его открыть
standstill-other-for-all = ни один плеер не может его открыть
standstill-started-without = Начинаем. Пока не готовы: { $missed }.
standstill-you = вы
standstill-one = { $who } не может смотреть видео: { $reason }.
standstill-one-retries = { $who } пока не может смотреть видео: { $reason }. Плеер пробует снова.
standstill-failed = Видео ни у кого не играет: { $reason }.
standstill-ended = У всех видео на этом месте обрывается.
standstill-closed = Видео не открыто ни в одном плеере. Комната ждёт; /заново откроет ваш.
standstill-next = Следующее видео начнётся через { $left }; админ может включить его сразу (/вперёд) или остаться на этом (/пауза).
standstill-retry = /заново попробует ещё раз; админ может включить другое: /играть ССЫЛКА.
standstill-trust = Если доверяете этой комнате, /доверять откроет её у вас; админ может включить другое: /играть ССЫЛКА.
standstill-all-wait = Сейчас видео ни у кого не играет. Ждём, пока заиграет хоть у кого-нибудь, не дольше { $at_most }; админ может прервать ожидание: /вперёд.
standstill-somebody = Видео всё-таки играет.
standstill-somebody-named = { $who }: видео всё-таки играет.
standstill-part-skipped = У всех не хватает куска видео: перемотка с { $from } на { $to }.
standstill-length-set = { $you ->
    [yes] Теперь длина видео — { $length }. /длина выкл вернёт как было.
   *[no] { $who }: длина видео теперь { $length }.
}
standstill-length-unset = { $you ->
    [yes] Длину видео снова определяют плееры.
   *[no] { $who }: длину видео снова определяют плееры.
}

## Что делал плеер и почему (decision-)

decision-because = { $what }: { $why }
decision-because-off = { $what }: { $why }; { $off }
decision-off = { $side ->
    [behind] отставание { $off }
   *[ahead] опережение { $off }
}
decision-off-within = { $side ->
    [behind] отставание { $off }, ±{ $bound }
   *[ahead] опережение { $off }, ±{ $bound }
}
decision-load = видео открыто на { $at }
decision-seek = перемотка на { $to }
decision-pause = пауза
decision-play = воспроизведение
decision-rate = скорость { $rate }×
decision-slowed = замедление до { $speed }×
decision-sped-up = ускорение до { $speed }×
decision-restored = скорость снова { $rate }×
decision-back-off = перемотка отложена, прошлая не помогла
decision-give-up = попытки прекращены
decision-joined = вы вошли в комнату
decision-loaded = в комнате новое видео
decision-room-paused = комната на паузе
decision-room-plays = в комнате идёт видео
decision-room-counts = идёт отсчёт
decision-room-jumped = в комнате перемотали
decision-media-over = видео закончилось
decision-room-rate = в комнате другая скорость
decision-room-waits = комната ждёт участника
decision-wait-over = комната больше не ждёт
decision-action-undone = ваше действие в плеере отменено
decision-player-back = плеер запущен
decision-thawed = плеер снова отвечает
decision-reopened = видео открыто заново
decision-slept = компьютер спал
decision-drift = не синхронно
decision-ahead = комната догоняет
decision-room-arrived = комната догнала
decision-data-late = пока ждали данных, комната ушла вперёд
decision-tried-again = видео прервалось или не открылось, новая попытка
decision-uncached = комната вернулась к месту, которого уже нет в кэше, а перемотать это видео нельзя, поэтому оно загружается с начала
decision-does-not-play = видео не играет

## Строки без экрана (line-)

line-you = вы
line-joined = Вы в комнате { $room } на { $server } под именем { $name } ({ $role }). Пишите прямо сюда — это чат; список команд: /помощь.
line-member-joined = { $you ->
    [yes] Вы вошли в комнату
   *[no] { $who } заходит в комнату
  }
line-member-left = { $you ->
    [yes] Вы вышли из комнаты
   *[no] { $who } покидает комнату
  }
line-member-muted = { $you ->
    [yes] Вам отключили чат и реакции
   *[no] { $who }: чат и реакции отключены
  }
line-member-unmuted = { $you ->
    [yes] Вам вернули чат и реакции
   *[no] { $who }: чат и реакции снова доступны
  }
line-member-not-waited-for = { $you ->
    [yes] Вас больше не ждём
   *[no] Больше не ждём: { $who }
  }
line-member-waited-for = { $you ->
    [yes] Вас снова ждём
   *[no] Снова ждём: { $who }
  }
line-member-ready = { $you ->
    [yes] Вы готовы
   *[no] { $who }: готово
  }
line-member-not-ready = { $you ->
    [yes] Вы просите подождать
   *[no] { $who } просит подождать
  }
line-member-role = { $you ->
    [yes] Вы
   *[no] { $who }
  } теперь { $role ->
    [admin] админ
    [moderator] модератор
   *[viewer] зритель
  }
line-muted-by = { $own ->
    [yes] { $who } отключает вам чат и реакции
   *[no] { $you ->
        [yes] Вы отключили участнику { $name } чат и реакции
       *[no] { $who } отключает участнику { $name } чат и реакции
      }
  }
line-unmuted-by = { $own ->
    [yes] { $who } возвращает вам чат и реакции
   *[no] { $you ->
        [yes] Вы вернули участнику { $name } чат и реакции
       *[no] { $who } возвращает участнику { $name } чат и реакции
      }
  }
line-not-waited-for-by = { $own ->
    [yes] { $who }: вас больше не ждём
   *[no] { $you ->
        [yes] Вы решили больше не ждать участника { $name }
       *[no] { $who }: участника { $name } больше не ждём
      }
  }
line-waited-for-by = { $own ->
    [yes] { $who }: вас снова ждём
   *[no] { $you ->
        [yes] Вы решили снова ждать участника { $name }
       *[no] { $who }: участника { $name } снова ждём
      }
  }
line-role-by = { $own ->
    [yes] { $who } делает вас
   *[no] { $you ->
        [yes] Вы сделали участника { $name }
       *[no] { $who } делает участника { $name }
      }
  } { $role ->
    [admin] админом
    [moderator] модератором
   *[viewer] зрителем
  }
line-renamed = { $was } теперь { $who }
line-renamed-you = Теперь вы { $who }
line-renamed-number = Участник #{ $number } теперь { $who }
line-removed = { $you ->
    [yes] Вы удалили участника { $name } из комнаты
   *[no] { $who } удаляет участника { $name } из комнаты
  }
line-removed-gone = { $you ->
    [yes] Вы удалили участника { $name } (уже не в комнате)
   *[no] { $who } удаляет участника { $name } (уже не в комнате)
  }
line-removed-unknown = Участника { $name } удалили из комнаты
line-removed-unknown-gone = Участника { $name } удалили (уже не в комнате)
line-erased-message = { $you ->
    [yes] Вы стёрли { $own ->
        [yes] своё сообщение
       *[no] сообщение участника { $author }
      }
   *[no] { $who } стирает { $own ->
        [yes] ваше сообщение
       *[no] сообщение участника { $author }
      }
  }
line-erased = { $you ->
    [yes] Вы стёрли сообщение
   *[no] { $who } стирает сообщение
  }
line-proposed = { $you ->
    [yes] Вы предложили #{ $number } { $title }
   *[no] { $who } предлагает #{ $number } { $title }
  }
line-media = Сейчас играет: { $title } · { $kind }
line-media-length = Сейчас играет: { $title } · { $kind } · { $length }
line-media-live = Сейчас играет: { $title } · { $kind } · прямой эфир
line-started = { $you ->
    [yes] Вы включили { $media }
   *[no] { $who } включает { $media }
  }
line-in-lobby = { $you ->
    [yes] Вы поставили в лобби { $media }
   *[no] { $who } ставит в лобби { $media }
  }
line-waits = В лобби: { $media }
line-playing = Видео идёт с { $at }
line-playing-rate = Видео идёт с { $at }, скорость { $rate }×
line-paused = Пауза на { $at }
line-paused-rate = Пауза на { $at }, скорость { $rate }×
line-gate = Начнём, когда все будут готовы, самое позднее через { $wait }. Ещё не готовы: { $names }
line-queue = Очередь:
line-queue-proposed = предложено
line-queue-by = { $you ->
    [yes] вы
   *[no] { $who }
  }
line-observers = { $count ->
    [one] За комнатой снаружи следит { $count } наблюдатель
    [few] За комнатой снаружи следят { $count } наблюдателя
   *[other] За комнатой снаружи следят { $count } наблюдателей
}
line-observers-none = Снаружи за комнатой больше никто не следит
line-joined-kept = Когда все выйдут, комната будет храниться ещё { $span }.
line-joined-kept-not = Когда вы выйдете, от этой комнаты ничего не останется.
line-joined-kept-briefly = Когда все выйдут, комната будет храниться ещё { $span }, а если админ что-нибудь включит или добавит в очередь — { $lasting }.

## Прощание (goodbye-)

goodbye-window = { $room } · { $viewers ->
    [one] { $viewers } зритель
    [few] { $viewers } зрителя
   *[many] { $viewers } зрителей
  }
goodbye-mentioned = watchtogether: { $who } упоминает вас
goodbye-started = watchtogether: сейчас играет { $title }
goodbye-started-untitled = watchtogether: начинается видео
goodbye-reacted = watchtogether: { $who } реагирует { $emoji }
goodbye-visit = До встречи! Вместе { $together }: { $videos } видео, { $reactions ->
    [one] { $reactions } реакция
    [few] { $reactions } реакции
   *[many] { $reactions } реакций
  }.
goodbye-visit-in-step = До встречи! Вместе { $together }: { $videos } видео, { $reactions ->
    [one] { $reactions } реакция
    [few] { $reactions } реакции
   *[many] { $reactions } реакций
  }, синхронно { $percent } % времени.
goodbye-back = Вернуться: { $command }
goodbye-demo = Это была демонстрация. От неё ничего не остаётся.
goodbye-for-real = Для настоящего вечера: watchtogether host movie-night
goodbye-panicked = watchtogether закрывается из-за внутренней ошибки. Подробности — в журнале.
goodbye-kept = Когда все выйдут, комната будет храниться ещё { $span }.
goodbye-kept-empty = В комнате никого не осталось. Она будет храниться ещё { $span }.
goodbye-kept-here = Комната будет храниться на этом компьютере ещё { $span }.
goodbye-kept-nowhere = Комната работала на этом компьютере и закрылась.

## Галерея комнат (room-)

room-heading = Комнаты на { $server }
room-find = Поиск ›
room-find-hint = комната, название или тип; или вставьте приглашение
room-column-room = Комната
room-column-media = Сейчас играет
room-column-kind = Тип
room-column-time = Время
room-column-admin = Админ
room-column-next = Дальше
room-note = Закрытых и скрытых комнат здесь нет: в них входят по приглашению.
room-state-live = { $rooms ->
    [one] { $rooms } комната
    [few] { $rooms } комнаты
   *[many] { $rooms } комнат
  }  👥 { $viewers }  ● онлайн
room-state-silent = { $rooms ->
    [one] { $rooms } комната
    [few] { $rooms } комнаты
   *[many] { $rooms } комнат
  }  👥 { $viewers }  ○ не отвечает
room-state-unknown = ○ не отвечает
room-state-loading = ◔ загрузка
room-unreachable = Сервер недоступен ({ $error }).
room-unreachable-next = Пробуем снова каждые несколько секунд. Ctrl-O — другой сервер.
room-not-a-server = По этому адресу нет сервера watchtogether.
room-not-a-server-next = Ctrl-O — другой сервер.
room-none-found = Ничего не нашлось.
room-none-found-next = Esc — очистить поиск; Enter — создать такую комнату или войти по ссылке.
room-none-live = Открытых комнат сейчас нет.
room-none-live-next = Нажмите Ctrl-N, чтобы создать комнату, или вставьте приглашение.
room-range = { $first }–{ $last } из { $count }
room-key-join = ⏎ войти
room-key-choose = ↑↓ выбор
room-key-back = Esc назад
room-key-quit = Esc выход
room-key-sort = Tab { $order ->
    [name] по имени
    [newest] сначала новые
   *[viewers] по зрителям
  }
room-key-new = Ctrl-N создать
room-key-copy = Alt-I копировать
room-key-server = Ctrl-O сервер
room-next = Дальше: { $title }
room-next-short = дальше: { $title }
room-admin = 👑 админ: { $name } · { $waits }
room-no-admin = сейчас без админа · { $waits }
room-row-lobby = в лобби
room-row-ready = лобби, готовы: { $count }
room-row-starts = начало в { $time }
room-in-lobby = Ждёт в лобби, ещё не началось.
room-in-lobby-at = Ждёт в лобби, начало { $at }.
room-lobby-ready = Готовы: { $ready }.
room-lobby-ready-of = Готовы: { $ready } из { $wanted }.
room-join-live = Прямой эфир: вы увидите то же, что и все.
room-join-at = Вы начнёте с { $at }; остальным это не помешает.
room-youtube = YouTube здесь работает: yt-dlp найден.
room-direct = Прямая ссылка: mpv откроет её сам.
room-idle = Сейчас ничего не играет.
room-elsewhere = Из другого терминала:
room-waits = В лобби: { $title }
room-paused = Пауза: { $title }
room-time = { $minutes }/{ $length } мин
room-time-live = эфир, { $time }
room-heading-room = КОМНАТА
room-heading-title = НАЗВАНИЕ
room-heading-viewers = ЗРИТЕЛИ
room-heading-media = СЕЙЧАС ИГРАЕТ
room-heading-time = ВРЕМЯ
room-live = прямой эфир
room-list-empty = На { $server } сейчас нет открытых комнат. Создайте свою:
room-state-polled = { $rooms ->
    [one] { $rooms } комната
    [few] { $rooms } комнаты
   *[other] { $rooms } комнат
  }  👥 { $viewers }  ◷ раз в 3 с

## Запуск (start-)

start-name = { $name } не подходит как имя. { $why } Имя взято из --name, WATCHTOGETHER_NAME или config.toml.
start-name-too-long = В имени может быть не больше { $max ->
    [one] { $max } символа
   *[other] { $max } символов
  }.
start-name-invisible = В нём нет видимых символов.
start-title-too-long = Название слишком длинное: в --title может быть не больше { $max ->
    [one] { $max } символа
   *[other] { $max } символов
  }.
start-title-invisible = В названии нет видимых символов. Задайте другое или уберите --title.
start-player-argument = { $argument } — не параметр mpv. Пишите каждый параметр одним аргументом, например --player-arg=--hwdec=no.
start-cookies = Не удаётся прочитать куки из { $path }: { $why }. Сохраните их из браузера в этот файл, или пусть yt-dlp возьмёт их сам: --cookies-from-browser firefox.
start-no-local-server = На этом компьютере нет запущенного сервера. Укажите другой (--server https://watch.example.org) или запустите свой: watchtogether serve.
start-misspelt = Не учитываем { $name }: такой переменной нет. Может быть, { $nearest }?
start-proxies = Не учитываем { $proxies }: прокси нужно указать в виде http://ХОСТ:ПОРТ.
start-unreachable = Не удаётся подключиться к { $server }: { $error }. Проверьте адрес и сеть и попробуйте ещё раз.
start-not-a-server = { $server } — не сервер watchtogether. Проверьте адрес.
start-no-terminal = Не удаётся использовать терминал
start-no-terminal-size = Не удаётся узнать размер терминала
start-output-not-read = Стандартный вывод читали слишком медленно: накопилось больше 8 МиБ, или последние строки прождали две секунды. Непрочитанное потеряно. Читайте вывод, пока программа работает, или направьте его в файл.
start-insecure = Не удаётся подключиться к { $server }. { $why }

## Сервер (server-)

server-only-here = Сервер доступен только с этого компьютера. Чтобы впустить остальных, запустите его с --listen 0.0.0.0:{ $port } --listen '[::]:{ $port }'
server-in-use = { $address } уже занят другой программой; закройте её или выберите другой порт в --listen ({ $free } — любой свободный)
server-not-permitted = нет прав на порт { $port } адреса { $ip }; выберите в --listen порт от 1024 или поставьте перед сервером прокси
server-not-local = { $ip } — не адрес этого компьютера; укажите в --listen его адрес или 0.0.0.0:{ $port } — все адреса сразу
server-cannot-listen = не удаётся принимать соединения по адресу { $address }; укажите в --listen другой
server-twice = { $address } уже входит в --listen { $earlier }; уберите один из двух
server-no-shared-port = ни один из свободных портов (попыток: { $tried }) не свободен сразу для IPv4 и IPv6; укажите порт вместо 0
server-no-threads = не удаётся запустить потоки сервера
server-no-signals = не удаётся подписаться на сигналы системы
server-data-in-use = { $path } уже занят другим сервером watchtogether; остановите его или укажите здесь другой --data-dir
server-data-damaged = файл { $path } повреждён или создан другой программой ({ $reason }); он оставлен как есть; уберите его, чтобы начать заново, или замените резервной копией
server-redis-unusable = не удаётся использовать Redis по адресу { $url }: { $why }
server-redis-unusable-quoted = не удаётся использовать Redis по адресу { $url }: { $why }. Ошибка: { $words }
server-redis-nobody-listens = там никто не принимает соединений; запустите Redis или исправьте узел и порт в адресе
server-redis-no-socket = такого сокета нет; запустите Redis или укажите путь, который стоит в `unixsocket` в redis.conf
server-redis-socket-denied = у этого пользователя нет прав на сокет; задайте `unixsocketperm 770` в redis.conf и добавьте пользователя в группу сокета
server-redis-name-not-found = имя узла не найдено; проверьте, как оно написано в адресе, и DNS на этой машине
server-redis-system = { $error }; проверьте адрес и сеть на пути к нему
server-redis-silent = ответа нет; проверьте узел и порт, не мешает ли межсетевой экран, не завис ли Redis и тот ли порт указан с `rediss://`, что стоит в `tls-port` в redis.conf
server-redis-hung-up = соединение сразу закрывается; если это порт из `tls-port` в redis.conf, пишите в адресе `rediss://`, иначе смотрите журнал Redis
server-redis-wrong-password = имя и пароль не подошли; исправьте их в адресе (redis://ИМЯ:ПАРОЛЬ@УЗЕЛ:ПОРТ; его место — в config.toml или WATCHTOGETHER_REDIS)
server-redis-password-needed = нужен пароль; впишите его в адрес (redis://ИМЯ:ПАРОЛЬ@УЗЕЛ:ПОРТ; его место — в config.toml или WATCHTOGETHER_REDIS)
server-redis-not-permitted = его пользователю не хватает прав; дайте те, что перечислены в DEPLOY.md, с приставкой из --redis-prefix
server-redis-protected-mode = он принимает соединения только со своей машины (`protected-mode yes`); заведите пользователя с паролем, как описано в DEPLOY.md, и укажите в `bind` адрес, доступный этой машине
server-redis-too-many-clients = он больше не принимает соединений; увеличьте `maxclients` в redis.conf или отключите часть других клиентов
server-redis-not-tls = на этом порту нет TLS; пишите `redis://` вместо `rediss://` или укажите порт из `tls-port` в redis.conf
server-redis-unknown-authority = его сертификат выдан центром, которому эта машина не доверяет; укажите сертификат этого центра: --redis-ca-file ФАЙЛ
server-redis-certificate-expired = срок действия его сертификата истёк; обновите сертификат в Redis или исправьте дату на этой машине
server-redis-certificate-not-yet-valid = его сертификат ещё не действует; исправьте дату и время на этой машине
server-redis-certificate-other-name = его сертификат выдан на другое имя; укажите в адресе имя из сертификата или получите сертификат на это имя (в кластере — на имя или адрес, под которым известен каждый его узел)
server-redis-certificate-refused = его сертификат не годится; получите для Redis другой, выданный для сервера
server-redis-no-tls-agreement = он не согласен на такое соединение TLS; задайте `tls-auth-clients no` в redis.conf и разрешите TLS 1.2 или новее
server-redis-not-redis = там отвечает не Redis; исправьте порт в адресе (обычный порт Redis — 6379)
server-redis-command-missing = он не знает нужной команды; возьмите Redis 7 или Valkey, не Sentinel, и не переименовывайте команды в redis.conf
server-redis-no-database = у него нет базы данных с номером из адреса; уберите номер в конце адреса или увеличьте `databases` в redis.conf
server-redis-cluster-database = он работает кластером, а в кластере есть только база данных 0; уберите номер в конце адреса, а серверы разделяйте параметром --redis-prefix
server-redis-loading = он ещё загружает свои данные; повторите, когда закончит (сколько осталось, покажет `redis-cli INFO persistence`)
server-redis-cluster-down = ни у одного ведущего узла кластера сейчас нет ключей комнат; запустите недостающие узлы (`redis-cli CLUSTER NODES` их покажет) или подождите, пока реплика не займёт место ведущего
server-redis-replica = это реплика, она не принимает записи; укажите адрес её ведущего сервера
server-redis-full = у него кончилась память; увеличьте `maxmemory` в redis.conf или удалите лишнее, что там хранится
server-redis-cannot-save = он не принимает записи, потому что не может сохранить данные; освободите место на его диске и посмотрите его журнал
server-redis-restarted = он только что перезапустился или потерял данные; запустите этот сервер ещё раз
server-redis-other = он что-то отклоняет; посмотрите его журнал и убедитесь, что это Redis 7 или Valkey
server-redis-drops-rooms = Redis по адресу { $url } при нехватке памяти удаляет ключи (maxmemory-policy { $policy }): комнаты могут пропасть. Задайте `maxmemory-policy noeviction` в redis.conf, а до перезапуска — командой `redis-cli CONFIG SET maxmemory-policy noeviction`.
server-redis-drops-expiring = Redis по адресу { $url } при нехватке памяти удаляет ключи со сроком (maxmemory-policy { $policy }): серверы могут показаться друг другу остановленными, счёт попыток и ключи для новых комнат могут пропасть. Задайте `maxmemory-policy noeviction` в redis.conf, а до перезапуска — командой `redis-cli CONFIG SET maxmemory-policy noeviction`.
server-redis-no-append-only-file = Redis по адресу { $url } не ведёт журнал AOF: если он остановится вместе со всеми своими серверами, всё после последнего сохранения пропадёт. Включите AOF командой `redis-cli CONFIG SET appendonly yes`, пока Redis работает, а затем задайте `appendonly yes` и `appendfsync always` в redis.conf.
server-redis-syncs-every-second = Redis по адресу { $url } пишет на диск лишь раз в секунду: если его машина откажет вместе со всеми его серверами, последняя секунда пропадёт. Задайте `appendfsync always` в redis.conf, а до перезапуска — командой `redis-cli CONFIG SET appendfsync always`.
server-redis-never-syncs = Redis по адресу { $url } оставляет запись на диск своей системе: если его машина откажет вместе со всеми его серверами, пропадут последние полминуты или больше. Задайте `appendfsync always` в redis.conf, а до перезапуска — командой `redis-cli CONFIG SET appendfsync always`.
server-not-compacted-in-redis = комнаты хранятся в Redis, и он сам переписывает свои файлы; сделать это сейчас: `redis-cli BGREWRITEAOF`
server-data-full = не удаётся использовать { $path }: { $error }; освободите там место или укажите другой --data-dir
server-data-limited = не удаётся использовать { $path }: { $error }; увеличьте предел размера файлов (ulimit -f)
server-data-unusable = не удаётся использовать { $path }: { $error }; проверьте владельца и права или укажите другой --data-dir
server-room-unreadable = не удаётся прочитать запись комнаты { $room }: { $reason }; ничего не изменено; замените папку данных резервной копией или начните заново с другим --data-dir
server-no-admin-socket = `watchtogether admin` не сможет обратиться к этому серверу: { $why }. Укажите другой путь: --admin-socket
server-admin-why-in-use = { $path } — сокет другого работающего сервера
server-admin-why-in-the-way = { $path } мешает и не является сокетом
server-admin-why-too-long = путь { $path } слишком длинный для сокета
server-admin-in-use = { $path } — сокет другого работающего сервера; остановите его или укажите другой путь: --admin-socket
server-admin-in-the-way = { $path } занимает место сокета, но это не сокет; освободите место или укажите другой путь: --admin-socket
server-admin-unusable = не удаётся создать сокет { $path }: { $why }; укажите в --admin-socket путь короче 100 знаков, в своей папке
server-data-newer = файл { $path } создан более новой версией watchtogether (формат { $found }, эта версия знает { $known }); он оставлен как есть. Установите ту версию или замените файл прежней резервной копией
server-data-not-compacted = не удалось переписать файл комнат ({ $reason }); удалённое пока остаётся в нём. Сервер попробует ещё раз сам
server-data-away = файл комнат сейчас не читается и не записывается; причина — в журнале сервера; если диск полон, освободите место
server-backup-exists = { $path } уже существует; выберите для файла другое имя
server-backup-unusable = не удаётся записать { $path }: { $error }; выберите для файла другое место
server-backup-interrupted = сервер закрыл файл, пока копия создавалась; попробуйте ещё раз
server-backup-unreadable = резервная копия не читается ({ $why }), поэтому удалена; создайте её ещё раз
server-backup-done = { $rooms ->
    [one] { $rooms } комната сохранена в { $path } ({ $size } КБ).
    [few] { $rooms } комнаты сохранены в { $path } ({ $size } КБ).
   *[many] { $rooms } комнат сохранено в { $path } ({ $size } КБ).
}
server-restore-unreadable = из этого файла нельзя восстановить комнаты: { $why }
server-restore-in-use = { $path } занят работающим сервером; сначала остановите его
server-restored = { $rooms ->
    [one] { $rooms } комната восстановлена в { $path }. Запустите сервер.
    [few] { $rooms } комнаты восстановлены в { $path }. Запустите сервер.
   *[many] { $rooms } комнат восстановлено в { $path }. Запустите сервер.
}
server-restored-kept = { $rooms ->
    [one] { $rooms } комната восстановлена в { $path }. Прежний файл теперь { $replaced }. Запустите сервер.
    [few] { $rooms } комнаты восстановлены в { $path }. Прежний файл теперь { $replaced }. Запустите сервер.
   *[many] { $rooms } комнат восстановлено в { $path }. Прежний файл теперь { $replaced }. Запустите сервер.
}
server-check-certificate = { $path }: сертификат и ключ подходят друг к другу.
server-check-nothing = { $path }: файла пока нет, он появится при первом запуске.
server-check-found = { $rooms ->
    [one] { $path }: { $rooms } комната, { $size } КБ, всё читается.
    [few] { $path }: { $rooms } комнаты, { $size } КБ, всё читается.
   *[many] { $path }: { $rooms } комнат, { $size } КБ, всё читается.
}
server-check-format = Формат { $format }, тот же, что у этой версии.
server-check-older = Формат { $format }. При следующем запуске файл будет скопирован в { $copy } и переведён в формат { $newest }; если понадобится прежняя версия, верните эту копию на место.
server-check-in-use = С этим файлом сейчас работает сервер.
server-check-redis = { $rooms ->
    [one] Redis по адресу { $url }: { $rooms } комната.
    [few] Redis по адресу { $url }: { $rooms } комнаты.
   *[other] Redis по адресу { $url }: { $rooms } комнат.
}
server-check-ephemeral = Комнаты хранятся только в памяти: проверять нечего.
server-check-ready = Всё готово к запуску.
server-public = Адрес сервера для остальных: { $url }
server-tls-unreadable = не удаётся прочитать { $path }: { $error }. Проверьте путь и права: серверу нужен доступ к файлу
server-tls-no-certificate = в { $path } нет сертификата. Для --tls-cert нужен файл PEM со строкой BEGIN CERTIFICATE, например fullchain.pem
server-tls-no-key = в { $path } нет закрытого ключа. Для --tls-key нужен файл PEM со строкой BEGIN PRIVATE KEY, например privkey.pem
server-tls-encrypted-key = ключ в { $path } защищён паролем. Сохраните его без пароля: openssl pkey -in { $path } -out НОВЫЙ-ФАЙЛ
server-tls-unusable = файл { $path } не подходит: он повреждён или такой вид не поддерживается ({ $reason }). Получите сертификат и ключ заново
server-tls-mismatch = ключ в { $key } не подходит к сертификату в { $certificate }. Укажите те два файла, что были выданы вместе
server-tls-expired = Срок действия сертификата в { $path } истёк: клиенты его не примут. Обновите его, затем пошлите серверу SIGHUP или перезапустите его.
server-tls-ends-soon = Срок действия сертификата в { $path } истекает в ближайшие 14 дней. Проверьте, что он обновляется.
server-tls-not-yet-valid = Сертификат в { $path } ещё не действует. Проверьте дату и время на этом компьютере.
server-no-address = не удаётся узнать адрес, на котором работает сервер
server-fault-empty = он пуст
server-fault-truncated = он обрывается
server-fault-foreign = его записала другая программа
server-fault-not-a-file = это не файл
server-fault-changed = он изменился, пока открывался
server-fault-always-written = сервер постоянно пишет в него
server-fault-too-many-copies = рядом слишком много его копий
server-fault-too-much-meanwhile = за это время записано слишком много
server-fault-missing-event = нет события { $number }
server-fault-not-open = файл не открыт

## Командная строка (cli-)

cli-about = Совместный просмотр видео из терминала
cli-start-about = Смотрите видео вместе, прямо из терминала.
cli-start-host = открыть комнату здесь и позвать друзей
cli-start-link = войти по приглашению или открыть комнату с этим видео
cli-start-gallery = посмотреть, какие комнаты открыты, и войти
cli-start-more = Всё остальное: { $line }
cli-config = Читать настройки из этого файла, а не из config.toml в папке настроек
cli-log = Подробность журнала: error, warn, info, debug, trace или фильтр tracing
cli-color = Когда использовать цвета, в том числе на экране: auto, always или never (по умолчанию auto)
cli-lang = Язык программы: en или ru (по умолчанию как в системе)
cli-help = Показать справку
cli-version = Показать версию
cli-licence = Лицензия собранной программы: GPL-3.0 (в неё входит mpvipc); исходного кода: MIT
cli-example-room = войти в комнату; если сервер не указан и не найден, он запустится на этом компьютере
cli-example-host = открыть комнату на этом компьютере
cli-example-invite = войти в комнату друзей по ссылке-приглашению
cli-example-server = открыть другим доступ к комнатам на этом компьютере
cli-example-gallery = посмотреть, какие комнаты сейчас открыты
cli-settings = Любой параметр команды можно задать и в config.toml, и в переменной окружения: `serve --data-dir` — это `data-dir` в таблице [serve] и WATCHTOGETHER_DATA_DIR. Параметр командной строки важнее переменной, переменная важнее файла. Списки в переменных разделяются пробелами, переключатели принимают true и false. `--log` — это `level` в таблице [log] и WATCHTOGETHER_LOG, `--lang`, `--color` и `--theme` — `lang`, `color` и `theme` в таблице [ui], WATCHTOGETHER_LANG, WATCHTOGETHER_COLOR и WATCHTOGETHER_THEME, `--config` — WATCHTOGETHER_CONFIG.
cli-serve-about = Запустить сервер комнат
cli-serve-listen = Принимать соединения по этому адресу; просто порт или localhost:ПОРТ — только с этого компьютера, по IPv4 и IPv6; можно указать несколько раз, порт 0 — любой свободный, один для обоих (по умолчанию 8000)
cli-serve-data-dir = Хранить комнаты в этой папке (по умолчанию watchtogether в папке данных)
cli-serve-ephemeral = Ничего не хранить на диске: комнаты исчезнут, когда сервер остановится
cli-serve-redis = Хранить комнаты в этом Redis: redis://ХОСТ:ПОРТ, rediss:// с TLS или unix:///ПУТЬ; в кластере годится любой его узел. Серверы с общим Redis работают как один: их участники встречаются в одних и тех же комнатах. Адрес с паролем укажите в config.toml или WATCHTOGETHER_REDIS: командную строку видят все на этом компьютере
cli-serve-redis-prefix = С чего начинаются имена всех ключей в Redis (в фигурных скобках), чтобы серверы с общим Redis могли не пересекаться (по умолчанию watchtogether)
cli-serve-redis-ca-file = Для rediss:// доверять центрам сертификации из этого файла PEM, а не системным
cli-serve-node-name = Как этот сервер называется среди тех, у кого с ним общие комнаты в Redis, в admin figures (по умолчанию — имя машины)
cli-serve-public-url = Адрес, по которому сервер доступен другим; с него начинаются приглашения
cli-serve-succession-grace = Сколько секунд комната ждёт админа, у которого пропала связь, прежде чем его место займёт преемник (по умолчанию 30); у созданных раньше комнат остаётся прежнее время
cli-serve-room-ttl = Сколько хранить пустую комнату, где админ что-нибудь включал или ставил в очередь либо в чате были люди с двух адресов: 7d, 12h, 90m или секунды (по умолчанию 7d); остальные пустые комнаты хранятся 10 минут
cli-serve-example-here = только для этого компьютера; комнаты хранятся в папке данных
cli-serve-example-everyone = для всех, кому доступен этот компьютер
cli-serve-example-proxy = за прокси с TLS; в приглашениях будет внешний адрес
cli-serve-exit-codes = Коды выхода: 0 — остановлен сигналом или командой `admin drain`, либо --check не нашёл ошибок, 1 — сбой, 2 — ошибка в командной строке или настройках.
cli-serve-check = Проверить настройки, сертификат и комнаты, как при запуске, вывести результат и выйти; ничего не меняет, останавливать сервер не нужно
cli-serve-example-check = перед обновлением: читает настройки и комнаты, ничего не меняя
cli-join-about = Войти в комнату и смотреть
cli-join-room = Имя комнаты (например movie-night), название на любом языке или приглашение (например https://host/r/movie-night)
cli-join-server = Сервер: адрес или имя из config.toml (по умолчанию тот, что на этом компьютере; если его нет, он запустится)
cli-join-name = Ваше имя в комнате (по умолчанию прежнее, иначе имя пользователя в системе)
cli-join-play = Сразу включить эту ссылку, как `/играть ССЫЛКА`
cli-join-wait = Вместе с --play: видео ждёт в лобби, пока его не запустят (/начать), пока все не готовы или до назначенного времени
cli-join-json = Без экрана: читать строки со стандартного ввода и выводить JSON, по объекту в строке
cli-join-unlisted = Не показывать новую комнату в галерее
cli-join-private = Если комната создаётся: пускать только тех, у кого есть пароль; в терминале программа спросит его, если он не задан
cli-join-title = Название новой комнаты
cli-join-password-file = Взять пароль комнаты из первой строки этого файла (или из WATCHTOGETHER_PASSWORD)
cli-join-allow-private-media = Разрешить ссылкам комнаты вести на этот компьютер и в локальную сеть
cli-join-player = Какой mpv запускать (по умолчанию mpv)
cli-join-player-arg = Передать mpv этот параметр; можно указать несколько раз
cli-join-player-ipc = Путь, по которому mpv принимает команды в JSON
cli-join-no-player = Без плеера: только чат и ход просмотра
cli-join-audio-only = Только звук: для компьютера без дисплея
cli-join-ytdl = Программа yt-dlp для видео с YouTube (по умолчанию та, которую найдёт mpv)
cli-join-cookies-from-browser = Дать yt-dlp куки этого браузера: brave, chrome, chromium, edge, firefox, opera, safari, vivaldi или whale, при желании с профилем, например chrome:Work
cli-join-cookies = Дать yt-dlp куки из этого файла (формат Netscape); yt-dlp и пишет в него
cli-join-seek-threshold = При таком расхождении в секундах перематывать, а не догонять плавно (по умолчанию 2)
cli-join-lan = Если сервер запустится здесь, открыть его для локальной сети
cli-join-theme = Оформление экрана: auto, dark, light, contrast, mono или own (по умолчанию auto: тёмное или светлое, как терминал)
cli-join-no-bell = Без звукового сигнала, когда вас упомянули или началось видео
cli-join-no-notify = Без уведомлений терминала, когда вас упомянули или началось видео
cli-join-alert = Что мигает и что звенит, как в /сигналы: mention (упоминание), film (фильм) или reaction (реакция) и flash (вспышка), ring (звонок), both (оба) или off (ничего), например mention=both; можно указать несколько раз
cli-join-osd = Что показывать поверх видео: full (чат, реакции, действия других), quiet (только то, что касается вашего просмотра) или off (по умолчанию full)
cli-join-no-player-keys = Не занимать клавиши в окне mpv
cli-join-player-scripts = Загружать ваши скрипты mpv; без этого они выключены, так как могут мешать синхронности
cli-join-no-space-pause = Не ставить на паузу пробелом в пустой строке
cli-join-no-mouse = Оставить мышь терминалу, чтобы выделять текст без Shift
cli-join-example-play = открыть комнату и включить видео
cli-join-example-invite = войти в комнату друзей
cli-join-example-password = комната с паролем; --password-file возьмёт его из файла
cli-join-example-mpv = передать mpv свои параметры
cli-join-example-script = одна команда из скрипта, ответ в JSON
cli-join-nobody = Что происходит, когда видео не играет ни у кого. Если его не смог открыть ни один плеер, комната узнаёт причину, видео стоит в самом начале, а следующее из очереди включается через 15 с или сразу, если админ введёт /вперёд, /продолжить или /дальше; /пауза оставляет всё как есть. Если очередь пуста, /заново пробует ещё раз. Если все плееры дошли до конца того, что удалось загрузить, следующее видео включается через 3 с. Плееры, которые ещё пробуют открыть видео, комната ждёт не дольше 60 с, и видео пока стоит. Если играет хотя бы у кого-то, просмотр продолжается.
cli-join-exit-codes = Коды выхода: 0 — вы вышли, 1 — сбой на этом компьютере, 2 — ошибка в командной строке или настройках, 3 — отказ сервера, 4 — сервер недоступен, 5 — стандартный вывод не читали: накопилось больше 8 МиБ, или последние строки ждали 2 с.
cli-host-about = Открыть комнату на этом компьютере и смотреть
cli-host-room = Имя комнаты, например movie-night, или название на любом языке, например «Кино по пятницам»
cli-host-link = Сразу включить видео по этой ссылке, как `/играть ССЫЛКА`
cli-host-public-url = Адрес, по которому этот компьютер доступен другим, например адрес туннеля; с него начинаются приглашения
cli-host-port = Слушать этот порт (по умолчанию 8000 или любой свободный)
cli-host-lan = Пустить в комнату локальную сеть
cli-host-wait = Вместе со ссылкой: видео ждёт в лобби, пока его не запустят (/начать), пока все не готовы или до назначенного времени
cli-host-example-film = открыть комнату и включить видео
cli-host-example-lan = для друзей в вашей сети
cli-host-example-public = для всех: туннель или прокси передаёт этот адрес на порт 8000
cli-host-note = Сервер работает, пока вы в комнате; сама комната хранится до следующего раза. Если сервер на этом компьютере уже запущен, комната откроется на нём, но не с --public-url или --port. Остальные параметры те же, что у `join`: таблица [join] и те же переменные.
cli-calibrate-about = Подобрать на глаз и на слух, насколько опаздывает звук
cli-calibrate-example = вспышка и щелчок каждую секунду: сведите их и нажмите Enter
cli-calibrate-example-device = то же для другого устройства
cli-calibrate-note = Плеер и его параметры — те же, что у `join`. Поправка запоминается для звукового устройства; во время просмотра её меняет /сдвиг.
calibrate-how = Каждую секунду — вспышка и щелчок. Если щелчок запаздывает, нажимайте «вправо», пока они не сойдутся.
calibrate-keys = Вправо, влево: 5 мс   Вверх, вниз: 10 мс   0: без поправки   Enter: запомнить   q: выйти
calibrate-no-picture = mpv не показывает картинку: вспышка рисуется здесь, насколько терминал успевает.
calibrate-no-device = Не запомнено: mpv не нашёл звукового устройства. Выйти: q.
calibrate-no-sound = mpv не нашёл звукового устройства, настраивать нечего. Подробнее: `watchtogether doctor`.
calibrate-no-terminal = calibrate работает только в терминале: читает клавиши и рисует вспышку.
calibrate-offset = Поправка на звук { $offset }
calibrate-offset-device = Поправка на звук { $offset }, устройство { $device }
calibrate-kept = Запомнено. { $offset }
calibrate-given-up = Ничего не запомнено.
calibrate-no-folder = Не удаётся создать папку для сокета mpv
calibrate-no-state = Не удаётся запомнить поправку
calibrate-no-player = Не удаётся запустить { $program }: установите mpv или укажите его через --player
calibrate-not-answering = mpv запущен, но не отвечает
calibrate-unsupported = calibrate работает только в Linux и macOS
cli-config-about = Показать действующие настройки и откуда взята каждая
cli-config-json = Вывести каждую настройку строкой JSON
cli-config-example = все настройки: строка файла, переменная или параметр, откуда они взяты
cli-config-example-init = создать файл со всеми настройками: с пояснениями, в виде комментариев
cli-config-example-json = только то, что где-то задано
cli-config-example-path = открыть файл настроек в редакторе
cli-config-note = Собственные параметры команды известны только ей самой. Пароль никогда не выводится.
cli-config-init-about = Создать файл со всеми настройками в виде комментариев; готовый файл остаётся как есть
cli-config-path-about = Показать путь к файлу настроек
cli-demo-about = Показать, как это работает: комната с фильмом и вторым участником на этом компьютере
cli-demo-example = комната и всё, что хранят её клиенты, исчезает вместе с ним
cli-demo-note = Для настоящего вечера: `watchtogether host movie-night`. Без экрана или звукового устройства фильм всё равно идёт, только его не видно или не слышно.
demo-title = Демонстрация
demo-name = Мия
demo-you = Гость
demo-greeting = Привет! Это демонстрация: фильм, комната и я — всё на вашем компьютере. Напишите что-нибудь или нажмите F1, чтобы увидеть клавиши.
demo-proposes = Я предложила следующий фильм. Вы здесь админ: /принять добавит его в очередь.
demo-asks = А теперь я прошу паузу: /пауза остановит фильм у нас обоих, /продолжить пустит дальше.
demo-film = Минута фигур
demo-next-film = Та же минута ещё раз
demo-real = Для настоящего вечера выйдите (/выход) и запустите: watchtogether host movie-night
demo-no-folder = Не удаётся создать папку для демонстрации
demo-folder-stays = Не удаётся удалить папку демонстрации { $folder }: { $why }
demo-no-client = Не удаётся запустить клиент для демонстрации
cli-completions-about = Вывести то, с чем оболочка дополняет команды, комнаты и серверы
cli-completions-shell = Оболочка: bash, elvish, fish, powershell или zsh
cli-completions-example-bash = для bash, в ~/.bashrc
cli-completions-example-zsh = для zsh, в ~/.zshrc, после compinit
cli-completions-example-fish = для fish, в ~/.config/fish/config.fish
cli-completions-note = Пакеты ставят то же самое для bash, zsh и fish. Оболочка спрашивает программу, пока вы пишете: `join` предлагает открытые комнаты и те, в которых вы были, если сервер отвечает за секунду.
cli-conformance-about = Проверить, соблюдает ли сервер протокол
cli-conformance-server = Сервер: его адрес или имя профиля [servers.NAME] из config.toml
cli-conformance-only = Разыграть только этот сценарий; можно указать несколько раз
cli-conformance-json = Вывести каждый итог строкой JSON
cli-conformance-example = разыграть все сценарии на сервере этого компьютера
cli-conformance-example-only = разыграть только два сценария
cli-conformance-example-json = показать только то, что не прошло
cli-conformance-note = Для тех, кто пишет или меняет сервер. Проверка занимает минуту-две и идёт не больше чем в трёх комнатах с придуманными именами, скрытых или закрытых паролем; в конце она их закрывает. Если сервер ограничивает создание комнат, она ждёт или пропускает сценарий. Что именно проверяется, описано в watchtogether-protocol(7).
cli-conformance-exit-codes = Коды выхода: 0 — прошли все сценарии, 1 — какой-то не прошёл или пропущен, 2 — ошибка в командной строке или настройках, 4 — сервер недоступен или не отвечает.
conformance-pass = прошёл
conformance-fail = не прошёл
conformance-skipped = пропущен
conformance-expected = ожидалось: { $frame }
conformance-came = пришло: { $frame }
conformance-nothing = за { $seconds } с ничего не пришло
conformance-nothing-after = за { $seconds } с ничего подходящего; последнее сообщение: { $frame }
conformance-broken = соединение оборвалось без завершающего кадра
conformance-closed = закрыто: { $code } { $reason }
conformance-no-connection = нет соединения: { $why }
conformance-limit = Сервер не даёт это проверить: { $code }
conformance-no-limit = Ограничение на сервере, если оно есть, выше проверенного.
conformance-unreachable = По адресу { $server } не открывается WebSocket. { $why }
conformance-silent = { $server } принимает соединения, но не отвечает. Остальные сценарии не проверялись.
conformance-summary = Прошло: { $passed }, не прошло: { $failed }, пропущено: { $skipped }.
scenario-hello-first = без hello сервер отказывает и закрывает соединение
scenario-version = слишком далёкой версии отказано, и названы обе
scenario-room-names = комната с недопустимым именем не создаётся
scenario-first-is-admin = кто создал комнату, тот админ; в welcome есть все поля
scenario-second-is-viewer = следующий — зритель; все видят, как он вошёл и вышел
scenario-names-unique = второй участник с тем же именем получает другое
scenario-names-cleaned = в имени не остаётся ничего, что управляет терминалом
scenario-unknown-fields = следующая версия и незнакомые поля принимаются
scenario-unknown-kind = сообщение незнакомого вида — ошибка, и только
scenario-bad-json = не JSON или не сообщение — ошибка, и только
scenario-frame-size = сообщение больше указанного в welcome — ошибка, и только
scenario-junk = кто шлёт один мусор, того отключают
scenario-second-hello = второй hello — ошибка
scenario-clock = сверка часов возвращает t0, и время комнаты идёт как часы
scenario-cadence = частоту из приветствия можно соблюдать: часы сверяются сериями, а сведения о плеере не устаревают
scenario-health = кто сообщает о своём плеере, узнаёт и обо всех
scenario-answers = на бессмысленную команду приходит отказ с её номером
scenario-revs = ответ называет событие, а событие — команду
scenario-once = команда, посланная дважды под одним номером, выполняется один раз
scenario-order = двое видят одни и те же события в одном порядке
scenario-reactions = реакцию с именем пославшего получают все
scenario-denials = команды не для зрителей отклоняются и ничего не меняют
scenario-rate-limit = лишние команды отклоняются, и сказано, сколько ждать
scenario-state = полное состояние приходит по запросу
scenario-resume = вернувшийся по токену ничего не упустил
scenario-resume-commands = команда, посланная перед обрывом связи, выполняется один раз
scenario-resume-other-log = на чужой журнал или ещё не случившееся событие приходит полное состояние
scenario-resume-replaces = второе соединение участника заменяет первое
scenario-resume-unknown = с ничьим токеном приходит новый зритель
scenario-resume-no-room = возвращение не создаёт комнату
scenario-token = повторный hello с токеном клиента — тот же участник
scenario-errand = поручение говорит от имени участника: незаметно и не отключая его
scenario-observe = наблюдателя открытой комнаты считают, а чат он видит, только если так решил админ
scenario-timeline = пауза, перемотка, пуск и скорость у всех одинаковы
scenario-undo = перемотка отменяется и возвращается
scenario-proposals = зритель предлагает, админ принимает и включает
scenario-withdrawal = предложение отзывает только тот, кто его сделал
scenario-late-join = пришедший позже видит видео, очередь, чат и название
scenario-hold-data = ожидание отставшего кончается, когда у него снова есть данные
scenario-hold-admin = админ прекращает ожидание
scenario-hold-time = ожидание кончается само, в названный срок
scenario-rename = занятое имя отклоняется, о другом узнают все
scenario-mute = заглушённый не может писать в чат
scenario-moderator = модератор модерирует, но не трогает видео и админов
scenario-kick = удалённому сказано об этом, и его токен не действует
scenario-ban = забаненный не войдёт, пока бан не снят
scenario-hand-over = когда админ вышел, оставшийся замещает его до возвращения; потом комната закрывается
scenario-private = закрытая комната просит пароль, а при возвращении — нет
scenario-private-password = закрытая комната без пароля не создаётся
cli-doctor-about = Проверить, можно ли на этом компьютере смотреть фильмы
cli-doctor-server = Проверить и путь к этому серверу
cli-doctor-long = Держать открытым тихое соединение с этим сервером столько секунд (без числа — 100)
cli-doctor-json = Вывести каждый итог строкой JSON
cli-doctor-example = проверить плеер, yt-dlp, терминал, папки и сеть
cli-doctor-example-server = то же и путь к серверу
cli-doctor-example-long = для владельца сервера: не рвёт ли прокси тихие соединения?
cli-doctor-example-json = только команды, которые что-то исправляют
cli-doctor-note = Плеер и сервер — те же, что у `join`, если они заданы в настройках. Под каждым предупреждением и каждой ошибкой стоит команда, которая это исправит, если для этой системы такая есть.
cli-doctor-exit-codes = Коды выхода: 0 — фильм можно смотреть, 1 — нельзя, 2 — ошибка в командной строке или настройках.
doctor-keeps-quiet = Держим молчащее соединение открытым { $seconds } с…
doctor-ok = в порядке
doctor-warning = внимание
doctor-failure = ошибка
doctor-can-watch = На этом компьютере можно смотреть фильмы.
doctor-cannot-watch = Пока ошибки выше не исправлены, смотреть фильмы здесь нельзя.
doctor-mpv = mpv { $version } запускается и отвечает.
doctor-mpv-missing = Не найден { $binary }, поэтому здесь работает только чат.
doctor-mpv-old = mpv { $version } слишком старый, поэтому здесь работает только чат: нужен 0.35 или новее.
doctor-mpv-other = { $binary } — это не mpv, поэтому здесь работает только чат. Поставьте туда mpv или укажите в настройках другую программу.
doctor-mpv-refused = mpv не запускается: { $reason }. Проверьте свой mpv.conf, а в настройках — плеер и его параметры.
doctor-mpv-system = Не удалось запустить { $binary }: { $why }.
doctor-socket-taken = mpv не запускается: { $path } уже существует, и это не свободный сокет. Уберите его или укажите в настройках другой сокет (--player-ipc).
doctor-socket-in-use = mpv не запускается: на { $path } отвечает другой плеер. Закройте его или укажите в настройках другой сокет (--player-ipc).
doctor-socket-no-folder = mpv не запускается: нет папки { $path } для его сокета.
doctor-socket-too-long = mpv не запускается: слишком длинный путь к его сокету: { $path }. Укажите в настройках путь покороче (--player-ipc).
doctor-socket-system = mpv не запускается: не удаётся создать его сокет в { $path }: { $why }. В настройках можно указать другой (--player-ipc).
doctor-ffmpeg = FFmpeg { $version }, которым пользуется mpv, запрашивает файлы частями, как того хотят серверы YouTube.
doctor-ffmpeg-open = FFmpeg { $version }, которым пользуется mpv, запрашивает файлы сразу до конца; некоторые серверы YouTube в этом отказывают. Версия 8.1 и новее, из свежих выпусков вашей системы, запрашивает их частями.
doctor-output = Изображение и звук: дисплей есть, звук идёт через { $sound }.
doctor-ytdl = yt-dlp { $version } вышел { $days ->
    [one] { $days } день
    [few] { $days } дня
   *[many] { $days } дней
} назад: он достаточно новый, и mpv может им пользоваться.
doctor-ytdl-own = yt-dlp { $version } — ваша собственная сборка, mpv его находит.
doctor-ytdl-no-hook = mpv собран без Lua и не может запустить yt-dlp, поэтому ссылки на YouTube не откроются. Прямые ссылки работают.
doctor-ytdl-missing = yt-dlp не найден, поэтому ссылки на YouTube не откроются. Прямые ссылки работают.
doctor-ytdl-broken = { $path } не запускается, поэтому ссылки на YouTube не откроются. Прямые ссылки работают.
doctor-ytdl-dangerous = yt-dlp { $version } опасен: в выпусках до 2026.07.04 есть пять опубликованных уязвимостей ({ $holes }).
doctor-ytdl-old = yt-dlp { $version } вышел { $days ->
    [one] { $days } день
    [few] { $days } дня
   *[many] { $days } дней
} назад; YouTube с тех пор мог измениться.
doctor-javascript = yt-dlp может выполнять JavaScript с YouTube: есть { $name } { $version }.
doctor-javascript-named = yt-dlp может выполнять JavaScript с YouTube: есть { $name } { $version }, `join` указывает его через --js-runtimes.
doctor-javascript-old = { $name } { $version } слишком старый, чтобы yt-dlp выполнял с ним JavaScript с YouTube; многие видео не откроются.
doctor-javascript-missing = Для yt-dlp не найдена среда JavaScript (deno 2, node 20, quickjs или bun); многие видео с YouTube не откроются.
doctor-terminal = Размер терминала — { $columns } × { $rows }.
doctor-terminal-small = Размер терминала — всего { $columns } × { $rows }: панели станут вкладками или почти ничего не поместится. Увеличьте окно.
doctor-terminal-missing = Терминала здесь нет: `join` покажет простые строки, а с --json — JSON.
doctor-colours = Цветов в терминале: { $colours }.
doctor-colours-all = Терминал показывает все цвета.
doctor-colours-none = Без цветов: терминал их не показывает или они отключены через NO_COLOR или --color.
doctor-emoji = Эмодзи такой ширины, как надо.
doctor-emoji-shifts = Ширина ❤️ в этом терминале — { $cells }, а не 2. Реакции могут обрезаться.
doctor-terminal-silent = Терминал не отвечает, какой ширины эмодзи, показывает ли он картинки и рисует ли экран целиком (режим 2026).
doctor-synchronized = Терминал рисует экран целиком (режим 2026).
doctor-flickers = Терминал не рисует экран целиком (режим 2026), поэтому возможно лёгкое мерцание.
doctor-images = Терминал показывает картинки ({ $protocol }).
doctor-images-none = Терминал не показывает картинки; вместо них — цветные блоки.
doctor-terminal-copies = Скопированное передаётся терминалу (OSC 52); большинство кладёт его в буфер обмена.
doctor-tmux-passes = tmux пропускает то, что понимает терминал вокруг него.
doctor-tmux-holds = tmux не пропускает то, что понимает только терминал вокруг него. Здесь это и не нужно.
doctor-tmux-copies = tmux передаёт скопированное в буфер обмена.
doctor-tmux-keeps = tmux не передаёт скопированное здесь в буфер обмена.
doctor-folder = { $purpose }: в { $path } можно писать.
doctor-folder-closed = { $purpose }: не удаётся писать в { $path }: { $why }.
doctor-folder-full = Освободите там место.
doctor-folder-other-state = Другую папку можно указать в WATCHTOGETHER_STATE_DIR.
doctor-folder-other-data = Другую папку для `serve` и `admin` можно указать через --data-dir.
doctor-folder-other-socket = Другую папку можно указать в XDG_RUNTIME_DIR.
doctor-folder-none = { $purpose }: нет домашней папки.
doctor-folder-state = Ваши настройки и места в комнатах
doctor-folder-data = Комнаты сервера
doctor-folder-socket = Сокет mpv
doctor-no-network = Компьютер не подключён к сети: фильмы из интернета не пойдут, и друзья не смогут войти в комнаты на нём. Подключите его по Wi-Fi или кабелю.
doctor-direct = Прокси не задан: соединения прямые.
doctor-proxy = Соединения с интернетом идут через прокси { $proxy }.
doctor-proxy-unusable = В { $variable } указан прокси, которым нельзя пользоваться: { $value }. Адрес должен начинаться с http://.
doctor-server = { $server } отвечает, комнат в галерее: { $rooms }.
doctor-upgrade = WebSocket проходит: в комнаты можно зайти.
doctor-upgrade-missing = WebSocket не проходит, поэтому зайти в комнаты нельзя: прокси перед сервером не пропускает переключение протокола (Upgrade).
doctor-round-trip = Ответы приходят за { $millis } мс: часы можно сверить с точностью до { $bound } мс или лучше.
doctor-round-trip-slow = Ответы идут { $millis } мс: паузы и перемотки дойдут до людей с опозданием.
doctor-round-trip-none = По открытому WebSocket ничего не приходит в ответ.
doctor-certificate = Сертификат действует ещё { $days } дн.
doctor-certificate-ends = Сертификат истекает через { $days } дн. Он уже должен был обновиться сам.
doctor-address = Сервер учитывает вас по адресу { $address }.
doctor-address-distrusted = Сервер учитывает всех по адресу { $address }: это прокси, которому он не доверяет. Ограничения и баны по адресу так не работают.
doctor-address-silent = Сервер учитывает всех по адресу { $address }: прокси перед ним не сообщает, кто спрашивает. Ограничения и баны по адресу так не работают.
doctor-events = Изменения в галерее приходят сразу.
doctor-events-held = Из потока изменений галереи ничего не пришло: прокси перед сервером ждёт, пока заполнятся буферы.
doctor-quiet = Молчащее соединение остаётся открытым { $seconds } с и дольше.
doctor-quiet-signs = Соединение остаётся открытым { $seconds } с. Этот сервер старой версии и подаёт голос каждые 10 с, поэтому прокси, который обрывает молчащие соединения, так не заметить.
doctor-quiet-between = кто-то перед сервером
doctor-quiet-cut = Молчащее соединение оборвано через { $seconds } с, его закрыл { $proxy }. В комнатах сообщения идут не реже чем раз в 10 с, так что люди останутся; но при перебоях в сети они будут вылетать раньше.
doctor-quiet-cuts-rooms = Молчащее соединение оборвано через { $seconds } с, его закрыл { $proxy }. В комнатах сообщения иногда идут лишь раз в 10 с, так что людей будет выбрасывать снова и снова.
doctor-quiet-lost = Молчащее соединение никто не закрыл, но через { $seconds } с по нему уже ничего не приходит: что-то по пути о нём забыло.
doctor-quiet-refused = Проверить молчащее соединение не удалось: { $why }
cli-gallery-about = Показать открытые комнаты сервера
cli-gallery-server = Сервер: адрес или имя из config.toml (по умолчанию тот, что на этом компьютере)
cli-gallery-name = Ваше имя в комнате, в которую вы войдёте отсюда (по умолчанию — как у join)
cli-gallery-allow-private-media = Разрешить ссылкам комнаты вести на этот компьютер и в локальную сеть
cli-gallery-player-arg = Передать mpv этот параметр; можно указать несколько раз
cli-gallery-json = Выводить JSON, по объекту на комнату
cli-gallery-example-server = открытые комнаты этого сервера
cli-gallery-example-ids = только имена комнат, для `join`
cli-gallery-exit-codes = Коды выхода: 0 — список показан, 1 — сбой на этом компьютере, 2 — ошибка в командной строке или настройках, 4 — сервер недоступен.
cli-add-about = Поставить ссылки в очередь, не входя в комнату
cli-add-link = Ссылки; если их нет — каждая строка стандартного ввода
cli-add-server = Сервер: адрес или имя из config.toml (по умолчанию тот, что на этом компьютере)
cli-add-name = От чьего имени добавить; если в комнате вас зовут иначе — как гость (по умолчанию — как вас знает комната, иначе как у join)
cli-add-json = Выводить каждый ответ строкой JSON
cli-add-example = поставить фильм в очередь или предложить, если вы там не админ
cli-add-example-input = поставить в очередь ссылки из файла, ответы в JSON
cli-say-about = Написать в чат, не входя в комнату
cli-say-text = Что написать; если текста нет — каждая строка стандартного ввода
cli-say-server = Сервер: адрес или имя из config.toml (по умолчанию тот, что на этом компьютере)
cli-say-name = От чьего имени писать; если в комнате вас зовут иначе — как гость (по умолчанию — как вас знает комната, иначе как у join)
cli-say-json = Выводить каждый ответ строкой JSON
cli-say-example = одна строка в чат
cli-say-example-input = каждая строка вывода программы, под отдельным именем
cli-errand-who = Если с этого компьютера уже входили в комнату, вы в ней тот же участник с теми же правами, даже если сейчас вас там нет. Иначе вы гость, и в следующий раз — тот же гость. Никому не сообщается, что кто-то вошёл или вышел. Комната должна существовать: её создают `watchtogether host` и `watchtogether join`. Если сервер просит не спешить, команда ждёт, но не дольше минуты.
cli-errand-exit-codes = Коды выхода: 0 — сделано, 1 — сбой на этом компьютере, 2 — ошибка в командной строке или настройках, 3 — отказ сервера, 4 — сервер недоступен, 6 — комната приняла не все строки.
cli-status-about = Одной строкой: что идёт в комнате
cli-status-server = Сервер: адрес или имя из config.toml (по умолчанию тот, что на этом компьютере)
cli-status-name = Ваше имя, если закрытая комната ещё не знает этот компьютер (по умолчанию — как у join)
cli-status-format = Вывести этот текст, подставив данные комнаты вместо {"{"}media{"}"} и других полей
cli-status-json = Вывести JSON: тот же объект, что у `gallery --json`
cli-status-example = строка для людей
cli-status-example-format = своя строка, например для строки состояния
cli-status-example-json = число для скрипта
cli-status-format-note = Поля для --format: {"{"}room{"}"}, {"{"}title{"}"}, {"{"}viewers{"}"}, {"{"}admin{"}"}, {"{"}state{"}"} (playing, paused, lobby или idle), {"{"}media{"}"}, {"{"}kind{"}"}, {"{"}position{"}"}, {"{"}duration{"}"}, {"{"}left{"}"}, {"{"}next{"}"} и {"{"}line{"}"}. Вместо неизвестного — пусто. В комнате вашего запроса не видно. Закрытая комната отвечает только тем, кого знает, или по паролю.
cli-status-exit-codes = Коды выхода: 0 — показано, 1 — сбой на этом компьютере, 2 — ошибка в командной строке или настройках, 3 — такой комнаты нет или сервер отказал, 4 — сервер недоступен.
cli-watch-about = Выводить, что происходит в открытой комнате, не входя в неё
cli-watch-server = Сервер: адрес или имя из config.toml (по умолчанию тот, что на этом компьютере)
cli-watch-example = по строке JSON на каждое событие, до Ctrl-C
cli-watch-example-media = только то, что включают
cli-watch-note = Строки — те же, что у `join --json`; в `joined` нет `you`, ведь никто не входит. Новые сообщения чата видны, только пока это разрешает админ (`/наблюдатели чат вкл`). В комнате видно, сколько человек смотрит снаружи; с одного адреса — не больше четырёх. После обрыва связи вывод продолжается сам, а когда комната перестаёт быть открытой, заканчивается.
cli-watch-exit-codes = Коды выхода: 0 — остановлено вами или вывод никто не читает, 1 — сбой на этом компьютере, 2 — ошибка в командной строке или настройках, 3 — такой открытой комнаты нет или сервер отказал, 4 — сервер недоступен, 5 — стандартный вывод не читали: накопилось больше 8 МиБ или последние строки ждали 2 с.
errand-no-text = Что написать? Укажите текст после комнаты или подайте его на стандартный ввод.
errand-no-links = Какие ссылки? Укажите их после комнаты или подайте на стандартный ввод, по одной в строке.
errand-plays = Уже идёт: { $name }
errand-queued = #{ $entry } в очереди: { $name }
errand-proposed = #{ $entry } предложено, решает админ: { $name }
errand-added = Добавлено: { $name }
errand-no-room = Комнаты { $room } здесь нет. Её откроет `watchtogether host { $room }` или `watchtogether join { $room }`.
errand-no-room-there = Комнаты { $room } там нет. Её откроет `watchtogether join { $link }`.
errand-trying-again = { $why } Пробуем снова.
errand-unanswered = Соединение прервалось до ответа: неизвестно, выполнено ли это. { $why }
status-viewers = { $count ->
    [one] { $count } зритель
    [few] { $count } зрителя
   *[other] { $count } зрителей
}
status-idle = Ничего не идёт · { $viewers }
status-no-room = Комнаты { $room } здесь нет или она закрытая: тогда нужен пароль (--password-file).
status-no-placeholder = Поля {"{"}{ $name }{"}"} нет. Есть такие: { $known }
cli-value-addr-port = АДРЕС:ПОРТ
cli-value-kind-how = ЧТО=КАК
cli-value-arg = ПАРАМЕТР
cli-value-shell = ОБОЛОЧКА
cli-value-dir = ПАПКА
cli-value-file = ФАЙЛ
cli-value-language = ЯЗЫК
cli-value-when = КОГДА
cli-value-theme = ТЕМА
cli-value-level = УРОВЕНЬ
cli-value-link = ССЫЛКА
cli-value-name = ИМЯ
cli-value-path = ПУТЬ
cli-value-port = ПОРТ
cli-value-room = КОМНАТА
cli-value-seconds = СЕКУНДЫ
cli-value-text = ТЕКСТ
cli-value-server = СЕРВЕР
cli-value-browser = БРАУЗЕР
cli-value-url = АДРЕС
cli-value-redis-url = АДРЕС-REDIS
cli-value-prefix = ПРЕФИКС
cli-value-node = УЗЕЛ
cli-value-command = КОМАНДА
cli-heading-commands = Команды
cli-heading-arguments = Аргументы
cli-heading-options = Параметры
cli-heading-everywhere = Параметры всех команд
cli-heading-examples = Примеры:
cli-usage = Использование:
cli-usage-options = [ПАРАМЕТРЫ]
cli-man-name = ИМЯ
cli-man-synopsis = СИНТАКСИС
cli-man-description = ОПИСАНИЕ
cli-man-options = ПАРАМЕТРЫ
cli-man-commands = КОМАНДЫ
cli-man-examples = ПРИМЕРЫ
cli-man-exit = КОДЫ ВЫХОДА
cli-man-environment = ПЕРЕМЕННЫЕ ОКРУЖЕНИЯ
cli-man-files = ФАЙЛЫ
cli-man-licence = ЛИЦЕНЗИЯ
cli-man-see = СМ. ТАКЖЕ
cli-man-keys = КЛАВИШИ
cli-exit-codes = Коды выхода: 0 — готово, 1 — здесь что-то не получилось, 2 — ошибка в командной строке или настройках.
cli-man-variable-options = Для каждого параметра, который можно задать в config.toml, есть переменная: его имя заглавными буквами, с `_` вместо дефисов, например `WATCHTOGETHER_DATA_DIR`. Она важнее файла, а параметр команды важнее неё. Об опечатке в имени вы узнаете, сама она ничего не меняет.
cli-man-variable-config = Файл настроек, как с --config.
cli-man-variable-password = Пароль комнаты, в которую вы входите или которую создаёте.
cli-man-variable-state = Папка для того, что программа запоминает, и для журнала, вместо обычного.
cli-man-variable-proxy = Прокси для адресов вне вашей сети и исключения из них.
cli-man-variable-colour = Если задана, цвета не используются — разве что указано --color always.
cli-man-variable-force-colour = Если задана и не равна 0, цвета остаются и в каналах, и в файлах, если их не отключает NO_COLOR или --color.
cli-man-variable-locale = Язык, если он не задан иначе.
cli-man-file-config = Ваши настройки; см. watchtogether-config(5).
cli-man-file-service = Настройки сервера, который ставится с пакетом.
cli-man-file-state = То, что программа запоминает: комнаты, ваше имя в них, кто вы там, сохранённые очереди, ваш выбор; а ещё комнаты сервера, который она запустила сама.
cli-man-file-log = Журнал клиента. Заполненный становится client.old.log.
cli-man-file-data = Комнаты сервера, если --data-dir не называет другую папку.
cli-man-file-elsewhere = Это места в Linux; XDG_CONFIG_HOME, XDG_STATE_HOME и XDG_DATA_HOME меняют их. В других системах они свои.
cli-man-config-about = настройки watchtogether
cli-man-config-how = Файл написан в TOML. Его таблицы — подкоманды, их ключи — параметры; `host` читает таблицу `join`. Неизвестный ключ и неверное значение — ошибки, и они называют строку. Ни один ключ не обязателен.
cli-man-config-reactions = Эмодзи на клавишах от 1 до 5, начиная с первой; остальные — обычные
cli-man-config-player-keys = Работают ли клавиши в окне mpv; противоположность no-player-keys в [join]
cli-man-config-servers = Сервер под вашим именем: его можно указать как `--server home` и как `server = "home"` в этом файле. Остальное здесь действует только на этом сервере, как бы он ни был указан; оно важнее других таблиц, но параметры командной строки и переменные важнее него.
cli-man-config-server-url = Адрес сервера; без него сервер указать нельзя
cli-man-config-ytdl = Что передаётся yt-dlp — и для воспроизведения в mpv, и для названий и плейлистов. Ключи — параметры yt-dlp без дефисов в начале; у тех, что без значения, — true или false. Имена и пароли храните в файле netrc.
cli-man-config-keys-table = Ваши клавиши для всего, что делается вне строки ввода; все клавиши показывает F1. Клавиша — это буква или знак, например `x`, `X` и `>`, или название: `Space`, `Enter`, `Tab`, `Left`, `F7`, при желании с `Ctrl-` или `Alt-` в начале. Она заменяет обычную. У каждой клавиши одно действие; клавиши, которые работают везде, не меняются.
cli-man-config-theme = Ваша тема: строки, в каждой цвет (`#ff8800`, `208`, `red`, `bright-blue`, `default`), `on` и цвет фона и любые из слов `bold`, `dim`, `italic`, `underline` и `reverse`. `plain` — обычный вид терминала. В `names` их несколько, через запятую: участники делят их между собой. Что не названо, выглядит как в тёмной или светлой теме.
cli-man-config-keys = Ключи: { $keys }.
cli-man-json-about = что watchtogether выводит и читает для программ
cli-man-protocol-about = как общаются клиент и сервер watchtogether
cli-man-keys-about = клавиши и команды watchtogether
cli-man-keys-how = Что понимает экран `watchtogether join`; то же показывает F1. Буквы работают и в русской раскладке. Для всего, что терминал может забрать себе, есть команда. Вне строки ввода клавиши можно назначить свои: см. [keys] в watchtogether-config(5).
cli-man-admins = { $about } (админы)
cli-man-moderators = { $about } (модераторы и админы)
cli-error = ошибка:
cli-warning = предупреждение:
cli-tip = подсказка:
cli-tip-argument = есть похожий параметр: { $similar }
cli-tip-subcommand = есть похожая команда: { $similar }
cli-tip-or-room = может быть, { $similar }? Войти в комнату с таким названием: { $line }
cli-tip-value = есть похожее значение: { $similar }
cli-tip-line = может быть, так: { $line }
cli-tip-belongs = { $argument } — параметр команды { $command }: { $line }
cli-try-help = Подробнее: { $flag }.
cli-argument-conflict = { $argument } и { $other } нельзя указать вместе
cli-argument-twice = { $argument } можно указать только один раз
cli-argument-missing = не хватает: { $arguments }
cli-argument-unknown = неизвестный аргумент { $argument }
cli-argument-without-value = { $argument } пишется без значения, а указано { $value }
cli-subcommand-unknown = нет такой команды: { $name }
cli-subcommand-missing = не хватает команды ({ $commands })
cli-word-empty = первое слово пустое: укажите имя комнаты, например movie-night, или ссылку
cli-quoted = «{ $text }»
cli-value-missing = для { $argument } нужно значение
cli-value-empty = { $argument }: пусто
cli-value-invalid = { $argument }: недопустимое значение { $value }
cli-value-invalid-why = { $argument }: недопустимое значение { $value }: { $why }
cli-value-equals = значение { $argument } пишется после знака равенства
cli-values-too-few = для { $argument } нужно больше значений
cli-values-wrong = для { $argument } нужно другое число значений
cli-value-possible = допустимые значения: { $values }
cli-words-not-utf8 = в командной строке есть символы не в UTF-8
cli-password-new = Пароль для комнаты:
cli-password-again = Ещё раз:
cli-password-empty = Введите пароль: пустой ничего не защищает.
cli-password-too-long = Слишком длинно: не больше { $most } байт.
cli-no-start = Не удалось запустить поток
cli-no-signals = Не удалось подписаться на сигналы
cli-no-output = Не удаётся писать в стандартный вывод
cli-no-free-port = Нет свободного порта, чтобы запустить сервер
cli-no-port = Порт { $port } занять не удалось: возможно, на нём уже работает сервер; другой задаёт --port
cli-no-log = Журнал не ведётся: { $why }
cli-no-local-server = Не удалось запустить сервер на этом компьютере
cli-no-home = нет домашней папки
cli-no-folder = не удаётся создать { $path }
cli-no-files = не удаётся записать файлы в { $path }
cli-old-log-stays = не удаётся удалить старый журнал { $path }: { $why }
cli-no-log-file = не удаётся вести журнал в { $path }
cli-file-limit = Запись сверх предельного размера файла (ulimit -f) завершит программу: { $why }
cli-serve-admin-socket = Сокет, через который к серверу обращается `watchtogether admin` (по умолчанию admin.sock в папке данных)
cli-serve-metrics-listen = Отдавать на этом адресе показатели для Prometheus и проверки состояния; не открывайте его наружу
cli-serve-log-format = Вид строк журнала: text или json (по умолчанию text)
cli-admin-about = Управлять сервером, который работает на этом компьютере
cli-admin-socket = Сокет сервера (по умолчанию admin.sock в его папке данных)
cli-admin-data-dir = Папка данных сервера (по умолчанию watchtogether в вашей папке данных)
cli-admin-json = Вывести ответ в виде JSON
cli-admin-rooms-about = Показать все комнаты, в том числе скрытые и закрытые
cli-admin-room-about = Показать комнату: участники, на каком бы сервере они ни были, что идёт, очередь
cli-admin-room-room = Имя комнаты
cli-admin-close-about = Закрыть комнату насовсем; участники узнают об этом
cli-admin-close-room = Имя комнаты
cli-admin-promote-about = Сделать участника админом комнаты
cli-admin-promote-room = Имя комнаты
cli-admin-promote-member = Имя участника или его номер, например '#7'
cli-admin-ban-about = Забанить участника в комнате
cli-admin-ban-room = Имя комнаты
cli-admin-ban-member = Имя участника или его номер, например '#7'
cli-admin-announce-about = Показать всем объявление: на экране и поверх видео
cli-admin-announce-text = Текст объявления, до 500 знаков
cli-admin-announce-room = Только для этой комнаты
cli-admin-drain-about = Остановить этот сервер через некоторое время, предупредив всех на нём; другие серверы с теми же комнатами в Redis работают дальше
cli-admin-drain-in = Через сколько остановить сервер: 60s, 5m или 1h
cli-admin-drain-cancel = Отменить остановку
cli-admin-limits-about = Показать действующие ограничения этого сервера
cli-admin-figures-about = Показать состояние этого сервера и какие ещё серверы используют его комнаты в Redis
cli-admin-forget-about = Стереть всё, что комнаты хранят о человеке: запись, сообщения, имя и хеш адреса
cli-admin-forget-name = Имя этого человека в комнатах
cli-admin-forget-yes = Не переспрашивать
cli-admin-example-rooms = комнаты вашего собственного сервера
cli-admin-example-room = комната сервера, который запускает systemd
cli-admin-example-announce = объявление для всех комнат
cli-admin-example-drain = перед обновлением: все комнаты увидят отсчёт
cli-admin-example-figures = показатели для скрипта
cli-admin-example-ban = участник, которому больше нельзя входить
cli-admin-example-close = закрыть комнату насовсем: все в ней об этом узнают
cli-admin-example-create = ключ, с которым кто-то сможет создать комнату
cli-admin-example-forget = все следы имени во всех комнатах
cli-admin-example-hide = комната, которой больше нет в списке открытых
cli-admin-example-limits = сколько может быть комнат, участников и соединений
cli-admin-example-promote = назначить админа там, где их не осталось
cli-admin-example-restore = комнаты из копии, пока сервер не запущен
cli-admin-who = Запускайте от имени пользователя, под которым работает сервер, или от root.
cli-admin-exit-codes = Коды выхода: 0 — сделано, 1 — не сделано, 2 — ошибка в командной строке или настройках, 4 — сервер не отвечает.
cli-value-format = ВИД
cli-value-member = УЧАСТНИК
cli-value-time = ВРЕМЯ
cli-admin-backup-about = Скопировать все комнаты в новый файл, не останавливая сервер
cli-admin-backup-file = Новый файл в папке, куда сервер может писать
cli-admin-restore-about = Вернуть комнаты из резервной копии, когда сервер остановлен
cli-admin-restore-file = Файл, который создала команда `watchtogether admin backup`
cli-admin-export-about = Записать все комнаты в новый файл для другого сервера, не останавливая этот
cli-admin-export-file = Новый файл в папке, куда сервер может писать
cli-admin-import-about = Принять комнаты другого сервера, не останавливая этот; комнаты с уже занятыми именами пропускаются
cli-admin-import-file = Файл, который создала команда `watchtogether admin export`
cli-admin-example-export = все комнаты в файле, который примет любой сервер, с Redis или без
cli-admin-example-import = комнаты из такого файла
cli-admin-example-backup = копия всех комнат, пока сервер работает
cli-serve-trust-proxy = Брать адрес клиента из X-Forwarded-For или Forwarded, если запрос пришёл от этого прокси или из этой сети (например 127.0.0.1 или 10.0.0.0/8): тогда ограничения и баны касаются людей, а не прокси; можно указать несколько раз
cli-serve-tls-cert = Отвечать по https с сертификатом из этого файла PEM: сначала свой, затем остальная цепочка
cli-serve-tls-key = Закрытый ключ этого сертификата, тоже файл PEM
cli-serve-example-tls = со своим сертификатом, без прокси
cli-serve-create = Кто может создавать комнаты: anyone — все, password — у кого есть пароль из --create-password-file, admin — у кого есть ключ от `watchtogether admin create movie-night` (по умолчанию anyone)
cli-serve-create-password-file = Взять пароль для новых комнат из первой строки этого файла
cli-serve-max-rooms = Сколько комнат может быть одновременно (по умолчанию 10000)
cli-serve-max-rooms-per-address = Сколько комнат, созданных с одного адреса, может быть одновременно (по умолчанию 50)
cli-serve-max-members = Сколько участников может быть в комнате одновременно (по умолчанию 1000)
cli-serve-max-connections = Сколько соединений может быть одновременно (по умолчанию 10000)
cli-serve-max-connections-per-address = Сколько соединений с одного адреса может быть одновременно (по умолчанию 64)
cli-join-create-password-file = Взять пароль для новых комнат или ключ от владельца сервера из первой строки этого файла, если сервер разрешает создавать комнаты не всем
cli-admin-create-about = Создать ключ для новой комнаты (на сервере с --create password или admin)
cli-admin-create-room = Имя новой комнаты
cli-value-who = КТО
cli-value-number = ЧИСЛО
cli-join-ca-file = Доверять не только системным центрам сертификации, но и центрам из этого файла PEM
cli-gallery-ca-file = Доверять не только системным центрам сертификации, но и центрам из этого файла PEM
cli-value-network = СЕТЬ
cli-admin-hide-about = Убрать открытую комнату из галереи; участники узнают об этом
cli-admin-hide-room = Имя комнаты

## Ошибки настроек (config-)

config-missing = Файла { $path } нет. Создайте его или укажите другой в --config или WATCHTOGETHER_CONFIG.
config-unreadable = Не удаётся прочитать { $path }: { $why }
config-syntax = { $path }, строка { $line }: это не TOML: { $why }
config-unknown = { $path }, строка { $line }: настройки `{ $key }` нет.
config-unknown-nearest = { $path }, строка { $line }: настройки `{ $key }` нет. Может быть, `{ $nearest }`?
config-value = { $path }, строка { $line }: недопустимое значение настройки `{ $key }`: { $why }
config-variable = Недопустимое значение переменной окружения { $name }: { $why }
config-flag = Недопустимое значение { $name }: { $why }
config-both-in-environment = В переменных окружения заданы и `{ $one }`, и `{ $other }`. Оставьте что-то одно.
config-both-in-file = В config.toml заданы и `{ $one }`, и `{ $other }`. Оставьте что-то одно.
config-invite-and-server = В приглашении сервер уже указан. Уберите --server и --lan.
config-invite-to-host = Для своей комнаты сервер запускается здесь: команде `host` нужно только название. Войти по приглашению или на другой сервер — `join`.
config-private-without-password = Закрытой комнате нужен пароль. Задайте WATCHTOGETHER_PASSWORD или укажите файл в --password-file.
config-empty-password = Первая строка { $path } пуста. Напишите в ней пароль.
config-no-data-folder = Нет домашней папки, где хранить комнаты. Добавьте --data-dir ПАПКА или --ephemeral.
config-log = `{ $text }` — не уровень журнала. Укажите error, warn, info, debug, trace или фильтр, например info,watchtogether::server=debug.
config-log-nearest = `{ $text }` — не уровень журнала и не фильтр. Может быть, `{ $nearest }`?
config-file-read = # Действующие настройки. Файл: { $path }
config-file-none = # Действующие настройки. Файла { $path } нет; `watchtogether config init` создаст его.
config-from-usual = по умолчанию
config-from-nothing = не задано
config-from-kept = выбрано раньше
config-from-secret = { $name }, значение скрыто
config-no-home = Нет домашней папки для файла настроек. Укажите файл: --config FILE.
config-written = Записан файл { $path }
config-exists = Файл { $path } уже есть и остаётся как есть. Действующие настройки покажет `watchtogether config`.
config-unwritten = Не удаётся записать { $path }
config-new-file = Настройки watchtogether. Чтобы задать настройку, уберите # перед ней. Действующие настройки покажет `watchtogether config`, подробности — в watchtogether-config(5).
config-why-boolean = укажите true или false
config-why-text = текст пишется в кавычках
config-why-unquoted = нет значения или кавычек вокруг него
config-why-list = нужен список в скобках, например `["a", "b"]`
config-why-table = это раздел: его имя пишется в скобках на отдельной строке
config-why-key-twice = настройка задана дважды
config-why-no-value = после имени настройки нужны = и значение
config-why-open-bracket = скобка не закрыта
config-why-open-quote = кавычка не закрыта
config-why-no-comma = значения разделяются запятой
config-why-not-utf8 = это не UTF-8
config-why-empty-password = она пуста; задайте пароль или удалите переменную
config-why-seconds = нужны секунды, больше 0 и не больше 3600, например 2.5
config-why-duration = нужен срок, например 7d, 12h, 90m или 45s
config-why-reactions = перечислите до пяти эмодзи
config-why-reaction = { $entry } — не эмодзи; перечислите до пяти
config-why-language = укажите en или ru
config-why-color = укажите auto, always или never
config-why-theme = укажите auto, dark, light, contrast, mono или own
config-why-style = укажите цвет, например #ff8800, 208 или red, для фона — `on` и цвет, и слова bold, dim, italic, underline, reverse или plain
config-why-listen = нужен порт или IP-адрес с портом, например 8000 или 0.0.0.0:8000
config-why-port = нужен порт от 1 до 65535, например 8000
config-why-no-address = это не веб-адрес вида https://watch.example.org
config-why-no-scheme = нужен полный адрес, например https://watch.example.org
config-why-server = нужен полный адрес, например https://watch.example.org, или имя сервера из config.toml; раздела [servers.{ $name }] там нет
config-why-server-nearest = раздела [servers.{ $name }] в config.toml нет. Может быть, `{ $nearest }`? Адрес пишется целиком, например https://watch.example.org
config-why-no-url = серверу нужен адрес: url = "https://watch.example.org"
config-why-browser = укажите браузер, известный yt-dlp: firefox, chrome, safari или другой, при желании с профилем, например chrome:Work
config-why-browser-nearest = такого браузера yt-dlp не знает. Может быть, { $nearest }?
config-why-ytdl-option = укажите текст в кавычках, число или true
config-why-key = укажите клавишу в кавычках: x, X, Space, Left, F7, Ctrl-N или Alt-X; у действия она одна
config-why-key-reserved = у этой клавиши постоянное значение; возьмите другую
config-why-key-taken = эта клавиша занята действием `{ $other }`; назначьте ему другую или возьмите свободную
config-why-profile-name = имя сервера — это буквы, цифры, дефисы и подчёркивания, не больше 40, и оно не похоже на адрес
config-why-scheme = адрес сервера начинается с http:// или https://
config-why-credentials = уберите из адреса имя пользователя и пароль
config-why-too-long = адрес слишком длинный
config-why-not-plain = в адресе есть кавычки, знак доллара или что-то подобное
config-why-no-room = приглашение кончается на /r/КОМНАТА, например https://watch.example.org/r/movie-night
config-why-room = в имени комнаты от 2 до 40 строчных латинских букв, цифр и дефисов, первой идёт буква или цифра, например movie-night
config-why-room-too-long = слишком длинно: в имени комнаты не больше { $name } знаков, в названии — { $title }
config-why-missing = такого файла нет
config-why-no-permission = нет прав на чтение
config-why-folder = это папка, а не файл
config-why-pipe = это канал, в который никто не пишет
config-why-silent = за { $span } из него ничего не пришло
config-why-too-large = в нём больше { $bytes } байт
config-why-line-too-large = в его первой строке больше { $bytes } байт
config-why-delay = нужно время, например 60s, 5m или 1h, не больше 24h
config-why-osd = нужно full, quiet или off
config-why-log-format = нужно text или json
config-why-count = нужно целое число от 1 до 1000000
config-why-create = нужно anyone, password или admin
config-why-alert = нужно mention, film или reaction, затем = и flash, ring, both или off
config-why-member = нужно имя участника или номер, например #7
config-why-announcement = нужно от 1 до 500 знаков
config-half-of-tls = --tls-cert и --tls-key нужны вместе. Укажите оба или ни одного.
config-create-without-password = С --create password серверу нужен пароль для новых комнат. Укажите файл с ним в --create-password-file.
config-no-authority = В { $path } нет сертификата. Для --ca-file нужен файл PEM со строкой BEGIN CERTIFICATE.
config-authority-damaged = Сертификат в { $path } не читается. Получите файл заново.
config-why-redis = нужен адрес, например redis://127.0.0.1:6379, rediss://ХОСТ или unix:///ПУТЬ
config-why-node-name = нужно до 63 латинских букв, цифр, дефисов, подчёркиваний и точек
config-why-redis-prefix = нужно до 40 латинских букв, цифр, дефисов, подчёркиваний, точек и двоеточий
config-why-proxy = нужен IP-адрес или сеть, например 127.0.0.1 или 10.0.0.0/8
config-why-invite-token = приглашение скопировано не целиком; нужна вся ссылка, с 32 знаками после #

## The web pages (door-)

door-tagline = Смотрите видео вместе, каждый в своём терминале
door-about = Все в комнате видят один и тот же кадр в один и тот же момент: видео с YouTube или файл MP4, WebM, OGG по прямой ссылке. Показывает ваш собственный mpv. Рядом — чат, реакции и очередь.
door-rooms = Комнаты онлайн
door-rooms-all = Все комнаты онлайн
door-rooms-none = Сейчас нет открытых комнат.
door-rooms-hidden = Закрытые и скрытые комнаты здесь не показаны. Если вас пригласили, откройте свою ссылку.
door-create = Создайте свою комнату
door-create-how = Выполните эту команду в терминале. В ответ вы получите ссылку для друзей.
door-updates-reload = Так было в момент открытия страницы. Обновите её, чтобы увидеть новое.
door-updates-live = Онлайн: изменения появляются сами
door-updates-polled = Обновляется каждые 10 секунд
door-updates-lost = Связь потеряна. Пробуем снова…
door-room-viewers = Зрители
door-room-admin = Админ
door-room-next = Дальше
door-room-position = Позиция
door-room-running = Идёт
door-room-paused = Пауза
door-room-lobby = В лобби
door-room-starts = Начало
door-room-ready = Готовы
door-room-stream = Прямой эфир
door-room-idle = Пока ничего не идёт.
door-room-here = Сейчас онлайн
door-room-empty = Сейчас здесь никого нет.
door-room-kept = Сейчас здесь никого нет. Комната будет храниться ещё { $span }.
door-days = { $days ->
    [one] { $days } день
    [few] { $days } дня
   *[other] { $days } дней
}
door-summary-playing = Сейчас идёт { $media }, { $viewers ->
    [one] { $viewers } зритель
    [few] { $viewers } зрителя
   *[other] { $viewers } зрителей
}.
door-summary-paused = Пауза: { $media }, { $viewers ->
    [one] { $viewers } зритель
    [few] { $viewers } зрителя
   *[other] { $viewers } зрителей
}.
door-summary-lobby = Ещё не началось: { $media }, { $viewers ->
    [one] ждёт { $viewers } зритель
    [few] ждут { $viewers } зрителя
   *[other] ждут { $viewers } зрителей
}.
door-summary-idle = { $viewers ->
    [one] { $viewers } зритель
    [few] { $viewers } зрителя
   *[other] { $viewers } зрителей
}. Пока ничего не идёт.
door-copy = Копировать
door-copied = Скопировано
door-copy-failed = Выделите и нажмите Ctrl-C
door-token-missing = В вашей ссылке есть # и что-то после него? Вставьте её целиком вместо этой: после # — ваше приглашение.
door-token-here = Приглашение из вашей ссылки уже в команде. Давайте её только тем, кого ждёте.
door-absent-title = Комнаты { $room } здесь не видно
door-absent = Её уже нет, или она закрытая: тогда в неё попадают только по приглашению.
door-absent-new = Если такой комнаты нет, та же команда создаст её.
door-get = Установка watchtogether
door-get-needs = Работает в Linux и macOS с mpv 0.35 или новее, собирается с Rust 1.95 или новее. Для YouTube нужен ещё свежий yt-dlp.
door-get-debian = Debian 12, Ubuntu 24.04 или новее
door-get-arch = Arch Linux
door-get-macos = macOS с Homebrew
door-get-windows = Windows
door-get-windows-how = Версии для самой Windows нет. Программа должна работать в WSL 2, где Windows показывает окно mpv, но там мы её не проверяем. Установите Ubuntu из PowerShell и выполните в ней шаги для Ubuntu:
door-get-build = Затем в папке с исходным кодом:
door-get-source = Исходный код или готовый пакет даст владелец сервера.
door-nothing-title = Здесь ничего нет
door-nothing = Страницы с таким адресом нет.
door-nothing-next = На главную
door-going-down = Сервер перезапускается. Попробуйте чуть позже.
door-many-listeners = За комнатами следит слишком много страниц. Вместо этого запрашивайте /api/rooms раз в несколько секунд.
door-badge-live = онлайн
door-badge-paused = пауза
door-badge-lobby = в лобби
door-badge-empty = пусто
door-badge-absent = офлайн
## Команды владельца сервера (admin-)

admin-no-rooms = Комнат нет.
admin-rooms = { $count ->
    [one] { $count } комната:
    [few] { $count } комнаты:
   *[many] { $count } комнат:
}
admin-room-line = { $room }  { $visibility }, сейчас здесь: { $here }{ $more }
admin-visibility = { $visibility ->
    [public] открытая
    [unlisted] скрытая
   *[private] закрытая
}
admin-title = Название: { $title }
admin-playing = Идёт: { $title }, { $at }
admin-paused = Пауза: { $title }, { $at }
admin-nothing-plays = Ничего не идёт.
admin-empty = Пустует { $time }.
admin-empty-closes = Пустует { $time }; закроется через { $left }, если никто не придёт.
admin-members = Участники:
admin-nobody = Здесь ещё никого не было.
admin-queue = Очередь:
admin-entry = #{ $number } { $title } ({ $who })
admin-entry-proposed = #{ $number } { $title } (предложение: { $who })
admin-banned-names = Забанены: { $names }
admin-acting = временный админ
admin-gone = нет в комнате
admin-muted = без чата
admin-at-node = на узле { $name } ({ $node })
admin-at-node-unnamed = на узле { $node }
admin-closed = Комната { $room } закрыта.
admin-promoted = { $member } теперь админ комнаты { $room }.
admin-banned = { $member }: бан в комнате { $room }.
admin-told = { $rooms ->
    [0] Ни в одной комнате никого нет, объявление никто не увидел.
    [one] Объявление показано в { $rooms } комнате.
   *[other] Объявление показано в { $rooms } комнатах.
}
admin-drains = Сервер остановится через { $after }; все комнаты предупреждены. Отменить: watchtogether admin drain --cancel
admin-drain-cancelled = Сервер продолжает работать, все комнаты узнают об этом.
admin-figures-head = watchtogether { $version }, работает { $time }
admin-figures-now = Соединений: { $connections }, участников: { $members }, комнат: { $rooms }
admin-figures-file = Комнаты занимают на диске { $size }.
admin-figures-messages = Сообщения клиентов: { $counts }
admin-figures-denied = Отказы командам: { $counts }
admin-figures-refused = Отказы во входе и разрывы: { $counts }
admin-figures-append = Записей на диск или в Redis: { $count }, половина за { $half }, 99 % за { $most }
admin-figures-fan-out = Рассылок по комнатам: { $count }, половина за { $half }, 99 % за { $most }
admin-figures-dropped = Устаревшие сообщения, не дошедшие до медленных клиентов: { $count }
admin-figures-away = Журнал комнат не записывается: проверьте диск.
admin-figures-appends = Записей в Redis: { $agreed }; решено заново, потому что другой узел успел раньше: { $behind }, не удалось: { $failed }
admin-figures-round-trip = Ответы Redis: половина за { $half }, 99 % за { $most }
admin-figures-followed = Событий с других узлов: { $events }; комнатам пришлось догонять: { $gaps }
admin-figures-clock = Время комнат расходится с часами Redis на { $offset }; они прочитаны с точностью { $doubt }
admin-figures-seldom = Редкое с Redis: { $counts }
admin-figures-without = Без Redis: всего { $time }, переподключений: { $times }, возвращено потерянных комнат: { $rooms }
admin-figures-nodes = Узлов: { $count } — { $nodes }
admin-figures-this-node = { $name } ({ $node }, этот)
admin-figures-node = { $name } ({ $node }, соединений: { $connections }, последний сигнал { $seconds } с назад)
admin-figures-node-unnamed = { $node } (последний сигнал { $seconds } с назад)
admin-figures-redis-away = Redis недоступен или переполнен: комнаты играют дальше, но команды не принимаются.
admin-figures-drains = Сервер скоро остановится (drain).
admin-figures-none = нет
admin-over = больше { $time }
admin-traces-none = Ни одна комната ничего не хранит об участнике { $name }.
admin-traces-found = { $rooms ->
    [one] { $name } — в { $rooms } комнате:
   *[other] { $name } — в { $rooms } комнатах:
}
admin-traces-line = { $room }: записей с хешами токена и адреса — { $members }, сообщений — { $lines }, видео в очереди — { $entries }, банов — { $bans }
admin-traces-present = { $room }: участник сейчас в комнате, поэтому там ничего не стирается; сначала закройте комнату или забаньте участника
admin-forget-question = Стереть насовсем? Введите yes:
admin-forget-not-done = Ничего не стёрто.
admin-forget-unasked = Ничего не стёрто: чтобы стереть без вопроса, добавьте --yes.
admin-forgotten = Стёрто. Но это ещё есть в прежних резервных копиях и, возможно, в системном журнале.
admin-no-server = По адресу { $path } сервер не отвечает. Запустите его (`watchtogether serve`) либо укажите его папку (--data-dir) или сокет (--socket).
admin-no-permission = { $path } принадлежит другому пользователю. Запустите команду от имени пользователя, под которым работает сервер, или от root (sudo).
admin-unreachable = Нет связи с сервером ({ $path }): { $why }
admin-no-answer = Сервер ({ $path }) закрыл соединение без ответа. Причина — в его журнале.
admin-not-understood = Сервер не понимает эту команду. Возможно, он старше или новее этой программы: обновите их до одной версии.
admin-no-such-room = Комнаты { $room } нет. Список: `watchtogether admin rooms`.
admin-create-key = Одноразовый ключ для комнаты { $room }, действует сутки: { $key }
admin-room-exists = Комната { $room } уже есть.
admin-no-such-member = В комнате нет участника { $name }. Кто в ней: watchtogether admin room КОМНАТА
admin-denied = Не сделано: { $why }
admin-storage-away = Не сделано: комната не отвечает, или её хранилище не записывается. Проверьте диск (или Redis) и журнал сервера и повторите.
admin-nothing-planned = Сервер не собирается останавливаться, отменять нечего.
admin-going-down = Сервер останавливается.
admin-unsupported = Для `watchtogether admin` нужны сокеты Unix, которых в этой системе нет.
admin-restore-where = Укажите папку данных, в которую вернуть комнаты: --data-dir.
admin-backup-in-redis = Комнаты хранятся в Redis: копию делает `redis-cli --rdb ФАЙЛ`, а записать комнаты в файл может `watchtogether admin export ФАЙЛ`.
admin-backup-away = Хранилище комнат сейчас не записывается. Проверьте диск (или Redis) и повторите.
admin-imported = { $rooms ->
    [one] Принята { $rooms } комната.
    [few] Приняты { $rooms } комнаты.
   *[many] Принято { $rooms } комнат.
}
admin-imported-existing = { $more ->
    [0] Пропущены, потому что такие имена уже заняты: { $names }.
   *[other] Пропущены, потому что такие имена уже заняты: { $names } и ещё { $more }.
}
admin-imported-left = { $rooms ->
    [one] Пропущена { $rooms } комната: больше сервер не принимает. Увеличьте max-rooms и повторите.
    [few] Пропущены { $rooms } комнаты: больше сервер не принимает. Увеличьте max-rooms и повторите.
   *[many] Пропущено { $rooms } комнат: больше сервер не принимает. Увеличьте max-rooms и повторите.
}
admin-import-unusable = Сервер не может прочитать { $path }: { $why }. Ничего не принято.
admin-import-foreign = { $path } — не файл с комнатами для переноса; ничего не принято. Такой файл создаёт `watchtogether admin export ФАЙЛ`, а резервную копию возвращает `watchtogether admin restore`.
admin-import-newer = { $path } создан более новой версией watchtogether (формат { $found }, этот сервер знает { $known }); ничего не принято. Сначала обновите сервер.
admin-import-truncated = { $path } обрывается; ничего не принято. Скопируйте или создайте его ещё раз.
admin-import-line = Строка { $line } файла { $path } — не комната: { $error }. Ничего не принято.
admin-import-ahead = Эти комнаты опережают часы сервера на { $span }; ничего не принято. Исправьте часы, перезапустите сервер и повторите.
admin-import-away = { $rooms ->
    [0] Хранилище комнат сейчас не записывается; ничего не принято. Повторите с { $path } позже.
    [one] Хранилище комнат сейчас не записывается; принята { $rooms } комната. Повторите с { $path } позже, чтобы принять остальные.
    [few] Хранилище комнат сейчас не записывается; приняты { $rooms } комнаты. Повторите с { $path } позже, чтобы принять остальные.
   *[many] Хранилище комнат сейчас не записывается; принято { $rooms } комнат. Повторите с { $path } позже, чтобы принять остальные.
}
admin-mebibytes = { $mebibytes } МиБ
admin-limit-default = по умолчанию
admin-milliseconds = { $milliseconds } мс
admin-hidden = Комната { $room } теперь скрытая: её найдут только те, кто знает её имя.
admin-figures-reports = Жалоб на участников: { $count }
