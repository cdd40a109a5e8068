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

key-title = Клавиши и команды
key-hint = ↑↓ листать   Esc закрыть   ◆ админ   ◇ модератор
key-commands = Команды (набирайте в строке ввода)
key-signs = Знаки
key-sign-admin = перед именем: админ
key-sign-moderator = перед именем: модератор
key-sign-own = перед именем: вы
key-sign-room = перед строкой чата: сообщает сама комната
key-sign-number = номер участника для команд; его показывают /кто и F4
key-everywhere = Везде
key-on-line = Пока вы пишете
key-off-line = В любой панели (туда — Tab или Esc)
key-in-queue = В очереди
key-in-members = В списке участников
key-in-chat = В чате
key-in-gallery = В галерее (чтобы искать, просто пишите)
key-writing = В любом поле ввода
key-reading = На страницах вроде этой
key-edit-left = на символ влево
key-edit-right = на символ вправо
key-edit-home = в начало
key-edit-end = в конец
key-edit-erase = удалить символ перед курсором
key-edit-delete = удалить символ под курсором
key-edit-erase-word = удалить слово перед курсором
key-edit-erase-before = удалить всё перед курсором
key-edit-up = на строку вверх
key-edit-down = на строку вниз
key-edit-page-up = на страницу вверх
key-edit-page-down = на страницу вниз
key-edit-top = в самый верх
key-edit-close = закрыть
key-space = Пробел
key-react = реакция { $emoji }
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
key-pause-or-blank = в пустой строке: пауза и продолжение для всех
key-write = написать сообщение
key-begin-command = начать команду
key-undo = отменить последнюю перемотку
key-next = следующее видео из очереди
key-add = добавить видео
key-mute = ваш звук: выключить или вернуть
key-subtitles = ваши субтитры: следующие или без них
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
key-join = войти в комнату или по вставленному приглашению
key-sort = сортировка: по зрителям, названию, возрасту
key-new-room = новая комната
key-copy-room = скопировать приглашение в комнату
key-other-server = другой сервер
key-back = вернуться в свою комнату или выйти


## Команды и справка (command-)

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
command-approve = одобрить #N или самое старое
command-reject = отклонить #N, самое старое или все
command-withdraw = отозвать своё предложение
command-remove = убрать видео из очереди
command-move = место в очереди; 1 — следующее
command-skip = включить следующее из очереди
command-pause = пауза для всех
command-resume = продолжить для всех
command-seek = перемотать к моменту или на секунды
command-undo = отменить последнюю перемотку
command-rate = скорость для всех, от 0,25 до 4
command-length = длина видео; выкл — как у плееров
command-react = реакция; от 1 до 5: ❤️ 🔥 😂 😱 💀
command-ask = попросить админов; по умолчанию пауза
command-nick = сменить имя
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
command-retry = перезапустить плеер или соединение
command-join = перейти в другую комнату
command-vol = ваша громкость
command-sub = ваши субтитры: следующие или без них
command-audio = ваша звуковая дорожка: следующая
command-fullscreen = ваше окно на весь экран
command-quality = качество у вас, только YouTube
command-away = отойти или вернуться
command-gallery = галерея комнат
command-members = участники и как у них дела
command-queue = перейти к очереди
command-why = почему ваш плеер так сделал
command-copy = скопировать приглашение
command-who = кто здесь
command-lang = язык: английский или русский
command-help = список команд
command-quit = выйти


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

