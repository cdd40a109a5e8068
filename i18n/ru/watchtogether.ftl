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


## Прощание (goodbye-)


## Галерея комнат (room-)


## Запуск (start-)


## Сервер (server-)


## Командная строка (cli-)

cli-about = Совместный просмотр видео из терминала
cli-config = Читать настройки из этого файла, а не из config.toml в папке настроек
cli-log = Подробность журнала: error, warn, info, debug, trace или фильтр tracing
cli-lang = Язык программы: en или ru (по умолчанию как в системе)
cli-help = Показать справку
cli-version = Показать версию
cli-licence = Лицензия собранной программы: GPL-3.0 (в неё входит mpvipc); её собственного кода: MIT
cli-example-room = войти в комнату; если сервер не указан и не найден, то на этом компьютере
cli-example-invite = войти в комнату друзей по ссылке-приглашению
cli-example-server = открыть другим комнаты на этом компьютере
cli-example-gallery = посмотреть, какие комнаты сейчас открыты
cli-settings = Любой параметр команды можно задать и в config.toml, и в переменной окружения: `serve --data-dir` — это `data-dir` в таблице [serve] и WATCHTOGETHER_DATA_DIR. Параметр командной строки важнее переменной, переменная важнее файла. Списки в переменных разделяются пробелами, переключатели принимают true и false. `--log` — это `level` в таблице [log] и WATCHTOGETHER_LOG, `--lang` — `lang` в таблице [ui] и WATCHTOGETHER_LANG, `--config` — WATCHTOGETHER_CONFIG.
cli-serve-about = Запустить сервер комнат
cli-serve-listen = Принимать соединения по этому адресу; можно указать несколько раз, порт 0 — любой свободный (по умолчанию 127.0.0.1:8000 и [::1]:8000)
cli-serve-data-dir = Хранить комнаты в этой папке (по умолчанию watchtogether в папке данных)
cli-serve-ephemeral = Ничего не хранить на диске: комнаты исчезнут вместе с сервером
cli-serve-public-url = Адрес, по которому сервер доступен другим; с него начинаются приглашения
cli-serve-succession-grace = Сколько комната ждёт админа, у которого пропала связь, прежде чем его место займёт преемник (по умолчанию 30); у созданных раньше комнат остаётся прежнее время
cli-serve-example-here = только для этого компьютера; комнаты хранятся в папке данных
cli-serve-example-everyone = для всех, кому доступен этот компьютер
cli-serve-example-proxy = за прокси с TLS; в приглашениях будет внешний адрес
cli-serve-exit-codes = Коды выхода: 0 — остановлен сигналом, 1 — работать не получилось, 2 — ошибка в командной строке или настройках.
cli-join-about = Войти в комнату и смотреть
cli-join-room = Имя комнаты (например movie-night) или приглашение (например https://host/r/movie-night)
cli-join-server = Сервер (по умолчанию тот, что на этом компьютере; если его нет, он запустится)
cli-join-name = Ваше имя в комнате (по умолчанию прежнее, иначе имя пользователя в системе)
cli-join-play = Сразу включить эту ссылку, как `/играть ССЫЛКА`
cli-join-json = Без экрана: читать строки со стандартного ввода и выводить JSON, по объекту в строке
cli-join-unlisted = Если комната создаётся: не показывать её в галерее
cli-join-private = Если комната создаётся: пускать только по паролю
cli-join-title = Если комната создаётся: её название
cli-join-password-file = Взять пароль комнаты из первой строки этого файла (или из WATCHTOGETHER_PASSWORD)
cli-join-allow-private-media = Разрешить ссылкам комнаты вести на этот компьютер и в локальную сеть
cli-join-player = Какой mpv запускать (по умолчанию mpv)
cli-join-player-arg = Передать mpv этот параметр; можно указать несколько раз
cli-join-player-ipc = Путь, по которому mpv принимает команды в JSON
cli-join-no-player = Без плеера: только чат и ход просмотра
cli-join-audio-only = Только звук: для компьютера без дисплея
cli-join-ytdl = Программа yt-dlp для видео с YouTube (по умолчанию та, которую найдёт mpv)
cli-join-seek-threshold = При таком расхождении в секундах перематывать, а не догонять плавно (по умолчанию 2)
cli-join-lan = Если сервер запускается здесь: открыть его для локальной сети
cli-join-no-bell = Без звонка терминала, когда вас упомянули или началось видео
cli-join-no-notify = Без уведомлений терминала, когда вас упомянули или началось видео
cli-join-no-space-pause = Не ставить на паузу пробелом в пустой строке
cli-join-example-play = открыть комнату и включить видео
cli-join-example-invite = войти в комнату друзей
cli-join-example-password = комната с паролем; --password-file возьмёт его из файла
cli-join-example-mpv = передать mpv свои параметры
cli-join-example-script = одна команда из скрипта, ответ в JSON
cli-join-nobody = Когда видео не играет ни у кого: если не справился ни один плеер, комната узнаёт почему, видео стоит на начале, а следующее в очереди включается через 15 с, или сразу, если админ даст /вперёд, /продолжить или /дальше; /пауза оставит всё как есть. Если очередь пуста, /заново пробует ещё раз. Если все плееры дошли до конца того, что удалось получить, следующее видео включается через 3 с. Плееры, которые ещё пробуют, не считаются ни теми, ни другими, но не дольше 60 с, и видео пока стоит. Если играет хотя бы у кого-то, просмотр продолжается.
cli-join-exit-codes = Коды выхода: 0 — вы вышли, 1 — сбой на этом компьютере, 2 — ошибка в командной строке или настройках, 3 — отказ сервера, 4 — сервер недоступен, 5 — стандартный вывод не читали: накопилось больше 8 МиБ, или последние строки ждали 2 с.
cli-gallery-about = Показать открытые комнаты сервера
cli-gallery-server = Сервер (по умолчанию тот, что на этом компьютере)
cli-gallery-json = Выводить JSON, по объекту на комнату
cli-gallery-example-server = открытые комнаты этого сервера
cli-gallery-example-ids = только имена комнат, для `join`
cli-gallery-exit-codes = Коды выхода: 0 — список показан, 1 — сбой на этом компьютере, 2 — ошибка в командной строке или настройках, 4 — сервер недоступен.
cli-value-addr-port = АДРЕС:ПОРТ
cli-value-arg = ПАРАМЕТР
cli-value-dir = ПАПКА
cli-value-file = ФАЙЛ
cli-value-language = ЯЗЫК
cli-value-level = УРОВЕНЬ
cli-value-link = ССЫЛКА
cli-value-name = ИМЯ
cli-value-path = ПУТЬ
cli-value-room = КОМНАТА
cli-value-seconds = СЕКУНДЫ
cli-value-text = ТЕКСТ
cli-value-url = АДРЕС
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
cli-man-examples = ПРИМЕРЫ И ЗАМЕЧАНИЯ
cli-man-version = ВЕРСИЯ
cli-error = ошибка:
cli-warning = предупреждение:
cli-tip = подсказка:
cli-tip-argument = есть похожий параметр: { $similar }
cli-tip-subcommand = есть похожая команда: { $similar }
cli-tip-value = есть похожее значение: { $similar }
cli-tip-elsewhere = может быть, { $words }?
cli-try-help = Подробнее: { $flag }.
cli-argument-conflict = { $argument } и { $other } нельзя указать вместе
cli-argument-twice = { $argument } можно указать только один раз
cli-argument-missing = не хватает: { $arguments }
cli-argument-unknown = непонятный аргумент { $argument }
cli-argument-without-value = { $argument } пишется без значения, а указано { $value }
cli-subcommand-unknown = нет такой команды: { $name }
cli-subcommand-missing = не хватает команды ({ $commands })
cli-quoted = «{ $text }»
cli-value-missing = для { $argument } нужно значение
cli-value-invalid = { $argument }: не годится значение { $value }
cli-value-invalid-why = { $argument }: не годится значение { $value }: { $why }
cli-value-possible = допустимые значения: { $values }
cli-words-not-utf8 = в командной строке есть символы не в UTF-8
cli-no-start = Не удалось запустить поток
cli-no-signals = Не удалось подписаться на сигналы
cli-no-output = Не удаётся писать в стандартный вывод
cli-no-free-port = Нет свободного порта, чтобы запустить сервер
cli-no-log = Журнал вестись не будет: { $why }
cli-no-home = нет домашней папки
cli-no-folder = не удаётся создать { $path }
cli-no-log-file = не удаётся вести журнал в { $path }
cli-file-limit = Запись сверх предельного размера файла (ulimit -f) завершит программу: { $why }

## Ошибки настроек (config-)

config-missing = Файла { $path } нет. Создайте его или укажите другой в --config или WATCHTOGETHER_CONFIG.
config-unreadable = Не удаётся прочитать { $path }: { $why }
config-syntax = { $path }, строка { $line }: это не TOML: { $why }
config-unknown = { $path }, строка { $line }: настройки `{ $key }` нет.
config-unknown-nearest = { $path }, строка { $line }: настройки `{ $key }` нет. Может быть, `{ $nearest }`?
config-value = { $path }, строка { $line }: недопустимое значение `{ $key }`: { $why }
config-variable = Недопустимое значение переменной окружения { $name }: { $why }
config-both-in-environment = В переменных окружения заданы и `{ $one }`, и `{ $other }`, а действовать может только что-то одно.
config-both-in-file = В config.toml заданы и `{ $one }`, и `{ $other }`, а действовать может только что-то одно.
config-invite-and-server = В приглашении сервер уже указан. Уберите --server и --lan.
config-private-without-password = Закрытой комнате нужен пароль. Задайте WATCHTOGETHER_PASSWORD или укажите файл в --password-file.
config-empty-password = Первая строка { $path } пуста. Напишите в ней пароль.
config-no-data-folder = Нет домашней папки, где хранить комнаты. Добавьте --data-dir ПАПКА или --ephemeral.
config-log = `{ $text }` — не уровень журнала ({ $why }). Укажите error, warn, info, debug, trace или фильтр, например info,watchtogether::server=debug.
config-why-boolean = укажите true или false
config-why-not-utf8 = это не UTF-8
config-why-empty-password = она пуста; задайте пароль или удалите переменную
config-why-seconds = нужны секунды, больше 0 и не больше 3600, например 2.5
config-why-language = укажите en или ru
config-why-listen = нужны IP-адрес и порт, например 127.0.0.1:8000
config-why-no-address = это не веб-адрес вида https://watch.example.org
config-why-no-scheme = нужен полный адрес, например https://watch.example.org
config-why-scheme = адрес сервера начинается с http:// или https://
config-why-credentials = уберите из адреса имя пользователя и пароль
config-why-too-long = адрес слишком длинный
config-why-not-plain = в адресе есть кавычки, знак доллара или что-то подобное
config-why-no-room = приглашение кончается на /r/КОМНАТА, например https://watch.example.org/r/movie-night
config-why-room = в имени комнаты от 2 до 40 строчных латинских букв, цифр и дефисов, первой идёт буква или цифра, например movie-night
config-why-missing = такого файла нет
config-why-no-permission = нет прав на чтение
config-why-folder = это папка, а не файл
config-why-pipe = это канал, в который никто не пишет
config-why-silent = от него ничего не пришло за { $span }
config-why-too-large = в нём больше { $bytes } байт
config-why-line-too-large = в его первой строке больше { $bytes } байт

