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

## Почему команда отклонена (denied-)


## Почему сервер не пускает (refused-)


## Имена участников (name-)


## Баны (ban-)


## Кадры, которые сервер не понял (frame-)


## Страница приглашения (invite-)


## Ошибки команд (usage-)


## Просьбы к админам (request-)


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
    [yes] Вы замените админа, когда админов нет.
   *[no] { $who } заменит админа, когда админов нет.
}
notice-only-here = Комната доступна только с этого компьютера. Чтобы позвать друзей из вашей сети, запустите с --lan; остальных — см. `watchtogether serve --help`. Есть приглашение? /войти ССЫЛКА
notice-on-lan = Эта комната открыта в вашей локальной сети. Остальные заходят так: watchtogether join { $invites }
notice-tokens-overdue = Диск не отвечает, и не узнать, кем вы были в этой комнате. Заходим так: комната может принять вас за нового участника.
notice-room-created = Вы создали эту комнату. Остальные заходят так: watchtogether join { $invite }
notice-made-private = Это закрытая комната: для входа нужен пароль, который вы задали.
notice-already-exists = Такая комната уже есть, поэтому заданные вами название и доступ не применились.
notice-password-unused = У этой комнаты нет пароля, ваш не понадобился.
notice-name-changed = В этой комнате вас зовут { $name }. Сменить имя: /имя ИМЯ
notice-name-kept = В этой комнате вас по-прежнему зовут { $name }. { $why }
notice-cannot-seek = Вы расходитесь с комнатой на { $off }, а перемотать это видео нельзя: его сервер не отдаёт файл по частям. Поможет ссылка с другого сервера.
notice-time-jumps = В этом видео скачет время, поэтому дальше плееры идут не синхронно. Сблизить их может админ: /перейти.
notice-ends-early = Ваша копия видео здесь кончается, а комната смотрит дальше. Плеер присоединится на следующем видео или когда комната вернётся туда, где у вас есть запись.
notice-begins-later = В вашей копии нет начала, поэтому у вас другая сцена: разница { $off }. /заново откроет видео ещё раз.
notice-begins-earlier = Ваша копия начинается раньше, чем у комнаты, поэтому у вас другая сцена: разница { $off }. Может помочь, если админ введёт /заново.
notice-part-missing = В потоке не хватает куска, пропускаем.
notice-part-missing-at = В потоке не хватает куска на { $at }, пропускаем.
notice-part-missing-length = В потоке не хватает куска ({ $length }), пропускаем.
notice-part-missing-at-length = В потоке не хватает куска на { $at } ({ $length }), пропускаем.
notice-tries-again = { $problem } Пробуем снова; /заново — сразу.
notice-paused = { $you ->
    [yes] Вы поставили паузу на { $at }.
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
notice-stalled-lighter = Видео уже дважды подгружалось. Полегче будет с /качество 480.
notice-stalled-fixed = Видео уже дважды подгружалось, а качество у ссылки только одно. Поможет пауза подольше: /просить. С /неждать остальные смотрят дальше без вас.
notice-woke = Компьютер спал { $slept }. Догоняем комнату.
notice-waiting = { $you ->
    [yes] У вас подгружается видео, ждём не дольше { $at_most }.
   *[no] { $who }: видео подгружается, ждём не дольше { $at_most }.
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
notice-waits = Теперь комната ждёт, если у кого-то подгружается видео.
notice-waits-off = Комната больше не ждёт, если у кого-то подгружается видео.
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
notice-bans = Забанены в этой комнате (снять бан может админ: /разбанить):
notice-bans-none = В этой комнате никто не забанен.
notice-bans-by = админ: { $by }
notice-bans-by-address = админ: { $by }, вместе с адресом
notice-player-ready = Плеер готов.
notice-player-loading = Открываем видео.
notice-player-playing = Видео идёт.
notice-player-paused = Пауза.
notice-player-buffering = Видео подгружается.

## Почему что-то не вышло (why-)

why-not-connected-pause = Нет связи: до комнаты пауза не дошла.
why-not-connected = Нет связи: до комнаты это не дошло. Повторите, когда связь вернётся.
why-proxy = Попросите владельца сервера пропускать через прокси заголовок Upgrade.
why-address = Проверьте адрес и то, что сервер запущен.
why-removed = Вас удалили из комнаты { $room } ({ $who }).
why-banned = Вас забанили в комнате { $room } ({ $who }). Снять бан может админ комнаты: /разбанить
why-unknown = Сервер отказал ({ $code }).
why-unanswered = Вы вышли, не дождавшись ответа комнаты.
why-no-player = Плеера нет: вы зашли с --no-player.
why-tried-already = Уже пробуем снова.
why-nothing-wrong = С плеером всё в порядке, начинать заново нечего. Если это не так, закройте mpv и введите /заново.
why-reads-on = { $reading } Если дальше не пойдёт, закройте mpv и введите /заново.
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

