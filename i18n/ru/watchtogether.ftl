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
    [yes] Вас больше не ждут
   *[no] Больше не ждём: { $who }
  }
line-member-waited-for = { $you ->
    [yes] Вас снова ждут
   *[no] Снова ждём: { $who }
  }
line-member-role = { $you ->
    [yes] Вы
   *[no] { $who }
  } теперь { $role ->
    [admin] админ
    [moderator] модератор
   *[viewer] зритель
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
   *[no] { $who }: { $own ->
        [yes] ваше сообщение стёрто
       *[no] сообщение участника { $author } стёрто
      }
  }
line-erased = { $you ->
    [yes] Вы стёрли сообщение
   *[no] { $who }: сообщение стёрто
  }
line-proposed = { $you ->
    [yes] Вы предложили #{ $number } { $title }
   *[no] { $who } предлагает #{ $number } { $title }
  }
line-media = Сейчас играет: { $title } · { $kind }
line-media-length = Сейчас играет: { $title } · { $kind } · { $length }
line-media-live = Сейчас играет: { $title } · { $kind } · прямой эфир
line-playing = Играет с { $at }
line-playing-rate = Играет с { $at }, скорость { $rate }×
line-paused = Пауза на { $at }
line-paused-rate = Пауза на { $at }, скорость { $rate }×
line-gate = Начнём, когда все будут готовы, самое позднее через { $wait }. Ещё не готовы: { $names }
line-queue = Очередь:
line-queue-proposed = предложено
line-queue-by = { $you ->
    [yes] вы
   *[no] { $who }
  }

## Прощание (goodbye-)

goodbye-window = { $room } · { $viewers ->
    [one] { $viewers } зритель
    [few] { $viewers } зрителя
   *[many] { $viewers } зрителей
  }
goodbye-mentioned = watchtogether: { $who } обращается к вам
goodbye-started = watchtogether: сейчас играет { $title }
goodbye-started-untitled = watchtogether: начинается видео
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
goodbye-panicked = watchtogether закрывается из-за внутренней ошибки. Подробности — в журнале.

## Галерея комнат (room-)

room-heading = Комнаты на { $server }
room-find = Поиск ›
room-find-hint = комната, название или тип; или вставьте приглашение
room-column-room = Комната
room-column-media = Сейчас играет
room-column-kind = Тип
room-column-time = Время
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
room-key-copy = Ctrl-Y копировать
room-key-server = Ctrl-O сервер
room-next = Дальше: { $title }
room-next-short = дальше: { $title }
room-admin = 👑 админ: { $name } · { $waits }
room-no-admin = сейчас без админа · { $waits }
room-join-live = Прямой эфир: вы увидите то же, что и все.
room-join-at = Вы начнёте с { $at }; остальным это не помешает.
room-youtube = YouTube здесь работает: yt-dlp найден.
room-youtube-missing = Для YouTube нужен yt-dlp, а он не найден: установите его или укажите в --ytdl.
room-direct = Прямая ссылка: mpv откроет её сам.
room-idle = Сейчас ничего не играет.
room-elsewhere = Из другого терминала:
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
start-no-local-server = На этом компьютере нет запущенного сервера. Укажите другой (--server https://watch.example.org) или запустите свой: watchtogether serve.
start-proxies = Не используем { $proxies }: прокси поддерживаются только в виде http://ХОСТ:ПОРТ.
start-unreachable = Не удаётся подключиться к { $server }: { $error }. Проверьте адрес и сеть и попробуйте ещё раз.
start-not-a-server = { $server } — не сервер watchtogether. Проверьте адрес.
start-output-not-read = Стандартный вывод читали слишком медленно: накопилось больше 8 МиБ, или последние строки прождали две секунды. Непрочитанное потеряно. Читайте вывод, пока программа работает, или направьте его в файл.

## Сервер (server-)

server-only-here = Сервер доступен только с этого компьютера. Чтобы впустить остальных, запустите его с --listen 0.0.0.0:{ $port } --listen '[::]:{ $port }'
server-in-use = { $address } уже занят другой программой; закройте её или выберите другой порт в --listen ({ $free } — любой свободный)
server-not-permitted = нет прав на порт { $port } адреса { $ip }; выберите в --listen порт от 1024 или поставьте перед сервером прокси
server-not-local = { $ip } — не адрес этого компьютера; укажите в --listen свой или 0.0.0.0:{ $port }, чтобы слушать на всех
server-cannot-listen = не удаётся слушать на { $address }; укажите в --listen другой адрес
server-twice = { $address } уже охвачен --listen { $earlier }; уберите один из двух
server-no-threads = не удаётся запустить потоки сервера
server-no-signals = не удаётся подписаться на сигналы системы
server-data-in-use = { $path } уже занят другим сервером watchtogether; остановите его или укажите здесь другой --data-dir
server-data-damaged = файл { $path } повреждён или создан другой программой ({ $reason }); он оставлен как есть. Уберите его, чтобы начать заново, или замените резервной копией
server-data-full = не удаётся использовать { $path }: { $error }; освободите там место или укажите другой --data-dir
server-data-limited = не удаётся использовать { $path }: { $error }; поднимите предел размера файлов (ulimit -f)
server-data-unusable = не удаётся использовать { $path }: { $error }; проверьте владельца и права или укажите другой --data-dir
server-room-unreadable = не удаётся прочитать запись комнаты { $room }: { $reason }; ничего не изменено. Замените папку данных резервной копией или начните заново с другим --data-dir

## Командная строка (cli-)


## Ошибки настроек (config-)

