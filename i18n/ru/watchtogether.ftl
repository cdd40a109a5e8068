# Что видят люди, по-русски: те же сообщения, что и в ../en/watchtogether.ftl.
#
# О людях пишем без рода: «Вера: пауза на 0:13», а не «Вера поставила».

## Числа (number-)

number-seconds = { $seconds } с
number-milliseconds = { $milliseconds } мс
number-minutes = { $minutes } мин
number-hours = { $hours } ч { $minutes } мин

## Люди (person-)

person-you = вы
person-you-object = вас
person-role = { $role ->
    [admin] админ
    [moderator] модератор
   *[viewer] зритель
}

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
action-seek = перематывать
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
denied-outranked = Не получится: у участника { $name } роль не ниже вашей.
denied-last-admin = Комнате нужен админ. Сначала назначьте другого: /админ ИМЯ.
denied-yourself = Себя выбрать нельзя.
denied-member-gone = Этого участника уже нет в комнате.
denied-not-in-room = Вас уже нет в комнате. Войдите в неё снова.
denied-muted = Вас заглушили: чат, реакции и смена имени недоступны. Вернуть их может модератор или админ.
denied-not-banned = { $name }: бана нет. Все баны: /баны.
denied-no-such-line = Такого сообщения нет, или оно слишком старое.
denied-nothing-changes = Ничего не изменилось: так и было.
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
denied-overtaken = Более поздняя ваша команда выполнена раньше этой. Отправьте эту ещё раз.
denied-not-understood = Сервер этого не принимает: слишком длинно, неверная ссылка или нужна новая версия сервера. Обновить его может владелец.
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
refused-replaced = Вы вошли в другом месте, поэтому это соединение закрыто.
refused-too-slow = Ваше соединение слишком медленное для этой комнаты.
refused-bad-frames = Сервер не смог прочитать слишком много ваших сообщений.
refused-shutting-down = Сервер останавливается.
refused-room-closed = Комнату закрыли.
refused-no-such-room = Этой комнаты больше нет. Войдите снова, и она создастся заново; закрытой нужен её пароль.
refused-storage-away = Хранилище сервера сейчас недоступно. Повторите позже.

## Имена участников (name-)

name-sign = «{ $sign }» в имени там не подходит. Можно буквы, цифры, эмодзи, пробелы и . - _ ' ’ &, а в начале — букву, цифру, эмодзи или _.
name-no-letter = В имени нужна буква или эмодзи: просто числа — это номера участников и видео.
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
ban-scope-member = только { $name }
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
invite-before = Видео вместе, прямо из терминала, с плеером mpv. Чтобы войти, выполните:
invite-after = Ещё нет watchtogether? Спросите того, кто вас пригласил, где его взять.

## Ошибки команд (usage-)

usage-unknown = Команды /{ $typed } нет. Все команды: /помощь.
usage-unknown-nearest = Команды /{ $typed } нет. Может быть, /{ $nearest }?
usage-missing = Пишите так: { $usage }
usage-unreadable = Непонятно: { $given }. Пишите так: { $usage }
usage-rate = Скорость { $given } не подходит: нужна от 0,25 до 4, обычная — 1.
usage-sixty = Непонятно: { $given }. Минут и секунд — до 59, как в 1:02:03; просто 99 — это 99 секунд.
usage-too-far = Слишком далеко: { $given }. Таких длинных видео не бывает.
usage-not-askable = Попросить { $given } нельзя. Можно: пауза, продолжить, перейти, назад, дальше, скорость, а с номером — играть, принять, отклонить, убрать и переместить: /просить принять #3.
usage-address = { $given } — не веб-адрес вроде https://watch.example.org/r/movie-night.
usage-address-scheme = Перед { $given } не хватает https:// или http://, как в https://watch.example.org/r/movie-night.
usage-address-not-http = { $given } — не сервер: его адрес начинается с http:// или https://.
usage-address-credentials = Уберите из адреса имя пользователя и пароль.
usage-address-long = Слишком длинный адрес.
usage-address-signs = В адресе не может быть кавычек, знаков доллара и тому подобного.
usage-address-room = В { $given } нет комнаты. Приглашение кончается на /r/КОМНАТА, например https://watch.example.org/r/movie-night.
usage-room = { $given } не годится в имена комнаты. Нужно от 2 до 40 маленьких латинских букв (a-z), цифр и дефисов, например movie-night.
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
    [yes] Вы попросили админов поставить #{ $entry } на место { $place }.
   *[no] { $who } просит поставить #{ $entry } на место { $place }.
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

notice-not-played = Не получилось включить видео. { $why }
notice-not-connected = Нет связи: в комнате ничего не изменилось.
notice-server-error = Сервер не понял сообщение этого клиента: { $reason }
notice-out-of-date = Нет связи. Так было, когда она прервалась:
notice-unbanned = С { $name } снят бан.
notice-unbanned-by = { $you ->
    [yes] Вы сняли бан с { $name }.
   *[no] { $who } снимает бан с { $name }.
}
notice-acting-admin = { $you ->
    [yes] Вы временный админ, пока не вернётся админ.
   *[no] { $who } — временный админ, пока не вернётся админ.
}
notice-acting-admin-until = { $you ->
    [yes] Вы временный админ, пока не вернётся { $admin }.
   *[no] { $who } — временный админ, пока не вернётся { $admin }.
}
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
    [yes] Когда админов нет, вы за админа.
   *[no] Когда админов нет, за админа { $who }.
}
notice-only-here = Эта комната доступна только с этого компьютера. Для друзей в вашей сети: запустите с --lan. Для остальных: см. `watchtogether serve --help`. Есть приглашение? /войти ССЫЛКА
notice-on-lan = Эта комната открыта в вашей локальной сети. Остальные заходят так: watchtogether join { $invites }
notice-tokens-overdue = Не отвечает диск, где хранится ваше место в этой комнате. Заходим без него: комната может принять вас за нового участника.
notice-room-created = Вы создали эту комнату. Остальные заходят так: watchtogether join { $invite }
notice-made-private = Это закрытая комната: для входа нужен пароль, который вы задали.
notice-already-exists = Такая комната уже есть, поэтому ваши название и доступ не применились.
notice-password-unused = У этой комнаты нет пароля, ваш не понадобился.
notice-name-changed = В этой комнате вас зовут { $name }. Сменить имя: /имя ИМЯ
notice-name-kept = В этой комнате вас по-прежнему зовут { $name }. { $why }
notice-cannot-seek = Вы расходитесь с комнатой на { $off }, а перемотать это видео нельзя: его сервер не отдаёт файл по частям. Поможет ссылка с другого сервера.
notice-time-jumps = В этом видео скачет время, поэтому дальше плееры идут не синхронно. Сблизить их может админ: /перейти.
notice-ends-early = Ваша копия видео здесь кончается, а комната смотрит дальше. Плеер присоединится на следующем видео или когда комната вернётся туда, где у вас есть запись.
notice-begins-later = В вашей копии нет начала, поэтому у вас другая сцена: разница { $off }. /заново откроет видео ещё раз.
notice-begins-earlier = Ваша копия начинается раньше, чем у комнаты, поэтому у вас другая сцена: разница { $off }. Может помочь /заново у админа.
notice-part-missing = В потоке нет куска, пропускаем его.
notice-part-missing-at = В потоке нет куска на { $at }, пропускаем его.
notice-part-missing-length = В потоке нет куска ({ $length }), пропускаем его.
notice-part-missing-at-length = В потоке нет куска на { $at } ({ $length }), пропускаем его.
notice-tries-again = { $problem } Пробуем снова; /заново — сразу.
notice-paused = { $you ->
    [yes] Вы поставили на паузу на { $at }.
   *[no] { $who }: пауза на { $at }.
}
notice-resumed = { $you ->
    [yes] Вы продолжили с { $at }.
   *[no] { $who }: смотрим дальше с { $at }.
}
notice-rate = { $you ->
    [yes] Вы поставили скорость { $rate }×.
   *[no] { $who }: скорость { $rate }×.
}
notice-jumped = { $you ->
    [yes] Вы перемотали с { $from } на { $to }.
   *[no] { $who }: перемотка с { $from } на { $to }.
}
notice-jumped-hint = Вернуть: /назад
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
notice-countdown-hint = Остановить: /пауза
notice-finished = Видео закончилось, очередь пуста. Добавить ещё: /добавить ССЫЛКА
notice-nothing-on = Ждём видео... Добавьте его в терминале: /добавить ССЫЛКА. За ссылку отвечает тот, кто её добавляет; сервис сам ничего не хранит.
notice-nothing-on-invite = Ждём видео... Добавьте его в терминале: /добавить ССЫЛКА. Друзья заходят так: watchtogether join { $invite }  За ссылку отвечает тот, кто её добавляет; сервис сам ничего не хранит.
notice-quality-fixed = У этой ссылки только одно качество; ваш выбор действует для видео с YouTube.
notice-stalled-lighter = Видео уже дважды подгружалось. /качество 480 — будет легче.
notice-stalled-fixed = Видео уже дважды подгружалось, а качество у ссылки только одно. Загрузить побольше даст длинная пауза: /просить. С /неждать остальные смотрят дальше без вас.
notice-woke = Компьютер спал { $slept }. Догоняем комнату.
notice-waiting = { $you ->
    [yes] У вас подгружается видео, ждём до { $at_most }.
   *[no] { $who }: видео подгружается, ждём до { $at_most }.
}
notice-waiting-hint = Не ждать: /вперёд
notice-wait-over-short = { $you ->
    [yes] Вас больше не ждём, смотрим дальше.
   *[no] { $who }: больше не ждём, смотрим дальше.
}
notice-wait-over = { $you ->
    [yes] Ждали вас { $took }, смотрим дальше.
   *[no] { $who }: ждали { $took }, смотрим дальше.
}
notice-waits = Теперь комната ждёт, если у участника подгружается видео.
notice-waits-off = Комната больше не ждёт, если у участника подгружается видео.
notice-waits-by = { $you ->
    [yes] Вы включили ожидание: комната ждёт, если у участника подгружается видео.
   *[no] { $who } включает ожидание: комната ждёт, если у участника подгружается видео.
}
notice-waits-off-by = { $you ->
    [yes] Вы выключили ожидание: комната не ждёт, если у участника подгружается видео.
   *[no] { $who } выключает ожидание: комната не ждёт, если у участника подгружается видео.
}
notice-waits-small = Нас мало, поэтому комната ждёт, если у участника подгружается видео.
notice-waits-large = Нас много, поэтому комната больше не ждёт, если у участника подгружается видео.
notice-approved = { $you ->
    [yes] Вы одобрили { $entry }.
   *[no] { $who } одобряет { $entry }.
}
notice-moved = { $you ->
    [yes] Вы переставили { $entry } на место { $place } в очереди.
   *[no] { $who } переставляет { $entry } на место { $place } в очереди.
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
notice-gave-way = { $own ->
    [yes] Ваше предложение { $entry } уступает место другому.
   *[no] Предложение { $entry } уступает место другому (предлагает { $by }).
}
notice-who = В комнате { $count }:
notice-who-not-admin = не админ { $admin }
notice-who-acting = временный админ
notice-who-muted = без чата
notice-who-not-waited-for = не ждём
notice-bans = В бане в этой комнате. Снять бан: /разбанить
notice-bans-none = В этой комнате никто не забанен.
notice-bans-by = админ: { $by }
notice-bans-by-address = админ: { $by }, вместе с адресом
notice-player-ready = Плеер готов.
notice-player-loading = Открываем видео.
notice-player-playing = Видео идёт.
notice-player-paused = Пауза.
notice-player-buffering = Видео подгружается.

## Почему что-то не вышло (why-)

why-not-connected-pause = Нет связи: комната не на паузе.
why-not-connected = Нет связи: до комнаты это не дошло. Повторите, когда связь вернётся.
why-proxy = Попросите владельца сервера пропускать через прокси заголовок Upgrade.
why-address = Проверьте адрес и то, что сервер запущен.
why-removed = Вас удалили из комнаты { $room } ({ $who }).
why-banned = Вас забанили в комнате { $room } ({ $who }). Снять бан может её админ: /разбанить
why-unknown = Сервер отказал ({ $code }).
why-unanswered = Вы вышли, не дождавшись ответа комнаты.
why-no-player = Плеера нет: вы зашли с --no-player.
why-tried-already = Уже пробуем снова.
why-nothing-wrong = С плеером всё в порядке, начинать заново нечего. Если это не так, закройте mpv и введите /заново.
why-reads-on = { $reading } Если дело встанет, закройте mpv и введите /заново.
why-no-screen = Для этого нужен экран: зайдите из терминала, без --json.

## Связь (connection-)

connection-connecting = Подключаемся к { $server }.
connection-connected = Вы на связи.
connection-reconnecting = { $why } Новая попытка через { $after }; /заново — сразу.
connection-closed = Вы вышли.
connection-unreachable = Сервер недоступен ({ $error }).
connection-not-a-server = По этому адресу нет сервера watchtogether ({ $error }).
connection-no-websockets = По этому адресу есть сервер watchtogether, но прокси перед ним не пропускает WebSocket ({ $error }).
connection-no-answer = Сервер не отвечает.
connection-lost = Связь прервалась ({ $error }).
connection-silent = Сервер перестал отвечать.
connection-closed-by-server = Сервер закрыл соединение.

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

